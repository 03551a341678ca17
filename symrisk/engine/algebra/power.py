"""Whole powers by squaring."""

from flint import arb


def integer_power(base, exponent):
    """base^exponent of a ball or an array, exponent a whole number >= 0: `arb**int` is nan for a
    ball that holds zero.
    """
    result = None
    while exponent:
        if exponent & 1:
            result = base if result is None else result * base
        exponent >>= 1
        base = base * base if exponent else base
    return arb(1) if result is None else result
