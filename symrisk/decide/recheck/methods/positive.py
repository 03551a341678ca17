"""A positive gap again: charts that cover the region, and factors that multiply to the gap with
the signs they have.
"""

import random
from functools import cache

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.arithmetic import value_at
from symrisk.decide.recheck.cover import check_cover
from symrisk.decide.recheck.gap import check_product
from symrisk.decide.recheck.hypotheses import hypotheses_of
from symrisk.decide.recheck.methods.factors import check_factors
from symrisk.decide.recheck.shape import CELLS, COUNT
from symrisk.decide.witnesses.laws import check_at_drawn_laws, speaks_of_laws
from symrisk.errors import NotProved


def check_positive(problem, certificate):
    """NotProved where a factor, a product, a point of a cell or the cover of the region is not
    as printed.
    """
    says, cells = problem.claim.says, certificate["cells"]
    if problem.is_equation or problem.is_limit or certificate["strict"] != problem.strict:
        raise NotProved(f"{says}: another relation is claimed than the certificate is of")
    reasons = {factor["because"] for cell in cells for factor in cell["factors"]}
    if certificate["method"] != ("sturm" if COUNT in reasons else "positive"):
        raise NotProved(f"{says}: it is not by {certificate['method']} that its factors have signs")
    check_cover(problem, cells)
    draw = random.Random(2)
    for cell in cells:
        check_factors(
            says,
            cell,
            problem.strict,
            cache(lambda cell=cell: hypotheses_of(problem, cell["chart"])),
        )
        check_product(
            problem,
            cell["chart"],
            lambda values, read, cell=cell: product_at(cell, values, read),
            draw,
        )
    if speaks_of_laws(problem):
        check_at_drawn_laws(problem)


def product_at(entry, values, read):
    """The constant times the powers of the factors."""
    product = read(entry["constant"])
    for factor in entry["factors"]:
        product = product * value_at(factor["polynomial"], values, read) ** factor["power"]
    return product


BY_SIGNS = Proof("positive", CELLS, check_positive, read.positive, prose.positive)
BY_COUNTS = Proof("sturm", CELLS, check_positive, read.positive, prose.positive)
