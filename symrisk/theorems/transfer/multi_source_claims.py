"""What is claimed of K pooled samples of any covariances, in every joint law: a group of claims
each.

A group yields (sentence, left, relation, right, hypotheses ...); the sentence gets the number of
samples.
"""

from itertools import combinations_with_replacement

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import REGIMES, Pooled
from symrisk.equivalents.risk import bias_of_fit, freedom_of, risk_of, variance_of
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import (
    H,
    coordinate,
    eigenvalue,
    mu,
    noise,
    numbered,
    p,
    size,
    symbol,
    tau0,
    tau_omega,
    theta_sq,
    weight,
)
from symrisk.theorems.transfer import weighted_ridge
from symrisk.theorems.transfer.letters import SPOKEN, WORDS, cross_of, gram, share_of

b0 = coordinate(0)
factor = symbol("factor", "t", "a common factor of weights and penalty", positive=True)


def claims_of(K):
    """The theorem's claims for K samples."""
    words = WORDS.get(K, f"{K} samples")
    return tuple(Claim(f"{says} ({words})", lhs, rel, rhs, on=Region(*on))
                 for group in (rows, gains, coefficients, isotropy) for says, lhs, rel, rhs, *on in group(K))


def rows(K):
    """What the fixed point says of the rows."""
    ridge = Pooled(K, "ridge")
    freedom = freedom_of(ridge)
    yield "degrees of freedom are the rows less what weights and scales leave of them", freedom, "==", ridge.n - sum(ridge.costs)
    yield ("degrees of freedom are the dimension less what the penalty keeps", freedom, "==",
           p - p * Mean(ridge.floor / inside(ridge), H))
    yield "degrees of freedom stay below the dimension", freedom, "<", p


def inside(pooled):
    """D, the inverse of the resolvent along an eigenvector."""
    return pooled.floor + sum(c * t for c, t in zip(pooled.scales, pooled.eigenvalues, strict=True))


def gains(K):
    """Where the gains are known without a second order; what label noise does."""
    free, ols, ridge = (Pooled(K, regime) for regime in ("ridgeless", "ols", "ridge"))
    best = {weight(k): 1 / noise(k) for k in free.samples}
    noisy = [noise(k) > 0 for k in free.samples]
    yield ("where the target's covariance is the penalty's, the interpolator lets sample k's noise through by its scale",
           variance_of(free).at({tau0: tau_omega}), "==",
           sum(a * noise(k) for a, k in zip(free.scales, free.samples, strict=True)))
    yield ("least squares with weights 1/sigma^2 has the resolvent's trace for variance",
           variance_of(ols).at(best), "==", p * Mean(tau0 / inside(ols), H), *noisy)
    yield "label noise never helps ridge", variance_of(ridge).diff(noise(1)), ">=", 0
    if K < 3:
        leak = tau0 * tau_omega + sum(g * t * tau_omega for g, t in zip(ridge.gains, ridge.eigenvalues, strict=True))
        yield ("ridge with weights 1/sigma^2 has the resolvent's trace for variance, less mu times what the penalty passes on",
               variance_of(ridge).at(best), "==", p * Mean(tau0 / inside(ridge), H) - mu * p * Mean(leak / inside(ridge)**2, H),
               *noisy)
        fixed = risk_of(ridge).given(*ridge.scales)
        scaled = {letter: factor * letter for letter in (*ridge.scales, *ridge.weights, mu)}
        yield "a common factor of weights, penalty and scales changes nothing", fixed.at(scaled), "==", fixed


def coefficients(K):
    """What coefficients add."""
    free, ols = Pooled(K, "ridgeless"), Pooled(K, "ols")
    common = {coordinate(k): b0 for k in free.samples}
    yield "with common coefficients least squares has no bias", bias_of_fit(ols).at(common), "==", 0
    yield ("with common coefficients, and the target's covariance the penalty's, the interpolator misses what first order says",
           bias_of_fit(free).at({**common, tau0: tau_omega}), "==", p * Mean(b0**2 * tau_omega**2 / inside(free), H))
    if K == 2:
        for regime in REGIMES:
            yield from split(K, regime)


