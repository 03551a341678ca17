"""Concept shift: the numbers of the talk, the edges, and agreement with simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import concept_shift as shift

FIGURE = {"n2": 100, "p": 600}
BEST = {  # (SNR, SSR): n1*, n1_max, as the specification's figure check prints them
    (1, "0.2"): ("0", "0"), (2, "0.2"): ("12.6602827596", "25"), (5, "0.2"): ("179.843788128", "295"),
    (10, "0.2"): ("260.208423834", "385"), (20, "0.2"): ("312.917130661", "430"), (5, "0"): ("231.671842700", "356"),
    (5, "0.1"): ("207.501187087", "328.8889"), (5, "0.3"): ("147.458209164", "251.42857"), (5, "0.5"): ("59.5456890891", "112"),
    (5, "0.8"): ("0", "0"), (5, "1"): ("0", "0"), (5, "3/2"): ("0", "0")}


def agrees(value, printed):
    """Whether a value rounds to what is printed."""
    digits = len(printed.partition(".")[2])
    return abs(Fraction(value) - Fraction(printed)) <= Fraction(1, 2 * 10**digits)


@pytest.mark.parametrize(("point", "printed"), BEST.items())
def test_the_figures_best_and_largest_sizes(point, printed):
    "n1* and n1_max of both figures, zero where no source sample helps, also for SSR >= 1."
    inputs = {**FIGURE, "snr": point[0], "ssr": point[1]}
    assert agrees(shift.best_source_size.digits(20, **inputs), printed[0])
    assert agrees(shift.largest_source_size.digits(20, **inputs), printed[1])


def test_the_critical_snr_of_the_figure():
    "SNR_c = 36/19 at SSR = 0.2."
    assert shift.critical_snr.digits(30, n2=100, p=600, ssr="0.2") == shift.critical_snr.at({}).digits(30, n2=100, p=600, ssr="1/5")
    assert abs(Fraction(shift.critical_snr.digits(30, n2=100, p=600, ssr="0.2")) - Fraction(36, 19)) < Fraction(1, 10**28)


def test_the_best_target_size_of_the_specification():
    "n2* at n1 = 100, SSR = .2, SNR = 5."
    assert agrees(shift.best_target_size.digits(20, n1=100, p=600, snr=5, ssr="0.2"), "213.643578734473")


def test_no_target_sample_helps_at_low_snr():
    "n2* is max(0, ...), not negative."
    assert shift.best_target_size(n1=100, p=600, snr=0.5, ssr=0.2) == 0


def test_risks_stay_valid_without_signal():
    "SNR = 0 with a shift: given in theta_sq and delta_sq, nothing is divided by the signal."
    assert shift.pooled_risk(n1=100, n2=100, p=600, theta_sq=0, delta_sq=3) == pytest.approx(0.5 + 100 * 500 / (600 * 400) * 3)


def test_the_threshold_needs_a_signal():
    "rho at SNR = 0 is refused, not minus infinity."
    with pytest.raises(DomainError, match="snr > 0"):
        shift.ssr_threshold(n1=100, n2=100, p=600, snr=0)


def test_the_peak_is_refused():
    "p = n is outside the region, p = n + 1e-9 is not."
    with pytest.raises(DomainError, match="n1 . n2 < p"):
        shift.pooled_risk(n1=300, n2=300, p=600, snr=5, ssr=0.2)
    assert shift.pooled_risk(n1=300, n2=300 - 1e-9, p=600, snr=5, ssr=0.2) > 1e11


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_the_risk_scales_with_noise_signal_and_shift(scale):
    "Scaling all three variances scales the risk."
    base = {"n1": 180, "n2": 100, "p": 600, "theta_sq": 5.0, "delta_sq": 1.0, "sigma_sq": 1.0}
    scaled = {**base, **{name: base[name] * scale for name in ("theta_sq", "delta_sq", "sigma_sq")}}
    assert shift.pooled_risk(**scaled) == pytest.approx(scale * shift.pooled_risk(**base), rel=1e-14)


def test_the_best_size_is_least_on_a_fine_grid():
    "No grid point beats n1*."
    n1 = np.linspace(0, 499, 200_001)
    risks = shift.pooled_risk(n1=n1, snr=5, ssr=0.2, **FIGURE)
    assert abs(n1[np.argmin(risks)] - shift.best_source_size(snr=5, ssr=0.2, **FIGURE)) <= 0.0025
    assert risks.min() >= shift.least_pooled_risk(snr=5, ssr=0.2, **FIGURE) * (1 - 1e-15)


@pytest.mark.parametrize("simulation", shift.concept_shift.simulations, ids=lambda s: s.formula.title)
@pytest.mark.parametrize("rows", ["gaussian", "signs"])
def test_simulation_agrees(simulation, rows):
    "Within four standard errors of the finite-size value at the theorem's own point."
    assert abs(simulation.run(60, rng=1, rows=rows).z) < 4
