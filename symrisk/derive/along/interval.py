"""The interval that a variable runs through, for each choice of the other letters."""

from dataclasses import dataclass

import sympy

from symrisk.derive.along.letters import speaking, written
from symrisk.derive.evidence import holds, shown
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import DomainError, NoMethod
from symrisk.language.region import Region
from symrisk.language.relation import Relation


@dataclass(frozen=True)
class Interval:
    """Where x runs for each choice of the other letters: between two bounds (None: without end).

    rest: the region of the other letters.  inside: that of all, x strictly between its bounds.
    evidence: verdicts on the claims that the region lies between the bounds, and that all of it
    between them belongs to it.
    """

    lower: sympy.Expr | None
    upper: sympy.Expr | None
    rest: Region
    inside: Region

    def evidence(self, line):
        """Verdicts on the claims that x runs through this interval, no less and no more; NoMethod
        where one is not shown.
        """
        x, verdicts = line.x, []
        for bound, rel in ((self.lower, ">="), (self.upper, "<=")):
            if bound is not None and not (bound == 0 and x.is_nonnegative and rel == ">="):
                verdicts.append(shown(line.claim(f"{x} {rel} {bound}", x, rel, bound)))
        if x.is_nonnegative and self.lower != 0:
            low = sympy.Integer(0) if self.lower is None else self.lower
            verdicts.append(
                shown(line.claim(f"{x} starts where it may", low, ">=", 0, on=self.rest))
            )
        for relation in speaking(line.region, x, line.moving):
            says = f"{relation} all over the interval of {x}"
            verdicts.append(
                shown(line.claim(says, relation.slack, relation.slack_rel, 0, on=self.inside))
            )
        return verdicts


def interval(line):
    """The Interval of a line, read off the cells of its region; NoMethod where there are
    several.
    """
    x = line.x
    about = speaking(line.region, x, line.moving)
    ends = bounds(line)
    if len(ends) > 1 and about:
        raise NoMethod(f"{x} runs over {len(ends)} cells; intersect the region with one")
    # A variable that no hypothesis binds comes in two cells, its two signs.
    lower, upper = (None, None) if len(ends) > 1 else ends.pop()
    if lower is None and x.is_nonnegative:
        raise NoMethod(f"where {x} starts in {line.region} is not found")
    others = [relation for relation in line.region.premises if relation not in about]
    room = (
        []
        if None in (lower, upper) or not (upper - lower).free_symbols
        else [_room(line, lower, upper)]
    )
    rest = Region(*others, *room, over=tuple(s for s in line.region.over if s != x))
    between = [
        Relation(x, rel, end) for end, rel in ((lower, ">"), (upper, "<")) if end is not None
    ]
    return Interval(lower, upper, rest, Region(*rest.hypotheses, *between, over=line.region.over))


def bounds(line):
    """{(lower, upper)} of the cells that a line's variable runs through, None for no bound."""
    used = rested_on(line.roots, [relation.slack for relation in line.region.premises])
    space = line.region.space(line.x, roots=used, keep=line.x)
    found = set()
    for cell in space.cells(line.x):
        if cell.links[-1].coordinate is not None:
            found.add(tuple(None if end is None else written(space, end) for end in _ends(cell)))
    if not found:
        raise DomainError(f"{line.x} has no room to vary in {line.region}")
    return found


def _room(line, lower, upper):
    """That the interval has an inside; where both ends belong to it, it may be a point."""
    apart = holds(line.claim(f"{line.x} has room", lower, "<", upper))
    return Relation(lower, "<=" if apart is None else "<", upper)


def _ends(cell):
    link = cell.links[-1]
    return tuple(
        None if bound is None else sympy.factor(bound.value.expression())
        for bound in (link.lower, link.upper)
    )
