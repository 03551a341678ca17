"""Weighted pooled ridge of K samples: the form in the shares, on its own and beside its neighbours."""

import pytest

from symrisk.theorems.transfer import isotropic_ridge
from symrisk.theorems.transfer.weighted_ridge import risk_of


def test_one_sample_alone():
    "K = 1 of the form is isotropic ridge: its shares are those of the fixed point."
    share = isotropic_ridge.fitted_share(n1=0, n2=50, p=100, mu=20)
    form = risk_of(1)(n1=50, p=100, beta1=share, theta_sq=2, gram11=0, cross1=0, sigma1_sq=0.5)
    assert form == pytest.approx(isotropic_ridge.target_ridge_risk(n2=50, p=100, mu=20, theta_sq=2, sigma2_sq=0.5), rel=1e-14)
