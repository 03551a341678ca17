"""Quantities that say how another one moves: slopes, bends and limits."""

from dataclasses import dataclass
from fractions import Fraction

import sympy
from soundness.meaning import value
from soundness.quantities import fits
from soundness.reals import Jet, Kink, NoValue, Unsure, enclosed
from soundness.solving import line_through, part

from symrisk.symbols import Symbol


@dataclass(frozen=True)
class Slope:
    """The derivative of a quantity by a letter."""

    of: object
    letter: sympy.Symbol

    @property
    def letters(self):
        return self.of.letters

    def build(self):
        return self.of.build().diff(self.letter)

    def value(self, point):
        if isinstance(point[self.letter], Jet):
            raise Unsure("a derivative of a derivative")
        try:
            return part(self.of.value(line_through(point, [self.letter], [(Fraction(1),)])), 1)
        except Kink:
            self._refuse_kink(point)
            raise

    def _refuse_kink(self, point):
        """NoValue where the slopes from both sides differ for certain; there are two sides where both lie in the region."""
        here, step = point[self.letter], Fraction(1, 10**60)
        sides = [{**point, self.letter: here + side * step} for side in (-1, 1)]
        if not all(fits(self.letter, side[self.letter]) and self.of.admits(side) for side in sides):
            return
        left, middle, right = (enclosed(self.of.value(at)) for at in (sides[0], point, sides[1]))
        bend = (right - middle) - (middle - left)
        if bend.low > step / 10**6 or bend.high < -step / 10**6:
            raise NoValue("a kink or a jump")

    def admits(self, point):
        return self.of.admits(point)

    @property
    def critical(self):
        return self.of.critical

    def __str__(self):
        return f"{self.of}.diff({self.letter})"


@dataclass(frozen=True)
class Bend:
    """The curvature of a quantity in the logarithms of names."""

    of: object
    names: tuple

    @property
    def steps(self):
        return [
            Symbol(f"h_{c}", f"h_{{{c.latex}}}", f"step in the logarithm of {c}", real=True)
            for c in self.names
        ]

    @property
    def letters(self):
        return self.of.letters | set(self.steps)

    def build(self):
        return self.of.build().curvature(*self.names)

    def value(self, point):
        slopes = [
            (point[c] * point[h], point[c] * point[h] ** 2 / 2)
            for c, h in zip(self.names, self.steps, strict=True)
        ]
        return part(self.of.value(line_through(point, self.names, slopes)), 2)

    def admits(self, point):
        return self.of.admits(point)

    @property
    def critical(self):
        return [*self.of.critical, *self.steps]

    def __str__(self):
        return f"{self.of}.curvature({', '.join(map(str, self.names))})"


@dataclass(frozen=True)
class Limit:
    """The limit of a quantity as a letter tends to a number, from a side."""

    of: object
    letter: sympy.Symbol
    target: sympy.Expr
    side: str = "+"

    @property
    def letters(self):
        return self.of.letters | self.target.free_symbols

    def build(self):
        return self.of.build().limit(self.letter, self.target, self.side)

    def near(self, point, power):
        # A power such as 2^-k can't be looked at as far out as a polynomial.
        grows = any(
            node.exp.has(self.letter)
            for node in getattr(self.of, "expression", self.target).atoms(sympy.Pow)
        )
        far = Fraction(20 * power) if grows else Fraction(10) ** power
        if self.target.is_infinite:
            moved = far if self.target > 0 else -far
        else:
            moved = value(self.target, point) + (1 if self.side == "+" else -1) / far
        return {**point, self.letter: moved}

    def admits(self, point):
        moved = self.near(point, 100)
        return fits(self.letter, moved[self.letter]) and self.of.admits(moved)

    @property
    def critical(self):
        return self.of.critical

    def __str__(self):
        return f"{self.of}.limit({self.letter}, {self.target}, '{self.side}')"
