"""Finite size: exact expectations at small sizes, against the specification's Monte Carlo table and our own."""

import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import concept_shift, finite_sample


@pytest.mark.parametrize(("sizes", "noise", "shift", "signal"), [
    ((3, 2, 10), 1.25, 0.45, 0.5), ((8, 5, 30), 0.8125, 0.35, 17 / 30), ((40, 20, 100), 60 / 39, 0.605128205128205, 0.4)])
def test_the_three_coefficients(sizes, noise, shift, signal):
    "Noise, shift and signal coefficients of the table."
    point = dict(zip(("n1", "n2", "p"), sizes, strict=True))
    zero = {"sigma_sq": 0, "theta_sq": 0, "delta_sq": 0}
    for name, value in (("sigma_sq", noise), ("delta_sq", shift), ("theta_sq", signal)):
        assert finite_sample.pooled_risk(**{**zero, **point, name: 1}) == pytest.approx(value, rel=1e-13)


def test_infinite_variance_is_refused():
    "At p = n + 1 the expected noise is infinite: outside the region."
    with pytest.raises(DomainError, match="p - 1"):
        finite_sample.pooled_risk(n1=3, n2=2, p=6, snr=1, ssr=1)


def test_the_gap_to_the_asymptotic_risk_falls_as_one_over_p():
    "Doubling all sizes halves the relative gap, to second order."
    point = {"snr": 5, "ssr": 0.2}
    gaps = []
    for k in (1, 2, 4):
        sizes = {"n1": 180 * k, "n2": 100 * k, "p": 600 * k}
        gaps.append(finite_sample.pooled_risk(**sizes, **point) / concept_shift.pooled_risk(**sizes, **point) - 1)
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.01) and gaps[1] / gaps[2] == pytest.approx(2, rel=0.01)
