"""The dense equivalents, against 80-digit reference values, an independent solution in mpmath, and their identities."""

import pickle
from math import fsum

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symrisk.equivalents.dense import equivalent
from symrisk.errors import ArgumentError, DomainError, NotConverged

S1 = np.array([[2, 0.5, 0, 0, 0.25, 0], [0.5, 1, 0.25, 0, 0, 0], [0, 0.25, 3, 0.5, 0, 0], [0, 0, 0.5, 1.5, 0, 0.25],
               [0.25, 0, 0, 0, 0.75, 0], [0, 0, 0, 0.25, 0, 1]])
S2 = np.array([[1, 0, 0.5, 0, 0, 0.25], [0, 2.5, 0, 0.75, 0, 0], [0.5, 0, 1, 0, 0.25, 0], [0, 0.75, 0, 1, 0, 0],
               [0, 0, 0.25, 0, 2, 0.5], [0.25, 0, 0, 0, 0.5, 1.25]])
S0 = np.array([[1.5, 0.25, 0, 0, 0, 0.5], [0.25, 1, 0, 0, 0.25, 0], [0, 0, 2, 0.25, 0, 0], [0, 0, 0.25, 0.5, 0, 0],
               [0, 0.25, 0, 0, 1, 0], [0.5, 0, 0, 0, 0, 1]])
THETA = np.array([[1, 0.5, -0.25, 0, 0.75, 0.25], [0.75, 0.5, 0, 0.25, 0.5, -0.5]])
FIT, ON = (THETA, [1, 0.5]), (S0, THETA[1])
CASES = {"P10": dict(sizes=[2, 1.5]), "P11": dict(sizes=[4, 5], mu=1.5, weights=[1, 2]), "P12": dict(sizes=[9, 7], weights=[1, 3])}
VALUES = {("P10", "value"): 1.894369687895521821011196, ("P10", "variance"): 0.8982797120833271543387432,
          ("P10", "bias"): 0.9960899758121946666724530, ("P11", "value"): 0.8106020472582875005363546,
          ("P12", "value"): 0.6883955930078276032514144}
SEEDS = given(seed=st.integers(0, 2**32 - 1))
REGIMES = pytest.mark.parametrize("regime", ["ridge", "ridgeless", "ols"])


def close(a, b, within=1e-12):
    np.testing.assert_allclose(a, b, rtol=within, atol=0)


# Reference values

@pytest.mark.parametrize(("case", "part"), VALUES)
def test_reference_values(case, part):
    "Non-commuting, from an 80-digit solve that was confirmed by a difference in the penalty eta: all digits of a double."
    close(getattr(equivalent([S1, S2], **CASES[case]).risk(*FIT, *ON), part), VALUES[case, part], 2e-14)


def test_reference_scales():
    "Of the ridgeless case."
    close(equivalent([S1, S2], **CASES["P10"]).scales, [0.5622604909710889241282724, 0.4308122902037798440944295], 2e-14)


# An independent solution: the same system in mpmath, by plain Newton and a plain linear solve, from the answer nearby

def exact(array):
    return mp.matrix(np.asarray(array, float).tolist())


def trace(matrix):
    return mp.fsum(matrix[i, i] for i in range(matrix.rows))


def norm(matrix, vector):
    return (vector.T * matrix * vector)[0]


def mp_scales(covariances, sizes, plus, leaks, near):
    """c with c_k tr(S_k Q) + c_k leak_k = n_k, Q = (plus + sum c_k S_k)^{-1}; (c, Q, D - J)."""
    c, K = [mp.mpf(x) for x in near], len(sizes)
    for _ in range(6):
        Q = sum((c_k * S for c_k, S in zip(c, covariances, strict=True)), plus) ** -1
        seen = [S * Q for S in covariances]
        gaps = mp.matrix([trace(seen[k]) + leaks[k] - sizes[k] / c[k] for k in range(K)])
        slopes = mp.matrix(K, K)
        for k in range(K):
            for other in range(K):
                slopes[k, other] = (sizes[k] / c[k] ** 2 if k == other else 0) - trace(seen[k] * seen[other])
        step = mp.lu_solve(slopes, gaps)
        c = [a - b for a, b in zip(c, step, strict=True)]
    assert max(abs(s / a) for s, a in zip(step, c, strict=True)) < mp.mpf(10) ** (20 - mp.mp.dps)
    return c, sum((c_k * S for c_k, S in zip(c, covariances, strict=True)), plus) ** -1, slopes


def mp_inputs(regime, covariances, sizes, mu=0.0, weights=None, penalty=None):
    p, K = len(covariances[0]), len(sizes)
    penalty = exact(np.eye(p) if penalty is None else penalty)
    plus = penalty * {"ridge": mp.mpf(mu), "ridgeless": 1, "ols": 0}[regime]
    leaks = [0] * K if regime == "ridgeless" else [1 / mp.mpf(float(w)) for w in (np.ones(K) if weights is None else weights)]
    return [exact(S) for S in covariances], [mp.mpf(float(n)) for n in sizes], plus, leaks


