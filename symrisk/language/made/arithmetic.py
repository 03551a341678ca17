"""Two quantities joined by an operation."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions.apart import primed
from symrisk.engine.expressions.demands import demands, put_all
from symrisk.engine.noun import cached_property
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.made.constant import Constant
from symrisk.language.made.made import accuracy_of
from symrisk.language.made.node import Node
from symrisk.language.quantity import Quantity, written_out
from symrisk.language.region import Region

OPERATIONS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
              "**": lambda a, b: a**b}
BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
LATEX = {"+": "{} + {}".format, "-": "{} - {}".format, "*": "{} \\, {}".format, "/": "\\frac{{{}}}{{{}}}".format,
         "**": "{{{}}}^{{{}}}".format}


@dataclass(frozen=True, repr=False)
class Arithmetic(Node):
    """Two quantities joined by an operation; written out only when asked."""

    operation: str
    left: Quantity
    right: Quantity

    @cached_property
    def graph(self):
        return self.left.graph.combine(self.right.graph, OPERATIONS[self.operation])

    @cached_property
    def on(self):
        return _in_own_words(self.left, self.graph) & _in_own_words(self.right, self.graph)

    @property
    def beyond(self):
        return (*self.left.beyond, *self.right.beyond)

    @cached_property
    def law_hypotheses(self) -> tuple:
        parts = (*self.left.law_hypotheses, *self.right.law_hypotheses)
        return tuple(dict.fromkeys((*parts, *hypotheses_of_laws(self.graph.explicit))))

    def demands_given(self, names: frozenset) -> tuple:
        """What both sides need, and what joining them does: a quotient of the two may cancel what each divides by."""
        parts = [_put(part.demands_given(names), _primes(part, self.graph)) for part in (self.left, self.right)]
        own = self._of_operation(names)
        return tuple(dict.fromkeys((*parts[0], *parts[1], *own, *super().demands_given(names))))

    def _of_operation(self, names):
        """The demand of a division by the right side, or of a power by it, as it stands."""
        sides = [self._expanded(side, names) for side in (self.left, self.right)]
        if self.operation == "/":
            return demands(sympy.Pow(sides[1], -1, evaluate=False))
        if self.operation == "**" and not sides[1].is_Integer:
            return demands(sympy.Pow(*sides, evaluate=False))
        return demands(1 / sides[0]) if self.operation == "**" and sides[1].is_negative else ()

    def _expanded(self, side, names):
        expression = side.graph.without(names).expanded
        return expression.xreplace(_primes(side, self.graph))

    @property
    def own_symbols(self):
        return self.left.own_symbols | self.right.own_symbols

    @property
    def accuracy(self):
        return accuracy_of(self.left, self.right)

    @property
    def title(self):
        return f"({self._spoken(self.left)} {self.operation} {self._spoken(self.right)})"

    @property
    def is_sum(self):
        return self.operation in "+-"

    def _spoken(self, side):
        """An expression is put in brackets where it would be read as something else."""
        loose = isinstance(side, Constant) and side.is_loose(BINDS[self.operation], first=side is self.left)
        return f"({side.title})" if loose else side.title

    __repr__ = __str__ = lambda self: self.title[1:-1]

    def head_latex(self):
        """A fraction needs no brackets, nor does an exponent, or what begins a sum."""
        left = self.left.head_latex() if self.operation in "+-/" else self.left.wrapped(self.operation)
        right = self.right.head_latex() if self.operation in ("/", "**") else self.right.wrapped(self.operation)
        return LATEX[self.operation](left, right)


def _in_own_words(part, graph):
    """Where a part holds, as hypotheses of the whole: a name that the whole does not define so is written out."""
    own = {n for n, body in part.graph.definitions if graph.lookup.get(n) != body}
    spoken = {s for r in part.on.hypotheses for side in (r.lhs, r.rhs) if not isinstance(side, Quantity)
              for s in sympy.sympify(side).free_symbols}
    if not own & spoken:
        return part.on
    written = [written_out(part.graph, relation) for relation in part.on.hypotheses]
    return Region(*written, over=part.on.over).charted(part.on.chart).renamed(_primes(part, graph))


def _primes(part, graph):
    """{name: primed name} of the part's implicit names that the whole has under a primed name."""
    return {n: primed(n) for n in part.graph.roots if primed(n) in graph.lookup and primed(n) not in part.graph.lookup}


def _put(demanded, names):
    return put_all(demanded, lambda e: e.xreplace(names))
