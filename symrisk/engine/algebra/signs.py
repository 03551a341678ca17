"""The sign of a polynomial read off its coefficients.

Where every coordinate is non-negative, a polynomial whose coefficients are all non-negative is
non-negative; it is positive as soon as one of its monomials holds open (positive) coordinates only.
"""

from typing import NamedTuple


class Sign(NamedTuple):
    """+1, -1, 0 or None (not known); `strict` says that zero is never attained."""

    value: int | None
    strict: bool

    def __mul__(self, other):
        if 0 in (self.value, other.value):
            return ZERO
        if None in (self.value, other.value):
            return UNKNOWN
        return Sign(self.value * other.value, self.strict and other.strict)

    def __neg__(self):
        return self if not self.value else Sign(-self.value, self.strict)

    def power(self, exponent):
        if self.value is None and exponent % 2 == 0:
            return Sign(1, False)
        return self if exponent % 2 or not self.value else Sign(1, self.strict)

    def implies(self, strict):
        """Whether this sign gives `> 0` (strict) or `>= 0`."""
        return (self.value == 1 and (self.strict or not strict)) or (self.value == 0 and not strict)


UNKNOWN, ZERO, POSITIVE, NEGATIVE = Sign(None, False), Sign(0, False), Sign(1, True), Sign(-1, True)


def coefficient_sign(poly, closed):
    """The sign of `poly` where its generators are > 0, or >= 0 for the indices in `closed`."""
    coefficients = poly.coeffs()
    if not coefficients:
        return ZERO
    is_positive = coefficients[0] > 0
    if any((coefficient > 0) != is_positive for coefficient in coefficients):
        return UNKNOWN
    # What is left at zero are the terms without a coordinate that may be zero.
    strict = not closed or not poly.subs(dict.fromkeys(closed, 0)).is_zero()
    return Sign(1 if is_positive else -1, strict)
