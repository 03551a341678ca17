r"""Covariate shift, p > n: coefficients and noise are common, the covariances differ and commute.

The pooled min-norm interpolator's risk by two scales, which minimise a convex potential, and by g_1
and g_2, how much of each sample's noise reaches the target, solved without subtraction:

    V = sigma^2 (g_1 + g_2),        D = a_1 tau_1 + a_2 tau_2 + 1,
    B = |theta|^2 int (g_1 tau_1 + (g_2 + 1) tau_2)/D^2 dG.

H is the joint law of the eigenvalues, G weighs them by the squared coordinates of theta; G = H
where these are spread evenly. The talk's eight constants, `covariate_shift_constants`, give the
same for every law.
"""

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import bias_of_fit, variance_of
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.laws.law import Atoms
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.common import Common
from symrisk.symbols import (
    G,
    H,
    coordinate,
    eigenvalue,
    n1,
    n2,
    p,
    sigma_sq,
    symbol,
    tau0,
    tau_omega,
    theta_sq,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import OFF_PEAK
from symrisk.theorems.transfer import (
    concept_shift,
    covariate_shift_constants,
    multi_source,
    reciprocal_spectrum,
)
from symrisk.theorems.transfer.covariate_shift_constants import (
    a1,
    a2,
    beyond,
    first,
    inside,
    on,
    talk_bias,
    talk_variance,
    tau1,
    tau2,
    tilde_b3,
    tilde_b4,
)
from symrisk.theorems.transfer.letters import one_noise
from symrisk.theorems.transfer.spectrum.cases import claims_of_cases
from symrisk.theorems.transfer.spectrum.gains import g1, g2, second
from symrisk.theorems.transfer.spectrum.of_a_pair import claims_of_a_pair
from symrisk.theorems.transfer.spectrum.target_alone import target_risk

stated = {"on": on, "beyond": beyond, "accuracy": ASYMPTOTIC}
scale1 = Formula(
    symbol("scale1", r"\tilde a_1",
           "the source's scale: its rows over the trace that they leave", positive=True),
    n1 / (p * Mean(tau1 / inside, H)), where=first, **stated)
scale2 = Formula(
    symbol("scale2", r"\tilde a_2",
           "the target's scale: its rows over the trace that they leave", positive=True),
    n2 / (p * Mean(tau2 / inside, H)), where=first, **stated)
gain1 = Formula(
    symbol("gain1", "g_1", "how much of the noise of sample 1 passes", nonnegative=True),
    g1, where=second, **stated)
gain2 = Formula(
    symbol("gain2", "g_2", "how much of the noise of sample 2 passes", nonnegative=True),
    g2, where=second, **stated)
pooled_variance = Formula(
    symbol("pooled_variance", "V", "what label noise adds to the risk of the pooled interpolator",
           nonnegative=True),
    sigma_sq * (g1 + g2), where=second, **stated)
pooled_bias = Formula(
    symbol("pooled_bias", "B", "signal that the pooled interpolator misses", nonnegative=True),
    theta_sq * Mean((tau2 + g1 * tau1 + g2 * tau2) / inside**2, G), where=second, **stated)
pooled_risk = Formula(
    symbol("pooled_risk", r"R_{\mathrm{pool}}", "excess risk of the pooled min-norm interpolator",
           nonnegative=True),
    pooled_bias.symbol + pooled_variance.symbol, **stated,
    where={pooled_bias.symbol: pooled_bias, pooled_variance.symbol: pooled_variance})

general = Pooled(2, "ridgeless")
as_general = {**dict(zip(general.scales, (a1, a2), strict=True)), tau0: tau2, tau_omega: 1}
even = symbol("even", "b",
              "coordinate of the coefficients where it is the same along every eigenvector")
spread = {coordinate(0): even, coordinate(1): even, coordinate(2): even}
equal = (
    Claim("the talk's variance is the noise that passes, in every law",
          talk_variance, "==", pooled_variance),
    Claim("the talk's bias is the signal that the mean fit misses, in every pair of laws",
          talk_bias, "==", pooled_bias),
    Claim("the talk's constant b_3 is how much of the source's noise passes",
          tilde_b3, "==", gain1),
    Claim("the talk's constant b_4 is how much of the target's noise passes",
          tilde_b4, "==", gain2),
    Claim("the variance is that of two samples of any covariances, with the target's own",
          pooled_variance, "==",
          variance_of(general).given(*general.scales).at({**as_general, **one_noise})),
    Claim("for coefficients spread evenly the bias is that of two samples of any covariances",
          pooled_bias.at({G: H, theta_sq: p * even**2}), "==",
          bias_of_fit(general).given(*general.scales).at({**as_general, **spread})),
)
cases = claims_of_cases(scale1, scale2, pooled_variance, pooled_bias, pooled_risk)
reciprocal = claims_of_a_pair(pooled_variance, pooled_bias)

room = p - n1 - n2
law = Atoms({(3, "1/2"): "2/5", (1, 2): "2/5", ("1/4", 1): "1/5"})
uneven = Atoms({(3, "1/2"): "1/5", (1, 2): "3/5", ("1/4", 1): "1/5"})
sizes = {"n1": 80, "n2": 60, "p": 200, "theta_sq": 3, "H": law}
spectra = (eigenvalue(1), eigenvalue(2))
pooled = Risk(Common((n1, n2), p, spectra, H, G, theta_sq, sigma_sq), MinNorm())
target_alone = Risk(Common((n2,), p, spectra[1:], H, G, theta_sq, sigma_sq), MinNorm())
finite_risk = pooled_risk + pooled_variance / (room - 1)
without_source = {name: value for name, value in sizes.items() if name != "n1"}
simulations = (
    Simulation(pooled_risk, pooled, finite_risk,
               says="coefficients spread evenly", point={**sizes, "G": law}),
    Simulation(pooled_risk, pooled, finite_risk,
               says="most of the signal where the target varies most",
               point={**sizes, "G": uneven}),
    Simulation(target_risk, target_alone, says="the target alone",
               point={**without_source, "G": uneven}),
)

covariate_shift = Theorem(
    "Pooled min-norm interpolation under covariate shift",
    (Citation("song2024", "design shift, covariances that commute"),
     Citation("sur2025", "theorem on covariate shift: risk of the pooled min-norm interpolator")),
    states="The pooled interpolator's risk is that of two scales, which minimise a convex "
           "potential, and of two shares of noise. The talk's eight constants give the same in "
           "every law. Covariances that differ may help or hurt: `reciprocal_spectrum` says when, "
           "for one family.",
    assumes=("covariances that commute", "common coefficients and common noise",
             "the target's covariance is sample 2's",
             "rows Sigma_k^(1/2) z of independent entries with mean 0 and variance 1", OFF_PEAK),
    formulas=(scale1, scale2, gain1, gain2, pooled_variance, pooled_bias, pooled_risk, target_risk),
    claims=equal + cases + reciprocal,
    simulations=simulations,
    uses=(covariate_shift_constants.covariate_shift_constants, multi_source.two,
          reciprocal_spectrum.reciprocal_spectrum, concept_shift.concept_shift),
    excess_over={sigma_sq: (pooled_risk, target_risk)},
)
