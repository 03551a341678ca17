"""Expressions as LaTeX, the way one writes them by hand."""

import re
from contextlib import contextmanager

import sympy
from sympy.printing.latex import LatexPrinter

from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.radicals import in_reading_order, with_one_root

INDEX = re.compile(r"[_^](\{(?:[^{}]|\{[^{}]*\})*\}|\\?[A-Za-z]+|.)")
"""An index or an exponent, which is no letter of its own."""
SILENT = re.compile(r"\\(?:mathrm|mathbb|operatorname|text|bar|tilde|hat)(?![a-z])")
"""Commands that print no letter themselves."""
LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
NUMBER, NAME, ROOT, SUM, LONG = range(5)
"""The order of factors: a number, letters, radicals, sums in brackets, what has its own lines."""


class Printer(LatexPrinter):
    r"""SymPy's printer, with `p - n` instead of `-n + p`, and fractions of two storeys at most.

    Letters of several characters stand apart by a thin space.  A factor of a numerator that holds
    a fraction stands behind the fraction; elsewhere a fraction in a fraction has a slash.

    >>> from symrisk.symbols import n1, p, snr, ssr
    >>> print(Printer().doprint(n1 * snr * ssr * (1 - n1 / p) / p))
    \frac{n_1 \, \mathrm{SNR} \, \mathrm{SSR}}{p} \left(1 - \frac{n_1}{p}\right)
    >>> print(Printer().doprint(1 / (1 + n1 / (p * snr))))
    \frac{1}{n_1 / \left(p \, \mathrm{SNR}\right) + 1}
    """

    depth = 0
    """In how many fractions what is printed stands."""

    def _as_ordered_terms(self, expr, order=None):
        terms = super()._as_ordered_terms(expr, order)
        return in_reading_order(terms)

    def _print_Mul(self, expr):
        if _is_unevaluated(expr):
            return super()._print_Mul(expr)
        if expr.could_extract_minus_sign():
            return f"- {self._signless(-expr)}"
        joined = with_one_root(expr)
        if joined is not expr:
            return self._print(joined)
        above, below = sympy.fraction(expr, exact=True)
        if below is sympy.S.One:
            return self._product(_factors(above))
        return self._quotient(_factors(above), _factors(below))

    def _print_re(self, expr, exp=None):
        return self._part("Re", expr, exp)

    def _print_im(self, expr, exp=None):
        return self._part("Im", expr, exp)

    def _part(self, name, expr, exponent):
        """A part of a complex number: of a letter it needs no brackets."""
        (number,) = expr.args
        inside = self._print(number)
        written = f" {inside}" if number.is_Symbol else rf"\left({inside}\right)"
        power = "" if exponent is None else f"^{{{exponent}}}"
        return rf"\operatorname{{{name}}}{power}{written}"

    def _print_Pow(self, expr):
        exponent = expr.exp
        if exponent.is_Rational and exponent.is_negative and not expr.base.is_Rational:
            return self._print_Mul(expr)
        return super()._print_Pow(expr)

    def _helper_print_standard_power(self, expr, template):
        with self._in_fraction():
            exponent = self._print(expr.exp)
        plain = super()._helper_print_standard_power(expr, "%s\0%s")
        base, _, _ = plain.partition("\0")
        return template % (base, exponent)

    def _print_Rational(self, expr):
        if self.depth and expr.q != 1:
            sign = "- " if expr.p < 0 else ""
            return f"{sign}{abs(expr.p)} / {expr.q}"
        return super()._print_Rational(expr)

    def _print_Piecewise(self, expr):
        lines = []
        for value, condition in expr.args:
            where = (
                r"\text{otherwise}"
                if condition == sympy.true
                else rf"\text{{if }} {self._print(condition)}"
            )
            lines.append(f"{self._print(value)} & {where}")
        body = " \\\\ ".join(lines)
        return rf"\begin{{cases}} {body} \end{{cases}}"

    @contextmanager
    def _in_fraction(self):
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def _signless(self, expr):
        """What stands behind a minus sign."""
        printed = self._print(expr)
        return rf"\left({printed}\right)" if expr.is_Add else printed

    def _quotient(self, above, below):
        if self.depth:
            return self._with_slash(above, below)
        behind = [factor for factor in above if _holds_fraction(factor)]
        front = [factor for factor in above if factor not in behind]
        with self._in_fraction():
            top, bottom = self._product(front), self._product(below)
        fraction = rf"\frac{{{top}}}{{{bottom}}}"
        if not behind:
            return fraction
        return f"{fraction} {self._product(behind, is_last_of_several=True)}"

    def _with_slash(self, above, below):
        top = self._product(above)
        if len(above) == 1 and self._needs_mul_brackets(above[0]):
            top = rf"\left({top}\right)"
        bottom = self._product(below)
        if len(below) > 1 or self._needs_mul_brackets(below[0], last=True):
            bottom = rf"\left({bottom}\right)"
        return f"{top} / {bottom}"

    def _product(self, factors, is_last_of_several=False):
        """Factors side by side; one alone needs no brackets, unless something stands before it."""
        if not factors:
            return "1"
        if len(factors) == 1 and not is_last_of_several:
            return self._print(factors[0])
        printed, before = "", None
        for factor in factors:
            is_last = factor is factors[-1]
            is_first = before is None and not is_last_of_several
            written = self._print(factor)
            if self._needs_brackets(factor, written, is_first, is_last):
                written = rf"\left({written}\right)"
            if before is not None:
                printed += _between(before, factor, printed, written)
            printed += written
            before = factor
        return printed

    def _needs_brackets(self, factor, written, is_first, is_last):
        if isinstance(factor, Mean):
            return not is_last
        if " / " in written and not written.startswith("\\"):
            # a / b beside another factor would be read as a / (b c)
            return True
        return self._needs_mul_brackets(factor, first=is_first, last=is_last)


