"""Thirty settings over all regimes: every risk formula of the isotropic world against simulation, `pytest -m slow`.

Exact expectations at small sizes, first-order risks at p of a few hundred; inner products of both signs, noises that differ,
sizes below, at and above the interpolation peak.  Within four standard errors each, and not too good together.
"""

from functools import cache

import numpy as np
import pytest

from symrisk.theorems.transfer.fine_tuning import fine_tuning
from symrisk.theorems.transfer.finite_sample import finite_sample
from symrisk.theorems.transfer.isotropic_ridge import isotropic_ridge
from symrisk.theorems.transfer.late_fusion import late_fusion
from symrisk.theorems.transfer.least_squares import least_squares
from symrisk.theorems.transfer.many_sources import many_sources
from symrisk.theorems.transfer.two_stage import two_stage
from symrisk.theorems.transfer.weighted_ridge import weighted_ridge

POOL, = finite_sample.simulations
OLS, = least_squares.simulations
MANY, = many_sources.simulations
FUSE, TWO_STAGE = late_fusion.simulations[0], two_stage.simulations[0]
TUNE, SCALED, RIDGE_TUNE = fine_tuning.simulations[:3]
RIDGE, WEIGHTED = isotropic_ridge.simulations[0], weighted_ridge.simulations[0]
NORMS = {"theta_sq": 1.0, "delta_sq": 0.6}
TWO = {"theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0}
SETTINGS = {
    "pooling, small": (POOL, 2000, {"n1": 3, "n2": 2, "p": 10}),
    "pooling, close to the peak": (POOL, 600, {"n1": 40, "n2": 40, "p": 90}),
    "pooling, a noisy source": (POOL, 400, {"n1": 80, "n2": 40, "p": 200, "sigma1_sq": 4.0, "sigma2_sq": 0.1}),
    "pooling, a long shift": (POOL, 400, {"n1": 100, "n2": 50, "p": 250, "delta_sq": 9.0}),
    "least squares, small": (OLS, 2000, {"n1": 12, "n2": 10, "p": 8}),
    "least squares, few source rows": (OLS, 1000, {"n1": 5, "n2": 40, "p": 20}),
    "least squares, noises that differ": (OLS, 400, {"n1": 100, "n2": 60, "p": 80, "sigma1_sq": 0.2, "sigma2_sq": 3.0}),
    "three samples": (MANY, 800, {}),
    "three samples, a larger third": (MANY, 400, {"n1": 20, "n2": 15, "n3": 60, "p": 150, "gram33": 0.7, "gram13": 0.2}),
    "fusing below the threshold": (FUSE, 1000, {}),
    "fusing least squares and an interpolator": (FUSE, 600, {**TWO, "n1": 90, "n2": 12, "p": 40, "w1": 0.8, "w2": 0.3}),
    "fusing two least squares fits": (FUSE, 600, {**TWO, "n1": 90, "n2": 100, "p": 40, "w1": 0.4, "w2": 0.6}),
    "tuning": (TUNE, 1000, {}),
    "tuning, coefficients that point apart": (TUNE, 600, {**TWO, "inner12": -1.0, "n1": 60, "n2": 40, "p": 150}),
    "tuning a scaled fit": (SCALED, 1000, {}),
    "ridge tuning": (RIDGE_TUNE, 150, {**TWO, "n1": 120, "n2": 80, "p": 300, "mu": 60.0}),
    "ridge tuning, many target rows": (RIDGE_TUNE, 150, {**TWO, "n1": 100, "n2": 330, "p": 300, "mu": 100.0}),
    "ridge below the peak, shift against the signal": (RIDGE, 150, {**NORMS, "n1": 160, "n2": 120, "p": 400, "mu": 40, "cross": -0.6}),
    "ridge below the peak, shift along the signal": (RIDGE, 150, {**NORMS, "n1": 160, "n2": 120, "p": 400, "mu": 40, "cross": 0.6}),
    "ridge at the peak": (RIDGE, 150, {**NORMS, "n1": 240, "n2": 160, "p": 400, "mu": 20, "cross": -0.5}),
    "ridge above the peak": (RIDGE, 150, {**NORMS, "n1": 400, "n2": 240, "p": 400, "mu": 100, "cross": 0.3}),
    "ridge, a noisy source": (RIDGE, 150, {**NORMS, "n1": 200, "n2": 100, "p": 400, "mu": 150, "cross": 0.0, "sigma1_sq": 3.0, "sigma2_sq": 0.2}),
    "ridge, a quiet source, above the peak": (
        RIDGE, 150, {**NORMS, "n1": 500, "n2": 100, "p": 400, "mu": 30, "cross": -0.4, "sigma1_sq": 0.1, "sigma2_sq": 2.0}),
    "ridge, a heavy penalty": (RIDGE, 150, {**NORMS, "n1": 200, "n2": 100, "p": 300, "mu": 2000, "cross": 0.5}),
    "weights near the best": (WEIGHTED, 150, {"n1": 200, "n2": 100, "p": 400, "mu": 202.8}),
    "a heavy target": (WEIGHTED, 150, {"n1": 300, "n2": 100, "p": 400, "target_weight": 6.0, "mu": 50.0, "cross": -0.3}),
    "a heavy source above the peak": (
        WEIGHTED, 150, {"n1": 350, "n2": 200, "p": 400, "source_weight": 5.0, "mu": 80.0, "sigma1_sq": 0.1, "cross": 0.2}),
    "two stages": (TWO_STAGE, 150, {"n1": 240, "n2": 160, "p": 600, "mu": 80.0}),
    "two stages, a light penalty": (TWO_STAGE, 150, {"n1": 200, "n2": 120, "p": 500, "mu": 2.0}),
    "two stages, a heavy target": (TWO_STAGE, 150, {"n1": 160, "n2": 100, "p": 400, "target_weight": 3.0, "mu": 15.0}),
}


@cache
def compared(name):
    simulation, reps, change = SETTINGS[name]
    return simulation.run(reps, rng=sum(map(ord, name)), rows="gaussian", **{**simulation.point, **change})


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_within_four_standard_errors(name):
    "The simulated mean is where the formula says."
    assert abs(compared(name).z) < 4


@pytest.mark.slow
def test_together_they_are_as_far_off_as_chance_has_it():
    "The root mean square of thirty scores is near one: neither hidden bias nor errors that are too large."
    scores = [compared(name).z for name in SETTINGS]
    assert 0.6 < np.sqrt(np.mean(np.square(scores))) < 1.5
