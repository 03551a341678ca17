r"""Pooling under concept shift: when do source samples help the min-norm interpolator of a target?

Source and target share isotropic features and the noise level; their coefficients differ by delta = theta_1 - theta_2.
With p > n = n_1 + n_2 the pooled interpolator errs by

    -(I - Pi) theta_2  +  X^+ [X_1 delta; 0]  +  X^+ epsilon,

three parts that are orthogonal in the mean: the signal its row space misses (B), the shift that leaks in (S), the noise
(V).  There is no <theta_2, delta> term.  What follows is the algebra of R = B + S + V: pooling helps exactly while the
shift-to-signal ratio stays below a threshold rho, which is positive only above a cutoff of the signal-to-noise ratio.
"""

from sympy import Ge, Gt, Le, Piecewise, sqrt

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.monotone import falls, rises
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate import estimators
from symrisk.simulate.experiment import Simulation
from symrisk.symbols import (
    bias,
    delta_sq,
    n,
    n1,
    n2,
    p,
    shift,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    snr,
    ssr,
    symbol,
    theta_sq,
    variance,
)
from symrisk.theorems.transfer import errata, finite_sample

ASYMPTOTIC = "asymptotic, O(1/p)"
overparametrised = Region(n1 + n2 < p)
noisy = Region(sigma_sq > 0)
signal = Region(snr > 0)
sources = Region(n1 > 0)

pooled_risk = Formula(
    symbol("pooled_risk", r"R_{\mathrm{pool}}",
           "excess risk of the pooled min-norm interpolator", nonnegative=True),
    bias + shift + variance, on=overparametrised, accuracy=ASYMPTOTIC, where={
        bias: (p - n) / p * theta_sq,
        shift: n1 * (p - n1) / (p * (p - n)) * delta_sq,
        variance: n / (p - n) * sigma_sq,
        n: n1 + n2,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})

target_risk = Formula(
    symbol("target_risk", r"R_{\mathrm{target}}",
           "excess risk of the target-only min-norm interpolator", nonnegative=True),
    bias + variance, on=Region(n2 < p), accuracy=ASYMPTOTIC, where={
        bias: (p - n2) / p * theta_sq,
        variance: n2 / (p - n2) * sigma_sq,
        theta_sq: snr * sigma_sq})

source_risk = Formula(
    symbol("source_risk", r"R_{\mathrm{source}}",
           "excess risk, on the target, of the source-only interpolator", nonnegative=True),
    bias + shift + variance, on=Region(n1 < p), accuracy=ASYMPTOTIC, where={
        bias: (p - n1) / p * theta_sq,
        shift: n1 / p * delta_sq,
        variance: n1 / (p - n1) * sigma_sq,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})

gain = Formula(
    symbol("gain", r"G", "what pooling saves: R_target - R_pool", real=True),
    n1 / p * (theta_sq - p**2 / ((p - n) * (p - n2)) * sigma_sq - (p - n1) / (p - n) * delta_sq),
    on=overparametrised, accuracy=ASYMPTOTIC, where={
        n: n1 + n2,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})

noise_coefficient = Formula(
    symbol("noise_coefficient", r"c_{\mathrm{noise}}",
           "pooled risk per unit of noise variance", nonnegative=True),
    n / (p - n), where={n: n1 + n2}, on=overparametrised, accuracy=ASYMPTOTIC)
signal_coefficient = Formula(
    symbol("signal_coefficient", r"c_{\mathrm{signal}}",
           "pooled risk per unit of signal", positive=True),
    (p - n) / p, where={n: n1 + n2}, on=overparametrised, accuracy=ASYMPTOTIC)
shift_coefficient = Formula(
    symbol("shift_coefficient", r"c_{\mathrm{shift}}",
           "pooled risk per unit of squared shift", nonnegative=True),
    n1 * (p - n1) / (p * (p - n)), where={n: n1 + n2}, on=overparametrised, accuracy=ASYMPTOTIC)

