r"""Pooling under concept shift: when do source samples help the min-norm interpolator of a target?

Source and target share isotropic features and the noise level; their coefficients differ by
delta = theta_1 - theta_2.  With p > n = n_1 + n_2 the pooled interpolator errs by

    -(I - Pi) theta_2  +  X^+ [X_1 delta; 0]  +  X^+ epsilon,

three parts that are orthogonal in the mean: the signal its row space misses (B), the shift that
leaks in (S), the noise (V).  There is no <theta_2, delta> term.  What follows is the algebra of
R = B + S + V,

    R  =  (p - n)/p |theta_2|^2  +  n_1 (p - n_1)/(p (p - n)) |delta|^2  +  n/(p - n) sigma^2:

pooling helps exactly while the shift-to-signal ratio stays below a threshold rho, which is positive
only above a cutoff of the signal-to-noise ratio.  At rho itself the risks tie: the published
`always hurts` is strict, and wrong there (`errata.of_concept_shift`).  It is the text of
`finite_sample` with no degree of freedom lost, stated once in the folder `pooling`; here stand the
risk's parts, one by one.
"""

from functools import partial

from sympy import Ge

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.monotone import falls, rises
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.shifted import Shifted
from symrisk.symbols import (
    delta_sq,
    n,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    snr,
    ssr,
    symbol,
    theta_sq,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, ISOTROPIC, OFF_PEAK
from symrisk.theorems.transfer import errata, finite_sample
from symrisk.theorems.transfer.letters import noisy, sampled, signal, sources, targets
from symrisk.theorems.transfer.pooling.lost_degree import claims_of_lost_degree
from symrisk.theorems.transfer.pooling.text import pooling

text = pooling(lost=0)
pooled_risk, target_risk, source_risk, *with_own_noises = text.risks
unequal_noise_pooled_risk, unequal_noise_target_risk = with_own_noises
gain, ssr_threshold, snr_cutoff = text.thresholds
best_source_size, largest_source_size, least_pooled_risk, best_target_size = text.sizes

overparametrised, helpful = Region(n1 + n2 < p), text.setting.helpful
pooled = {"on": overparametrised, "accuracy": ASYMPTOTIC, "where": {n: n1 + n2}}
noise_coefficient = Formula(
    symbol("noise_coefficient", r"c_{\mathrm{noise}}",
           "pooled risk per unit of noise variance", nonnegative=True),
    n / (p - n), **pooled)
signal_coefficient = Formula(
    symbol("signal_coefficient", r"c_{\mathrm{signal}}",
           "pooled risk per unit of signal", positive=True),
    (p - n) / p, **pooled)
shift_coefficient = Formula(
    symbol("shift_coefficient", r"c_{\mathrm{shift}}",
           "pooled risk per unit of squared shift", nonnegative=True),
    n1 * (p - n1) / (p * (p - n)), **pooled)
critical_snr = Formula(
    symbol("critical_snr", r"\mathrm{SNR}_c",
           "signal-to-noise ratio above which some source samples help", positive=True),
    p**2 / ((p - n2) * (p - n2 - p * ssr)), on=Region(p * ssr < p - n2), accuracy=ASYMPTOTIC)

room, fixed_shift = text.setting.room, pooled_risk.given(theta_sq, delta_sq)
noise_and_shift = noise_coefficient * sigma_sq + shift_coefficient * delta_sq
peak_strength = p * sigma_sq + n1 * n2 * delta_sq / p
unequal_price = (p * sigma1_sq / room + p * n2 * sigma2_sq / (room * (p - n2))
                 + (p - n1) / room * delta_sq)
parts = (
    Claim("the pooled risk is linear in noise, signal and shift",
          pooled_risk, "==", noise_and_shift + signal_coefficient * theta_sq),
    Claim("without signal the risk is noise and shift alone",
          fixed_shift.at({theta_sq: 0}), "==", noise_and_shift),
    Claim("at the interpolation peak (p - n) R tends to p sigma^2 + n1 n2 delta^2 / p",
          room * fixed_shift - peak_strength, "==",
          room * (room * theta_sq / p - sigma_sq + n1 * delta_sq / p)),
    *rises(noise_coefficient, n1, n2),
    *falls(noise_coefficient, p, on=sampled),
    *falls(signal_coefficient, n1, n2),
    *rises(signal_coefficient, p, on=sampled),
    *rises(shift_coefficient, n1),
    *rises(shift_coefficient, n2, on=sources & targets),
    *falls(shift_coefficient, p, on=sources),
    *rises(fixed_shift, sigma_sq, strictly=False, called="pooled risk"),
    *rises(fixed_shift, theta_sq, called="pooled risk at a fixed shift"),
    *rises(fixed_shift, delta_sq, on=sources, called="pooled risk"),
    *falls(pooled_risk / (snr * sigma_sq), snr, on=signal & noisy & sampled,
           called="pooled risk per unit of signal"),
)
conditions = (
    Claim("the gain per unit of noise grows with SNR exactly "
          "while SSR is below the share of free dimensions",
          (gain / sigma_sq).diff(snr), ">", 0, on=noisy & sources, iff=(p - n1) * ssr < room),
    Claim("some source sample size helps exactly above the critical SNR",
          best_source_size, ">", 0, on=p * ssr < p - n2, iff=snr > critical_snr),
    Claim("the critical SNR without shift is the cutoff without source samples",
          critical_snr.at({ssr: 0}), "==", snr_cutoff.at({n1: 0})),
    *rises(critical_snr, ssr, called="the critical SNR"),
    Claim("with unequal noises pooling helps exactly while one linear statistic is non-negative",
          unequal_noise_pooled_risk, "<=", unequal_noise_target_risk, on=sources,
          iff=Ge(theta_sq, unequal_price, evaluate=False)),
)


isotropic_samples = partial(Shifted, p=p, theta_sq=theta_sq)
both = isotropic_samples((n1, n2), noises=(sigma_sq, sigma_sq), shifts=(delta_sq, 0))
target_alone = isotropic_samples((n2,), noises=(sigma_sq,), shifts=(0,))
source_alone = isotropic_samples((n1,), noises=(sigma_sq,), shifts=(delta_sq,))
simulations = (
    Simulation(pooled_risk, Risk(both, MinNorm()), finite_sample.pooled_risk,
               says="pooled risk, exact in expectation over the noise",
               point={"n1": 180, "n2": 100, "p": 600, "snr": 5, "ssr": 0.2}),
    Simulation(target_risk, Risk(target_alone, MinNorm()), finite_sample.target_risk,
               says="target-only risk", point={"n2": 100, "p": 600, "snr": 5}),
    Simulation(source_risk, Risk(source_alone, MinNorm()), finite_sample.source_risk,
               says="source-only risk", point={"n1": 180, "p": 600, "snr": 5, "ssr": 0.2}),
)

concept_shift = Theorem(
    "Pooling under concept shift",
    Citation("song2024", "isotropic concept shift; Theorems on R(theta_pool) and on SNR, SSR"),
    states="Source and target samples with isotropic features and coefficients theta_1, theta_2 "
           "are pooled into one min-norm interpolator, p > n1 + n2. Pooling beats the target-only "
           "interpolator exactly while the shift-to-signal ratio stays below a threshold, which is "
           "positive only above a cutoff of the signal-to-noise ratio; there is then a best source "
           "sample size and a largest useful one.",
    assumes=(ISOTROPIC, INDEPENDENT_NOISE, OFF_PEAK,
             "common noise variance, unless a formula names two"),
    formulas=(pooled_risk, target_risk, source_risk, gain, noise_coefficient, signal_coefficient,
              shift_coefficient, ssr_threshold, snr_cutoff, critical_snr, *text.sizes,
              unequal_noise_pooled_risk, unequal_noise_target_risk),
    claims=text.claims + parts + conditions + claims_of_lost_degree(text, finite_sample.text),
    simulations=simulations,
    uses=(finite_sample.finite_sample,),
    errata=errata.of_concept_shift(pooled_risk, target_risk, ssr_threshold),
    excess_over={
        sigma_sq: (pooled_risk, target_risk, source_risk, least_pooled_risk),
        sigma2_sq: (unequal_noise_pooled_risk, unequal_noise_target_risk)},
)