def split(K, regime):
    """Two samples of one kind are one sample."""
    whole, halves = Pooled(K - 1, regime), Pooled(K, regime)
    alike = {eigenvalue(K): eigenvalue(K - 1), coordinate(K): coordinate(K - 1), noise(K): noise(K - 1), weight(K): weight(K - 1)}
    joined = {whole.scales[-1]: halves.scales[-2] + halves.scales[-1], size(K - 1): size(K - 1) + size(K)}
    for build, part in ((variance_of, "variance"), (bias_of_fit, "bias")):
        one, two = build(whole).given(*whole.scales), build(halves)
        yield (f"splitting a sample in two leaves the {part} of {SPOKEN[regime]} as it is",
               two.at(among(two, alike)), "==", one.at(among(one, joined)))


def among(quantity, values):
    """Those of the values that the quantity has a name for."""
    return {name: value for name, value in values.items() if name in quantity.graph.names | quantity.graph.bound}


def isotropy(K):
    """Where all covariances are the identity: the form by shares of `weighted_ridge`, and the
    noise of the rows.
    """
    ones = {tau0: 1, tau_omega: 1, **{eigenvalue(k): 1 for k in numbered(K)}}
    ridge = Pooled(K, "ridge")
    shares = {k: c / (mu + sum(ridge.scales)) for k, c in zip(ridge.samples, ridge.scales, strict=True)}
    spread = {k: p * shares[k]**2 / size(k) for k in ridge.samples}
    yield ("isotropic ridge has the variance of its shares", variance_of(ridge).at(ones), "==",
           sum(spread[k] * noise(k) for k in spread) / (1 - sum(spread.values())))
    if K < 3:
        yield ("isotropic ridge has the risk of its shares", risk_of(ridge).at(ones), "==",
               weighted_ridge.risk_of(K).at({**{share_of(k): shares[k] for k in shares}, **moments(K)}))
    noises = sum(size(k) * noise(k) for k in ridge.samples)
    for regime, expected in (("ridgeless", noises / (p - ridge.n)), ("ols", noises * p / (ridge.n * (ridge.n - p)))):
        variance, equal = variance_of(Pooled(K, regime)), {**ones, **{weight(k): 1 for k in ridge.samples}}
        yield (f"isotropic {SPOKEN[regime]} of equal weights has the noise of the rows for variance",
               variance.at(among(variance, equal)), "==", expected)
    for regime in REGIMES:
        yield distances(Pooled(K, regime), ones)


def distances(pooled, ones):
    """Where all is isotropic the risk is that of K numbers, whatever passes through."""
    shares = [c / (pooled.floor.xreplace({tau_omega: 1}) + sum(pooled.scales)) for c in pooled.scales]
    risk = risk_of(pooled).given(*pooled.gains)

    def far(own):
        missed = sum(s * coordinate(k) for s, k in zip(shares, pooled.samples, strict=True)) - own
        return p * Mean(missed**2, H)
    passed = sum(g * (noise(k) + far(coordinate(k))) for g, k in zip(pooled.gains, pooled.samples, strict=True))
    numbers = Formula(symbol("by_numbers", "R", "the risk by numbers", nonnegative=True), far(b0) + passed, where=pooled.implicit,
                      on=pooled.on)
    return (f"isotropic {SPOKEN[pooled.regime]} has the mean fit's distance for risk, and what passes of noises and distances",
            risk.at(among(risk, ones)), "==", numbers.at(among(numbers, ones)))


def moments(K):
    """The Gram data of `weighted_ridge` as means over the coordinates."""
    samples = numbered(K)
    shift = {k: coordinate(k) - b0 for k in samples}
    return {theta_sq: p * Mean(b0**2, H), **{cross_of(k): p * Mean(b0 * shift[k], H) for k in samples},
            **{gram(k, m): p * Mean(shift[k] * shift[m], H) for k, m in combinations_with_replacement(samples, 2)}}
