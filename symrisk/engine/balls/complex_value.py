"""A complex value as its two parts: decimals, or balls."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from symrisk.engine.balls.ball import Ball

Part = TypeVar("Part", Decimal, Ball)


@dataclass(frozen=True)
class ComplexValue(Generic[Part]):
    """A complex number: its real and its imaginary part, each a Decimal or each a Ball.

    Each part is right by itself: `digits(30)` gives thirty significant digits of both.

    >>> value = ComplexValue(Decimal("-0.50"), Decimal("1.25"))
    >>> value
    -0.50 + 1.25i
    >>> complex(value), value.imag
    ((-0.5+1.25j), Decimal('1.25'))
    """

    real: Part
    imag: Part

    def __complex__(self) -> complex:
        return complex(float(middle(self.real)), float(middle(self.imag)))

    def __repr__(self) -> str:
        if isinstance(self.imag, Decimal) and self.imag < 0:
            return f"{self.real} - {self.imag.copy_negate()}i"
        return f"{self.real} + {self.imag}i"


def middle(part: Decimal | Ball) -> Decimal:
    """A decimal itself, and the middle of a ball."""
    return part.mid if isinstance(part, Ball) else part
