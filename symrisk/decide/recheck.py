"""A second look at a proof, by other means: plain fractions and the printed certificate, no python-flint polynomials.

A certificate is a list of cells with a chart and a factored gap.  Re-checked are: that the charts' points satisfy the
hypotheses, and points that satisfy the hypotheses lie in a cell; that the product of the printed factors equals the
difference of the claim's two sides; that each factor has the sign it is said to have, by its coefficients (a Sturm count:
by ball isolation of the roots); and that these signs multiply to the claim.
"""

import random
from fractions import Fraction
from itertools import islice

import mpmath
import sympy
from flint import fmpq, fmpq_poly

from symrisk.decide.problem import Problem
from symrisk.errors import NotProved

POINTS = 6
TRIES = 60
DIGITS = 60


def recheck(claim, certificate, problem=None):
    """None if the certificate proves the claim; NotProved says what fails.

    Equality of polynomials is tested exactly, at random points of large height (Schwartz-Zippel).

    >>> from symrisk import prove
    >>> from symrisk.theorems.collapse import mixing
    >>> claim = next(c for c in mixing.claims if "is convex" in c.says)
    >>> certificate = prove(claim).certificate
    >>> recheck(claim, certificate)
    >>> certificate["cells"][0]["constant"] = "3"
    >>> recheck(claim, certificate)
    Traceback (most recent call last):
        ...
    symrisk.errors.NotProved: the long-run factor is convex in the weight: the factors do not multiply to the gap
    """
    if "parts" in certificate:
        for part, entry in zip(claim.parts, certificate["parts"], strict=True):
            recheck(part, entry["certificate"])
        return
    METHODS[certificate["method"]](problem or Problem(claim), certificate)


def _empty(problem, certificate):
    if any(True for _ in _scattered(problem, TRIES)):
        raise NotProved(f"{problem.claim.says}: its region is not empty")


def _identity(problem, certificate):
    if "cells" in certificate:
        return _identity_on_cells(problem, certificate)
    for point in list(islice(_scattered(problem, TRIES), POINTS)) or [_anywhere(problem)]:
        left, right = (_number(side, point, problem) for side in problem.sides)
        if abs(left - right) > mpmath.mpf(10) ** (20 - DIGITS) * (1 + abs(left)):
            raise NotProved(f"{problem.claim.says}: the sides differ at {point}")


def _identity_on_cells(problem, certificate):
    draw = random.Random(1)
    for chart in certificate["cells"]:
        for _ in range(POINTS):
            if _gap(problem, _values(chart, draw)) != 0:
                raise NotProved(f"{problem.claim.says}: the sides differ on a cell")


def _positive(problem, certificate):
    draw = random.Random(1)
    for cell in certificate["cells"]:
        closed = {link["coordinate"] for link in cell["chart"] if link["closed"]}
        for factor in cell["factors"]:
            _check_factor(problem, factor, closed)
        _check_product(problem, certificate, cell)
        for _ in range(POINTS):
            _check_point(problem, cell, draw)
    _check_cover(problem, certificate, draw)


METHODS = {"identity": _identity, "positive": _positive, "sturm": _positive, "empty": _empty}


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


def _check_product(problem, certificate, cell):
    sign = (Fraction(cell["constant"]) > 0) - (Fraction(cell["constant"]) < 0)
    strict = sign != 0
    for factor in cell["factors"]:
        if factor["because"] == "an even power" and factor["power"] % 2:
            raise NotProved(f"{problem.claim.says}: a power is not even")
        sign *= factor["sign"] ** abs(factor["power"])
        strict &= factor["strict"]
        if factor["power"] < 0 and not factor["strict"]:
            raise NotProved(f"{problem.claim.says}: a denominator may vanish")
    if sign < 0 or (certificate["strict"] and not (strict and sign > 0)):
        raise NotProved(f"{problem.claim.says}: the signs do not multiply to the claim")


def _check_point(problem, cell, draw):
    """At random coordinates: the image lies in the region, and the factors multiply to the gap."""
    values = _values(cell["chart"], draw)
    product = Fraction(cell["constant"])
    for factor in cell["factors"]:
        product *= _table(factor["polynomial"], values) ** factor["power"]
    if not problem.space.unsolved and _gap(problem, values) != product:
        raise NotProved(f"{problem.claim.says}: the factors do not multiply to the gap")


def _values(chart, draw):
    """Random coordinates and their images."""
    values = {link["coordinate"]: Fraction(draw.randint(1, 10**6), draw.randint(1, 10**4))
              for link in chart if link["coordinate"] is not None}
    for link in chart:
        values[link["variable"]] = _table(link["numerator"], values) / _table(link["denominator"], values)
    return values


def _table(table, values):
    total = Fraction(0)
    for exponents, coefficient in table["terms"]:
        term = Fraction(coefficient)
        for name, exponent in zip(table["variables"], exponents, strict=True):
            term *= values[name] ** exponent
        total += term
    return total


def _gap(problem, values):
    """The difference of the sides from the claim's own text, roots and powers standing for their letters."""
    known = {s: values[str(s)] for s in problem.space.symbols if str(s) in values}
    for symbol, polynomial in _relations(problem):
        known[symbol] = _linear_zero(polynomial, symbol, known)
    left, right = (_fraction(problem.space.generators.rewrite(side), known) for side in problem.sides)
    return right - left if problem.relation.rel in ("<", "<=") else left - right


