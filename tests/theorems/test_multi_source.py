"""K samples of any covariances: the least objective's difference in eta, limits in the penalty, published numbers, many samples."""

from fractions import Fraction

import numpy as np
import pytest
from mpmath import mp, mpf

from symrisk import Atoms, Empirical
from symrisk.equivalents.dense import equivalent
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.worlds.joint import three_atoms
from symrisk.symbols import coordinate, eigenvalue, tau0, tau_omega
from symrisk.theorems.transfer import isotropic_ridge, weighted_ridge
from symrisk.theorems.transfer import multi_source as many

SIZES = {1: {"n1": 50}, 2: {"n1": 40, "n2": 25}, 3: {"n1": 30, "n2": 20, "n3": 15}}
NOISES = {k: {f"sigma{i}_sq": Fraction(i, 2) for i in range(1, k + 1)} for k in (1, 2, 3)}
WEIGHTS = {k: {f"weight{i}": 1 + i % 2 for i in range(1, k + 1)} for k in (1, 2, 3)}
THEOREMS = {1: many.one, 2: many.two, 3: many.three}
NAMES = (eigenvalue(1), eigenvalue(2), tau0, coordinate(1), coordinate(2), coordinate(0))


def point_of(K, regime="ridge", **changed):
    """A point of K samples, p = 100; four times the rows for least squares."""
    rows = {name: n * (4 if regime == "ols" else 1) for name, n in SIZES[K].items()}
    extra = {"ridge": {"mu": 20, **WEIGHTS[K]}, "min_norm": {}, "ols": WEIGHTS[K]}[regime]
    return {"p": 100, "H": three_atoms(K), **rows, **NOISES[K], **extra, **changed}


def formula(K, regime, part="risk"):
    return THEOREMS[K].formula(f"{regime}_{part}_of_{K}")


def value(asked, point):
    """A formula at what it needs of a point."""
    return asked(**{name: given for name, given in point.items() if name in asked.inputs})


def least_objective(K, point, eta, digits):
    """min over theta of sum c_k (sigma_k^2 + |theta - theta_k|^2) + mu |theta|^2 + eta |theta - theta_0|^2, c by Newton, in mpmath."""
    number = lambda value: mpf(Fraction(value).numerator) / Fraction(value).denominator  # noqa: E731
    law, each = point["H"], range(1, K + 1)
    atoms = [(dict(zip(law.variables, map(number, map(lambda v: Fraction(int(v.p), int(v.q)), values)), strict=True)),
              number(Fraction(int(w.p), int(w.q))) * point["p"]) for values, w in law.points]
    n, w, s = ([number(point[name.format(k)]) for k in each] for name in ("n{}", "weight{}", "sigma{}_sq"))
    tau = [[row[eigenvalue(k)] for k in each] for row, _ in atoms]
    floor = [number(point["mu"]) + eta * row[tau0] for row, _ in atoms]

    def inside(c):
        return [f + sum(a * t for a, t in zip(c, ts, strict=True)) for f, ts in zip(floor, tau, strict=True)]

    def excess(*u):
        c = [mp.exp(x) for x in u]
        D = inside(c)
        return [c[k] * sum(m * ts[k] / d for (_, m), ts, d in zip(atoms, tau, D, strict=True)) + c[k] / w[k] - n[k] for k in range(K)]
    start = [mp.log(number(point[f"n{k}"]) / 2) for k in each]
    c = [mp.exp(x) for x in mp.findroot(excess, start, tol=mpf(10)**(-2 * digits))]
    total = sum(a * b for a, b in zip(c, s, strict=True))
    for (row, m), ts, d in zip(atoms, tau, inside(c), strict=True):
        bs = [row[coordinate(k)] for k in each]
        fit = (sum(a * t * b for a, t, b in zip(c, ts, bs, strict=True)) + eta * row[tau0] * row[coordinate(0)]) / d
        total += m * (sum(a * t * (fit - b)**2 for a, t, b in zip(c, ts, bs, strict=True)) + number(point["mu"]) * fit**2
                      + eta * row[tau0] * (fit - row[coordinate(0)])**2)
    return total


@pytest.mark.parametrize("K", [1, 2, 3])
def test_the_risk_is_the_slope_of_the_least_objective(K):
    "A difference in eta of a value found by mpmath, to 40 digits: no second order, no gains, no potential."
    point = point_of(K)
    mp.dps, before = 110, mp.dps
    try:
        step = mpf(10)**-22
        moved = [least_objective(K, point, i * step, 50) for i in (-2, -1, 1, 2)]
        slope = (moved[0] - 8 * moved[1] + 8 * moved[2] - moved[3]) / (12 * step)
        found = mpf(str(formula(K, "ridge").digits(45, **point)))
        assert abs(slope - found) < mpf(10)**-40 * found
    finally:
        mp.dps = before


