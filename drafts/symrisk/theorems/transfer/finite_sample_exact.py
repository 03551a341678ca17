r"""What the exact finite-size risks decide: the threshold, the best sizes, many sources, and least squares.

`finite_sample` gives the expected risks for Gaussian isotropic rows.  Their difference still factors, so that the shift
has an exact threshold rho_ex; in the room s = p - 1 - n the pooled risk is A/s + B s + C_0, so that its best sizes have
square roots.  One degree of freedom is lost throughout: p - n_2 becomes p - 1 - n_2, p^2 becomes p (p - 1).

With K sources, Delta_k = theta_k - theta_0, the shift costs

    sum_k n_k |Delta_k|^2 / p  +  sum_{k<l} n_k n_l |Delta_k - Delta_l|^2 / (p (p - n - 1)),

what each source leaks alone, and what the sources disagree by, amplified at the peak.  Beyond the peak (n > p + 1) least
squares leaks S^{-1} S_1 delta, whose second moment comes from the matrix-beta law of S^{-1/2} S_1 S^{-1/2}.
"""

from itertools import combinations

from sympy import Ge, Gt, Piecewise, sqrt

from symrisk.claim import Claim
from symrisk.formula import Formula
from symrisk.region import Region
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
from symrisk.theorem import Citation, Theorem
from symrisk.theorems.transfer import concept_shift as asymptotic
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer.finite_sample import pooled_risk, roomy, target_risk

signal, noisy, sources = Region(snr > 0), Region(sigma_sq > 0), Region(n1 > 0)
room1, room2 = p - 1 - n1, p - 1 - n2

expected_target_risk = symbol("expected_target_risk", r"\mathbb{E} R_{\mathrm{target}}", "expected target-only risk",
                              nonnegative=True)
expected_pooled_risk = symbol("expected_pooled_risk", r"\mathbb{E} R_{\mathrm{pool}}", "expected pooled risk", nonnegative=True)
gain = Formula(
    symbol("gain", r"\mathbb{E} G", "what pooling saves in the mean: R_target - R_pool", real=True),
    expected_target_risk - expected_pooled_risk, on=roomy, where={
        expected_target_risk: target_risk.expanded, expected_pooled_risk: pooled_risk.expanded})
ssr_threshold = Formula(
    symbol("ssr_threshold", r"\rho_{\mathrm{ex}}", "shift-to-signal ratio up to which pooling helps in the mean", real=True),
    (p - n - 1) / (p - n1 - 1) - p * (p - 1) / ((p - n1 - 1) * (p - n2 - 1)) / snr, where={n: n1 + n2}, on=roomy & signal)
snr_cutoff = Formula(
    symbol("snr_cutoff", r"C_{\mathrm{ex}}", "signal-to-noise ratio up to which pooling never helps in the mean", positive=True),
    p * (p - 1) / ((p - n - 1) * (p - n2 - 1)), where={n: n1 + n2}, on=roomy)

helpful = Gt(snr * room2 * (room2 - (p - 1) * ssr), p * (p - 1), evaluate=False)
best_room = symbol("best_exact_room", "s_*", "room p - 1 - n that minimises the expected pooled risk", positive=True)
source_room = {best_room: sqrt((p * (p - 1) + snr * ssr * n2 * room2) / (snr * (1 - ssr)))}
best_source_size = Formula(
    symbol("best_source_size", r"n_1^*", "source sample size of least expected pooled risk; 0 where none helps",
           nonnegative=True),
    Piecewise((room2 - best_room, helpful), (0, True)), on=Region(n2 < p - 1) & signal, where=source_room)
largest_source_size = Formula(
    symbol("largest_source_size", r"n_1^{\max}",
           "source sample size up to which pooling helps in the mean; 0 where it never does", nonnegative=True),
    Piecewise((room2 - best_room**2 / room2, helpful), (0, True)), on=Region(n2 < p - 1) & signal, where=source_room)
