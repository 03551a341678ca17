"""An identity again: the sides agree exactly in letters, and to many digits at points of the
region.
"""

import random
from itertools import islice

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.cover import check_cover
from symrisk.decide.recheck.gap import check_product
from symrisk.decide.recheck.letters import letters_of
from symrisk.decide.recheck.many_digits import DIGITS, number
from symrisk.decide.recheck.points import TRIES, anywhere, scattered
from symrisk.decide.recheck.shape import CELL
from symrisk.decide.witnesses.laws import check_at_drawn_laws, speaks_of_laws
from symrisk.errors import NotProved

POINTS = 3


def check_identity(problem, certificate):
    """NotProved where the sides differ, as polynomials in letters or on the cells printed, or at
    points of the region.
    """
    says = problem.claim.says
    if problem.strict or problem.is_limit:
        raise NotProved(f"{says}: two sides that agree prove no such relation")
    if [certificate["left"], certificate["right"]] != problem.printed_sides:
        raise NotProved(
            f"{says}: it is not {certificate['left']} and {certificate['right']} that are claimed "
            f"to agree"
        )
    draw = random.Random(1)
    if "cells" in certificate:
        check_cover(problem, certificate["cells"])
    for chart in (
        [cell["chart"] for cell in certificate["cells"]]
        if "cells" in certificate
        else [_everywhere(problem)]
    ):
        check_product(
            problem,
            chart,
            lambda values, read: read("0"),
            draw,
            "the sides differ at random letters",
        )
    if speaks_of_laws(problem):
        check_at_drawn_laws(problem)
    else:
        # What holds on cells alone, by an equation among the hypotheses, need not hold anywhere
        # else.
        _check_many_digits(problem, [] if "cells" in certificate else [anywhere(problem)])


def _everywhere(problem):
    """A chart of no cell: each letter is its own coordinate, of any sign."""
    one = {"variables": [], "terms": [[[], "1"]]}
    links = []
    for name in letters_of(problem).free:
        image = {"variables": [f"s_{name}"], "terms": [[[1], "1"]]}
        links.append(
            {
                "variable": name,
                "numerator": image,
                "denominator": one,
                "closed": False,
                "coordinate": f"s_{name}",
            }
        )
    return links


def _check_many_digits(problem, instead):
    for point in list(islice(scattered(problem, TRIES), POINTS)) or instead:
        left, right = (number(side, point, problem) for side in problem.sides)
        # Told this way round, a side without a value is refused as well.
        if not abs(left - right) <= 10.0 ** (20 - DIGITS) * (1 + abs(left)):
            raise NotProved(f"{problem.claim.says}: the sides differ at {point}")


FIELDS = {"left": str, "right": str, "cells?": [CELL]}
PROOF = Proof("identity", FIELDS, check_identity, read.identity, prose.identity)
