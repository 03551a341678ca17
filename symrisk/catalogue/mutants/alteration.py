"""A formula with one thing changed."""

from collections.abc import Iterable
from dataclasses import dataclass

import sympy

from symrisk.catalogue.mutants.changes import changed
from symrisk.catalogue.mutants.replaced import remade
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import ArgumentError
from symrisk.language.formula import Formula


@dataclass(frozen=True)
class Alteration(Noun):
    """One change of a formula: of its expression, or of one definition of its `where`.

    place: the name whose definition is changed; None for the expression.  body: what stands there
    instead.  borrowed: names that another formula brings along, which are left as they are.

    >>> from symrisk import Formula
    >>> from symrisk.symbols import n1, p, symbol
    >>> room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1)/p)
    >>> change = Alteration(room, None, (p + n1)/p)
    >>> change.says, change.mutant.expression
    ('room -> (n1 + p)/p', (n1 + p)/p)
    """

    formula: Formula
    place: sympy.Symbol | None
    body: sympy.Expr
    borrowed: frozenset = frozenset()

    @property
    def says(self) -> str:
        """What is changed into what."""
        name = self.formula.symbol if self.place is None else f"{self.formula.symbol}: {self.place}"
        return f"{name} -> {self.body}"

    @cached_property
    def mutant(self) -> Formula | None:
        """The changed formula; None where it can't be written down: a zero divisor, a circle."""
        try:
            formula = self._written()
            expanded = formula.graph.without(self.borrowed).expanded
        except (ArgumentError, ZeroDivisionError):
            return None
        return None if expanded.has(sympy.zoo, sympy.nan) else formula

    def _written(self):
        if self.place is None:
            return remade(self.formula, expression=self.body)
        return remade(self.formula, where={**dict(self.formula.where), self.place: self.body})


def alterations(formula: Formula, known: Iterable[Formula]) -> list[Alteration]:
    """Every change of a formula's expression and of each definition of its own.

    What one of the `known` formulas defines in the same way is that formula's: its own alterations
    do for it.

    >>> from symrisk.theorems.collapse.mixing import variance_factor
    >>> len(alterations(variance_factor, ()))
    28
    """
    borrowed = _borrowed(formula, known)
    _, own = formula.graph.reached(borrowed)
    bodies = [(None, formula.expression)]
    for name, body in formula.where:
        if name in own and isinstance(body, sympy.Expr):
            bodies.append((name, body))
    found = []
    for place, body in bodies:
        found += [Alteration(formula, place, other, borrowed) for other in changed(body)]
    return found


def _borrowed(formula, known):
    names = set()
    for other in known:
        if other != formula and (other.symbol, other.expression) in formula.where:
            names.add(other.symbol)
    return frozenset(names)
