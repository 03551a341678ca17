"""The formulas of pooled samples: grid, digits and mpmath agree; the identities of second order hold in digits, for K = 1, 2, 3."""

from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest
from oracle import Problem, number

from symrisk import Atoms
from symrisk.equivalents.commuting import risks
from symrisk.equivalents.pooled import Pooled, coordinates
from symrisk.equivalents.risk import bias_of_fit, risk_of, variance_of
from symrisk.errors import AccuracyWarning, ArgumentError, DomainError
from symrisk.symbols import coordinate, eigenvalue, tau0, tau_omega

SIGMA = [["1", "2", "1/2", "4"], ["3", "1/4", "1", "1"], ["1", "1", "2", "1/2"]]
THETA = [["0.1", "0.2", "-0.1", "0"], ["0.15", "0.1", "0", "0.05"], ["0.1", "0.15", "-0.05", "0.1"]]
TARGET, OWN, OMEGA, MULT = ["1", "1/2", "2", "1"], ["0.2", "0.1", "-0.1", "0.3"], ["1", "2", "1", "1/2"], [30, 20, 30, 20]
NOISE, WEIGHTS = ["1", "1/2", "2"], ["1/2", "1", "3"]
SIZES = {"ridge": ["20", "30.5", "15"], "ridgeless": ["20", "30.5", "15"], "ols": ["80", "60.5", "15"]}
REGIMES = pytest.mark.parametrize("regime", SIZES)
SAMPLES = pytest.mark.parametrize("K", [1, 2, 3])


def law_of(K, target=TARGET, own=OWN, theta=THETA):
    samples = range(1, K + 1)
    rows = {}
    for j, m in enumerate(MULT):
        values = [*(SIGMA[k - 1][j] for k in samples), *(theta[k - 1][j] for k in samples), target[j], own[j], OMEGA[j]]
        rows[tuple(map(Fraction, values))] = Fraction(m, 100)
    return Atoms(rows, of=(*map(eigenvalue, samples), *map(coordinate, samples), tau0, coordinate(0), tau_omega))


def numbers_of(K, regime, kind=Fraction, noisy=True):
    found = {"p": kind(100), **{f"sigma{k}_sq": kind(Fraction(NOISE[k - 1])) for k in range(1, K + 1) if noisy},
             **{f"n{k}": kind(Fraction(size)) for k, size in enumerate(sizes_of(K, regime), start=1)}}
    if regime != "ridgeless":
        found |= {f"weight{k}": kind(Fraction(WEIGHTS[k - 1])) for k in range(1, K + 1)}
    if regime == "ridge":
        found["mu"] = kind(12)
    return found


def sizes_of(K, regime):
    return ["130.5"] if (K, regime) == (1, "ols") else ["90", "60.5"] if (K, regime) == (2, "ols") else SIZES[regime][:K]


def oracle_of(K, regime):
    return Problem(SIGMA[:K], MULT, sizes_of(K, regime), 12 if regime == "ridge" else 0, WEIGHTS[:K], OMEGA)


def same(found, wanted, digits):
    return abs(number(str(found)) / wanted - 1) < mp.mpf(10)**(1 - digits)


@REGIMES
@SAMPLES
def test_one_risk_four_ways(K, regime):
    "Floats, 40 digits, a ball and mpmath; in its two parts."
    with mp.workdps(60):
        variance, bias, g, c = oracle_of(K, regime).risk(TARGET, THETA[:K], OWN, NOISE[:K])
        for formula, wanted in ((variance_of, variance), (bias_of_fit, bias), (risk_of, variance + bias)):
            of, law = formula(Pooled(K, regime)), law_of(K)
            exact, floats = (numbers_of(K, regime, kind, noisy=formula is not bias_of_fit) for kind in (Fraction, float))
            found = of.digits(40, H=law, **exact)
            assert same(found, wanted, 40)
            assert of(H=law, **floats) == pytest.approx(float(wanted), rel=1e-14)
            ball = of.ball(30, H=law, **exact)
            assert ball.lower <= Fraction(str(found)) + Fraction(1, 10**35) and Fraction(str(found)) - Fraction(1, 10**35) <= ball.upper
            assert ball.radius < 1e-28


@REGIMES
def test_batches_agree_with_the_formula(regime):
    "The same problem as a row of a batch."
    found = risks(np.array([[float(Fraction(x)) for x in row] for row in SIGMA]), MULT, list(map(float, sizes_of(3, regime))),
                  target=[float(Fraction(x)) for x in TARGET], coefficients=np.array(THETA, float), target_coefficients=np.array(OWN, float),
                  noises=[1, 0.5, 2], mu=12 if regime == "ridge" else 0, weights=[0.5, 1, 3], penalty=[1, 2, 1, 0.5])
    assert found.value == pytest.approx(risk_of(Pooled(3, regime))(H=law_of(3), **numbers_of(3, regime, float)), rel=1e-14)