least_pooled_risk = Formula(
    symbol("least_pooled_risk", r"\min_{n_1} \mathbb{E} R_{\mathrm{pool}}",
           "least expected pooled risk over the source sample size", nonnegative=True),
    Piecewise((sigma_sq * (2 * snr * (1 - ssr) / p * best_room - 1 + snr / p + snr * ssr * (p - 1 - 2 * n2) / p), helpful),
              (target_risk.expanded, True)), on=Region(n2 < p - 1) & signal, where=source_room)

more_targets = Gt(room1**2, p * (p - 1) / snr + ssr * n1 * room1, evaluate=False)
best_target_size = Formula(
    symbol("best_target_size", r"n_2^*", "target sample size of least expected pooled risk; 0 where none helps",
           nonnegative=True),
    Piecewise((room1 - best_room, more_targets), (0, True)), on=Region(n1 < p - 1) & signal,
    where={best_room: sqrt(p * (p - 1) / snr + ssr * n1 * room1)})

unequal_noise_pooled_risk = Formula(
    symbol("unequal_noise_pooled_risk", r"\mathbb{E} R_{\mathrm{pool}}", "expected pooled risk, each sample with its own noise",
           nonnegative=True),
    bias + shift + variance, on=roomy, where={
        bias: (p - n) / p * theta_sq,
        shift: n1 * (p - n1 - 1) / (p * (p - n - 1)) * delta_sq,
        variance: (n1 * sigma1_sq + n2 * sigma2_sq) / (p - n - 1),
        n: n1 + n2})
unequal_noise_target_risk = Formula(
    symbol("unequal_noise_target_risk", r"\mathbb{E} R_{\mathrm{target}}",
           "expected target-only risk, with the target's own noise", nonnegative=True),
    bias + variance, on=Region(n2 < p - 1), where={
        bias: (p - n2) / p * theta_sq, variance: n2 / (p - n2 - 1) * sigma2_sq})


def size(k):
    """n_k, the size of sample k."""
    return {1: n1, 2: n2}.get(k) or symbol(f"n{k}", f"n_{k}", f"size of sample {k}", kind="count", nonnegative=True)


def noise(k):
    """sigma_k^2, the noise variance of sample k."""
    return {1: sigma1_sq, 2: sigma2_sq}.get(k) or symbol(
        f"sigma{k}_sq", rf"\sigma_{k}^2", f"noise variance of sample {k}", nonnegative=True)


def gram(k, m):
    """<Delta_k, Delta_m>, an entry of the Gram matrix of the shifts Delta_k = theta_k - theta_0."""
    k, m = sorted((k, m))
    sign = {"nonnegative": True} if k == m else {}
    return symbol(f"gram{k}{m}", rf"\langle\Delta_{k},\Delta_{m}\rangle", f"inner product of the shifts {k} and {m}", **sign)


def disagreement(k, m):
    """|Delta_k - Delta_m|^2."""
    return gram(k, k) - 2 * gram(k, m) + gram(m, m)


def pooled_risk_of(K):
    """The expected risk of min-norm pooling K samples with any coefficients, on a target theta_0 that need not be among them.

    A Formula over n1, sigma1_sq, ..., gram11, gram12, ..., theta_sq = |theta_0|^2 and p, for p > n + 1.

    >>> two = pooled_risk_of(2)
    >>> two.digits(6, n1=3, n2=2, p=10, theta_sq=1, sigma1_sq=1, sigma2_sq=1, gram11=1, gram12=0, gram22=0)
    Decimal('2.20000')
    """
    samples = range(1, K + 1)
    total, pairs = sum(size(k) for k in samples), tuple(combinations(samples, 2))
    alone = sum(size(k) * gram(k, k) for k in samples)
    length_sq = sum(size(k) * size(m) * gram(k, m) for k in samples for m in samples)
    return Formula(
        symbol(f"pooled_risk_of_{K}", r"\mathbb{E} R", f"expected risk of the min-norm interpolator of {K} samples",
               nonnegative=True),
        bias + shift + variance, on=Region(total < p - 1, *(disagreement(k, m) >= 0 for k, m in pairs)), where={
            bias: (p - n) / p * theta_sq,
            shift: ((p - 1) * alone - length_sq) / (p * (p - n - 1)),
            variance: sum(size(k) * noise(k) for k in samples) / (p - n - 1),
            n: total})


