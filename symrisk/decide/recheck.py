"""A second look at a proof, by other means: plain fractions and the printed certificate, no python-flint polynomials.

A certificate is a list of cells with a chart and a factored gap.  Re-checked are: that the charts' points satisfy the
hypotheses, and points that satisfy the hypotheses lie in a cell; that the product of the printed factors equals the
difference of the claim's two sides; that each factor has the sign it is said to have, by its coefficients (a Sturm count:
by ball isolation of the roots); and that these signs multiply to the claim.

A limit's certificate lists regimes.  Re-checked are: that points of the region next to the limit's point lie in a regime; by
univariate polynomials in SymPy, at random points of each regime, that there the name tends to its point and the expression
has the orders and lowest coefficients that are printed, and that these give the claimed side; and by mpmath, at points of
the region, that the expression comes closer to the claimed side.
"""

import random
from fractions import Fraction
from itertools import islice

import mpmath
import sympy
from flint import fmpq, fmpq_poly

from symrisk.decide.problem import Problem
from symrisk.errors import NotProved
from symrisk.quantity import LimitOf
from symrisk.relation import FLIPPED

POINTS = 6
TRIES = 60
DIGITS = 60
FINE = 150
"""Digits for what comes close to a limit's point: 10^-20 and 10^-40 away."""


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


def _limit(problem, certificate):
    node, aim, rel = _limit_sides(problem)
    draw = random.Random(1)
    for regime in certificate["regimes"]:
        closed = {link["coordinate"] for link in regime["chart"] if link["closed"]}
        for sign in regime["signs"]:
            _check_sign(problem, regime, sign, closed, draw)
        if not certificate["held"] and not _has_radical(node.args[0]):
            _check_series(problem, regime, node, (aim, rel), draw)
        if "gap" in regime["shown"]:
            _check_factors(problem, regime["shown"]["gap"], regime["shown"]["strict"], closed)
    _check_nearby(problem, certificate, node, (aim, rel))


METHODS = {"identity": _identity, "positive": _positive, "sturm": _positive, "empty": _empty, "limit": _limit}


def _limit_sides(problem):
    left, right = problem.sides
    is_left = isinstance(left, LimitOf)
    return (left, right, problem.relation.rel) if is_left else (right, left, FLIPPED[problem.relation.rel])


def _has_radical(expression):
    return any(not power.exp.is_Integer for power in expression.atoms(sympy.Pow))


def _check_factors(problem, entry, strict, closed):
    for factor in entry["factors"]:
        _check_factor(problem, factor, closed)
    _check_product(problem, {"strict": strict}, entry)


def _check_sign(problem, regime, sign, closed, draw):
    """A coefficient's factors have the signs they are said to have, and multiply to the coefficient."""
    _check_factors(problem, sign, True, closed)
    values = _values(regime["chart"], draw)
    product = Fraction(sign["constant"]) * sign["sign"]
    for factor in sign["factors"]:
        product *= _table(factor["polynomial"], values) ** factor["power"]
    if product != _table(sign["of"], values):
        raise NotProved(f"{problem.claim.says}: the factors do not multiply to the coefficient")


def _check_series(problem, regime, node, claimed, draw):
    """At a random point of a regime: orders and lowest coefficients of name and expression, by polynomials in one letter."""
    expression, name, point, side = node.args
    values = _values(regime["chart"], draw)
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
    quotient = _table(regime["numerator"], values) / _table(regime["denominator"], values)
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
    return _rational(_table(regime["bound"]["numerator"], values) / _table(regime["bound"]["denominator"], values)) + side * eps


def _linear_root(polynomial, name):
    slope, rest = sympy.Poly(polynomial, name).all_coeffs()
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
        seen = [_number(expression, near, problem, FINE) for near in points]
        target = claimed[0] if claimed[0].is_infinite else _number(claimed[0], points[1], problem, FINE)
        if not _comes_closer(*seen, target, claimed[1]):
            raise NotProved(f"{problem.claim.says}: not confirmed at {place}")


def _covers(regime, letter, place):
    values = {str(s): Fraction(int(v.p), int(v.q)) for s, v in place.items()}
    return _lies_in([link for link in regime["chart"] if link["variable"] != letter], values)


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
        place = {s: _random(draw, s) for s in symbols}
        if _in_region(problem, {**place, name: _near(node, place, 40)}):
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


def _number(expression, point, problem, digits=DIGITS):
    """An expression at a point to many digits, by mpmath."""
    with mpmath.workdps(digits):
        known = {s: mpmath.mpf(int(v.p)) / int(v.q) for s, v in point.items()}
        return _many_digits(expression, {**known, **_root_values(problem, known, expression.free_symbols, digits)})


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


def _root_values(problem, known, used, digits):
    """The implicit roots in use by mpmath: the zero between the ends."""
    found = {}
    for name, root in {**problem.region.roots, **problem.claim.roots}.items():
        if name not in used:
            continue
        coefficients = [_many_digits(c, known) for c in sympy.Poly(root.polynomial, name).all_coeffs()]
        low, high = (mpmath.inf if end == sympy.oo else -mpmath.inf if end == -sympy.oo else _many_digits(end, known)
                     for end in root.between)
        real = mpmath.mpf(10) ** (10 - digits)
        zeros = [z.real for z in mpmath.polyroots(coefficients, maxsteps=200, extraprec=5 * digits) if abs(z.imag) < real]
        inside = [z for z in zeros if low < z < high]
        found[name] = inside[0] if inside else mpmath.nan
    return found
