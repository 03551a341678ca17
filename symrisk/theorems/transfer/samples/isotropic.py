"""K pooled samples where all covariances are the identity: the risk by numbers, in each regime.

A group yields (sentence, left, relation, right, hypotheses ...), as in `multi_source_claims`.
"""

from itertools import combinations_with_replacement

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import REGIMES, Pooled
from symrisk.equivalents.risk import risk_of, variance_of
from symrisk.language.formula import Formula
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
from symrisk.theorems.transfer.letters import SPOKEN, cross_of, gram, share_of
from symrisk.theorems.transfer.samples.inside import among
from symrisk.theorems.transfer.shares.of_samples import risk_of as form_of

b0 = coordinate(0)
MEAN_FIT = "the mean fit's distance for risk, and what passes of noises and distances"


def isotropy(K: int):
    """The form by shares of `weighted_ridge`, the noise of the rows, and the risk by numbers."""
    ones = {tau0: 1, tau_omega: 1, **{eigenvalue(k): 1 for k in numbered(K)}}
    ridge = Pooled(K, "ridge")
    total = mu + sum(ridge.scales)
    shares = {k: c / total for k, c in zip(ridge.samples, ridge.scales, strict=True)}
    spread = {k: p * shares[k]**2 / size(k) for k in ridge.samples}
    noisy = sum(spread[k] * noise(k) for k in spread)
    yield ("isotropic ridge has the variance of its shares",
           variance_of(ridge).at(ones), "==", noisy / (1 - sum(spread.values())))
    if K < 3:
        by_shares = {share_of(k): share for k, share in shares.items()}
        yield ("isotropic ridge has the risk of its shares",
               risk_of(ridge).at(ones), "==", form_of(K).at({**by_shares, **gram_of(K)}))
    noises = sum(size(k) * noise(k) for k in ridge.samples)
    expected = {"ridgeless": noises / (p - ridge.n), "ols": noises * p / (ridge.n * (ridge.n - p))}
    equal = {**ones, **{weight(k): 1 for k in ridge.samples}}
    for regime, value in expected.items():
        variance = variance_of(Pooled(K, regime))
        yield (f"isotropic {SPOKEN[regime]} of equal weights has the noise of the rows for "
               "variance",
               variance.at(among(variance, equal)), "==", value)
    for regime in REGIMES:
        yield distances(Pooled(K, regime), ones)


def distances(pooled: Pooled, ones: dict) -> tuple:
    """Where all is isotropic the risk is that of K numbers, whatever passes through."""
    total = pooled.floor.xreplace({tau_omega: 1}) + sum(pooled.scales)
    shares = [c / total for c in pooled.scales]
    mean_fit = sum(s * coordinate(k) for s, k in zip(shares, pooled.samples, strict=True))

    def far(own):
        return p * Mean((mean_fit - own)**2, H)

    passed = 0
    for gain, k in zip(pooled.gains, pooled.samples, strict=True):
        passed += gain * (noise(k) + far(coordinate(k)))
    risk = risk_of(pooled).given(*pooled.gains)
    numbers = Formula(symbol("by_numbers", "R", "the risk by numbers", nonnegative=True),
                      far(b0) + passed, where=pooled.implicit, on=pooled.on)
    return (f"isotropic {SPOKEN[pooled.regime]} has {MEAN_FIT}",
            risk.at(among(risk, ones)), "==", numbers.at(among(numbers, ones)))


def gram_of(K: int) -> dict:
    """The Gram data of `weighted_ridge` as means over the coordinates."""
    samples = numbered(K)
    shift = {k: coordinate(k) - b0 for k in samples}
    pairs = combinations_with_replacement(samples, 2)
    return {
        theta_sq: p * Mean(b0**2, H),
        **{cross_of(k): p * Mean(b0 * shift[k], H) for k in samples},
        **{gram(k, m): p * Mean(shift[k] * shift[m], H) for k, m in pairs}}
