"""Batches of problems with commuting covariances: one risk, against mpmath, dense matrices, reference values and its invariances."""

from fractions import Fraction
from itertools import product

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Problem

from symrisk import Atoms
from symrisk.equivalents.commuting import risks
from symrisk.equivalents.dense import equivalent
from symrisk.errors import ArgumentError, DomainError
from symrisk.theorems.transfer import covariate_shift


def SEEDS(test):
    "A few seeds: each draws a problem."
    return settings(max_examples=20)(given(seed=st.integers(0, 2**32 - 1))(test))


KINDS = ["ridgeless", "ols", "ridge"]
REGIMES = pytest.mark.parametrize("kind", KINDS)
CASE = dict(eigenvalues=[[1, 2, 0.5, 4], [3, 0.25, 1, 1], [1, 1, 2, 0.5]], multiplicities=[30, 20, 30, 20], sizes=[20, 30, 15],
            noises=[1, 0.5, 2], coefficients=[[0.1, 0.2, -0.1, 0], [0.15, 0.1, 0, 0.05], [0.1, 0.15, -0.05, 0.1]])


def close(a, b, within=1e-12):
    np.testing.assert_allclose(a, b, rtol=within, atol=0)


def drawn(seed, kind, K=None, C=4, spread=1.0, gap=None, mu=None):
    """One problem; eigenvalues between 10^-spread and 10^spread."""
    rng = np.random.default_rng(seed)
    K = K or int(rng.integers(1, 4))
    m = rng.integers(1, 60, C).astype(float)
    p = m.sum()
    room = gap if gap is not None else p * rng.uniform(0.05, 0.8)
    n = {"ridgeless": p - room, "ols": p + room, "ridge": p * rng.uniform(0.1, 3) if gap is None else p - room}[kind]
    sizes = n * rng.dirichlet(np.full(K, 2.0))
    sizes[-1] = n - sizes[:-1].sum()
    return dict(eigenvalues=10 ** rng.uniform(-spread, spread, (K, C)), multiplicities=m, sizes=sizes, target=10 ** rng.uniform(-1, 1, C),
                coefficients=rng.standard_normal((K, C)), target_coefficients=rng.standard_normal(C), noises=rng.uniform(0.1, 2, K),
                weights=1.0 if kind == "ridgeless" else np.exp(rng.uniform(-2, 2, K)), penalty=rng.uniform(0.5, 2, C),
                mu=(10 ** rng.uniform(-2, 2) if mu is None else mu) if kind == "ridge" else 0.0)


def solved(problem, dps=40):
    """(variance, bias, g, c) by the oracle."""
    with mp.workdps(dps):
        K = len(problem["sizes"])
        found = Problem(problem["eigenvalues"], problem["multiplicities"], problem["sizes"], problem["mu"],
                        list(np.broadcast_to(problem["weights"], K)), problem["penalty"])
        return found.risk(problem["target"], problem["coefficients"], problem["target_coefficients"], problem["noises"])


def agrees(problem, within, dps=40):
    found, (variance, bias, g, c) = risks(**problem), solved(problem, dps)
    close([found.variance, found.bias, found.value], [float(variance), float(bias), float(variance + bias)], within)
    close(found.gains, [float(x) for x in g], within)
    close(found.scales, [float(x) for x in c], within)


# Reference values and an independent solution

def test_reference_values_of_three_samples():
    "From an 80-digit solve, confirmed by a difference in the penalty eta."
    found = risks(**CASE)
    close(found.value, 2.445077416080700937328236, 1e-14)
    close(found.gains, [0.3894362598160590626049487, 0.8422997287507594844087904, 0.4644098615636786972889631], 1e-14)
    close(risks(**CASE, mu=12, weights=[0.5, 1, 3]).value, 1.434397069350422519658521, 1e-14)


@REGIMES
@pytest.mark.parametrize("seed", range(6))
def test_against_mpmath(kind, seed):
    "Variance, bias, gains and scales, against 40 digits."
    agrees(drawn(seed, kind), 1e-13)


@REGIMES
@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9])
def test_next_to_the_peak(kind, gap):
    "n = p -+ gap: no digits are lost, though the answer is of size p/gap."
    agrees(drawn(3, kind, K=3, gap=gap, mu=1e-14), 1e-12, dps=60)


@pytest.mark.parametrize("mu", [1e-14, 1e-5, 1e3, 1e9])
def test_penalties_of_all_sizes(mu):
    "Next to nothing, and next to everything."
    agrees(drawn(4, "ridge", K=2, mu=mu), 1e-12, dps=60)


