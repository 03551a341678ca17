"""The sign of a polynomial that is quadratic in one of its letters, by its discriminant.

Every letter is > 0, or >= 0 on a closed face.  Of P = a x^2 + b x + c the four-fold 4 a P =
(2 a x + b)^2 + (4 a c - b^2) shows that P has the sign of a, for every real x, where D = 4 a c -
b^2 is positive.  On x >= 0 less is enough: with b = u - v, the terms of positive and of negative
coefficient, E = 4 a c + v b.  Where b >= 0 nothing of P is negative; where b < 0, -b <= v, and so
D >= E.  What a, c, D and E are is asked in the same way, to a bounded depth.
"""

from collections.abc import Callable
from typing import NamedTuple

from symrisk.engine.algebra.rational import coefficients_in, factored, product
from symrisk.engine.algebra.signs import UNKNOWN, Sign

MOST_NESTED = 3
"""Discriminants of discriminants."""
MOST_TRIED = 60
"""Quadratics that are looked at for the sign of one polynomial."""
MOST_TERMS = 2000
"""Of a product that a discriminant is made of."""
LINE, HALF_LINE = "the line", "the half-line"
BECAUSE, CONJUGATE = "its discriminant", "its conjugate"
IN_PARTS = "its coefficients in one letter"


class Factor(NamedTuple):
    """An irreducible factor, its power, its sign and why it has it; by: the Quadratic that shows
    it, where that is the reason."""

    poly: object
    power: int
    sign: Sign
    because: str
    by: object = None


class Signed(NamedTuple):
    """A polynomial as a constant times factors, each of known sign."""

    constant: object
    factors: tuple
    sign: Sign


class Quadratic(NamedTuple):
    """Why a polynomial has a sign: the index of the letter in which it is quadratic, over which
    range, and what is known of its first and last coefficient (None where nothing is needed) and of
    its discriminant.
    """

    letter: int
    over: str
    first: Signed | None
    last: Signed | None
    discriminant: Signed


class Quadratics:
    """Signs by discriminants where `closed` holds the indices of letters that may vanish.

    known: a function of a polynomial that gives its sign by other means, and why.
    """

    def __init__(self, closed, known: Callable):
        self.closed, self.known = closed, known
        self.left = MOST_TRIED

    def sign(self, poly, depth: int = MOST_NESTED):
        """(sign, Quadratic) of a polynomial; (UNKNOWN, None) where no discriminant shows it."""
        for letter, degree in enumerate(poly.degrees()):
            if degree != 2 or depth == 0 or self.left <= 0:
                continue
            self.left -= 1
            sign, found = self._in_letter(poly, letter, depth - 1)
            if sign.value is not None:
                return sign, found
        return UNKNOWN, None

    def signed(self, poly, depth: int) -> Signed | None:
        """A polynomial's factors with their signs; None where one is not known."""
        if poly.is_zero():
            return None
        constant, factors = factored(poly)
        total, entries = Sign(1 if constant > 0 else -1, True), []
        for factor, power in factors:
            entry = self._factor(factor, int(power), depth)
            if entry is None:
                return None
            entries.append(entry)
            total = total * entry.sign.power(entry.power)
        return Signed(constant, tuple(entries), total)

    def _factor(self, poly, power, depth):
        sign, because = self.known(poly)
        by = None
        if sign.value is None and power % 2 == 0:
            return Factor(poly, power, Sign(1, False), "an even power")
        if sign.value is None:
            sign, by = self.sign(poly, depth)
            because = BECAUSE
        return None if sign.value is None else Factor(poly, power, sign, because, by)

    def _in_letter(self, poly, letter, depth):
        parts = coefficients_in(poly, letter)
        zero = poly.context().constant(0)
        a, b, c = (parts.get(k, zero) for k in (2, 1, 0))
        if c.is_zero() or max(len(a) * len(c), len(b) ** 2) > MOST_TERMS:
            return UNKNOWN, None
        first, last = self.signed(a, depth), self.signed(c, depth)
        known = {part.sign.value for part in (first, last) if part is not None}
        if len(known) != 1 or 0 in known:
            return UNKNOWN, None
        (value,) = known
        sign, found = self._on_the_line(letter, (a, b, c), first, last, depth)
        if sign.value is None and first is not None and last is not None:
            sign, found = self._on_the_half_line(letter, (a, b, c), value, first, last, depth)
        return (Sign(value, sign.strict), found) if sign.value else (UNKNOWN, None)

    def _on_the_line(self, letter, parts, first, last, depth):
        a, b, c = parts
        shown = self.signed(4 * product(a, c) - product(b, b), depth)
        if shown is None or shown.sign.value != 1:
            return UNKNOWN, None
        ends = _needed(first, last, shown.sign.strict)
        if ends is None:
            return UNKNOWN, None
        return Sign(1, shown.sign.strict), Quadratic(letter, LINE, *ends, shown)

    def _on_the_half_line(self, letter, parts, value, first, last, depth):
        a, b, c = parts
        shown = self.signed(4 * product(a, c) + product(against(b, value), value * b), depth)
        if shown is None or shown.sign.value != 1:
            return UNKNOWN, None
        # At x = 0 the polynomial is c.
        is_strict = shown.sign.strict and (last.sign.strict or letter not in self.closed)
        return Sign(1, is_strict), Quadratic(letter, HALF_LINE, first, last, shown)


def _needed(first, last, strict):
    """What must be known of the ends beside a discriminant that is > 0, or >= 0: (a, c), None for
    what need not be; None where they are not enough.

    Where D > 0 neither vanishes, and both have one sign.  Where D vanishes with a, P is c.
    """
    if first is not None and (strict or first.sign.strict):
        return first, None
    if last is not None and (strict or last.sign.strict):
        return None, last
    return None if first is None or last is None else (first, last)


def against(b, value):
    """v, the terms of a polynomial whose coefficients are not of the sign `value`, made positive.

    >>> from flint import Ordering, fmpq_mpoly_ctx
    >>> x, y = fmpq_mpoly_ctx.get(["x", "y"], Ordering.degrevlex).gens()
    >>> against(x - 3*y, 1), against(x - 3*y, -1)
    (3*y, x)
    """
    kept = {exponents: abs(c) for exponents, c in b.to_dict().items() if (c > 0) != (value > 0)}
    return b.context().from_dict(kept)
