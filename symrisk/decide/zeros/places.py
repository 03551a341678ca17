"""The sign table of one letter: the real zeros of what is spoken of, the intervals between them,
and the signs on each.
"""

from dataclasses import dataclass

from flint import fmpq, fmpq_poly

from symrisk.decide.witnesses.simple import simplest, simplest_whole
from symrisk.decide.zeros.real_zeros import Zero, real_zeros
from symrisk.engine.noun import cached_property


@dataclass(frozen=True)
class Quotient:
    """A quotient of polynomials in one letter, with how it is compared to zero."""

    numerator: fmpq_poly
    denominator: fmpq_poly
    relation: str

    def sign(self, x: fmpq):
        """-1, 0 or 1 at a number; None where it has no value."""
        top, bottom = self.numerator(x), self.denominator(x)
        return None if bottom == 0 else _sign(top) * _sign(bottom)

    def admits(self, sign) -> bool:
        """Whether a quotient of this sign is as the relation says."""
        if sign is None:
            return False
        return {">": sign > 0, ">=": sign >= 0, "==": sign == 0, "!=": sign != 0}[self.relation]


@dataclass(frozen=True)
class Place:
    """A zero, or the open interval between two neighbouring zeros; None stands for no zero on that
    side.
    """

    left: Zero | None
    right: Zero | None

    @property
    def is_zero(self) -> bool:
        return self.left is not None and self.left is self.right

    @property
    def low(self):
        return None if self.left is None else self.left.low if self.is_zero else self.left.high

    @property
    def high(self):
        return None if self.right is None else self.right.high if self.is_zero else self.right.low

    @property
    def sample(self) -> fmpq:
        """A number with the signs of the place.  Beside an irrational zero only what vanishes there
        has another sign.
        """
        return self.low if self.is_zero else simplest(self.low, self.high)

    @property
    def witness(self):
        """The simplest rational number in it; None in an irrational zero."""
        if self.is_zero:
            return self.left.low if self.left.is_rational else None
        return simplest(self.low, self.high)

    @property
    def whole(self):
        """The whole number in it that is next to 0, or None.  The cell of an irrational zero holds
        none.
        """
        if self.is_zero:
            return self.left.low if self.left.is_rational and self.left.low.q == 1 else None
        first = None if self.left is None else self.left.low.floor() + 1
        last = None if self.right is None else self.right.high.ceil() - 1
        return simplest_whole(first, last)


class SignTable:
    """The places of one letter, with the signs of a gap there and whether the conditions admit
    them.
    """

    def __init__(self, gap: Quotient, conditions, whole: bool = False):
        self.gap, self.conditions, self.whole = gap, tuple(conditions), whole

    @cached_property
    def places(self) -> tuple[Place, ...]:
        parts = []
        for quotient in (self.gap, *self.conditions):
            parts += [quotient.numerator, quotient.denominator]
        zeros = real_zeros(parts)
        ends = [None, *zeros, None]
        found = [Place(ends[0], ends[1])]
        for k, zero in enumerate(zeros, 1):
            found += [Place(zero, zero), Place(zero, ends[k + 1])]
        return tuple(found)

    def sign(self, place: Place, quotient: Quotient | None = None):
        """The sign of the gap (or of another quotient) all over a place; None where it has no
        value.
        """
        quotient = self.gap if quotient is None else quotient
        if place.is_zero and not place.left.is_rational:
            # Its cell holds no other zero, so that what does not vanish at the zero has one sign in
            # the whole cell.
            if _vanishes(quotient.denominator, place.left):
                return None
            if _vanishes(quotient.numerator, place.left):
                return 0
        return quotient.sign(place.sample)

    def inside(self, place: Place) -> bool:
        """Whether the place has points that the conditions admit."""
        admitted = all(c.admits(self.sign(place, c)) for c in self.conditions)
        return admitted and (not self.whole or place.whole is not None)

    def numbers(self, place: Place) -> list[fmpq]:
        """Rational numbers of a place that are simply written, whole ones where the letter is
        whole.
        """
        if self.whole:
            return [place.whole]
        return [x for x in (place.whole, place.witness) if x is not None]

    @cached_property
    def admitted(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if self.inside(place))

    @cached_property
    def failing(self) -> tuple[Place, ...]:
        """Where the gap is admitted, has a value, and is not as the relation says."""
        return tuple(
            p
            for p in self.admitted
            if self.sign(p) is not None and not self.gap.admits(self.sign(p))
        )

    @property
    def holds(self) -> bool:
        """Whether the gap has a value, and the right one, wherever the conditions admit it."""
        return all(self.gap.admits(self.sign(place)) for place in self.admitted)

    def entries(self):
        """The places as plain data."""
        return [
            {
                "low": _text(place.low),
                "high": _text(place.high),
                "inside": self.inside(place),
                "sign": self.sign(place),
            }
            for place in self.places
        ]


def _vanishes(polynomial, zero):
    return polynomial.degree() < 0 or (polynomial % zero.factor).degree() < 0


def _sign(number):
    return (number > 0) - (number < 0)


def _text(number):
    return None if number is None else str(number)
