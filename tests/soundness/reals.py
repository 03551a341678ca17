"""Real numbers for the oracle: fractions, enclosures between fractions, numbers in Q(root), and jets of these.

Nothing is rounded but outwards.  What an enclosure can't tell is `Unsure`, never guessed; what does not exist is `NoValue`.
"""

from fractions import Fraction
from functools import lru_cache
from math import floor

BITS = 420
GRAIN = 1 << BITS


class NoValue(Exception):
    """An expression without a real value: 1/0, a root or logarithm of what has none, no case that applies."""


class Outside(Exception):
    """A point at which something spoken of is not what it is said to be: a weight below zero, no minimiser."""


class Unsure(Exception):
    """The enclosure is too wide to tell."""


class Kink(Unsure):
    """What moves comes just here from one case into another."""


class Enclosure:
    """A real number somewhere between two fractions."""

    __slots__ = ("low", "high")

    def __init__(self, low, high):
        self.low = Fraction(floor(low * GRAIN), GRAIN)
        self.high = Fraction(-floor(-high * GRAIN), GRAIN)

    def __add__(self, other):
        if isinstance(other, Jet):
            return NotImplemented
        other = enclosed(other)
        return Enclosure(self.low + other.low, self.high + other.high)

    def __neg__(self):
        return Enclosure(-self.high, -self.low)

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if isinstance(other, Jet):
            return NotImplemented
        other = enclosed(other)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Enclosure(min(ends), max(ends))

    __radd__, __rmul__ = __add__, __mul__


class Algebraic:
    """A number of Q(root): coefficients of powers of one root of an irreducible polynomial; zero is told exactly."""

    __slots__ = ("terms", "field")

    def __init__(self, terms, field):
        self.terms, self.field = field.reduced(terms), field

    def _is_foreign(self, other):
        return isinstance(other, Algebraic) and other.field is not self.field

    def _lift(self, other):
        return other.terms if isinstance(other, Algebraic) else [Fraction(other)]

    def __add__(self, other):
        if isinstance(other, Jet):
            return NotImplemented
        if isinstance(other, Enclosure) or self._is_foreign(other):
            return enclosed(self) + enclosed(other)
        return Algebraic(_added(self.terms, self._lift(other)), self.field)

    def __neg__(self):
        return Algebraic([-c for c in self.terms], self.field)

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if isinstance(other, Jet):
            return NotImplemented
        if isinstance(other, Enclosure) or self._is_foreign(other):
            return enclosed(self) * enclosed(other)
        return Algebraic(_product(self.terms, self._lift(other)), self.field)

    __radd__, __rmul__ = __add__, __mul__


class Field:
    """Q(root): the irreducible polynomial's coefficients, lowest first, and an enclosure of the root meant."""

    def __init__(self, coefficients, low, high):
        self.modulus, self.root = [Fraction(c) for c in coefficients], Enclosure(low, high)
        self.generator = Algebraic([0, 1], self)

    def reduced(self, terms):
        terms = [Fraction(t) for t in terms]
        return _trimmed(_division(terms, self.modulus)[1])

    def inverse(self, terms):
        """The inverse of a residue that is not zero, by Euclid's algorithm."""
        old, new = (list(self.modulus), []), (list(terms), [Fraction(1)])
        while len(new[0]) > 1:
            quotient, rest = _division(old[0], new[0])
            product = _product(quotient, new[1])
            old, new = new, (_trimmed(rest), _trimmed(_added(old[1], [-c for c in product])))
        return [c / new[0][0] for c in new[1]]


@lru_cache(maxsize=4096)
def field(coefficients, low, high):
    """The same field for the same root, so that its numbers go together."""
    return Field(coefficients, low, high)


def _trimmed(terms):
    while terms and terms[-1] == 0:
        terms = terms[:-1]
    return terms


def _added(one, two):
    size = max(len(one), len(two))
    one, two = list(one) + [0] * (size - len(one)), list(two) + [0] * (size - len(two))
    return [a + b for a, b in zip(one, two, strict=True)]


def _product(one, two):
    terms = [Fraction(0)] * max(len(one) + len(two) - 1, 0)
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            terms[i + j] += a * b
    return terms


def _division(terms, by):
    quotient, rest = [Fraction(0)] * max(len(terms) - len(by) + 1, 1), list(terms)
    for shift in range(len(terms) - len(by), -1, -1):
        quotient[shift] = rest[shift + len(by) - 1] / by[-1]
        for j, c in enumerate(by):
            rest[shift + j] -= quotient[shift] * c
    return quotient, rest[: len(by) - 1] if len(terms) >= len(by) else rest


class Jet:
    """value + slope t + half the bend t^2: how a quantity moves along a line."""

    __slots__ = ("parts",)

    def __init__(self, *parts):
        self.parts = (*parts, *[Fraction(0)] * (3 - len(parts)))

    def __add__(self, other):
        return Jet(*(a + b for a, b in zip(self.parts, moving(other).parts, strict=True)))

    def __neg__(self):
        return Jet(*(-a for a in self.parts))

    def __sub__(self, other):
        return self + -moving(other)

    def __rsub__(self, other):
        return moving(other) + -self

    def __mul__(self, other):
        a, b = self.parts, moving(other).parts
        return Jet(a[0] * b[0], a[0] * b[1] + a[1] * b[0], a[0] * b[2] + a[1] * b[1] + a[2] * b[0])

    __radd__, __rmul__ = __add__, __mul__

    def through(self, value, first, second):
        """f of it, where f has this value and these derivatives there."""
        _, b, c = self.parts
        return Jet(value, first * b, first * c + second * b * b * Fraction(1, 2))

    @property
    def stands_still(self):
        return all(is_plain_zero(part) for part in self.parts[1:])


def is_plain_zero(number):
    return isinstance(number, (int, Fraction)) and number == 0


def moving(number):
    return number if isinstance(number, Jet) else Jet(number)


def enclosed(number):
    """An enclosure of a number that does not move."""
    if isinstance(number, Enclosure):
        return number
    if isinstance(number, Algebraic):
        total = Enclosure(0, 0)
        for c in reversed(number.terms):
            total = total * number.field.root + Enclosure(c, c)
        return total
    return Enclosure(Fraction(number), Fraction(number))
