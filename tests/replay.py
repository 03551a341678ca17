"""Replay reference cases: `python tests/replay.py FILE.json ...`.

Each case names a quantity and its inputs; the value is computed through the public API from the inputs alone, exactly
(`digits`) and on the grid, and compared with the stored one.  A line a case, then `N passed, M failed`.
"""

import json
import sys
from decimal import Decimal
from fractions import Fraction

from symrisk.errors import SymriskError
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift, finite_sample

LETTERS = {"SNR": "snr", "SSR": "ssr", "sigma2": "sigma_sq", "tau2": "theta_sq", "delta2": "delta_sq"}
QUANTITIES = {
    "transfer.R_pool": concept_shift.pooled_risk,
    "transfer.R_target": concept_shift.target_risk,
    "transfer.R_source": concept_shift.source_risk,
    "transfer.rho": concept_shift.ssr_threshold,
    "transfer.snr_cutoff": concept_shift.snr_cutoff,
    "transfer.n1_star": concept_shift.best_source_size,
    "transfer.n1_max": concept_shift.largest_source_size,
    "transfer.R_min_n1": concept_shift.least_pooled_risk,
    "transfer.n2_star": concept_shift.best_target_size,
    "transfer.R_pool_exact": finite_sample.pooled_risk,
    "transfer.R_target_exact": finite_sample.target_risk,
    "transfer.R_source_exact": finite_sample.source_risk,
    "collapse.variance_factor": mixing.variance_factor,
    "collapse.variance_factor_at": mixing.variance_factor_at,
}


def inputs_of(formula, case):
    """The case's inputs in the formula's names; those it does not depend on are left out."""
    given = {LETTERS.get(name, name): exact(value) for name, value in case["inputs"].items()}
    return {name: value for name, value in given.items() if name in formula.inputs}


def exact(value):
    """A JSON number or string as an exact rational, read as the decimal it was written as."""
    return Fraction(str(value))


def errors(formula, case):
    """(relative error of digits, of the grid); absolute where the value is 0.  All printed digits must agree."""
    wanted, point = Fraction(case["value"]), inputs_of(formula, case)
    digits = max(2, len(Decimal(case["value"]).as_tuple().digits))
    scale = abs(wanted) or 1
    return (abs(Fraction(value_of(formula, digits, point)) - wanted) / scale,
            abs(Fraction(formula(**{name: float(value) for name, value in point.items()})) - wanted) / scale)


def value_of(formula, digits, point):
    return formula.digits(digits, **point)


def replay(case):
    """(ok, what to print after the id)."""
    formula = QUANTITIES.get(case["quantity"])
    if formula is None:
        return False, f"unknown quantity {case['quantity']}"
    try:
        by_digits, on_grid = errors(formula, case)
    except (SymriskError, ValueError, KeyError) as error:
        return False, f"{type(error).__name__}: {error}"
    last_digit = Fraction(10) ** Decimal(case["value"]).as_tuple().exponent / (abs(Fraction(case["value"])) or 1)
    ok = by_digits <= last_digit and on_grid <= max(Fraction(str(case["tol"])), Fraction(1, 10**12))
    return ok, f"{float(by_digits):.1e} (digits) {float(on_grid):.1e} (grid)"


def main(paths):
    passed = failed = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            cases = json.load(file)
        for case in cases:
            ok, report = replay(case)
            print(f"{case['id']} {'ok' if ok else 'FAIL'} {report}")
            passed, failed = passed + ok, failed + (not ok)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