def mp_risk(fit, given, coefficients, noise, target, point):
    """R = b_0 + sum g_k (sigma_k^2 + b_k), as it is written."""
    covariances, sizes, plus, leaks = mp_inputs(fit.regime, **given)
    c, Q, slopes = mp_scales(covariances, sizes, plus, leaks, fit.scales.tolist())
    target, point, thetas = exact(target), exact(point), [exact(t) for t in coefficients]
    g = mp.lu_solve(slopes, mp.matrix([trace(S * Q * target * Q) for S in covariances]))
    mean = Q * sum((c_k * S * t for c_k, S, t in zip(c, covariances, thetas, strict=True)), 0 * point)
    biases = [norm(S, mean - t) for S, t in zip(covariances, thetas, strict=True)]
    value = norm(target, mean - point) + mp.fsum(g[k] * (mp.mpf(float(noise[k])) + biases[k]) for k in range(len(c)))
    return value, list(g), c


def psd(rng, p, decades=1.0):
    basis = np.linalg.qr(rng.normal(size=(p, p)))[0]
    matrix = (basis * 10 ** rng.uniform(-decades / 2, decades / 2, p)) @ basis.T
    return (matrix + matrix.T) / 2


def drawn(seed, regime, p=None, K=None, nearest=-9):
    """What `equivalent` takes, and a fit and a target for `risk`: full rank, n/p - 1 down to 10^nearest."""
    rng = np.random.default_rng(seed)
    p, K = p or int(rng.integers(2, 7)), K or int(rng.integers(1, 4))
    room, shares = 10 ** rng.uniform(nearest, 0), rng.dirichlet(np.ones(K))
    n, mu = {"ridgeless": (p - min(room, p / 2), 0.0), "ols": (p + room, 0.0),
             "ridge": (p * rng.uniform(0.2, 2), 10 ** rng.uniform(-9, 3))}[regime]
    given = dict(covariances=[psd(rng, p) for _ in range(K)], sizes=shares * n, mu=mu, weights=np.exp(rng.uniform(-3, 3, K)),
                 penalty=psd(rng, p))
    return given, (rng.normal(size=(K, p)), rng.uniform(0, 2, K)), (psd(rng, p), rng.normal(size=p))


@REGIMES
@SEEDS
def test_agrees_with_the_system_in_fifty_digits(regime, seed):
    "Scales, g and risk, forward and adjoint, with p - n down to 1e-9: near p = n no digit is lost."
    given, fit, on = drawn(seed, regime)
    found = equivalent(**given)
    with mp.workdps(60):
        value, g, c = mp_risk(found, given, *fit, *on)
        risk = found.risk(*fit, *on)
        close(found.scales, [float(x) for x in c], 1e-13)
        close(risk.g, [float(x) for x in g], 1e-13)
        close([risk.value, found.trained(*fit).risk(*on).value], float(value), 1e-13)


@REGIMES
@SEEDS
def test_the_risk_is_the_slope_of_the_penalised_minimum(regime, seed):
    "M(eta) = min of sum c_k(eta) (sigma_k^2 + |theta - theta_k|^2) + the penalties: nothing of second order in it."
    given, fit, on = drawn(seed, regime, p=4, K=2, nearest=-3)
    found = equivalent(**given)
    with mp.workdps(80):
        covariances, sizes, plus, leaks = mp_inputs(found.regime, **given)
        target, point, thetas = exact(on[0]), exact(on[1]), [exact(t) for t in fit[0]]

        def minimum(eta):
            c, Q, _ = mp_scales(covariances, sizes, plus + eta * target, leaks, found.scales.tolist())
            theta = Q * sum((c_k * S * t for c_k, S, t in zip(c, covariances, thetas, strict=True)), eta * target * point)
            fits = mp.fsum(c[k] * (mp.mpf(float(fit[1][k])) + norm(covariances[k], theta - thetas[k])) for k in range(len(c)))
            return fits + norm(plus, theta) + eta * norm(target, theta - point)

        # far below the least penalty that is drawn: the error is the square of their ratio
        step = mp.mpf(10) ** -24 / max(trace(target), 1)
        slope = (minimum(step) - minimum(-step)) / (2 * step)
    close(found.risk(*fit, *on).value, float(slope))


@SEEDS
@REGIMES
def test_commuting_covariances_in_any_basis(regime, seed):
    "Rotated, as they stand, and the diagonal system itself in forty digits."
    rng = np.random.default_rng(seed)
    p, K = 12, 2
    tables, om, target = 10 ** rng.uniform(-1, 1, (K, p)), 10 ** rng.uniform(-1, 1, p), 10 ** rng.uniform(-1, 1, p)
    sizes, mu = {"ridgeless": ([7, 4.9], 0.0), "ols": ([7, 5.1], 0.0), "ridge": ([7, 5], 0.01)}[regime]
    thetas, point, noise = rng.normal(size=(K, p)), rng.normal(size=p), rng.uniform(0, 2, K)
    basis = np.linalg.qr(rng.normal(size=(p, p)))[0]
    straight = equivalent([np.diag(row) for row in tables], sizes, mu, penalty=np.diag(om))
    turned = equivalent([(basis * row) @ basis.T for row in tables], sizes, mu, penalty=(basis * om) @ basis.T)
    value = straight.risk(thetas, noise, np.diag(target), point).value
    close(turned.scales, straight.scales, 1e-13)
    close(turned.risk(thetas @ basis.T, noise, (basis * target) @ basis.T, basis @ point).value, value, 1e-13)
    with mp.workdps(40):
        expected, c = diagonal_risk(straight, tables, sizes, mu, om, thetas, noise, target, point)
        close(straight.scales, [float(x) for x in c], 1e-14)
        close(value, float(expected), 1e-14)


