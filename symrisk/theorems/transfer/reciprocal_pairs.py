r"""Covariate shift with any reciprocal spectrum: what is true of one pair of eigenvalues tau, 1/tau
is true of their means.

Sigma_2 = I; the eigenvalues of Sigma_1 = M come in pairs, 2 tau d = (tau - 1)^2.  The rows of the
source take up the scale x at which n_1/p is the mean over the pairs of

    f(x, d)  =  x (1 + d + x)/((1 + x)^2 + 2 d x),

which grows with x, grows with d for x < 1 and falls with d for x > 1, and is a half at x = 1 for
every d.  So, pair by pair: x < 1 exactly for n_1 < p/2, and widening any pair then lowers x, and
with it the risk ((p-n_1) x + n_2)/(p-n) sigma^2 + ...; for n_1 > p/2 it raises both; at n_1 = p/2
nothing changes.  With M = I for comparison all d are zero.

The statements on f hold at every x, so that means over any number of pairs inherit them; two kinds
of pairs are carried through to the risk.
"""

from sympy import Rational

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.monotone import falls, rises
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.symbols import n, n1, n2, p, sigma_sq, snr, symbol, theta_sq, variance
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, OFF_PEAK
from symrisk.theorems.transfer import reciprocal_spectrum as alike
from symrisk.theorems.transfer.letters import noisy
from symrisk.theorems.transfer.reciprocal_spectrum import no_shift
from symrisk.theorems.transfer.spectrum.letters import (
    few,
    half,
    many,
    one_pair,
    pair_spread,
    scale,
    taken_up,
)

wider = symbol("wider", "h", "what a pair's spread grows by", positive=True)
first_spread = symbol("first_spread", "d_1", "spread of the pairs of the first kind",
                      nonnegative=True)
second_spread = symbol("second_spread", "d_2", "spread of the pairs of the second kind",
                       nonnegative=True)
first_share = symbol("first_share", r"\pi_1", "share of the pairs that are of the first kind",
                     nonnegative=True)
pairs_scale = symbol("pairs_scale", "x", "what the source's rows take up along a unit eigenvalue",
                     positive=True)


def top(x, d):
    return x * (1 + d + x)


def bottom(x, d):
    return (1 + x)**2 + 2 * d * x


pair_share = Formula(
    symbol("pair_share", "f",
           "share of a reciprocal pair's two directions that the source's rows take up",
           positive=True),
    top(scale, pair_spread) / bottom(scale, pair_spread), accuracy=ASYMPTOTIC)
first, second = ((top(pairs_scale, d), bottom(pairs_scale, d))
                 for d in (first_spread, second_spread))
pairs_risk = Formula(
    symbol("pairs_risk", r"R_{G=H}",
           "excess risk of the pooled interpolator, coefficients spread evenly", nonnegative=True),
    (p - n) / p * theta_sq + variance, on=Region(n1 > 0, n1 + n2 < p, first_share <= 1),
    accuracy=ASYMPTOTIC, where={
        variance: ((p - n1) * pairs_scale + n2) / (p - n) * sigma_sq,
        n: n1 + n2,
        theta_sq: snr * sigma_sq,
        **Implicit.root(pairs_scale,
                        p
                        * (first_share * first[0] * second[1]
                           + (1 - first_share) * second[0] * first[1])
                        - n1 * first[1] * second[1])})

some, others = noisy & Region(first_share > 0), noisy & Region(first_share < 1)
same = {first_spread: 0, second_spread: 0}
claims = (
    Claim("a pair takes up the mean of x tau/(1 + x tau) over its two eigenvalues",
          pair_share.at(one_pair), "==",
          taken_up(scale) / 2),
    Claim("where all pairs are alike a pair takes up n1/p at the scale of the source",
          pair_share.at({scale: alike.source_scale, **one_pair}), "==", n1 / p),
    Claim("a pair takes up more at a larger scale", pair_share.diff(scale), ">", 0),
    Claim("a pair takes up more as it widens exactly at a scale below one",
          pair_share.diff(pair_spread), ">", 0, iff=scale < 1),
    Claim("a wider pair takes up more than a narrow one exactly at a scale below one",
          pair_share.at({pair_spread: pair_spread + wider}), ">", pair_share, iff=scale < 1),
    Claim("a pair takes up less than half of its directions exactly at a scale below one",
          pair_share, "<", Rational(1, 2), iff=scale < 1),
    Claim("pairs without spread are no shift", pairs_risk.at(same), "==", no_shift),
    *falls(pairs_risk, first_spread, on=some & few, called="below p/2 source samples the risk"),
    *rises(pairs_risk, first_spread, on=some & many, called="above p/2 source samples the risk"),
    *falls(pairs_risk, second_spread, on=others & few, called="below p/2 source samples the risk"),
    Claim("a reciprocal spectrum helps, against no shift, exactly below p/2 source samples, where "
          "some pair is wide",
          pairs_risk, "<", no_shift, on=some & Region(first_spread > 0), iff=2 * n1 < p),
    Claim("a reciprocal spectrum hurts, against no shift, exactly above p/2 source samples, where "
          "some pair is wide",
          pairs_risk, ">", no_shift, on=some & Region(first_spread > 0), iff=2 * n1 > p),
    Claim("at p/2 source samples no reciprocal spectrum changes the risk",
          pairs_risk, "==", no_shift, on=half),
)

reciprocal_pairs = Theorem(
    "Covariate shift with any reciprocal spectrum",
    (Citation("song2024",
              "covariate shift, simultaneously diagonalisable covariances; example with Sigma_2 "
              "= I"),
     Citation("sur2025", "theorem of `Does covariate shift help?`")),
    states="The eigenvalues of the source's covariance come in pairs tau, 1/tau, the target's "
           "covariance is the identity, coefficients and noise are common and p > n1 + n2. With "
           "coefficients spread evenly, widening any pair lowers the risk of the pooled min-norm "
           "interpolator while n1 < p/2, does not change it at n1 = p/2, and raises it beyond.",
    assumes=("rows Sigma_k^{1/2} z, z with independent entries of mean 0 and variance 1",
             "common coefficients and noise", INDEPENDENT_NOISE, OFF_PEAK,
             "G = H: coefficients spread evenly"),
    formulas=(pair_share, pairs_risk),
    claims=claims,
    uses=(alike.reciprocal_spectrum,),
    excess_over={sigma_sq: (pairs_risk,)},
)
