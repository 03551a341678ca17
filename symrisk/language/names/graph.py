"""A graph of names: a head expression, and what defines the names it uses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine.budget import refuse_large
from symrisk.engine.expressions.apart import told_apart
from symrisk.engine.expressions.demands import demands, put_all
from symrisk.engine.expressions.mean import Mean, is_bound, varies, write_out_means
from symrisk.engine.noun import Noun, cached_property
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod
from symrisk.language.names.slopes import Slopes


@dataclass(frozen=True)
class Graph(Noun):
    """`head` in names; `definitions` pairs (name, expression or Unknown), in the author's order.

    Names that nothing defines are its leaves.

    >>> from symrisk.symbols import n, n1, n2, p
    >>> graph = Graph(n/p, ((n, n1 + n2),))
    >>> graph.expanded, graph.without({n}).expanded
    ((n1 + n2)/p, n/p)
    """

    head: sympy.Expr
    definitions: tuple = ()

    @cached_property
    def lookup(self) -> dict:
        """name -> its definition."""
        return dict(self.definitions)

    @cached_property
    def names(self) -> frozenset:
        """Every symbol of the graph: defined ones and leaves."""
        parts = [self.head, *(d for _, d in self.definitions)]
        return frozenset(self.lookup).union(*(part.free_symbols for part in parts))

    @cached_property
    def unknowns(self) -> dict:
        """The implicit definitions."""
        return {name: body for name, body in self.definitions if isinstance(body, Unknown)}

    @property
    def explicit(self) -> list:
        """The head and what explicit definitions say; of implicit ones, what varies over a law."""
        expressions = [self.head]
        for _, body in self.definitions:
            if isinstance(body, Unknown):
                expressions += body.means
            else:
                expressions.append(body)
        return expressions

    @cached_property
    def bound(self) -> frozenset:
        """The variables of laws that means in the graph bind.

        They may be replaced, where a law has them equal something.
        """
        inside = self.explicit
        for expression in self.explicit:
            inside += [mean.integrand for mean in expression.atoms(Mean)]
        return frozenset(s for e in inside for s in e.free_symbols if is_bound(s))

    def refuse_bound_roots(self) -> None:
        """NoMethod where what an implicit name solves varies over a law.

        Each atom would have a solution of its own.
        """
        for name, body in self.unknowns.items():
            leaves = set()
            for symbol in body.free_symbols - {name}:
                leaves |= Graph(symbol, self.definitions).reached()[0]
            bound = sorted(str(s) for s in leaves if varies(s))
            if bound:
                raise NoMethod(
                    f"{name} solves an equation in {bound[0]}, which means bind: what varies over "
                    "a law is given by an expression, not by an equation"
                )

    def reached(self, given: Collection = frozenset()) -> tuple[set, set]:
        """(the leaves that the head needs, the defined names used on the way).

        given: names that are inputs, whatever defines them.
        """
        leaves, used, stack = set(), set(), [self.head]
        while stack:
            for symbol in stack.pop().free_symbols:
                if symbol in given or symbol not in self.lookup:
                    leaves.add(symbol)
                elif symbol not in used:
                    used.add(symbol)
                    stack.append(self.lookup[symbol])
        return leaves - used, used

    @cached_property
    def expanded(self) -> sympy.Expr:
        """The head in leaves and implicit names."""
        expanded = self.expand(self.head)
        refuse_large(expanded)
        return write_out_means(expanded)

    def expand(self, expression) -> sympy.Expr:
        """An expression in this graph's names, in leaves and implicit names."""
        expression = sympy.sympify(expression)
        replacements = {}
        for symbol in expression.free_symbols & self.lookup.keys() - self.unknowns.keys():
            if symbol not in self._known:
                body = self.expand(self.lookup[symbol])
                refuse_large(body)
                self._known[symbol] = body
            replacements[symbol] = self._known[symbol]
        return expression.xreplace(replacements) if replacements else expression

    @cached_property
    def _known(self) -> dict:
        """What explicit definitions are in leaves and implicit names, as far as it was asked."""
        return {}

    @cached_property
    def demands(self) -> tuple:
        """What the head, and each explicit definition that it rests on, needs to have a value.

        In leaves and implicit names; asked of each as it stands, so that nothing is cancelled by
        what is put into it.
        """
        names = dict(self.definitions)
        for name, body in self.unknowns.items():
            if body.is_algebraic:
                # A polynomial is asked for once what it rests on is written out.
                names[name] = body.expanded(self.expand)
        found = demands(self.head, names)
        return put_all(found, lambda e: write_out_means(self.expand(e)))

    @cached_property
    def roots(self) -> dict:
        """The implicit names the head uses, with what a proof takes them for, in leaves."""
        self.refuse_bound_roots()
        _, used = self.reached()
        solved = set(used)
        for name in used & self.unknowns.keys():
            solved.update(self.unknowns[name].together)
        found = {}
        for name in sorted(solved & self.unknowns.keys(), key=str):
            found[name] = self.unknowns[name].expanded(self.expand)
        return found

    @cached_property
    def solvers(self) -> dict:
        """What the implicit names that the head uses solve, in leaves: `roots` as evaluated."""
        return {name: self.in_leaves(name) for name in self.roots}

    def in_leaves(self, name):
        """The definition of an implicit name in leaves, as it is evaluated."""
        return self.unknowns[name].solver(self.expand)

    def without(self, names: Collection) -> "Graph":
        """The same graph with the definitions of `names` dropped: they are inputs now."""
        return Graph(self.head, tuple((n, d) for n, d in self.definitions if n not in names))

    def substitute(self, values: Mapping) -> "Graph":
        """The graph with names replaced by expressions or numbers."""
        kept = [(n, d.xreplace(values)) for n, d in self.definitions if n not in values]
        return Graph(self.head.xreplace(values), tuple(kept))

    def derivative(self, x: sympy.Symbol) -> "Graph":
        """The graph of the total derivative by x.

        Defined names stay names, implicit ones bring what a linear equation gives.
        """
        slopes = Slopes(self.lookup, x)
        head = slopes.total(self.head)
        definitions = (*self.definitions, *slopes.brought.items())
        return Graph(head, tuple((n, d) for n, d in definitions if n != x))

    @cached_property
    def closed(self) -> "Graph":
        """The same quantity, names that vary over a law written out.

        That is where a mean binds what they vary with.
        """
        varying = {}
        for name, definition in _needed_first(self.lookup):
            if isinstance(definition, Unknown):
                continue
            body = definition.xreplace(varying)
            if varies(name) or any(map(varies, body.free_symbols)):
                varying[name] = body
        return self.substitute(varying) if varying else self

    def combine(self, other: "Graph", operation: Callable) -> "Graph":
        """operation(head, other head), over what the two define together."""
        return self.joined(other, operation)[0]

    def joined(self, other: "Graph", operation: Callable) -> "tuple[Graph, dict]":
        """(operation(head, other head), {name of the other: its primed name}).

        A name that the two define differently is written out, or primed in the other.
        """
        left, right, primes = self, other, {}
        while clashes := _defined_otherwise(left, right):
            implicit = {n for n in clashes if n in left.unknowns and n in right.unknowns}
            explicit = clashes - implicit
            if explicit:
                left, right = left.inlined(explicit), right.inlined(explicit)
            else:
                right, names = right.beside(left)
                primes = _followed(primes, names)
        definitions = {**left.lookup, **right.lookup}
        return Graph(operation(left.head, right.head), tuple(definitions.items())), primes

    def beside(self, other: "Graph") -> "tuple[Graph, dict]":
        """(the same quantity, {name: its primed name} where the other defines it otherwise)."""
        taken = {s.name for s in self.names | other.names}
        names = told_apart(self.unknowns, other.unknowns, taken)
        graph = self.renamed(names)
        definitions = []
        for name, body in graph.definitions:
            is_shared = isinstance(body, Unknown) and name in other.unknowns
            definitions.append((name, other.unknowns[name] if is_shared else body))
        return Graph(graph.head, tuple(definitions)), names

    def renamed(self, names: Mapping) -> "Graph":
        """The same quantity with some of its names changed."""
        definitions = []
        for name, body in self.definitions:
            moved = body.renamed(names) if isinstance(body, Unknown) else body.xreplace(names)
            definitions.append((names.get(name, name), moved))
        return Graph(self.head.xreplace(names), tuple(definitions))

    def inlined(self, names: Collection) -> "Graph":
        """The same quantity with the explicit definitions of `names` written out where used."""
        known = [(n, d) for n, d in self.definitions if n in names and n not in self.unknowns]
        if not known:
            return self
        explicit = Graph(sympy.Integer(0), tuple(known))
        return self.substitute({name: explicit.expand(name) for name in explicit.lookup})

    def flat(self) -> "Graph":
        """The same quantity with explicit definitions written out."""
        return Graph(self.expanded, tuple(self.roots.items()))


def _followed(first, then):
    """The names that renaming by `first` and `then` by another leads to."""
    found = {name: then.get(fresh, fresh) for name, fresh in first.items()}
    for name, fresh in then.items():
        if name not in first.values():
            found[name] = fresh
    return found


def _defined_otherwise(graph, other):
    """The names that two graphs define in different ways."""
    lookup = other.lookup
    return {name for name, body in graph.definitions if lookup.get(name, body) != body}


def _needed_first(lookup):
    """(name, definition) pairs in an order in which each comes after those that it uses."""
    done, waiting = {}, dict(lookup)
    while waiting:
        ready = [name for name, d in waiting.items() if _is_ready(name, d, waiting)]
        for name in ready:
            done[name] = waiting.pop(name)
    return done.items()


def _is_ready(name, definition, waiting):
    """Whether nothing that a definition uses is still waiting; what is solved needs no order."""
    if isinstance(definition, Unknown):
        return True
    return not (definition.free_symbols - {name}) & waiting.keys()
