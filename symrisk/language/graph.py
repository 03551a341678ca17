"""A graph of names: a head expression, and definitions, explicit or implicit, of the names it uses."""

from dataclasses import dataclass

import sympy

from symrisk.engine.algebra.generators import Member, Root, Stationary, Unknown
from symrisk.engine.budget import refuse_large
from symrisk.engine.expressions.apart import renamed, told_apart
from symrisk.engine.expressions.demands import demands, put_all
from symrisk.engine.expressions.mean import Mean, is_bound, varies, write_out_means
from symrisk.engine.noun import Noun, cached_property
from symrisk.engine.potential.elimination_names import eliminated
from symrisk.errors import NoMethod


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

    @property
    def explicit(self):
        """The head and what explicit definitions say; of a potential, what varies over its law."""
        expressions = [self.head]
        for _, body in self.definitions:
            if isinstance(body, Stationary):
                expressions += [Mean(part, body.potential.law) for part in body.potential.varying]
            elif not isinstance(body, Unknown):
                expressions.append(body)
        return expressions

    @cached_property
    def bound(self):
        """The variables of laws that means in the graph bind: they may be replaced, where a law has them equal something."""
        expressions = self.explicit
        inside = [mean.integrand for e in expressions for mean in e.atoms(Mean)] + expressions
        return frozenset(s for e in inside for s in e.free_symbols if is_bound(s))

    def refuse_bound_roots(self):
        """NoMethod where what an implicit name solves varies over a law: each atom would have a solution of its own."""
        for name, body in self.unknowns.items():
            leaves = set().union(*(Graph(s, self.definitions).reached()[0] for s in body.free_symbols - {name}))
            bound = sorted(str(s) for s in leaves if varies(s))
            if bound:
                raise NoMethod(f"{name} solves an equation in {bound[0]}, which means bind: what varies over a law is given by "
                               "an expression, not by an equation")

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
        expanded = self._expand(self.head, {})
        refuse_large(expanded)
        return write_out_means(expanded)

    @cached_property
    def demands(self) -> tuple:
        """What the head, and each explicit definition that it rests on, needs to have a value: in leaves and implicit names.

        Asked of each as it stands, so that nothing is cancelled by what is put into it.
        """
        memo = {}
        names = {name: self._equation(body, memo) for name, body in self.definitions}
        return put_all(demands(self.head, names), lambda e: write_out_means(self._expand(e, memo)))

    def _equation(self, body, memo):
        """A definition, one by a polynomial with what it rests on written out."""
        return self._expanded_root(body, memo) if isinstance(body, Root) else body

    @cached_property
    def roots(self):
        """The implicit names the head uses, name -> Root with its polynomial, or Member with its parameters, in leaves."""
        self.refuse_bound_roots()
        memo = {}
        _, used = self.reached()
        together = {c for name in used for c in _solved_together(self.lookup[name])} & self.lookup.keys()
        return {name: self._expanded_root(self.lookup[name], memo) for name in sorted(used | together, key=str)
                if isinstance(self.lookup[name], Unknown)}

    @cached_property
    def solvers(self):
        """What the implicit names that the head uses solve, in leaves; as `roots`, but as they are evaluated."""
        memo = {}
        return {name: self._in_leaves(self.lookup[name], memo) for name in self.roots}

    def in_leaves(self, name):
        """The definition of an implicit name in leaves, as it is evaluated."""
        return self._in_leaves(self.lookup[name], {})

    def _in_leaves(self, body, memo):
        if not isinstance(body, Stationary):
            return self._expanded_root(body, memo) if isinstance(body, (Root, Member)) else body
        explicit = {s: self._expand(s, memo) for s in body.free_symbols if s in self.lookup}
        return body.xreplace({s: e for s, e in explicit.items() if e != s})

    def _expanded_root(self, root, memo):
        if isinstance(root, Stationary):
            slope = self._expand(root.potential.slope(root.unknown), memo)
            return Root(root.unknown, _polynomial(slope, root.unknown), sure=True, alive=root.potential.alive(root.unknown))
        if isinstance(root, Member):
            return root.xreplace({s: self._expand(s, memo) for s in root.free_symbols & self.lookup.keys()})
        ends = tuple(self._expand(sympy.sympify(end), memo) for end in root.between)
        polynomial = _polynomial(self._expand(root.polynomial, memo), root.unknown)
        return Root(root.unknown, polynomial, ends, root.radicand, root.sure, root.alive)

    def _expand(self, expression, memo):
        replacements = {}
        for symbol in expression.free_symbols & self.lookup.keys():
            definition = self.lookup[symbol]
            if isinstance(definition, Unknown):
                continue
            if symbol not in memo:
                memo[symbol] = self._expand(definition, memo)
                refuse_large(memo[symbol])
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
        """The graph of the total derivative by x; defined names stay names, implicit ones bring what a linear equation gives."""
        slopes = Slopes(self, x)
        head = slopes.total(self.head)
        return Graph(head, tuple((n, d) for n, d in (*self.definitions, *slopes.brought.items()) if n != x))

    @cached_property
    def closed(self):
        """The same quantity with the names that vary over a law written out where a mean binds what they vary with."""
        varying = {}
        for name, definition in _needed_first(self.lookup):
            if not isinstance(definition, Unknown):
                body = definition.xreplace(varying)
                varying.update({name: body} if varies(name) or any(map(varies, body.free_symbols)) else {})
        if not varying:
            return self
        kept = tuple((n, d.xreplace(varying)) for n, d in self.definitions if n not in varying)
        return Graph(self.head.xreplace(varying), kept)

    def combine(self, other, operation):
        """operation(head, other head); a name that the two define differently is written out, or primed in the other."""
        left, right = self, other
        while clashes := {name for name, body in left.definitions if right.lookup.get(name, body) != body}:
            explicit = {n for n in clashes if not all(isinstance(side.lookup[n], Unknown) for side in (left, right))}
            left, right = (left.inlined(explicit), right.inlined(explicit)) if explicit else (left, right.beside(left))
        return Graph(operation(left.head, right.head), tuple({**left.lookup, **right.lookup}.items()))

    @property
    def unknowns(self):
        """The implicit definitions."""
        return {name: body for name, body in self.definitions if isinstance(body, Unknown)}

    def beside(self, other):
        """The same quantity, implicit names that the other graph defines otherwise primed."""
        names = told_apart(self.unknowns, other.unknowns, {s.name for s in self.names | other.names})
        graph = self.renamed(names)
        bodies = ((n, other.unknowns.get(n, d) if isinstance(d, Unknown) else d) for n, d in graph.definitions)
        return Graph(graph.head, tuple(bodies))

    def renamed(self, names):
        """The same quantity with some of its names changed."""
        definitions = tuple((names.get(n, n), renamed(d, names) if isinstance(d, Unknown) else d.xreplace(names))
                            for n, d in self.definitions)
        return Graph(self.head.xreplace(names), definitions)

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