ssr_threshold = Formula(
    symbol("ssr_threshold", r"\rho", "shift-to-signal ratio up to which pooling helps", real=True),
    (p - n) / (p - n1) - p**2 / ((p - n1) * (p - n2)) / snr, where={n: n1 + n2}, on=overparametrised & signal,
    accuracy=ASYMPTOTIC)
snr_cutoff = Formula(
    symbol("snr_cutoff", r"C",
           "signal-to-noise ratio up to which pooling never helps", positive=True),
    p**2 / ((p - n) * (p - n2)), where={n: n1 + n2}, on=overparametrised, accuracy=ASYMPTOTIC)

critical_snr = Formula(
    symbol("critical_snr", r"\mathrm{SNR}_c",
           "signal-to-noise ratio above which some source samples help", positive=True),
    p**2 / ((p - n2) * (p - n2 - p * ssr)), on=Region(p * ssr < p - n2), accuracy=ASYMPTOTIC)

helpful = Gt(snr * (p - n2) * (p - n2 - p * ssr), p**2, evaluate=False)
best_room = symbol("best_room", r"s_*",
           "free dimensions p - n that minimise the pooled risk over n_1", positive=True)
surplus = symbol("surplus", "h", "what signal has beyond shift and noise; positive exactly where some source samples help")
source_room = {
    best_room: sqrt((p**2 + snr * ssr * n2 * (p - n2)) / (snr * (1 - ssr))),
    surplus: snr * (p - n2) * (p - n2 - p * ssr) - p**2}
best_source_size = Formula(
    symbol("best_source_size", r"n_1^*",
           "source sample size of least pooled risk; 0 where no source sample helps", nonnegative=True),
    Piecewise((surplus / (snr * (1 - ssr) * (p - n2 + best_room)), helpful), (0, True)), on=Region(n2 < p) & signal,
    accuracy=ASYMPTOTIC, where=source_room)
largest_source_size = Formula(
    symbol("largest_source_size", r"n_1^{\max}",
           "source sample size up to which pooling helps; 0 where it never does", nonnegative=True),
    Piecewise((surplus / (snr * (1 - ssr) * (p - n2)), helpful), (0, True)), on=Region(n2 < p) & signal,
    accuracy=ASYMPTOTIC, where=source_room)
least_pooled_risk = Formula(
    symbol("least_pooled_risk", r"\min_{n_1} R_{\mathrm{pool}}",
           "least pooled risk over the source sample size", nonnegative=True),
    Piecewise((sigma_sq * (2 * snr * (1 - ssr) / p * best_room - 1 + snr * ssr * (p - 2 * n2) / p), helpful),
              (target_risk.expanded, True)), on=Region(n2 < p) & signal, accuracy=ASYMPTOTIC, where={
        best_room: sqrt((p**2 + snr * ssr * n2 * (p - n2)) / (snr * (1 - ssr)))})

more_targets = Gt((p - n1)**2, p**2 / snr + ssr * n1 * (p - n1), evaluate=False)
best_target_size = Formula(
    symbol("best_target_size", r"n_2^*",
           "target sample size of least pooled risk; 0 where none helps", nonnegative=True),
    Piecewise((p - n1 - best_room, more_targets), (0, True)), on=Region(n1 < p) & signal, accuracy=ASYMPTOTIC, where={
        best_room: sqrt(p**2 / snr + ssr * n1 * (p - n1))})

unequal_noise_pooled_risk = Formula(
    symbol("unequal_noise_pooled_risk", r"R_{\mathrm{pool}}",
           "pooled risk, source and target with their own noise", nonnegative=True),
    bias + shift + variance, on=overparametrised, accuracy=ASYMPTOTIC, where={
        bias: (p - n) / p * theta_sq,
        shift: n1 * (p - n1) / (p * (p - n)) * delta_sq,
        variance: (n1 * sigma1_sq + n2 * sigma2_sq) / (p - n),
        n: n1 + n2})
