"""Means over laws: a node that derivatives pass, and its values on grids, in digits and in balls."""

import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symrisk import Atoms, Formula, Mean
from symrisk.engine.expressions.mean import check_variables, varies, write_out_means
from symrisk.errors import ArgumentError
from symrisk.laws.empirical import Empirical
from symrisk.symbols import G, H, coordinate, eigenvalue, symbol, tau, tau0, tau_omega, w

x = symbol("x", "x", "a real letter")
HALVES = Atoms({1: "1/2", 4: "1/2"})


def mean_of(integrand, law=H):
    return Formula(symbol("mean", "m", "a mean"), Mean(integrand, law))


share = mean_of(tau / (tau + w))


# The node

def test_what_does_not_vary_is_its_own_mean():
    "Numbers, letters, zero."
    assert (Mean(3, H), Mean(x, H), Mean(0, H)) == (3, x, 0)


def test_bound_letters_are_not_free():
    "And nothing outside replaces them."
    assert Mean(tau / (tau + w), H).free_symbols == {H, w}
    assert share.at({w: 2}).graph.head.has(tau)


@pytest.mark.parametrize("integrand", [tau / (tau + x), (tau - x)**3, x**2 * tau, coordinate(0)**2 * tau0 / (1 + x**2 * tau0)])
def test_derivatives_pass_under_it(integrand):
    "By a letter; by a bound one it does not vary."
    assert sympy.simplify(Mean(integrand, H).diff(x).integrand - sympy.diff(integrand, x)) == 0
    assert Mean(integrand, H).diff(tau) == 0


def test_it_is_written_out_over_atoms():
    "A finite sum, also one in a mean in an expression; over a letter it stays."
    assert Mean(tau / (tau + w), HALVES).written_out() == 2 / (w + 4) + sympy.Rational(1, 2) / (w + 1)
    inner = Mean(tau * Mean(tau, HALVES), HALVES)
    assert write_out_means(1 / (1 + inner)) == 1 / (1 + sympy.Rational(5, 2)**2)
    assert Mean(tau, H).written_out() == Mean(tau, H) and write_out_means(Mean(tau, H) + x) == Mean(tau, H) + x


def test_a_variable_with_a_default_may_be_missing():
    "The penalty matrix is the identity where a law says nothing of it."
    assert Mean(tau / (tau + tau_omega), HALVES).written_out() == sympy.Rational(13, 20)
    assert mean_of(tau / (tau + tau_omega))(H=HALVES) == 0.65
    check_variables((tau, tau_omega), HALVES)
    with pytest.raises(ArgumentError, match=r"tau0 is no variable of Atoms\(.*\), which is over tau"):
        check_variables((tau0,), HALVES)


def test_signs():
    "Of a non-negative integrand non-negative; of another not said."
    assert Mean(tau, H).is_nonnegative and Mean(coordinate(0), H).is_nonnegative is None and Mean(coordinate(0), H).is_real


def test_what_varies():
    "What a mean binds, and what is defined through it."
    assert varies(tau) and varies(coordinate(3)) and varies(symbol("s", "s", "a share", kind="varying")) and not varies(w)


def test_latex():
    "An integral against the law."
    assert sympy.latex(Mean(tau, H)) == r"\int \tau\, dH(\tau)"


# Its values

@given(shares=st.dictionaries(st.fractions(0, 20), st.integers(1, 9), min_size=1, max_size=6), ridge=st.fractions("1/100", 100))
def test_one_mean_four_ways(shares, ridge):
    "Floats, exact digits, a ball and plain fractions."
    total = sum(shares.values())
    law = Atoms({value: Fraction(count, total) for value, count in shares.items()})
    wanted = sum(Fraction(count, total) * value / (value + ridge) for value, count in shares.items())
    assert share(H=law, w=float(ridge)) == pytest.approx(float(wanted), rel=1e-14, abs=1e-300)
    digits = Fraction(share.digits(30, H=law, w=ridge))
    assert abs(digits - wanted) <= abs(wanted) / 10**29
    if wanted:
        ball = share.ball(20, H=law, w=ridge)
        assert ball.lower <= wanted <= ball.upper


def test_linear():
    "Sums and constants come out of it, to the last exact digit."
    law = Atoms({"1/3": "2/7", 5: "5/7"})
    whole = mean_of(3 * tau + w * tau / (tau + w)).digits(40, H=law, w="1/7")
    parts = 3 * mean_of(tau) + Formula(symbol("q", "q", "a part"), w) * share
    assert whole == parts.digits(40, H=law, w="1/7")


@given(seed=st.integers(0, 2**32 - 1))
def test_on_grids(seed):
    "Of every shape, over measured laws, as the NumPy expression."
    rng = np.random.default_rng(seed)
    values, weights = rng.uniform(0, 5, 7), rng.uniform(0.1, 1, 7)
    ridge = rng.uniform(0.1, 3, (3, 1, 4))
    wanted = (values / (values + ridge[..., None])) @ (weights / weights.sum())
    np.testing.assert_allclose(share(H=Empirical(values, weights=weights), w=ridge), wanted, rtol=1e-13)


def test_means_that_use_other_means():
    "A variance, and a mean of what is defined through a mean, given in place of it."
    m, centred = symbol("m", "m", "mean eigenvalue", positive=True), symbol("centred", "z", "centred", kind="varying")
    spread = Formula(symbol("spread", "v", "spread"), Mean(centred**2, H), where={centred: tau - m, m: Mean(tau, H)})
    assert spread(H=HALVES) == 2.25 and str(spread.digits(5, H=HALVES)) == "2.2500"
    assert spread(H=HALVES, m=1.0) == 4.5


def test_two_laws():
    "Each mean its own."
    both = Formula(symbol("both", "b", "a sum"), Mean(tau, H) - Mean(tau**2, G))
    assert both(H=HALVES, G=Atoms({3: 1})) == 2.5 - 9
    assert both.at({G: HALVES})(H=Atoms({1: 1})) == 1 - 8.5


def test_joint_laws():
    "Of two eigenvalues and a coordinate."
    law = Atoms({(1, 3, "-1/2"): "1/4", (2, 1, 5): "3/4"}, of=(eigenvalue(1), eigenvalue(2), coordinate(0)))
    of = mean_of(eigenvalue(1) * eigenvalue(2) * coordinate(0))
    assert of(H=law) == 0.25 * -1.5 + 0.75 * 10 and Fraction(of.digits(10, H=law)) == Fraction(57, 8)


def test_the_memory_of_grid_times_atoms_is_bounded():
    "A million points and 64 atoms would be half a gigabyte a temporary; the mean stays below some times its own output."
    law, ridge = Empirical(np.linspace(0.1, 9, 64)), np.linspace(0.1, 3, 1000)
    of = mean_of(tau / (tau + w + x**2))
    tracemalloc.start()
    try:
        of(H=law, w=ridge[:, None], x=ridge)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5 * 8 * 10**6


def test_a_mean_over_a_letter_has_no_value():
    "The error says to give the law."
    with pytest.raises(ArgumentError, match="H is a law, not "):
        share(H=3.0, w=1.0)
    with pytest.raises(ArgumentError, match="needs H"):
        share(w=1.0)


def test_its_free_symbols_are_its_readers_own():
    "Whoever changes the set that was given changes nothing of the mean."
    mean = Mean(tau / (tau + w), H)
    mean.free_symbols.clear()
    assert mean.free_symbols == {H, w}
