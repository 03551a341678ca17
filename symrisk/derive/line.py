"""A quantity along one variable: its value, its slope, and the interval that the variable runs through."""

from dataclasses import dataclass, replace
from functools import cached_property

import sympy

from symrisk.claim import Claim
from symrisk.derive.continuity import refuse_unknown
from symrisk.derive.evidence import holds, shown
from symrisk.engine.generators import Stationary
from symrisk.engine.mean import Mean
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.region import Region
from symrisk.relation import Relation


@dataclass(frozen=True)
class Line:
    """A quantity along `x` over a region, everything written in inputs and implicit names.

    expression: the value.  slope: its derivative by x.  roots: the implicit names, name -> Root.  title: how it is called.
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
        return Claim(says, lhs, rel, rhs, on=region, roots=needed(self.roots, parts))

    def where(self, *relations):
        """The same line where further relations hold."""
        return replace(self, region=Region(*self.region.hypotheses, *relations, over=self.region.over))

    @property
    def change(self):
        """(what tells how the quantity runs along x, the region in which it does): the slope between the ends; along a whole
        variable the step to the next number, where that is in the region too."""
        if not self.x.is_integer:
            return self.slope, self.interval.inside
        self.refuse_moving("its steps are not written out")
        following = {self.x: self.x + 1}
        later = [Relation(r.slack.xreplace(following), against_zero(r), 0) for r in speaking(self.region, self.x)]
        step = self.expression.xreplace(following) - self.expression
        return step, Region(*self.region.hypotheses, *later, over=self.region.over)

    @property
    def moving(self):
        """The implicit names that move with x."""
        moved = {self.x}
        for _ in self.roots:
            moved |= {name for name, root in self.roots.items() if root.free_symbols & moved}
        return moved - {self.x}

    def refuse_moving(self, why):
        """NoMethod where a root moves with x: what is written in it can't be evaluated by replacing x."""
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
        """Verdicts on the claims that a point, written in the other letters, lies in the region; None where one is not shown."""
        verdicts = []
        for relation in self._hypotheses_on_x():
            slack = relation.slack.xreplace({self.x: sympy.sympify(point)})
            if slack.has(sympy.zoo, sympy.nan):
                return None
            says = f"{self.x} = {point} satisfies {relation}"
            verdicts.append(holds(self.claim(says, slack, against_zero(relation), 0, on=self.interval.rest)))
        return None if None in verdicts else verdicts

    def _hypotheses_on_x(self):
        """What the region and the meaning of x say of x."""
        own = [Relation(self.x, ">" if self.x.is_positive else ">=", 0)] if self.x.is_nonnegative else []
        return [*own, *speaking(self.region, self.x, self.moving)]

    @cached_property
    def interval(self):
        """The interval that x runs through; see `Interval`."""
        return interval(self)


@dataclass(frozen=True)
class Interval:
    """Where x runs for each choice of the other letters: between two bounds (None: without end).

    rest: the region of the other letters.  inside: that of all, x strictly between its bounds.
    evidence: verdicts on the claims that the region lies between the bounds, and that all of it between them belongs to it.
    """

    lower: sympy.Expr | None
    upper: sympy.Expr | None
    rest: Region
    inside: Region

    def evidence(self, line):
        """Verdicts on the claims that x runs through this interval, no less and no more; NoMethod where one is not shown."""
        x, verdicts = line.x, []
        for bound, rel in ((self.lower, ">="), (self.upper, "<=")):
            if bound is not None and not (bound == 0 and x.is_nonnegative and rel == ">="):
                verdicts.append(shown(line.claim(f"{x} {rel} {bound}", x, rel, bound)))
        if x.is_nonnegative and self.lower != 0:
            low = sympy.Integer(0) if self.lower is None else self.lower
            verdicts.append(shown(line.claim(f"{x} starts where it may", low, ">=", 0, on=self.rest)))
        for relation in speaking(line.region, x, line.moving):
            says = f"{relation} all over the interval of {x}"
            verdicts.append(shown(line.claim(says, relation.slack, against_zero(relation), 0, on=self.inside)))
        return verdicts


def along(quantity, name, on=None):
    """The Line of a quantity along a name; ArgumentError for a name that neither it nor its region speaks of."""
    spoken = sorted(quantity.expanded.free_symbols - set(quantity.roots), key=str)
    region = quantity.region & Region(over=tuple(spoken))
    region = region if on is None else region & on
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


def needed(roots, expressions):
    """Of the roots, those that expressions speak of, and those that these rest on."""
    names = set().union(*(sympy.sympify(e).free_symbols for e in expressions))
    while more := {s for name in names & roots.keys() for s in roots[name].free_symbols} - names:
        names |= more
    return {name: root for name, root in roots.items() if name in names}


