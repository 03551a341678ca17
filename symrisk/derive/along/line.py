"""A quantity along one variable: its value, its slope, and the interval that the variable runs
through.
"""

from dataclasses import dataclass, replace

import sympy

from symrisk.derive.along.continuity import refuse_unknown
from symrisk.derive.along.interval import interval
from symrisk.derive.along.letters import letter_of, speaking
from symrisk.derive.evidence import holds, shown
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.moved_by import moved_by
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.engine.noun import cached_property
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import ArgumentError, NoMethod
from symrisk.language.claim import Claim
from symrisk.language.expression import refuse_namesakes
from symrisk.language.region import Region
from symrisk.language.relation import Relation


@dataclass(frozen=True)
class Line:
    """A quantity along `x` over a region, everything written in inputs and implicit names.

    expression: the value.  slope: its derivative by x.  roots: the implicit names, name -> Unknown.
    title: how it is called.
    """

    title: str
    x: sympy.Symbol
    expression: sympy.Expr
    slope: sympy.Expr
    region: Region
    roots: dict

    def claim(self, says, lhs, rel, rhs, on=None):
        """A Claim in the line's letters, on its region or another one."""
        region = self.region if on is None else on
        parts = (lhs, rhs, *(r.slack for r in region.premises))
        return Claim(says, lhs, rel, rhs, on=region, roots=rested_on(self.roots, parts))

    def where(self, *relations):
        """The same line where further relations hold."""
        return replace(
            self, region=Region(*self.region.hypotheses, *relations, over=self.region.over)
        )

    @property
    def change(self):
        """(what tells how the quantity runs along x, the region in which it does): the slope
        between the ends; along a whole variable the step to the next number, where that is in
        the region too.
        """
        if not self.x.is_integer:
            return self.slope, self.interval.inside
        self.refuse_moving("its steps are not written out")
        following = {self.x: self.x + 1}
        later = [
            Relation(r.slack.xreplace(following), r.slack_rel, 0)
            for r in speaking(self.region, self.x)
        ]
        step = self.expression.xreplace(following) - self.expression
        return step, Region(*self.region.hypotheses, *later, over=self.region.over)

    @property
    def moving(self):
        """The implicit names that move with x."""
        return moved_by(self.roots, {self.x}) - {self.x}

    def refuse_moving(self, why):
        """NoMethod where a root moves with x: what is written in it can't be evaluated by replacing
        x.
        """
        for name in sorted(self.moving, key=str):
            raise NoMethod(f"{name} moves with {self.x}: {why}")

    def value_at(self, point):
        """The expression with x replaced; NoMethod where it has no value there."""
        self.refuse_moving("the value at a point is not written out")
        value = self.expression.xreplace({self.x: sympy.sympify(point)})
        if value.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
            raise NoMethod(f"{self.title} has no value at {self.x} = {point}")
        return value

    def written(self, expression):
        """The same line with its value written in another way."""
        return replace(self, expression=expression)

    def belongs(self, point):
        """Verdicts on the claims that a point, written in the other letters, lies in the region;
        None where one is not shown.
        """
        verdicts = []
        for relation in self._hypotheses_on_x():
            slack = relation.slack.xreplace({self.x: sympy.sympify(point)})
            if slack.has(sympy.zoo, sympy.nan):
                return None
            says = f"{self.x} = {point} satisfies {relation}"
            verdicts.append(
                holds(self.claim(says, slack, relation.slack_rel, 0, on=self.interval.rest))
            )
        return None if None in verdicts else verdicts

    def _hypotheses_on_x(self):
        """What the region and the meaning of x say of x."""
        own = (
            [Relation(self.x, ">" if self.x.is_positive else ">=", 0)]
            if self.x.is_nonnegative
            else []
        )
        return [*own, *speaking(self.region, self.x, self.moving)]

    @cached_property
    def interval(self):
        """The interval that x runs through; see `Interval`."""
        return interval(self)


def along(quantity, name, on=None):
    """The Line of a quantity along a name; ArgumentError for a name that neither it nor its region
    speaks of.
    """
    name = letter_of(quantity, name)
    spoken = sorted(quantity.expanded.free_symbols - set(quantity.roots), key=str)
    region = quantity.region & Region(over=tuple(spoken))
    region = region if on is None else region & on
    refuse_namesakes(quantity.title, {name, *region.symbols})
    base = Claim(f"{quantity.title} is what it is", quantity, "==", quantity, on=region)
    region, roots, expression = base.region, dict(base.roots), base.expanded[0]
    if name not in region.symbols:
        known = ", ".join(map(str, region.symbols))
        raise ArgumentError(f"{quantity.title} is no function of {name}; it is one of {known}")
    plain = Region(*map(_plain, region.premises), over=region.symbols)
    line = Line(quantity.title, name, expression, sympy.Integer(0), plain, roots)
    refuse_unknown(line, expression)
    _refuse_laws_that_move(quantity, line)
    moving = line.moving & expression.free_symbols
    if not moving:
        return replace(line, slope=sympy.diff(expression, name))
    slope = Claim(f"{quantity.title} moves with {name}", quantity.diff(name), "==", 0, on=region)
    return replace(line, slope=slope.expanded[0], roots={**roots, **slope.roots})


def _plain(relation):
    """A hypothesis in inputs and implicit names; one without formulas as it was written."""
    if all(side.bare for side in relation.compared):
        return relation
    return relation.written_out()


def _refuse_laws_that_move(quantity, line):
    """Weights and eigenvalues in x must be such; a mean over any other law that moves with x has no
    derivative here.
    """
    for law in sorted(_laws(quantity.graph), key=str):
        if line.x not in law.free_symbols or law == line.x:
            continue
        for values, weight in law.points:
            signed = [
                value for v, value in zip(law.variables, values, strict=True) if v.is_nonnegative
            ]
            for number in (weight, *signed):
                if number.free_symbols:
                    shown(line.claim(f"{number} in {law} is not negative", number, ">=", 0))
    for mean in line.expression.atoms(Mean):
        if line.x in mean.law.free_symbols:
            raise NoMethod(f"{mean.law} moves with {line.x}: how its means move is not derived")
        if line.x in mean.free_symbols and mean.integrand.has(sympy.Piecewise):
            raise NoMethod(
                f"cases under a mean move with {line.x}: whether the mean jumps is not derived"
            )


def _laws(graph):
    """The laws of the means in a graph, and of its implicit names."""
    found = set()
    for body in (graph.head, *(body for _, body in graph.definitions)):
        if isinstance(body, Unknown):
            found |= body.laws
        else:
            found.update(mean.law for mean in body.atoms(Mean))
    return found
