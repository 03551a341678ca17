"""Label mixing: the closed form against the recursion, its edges, and agreement with simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.theorems.collapse import mixing


def recursion(w, t):
    """v_t by its definition, exactly."""
    v = Fraction(1)
    for _ in range(t):
        v = w**2 + (1 - w)**2 * (1 + v)
    return v


def polynomial(w, t):
    """v_t as a polynomial in q = 1 - w."""
    q = 1 - w
    return 1 + sum(3 * q**(2 * k) - 2 * q**(2 * k - 1) for k in range(1, t + 1))


@pytest.mark.parametrize("w", [Fraction(1, 100), Fraction(1, 3), Fraction(3, 5), Fraction(1)])
@pytest.mark.parametrize("t", [0, 1, 2, 7, 40])
def test_the_closed_form_is_the_recursion(w, t):
    "All digits of v_t, at every generation, w = 1 and t = 0 included; the polynomial in 1 - w agrees."
    assert recursion(w, t) == polynomial(w, t)
    assert abs(Fraction(mixing.variance_factor_at.digits(40, w=w, t=t)) / recursion(w, t) - 1) < Fraction(1, 10**38)


@pytest.mark.parametrize("w", ["1e-12", "1e-6", "1/3", "0.999999999999", "1"])
def test_the_grid_does_not_cancel(w):
    "On the grid v_t is right to 14 digits from w = 1e-12 to w = 1."
    exact = recursion(Fraction(w), 25)
    assert mixing.variance_factor_at(w=float(Fraction(w)), t=25) == pytest.approx(float(exact), rel=1e-14)


def test_at_no_real_labels_the_factor_grows_linearly():
    "w = 0 is outside the closed form's region; the collapsing factor is 1 + t, its limit."
    with pytest.raises(DomainError, match="w > 0"):
        mixing.variance_factor_at(w=0, t=3)
    assert mixing.collapsing_factor_at(t=3) == 4
    assert mixing.variance_factor_at(w=1e-13, t=3) == pytest.approx(4, rel=1e-11)


def test_the_golden_weight_halves_nothing_but_inverts_phi():
    "c(1/phi) = 1/phi on the grid and c is larger at 999 other weights."
    golden = (5**0.5 - 1) / 2
    weights = np.linspace(0.001, 1, 1000)
    assert mixing.variance_factor(w=golden) == pytest.approx(golden, rel=1e-15)
    assert (mixing.variance_factor(w=weights) >= golden).all()


@pytest.mark.parametrize("simulation", mixing.mixing.simulations, ids=lambda s: s.formula.title)
@pytest.mark.parametrize("rows", ["gaussian", "signs"])
def test_simulation_agrees(simulation, rows):
    "Within four standard errors, labels drawn, for both row designs."
    assert abs(simulation.run(1500, rng=0, rows=rows).z) < 4
