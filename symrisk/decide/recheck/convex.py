"""Convexity again: at random laws and points the printed terms have the claim's Hessian, positive semidefinite."""

import random
from fractions import Fraction

from symrisk.decide.convex import stated
from symrisk.decide.laws import drawn, in_region, value
from symrisk.decide.recheck.chart import value_at
from symrisk.decide.recheck.points import POINTS, TRIES
from symrisk.errors import NotProved


def check_convex(problem, certificate):
    """NotProved where a coefficient is negative, or the Hessian is not the printed one or not positive (semi)definite."""
    curvature, _ = stated(problem)
    if curvature is None or [str(c) for c in curvature.names] != certificate["names"]:
        raise NotProved(f"{problem.claim.says}: it is not the curvature in {', '.join(certificate['names'])} that is claimed")
    form, draw, seen = _side(problem), random.Random(11), 0
    for _ in range(TRIES):
        laws, point = drawn(draw, problem)
        if seen < POINTS and in_region(problem, point, laws):
            seen += 1
            _check_at(problem, certificate, curvature, form, point, laws)
    if not seen:
        raise NotProved(f"{problem.claim.says}: no point of its region was found")


def _side(problem):
    left, right = problem.sides
    return right if left == 0 else left


def _check_at(problem, certificate, curvature, form, point, laws):
    size = range(len(curvature.names))

    def bend(*steps):
        moved = {h: Fraction(sum(k == i for k in steps)) for i, h in enumerate(curvature.directions)}
        return value(form, {**point, **moved}, laws)

    squares = [bend(i) for i in size]
    claimed = [[(bend(i, j) - squares[i] - squares[j]) / 2 for j in size] for i in size]
    printed = _printed(problem, certificate, point, laws)
    if claimed != printed:
        raise NotProved(f"{problem.claim.says}: the printed terms have other second derivatives")
    if not is_semidefinite(claimed, certificate["strict"]):
        raise NotProved(f"{problem.claim.says}: a direction bends the other way at {point}")


def _printed(problem, certificate, point, laws):
    """The Hessian in log c of the printed terms, atom by atom."""
    size = len(certificate["names"])
    known = {**dict.fromkeys(certificate["names"], Fraction(1)), **{str(s): v for s, v in point.items()}}
    total = [[Fraction(0)] * size for _ in range(size)]
    for term in certificate["terms"]:
        if term["kind"] == "line":
            continue
        atoms = next((rows for law, rows in laws.items() if str(law) == term["law"]), [({}, Fraction(1))])
        outer = _quotient(term["coefficient"], known)
        for values, weight in atoms:
            here = {**known, **{str(s): v for s, v in values.items()}}
            coefficients = [_quotient(m["coefficient"], here) for m in term["monomials"]]
            if outer < 0 or min(coefficients) < 0:
                raise NotProved(f"{problem.claim.says}: a coefficient is negative at {point}")
            _add(total, outer * weight, *_bent(certificate["names"], term, coefficients, here))
    return total


def _bent(names, term, coefficients, here):
    """(shares, exponents, whether a mean is taken off) of one polynomial."""
    exponents = [[Fraction(e) for e in m["exponents"]] for m in term["monomials"]]
    sizes = [c * _monomial(names, powers, here) for c, powers in zip(coefficients, exponents, strict=True)]
    is_log = term["kind"] == "log"
    return ([s / sum(sizes) for s in sizes] if is_log else sizes), exponents, is_log


def _monomial(names, powers, here):
    product = Fraction(1)
    for name, power in zip(names, powers, strict=True):
        if power.denominator != 1:
            raise NotProved(f"{name}^{power} is not looked at in exact numbers")
        product *= here[name] ** int(power)
    return product


def _add(total, scale, shares, exponents, is_log):
    size = range(len(total))
    mean = [sum(s * e[i] for s, e in zip(shares, exponents, strict=True)) if is_log else 0 for i in size]
    for i in size:
        for j in size:
            total[i][j] += scale * (sum(s * e[i] * e[j] for s, e in zip(shares, exponents, strict=True)) - mean[i] * mean[j])


def _quotient(tables, values):
    return value_at(tables["numerator"], values) / value_at(tables["denominator"], values)


def is_semidefinite(rows, strict=False):
    """Whether an exact symmetric matrix is positive semidefinite (definite), by elimination."""
    rows = [list(row) for row in rows]
    for k, row in enumerate(rows):
        pivot = row[k]
        if pivot < 0 or (pivot == 0 and (strict or any(row[k:]))):
            return False
        for lower in rows[k + 1:] if pivot else ():
            ratio = lower[k] / pivot
            lower[k:] = [a - ratio * b for a, b in zip(lower[k:], row[k:], strict=True)]
    return True
