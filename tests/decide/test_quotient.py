"""Quotients of the second look are those of SymPy's field, up to a constant factor of both parts."""

import random

import pytest
import sympy

from symrisk.decide.recheck.quotient import Quotient

FIELD = sympy.QQ.frac_field(*sympy.symbols("x y z")).field


def drawn(draw, depth):
    """(a Quotient, the element of SymPy's field) of one random expression."""
    if depth == 0:
        element = draw.choice([*FIELD.gens, FIELD.ground_new(sympy.QQ(draw.randint(-3, 3), 2))])
        return Quotient.of(element), element
    (left, first), (right, second) = drawn(draw, depth - 1), drawn(draw, depth - 1)
    kind = draw.choice("++**/^")
    if kind == "+":
        return left + right, first + second
    if kind == "*":
        return left * right, first * second
    if kind == "/" and second:
        return left / right, first / second
    exponent = draw.choice([1, 2, 3] if not first else [-1, 0, 1, 2])
    return left**exponent, first**exponent


@pytest.mark.parametrize("seed", range(40))
def test_arithmetic_is_that_of_the_field(seed):
    "The value, and that it is in lowest terms: what signs are read off."
    ours, theirs = drawn(random.Random(seed), 4)
    assert ours.numer * theirs.denom == ours.denom * theirs.numer
    assert bool(ours) == bool(theirs)
    common = ours.numer.gcd(ours.denom)
    assert common.is_ground or not ours
    for mine, other in ((ours.numer, theirs.numer), (ours.denom, theirs.denom)):
        assert mine.monic() == other.monic() if other else not mine


def test_nothing_is_divided_by_zero():
    "As in the field."
    zero = Quotient.of(FIELD.zero)
    with pytest.raises(ZeroDivisionError):
        Quotient.of(FIELD.gens[0]) / zero
    with pytest.raises(ZeroDivisionError):
        zero**-1
