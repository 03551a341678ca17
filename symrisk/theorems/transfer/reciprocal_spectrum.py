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
over the two eigenspaces (G = H); without that the risk may do anything.
"""

from sympy import Rational, oo

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.monotone import rises
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.reciprocal import even_risk as even_replicate
from symrisk.simulate.reciprocal import pooled_risk as pooled_replicate
from symrisk.symbols import n, n1, n2, p, sigma_sq, snr, ssr, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer import concept_shift, errata_spectrum, reciprocal_least_squares
from symrisk.theorems.transfer.letters import by_snr, noisy
from symrisk.theorems.transfer.reciprocal_least_squares import anisotropy, pair_spread

NO_SOURCE = "without source rows the risk is that of the target alone, concept_shift.target_risk"

upper_share = symbol("upper_share", r"\omega_+", "share of |theta|^2 in the eigenspace of kappa, 1/2 for G = H", nonnegative=True)
scale = symbol("scale", "x", "what the source's rows take up along a unit eigenvalue", positive=True)
imbalance = symbol("imbalance", "u", "dimension less twice the source sample, p - 2 n_1")
peak_scale = symbol("peak_scale", "x_p", "the same at the interpolation peak p = n", positive=True)

overparametrised = Region(n1 > 0, n1 + n2 < p)
spectrum = {
    **Implicit.root(scale, (p - n1) * scale**2 + (1 + pair_spread) * imbalance * scale - n1),
    imbalance: p - 2 * n1,
    pair_spread: (anisotropy - 1)**2 / (2 * anisotropy)}

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
    symbol("peak_strength", r"S_\kappa", "what (p - n) R tends to at the interpolation peak p = n", nonnegative=True),
    n2 * (1 + peak_scale) * sigma_sq, on=Region(n1 > 0, n2 > 0), accuracy=ASYMPTOTIC, where={
        **Implicit.root(peak_scale, n2 * peak_scale**2 + (1 + pair_spread) * imbalance * peak_scale - n1),
        imbalance: n2 - n1,
        pair_spread: (anisotropy - 1)**2 / (2 * anisotropy)})

few, many, half = Region(2 * n1 < p), Region(2 * n1 > p), Region(Relation(p, "==", 2 * n1))
shifted, shifted_or_not = Region(anisotropy > 1), Region(anisotropy >= 1)
no_shift = concept_shift.pooled_risk.at({ssr: 0})
target_risk = concept_shift.target_risk
room = p - n1 - n2
swapped = {anisotropy: 1 / anisotropy}
at_peak = peak_strength / (n2 * sigma_sq) - 1

identities = (
    Claim("the source's rows take up n1 of p directions: the mean of x tau/(1 + x tau) over both eigenvalues", n1, "==",
          p / 2 * (anisotropy * source_scale / (1 + anisotropy * source_scale) + source_scale / (anisotropy + source_scale))),
    Claim("at the peak they take up n1 of n1 + n2", n1, "==", (n1 + n2) / 2 * (
        anisotropy * at_peak / (1 + anisotropy * at_peak) + at_peak / (anisotropy + at_peak)), on=noisy),
    Claim("at kappa = 1 the risk is that without covariate shift", even_risk.at({anisotropy: 1}), "==", no_shift),
    Claim("at kappa = 1 it is so however the coefficients are spread", pooled_risk.at({anisotropy: 1}), "==", no_shift),
    Claim("coefficients spread evenly have half their square in each eigenspace", pooled_risk.at({upper_share: Rational(1, 2)}),
          "==", even_risk),
    Claim("of coefficients spread evenly the share missed does not depend on kappa",
          pooled_bias.at({upper_share: Rational(1, 2)}), "==", room / p * theta_sq),
    Claim("swapping kappa for 1/kappa swaps the eigenspaces", pooled_risk.at({**swapped, upper_share: 1 - upper_share}), "==",
          pooled_risk),
    Claim("swapping kappa for 1/kappa leaves the risk of evenly spread coefficients", even_risk.at(swapped), "==", even_risk),
    Claim("the derivative of x by d is that of its quadratic", source_scale.given(pair_spread).diff(pair_spread), "==",
          -(p - 2 * n1) * scale / (2 * (p - n1) * scale + (1 + pair_spread) * (p - 2 * n1)), roots=source_scale.given(
              pair_spread).roots),
    Claim("the shift changes the risk by one signed product", even_risk - no_shift, "==",
          sigma_sq * (2 * n1 - p) / room * pair_spread * source_scale / (1 + source_scale)),
)

against_no_shift = (
    Claim("a shifted source helps, against one without shift, exactly below p/2 source samples", even_risk, "<", no_shift,
          on=shifted_or_not & noisy, iff=(2 * n1 < p, anisotropy > 1)),
    Claim("a shifted source hurts, against one without shift, exactly above p/2 source samples", even_risk, ">", no_shift,
          on=shifted_or_not & noisy, iff=(2 * n1 > p, anisotropy > 1)),
    Claim("the risk strictly falls with kappa below p/2 source samples", even_risk.diff(anisotropy), "<", 0,
          on=shifted & noisy & few),
    Claim("the risk strictly rises with kappa above p/2 source samples", even_risk.diff(anisotropy), ">", 0,
          on=shifted & noisy & many),
    Claim("at p/2 source samples the risk is that without shift, whatever kappa", even_risk, "==", no_shift, on=half),
    Claim("x falls with kappa below p/2 source samples", source_scale.diff(anisotropy), "<", 0, on=shifted & few),
    Claim("x rises with kappa above p/2 source samples", source_scale.diff(anisotropy), ">", 0, on=shifted & many),
    Claim("at p/2 source samples x is one, whatever kappa", source_scale, "==", 1, on=half),
    Claim("x is below one exactly below p/2 source samples", source_scale, "<", 1, iff=(2 * n1 < p,)),
    *rises(source_scale, n1, called="x"),
    *rises(pooled_variance, n1, on=noisy),
    Claim("less is missed of a signal that lies along the source's large eigenvalue", pooled_bias.diff(upper_share), "<", 0,
          on=shifted & noisy & Region(snr > 0)),
)

pooling = (
    Claim("pooling beats the target alone exactly from the cutoff of the signal-to-noise ratio on", even_risk, "<=", target_risk,
          on=noisy, iff=(snr >= snr_cutoff,)),
    Claim("at kappa = 1 the cutoff is that without shift", snr_cutoff.at({anisotropy: 1}), "==", concept_shift.snr_cutoff),
    Claim("at p/2 source samples the cutoff is that without shift", snr_cutoff, "==", concept_shift.snr_cutoff, on=half),
    Claim("the cutoff falls with kappa below p/2 source samples", snr_cutoff.diff(anisotropy), "<", 0, on=shifted & few),
    Claim("the cutoff rises with kappa above p/2 source samples", snr_cutoff.diff(anisotropy), ">", 0, on=shifted & many),
)

wide = pair_spread, oo
limits = (
    Claim("below p/2 source samples kappa x stays under 2 n1/(p - 2 n1)", anisotropy * source_scale, "<", 2 * n1 / (p - 2 * n1),
          on=few),
    Claim("below p/2 source samples kappa x tends to that as kappa grows, 2 d ~ kappa",
          (2 * pair_spread * source_scale.given(pair_spread)).limit(*wide), "==", 2 * n1 / (p - 2 * n1), on=few),
    Claim("below p/2 source samples the noise tends to what the target's rows alone bring in",
          pooled_variance.given(pair_spread).limit(*wide), "==", n2 / room * sigma_sq, on=few),
    Claim("below p/2 source samples the risk tends to that and the missed signal", even_risk.given(pair_spread).limit(*wide),
          "==", n2 / room * sigma_sq + room / p * snr * sigma_sq, on=few),
    Claim("below p/2 source samples the cutoff tends to n2 p/((p - n)(p - n2))", snr_cutoff.given(pair_spread).limit(*wide),
          "==", p * n2 / (room * (p - n2)), on=few),
    Claim("above p/2 source samples the noise grows as kappa, 2 d ~ kappa",
          (pooled_variance.given(pair_spread) / (2 * pair_spread)).limit(*wide), "==", (2 * n1 - p) / (2 * room) * sigma_sq,
          on=many),
    Claim("x vanishes with the source sample", source_scale.limit(n1, 0), "==", 0),
    Claim("at the interpolation peak (p - n) R tends to a strength that depends on kappa",
          (room * pooled_variance).given(pair_spread).limit(p, n1 + n2), "==", peak_strength.given(pair_spread)),
    Claim("the peak weakens with kappa exactly while the source is the smaller sample", peak_strength, "<",
          (n1 + n2) * sigma_sq, on=shifted_or_not & noisy, iff=(n1 < n2, anisotropy > 1)),
)

finite_even_risk = even_risk + pooled_variance / (p - n1 - n2 - 1)
"""The noise times (p - n)/(p - n - 1): exact at kappa = 1, and most of what a finite size adds
elsewhere.
"""

simulations = (
    Simulation(even_risk, even_replicate, finite_even_risk, says="coefficients spread evenly, few source samples",
               point={"n1": 100, "n2": 100, "p": 600, "snr": 5, "anisotropy": 3}),
    Simulation(even_risk, even_replicate, finite_even_risk, says="coefficients spread evenly, many source samples",
               point={"n1": 400, "n2": 100, "p": 600, "snr": 5, "anisotropy": 3}),
    Simulation(pooled_risk, pooled_replicate, pooled_risk + pooled_variance / (p - n1 - n2 - 1),
               says="all coefficients where the source varies little",
               point={"n1": 100, "n2": 100, "p": 600, "snr": 50, "anisotropy": 10, "upper_share": 0}),
)

reciprocal_spectrum = Theorem(
    "Covariate shift with a reciprocal spectrum",
    (Citation("song2024", "covariate shift, simultaneously diagonalisable covariances; example with Sigma_2 = I"),
     Citation("sur2025", "theorem and items (i)-(iii) of `Does covariate shift help?`")),
    states="The source's covariance has eigenvalues kappa and 1/kappa in halves, the target's is the identity, coefficients and "
           "noise are common and p > n1 + n2. With coefficients spread evenly over the two eigenspaces, the risk of the pooled "
           "min-norm interpolator falls with kappa while n1 < p/2, does not depend on it at n1 = p/2, and rises beyond. "
           "Pooling beats the target alone exactly above a cutoff of the signal-to-noise ratio.",
    assumes=("rows Sigma_k^{1/2} z, z with independent entries of mean 0 and variance 1", "common coefficients and noise",
             "noise independent of the features", "n/p bounded away from 1",
             "G = H: coefficients spread evenly over the eigenspaces, unless a formula takes a share"),
    formulas=(source_scale, pooled_variance, pooled_bias, pooled_risk, even_risk, snr_cutoff, peak_strength),
    claims=identities + against_no_shift + pooling + limits,
    simulations=simulations,
    uses=(concept_shift.concept_shift, reciprocal_least_squares.reciprocal_least_squares),
    errata=errata_spectrum.of_reciprocal_spectrum(upper_share, pooled_bias, pooled_risk, even_risk, peak_strength, no_shift),
)
