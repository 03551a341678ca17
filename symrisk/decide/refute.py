"""A claim is refuted by one exact point of its region at which it fails."""

import random
from functools import lru_cache

import sympy

from symrisk.decide.laws import refuted_at_drawn_laws, speaks_of_laws
from symrisk.decide.verdict import Verdict
from symrisk.engine.builder import Builder
from symrisk.engine.exact import has_pole, rationals, settle
from symrisk.engine.rational import to_fmpq
from symrisk.errors import DomainError, NotConverged, SymriskError

POINTS = 400
SCALES = (1, 2, sympy.Rational(1, 2), 5, sympy.Rational(1, 5), 20, sympy.Rational(1, 20), 300, sympy.Rational(1, 300))
WHOLE = (1, 2, 3, 4, 6, 9, 20)


def refute(problem):
    """Refuted when one of a fixed list of rational points, drawn in the derived coordinates, breaks the claim; else None."""
    if speaks_of_laws(problem):
        return refuted_at_drawn_laws(problem)
    for cell in problem.cells:
        for point in points(problem.space, cell):
            if fails(problem.claim, point):
                return Verdict(problem.claim, "refuted", "refute", witness=point)
    return None


def points(space, cell, count=POINTS):
    """Exact points of a cell as {input symbol: Rational}: coordinates from a fixed pseudo-random sequence."""
    draw = random.Random(0)
    for _ in range(count):
        values = {}
        for link in cell.links:
            _draw_coordinate(space, link, values, draw)
        for link in cell.links:
            values[space.field.symbols[link.variable]] = _at(link.image, values)
        point = _inputs(space, values, draw)
        if point is not None:
            yield point


def _draw_coordinate(space, link, values, draw):
    if link.coordinate is not None:
        whole = bool(space.field.symbols[link.variable].is_integer)
        values[space.field.symbols[link.coordinate]] = _coordinate(draw, whole, link.closed)


def _coordinate(draw, whole, closed):
    if closed and draw.random() < 0.2:
        return sympy.Integer(0)
    return sympy.Integer(draw.choice(WHOLE)) if whole else draw.choice(SCALES) * sympy.Rational(draw.randint(1, 12), 7)


def _inputs(space, values, draw):
    """The point in the inputs: solved variables filled in, generators dropped, whole exponents drawn."""
    point = {s: v for s, v in values.items() if s in space.symbols}
    for symbol, ratio in space.solved.items():
        value = _at(ratio, point)
        if value is None:
            return None
        point[symbol] = value
    for power in space.generators.powers.values():
        point.setdefault(power.exponent, sympy.Integer(draw.choice((0, *WHOLE))))
    letters = {*space.generators.roots, *space.generators.powers}
    point = {s: v for s, v in point.items() if s not in letters}
    return point if all(v.is_integer for s, v in point.items() if s.is_integer) else None


def _at(ratio, point):
    """The value of a quotient at a point, or None where it has none there."""
    value = ratio.at([to_fmpq(point[s]) if s in point else None for s in ratio.field.symbols])
    return None if value is None else sympy.Rational(int(value.p), int(value.q))


def fails(claim, point):
    """Whether the claim is exactly false at a point of its region; False where the sides have no value there."""
    try:
        if any(v < 0 or (v == 0 and s.is_positive) for s, v in point.items() if s.is_nonnegative):
            return False
        if not all(_compares(r.slack, claim, point, r.rel) for r in claim.region.premises):
            return False
        return not _compares(_difference(claim), claim, point, claim.relation.rel)
    except (SymriskError, ZeroDivisionError):
        return False


def _difference(claim):
    left, right = claim.expanded
    return right - left if claim.relation.rel in ("<", "<=") else left - right


def _compares(slack, claim, point, rel):
    sign = exact_sign(slack, {**claim.region.roots, **claim.roots}, point)
    return sign > 0 if rel in ("<", ">") else sign >= 0 if rel in ("<=", ">=") else sign == 0


def exact_sign(expression, roots, point):
    """The sign of an expression at an exact point: by rational arithmetic where it is rational, else by balls.

    NotConverged where balls can't tell it from zero; DomainError where it has no value.
    """
    inputs = tuple(sorted(point, key=str))
    program = _compiled(expression, tuple(roots.items()), inputs)
    registers = rationals(program, [to_fmpq(point[s]) for s in inputs])
    if has_pole(program, registers):
        raise DomainError(f"{expression} has no value at {point}")
    value = registers[program.outputs[0]]
    if value is not None:
        return (value > 0) - (value < 0)
    try:
        return settle(program, registers, program.outputs[0], lambda b: 1 if b > 0 else -1 if b < 0 else None, most=1 << 10)
    except NotConverged as error:
        raise NotConverged(f"{expression} is not told from zero at {point}") from error


@lru_cache(maxsize=4096)
def _compiled(expression, roots, inputs):
    return Builder(dict(roots), inputs).program([expression])
