"""Pooled least squares at finite size: printed numbers, a second road to the moments, the peak, simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.simulate.fits.least_squares import LeastSquares
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.shifted import Shifted
from symrisk.symbols import delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, theta_sq
from symrisk.theorems.transfer import isotropic_ridge, least_squares

coefficient, risk = least_squares.ols_shift_coefficient, least_squares.ols_risk
TABLE = [((12, 10, 8), 0.61538, 0.45221), ((30, 9, 20), 1.11111, 0.78799), ((5, 40, 20), 0.83333, 0.09481)]


def test_the_reference_case():
    "All printed digits, the last of which is cut off instead of rounded: the value is 194/429."
    printed, point = "0.4522144522144522144522144", {"n1": 12, "n2": 10, "p": 8}
    value = Fraction(194, 429)
    assert abs(Fraction(coefficient.digits(40, **point)) - value) < Fraction(1, 10**39)
    assert 0 <= value - Fraction(printed) < Fraction(1, 10**25)
    assert coefficient(**point) == pytest.approx(float(printed), rel=1e-13)


@pytest.mark.parametrize(("sizes", "noise", "shift"), TABLE)
def test_the_specifications_table(sizes, noise, shift):
    "Noise and shift coefficients of the Monte Carlo table."
    point = dict(zip(("n1", "n2", "p"), sizes, strict=True))
    assert coefficient(**point) == pytest.approx(shift, abs=5.0001e-6)
    assert risk(**point, sigma1_sq=1, sigma2_sq=1, delta_sq=0) == pytest.approx(noise, abs=5.0001e-6)


@pytest.mark.parametrize(("n1", "n2"), [(1, 1), (2, 1), (1, 3), (4, 3), (12, 10), (0, 5)])
def test_the_beta_moments_by_a_second_road(n1, n2):
    "B = Q_1'Q_1 with Q uniform: sums over the source rows of the fourth moments of two orthonormal columns q and r."
    n = n1 + n2
    same = Fraction(1, n * (n + 2))                  # E q_i^2 r_i^2
    apart = (Fraction(1, n) - same) / (n - 1)        # E q_i^2 r_j^2, for the sum over j is E q_i^2
    crossed = -same / (n - 1)                        # E q_i r_i q_j r_j, for the sum over j is 0
    pairs = n1 * (n1 - 1)
    for moment, wanted in ((least_squares.kappa1, n1 * same + pairs * apart), (least_squares.kappa2, n1 * same + pairs * crossed)):
        assert abs(Fraction(moment.digits(40, n1=n1, n2=n2)) - wanted) <= wanted / 10**39


@pytest.mark.parametrize("p", [8, 9, 10, 11])
def test_an_infinite_expectation_is_said_to_be_one(p):
    "At n = p and n = p + 1 (and below, where it is no least squares)."
    point = {"n1": 5, "n2": 4, "p": p, "sigma1_sq": 1, "sigma2_sq": 1, "delta_sq": 1}
    with pytest.raises(DomainError, match=r"n1 \+ n2 > p \+ 1; not at .* infinite; below it, finite_sample"):
        risk(**point)
    assert risk(**{**point, "p": 7}) > 0


def test_the_gap_to_the_asymptotic_risk_falls_as_one_over_n():
    "Doubling all sizes halves the relative gap, to second order."
    gaps = []
    for k in (8, 16, 32):
        point = {"n1": 30 * k, "n2": 9 * k, "p": 20 * k, "sigma1_sq": 1, "sigma2_sq": 2, "delta_sq": 3}
        gaps.append(risk(**point) / isotropic_ridge.ols_risk(**point) - 1)
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.02) and gaps[1] / gaps[2] == pytest.approx(2, rel=0.01)


replicate = Risk(Shifted((n1, n2), p, (sigma1_sq, sigma2_sq), theta_sq, (delta_sq, 0)), LeastSquares())


@pytest.mark.parametrize(("sizes", "noise", "shift"), TABLE)
def test_simulation_of_the_table(sizes, noise, shift):
    "Gaussian designs of the table's settings: noise and shift each on its own, within four standard errors; no signal is missed."
    point = dict(zip(("n1", "n2", "p"), sizes, strict=True))
    nothing = {"sigma1_sq": 0, "sigma2_sq": 0, "theta_sq": 0, "delta_sq": 0}
    for part, wanted in (({"sigma1_sq": 1, "sigma2_sq": 1}, noise), ({"delta_sq": 1}, shift)):
        rng = np.random.default_rng(11)
        values = [replicate(rng, **point, **{**nothing, **part}) for _ in range(600)]
        assert abs(np.mean(values) - wanted) < 4 * np.std(values, ddof=1) / np.sqrt(len(values))
    assert replicate(np.random.default_rng(1), **point, **{**nothing, "theta_sq": 1}) < 1e-20


@pytest.mark.parametrize("simulation", least_squares.least_squares.simulations, ids=lambda s: s.formula.title)
def test_simulation_agrees(simulation):
    "Two noise levels, within four standard errors."
    assert abs(simulation.run(300, rng=1).z) < 4
