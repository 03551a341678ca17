"""The field in which expansions have their coefficients: quotients in letters, some of which solve
an equation in those before them.
"""

from collections.abc import Callable
from typing import NamedTuple

import sympy

from symrisk.engine.algebra.rational import (
    Field,
    Ratio,
    coefficients_in,
    degree_in,
    factored,
    modulo,
)

SMALL = sympy.Symbol("eps", positive=True)
"""What tends to 0 from above."""
SCALED = sympy.Symbol("scaled", positive=True)
"""A root that is looked for, in a coordinate that runs from 0 to infinity."""


class Split(Exception):
    """A polynomial on whose sign an expansion depends: one case for each of its signs."""

    @property
    def core(self) -> sympy.Expr:
        """The polynomial."""
        return self.args[0]


class Unsettled(Exception):
    """More terms are wanted of what was expanded before."""


class Lowest(NamedTuple):
    """The lowest term of an expansion: coefficient * SMALL^order.

    bottom: the lowest coefficient of its denominator, of which it must be known that it is not 0.
    A coefficient 0 says that what is left over SMALL^order tends to 0.
    """

    order: int
    coefficient: Ratio
    bottom: Ratio


class Ground:
    """Quotients in SMALL and in letters.

    letters: what an expansion's coefficients may be written in.  equations: {letter: polynomial
    that vanishes}, each in its letter and in those before it.  unknown: letters that stand for what
    of an expansion is not known, and tends to a limit; vanishing: those that tend to 0.  zeros:
    expressions in letters that may be what a root begins with, beside quotients.  sign: gives 1 or
    -1 for an irreducible polynomial in the letters, as an expression, where it has that sign
    throughout; else it raises Split.

    >>> from sympy.abc import a, r
    >>> ground = Ground((a, r), {r: r**2 - a}, (), sign=None)
    >>> lowest = ground.lowest(ground.convert((r**2 - a)/SMALL + SMALL*r**3))
    >>> lowest.order, lowest.coefficient.expression()
    (1, a*r)
    """

    def __init__(self, letters, equations, unknown, sign: Callable, zeros=(), vanishing=()):
        self.zeros, self.vanishing = tuple(zeros), tuple(vanishing)
        self.letters, self.unknown, self.sign_of = tuple(letters), tuple(unknown), sign
        self.field = Field.over((SMALL, SCALED, *self.vanishing, *self.unknown, *self.letters))
        self.zeros_of = {
            letter: equation for letter, equation in equations.items() if _is_full(equation, letter)
        }
        self.equations = [
            (self.field.index[letter], self.field.convert(equation).num)
            for letter, equation in equations.items()
        ]

    def convert(self, expression) -> Ratio:
        """An expression as a quotient."""
        return self.field.convert(expression)

    def reduced(self, ratio: Ratio) -> Ratio:
        """A quotient with its numerator reduced by the letters' equations, from the last one on."""
        for index, equation in reversed(self.equations):
            if degree_in(ratio.num, index) >= degree_in(equation, index):
                bottom = self.field.ratio(ratio.den)
                ratio = modulo(self.field, ratio.num, equation, index) / bottom
        return ratio

    def plain(self, expression: sympy.Expr) -> sympy.Expr:
        """A quotient in letters, none of which that solves an equation is below its line; radicals
        stay where they are.
        """
        for letter, equation in reversed(self.zeros_of.items()):
            top, bottom = sympy.fraction(sympy.together(expression))
            if not bottom.has(letter):
                continue
            names = (top.free_symbols | bottom.free_symbols | equation.free_symbols) - {letter}
            used = sorted(names, key=str)
            domain = sympy.QQ.frac_field(*used) if used else sympy.QQ
            above, below, zero = (
                sympy.Poly(part, letter, domain=domain) for part in (top, bottom, equation)
            )
            try:
                inverse = below.invert(zero)
            except sympy.polys.polyerrors.NotInvertible:
                continue
            expression = sympy.cancel((above * inverse).rem(zero).as_expr())
        return expression

    def lowest_of(self, poly) -> Lowest | None:
        """The lowest term of a polynomial; None where it vanishes."""
        parts = coefficients_in(poly, self.field.index[SMALL])
        for order in sorted(parts):
            coefficient = self.reduced(self.field.ratio(parts[order]))
            if not coefficient.is_zero():
                return Lowest(int(order), self._at_limit(coefficient), self.field.one)
        return None

    def _at_limit(self, coefficient):
        """A coefficient where what vanishes is gone."""
        parts = []
        for part in (coefficient.num, coefficient.den):
            for letter in self.vanishing:
                part = part.subs({self.field.index[letter]: 0})
            parts.append(self.field.ratio(part))
        if parts[1].is_zero():
            raise Unsettled
        return parts[0] / parts[1]

    def lowest(self, ratio: Ratio) -> Lowest | None:
        """The lowest term of a quotient; None where it vanishes, ZeroDivisionError where it has
        no value.
        """
        top, bottom = self.lowest_of(ratio.num), self.lowest_of(ratio.den)
        if bottom is None:
            raise ZeroDivisionError("a divisor vanishes near the point")
        if top is None:
            return None
        below = bottom.coefficient
        if below.is_zero():
            raise Unsettled
        quotient = self.reduced(top.coefficient / below)
        return Lowest(top.order - bottom.order, quotient, below)

    def is_known(self, ratio: Ratio) -> bool:
        """Whether nothing that is not known stands in it."""
        places = [self.field.index[letter] for letter in (SCALED, *self.unknown)]
        return all(degree_in(part, i) == 0 for part in (ratio.num, ratio.den) for i in places)

    def factors(self, ratio: Ratio):
        """(a number, [(irreducible polynomial, exponent)]) of a quotient in the letters."""
        top, above = factored(ratio.num)
        bottom, below = factored(ratio.den)
        return top / bottom, [*above, *((poly, -int(power)) for poly, power in below)]

    def sign(self, ratio: Ratio) -> int:
        """The strict sign of a quotient in the letters; Split where it is not one throughout."""
        if ratio.is_zero():
            return 0
        number, factors = self.factors(ratio)
        sign = 1 if number > 0 else -1
        for poly, power in factors:
            own = self.sign_of(self.field.polynomial(poly))
            sign *= own if power % 2 else 1
        return sign


def _is_full(equation, letter):
    """Whether an equation has more than two terms in its letter: then it gives no radical."""
    if not equation.is_polynomial(letter):
        return False
    return sum(part != 0 for part in sympy.Poly(equation, letter).all_coeffs()) > 2
