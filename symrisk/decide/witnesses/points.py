"""Exact points of a cell, the same ones every time: simple ones, and ones of all sizes."""

import random

import sympy
from flint import fmpq

from symrisk.decide.witnesses.simple import simplest
from symrisk.engine.algebra.rational import to_fmpq, to_rational

POINTS = 400
SCALES = (
    1,
    2,
    sympy.Rational(1, 2),
    5,
    sympy.Rational(1, 5),
    20,
    sympy.Rational(1, 20),
    300,
    sympy.Rational(1, 300),
)
WHOLE = (1, 2, 3, 4, 6, 9, 20)
STEPS = ((0, 0, 1, 2), (0, 1, 2, 3, 5), (0, 1, 5, 10, 50), (0, 1, 10, 100, 1000))
"""How far whole numbers lie from their least, first draws first."""
FRACTIONS = (
    (1, 2, fmpq(1, 2), 3),
    (1, 2, 3, 5, fmpq(1, 2), fmpq(1, 3)),
    (1, 5, 10, fmpq(1, 5), fmpq(1, 10)),
    (1, 30, 1000, fmpq(1, 30), fmpq(1, 1000)),
)
ON_FACE = 0.25


def is_whole(symbol) -> bool:
    """Whether a symbol means whole numbers: everywhere, or as a sample size or dimension."""
    return bool(symbol.is_integer) or getattr(symbol, "kind", None) == "count"


def simple_points(space, cell, count):
    """Points of a cell as {input symbol: Rational}, whole where that is meant, small ones first."""
    draw = random.Random(0)
    for number in range(count):
        size = len(STEPS) * number // count
        values = _walked(space, cell, draw, size)
        point = None if values is None else inputs_of(space, values, draw)
        if point is not None:
            yield point


def _walked(space, cell, draw, size):
    """Values of a cell's variables, chosen one after the other between their bounds; None where no
    whole number lies there.
    """
    values = {}
    for link in cell.links:
        symbol = space.field.symbols[link.variable]
        if link.coordinate is None or (link.lower is None and link.upper is None):
            if link.coordinate is not None:
                values[space.field.symbols[link.coordinate]] = sympy.Integer(
                    1 + draw.choice(STEPS[size])
                )
            value = at(link.image, values)
        else:
            low, high = (
                None if bound is None else (at(bound.value, values), bound.closed)
                for bound in (link.lower, link.upper)
            )
            value = _chosen(symbol, low, high, draw, size)
        if value is None:
            return None
        values[symbol] = value
    return values


def _chosen(symbol, low, high, draw, size):
    """A simple number between two ends, pairs (number, whether it is allowed); None where there is
    none.
    """
    if any(end is not None and end[0] is None for end in (low, high)):
        return None
    ends = [None if end is None else to_fmpq(end[0]) for end in (low, high)]
    found = (_whole if is_whole(symbol) else _fraction)(
        *ends, *(end is not None and end[1] for end in (low, high)), draw, size
    )
    return None if found is None else to_rational(found)


def _whole(low, high, has_low, has_high, draw, size):
    first = None if low is None else low.ceil() if has_low else low.floor() + 1
    last = None if high is None else high.floor() if has_high else high.ceil() - 1
    step = draw.choice(STEPS[size])
    if first is not None and last is not None and first > last:
        return None
    if first is None:
        return fmpq(draw.choice((1, -1)) * step if last is None else last - step)
    return fmpq(first + step if last is None else min(first + step, last))


def _fraction(low, high, has_low, has_high, draw, size):
    for end, has_end in ((low, has_low), (high, has_high)):
        if has_end and draw.random() < ON_FACE:
            return end
    if low is not None and high is not None and low == high:
        return low if has_low and has_high else None
    step = fmpq(draw.choice(FRACTIONS[size]))
    if low is None or high is None:
        low, high = (
            (low, None if low is None else low + 2 * step)
            if high is None
            else (high - 2 * step, high)
        )
        if low is None:
            return draw.choice((1, -1)) * step
    for _ in range(draw.randint(0, 2)):
        middle = simplest(low, high)
        low, high = (low, middle) if draw.random() < 0.5 else (middle, high)
    return simplest(low, high)


def points(space, cell, count=POINTS):
    """Exact points of a cell as {input symbol: Rational}: coordinates from a fixed pseudo-random
    sequence.
    """
    draw = random.Random(0)
    for _ in range(count):
        values = {}
        for link in cell.links:
            _draw_coordinate(space, link, values, draw)
        point = point_at(space, cell, values, draw)
        if point is not None:
            yield point


def point_at(space, cell, coordinates, draw):
    """The point with these coordinates, {symbol: Rational}, in the inputs; None where none is."""
    values = dict(coordinates)
    for link in cell.links:
        values[space.field.symbols[link.variable]] = at(link.image, values)
    return None if None in values.values() else inputs_of(space, values, draw)


def _draw_coordinate(space, link, values, draw):
    if link.coordinate is not None:
        whole = bool(space.field.symbols[link.variable].is_integer)
        values[space.field.symbols[link.coordinate]] = _coordinate(draw, whole, link.closed)


def _coordinate(draw, whole, closed):
    if closed and draw.random() < 0.2:
        return sympy.Integer(0)
    return (
        sympy.Integer(draw.choice(WHOLE))
        if whole
        else draw.choice(SCALES) * sympy.Rational(draw.randint(1, 12), 7)
    )


def inputs_of(space, values, draw):
    """The point in the inputs: solved variables filled in, generators dropped, whole exponents
    drawn.
    """
    point = {s: v for s, v in values.items() if s in space.symbols}
    for symbol, ratio in space.solved.items():
        value = at(ratio, point)
        if value is None:
            return None
        point[symbol] = value
    for power in space.generators.powers.values():
        point.setdefault(power.exponent, sympy.Integer(draw.choice((0, *WHOLE))))
    letters = space.generators.made
    point = {s: v for s, v in point.items() if s not in letters}
    return point if all(v.is_integer for s, v in point.items() if s.is_integer) else None


def at(ratio, point):
    """The value of a quotient at a point, or None where it has none there."""
    value = ratio.at([to_fmpq(point[s]) if s in point else None for s in ratio.field.symbols])
    return None if value is None else to_rational(value)
