"""Signs, inverses, powers, roots and logarithms of the oracle's numbers."""

from fractions import Fraction
from math import floor, isqrt

from mpmath import iv, mp, workdps
from soundness.reals import GRAIN, Algebraic, Enclosure, Jet, Kink, NoValue, Unsure, enclosed, field


def sign(number):
    """-1, 0 or 1; Unsure where it can't be told."""
    if isinstance(number, Jet):
        here = sign(number.parts[0])
        if here == 0 and not number.stands_still:
            raise Kink("the sign changes just here")
        return here
    if isinstance(number, Algebraic):
        if not number.terms:
            return 0
        number = enclosed(number)
    if isinstance(number, Enclosure):
        if number.low > 0 or number.high < 0:
            return 1 if number.low > 0 else -1
        if number.low == number.high == 0:
            return 0
        raise Unsure("an enclosure around zero")
    return (number > 0) - (number < 0)


def inverse(number):
    if isinstance(number, Jet):
        one = inverse(number.parts[0])
        return number.through(one, -one * one, 2 * one * one * one)
    if sign(number) == 0:
        raise NoValue("division by zero")
    if isinstance(number, Algebraic):
        return Algebraic(number.field.inverse(number.terms), number.field)
    if isinstance(number, Enclosure):
        return Enclosure(1 / number.high, 1 / number.low)
    return 1 / Fraction(number)


def power(number, exponent):
    """A whole power; what is not there to the power 0 is one."""
    if exponent < 0:
        return inverse(power(number, -exponent))
    if abs(exponent) > 4000:
        raise Unsure("a huge power")
    result = Fraction(1)
    for bit in bin(exponent)[2:]:
        result = result * result
        if bit == "1":
            result = result * number
    return result


def root(number, index):
    """The non-negative root of a number >= 0."""
    if isinstance(number, Jet):
        if number.stands_still:
            return Jet(root(number.parts[0], index))
        value = root(number.parts[0], index)
        slope = value * inverse(number.parts[0]) * Fraction(1, index)
        return number.through(
            value, slope, slope * inverse(number.parts[0]) * Fraction(1 - index, index)
        )
    direction = sign(number)
    if direction < 0:
        raise NoValue("a root of a negative number")
    if direction == 0:
        return Fraction(0)
    if isinstance(number, (int, Fraction)):
        number = Fraction(number)
        top, bottom = _whole_root(number.numerator, index), _whole_root(number.denominator, index)
        if top**index == number.numerator and bottom**index == number.denominator:
            return Fraction(top, bottom)
    enclosure = enclosed(number)
    low, high = (
        _whole_root(floor(end * GRAIN**index), index) for end in (enclosure.low, enclosure.high)
    )
    if isinstance(number, Fraction) and index in (2, 3) and number.numerator.bit_length() < 90:
        # x^2 - q and x^3 - q are irreducible where q is no such power
        return field(
            (-number, *[0] * (index - 1), 1), Fraction(low, GRAIN), Fraction(high + 1, GRAIN)
        ).generator
    return Enclosure(Fraction(low, GRAIN), Fraction(high + 1, GRAIN))


def _whole_root(number, index):
    """The whole part of a whole number's root."""
    if index == 2:
        return isqrt(number)
    guess = 1 << -(-number.bit_length() // index)
    while True:
        lower = ((index - 1) * guess + number // guess ** (index - 1)) // index
        if lower >= guess:
            return guess
        guess = lower


def log(number):
    if isinstance(number, Jet):
        one = inverse(number.parts[0])
        return number.through(log(number.parts[0]), one, -one * one)
    if sign(number) <= 0:
        raise NoValue("the logarithm of a number that is not positive")
    if isinstance(number, (int, Fraction)) and number == 1:
        return Fraction(0)
    number, before = enclosed(number), iv.prec
    iv.prec = 300
    try:
        ends = [
            iv.log(iv.mpf(end.numerator) / end.denominator) for end in (number.low, number.high)
        ]
        return Enclosure(_fraction(ends[0].a), _fraction(ends[1].b))
    finally:
        iv.prec = before


def _fraction(end):
    sign_bit, mantissa, exponent, _ = end._mpi_[0]
    return (-1) ** sign_bit * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


PLACES = 60
"""Digits to which functions are worked out, and fewer of them that are trusted."""
TRUSTED = Fraction(1, 10**45)
LARGEST_EXPONENT = 20_000
RISING = {"exp": "exp", "tanh": "tanh", "erf": "erf", "normal_cdf": "ncdf", "atan": "atan"}


def rising(name, number):
    """A function that rises, at the ends of what encloses its argument."""
    number = enclosed(_at_rest(number))
    with workdps(PLACES):
        of = getattr(mp, RISING[name])
        ends = [_exactly(of(mp.mpf(e.numerator) / e.denominator)) for e in (number.low, number.high)]
    return Enclosure(ends[0] - _doubt(ends[0]), ends[1] + _doubt(ends[1]))


def turning(name, number):
    """sin, cos or the normal density, which have slopes of size one at most."""
    number = enclosed(_at_rest(number))
    middle, spread = (number.low + number.high) / 2, (number.high - number.low) / 2
    with workdps(PLACES):
        found = _exactly(getattr(mp, {"normal_pdf": "npdf"}.get(name, name))(mp.mpf(middle.numerator) / middle.denominator))
    return Enclosure(found - spread - TRUSTED, found + spread + TRUSTED)


def constant(name):
    """pi, e."""
    with workdps(PLACES):
        found = _exactly(+getattr(mp, name))
    return Enclosure(found - TRUSTED, found + TRUSTED)


def _at_rest(number):
    if isinstance(number, Jet):
        raise Unsure("a function of what moves")
    return number


def _exactly(number):
    sign_bit, mantissa, exponent, _ = number._mpf_
    if abs(exponent) > LARGEST_EXPONENT:
        raise Unsure("a number of a size that is not written out")
    return (-1) ** sign_bit * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _doubt(number):
    return abs(number) * TRUSTED + TRUSTED**4