@REGIMES
def test_eigenvalues_of_all_sizes(kind):
    "Ratios to 1e8."
    agrees(drawn(5, kind, K=2, spread=4.0), 1e-12, dps=60)


def test_many_features_and_few_rows():
    "p = 1e8 and a penalty of its size: the sum of the slopes is what cancels there, and is not used."
    agrees({**drawn(6, "ridge", K=2, mu=1e8), "multiplicities": [2.5e7] * 4, "sizes": [1.0, 2.0]}, 1e-12)


@REGIMES
def test_the_risk_is_a_derivative_of_the_minimum(kind):
    "dM/d eta at 0: second order from first order alone."
    problem = drawn(8, "ridge", K=2, mu={"ridge": 3.0, "ridgeless": 1e-9, "ols": 1e-9}[kind])
    problem["sizes"] = problem["multiplicities"].sum() * {"ridge": np.array([0.3, 0.4]), "ridgeless": np.array([0.3, 0.4]), "ols": np.array([0.8, 0.9])}[kind]
    with mp.workdps(60):
        of = Problem(problem["eigenvalues"], problem["multiplicities"], problem["sizes"], problem["mu"], list(problem["weights"]), problem["penalty"])
        h = mp.mpf(10)**-25
        up, down = (of.minimum(side * h, problem["target"], problem["coefficients"], problem["target_coefficients"], problem["noises"]) for side in (1, -1))
        close(risks(**problem).value, float((up - down) / (2 * h)), 1e-12)


# Dense matrices

