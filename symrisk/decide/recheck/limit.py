"""A limit again: regimes next to the point, series by univariate polynomials in SymPy, and 150 digits on the way there."""

import random
from fractions import Fraction
from itertools import islice

import mpmath
import sympy

from symrisk.decide.recheck.chart import images, lies_in, value_at
from symrisk.decide.recheck.factors import check_factors
from symrisk.decide.recheck.many_digits import number
from symrisk.decide.recheck.points import POINTS, TRIES, drawn, in_region
from symrisk.errors import NotProved
from symrisk.limit import LimitOf
from symrisk.relation import FLIPPED

FINE = 150
"""Digits for what comes close to a limit's point: 10^-20 and 10^-40 away."""


def check_limit(problem, certificate):
    """NotProved where a regime, its signs or its series is not as printed, or points close by do not confirm the limit."""
    node, aim, rel = _limit_sides(problem)
    draw = random.Random(1)
    for regime in certificate["regimes"]:
        closed = {link["coordinate"] for link in regime["chart"] if link["closed"]}
        for sign in regime["signs"]:
            _check_sign(problem, regime, sign, closed, draw)
        if not certificate["held"] and not _has_radical(node.args[0]):
            _check_series(problem, regime, node, (aim, rel), draw)
        if "gap" in regime["shown"]:
            check_factors(problem, regime["shown"]["gap"], regime["shown"]["strict"], closed)
    _check_nearby(problem, certificate, node, (aim, rel))


def _limit_sides(problem):
    left, right = problem.sides
    is_left = isinstance(left, LimitOf)
    return (left, right, problem.relation.rel) if is_left else (right, left, FLIPPED[problem.relation.rel])


def _has_radical(expression):
    return any(not power.exp.is_Integer for power in expression.atoms(sympy.Pow))


def _check_sign(problem, regime, sign, closed, draw):
    """A coefficient's factors have the signs they are said to have, and multiply to the coefficient."""
    check_factors(problem, sign, True, closed)
    values = images(regime["chart"], draw)
    product = Fraction(sign["constant"]) * sign["sign"]
    for factor in sign["factors"]:
        product *= value_at(factor["polynomial"], values) ** factor["power"]
    if product != value_at(sign["of"], values):
        raise NotProved(f"{problem.claim.says}: the factors do not multiply to the coefficient")


def _check_series(problem, regime, node, claimed, draw):
    """At a random point of a regime: orders and lowest coefficients of name and expression, by polynomials in one letter."""
    expression, name, point, side = node.args
    values = images(regime["chart"], draw)
    root = next((r for letter, r in {**problem.region.roots, **problem.claim.roots}.items() if expression.has(letter)), None)
    letter = name if root is None else root.unknown
    known = {s: _rational(values[str(s)]) for s in {*problem.region.symbols} - {name}}
    eps = sympy.Symbol("eps")
    moved = {**known, letter: _moved(regime, values, eps)}
    image = moved[name] if root is None else _linear_root(root.polynomial.xreplace(moved), name)
    there = 1 / image if point.is_infinite else image - point.xreplace(known)
    if _lowest(there, eps)[0] <= 0 or _lowest(there, eps)[1] * (-side if point.is_infinite else side) <= 0:
        raise NotProved(f"{problem.claim.says}: {name} does not tend to {point} in a regime")
    order, lowest = _lowest(expression.xreplace({**moved, name: image}), eps)
    quotient = value_at(regime["numerator"], values) / value_at(regime["denominator"], values)
    if lowest and (order != regime["orders"][0] - regime["orders"][1] or lowest != _rational(quotient)):
        raise NotProved(f"{problem.claim.says}: a regime's lowest order is {lowest}*eps^{order}, not as printed")
    limit = sympy.oo * lowest if order < 0 else lowest if order == 0 else sympy.Integer(0)
    if not _stands(limit, claimed[1], claimed[0].xreplace(known)):
        raise NotProved(f"{problem.claim.says}: the limit in a regime is {limit}")


def _moved(regime, values, eps):
    """The letter next to its end: bound + eps, bound - eps, 1/eps or -1/eps."""
    side = 1 if regime["end"] == "lower" else -1
    if regime["bound"] is None:
        return -side / eps
    top, bottom = (value_at(regime["bound"][part], values) for part in ("numerator", "denominator"))
    return _rational(top / bottom) + side * eps


def _linear_root(polynomial, name):
    slope, rest = sympy.Poly(sympy.fraction(sympy.together(polynomial))[0], name).all_coeffs()
    return -rest / slope


def _rational(number):
    return sympy.Rational(number.numerator, number.denominator)


def _lowest(expression, eps):
    """(order, coefficient) of the lowest power of eps in a rational function of eps; zero counts as of order 1."""
    quotient = sympy.QQ.frac_field(eps).from_sympy(expression)
    if not quotient:
        return 1, sympy.Integer(0)
    (high, numerator), (low, denominator) = (min(part.terms()) for part in (quotient.numer, quotient.denom))
    return high[0] - low[0], sympy.QQ.to_sympy(numerator / denominator)


def _stands(left, rel, right):
    """Whether `left rel right` for exact numbers, infinities among them."""
    found = {"<": left < right, "<=": left <= right, "==": sympy.Eq(left, right), ">=": left >= right, ">": left > right}[rel]
    return found == sympy.true


def _check_nearby(problem, certificate, node, claimed):
    """Points of the region next to the limit's point lie in a regime, and the expression comes closer to the claimed side."""
    expression, name, point, side = node.args
    for place in islice(_next_to(problem, node), POINTS):
        if not certificate["held"] and not any(_covers(r, certificate["letter"], place) for r in certificate["regimes"]):
            raise NotProved(f"{problem.claim.says}: no regime holds {place}")
        points = [{**place, name: _near(node, place, power)} for power in (20, 40)]
        seen = [number(expression, near, problem, FINE) for near in points]
        target = claimed[0] if claimed[0].is_infinite else number(claimed[0], points[1], problem, FINE)
        if not _comes_closer(*seen, target, claimed[1]):
            raise NotProved(f"{problem.claim.says}: not confirmed at {place}")


def _covers(regime, letter, place):
    values = {str(s): Fraction(int(v.p), int(v.q)) for s, v in place.items()}
    return lies_in([link for link in regime["chart"] if link["variable"] != letter], values)


def _near(node, place, power):
    _, _, point, side = node.args
    if point.is_infinite:
        return -side * sympy.Integer(10) ** power
    return point.xreplace(place) + side * sympy.Rational(1, sympy.Integer(10) ** power)


def _next_to(problem, node):
    """Random points in the other names from which the region is left only beyond the limit's point."""
    draw, name = random.Random(2), node.args[1]
    symbols = [s for s in problem.region.symbols if s not in problem.claim.roots and s != name]
    for _ in range(TRIES):
        place = {s: drawn(draw, s) for s in symbols}
        if in_region(problem, {**place, name: _near(node, place, 40)}):
            yield place


def _comes_closer(early, late, target, rel):
    """Whether two values, the second closer to the point, are on their way to the claimed side."""
    if target in (sympy.oo, -sympy.oo):
        return rel != "==" or (abs(late) > 10**5 * abs(early) and (late > 0) == (target > 0))
    gaps = [abs(value - target) / (1 + abs(target)) for value in (early, late)]
    if rel == "==":
        return gaps[1] < 1e-10 and gaps[1] <= max(gaps[0] / 10**5, mpmath.mpf(10) ** -60)
    slack = (late - target) * (1 if rel in (">", ">=") else -1)
    return slack > -1e-10 * (1 + abs(target))
