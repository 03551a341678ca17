"""A quantity with names replaced."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.apart import primed, told_apart
from symrisk.engine.expressions.demands import put_all
from symrisk.engine.expressions.mean import is_bound, varies, write_out_means
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.language.graph import Graph
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.made.made import Made, accuracy_of
from symrisk.language.quantity import Quantity, written_out
from symrisk.language.region import Region
from symrisk.language.relation import Relation


@dataclass(frozen=True, repr=False)
class At(Made):
    """A quantity with names replaced."""

    of: Quantity
    values: tuple

    def __post_init__(self):
        for name, value in self.values:
            caught = sorted((s for s in value.graph.head.free_symbols if is_bound(s)), key=str)
            if caught and not varies(name):
                raise ArgumentError(f"{self.of.title}: {caught[0]} is what a mean binds; it can't stand for {name}")

    @property
    def _plain(self):
        return self._put[0]

    @property
    def graph(self):
        return self._put[1]

    @cached_property
    def _put(self):
        """({name: what replaces it}, the graph, {name: primed name} for each value).

        Implicit names that a value brings are told apart from those of the quantity that it is put into.
        """
        of = self._having([name for name, _ in self.values])
        if not any(value.graph.roots for _, value in self.values):
            plain = {name: value.expanded for name, value in self.values}
            return plain, of.substitute(plain), [{}] * len(self.values)
        kept = of.without([name for name, _ in self.values])
        taken = {s.name for graph in (of, *(value.graph for _, value in self.values)) for s in graph.names}
        away = {n: primed(n) for _, value in self.values for n in value.roots if n in kept.lookup}
        there = kept.substitute({name: value.expanded.xreplace(away) for name, value in self.values})
        known = {n: there.in_leaves(n) if n in there.unknowns else None for n in there.lookup}
        names = [told_apart(value.graph.solvers, known, taken) for _, value in self.values]
        plain = {name: value.expanded.xreplace(own) for (name, value), own in zip(self.values, names, strict=True)}
        brought = {n: root for n, root in known.items() if n not in kept.lookup}
        replaced = of.substitute(plain)
        return plain, Graph(replaced.head, (*replaced.definitions, *brought.items())), names

    @cached_property
    def on(self):
        kept = tuple(s for s in self.of.on.over if s not in self._plain)
        region = Region(*map(self._moved, self.of.on.hypotheses), over=kept)
        for (name, value), primes in zip(self.values, self._put[2], strict=True):
            region = region & value.region.renamed(primes) & _sign_kept(name, self._plain[name])
        return region

    @cached_property
    def law_hypotheses(self) -> tuple:
        brought = [relation for _, value in self.values for relation in value.law_hypotheses]
        moved = map(self._moved, self.of.law_hypotheses)
        return tuple(dict.fromkeys((*moved, *brought, *hypotheses_of_laws(self.graph.explicit))))

    def demands_given(self, names: frozenset) -> tuple:
        """What it is made of needs with the values put in, and what they need themselves."""
        replaced = frozenset(name for name, _ in self.values)
        found = list(put_all(self.of.demands_given(names | replaced), self._put_into))
        for (_, value), primes in zip(self.values, self._put[2], strict=True):
            found += put_all(value.demands_given(names), lambda e, primes=primes: e.xreplace(primes))
        return tuple(dict.fromkeys((*found, *self.graph.without(names).demands)))

    def _put_into(self, expression):
        return write_out_means(expression.xreplace(self._plain))

    @property
    def beyond(self):
        brought = [(written_out(value.graph, relation), words) for _, value in self.values for relation, words in value.beyond]
        return (*((self._moved(relation), words) for relation, words in self.of.beyond), *brought)

    def _moved(self, relation):
        return Relation(_side_at(relation.lhs, self._plain), relation.rel, _side_at(relation.rhs, self._plain))

    @property
    def accuracy(self):
        return accuracy_of(self.of, *(value for _, value in self.values))

    @property
    def title(self):
        return f"{self.of.title} at {', '.join(f'{name} = {value.title}' for name, value in self.values)}"

    def head_latex(self):
        where = ",\\, ".join(f"{tex.latex(name)} = {value.head_latex()}" for name, value in self.values)
        return f"\\left.{self.of.wrapped('*')}\\right|_{{{where}}}"


def _sign_kept(name, value):
    """What is put in place of a name has the sign that the name has by its meaning."""
    strict = bool(name.is_positive)
    if not name.is_nonnegative or (value.is_positive if strict else value.is_nonnegative):
        return Region()
    return Region(Relation(value, ">" if strict else ">=", sympy.Integer(0)))


def _side_at(side, values):
    if isinstance(side, Quantity):
        return At(side, tuple((n, v) for n, v in values.items() if n in side.graph.names))
    return sympy.sympify(side).xreplace(values)
