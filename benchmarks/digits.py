"""Fifty digits of a formula with a square root: digits against SymPy's evalf and mpmath by hand."""

import mpmath
import sympy

from benchmarks.ratio import report
from symrisk.theorems.transfer.concept_shift import best_source_size

EXPRESSION = sympy.sympify("p - n2 - sqrt((p**2 + snr*ssr*n2*(p - n2))/(snr*(1 - ssr)))")
POINT = {"n2": 100, "p": 600, "snr": 5, "ssr": sympy.Rational(1, 5)}


def by_mpmath():
    with mpmath.workdps(60):
        n2, p, snr, ssr = (mpmath.mpf(v) for v in (100, 600, 5, "0.2"))
        return mpmath.nstr(
            p - n2 - mpmath.sqrt((p**2 + snr * ssr * n2 * (p - n2)) / (snr * (1 - ssr))), 50
        )


def main():
    def ours():
        return best_source_size.digits(50, n2=100, p=600, snr=5, ssr="0.2")

    assert str(ours()) == by_mpmath()
    report("50 digits, certified, against evalf", ours, lambda: EXPRESSION.subs(POINT).evalf(50))
    report("50 digits, certified, against mpmath by hand", ours, by_mpmath)


if __name__ == "__main__":
    main()
