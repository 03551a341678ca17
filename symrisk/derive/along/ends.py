"""What a quantity comes to at an end of the interval that a variable runs through."""

from dataclasses import dataclass, replace

import sympy

from symrisk.derive.along.continuity import continuity
from symrisk.derive.evidence import shown
from symrisk.derive.tidy import tidy
from symrisk.errors import NoMethod
from symrisk.language.region import Region
from symrisk.language.relation import Relation


@dataclass(frozen=True)
class End:
    """An end of the interval: `point` (perhaps infinite), the `value` there, and whether the point
    is in the region.

    Where it is not, `value` is what the quantity tends to.  evidence: verdicts on the claims that
    say so.
    """

    point: sympy.Expr
    value: sympy.Expr
    attained: bool
    evidence: tuple


def end(line, side):
    """The End where x is least (side = -1) or largest (1); NoMethod where the quantity has no limit
    that is found.
    """
    bound = line.interval.lower if side < 0 else line.interval.upper
    line.refuse_moving("the value at the end is a limit; ask monotonicity")
    if bound is None:
        return _far_away(line, side)
    inside = line.belongs(bound)
    if inside is None:
        return _next_to(line, side, bound)
    plain = line.value_at(bound)
    value = tidy(plain, line.interval.rest)
    same = line.claim(
        f"{line.title} at {line.x} = {bound}", plain, "==", value, on=line.interval.rest
    )
    return End(bound, value, True, (*inside, shown(same)))


def _next_to(line, side, bound):
    """The value at an end that does not belong to the region: what the quantity tends to,
    continuous up to there.
    """
    interval = line.interval
    room = None if None in (interval.lower, interval.upper) else interval.upper - interval.lower
    step = sympy.Dummy(f"step_{line.x}", nonnegative=True)
    path = bound - side * step
    # Up to the end: the region of the others, and the distance from the end, 0 included.
    closed = _with(interval.rest, step, [] if room is None else [Relation(step, "<", room)])
    written, evidence = _continued(line, path, step, closed, bound)
    value = tidy(written.xreplace({step: sympy.Integer(0)}), interval.rest)
    return End(bound, value, False, (*evidence, *interval.evidence(line)))


def _far_away(line, side):
    """The limit as x grows (side = 1) or falls for ever: the value at 0 of what the quantity is in
    1/x.
    """
    interval = line.interval
    start = (interval.lower if side > 0 else interval.upper) or sympy.Integer(0)
    share = sympy.Dummy(f"share_{line.x}", nonnegative=True)
    closed = _with(interval.rest, share, [])
    written, evidence = _continued(line, start + side / share, share, closed, side * sympy.oo)
    value = tidy(written.xreplace({share: sympy.Integer(0)}), interval.rest)
    return End(side * sympy.oo, value, False, (*evidence, *interval.evidence(line)))


def _continued(line, path, letter, closed, goal):
    """(the quantity along a path, verdicts that it is continuous there with the letter at 0),
    cancelled where need be.
    """
    towards = f"as {line.x} tends to {goal}"
    moved = line.expression.xreplace({line.x: path})
    try:
        return moved, continuity(_on(line, letter, moved, closed))
    except NoMethod as error:
        reason = error
    if moved.has(sympy.Piecewise):
        raise NoMethod(f"what {line.title} tends to {towards} is not derived") from reason
    cancelled = sympy.cancel(moved)
    off_zero = Region(*closed.hypotheses, letter > 0, over=closed.over)
    same = line.claim(f"{line.title}, cancelled", moved, "==", cancelled, on=off_zero)
    try:
        return cancelled, [shown(same), *continuity(_on(line, letter, cancelled, closed))]
    except NoMethod as error:
        has_pole = sympy.fraction(cancelled)[1].xreplace({letter: sympy.Integer(0)}) == 0
        what = (
            f"{line.title} is unbounded {towards}"
            if has_pole
            else f"what {line.title} tends to {towards} is not derived"
        )
        raise NoMethod(what) from error


def _on(line, letter, expression, region):
    return replace(line, x=letter, expression=expression, region=region)


def _with(region, letter, relations):
    return Region(*region.hypotheses, *relations, over=(*region.over, letter))
