"""Exact numbers in, correctly rounded decimals out."""

import decimal
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from symrisk.engine.balls.ball import Ball
from symrisk.engine.decimals import exact, rounded, rounded_ball
from symrisk.errors import ArgumentError, DomainError

fractions = st.builds(Fraction, st.integers(-10**30, 10**30), st.integers(1, 10**25))


def flint(fraction):
    return fmpq(fraction.numerator, fraction.denominator)


def half_even(fraction, digits):
    """`digits` significant digits by integer arithmetic alone: (whole number, power of ten)."""
    size, exponent = abs(fraction), 0
    while size >= 10**digits:
        size, exponent = size / 10, exponent + 1
    while size < 10**(digits - 1):
        size, exponent = size * 10, exponent - 1
    whole, rest = divmod(size.numerator, size.denominator)
    twice = 2 * rest
    whole += twice > size.denominator or (twice == size.denominator and whole % 2 == 1)
    return (whole if fraction > 0 else -whole), exponent


@given(fractions.filter(bool), st.integers(1, 40))
def test_rounding_is_correct(fraction, digits):
    "The decimal is the nearest one of so many digits, ties to even, by integer arithmetic."
    whole, exponent = half_even(fraction, digits)
    assert Fraction(rounded(flint(fraction), digits)) == Fraction(whole) * Fraction(10)**exponent


@given(fractions.filter(bool), st.integers(1, 40))
def test_all_digits_are_written(fraction, digits):
    "Trailing zeros are written out: as many digits as were asked for."
    assert len(rounded(flint(fraction), digits).as_tuple().digits) == digits


@given(fractions.filter(bool), st.integers(2, 40))
def test_the_decimal_module_agrees(fraction, digits):
    "Division in a decimal context of that precision gives the same number."
    context = decimal.Context(prec=digits, rounding=decimal.ROUND_HALF_EVEN)
    assert rounded(flint(fraction), digits) == context.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


@pytest.mark.parametrize(("text", "digits", "wanted"), [
    ("0.125", 2, "0.12"), ("0.375", 2, "0.38"), ("-0.125", 2, "-0.12"), ("-0.375", 2, "-0.38"), ("2.5", 1, "2"), ("3.5", 1, "4"),
    ("9.9995", 4, "10.00"), ("99999", 2, "1.0E+5"), ("0.99999", 3, "1.00"), ("1/3", 5, "0.33333"), ("-2/3", 5, "-0.66667"),
    ("1e-300", 3, "1.00E-300"), ("1.5e-320", 1, "2E-320"), ("123e4000", 2, "1.2E+4002"), ("-1e-9999", 2, "-1.0E-9999"), ("0", 5, "0")])
def test_ties_signs_and_sizes(text, digits, wanted):
    "Ties go to the even digit, carries ripple, and no size underflows."
    assert str(rounded(exact("x", text), digits)) == wanted


@given(fractions)
def test_every_way_of_writing_a_number(fraction):
    "int, Fraction, Rational, string and quotient string all give the same exact number."
    ways = [fraction, sympy.Rational(fraction.numerator, fraction.denominator), str(fraction), f" {fraction} "]
    assert {exact("x", way) for way in ways} == {flint(fraction)}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12))
def test_decimals_are_exact(number):
    "A Decimal and its text are the same number."
    assert exact("x", number) == exact("x", str(number)) == flint(Fraction(number))


@pytest.mark.parametrize(("text", "wanted"), [
    ("0.2", (1, 5)), ("1/5", (1, 5)), (" 1 / 5 ", (1, 5)), ("2e-7", (1, 5000000)), (".5", (1, 2)), ("5.", (5, 1)), ("-.5e1", (-5, 1)),
    ("+3", (3, 1)), ("007", (7, 1)), ("1E3", (1000, 1)), ("-6/4", (-3, 2)), ("1\t/\t5", (1, 5)), ("\n2\n", (2, 1))])
def test_texts_that_are_numbers(text, wanted):
    "Signs, exponents, quotients and blanks."
    assert exact("x", text) == fmpq(*wanted)


