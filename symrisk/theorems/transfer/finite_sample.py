r"""The exact expected risks of min-norm pooling at every finite size, for Gaussian isotropic rows, and what they decide.

W = X X' is Wishart with p degrees of freedom: E W^{-1} = I/(p - n - 1) gives the noise, and its blocks the shift; the
missed signal (p - n)/p is exact for every rotation-invariant design.  Finite for p > n + 1 alone: at p = n and p = n + 1 the
noise's expectation is infinite, and errors say so; past the peak, `least_squares` takes over.

The risks differ by a quantity that factors, so that the shift has an exact threshold rho_ex; in the room s = p - 1 - n the
pooled risk is A/s + B s + C_0, so that its best sizes have square roots.  One degree of freedom is lost throughout:
p - n_2 becomes p - 1 - n_2, and p^2 becomes p (p - 1).
"""

from sympy import Gt, Le, Piecewise, sqrt

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

roomy = Region(n1 + n2 < p - 1)
INFINITE = "within one row of the peak p = n the noise's expectation is infinite; past it, least_squares.ols_risk"
pooled = {"on": roomy, "beyond": {n1 + n2 < p - 1: INFINITE}}
target_only = {"on": Region(n2 < p - 1), "beyond": {n2 < p - 1: INFINITE}}
missed = {bias: (p - n) / p * theta_sq, shift: n1 * (p - n1 - 1) / (p * (p - n - 1)) * delta_sq}


def expected(name, fit, meaning):
    """The symbol E R_fit."""
    return symbol(name, rf"\mathbb{{E}} R_{{\mathrm{{{fit}}}}}", meaning, nonnegative=True)


pooled_risk = Formula(
    expected("pooled_risk", "pool", "expected excess risk of the pooled min-norm interpolator"),
    bias + shift + variance, **pooled, where={
        **missed,
        variance: n / (p - n - 1) * sigma_sq,
        n: n1 + n2,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})

target_risk = Formula(
    expected("target_risk", "target", "expected excess risk of the target-only interpolator"),
    bias + variance, **target_only, where={
        bias: (p - n2) / p * theta_sq,
        variance: n2 / (p - n2 - 1) * sigma_sq,
        theta_sq: snr * sigma_sq})

source_risk = Formula(
    expected("source_risk", "source", "expected excess risk, on the target, of the source-only interpolator"),
    bias + shift + variance, on=Region(n1 < p - 1), beyond={n1 < p - 1: INFINITE}, where={
        bias: (p - n1) / p * theta_sq,
        shift: n1 / p * delta_sq,
        variance: n1 / (p - n1 - 1) * sigma_sq,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})

unequal_noise_pooled_risk = Formula(
    expected("unequal_noise_pooled_risk", "pool", "expected pooled risk, each sample with its own noise"),
    bias + shift + variance, **pooled, where={
        **missed,
        variance: (n1 * sigma1_sq + n2 * sigma2_sq) / (p - n - 1),
        n: n1 + n2})
unequal_noise_target_risk = Formula(
    expected("unequal_noise_target_risk", "target", "expected target-only risk, with the target's own noise"),
    bias + variance, **target_only, where={
        bias: (p - n2) / p * theta_sq,
        variance: n2 / (p - n2 - 1) * sigma2_sq})

signal, noisy, sources = Region(snr > 0), Region(sigma_sq > 0), Region(n1 > 0)
room1, room2 = p - 1 - n1, p - 1 - n2
gain = Formula(
    symbol("gain", r"\mathbb{E} G", "what pooling saves in the mean: R_target - R_pool", real=True),
    n1 / p * (theta_sq - p * (p - 1) / ((p - n - 1) * (p - n2 - 1)) * sigma_sq - (p - n1 - 1) / (p - n - 1) * delta_sq),
    **pooled, where={
        n: n1 + n2,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})
ssr_threshold = Formula(
    symbol("ssr_threshold", r"\rho_{\mathrm{ex}}", "shift-to-signal ratio up to which pooling helps in the mean", real=True),
    (p - n - 1) / (p - n1 - 1) - p * (p - 1) / ((p - n1 - 1) * (p - n2 - 1)) / snr, where={n: n1 + n2}, on=roomy & signal,
    beyond=pooled["beyond"])
