"""A quantity with names replaced."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.apart import primed, told_apart
from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.engine.expressions.demands import put_all
from symrisk.engine.expressions.mean import is_bound, varies, write_out_means
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.made.constant import Constant
from symrisk.language.made.made import Made, accuracy_of
from symrisk.language.names.graph import Graph
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.laws.law import Law
from symrisk.laws.stand_in import StandIn


@dataclass(frozen=True, repr=False)
class At(Made):
    """A quantity with names replaced: `values` are pairs (name, the quantity in its place)."""

    of: Quantity
    values: tuple

    def __post_init__(self):
        for name, value in self.values:
            if value.may_be_complex and not is_complex_letter(name):
                wrong = f"{name} is real; {value.title} may be complex"
                raise ArgumentError(f"{self.of.title}: {wrong}")
            caught = sorted((s for s in value.graph.head.free_symbols if is_bound(s)), key=str)
            if caught and not varies(name):
                wrong = f"{caught[0]} is what a mean binds; it can't stand for {name}"
                raise ArgumentError(f"{self.of.title}: {wrong}")

    @property
    def graph(self):
        return self._replaced[1]

    @property
    def _expressions(self):
        """{name: the expression that replaces it}."""
        return self._replaced[0]

    @property
    def _primes(self):
        """For each value, {name: primed name} of its implicit names that mean something else."""
        return self._replaced[2]

    @cached_property
    def _replaced(self):
        """({name: what replaces it}, the graph, {name: primed name} for each value).

        Implicit names that a value brings are told apart from those of the quantity that it is
        put into.
        """
        names, values = zip(*self.values, strict=True) if self.values else ((), ())
        of = self._having(names)
        if not any(value.graph.roots for value in values):
            plain = {name: value.expanded for name, value in self.values}
            return plain, of.substitute(plain), [{}] * len(values)
        kept = of.without(names)
        known = self._known_roots(kept)
        taken = {s.name for graph in (of, *(value.graph for value in values)) for s in graph.names}
        primes = [told_apart(value.graph.solvers, known, taken) for value in values]
        plain = {}
        for (name, value), fresh in zip(self.values, primes, strict=True):
            plain[name] = value.expanded.xreplace(fresh)
        replaced = of.substitute(plain)
        brought = {n: root for n, root in known.items() if n not in kept.lookup}
        return plain, Graph(replaced.head, (*replaced.definitions, *brought.items())), primes

    def _known_roots(self, kept):
        """What the names that stay are defined by, once the values are put in.

        Explicit ones by None: they are taken, and that is all.
        """
        away = {}
        for _, value in self.values:
            away.update((n, primed(n)) for n in value.roots if n in kept.lookup)
        put = {name: value.expanded.xreplace(away) for name, value in self.values}
        there = kept.substitute(put)
        return {n: there.in_leaves(n) if n in there.unknowns else None for n in there.lookup}

    @cached_property
    def on(self) -> Region:
        """Where the quantity holds with the values in it, and where the values do."""
        kept = tuple(s for s in self.of.on.over if s not in self._expressions)
        region = Region(*map(self._moved, self.of.on.hypotheses), over=kept)
        for (name, value), primes in zip(self.values, self._primes, strict=True):
            held = value.region.renamed(primes)
            region = region & held & _sign_kept(name, self._expressions[name])
        return region

    @cached_property
    def law_hypotheses(self) -> tuple:
        found = list(map(self._moved, self.of.law_hypotheses))
        for _, value in self.values:
            found += value.law_hypotheses
        found += hypotheses_of_laws(self.graph.explicit)
        return tuple(dict.fromkeys(found))

    def demands_given(self, names: frozenset) -> tuple:
        """What it is made of needs with the values put in, and what they need themselves."""
        replaced = frozenset(name for name, _ in self.values)
        found = list(put_all(self.of.demands_given(names | replaced), self._put_into))
        for (_, value), primes in zip(self.values, self._primes, strict=True):
            own = value.demands_given(names)
            found += put_all(own, lambda e, primes=primes: e.xreplace(primes))
        return tuple(dict.fromkeys((*found, *self.graph.without(names).demands)))

    def _put_into(self, expression):
        return write_out_means(expression.xreplace(self._expressions))

    @property
    def over_stand_ins(self) -> tuple[Quantity, tuple]:
        """The same with a law that stands in for each that is given; equal ones share theirs."""
        stand_ins, values = {}, []
        for name, value in self.values:
            law = _law_of(value)
            if law is not None:
                own = StandIn(1 + len(stand_ins), law.variables)
                value = Constant(stand_ins.setdefault(law, own))
            values.append((name, value))
        if not stand_ins:
            return self, ()
        pairs = tuple((stand_in, law) for law, stand_in in stand_ins.items())
        return At(self.of, tuple(values)), pairs

    @property
    def beyond(self):
        found = [(self._moved(relation), words) for relation, words in self.of.beyond]
        for _, value in self.values:
            for relation, words in value.beyond:
                found.append((relation.changed(value.graph.expand), words))
        return tuple(found)

    def _moved(self, relation: Relation) -> Relation:
        """A hypothesis with the values put into its expressions, and into its formulas."""
        return relation.changed(lambda side: side.xreplace(self._expressions), self._moved_formula)

    def _moved_formula(self, formula: Quantity) -> Quantity:
        """A formula with those of the values that it has a name for."""
        names = formula.graph.names | formula.graph.bound
        values = tuple((name, value) for name, value in self.values if name in names)
        return At(formula, values) if values else formula

    @property
    def accuracy(self):
        return accuracy_of(self.of, *(value for _, value in self.values))

    @property
    def title(self):
        where = ", ".join(f"{name} = {value.title}" for name, value in self.values)
        return f"{self.of.title} at {where}"

    def head_latex(self) -> str:
        """The quantity before a bar, with what is put in behind it."""
        put = []
        for name, value in self.values:
            # t + 1 is put in for t; that t equals t + 1 is not said
            sign = r"\mapsto" if name in value.expanded.free_symbols else "="
            put.append(f"{tex.latex(name)} {sign} {value.head_latex()}")
        where = ",\\, ".join(put)
        return f"\\left.{self.of.wrapped('*')}\\right|_{{{where}}}"


def _law_of(value):
    """The law that a value is, or None; one in letters brings hypotheses of its own."""
    for written in value.bare:
        if isinstance(written, Law) and not written.free_symbols:
            return written if not isinstance(written, StandIn) else None
    return None


def _sign_kept(name, value):
    """What is put in place of a name has the sign that the name has by its meaning."""
    if not name.is_nonnegative:
        return Region()
    strict = bool(name.is_positive)
    if value.is_positive if strict else value.is_nonnegative:
        return Region()
    return Region(Relation(value, ">" if strict else ">=", sympy.Integer(0)))
