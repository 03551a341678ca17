"""What is claimed of K pooled samples of any covariances, in every joint law: a group of claims
each.

A group yields (sentence, left, relation, right, hypotheses ...); the sentence gets the number of
samples.
"""

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import REGIMES, Pooled
from symrisk.equivalents.risk import bias_of_fit, freedom_of, risk_of, variance_of
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import (
    H,
    coordinate,
    eigenvalue,
    mu,
    noise,
    p,
    size,
    symbol,
    tau0,
    tau_omega,
    weight,
)
from symrisk.theorems.transfer.letters import SPOKEN, WORDS
from symrisk.theorems.transfer.samples.inside import among, inside
from symrisk.theorems.transfer.samples.isotropic import isotropy

b0 = coordinate(0)
factor = symbol("factor", "t", "a common factor of weights and penalty", positive=True)


def claims_of(K):
    """The theorem's claims for K samples."""
    words = WORDS.get(K, f"{K} samples")
    claims = []
    for group in (rows, gains, coefficients, isotropy):
        for says, lhs, rel, rhs, *on in group(K):
            claims.append(Claim(f"{says} ({words})", lhs, rel, rhs, on=Region(*on)))
    return tuple(claims)


def rows(K):
    """What the fixed point says of the rows."""
    ridge = Pooled(K, "ridge")
    freedom = freedom_of(ridge)
    yield ("degrees of freedom are the rows less what weights and scales leave of them",
           freedom, "==", ridge.n - sum(ridge.costs))
    yield ("degrees of freedom are the dimension less what the penalty keeps",
           freedom, "==", p - p * Mean(ridge.floor / inside(ridge), H))
    yield "degrees of freedom stay below the dimension", freedom, "<", p


def gains(K):
    """Where the gains are known without a second order; what label noise does."""
    free, ols, ridge = (Pooled(K, regime) for regime in ("ridgeless", "ols", "ridge"))
    best = {weight(k): 1 / noise(k) for k in free.samples}
    noisy = [noise(k) > 0 for k in free.samples]
    yield ("where the target's covariance is the penalty's, the interpolator lets sample k's "
           "noise through by its scale",
           variance_of(free).at({tau0: tau_omega}), "==",
           sum(a * noise(k) for a, k in zip(free.scales, free.samples, strict=True)))
    yield ("least squares with weights 1/sigma^2 has the resolvent's trace for variance",
           variance_of(ols).at(best), "==", p * Mean(tau0 / inside(ols), H), *noisy)
    yield "label noise never helps ridge", variance_of(ridge).diff(noise(1)), ">=", 0
    if K < 3:
        passed = zip(ridge.gains, ridge.eigenvalues, strict=True)
        leak = tau0 * tau_omega + sum(g * t * tau_omega for g, t in passed)
        yield ("ridge with weights 1/sigma^2 has the resolvent's trace for variance, less mu "
               "times what the penalty passes on",
               variance_of(ridge).at(best), "==",
               p * Mean(tau0 / inside(ridge), H) - mu * p * Mean(leak / inside(ridge)**2, H),
               *noisy)
        fixed = risk_of(ridge).given(*ridge.scales)
        scaled = {letter: factor * letter for letter in (*ridge.scales, *ridge.weights, mu)}
        yield ("a common factor of weights, penalty and scales changes nothing",
               fixed.at(scaled), "==", fixed)


def coefficients(K):
    """What coefficients add."""
    free, ols = Pooled(K, "ridgeless"), Pooled(K, "ols")
    common = {coordinate(k): b0 for k in free.samples}
    yield "with common coefficients least squares has no bias", bias_of_fit(ols).at(common), "==", 0
    yield ("with common coefficients, and the target's covariance the penalty's, the interpolator "
           "misses what first order says",
           bias_of_fit(free).at({**common, tau0: tau_omega}), "==",
           p * Mean(b0**2 * tau_omega**2 / inside(free), H))
    if K == 2:
        for regime in REGIMES:
            yield from split(K, regime)


def split(K, regime):
    """Two samples of one kind are one sample."""
    whole, halves = Pooled(K - 1, regime), Pooled(K, regime)
    alike = {eigenvalue(K): eigenvalue(K - 1), coordinate(K): coordinate(K - 1),
             noise(K): noise(K - 1), weight(K): weight(K - 1)}
    joined = {whole.scales[-1]: halves.scales[-2] + halves.scales[-1],
              size(K - 1): size(K - 1) + size(K)}
    for build, part in ((variance_of, "variance"), (bias_of_fit, "bias")):
        one, two = build(whole).given(*whole.scales), build(halves)
        yield (f"splitting a sample in two leaves the {part} of {SPOKEN[regime]} as it is",
               two.at(among(two, alike)), "==", one.at(among(one, joined)))
