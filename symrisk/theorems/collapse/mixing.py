r"""Iterative mixing of real and synthetic labels: how much real data prevents collapse?

The features X stay; the first fit uses real labels.  Each generation is refitted, by min-norm
interpolation or least squares, on w * (fresh real labels) + (1 - w) * (labels that the previous fit
made, with fresh noise).  The fits share their mean, and their covariance is v_t times that of the
first one:

    v_t = w^2 + (1 - w)^2 (1 + v_{t-1}),   v_0 = 1,

for every fixed X, any n and p.  So the risk is R_t = B + v_t V with the bias and variance of the
first fit, and everything about collapse is in v_t: an affine recursion with multiplier (1 - w)^2
and fixed point c(w).
"""

from sympy import Rational, sqrt

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.mixing import mixing_variance
from symrisk.symbols import symbol, t, w

mixed = Region(w > 0, w <= 1)
golden = (sqrt(5) - 1) / 2

variance_factor = Formula(
    symbol("variance_factor", "c",
           "variance inflation in the long run, relative to one fit on real labels", positive=True),
    (w**2 + (1 - w)**2) / (w * (2 - w)), on=mixed)
variance_factor_at = Formula(
    symbol("variance_factor_at", "v_t",
           "variance inflation at generation t, relative to one fit on real labels", positive=True),
    (1 - w)**(2 * t) + (1 - (1 - w)**(2 * t)) * variance_factor.symbol, on=mixed,
    where={variance_factor.symbol: variance_factor})
collapsing_factor_at = Formula(
    symbol("collapsing_factor_at", "v_t",
           "variance inflation at generation t without real labels (w = 0)", positive=True),
    1 + t)

following = variance_factor_at.at({t: t + 1})
slope = variance_factor.diff(w)
curvature = slope.diff(w)

claims = (
    Claim("the first fit has variance factor one", variance_factor_at.at({t: 0}), "==", 1),
    Claim("the closed form follows the recursion, at every generation", following, "==",
          w**2 + (1 - w)**2 * (1 + variance_factor_at)),
    Claim("without real labels the variance grows by one a generation",
          collapsing_factor_at.at({t: t + 1}), "==", collapsing_factor_at + 1),
    Claim("without real labels the first fit has variance factor one",
          collapsing_factor_at.at({t: 0}), "==", 1),
    Claim("without real labels the variance factor exceeds the number of generations",
          collapsing_factor_at, ">", t),
    Claim("the long-run factor is the recursion's fixed point",
          variance_factor, "==", w**2 + (1 - w)**2 * (1 + variance_factor)),
    Claim("the long-run factor is a sum of simple poles",
          variance_factor, "==", -2 + 1 / (2 * w) + Rational(5, 2) / (2 - w)),
    Claim("the distance to the long run shrinks by (1-w)^2 a generation",
          following - variance_factor, "==", (1 - w)**2 * (variance_factor_at - variance_factor)),
    Claim("the long-run factor is convex in the weight", curvature, ">", 0),
    Claim("the long-run factor is log-convex in the weight",
          variance_factor * curvature, ">", slope * slope),
    Claim("the long-run factor grows with the weight exactly above the golden weight",
          slope, ">", 0, iff=w**2 + w > 1),
    Claim("the slope vanishes at the golden weight", slope.at({w: golden}), "==", 0),
    Claim("the least long-run factor is the golden weight itself",
          variance_factor.at({w: golden}), "==", golden),
    Claim("its curvature there is 3 + 7/sqrt(5)", curvature.at({w: golden}), "==", 3 + 7 / sqrt(5)),
    Claim("mixing beats a single real fit in the long run exactly for a weight between a third "
          "and one",
          variance_factor, "<", 1, iff=(w > Rational(1, 3), w < 1)),
    Claim("a weight of one third keeps the first variance for ever",
          variance_factor_at.at({w: Rational(1, 3)}), "==", 1),
    Claim("real labels alone keep the first variance for ever",
          variance_factor_at.at({w: 1}).at({t: t + 1}), "==", 1),
    Claim("the variance factor falls from generation to generation exactly while its long-run "
          "value is below one",
          following, "<=", variance_factor_at, on=Region(w < 1), iff=w >= Rational(1, 3)),
    Claim("above a third the variance factor stays between its long-run value and one",
          variance_factor_at, ">=", variance_factor, on=Region(w >= Rational(1, 3))),
    Claim("above a third no generation is worse than the first",
          variance_factor_at, "<=", 1, on=Region(w >= Rational(1, 3))),
    Claim("below a third no generation exceeds the long-run value: with any real labels there is "
          "no collapse",
          variance_factor_at, "<=", variance_factor, on=Region(w <= Rational(1, 3))),
    Claim("with a share w of real labels the factor never exceeds 1/(2w) + 1",
          variance_factor_at, "<=", 1 / (2 * w) + 1),
)

def mixing_replicate(rng, *, w, t: int, n: int = 60, p: int = 90, rows):
    """One replicate of the label iteration, features n x p."""
    return mixing_variance(rng, w=w, t=t, n=n, p=p, rows=rows)


def collapsing_replicate(rng, *, t: int, n: int = 60, p: int = 90, rows):
    """One replicate of the label iteration without fresh real labels."""
    return mixing_variance(rng, w=0.0, t=t, n=n, p=p, rows=rows)


mixing = Theorem(
    "Mixing real and synthetic labels",
    Citation("garg2025", "Theorem 3.1 (min-norm interpolation)"),
    states="Refitting on w fresh real labels and 1 - w labels of the previous fit keeps the bias "
           "and multiplies the variance by v_t, which tends to c(w) geometrically. The risk stays "
           "bounded unless w = 0; the best weight is the reciprocal of the golden ratio, whatever "
           "the features' covariance, and the variance there is smaller than that of one real fit "
           "by the same number.",
    assumes=("X is the same in every generation", "label noises independent, of one variance",
             "min-norm interpolation or least squares"),
    formulas=(variance_factor, variance_factor_at, collapsing_factor_at),
    claims=claims,
    simulations=(
        Simulation(variance_factor_at, mixing_replicate,
                   says="(R_t - B)/V of the label iteration, labels drawn",
                   point={"w": 0.618, "t": 12, "n": 60, "p": 90}),
        Simulation(collapsing_factor_at, collapsing_replicate,
                   says="(R_t - B)/V without fresh real labels",
                   point={"t": 4, "n": 60, "p": 90})),
)
