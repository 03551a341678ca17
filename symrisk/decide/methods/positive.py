"""An inequality holds when, cell by cell, every factor of the gap has a known sign and the product
is right.

A factor's sign is known when its coefficients in the derived coordinates have one sign, or when a
hypothesis is that factor.
"""

from symrisk.decide.certificate import cell as printed_cell
from symrisk.decide.certificate import table
from symrisk.decide.method import Method
from symrisk.decide.verdict import Verdict
from symrisk.engine.algebra.quadratics import BECAUSE, CONJUGATE, IN_PARTS
from symrisk.engine.algebra.signs import Sign, coefficient_sign


def positive(problem):
    """Proved when coefficients show the gap's sign on every cell; else None."""
    return by_factors(problem, (by_coefficients, by_hypothesis))


def by_factors(problem, reasons):
    """Proved when on every cell each factor has its sign for one of the `reasons`; else None."""
    if problem.is_equation:
        return None
    cells = []
    for cell in problem.cells:
        entry = _cell_entry(problem, cell, reasons)
        if entry is None:
            return None
        cells.append(entry)
    method = _method(cells)
    return Verdict(
        problem.claim,
        "proved",
        method,
        {"method": method, "strict": problem.strict, "cells": cells},
    )


def _method(cells):
    """What the signs are by: conjugates, discriminants, counts, or coefficients and hypotheses."""
    reasons = [factor["because"] for cell in cells for factor in cell["factors"]]
    if CONJUGATE in reasons or IN_PARTS in reasons:
        return "conjugate"
    if BECAUSE in reasons:
        return "discriminant"
    return "sturm" if any(reason.startswith("Sturm") for reason in reasons) else "positive"


def _cell_entry(problem, cell, reasons):
    constant, factors = cell.pull_ratio(problem.gap).factors()
    total = Sign(0 if constant == 0 else 1 if constant > 0 else -1, constant != 0)
    entries, unknown = [], []
    for poly, power in factors:
        sign, because = _sign_of(cell, poly, reasons)
        if power < 0 and not sign.strict:
            sign = Sign(None, False)
        if sign.value is None and power > 0 and power % 2 == 0:
            sign, because = Sign(1, False), "an even power"
            entries.append({**_entry(cell, poly, power, sign, because)})
            total = total * sign
        elif sign.value is None:
            unknown.append((poly, power))
        else:
            entries.append(_entry(cell, poly, power, sign, because))
            total = total * sign.power(abs(power))
    total, rest = _together(cell, unknown, reasons, total)
    if rest is None or not total.implies(problem.strict):
        return None
    return {
        **printed_cell(cell, problem.space),
        "constant": str(constant),
        "factors": entries + rest,
    }


def _together(cell, unknown, reasons, total):
    """The factors left over, multiplied out: their product may have a sign where they have none."""
    if not unknown:
        return total, []
    if any(power < 0 for _, power in unknown):
        return total, None
    product = cell.algebra.context.constant(1)
    for poly, power in unknown:
        product *= poly**power
    sign, because = _sign_of(cell, product, reasons)
    if sign.value is None:
        return total, None
    return total * sign, [_entry(cell, product, 1, sign, because)]


def _sign_of(cell, poly, reasons):
    for reason in reasons:
        sign, because = reason(cell, poly)
        if sign.value is not None:
            return sign, because
    return Sign(None, False), ""


def _entry(cell, poly, power, sign, because):
    return {
        "polynomial": table(cell.algebra, poly),
        "power": power,
        "sign": sign.value,
        "strict": sign.strict,
        "because": because,
    }


def by_coefficients(cell, poly):
    """The sign that the coefficients of a factor in a cell's coordinates give it, and why."""
    plain, sign = coefficient_sign(poly, cell.closed), cell.coefficient_sign(poly)
    return (
        sign,
        "coefficients of one sign"
        if plain == sign
        else "a hypothesis keeps it off zero, coefficients of one sign",
    )


def by_hypothesis(cell, poly):
    """The sign that a hypothesis outside the chain gives a factor."""
    return cell.hypothesis_sign(poly), "a hypothesis"


METHOD = Method(positive, turn=50)
