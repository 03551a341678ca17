"""Threshold, best sizes, many samples and least squares at finite size: printed numbers, exact points, simulation."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.simulate.interpolator import MinNorm
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer import finite_sample_exact as exact

CASES = [  # formula, inputs, printed value
    (exact.ssr_threshold, {"n1": 20, "n2": 10, "p": 60, "snr": 2}, "-0.1826268969126111983254840"),
    (exact.ols_shift_coefficient, {"n1": 12, "n2": 10, "p": 8}, "0.4522144522144522144522144")]


@pytest.mark.parametrize(("formula", "point", "printed"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_the_reference_cases(formula, point, printed):
    "All printed digits, the last one perhaps cut off instead of rounded; 1e-12 on the grid."
    digits = len(printed.lstrip("-").removeprefix("0."))
    assert abs(Fraction(formula.digits(digits, **point)) - Fraction(printed)) <= Fraction(1, 10**digits)
    assert formula(**point) == pytest.approx(float(printed), rel=1e-12)


@pytest.mark.parametrize(("sizes", "printed"), [
    ((12, 10, 8), 0.45221), ((30, 9, 20), 0.78799), ((5, 40, 20), 0.09481)])
def test_the_specifications_table_of_least_squares(sizes, printed):
    "Shift coefficients of the Monte Carlo table."
    assert exact.ols_shift_coefficient(**dict(zip(("n1", "n2", "p"), sizes, strict=True))) == pytest.approx(printed, abs=5e-6)


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
    risks = finite_sample.pooled_risk(n1=n1, **point)
    assert abs(n1[np.argmin(risks)] - exact.best_source_size(**point)) <= 0.001
    assert risks.min() == pytest.approx(exact.least_pooled_risk(**point), rel=1e-6)


def test_no_source_sample_helps_at_a_large_shift():
    "Sizes are 0 for SSR >= 1, where A/B would be negative."
    assert exact.best_source_size(n2=10, p=60, snr=5, ssr=2) == exact.largest_source_size(n2=10, p=60, snr=5, ssr=2) == 0


def from_vectors(sizes, noises, theta0, thetas, p):
    """The K-sample risk written from coefficient vectors, block by block: beta_kk and beta_kl of theory section 2."""
    total = sum(sizes)
    shifts = [[a - b for a, b in zip(theta, theta0, strict=True)] for theta in thetas]
    risk = Fraction(p - total, p) * sum(x * x for x in theta0)
    risk += Fraction(1, p - total - 1) * sum(m * s for m, s in zip(sizes, noises, strict=True))
    for k, one in enumerate(shifts):
        for m, two in enumerate(shifts):
            block = sizes[k] * (p - sizes[k] - 1) if k == m else -sizes[k] * sizes[m]
            risk += Fraction(block, p * (p - total - 1)) * sum(a * b for a, b in zip(one, two, strict=True))
    return risk


@pytest.mark.parametrize("K", [1, 2, 3, 5])
def test_the_risk_of_K_samples_at_exact_points(K):
    "pooled_risk_of(K) is the sum over blocks, exactly."
    draw = Random(K)
    formula, samples = exact.pooled_risk_of(K), range(1, K + 1)
    for _ in range(4):
        sizes, noises = [draw.randint(0, 9) for _ in samples], [Fraction(draw.randint(0, 9), 4) for _ in samples]
        theta0, *thetas = [[Fraction(draw.randint(-9, 9), 3) for _ in range(4)] for _ in range(K + 1)]
        p = sum(sizes) + draw.randint(2, 9)
        point = {f"n{k}": sizes[k - 1] for k in samples} | {f"sigma{k}_sq": noises[k - 1] for k in samples}
        shifts = {k: [a - b for a, b in zip(thetas[k - 1], theta0, strict=True)] for k in samples}
        point |= {f"gram{k}{m}": sum(a * b for a, b in zip(shifts[k], shifts[m], strict=True))
                  for k in samples for m in samples if k <= m}
        value = formula.digits(30, p=p, theta_sq=sum(x * x for x in theta0), **point)
        wanted = from_vectors(sizes, noises, theta0, thetas, p)
        assert abs(Fraction(value) - wanted) <= abs(wanted) / 10**29


def test_shifts_that_no_vectors_have_are_refused():
    "|Delta_1 - Delta_2|^2 < 0 is outside the region."
    point = {"n1": 3, "n2": 2, "p": 10, "sigma1_sq": 1, "sigma2_sq": 1, "theta_sq": 1, "gram11": 1, "gram22": 1}
    with pytest.raises(DomainError, match="gram12"):
        exact.pooled_risk_of(2)(gram12=1.5, **point)


@pytest.mark.parametrize("simulation", exact.finite_sample_exact.simulations, ids=lambda s: s.formula.title)
def test_simulation_agrees(simulation):
    "Within four standard errors."
    assert abs(simulation.run(300, rng=1).z) < 4


def test_simulation_of_three_samples():
    "Three samples stacked, coefficients of their own: mean over designs within four standard errors."
    rng, sizes, p, noises = np.random.default_rng(2), (10, 15, 8), 50, (1.0, 0.5, 2.0)
    theta0, *thetas = rng.standard_normal((4, p)) / np.sqrt(p)
    shifts = np.array(thetas) - theta0
    values = []
    for _ in range(300):
        blocks = [rng.standard_normal((m, p)) for m in sizes]
        turn = np.linalg.qr(rng.standard_normal((p, p)))[0]
        fit = MinNorm(np.vstack(blocks))
        error = fit.coefficients(np.concatenate([X @ turn @ t for X, t in zip(blocks, thetas, strict=True)])) - turn @ theta0
        values.append(error @ error + fit.noise_variance(np.repeat(noises, sizes)))
    grams = {f"gram{k + 1}{m + 1}": shifts[k] @ shifts[m] for k in range(3) for m in range(k, 3)}
    point = {"n1": 10, "n2": 15, "n3": 8, "sigma1_sq": 1.0, "sigma2_sq": 0.5, "sigma3_sq": 2.0, "p": p,
             "theta_sq": theta0 @ theta0}
    wanted = exact.pooled_risk_of(3)(**point, **grams)
    assert abs(np.mean(values) - wanted) < 4 * np.std(values, ddof=1) / np.sqrt(len(values))