def _relations(problem):
    roots = problem.space.generators.roots.values()
    polynomials = [problem.space.generators.rewrite(root.polynomial) for root in roots]
    return [(symbol, next(p for p in polynomials if p.has(symbol))) for symbol in problem.space.solved]


def _linear_zero(polynomial, symbol, known):
    at_zero = _fraction(polynomial, {**known, symbol: Fraction(0)})
    at_one = _fraction(polynomial, {**known, symbol: Fraction(1)})
    return -at_zero / (at_one - at_zero)


def _fraction(expression, known):
    """An expression over fractions, node by node."""
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        return known[expression]
    values = [_fraction(argument, known) for argument in expression.args]
    if expression.is_Pow:
        return values[0] ** int(expression.exp)
    total = values[0]
    for value in values[1:]:
        total = total + value if expression.is_Add else total * value
    return total


def _check_cover(problem, certificate, draw):
    """Points that satisfy the hypotheses lie in one of the cells."""
    if problem.space.solved or problem.space.unsolved or problem.space.generators.powers or problem.region.chart is not None:
        return
    for point in islice(_scattered(problem, TRIES), POINTS):
        values = {str(s): Fraction(int(v.p), int(v.q)) for s, v in point.items()}
        if not any(_lies_in(cell["chart"], dict(values)) for cell in certificate["cells"]):
            raise NotProved(f"{problem.claim.says}: no cell holds {point}")


def _lies_in(chart, values):
    """Whether each variable's coordinate, solved from its image, is positive (or zero on a closed face)."""
    for link in chart:
        if link["coordinate"] is None:
            if _table(link["numerator"], values) / _table(link["denominator"], values) != values[link["variable"]]:
                return False
            continue
        s = _coordinate(link, values)
        if s is None or s < 0 or (s == 0 and not link["closed"]):
            return False
        values[link["coordinate"]] = s
    return True


def _coordinate(link, values):
    """s with (a + b s)/(c + d s) = x; None where there is none."""
    (a, a_and_b), (c, c_and_d) = ([_table(link[part], {**values, link["coordinate"]: Fraction(k)}) for k in (0, 1)]
                                  for part in ("numerator", "denominator"))
    x = values[link["variable"]]
    slope = (c_and_d - c) * x - (a_and_b - a)
    return None if slope == 0 else (a - c * x) / slope


def _scattered(problem, count):
    """Random points of the region in inputs, found by trying; whole numbers where a symbol is whole."""
    draw = random.Random(2)
    symbols = [s for s in problem.region.symbols if s not in problem.claim.roots]
    for _ in range(count):
        point = {s: _random(draw, s) for s in symbols}
        if _in_region(problem, point):
            yield point


def _anywhere(problem):
    """A point of no particular place: an identity of algebraic expressions holds off its region too."""
    draw = random.Random(3)
    return {s: _random(draw, s) for s in problem.region.symbols}


def _random(draw, symbol):
    if symbol.is_integer:
        return sympy.Integer(draw.randint(0, 6))
    size = draw.choice((1, 1, 10, 100, sympy.Rational(1, 10))) * (1 if symbol.is_nonnegative else draw.choice((1, -1)))
    return size * sympy.Rational(draw.randint(1, 997), 331)


def _in_region(problem, point):
    for relation in problem.region.premises:
        slack = _number(relation.slack, point, problem)
        if not (slack > 0 if relation.strict else slack >= 0) or (relation.rel == "==" and slack != 0):
            return False
    return True


def _number(expression, point, problem):
    """An expression at a point to many digits, by mpmath."""
    with mpmath.workdps(DIGITS):
        known = {s: mpmath.mpf(int(v.p)) / int(v.q) for s, v in point.items()}
        return _many_digits(expression, {**known, **_root_values(problem, known)})


def _many_digits(expression, known):
    """An expression in mpmath, node by node; a definition by cases takes the case that holds."""
    if expression.is_Rational:
        return mpmath.mpf(int(expression.p)) / int(expression.q)
    if expression.is_Symbol:
        return known[expression]
    if expression.is_Piecewise:
        return next(_many_digits(value, known) for value, condition in expression.args if _case(condition, known))
    values = [_many_digits(argument, known) for argument in expression.args]
    if expression.is_Pow:
        return mpmath.re(mpmath.power(values[0], values[1]))
    return mpmath.fsum(values) if expression.is_Add else mpmath.fprod(values)


def _case(condition, known):
    if condition in (sympy.true, sympy.false):
        return condition == sympy.true
    gap = _many_digits(condition.gts, known) - _many_digits(condition.lts, known)
    return gap > 0 or (gap == 0 and not isinstance(condition, (sympy.StrictGreaterThan, sympy.StrictLessThan)))


def _root_values(problem, known):
    """Implicit roots by mpmath: the zero between the ends."""
    found = {}
    for name, root in {**problem.region.roots, **problem.claim.roots}.items():
        coefficients = [_many_digits(c, known) for c in sympy.Poly(root.polynomial, name).all_coeffs()]
        low, high = (mpmath.inf if end == sympy.oo else -mpmath.inf if end == -sympy.oo else _many_digits(end, known)
                     for end in root.between)
        real = mpmath.mpf(10) ** (10 - DIGITS)
        zeros = [z.real for z in mpmath.polyroots(coefficients, maxsteps=200, extraprec=300) if abs(z.imag) < real]
        inside = [z for z in zeros if low < z < high]
        found[name] = inside[0] if inside else mpmath.nan
    return found
