r"""Covariate shift: source and target share their coefficients and noise, their covariances commute, p > n.

The talk's form of the risk of the pooled min-norm interpolator has four constants for the noise and four for the signal, D = a_1
tau_1 + a_2 tau_2 + 1:

    V = -sigma^2 gamma int tau_2 (a_3 tau_1 + a_4 tau_2)/D^2 dH,     B = |theta|^2 int (b_3 tau_1 + (b_4 + 1) tau_2)/D^2 dG,

b_1 = a_1 and b_2 = a_2, each further pair by a linear system.  The symmetric form needs one pair: g = (b_3, b_4), solved without
subtraction, and V = sigma^2 (g_1 + g_2).  For every law they are the same.  H is the joint law of the eigenvalues, G weighs them
by the squared coordinates of theta; G = H where these are spread evenly.
"""

from sympy import Rational, log

from symrisk.claim import Claim
from symrisk.engine.elimination_names import eliminated
from symrisk.engine.mean import Mean
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import bias_of_fit, variance_of
from symrisk.formula import Formula
from symrisk.implicit import Implicit
from symrisk.law import Atoms
from symrisk.region import Region
from symrisk.symbols import (
    G,
    H,
    coordinate,
    delta_sq,
    eigenvalue,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    symbol,
    tau0,
    tau_omega,
    theta_sq,
)
from symrisk.theorem import Citation, Theorem
from symrisk.theorems.transfer import concept_shift, multi_source, reciprocal_spectrum
from symrisk.theorems.transfer.reciprocal_least_squares import anisotropy
from symrisk.theorems.transfer.reciprocal_spectrum import upper_share

ASYMPTOTIC = "asymptotic, O(1/p)"
NO_SOURCE = "without source rows the risk is that of the target alone, target_risk"
tau1, tau2 = eigenvalue(1), eigenvalue(2)


def constant(name, latex, says, **sign):
    """One of the talk's constants."""
    return symbol(name, rf"\tilde {latex}", says, **sign)


a1, a2 = (constant(f"a{k}", f"a_{k}", f"scale of sample {k}: what its rows take up along a unit eigenvalue", positive=True)
          for k in (1, 2))
inside = symbol("inside", r"D(\tau)", "the pooled resolvent's inverse along an eigenvector", kind="varying", positive=True)
on = Region(n1 > 0, n2 > 0, n1 + n2 < p)
beyond = {n1 > 0: NO_SOURCE}
D = 1 + a1 * tau1 + a2 * tau2
scales = Implicit.potential((a1, a2), p * Mean(log(D), H) - n1 * log(a1) - n2 * log(a2))
first = {inside: D, **scales}


def E(integrand):
    """The mean over H of an integrand over D^2."""
    return Mean(integrand / inside**2, H)


def determined(name, latex, says, place, system, right):
    """The `place`-th unknown of two linear equations, by Cramer's rule: a Formula."""
    (m11, m12), (m21, m22) = system
    top = right[0] * m22 - right[1] * m12 if place == 0 else m11 * right[1] - m21 * right[0]
    return Formula(constant(name, latex, says), top / (m11 * m22 - m12 * m21), where=first, on=on, beyond=beyond,
                   accuracy=ASYMPTOTIC)


gamma = p / (n1 + n2)
lower = (E((1 + a2 * tau2) * tau1), -E(a1 * tau1 * tau2))
noise_system = ((gamma * E(tau1), gamma * E(tau2)), tuple(gamma * entry for entry in lower))
signal_system = ((E(tau1), E(tau2)), lower)
a3 = determined("a3", "a_3", "first of the noise's constants: n times the slope of a_1 in the penalty", 0, noise_system,
                (-a1 - a2, -a1))
a4 = determined("a4", "a_4", "second of the noise's constants: n times the slope of a_2 in the penalty", 1, noise_system,
                (-a1 - a2, -a1))
leaks = (E(tau2 * (a1 * tau1 + a2 * tau2)), E(a1 * tau1 * tau2))
tilde_b3 = determined("tilde_b3", "b_3", "first of the signal's constants: how much of the source's noise passes", 0,
                      signal_system, leaks)
tilde_b4 = determined("tilde_b4", "b_4", "second of the signal's constants: how much of the target's noise passes", 1,
                      signal_system, leaks)
