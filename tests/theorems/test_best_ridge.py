"""The best penalty of pooled ridge: reference numbers, and no share that does better."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.theorems.transfer import best_ridge
from symrisk.theorems.transfer.isotropic_ridge import share_risk

OPTIMUM = {"best_share": "0.3321688564830910042293014", "best_penalty": "201.7540633796631957608383",
           "best_ridge_risk": "0.6733286783940469495756167"}
AT_OPTIMUM = {"n1": 100, "n2": 100, "p": 300, "theta_sq": 1, "delta_sq": "0.4", "cross": 0, "sigma_sq": "0.5"}


def floats(point):
    return {name: float(Fraction(value)) for name, value in point.items()}


@pytest.mark.parametrize("name", OPTIMUM)
def test_the_reference_optimum_on_the_grid(name):
    "P6-opt-ridge, to 1e-12."
    assert getattr(best_ridge, name)(**floats(AT_OPTIMUM)) == pytest.approx(float(OPTIMUM[name]), rel=1e-12)


@pytest.mark.parametrize("name", OPTIMUM)
def test_the_reference_optimum_in_all_digits(name):
    "P6-opt-ridge, the printed 25 digits."
    assert str(getattr(best_ridge, name).digits(25, **AT_OPTIMUM)) == OPTIMUM[name]


@pytest.mark.parametrize("seed", range(20))
def test_the_best_share_beats_every_other_share(seed):
    "On a fine grid of shares, for random sizes and Gram data; where none is best inside, an end is."
    draw = np.random.default_rng(seed)
    n1, n2, p = draw.integers(1, 200, size=3).tolist()
    theta, delta = draw.standard_normal(3), 2 * draw.standard_normal(3)
    gram = {"theta_sq": theta @ theta, "delta_sq": delta @ delta, "cross": theta @ delta}
    point = {"n1": n1, "n2": n2, "p": p, "sigma_sq": 0.3, **gram}
    shares = np.linspace(0, min(1, (n1 + n2) / p), 2001)[:-1]
    best = best_ridge.best_ridge_risk(**point)
    assert np.all(share_risk(beta=shares, **point) >= best * (1 - 1e-12))
    assert share_risk(beta=shares, **point).min() <= best * 1.01


@pytest.mark.parametrize("sizes", [(100, 100, 300), (300, 200, 100), (150, 150, 300)])
@pytest.mark.parametrize("noise", [1e-200, 1e-16, 1e-4, 0.5, 1e8])
def test_without_shift_the_best_penalty_is_known(sizes, noise):
    "p sigma^2/theta^2, however small."
    n1, n2, p = sizes
    point = {"n1": n1, "n2": n2, "p": p, "theta_sq": 1, "delta_sq": 0, "cross": 0, "sigma_sq": noise}
    assert best_ridge.best_penalty(**point) == pytest.approx(p * noise, rel=2e-15)
    penalty = Fraction(best_ridge.best_ridge_risk.digits(20, **{name: Fraction(value) for name, value in point.items()}))
    assert best_ridge.best_ridge_risk(**point) == pytest.approx(float(penalty), rel=2e-15)


@pytest.mark.parametrize("name", OPTIMUM)
@pytest.mark.parametrize("sizes", [(180, 100, 600), (300, 200, 100), (900, 100, 300), (150, 150, 300), (149, 150, 300)])
@pytest.mark.parametrize("noise", ["1e-16", "1e-9", "1e-3", "10"])
def test_no_digit_is_lost_at_the_ends(name, sizes, noise):
    "With a shift: grid and digits agree where the penalty is next to none, below, at and beyond the peak."
    n1, n2, p = sizes
    point = {"n1": n1, "n2": n2, "p": p, "theta_sq": "5", "delta_sq": "1e-20", "cross": "-1e-11", "sigma_sq": noise}
    exact = Fraction(getattr(best_ridge, name).digits(25, **point))
    assert getattr(best_ridge, name)(**floats(point)) == pytest.approx(float(exact), rel=1e-13)
