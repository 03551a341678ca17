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
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate import samples
from symrisk.simulate.experiment import Simulation
from symrisk.symbols import (
    cross,
    delta_sq,
    mu,
    n1,
    n2,
    noise,
    numbered,
    p,
    sigma1_sq,
    sigma2_sq,
    size,
    symbol,
    theta_sq,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer import concept_shift, isotropic_ridge
from symrisk.theorems.transfer.isotropic_ridge import beta, ols_risk, share_risk
from symrisk.theorems.transfer.letters import coherent, cross_of, gram, share_of

missed = symbol("missed", r"\bar\beta", "1 - beta", nonnegative=True)


def spread_of(k):
    """s_k = p beta_k^2 / n_k, how far sample k's rows scatter the fit."""
    return symbol(f"s{k}", f"s_{k}", f"p beta_{k}^2/n_{k}", nonnegative=True)


def distance_of(k):
    """|theta_k - theta_bar|^2, how far sample k's coefficients are from the mean fit; of the target's, k = 0."""
    return symbol(f"distance{k}", rf"\|\theta_{k}-\bar\theta\|^2", f"squared distance of theta_{k} and the mean fit",
                  nonnegative=True)


def risk_of(K):
    """The risk of pooling K isotropic samples with shares beta_k, for a target theta_0 of squared
    norm theta_sq.

    Sample k has size n_k, noise sigma_k^2 and coefficients theta_0 + Delta_k; the shifts enter by
    their Gram data gram_kl = <Delta_k, Delta_l> and cross_k = <theta_0, Delta_k>.  Weights and
    penalty enter through the shares alone: w_k q = beta_k / (n_k - p beta_k) and mu q = 1 - sum_k
    beta_k.  Gram data are taken as they come, estimates too: that they are those of vectors is not
    asked.

    >>> ridge = risk_of(1)
    >>> ridge(n1=50, p=100, beta1=0.25, theta_sq=1, gram11=0, cross1=0, sigma1_sq=1)
    0.7857142857142857
    """
    each = numbered(K)
    share, spread, distance = ({k: letter(k) for k in (0, *each)} for letter in (share_of, spread_of, distance_of))
    rest, spreads = 1 - sum(share[k] for k in each), {k: p * share[k]**2 / size(k) for k in each}

    def far(k):
        """|theta_k - theta_bar|^2, theta_k - theta_bar being missed theta_0 + sum_m lean_m Delta_m."""
        lean = {m: int(m == k) - share[m] for m in each}
        return (missed**2 * theta_sq + 2 * missed * sum(lean[m] * cross_of(m) for m in each)
                + sum(lean[m] * lean[j] * gram(m, j) for m in each for j in each))
    added = sum(spread[k] * (noise(k) + distance[k]) for k in each)
    return Formula(
        symbol(f"risk_of_{K}", rf"R_{{{K}}}(\beta)", f"excess risk of {K} pooled samples", nonnegative=True),
        distance[0] + added / (missed + sum(share[k] * ((size(k) - p * share[k]) / size(k)) for k in each)), accuracy=ASYMPTOTIC,
        on=Region(rest >= 0, sum(spreads.values()) < 1, *(p * share[k] <= size(k) for k in each), *(size(k) > 0 for k in each)),
        where={**{distance[k]: far(k) for k in (0, *each)}, missed: rest, **{spread[k]: spreads[k] for k in each}})


def limits_of_form(K):
    """No fit, the interpolator and least squares, as claims about the form of K samples."""
    each = numbered(K)
    total = sum(size(k) for k in each)
    noise_sum = sum(size(k) * noise(k) for k in each)
    own = sum(size(k) * gram(k, k) for k in each)
    mean_sq = sum(size(k) * size(m) * gram(k, m) for k in each for m in each)

    def at(share):
        return risk_of(K).at({share_of(k): share(size(k)) for k in each})
    return (
        Claim(f"without any fit the risk is the signal (K = {K})", at(lambda rows: 0), "==", theta_sq),
        Claim(f"at beta_k = n_k/p the form is the risk of the min-norm interpolator (K = {K})", at(lambda rows: rows / p), "==",
              (p - total) / p * theta_sq + noise_sum / (p - total) + (p * own - mean_sq) / (p * (p - total)),
              on=Region(total < p)),
        Claim(f"at beta_k = n_k/n the form is the risk of least squares (K = {K})", at(lambda rows: rows / total), "==",
              mean_sq / total**2 + p / (total * (total - p)) * (noise_sum + own - mean_sq / total), on=Region(total > p)),
    )


risk_of_1, risk_of_2, risk_of_3 = risk_of(1), risk_of(2), risk_of(3)
beta1, beta2, n3 = share_of(1), share_of(2), size(3)
w1 = symbol("source_weight", "w_1", "weight of the source's squared residuals", positive=True)
w2 = symbol("target_weight", "w_2", "weight of the target's squared residuals", positive=True)
left1 = symbol("left1", r"\ell_1", "share of the source sample that the fit does not show: 1 - p beta_1/n_1", nonnegative=True)
left2 = symbol("left2", r"\ell_2", "share of the target sample that the fit does not show: 1 - p beta_2/n_2", nonnegative=True)
free = symbol("free", r"\eta", "1 - nu", positive=True)
towards = symbol("towards", r"\langle\delta,\theta_2-\bar\theta\rangle", "inner product of the shift and what the fit misses")
q = symbol("weighted_q", "q", "scale of the resolvent: tr (sum_k w_k X_k'X_k + mu I)^{-1} / p", positive=True)

both = Region(n1 > 0, n2 > 0)
polygon = both & Region(p * beta1 <= n1, p * beta2 <= n2, beta1 + beta2 <= 1)
finite = Region(1 - beta1 - beta2 + beta1 * (1 - p * beta1 / n1) + beta2 * (1 - p * beta2 / n2) > 0)
signal = missed**2 * theta_sq - 2 * missed * beta1 * cross + beta1**2 * delta_sq
noisy = p * beta1**2 / n1 * (sigma1_sq + delta_sq + 2 * towards) + p * beta2**2 / n2 * sigma2_sq
pieces = {towards: missed * cross - beta1 * delta_sq, free: missed + beta1 * left1 + beta2 * left2}
weighted_risk = Formula(
    symbol("weighted_risk", r"R(\beta_1,\beta_2)", "excess risk of a weighted fit to a source and a target sample, by its shares",
           nonnegative=True),
    (signal + noisy) / free, on=polygon & finite & coherent, accuracy=ASYMPTOTIC, where={
        **pieces, missed: 1 - beta1 - beta2, left1: (n1 - p * beta1) / n1, left2: (n2 - p * beta2) / n2})
resolvent = Implicit.root(q, (1 - mu * q) * (1 + p * w1 * q) * (1 + p * w2 * q)
                          - n1 * w1 * q * (1 + p * w2 * q) - n2 * w2 * q * (1 + p * w1 * q))
shown = {left1: 1 / (1 + p * w1 * q), left2: 1 / (1 + p * w2 * q), **resolvent}
weighted_ridge_risk = Formula(
    symbol("weighted_ridge_risk", r"R_{w,\mu}", "excess risk of weighted pooled ridge", nonnegative=True),
    (signal + noisy) / free, on=both & coherent, accuracy=ASYMPTOTIC, where={
        **pieces,
        beta1: n1 * w1 * q * left1,
        beta2: n2 * w2 * q * left2,
        missed: mu * q,
        **shown})
source_share = Formula(
    symbol("source_share", r"\beta_1", "share of its coefficients that the source brings into the fit", nonnegative=True),
    n1 * w1 * q * left1, where={left1: shown[left1], **resolvent}, on=both, accuracy=ASYMPTOTIC)
target_share = Formula(
    symbol("target_share", r"\beta_2", "share of its coefficients that the target sample brings into the fit", nonnegative=True),
    n2 * w2 * q * left2, where={left2: shown[left2], **resolvent}, on=both, accuracy=ASYMPTOTIC)
fitted = {beta1: source_share, beta2: target_share}
weight_ratio = Formula(
    symbol("weight_ratio", r"w_1/w_2", "weight of a source row beside that of a target row, by the shares", nonnegative=True),
    beta1 * (n2 - p * beta2) / (beta2 * (n1 - p * beta1)), on=polygon & Region(beta1 < n1 / p, beta2 > 0), accuracy=ASYMPTOTIC)
penalty_ratio = Formula(
    symbol("penalty_ratio", r"\mu/w_2", "penalty beside the weight of a target row, by the shares", nonnegative=True),
    (1 - beta1 - beta2) * (n2 - p * beta2) / beta2, on=polygon & Region(beta2 > 0), accuracy=ASYMPTOTIC)
one_shift = {gram(1, 1): delta_sq, gram(1, 2): 0, gram(2, 2): 0, cross_of(1): cross, cross_of(2): 0}
claims = (
    *limits_of_form(1), *limits_of_form(2), *limits_of_form(3),
    Claim("with shares in proportion to the sizes the form of two samples is the pooled risk",
          risk_of(2).at({**one_shift, share_of(1): n1 / (n1 + n2) * beta, share_of(2): n2 / (n1 + n2) * beta}), "==",
          share_risk),
    Claim("splitting the target sample in two changes nothing", risk_of(3).at(
        {**one_shift, gram(1, 3): 0, gram(2, 3): 0, gram(3, 3): 0, cross_of(3): 0, noise(3): sigma2_sq,
         share_of(2): n2 / (n2 + n3) * share_of(2), share_of(3): n3 / (n2 + n3) * share_of(2)}), "==",
        risk_of(2).at(one_shift).at({n2: n2 + n3}), on=Region(n2 > 0, n3 > 0, share_of(1) + share_of(2) < 1)),
    Claim("of one sample, at n_k/p, the form is the risk of min-norm interpolation of the target",
          risk_of(1).at({share_of(1): n1 / p, gram(1, 1): 0, cross_of(1): 0}), "==",
          concept_shift.unequal_noise_target_risk.at({n2: n1, sigma2_sq: sigma1_sq}), on=Region(n1 < p)),
    Claim("of two samples, at n_k/p, the form is the risk of min-norm pooling",
          risk_of(2).at(one_shift).at({share_of(1): n1 / p, share_of(2): n2 / p}), "==",
          concept_shift.unequal_noise_pooled_risk),
    Claim("of two samples, at n_k/n, the form is the risk of pooled least squares",
          risk_of(2).at(one_shift).at({share_of(1): n1 / (n1 + n2), share_of(2): n2 / (n1 + n2)}), "==", ols_risk),
    Claim("where only the source is shifted the form is the weighted risk", risk_of(2).at(one_shift), "==", weighted_risk),
    Claim("weights and penalty act through the shares alone", weighted_ridge_risk, "==", weighted_risk.at(fitted)),
    Claim("what weighted ridge misses of the mean is mu q", 1 - source_share - target_share, "==", mu * q),
    Claim("the shares tell the weights", weight_ratio.at(fitted), "==", w1 / w2),
    Claim("the shares tell the penalty", penalty_ratio.at(fitted), "==", mu / w2),
    Claim("with equal weights the shares are in proportion to the sizes", n2 * source_share.at({w1: w2}), "==",
          n1 * target_share.at({w1: w2})),
    Claim("a penalty keeps the source from being interpolated", source_share, "<", n1 / p),
    Claim("a penalty keeps the target sample from being interpolated", target_share, "<", n2 / p),
    Claim("the source's share tends to 0 as mu grows", source_share, "<", n1 * w1 / mu),
    Claim("below the peak weighted ridge risk tends to that of min-norm pooling as mu falls to 0, whatever the weights",
          weighted_ridge_risk.limit(mu, 0), "==", concept_shift.unequal_noise_pooled_risk),
)


def replicate(rng, *, n1: int, n2: int, p: int, source_weight, target_weight, mu, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq,
              rows):
    """One replicate of the risk of weighted pooled ridge."""
    return samples.pooled_risk(rng, sizes=(n1, n2), p=p, noises=(sigma1_sq, sigma2_sq), mu=mu, rows=rows,
                               weights=(source_weight, target_weight),
                               gram=[[theta_sq, cross, 0], [cross, delta_sq, 0], [0, 0, 0]])


simulations = (
    Simulation(weighted_ridge_risk, replicate, says="weighted pooled ridge near its best weights", point={
        "n1": 100, "n2": 50, "p": 200, "theta_sq": 1.0, "delta_sq": 0.3, "cross": 0.0, "sigma1_sq": 0.5, "sigma2_sq": 0.5,
        "source_weight": 0.675, "target_weight": 1.0, "mu": 101.4}),
    Simulation(weighted_ridge_risk, replicate, says="a heavy target weight, a shift along the target, more rows than features",
               point={"n1": 120, "n2": 60, "p": 150, "theta_sq": 1.0, "delta_sq": 0.5, "cross": 0.4, "sigma1_sq": 1.0,
                      "sigma2_sq": 0.25, "source_weight": 1.0, "target_weight": 4.0, "mu": 20.0}),
)

weighted_ridge = Theorem(
    "Weighted pooled ridge",
    (Citation("song2024", "isotropic concept shift, of which this is the weighted ridge extension"),
     Citation("hastie2022", "isotropic ridge: the fixed point of one sample")),
    states="The risk of any weighted ridge fit to K isotropic samples is a rational function of K shares. Min-norm "
           "interpolation, least squares and no fit at all are three of its points. Proved for K = 1, 2, 3.",
    assumes=("isotropic rows with independent entries of mean 0 and variance 1", "noise independent of the features",
             "n/p bounded away from 1 where the penalty is small"),
    formulas=(risk_of_1, risk_of_2, risk_of_3, weighted_risk, weighted_ridge_risk, source_share, target_share, weight_ratio,
              penalty_ratio),
    claims=claims,
    simulations=simulations,
    uses=(isotropic_ridge.isotropic_ridge, concept_shift.concept_shift),
)