scale1 = Formula(symbol("scale1", r"\tilde a_1", "the source's scale", positive=True), a1, where=first, on=on, beyond=beyond,
                 accuracy=ASYMPTOTIC)
scale2 = Formula(symbol("scale2", r"\tilde a_2", "the target's scale", positive=True), a2, where=first, on=on, beyond=beyond,
                 accuracy=ASYMPTOTIC)
talk_variance = Formula(
    symbol("talk_variance", r"V_{\mathrm{talk}}", "what label noise adds to the risk, as the talk has it"),
    -sigma_sq * gamma * E(tau2 * (a3.symbol * tau1 + a4.symbol * tau2)), on=on, beyond=beyond, accuracy=ASYMPTOTIC,
    where={a3.symbol: a3, a4.symbol: a4, **first})
talk_bias = Formula(
    symbol("talk_bias", r"B_{\mathrm{talk}}", "signal that the fit misses, as the talk has it"),
    theta_sq * Mean((tilde_b3.symbol * tau1 + (tilde_b4.symbol + 1) * tau2) / inside**2, G), on=on, beyond=beyond,
    accuracy=ASYMPTOTIC, where={tilde_b3.symbol: tilde_b3, tilde_b4.symbol: tilde_b4, **first})

g1, g2 = Pooled(2, "ridgeless").gains
names, (x1, x2) = eliminated("", {(1, 0): p * E(a1 * a2 * tau1 * tau2)}, [p * E(a1 * tau1), p * E(a2 * tau2)],
                             [p * E(a1 * tau1 * tau2), p * E(a2 * tau2**2)])
second = {g1: a1 * x1, g2: a2 * x2, **dict(reversed(names.items())), **first}
pooled_variance = Formula(
    symbol("pooled_variance", "V", "what label noise adds to the risk of the pooled interpolator", nonnegative=True),
    sigma_sq * (g1 + g2), where=second, on=on, beyond=beyond, accuracy=ASYMPTOTIC)
pooled_bias = Formula(
    symbol("pooled_bias", "B", "signal that the pooled interpolator misses", nonnegative=True),
    theta_sq * Mean((tau2 + g1 * tau1 + g2 * tau2) / inside**2, G), where=second, on=on, beyond=beyond, accuracy=ASYMPTOTIC)
pooled_risk = Formula(
    symbol("pooled_risk", r"R_{\mathrm{pool}}", "excess risk of the pooled min-norm interpolator", nonnegative=True),
    pooled_bias.symbol + pooled_variance.symbol, on=on, beyond=beyond, accuracy=ASYMPTOTIC,
    where={pooled_bias.symbol: pooled_bias, pooled_variance.symbol: pooled_variance})

alone = symbol("alone", "a", "scale of the target sample on its own", positive=True)
used = symbol("used", r"\chi", "second-order degrees of freedom of the target sample", nonnegative=True)
unused = symbol("unused", r"\bar\chi", "n_2 less the second-order degrees of freedom of the target sample", positive=True)
target = {used: p * Mean((alone * tau2 / (1 + alone * tau2))**2, H),
          unused: p * Mean(alone * tau2 / (1 + alone * tau2)**2, H),
          **Implicit.potential((alone,), p * Mean(log(1 + alone * tau2), H) - n2 * log(alone))}
target_risk = Formula(
    symbol("target_risk", r"R_{\mathrm{target}}", "excess risk of the min-norm interpolator of the target sample alone",
           nonnegative=True),
    (used * sigma_sq + n2 * theta_sq * Mean(tau2 / (1 + alone * tau2)**2, G)) / unused, where=target,
    on=Region(n2 > 0, n2 < p), accuracy=ASYMPTOTIC)