@REGIMES
@SEEDS
def test_against_dense_matrices(kind, seed):
    "The same problem in a random basis, an eigenvector at a time."
    problem = drawn(seed, kind)
    rng = np.random.default_rng(seed)
    whole = np.maximum(1, problem["multiplicities"] // 12).astype(int)
    problem["multiplicities"], p = whole.astype(float), int(whole.sum())
    problem["sizes"] = problem["sizes"] / problem["sizes"].sum() * p * {"ridgeless": 0.6, "ols": 1.7, "ridge": 1.0}[kind]
    U = np.linalg.qr(rng.standard_normal((p, p)))[0]

    def full(values):
        return (U * np.repeat(values, whole)) @ U.T

    def vector(values):
        return U @ np.repeat(values, whole)
    fit = equivalent([full(row) for row in problem["eigenvalues"]], problem["sizes"], problem["mu"], problem["weights"], full(problem["penalty"]))
    dense = fit.risk([vector(row) for row in problem["coefficients"]], problem["noises"], full(problem["target"]), vector(problem["target_coefficients"]))
    found = risks(**problem)
    close([found.value, found.bias, found.variance], [dense.value, dense.bias, dense.variance], 1e-9)
    close(found.gains, dense.g, 1e-9)
    close(found.scales, fit.scales, 1e-9)


# Invariances

@REGIMES
@SEEDS
def test_a_common_scale(kind, seed):
    "Eigenvalues, target and mu by c, coefficients by c^-1/2: the risk stays; 1e-9 to 1e9."
    problem, c = drawn(seed, kind), 10 ** np.random.default_rng(seed).uniform(-9, 9)
    scaled = {**problem, **{name: problem[name] * c for name in ("eigenvalues", "mu", "target")},
              **{name: problem[name] / np.sqrt(c) for name in ("coefficients", "target_coefficients")}}
    close(risks(**scaled).value, risks(**problem).value)


@REGIMES
@SEEDS
def test_weights_and_penalty_have_a_common_scale(kind, seed):
    "(w, mu) by t; for the interpolator w alone means nothing."
    problem, t = drawn(seed, kind), 10 ** np.random.default_rng(seed).uniform(-6, 6)
    close(risks(**{**problem, "weights": np.multiply(problem["weights"], t), "mu": problem["mu"] * t}).value, risks(**problem).value)


@REGIMES
@SEEDS
def test_a_sample_in_two_parts(kind, seed):
    "The same law, coefficients, noise and weight: the risk of the two is that of the one, and their gains add up."
    problem = drawn(seed, kind, K=2)
    share = np.random.default_rng(seed).uniform(0.1, 0.9)
    split = {**problem, "sizes": [share * problem["sizes"][0], (1 - share) * problem["sizes"][0], problem["sizes"][1]]}
    for name in ("eigenvalues", "coefficients", "noises", *(["weights"] if kind != "ridgeless" else [])):
        split[name] = np.asarray(problem[name])[[0, 0, 1]]
    one, two = risks(**problem), risks(**split)
    close(two.value, one.value)
    close([two.gains[0] + two.gains[1], two.gains[2]], one.gains)
    close(two.gains[0] / two.gains[1], share / (1 - share))


@REGIMES
@SEEDS
def test_an_eigenspace_in_two_parts(kind, seed):
    "Equal atoms may be one."
    problem = drawn(seed, kind)
    apart = {**problem, "multiplicities": np.append(problem["multiplicities"][:-1], problem["multiplicities"][-1] * np.array([0.3, 0.7]))}
    for name in ("eigenvalues", "target", "coefficients", "target_coefficients", "penalty"):
        apart[name] = np.concatenate([problem[name], problem[name][..., -1:]], axis=-1)
    close(risks(**apart).value, risks(**problem).value, 1e-11)


@REGIMES
@SEEDS
def test_the_order_of_samples_and_eigenspaces(kind, seed):
    "Does not matter."
    problem = drawn(seed, kind, K=3)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(3), rng.permutation(4)
    moved = {**problem, **{name: problem[name][rows] for name in ("sizes", "noises")}, "weights": np.broadcast_to(problem["weights"], 3)[rows],
             **{name: problem[name][rows][:, columns] for name in ("eigenvalues", "coefficients")},
             **{name: problem[name][columns] for name in ("multiplicities", "target", "target_coefficients", "penalty")}}
    one, other = risks(**problem), risks(**moved)
    close(other.value, one.value)
    close(other.gains, one.gains[rows])


@REGIMES
def test_a_batch_is_its_problems(kind):
    "Whatever its shape."
    several = [drawn(seed, kind, K=2) for seed in range(6)]
    batch = {name: np.array([np.broadcast_to(q[name], 2) if name == "weights" else q[name] for q in several]) for name in several[0]}
    shaped = {name: array.reshape(3, 2, *array.shape[1:]) for name, array in batch.items()}
    found = risks(**shaped)
    close(found.value.ravel(), [risks(**q).value for q in several], 1e-13)
    assert found.gains.shape == found.scales.shape == (3, 2, 2)


def test_penalties_broadcast_against_a_problem():
    "And go over into the interpolator; a large one leaves nothing but the target's own coefficients."
    problem = {**CASE, "eigenvalues": np.array(CASE["eigenvalues"], float)}
    values = risks(**problem, mu=[0, 1e-12, 1e15]).value
    close(values[1], values[0], 1e-9)
    own, sigma = np.array(CASE["coefficients"][-1]), np.array(CASE["eigenvalues"][-1])
    close(values[2], np.sum(CASE["multiplicities"] * sigma * own**2), 1e-9)


def test_all_regimes_at_once():
    "Below the peak, above it, and with a penalty, in one batch."
    sizes = np.array([[100.0, 100], [700, 100], [300, 300]])
    found = risks([[1.0], [1.0]], [600.0], sizes, mu=[0, 0, 5.0])
    close(found.value[:2], [200 / 400, 600 / 200], 1e-14)
    assert found.value[2] > 0


# Bad input

GOOD = dict(eigenvalues=[[1.0, 2], [2, 1]], multiplicities=[30, 30], sizes=[10, 10])
BAD = {
    "n = p": (dict(sizes=[30, 30]), DomainError, r"n = p has an infinite risk; not sizes \[30.0, 30.0\]"),
    "an empty sample": (dict(sizes=[10, 0]), DomainError, r"sizes is positive; not sizes\[1\] = 0"), "a negative size": (dict(sizes=[10, -1]), DomainError, r"sizes is positive; not sizes\[1\] = -1"),
    "nan": (dict(sizes=[10, np.nan]), DomainError, r"sizes is finite; not sizes\[1\] = nan"), "infinity": (dict(mu=np.inf), DomainError, "mu is finite; not mu=inf"),
    "one size for two": (dict(sizes=[10]), DomainError, r"last axis of sizes is of length 2; not shape \(1,\)"),
    "one multiplicity": (dict(multiplicities=[30]), DomainError, "last axis of multiplicities is of length 2"),
    "three sizes": (dict(sizes=[10, 10, 10]), DomainError, r"sizes of shape \(3,\) does not fit"),
    "a negative eigenvalue": (dict(eigenvalues=[[-1, 2.0], [1, 1]]), DomainError, r"eigenvalues is not negative; not eigenvalues\[0, 0\] = -1"),
    "a row of eigenvalues": (dict(eigenvalues=[1.0, 2]), DomainError, "eigenvalues has at least 2 axes"),
    "a negative penalty": (dict(mu=-1), DomainError, "mu is not negative; not mu=-1"), "no weight": (dict(weights=0), DomainError, "weights is positive; not weights=0"),
    "a zero penalty matrix": (dict(penalty=0), DomainError, "penalty is positive"), "no multiplicity": (dict(multiplicities=[0, 60]), DomainError, "multiplicities is positive"),
    "negative noise": (dict(noises=-1), DomainError, "noises is not negative; not noises=-1"), "another target": (dict(target=[1.0, 2, 3]), DomainError, "target of shape"),
    "nan coefficients": (dict(coefficients=np.full((2, 2), np.nan)), DomainError, r"coefficients is finite; not coefficients\[0, 0\] = nan"),
    "batches that don't fit": (dict(mu=[1, 2, 3.0], sizes=[[1, 2], [3, 4.0]]), DomainError, r"do not broadcast: sizes: \(2, 2\), mu: \(3,\)"),
    "an empty batch": (dict(mu=[]), DomainError, "empty array"), "text": (dict(sizes="many"), ArgumentError, "sizes='many'"),
    "another word": (dict(failed="zero"), ArgumentError, "failed is 'raise' or 'nan'; not 'zero'"),
    "more rows than rank": (dict(eigenvalues=[[0, 1.0], [1, 1]], sizes=[31, 2]), DomainError, r"\(ridgeless\): sizes\[0\] < rank of covariances\[0\] fails: 31.0 against 30"),
    "too few for the rest": (dict(eigenvalues=[[0, 1.0], [1, 1]], sizes=[90, 20]), DomainError, r"\(ols\): sizes\[1\] > p - rank .* fails: 20.0 against 60 - 30"),
    "a direction unseen": (dict(eigenvalues=[[0, 1.0], [0, 1]], sizes=[50, 20]), DomainError, r"\(ols\): rank of the sum of all covariances = p fails: 30 of 60"),
    "the first of several": (dict(eigenvalues=[[0, 1.0], [1, 1]], sizes=[[2, 31], [31, 2]]), DomainError, r"\(ridgeless\) at \[1\]: sizes\[0\]"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused(case):
    "By a named error that says the rule and the offender."
    given_, error, says = BAD[case]
    with pytest.raises(error, match=says):
        risks(**{**GOOD, **given_})


def test_nan_for_what_has_no_solution():
    "Where it is asked for; the others keep their values."
    found = risks([[0, 1.0], [1, 1]], [30, 30], [[31, 2], [2, 31], [40, 20]], failed="nan")
    assert np.isnan(found.value).tolist() == [True, False, True] and np.isnan(found.gains[0]).all()
    close(found.value[1], risks([[0, 1.0], [1, 1]], [30, 30], [2, 31]).value, 1e-14)


def test_rank_conditions_up_to_their_edge():
    "29.999 rows of rank 30 have a solution, and 30 have none."
    low = [[0, 1.0], [1, 1]]
    assert risks(low, [30, 30], [29.999, 2]).value > 1e3
    with pytest.raises(DomainError, match="30.0 against 30"):
        risks(low, [30, 30], [30, 2])


@pytest.mark.parametrize("sizes", [lambda m, r: (m, r / 3), lambda m, r: (m + 2 * r, r)], ids=["ridgeless", "ols"])
def test_a_rank_condition_at_equality_fails(sizes):
    "As many rows of the first source as its rank, or of the others as it leaves: no rounding crosses the edge."
    for m, r in product(range(2, 40), (3, 7, 13)):
        with pytest.raises(DomainError, match=r"fails: \S+ against"):
            risks([[1, 0], [1, 1]], [m, r], sizes(m, r))


def test_a_rank_condition_at_equality_fails_over_atoms():
    "The same where the law gives shares, whose masses are rounded."
    for p, m in ((total, part) for total in range(5, 41, 2) for part in range(2, total - 2)):
        law = Atoms({(1, 1): Fraction(m, p), (0, 1): 1 - Fraction(m, p)})
        with pytest.raises(DomainError, match=f"no a1 there: pulled by {m} in all, .* between 0 and {m}, "):
            covariate_shift.pooled_variance(n1=m, n2=1, p=p, H=law)


@REGIMES
@pytest.mark.parametrize("factor", [1e-170, 1e-290, 1e150])
def test_the_scale_of_the_eigenvalues_may_be_any(kind, factor):
    "Where products of three would leave the range of a float; the penalty on theta scales with them."
    problem = drawn(3, kind, K=2)
    L, target, penalty = (np.asarray(problem[name]) for name in ("eigenvalues", "target", "penalty"))
    scaled = risks(**{**problem, "eigenvalues": L * factor, "target": target * factor, "penalty": penalty * factor})
    plain = risks(**problem)
    close(scaled.variance, plain.variance, 1e-11)
    close(scaled.bias, plain.bias * factor, 1e-11)
