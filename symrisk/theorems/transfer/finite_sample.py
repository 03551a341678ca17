r"""The exact expected risks of min-norm pooling at every finite size, for Gaussian isotropic rows.

W = X X' is Wishart with p degrees of freedom: E W^{-1} = I/(p - n - 1) gives the noise, and its
blocks the shift; the missed signal (p - n)/p is exact for every rotation-invariant design.  Finite
for p > n + 1 alone: at p = n and p = n + 1 the noise's expectation is infinite, and errors say so;
past the peak, `least_squares` takes over.

One degree of freedom is lost throughout: p - n_2 becomes p - 1 - n_2, and p^2 becomes p (p - 1).
All else is the text of `concept_shift`, stated once in the folder `pooling`.
"""

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.theorem import Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.shifted import Shifted
from symrisk.symbols import delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, sigma_sq, theta_sq
from symrisk.theorems.shared.words import INVERSE_WISHART, SHIFT_AT_FINITE_SIZE
from symrisk.theorems.transfer.letters import noisy
from symrisk.theorems.transfer.pooling.text import pooling

text = pooling(lost=1)
pooled_risk, target_risk, source_risk, *with_own_noises = text.risks
unequal_noise_pooled_risk, unequal_noise_target_risk = with_own_noises
gain, ssr_threshold, snr_cutoff = text.thresholds
best_source_size, largest_source_size, least_pooled_risk, best_target_size = text.sizes

roomy, interior = Region(n1 + n2 < p - 1), Region(text.setting.helpful)
room, room1, room2 = text.setting.room, text.setting.room1, text.setting.room2
saved = room * theta_sq - p * sigma1_sq - p * n2 / room2 * sigma2_sq - room1 * delta_sq
edges = (
    Claim("towards p = n + 1 the expected risk passes every bound: "
          "p - n - 1 times it is at least n sigma^2",
          room * pooled_risk, ">=", (n1 + n2) * sigma_sq),
    Claim("the shift alone costs more with each target sample",
          pooled_risk.given(theta_sq, delta_sq).diff(delta_sq).diff(n2), ">=", 0),
    Claim("some source sample helps exactly where the slope at none is negative",
          best_source_size, ">", 0, on=noisy, iff=pooled_risk.diff(n1).at({n1: 0}) < 0),
    Claim("some target sample helps exactly where the slope at none is negative",
          best_target_size, ">", 0, on=noisy, iff=pooled_risk.diff(n2).at({n2: 0}) < 0),
    Claim("with unequal noises pooling saves a positive multiple of one linear statistic",
          unequal_noise_target_risk - unequal_noise_pooled_risk, "==", n1 / (p * room) * saved),
)

pooled = Risk(Shifted((n1, n2), p, (sigma1_sq, sigma2_sq), theta_sq, (delta_sq, 0)), MinNorm())

finite_sample = Theorem(
    "Pooling under concept shift at finite size",
    (INVERSE_WISHART, SHIFT_AT_FINITE_SIZE),
    states="For Gaussian isotropic rows the expected risks of pooled, target-only and source-only "
           "min-norm interpolation are rational functions of the sizes, exactly, at every "
           "p > n + 1; so are the threshold on the shift and the cutoff of the signal-to-noise "
           "ratio, and the best sample sizes are square roots of such.",
    assumes=("Gaussian rows", "isotropic", "common noise variance, unless a formula names two"),
    formulas=(pooled_risk, target_risk, source_risk, *text.thresholds, *text.sizes,
              unequal_noise_pooled_risk, unequal_noise_target_risk),
    claims=text.claims + edges,
    simulations=(
        Simulation(unequal_noise_pooled_risk, pooled, rows=("gaussian",),
                   says="pooled min-norm risk",
                   point={"n1": 20, "n2": 10, "p": 60, "sigma1_sq": 1.0, "sigma2_sq": 0.5,
                          "theta_sq": 2.0, "delta_sq": 0.6}),),
    excess_over={
        sigma_sq: (pooled_risk, target_risk, source_risk, least_pooled_risk),
        sigma2_sq: (unequal_noise_pooled_risk, unequal_noise_target_risk)},
)
