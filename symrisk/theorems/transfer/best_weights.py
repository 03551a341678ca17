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

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.risk import Risk
from symrisk.symbols import cross, delta_sq, n1, n2, p, sigma2_sq, symbol, theta1_sq, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, ISOTROPIC, PENALISED_OR_OFF_PEAK
from symrisk.theorems.transfer import isotropic_ridge, weighted_ridge
from symrisk.theorems.transfer.shares.equations import optimum, real, slope1, slope2, unique
from symrisk.theorems.transfer.shares.noise_alone import claims_of_noise_alone
from symrisk.theorems.transfer.shares.of_two import beta1, beta2
from symrisk.theorems.transfer.weighted_ridge import penalty_ratio, weight_ratio, weighted_risk
from symrisk.theorems.transfer.worlds import shifted_source

best_source_share = Formula(
    symbol("best_source_share", r"\beta_1^*",
           "share of its coefficients that the source brings into the best fit", nonnegative=True),
    beta1, where={**optimum}, on=unique, accuracy=ASYMPTOTIC)
best_target_share = Formula(
    symbol("best_target_share", r"\beta_2^*",
           "share of its coefficients that the target sample brings into the best fit",
           nonnegative=True),
    beta2, where={**optimum}, on=unique, accuracy=ASYMPTOTIC)
best_weight_ratio = Formula(
    symbol("best_weight_ratio", r"(w_1/w_2)^*",
           "weight of a source row beside that of a target row in the best fit", nonnegative=True),
    weight_ratio.expression, where={**optimum}, on=unique & Region(beta1 < n1 / p, beta2 > 0),
    accuracy=ASYMPTOTIC)
best_penalty_ratio = Formula(
    symbol("best_penalty_ratio", r"(\mu/w_2)^*",
           "penalty beside the weight of a target row in the best fit", nonnegative=True),
    penalty_ratio.expression, where={**optimum}, on=unique & Region(beta2 > 0), accuracy=ASYMPTOTIC)
best_weighted_risk = Formula(
    symbol("best_weighted_risk", r"\min_{w,\mu} R_{w,\mu}", "least risk of weighted pooled ridge",
           nonnegative=True),
    weighted_risk.expression, where={**dict(weighted_risk.where), **optimum}, on=real,
    accuracy=ASYMPTOTIC)

against = symbol("against", "o",
                 "how far the source's coefficients point away from the target's, -<theta_1, "
                 "theta_2>",
                 nonnegative=True)
spare1 = symbol("spare1", "m_1", "source rows beyond those that the share takes, n_1 - p beta_1",
                nonnegative=True)
spare2 = symbol("spare2", "m_2", "target rows beyond those that the share takes, n_2 - p beta_2",
                nonnegative=True)
no_source = weighted_risk.at({beta1: 0})
away = {cross: -theta_sq - against, delta_sq: theta1_sq + 2 * against + theta_sq}
rows = {n1: p * beta1 + spare1, n2: p * beta2 + spare2}
squared = (1 - p * beta1**2 / n1 - p * beta2**2 / n2)**2


claims = (
    Claim("the first slope is a positive multiple of the risk's slope in the source share",
          slope1, "==", weighted_risk.diff(beta1) * squared / 2),
    Claim("the second slope is a positive multiple of the risk's slope in the target share",
          slope2, "==", weighted_risk.diff(beta2) * squared / 2),
    Claim("a first weight on the source lowers the risk exactly where its coefficients point "
          "along the target's",
          weighted_risk.diff(beta1).at({beta1: 0}), "<", 0, on=Region(beta2 < 1),
          iff=theta_sq + cross > 0),
    Claim("a source that points away from the target never helps",
          weighted_risk.at(away).at(rows), ">=", no_source.at({n2: rows[n2]})),
    *claims_of_noise_alone,
    Claim("the best weight of the source is read off the best shares",
          best_weight_ratio.given(beta1, beta2), "==", weight_ratio),
    Claim("the best penalty is read off the best shares",
          best_penalty_ratio.given(beta1, beta2), "==", penalty_ratio),
    Claim("the least risk is the risk at the best shares",
          best_weighted_risk.given(beta1, beta2), "==", weighted_risk),
)

best_fit = Weighted((best_weight_ratio, 1), Ridge(best_penalty_ratio))

best_weights = Theorem(
    "The best weights of weighted pooled ridge",
    (Citation("song2024", "isotropic concept shift, of which this is the weighted ridge extension"),
     Citation("dinkelbach1967", "the least value of a ratio as the zero of a parametric minimum")),
    states="Over all weights and penalties the risk of a ridge fit to a source and a target "
           "sample is least at two shares that solve two polynomial equations, or lie on a face "
           "of their polygon: without the source, which is best where it points away from the "
           "target; without a penalty; or interpolating one sample. Where the samples differ in "
           "noise alone w_k = 1/sigma_k^2 and mu = p/|theta_2|^2.",
    assumes=(ISOTROPIC, INDEPENDENT_NOISE, PENALISED_OR_OFF_PEAK),
    formulas=(slope1, slope2, best_source_share, best_target_share, best_weight_ratio,
              best_penalty_ratio, best_weighted_risk),
    claims=claims,
    simulations=(Simulation(best_weighted_risk, Risk(shifted_source, best_fit),
                            says="weighted pooled ridge at its best weights and penalty",
                            point={"n1": 100, "n2": 50, "p": 200, "theta_sq": 1, "delta_sq": 0.3,
                                   "cross": 0, "sigma1_sq": 0.5, "sigma2_sq": 0.25}),),
    uses=(weighted_ridge.weighted_ridge, isotropic_ridge.isotropic_ridge),
    excess_over={sigma2_sq: (best_weighted_risk,)},
)
