"""An identity again: the sides agree at points."""

import random
from itertools import islice

import mpmath

from symrisk.decide.laws import check_at_drawn_laws, speaks_of_laws
from symrisk.decide.recheck.chart import images
from symrisk.decide.recheck.gap import gap
from symrisk.decide.recheck.many_digits import DIGITS, number
from symrisk.decide.recheck.points import POINTS, TRIES, anywhere, scattered
from symrisk.errors import NotProved


def check_identity(problem, certificate):
    """NotProved where the sides differ, on the cells that the certificate prints or at points of the region."""
    if speaks_of_laws(problem):
        return check_at_drawn_laws(problem)
    if "cells" in certificate:
        return _identity_on_cells(problem, certificate)
    for point in list(islice(scattered(problem, TRIES), POINTS)) or [anywhere(problem)]:
        left, right = (number(side, point, problem) for side in problem.sides)
        if abs(left - right) > mpmath.mpf(10) ** (20 - DIGITS) * (1 + abs(left)):
            raise NotProved(f"{problem.claim.says}: the sides differ at {point}")


def _identity_on_cells(problem, certificate):
    draw = random.Random(1)
    for chart in certificate["cells"]:
        for _ in range(POINTS):
            if gap(problem, images(chart, draw)) != 0:
                raise NotProved(f"{problem.claim.says}: the sides differ on a cell")
