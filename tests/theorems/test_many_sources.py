"""Many samples at finite size: exact points written from vectors, printed values, simulation."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.isotropic import Isotropic, shifted
from symrisk.theorems.transfer import finite_sample, many_sources
from symrisk.theorems.transfer.many_sources import pooled_risk_of


def from_vectors(sizes, noises, theta0, thetas, p):
    """The K-sample risk written from coefficient vectors, block by block: beta_kk and beta_kl."""
    total = sum(sizes)
    shifts = [[a - b for a, b in zip(theta, theta0, strict=True)] for theta in thetas]
    risk = Fraction(p - total, p) * sum(x * x for x in theta0)
    risk += Fraction(1, p - total - 1) * sum(m * s for m, s in zip(sizes, noises, strict=True))
    for k, one in enumerate(shifts):
        for m, two in enumerate(shifts):
            block = sizes[k] * (p - sizes[k] - 1) if k == m else -sizes[k] * sizes[m]
            risk += Fraction(block, p * (p - total - 1)) * sum(a * b for a, b in zip(one, two, strict=True))
    return risk


def grams(shifts):
    """The Gram data of shifts, by the formulas' names."""
    each = range(len(shifts))
    return {f"gram{k + 1}{m + 1}": sum(a * b for a, b in zip(shifts[k], shifts[m], strict=True)) for k in each for m in each if k <= m}


@pytest.mark.parametrize("K", [1, 2, 3, 5])
def test_the_risk_of_K_samples_at_exact_points(K):
    "pooled_risk_of(K) is the sum over blocks: all 30 digits."
    draw = Random(K)
    formula, each = pooled_risk_of(K), range(1, K + 1)
    for _ in range(4):
        sizes, noises = [draw.randint(0, 9) for _ in each], [Fraction(draw.randint(0, 9), 4) for _ in each]
        theta0, *thetas = [[Fraction(draw.randint(-9, 9), 3) for _ in range(4)] for _ in range(K + 1)]
        p = sum(sizes) + draw.randint(2, 9)
        point = {f"n{k}": sizes[k - 1] for k in each} | {f"sigma{k}_sq": noises[k - 1] for k in each}
        shifts = [[a - b for a, b in zip(theta, theta0, strict=True)] for theta in thetas]
        value = formula.digits(30, p=p, theta_sq=sum(x * x for x in theta0), **point, **grams(shifts))
        wanted = from_vectors(sizes, noises, theta0, thetas, p)
        assert abs(Fraction(value) - wanted) <= abs(wanted) / (2 * 10**29)


def test_equal_samples_are_one_sample():
    "Five samples of the same coefficients are one of their rows together, exactly."
    five = {f"n{k}": k for k in range(1, 6)} | {f"sigma{k}_sq": 2 for k in range(1, 6)}
    gram = {f"gram{k}{m}": Fraction(3, 4) for k in range(1, 6) for m in range(k, 6)}
    together = pooled_risk_of(1).digits(40, n1=15, sigma1_sq=2, gram11=Fraction(3, 4), p=30, theta_sq=5)
    assert pooled_risk_of(5).digits(40, p=30, theta_sq=5, **five, **gram) == together


def test_the_order_of_samples_does_not_matter():
    "Exchanging two of three samples exchanges their names."
    point = {"n1": 3, "n2": 4, "n3": 5, "sigma1_sq": 1, "sigma2_sq": 2, "sigma3_sq": 3, "gram11": 6, "gram12": 1, "gram13": -2,
             "gram22": 5, "gram23": "1/2", "gram33": 4}
    turned = {"n1": 4, "n2": 3, "n3": 5, "sigma1_sq": 2, "sigma2_sq": 1, "sigma3_sq": 3, "gram11": 5, "gram12": 1,
              "gram13": "1/2", "gram22": 6, "gram23": -2, "gram33": 4}
    three = many_sources.pooled_risk_of_3
    assert three.digits(40, p=20, theta_sq=1, **point) == three.digits(40, p=20, theta_sq=1, **turned)


def test_a_target_among_the_samples():
    "Two samples, the second the target's own: the reference value of pooling."
    value = many_sources.pooled_risk_of_2.digits(25, n1=20, n2=10, p=60, theta_sq=2, gram11="0.6", gram12=0, gram22=0,
                                                 sigma1_sq=1, sigma2_sq=1)
    assert value == finite_sample.pooled_risk.digits(25, n1=20, n2=10, p=60, snr=2, ssr="0.3")


def test_shifts_that_no_vectors_have_are_refused():
    "|Delta_1 - Delta_2|^2 < 0 is outside the region."
    point = {"n1": 3, "n2": 2, "p": 10, "sigma1_sq": 1, "sigma2_sq": 1, "theta_sq": 1, "gram11": 1, "gram22": 1}
    with pytest.raises(DomainError, match="gram12"):
        pooled_risk_of(2)(gram12=1.5, **point)


@pytest.mark.parametrize("p", [12, 13])
def test_an_infinite_expectation_is_said_to_be_one(p):
    "At p = n and p = n + 1."
    point = {"n1": 3, "n2": 4, "n3": 5, **{f"sigma{k}_sq": 1 for k in (1, 2, 3)}, **grams([[0]] * 3)}
    with pytest.raises(DomainError, match="n1 . n2 . n3 < p - 1; not at .* infinite; past it, least_squares"):
        many_sources.pooled_risk_of_3(p=p, theta_sq=1, **point)


SETTINGS = [((10, 15, 8), 50, 200), ((3, 4, 2, 5), 20, 400), ((40, 30, 50, 20), 200, 30)]


@pytest.mark.parametrize(("sizes", "p", "replicates"), SETTINGS)
def test_simulation_of_the_specifications_settings(sizes, p, replicates):
    "Three and four samples with coefficients of their own: the mean over designs within four standard errors."
    rng, K = np.random.default_rng(2), len(sizes)
    theta0, *shifts = rng.standard_normal((K + 1, p)) / np.sqrt(p)
    noises, rows = (1.0, 0.5, 2.0, 0.25)[:K], np.array([theta0, *shifts])
    replicate = Risk(Isotropic(sizes, p, noises, rows @ rows.T, shifted(K)), MinNorm())
    values = [replicate(rng) for _ in range(replicates)]
    point = {f"n{k + 1}": sizes[k] for k in range(K)} | {f"sigma{k + 1}_sq": noises[k] for k in range(K)}
    wanted = pooled_risk_of(K)(p=p, theta_sq=theta0 @ theta0, **point, **grams(shifts))
    assert abs(np.mean(values) - wanted) < 4 * np.std(values, ddof=1) / np.sqrt(len(values))


@pytest.mark.parametrize("simulation", many_sources.many_sources.simulations, ids=lambda s: s.formula.title)
def test_simulation_agrees(simulation):
    "The theorem's own point, within four standard errors."
    assert abs(simulation.run(300, rng=1).z) < 4
