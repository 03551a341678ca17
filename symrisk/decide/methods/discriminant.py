"""A factor that is quadratic in one coordinate keeps its sign where its discriminant does.

What the discriminant is in turn is shown by coefficients, hypotheses, counts, or by a discriminant
of its own.
"""

import json

from symrisk.decide.certificate import table
from symrisk.decide.method import Method
from symrisk.decide.methods.positive import by_coefficients, by_factors, by_hypothesis
from symrisk.decide.methods.sturm import by_count
from symrisk.engine.algebra.quadratics import BECAUSE, Quadratics
from symrisk.engine.algebra.signs import UNKNOWN, Sign
from symrisk.engine.cells.quadratic import by_discriminants

PLAIN = (by_coefficients, by_hypothesis, by_count)


def discriminant(problem):
    """Proved when discriminants, besides coefficients, hypotheses and counts, show the sign of
    every factor of the gap on every cell; else None.

    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import gamma, lam
    >>> radicand = (lam + gamma - 1)**2 + 4*lam
    >>> print(prove(Claim("a root is taken of what is positive", radicand, ">", 0, on=Region(over=(lam, gamma)))))
    a root is taken of what is positive: proved by discriminant
      gamma = s_gamma, lam = s_lam
      gap = 1
        * (s_gamma^2 + 2*s_gamma*s_lam - 2*s_gamma + s_lam^2 + 2*s_lam + 1)^1   [> 0: its discriminant]
          a x^2 + b x + c in x = s_gamma
          a = 1 > 0
          4 a c - b^2 = 16 * (s_lam)^1 > 0
    """  # noqa: E501
    shown = {}

    def by_discriminant(cell, poly):
        sign, found = of_cell(cell).sign(poly)
        if found is not None:
            shown[id(cell), _name(table(cell.algebra, poly))] = found
        return sign, BECAUSE

    if problem.is_equation:
        return None
    verdict = by_factors(problem, (*PLAIN, by_discriminant))
    if verdict is not None:
        _write_down(problem.cells, verdict.certificate["cells"], shown)
    return verdict


def of_cell(cell):
    """Signs by discriminants in the coordinates of a cell."""
    return Quadratics(cell.closed, lambda poly: plainly(cell, poly))


def plainly(cell, poly):
    """(sign, why) of a polynomial in a cell's coordinates by coefficients, hypotheses or counts."""
    for reason in PLAIN:
        sign, because = reason(cell, poly)
        if sign.value is not None:
            return sign, because
    return UNKNOWN, ""


def sign_on(cell, ratio) -> Sign:
    """The sign of a quotient on a cell, all factors of numerator and denominator asked.

    >>> from symrisk import Region
    >>> from symrisk.symbols import gamma, lam
    >>> space = Region(over=(gamma, lam)).space()
    >>> sign_on(space.cells()[0], space.convert((gamma - 1)**2 + lam*gamma))
    Sign(value=1, strict=True)
    """
    total = Sign(1, True)
    for part in (ratio.num, ratio.den):
        total = total * by_discriminants(cell, part, lambda poly: plainly(cell, poly))
    return total


def _name(poly_table):
    return json.dumps(poly_table)


def _write_down(cells, entries, shown):
    """Beside each factor that a discriminant shows the sign of: how."""
    for cell, entry in zip(cells, entries, strict=True):
        for factor in entry["factors"]:
            if factor["because"] == BECAUSE:
                found = shown[id(cell), _name(factor["polynomial"])]
                factor["quadratic"] = _quadratic(cell.algebra, found)


def _quadratic(field, found):
    return {
        "letter": str(field.symbols[found.letter]),
        "over": found.over,
        "first": None if found.first is None else printed(field, found.first),
        "last": None if found.last is None else printed(field, found.last),
        "discriminant": printed(field, found.discriminant),
    }


def printed(field, signed):
    """A polynomial's factors with their signs, as data."""
    factors = []
    for factor in signed.factors:
        entry = {
            "polynomial": table(field, factor.poly),
            "power": factor.power,
            "sign": factor.sign.value,
            "strict": factor.sign.strict,
            "because": factor.because,
        }
        if factor.by is not None:
            entry["quadratic"] = _quadratic(field, factor.by)
        factors.append(entry)
    return {"constant": str(signed.constant), "factors": factors}


METHOD = Method(discriminant, turn=75)
