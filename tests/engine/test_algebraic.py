"""Zeros of polynomials: right where the textbook formula cancels, and refused where there is none.

Oracle: mpmath.polyroots at 60 digits on the exact values of the same coefficients.
"""

import mpmath
import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from symrisk.engine.instructions.solvers.polynomial import array_root, ball_root, exact_root
from symrisk.errors import NotConverged

POSITIVE = (np.float64(0), None)
OPEN = (None, None)


def roots_inside(coefficients, low=0, high=mpmath.inf):
    """The real zeros in (low, high), to 60 digits; coefficients lowest first."""
    with mpmath.workdps(60):
        zeros = mpmath.polyroots([mpmath.mpf(c) for c in coefficients[::-1]], maxsteps=500, extraprec=400)
        return [mpmath.re(z) for z in zeros if abs(mpmath.im(z)) < 1e-40 * (1 + abs(z)) and low < mpmath.re(z) < high]


def solve(between, coefficients):
    """The zero on floats, as the grid asks for it: numpy's warnings are its own business."""
    with np.errstate(all="ignore"):
        return array_root(between, [np.asarray(c, float) for c in coefficients])


def assert_right(coefficients, found, tolerance=1e-14):
    (wanted,) = roots_inside([float(c) for c in coefficients])
    assert abs(found - wanted) <= tolerance * abs(wanted)


RIDGE = [(1e-16, 1.0), (1e-16, 1 + 1e-12), (1e-16, 1 - 1e-12), (1e-9, 0.5), (1e-9, 2.0), (1.0, 1.0), (1e9, 2.0), (1e-16, 100.0), (0.1, 1e-9)]


@pytest.mark.parametrize(("lam", "gamma"), RIDGE)
@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_the_effective_ridge_does_not_cancel(lam, gamma, scale):
    "kappa^2 + (s(1 - gamma) - lam) kappa - s lam = 0 at tiny ridges, near gamma = 1 and at any scale s, to 1e-14."
    coefficients = [-scale * lam * scale, scale * (1 - gamma) - lam * scale, 1.0]
    assert_right(coefficients, solve(POSITIVE, coefficients))


@given(st.floats(1e-12, 1e12), st.floats(-1e12, 1e12), st.floats(1e-12, 1e12))
def test_quadratics_with_one_positive_zero(a, b, c):
    "a x^2 + b x - c has one positive zero, and it is right to 1e-14 whatever the sizes."
    assert_right([-c, b, a], solve(POSITIVE, [-c, b, a]))


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("coefficients", [(-1, 1, 1, 1), (-2e-9, 3, 0.5, 1), (-1e6, 1e-3, 1, 7), (-3, -2, -1, 1), (-1e-16, 1e-4, 1, 1),
                                          (-1, -1, -1, -1, 1), (-1e-9, 1, 0, 2, 1), (-5, -1, 2, 3, 4), (-1e3, 0, 0, 0, 1e-3)])
def test_cubics_and_quartics(coefficients, scale):
    "One change of sign, one positive zero: right to 1e-13, also with x scaled by 1e+-9."
    scaled = [c / scale**k for k, c in enumerate(coefficients)]
    assert_right(scaled, solve(POSITIVE, scaled), 1e-13)


@given(st.lists(st.floats(0.01, 100), min_size=3, max_size=4), st.integers(1, 3), st.integers(-3, 3))
def test_random_cubics_and_quartics(sizes, change, power):
    "Coefficients negative below the `change`, positive from there on: one positive zero, to 1e-13."
    scaled = [(-s if k < change else s) * 10.0**(power * k) for k, s in enumerate([*sizes, 1.0])]
    assert_right(scaled, solve(POSITIVE, scaled), 1e-13)


def test_roots_on_a_grid():
    "Coefficients broadcast: each point of the grid gets its own zero."
    lam, gamma = np.logspace(-12, 1, 9)[:, None], np.array([0.5, 1.0, 2.0])
    found = solve(POSITIVE, [-lam, 1 - gamma - lam, 1])
    assert found.shape == (9, 3)
    for i, j in np.ndindex(found.shape):
        assert_right([-lam[i, 0], 1 - gamma[j] - lam[i, 0], 1.0], found[i, j])


@pytest.mark.parametrize(("between", "coefficients", "wanted"), [
    ((1.5, 3.0), (2, -3, 1), 2.0), ((0.0, 1.5), (2, -3, 1), 1.0), ((None, 1.5), (2, -3, 1), 1.0), ((1.5, None), (2, -3, 1), 2.0),
    ((None, 0.0), (-1, 0, 1), -1.0), ((1.5, 2.5), (-6, 11, -6, 1), 2.0), ((2.5, None), (-6, 11, -6, 1), 3.0),
    ((None, 1.5), (-6, 11, -6, 1), 1.0), ((0.0, None), (-6, 2), 3.0), ((0.0, None), (-1, 0, 0, 0, 16), 0.5)])
