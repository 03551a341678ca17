"""Where a claim fails along a line: in one coordinate of a cell, the others held, the gap's sign
table says it exactly.

So witnesses are found that lie far out, in a narrow dip, or at a double zero, where no draw would
hit.
"""

import random

from flint import fmpq, fmpq_poly

from symrisk.decide.witnesses.points import point_at
from symrisk.decide.zeros.places import Quotient, SignTable
from symrisk.engine.algebra.rational import to_rational
from symrisk.errors import NoMethod

BASES = 6
MOST_TERMS = 3000
MOST_DEGREE = 40
SIZES = ((1,), (1, 2, 3), (1, 2, 5, 10), (1, 3, 10, 100))


def line_points(problem, cell):
    """Points of a cell at which the gap, on a line through a simple point, is not as claimed: those
    in whole coordinates first.
    """
    space, relation = (
        problem.space,
        problem.relation.rel if problem.is_equation else ">" if problem.strict else ">=",
    )
    if len(problem.gap.num) + len(problem.gap.den) > MOST_TERMS:
        return
    try:
        gap = cell.pull_ratio(problem.gap)
        side = [
            (cell.pull(condition.poly), ">" if condition.strict else ">=")
            for condition in cell.side
        ]
    except NoMethod:
        return
    if len(gap.num) + len(gap.den) > MOST_TERMS:
        return
    terms = [list(part.to_dict().items()) for part in (gap.num, gap.den)]
    side = [(list(poly.to_dict().items()), rel) for poly, rel in side]
    links = [link for link in cell.links if link.coordinate is not None]
    draw = random.Random(0)
    for number in range(BASES if len(links) > 1 else 1):
        base = {link.coordinate: _start(draw, link, number) for link in links}
        for link in links:
            yield from _along(space, cell, link, base, terms, side, relation, draw)


def _start(draw, link, number):
    if link.closed and number and draw.random() < 0.4:
        return fmpq(0)
    size = fmpq(draw.choice(SIZES[min(number, len(SIZES) - 1)]))
    return size if number < 3 or draw.random() < 0.6 else 1 / size


def _along(space, cell, link, base, terms, side, relation, draw):
    """Points that fail on the line on which one coordinate moves."""
    index = link.coordinate
    above, below = (restricted(part, base, index) for part in terms)
    if below.degree() < 0 or max(above.degree(), below.degree()) > MOST_DEGREE:
        return
    one = fmpq_poly([1])
    conditions = [Quotient(fmpq_poly([0, 1]), one, ">=" if link.closed else ">")]
    conditions += [Quotient(restricted(part, base, index), one, rel) for part, rel in side]
    try:
        table = SignTable(Quotient(above, below, relation), conditions)
        failing = table.failing
    except NoMethod:
        return
    for place in failing:
        for number in dict.fromkeys(table.numbers(place)):
            values = {**base, index: number}
            point = point_at(
                space,
                cell,
                {space.field.symbols[i]: to_rational(v) for i, v in values.items()},
                draw,
            )
            if point is not None:
                yield point


def restricted(terms, base, index):
    """A polynomial, [(exponents, coefficient), ...], on the line on which the variable `index`
    moves, the others held at `base`.
    """
    found = {}
    for exponents, coefficient in terms:
        for i, value in base.items():
            if i != index and exponents[i]:
                coefficient = coefficient * value ** int(exponents[i])
        power = int(exponents[index])
        found[power] = found.get(power, 0) + coefficient
    return fmpq_poly([found.get(k, 0) for k in range(max(found, default=0) + 1)])
