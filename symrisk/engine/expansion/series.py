"""The first terms of an expression as one name comes to a point."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine.expansion.adjoin import letter_of
from symrisk.engine.expansion.branch import Adjoined
from symrisk.engine.expansion.expansion import expanded
from symrisk.engine.expansion.ground import SMALL
from symrisk.engine.expansion.letters import Letters
from symrisk.errors import NoMethod

MOST_LETTERS = 4
MOST_KEPT = 60
"""Terms of a series."""


@dataclass(frozen=True)
class Terms:
    """The first terms of an expression, in powers of the distance from a point.

    powers: pairs (power, coefficient).  next: the power of what is left out.  roots: pairs (name,
    what it solves) of names that coefficients are written in and that the expression was not.
    """

    powers: tuple
    next: sympy.Rational
    roots: tuple


def first_terms(expression: sympy.Expr, roots: Mapping, tends: tuple, order, sign: Callable):
    """The Terms of an expression up to an order.

    roots: what implicit names solve.  tends: (name, point, side).  sign: gives the strict sign of
    an expression, 1 or -1, throughout; or raises Split.
    """
    return _Reader(expression, roots, tends, sign).terms(order)


class _Reader(Letters):
    """An expression in letters, and those that its coefficients bring in."""

    def __init__(self, expression, roots, tends, sign):
        self.name, self.point, self.side = tends
        self.letters, self.sign_of, self.expression = [], sign, expression
        self.roots = dict(roots)
        inner, point = self.begin(self.roots, (expression, self.point), self.name)
        moving = {self.name, *self.moving}
        for letter, meaning in self.back.items():
            if letter not in self.solved and self.rational_parts(meaning) & moving:
                raise NoMethod(f"the series of {meaning} is not derived for every law")
        self.inner, self.lettered_point = inner, point

    def restored(self, expression):
        """An expression with what letters stand for in their place, those brought in too."""
        meant = {each.letter: each.meaning for each in self.letters if each.root is None}
        expression = sympy.sympify(expression)
        while expression.free_symbols & meant.keys():
            expression = expression.xreplace(meant)
        return Letters.restored(self, expression)

    def sign(self, poly):
        """The sign of a polynomial in letters."""
        held = {n: root for n, root in self.roots.items() if n not in self.moving}
        held.update((each.letter, each.root) for each in self.letters if each.root is not None)
        return self.sign_of(self.restored(poly), held)

    def terms(self, order) -> Terms:
        while len(self.letters) <= MOST_LETTERS:
            extra = [(each.letter, each.equation) for each in self.letters if each.is_new]
            zeros = [each.zero for each in self.letters]
            tends = self.name, self.lettered_point, self.side
            scene = self.scene_of(tends, (self.expression, self.point), (), extra, zeros)
            try:
                return expanded(scene, self.sign, lambda found: self._settled(found, order))
            except Adjoined as wanted:
                self.letters.append(letter_of(self, scene, wanted.args[0]))
        raise NoMethod("the roots begin with too many coefficients that are not rational")

    def _settled(self, expansion, order):
        ground, rest, found = expansion.ground, self.inner, {}
        last = sympy.floor(order * expansion.power)
        while True:
            lowest = expansion.lowest(rest)
            if lowest is None or lowest.order > last:
                break
            if len(found) > MOST_KEPT:
                raise NoMethod(f"a series of more than {MOST_KEPT} terms: ask for a lower order")
            for needed in (lowest.bottom, ground.field.ratio(lowest.coefficient.den)):
                ground.sign(needed)
            coefficient = ground.plain(lowest.coefficient.expression())
            found[sympy.Rational(lowest.order, expansion.power)] = sympy.factor(
                self.restored(coefficient)
            )
            rest = rest - coefficient * SMALL**lowest.order
        for needed in expansion.needed:
            ground.sign(needed)
        roots = [(each.letter, each.root) for each in self.letters if each.root is not None]
        left_out = sympy.Rational(last + 1, expansion.power)
        return Terms(tuple(sorted(found.items())), left_out, tuple(roots))
