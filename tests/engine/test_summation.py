"""Sums of inputs: right to the last digits, however small they are beside their terms."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import sympy

from symrisk import Formula, Region
from symrisk.engine.arrays.registers import outputs
from symrisk.engine.instructions.arithmetic import Add, Subtract
from symrisk.engine.program.builder import Builder
from symrisk.symbols import n, n1, n2, p, symbol

X, Y, Z = (symbol(name, name, "a number") for name in ("x", "y", "z"))
EXCESS = symbol("excess", "e", "samples beyond the dimension")
ULP = Fraction(1, 2**52)


def summed(expression, definitions=None, **values):
    """(the sum on floats, the exact sum)."""
    inputs = tuple(symbol_ for symbol_ in (n1, n2, p, X, Y, Z) if symbol_.name in values)
    program = Builder(definitions or {}, inputs).program([expression])
    (found,) = outputs(program, [np.float64(values[s.name]) for s in inputs])
    exact = {s: sympy.Rational(Fraction(values[s.name])) for s in inputs}
    written = expression
    for _ in definitions or ():
        written = written.xreplace(definitions)
    return Fraction(float(found)), Fraction(sympy.Rational(written.xreplace(exact)))


def is_right(found, exact):
    return abs(found - exact) <= 2 * ULP * abs(exact)


@pytest.mark.parametrize("gap", [1e-12, 1e-8, 1e-4, 1.0, 1e6])
@pytest.mark.parametrize("share", [1e-9, 0.1, 0.5, 0.75, 1 - 1e-9])
def test_the_room_beside_a_pole(gap, share):
    "p - n1 - n2 is right at every distance from its pole, as it stands and through n = n1 + n2."
    dimension = 123456.789
    sizes = {"n1": share * dimension, "n2": (1 - share) * dimension - gap, "p": dimension}
    assert is_right(*summed(p - n1 - n2, **sizes))
    assert is_right(*summed(p - n, {n: n1 + n2}, **sizes))
    assert is_right(*summed(p - n - 1, {n: n1 + n2}, **sizes))
    assert is_right(*summed(EXCESS + 1, {EXCESS: n - p, n: n1 + n2}, **sizes))


@pytest.mark.parametrize("order", list(itertools.permutations([1e16, 1.0, -1e16 + 2])))
def test_terms_in_any_order(order):
    "The order of the terms, and which of them are taken away, makes no difference."
    x, y, z = order
    assert is_right(*summed(X + Y + Z, x=x, y=y, z=z))
    assert is_right(*summed(X - Y + Z, x=x, y=-y, z=z))
    assert is_right(*summed(-X - Y - Z, x=x, y=y, z=z))


def test_a_double_is_a_float():
    "x - 2y + z, the square of a distance, at vectors that are nearly the same."
    assert is_right(*summed(X - 2 * Y + Z, x=1 / 3, y=1 / 3 + 1e-17, z=np.nextafter(1 / 3, 1)))


@pytest.mark.parametrize("x", [1 / 3, 1e-9, 12345.678, 1e12 / 7])
@pytest.mark.parametrize("y", [0.9999999, 1 / 7, 3e-5])
def test_a_product_of_inputs_is_exact(x, y):
    "n - p*beta where it is next to nothing, and the square of an angle at vectors that are nearly parallel."
    assert is_right(*summed(X - Y * Z, x=x * y, y=x, z=y))
    assert is_right(*summed(X - 2 * Y * Z, x=2 * x * y, y=x, z=y))
    assert is_right(*summed(X * Y - Z**2, x=x, y=x * (1 + 1e-15), z=x))
    assert is_right(*summed(n - X * Y, {n: n1 + n2}, n1=x * y / 3, n2=2 * x * y / 3, x=x, y=y))


def test_what_is_rounded_comes_last():
    "An input less another is formed before a product is added: n2 - p first, where both are large."
    found, exact = summed(n1 * n2 + n2 - p, n1=1e-9, n2=1e8 / 3, p=1e8 / 3)
    assert is_right(found, exact)


def test_on_a_grid():
    "On axes that broadcast, and on arrays of one shape, the value is that of each point."
    room = Formula(symbol("room", "r", "free dimensions"), p - n, where={n: n1 + n2}, on=Region(n1 + n2 < p))
    sources, targets = np.array([0.1, 0.7, 333.3]), np.array([100.1, 266.69999999])
    grid = room(n1=sources[:, None], n2=targets, p=600.0)
    flat = room(n1=np.repeat(sources, 2), n2=np.tile(targets, 3), p=np.full(6, 600.0))
    assert np.array_equal(grid.ravel(), flat)
    for value, (first, second) in zip(flat, itertools.product(sources, targets), strict=True):
        exact = 600 - Fraction(first) - Fraction(second)
        assert is_right(Fraction(value), exact)


def test_sums_of_one_sign_cost_nothing():
    "n1 + n2 + p can't cancel: two additions, as it is written."
    program = Builder({}, (n1, n2, p)).program([n1 + n2 + p])
    kinds = [type(instruction) for instruction in program.code]
    assert kinds.count(Add) == 2 and Subtract not in kinds
