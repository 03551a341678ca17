"""Printed factors: each has the sign it is said to have, and these signs multiply to the claim."""

from fractions import Fraction

from flint import fmpq, fmpq_poly

from symrisk.errors import NotProved


def check_factors(problem, entry, strict, closed):
    """NotProved where a factor has not the sign it is said to have, or the signs do not multiply to the claim."""
    for factor in entry["factors"]:
        _check_factor(problem, factor, closed)
    _check_product(problem, entry, strict)


def _check_factor(problem, factor, closed):
    table, sign = factor["polynomial"], factor["sign"]
    if factor["because"].startswith("Sturm"):
        return _check_no_root(problem, table)
    if factor["because"].startswith("coefficients"):
        signs = {Fraction(c) > 0 for _, c in table["terms"]}
        touches = all(any(e and v in closed for v, e in zip(table["variables"], exps, strict=True)) for exps, _ in table["terms"])
        if signs != {sign > 0} or (factor["strict"] and touches):
            raise NotProved(f"{problem.claim.says}: a factor does not have the sign {sign}")


def _check_no_root(problem, table):
    coefficients = {exponents[0]: Fraction(c) for exponents, c in table["terms"]}
    poly = fmpq_poly([_flint(coefficients.get(k, 0)) for k in range(max(coefficients) + 1)])
    for root, _ in (poly * poly.denom()).numer().complex_roots():
        if root.imag.contains(0) and not root.real <= 0:
            raise NotProved(f"{problem.claim.says}: a factor has a positive root near {root.real.str(5)}")


def _flint(number):
    return fmpq(Fraction(number).numerator, Fraction(number).denominator)


def _check_product(problem, entry, strict):
    sign = (Fraction(entry["constant"]) > 0) - (Fraction(entry["constant"]) < 0)
    is_strict = sign != 0
    for factor in entry["factors"]:
        if factor["because"] == "an even power" and factor["power"] % 2:
            raise NotProved(f"{problem.claim.says}: a power is not even")
        sign *= factor["sign"] ** abs(factor["power"])
        is_strict &= factor["strict"]
        if factor["power"] < 0 and not factor["strict"]:
            raise NotProved(f"{problem.claim.says}: a denominator may vanish")
    if sign < 0 or (strict and not (is_strict and sign > 0)):
        raise NotProved(f"{problem.claim.says}: the signs do not multiply to the claim")
