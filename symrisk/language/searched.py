"""What is searched for the point at which it is least: a quantity, along one of its letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.engine.noun import Noun, cached_property
from symrisk.engine.program.builder import Builder
from symrisk.engine.program.program import Program
from symrisk.engine.unknowns.least import renamed
from symrisk.errors import ArgumentError
from symrisk.language.claim import Claim
from symrisk.language.names.graph import Graph
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region


@dataclass(frozen=True)
class Searched(Noun):
    """A risk along one letter, between two ends.

    ends: expressions in the other letters, or infinite; closed: whether each end belongs to the
    interval.  conditions: pairs (expression, strict), positive or non-negative where the risk
    holds.  convex: the claim that the risk is convex along the letter, by which a point that is
    least nearby is least of all; None: that it is least of all is found on a grid.
    """

    risk: Quantity
    name: sympy.Symbol
    ends: tuple
    closed: tuple
    conditions: tuple
    convex: Claim | None = None

    @cached_property
    def sloped(self) -> Graph:
        """The derivative along the letter."""
        return self.risk.graph.derivative(self.name)

    @cached_property
    def curved(self) -> Graph:
        """The second derivative along the letter."""
        return self.sloped.derivative(self.name)

    @cached_property
    def mixed(self) -> dict:
        """The derivatives of the slope by the other letters that are numbers, {letter: Graph}."""
        found = {}
        for letter in self.letters:
            if getattr(letter, "kind", None) != "law":
                found[letter] = self.sloped.derivative(letter)
        return found

    @property
    def definitions(self) -> dict:
        """The names that the risk and its derivatives use, with what defines them."""
        found = dict(self.curved.lookup)
        for graph in self.mixed.values():
            found.update(graph.lookup)
        return found

    @property
    def bend(self) -> sympy.Expr:
        """The second derivative, in names."""
        return self.curved.head

    def slope_along(self, letter: sympy.Symbol) -> sympy.Expr:
        """The derivative of the slope by another letter, in names."""
        return self.mixed[letter].head

    @cached_property
    def letters(self) -> tuple[sympy.Symbol, ...]:
        """The letters that it is a function of, but the one that is searched along."""
        wanted = sympy.Tuple(self.risk.graph.head, *self.ends, *(e for e, _ in self.conditions))
        leaves, _ = Graph(wanted, self.risk.graph.definitions).reached()
        return tuple(sorted((s for s in leaves - {self.name}), key=str))

    def programs(self, laws: tuple) -> tuple[Program, Program]:
        """(the risk, the risk with its two slopes) over some laws, pairs (letter, law), as programs
        in the letter searched along and then the others but laws; the ends and the conditions
        follow as further outputs.
        """
        return _programs(self, laws)

    @property
    def strict(self) -> tuple[bool, ...]:
        """Which conditions are strict."""
        return tuple(strict for _, strict in self.conditions)

    @property
    def title(self) -> str:
        """What messages call the risk."""
        return self.risk.title

    @property
    def accuracy(self) -> str:
        """That of the risk."""
        return self.risk.accuracy

    def latex(self, unknown: sympy.Symbol, parameters: Sequence) -> str:
        """Where it is least, as LaTeX after the name, and how that is known."""
        inside = self._between(tex.latex(unknown), tex.latex, "\\le")
        known = "global by grid" if self.convex is None else "global by convexity, as claimed"
        put = renamed(parameters)
        at = f"\\quad\\text{{at}}\\quad {put}" if put else ""
        least = f"= \\operatorname*{{arg\\,min}}_{{{inside}}}\\; {self.risk.head_latex()}"
        return f"{least}{at}\\quad\\text{{({known})}}"

    def _between(self, name, written, or_equal):
        """The interval, `low <= name <= high`, an infinite end left out."""
        low, high = self.ends
        signs = [or_equal if closed else "<" for closed in self.closed]
        if low != -sympy.oo:
            name = f"{written(low)} {signs[0]} {name}"
        return name if high == sympy.oo else f"{name} {signs[1]} {written(high)}"

    def sentence(self, unknown: sympy.Symbol, line, parameters: Sequence) -> str:
        """Where it is least, in words, and how that is known."""
        inside = self._between(str(unknown), line, "<=")
        known = "global by grid"
        if self.convex is not None:
            known = f'global if it is proved that "{self.convex.says}"'
        put = ", ".join(f"{name} = {line(value)}" for name, value in parameters if name != value)
        at = f" at {put}" if put else ""
        return f"the point of {inside} at which {self.title} is least{at}, {known}"


@lru_cache(maxsize=256)
def _programs(searched, laws):
    risk = (searched.risk.at(dict(laws)) if laws else searched.risk).graph
    slope = risk.derivative(searched.name)
    curved = slope.derivative(searched.name)
    inputs = [searched.name, *(s for s in searched.letters if s not in dict(laws))]
    # An infinite end is not evaluated: who searches is told that it is none.
    ends = [sympy.S.Zero if end.is_infinite else end for end in searched.ends]
    others = [*ends, *(expression for expression, _ in searched.conditions)]
    definitions, heads = curved.lookup, [risk.head, slope.head, curved.head]
    value = Builder(definitions, inputs).program([heads[0], *others])
    return value, Builder(definitions, inputs).program([*heads, *others])


def searched(name: sympy.Symbol, risk: Quantity, on: Region, convex: Claim | None) -> Searched:
    """The risk along a letter of it, over an interval that a region says; ArgumentError where the
    region says none.

    >>> from symrisk import Formula
    >>> from symrisk.symbols import symbol, w, lam
    >>> risk = Formula(symbol("r", "r", "a risk"), (w - lam)**2)
    >>> found = searched(w, risk, Region(w <= 1), None)
    >>> found.ends, found.closed, found.letters
    ((0, 1), (True, True), (lam,))
    """
    if name.is_integer or is_complex_letter(name):
        raise ArgumentError(f"{name} is searched along an interval: it is a real number")
    if name not in risk.graph.reached()[0]:
        raise ArgumentError(f"{risk.title} is no function of {name}: there is nothing to search")
    low, high = _End(name, -sympy.oo), _End(name, sympy.oo)
    if name.is_nonnegative:
        low.put(sympy.S.Zero, not name.is_positive)
    elif name.is_nonpositive:
        high.put(sympy.S.Zero, not name.is_negative)
    conditions = []
    for relation in on.hypotheses:
        slack = sympy.expand(relation.slack)
        if not slack.has(name):
            conditions.append((slack, relation.strict))
            continue
        rate = slack.coeff(name)
        is_line = rate.is_number and not (slack - rate * name).has(name)
        if relation.rel == "==" or not is_line:
            raise ArgumentError(
                f"{name} is searched between two ends, such as {name} >= 0 and {name} <= 1; "
                f"{relation} is none"
            )
        end = (rate * name - slack) / rate
        (low if rate > 0 else high).put(end, not relation.strict)
    if (low.value >= high.value) == sympy.true:
        raise ArgumentError(f"{name}: between {low.value} and {high.value} there is nothing")
    if name.is_nonnegative and not low.value.is_nonnegative:
        raise ArgumentError(f"{name} is not negative, which {low.value} may be: no end for it")
    if name.is_nonpositive and not high.value.is_nonpositive:
        raise ArgumentError(f"{name} is not positive, which {high.value} may be: no end for it")
    # Elsewhere a letter put in for another might take the point to where the letter may not be.
    if name.is_nonnegative and low.value != 0:
        conditions.append((low.value, False))
    if name.is_nonpositive and high.value != 0:
        conditions.append((-high.value, False))
    for premise in risk.domain.premises:
        conditions.append((premise.slack, premise.strict))
        if premise.rel == "==":
            conditions.append((-premise.slack, False))
    found = Searched(
        risk,
        name,
        (low.value, high.value),
        (low.closed, high.closed),
        tuple(dict.fromkeys(conditions)),
        convex,
    )
    for end in found.ends:
        defined = sorted(map(str, end.free_symbols & risk.graph.lookup.keys()))
        if defined:
            wanted = "an end is written in letters"
            raise ArgumentError(
                f"{name}: {wanted}; {defined[0]} is a name that {risk.title} defines"
            )
    return found


class _End:
    """One end of an interval, as far as it has been said."""

    def __init__(self, name, value):
        self.name, self.value, self.closed, self.is_said = name, value, False, False

    def put(self, value, closed):
        """What a hypothesis says; a second one that says no more than a sign does is the end."""
        if self.is_said and self.value != value and self.value != 0:
            raise ArgumentError(
                f"{self.name} has two ends on one side, {self.value} and {value}: give one"
            )
        if self.value == value:
            closed = closed and self.closed
        self.value, self.closed, self.is_said = value, closed, True