kappa1 = symbol("kappa1", r"\kappa_1", "E B_11 B_22 of the matrix-beta law of S^{-1/2} S_1 S^{-1/2}")
kappa2 = symbol("kappa2", r"\kappa_2", "E B_12^2 of the same law")
least_squares = Region(n1 + n2 > p + 1)
ols_shift_coefficient = Formula(
    symbol("ols_shift_coefficient", r"C_{\mathrm{OLS}}", "risk of pooled least squares per unit of squared shift",
           nonnegative=True),
    kappa1 + kappa2 + kappa2 * (n * p - 2) / (n - p - 1), on=least_squares & Region(p >= 1), where={
        kappa1: n1 * (n1**2 + n1 * n2 + n1 - 2) / (n * (n - 1) * (n + 2)),
        kappa2: n1 * n2 / (n * (n - 1) * (n + 2)),
        n: n1 + n2})
ols_risk = Formula(
    symbol("ols_risk", r"\mathbb{E} R_{\mathrm{OLS}}", "expected risk of pooled least squares", nonnegative=True),
    shift + variance, on=least_squares & Region(p >= 1), where={
        shift: ols_shift_coefficient.symbol * delta_sq,
        variance: (n1 * sigma1_sq + n2 * sigma2_sq) / n * p / (n - p - 1),
        ols_shift_coefficient.symbol: ols_shift_coefficient})

threshold = (
    Claim("the expected gain factors into a positive quantity times rho_ex - SSR", gain, "==",
          n1 * room1 / (p * (p - 1 - n1 - n2)) * snr * sigma_sq * (ssr_threshold - ssr)),
    Claim("pooling helps in the mean exactly while the shift-to-signal ratio stays below rho_ex", pooled_risk, "<=", target_risk,
          on=sources & signal & noisy, iff=(ssr <= ssr_threshold,)),
    Claim("the exact threshold is positive exactly above the exact cutoff", ssr_threshold, ">", 0, iff=(snr > snr_cutoff,)),
    Claim("the exact threshold is the share of free dimensions times one minus cutoff over SNR", ssr_threshold, "==",
          (p - 1 - n1 - n2) / room1 * (1 - snr_cutoff / snr)),
    Claim("a shift as large as the signal never pays, at any size", pooled_risk, ">=", target_risk, on=ssr >= 1),
    Claim("the exact threshold falls with the source sample", ssr_threshold.diff(n1), "<", 0),
    Claim("the exact threshold falls with the target sample", ssr_threshold.diff(n2), "<", 0),
    Claim("the exact threshold grows with the signal", ssr_threshold.diff(snr), ">", 0),
    Claim("with a p(p-1) for each p^2 and a dimension less the exact threshold is the asymptotic one", ssr_threshold, "==",
          asymptotic.ssr_threshold.at({p: p - 1, snr: snr * (p - 1) / p}), on=roomy),
    Claim("the exact threshold lies below the asymptotic one", ssr_threshold, "<", asymptotic.ssr_threshold,
          on=roomy & signal & Region(n2 > 0)),
)

interior = Region(helpful)
sizes = (
    Claim("expected pooled risk is convex in the source sample size", pooled_risk.diff(n1).diff(n1), ">", 0, on=noisy),
    Claim("expected pooled risk is stationary at the best source size", pooled_risk.diff(n1).at({n1: best_source_size}), "==", 0,
          on=interior),
    Claim("the best source size leaves room", best_source_size, "<", room2),
    Claim("some source sample helps exactly where the slope at none is negative", best_source_size, ">", 0, on=noisy,
          iff=(pooled_risk.diff(n1).at({n1: 0}) < 0,)),
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
    Claim("with unequal noises pooling helps in the mean exactly while one linear statistic is non-negative",
          unequal_noise_pooled_risk, "<=", unequal_noise_target_risk, on=sources,
          iff=(Ge(theta_sq, p * sigma1_sq / (p - n1 - n2 - 1) + p * n2 * sigma2_sq / ((p - n1 - n2 - 1) * room2)
                  + room1 / (p - n1 - n2 - 1) * delta_sq, evaluate=False),)),
)

