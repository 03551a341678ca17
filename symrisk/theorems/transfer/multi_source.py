r"""Pooling K samples with any covariances that commute, any coefficients, noises and weights, for
any target.

    theta_hat = argmin sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta

with a penalty mu > 0; in its limit mu -> 0 below the peak (n < p), the interpolator of least norm;
and without one above it (n > p), weighted least squares.  The scales c_k minimise a convex
potential, `equivalents.pooled`.  The risk is that of the mean fit theta_bar, and of the noise that
each sample lets through,

    R  =  |theta_bar - theta_0|^2_{Sigma_0}  +  sum_k g_k (sigma_k^2 + |theta_bar -
    theta_k|^2_{Sigma_k}):

what a sample's coefficients differ from the mean fit acts as label noise.  Everything is read off
one joint law H of the eigenvalues tau_1, ..., tau_K of the samples' covariances, tau_0 of the
target's and tau_omega of the penalty's, and of the coefficients' coordinates b_k, b_0: |theta|^2 is
p times the mean of b^2.  The claims hold for every such law.
"""

from symrisk.equivalents.pooled import REGIMES, Pooled
from symrisk.equivalents.risk import bias_of_fit, freedom_of, risk_of, variance_of
from symrisk.errors import NoMethod
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.least_squares import LeastSquares
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.joint import Joint, three_atoms
from symrisk.symbols import H, mu, noise, numbered, p, size, weight
from symrisk.theorems.shared.words import INDEPENDENT_NOISE
from symrisk.theorems.transfer import weighted_ridge
from symrisk.theorems.transfer.letters import SPOKEN, WORDS
from symrisk.theorems.transfer.multi_source_claims import claims_of

MOST_SAMPLES = 8


def multi_source(K):
    """The theorem on K pooled samples: variance, bias and risk in the three regimes, with its
    claims.

    Raises NoMethod for more than MOST_SAMPLES samples: the text of the theorem grows with the cube
    of their number. `symrisk.equivalents` has the numbers for any.

    >>> from symrisk import Atoms
    >>> from symrisk.symbols import eigenvalue, tau0
    >>> four = multi_source(4)
    >>> sizes = {f"n{k}": 30 for k in range(1, 5)} | {f"sigma{k}_sq": 1 for k in range(1, 5)}
    >>> law = Atoms({(1, 1, 1, 1, 1): 1}, of=(*map(eigenvalue, range(1, 5)), tau0))
    >>> four.formula("min_norm_variance_of_4")(p=240, H=law, **sizes)  # n/(p - n): isotropic
    1.0
    """
    numbered(K)
    if K > MOST_SAMPLES:
        raise NoMethod(
            f"multi_source({K}) is not written out, {MOST_SAMPLES} samples are the most: "
            "commuting and dense of symrisk.equivalents give the risk of any number")
    return Theorem(
        f"Pooling {WORDS.get(K, f'{K} samples')} of any covariances",
        (Citation("song2024",
                  "design shift, two sources; here for any number, weights, noises and "
                  "coefficients"),
         Citation("hastie2022", "one sample: ridge and ridgeless risk by the effective ridge")),
        states="The risk of weighted ridge, of the min-norm interpolator and of weighted least "
               "squares on pooled samples is the mean fit's distance from the target and the "
               "noise, label noise and disagreement alike, that each sample passes.",
        assumes=("covariances that commute",
                 "rows Sigma_k^(1/2) z of independent entries with mean 0 and variance 1",
                 INDEPENDENT_NOISE, "n/p bounded away from 1 where there is no penalty"),
        formulas=formulas_of(K),
        claims=claims_of(K),
        simulations=tuple(simulations_of(K)),
        uses=(weighted_ridge.weighted_ridge,))


def formulas_of(K):
    """Variance, bias and risk in each regime, and the degrees of freedom under a penalty."""
    formulas = []
    for regime in REGIMES:
        pooled = Pooled(K, regime)
        formulas += [variance_of(pooled), bias_of_fit(pooled), risk_of(pooled)]
    return (*formulas, freedom_of(Pooled(K, "ridge")))


def simulations_of(K):
    """The risk in each regime at a law of three atoms; the noise without a penalty with its
    finite-size factor.
    """
    samples = numbered(K)
    heavy = {weight(k).name: 1 + k % 2 for k in samples}
    ridge, free, ols = (Pooled(K, regime) for regime in ("ridge", "ridgeless", "ols"))
    world = Joint(tuple(map(size, samples)), p, H, tuple(map(noise, samples)))
    experiments = ((ridge, 120, {"mu": 40, **heavy}, None), (free, 120, {}, p - free.n),
                   (ols, 360, heavy, ols.n - p))
    for pooled, rows, own, room in experiments:
        point = {size(k).name: rows // K for k in samples} | {noise(k).name: k / 2 for k in samples}
        yield Simulation(risk_of(pooled), Risk(world, fit_of(pooled)),
                         room and risk_of(pooled) + variance_of(pooled) / (room - 1),
                         says=f"{SPOKEN[pooled.regime]} of {WORDS.get(K, f'{K} samples')}, over a "
                              "law of three atoms",
                         point={"p": 200, "H": three_atoms(K), **point, **own})


def fit_of(pooled):
    """The fit of each regime; an interpolator knows no weights."""
    weights = tuple(weight(k) for k in pooled.samples)
    return {
        "ridge": Weighted(weights, Ridge(mu)),
        "ridgeless": MinNorm(),
        "ols": Weighted(weights, LeastSquares()),
    }[pooled.regime]


one, two, three = multi_source(1), multi_source(2), multi_source(3)
(ridge_variance_of_1, ridge_bias_of_1, ridge_risk_of_1,
 min_norm_variance_of_1, min_norm_bias_of_1, min_norm_risk_of_1,
 ols_variance_of_1, ols_bias_of_1, ols_risk_of_1, freedom_of_1) = one.formulas
(ridge_variance_of_2, ridge_bias_of_2, ridge_risk_of_2,
 min_norm_variance_of_2, min_norm_bias_of_2, min_norm_risk_of_2,
 ols_variance_of_2, ols_bias_of_2, ols_risk_of_2, freedom_of_2) = two.formulas
(ridge_variance_of_3, ridge_bias_of_3, ridge_risk_of_3,
 min_norm_variance_of_3, min_norm_bias_of_3, min_norm_risk_of_3,
 ols_variance_of_3, ols_bias_of_3, ols_risk_of_3, freedom_of_3) = three.formulas
