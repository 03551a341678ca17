"""What an expression needs in order to have a value: divisors off zero, radicands not negative,
logarithms of what is positive.

It is read off an expression as it is written, before anything is put in or cancelled: `g/u` with g
= u a divides by u, whatever is left of it afterwards.  What stands in one case of a definition by
cases is needed only where that case holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import sympy
from sympy.core.relational import Relational

from symrisk.engine.expressions.mean import Mean, check_variables, is_bound
from symrisk.engine.functions.table import table

DIVISOR, RADICAND, LOGARITHM, EXISTING = "different from zero", "non-negative", "positive", "there"


@dataclass(frozen=True)
class Demand:
    """`base` is `wanted` (one of DIVISOR, RADICAND, LOGARITHM, EXISTING) wherever every guard, a
    pair (condition, truth), holds.

    law: the law over which the bound variables in it are taken, where that is still a letter or has
    no atoms; else None. root: the Unknown that the base, an implicit name, is, where it is to be
    there.
    """

    base: sympy.Expr
    wanted: str
    guards: tuple = ()
    law: sympy.Basic | None = None
    root: Any = None

    @property
    def free_symbols(self) -> set:
        """What it speaks of."""
        return self.base.free_symbols | (set() if self.root is None else self.root.free_symbols)

    def put(self, change: Callable) -> "tuple[Demand, ...]":
        """The same with all its expressions changed: one demand, or one an atom of a law that is
        now known; none where a guard holds no more."""
        law = None if self.law is None else change(self.law)
        if not hasattr(law, "weights"):
            return self._changed(change, law)
        atoms = _values(self.base.free_symbols | _spoken(self.guards), law)
        at_atoms = [
            self._changed(lambda e, known=known: change(e).xreplace(known), None) for known in atoms
        ]
        return tuple(chain.from_iterable(at_atoms))

    def _changed(self, change, law):
        kept = []
        for condition, truth in self.guards:
            changed = change(condition)
            if changed not in (sympy.true, sympy.false):
                kept.append((changed, truth))
            elif (changed == sympy.true) != truth:
                return ()
        base = change(self.base)
        if self.root is None:
            return (Demand(base, self.wanted, tuple(kept), law),)
        # A name that is given a value solves nothing any more.
        return (
            (Demand(base, self.wanted, tuple(kept), law, self.root.changed(change)),)
            if base.is_Symbol
            else ()
        )

    @property
    def is_met(self) -> bool:
        """Whether the base is a number that is as wanted: nothing is left to show."""
        if not self.base.is_number:
            return False
        known = {
            DIVISOR: self.base.is_nonzero,
            RADICAND: self.base.is_nonnegative,
            LOGARITHM: self.base.is_positive,
        }
        return bool(known[self.wanted])

    @property
    def is_pole(self) -> bool:
        """Whether the base is the number 0, and must not be: there is no value wherever the
        guards hold.
        """
        return self.base == 0 and self.wanted in (DIVISOR, LOGARITHM)


def _spoken(guards):
    return set().union(*(condition.free_symbols for condition, _ in guards))


def put_all(demanded, change: Callable) -> tuple:
    """Demands with all their expressions changed, each once, without those that are met."""
    changed = chain.from_iterable(demand.put(change) for demand in demanded)
    return tuple(dict.fromkeys(demand for demand in changed if not demand.is_met))


def demands(expression, names=None) -> tuple:
    """What an expression needs in order to have a value, outermost first, each once.

    names: {name: expression or Unknown}, what defines names in it; their definitions need something
    too.
    """
    found = Reader(names or {}).of(sympy.sympify(expression), ())
    return tuple(dict.fromkeys(demand for demand in found if not demand.is_met))


class Reader:
    """Goes through an expression and the definitions of its names, each once under the same
    guards.
    """

    def __init__(self, names):
        self.names, self.seen = names, set()

    def of(self, node, guards) -> Iterator[Demand]:
        """The demands of an expression where the guards hold."""
        if node.is_Symbol:
            yield from self._of_name(node, guards)
        elif isinstance(node, sympy.Piecewise):
            yield from self._of_cases(node, guards)
        elif isinstance(node, Mean):
            yield from self._of_mean(node, guards)
        else:
            yield from _own(node, guards)
            for argument in node.args:
                yield from self.of(argument, guards)

    def _of_name(self, name, guards):
        if name not in self.names or (name, guards) in self.seen:
            return
        self.seen.add((name, guards))
        body = self.names[name]
        if isinstance(body, sympy.Basic):
            yield from self.of(body, guards)
        else:
            yield from body.demands(self, guards)

    def _of_cases(self, node, guards):
        """A case is needed where its condition holds and none before it does; a condition, where
        none before it does.
        """
        before = guards
        for value, condition in node.args:
            if condition == sympy.true:
                yield from self.of(value, before)
                return
            for relation in sorted(condition.atoms(Relational), key=sympy.default_sort_key):
                for side in relation.args:
                    yield from self.of(side, before)
            yield from self.of(value, (*before, (condition, True)))
            before = (*before, (condition, False))
        # Where none of the cases holds there is no value.
        yield Demand(sympy.Integer(0), DIVISOR, before)

    def _of_mean(self, node, guards):
        """Over atoms, what the integrand needs at each; over a law that is still a letter, at
        every eigenvalue.
        """
        # A mean inside binds its own variables: it is set aside while those of this one are
        # replaced.
        inner = {mean: sympy.Dummy() for mean in node.integrand.atoms(Mean)}
        restored = {letter: mean for mean, letter in inner.items()}
        for mean in inner:
            yield from self.of(mean, guards)
        for demand in self.of(node.integrand.xreplace(inner), ()):
            is_bound_here = any(map(is_bound, demand.base.free_symbols | _spoken(demand.guards)))
            here = replace(demand, law=node.law if is_bound_here else None)
            for found in here.put(lambda e: e):
                within = replace(found, base=found.base.xreplace(restored))
                own = tuple(
                    (condition.xreplace(restored), truth) for condition, truth in found.guards
                )
                yield replace(within, guards=(*guards, *own))


def _own(node, guards) -> Iterator[Demand]:
    """What a power or a function needs itself."""
    if type(node) in table():
        for base, strict in table()[type(node)].demands(*node.args):
            yield Demand(base, LOGARITHM if strict else RADICAND, guards)
    if not node.is_Pow:
        return
    if node.exp.is_Rational and not node.exp.is_Integer:
        yield Demand(node.base, RADICAND, guards)
    if not node.exp.is_nonnegative:
        yield Demand(node.base, DIVISOR, guards)


def _values(symbols, law) -> list[dict]:
    """What the bound variables among symbols are replaced by, at each atom of a law."""
    bound = sorted(filter(is_bound, symbols), key=str)
    check_variables(bound, law)
    left = {v: v.default for v in bound if v not in law.variables}
    return [{**dict(zip(law.variables, values, strict=True)), **left} for values, _ in law.points]