pooled_risk_of_1, pooled_risk_of_2, pooled_risk_of_3 = one, two, three = tuple(pooled_risk_of(K) for K in (1, 2, 3))
n3 = size(3)
unshifted = {gram(1, 2): 0, gram(2, 2): 0}


def leaks(K):
    """What the samples leak alone and what they disagree by."""
    samples = range(1, K + 1)
    total, pairs = sum(size(k) for k in samples), combinations(samples, 2)
    return (sum(size(k) * gram(k, k) for k in samples) / p
            + sum(size(k) * size(m) * disagreement(k, m) for k, m in pairs) / (p * (p - total - 1)))


def shift_of(K, risk):
    """The risk with neither signal nor noise."""
    return risk.at({theta_sq: 0, **{noise(k): 0 for k in range(1, K + 1)}})


many = (
    *(Claim(f"the shift of {K} samples costs what each leaks alone and what each pair disagrees by",
            shift_of(K, risk), "==", leaks(K))
      for K, risk in ((1, one), (2, two), (3, three))),
    Claim("one sample of other coefficients is the exact source-only risk", one, "==",
          finite_sample.source_risk.given(theta_sq, delta_sq).at({sigma_sq: sigma1_sq, delta_sq: gram(1, 1)})),
    Claim("two samples, the second the target's, are the exact pooled risk",
          two.at({**unshifted, gram(1, 1): delta_sq, **common}),
          "==", pooled_risk.given(theta_sq, delta_sq)),
    Claim("two samples keep their own noises", two.at({**unshifted, gram(1, 1): delta_sq}), "==", unequal_noise_pooled_risk),
    Claim("splitting a sample in two changes nothing",
          two.at({gram(2, 2): gram(1, 1), gram(1, 2): gram(1, 1), sigma2_sq: sigma1_sq}),
          "==", one.at({n1: n1 + n2})),
    Claim("splitting the second of two samples changes nothing",
          three.at({gram(3, 3): gram(2, 2), gram(2, 3): gram(2, 2), gram(1, 3): gram(1, 2), noise(3): sigma2_sq}), "==",
          two.at({n2: n2 + n3})),
    Claim("a third sample without rows changes nothing", three.at({n3: 0}), "==", two,
          on=Region(disagreement(1, 3) >= 0, disagreement(2, 3) >= 0)),
    Claim("three samples of unit noise add their sizes in the noise",
          three.at({noise(1): 1, noise(2): 1, noise(3): 1, theta_sq: 0})
          - leaks(3), "==", (n1 + n2 + n3) / (p - 1 - n1 - n2 - n3)),
    Claim("the shift of three samples never helps", shift_of(3, three), ">=", 0),
)

unit = symbol("unit", r"\epsilon", "one degree of freedom, in units of the sizes", positive=True)
total = n1 + n2
swapped = ols_shift_coefficient.at({n1: n2, n2: n1})
counted = ((n1 * (n1 * total + total * unit - 2 * unit**2) + n1 * n2 * (total * p - 2 * unit**2) / (total - p - unit))
           / (total * (total - unit) * (total + 2 * unit)))
