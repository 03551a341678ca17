r"""Pooling K samples with any covariances that commute, any coefficients, noises and weights, for any target.

    theta_hat = argmin sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta

with a penalty mu > 0; in its limit mu -> 0 below the peak (n < p), the interpolator of least norm; and without one above it
(n > p), weighted least squares.  The scales c_k minimise a convex potential, `equivalents.pooled`.  To second order the
risk is that of the mean fit theta_bar, and of the noise that each sample lets through,

    R  =  |theta_bar - theta_0|^2_{Sigma_0}  +  sum_k g_k (sigma_k^2 + |theta_bar - theta_k|^2_{Sigma_k}):

what a sample's coefficients differ from the mean fit acts as label noise.  Everything is read off one joint law H of the
eigenvalues tau_1, ..., tau_K of the samples' covariances, tau_0 of the target's and, where coefficients differ, of their
coordinates b_k, b_0: |theta|^2 is p times the mean of b^2.
"""

import sympy

from symrisk.claim import Claim
from symrisk.equivalents.pooled import Pooled, coordinates
from symrisk.formula import Formula
from symrisk.symbols import bias, coordinate, noise, symbol, tau0, variance
from symrisk.theorem import Citation, Theorem

ASYMPTOTIC = "asymptotic, O(1/p)"
NAMES = {"ridge": ("ridge", r"R_{\mu}", "weighted ridge"), "ridgeless": ("min_norm", r"R_{0}", "min-norm interpolation"),
         "ols": ("ols", r"R_{\mathrm{OLS}}", "weighted least squares")}


def miss_of(k):
    """theta_bar - theta_k along an eigenvector."""
    return symbol(f"miss{k}", rf"\Delta_{k}(\tau)", f"what the mean fit misses of the coefficients {k} along an eigenvector",
                  kind="varying")


def bias_of(k):
    """|theta_bar - theta_k|^2 in the norm of Sigma_k."""
    return symbol(f"bias{k}", f"b_{{{k}}}^2", f"squared distance of the mean fit from theta_{k}, in the norm of Sigma_{k}",
                  nonnegative=True)


def variance_of(pooled, target=tau0):
    """What the label noise adds to the risk of a pooled fit, sum_k g_k sigma_k^2: a Formula."""
    name, latex, words = NAMES[pooled.regime]
    body = sum(g * s for g, s in zip(pooled.gains, pooled.noises(), strict=True))
    return Formula(symbol(f"{name}_variance", f"V{latex[1:]}", f"what label noise adds to the risk of {words}", nonnegative=True),
                   body, where={**pooled.second(target), **pooled.first}, on=pooled.on, accuracy=ASYMPTOTIC)


def bias_of_fit(pooled, target=tau0, given=None):
    """What coefficients add to the risk of a pooled fit: the mean fit's distance from the target's, and what passes of its
    distances from the samples': a Formula."""
    name, latex, words = NAMES[pooled.regime]
    given = coordinates(pooled.K) if given is None else given
    own = coordinate(0)
    distances = {bias_of(0): pooled.mean(target * miss_of(0)**2), miss_of(0): pooled.missed(given, own)}
    for k, tau_k, b_k in zip(pooled.samples, pooled.eigenvalues, given, strict=True):
        distances |= {bias_of(k): pooled.mean(tau_k * miss_of(k)**2), miss_of(k): missed_of(pooled, given, own, b_k)}
    body = bias_of(0) + sum(g * bias_of(k) for g, k in zip(pooled.gains, pooled.samples, strict=True))
    return Formula(symbol(f"{name}_bias", f"B{latex[1:]}", f"what coefficients add to the risk of {words}", nonnegative=True),
                   body, where={**distances, **pooled.second(target), **pooled.first}, on=pooled.on, accuracy=ASYMPTOTIC)


def missed_of(pooled, given, own, b_k):
    """theta_bar - theta_k, with differences of coefficients formed first."""
    return miss_of(0) if b_k == own else pooled.missed(given, b_k)


def risk_of(pooled, target=tau0, given=None):
    """The excess risk of a pooled fit on the target: a Formula."""
    name, latex, words = NAMES[pooled.regime]
    parts = {variance: variance_of(pooled, target), bias: bias_of_fit(pooled, target, given)}
    return Formula(symbol(f"{name}_risk", latex, f"excess risk of {words}", nonnegative=True), bias + variance, where=parts,
                   on=pooled.on, accuracy=ASYMPTOTIC)
