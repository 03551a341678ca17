"""Numbers as people write them: exact in, correctly rounded decimals out."""

import re
from decimal import Context, Decimal
from fractions import Fraction
from numbers import Integral, Rational

import sympy
from flint import fmpq, fmpz

from symrisk.errors import ArgumentError, DomainError

NUMBER = re.compile(
    r"\s*([+-]?\d+)\s*/\s*(\d+)\s*|\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?)\s*", re.ASCII
)
LONGEST = 4_000
MOST_PLACES = 1 << 22
"""Binary places before or after the point of a number that is written in decimals: more than a
million digits.
"""


def exact(name, value):
    """A number as an exact rational: int, Fraction, Rational, Decimal or a string such as '0.2',
    '1/5', '2e-7'.
    """
    if (
        isinstance(value, bool)
        or value is None
        or getattr(getattr(value, "dtype", None), "kind", "i") in "mMbO"
    ):
        raise ArgumentError(f"{name}={value!r} is not a number")
    if isinstance(value, (Integral, Rational)):
        return fmpq(int(value.numerator), int(value.denominator))
    if isinstance(value, sympy.Rational):
        return fmpq(int(value.p), int(value.q))
    if isinstance(value, str):
        return _from_text(name, value)
    if isinstance(value, Decimal):
        return _from_decimal(name, value)
    if getattr(value, "shape", ()) or isinstance(value, (list, tuple)):
        raise ArgumentError(
            f"{name} is one number, of which digits are exact; not {type(value).__name__} of "
            f"{len(value)}"
        )
    if isinstance(value, float) or type(value).__module__ == "numpy":
        raise ArgumentError(
            f"{name}={value!r} is a binary float: write {name}='{value}' or Fraction for exact "
            f"digits"
        )
    raise ArgumentError(
        f"{name}: {type(value).__name__} is not an exact number; write an int, a Fraction or '0.2'"
    )


def _from_text(name, text):
    match = NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        raise ArgumentError(f"{name}={text[:40]!r} is not a number; write '0.2', '1/5' or '2e-7'")
    if match[2] is not None and not match[2].strip("0"):
        raise DomainError(f"{name}={text!r} divides by zero")
    if match[1] is not None:
        return fmpq(fmpz(match[1].lstrip("+")), fmpz(match[2]))
    mantissa, _, exponent = match[3].lower().partition("e")
    whole, _, decimals = mantissa.lstrip("+").partition(".")
    power = int(exponent or 0) - len(decimals)
    return fmpq(fmpz(whole + decimals)) * fmpq(10) ** power


def _from_decimal(name, value):
    if not value.is_finite():
        raise DomainError(f"{name}={value} is not finite")
    value = Fraction(value)
    return fmpq(value.numerator, value.denominator)


def rounded(value, digits):
    """An exact rational to `digits` significant decimal digits, half to even."""
    context = Context(prec=digits, Emin=-(10**9), Emax=10**9)
    quotient = context.divide(Decimal(int(value.p)), Decimal(int(value.q)))
    return padded(quotient, digits, context)


def padded(number, digits, context):
    """The same number written with exactly `digits` significant digits."""
    if not number:
        return number
    exponent = number.adjusted() - digits + 1
    return number.quantize(Decimal(1).scaleb(exponent), context=context)


def refuse_unwritable(ball):
    """DomainError where a number is so large, or so small, that its decimals can't be worked
    out.
    """
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    places = mantissa.bit_length() + exponent
    if mantissa and abs(places) > MOST_PLACES:
        size = f"2^{places}" if places.bit_length() < 200 else "2^(2^200)"
        raise DomainError(
            f"the value is of size {size if places > 0 else size.replace('2^(', '2^-(')}, too "
            f"{'large' if places > 0 else 'small'} to be written in digits"
        )


def rounded_ball(ball, digits):
    """The decimal that every point of a ball rounds to, or None where they differ."""
    if ball.is_zero():
        return Decimal(0)
    if not ball.is_finite() or ball.contains(0):
        return None
    refuse_unwritable(ball)
    middle, radius, exponent = (int(part) for part in ball.mid_rad_10exp(digits + 10))
    low, high = (Fraction(middle + side) * Fraction(10) ** exponent for side in (-radius, radius))
    ends = [rounded(fmpq(end.numerator, end.denominator), digits) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else None
