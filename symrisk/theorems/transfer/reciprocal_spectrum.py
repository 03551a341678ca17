r"""Covariate shift between two eigenvalues: Sigma_2 = I, Sigma_1 = M with eigenvalues kappa and
1/kappa, p/2 of each.

Source and target share coefficients and noise; p > n = n_1 + n_2.  To first order the projection
off the rows acts as P = (p-n)/(p-n_1) (I + x M)^{-1}, where x is what the source's rows take up
along a unit eigenvalue:

    n_1/p  =  mean of x tau/(1 + x tau) over kappa and 1/kappa  =  x (1 + d + x)/((1 + x)^2 + 2 d
    x),    2 kappa d = (kappa-1)^2.

The mean rises with d for x < 1 and falls with it for x > 1; at x = 1 it is a half whatever d.  So
x, and with it the noise V = ((p-n_1) x + n_2)/(p-n) sigma^2, falls with kappa while n_1 < p/2 and
rises beyond.  The missed signal theta'P theta does not depend on kappa where theta is spread evenly
over the two eigenspaces (G = H); without that the risk may do anything: the published theorem does
not ask for it (`errata_spectrum`).
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.monotone import rises
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.reciprocal import Reciprocal
from symrisk.symbols import n, n1, n2, p, sigma_sq, snr, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, OFF_PEAK
from symrisk.theorems.transfer import concept_shift, errata_spectrum, reciprocal_least_squares
from symrisk.theorems.transfer.letters import by_snr, noisy
from symrisk.theorems.transfer.spectrum.identities import claims_of_identities, no_shift
from symrisk.theorems.transfer.spectrum.letters import (
    NO_SOURCE,
    anisotropy,
    few,
    half,
    imbalance,
    many,
    one_pair,
    overparametrised,
    pair_spread,
    peak_scale,
    scale,
    shifted,
    shifted_or_not,
    spectrum,
    upper_share,
)
from symrisk.theorems.transfer.spectrum.limits import claims_of_limits

pooled = {"on": overparametrised, "beyond": {n1 > 0: NO_SOURCE}, "accuracy": ASYMPTOTIC}
with_share = {**pooled, "on": overparametrised & Region(upper_share <= 1)}

source_scale = Formula(
    symbol("source_scale", r"x_\kappa", "what the source's rows take up along a unit eigenvalue",
           positive=True),
    scale, where=spectrum, on=Region(n1 > 0, n1 < p), accuracy=ASYMPTOTIC)
pooled_variance = Formula(
    symbol("pooled_variance", r"V_\kappa",
           "what the noise adds to the risk of the pooled interpolator", nonnegative=True),
    ((p - n1) * scale + n2) / (p - n) * sigma_sq, **pooled, where={n: n1 + n2, **spectrum})
pooled_bias = Formula(
    symbol("pooled_bias", r"B_\kappa", "signal that the pooled interpolator misses",
           nonnegative=True),
    theta_sq * (p - n) / (p - n1) * (
        upper_share / (1 + anisotropy * scale)
        + (1 - upper_share) * anisotropy / (anisotropy + scale)),
    **with_share, where={n: n1 + n2, **by_snr, **spectrum})
pooled_risk = Formula(
    symbol("pooled_risk", r"R_{\mathrm{pool}}", "excess risk of the pooled min-norm interpolator",
           nonnegative=True),
    pooled_bias.symbol + pooled_variance.symbol, **with_share,
    where={pooled_bias.symbol: pooled_bias, pooled_variance.symbol: pooled_variance})
even_risk = Formula(
    symbol("even_risk", r"R_{G=H}",
           "excess risk of the pooled interpolator, coefficients spread evenly", nonnegative=True),
    (p - n) / p * theta_sq + pooled_variance.symbol, **pooled,
    where={**by_snr, pooled_variance.symbol: pooled_variance})
snr_cutoff = Formula(
    symbol("snr_cutoff", r"C_\kappa", "signal-to-noise ratio up to which pooling does not help, "
           "coefficients spread evenly", positive=True),
    p / n1 * ((p - n1) / (p - n) * scale + n1 * n2 / ((p - n) * (p - n2))),
    on=overparametrised, accuracy=ASYMPTOTIC, where={n: n1 + n2, **spectrum})
peak_strength = Formula(
    symbol("peak_strength", r"S_\kappa", "what (p - n) R tends to at the interpolation peak p = n",
           nonnegative=True),
    n2 * (1 + peak_scale) * sigma_sq, on=Region(n1 > 0, n2 > 0), accuracy=ASYMPTOTIC, where={
        **Implicit.root(peak_scale,
                        n2 * peak_scale**2 + (1 + pair_spread) * imbalance * peak_scale - n1),
        imbalance: n2 - n1,
        **one_pair})

target_risk = concept_shift.target_risk

against_no_shift = (
    Claim("a shifted source helps, against one without shift, exactly below p/2 source samples",
          even_risk, "<", no_shift, on=shifted_or_not & noisy, iff=(2 * n1 < p, anisotropy > 1)),
    Claim("a shifted source hurts, against one without shift, exactly above p/2 source samples",
          even_risk, ">", no_shift, on=shifted_or_not & noisy, iff=(2 * n1 > p, anisotropy > 1)),
    Claim("the risk strictly falls with kappa below p/2 source samples",
          even_risk.diff(anisotropy), "<", 0, on=shifted & noisy & few),
    Claim("the risk strictly rises with kappa above p/2 source samples",
          even_risk.diff(anisotropy), ">", 0, on=shifted & noisy & many),
    Claim("at p/2 source samples the risk is that without shift, whatever kappa",
          even_risk, "==", no_shift, on=half),
    Claim("x falls with kappa below p/2 source samples",
          source_scale.diff(anisotropy), "<", 0, on=shifted & few),
    Claim("x rises with kappa above p/2 source samples",
          source_scale.diff(anisotropy), ">", 0, on=shifted & many),
    Claim("at p/2 source samples x is one, whatever kappa", source_scale, "==", 1, on=half),
    Claim("x is below one exactly below p/2 source samples", source_scale, "<", 1, iff=2 * n1 < p),
    *rises(source_scale, n1, called="x"),
    *rises(pooled_variance, n1, on=noisy),
    Claim("less is missed of a signal that lies along the source's large eigenvalue",
          pooled_bias.diff(upper_share), "<", 0, on=shifted & noisy & Region(snr > 0)),
)

pooling = (
    Claim("pooling beats the target alone exactly from the cutoff of the signal-to-noise ratio on",
          even_risk, "<=", target_risk, on=noisy, iff=snr >= snr_cutoff),
    Claim("at kappa = 1 the cutoff is that without shift",
          snr_cutoff.at({anisotropy: 1}), "==", concept_shift.snr_cutoff),
    Claim("at p/2 source samples the cutoff is that without shift",
          snr_cutoff, "==", concept_shift.snr_cutoff, on=half),
    Claim("the cutoff falls with kappa below p/2 source samples",
          snr_cutoff.diff(anisotropy), "<", 0, on=shifted & few),
    Claim("the cutoff rises with kappa above p/2 source samples",
          snr_cutoff.diff(anisotropy), ">", 0, on=shifted & many),
)

identities = claims_of_identities(source_scale, pooled_bias, pooled_risk, even_risk, peak_strength)
limits = claims_of_limits(source_scale, pooled_variance, even_risk, snr_cutoff, peak_strength)

finite_even_risk = even_risk + pooled_variance / (p - n1 - n2 - 1)
"""The noise times (p - n)/(p - n - 1): exact at kappa = 1, and most of what a finite size adds
elsewhere.
"""

finite_pooled_risk = pooled_risk + pooled_variance / (p - n1 - n2 - 1)
even = Risk(Reciprocal((n1, n2), p, anisotropy, sigma_sq, theta_sq), MinNorm())
uneven = Risk(Reciprocal((n1, n2), p, anisotropy, sigma_sq, theta_sq, upper_share), MinNorm())
simulations = (
    Simulation(even_risk, even, finite_even_risk,
               says="coefficients spread evenly, few source samples",
               point={"n1": 100, "n2": 100, "p": 600, "snr": 5, "anisotropy": 3}),
    Simulation(even_risk, even, finite_even_risk,
               says="coefficients spread evenly, many source samples",
               point={"n1": 400, "n2": 100, "p": 600, "snr": 5, "anisotropy": 3}),
    Simulation(pooled_risk, uneven, finite_pooled_risk,
               says="all coefficients where the source varies little",
               point={"n1": 100, "n2": 100, "p": 600, "snr": 50, "anisotropy": 10,
                      "upper_share": 0}),
)

reciprocal_spectrum = Theorem(
    "Covariate shift with a reciprocal spectrum",
    (Citation("song2024",
              "covariate shift, simultaneously diagonalisable covariances; example with Sigma_2 "
              "= I"),
     Citation("sur2025", "theorem and items (i)-(iii) of `Does covariate shift help?`")),
    states="The source's covariance has eigenvalues kappa and 1/kappa in halves, the target's is "
           "the identity, coefficients and noise are common and p > n1 + n2. With coefficients "
           "spread evenly over the two eigenspaces, the risk of the pooled min-norm interpolator "
           "falls with kappa while n1 < p/2, does not depend on it at n1 = p/2, and rises beyond. "
           "Pooling beats the target alone exactly above a cutoff of the signal-to-noise ratio.",
    assumes=("rows Sigma_k^{1/2} z, z with independent entries of mean 0 and variance 1",
             "common coefficients and noise", INDEPENDENT_NOISE, OFF_PEAK,
             "G = H: coefficients spread evenly over the eigenspaces, unless a formula takes a "
             "share"),
    formulas=(source_scale, pooled_variance, pooled_bias, pooled_risk, even_risk, snr_cutoff,
              peak_strength),
    claims=identities + against_no_shift + pooling + limits,
    simulations=simulations,
    uses=(concept_shift.concept_shift, reciprocal_least_squares.reciprocal_least_squares),
    errata=errata_spectrum.of_reciprocal_spectrum(upper_share, pooled_bias, pooled_risk, even_risk,
                                                  peak_strength, no_shift),
    excess_over={sigma_sq: (pooled_risk, even_risk)},
)