unequal_noise_target_risk = Formula(
    symbol("unequal_noise_target_risk", r"R_{\mathrm{target}}",
           "target-only risk, with the target's own noise", nonnegative=True),
    bias + variance, on=Region(n2 < p), accuracy=ASYMPTOTIC, where={
        bias: (p - n2) / p * theta_sq,
        variance: n2 / (p - n2) * sigma2_sq})

identities = (
    Claim("pooling saves what the target-only risk has beyond the pooled one", gain, "==", target_risk - pooled_risk),
    Claim("the gain factors into a positive quantity times rho - SSR",
          gain, "==", n1 * (p - n1) / (p * (p - n1 - n2)) * snr * sigma_sq * (ssr_threshold - ssr)),
    Claim("the pooled risk is linear in noise, signal and shift", pooled_risk, "==",
          noise_coefficient * sigma_sq + signal_coefficient * theta_sq + shift_coefficient * delta_sq),
    Claim("without source samples pooling is the target-only fit", pooled_risk.at({n1: 0}), "==", target_risk),
    Claim("without target samples pooling is the source-only fit", pooled_risk.at({n2: 0}), "==", source_risk),
    Claim("without any sample the risk is the signal", target_risk.at({n2: 0}), "==", snr * sigma_sq),
    Claim("without signal the risk is noise and shift alone", pooled_risk.given(theta_sq, delta_sq).at({theta_sq: 0}), "==",
          noise_coefficient * sigma_sq + shift_coefficient * delta_sq),
    Claim("at the interpolation peak (p - n) R tends to p sigma^2 + n1 n2 delta^2 / p",
          (p - n1 - n2) * pooled_risk.given(theta_sq, delta_sq) - (p * sigma_sq + n1 * n2 * delta_sq / p), "==",
          (p - n1 - n2) * ((p - n1 - n2) * theta_sq / p - sigma_sq + n1 * delta_sq / p)),
    Claim("pooling differs from the source-only fit by one signed bracket",
          (pooled_risk - source_risk).given(theta_sq, delta_sq), "==",
          n2 / (p * (p - n1) * (p - n1 - n2))
          * (p**2 * sigma_sq - (p - n1) * (p - n1 - n2) * theta_sq + n1 * (p - n1) * delta_sq)),
)

threshold = (
    Claim("pooling helps exactly while the shift-to-signal ratio stays below rho", pooled_risk, "<=", target_risk,
          on=sources & signal & noisy, iff=(ssr <= ssr_threshold,)),
    Claim("pooling and target-only tie exactly at rho", pooled_risk.at({ssr: ssr_threshold}), "==", target_risk,
          on=ssr_threshold >= 0),
    Claim("the threshold is positive exactly above the cutoff", ssr_threshold, ">", 0, iff=(snr > snr_cutoff,)),
    Claim("the threshold is the share of free dimensions times one minus cutoff over SNR", ssr_threshold, "==",
          (p - n1 - n2) / (p - n1) * (1 - snr_cutoff / snr)),
    Claim("below the cutoff pooling never helps", pooled_risk, ">=", target_risk, on=snr_cutoff >= snr),
    Claim("the threshold stays below the share of free dimensions", ssr_threshold, "<", (p - n1 - n2) / (p - n1)),
    Claim("a shift as large as the signal never pays", pooled_risk, ">=", target_risk, on=ssr >= 1),
    Claim("the source alone beats pooling exactly while the bracket is positive", source_risk, "<", pooled_risk,
          on=noisy & Region(n2 > 0), iff=(p**2 > (p - n1) * (p - n1 - n2) * snr - n1 * (p - n1) * snr * ssr,)),
)