@pytest.mark.parametrize("digits", [200, 1000])
def test_many_digits(digits):
    "Of three samples with weights."
    with mp.workdps(digits + 20):
        variance, *_ = oracle_of(3, "ridge").risk(TARGET, THETA, OWN, NOISE)
        assert same(variance_of(Pooled(3, "ridge")).digits(digits, H=law_of(3), **numbers_of(3, "ridge")), variance, digits)


@pytest.mark.parametrize("regime", ["ridgeless", "ols"])
@pytest.mark.parametrize("gap", ["1e-3", "1e-6", "1e-30"])
def test_digits_next_to_the_peak(regime, gap):
    "A gap of 1e-30 is no float's, and is kept."
    with mp.workdps(120):
        side = -1 if regime == "ridgeless" else 1
        sizes = [Fraction(30), 70 + side * Fraction(gap)]
        wanted, *_ = Problem(SIGMA[:2], MULT, sizes, 0, WEIGHTS[:2], OMEGA).risk(TARGET, THETA[:2], OWN, NOISE[:2])
        given = {**numbers_of(2, regime), "n1": sizes[0], "n2": sizes[1]}
        assert same(variance_of(Pooled(2, regime)).digits(30, H=law_of(2), **given), wanted, 30)


def test_the_target_s_own_metric_gives_the_scales():
    "Sigma_0 = Omega without a penalty: g = alpha, so V is the sum of sigma^2 alpha."
    pooled = Pooled(2, "ridgeless")
    law = law_of(2, target=OMEGA)
    with mp.workdps(60):
        *_, c = oracle_of(2, "ridgeless").risk(OMEGA, THETA[:2], OWN, NOISE[:2])
        wanted = mp.fsum(number(s) * a for s, a in zip(NOISE, c, strict=False))
        assert same(variance_of(pooled).digits(40, H=law, **numbers_of(2, "ridgeless")), wanted, 40)


def test_bayes_weights_are_stationary_in_the_penalty():
    "Sigma_k = 1, theta_k = theta_0, w_k = 1/sigma_k^2, mu = p/|theta|^2: dR/dmu = 0."
    law = Atoms({(1, 1, 1, "1/5", "1/5", "1/5"): 1}, of=(eigenvalue(1), eigenvalue(2), tau0, coordinate(1), coordinate(2), coordinate(0)))
    given = dict(n1=40, n2=30, p=100, sigma1_sq="1/2", sigma2_sq=2, weight1=2, weight2="1/2", H=law, mu=100 / (100 * Fraction(1, 25)))
    risk = risk_of(Pooled(2, "ridge"))
    slope = risk.diff(next(s for s in risk.graph.names if s.name == "mu"))
    with pytest.warns(AccuracyWarning, match="has no right digit"):  # of what is exactly zero none can be
        assert slope(**{**given, "sigma1_sq": 0.5, "weight2": 0.5, "mu": 25.0}) == pytest.approx(0, abs=1e-15)
    ball = risk.ball(20, **given)
    assert all(risk.ball(20, **{**given, "mu": 25 + side}).lower > ball.upper for side in (-1, 1))


def test_least_squares_without_shift_has_no_bias():
    "theta_k = theta_0: an exact zero."
    law = law_of(2, own=OWN, theta=[OWN, OWN])
    assert bias_of_fit(Pooled(2, "ols"))(H=law, **numbers_of(2, "ols", float, noisy=False)) == 0


@REGIMES
def test_samples_of_one_covariance_pool_their_rows(regime):
    "With equal weights V = (sum n_k sigma_k^2/n) G(n)."
    rows = {(t, t, t): Fraction(1, 2) for t in (1, 4)}
    law, one = Atoms(rows, of=(eigenvalue(1), eigenvalue(2), tau0)), Atoms({(t, t): Fraction(1, 2) for t in (1, 4)}, of=(eigenvalue(1), tau0))
    sizes = {"n1": 30, "n2": 40} if regime != "ols" else {"n1": 130, "n2": 40}
    n, more = sum(sizes.values()), {"mu": 3} if regime == "ridge" else {}
    two = variance_of(Pooled(2, regime)).digits(40, H=law, p=100, sigma1_sq=1, sigma2_sq=3, **sizes, **more)
    single = variance_of(Pooled(1, regime)).digits(40, H=one, p=100, sigma1_sq=Fraction(sizes["n1"] + 3 * sizes["n2"], n), n1=n, **more)
    assert two == single


