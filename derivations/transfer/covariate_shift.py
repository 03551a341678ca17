r"""From the potential of two samples to the talk's eight constants, and from these to the symmetric
form, in every law.

    D = 1 + a_1 tau_1 + a_2 tau_2,    J_km = p int tau_k tau_m/D^2 dH,    Dg = diag(n_k/a_k^2),
    v_k = p int tau_k tau_2/D^2 dH

The symmetric systems are (Dg - J) x = r: with r = v it is g, how much of each sample's noise
reaches the target; with r = -n (1, 1) it is n times the slope of a_1, a_2 in the penalty.  The
first row times a_1, where n_1/a_1 is a mean over the law, is an equation of the talk's; the sum of
both rows times a_1 and a_2 is its other one.
"""

from sympy import log

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import bias_of_fit
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.laws.law import Atoms
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import G, H, n1, n2, p, sigma_sq, symbol, theta_sq
from symrisk.theorems.transfer import covariate_shift as shift
from symrisk.theorems.transfer import covariate_shift_constants as talk
from symrisk.theorems.transfer import reciprocal_spectrum
from symrisk.theorems.transfer.covariate_shift_constants import (
    D,
    a1,
    a2,
    gamma,
    on,
    scales,
    tau1,
    tau2,
)
from symrisk.theorems.transfer.spectrum.of_a_pair import at_pair, filled, tilted

EQUIVALENT = Citation("song2024",
                      "design shift: the projection off the rows acts as P = 1/D, a_k tr(Sigma_k "
                      "P) = n_k")
MULTI = Citation("song2024",
                 "design shift: the risk is b_0 + sum_k g_k (sigma_k^2 + b_k); derived in "
                 "multi_source")
WEIGHTED = Citation("song2024",
                    "design shift: G, the law of eigenvalues weighted by the squared coordinates "
                    "of theta")
x1, x2 = (symbol(f"any{k}", f"x_{k}", "an unknown of the two equations") for k in (1, 2))
slope_mu = symbol("slope_mu", r"\mu", "penalty that falls to zero", nonnegative=True)
general = Pooled(2, "ridgeless")


def over(integrand, power=2):
    """p times a mean over D^power."""
    return p * Mean(integrand / D**power, H)


def stated(name, expression, where=scales):
    """A side of a step, on the region of the theorem."""
    return Formula(
        symbol(name, rf"\mathrm{{{name.replace('_', ' ')}}}", "a side of a derivation's step"),
        expression, where=where, on=on)


def row(k):
    """Row k of (Dg - J) x, times a_k."""
    a, t, x, n = ((a1, tau1, x1, n1), (a2, tau2, x2, n2))[k - 1]
    return n / a * x - a * (over(t * tau1) * x1 + over(t * tau2) * x2)


penalised = Implicit.potential((a1, a2),
                               p * Mean(log(D), H) + slope_mu * a1 + slope_mu * a2 - n1 * log(a1)
                               - n2 * log(a2))


def slope_of(name, scale):
    """n times the slope of a scale in the penalty, where there is none."""
    return stated(name, (n1 + n2) * scale, penalised).diff(slope_mu).at({slope_mu: 0})


general_bias = bias_of_fit(general).given(*general.scales)
first_order = Derivation(
    "the two scales", "a_k tr(Sigma_k P) = n_k, P = (I + a_1 Sigma_1 + a_2 Sigma_2)^{-1}",
    of=shift.scale1,
    steps=(
        Step("the projection off the rows of both samples acts as P", cites=EQUIVALENT),
        Step("along common eigenvectors the source's equation is the talk's n_1/n = gamma int a_1 "
             "tau_1/D dH",
             Claim("the source's rows",
                   stated("source_rows", gamma * Mean(a1 * tau1 / D, H)), "==", n1 / (n1 + n2))),
        Step("and the sum of both is its other one, 1 = gamma int (a_1 tau_1 + a_2 tau_2)/D dH",
             Claim("all rows",
                   stated("all_rows", gamma * Mean((a1 * tau1 + a2 * tau2) / D, H)), "==", 1)),
        Step("what is left is the free dimensions: tr P = p - n",
             Claim("the free dimensions", stated("free", p * Mean(1 / D, H)), "==", p - n1 - n2)),
    ))

