"""A graph of names: a head expression, and definitions, explicit or implicit, of the names it uses."""

from dataclasses import dataclass
from functools import cached_property

import sympy

from symrisk.engine.generators import Root, Unknown
from symrisk.engine.mean import write_out_means
from symrisk.engine.noun import Noun
from symrisk.errors import ArgumentError, NoMethod


@dataclass(frozen=True)
class Graph(Noun):
    """`head` in names; `definitions` pairs (name, expression or Unknown), in the author's order."""

    head: sympy.Expr
    definitions: tuple = ()

    @cached_property
    def lookup(self):
        return dict(self.definitions)

    @cached_property
    def names(self):
        """Every symbol of the graph: defined ones and leaves."""
        parts = [self.head, *(d for _, d in self.definitions)]
        return frozenset(self.lookup).union(*(part.free_symbols for part in parts))

    def reached(self, given=frozenset()):
        """The leaves that the head needs once `given` names are inputs, and the definitions used on the way."""
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
    def expanded(self):
        """The head in leaves and implicit names."""
        return write_out_means(self._expand(self.head, {}))

    @cached_property
    def roots(self):
        """The implicit names the head uses, name -> Root with its polynomial in leaves."""
        memo = {}
        _, used = self.reached()
        return {name: self._expanded_root(self.lookup[name], memo) for name in sorted(used, key=str)
                if isinstance(self.lookup[name], Root)}

    def _expanded_root(self, root, memo):
        ends = tuple(self._expand(sympy.sympify(end), memo) for end in root.between)
        return Root(root.unknown, _polynomial(self._expand(root.polynomial, memo), root.unknown), ends, root.radicand)

    def _expand(self, expression, memo):
        replacements = {}
        for symbol in expression.free_symbols & self.lookup.keys():
            definition = self.lookup[symbol]
            if isinstance(definition, Unknown):
                continue
            if symbol not in memo:
                memo[symbol] = self._expand(definition, memo)
            replacements[symbol] = memo[symbol]
        return expression.xreplace(replacements) if replacements else expression

    def expand(self, expression):
        """An expression in this graph's names, in leaves and implicit names."""
        return self._expand(sympy.sympify(expression), {})

    def without(self, names):
        """The same graph with the definitions of `names` dropped: they are inputs now."""
        return Graph(self.head, tuple((n, d) for n, d in self.definitions if n not in names))

    def substitute(self, values):
        """The graph with names replaced by expressions or numbers."""
        kept = [(n, d.xreplace(values)) for n, d in self.definitions if n not in values]
        return Graph(self.head.xreplace(values), tuple(kept))

    def derivative(self, x):
        """The graph of the total derivative by x; defined names stay names, an implicit one brings a linear equation."""
        return Graph(self._total(self.head, x, {}), tuple((n, d) for n, d in self.definitions if n != x))

    def _total(self, expression, x, memo):
        total = sympy.diff(expression, x)
        for symbol in sorted((expression.free_symbols & self.lookup.keys()) - {x}, key=str):
            if symbol not in memo:
                memo[symbol] = self._derivative_of(symbol, x, memo)
            total += sympy.diff(expression, symbol) * memo[symbol]
        return total

    def _derivative_of(self, symbol, x, memo):
        definition = self.lookup[symbol]
        if not isinstance(definition, Unknown):
            return self._total(definition, x, memo)
        if not isinstance(definition, Root):
            raise NoMethod(f"{symbol} solves a system of equations: its derivative is not derived; give it")
        memo[symbol] = sympy.Integer(0)
        along = self._total(definition.polynomial, x, memo)
        return -along / sympy.diff(definition.polynomial, symbol)

    def combine(self, other, operation):
        """operation(head, other head); a name that the two define differently is written out."""
        left, right = self, other
        while clashes := {name for name, body in left.definitions if right.lookup.get(name, body) != body}:
            explicit = {n for n in clashes if not any(isinstance(side.lookup[n], Unknown) for side in (left, right))}
            if not explicit:
                break
            left, right = left.inlined(explicit), right.inlined(explicit)
        merged = dict(left.definitions)
        for name, body in right.definitions:
            if merged.setdefault(name, body) != body:
                raise ArgumentError(f"{name} is defined in two ways: {merged[name]} and {body}")
        return Graph(operation(left.head, right.head), tuple(merged.items()))

    def inlined(self, names):
        """The same quantity with the explicit definitions of `names` written out where they are used."""
        known = tuple((n, d) for n, d in self.definitions if n in names and not isinstance(d, Unknown))
        explicit = Graph(sympy.Integer(0), known)
        if not explicit.definitions:
            return self
        bodies = {name: explicit.expand(name) for name in explicit.lookup}
        kept = tuple((n, d.xreplace(bodies)) for n, d in self.definitions if n not in explicit.lookup)
        return Graph(self.head.xreplace(bodies), kept)

    def flat(self):
        """The same quantity with explicit definitions written out."""
        return Graph(self.expanded, tuple(self.roots.items()))


def _polynomial(equation, unknown):
    """The equation's numerator once means are written out: a polynomial again."""
    written = write_out_means(equation)
    return written if written.is_polynomial(unknown) else sympy.fraction(sympy.together(written))[0]