def test_the_interval_singles_the_root_out(between, coefficients, wanted):
    "Of several zeros the one between the ends is taken: first, middle or last, by any machine."
    ends = [None if end is None else np.float64(end) for end in between]
    assert solve(ends, coefficients) == pytest.approx(wanted, rel=1e-14)
    exactly = [None if end is None else fmpq(int(2 * end), 2) for end in between]
    assert exact_root(exactly, [fmpq(c) for c in coefficients]) == fmpq(int(2 * wanted), 2)
    balls = [None if end is None else arb(end) for end in between]
    assert ball_root(balls, [arb(c) for c in coefficients]).contains(arb(wanted))


NONE_INSIDE = {
    "no real zero": (POSITIVE, (2, -2, 1)), "no real zero, open": (OPEN, (1, 0, 1)), "both negative": (POSITIVE, (2, 3, 1)),
    "both above": ((0.0, 0.5), (2, -3, 1)), "a line's zero is negative": (POSITIVE, (1, 2)), "cubic, negative": (POSITIVE, (1, 1, 1, 1)),
    "cubic, beyond the end": ((0.0, 1.0), (-8, 0, 0, 1)), "quartic, no real zero": (POSITIVE, (1, 0, 0, 0, 1)),
}


@pytest.mark.parametrize("name", NONE_INSIDE)
@pytest.mark.parametrize("shape", [(), (3,)])
def test_no_zero_is_not_converged(name, shape):
    "Where the interval holds no zero, NotConverged; never a number."
    between, coefficients = NONE_INSIDE[name]
    ends = [None if end is None else np.float64(end) for end in between]
    with pytest.raises(NotConverged):
        solve(ends, [np.full(shape, float(c)) for c in coefficients])


SEVERAL = {
    "two": (POSITIVE, (2, -3, 1)), "two of a quadratic, open": (OPEN, (-1, 0, 1)), "three": (POSITIVE, (-6, 11, -6, 1)),
    "two of a quartic": (POSITIVE, (2, -3, 3, -3, 1)),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_several_zeros_are_not_converged(name):
    "Where the interval holds several zeros, none of them is picked."
    between, coefficients = SEVERAL[name]
    with pytest.raises(NotConverged):
        solve(between, coefficients)


@pytest.mark.parametrize(("between", "coefficients"), [*NONE_INSIDE.values(), *SEVERAL.values()], ids=[*NONE_INSIDE, *SEVERAL])
def test_exactly_and_in_balls_there_is_none_either(between, coefficients):
    "The exact machine says None and the ball machine nan."
    ends = [None if end is None else fmpq(int(2 * end), 2) for end in between]
    assert exact_root(ends, [fmpq(c) for c in coefficients]) is None
    balls = [None if end is None else arb(float(end)) for end in between]
    assert not ball_root(balls, [arb(c) for c in coefficients]).is_finite()


@given(st.lists(st.integers(1, 50), min_size=2, max_size=4))
def test_balls_enclose_the_root(sizes):
    "The enclosure holds the zero at 60 digits and is narrow."
    coefficients = [-sizes[0], *sizes[1:]]
    (wanted,) = roots_inside(coefficients)
    found = ball_root((arb(0), None), [arb(c) for c in coefficients])
    with mpmath.workdps(60):
        assert abs(mpmath.mpf(str(found.mid().str(40, radius=False))) - wanted) <= float(found.rad()) + 1e-14 * wanted


def test_an_irrational_root_has_no_exact_value():
    "x^2 = 2 has no rational zero; x^2 = 9/4 has."
    assert exact_root((fmpq(0), None), [fmpq(-2), fmpq(0), fmpq(1)]) is None
    assert exact_root((fmpq(0), None), [fmpq(-9, 4), fmpq(0), fmpq(1)]) == fmpq(3, 2)


@pytest.mark.parametrize("place", [0, 2])
def test_one_bad_point_in_a_grid_is_enough(place):
    "One point without a zero makes the whole grid NotConverged."
    constant = np.full(3, -8.0)
    constant[place] = 8.0
    with pytest.raises(NotConverged):
        solve(POSITIVE, [constant, 0, 0, 1])


def test_where_the_leading_coefficient_vanishes_the_degree_is_smaller():
    "x^3 lead + x^2 - 4 on (0, oo): at lead = 0 the zero is 2, beside it close to 2."
    lead = np.array([0.0, 1e-9, 0.0, 1.0])
    found = array_root((0.0, None), [np.full(4, -4.0), np.zeros(4), np.ones(4), lead])
    assert found[[0, 2]].tolist() == [2.0, 2.0] and abs(found[1] - 2) < 1e-8 and 1.3 < found[3] < 1.4
    assert array_root((0.0, None), [-4.0, 0.0, 1.0, 0.0]) == 2
