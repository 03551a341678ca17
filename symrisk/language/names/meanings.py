"""What the letters of a claim mean: what its sides define, implicit names told apart."""

from collections.abc import Iterable, Iterator, Mapping

import sympy

from symrisk.engine.expressions.apart import told_apart
from symrisk.engine.expressions.mean import write_out_means
from symrisk.language.names.together import letters, refuse_unclear
from symrisk.language.side import Side


class Meanings:
    """What names mean where two sides are spoken of together.

    A name that one side defines means the same in the other, and in the expressions beside them.
    An implicit name that both define, and not in the same way, has a prime in the second.

    sides: the two.  own: what implicit names solve by themselves, whatever the sides say.
    beside: what else is spoken of, whose letters no primed name may take.

    >>> from symrisk import Formula
    >>> from symrisk.symbols import n, n1, n2, p, symbol
    >>> ratio = Formula(symbol("ratio", "r", "samples a feature"), n/p, where={n: n1 + n2})
    >>> half = Formula(symbol("half", "h", "half of the features"), p/2)
    >>> Meanings((ratio, half), {}, ()).put_in(n - 1)
    n1 + n2 - 1
    """

    def __init__(self, sides: tuple[Side, Side], own: Mapping, beside: Iterable[Side]):
        self.sides, self.own = sides, own
        self.roots = dict(own)
        taken = letters((*sides, *beside))
        self.primes = tuple(told_apart(side.roots, self.roots, taken) for side in sides)

    def pairs(self) -> Iterator[tuple[Side, dict]]:
        """Each side with {name: primed name} of what is defined otherwise before it."""
        return zip(self.sides, self.primes, strict=True)

    def put_in(self, expression: sympy.Basic) -> sympy.Basic:
        """An expression with what a side defines explicitly put in."""
        for side, primes in self.pairs():
            graph, bodies = side.graph, {}
            for name in expression.free_symbols & graph.lookup.keys():
                if name not in side.roots:
                    bodies[name] = graph.expand(name).xreplace(primes)
            expression = expression.xreplace(bodies)
        return expression

    def written_out(self, subject, expression: sympy.Basic) -> sympy.Basic:
        """An expression beside the sides, in inputs and implicit names.

        ArgumentError, which names the subject, where a letter of it may mean two things.
        """
        expression = write_out_means(expression)
        spoken = expression.free_symbols
        refuse_unclear(subject, spoken, filter(self._is_unclear, spoken))
        return self.put_in(expression)

    def _is_unclear(self, letter):
        """Whether the sides define a letter in two ways, and nothing else does."""
        if letter in self.own:
            return False
        found = set()
        for side, primes in self.pairs():
            if letter in side.graph.lookup:
                found.add(side.graph.expand(letter).xreplace(primes))
        return len(found) > 1
