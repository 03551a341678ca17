"""Fine-tuning: reference values, the edges, and agreement with simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import fine_tuning as tuning
from symrisk.theorems.transfer import late_fusion

CASE = {"p": 60, "n1": 25, "n2": 12, "theta1_sq": "2.5", "theta_sq": "2.25", "inner12": "2.0", "sigma1_sq": 1, "sigma2_sq": "0.5"}
PRINTED = {
    tuning.tuned_risk: "2.015894868585732165206508", tuning.best_scale: "0.4689655172413793103448276",
    tuning.scaled_tuned_risk: "1.615015896307165566153094", tuning.best_tuning_penalty: "12.71028037383177570093458",
    tuning.best_ridge_tuned_risk: "1.983282635251571075693278"}


def inputs(formula, case=CASE):
    """What of the case a formula needs."""
    return {name: value for name, value in case.items() if name in formula.inputs}


def grid(formula, **changed):
    return {name: float(value) for name, value in inputs(formula).items()} | changed


@pytest.mark.parametrize(("formula", "printed"), PRINTED.items(), ids=lambda v: getattr(v, "title", ""))
def test_the_reference_cases(formula, printed):
    "All 25 printed digits, and 1e-12 on the grid."
    assert Fraction(formula.digits(25, **inputs(formula))) == Fraction(printed)
    assert formula(**grid(formula)) == pytest.approx(float(printed), rel=1e-12)


def test_the_start_is_the_source_fit_of_late_fusion():
    "Weight one on the source, none on the target."
    point = {name: float(value) for name, value in CASE.items()}
    assert tuning.source_fit_risk(**grid(tuning.source_fit_risk)) == pytest.approx(
        late_fusion.fused_risk(w1=1, w2=0, **point), rel=1e-14)


@pytest.mark.parametrize("n2", [1, 12, 58, 60, 200])
def test_no_penalty_beats_the_best_one(n2):
    "On a fine grid of penalties, for target samples below and above the dimension."
    point = {"n2": n2, "p": 60, "start": 2.36, "sigma2_sq": 0.5}
    penalties = np.geomspace(1e-2, 1e4, 2001)
    risks = tuning.ridge_corrected_risk(mu=penalties, **point)
    least = tuning.best_ridge_risk(**point)
    assert least <= risks.min() <= least * (1 + 1e-5)
    best = tuning.best_penalty(p=60, start=2.36, sigma2_sq=0.5)
    assert tuning.ridge_corrected_risk(mu=best, **point) == pytest.approx(least, rel=1e-12)


def test_the_edge_keeps_one_part_in_p_of_the_start():
    "At n2 = p - 2 a start of risk 1e6 still costs 2e6/p without noise."
    assert tuning.corrected_risk(n2=58, p=60, start=1e6, sigma2_sq=0) == pytest.approx(2e6 / 60)


def test_infinite_noise_and_missing_rows_are_refused():
    "p = n2 + 1 has infinite variance; an empty source has no best factor; an impossible angle no risk."
    with pytest.raises(DomainError, match="n2"):
        tuning.corrected_risk(n2=59, p=60, start=1, sigma2_sq=1)
    with pytest.raises(DomainError, match=r"r1\*theta1_sq \+ sigma1_sq\*zeta1 > 0"):
        tuning.best_scale(**grid(tuning.best_scale, n1=0.0))
    with pytest.raises(DomainError, match="inner12"):
        tuning.tuned_risk(**grid(tuning.tuned_risk, inner12=2.5))


@pytest.mark.parametrize("simulation", tuning.fine_tuning.simulations, ids=lambda s: s.formula.title)
def test_simulation_agrees(simulation):
    "Within four standard errors; ridge is asymptotic, its gap is of order 1/p."
    assert abs(simulation.run(300, rng=1).z) < 4


def test_simulation_agrees_beyond_the_dimension():
    "Ridge fine-tuning with more target rows than features."
    point = {**{name: float(value) for name, value in CASE.items()}, "n2": 90, "mu": 20.0}
    assert abs(tuning.fine_tuning.simulations[3].run(200, rng=1, **point).z) < 4


LARGE = {"p": 40, "n1": 90, "n2": 15, "theta1_sq": 1.1, "theta_sq": 1.0, "inner12": 0.9, "sigma1_sq": 0.5, "sigma2_sq": 0.5}


@pytest.mark.parametrize("formula", [tuning.tuned_risk, tuning.scaled_tuned_risk, tuning.ridge_tuned_risk], ids=str)
def test_a_source_of_more_rows_than_dimensions_is_least_squares(formula):
    "What is tuned then: within four standard errors of simulation; ridge to its O(1/p)."
    simulation = next(s for s in tuning.fine_tuning.simulations if s.formula == formula)
    point = {name: value for name, value in {**LARGE, "mu": 10.0}.items() if name in formula.inputs}
    found = simulation.run(400, rng=2, **point)
    assert abs(found.z) < 4 or abs(found.mean / found.formula - 1) < 0.02


@pytest.mark.parametrize("n1", [39, 40, 41])
def test_within_one_row_of_its_peak_the_source_fit_is_refused(n1):
    "Its variance is infinite, and the error says so."
    with pytest.raises(DomainError, match="within one row of its peak n_k = p the fit has infinite variance"):
        tuning.tuned_risk(**{**LARGE, "n1": n1})


SPLIT = {"p": 150, "theta_sq": 2.25, "delta_sq": 1.5, "sigma1_sq": 0.5, "sigma2_sq": 1.0}


def test_the_best_split_may_hold_back_some_rows_only():
    "Here both ends, pooling every row and holding every row back, lose to a split between by a third."
    held_out = np.linspace(0, 381, 1000)
    risks = tuning.split_risk(n1=115, held_in=381 - held_out, held_out=held_out, p=1000, theta_sq=2.3, delta_sq=0.5, sigma1_sq=0.06,
                              sigma2_sq=14)
    assert 0 < risks.argmin() < 999 and risks.min() < 0.8 * min(risks[0], risks[-1])


def test_near_the_peak_rows_are_held_back():
    "Pooling 148 of 150 dimensions is far worse than holding twenty rows back, though the signal is strong."
    point = {**SPLIT, "theta_sq": 100.0}
    pooled, split = (tuning.split_risk(n1=60, held_in=88 - held, held_out=held, **point) for held in (0, 20))
    assert split < pooled / 2


def test_a_split_needs_room_in_both_steps():
    "n1 + n_2a < p - 1 and n_2b < p - 1."
    for sizes in ({"n1": 100, "held_in": 49, "held_out": 10}, {"n1": 10, "held_in": 0, "held_out": 149}):
        with pytest.raises(DomainError):
            tuning.split_risk(**sizes, **SPLIT)
