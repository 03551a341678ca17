"""Two stages on the same target rows: the reference value, the formula as first derived, hard penalties, guards, simulation."""

from fractions import Fraction
from math import sqrt

import pytest

from symrisk.errors import ArgumentError, DomainError
from symrisk.theorems.transfer import concept_shift
from symrisk.theorems.transfer import two_stage as stages

CASE = {"n1": 60, "n2": 40, "p": 150, "source_weight": 1, "target_weight": 1, "mu": 20, "theta1_sq": "1.793", "theta_sq": "1.69",
        "inner12": "1.4872", "sigma1_sq": "0.5", "sigma2_sq": 1}
GRID = {name: float(value) for name, value in CASE.items()}
PRINTED = "1.466706617287969256131346"


def by_spectral_sums(n1, n2, p, source_weight, target_weight, mu, theta1_sq, theta_sq, inner12, sigma1_sq, sigma2_sq):
    """The risk by sums over the target's eigenvalues, before they are written in shares; q by bisection."""
    low, high = 0.0, 1 / mu
    for _ in range(200):
        q = (low + high) / 2
        level = mu * q + sum(n * w * q / (1 + w * p * q) for n, w in ((n1, source_weight), (n2, target_weight)))
        low, high = (q, high) if level < 1 else (low, q)
    c = source_weight * n1 / (1 + source_weight * p * q)
    z = (mu + c) / target_weight
    b = z + p - n2
    h = 2 / (b + sqrt(b**2 + 4 * z * n2))
    m0, m1 = n2 * h, n2 * h * (1 + n2 * h) / (2 * z * n2 * h + z + p - n2)
    once, twice, v = m0 - z * m1, n2 - 2 * z * m0 + z**2 * m1, (p - n2) / (mu + c)**2
    g, delta_sq, r = v / (n1 / c**2 - v - m1 / target_weight**2), theta1_sq - 2 * inner12 + theta_sq, mu / target_weight
    missed = (p - n2) / p * (c**2 * theta1_sq / (mu + c)**2 - 2 * c * inner12 / (mu + c) + theta_sq)
    shifted = (twice * delta_sq + 2 * r * once * (theta1_sq - inner12) + r**2 * m1 * theta1_sq) / p
    seen = sigma1_sq + sigma2_sq * once + (p - n2) / p * mu**2 * theta1_sq / (mu + c)**2 + shifted
    return missed + g * seen + n2 * sigma2_sq / (p - n2)


def test_the_reference_case():
    "P18-two-stage: all 25 printed digits, and 1e-12 on the grid."
    assert str(stages.two_stage_risk.digits(25, **CASE)) == PRINTED
    assert stages.two_stage_risk(**GRID) == pytest.approx(float(PRINTED), rel=1e-12)


@pytest.mark.parametrize("changed", [{}, {"n1": 200.0}, {"target_weight": 3.0, "mu": 5.0}, {"source_weight": 0.1, "mu": 2.0}])
def test_shares_say_what_spectral_sums_say(changed):
    "Fourteen names of the first derivation shrink to two shares."
    point = {**GRID, **changed}
    assert stages.two_stage_risk(**point) == pytest.approx(by_spectral_sums(**point), rel=1e-10)


@pytest.mark.parametrize("n1", [60, 110, 200])
@pytest.mark.parametrize("penalty", ["1e-14", "1e-6", "1", "1e9"])
def test_no_digit_is_lost_on_the_grid(n1, penalty):
    "1e-12 of the exact value below, at and beyond the peak, whatever the penalty."
    exact = Fraction(stages.two_stage_risk.digits(25, **{**CASE, "n1": n1, "mu": penalty}))
    assert abs(Fraction(stages.two_stage_risk(**{**GRID, "n1": n1, "mu": float(penalty)})) / exact - 1) < 1e-12


def test_both_ends_of_the_penalty():
    "1e-9 is the pooled interpolator to nine digits, 1e13 the target alone to nine."
    shift = {"theta_sq": 1.69, "delta_sq": 0.5086, "sigma1_sq": 0.5, "sigma2_sq": 1, "n1": 60, "n2": 40, "p": 150}
    assert stages.two_stage_risk(**{**GRID, "mu": 1e-9}) == pytest.approx(concept_shift.unequal_noise_pooled_risk(**shift), rel=1e-9)
    target = concept_shift.unequal_noise_target_risk(n2=40, p=150, theta_sq=1.69, sigma2_sq=1)
    assert stages.two_stage_risk(**{**GRID, "mu": 1e13}) == pytest.approx(target, rel=1e-9)


def test_the_shift_may_be_given_in_place_of_gram_data():
    "|delta|^2 and <theta_2, delta> instead of |theta_1|^2 and <theta_1, theta_2>."
    rest = {name: value for name, value in GRID.items() if name not in ("theta1_sq", "inner12")}
    assert stages.two_stage_risk(delta_sq=0.5086, cross=-0.2028, **rest) == pytest.approx(float(PRINTED), rel=1e-12)


def test_two_stages_may_beat_both_of_their_ends():
    "At the reference point a penalty between beats pooling and the target alone."
    risks = stages.two_stage_risk(**{**GRID, "mu": [1e-9, 20.0, 1e13]})
    assert risks[1] < min(risks[0], risks[2])


def test_what_does_not_exist_is_refused():
    "As many target rows as features; an impossible angle; a penalty of zero; a misspelt name."
    for changed in ({"n2": 150}, {"inner12": 1.8}, {"mu": 0}):
        with pytest.raises(DomainError):
            stages.two_stage_risk(**{**GRID, **changed})
    with pytest.raises(ArgumentError, match="weight1"):
        stages.two_stage_risk(weight1=1, **GRID)


@pytest.mark.parametrize("simulation", stages.two_stage.simulations, ids=lambda s: s.says)
def test_simulation_agrees(simulation):
    "Within four standard errors of the formula with its exact last term."
    assert abs(simulation.run(150, rng=1).z) < 4