some = Region(n1 + n2 > 0)
fixed_shift = pooled_risk.given(theta_sq, delta_sq)
monotonicity = (
    *rises(noise_coefficient, n1, n2),
    *falls(noise_coefficient, p, on=some),
    *falls(signal_coefficient, n1, n2),
    *rises(signal_coefficient, p, on=some),
    *rises(shift_coefficient, n1),
    *rises(shift_coefficient, n2, on=sources & Region(n2 > 0)),
    *falls(shift_coefficient, p, on=sources),
    *rises(snr_cutoff, n1, n2, called="the cutoff"),
    *falls(snr_cutoff, p, on=some, called="the cutoff"),
    *rises(ssr_threshold, snr, called="the threshold"),
    *falls(ssr_threshold, n1, n2, called="the threshold"),
    *rises(ssr_threshold, p, on=some, called="the threshold"),
    *rises(fixed_shift, sigma_sq, strictly=False, called="pooled risk"),
    *rises(fixed_shift, theta_sq, called="pooled risk at a fixed shift"),
    *rises(fixed_shift, delta_sq, on=sources, called="pooled risk"),
    *falls(pooled_risk / (snr * sigma_sq), snr, on=signal & noisy & some, called="pooled risk per unit of signal"),
    Claim("the gain per unit of noise grows with SNR exactly while SSR is below the share of free dimensions",
          (gain / sigma_sq).diff(snr), ">", 0, on=noisy & sources, iff=((p - n1) * ssr < p - n1 - n2,)),
)

interior = Region(helpful)
hopeless = Region(Le(snr * (p - n2) * (p - n2 - p * ssr), p**2, evaluate=False))
crowded = Region(Le((p - n1)**2, p**2 / snr + ssr * n1 * (p - n1), evaluate=False))
sizes = (
    Claim("pooled risk is convex in the source sample size", pooled_risk.diff(n1).diff(n1), ">", 0, on=noisy),
    Claim("pooled risk is convex in the target sample size", pooled_risk.diff(n2).diff(n2), ">", 0, on=noisy),
    Claim("some source sample size helps exactly above the critical SNR", best_source_size, ">", 0,
          on=Region(p * ssr < p - n2), iff=(snr > critical_snr,)),
    Claim("a shift above the free share of the target leaves nothing to gain", best_source_size, "==", 0,
          on=Region(p * ssr >= p - n2)),
    Claim("where no source sample helps the best source size is none", best_source_size, "==", 0, on=hopeless),
    Claim("where no source sample helps the largest useful source size is none", largest_source_size, "==", 0, on=hopeless),
    Claim("where no source sample helps the least pooled risk is the target-only risk", least_pooled_risk, "==", target_risk,
          on=hopeless),
    Claim("where no source sample helps pooling any number hurts", pooled_risk, ">", target_risk,
          on=hopeless & sources & noisy & signal),
    Claim("where the source fills the room no target sample helps", best_target_size, "==", 0, on=crowded),
    Claim("the best source size leaves room", best_source_size, "<", p - n2),
    Claim("pooled risk is stationary at the best source size", pooled_risk.diff(n1).at({n1: best_source_size}), "==", 0,
          on=interior),
    Claim("the least pooled risk is the pooled risk at the best source size", pooled_risk.at({n1: best_source_size}), "==",
          least_pooled_risk),
    Claim("the least pooled risk is at most the target-only risk", least_pooled_risk, "<=", target_risk),
    Claim("pooling ties with target-only at the largest useful source size", pooled_risk.at({n1: largest_source_size}), "==",
          target_risk),
    Claim("free dimensions at the best size are the geometric mean of those at the two ties",
          (p - n2 - best_source_size)**2, "==", (p - n2) * (p - n2 - largest_source_size), on=interior),
    Claim("pooling helps exactly below the largest useful source size", pooled_risk, "<", target_risk,
          on=interior & sources & noisy, iff=(n1 < largest_source_size,)),
    *rises(best_source_size, snr, on=interior, called="the best source size"),
    *falls(best_source_size, ssr, on=interior, called="the best source size"),
    *rises(largest_source_size, snr, on=interior, called="the largest useful source size"),
    *falls(largest_source_size, ssr, on=interior, called="the largest useful source size"),
    Claim("no SNR lifts the largest useful size past p - n2 - SSR n2/(1 - SSR)", largest_source_size, "<",
          p - n2 - ssr * n2 / (1 - ssr), on=interior),
    Claim("the critical SNR without shift is the cutoff without source samples", critical_snr.at({ssr: 0}), "==",
          snr_cutoff.at({n1: 0})),
    *rises(critical_snr, ssr, called="the critical SNR"),
    Claim("pooled risk is stationary at the best target size", pooled_risk.diff(n2).at({n2: best_target_size}), "==", 0,
          on=Region(more_targets)),
    Claim("the best target size leaves room", best_target_size, "<", p - n1),
    *rises(best_target_size, snr, on=Region(more_targets), called="the best target size"),
    *falls(best_target_size, ssr, on=sources & Region(more_targets), called="the best target size"),
)

