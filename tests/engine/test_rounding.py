"""The running bound of the rounding error holds: no value is further from the exact one than it says."""

from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Integer, Piecewise, Rational, log, sqrt

from symrisk import Atoms, Mean
from symrisk.engine.arrays.registers import registers
from symrisk.engine.arrays.rounding import errors
from symrisk.engine.balls import exact
from symrisk.engine.program.builder import Builder
from symrisk.engine.unknowns.root import Root
from symrisk.symbols import symbol, tau

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a positive letter", positive=True)
k = symbol("k", "k", "a whole exponent", kind="integer", integer=True, nonnegative=True)
root = symbol("root", "r", "a root", positive=True)
LETTERS = (a, b)
SPECTRUM = Atoms({1: "1/3", "1/10": "1/3", 7: "1/3"})
EXPRESSIONS = {
    "a difference of squares": (a**2 - b**2) / (a + b), "a root that cancels": sqrt(a**2 + b) - a,
    "a cube root": (1 + a * b)**Rational(1, 3) - 1, "a logarithm near one": log(1 + a / b),
    "cases": Piecewise((a - b / 3, a > b), (b - a / 3, True)), "a power of a sum": (a - b / 3)**7,
    "a mean": Mean(1 / (tau + a) - 1 / (tau + a + b), SPECTRUM) / b, "a constant that is no float": a - Rational(1, 3) * b,
    "a root": root - a, "a power with a letter": (1 + a / b)**k - 1, "a complement": 1 - (1 - a / (a + b))**k,
}
DEFINED = {root: Root(root, root**3 + b * root - a**3 - b * a)}
EXTREMES = [(1.0, 1.0), (0.1, 0.3), (1e8, 1e-8), (1e-8, 1e8), (3.0, 1 + 2.0**-40), (1e-3, 1e-12), (1 / 3, 1.0), (7.25, 0.1)]


def bound_and_error(expression, point):
    """(the bound, the error of the value) at floats taken for exact."""
    program = Builder(DEFINED, (*LETTERS, k)).program([expression])
    floats = [np.float64(v) for v in (*point, 5)]
    with np.errstate(all="ignore"):
        values = registers(program, floats)
        bound = errors(program, values)[program.outputs[0]]
    value = values[program.outputs[0]]
    numbers = [fmpq(*Fraction(float(v)).as_integer_ratio()) for v in floats]
    ball = exact.balls(program, exact.rationals(program, numbers), 400)[program.outputs[0]]
    assert ball.is_finite()
    return float(bound), float(abs(ball - float(value)).mid()), float(value)


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("point", EXTREMES, ids=str)
def test_the_bound_holds(name, point):
    "Where differences cancel, at numbers of every size, through roots, cases, means and powers."
    bound, error, value = bound_and_error(EXPRESSIONS[name], point)
    assert np.isfinite(value) and error <= 1.001 * bound + 2.0**-1070


@given(st.recursive(st.sampled_from((a, b)) | st.integers(1, 9).map(Integer),
                    lambda inner: st.one_of(st.tuples(inner, inner).map(lambda p: p[0] + p[1]),
                                            st.tuples(inner, inner).map(lambda p: p[0] - p[1]),
                                            st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
                                            st.tuples(inner, inner).map(lambda p: p[0] / (1 + p[1]**2)),
                                            inner.map(lambda e: sqrt(1 + e**2)), inner.map(lambda e: e**3)), max_leaves=8),
       st.tuples(st.floats(1e-4, 1e4), st.floats(1e-4, 1e4)))
def test_the_bound_holds_for_any_expression(expression, point):
    "Random sums, products, quotients and roots at random floats."
    bound, error, value = bound_and_error(expression, point)
    assume(np.isfinite(value))  # a**81 is too large for a float: refused, and not bounded
    assert error <= 1.001 * bound + 2.0**-1070


@pytest.mark.parametrize("name", ["a mean", "a root", "a constant that is no float"])
def test_the_bound_is_no_exaggeration(name):
    "Where nothing cancels, it is within a few units of the last digit of the value."
    bound, error, value = bound_and_error(EXPRESSIONS[name] + a + 20, (1.0, 2.0))
    assert bound <= 2e-14 * value


def test_whole_numbers_cost_nothing():
    "A difference of whole numbers is exact, however small it is beside them."
    bound, error, value = bound_and_error(a - b - 3, (1e12, 1e12 - 4))
    assert (bound, error, value) == (0, 0, 1)