def _plain(relation):
    """A hypothesis in inputs and implicit names; one without formulas as it was written."""
    if not any(hasattr(side, "graph") for side in (relation.lhs, relation.rhs)):
        return relation
    return Relation(relation.slack, against_zero(relation), sympy.Integer(0))


def against_zero(relation):
    """How the slack of a relation stands to 0."""
    if relation.rel == "==":
        return "=="
    return ">" if relation.strict else ">="


def _refuse_laws_that_move(quantity, line):
    """Weights and eigenvalues in x must be such; a mean over any other law that moves with x has no derivative here."""
    for law in sorted(_laws(quantity.graph), key=str):
        if line.x not in law.free_symbols or law == line.x:
            continue
        for values, weight in law.points:
            signed = [value for v, value in zip(law.variables, values, strict=True) if v.is_nonnegative]
            for number in (weight, *signed):
                if number.free_symbols:
                    shown(line.claim(f"{number} in {law} is not negative", number, ">=", 0))
    for mean in line.expression.atoms(Mean):
        if line.x in mean.law.free_symbols:
            raise NoMethod(f"{mean.law} moves with {line.x}: how its means move is not derived")
        if line.x in mean.free_symbols and mean.integrand.has(sympy.Piecewise):
            raise NoMethod(f"cases under a mean move with {line.x}: whether the mean jumps is not derived")


def _laws(graph):
    """The laws of the means in a graph, and of its potentials."""
    bodies = [graph.head, *(body for _, body in graph.definitions)]
    explicit = [body for body in bodies if isinstance(body, sympy.Basic)]
    potentials = {body.potential.law for body in bodies if isinstance(body, Stationary)}
    return potentials.union(*({mean.law for mean in e.atoms(Mean)} for e in explicit))


def speaking(region, x, moving=()):
    """The hypotheses that speak of x."""
    found = [relation for relation in region.premises if relation.slack.free_symbols & {x, *moving}]
    for relation in found:
        if relation.slack.free_symbols & set(moving):
            raise NoMethod(f"the hypothesis {relation} moves with {x} through an implicit name")
    return found


def interval(line):
    """The Interval of a line, read off the cells of its region; NoMethod where there are several."""
    x, roots = line.x, line.roots
    about = speaking(line.region, x, line.moving)
    used = needed(roots, [relation.slack for relation in line.region.premises])
    space = line.region.space(x, roots=used, keep=x)
    ends = {_ends(cell) for cell in space.cells(x) if cell.links[-1].coordinate is not None}
    if not ends:
        raise DomainError(f"{x} has no room to vary in {line.region}")
    if len(ends) > 1 and about:
        raise NoMethod(f"{x} runs over {len(ends)} cells; intersect the region with one")
    # A variable that no hypothesis binds comes in two cells, its two signs.
    lower, upper = (None, None) if len(ends) > 1 else ends.pop()
    lower, upper = (None if end is None else written(space, end) for end in (lower, upper))
    if lower is None and x.is_nonnegative:
        raise NoMethod(f"where {x} starts in {line.region} is not found")
    others = [relation for relation in line.region.premises if relation not in about]
    room = [] if None in (lower, upper) or not (upper - lower).free_symbols else [_room(line, lower, upper)]
    rest = Region(*others, *room, over=tuple(s for s in line.region.over if s != x))
    between = [Relation(x, rel, end) for end, rel in ((lower, ">"), (upper, "<")) if end is not None]
    return Interval(lower, upper, rest, Region(*rest.hypotheses, *between, over=line.region.over))


def _room(line, lower, upper):
    """That the interval has an inside; where both ends belong to it, it may be a point."""
    apart = holds(line.claim(f"{line.x} has room", lower, "<", upper))
    return Relation(lower, "<=" if apart is None else "<", upper)


def written(space, expression):
    """An expression over a space with the letters of its means, radicals and powers written out again."""
    letters = dict(space.generators.moments.reading)
    for name, root in space.generators.roots.items():
        if root.radicand is not None:
            letters[name] = root.radicand ** sympy.Rational(1, sympy.degree(root.polynomial, name))
    for name, power in space.generators.powers.items():
        letters[name] = power.base**power.exponent
    # A radical may hold another one: its letter comes out with the first.
    while expression.free_symbols & letters.keys():
        expression = expression.xreplace(letters)
    return expression


def _ends(cell):
    link = cell.links[-1]
    return tuple(None if bound is None else sympy.factor(bound.value.expression()) for bound in (link.lower, link.upper))