def test_eigenvalues_may_be_equal_and_the_penalty_the_identity():
    "Pooled over other letters is the same formula at such a law."
    plain = Pooled(2, "ridgeless", eigenvalues=(eigenvalue(1), tau0), penalty=1)
    law, full = Atoms({(3, 1): "1/2", ("1/3", 1): "1/2"}, of=(eigenvalue(1), tau0)), Atoms({(3, 1, 1): "1/2", ("1/3", 1, 1): "1/2"}, of=(eigenvalue(1), eigenvalue(2), tau0))
    given = dict(n1=20, n2=30, p=100, sigma1_sq=1, sigma2_sq=1)
    assert variance_of(plain).digits(40, H=law, **given) == variance_of(Pooled(2, "ridgeless")).digits(40, H=full, **given)


V = variance_of(Pooled(2, "ridgeless"))
LOW = Atoms({(0, 1, 1): "3/4", (1, 1, 1): "1/4"}, of=(eigenvalue(1), eigenvalue(2), tau0))
BLIND = Atoms({(0, 0, 1): "1/2", (1, 1, 1): "1/2"}, of=(eigenvalue(1), eigenvalue(2), tau0))
GIVEN = dict(n1=10, n2=20, p=60, sigma1_sq=1, sigma2_sq=1, H=LOW)
BAD = {
    "another regime": (lambda: Pooled(2, "lasso"), ArgumentError, "a regime is one of ridge, ridgeless, ols; not 'lasso'"),
    "three weights for two": (lambda: Pooled(2, "ridge", weights=(1, 1, 1)), ArgumentError, "2 samples have as many weights; not 3"),
    "n = p": (lambda: V(**{**GIVEN, "n2": 50}), DomainError, r"holds for n1 \+ n2 < p; not at n1=10, n2=50"),
    "more rows than rank": (lambda: V(**{**GIVEN, "n1": 16}), DomainError, "no alpha1 there: pulled by 16 in all, .* between 0 and 15"),
    "in digits": (lambda: V.digits(9, **{**GIVEN, "n1": 16}), DomainError, "no alpha1 there: pulled by 16 in all, .* between 0 and 15"),
    "in a ball": (lambda: V.ball(9, **{**GIVEN, "n1": 16}), DomainError, "no alpha1 there: pulled by 16"),
    "on a grid": (lambda: V(**{**GIVEN, "n1": [1, 2, 17.0]}), DomainError, "no alpha1 there: pulled by 17 .*; not at n1=17"),
    "too few for the rest": (lambda: variance_of(Pooled(2, "ols"))(**{**GIVEN, "n1": 100}), DomainError, "no c2 there: pulled by 20 in all, .* between 45 and inf"),
    "a direction unseen": (lambda: variance_of(Pooled(2, "ols"))(**{**GIVEN, "n1": 100, "H": BLIND}), DomainError, "no c1, c2 there: atoms of mass 30 in all"),
    "and in digits": (lambda: variance_of(Pooled(2, "ols")).digits(5, **{**GIVEN, "n1": 100, "H": BLIND}), DomainError, "no c1, c2 there: atoms of mass 30"),
    "an unknown variable": (lambda: V(**{**GIVEN, "H": Atoms({1: 1})}), ArgumentError, "is no variable of Atoms"),
    "no law": (lambda: V(**{k: v for k, v in GIVEN.items() if k != "H"}), ArgumentError, "needs H"),
    "a law for a number": (lambda: V(**{**GIVEN, "p": LOW}), ArgumentError, "p is a number; not a law"),
    "a law too many": (lambda: V(**GIVEN, G=LOW), ArgumentError, "has no name 'G'"),
    "a law twice": (lambda: V.at({next(s for s in V.graph.names if s.name == "H"): LOW})(**GIVEN), ArgumentError, "has no name 'H'"),
    "a float in digits": (lambda: V.digits(5, **{**GIVEN, "n1": 0.5}), ArgumentError, "n1=0.5 is a binary float"),
    "nan": (lambda: V(**{**GIVEN, "n1": np.nan}), DomainError, "takes finite numbers; not n1=nan"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused(case):
    "By a named error that says the rule and the offender."
    call, error, says = BAD[case]
    with pytest.raises(error, match=says):
        call()


def test_coordinates_are_those_of_the_samples():
    "b_1, ..., b_K."
    assert coordinates(2) == (coordinate(1), coordinate(2))
