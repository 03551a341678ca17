r"""Two stages on the same target rows: weighted pooled ridge, then min-norm correction.

    theta_init = argmin w_1 |y_1 - X_1 theta|^2 + w_2 |y_2 - X_2 theta|^2 + mu |theta|^2,
    theta_hat  = theta_init + X_2^+ (y_2 - X_2 theta_init) = (I - Pi_2) theta_init + X_2^+ y_2.

The start has seen the target rows, but is ridge, so that it does not interpolate them and the
correction has something to do.  Off the rows of X_2 stays its error; in the shares beta_k of the
first stage, with s_k = p beta_k^2/n_k and m = 1 - beta_1 - beta_2 = mu q, to first order

    R = (1 - n_2/p) ( (1-s_2) (|m theta_2 - (beta_1-s_1) delta|^2 + s_1 (1-s_1) |delta|^2 + s_1
    sigma_1^2) + s_1 s_2 sigma_2^2 )
            / ((1 - s_1 - s_2) (1 - beta_2)^2)  +  n_2 sigma_2^2/(p - n_2).

A vanishing penalty leaves the pooled interpolator, which the correction does not change; an
infinite one, or no weight on the source, the target alone; no weight on the target a ridge fit to
the source, corrected on rows that it has not seen.
"""

from sympy import Integer

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.two_stage import TwoStage
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.risk import Risk
from symrisk.symbols import (
    cross,
    delta_sq,
    inner12,
    mu,
    n1,
    n2,
    p,
    sigma2_sq,
    symbol,
    theta1_sq,
    theta_sq,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, ISOTROPIC, RIDGE_OF_ONE_SAMPLE
from symrisk.theorems.transfer import concept_shift, weighted_ridge
from symrisk.theorems.transfer.fits.drifts import stretch
from symrisk.theorems.transfer.fits.two_stages import (
    claims_of_signs,
    expression,
    spread1,
    spread2,
    sums,
)
from symrisk.theorems.transfer.letters import coherent
from symrisk.theorems.transfer.shares.of_samples import missed
from symrisk.theorems.transfer.shares.of_two import (
    beta1,
    beta2,
    both,
    finite,
    left1,
    left2,
    polygon,
    q,
    shown,
    w1,
    w2,
)
from symrisk.theorems.transfer.worlds import two_coefficients

under = Region(n2 < p)
gram = {cross: inner12 - theta_sq, delta_sq: theta1_sq - 2 * inner12 + theta_sq}

two_stage_risk = Formula(
    symbol("two_stage_risk", r"R_{\mathrm{two}}",
           "excess risk of weighted pooled ridge, then corrected on the same target rows",
           nonnegative=True),
    expression, on=under & coherent, accuracy=ASYMPTOTIC, where={
        **gram, **sums,
        missed: mu * q,
        spread1: p * w1 * q * left1 * beta1,
        spread2: p * w2 * q * left2 * beta2,
        beta1: n1 * w1 * q * left1,
        beta2: n2 * w2 * q * left2,
        **shown})
share_two_stage_risk = Formula(
    symbol("share_two_stage_risk", r"R_{\mathrm{two}}(\beta_1,\beta_2)",
           "the same by the shares of the first stage", nonnegative=True),
    expression, accuracy=ASYMPTOTIC,
    on=polygon & finite & under & Region(beta2 < 1), where={
        **sums,
        missed: 1 - beta1 - beta2,
        spread1: p * beta1**2 / n1,
        spread2: p * beta2**2 / n2,
        left1: (n1 - p * beta1) / n1,
        left2: (n2 - p * beta2) / n2})

across_sq = symbol("across_sq", r"\|\delta_\perp\|^2",
                   "squared norm of the shift's part at right angles to theta_2", nonnegative=True)
split = {cross: stretch * theta_sq, delta_sq: stretch**2 * theta_sq + across_sq}
in_gram, by_shares = two_stage_risk.given(theta_sq, delta_sq, cross), share_two_stage_risk
by_weights = in_gram.at(split)
shares = {beta1: weighted_ridge.source_share, beta2: weighted_ridge.target_share}
target_risk, noise = concept_shift.unequal_noise_target_risk, n2 / (p - n2) * sigma2_sq
ends = (
    Claim("weights and penalty act through the shares of the first stage alone",
          by_shares.at(split).at(shares), "==", by_weights, on=both),
    Claim("coefficients three times as long along the target's are a shift that points along them",
          two_stage_risk, "==",
          by_shares.at(shares).at({cross: 2 * theta_sq, delta_sq: theta1_sq - 5 * theta_sq}),
          on=both & Region(Relation(inner12, "==", 3 * theta_sq))),
    Claim("with a vanishing penalty, below the peak, two stages are the pooled interpolator",
          in_gram.limit(mu, 0), "==", concept_shift.unequal_noise_pooled_risk,
          on=both & Region(n1 + n2 < p, Relation(cross, "==", Integer(0)))),
    Claim("at beta_k = n_k/p two stages are the pooled interpolator",
          by_shares.at({beta1: n1 / p, beta2: n2 / p}), "==",
          concept_shift.unequal_noise_pooled_risk),
    Claim("as the penalty grows both shares fall to zero",
          weighted_ridge.source_share + weighted_ridge.target_share, "<", (n1 * w1 + n2 * w2) / mu),
    Claim("with no share of the source two stages are the target alone",
          by_shares.at({beta1: 0}), "==", target_risk),
    Claim("without source rows two stages are the target alone",
          by_weights.at({n1: 0}), "==", target_risk),
    Claim("with no share of the target they are a ridge fit to the source, corrected on fresh rows",
          by_shares.at({beta2: 0}), "==",
          (p - n2) / p * weighted_ridge.weighted_risk.at({beta2: 0}) + noise),
    Claim("where the first stage interpolates the target the second changes nothing",
          by_shares.at({beta2: n2 / p}), "==", weighted_ridge.weighted_risk.at({beta2: n2 / p})),
)
CASE = {"n1": 60, "n2": 40, "p": 150, "source_weight": 1, "target_weight": 1, "mu": 20.0,
        "theta1_sq": 1.793, "theta_sq": 1.69, "inner12": 1.4872, "sigma1_sq": 0.5, "sigma2_sq": 1.0}
exact_correction = two_stage_risk + n2 * sigma2_sq / (p - n2 - 1) - noise
replicate = Risk(two_coefficients, TwoStage(Weighted((w1, w2), Ridge(mu))))
EXPERIMENTS = {
    "pooled ridge, then min-norm correction on the same rows": {},
    "more samples than features in the first stage": {"n1": 200},
    "a first stage that leans on the target": {"target_weight": 3, "mu": 5.0}}
simulations = tuple(
    Simulation(two_stage_risk, replicate, finite_size=exact_correction, says=says,
               rows=("gaussian",), point={**CASE, **changed})
    for says, changed in EXPERIMENTS.items())

two_stage = Theorem(
    "Pooled ridge, then corrected on the same target rows",
    (Citation("song2024", "isotropic concept shift, of which this is the two-stage extension"),
     RIDGE_OF_ONE_SAMPLE),
    states="Weighted pooled ridge on source and target rows is corrected to interpolate the "
           "target rows it has seen. To first order the risk is a rational function of the first "
           "stage's two shares. It runs from the pooled interpolator at no penalty to the target "
           "alone at an infinite one, and from a ridge fit to the source, corrected on fresh "
           "rows, at no weight on the target, to weighted ridge that interpolates the target at "
           "an infinite one.",
    assumes=(ISOTROPIC, INDEPENDENT_NOISE, "fewer target rows than features",
             "(n_1 + n_2)/p bounded away from 1 where the penalty is small"),
    formulas=(two_stage_risk, share_two_stage_risk),
    claims=ends + claims_of_signs(share_two_stage_risk),
    simulations=simulations,
    uses=(weighted_ridge.weighted_ridge, concept_shift.concept_shift),
    excess_over={sigma2_sq: (two_stage_risk, share_two_stage_risk)},
)
