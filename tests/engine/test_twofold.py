"""Thirty-two digits from two floats: against exact rationals; and what solvers make of them."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symrisk import Formula, Implicit
from symrisk.engine.arrays.twofold import Twofold, two_product, two_sum
from symrisk.symbols import symbol

a = symbol("a", "a", "a positive letter", positive=True)
x = symbol("x", "x", "an unknown", positive=True)
floats = st.floats(1e-60, 1e60) | st.floats(-1e60, -1e-60)
CLOSE = sympy.expand((x - a) * (x - a - sympy.Rational(1, 1000)) * (x + 1))


def exactly(number):
    return Fraction(float(number.high)) + Fraction(float(number.low))


@given(floats, floats)
def test_nothing_is_lost_of_a_sum_or_a_product(first, second):
    "Value and what rounding took are the exact sum, and the exact product."
    assert sum(map(Fraction, map(float, two_sum(first, second)))) == Fraction(first) + Fraction(second)
    assert sum(map(Fraction, map(float, two_product(first, second)))) == Fraction(first) * Fraction(second)


@pytest.mark.parametrize("name", ["__add__", "__sub__", "__mul__", "__truediv__"])
@given(floats, floats, floats, floats)
def test_each_operation_is_right_to_thirty_digits(name, first, second, third, fourth):
    "Relative to the sizes of its operands."
    left, right = Twofold(first, second * 1e-17 * first / abs(second)), Twofold(third, fourth * 1e-17 * third / abs(fourth))
    wanted = getattr(exactly(left), name)(exactly(right))
    size = abs(wanted) if name in ("__mul__", "__truediv__") else abs(exactly(left)) + abs(exactly(right))
    assert abs(exactly(getattr(left, name)(right)) - wanted) <= size / 10**30


def test_a_system_that_is_written_out_is_solved_to_the_last_digit():
    "Newton's steps with a residual in floats stop at 1e-12 of the zero, which looks like a stop; the forward error is judged."
    def near(a):
        return a * (1 + 1e-6), np.zeros(a.shape, int)

    solution = Formula(symbol("solution", "x", "the smaller zero"), x, where={**Implicit.cases((x,), [[CLOSE]], near, (a,))})
    values = np.array([3.1, 0.3, 7.7, 11.3, 1e-5])
    assert np.max(np.abs(solution(a=values) / values - 1)) <= 2.0**-52


def test_a_root_between_close_ones_is_right_to_the_last_digit():
    "Coefficients that are floats, zeros 1e-3 apart: nothing but the last bit is lost."
    b = symbol("b", "b", "a positive letter", positive=True)
    cubic = x**3 - b * x**2 + 12 * x - a
    root = Formula(symbol("root", "x", "the middle zero"), x, where={**Implicit.root(x, cubic, between=(0, sympy.Rational(5, 2)))})
    for value in (8.0, 7.999, 7.5):
        assert root.digits_lost(a=value, b=6 + 2.0**-20) <= 1


def test_a_discriminant_that_cancels_is_right():
    "Nearly equal zeros of a quadratic, at floats: no digit is lost."
    b = symbol("b", "b", "a positive letter", positive=True)
    root = Formula(symbol("root", "x", "the smaller zero"), x, where={**Implicit.root(x, x**2 - 2 * a * x + b, between=(0, a))})
    for value in (3.1, 0.3, 7.7, 1e8 / 3):
        assert root.digits_lost(a=value, b=value * value * (1 - 1e-12)) <= 1
