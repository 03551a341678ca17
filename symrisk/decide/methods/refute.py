"""A claim is refuted by one exact point of its region at which it fails: a simple one where there
is one.

Small whole numbers for counts and simple fractions for the rest come first, then lines on which the
claim is decided exactly, then scattered points of all sizes.  What is found is made simpler as long
as the claim still fails there.
"""

from itertools import chain, islice

import sympy

from symrisk.decide.equations import unseen
from symrisk.decide.method import Method
from symrisk.decide.witnesses.laws import refuted_at_drawn_laws, speaks_of_laws
from symrisk.decide.witnesses.lines import line_points
from symrisk.decide.witnesses.points import POINTS, is_whole, points, simple_points
from symrisk.decide.witnesses.witness import (
    definitions,
    exact_sign,
    fails,
    has_whole_counts,
    is_law,
    refuted,
)
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NoMethod

__all__ = ["exact_sign", "fails", "points", "refute"]

NAME = "refute"
SIMPLE, ON_LINES, FEW_POINTS = 160, 240, 100
"""How many simple points are tried, and how many on lines, over all cells; scattered ones in a cell
where values of functions are spoken of.
"""
SIMPLER = (0, 1, 2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 1000)
SIMPLER_FRACTIONS = (
    *(sympy.Rational(1, k) for k in (2, 3, 4, 5, 10, 100)),
    sympy.Rational(2, 3),
    sympy.Rational(3, 4),
    -1,
    -2,
    sympy.Rational(3, 2),
    sympy.Rational(-1, 2),
)
PASSES = 2
MOST_SCALE = 10**6


def refute(problem):
    """Refuted when one of a fixed list of points breaks the claim; else None.

    >>> from symrisk import Claim, prove
    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> prove(Claim("pooling helps", shift.pooled_risk, "<=", shift.target_risk)).witness
    {n1: 1, n2: 0, p: 2, sigma_sq: 1, snr: 0, ssr: 0}
    """
    if speaks_of_laws(problem):
        # Laws are drawn together with what minimises a potential over them; what solves other
        # equations is not.
        return None if unseen(problem.claim) else refuted_at_drawn_laws(problem)
    claim, spare = problem.claim, None
    for point in _candidates(problem):
        if spare is not None and not has_whole_counts(point):
            continue
        if fails(claim, point):
            point = point if has_whole_counts(point) else _made_whole(claim, point) or point
            if has_whole_counts(point):
                return refuted(claim, _simpler(claim, point), NAME)
            spare = point
    return None if spare is None else refuted(claim, _simpler(claim, spare), NAME)


def refute_simply(problem):
    """Refuted at a simple point, also where a side can not be written in coordinates."""
    claim, solved = problem.claim, definitions(problem.claim)
    if any(map(is_law, problem.region.symbols)) or any(side.has(Mean) for side in problem.sides):
        return None
    space = problem.region.space(*sorted(problem.region.symbols, key=str))
    sources = [simple_points(space, cell, SIMPLE) for cell in space.cells()]
    for point in _shared(sources, SIMPLE):
        inputs = {s: v for s, v in point.items() if s not in solved}
        if has_whole_counts(inputs) and fails(claim, inputs):
            return refuted(claim, _simpler(claim, inputs), NAME)
    return None


def _candidates(problem):
    """Points of the region in the order in which they are tried."""
    # Values of functions take balls, and ties of them are no sign at any precision.
    most = FEW_POINTS if problem.space.generators.functions else POINTS
    sources = (
        _shared(_simple_points(problem), SIMPLE),
        _shared([line_points(problem, cell) for cell in problem.cells], ON_LINES),
        chain.from_iterable(points(problem.space, cell, most) for cell in problem.cells),
    )
    solved = definitions(problem.claim)
    # What a name solves says what it is at a point: of the point it is no part.
    for point in chain.from_iterable(sources):
        yield {s: v for s, v in point.items() if s not in solved}


def _simple_points(problem):
    """Sources of simple points of the region itself, in inputs; none where it has no chain."""
    try:
        space = problem.region.space()
        cells = space.cells()
    except NoMethod:
        space, cells = problem.space, problem.cells
    each = max(1, SIMPLE // max(1, len(cells)))
    return [simple_points(space, cell, each) for cell in cells]


def _shared(sources, count):
    """The first points of several sources, taken in turn."""
    sources = list(sources)
    return islice(_in_turn(sources), count)


def _in_turn(sources):
    while sources:
        for source in list(sources):
            try:
                yield next(source)
            except StopIteration:
                sources.remove(source)


def _made_whole(claim, point):
    """The point with its counts scaled to whole numbers, or rounded, if the claim fails there too;
    else None.
    """
    counts = {s: v for s, v in point.items() if is_whole(s)}
    common = sympy.ilcm(1, *(v.q for v in counts.values()))
    moved = [{s: v * common for s, v in counts.items()}] if common <= MOST_SCALE else []
    moved += [
        {s: sympy.Integer(round(v * scale)) for s, v in counts.items()} for scale in (1, 10, 100)
    ]
    return next(
        ({**point, **numbers} for numbers in moved if fails(claim, {**point, **numbers})), None
    )


def _simpler(claim, point):
    """The point with each coordinate replaced by the simplest number at which the claim still
    fails, one after the other.
    """
    point = dict(sorted(point.items(), key=lambda pair: pair[0].name))
    for _ in range(PASSES):
        before = dict(point)
        for symbol, value in before.items():
            tried = ({**point, symbol: number} for number in _simpler_numbers(symbol, value))
            point = next((other for other in tried if fails(claim, other)), point)
        if point == before:
            break
    return point


def _simpler_numbers(symbol, value):
    """Numbers that are simpler than a value, the simplest first."""
    near = [sympy.Rational(round(value * k), k) for k in (1, 2, 3, 5, 10)]
    numbers = [
        *map(sympy.Integer, SIMPLER),
        *([] if is_whole(symbol) else map(sympy.sympify, SIMPLER_FRACTIONS)),
        *near,
    ]
    allowed = [n for n in dict.fromkeys(numbers) if n.is_integer or not is_whole(symbol)]
    return sorted((n for n in allowed if _size(n) < _size(value)), key=_size)


def _size(number):
    return int(number.q + abs(number.p)), int(number.q), bool(number < 0)


METHOD = Method(refute, turn=90)