snr_cutoff = Formula(
    symbol("snr_cutoff", r"C_{\mathrm{ex}}", "signal-to-noise ratio up to which pooling never helps in the mean", positive=True),
    p * (p - 1) / ((p - n - 1) * (p - n2 - 1)), where={n: n1 + n2}, **pooled)

helpful = Gt(snr * room2 * (room2 - (p - 1) * ssr), p * (p - 1), evaluate=False)
best_room = symbol("best_exact_room", "s_*", "room p - 1 - n that minimises the expected pooled risk", positive=True)
surplus = symbol("exact_surplus", "h", "what signal has beyond shift and noise; positive where sources help")
source_room = {
    best_room: sqrt((p * (p - 1) + snr * ssr * n2 * room2) / (snr * (1 - ssr))),
    surplus: snr * room2 * (room2 - (p - 1) * ssr) - p * (p - 1)}
best_source_size = Formula(
    symbol("best_source_size", r"n_1^*", "source sample size of least expected risk; 0 where none helps", nonnegative=True),
    Piecewise((surplus / (snr * (1 - ssr) * (room2 + best_room)), helpful), (0, True)), on=Region(n2 < p - 1) & signal,
    where=source_room)
largest_source_size = Formula(
    symbol("largest_source_size", r"n_1^{\max}", "source sample size up to which pooling helps in the mean", nonnegative=True),
    Piecewise((surplus / (snr * (1 - ssr) * room2), helpful), (0, True)), on=Region(n2 < p - 1) & signal, where=source_room)
least_pooled_risk = Formula(
    symbol("least_pooled_risk", r"\min_{n_1} \mathbb{E} R_{\mathrm{pool}}", "least expected pooled risk over the source size",
           nonnegative=True),
    Piecewise((sigma_sq * (2 * snr * (1 - ssr) / p * best_room - 1 + snr / p + snr * ssr * (p - 1 - 2 * n2) / p), helpful),
              (target_risk.expanded, True)), on=Region(n2 < p - 1) & signal, where=source_room)

more_targets = Gt(room1**2, p * (p - 1) / snr + ssr * n1 * room1, evaluate=False)
best_target_size = Formula(
    symbol("best_target_size", r"n_2^*", "target sample size of least expected risk; 0 where none helps", nonnegative=True),
    Piecewise((room1 - best_room, more_targets), (0, True)), on=Region(n1 < p - 1) & signal,
    where={best_room: sqrt(p * (p - 1) / snr + ssr * n1 * room1)})

edges = (
    Claim("without source samples the exact pooled risk is the target-only one", pooled_risk.at({n1: 0}), "==", target_risk),
    Claim("without target samples the exact pooled risk is the source-only one", pooled_risk.at({n2: 0}), "==", source_risk),
    Claim("towards p = n + 1 the expected risk passes every bound: p - n - 1 times it is at least n sigma^2",
          (p - 1 - n1 - n2) * pooled_risk, ">=", (n1 + n2) * sigma_sq),
    Claim("the shift alone costs more with each target sample", pooled_risk.given(theta_sq, delta_sq).diff(delta_sq).diff(n2),
          ">=", 0),
)

threshold = (
    Claim("pooling saves in the mean what the target-only risk has beyond the pooled one", gain, "==",
          target_risk - pooled_risk),
    Claim("the expected gain factors into a positive quantity times rho_ex - SSR", gain, "==",
          n1 * room1 / (p * (p - 1 - n1 - n2)) * snr * sigma_sq * (ssr_threshold - ssr)),
    Claim("pooling helps in the mean exactly while the shift-to-signal ratio stays below rho_ex", pooled_risk, "<=", target_risk,
          on=sources & signal & noisy, iff=(ssr <= ssr_threshold,)),
    Claim("the exact threshold is positive exactly above the exact cutoff", ssr_threshold, ">", 0, iff=(snr > snr_cutoff,)),
    Claim("the exact threshold is the share of free dimensions times one minus cutoff over SNR", ssr_threshold, "==",
          (p - 1 - n1 - n2) / room1 * (1 - snr_cutoff / snr)),
    Claim("a shift as large as the signal never pays, at any size", pooled_risk, ">=", target_risk, on=ssr >= 1),
    *falls(ssr_threshold, n1, n2, called="the exact threshold"),
    *rises(ssr_threshold, snr, called="the exact threshold"),
)

