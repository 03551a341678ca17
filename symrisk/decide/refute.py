"""A claim is refuted by one exact point of its region at which it fails."""

import random

import sympy

from symrisk.decide.laws import refuted_at_drawn_laws, speaks_of_laws
from symrisk.decide.witness import exact_sign, fails, refuted
from symrisk.engine.rational import to_fmpq

POINTS = 400
__all__ = ["exact_sign", "fails", "points", "refute"]

SCALES = (1, 2, sympy.Rational(1, 2), 5, sympy.Rational(1, 5), 20, sympy.Rational(1, 20), 300, sympy.Rational(1, 300))
WHOLE = (1, 2, 3, 4, 6, 9, 20)


def refute(problem):
    """Refuted when one of a fixed list of rational points, drawn in the derived coordinates, breaks the claim; else None."""
    if speaks_of_laws(problem):
        return refuted_at_drawn_laws(problem)
    for cell in problem.cells:
        for point in points(problem.space, cell):
            verdict = refuted(problem.claim, point, "refute")
            if verdict is not None:
                return verdict
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