general, common = Pooled(2, "ridgeless"), {sigma1_sq: sigma_sq, sigma2_sq: sigma_sq}
as_general = {**dict(zip(general.scales, (a1, a2), strict=True)), tau0: tau2, tau_omega: 1}
even = symbol("even", "b", "coordinate of the coefficients where it is the same along every eigenvector")
spread = {coordinate(0): even, coordinate(1): even, coordinate(2): even}
isotropic, joined = {tau1: 1, tau2: 1}, {alone: a1 + a2, n2: n1 + n2}
equal = (
    Claim("the talk's variance is the noise that passes, in every law", talk_variance, "==", pooled_variance),
    Claim("the talk's bias is the signal that the mean fit misses, in every pair of laws", talk_bias, "==", pooled_bias),
    Claim("the variance is that of two samples of any covariances, with the target's own", pooled_variance, "==",
          variance_of(general).given(*general.scales).at({**as_general, **common})),
    Claim("for coefficients spread evenly the bias is that of two samples of any covariances",
          pooled_bias.at({G: H, theta_sq: p * even**2}), "==",
          bias_of_fit(general).given(*general.scales).at({**as_general, **spread})),
)
cases = (
    Claim("of equal covariances the scales are as the sizes", n2 * scale1.at({tau1: tau2}), "==", n1 * scale2.at({tau1: tau2})),
    Claim("of equal covariances pooling is a target sample of n rows", pooled_risk.at({tau1: tau2}), "==",
          target_risk.given(alone).at(joined)),
    Claim("isotropic pooling is that without a shift", pooled_risk.at(isotropic), "==",
          concept_shift.pooled_risk.given(theta_sq, delta_sq).at({delta_sq: 0})),
    Claim("the isotropic target alone is that of concept shift", target_risk.at({tau2: 1}), "==",
          concept_shift.target_risk.given(theta_sq)),
    Claim("for an isotropic target the noise passes by the scales", pooled_variance.at({tau2: 1}), "==", sigma_sq * (a1 + a2)),
    Claim("for an isotropic target the target's scale does not depend on the source", scale2.at({tau2: 1}), "==",
          n2 / (p - n1 - n2)),
    Claim("for an isotropic target the missed signal is a mean of 1/D", pooled_bias.at({tau2: 1}), "==",
          theta_sq * Mean(1 / (1 + a1 * tau1 + a2), G)),
    Claim("for an isotropic target and coefficients spread evenly the missed signal is the free share, whatever the shift",
          pooled_bias.at({tau2: 1, G: H}), "==", (p - n1 - n2) / p * theta_sq),
    Claim("label noise never helps", pooled_variance.diff(sigma_sq), ">=", 0),
)
halves = {(anisotropy, 1): Rational(1, 2), (1 / anisotropy, 1): Rational(1, 2)}
tilted = {(anisotropy, 1): upper_share, (1 / anisotropy, 1): 1 - upper_share}
room = p - n1 - n2
at_pair = {a1: (p - n1) / room * reciprocal_spectrum.source_scale, a2: n2 / room, H: Atoms(halves)}
filled1, filled2 = (Formula(symbol(f"filled{k}", f"f_{k}", f"rows that a scale of sample {k} answers for", nonnegative=True),
                            p * Mean(a * t / D, H), on=on, accuracy=ASYMPTOTIC) for k, a, t in ((1, a1, tau1), (2, a2, tau2)))
reciprocal = (
    Claim("of a reciprocal spectrum the closed form answers for the source's rows", filled1.at(at_pair), "==", n1),
    Claim("of a reciprocal spectrum the closed form answers for the target's rows", filled2.at(at_pair), "==", n2),
    Claim("of a reciprocal spectrum the noise that passes is that of the closed form",
          pooled_variance.given(a1, a2).at(at_pair), "==", reciprocal_spectrum.pooled_variance),
    Claim("of a reciprocal spectrum the missed signal is that of the closed form",
          pooled_bias.given(a1, a2).at({**at_pair, G: Atoms(tilted)}), "==",
          reciprocal_spectrum.pooled_bias.given(theta_sq)),
)

covariate_shift = Theorem(
    "Pooled min-norm interpolation under covariate shift",
    (Citation("song2024", "design shift, covariances that commute"),
     Citation("sur2025", "theorem on covariate shift: risk of the pooled min-norm interpolator")),
    states="The pooled interpolator's risk is that of two scales, which minimise a convex potential, and of two shares of noise. "
           "The talk's eight constants give the same in every law. Covariances that differ may help or hurt: "
           "`reciprocal_spectrum` says when, for one family.",
    assumes=("covariances that commute", "common coefficients and common noise", "the target's covariance is sample 2's",
             "rows Sigma_k^(1/2) z of independent entries with mean 0 and variance 1", "n/p bounded away from 1"),
    formulas=(scale1, scale2, a3, a4, tilde_b3, tilde_b4, talk_variance, talk_bias, pooled_variance, pooled_bias, pooled_risk,
              target_risk),
    claims=(*equal, *cases, *reciprocal),
    uses=(multi_source.two, reciprocal_spectrum.reciprocal_spectrum, concept_shift.concept_shift),
)