def diagonal_risk(near, tables, sizes, mu, om, thetas, noise, target, point):
    """The system by coordinates, K = 2."""
    rows, p = [[mp.mpf(float(x)) for x in row] for row in tables], len(om)
    base = [mp.mpf(float(x)) * {"ridge": mp.mpf(mu), "ridgeless": 1, "ols": 0}[near.regime] for x in om]
    leak, n = 0 if near.regime == "ridgeless" else 1, [mp.mpf(x) for x in sizes]

    def q(c):
        return [1 / (base[i] + sum(c[k] * rows[k][i] for k in (0, 1))) for i in range(p)]

    def equations(*c):
        return [c[k] * mp.fsum(a * b for a, b in zip(rows[k], q(c), strict=True)) + c[k] * leak - n[k] for k in (0, 1)]

    c = list(mp.findroot(equations, [mp.mpf(x) for x in near.scales.tolist()]))
    Q, target = q(c), [mp.mpf(float(x)) for x in target]
    J = mp.matrix(2, 2)
    for k in (0, 1):
        for other in (0, 1):
            J[k, other] = (n[k] / c[k] ** 2 if k == other else 0) - mp.fsum(a * b * x * x for a, b, x in zip(rows[k], rows[other], Q, strict=True))
    g = mp.lu_solve(J, mp.matrix([mp.fsum(a * t * x * x for a, t, x in zip(rows[k], target, Q, strict=True)) for k in (0, 1)]))
    mean = [Q[i] * sum(c[k] * rows[k][i] * mp.mpf(float(thetas[k][i])) for k in (0, 1)) for i in range(p)]
    bias = [mp.fsum(rows[k][i] * (mean[i] - mp.mpf(float(thetas[k][i]))) ** 2 for i in range(p)) for k in (0, 1)]
    start = mp.fsum(target[i] * (mean[i] - mp.mpf(float(point[i]))) ** 2 for i in range(p))
    return start + sum(g[k] * (mp.mpf(float(noise[k])) + bias[k]) for k in (0, 1)), c