@pytest.mark.parametrize("regime", ["min_norm", "ols"])
@pytest.mark.parametrize("K", [1, 2, 3])
def test_a_vanishing_penalty(K, regime):
    "mu -> 0 below the peak is the interpolator, weights or not; above it weighted least squares; the gap falls as mu."
    limit = float(formula(K, regime).digits(25, **point_of(K, regime)))
    gaps = []
    for mu in ("1e-6", "1e-8"):
        point = {**point_of(K, "ridge", mu=mu), **{n: v for n, v in point_of(K, regime).items() if n.startswith("n")}}
        gaps.append(abs(float(formula(K, "ridge").digits(25, **point)) - limit))
    assert gaps[1] < 1e-6 * limit and gaps[1] == pytest.approx(gaps[0] / 100, rel=1e-3)


@pytest.mark.parametrize("K", [1, 2, 3])
def test_an_endless_penalty_leaves_the_target_as_it_is(K):
    "mu -> infinity: |theta_0|^2 in the target's norm, p mean tau_0 b_0^2."
    signal = 100 * float(sum(w * dict(zip(three_atoms(K).variables, values, strict=True))[tau0]
                             * dict(zip(three_atoms(K).variables, values, strict=True))[coordinate(0)]**2
                             for values, w in three_atoms(K).points))
    assert formula(K, "ridge")(**{**point_of(K), "mu": 1e13}) == pytest.approx(signal, rel=1e-9)
    assert value(formula(K, "ridge", "variance"), point_of(K, mu=1e13)) < 1e-20


@pytest.mark.parametrize("regime", ["ridge", "min_norm", "ols"])
@pytest.mark.parametrize("K", [1, 2, 3])
def test_it_is_that_of_matrices(K, regime):
    "The dense equivalent of the law's eigenvalues written out, p = 100: twelve digits of R, B and V, and of the gains."
    point = point_of(K, regime)
    law, each = point["H"], range(1, K + 1)
    many_of = [int(100 * w) for _, w in law.points]
    spread = {v: np.repeat(law.columns[v], many_of) for v in law.variables}
    fit = equivalent([np.diag(spread[eigenvalue(k)]) for k in each], [point[f"n{k}"] for k in each], mu=float(point.get("mu", 0)),
                     weights=[float(point.get(f"weight{k}", 1)) for k in each])
    risk = fit.risk(np.array([spread[coordinate(k)] for k in each]), np.array([float(point[f"sigma{k}_sq"]) for k in each]),
                    np.diag(spread[tau0]), spread[coordinate(0)])
    found = [value(formula(K, regime, part), point) for part in ("risk", "bias", "variance")]
    assert found == pytest.approx([risk.value, risk.bias, risk.variance], rel=1e-12)


@pytest.mark.parametrize(("sizes", "p", "spectra", "mu", "variance", "bias", "rel"), [
    ((100, 100), 300, ((4, 1, .3), (.5, 2, 1)), 100.0, .39467706, .51043061, 2e-8),
    ((300, 200), 300, ((4, 1, .3), (.5, 2, 1)), 500.0, .13739370, .39809785, 4e-8),
    ((100, 100), 300, ((1, 1, 1), (1, 1, 1)), 20.0, .99120227, .35784644, 2e-8),
    ((300, 200), 300, ((4, 1, .3), (.5, 2, 1)), .5, 1.6966328, 1.98048858e-5, 1e-7),
    ((100, 100), 600, ((4, 1, .3), (.5, 2, 1)), 2e-6, .4423918766, .7811176367, 2e-10),
    ((100, 100), 600, ((4, 1, .3), (.5, 2, 1)), 2e-2, .4423401408, .7811176376, 2e-10)])
def test_published_ridge_values(sizes, p, spectra, mu, variance, bias, rel):
    "Design shift of the public code at mu = n lambda, sigma = 1, |theta|^2 = 1 spread evenly; where it stops early, the right values."
    columns = [*spectra, spectra[1], *[(1 / np.sqrt(p),) * 3] * 3]
    law = Empirical(dict(zip(NAMES, map(np.array, columns), strict=True)))
    point = {"n1": sizes[0], "n2": sizes[1], "p": p, "mu": mu, "H": law, "sigma1_sq": 1, "sigma2_sq": 1}
    assert value(many.ridge_variance_of_2, point) == pytest.approx(variance, rel=rel)
    assert value(many.ridge_bias_of_2, point) == pytest.approx(bias, rel=rel)


