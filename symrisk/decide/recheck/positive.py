"""A positive gap again: charts that cover the region, and factors that multiply to the gap with the signs they have."""

import random
from fractions import Fraction
from itertools import islice

from symrisk.decide.laws import check_at_drawn_laws, speaks_of_laws
from symrisk.decide.modulo import systems
from symrisk.decide.recheck.chart import images, lies_in, value_at
from symrisk.decide.recheck.factors import check_factors
from symrisk.decide.recheck.gap import gap
from symrisk.decide.recheck.points import POINTS, TRIES, scattered
from symrisk.errors import NotProved


def check_positive(problem, certificate):
    """NotProved where a factor, a product, a point of a cell or the cover of the region is not as printed."""
    draw = random.Random(1)
    for cell in certificate["cells"]:
        closed = {link["coordinate"] for link in cell["chart"] if link["closed"]}
        check_factors(problem, cell, certificate["strict"], closed)
        for _ in range(POINTS):
            _check_point(problem, cell, draw)
    _check_cover(problem, certificate, draw)


def _check_point(problem, cell, draw):
    """At random coordinates: the image lies in the region, and the factors multiply to the gap."""
    values = images(cell["chart"], draw)
    product = Fraction(cell["constant"])
    for factor in cell["factors"]:
        product *= value_at(factor["polynomial"], values) ** factor["power"]
    if not problem.space.unsolved and gap(problem, values) != product:
        raise NotProved(f"{problem.claim.says}: the factors do not multiply to the gap")


def _check_cover(problem, certificate, draw):
    """Points that satisfy the hypotheses lie in one of the cells; where laws are spoken of, the claim holds at random ones."""
    if speaks_of_laws(problem):
        return check_at_drawn_laws(problem)
    if systems(problem.claim):
        return  # Cells are of every value of what solves equations; the points drawn here have none of it.
    if problem.space.solved or problem.space.unsolved or problem.space.generators.powers or problem.region.chart is not None:
        return
    for point in islice(scattered(problem, TRIES), POINTS):
        values = {str(s): Fraction(int(v.p), int(v.q)) for s, v in point.items()}
        if not any(lies_in(cell["chart"], dict(values)) for cell in certificate["cells"]):
            raise NotProved(f"{problem.claim.says}: no cell holds {point}")