interior = Region(helpful)
hopeless = Region(Le(snr * room2 * (room2 - (p - 1) * ssr), p * (p - 1), evaluate=False))
sizes = (
    Claim("expected pooled risk is convex in the source sample size", pooled_risk.diff(n1).diff(n1), ">", 0, on=noisy),
    Claim("expected pooled risk is stationary at the best source size", pooled_risk.diff(n1).at({n1: best_source_size}), "==", 0,
          on=interior),
    Claim("the best source size leaves room", best_source_size, "<", room2),
    Claim("some source sample helps exactly where the slope at none is negative", best_source_size, ">", 0, on=noisy,
          iff=(pooled_risk.diff(n1).at({n1: 0}) < 0,)),
    Claim("where no source sample helps the best source size is none", best_source_size, "==", 0, on=hopeless),
    Claim("where no source sample helps the largest useful size is none", largest_source_size, "==", 0, on=hopeless),
    Claim("the least expected pooled risk is the risk at the best source size", pooled_risk.at({n1: best_source_size}), "==",
          least_pooled_risk),
    Claim("the least expected pooled risk is at most the target-only risk", least_pooled_risk, "<=", target_risk),
    Claim("pooling ties with target-only in the mean at the largest useful size", pooled_risk.at({n1: largest_source_size}), "==",
          target_risk),
    Claim("pooling helps in the mean exactly below the largest useful size", pooled_risk, "<", target_risk,
          on=interior & sources & noisy, iff=(n1 < largest_source_size,)),
    Claim("room at the best size is the geometric mean of the room at the two ties", (room2 - best_source_size)**2, "==",
          room2 * (room2 - largest_source_size), on=interior),
    Claim("expected pooled risk is stationary at the best target size", pooled_risk.diff(n2).at({n2: best_target_size}), "==", 0,
          on=Region(more_targets)),
    Claim("the best target size leaves room", best_target_size, "<", room1),
    Claim("some target sample helps exactly where the slope at none is negative", best_target_size, ">", 0, on=noisy,
          iff=(pooled_risk.diff(n2).at({n2: 0}) < 0,)),
)

common = {sigma1_sq: sigma_sq, sigma2_sq: sigma_sq}
noises = (
    Claim("equal noises give the exact pooled risk", unequal_noise_pooled_risk.at(common), "==",
          pooled_risk.given(theta_sq, delta_sq)),
    Claim("equal noises give the exact target-only risk", unequal_noise_target_risk.at({sigma2_sq: sigma_sq}), "==",
          target_risk.given(theta_sq)),
    Claim("with unequal noises pooling saves a positive multiple of one linear statistic",
          unequal_noise_target_risk - unequal_noise_pooled_risk, "==", n1 / (p * (p - n1 - n2 - 1)) * (
              (p - n1 - n2 - 1) * theta_sq - p * sigma1_sq - p * n2 / room2 * sigma2_sq - room1 * delta_sq)),
)

finite_sample = Theorem(
    "Pooling under concept shift at finite size",
    (Citation("muirhead1982", "E W^{-1} for a Wishart matrix"), Citation("song2024", "isotropic concept shift, Gaussian rows")),
    states="For Gaussian isotropic rows the expected risks of pooled, target-only and source-only min-norm interpolation are "
           "rational functions of the sizes, exactly, at every p > n + 1; so are the threshold on the shift and the cutoff of "
           "the signal-to-noise ratio, and the best sample sizes are square roots of such.",
    assumes=("Gaussian rows", "isotropic", "common noise variance, unless a formula names two"),
    formulas=(pooled_risk, target_risk, source_risk, gain, ssr_threshold, snr_cutoff, best_source_size, largest_source_size,
              least_pooled_risk, best_target_size, unequal_noise_pooled_risk, unequal_noise_target_risk),
    claims=edges + threshold + sizes + noises,
    simulations=(Simulation(unequal_noise_pooled_risk, estimators.pooled_risk, rows=("gaussian",), says="pooled min-norm risk",
                            point={"n1": 20, "n2": 10, "p": 60, "sigma1_sq": 1.0, "sigma2_sq": 0.5, "theta_sq": 2.0,
                                   "delta_sq": 0.6}),),
)
