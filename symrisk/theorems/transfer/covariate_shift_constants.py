r"""Covariate shift as the talk states it: eight constants, four for the noise and four for the
signal.

Source and target share coefficients and noise, their covariances commute, p > n.  With D = a_1
tau_1 + a_2 tau_2 + 1,

    V = -sigma^2 gamma int tau_2 (a_3 tau_1 + a_4 tau_2)/D^2 dH,     B = |theta|^2 int (b_3 tau_1 +
    (b_4 + 1) tau_2)/D^2 dG,

b_1 = a_1 and b_2 = a_2, each further pair by two linear equations.  `covariate_shift` has the
symmetric form, of one pair, and the claims that the two are equal in every law.
"""

from sympy import log

from symrisk.engine.expressions.mean import Mean
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.symbols import G, H, eigenvalue, n1, n2, p, sigma_sq, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import OFF_PEAK

NO_SOURCE = "without source rows the risk is that of the target alone, covariate_shift.target_risk"
tau1, tau2 = eigenvalue(1), eigenvalue(2)


def constant(name, latex, says, **sign):
    """One of the talk's constants."""
    return symbol(name, rf"\tilde {latex}", says, **sign)


a1 = constant("a1", "a_1", "scale of sample 1: what its rows take up along a unit eigenvalue",
              positive=True)
a2 = constant("a2", "a_2", "scale of sample 2: what its rows take up along a unit eigenvalue",
              positive=True)
inside = symbol("inside", r"D(\tau)", "the pooled resolvent's inverse along an eigenvector",
                kind="varying", positive=True)
on = Region(n1 > 0, n2 > 0, n1 + n2 < p)
beyond = {n1 > 0: NO_SOURCE}
D = 1 + a1 * tau1 + a2 * tau2
scales = Implicit.potential((a1, a2), p * Mean(log(D), H) - n1 * log(a1) - n2 * log(a2))
first = {inside: D, **scales}
gamma = p / (n1 + n2)


def E(integrand):
    """The mean over H of an integrand over D^2."""
    return Mean(integrand / inside**2, H)


single1 = symbol("e1", "e_{1}", "mean of tau_1 over D^2", nonnegative=True)
single2 = symbol("e2", "e_{2}", "mean of tau_2 over D^2", nonnegative=True)
twofold = symbol("e12", "e_{12}", "mean of a_1 tau_1 tau_2 over D^2", nonnegative=True)
mixed = symbol("e11", "e_{11}", "mean of tau_1 (1 + a_2 tau_2) over D^2", nonnegative=True)
traces = {single1: E(tau1), single2: E(tau2), twofold: E(a1 * tau1 * tau2),
          mixed: E((1 + a2 * tau2) * tau1)}
left = symbol("left", r"\Delta", "minus the determinant of the constants' equations",
              nonnegative=True)
eliminated = {left: single1 * twofold + single2 * mixed, **traces, **first}


def defined(name, latex, says, expression, where, **sign):
    """One of the talk's constants, or a formula of it."""
    return Formula(
        constant(name, latex, says, **sign),
        expression, where=where, on=on, beyond=beyond, accuracy=ASYMPTOTIC)


a3 = defined("a3", "a_3", "first of the noise's constants: n times the slope of a_1 in the penalty",
             -((a1 + a2) * twofold + a1 * single2) / (gamma * left), eliminated)
a4 = defined("a4", "a_4",
             "second of the noise's constants: n times the slope of a_2 in the penalty",
             -a2 * (twofold + mixed) / (gamma * left), eliminated)
leak = symbol("leak", r"\ell", "mean of tau_2 (a_1 tau_1 + a_2 tau_2) over D^2", nonnegative=True)
square2 = symbol("e22", "e_{22}", "mean of tau_2^2 over D^2", nonnegative=True)
leaks = {leak: E(tau2 * (a1 * tau1 + a2 * tau2))}
tilde_b3 = defined("tilde_b3", "b_3",
                   "first of the signal's constants: how much of the source's noise passes",
                   twofold * (leak + single2) / left, {**leaks, **eliminated})
tilde_b4 = defined("tilde_b4", "b_4",
                   "second of the signal's constants: how much of the target's noise passes",
                   a2 * (twofold**2 / a1 + square2 * mixed) / left,
                   {square2: E(tau2**2), **eliminated})
talk_variance = Formula(
    symbol("talk_variance", r"V_{\mathrm{talk}}",
           "what label noise adds to the risk, as the talk has it"),
    -sigma_sq * gamma * E(tau2 * (a3.symbol * tau1 + a4.symbol * tau2)), on=on, beyond=beyond,
    accuracy=ASYMPTOTIC, where={a3.symbol: a3, a4.symbol: a4, **first})
talk_bias = Formula(
    symbol("talk_bias", r"B_{\mathrm{talk}}", "signal that the fit misses, as the talk has it"),
    theta_sq * Mean((tilde_b3.symbol * tau1 + (tilde_b4.symbol + 1) * tau2) / inside**2, G), on=on,
    beyond=beyond, accuracy=ASYMPTOTIC,
    where={tilde_b3.symbol: tilde_b3, tilde_b4.symbol: tilde_b4, **first})


def equation_of(integrand, where):
    """A mean over D^2 of the talk's equations."""
    return Formula(
        symbol("talk_equation", r"\int", "one side of an equation of the constants"),
        Mean(integrand / D**2, H), where={**where, **scales}, on=on, accuracy=ASYMPTOTIC)


noise_pair = {a3.symbol: a3, a4.symbol: a4}
signal_pair = {tilde_b3.symbol: tilde_b3, tilde_b4.symbol: tilde_b4}
(s3, s4), (t3, t4) = noise_pair, signal_pair
claims = (
    Claim("the noise's constants solve the talk's equation of all rows",
          gamma * equation_of(s3 * tau1 + s4 * tau2, noise_pair), "==", -a1 - a2),
    Claim("the noise's constants solve the talk's equation of the source's rows",
          gamma * equation_of(s3 * tau1 + tau1 * tau2 * (s3 * a2 - s4 * a1), noise_pair), "==",
          -a1),
    Claim("the signal's constants solve the talk's equation of all rows",
          equation_of(tau1 * (t3 - a1 * tau2) + tau2 * (t4 - a2 * tau2), signal_pair), "==", 0),
    Claim("the signal's constants solve the talk's equation of the source's rows",
          equation_of(tau1 * (t3 - a1 * tau2) + tau1 * tau2 * (t3 * a2 - t4 * a1),
                      signal_pair), "==",
          0),
)

covariate_shift_constants = Theorem(
    "Covariate shift by the talk's eight constants",
    Citation("sur2025", "theorem on covariate shift: risk of the pooled min-norm interpolator"),
    states="Two scales, two constants for the noise and two for the signal, each pair the "
           "solution of two linear equations, say what the pooled min-norm interpolator's "
           "variance and bias tend to.",
    assumes=("covariances that commute", "common coefficients and common noise",
             "the target's covariance is sample 2's",
             "rows Sigma_k^(1/2) z of independent entries with mean 0 and variance 1", OFF_PEAK),
    formulas=(a3, a4, tilde_b3, tilde_b4, talk_variance, talk_bias),
    claims=claims)
