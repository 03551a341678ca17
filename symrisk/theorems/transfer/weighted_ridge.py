r"""Weighted pooled ridge of K samples, isotropic features: every weight, every penalty, every size.

    theta_hat = argmin sum_k w_k |y_k - X_k theta|^2 + mu |theta|^2          (mu is absolute; only
    w_k/mu matter)

To first order the fit is in the mean theta_bar = sum_k beta_k theta_k.  The shares beta_k say
everything: the engine of K numbers collapses to them, w_k q = beta_k/(n_k - p beta_k) and mu q = 1
- sum_k beta_k, and with s_k = p beta_k^2/n_k

    R = ( |theta_0 - theta_bar|^2 + sum_k s_k (sigma_k^2 + |Delta_k|^2 + 2 <Delta_k, theta_0 -
    theta_bar>) ) / (1 - sum_k s_k).

beta_k = n_k/p is min-norm interpolation, beta_k = n_k/n least squares, beta = 0 no fit at all.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.risk import Risk
from symrisk.symbols import (
    mu,
    n1,
    n2,
    p,
    sigma2_sq,
    symbol,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import (
    INDEPENDENT_NOISE,
    ISOTROPIC,
    PENALISED_OR_OFF_PEAK,
    RIDGE_OF_ONE_SAMPLE,
)
from symrisk.theorems.transfer import concept_shift, isotropic_ridge
from symrisk.theorems.transfer.letters import coherent
from symrisk.theorems.transfer.shares.neighbours import claims_of_form, one_shift
from symrisk.theorems.transfer.shares.of_samples import risk_of, risk_of_1, risk_of_2, risk_of_3
from symrisk.theorems.transfer.shares.of_two import (
    beta1,
    beta2,
    both,
    by_shares,
    by_weights,
    finite,
    free,
    left1,
    left2,
    noisy,
    pieces,
    polygon,
    q,
    resolvent,
    shown,
    signal,
    w1,
    w2,
)
from symrisk.theorems.transfer.worlds import shifted_source

weighted_risk = Formula(
    symbol("weighted_risk", r"R(\beta_1,\beta_2)",
           "excess risk of a weighted fit to a source and a target sample, by its shares",
           nonnegative=True),
    (signal + noisy) / free, on=polygon & finite & coherent, accuracy=ASYMPTOTIC,
    where={**pieces, **by_shares})
weighted_ridge_risk = Formula(
    symbol("weighted_ridge_risk", r"R_{w,\mu}", "excess risk of weighted pooled ridge",
           nonnegative=True),
    (signal + noisy) / free, on=both & coherent, accuracy=ASYMPTOTIC,
    where={**pieces, **by_weights})
source_share = Formula(
    symbol("source_share", r"\beta_1",
           "share of its coefficients that the source brings into the fit", nonnegative=True),
    n1 * w1 * q * left1, where={left1: shown[left1], **resolvent}, on=both, accuracy=ASYMPTOTIC)
target_share = Formula(
    symbol("target_share", r"\beta_2",
           "share of its coefficients that the target sample brings into the fit",
           nonnegative=True),
    n2 * w2 * q * left2, where={left2: shown[left2], **resolvent}, on=both, accuracy=ASYMPTOTIC)
fitted = {beta1: source_share, beta2: target_share}
weight_ratio = Formula(
    symbol("weight_ratio", r"w_1/w_2",
           "weight of a source row beside that of a target row, by the shares", nonnegative=True),
    beta1 * (n2 - p * beta2) / (beta2 * (n1 - p * beta1)),
    on=polygon & Region(beta1 < n1 / p, beta2 > 0), accuracy=ASYMPTOTIC)
penalty_ratio = Formula(
    symbol("penalty_ratio", r"\mu/w_2", "penalty beside the weight of a target row, by the shares",
           nonnegative=True),
    (1 - beta1 - beta2) * (n2 - p * beta2) / beta2, on=polygon & Region(beta2 > 0),
    accuracy=ASYMPTOTIC)
claims = (
    *claims_of_form,
    Claim("where only the source is shifted the form is the weighted risk",
          risk_of(2).at(one_shift), "==", weighted_risk),
    Claim("weights and penalty act through the shares alone",
          weighted_ridge_risk, "==", weighted_risk.at(fitted)),
    Claim("what weighted ridge misses of the mean is mu q",
          1 - source_share - target_share, "==", mu * q),
    Claim("the shares tell the weights", weight_ratio.at(fitted), "==", w1 / w2),
    Claim("the shares tell the penalty", penalty_ratio.at(fitted), "==", mu / w2),
    Claim("with equal weights the shares are in proportion to the sizes",
          n2 * source_share.at({w1: w2}), "==", n1 * target_share.at({w1: w2})),
    Claim("a penalty keeps the source from being interpolated", source_share, "<", n1 / p),
    Claim("a penalty keeps the target sample from being interpolated", target_share, "<", n2 / p),
    Claim("the source's share tends to 0 as mu grows", source_share, "<", n1 * w1 / mu),
    Claim("below the peak weighted ridge risk tends to that of min-norm pooling as mu falls to 0, "
          "whatever the weights",
          weighted_ridge_risk.limit(mu, 0), "==", concept_shift.unequal_noise_pooled_risk),
)


replicate = Risk(shifted_source, Weighted((w1, w2), Ridge(mu)))
simulations = (
    Simulation(weighted_ridge_risk, replicate, says="weighted pooled ridge near its best weights",
               point={"n1": 100, "n2": 50, "p": 200, "theta_sq": 1.0, "delta_sq": 0.3, "cross": 0.0,
                      "sigma1_sq": 0.5, "sigma2_sq": 0.5, "source_weight": 0.675,
                      "target_weight": 1.0, "mu": 101.4}),
    Simulation(weighted_ridge_risk, replicate,
               says="a heavy target weight, a shift along the target, more rows than features",
               point={"n1": 120, "n2": 60, "p": 150, "theta_sq": 1.0, "delta_sq": 0.5, "cross": 0.4,
                      "sigma1_sq": 1.0, "sigma2_sq": 0.25, "source_weight": 1.0,
                      "target_weight": 4.0, "mu": 20.0}),
)

weighted_ridge = Theorem(
    "Weighted pooled ridge",
    (Citation("song2024", "isotropic concept shift, of which this is the weighted ridge extension"),
     RIDGE_OF_ONE_SAMPLE),
    states="The risk of any weighted ridge fit to K isotropic samples is a rational function of K "
           "shares. Min-norm interpolation, least squares and no fit at all are three of its "
           "points. Proved for K = 1, 2, 3.",
    assumes=(ISOTROPIC, INDEPENDENT_NOISE, PENALISED_OR_OFF_PEAK),
    formulas=(risk_of_1, risk_of_2, risk_of_3, weighted_risk, weighted_ridge_risk, source_share,
              target_share, weight_ratio, penalty_ratio),
    claims=claims,
    simulations=simulations,
    uses=(isotropic_ridge.isotropic_ridge, concept_shift.concept_shift),
    excess_over={sigma2_sq: (weighted_risk, weighted_ridge_risk)},
)
