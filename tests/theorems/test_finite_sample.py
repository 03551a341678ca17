"""Finite size: exact expectations at small sizes, threshold and best sizes, against printed numbers, grids and simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import concept_shift
from symrisk.theorems.transfer import finite_sample as exact

CASE = {"n1": 20, "n2": 10, "p": 60, "snr": 2, "ssr": "0.3"}
CASES = [(exact.pooled_risk, "2.303448275862068965517241"), (exact.target_risk, "1.870748299319727891156463"),
         (exact.source_risk, "2.046153846153846153846154"), (exact.ssr_threshold, "-0.1826268969126111983254840")]
TABLE = [  # sizes, noise, shift and signal coefficients as the Monte Carlo table prints them
    ((3, 2, 10), 1.25000, 0.45000, 0.50000), ((8, 5, 30), 0.81250, 0.35000, 0.56667), ((40, 20, 100), 1.53846, 0.60513, 0.40000)]


@pytest.mark.parametrize(("formula", "printed"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_the_reference_case(formula, printed):
    "All printed digits; 1e-12 on the grid."
    point = {name: CASE[name] for name in formula.inputs if name in CASE}
    digits = len(printed.lstrip("-").replace(".", "").lstrip("0"))
    assert Fraction(formula.digits(digits, **point)) == Fraction(printed)
    assert formula(**{name: float(value) for name, value in point.items()}) == pytest.approx(float(printed), rel=1e-12)


@pytest.mark.parametrize(("sizes", "noise", "shift", "signal"), TABLE)
def test_the_three_coefficients(sizes, noise, shift, signal):
    "Noise, shift and signal coefficients of the table."
    point = dict(zip(("n1", "n2", "p"), sizes, strict=True))
    zero = {"sigma_sq": 0, "theta_sq": 0, "delta_sq": 0}
    for name, printed in (("sigma_sq", noise), ("delta_sq", shift), ("theta_sq", signal)):
        assert exact.pooled_risk(**{**zero, **point, name: 1}) == pytest.approx(printed, abs=5.0001e-6)


@pytest.mark.parametrize("formula", [exact.pooled_risk, exact.target_risk, exact.source_risk, exact.gain, exact.snr_cutoff,
                                     exact.ssr_threshold, exact.unequal_noise_pooled_risk], ids=lambda f: f.title)
@pytest.mark.parametrize("p", [5, 6])
def test_an_infinite_expectation_is_said_to_be_one(formula, p):
    "At p = n and p = n + 1 the error names the rule, says that the noise's expectation is infinite, and where to go on."
    point = {"n1": 5, "n2": 5} if formula in (exact.target_risk, exact.source_risk) else {"n1": 3, "n2": 2}
    rest = {"snr": 1, "ssr": 1, "sigma1_sq": 1, "sigma2_sq": 1, "theta_sq": 1, "delta_sq": 1}
    point = {name: value for name, value in {**point, **rest, "p": p}.items() if name in formula.inputs}
    with pytest.raises(DomainError, match=r"< p - 1; not at .*: within one row of the peak .* infinite; past it, least_squares"):
        formula(**point)
    with pytest.raises(DomainError, match="expectation is infinite"):
        formula.digits(10, **point)


def test_the_smallest_room_that_has_an_expectation():
    "p = n + 2: finite, by hand."
    assert exact.pooled_risk.digits(20, n1=1, n2=0, p=3, theta_sq=0, delta_sq=0) == 1
    assert exact.pooled_risk.digits(20, n1=3, n2=2, p=7, theta_sq=0, delta_sq=0) == 5


def test_the_gap_to_the_asymptotic_risk_falls_as_one_over_p():
    "Doubling all sizes halves the relative gap, to second order."
    point = {"snr": 5, "ssr": 0.2}
    gaps = []
    for k in (1, 2, 4):
        sizes = {"n1": 180 * k, "n2": 100 * k, "p": 600 * k}
        gaps.append(exact.pooled_risk(**sizes, **point) / concept_shift.pooled_risk(**sizes, **point) - 1)
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.01) and gaps[1] / gaps[2] == pytest.approx(2, rel=0.01)


def test_the_cutoff_is_where_the_threshold_vanishes():
    "rho_ex at SNR = C_ex is 0, exactly."
    cutoff = Fraction(60 * 59, (60 - 31) * (60 - 11))
    assert exact.snr_cutoff(n1=20, n2=10, p=60) == pytest.approx(float(cutoff), rel=1e-15)
    assert exact.ssr_threshold.digits(25, n1=20, n2=10, p=60, snr=cutoff) == 0


@pytest.mark.parametrize("snr", [1.0, 2.0, 5.0, 20.0])
@pytest.mark.parametrize("ssr", [0.0, 0.2, 0.5, 1.5])
def test_the_best_source_size_is_least_on_a_fine_grid(snr, ssr):
    "No grid point beats n1*, and the least risk is attained there."
    point = {"n2": 10, "p": 60, "snr": snr, "ssr": ssr}
    n1 = np.linspace(0, 48, 48_001)
    risks = exact.pooled_risk(n1=n1, **point)
    assert abs(n1[np.argmin(risks)] - exact.best_source_size(**point)) <= 0.001
    assert risks.min() == pytest.approx(exact.least_pooled_risk(**point), rel=1e-6)


@pytest.mark.parametrize("snr", [0.5, 2.0, 20.0])
@pytest.mark.parametrize("ssr", [0.0, 0.5, 1.5])
def test_the_best_target_size_is_least_on_a_fine_grid(snr, ssr):
    "No grid point beats n2*, at every shift."
    point = {"n1": 10, "p": 60, "snr": snr, "ssr": ssr}
    n2 = np.linspace(0, 48, 48_001)
    assert abs(n2[np.argmin(exact.pooled_risk(n2=n2, **point))] - exact.best_target_size(**point)) <= 0.001


def test_no_source_sample_helps_at_a_large_shift():
    "Sizes are 0 for SSR >= 1, where A/B would be negative."
    assert exact.best_source_size(n2=10, p=60, snr=5, ssr=2) == exact.largest_source_size(n2=10, p=60, snr=5, ssr=2) == 0


@pytest.mark.parametrize(("sizes", "noise", "shift", "signal"), TABLE)
def test_simulation_of_the_table(sizes, noise, shift, signal):
    "Gaussian designs of the table's settings: within four standard errors, noise, shift and signal each on its own."
    point = dict(zip(("n1", "n2", "p"), sizes, strict=True))
    nothing = {"sigma1_sq": 0, "sigma2_sq": 0, "theta_sq": 0, "delta_sq": 0}
    for part, wanted in (({"sigma1_sq": 1, "sigma2_sq": 1}, noise), ({"delta_sq": 1}, shift), ({"theta_sq": 1}, signal)):
        rng = np.random.default_rng(7)
        values = [exact.finite_sample.simulations[0].replicate(rng, **point, **{**nothing, **part}) for _ in range(600)]
        assert abs(np.mean(values) - wanted) < 4 * np.std(values, ddof=1) / np.sqrt(len(values))


@pytest.mark.parametrize("simulation", exact.finite_sample.simulations, ids=lambda s: s.formula.title)
def test_simulation_agrees(simulation):
    "Within four standard errors, two noise levels."
    assert abs(simulation.run(300, rng=1).z) < 4