noises = (
    Claim("equal noises give the pooled risk of the common-noise theorem",
          unequal_noise_pooled_risk.at({sigma1_sq: sigma_sq, sigma2_sq: sigma_sq}), "==", pooled_risk.given(theta_sq, delta_sq)),
    Claim("equal noises give the target-only risk", unequal_noise_target_risk.at({sigma2_sq: sigma_sq}), "==",
          target_risk.given(theta_sq)),
    Claim("with unequal noises pooling helps exactly while one linear statistic is non-negative",
          unequal_noise_pooled_risk, "<=", unequal_noise_target_risk, on=sources,
          iff=(Ge(theta_sq, p * sigma1_sq / (p - n1 - n2) + p * n2 * sigma2_sq / ((p - n1 - n2) * (p - n2))
                  + (p - n1) / (p - n1 - n2) * delta_sq, evaluate=False),)),
)

a_dimension_less = {p: p - 1, snr: snr * (p - 1) / p}
finite_size = (
    Claim("the exact expected risk exceeds the asymptotic one by a 1/(p - n - 1) share of what blows up at the peak",
          (finite_sample.pooled_risk - pooled_risk).given(theta_sq, delta_sq), "==",
          ((n1 + n2) * sigma_sq + n1 * n2 * delta_sq / p) / ((p - n1 - n2) * (p - n1 - n2 - 1))),
    Claim("the exact target-only risk exceeds the asymptotic one by a 1/(p - n2 - 1) share of its noise",
          finite_sample.target_risk - target_risk, "==", n2 * sigma_sq / ((p - n2) * (p - n2 - 1))),
    Claim("the exact source-only risk exceeds the asymptotic one by a 1/(p - n1 - 1) share of its noise",
          finite_sample.source_risk - source_risk, "==", n1 * sigma_sq / ((p - n1) * (p - n1 - 1))),
    Claim("the exact threshold falls short of the asymptotic one by two terms of order 1/p", ssr_threshold
          - finite_sample.ssr_threshold, "==", n2 / ((p - n1) * (p - n1 - 1))
          + p * (p * (p - 1) - n1 * n2) / ((p - n1) * (p - n2) * (p - n1 - 1) * (p - n2 - 1) * snr)),
    Claim("the exact threshold lies below the asymptotic one", finite_sample.ssr_threshold, "<", ssr_threshold),
    Claim("the exact cutoff exceeds the asymptotic one by a term of order 1/p", finite_sample.snr_cutoff - snr_cutoff, "==",
          p * (n2 * (p - n1 - n2) + p * (p - n2 - 1)) / ((p - n1 - n2) * (p - n2) * (p - n1 - n2 - 1) * (p - n2 - 1))),
    Claim("the exact cutoff lies above the asymptotic one", finite_sample.snr_cutoff, ">", snr_cutoff),
    Claim("the exact largest useful size falls short of the asymptotic one by a bounded number of rows",
          largest_source_size - finite_sample.largest_source_size, "==",
          1 + p * n2 / (snr * (1 - ssr) * (p - n2) * (p - n2 - 1)), on=finite_sample.interior),
    Claim("the exact threshold is the asymptotic one in a dimension less, at SNR times (p - 1)/p",
          finite_sample.ssr_threshold, "==", ssr_threshold.at(a_dimension_less)),
    Claim("the room at the exact best source size is the asymptotic one in a dimension less, at SNR times (p - 1)/p",
          (p - 1 - n2 - finite_sample.best_source_size)**2, "==", ((p - n2 - best_source_size)**2).at(a_dimension_less),
          on=finite_sample.interior),
    Claim("the room at the exact best source size is less than the asymptotic one",
          (p - 1 - n2 - finite_sample.best_source_size)**2, "<", (p - n2 - best_source_size)**2,
          on=finite_sample.interior & interior),
    Claim("the exact best target size is the asymptotic one in a dimension less, at SNR times (p - 1)/p",
          finite_sample.best_target_size, "==", best_target_size.at(a_dimension_less)),
)