def test_one_dimension_short_of_interpolation():
    "p - n = 1 at kappa = 30, (450, 149, 600): an iteration reported 1/600, the bias alone, for 4668.9355."
    p, kappa = 600, 30
    spread = np.full((2, p), p**-0.5)
    fit = equivalent([np.diag(np.repeat([kappa, 1 / kappa], p // 2)), np.eye(p)], [450, 149])
    risk = fit.risk(spread, 1.0, np.eye(p), spread[0])
    with mp.workdps(40):                                     # alpha_2 = n_2/(p - n), alpha_1 = (p - n_1)/(p - n) x
        low, high = mp.mpf(1 / kappa), mp.mpf(kappa)
        x = mp.findroot(lambda x: (low * x / (1 + low * x) + high * x / (1 + high * x)) / 2 - mp.mpf(450) / p, 30)
        variance = (p - 450) * x + 149
    assert abs(float(variance) + 1 / p - 4668.9355) < 1e-4
    close(risk.variance, float(variance), 1e-14)
    close(risk.value, float(variance + mp.mpf(1) / p), 1e-14)
    close(risk.bias, 1 / p, 1e-13)


# Identities

@SEEDS
@REGIMES
def test_sum_rule(regime, seed):
    "Sum of n_k - c_k/w_k = p - mu tr(Omega Q); ridgeless tr(Omega P) = p - n: relative to p - n, which is down to 1e-9."
    given, *_ = drawn(seed, regime)
    fit, sizes, p = equivalent(**given), given["sizes"], len(given["penalty"])
    held = np.trace(given["penalty"] @ fit.resolvent)
    if regime == "ridgeless":
        close(held, fsum([p, *-sizes]), 1e-12)
    elif regime == "ols":
        close(np.sum(fit.scales / given["weights"]), fsum([-p, *sizes]), 1e-12)
    else:
        close(np.sum(sizes - fit.scales / given["weights"]) + given["mu"] * held, p, 1e-12)


@SEEDS
def test_the_penalty_as_target_gives_the_scales(seed):
    "Ridgeless with Sigma_0 = Omega: g = alpha, to a few ulps with p - n down to 1e-9; with one theta, B = theta' Omega P Omega theta."
    given, (thetas, noise), _ = drawn(seed, "ridgeless")
    fit, omega, theta = equivalent(**given), given["penalty"], thetas[0]
    risk = fit.risk(np.tile(theta, (len(thetas), 1)), noise, omega, theta)
    close(risk.g, fit.scales, 1e-13)
    close(risk.variance, noise @ fit.scales, 1e-13)
    close(risk.bias, theta @ omega @ fit.resolvent @ omega @ theta, 1e-11)


@SEEDS
@REGIMES
def test_weights_of_inverse_variance(regime, seed):
    "V = tr(Sigma_0 Q) - mu (tr Sigma_0 Q Omega Q + sum g_k tr Sigma_k Q Omega Q) for w_k = 1/sigma_k^2."
    if regime == "ridgeless":
        return
    given, (thetas, noise), (target, point) = drawn(seed, regime, nearest=-2)
    noise = noise + 0.1
    fit = equivalent(**{**given, "weights": 1 / noise})
    risk, Q, omega = fit.risk(thetas, noise, target, point), fit.resolvent, given["penalty"]
    lost = given["mu"] * (np.trace(target @ Q @ omega @ Q) + sum(
        g * np.trace(S @ Q @ omega @ Q) for g, S in zip(risk.g, given["covariances"], strict=True)))
    close(risk.variance + lost, np.trace(target @ Q), 1e-12)


@SEEDS
@REGIMES
def test_equal_covariances_share_by_size(regime, seed):
    "c_k and g_k are proportional to n_k at equal weights, and the variance depends on n alone."
    given, (thetas, _), on = drawn(seed, regime, K=3)
    same = {**given, "covariances": [given["covariances"][0]] * 3, "weights": None}
    fit = equivalent(**same)
    risk = fit.risk(thetas, 1.0, *on)
    close(fit.scales / fit.scales[0], given["sizes"] / given["sizes"][0], 1e-13)
    close(risk.g / risk.g[0], given["sizes"] / given["sizes"][0], 1e-13)
    whole = equivalent(**{**same, "covariances": same["covariances"][:1], "sizes": [given["sizes"].sum()]}) if regime == "ridge" else None
    if whole:
        close(whole.risk(thetas[:1], 1.0, *on).variance, risk.variance, 1e-12)


@SEEDS
@REGIMES
def test_splitting_a_source_changes_nothing(regime, seed):
    "Two halves of a sample are the sample; a source without rows is none."
    given, (thetas, noise), on = drawn(seed, regime, nearest=-3)
    value = equivalent(**given).risk(thetas, noise, *on).value
    sizes = given["sizes"]
    split = {**given, "covariances": [given["covariances"][0], *given["covariances"]], "weights": [given["weights"][0], *given["weights"]],
             "sizes": [sizes[0] / 4, sizes[0] * 3 / 4, *sizes[1:]]}
    twice = [thetas[0], *thetas], [noise[0], *noise]
    close(equivalent(**split).risk(*twice, *on).value, value, 1e-11)
    empty = equivalent(**{**split, "sizes": [0, *sizes]})
    risk = empty.risk([thetas[0] + 9, *thetas], [7.0, *noise], *on)
    assert (empty.scales[0], risk.g[0], risk.value) == (0, 0, value)


@SEEDS
@REGIMES
def test_scales_are_exact(regime, seed):
    "Sigma by 2^300, (w, mu) by 2^-400, Omega by 2^100 against mu: the same digits; the risk is that of the rescaled problem."
    given, (thetas, noise), (target, point) = drawn(seed, regime)
    fit = equivalent(**given)
    risk = fit.risk(thetas, noise, target, point)
    big = equivalent(**{**given, "covariances": [np.ldexp(S, 300) for S in given["covariances"]], "weights": np.ldexp(given["weights"], -300)})
    np.testing.assert_array_equal(np.ldexp(big.scales, 300), fit.scales)
    np.testing.assert_array_equal(big.resolvent, fit.resolvent)
    assert big.risk(thetas, np.ldexp(noise, 300), np.ldexp(target, 300), point).value == np.ldexp(risk.value, 300)
    light = equivalent(**{**given, "weights": np.ldexp(given["weights"], -400), "mu": np.ldexp(given["mu"], -400)})
    np.testing.assert_array_equal(light.scales, fit.scales if regime == "ridgeless" else np.ldexp(fit.scales, -400))
    assert light.risk(thetas, noise, target, point).value == risk.value
    other = equivalent(**{**given, "mu": np.ldexp(given["mu"], -100), "penalty": np.ldexp(given["penalty"], 100)})
    assert other.risk(thetas, noise, target, point).value == risk.value
    odd = equivalent(**{**given, "covariances": [3e-200 * S for S in given["covariances"]], "weights": given["weights"] / 3e-200})
    close(odd.risk(thetas, 3e-200 * noise, target, point).value, risk.value, 1e-11)


@SEEDS
@REGIMES
def test_rotations_change_nothing(regime, seed):
    "Of all matrices and coefficients."
    given, (thetas, noise), (target, point) = drawn(seed, regime, nearest=-3)
    p = len(point)
    basis = np.linalg.qr(np.random.default_rng(seed).normal(size=(p, p)))[0]
    turned = {**given, "covariances": [basis @ S @ basis.T for S in given["covariances"]], "penalty": basis @ given["penalty"] @ basis.T}
    found = equivalent(**turned).risk(thetas @ basis.T, noise, basis @ target @ basis.T, basis @ point)
    close(found.value, equivalent(**given).risk(thetas, noise, target, point).value, 1e-12)


@SEEDS
def test_an_overwhelming_penalty_leaves_zero(seed):
    "R -> |theta_0|^2 in Sigma_0, with one theta from above or below by O(1/mu)."
    given, fit, (target, point) = drawn(seed, "ridge")
    found = equivalent(**{**given, "mu": 1e300}).risk(*fit, target, point)
    close(found.value, point @ target @ point, 1e-12)


@SEEDS
def test_least_squares_is_unbiased(seed):
    "B = 0, exactly, where all coefficients agree."
    given, (thetas, noise), (target, _) = drawn(seed, "ols")
    assert equivalent(**given).risk(np.tile(thetas[0], (len(thetas), 1)), noise, target, thetas[0]).bias == 0


def test_the_best_isotropic_penalty_is_stationary():
    "Bayes: with w_k = 1/sigma_k^2, mu = p/|theta|^2 and one theta the risk does not change in mu."
    p, theta, noise = 8, np.full((2, 8), 0.7), np.array([0.5, 2.0])
    best = p / np.sum(theta[0] ** 2)

    def risk(mu):
        return equivalent([np.eye(p)] * 2, [3, 7], mu, 1 / noise).risk(theta, noise, np.eye(p), theta[0]).value

    assert abs(risk(best * (1 + 1e-4)) - risk(best * (1 - 1e-4))) < 1e-9 * risk(best) < risk(best * 1.1) - risk(best)


# What a fit says of its own samples, and second order

@SEEDS
@REGIMES
def test_source_risks_are_risks_on_sources(regime, seed):
    "risk_k is the risk with source k as target, s_k = c_k^2/n_k (sigma_k^2 + risk_k), and the residuals follow."
    given, (thetas, noise), on = drawn(seed, regime)
    fit = equivalent(**given)
    trained = fit.trained(thetas, noise)
    as_targets = [fit.risk(thetas, noise, S, theta).value for S, theta in zip(given["covariances"], thetas, strict=True)]
    close(trained.source_risks, as_targets, 1e-12)
    close(trained.leave_one_out_residuals, noise + trained.source_risks, 1e-15)
    close(trained.s, fit.scales**2 / given["sizes"] * (noise + trained.source_risks), 1e-12)
    kept = 0 if regime == "ridgeless" else (fit.scales / given["weights"] / given["sizes"]) ** 2
    close(trained.training_residuals, kept * trained.leave_one_out_residuals, 1e-12)
    forward, adjoint = fit.risk(thetas, noise, *on), trained.risk(*on)
    close([adjoint.value, adjoint.bias, adjoint.variance], [forward.value, forward.bias, forward.variance], 1e-13)
    np.testing.assert_array_equal(adjoint.g, forward.g)
    np.testing.assert_array_equal(adjoint.mean_coefficients, forward.mean_coefficients)


@REGIMES
def test_a_source_without_rows_still_has_a_risk(regime):
    "Its population is a target like any other; its residual is what a first row's would be."
    sizes, mu = {"ridge": ([4, 0], 1.5), "ridgeless": ([2, 0], 0.0), "ols": ([9, 0], 0.0)}[regime]
    fit, few = equivalent([S1, S2], sizes, mu), equivalent([S1, S2], [sizes[0], 1e-9], mu)
    trained = fit.trained(*FIT)
    close(trained.source_risks[1], fit.risk(*FIT, S2, THETA[1]).value)
    assert trained.s[1] == 0
    close(trained.training_residuals, few.trained(*FIT).training_residuals, 1e-8)


@SEEDS
@REGIMES
def test_second_order_is_linear(regime, seed):
    "In symmetric matrices of any signature; of Sigma_0 it is the g of a risk; where ridgeless, of Omega the scales."
    given, fit, (target, point) = drawn(seed, regime, nearest=-3)
    found, rng = equivalent(**given), np.random.default_rng(seed)
    other = rng.normal(size=target.shape)
    other = other + other.T
    close(found.second_order(target), found.risk(*fit, target, point).g, 1e-14)
    parts = found.second_order(target), found.second_order(other)
    np.testing.assert_allclose(found.second_order(target - 2 * other), parts[0] - 2 * parts[1], rtol=1e-11,
                               atol=1e-12 * np.abs(found.second_order(np.eye(len(point)))).max() * np.abs(other).max())


def test_without_any_rows():
    "The estimate is zero, the risk |theta_0|^2 in Sigma_0."
    for mu in (0, 3):
        risk = equivalent([S1, S2], [0, 0], mu).risk(*FIT, *ON)
        close(risk.value, THETA[1] @ S0 @ THETA[1], 1e-14)
        assert risk.variance == 0 and not risk.g.any()


def test_answers_are_frozen_and_pickle():
    "Nothing in them can be written to."
    fit = equivalent([S1, S2], [2, 1.5])
    again = pickle.loads(pickle.dumps(fit))
    assert again.risk(*FIT, *ON).value == fit.risk(*FIT, *ON).value
    for array in (fit.scales, fit.resolvent, fit.risk(*FIT, *ON).g, fit.trained(*FIT).s, fit.second_order(S0)):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(AttributeError):
        fit.scales = 1


def test_inputs_are_left_alone():
    "Solving works on copies, and later changes of an input do not reach the answer."
    covariances, thetas = np.stack([S1, S2]), THETA.copy()
    fit = equivalent(covariances, [2, 1.5])
    trained = fit.trained(thetas, [1, 0.5])
    value = trained.risk(*ON).value
    covariances[:], thetas[:] = 9, 9
    assert fit.risk(*FIT, *ON).value == equivalent([S1, S2], [2, 1.5]).risk(*FIT, *ON).value
    assert trained.risk(*ON).value == value


# Edges

def of_rank(rank, p, seed=0):
    half = np.random.default_rng(seed).normal(size=(p, rank))
    return half @ half.T


LOW, WIDE = of_rank(3, 10), of_rank(10, 10, 1)


@pytest.mark.parametrize("sizes", [(2.9, 6), (2.99, 6), (20, 7.1), (20, 7.01)])
def test_a_rank_condition_that_holds(sizes):
    "A source of rank 3 in ten dimensions: the interpolator has 2.9 of its rows, least squares needs 7.1 of the others."
    fit = equivalent([LOW, WIDE], sizes)
    assert fit.residual <= 1e-12 and fit.correction <= 1e-10
    assert equivalent([LOW, WIDE], [3.1, 2], 1e-3).residual <= 1e-12                  # with a penalty, always


@pytest.mark.parametrize("mu", [1e-2, 1e-6, 1e-10])
@pytest.mark.parametrize("sizes", [(3, 4, 3), (9.1, 2.2, 1), (2.5, 9, 4), (20, 3.1, 2)])
def test_little_penalty_and_low_rank(sizes, mu):
    "More rows than rank, fewer than p, and next to no penalty: Q has entries of size 1 and 1/mu, and the digits of each."
    halves = [np.random.default_rng(seed).integers(-3, 4, (8, rank)).astype(float) for seed, rank in enumerate([3, 4, 8])]
    given = dict(covariances=[half @ half.T for half in halves], sizes=sizes, mu=mu)                 # of that rank exactly
    fit, thetas = equivalent(**given), np.random.default_rng(5).normal(size=(3, 8))
    with mp.workdps(60):
        value, g, c = mp_risk(fit, given, thetas, np.ones(3), np.eye(8), thetas[1])
        close(fit.scales, [float(x) for x in c], 1e-12)
        close(fit.risk(thetas, 1.0, np.eye(8), thetas[1]).value, float(value), 1e-12)


@pytest.mark.parametrize("room", [1e-3, 1e-9, 1e-15])
def test_the_peak_from_both_sides(room):
    "(p - n) R has one limit from both sides, and a penalty of 1e-300 at n = p a finite risk."
    below, above = (equivalent([S1, S2], [4, 2 + side * room]).risk(*FIT, *ON).value * abs(2 + side * room - 2) for side in (-1, 1))
    assert abs(below / above - 1) < 10 * room + 1e-13
    assert np.isfinite(equivalent([S1, S2], [4, 2], 1e-300).risk(*FIT, *ON).value)


def test_disjoint_sources():
    "Each in its own coordinates is a problem of its own: alpha_k = n_k/(rank_k - n_k)."
    masks = [np.diag(np.repeat(pair, [4, 6])) for pair in ([1.0, 0.0], [0.0, 1.0])]
    close(equivalent(masks, [3, 1]).scales, [3 / 1, 1 / 5], 1e-14)
    with pytest.raises(NotConverged, match="estimated relative error of the scales"):
        equivalent(masks, [4 - 1e-9, 1])                          # 4 - n_1 is seen to seven digits only


def spoilt(place, value, matrix=S1):
    matrix = np.array(matrix)
    matrix[place] = value
    return matrix


def fitted(**changed):
    return lambda: equivalent(**{"covariances": [S1, S2], "sizes": [2, 1.5], **changed})


def predicted(*changed):
    arguments = [THETA, [1, 0.5], S0, THETA[1]]
    for place, value in changed:
        arguments[place] = value
    return lambda: equivalent([S1, S2], [2, 1.5]).risk(*arguments)


def asked(call):
    return lambda: call(equivalent([S1, S2], [2, 1.5]))


nan, inf, lopsided = np.nan, np.inf, spoilt((0, 1), 0.6)
indefinite = spoilt((0, 0), -2)
BAD = {
    "a rank too small, ridgeless": (lambda: equivalent([LOW, WIDE], [3.1, 2]), DomainError, r"ridgeless.*sizes\[0\] < rank .* 3.1 against 3"),
    "a rank met exactly": (lambda: equivalent([LOW, WIDE], [3, 2]), DomainError, "3.0 against 3"),
    "a rank too small, ols": (lambda: equivalent([LOW, WIDE], [20, 6.9]), DomainError, r"ols.*sizes\[1\] > .* 6.9 against 10 - 3"),
    "two ranks too small": (lambda: equivalent([LOW, LOW, WIDE], [2, 2, 1]), DomainError, r"sizes\[0\] \+ sizes\[1\] < .* 4.0 against 3"),
    "a pair in ols": (lambda: equivalent([LOW, WIDE, WIDE], [20, 3, 3.5]), DomainError, r"sizes\[1\] \+ sizes\[2\] > .* 6.5 against 10 - 3"),
    "a direction nobody sees": (lambda: equivalent([LOW, LOW], [20, 20]), DomainError, "rank of the sum of all covariances = p fails: 3 of 10"),
    "interpolation of a blind direction": (lambda: equivalent([LOW], [5]), DomainError, "5.0 against 3"),
    "a zero matrix, ridgeless": (fitted(covariances=[S1, 0 * S2]), DomainError, r"sizes\[1\] < rank of covariances\[1\] fails: 1.5 against 0"),
    "zero matrices, ols": (fitted(covariances=[0 * S1, 0 * S2], sizes=[9, 9]), DomainError, "0 of 6"),
    "zero eigenvalues": (fitted(covariances=[np.diag([1.0, 0, 0, 0, 0, 0]), S2]), DomainError, "2.0 against 1"),
    "nearly a rank": (lambda: equivalent([LOW, WIDE], [3 - 1e-12, 2]), NotConverged, "relative error of the scales"),
    "mixed, next to no penalty": (lambda: equivalent([LOW, WIDE], [3.1, 2], 1e-300), NotConverged, "ridge.*residual"),
    "n = p": (fitted(sizes=[4, 2]), DomainError, "n=p=6"), "n = p, one source": (fitted(sizes=[0, 6]), DomainError, "n=p=6"),
    "negative n": (fitted(sizes=[2, -1]), DomainError, r"sizes is not negative; not sizes\[1\] = -1"),
    "nan n": (fitted(sizes=[nan, 1]), DomainError, r"sizes\[0\] = nan"), "infinite n": (fitted(sizes=[1, inf]), DomainError, r"sizes\[1\] = inf"),
    "too few sizes": (fitted(sizes=[1]), DomainError, r"sizes .* 2 sources; not shape \(1,\)"), "one size": (fitted(sizes=1), DomainError, "sizes"),
    "text sizes": (fitted(sizes="12"), ArgumentError, "sizes='12'"), "complex sizes": (fitted(sizes=[1j, 1]), ArgumentError, "sizes"),
    "no sizes": (fitted(sizes=[]), DomainError, "sizes is an empty array"), "objects as sizes": (fitted(sizes=np.array([1, 2], object)), ArgumentError, "sizes"),
    "indefinite": (fitted(covariances=[S1, indefinite]), DomainError, r"covariances\[1\] is positive semidefinite; not with an eigenvalue -2"),
    "negative diagonal": (fitted(covariances=[-np.eye(6), S2]), DomainError, r"covariances\[0\].* eigenvalue -1"),
    "asymmetric": (fitted(covariances=[lopsided, S2]), DomainError, r"covariances\[0\] is symmetric.*0.6.* at \[0, 1\].*0.5.* at \[1, 0\]"),
    "nan": (fitted(covariances=[S1, spoilt((2, 3), nan)]), DomainError, r"covariances\[1\]\[2, 3\] = nan"),
    "inf": (fitted(covariances=[S1, spoilt((2, 3), -inf)]), DomainError, r"covariances\[1\]\[2, 3\] = -inf"),
    "another p": (fitted(covariances=[S1, np.eye(5)]), DomainError, r"covariances\[1\] has shape .*\(6, 6\); not \(5, 5\)"),
    "not square": (fitted(covariances=[S1[:, :5], S2]), DomainError, r"covariances\[0\] has shape"), "one matrix": (fitted(covariances=S1), DomainError, r"\(K, p, p\); not \(6, 6\)"),
    "a number": (fitted(covariances=2.0), DomainError, "covariances"), "no source": (fitted(covariances=[], sizes=[]), DomainError, "one source at least"),
    "no feature": (fitted(covariances=np.zeros((2, 0, 0))), DomainError, "empty"), "numbers": (fitted(covariances=[1.0, 2.0]), DomainError, r"covariances\[0\]"),
    "text": (fitted(covariances="S"), ArgumentError, "covariances='S'"), "a text inside": (fitted(covariances=[S1, "S"]), ArgumentError, r"covariances\[1\]='S'"),
    "complex": (fitted(covariances=[S1, S2 * 1j]), ArgumentError, r"covariances\[1\] is not made of real numbers"),
    "objects": (fitted(covariances=[S1, S2.astype(object)]), ArgumentError, r"covariances\[1\]"), "ragged": (fitted(covariances=[[[1, 2], [3]], S2]), ArgumentError, r"covariances\[0\]"),
    "booleans": (fitted(covariances=[np.eye(6, dtype=bool), S2]), ArgumentError, r"covariances\[0\]"), "None": (fitted(covariances=None), ArgumentError, "covariances=None"),
    "masked": (fitted(covariances=[np.ma.array(S1), S2]), ArgumentError, "masked"), "a generator": (fitted(covariances=(S for S in (S1, S2))), ArgumentError, "covariances"),
    "negative mu": (fitted(mu=-1), DomainError, "mu=-1"), "nan mu": (fitted(mu=nan), DomainError, "mu=nan"), "infinite mu": (fitted(mu=inf), DomainError, "mu=inf"),
    "mu as text": (fitted(mu="1"), ArgumentError, "mu='1'"), "mu True": (fitted(mu=True), ArgumentError, "mu=True"), "two mu": (fitted(mu=[1, 2]), DomainError, "mu is one number"),
    "complex mu": (fitted(mu=1j), ArgumentError, "mu=1j"), "no mu": (fitted(mu=None), ArgumentError, "mu=None"), "mu too large": (fitted(mu=10**400), DomainError, "mu is too large"),
    "weight zero": (fitted(mu=1, weights=[1, 0]), DomainError, r"weights is positive; not weights\[1\] = 0"), "negative weight": (fitted(mu=1, weights=[-1, 1]), DomainError, r"weights\[0\] = -1"),
    "negative weight, ridgeless": (fitted(weights=-1), DomainError, "weights"), "nan weight": (fitted(weights=[nan, 1]), DomainError, r"weights\[0\] = nan"),
    "too many weights": (fitted(weights=[1, 1, 1]), DomainError, r"weights .*\(3,\)"), "weights as text": (fitted(weights="w"), ArgumentError, "weights"),
    "weights beyond a double": (fitted(sizes=[9, 9], weights=[1e-200, 1e200]), NotConverged, "ols"),
    "a singular penalty": (fitted(penalty=np.diag([1.0, 1, 1, 1, 1, 0])), DomainError, "penalty is positive definite; its rank is 5"),
    "an indefinite penalty": (fitted(penalty=indefinite), DomainError, "penalty is positive semidefinite; not with an eigenvalue -2"),
    "an asymmetric penalty": (fitted(penalty=lopsided), DomainError, "penalty is symmetric"), "a penalty of another p": (fitted(penalty=np.eye(5)), DomainError, "penalty has shape"),
    "a penalty as number": (fitted(penalty=1.0), DomainError, "penalty has shape"), "a penalty with nan": (fitted(penalty=spoilt((0, 0), nan)), DomainError, r"penalty\[0, 0\] = nan"),
    "coefficients of one source": (predicted((0, THETA[0])), DomainError, r"coefficients has shape \(2, 6\); not \(6,\)"), "nan coefficients": (predicted((0, spoilt((1, 2), nan, THETA))), DomainError, r"coefficients\[1, 2\] = nan"),
    "coefficients as text": (predicted((0, "t")), ArgumentError, "coefficients='t'"), "negative noise": (predicted((1, [1, -1])), DomainError, r"noise is not negative; not noise\[1\] = -1"),
    "three noises": (predicted((1, [1, 1, 1])), DomainError, "noise"), "infinite noise": (predicted((1, inf)), DomainError, "noise=inf"), "complex noise": (predicted((1, [1j, 1])), ArgumentError, "noise"),
    "an indefinite target": (predicted((2, indefinite)), DomainError, "target_covariance is positive semidefinite"), "an asymmetric target": (predicted((2, lopsided)), DomainError, "target_covariance is symmetric"),
    "a target of another p": (predicted((2, np.eye(5))), DomainError, r"target_covariance has shape .*\(5, 5\)"), "a target with inf": (predicted((2, spoilt((0, 0), inf))), DomainError, r"target_covariance\[0, 0\] = inf"),
    "a short theta_0": (predicted((3, [1.0])), DomainError, "target_coefficients has shape"), "theta_0 with nan": (predicted((3, [nan] * 6)), DomainError, r"target_coefficients\[0\] = nan"),
    "a risk beyond a double": (predicted((3, [1e200] * 6)), DomainError, "the risk is too large for a float"), "a fit beyond a double": (asked(lambda fit: fit.trained(THETA * 1e200, 1)), DomainError, "the fit is too large"),
    "B asymmetric": (asked(lambda fit: fit.second_order(lopsided)), DomainError, "matrix is symmetric"), "B of another p": (asked(lambda fit: fit.second_order(np.eye(2))), DomainError, "matrix has shape"),
    "B as text": (asked(lambda fit: fit.second_order("B")), ArgumentError, "matrix='B'"), "scales beyond a double": (fitted(covariances=[S1 * 1e-308, S2 * 1e-308], penalty=np.eye(6) * 1e30), DomainError, "too large"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused(case):
    "By a named error that says the object, the rule and the first offender; never a number."
    call, error, says = BAD[case]
    with pytest.raises(error, match=says):
        call()
