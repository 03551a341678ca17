"""Weighted pooled ridge of K samples: the form in the shares, on its own and beside its neighbours."""

import random
from decimal import Context, Decimal
from fractions import Fraction

import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import isotropic_ridge, weighted_ridge
from symrisk.theorems.transfer.weighted_ridge import risk_of

POINT = {"n1": 100, "n2": 50, "p": 200, "source_weight": 3, "target_weight": 0.5, "mu": 40}
GRAM = {"theta_sq": 1, "delta_sq": 0.3, "cross": -0.2, "sigma1_sq": 0.5, "sigma2_sq": 2}


def dot(left, right):
    return sum(a * b for a, b in zip(left, right, strict=True))


def instance(K, seed):
    "Vectors theta_0, Delta_k and shares of K samples, all fractions, and the names that risk_of(K) takes."
    draw = random.Random(seed)
    target, *shifts = [[Fraction(draw.randint(-9, 9), draw.randint(1, 4)) for _ in range(3)] for _ in range(K + 1)]
    point = {"p": draw.randint(50, 99), "theta_sq": dot(target, target)}
    for k, shift in enumerate(shifts, 1):
        point |= {f"n{k}": draw.randint(20, 90), f"beta{k}": Fraction(draw.randint(0, 9), 10 * K),
                  f"sigma{k}_sq": Fraction(draw.randint(0, 9), 4), f"cross{k}": dot(target, shift)}
        point |= {f"gram{k}{m}": dot(shift, shifts[m - 1]) for m in range(k, K + 1)}
        point[f"beta{k}"] = min(point[f"beta{k}"], Fraction(point[f"n{k}"], point["p"]))
    return target, shifts, point


def by_vectors(target, shifts, point):
    "|theta_bar - theta_0|^2 + sum_k g_k (sigma_k^2 + |theta_bar - theta_k|^2), g_k = s_k/(1 - S)."
    each = range(1, len(shifts) + 1)
    theta = {k: [a + b for a, b in zip(target, shifts[k - 1], strict=True)] for k in each}
    mean = [sum(point[f"beta{k}"] * theta[k][i] for k in each) for i in range(len(target))]
    spread = {k: point["p"] * point[f"beta{k}"]**2 / point[f"n{k}"] for k in each}
    away = {k: [a - b for a, b in zip(vector, mean, strict=True)] for k, vector in {0: target, **theta}.items()}
    added = sum(spread[k] * (point[f"sigma{k}_sq"] + dot(away[k], away[k])) for k in each)
    return dot(away[0], away[0]) + added / (1 - sum(spread.values()))


def test_one_sample_alone():
    "K = 1 of the form is isotropic ridge: its shares are those of the fixed point."
    share = isotropic_ridge.fitted_share(n1=0, n2=50, p=100, mu=20)
    form = risk_of(1)(n1=50, p=100, beta1=share, theta_sq=2, gram11=0, cross1=0, sigma1_sq=0.5)
    assert form == pytest.approx(isotropic_ridge.target_ridge_risk(n2=50, p=100, mu=20, theta_sq=2, sigma2_sq=0.5), rel=1e-14)


@pytest.mark.parametrize("K", [2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(3))
def test_the_form_is_the_formula_on_vectors(K, seed):
    "40 digits, correctly rounded, of an exact fraction; and 1e-13 on the grid."
    *vectors, point = instance(K, seed)
    exact = by_vectors(*vectors, point)
    assert risk_of(K).digits(40, **point) == Context(prec=40).divide(Decimal(exact.numerator), Decimal(exact.denominator))
    assert risk_of(K)(**{name: float(value) for name, value in point.items()}) == pytest.approx(float(exact), rel=1e-13)


def test_five_samples_with_shares_that_interpolate_too_much():
    "Shares above n_k/p, or that add up to more than one, are refused."
    _, _, point = instance(5, 0)
    with pytest.raises(DomainError, match="beta5"):
        risk_of(5).digits(20, **{**point, "beta5": 1})


@pytest.mark.parametrize("scale", [1e-6, 7.0, 1e6])
def test_only_the_ratios_of_weights_and_penalty_count(scale):
    "w_k and mu times a number: the same fit."
    scaled = {**POINT, **{name: POINT[name] * scale for name in ("source_weight", "target_weight", "mu")}}
    assert weighted_ridge.weighted_ridge_risk(**scaled, **GRAM) == pytest.approx(
        weighted_ridge.weighted_ridge_risk(**POINT, **GRAM), rel=1e-13)


def test_equal_weights_are_pooled_ridge():
    "w_1 = w_2 = 1 gives the risk of isotropic ridge."
    plain = {name: value for name, value in POINT.items() if "weight" not in name}
    assert weighted_ridge.weighted_ridge_risk(**plain, source_weight=1, target_weight=1, **GRAM) == pytest.approx(
        isotropic_ridge.ridge_risk(**plain, **GRAM), rel=1e-13)


def test_the_shares_give_their_weights_back():
    "Weights to shares to weights, on both sides of the peak."
    for change in ({}, {"n1": 300}):
        fit = {**POINT, **change}
        shares = {"beta1": weighted_ridge.source_share(**fit), "beta2": weighted_ridge.target_share(**fit)}
        sizes = {name: fit[name] for name in ("n1", "n2", "p")}
        assert weighted_ridge.weight_ratio(**shares, **sizes) == pytest.approx(6, rel=1e-11)
        assert weighted_ridge.penalty_ratio(**shares, **sizes) == pytest.approx(80, rel=1e-11)
