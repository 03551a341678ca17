r"""The best weights of a source and a target sample in one ridge fit, isotropic features.

Minimise R(beta_1, beta_2) = N/(1 - S) over 0 <= beta_k <= n_k/p, beta_1 + beta_2 <= 1.  The shares
say the weights,

    w_1/w_2 = beta_1 (n_2 - p beta_2) / (beta_2 (n_1 - p beta_1)),   mu/w_2 = (1 - beta_1 -
    beta_2)(n_2 - p beta_2)/beta_2,

and every face of the polygon means something: beta_1 = 0 drops the source, beta_k = n_k/p
interpolates sample k (w_k infinite beside the rest), beta_1 + beta_2 = 1 drops the penalty.
Inside, two slopes vanish together, polynomials of degree four that have no closed form; where the
samples differ in noise alone they do: w_k = 1/sigma_k^2, mu = p/|theta_2|^2.
"""

from functools import lru_cache

from sympy import Symbol

from symrisk.engine.expressions import tex
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.symbols import (
    cross,
    delta_sq,
    mu,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    symbol,
    theta1_sq,
    theta_sq,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer import isotropic_ridge, weighted_ridge
from symrisk.theorems.transfer.share_search import FACES, best_shares
from symrisk.theorems.transfer.weighted_ridge import (
    beta1,
    beta2,
    both,
    free,
    left1,
    missed,
    penalty_ratio,
    source_share,
    target_share,
    towards,
    weight_ratio,
    weighted_ridge_risk,
    weighted_risk,
)
from symrisk.theorems.transfer.weighted_ridge import replicate as weighted_replicate
from symrisk.theorems.transfer.weighted_ridge import w1 as source_weight
from symrisk.theorems.transfer.weighted_ridge import w2 as target_weight

top = symbol("top", "N", "the risk times 1 - S", nonnegative=True)
lean1 = symbol("lean1", "N_1", "half the slope of N in beta_1")
lean2 = symbol("lean2", "N_2", "half the slope of N in beta_2")

parts = {top: weighted_risk.expression * free, **dict(weighted_risk.where)}
slope1 = Formula(
    symbol("slope1", "f_1", "dR/dbeta_1 times (1 - S)^2/2"), free * lean1 + p * beta1 / n1 * top,
    on=weighted_risk.on, accuracy=ASYMPTOTIC, where={
        lean1: left1 * beta1 * (cross + delta_sq) - missed * (theta_sq + cross)
        + p * beta1 / n1 * (sigma1_sq + delta_sq + 2 * towards), **parts})
slope2 = Formula(
    symbol("slope2", "f_2", "dR/dbeta_2 times (1 - S)^2/2"), free * lean2 + p * beta2 / n2 * top,
    on=weighted_risk.on, accuracy=ASYMPTOTIC, where={
        lean2: left1 * beta1 * cross - missed * theta_sq + p * beta2 / n2 * sigma2_sq, **parts})

ON_FACE = {"free": None, "none": (0, 0), "all": (n1 / p, n2 / p)}
PARAMETERS = (n1, n2, p, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq)


def equations(first, second):
    """What the best shares solve on a face: a slope vanishes, or a share is at its end."""
    if second == "rest":
        along = slope1.expanded - slope2.expanded if first == "free" else beta1 - ON_FACE[first][0]
        return along, beta1 + beta2 - 1
    one = slope1.expanded if first == "free" else beta1 - ON_FACE[first][0]
    two = slope2.expanded if second == "free" else beta2 - ON_FACE[second][1]
    return one, two


b1, b2 = Symbol("b_1"), Symbol("b_2")
leaning = (weighted_risk.expression * free).xreplace({towards: missed * cross - beta1 * delta_sq})
objective = leaning.xreplace({missed: 1 - b1 - b2, beta1: b1, beta2: b2}) / (1 - p * b1**2 / n1 - p * b2**2 / n2)
optimum = Implicit.equation(
    (beta1, beta2), [equations(*face) for face in FACES], near=best_shares, parameters=PARAMETERS,
    latex=rf"\arg\min_{{0 \le b_1 \le n_1/p,\; 0 \le b_2 \le n_2/p,\; b_1 + b_2 \le 1}} {tex.latex(objective)}",
    says="the shares of least weighted risk")
real = both & Region(cross**2 <= theta_sq * delta_sq, over=PARAMETERS)
unique = real & Region(theta_sq > 0, sigma2_sq > 0)
best_source_share = Formula(
    symbol("best_source_share", r"\beta_1^*", "share of its coefficients that the source brings into the best fit",
           nonnegative=True), beta1, where={**optimum}, on=unique, accuracy=ASYMPTOTIC)
best_target_share = Formula(
    symbol("best_target_share", r"\beta_2^*", "share of its coefficients that the target sample brings into the best fit",
           nonnegative=True), beta2, where={**optimum}, on=unique, accuracy=ASYMPTOTIC)
best_weight_ratio = Formula(
    symbol("best_weight_ratio", r"(w_1/w_2)^*", "weight of a source row beside that of a target row in the best fit",
           nonnegative=True), weight_ratio.expression, where={**optimum}, on=unique & Region(beta1 < n1 / p, beta2 > 0),
    accuracy=ASYMPTOTIC)
best_penalty_ratio = Formula(
    symbol("best_penalty_ratio", r"(\mu/w_2)^*", "penalty beside the weight of a target row in the best fit", nonnegative=True),
    penalty_ratio.expression, where={**optimum}, on=unique & Region(beta2 > 0), accuracy=ASYMPTOTIC)
best_weighted_risk = Formula(
    symbol("best_weighted_risk", r"\min_{w,\mu} R_{w,\mu}", "least risk of weighted pooled ridge", nonnegative=True),
    weighted_risk.expression, where={**dict(weighted_risk.where), **optimum}, on=real, accuracy=ASYMPTOTIC)

unshifted = {delta_sq: 0, cross: 0}
by_noise = {source_weight: 1 / sigma1_sq, target_weight: 1 / sigma2_sq, mu: p / theta_sq}
noisy = Region(sigma1_sq > 0, sigma2_sq > 0, theta_sq > 0)
fitted_by_noise = {beta1: source_share.at(by_noise), beta2: target_share.at(by_noise)}
least_unshifted = weighted_ridge_risk.at(unshifted).at(by_noise)
no_source = weighted_risk.at({beta1: 0})
against = symbol("against", "o", "how far the source's coefficients point away from the target's, -<theta_1, theta_2>",
                 nonnegative=True)
spare1 = symbol("spare1", "m_1", "source rows beyond those that the share takes, n_1 - p beta_1", nonnegative=True)
spare2 = symbol("spare2", "m_2", "target rows beyond those that the share takes, n_2 - p beta_2", nonnegative=True)
away = {cross: -theta_sq - against, delta_sq: theta1_sq + 2 * against + theta_sq}
rows = {n1: p * beta1 + spare1, n2: p * beta2 + spare2}
squared = (1 - p * beta1**2 / n1 - p * beta2**2 / n2)**2
claims = (
    Claim("the first slope is a positive multiple of the risk's slope in the source share", slope1, "==",
          weighted_risk.diff(beta1) * squared / 2),
    Claim("the second slope is a positive multiple of the risk's slope in the target share", slope2, "==",
          weighted_risk.diff(beta2) * squared / 2),
    Claim("a first weight on the source lowers the risk exactly where its coefficients point along the target's",
          weighted_risk.diff(beta1).at({beta1: 0}), "<", 0, on=Region(beta2 < 1), iff=(theta_sq + cross > 0,)),
    Claim("a source that points away from the target never helps", weighted_risk.at(away).at(rows), ">=",
          no_source.at({n2: rows[n2]})),
    Claim("where samples differ in noise alone weights 1/sigma_k^2 and penalty p/|theta|^2 make the source slope vanish",
          slope1.at(unshifted).at(fitted_by_noise), "==", 0, on=noisy),
    Claim("where samples differ in noise alone weights 1/sigma_k^2 and penalty p/|theta|^2 make the target slope vanish",
          slope2.at(unshifted).at(fitted_by_noise), "==", 0, on=noisy),
    Claim("where samples differ in noise alone the least risk is the missed share of the signal",
          least_unshifted, "==",
          theta_sq * (1 - source_share.at(by_noise) - target_share.at(by_noise)), on=noisy),
    *(Claim(f"where samples differ in noise alone the {name}'s share is n_k R/(p (sigma_k^2 + R)), R being the least risk",
            share.at(by_noise) * p * (noise_sq + least_unshifted), "==", size * least_unshifted, on=noisy)
      for name, share, noise_sq, size in (("source", source_share, sigma1_sq, n1), ("target", target_share, sigma2_sq, n2))),
    Claim("the best weight of the source is read off the best shares", best_weight_ratio.given(beta1, beta2), "==", weight_ratio),
    Claim("the best penalty is read off the best shares", best_penalty_ratio.given(beta1, beta2), "==", penalty_ratio),
    Claim("the least risk is the risk at the best shares", best_weighted_risk.given(beta1, beta2), "==", weighted_risk),
)


def replicate(rng, *, n1: int, n2: int, p: int, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq, rows):
    """One replicate of the risk of weighted pooled ridge at its best weights and penalty."""
    point = {"n1": n1, "n2": n2, "p": p, "theta_sq": theta_sq, "delta_sq": delta_sq, "cross": cross, "sigma1_sq": sigma1_sq,
             "sigma2_sq": sigma2_sq}
    weight, penalty = _best(**point)
    return weighted_replicate(rng, source_weight=weight, target_weight=1.0, mu=penalty, rows=rows, **point)


@lru_cache(maxsize=16)
def _best(**point):
    return best_weight_ratio(**point), best_penalty_ratio(**point)


best_weights = Theorem(
    "The best weights of weighted pooled ridge",
    (Citation("song2024", "isotropic concept shift, of which this is the weighted ridge extension"),
     Citation("dinkelbach1967", "the least value of a ratio as the zero of a parametric minimum")),
    states="Over all weights and penalties the risk of a ridge fit to a source and a target sample is least at two shares that "
           "solve two polynomial equations, or lie on a face of their polygon: without the source, which is best where it points "
           "away from the target; without a penalty; or interpolating one sample. Where the samples differ in noise alone "
           "w_k = 1/sigma_k^2 and mu = p/|theta_2|^2.",
    assumes=("isotropic rows with independent entries of mean 0 and variance 1", "noise independent of the features",
             "n/p bounded away from 1 where the penalty is small"),
    formulas=(slope1, slope2, best_source_share, best_target_share, best_weight_ratio, best_penalty_ratio, best_weighted_risk),
    claims=claims,
    simulations=(Simulation(best_weighted_risk, replicate, says="weighted pooled ridge at its best weights and penalty", point={
        "n1": 100, "n2": 50, "p": 200, "theta_sq": 1, "delta_sq": 0.3, "cross": 0, "sigma1_sq": 0.5, "sigma2_sq": 0.25}),),
    uses=(weighted_ridge.weighted_ridge, isotropic_ridge.isotropic_ridge),
)