def _solved_together(definition):
    """The names that are solved for together with one that has this definition."""
    if isinstance(definition, Stationary):
        return definition.potential.unknowns
    return definition.system.unknowns if isinstance(definition, Member) else ()


def _needed_first(lookup):
    """(name, definition) pairs in an order in which each comes after those that it uses."""
    done, waiting = {}, dict(lookup)
    while waiting:
        ready = [name for name, d in waiting.items() if not (d.free_symbols - {name}) & waiting.keys() or isinstance(d, Unknown)]
        for name in ready:
            done[name] = waiting.pop(name)
    return done.items()


class Slopes:
    """Total derivatives by x of a graph's names; `brought` are the definitions that derivatives of minimisers need."""

    def __init__(self, graph, x):
        self.graph, self.x, self.memo, self.brought = graph, x, {}, {}

    def total(self, expression):
        """The derivative of an expression by x, through the names that it uses."""
        total = sympy.diff(expression, self.x)
        for symbol in sorted((expression.free_symbols & self.graph.lookup.keys()) - {self.x}, key=str):
            total += sympy.diff(expression, symbol) * self.of(symbol)
        return total

    def of(self, symbol):
        """The derivative of a name by x."""
        if symbol not in self.memo:
            definition = self.graph.lookup[symbol]
            if isinstance(definition, Stationary):
                self._of_minimiser(definition.potential)
            else:
                is_root = isinstance(definition, Unknown)
                self.memo[symbol] = self._of_root(symbol, definition) if is_root else self.total(definition)
        return self.memo[symbol]

    def _of_root(self, symbol, root):
        if not isinstance(root, Root):
            raise NoMethod(f"{symbol} solves a system of equations: its derivative is not derived; give it")
        self.memo[symbol] = sympy.Integer(0)
        along = self.total(root.polynomial)
        return -along / sympy.diff(root.polynomial, symbol)

    def _of_minimiser(self, potential):
        """The Hessian times d log c/dx is minus the slopes' derivative with c held: a grounded Laplacian, eliminated."""
        self.memo.update(dict.fromkeys(potential.unknowns, sympy.Integer(0)))
        held = [-self.total(potential.slope(c)) for c in potential.unknowns]
        names, rates = eliminated(f"{potential.unknowns[0]}_by_{self.x}_", *potential.laplacian(), held)
        self.brought.update(names)
        self.memo.update({c: c * rate for c, rate in zip(potential.unknowns, rates, strict=True)})


def _polynomial(equation, unknown):
    """The equation's numerator once means are written out: a polynomial again; an equation with means left, as it is."""
    written = write_out_means(equation)
    if written.atoms(Mean):
        return written
    return written if written.is_polynomial(unknown) else sympy.fraction(sympy.together(written))[0]
