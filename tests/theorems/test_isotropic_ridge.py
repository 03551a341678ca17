"""Pooled ridge, isotropic: reference numbers, hard spots, edges, and agreement with simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.simulate.fits.ridge import Ridge
from symrisk.theorems.transfer import concept_shift, isotropic_ridge
from symrisk.theorems.transfer.isotropic_ridge import ols_risk, ridge_risk

GRAM = {"theta_sq": 1, "delta_sq": "0.61", "cross": "-0.5"}
COMMON = {**GRAM, "sigma1_sq": 1, "sigma2_sq": 1}
RISK = "1.475876547255053009527712"


def floats(point):
    return {name: float(Fraction(value)) for name, value in point.items()}


def relative_gap(quantity, point):
    """|grid/exact - 1| at a point of floats."""
    exact = Fraction(quantity.digits(30, **{name: Fraction(value) for name, value in point.items()}))
    return abs(Fraction(quantity(**point)) / exact - 1)


def test_the_reference_risk():
    "P5-ridge: all printed digits, and 1e-15 on the grid."
    point = {"n1": 40, "n2": 30, "p": 100, "mu": 10, **COMMON}
    assert str(ridge_risk.digits(25, **point)) == RISK
    assert ridge_risk(**floats(point)) == pytest.approx(float(RISK), rel=1e-15)


@pytest.mark.parametrize("sizes", [(40, 30, 100), (400, 299, 700), (400, 299, 698), (60, 40, 100), (3, 2, 1), (3, 1, 10**6)])
@pytest.mark.parametrize("penalty", [1e-300, 1e-16, 1e-8, 1e-3, 1.0, 1e9, 1e100])
def test_no_digit_is_lost_on_the_grid(sizes, penalty):
    "16 digits on both sides of the peak and at it, whatever the penalty, which counts per sample here."
    n1, n2, p = sizes
    point = {**floats(COMMON), "n1": n1, "n2": n2, "p": p, "mu": penalty * (n1 + n2), "sigma2_sq": 0.25}
    assert relative_gap(ridge_risk, point) <= 1e-15


def test_close_to_the_peak_only_the_rounding_of_n_is_lost():
    "Sizes that are no whole numbers: n1 + n2 is rounded once, which n - p = 0.2 magnifies five hundred times."
    point = {**floats(COMMON), "n1": 100.0, "n2": 0.3, "p": 100.1, "mu": 1e-16}
    assert relative_gap(ridge_risk, point) <= 100.3 / 0.2 * 2**-53


@pytest.mark.parametrize(("n1", "n2"), [(40, 30), (70, 60)])
def test_the_penalty_goes_to_its_limits(n1, n2):
    "mu = 1e-14 is min-norm interpolation or least squares; mu = 1e20 leaves the signal."
    point = {"n1": n1, "n2": n2, "p": 100, **floats(COMMON)}
    plain = {name: value for name, value in point.items() if name != "cross"}
    if n1 + n2 > 100:
        plain.pop("theta_sq")
    limit = ols_risk if n1 + n2 > 100 else concept_shift.unequal_noise_pooled_risk
    assert ridge_risk(mu=1e-14, **point) == pytest.approx(limit(**plain), rel=1e-13)
    assert ridge_risk(mu=1e20, **point) == pytest.approx(1, rel=1e-15)


@pytest.mark.parametrize("name", ["mu", "p"])
def test_a_penalty_and_a_dimension_are_positive(name):
    "mu = 0 is refused: the ridgeless limits are formulas of their own."
    with pytest.raises(DomainError, match=f"{name} > 0"):
        ridge_risk(**{"n1": 40, "n2": 30, "p": 100, "mu": 10, **floats(COMMON), name: 0})


def test_samples_are_needed():
    "n1 = n2 = 0 is refused, one of them is not."
    point = {"p": 100, "mu": 10, **floats(COMMON)}
    with pytest.raises(DomainError, match="n1 . n2 > 0"):
        ridge_risk(n1=0, n2=0, **point)
    assert ridge_risk(n1=0, n2=30, **point) == pytest.approx(isotropic_ridge.target_ridge_risk(
        n2=30, p=100, mu=10, theta_sq=1, sigma2_sq=1), rel=1e-15)


@pytest.mark.parametrize("shape", [(5, 9), (9, 5), (6, 6)])
def test_the_simulated_fit_is_ridge(shape):
    "Dual and primal Cholesky agree with the normal equations."
    X = np.random.default_rng(0).standard_normal(shape)
    wanted = np.linalg.solve(X.T @ X + 0.7 * np.eye(shape[1]), X.T)
    assert np.allclose(Ridge(0.7).coefficients(X, np.eye(shape[0])), wanted, rtol=0, atol=1e-14)
    assert Ridge(0.7).on(X).noise_variance(np.full(shape[0], 2.0)) == pytest.approx(2 * np.sum(wanted**2), rel=1e-13)


@pytest.mark.parametrize("penalty", [0, -1, float("inf")])
def test_a_simulated_penalty_is_positive(penalty):
    "No interpolator by mu = 0."
    with pytest.raises(DomainError, match="^mu is (positive|finite)"):
        Ridge(penalty).on(np.eye(2))


@pytest.mark.parametrize("simulation", isotropic_ridge.isotropic_ridge.simulations, ids=lambda s: s.says)
@pytest.mark.parametrize("rows", ["gaussian", "signs"])
def test_simulation_agrees(simulation, rows):
    "Within four standard errors at the three points of the specification, the last one at p = n = 400."
    assert abs(simulation.run(40, rng=1, rows=rows).z) < 4
