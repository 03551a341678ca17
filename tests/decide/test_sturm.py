"""Counting roots exactly, and proving with the count."""

import numpy as np
import pytest
from flint import fmpq, fmpq_poly
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Rational

from symrisk import Claim, Region, prove
from symrisk.decide.methods.sturm import roots_on_the_right, sturm
from symrisk.symbols import symbol, w
from symrisk.theorems.collapse import mixing

x = symbol("x", "x", "a positive letter", positive=True)
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
z = symbol("z", "z", "any real number")
coefficients = st.lists(st.integers(-20, 20), min_size=2, max_size=8).filter(lambda c: c[-1] != 0 and any(c[:-1]))


def positive_roots(poly):
    """The number of distinct zeros in s > 0, by FLINT's isolation of complex roots."""
    number = (poly * poly.denom()).numer()
    return sum(bool(root.imag.contains(0)) and bool(root.real > 0) for root, _ in number.complex_roots())


@given(coefficients)
def test_the_count_is_flints(numbers):
    "Sturm's count of distinct positive zeros against ball isolation."
    poly = fmpq_poly(numbers)
    assert roots_on_the_right(poly) == positive_roots(poly)


@given(coefficients)
def test_the_count_is_numpys(numbers):
    "And against eigenvalues of the companion matrix, where those tell the zeros apart."
    roots = np.roots(numbers[::-1])
    near = np.abs(roots[:, None] - roots[None, :]) + np.eye(len(roots))
    assume(near.min() > 1e-2 and np.min(np.abs(np.where(roots.imag == 0, 1, roots.imag))) > 1e-3)
    assert roots_on_the_right(fmpq_poly(numbers)) == np.sum((roots.imag == 0) & (roots.real > 1e-9))


@given(st.lists(st.tuples(st.fractions(-5, 5, max_denominator=6), st.integers(1, 3)), min_size=1, max_size=4))
def test_the_count_of_known_roots(factors):
    "A product of (s - r)^k has as many zeros in s > 0 as there are distinct positive r, whatever their multiplicities."
    poly = fmpq_poly([1])
    for root, multiplicity in factors:
        poly *= fmpq_poly([fmpq(-root.numerator, root.denominator), 1])**multiplicity
    assert roots_on_the_right(poly) == len({root for root, _ in factors if root > 0})


def wilkinson(degree):
    poly = fmpq_poly([1])
    for k in range(1, degree + 1):
        poly *= fmpq_poly([-k, 1])
    return poly


@pytest.mark.parametrize(("poly", "count"), [(wilkinson(20), 20), (wilkinson(12)(fmpq_poly([-12, 1])), 12), (fmpq_poly([0, 0, 1]), 0),
                                             (fmpq_poly([0, -1, 0, 1]), 1), (fmpq_poly([5]), 0), (fmpq_poly([fmpq(1, 10**40), -1, 1]), 2)])
def test_hard_counts(poly, count):
    "Wilkinson's zeros, zeros at the end, and a zero at 1e-40."
    assert roots_on_the_right(poly) == count


def test_log_convexity_of_the_variance_factor():
    "c c'' > c'^2 on (0, 1] by counting alone."
    slope = mixing.variance_factor.diff(w)
    claim = Claim("log-convex", mixing.variance_factor * slope.diff(w), ">", slope * slope)
    assert prove(claim, methods=(sturm,)).status == "proved"


TRUE = {
    "a square plus one": (z**2 - z + 1, ">", 0, Region(over=(z,))), "no positive root": (x**4 - x + 1, ">", 0, Region(over=(x,))),
    "between its roots": ((x - 1) * (x - 3), "<", 0, Region(x > Rational(3, 2), x < Rational(5, 2))),
    "touches at the closed end": (b**4 - b**3 + b**2, ">=", 0, Region(over=(b,))),
    "above its largest root": (x**3 - 6 * x**2 + 11 * x - 6, ">", 0, Region(x > 3)),
    "of two letters, by factors": ((x**2 - x + 1) * (b + 1), ">", 0, Region(over=(x, b))),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_claims_by_counting(name):
    "What coefficients alone do not show."
    left, rel, right, region = TRUE[name]
    assert prove(Claim(name, left, rel, right, on=region), methods=(sturm,)).status == "proved"


FALSE = {
    "a root inside": (x**2 - 3 * x + 2, ">", 0, Region(over=(x,))), "a narrow dip": (x**2 - 2 * x + 1 - Rational(1, 10**12), ">", 0, Region(over=(x,))),
    "a double root is no strict sign": ((x - 1)**2, ">", 0, Region(over=(x,))), "zero at the closed end": (b**4 - b**3 + b**2, ">", 0, Region(over=(b,))),
    "the wrong side": (x**4 - x + 1, "<", 0, Region(over=(x,))), "a root at the closed end": (1 - w, ">", 0, Region(w > 0, w <= 1)),
    "a root just inside": (x**3 - 6 * x**2 + 11 * x - 6, ">", 0, Region(x > 3 - Rational(1, 10**9))),
    "a pole inside": (1 / (x - 1)**2, ">", 0, Region(over=(x,))),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_by_counting(name):
    "A zero in the cell, in its interior or on its closed face, is never overlooked."
    left, rel, right, region = FALSE[name]
    assert prove(Claim(name, left, rel, right, on=region), methods=(sturm,)).status != "proved"
