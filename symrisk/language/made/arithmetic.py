"""Two quantities joined by an operation."""

import operator
from dataclasses import dataclass

import sympy

from symrisk.engine.expressions.demands import demands, put_all
from symrisk.engine.noun import cached_property
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.made.constant import Constant
from symrisk.language.made.made import accuracy_of
from symrisk.language.made.node import Node
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region

OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
"""How strongly each holds what stands beside it."""
LATEX = {
    "+": "{} + {}".format,
    "-": "{} - {}".format,
    "*": "{} \\, {}".format,
    "/": "\\frac{{{}}}{{{}}}".format,
    "**": "{{{}}}^{{{}}}".format,
}


@dataclass(frozen=True, repr=False)
class Arithmetic(Node):
    """Two quantities joined by an operation; written out only when asked."""

    operation: str
    left: Quantity
    right: Quantity

    @cached_property
    def _joined(self):
        """(the graph, {name of the right side: its primed name in it})."""
        return self.left.graph.joined(self.right.graph, OPERATIONS[self.operation])

    @property
    def graph(self):
        return self._joined[0]

    @property
    def _parts(self):
        """Each side with {name: primed name} of what the other side defines otherwise."""
        return (self.left, {}), (self.right, self._joined[1])

    @cached_property
    def on(self) -> Region:
        """Where both hold."""
        held = [_in_words_of(part, primes, self.graph) for part, primes in self._parts]
        return held[0] & held[1]

    @property
    def beyond(self):
        return (*self.left.beyond, *self.right.beyond)

    @cached_property
    def law_hypotheses(self) -> tuple:
        parts = (*self.left.law_hypotheses, *self.right.law_hypotheses)
        return tuple(dict.fromkeys((*parts, *hypotheses_of_laws(self.graph.explicit))))

    def demands_given(self, names: frozenset) -> tuple:
        """What both sides need, and what joining them does.

        A quotient of the two may cancel what each divides by.
        """
        found = []
        for part, primes in self._parts:
            found += put_all(part.demands_given(names), lambda e, primes=primes: e.xreplace(primes))
        found += self._demands_of_operation(names)
        found += super().demands_given(names)
        return tuple(dict.fromkeys(found))

    def _demands_of_operation(self, names):
        """The demand of a division by the right side, or of a power by it, as it stands."""
        if self.operation not in ("/", "**"):
            return ()
        left, right = (
            part.graph.without(names).expanded.xreplace(primes) for part, primes in self._parts
        )
        if self.operation == "/":
            return demands(sympy.Pow(right, -1, evaluate=False))
        if not right.is_Integer:
            return demands(sympy.Pow(left, right, evaluate=False))
        return demands(1 / left) if right.is_negative else ()

    @property
    def own_symbols(self):
        return self.left.own_symbols | self.right.own_symbols

    @property
    def accuracy(self):
        return accuracy_of(self.left, self.right)

    @property
    def may_be_complex(self):
        return self.left.may_be_complex or self.right.may_be_complex

    @property
    def title(self):
        return f"({self._spoken(self.left)} {self.operation} {self._spoken(self.right)})"

    @property
    def is_sum(self):
        return self.operation in "+-"

    def _spoken(self, side):
        """An expression is put in brackets where it would be read as something else."""
        if not isinstance(side, Constant):
            return side.title
        is_loose = side.is_loose(BINDS[self.operation], first=side is self.left)
        return f"({side.title})" if is_loose else side.title

    def __str__(self):
        return self.title[1:-1]

    __repr__ = __str__

    def head_latex(self) -> str:
        """A fraction needs no brackets, nor does an exponent, or what begins a sum."""
        left, right = self.left.head_latex(), self.right.head_latex()
        if self.operation not in "+-/":
            left = self.left.wrapped(self.operation)
        if self.operation not in ("/", "**"):
            right = self.right.wrapped(self.operation)
        return LATEX[self.operation](left, right)


def _in_words_of(part, primes, graph):
    """Where a part holds, as hypotheses of the whole, whose graph is given.

    primes: the part's names that are primed in the whole.  A name that the whole does not define as
    the part does is written out.
    """
    own = {n for n, body in part.graph.definitions if graph.lookup.get(n) != body}
    if not own & _letters_of_expressions(part.on):
        return part.on
    written = [relation.changed(part.graph.expand) for relation in part.on.hypotheses]
    region = Region(*written, over=part.on.over).charted(part.on.chart)
    return region.renamed(primes)


def _letters_of_expressions(region):
    """The letters that the hypotheses speak of outside formulas."""
    found = set()
    for relation in region.hypotheses:
        for side in relation.compared:
            found.update(*(expression.free_symbols for expression in side.bare))
    return found