ols = (
    Claim("without target rows least squares returns the source's coefficients", ols_shift_coefficient.at({n2: 0}), "==", 1),
    Claim("without source rows least squares knows no shift", ols_shift_coefficient.at({n1: 0}), "==", 0),
    Claim("source and target leak the same but for their shares of the rows", ols_shift_coefficient - swapped, "==",
          (n1 - n2) / total),
    Claim("in one dimension the leak is the second moment of a beta law", ols_shift_coefficient.at({p: 1}), "==",
          n1 * (n1 + 2) / (total * (total + 2))),
    Claim("the leak is the squared share of source rows and a spread", ols_shift_coefficient, "==", (n1 / total)**2
          + n1 * n2 / (total * (total - 1) * (total + 2)) * ((total - 2) / total + (total * p - 2) / (total - p - 1))),
    Claim("the leak is more than the squared share of source rows", ols_shift_coefficient, ">", (n1 / total)**2,
          on=sources & Region(n2 > 0)),
    Claim("one degree of freedom counts as epsilon in sizes grown by 1/epsilon",
          ols_shift_coefficient.at({n1: n1 / unit, n2: n2 / unit, p: p / unit}), "==", counted),
    Claim("as sizes grow in proportion the leak tends to its asymptotic value", counted.subs(unit, 0), "==",
          (n1**2 * (total - p) + p * n1 * n2) / (total**2 * (total - p)), on=Region(total > p)),
    Claim("without shift pooled least squares is least squares on all rows", ols_risk.at({delta_sq: 0, **common}), "==",
          p / (total - p - 1) * sigma_sq),
    Claim("without target rows least squares keeps the whole shift", ols_risk.at({n2: 0}), "==",
          p / (n1 - p - 1) * sigma1_sq + delta_sq),
    Claim("the noise of each sample counts by its share of the rows", ols_risk.at({delta_sq: 0, sigma1_sq: 0}), "==",
          n2 / total * p / (total - p - 1) * sigma2_sq),
)


def pooled_replicate(rng, *, n1: int, n2: int, p: int, sigma1_sq, sigma2_sq, theta_sq, delta_sq, rows):
    """One replicate of the pooled risk, each sample with its own noise variance."""
    return estimators.pooled_risk(rng, n1=n1, n2=n2, p=p, sigma1_sq=sigma1_sq, sigma2_sq=sigma2_sq, theta_sq=theta_sq,
                                  delta_sq=delta_sq, rows=rows)


def ols_replicate(rng, *, n1: int, n2: int, p: int, sigma1_sq, sigma2_sq, delta_sq, rows):
    """One replicate of the risk of pooled least squares, which does not know the signal."""
    return pooled_replicate(rng, n1=n1, n2=n2, p=p, sigma1_sq=sigma1_sq, sigma2_sq=sigma2_sq, theta_sq=1.0, delta_sq=delta_sq,
                            rows=rows)


simulations = (
    Simulation(unequal_noise_pooled_risk, pooled_replicate, says="pooled min-norm risk, two noise levels", rows=("gaussian",),
               point={"n1": 20, "n2": 10, "p": 60, "sigma1_sq": 1.0, "sigma2_sq": 0.5, "theta_sq": 2.0, "delta_sq": 0.6}),
    Simulation(ols_risk, ols_replicate, says="pooled least squares risk, two noise levels", rows=("gaussian",),
               point={"n1": 30, "n2": 9, "p": 20, "sigma1_sq": 1.0, "sigma2_sq": 0.5, "delta_sq": 2.0}),
)

finite_sample_exact = Theorem(
    "Pooling at finite size: threshold, best sizes, many sources, least squares",
    (Citation("song2024", "isotropic concept shift, Gaussian rows"), Citation("muirhead1982", "Wishart and matrix-beta moments")),
    states="For Gaussian isotropic rows the threshold, the cutoff and the best sample sizes of pooling are exact at every finite "
           "size, for any number of samples with any coefficients the expected min-norm risk is a rational function of the "
           "sizes, and beyond the interpolation peak so is the risk of pooled least squares.",
    assumes=("Gaussian rows", "isotropic", "common noise variance, unless a formula names several"),
    formulas=(gain, ssr_threshold, snr_cutoff, best_source_size, largest_source_size, least_pooled_risk, best_target_size,
              unequal_noise_pooled_risk, unequal_noise_target_risk, pooled_risk_of_2, ols_shift_coefficient, ols_risk),
    claims=threshold + sizes + noises + many + ols,
    simulations=simulations,
    uses=(finite_sample.finite_sample, asymptotic.concept_shift),
)
