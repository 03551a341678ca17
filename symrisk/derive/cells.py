"""A variable that starts, or ends, at one of two bounds: each case by itself, put together."""

from dataclasses import replace

import sympy

from symrisk.derive.along.interval import bounds
from symrisk.derive.evidence import joined
from symrisk.derive.extremum import Extremum
from symrisk.derive.tidy import as_relation
from symrisk.errors import DomainError, NoMethod


def by_cells(line, least) -> Extremum | None:
    """The Extremum of a line whose interval has two bounds on one side: by which of them counts.

    None where there are none such.  least: what gives the Extremum of a line, or raises NoMethod.
    """
    relation = _telling_apart(line)
    if relation is None:
        return None
    try:
        first, second = (least(line.where(r)) for r in (relation, relation.negated))
    except (NoMethod, DomainError):
        return None
    if first.condition is not None or second.condition is not None:
        return None
    if _is_same(first, second):
        says = first.verdict.claim.says
        return replace(first, verdict=joined(says, [first.verdict, second.verdict]))
    return replace(first, condition=relation, otherwise=second)


def _telling_apart(line):
    """The relation between two bounds on one side of the interval; None where each side has one."""
    for side in zip(*bounds(line), strict=True):
        ends = sorted({end for end in side if end is not None}, key=sympy.default_sort_key)
        if len(ends) == 2:
            return as_relation(ends[1] - ends[0], line.region)
    return None


def _is_same(first, second):
    """Whether two answers are one."""
    apart = (first.point - second.point, first.value - second.value)
    is_finite = not any(difference.has(sympy.nan, sympy.oo, sympy.zoo) for difference in apart)
    return (
        first.attained == second.attained
        and is_finite
        and all(sympy.simplify(difference) == 0 for difference in apart)
    )