def pooled_replicate(rng, *, n1: int, n2: int, p: int, sigma_sq, theta_sq, delta_sq, rows):
    """One replicate of the pooled risk with a common noise variance."""
    return estimators.pooled_risk(rng, n1=n1, n2=n2, p=p, sigma1_sq=sigma_sq, sigma2_sq=sigma_sq, theta_sq=theta_sq,
                                  delta_sq=delta_sq, rows=rows)


def target_replicate(rng, *, n2: int, p: int, sigma_sq, theta_sq, rows):
    """One replicate of the target-only risk."""
    return estimators.target_risk(rng, n2=n2, p=p, sigma2_sq=sigma_sq, theta_sq=theta_sq, rows=rows)


def source_replicate(rng, *, n1: int, p: int, sigma_sq, theta_sq, delta_sq, rows):
    """One replicate of the source-only risk."""
    return estimators.source_risk(rng, n1=n1, p=p, sigma1_sq=sigma_sq, theta_sq=theta_sq, delta_sq=delta_sq, rows=rows)


simulations = (
    Simulation(pooled_risk, pooled_replicate, finite_sample.pooled_risk, says="pooled risk, exact in expectation over the noise",
               point={"n1": 180, "n2": 100, "p": 600, "snr": 5, "ssr": 0.2}),
    Simulation(target_risk, target_replicate, finite_sample.target_risk, says="target-only risk",
               point={"n2": 100, "p": 600, "snr": 5}),
    Simulation(source_risk, source_replicate, finite_sample.source_risk, says="source-only risk",
               point={"n1": 180, "p": 600, "snr": 5, "ssr": 0.2}),
)

concept_shift = Theorem(
    "Pooling under concept shift",
    Citation("song2024", "isotropic concept shift; Theorems on R(theta_pool) and on SNR, SSR"),
    states="Source and target samples with isotropic features and coefficients theta_1, theta_2 are pooled into one min-norm "
           "interpolator, p > n1 + n2. Pooling beats the target-only interpolator exactly while the shift-to-signal ratio stays "
           "below a threshold, which is positive only above a cutoff of the signal-to-noise ratio; there is then a best source "
           "sample size and a largest useful one.",
    assumes=("isotropic rows with independent entries of mean 0 and variance 1", "noise independent of the features",
             "n/p bounded away from 1", "common noise variance, unless a formula names two"),
    formulas=(pooled_risk, target_risk, source_risk, gain, noise_coefficient, signal_coefficient, shift_coefficient,
              ssr_threshold, snr_cutoff, critical_snr, best_source_size, largest_source_size, least_pooled_risk,
              best_target_size, unequal_noise_pooled_risk, unequal_noise_target_risk),
    claims=identities + threshold + monotonicity + sizes + noises + finite_size,
    simulations=simulations,
    uses=(finite_sample.finite_sample,),
    errata=errata.of_concept_shift(pooled_risk, target_risk, ssr_threshold),
)