@pytest.mark.parametrize("text", ["", " ", ".", "e5", "1e", "1/", "/2", "1/2/3", "0x10", "1_000", "1,5", "0.1.2", "--1", "1 2", "inf",
                                  "nan", "-Infinity", "١", "１", "½", "1/-2", "1.5/2", "1e5/2", "1e12345", "2**3", "__import__('os')",
                                  "9" * 20_000])
def test_texts_that_are_not(text):
    "Anything else is refused by name; nothing is evaluated."
    with pytest.raises(ArgumentError, match="snr="):
        exact("snr", text)


@pytest.mark.parametrize("text", ["1/0", "0/0", "-3/000"])
def test_division_by_zero_in_a_text(text):
    "A quotient with the denominator zero is outside every domain."
    with pytest.raises(DomainError, match="divides by zero"):
        exact("snr", text)


@pytest.mark.parametrize("size", [500, 4000])
def test_long_numbers_are_numbers(size):
    "Thousands of digits are read exactly."
    assert exact("x", "7" * size) == fmpq(7 * (10**size - 1) // 9)


@pytest.mark.parametrize("text", ["7" * 5000, "1/" + "3" * 5000, "0." + "1" * 5000])
def test_longer_numbers_are_refused_by_name(text):
    "Beyond what Python reads from text: our own error, not Python's."
    with pytest.raises(ArgumentError, match="snr="):
        exact("snr", text)


@pytest.mark.parametrize("value", [0.5, np.float64(0.5), np.float32(0.5), float("nan"), np.inf])
def test_binary_floats_are_refused(value):
    "A float has spoilt the digits already; the message says how to write it."
    with pytest.raises(ArgumentError, match="snr=.* is a binary float: write snr='"):
        exact("snr", value)


@pytest.mark.parametrize("value", [None, True, False, 1j, b"1", [1], {"a": 1}, object(), sympy.pi, sympy.Symbol("x"), sympy.nan])
def test_what_is_no_number_is_refused(value):
    "The name stands in the message."
    with pytest.raises(ArgumentError, match="snr"):
        exact("snr", value)


@pytest.mark.parametrize("value", [np.timedelta64(1, "s"), np.datetime64("2020")])
def test_times_are_no_numbers(value):
    "NumPy calls a time an integer; it is none."
    with pytest.raises(ArgumentError, match="snr"):
        exact("snr", value)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal("sNaN")])
def test_decimals_that_are_not_finite(value):
    "They are outside the domain."
    with pytest.raises(DomainError, match="snr=.* is not finite"):
        exact("snr", value)


@pytest.mark.parametrize("value", [np.int64(3), np.uint8(3), 3, sympy.Integer(3)])
def test_whole_numbers_of_any_type(value):
    "NumPy's integers are exact too."
    assert exact("x", value) == 3


@given(fractions.filter(bool), st.integers(1, 20))
def test_a_ball_rounds_as_its_middle_or_not_at_all(fraction, digits):
    "A narrow ball gives the rounding of the number in it; None only where the ends round differently."
    with ctx.workprec(400):
        ball = arb(flint(fraction)) + arb(0, 1e-60) * arb(flint(abs(fraction)))
    found = rounded_ball(ball, digits)
    assert found is None or found == rounded(flint(fraction), digits)


def test_a_wide_ball_or_one_that_holds_zero_is_not_rounded():
    "No digit is given that is not certain."
    assert rounded_ball(arb(1, 0.1), 3) is None
    assert rounded_ball(arb(0, 1e-9), 3) is None and rounded_ball(arb("nan"), 3) is None
    assert rounded_ball(arb(1.23, 1e-9), 3) == Decimal("1.23")


@given(fractions.filter(bool), st.integers(5, 40))
def test_printed_balls_hold_their_number(fraction, digits):
    "The decimal middle and radius enclose the number, and the radius is small."
    with ctx.workprec(4 * digits + 64):
        ball = Ball.of(arb(flint(fraction)), digits)
    assert fraction in ball and Fraction(ball.radius) <= abs(fraction) * Fraction(1, 10**(digits - 1))