def _is_unevaluated(expr):
    """Whether a product shows its numbers one by one, as its author left them."""
    if not isinstance(expr, sympy.Mul):
        return False
    first, *others = expr.args
    return first is sympy.S.One or any(isinstance(factor, sympy.Number) for factor in others)


def _factors(product):
    """The factors of a product, those of one kind in SymPy's order; none of 1."""
    if product is sympy.S.One:
        return []
    factors = product.as_ordered_factors() if product.is_Mul else [product]
    return sorted(factors, key=_kind)


def _kind(factor):
    base, exponent = factor.as_base_exp()
    if factor.is_Number:
        return NUMBER
    if isinstance(factor, (Mean, sympy.Piecewise)):
        return LONG
    if not exponent.is_integer:
        return ROOT
    return NAME if base.is_Symbol else SUM


def _holds_fraction(expr):
    """Whether a factor would be printed with a fraction in it, or over several lines."""
    if isinstance(expr, (Mean, sympy.Piecewise)):
        return True
    if expr.is_Pow:
        is_below = expr.exp.is_Rational and expr.exp.is_negative
        return bool(is_below) or _holds_fraction(expr.base)
    if expr.is_Rational:
        return expr.q != 1
    return any(map(_holds_fraction, expr.args))


def _between(before, factor, left, right):
    """What stands between two factors."""
    if left[-1].isdigit() and right[0].isdigit():
        return r" \cdot "
    if right.startswith((r"\left", r"\sqrt")):
        # they bring their own space
        return " "
    return r" \, " if _is_long(before) or _is_long(factor) else " "


def _is_long(factor):
    """Whether a factor is a letter of several characters, or a power of one."""
    base, _ = factor.as_base_exp()
    if not base.is_Symbol:
        return False
    written = getattr(base, "latex", None) or sympy.latex(base)
    if written.startswith((r"\langle", r"\|")):
        # its own brackets set it apart
        return False
    body = SILENT.sub("", INDEX.sub("", written))
    return len(LETTER.findall(body)) > 1
