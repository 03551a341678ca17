"""Numbers as unevaluated sums of two floats: about 32 digits, on arrays, for residuals that would
cancel in 16.

The sums and products are those of Knuth and of Dekker; each operation is right to a few units of
2^-104.
"""

import numpy as np

SPLITTER = 2.0**27 + 1


class Twofold:
    """high + low, low no larger than half a unit of the last digit of high."""

    __array_ufunc__ = None

    def __init__(self, high, low=0.0):
        self.high, self.low = high, low

    @classmethod
    def of_quotient(cls, p, q):
        """A rational number."""
        return cls._of_whole(p) / cls._of_whole(q)

    @classmethod
    def _of_whole(cls, number):
        high = float(number)
        return cls(high, float(number - int(high)))

    @property
    def value(self):
        """The nearest float."""
        return self.high + self.low

    def __add__(self, other):
        high, low = two_sum(self.high, other.high)
        return _settled(high, low + (self.low + other.low))

    def __sub__(self, other):
        return self + Twofold(-other.high, -other.low)

    def __mul__(self, other):
        high, low = two_product(self.high, other.high)
        return _settled(high, low + (self.high * other.low + self.low * other.high))

    def __truediv__(self, other):
        first = self.high / other.high
        rest = self - other * Twofold(first)
        return _settled(first, rest.value / other.high)


def _settled(high, low):
    total = high + low
    return Twofold(total, low - (total - high))


def two_sum(a, b):
    """(a + b rounded, what rounding took)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def two_product(a, b):
    """(a b rounded, what rounding took); no number where a part is too large to be split."""
    product = a * b
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    return product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def _halves(a):
    """Two floats of 26 bits that add up to a."""
    scaled = SPLITTER * np.asarray(a, float)
    high = scaled - (scaled - a)
    return high, a - high