constants = Derivation(
    "the talk's constants and the symmetric form", "(Dg - J) x = r", of=talk.talk_variance,
    steps=(
        Step("n_1/a_1 is p int tau_1/D dH: the first row times a_1 is p int (x_1 tau_1 + tau_1 "
             "tau_2 (x_1 a_2 - x_2 a_1))/D^2 dH",
             Claim("the source's row", stated("row_1", row(1)), "==",
            stated("talk_1", over(x1 * tau1 + tau1 * tau2 * (x1 * a2 - x2 * a1))))),
        Step("the two rows times a_1 and a_2 add up to p int (x_1 tau_1 + x_2 tau_2)/D^2 dH",
             Claim("all rows",
                   stated("rows", row(1) + row(2)), "==",
                   stated("talk_2", over(x1 * tau1 + x2 * tau2)))),
        Step("with a penalty mu, c_k = mu a_k: n times the slope of a_1 at mu = 0 is a_3",
             Claim("the first slope",
                   slope_of("moved_1", a1), "==", talk.a3)),
        Step("and n times that of a_2 is a_4: r = -n (1, 1)",
             Claim("the second slope",
                   slope_of("moved_2", a2), "==", talk.a4)),
        Step("so the noise's constants solve a_1 + a_2 = -gamma int (a_3 tau_1 + a_4 tau_2)/D^2 dH",
             talk.claims[0]),
        Step("and a_1 = -gamma int (a_3 tau_1 + tau_1 tau_2 (a_3 a_2 - a_4 a_1))/D^2 dH",
             talk.claims[1]),
        Step("g = (b_3, b_4) has r = v: a_1 v_1 is p int a_1 tau_1 tau_2/D^2 dH, which is the "
             "talk's",
             talk.claims[3]),
        Step("and a_1 v_1 + a_2 v_2 its other right-hand side", talk.claims[2]),
        Step("Dg - J is symmetric: -gamma v'(a_3, a_4)/p = g_1 + g_2, the talk's variance is "
             "sigma^2 (g_1 + g_2)",
             Claim("the variance",
                   talk.talk_variance, "==", (shift.gain1 + shift.gain2) * sigma_sq)),
    ))

risk = Derivation(
    "the risk of common coefficients", "R = b_0 + sum_k g_k (sigma^2 + b_k)", of=shift.pooled_risk,
    steps=(
        Step("the mean fit's distances and what passes of them", cites=MULTI),
        Step("common coefficients are missed by b/D along an eigenvector: B is b^2 (tau_2 + g_1 "
             "tau_1 + g_2 tau_2)/D^2, for evenly spread ones",
             Claim("the bias",
                   shift.pooled_bias.at({G: H, theta_sq: p * shift.even**2}), "==",
                   general_bias.at({**shift.as_general, **shift.spread}))),
        Step("for any others B is a mean over the law G of eigenvalues weighted by b^2",
             cites=WEIGHTED),
        Step("an isotropic target has Sigma_0 = Omega: g_1 is a_1",
             Claim("the source's gain", shift.gain1.at({tau2: 1}), "==", a1)),
        Step("and g_2 is a_2", Claim("the target's gain", shift.gain2.at({tau2: 1}), "==", a2)),
        Step("with eigenvalues kappa and 1/kappa in halves the law has two atoms, and the root of "
             "one quadratic answers for the source's rows",
             Claim("the source's rows", filled(1).at(at_pair), "==", n1)),
        Step("the variance is then the closed form",
             Claim("the variance",
                   shift.pooled_variance.given(a1, a2).at(at_pair), "==",
                   reciprocal_spectrum.pooled_variance)),
        Step("and the bias, a share of the signal lying along kappa",
             Claim("the bias",
                   shift.pooled_bias.given(a1, a2).at({**at_pair, G: Atoms(tilted)}), "==",
                   reciprocal_spectrum.pooled_bias.given(theta_sq))),
    ))