def test_isotropic_ridge_is_the_earlier_theorem():
    "One atom, two samples whose coefficients differ: the quadratic's root, cross term and all."
    law = Atoms({(1, 1, 1, "1/5", "1/10", "1/10"): 1}, of=NAMES)
    sizes = {"n1": 40, "n2": 30, "p": 100, "mu": 10.0, "sigma1_sq": 1.0, "sigma2_sq": 2.0}
    gram = {"theta_sq": 1.0, "delta_sq": 1.0, "cross": 1.0}
    assert many.ridge_risk_of_2(H=law, **sizes) == pytest.approx(isotropic_ridge.ridge_risk(**sizes, **gram), rel=1e-13)
    weights = {"source_weight": 2.0, "target_weight": 0.5}
    assert many.ridge_risk_of_2(H=law, weight1=2.0, weight2=0.5, **sizes) == pytest.approx(
        weighted_ridge.weighted_ridge_risk(**sizes, **gram, **weights), rel=1e-12)


def test_more_weight_on_a_sample_listens_to_it_more():
    "A sample whose coefficients are the target's and whose rows are quiet: weight on it brings the risk down, on the other up."
    law = Atoms({(3, 1, 1, "1/5", "1/10", "1/10"): "1/2", (1, 2, 2, "-1/5", "1/10", "1/10"): "1/2"}, of=NAMES)
    base = point_of(2, "ols", sigma1_sq=4, sigma2_sq=0.1, H=law, weight1=1, weight2=1)
    quiet, loud = ([many.ols_risk_of_2(**{**base, name: w}) for w in (0.25, 1, 4)] for name in ("weight2", "weight1"))
    assert quiet[0] > quiet[1] > quiet[2] and loud[0] < loud[1] < loud[2]


@pytest.mark.parametrize("regime", ["ridge", "min_norm", "ols"])
def test_a_common_unit_changes_nothing(regime):
    "Eigenvalues of samples and penalty times 1e9 (and so mu's): the risk on the same target is that of smaller coefficients' noise."
    point = point_of(2, regime)
    law, factor = point["H"], 10**9
    scaled = Atoms({(*(v * factor if s in (eigenvalue(1), eigenvalue(2), tau0) else v for s, v in zip(law.variables, values, strict=True)),
                     factor): w for values, w in law.points}, of=(*law.variables, tau_omega))
    noises = {f"sigma{k}_sq": float(point[f"sigma{k}_sq"]) * factor for k in (1, 2)}
    found = formula(2, regime)(**{**point, "H": scaled, **noises})
    assert found == pytest.approx(factor * formula(2, regime)(**point), rel=1e-12)


def test_four_and_five_samples():
    "K is any number: five samples of one kind are one of all the rows."
    law = Atoms({(*[2] * 5, 3, *["1/10"] * 6): 1}, of=(*map(eigenvalue, range(1, 6)), tau0, *map(coordinate, (1, 2, 3, 4, 5, 0))))
    one = Atoms({(2, 3, "1/10", "1/10"): 1}, of=(eigenvalue(1), tau0, coordinate(1), coordinate(0)))
    five = many.multi_source(5).formula("ridge_risk_of_5")
    sizes = {f"n{k}": 10 + k for k in range(1, 6)}
    found = five(p=200, mu=30, H=law, **sizes, **{f"sigma{k}_sq": 1 for k in range(1, 6)})
    assert found == pytest.approx(many.ridge_risk_of_1(p=200, mu=30, H=one, n1=sum(sizes.values()), sigma1_sq=1), rel=1e-12)


def test_at_the_peak_only_ridge_has_a_value():
    "n = p: refused without a penalty, on either side; with one it is finite."
    point = {**point_of(2), "n1": 60, "n2": 40}
    assert 0 < many.ridge_risk_of_2(**point) < 100
    free = {name: value for name, value in point.items() if name not in ("mu", "weight1", "weight2")}
    with pytest.raises(DomainError, match="n1 . n2 < p"):
        many.min_norm_risk_of_2(**free)
    with pytest.raises(DomainError, match="n1 . n2 > p"):
        many.ols_risk_of_2(**free)


def test_a_law_must_speak_of_all_that_is_needed():
    "Coordinates that are missing are named."
    bare = Atoms({(1, 1, 1): 1}, of=(eigenvalue(1), eigenvalue(2), tau0))
    assert many.ridge_variance_of_2(**{**point_of(2), "H": bare}) > 0
    with pytest.raises(ArgumentError, match="b"):
        many.ridge_risk_of_2(**{**point_of(2), "H": bare})
