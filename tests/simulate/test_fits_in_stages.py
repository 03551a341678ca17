"""Replicates of fused, tuned, split and two-stage fits against what they must equal at their ends."""

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.simulate.fits.tuned import Tuned
from symrisk.simulate.risk import Risk
from symrisk.symbols import symbol
from symrisk.theorems.transfer import fine_tuning, late_fusion, two_stage
from symrisk.theorems.transfer.worlds import two_coefficients

GRAM = {"theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
SHIFT = {"theta_sq": 2.25, "delta_sq": 0.75, "cross": -0.25, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
fused_risk = late_fusion.late_fusion.simulations[0].replicate
tuned_risk, _, _, ridge_tuned_risk, split_risk = (s.replicate for s in fine_tuning.fine_tuning.simulations)
two_stage_risk = two_stage.two_stage.simulations[0].replicate
scaled_risk = Risk(two_coefficients, Tuned(scale=symbol("factor", "a", "what the source fit is scaled by")))
EQUAL = {"source_weight": 1.0, "target_weight": 1.0}


def drawn(replicate, **inputs):
    return replicate(np.random.default_rng(3), **inputs)


def test_weight_one_on_the_target_ignores_the_source():
    "Whatever the source's noise."
    fused = [drawn(fused_risk, n1=20, n2=10, p=40, w1=0.0, w2=1.0, **{**GRAM, "sigma1_sq": noise}) for noise in (0.1, 9.0)]
    assert fused[0] == fused[1]


def test_a_light_penalty_is_the_min_norm_correction():
    "Ridge fine-tuning as mu falls to zero."
    tuned = drawn(tuned_risk, n1=20, n2=10, p=40, **GRAM)
    assert drawn(ridge_tuned_risk, n1=20, n2=10, p=40, mu=1e-9, **GRAM) == pytest.approx(tuned, rel=1e-6)


def test_the_scaled_fit_is_the_tuned_one_with_its_factor():
    "Under the formula's name for it."
    assert drawn(scaled_risk, n1=20, n2=10, p=40, factor=0.4, **GRAM) == drawn(
        Risk(two_coefficients, Tuned(scale=0.4)), n1=20, n2=10, p=40, **GRAM)


def test_correcting_a_pooled_interpolator_on_its_own_rows_changes_nothing():
    "Two stages at a penalty of 1e-9, and pooling with no row held back, in the mean over as many designs."
    two = np.mean([two_stage_risk(rng, n1=20, n2=10, p=60, mu=1e-9, **EQUAL, **GRAM) for rng in _streams()])
    pooled = np.mean([split_risk(rng, n1=20, held_in=10, held_out=0, p=60, **SHIFT) for rng in _streams()])
    assert two == pytest.approx(pooled, rel=0.05)


def _streams():
    return np.random.default_rng(5).spawn(200)


def test_holding_every_row_back_is_fine_tuning():
    "In the mean over the same number of designs."
    split = np.mean([split_risk(rng, n1=20, held_in=0, held_out=10, p=60, **SHIFT) for rng in _streams()])
    tuned = np.mean([tuned_risk(rng, n1=20, n2=10, p=60, **GRAM) for rng in _streams()])
    assert split == pytest.approx(tuned, rel=0.05)


def test_more_noise_is_more_risk_in_every_replicate():
    "The noise enters each replicate exactly, by its variance."
    for replicate, extra in ((two_stage_risk, {"mu": 5.0, **EQUAL}), (tuned_risk, {})):
        quiet, loud = (drawn(replicate, n1=20, n2=10, p=60, **extra, **{**GRAM, "sigma1_sq": noise}) for noise in (0.5, 1.0))
        assert quiet < loud


def test_more_target_rows_than_dimensions_forget_the_start():
    "The correction is then least squares on the target, whatever the source was."
    tuned = [drawn(tuned_risk, n1=n1, n2=30, p=10, **{**GRAM, "sigma1_sq": 9.0}) for n1 in (0, 5, 40)]
    assert all(0 < risk < 1 for risk in tuned)
    assert drawn(tuned_risk, n1=5, n2=30, p=10, **{**GRAM, "sigma2_sq": 0.0}) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("wrong", [{"sigma1_sq": -1.0}, {"sigma2_sq": -0.5}, {"mu": -3.0}, {"mu": 0.0}], ids=str)
def test_negative_variances_and_penalties_are_refused(wrong):
    "By name, in each replicate that takes them."
    sizes = {"n1": 20, "n2": 10, "p": 40}
    replicates = [(ridge_tuned_risk, {"mu": 5.0}), (two_stage_risk, {"mu": 5.0, **EQUAL})]
    for replicate, extra in replicates:
        with pytest.raises(DomainError, match=f"^{next(iter(wrong))} is (not negative|positive)"):
            drawn(replicate, **sizes, **{**GRAM, **extra, **wrong})
