"""A ball: a decimal with a radius, certain to hold the value."""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from symrisk.engine.decimals import refuse_unwritable


@dataclass(frozen=True)
class Ball:
    """The value lies within `radius` of `mid`.

    >>> Ball(Decimal("0.5"), Decimal("1E-20"))
    [0.5 +/- 1E-20]
    >>> Fraction(1, 2) in Ball(Decimal("0.5"), Decimal("1E-20"))
    True
    """

    mid: Decimal
    radius: Decimal

    @classmethod
    def of(cls, ball, digits):
        """An `arb` as a Ball, or None where it is wider than 10^-digits relative to its size."""
        if not ball.is_finite() or ball.rel_accuracy_bits() < 3.33 * digits and not ball.is_exact():
            return None
        refuse_unwritable(ball)
        mid, radius, exponent = (int(part) for part in ball.mid_rad_10exp(digits + 5))
        # Not by their length as text, which Python limits to 4300 digits.
        longest = max(Decimal(mid).adjusted(), Decimal(radius).adjusted())
        context = Context(prec=longest + 2, Emin=-(10**9), Emax=10**9)
        return cls(
            Decimal(mid).scaleb(exponent, context), Decimal(radius).scaleb(exponent, context)
        )

    @property
    def lower(self):
        return Fraction(self.mid) - Fraction(self.radius)

    @property
    def upper(self):
        return Fraction(self.mid) + Fraction(self.radius)

    def __contains__(self, number):
        return self.lower <= Fraction(number) <= self.upper

    def __repr__(self):
        return f"[{self.mid} +/- {self.radius}]"
