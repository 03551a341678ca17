"""A grounded Laplacian system eliminated into names, without subtraction: what `grounded` does
on arrays, as definitions.
"""

from collections.abc import Mapping, Sequence

import sympy

from symrisk.engine.potential import grounded
from symrisk.symbols import symbol

WORDS = {"W": "tie", "r": "ground", "v": "lever", "d": "pivot", "x": "step"}
"""The letters' names in code: none that a theorem might use."""
SIGNS = {"W": {"nonnegative": True}, "r": {"nonnegative": True}, "d": {"positive": True}}


class Names:
    """The names that an elimination brings, each with its definition, in the order they come."""

    def __init__(self, prefix: str):
        self.prefix, self.definitions, self.ties = prefix, {}, {}

    def keep(self, letter: str, body: sympy.Expr, *places: int) -> sympy.Expr:
        """The name of a number; a letter or a number needs none, and a tie has one both ways."""
        if letter != "W":
            return self._named(letter, body, *places)
        both = frozenset(places)
        if both not in self.ties:
            self.ties[both] = self._named(letter, body, *places)
        return self.ties[both]

    def _named(self, letter, body, *places):
        body = sympy.sympify(body)
        if body.is_Symbol or body.is_Number:
            return body
        mark = "".join(str(k + 1) for k in places)
        name = self._symbol(letter, mark)
        while name in self.definitions:
            mark += "'"
            name = self._symbol(letter, mark)
        self.definitions[name] = body
        return name

    def _symbol(self, letter, mark):
        tagged = mark.replace("'", "_")
        code = f"{self.prefix}{WORDS[letter]}{tagged}"
        signs = SIGNS.get(letter, {})
        return symbol(code, rf"{letter}_{{{mark}}}", "an elimination's step", **signs)


def eliminated(
    prefix: str, W: Mapping, ground: Sequence, right: Sequence
) -> tuple[dict[sympy.Symbol, sympy.Expr], list]:
    """(definitions {name: expression}, the solution's names) of H x = right.

    H has -W[k, m] off the diagonal (k > m) and rows summing to ground[k]; see `grounded`, which
    eliminates.  The last node goes first: the first one's answer is then the shortest.

    >>> from symrisk.symbols import n1, n2, p
    >>> definitions, (first, second) = eliminated("", {(1, 0): n1}, [n2, p], [1, 0])
    >>> list(definitions)
    [pivot2, ground1, step1, step2]
    >>> definitions[second]
    n1*step1/pivot2
    """
    nodes = range(len(ground))
    table = [[W.get((max(k, m), min(k, m)), 0) for m in nodes] for k in nodes]
    names = Names(prefix)
    (solution,), _ = grounded.eliminated(table, ground, [right], nodes[::-1], names.keep)
    return names.definitions, solution
