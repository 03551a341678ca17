"""Late fusion: reference values in every regime, the guards, and agreement with simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import late_fusion as fusion

CASE = {"p": 60, "n1": 25, "n2": 12, "theta1_sq": "2.5", "theta_sq": "2.25", "inner12": "2.0", "sigma1_sq": 1, "sigma2_sq": "0.5"}
GRID = {name: float(value) for name, value in CASE.items()}
PRINTED = {
    fusion.best_weight: "0.3929804283775625512768252", fusion.best_fused_risk: "1.615504907955411306787203",
    fusion.free_weight1: "0.4069117064743943989243428", fusion.free_weight2: "0.6616031295009420702919330",
    fusion.free_fused_risk: "1.613185502995914069265011"}


@pytest.mark.parametrize(("formula", "printed"), PRINTED.items(), ids=lambda v: getattr(v, "title", ""))
def test_the_reference_cases(formula, printed):
    "All 25 printed digits, and 1e-12 on the grid."
    assert Fraction(formula.digits(25, **CASE)) == Fraction(printed)
    assert formula(**GRID) == pytest.approx(float(printed), rel=1e-12)


@pytest.mark.parametrize(("n1", "n2"), [(25, 12), (90, 12), (25, 90), (90, 150)])
def test_no_weights_beat_the_optimum_in_any_regime(n1, n2):
    "On a fine grid of weights, both optima are the least values."
    point = {**GRID, "n1": n1, "n2": n2}
    one = np.linspace(-1, 2, 601)
    free = fusion.fused_risk(w1=one[:, None], w2=one, **point)
    summing = fusion.fused_risk(w1=one, w2=1 - one, **point)
    for values, least in ((free, fusion.free_fused_risk(**point)), (summing, fusion.best_fused_risk(**point))):
        assert least <= values.min() <= least + 1e-3


def test_the_moments_may_be_given():
    "Two fits known by r and zeta alone, sizes unsaid: r = 1 is least squares."
    point = {name: GRID[name] for name in ("theta1_sq", "theta_sq", "inner12", "sigma1_sq", "sigma2_sq")}
    given = fusion.best_fused_risk(r1=1, zeta1=60 / 29, r2=1, zeta2=60 / 89, **point)
    assert given == pytest.approx(fusion.best_fused_risk(**{**GRID, "n1": 90, "n2": 150}), rel=1e-14)


@pytest.mark.parametrize("n1", [59, 59.5, 60, 60.5, 61])
def test_infinite_variance_is_refused(n1):
    "Within one row of the threshold the expected risk is infinite, on either side."
    with pytest.raises(DomainError):
        fusion.fused_risk(w1=0.5, w2=0.5, **{**GRID, "n1": n1})


def test_an_impossible_angle_is_refused():
    "|<theta_1, theta_2>| > |theta_1| |theta_2|."
    with pytest.raises(DomainError, match="inner12"):
        fusion.free_fused_risk(**{**GRID, "inner12": 2.5})


def test_two_empty_samples_have_no_best_weight():
    "Without any rows both fits are zero: no weight is best."
    with pytest.raises(DomainError, match="m11"):
        fusion.best_weight(**{**GRID, "n1": 0, "n2": 0})


@pytest.mark.parametrize(("n1", "n2"), [(25, 12), (90, 12), (90, 100)])
def test_simulation_agrees(n1, n2):
    "Within four standard errors at the optimum, min-norm and least squares mixed."
    weight = fusion.best_weight(**{**GRID, "n1": n1, "n2": n2})
    simulation = fusion.late_fusion.simulations[0]
    assert abs(simulation.run(300, rng=1, **{**GRID, "n1": n1, "n2": n2}, w1=weight, w2=1 - weight).z) < 4
