"""Printed factors: each has the sign it is said to have, for the reason that is said, and these
signs multiply to the claim.
"""

from fractions import Fraction

from flint import fmpq_poly

from symrisk.decide.recheck.arithmetic import parsed
from symrisk.decide.recheck.chart import check_spelling, closed_of
from symrisk.decide.recheck.shape import COEFFICIENTS, COUNT, EVEN, HYPOTHESIS, OFF_ZERO
from symrisk.errors import NotProved


def check_factors(says, entry, strict, hypotheses, sign=None):
    """NotProved where a factor has not the sign it is said to have, or the signs do not multiply to
    the claim.

    entry: a chart, a constant and factors.  hypotheses: a function of no arguments; it is asked for
    where a reason is one.  sign: a function of a factor, the closed coordinates and the hypotheses
    that says what its reason shows; by default `shown_sign`.
    """
    seen = []
    for factor in entry["factors"]:
        if factor["polynomial"] in seen:
            raise NotProved(f"{says}: a factor is listed twice")
        seen.append(factor["polynomial"])
        _check_factor(says, factor, entry["chart"], hypotheses, sign or shown_sign)
    _check_product(says, entry, strict)


def _check_factor(says, factor, chart, hypotheses, sign):
    coordinates = {link["coordinate"] for link in chart} - {None}
    if (
        not set(factor["polynomial"]["variables"]) <= coordinates
        or not factor["polynomial"]["variables"]
    ):
        raise NotProved(f"{says}: a factor is not written in the coordinates")
    check_spelling(says, factor["polynomial"], coordinates)
    found = sign(factor, closed_of(chart), hypotheses)
    if found != (factor["sign"], factor["strict"]):
        raise NotProved(
            f"{says}: {factor['because']} does not show that a factor has the sign {factor['sign']}"
        )


def shown_sign(factor, closed, hypotheses):
    """(sign, strict) of a factor by the reason that it prints, the plainest being asked first;
    None where it shows none.
    """
    table, because = factor["polynomial"], factor["because"]
    sign, strict = coefficient_sign(table, closed)
    if because == COEFFICIENTS:
        return sign, strict
    if because == OFF_ZERO:
        return (sign, True) if sign and not strict and hypotheses().keeps_off_zero(table) else None
    if sign is not None:
        return None
    if because == HYPOTHESIS:
        return hypotheses().sign(table)
    if because == COUNT:
        return _counted(table, closed)
    if because == EVEN:
        return (1, False) if factor["power"] > 0 and factor["power"] % 2 == 0 else None
    return None


def coefficient_sign(table, closed):
    """(sign, strict) where all coefficients have one sign; strict where a term holds no
    coordinate that may be zero.
    """
    signs = {coefficient.startswith("-") for _, coefficient in table["terms"]}
    if len(signs) != 1:
        return None, False
    touching = [place for place, name in enumerate(table["variables"]) if name in closed]
    strict = any(
        all(exponents[place] == 0 for place in touching) for exponents, _ in table["terms"]
    )
    return (-1 if signs.pop() else 1), strict


def _counted(table, closed):
    """The sign on s > 0 of a polynomial in one coordinate, by isolating its roots; None where
    one of them may be positive.
    """
    if len(table["variables"]) != 1:
        return None
    coefficients = {exponents[0]: parsed(c) for exponents, c in table["terms"]}
    poly = fmpq_poly([coefficients.get(k, 0) for k in range(max(coefficients) + 1)])
    for root, _ in (poly * poly.denom()).numer().complex_roots():
        if root.imag.contains(0) and not root.real <= 0:
            return None
    return (1 if poly(1) > 0 else -1), not (table["variables"][0] in closed and poly[0] == 0)


def _check_product(says, entry, strict):
    constant = Fraction(entry["constant"])
    sign = (constant > 0) - (constant < 0)
    is_strict = sign != 0
    if sign == 0 and entry["factors"]:
        raise NotProved(f"{says}: factors of zero are listed")
    for factor in entry["factors"]:
        if factor["power"] == 0:
            raise NotProved(f"{says}: a factor has the power 0")
        sign *= factor["sign"] ** abs(factor["power"])
        is_strict &= factor["strict"]
        if factor["power"] < 0 and not factor["strict"]:
            raise NotProved(f"{says}: a denominator may vanish")
    if sign < 0 or (strict and not (is_strict and sign > 0)):
        raise NotProved(f"{says}: the signs do not multiply to the claim")
