r"""Pooled ridge under concept shift, isotropic features: every sample size, every penalty.

    theta_hat = argmin |y_1 - X_1 theta|^2 + |y_2 - X_2 theta|^2 + mu |theta|^2          (mu is
    absolute)

To first order the resolvent (X'X + mu I)^{-1} acts as q I, and theta_hat is in the mean the share
beta of the pooled coefficients theta_bar = theta_2 + pi delta, pi = n_1/n.  Everything is in beta,
which falls from min(1, n/p) at mu = 0 to 0 at mu = infinity; with nu = p beta^2/n

    (1 - nu) R  =  |(1-beta) theta_2 - pi (beta-nu) delta|^2 + pi nu (1 - pi nu) |delta|^2 + nu (pi
    sigma_1^2 + (1-pi) sigma_2^2).

The first square brings a <theta_2, delta> term, which min-norm interpolation and least squares do
not have.  The formulas are affine in |theta_2|^2, <theta_2, delta> and |delta|^2 and take estimates
of them as they come: that the three obey Cauchy-Schwarz is a hypothesis of those claims only that
need it.
"""

from sympy import Gt, oo

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.monotone import falls, rises
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.samples import ridge_risk as ridge_replicate
from symrisk.symbols import (
    cross,
    delta_sq,
    mu,
    n,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    symbol,
    theta_sq,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer import concept_shift, errata
from symrisk.theorems.transfer.letters import coherent, sampled

COMMON = {"theta_sq": 1, "delta_sq": 0.61, "cross": -0.5, "sigma1_sq": 1, "sigma2_sq": 1}

q = symbol("q", "q", "scale of the resolvent: tr (X'X + mu I)^{-1} / p", positive=True)
excess = symbol("excess", "e", "samples beyond the dimension, n - p")
pi = symbol("pi", r"\pi", "the source's share of the samples, n_1/n", nonnegative=True)
beta = symbol("beta", r"\beta", "share of the pooled coefficients that the fit shows in the mean", nonnegative=True)
missed = symbol("missed", r"\bar\beta", "1 - beta", nonnegative=True)
omega = symbol("omega", r"\omega", "beta - nu", nonnegative=True)
nu = symbol("nu", r"\nu", "second-order degrees of freedom per sample, p beta^2/n", nonnegative=True)
free = symbol("free", r"\eta", "1 - nu", positive=True)
some_penalty = Gt(mu, 0, evaluate=False)
penalised, unpenalised = Region(some_penalty), {
    some_penalty: "without a penalty it is concept_shift.unequal_noise_pooled_risk for n < p, isotropic_ridge.ols_risk for n > p"}
under = Region(n1 + n2 > p)
over = Region(n1 + n2 < p)
shares = sampled & Region(beta <= 1, p * beta <= n1 + n2, beta + p * beta < 1 + n1 + n2)

pooled = {n: n1 + n2, pi: n1 / n, sigma_sq: (n1 * sigma1_sq + n2 * sigma2_sq) / n}
resolvent = {n: n1 + n2, excess: n - p, **Implicit.root(q, mu * p * q**2 + (mu + excess) * q - 1)}
at_share = {missed: 1 - beta, omega: beta * (n - p * beta) / n, nu: p * beta**2 / n, free: missed + omega, **pooled}
parts = (missed**2 * theta_sq - 2 * pi * missed * omega * cross + pi * (pi * omega**2 + nu * (free + n2 / n * nu)) * delta_sq
         + nu * sigma_sq) / free

fitted_share = Formula(
    symbol("fitted_share", r"\beta", "share of the pooled coefficients that ridge fits in the mean", nonnegative=True),
    n * q / (1 + p * q), where=resolvent, on=sampled, accuracy=ASYMPTOTIC)
ridge_risk = Formula(
    symbol("ridge_risk", r"R_{\mu}", "excess risk of pooled ridge", nonnegative=True),
    parts, on=sampled & coherent & penalised, beyond=unpenalised, accuracy=ASYMPTOTIC, where={
        beta: n * q / (1 + p * q),
        missed: mu * q,
        omega: beta / (1 + p * q),
        nu: p * q * omega,
        free: missed + omega,
        **pooled, **resolvent})
share_risk = Formula(
    symbol("share_risk", r"R(\beta)", "excess risk of a pooled fit that shows the share beta in the mean", nonnegative=True),
    parts, where=at_share, on=shares & coherent, accuracy=ASYMPTOTIC)
target_ridge_risk = Formula(
    symbol("target_ridge_risk", r"R_{\mu,\mathrm{target}}", "excess risk of ridge on the target sample alone", nonnegative=True),
    (missed**2 * theta_sq + nu * sigma2_sq) / free, on=Region(n2 > 0), accuracy=ASYMPTOTIC, where={
        beta: n * q / (1 + p * q),
        missed: mu * q,
        omega: beta / (1 + p * q),
        nu: p * q * omega,
        free: missed + omega,
        **resolvent, n: n2})
ols_risk = Formula(
    symbol("ols_risk", r"R_{\mathrm{OLS}}", "excess risk of pooled least squares", nonnegative=True),
    p / (n - p) * sigma_sq + n1 * (n1 * (n - p) + p * n2) / (n**2 * (n - p)) * delta_sq, on=under, accuracy=ASYMPTOTIC, where={
        n: n1 + n2,
        sigma_sq: (n1 * sigma1_sq + n2 * sigma2_sq) / n})
target_ols_risk = Formula(
    symbol("target_ols_risk", r"R_{\mathrm{OLS,target}}", "excess risk of least squares on the target alone", nonnegative=True),
    p / (n2 - p) * sigma2_sq, on=Region(n2 > p), accuracy=ASYMPTOTIC)

one_noise, free_risk = ridge_risk.given(sigma_sq), share_risk.given(sigma_sq)
identities = (
    Claim("what ridge misses of the mean is mu q", 1 - fitted_share, "==", mu * q),
    Claim("ridge risk depends on the penalty through beta alone", share_risk.at({beta: fitted_share}), "==", ridge_risk),
    Claim("without source samples pooled ridge is target ridge", ridge_risk.at({n1: 0}), "==", target_ridge_risk),
    Claim("at beta = 0, an infinite penalty, the risk is the signal", share_risk.at({beta: 0}), "==", theta_sq),
    Claim("at beta = n/p, no penalty below the peak, it is the risk of min-norm pooling",
          share_risk.at({beta: (n1 + n2) / p}), "==", concept_shift.unequal_noise_pooled_risk, on=over),
    Claim("at beta = 1, no penalty above the peak, it is the risk of least squares", share_risk.at({beta: 1}), "==", ols_risk,
          on=under),
    Claim("without source samples least squares is that of the target", ols_risk.at({n1: 0}), "==", target_ols_risk),
)

limits = (
    *falls(fitted_share, mu, p, called="beta"),
    *rises(fitted_share, n1, n2, called="beta"),
    Claim("beta stays below n/p", fitted_share, "<", (n1 + n2) / p),
    Claim("beta stays below one", fitted_share, "<", 1),
    Claim("below the peak beta tends to n/p as mu falls to 0", (n1 + n2) / p - fitted_share, "<",
          (n1 + n2) / (p * (p - n1 - n2)) * mu, on=over),
    Claim("above the peak beta tends to one as mu falls to 0", 1 - fitted_share, "<", mu / (n1 + n2 - p), on=under),
    Claim("beta tends to 0 as mu grows", fitted_share, "<", (n1 + n2) / mu),
    Claim("at the peak itself 1 - beta is below the square root of mu/p", (1 - fitted_share.at({n2: p - n1}))**2, "<", mu / p),
    Claim("below the peak ridge risk tends to that of min-norm pooling as mu falls to 0", ridge_risk.limit(mu, 0), "==",
          concept_shift.unequal_noise_pooled_risk),
    Claim("above the peak ridge risk tends to that of least squares as mu falls to 0", ridge_risk.limit(mu, 0), "==", ols_risk),
    Claim("ridge risk tends to the signal as mu grows", ridge_risk.limit(mu, oo), "==", theta_sq),
)

at_peak = one_noise.at({n2: p - n1})
spread = sigma_sq + n1 * (p - n1) / p**2 * delta_sq
strength = n1 * sigma1_sq + n2 * sigma2_sq + n1 * n2 / (n1 + n2) * delta_sq
peak = (
    Claim("below the peak (p - n) R tends to the noise of the sample plus n1 n2 delta^2 / n",
          ((p - n1 - n2) * concept_shift.unequal_noise_pooled_risk).limit(p, n1 + n2, "+"), "==", strength, on=sampled),
    Claim("above the peak (n - p) R tends to the same", ((n1 + n2 - p) * ols_risk).limit(p, n1 + n2, "-"), "==", strength),
    Claim("at the peak noise takes ridge risk over all bounds as mu falls to 0", at_peak.limit(mu, 0), "==", oo,
          on=Region(sigma_sq > 0)),
    Claim("it grows as half the square root of p/mu times the noise and the variance of the shift over the rows",
          (mu * at_peak**2).limit(mu, 0), "==", p / 4 * spread**2),
    Claim("at the peak a penalty makes the risk finite: (1 + 2pq) R is the missed signal and p^2 q^2 times noise and shift",
          (1 + 2 * p * q) * at_peak, "==",
          theta_sq - 2 * n1 * q / (1 + p * q) * cross + p**2 * q**2 * sigma_sq
          + n1 * q**2 * (p + n1 * (1 - p * q) / (1 + p * q)) * delta_sq),
)

shape = (
    Claim("the inner product of signal and shift never adds to the risk's coefficients", share_risk.diff(cross), "<=", 0),
    Claim("its coefficient vanishes only without source samples, without fit, for the interpolator and for least squares",
          share_risk.diff(cross), "<", 0, iff=(n1 > 0, beta > 0, beta < 1, p * beta < n1 + n2)),
    *rises(one_noise, sigma_sq, theta_sq, called="ridge risk at a fixed shift"),
    *rises(one_noise, delta_sq, on=n1 > 0, called="ridge risk at a fixed inner product"),
    Claim("the risk is a square and what Cauchy-Schwarz makes non-negative", theta_sq * free_risk, "==",
          ((missed * theta_sq - pi * omega * cross)**2 + (pi * omega)**2 * (theta_sq * delta_sq - cross**2)
           + theta_sq * nu * (pi * (1 - pi * nu) * delta_sq + sigma_sq)) / (1 - nu), on=shares & Region(over=(cross,))),
    Claim("pooled least squares beats that of the target exactly while the shift stays below its price",
          ols_risk.at({sigma1_sq: sigma2_sq}), "<", target_ols_risk, on=Region(n1 > 0),
          iff=(n1 * (n1 * (n1 + n2 - p) + p * n2) * (n2 - p) * delta_sq < sigma2_sq * p * n1 * (n1 + n2)**2,)),
)


isotropic_ridge = Theorem(
    "Pooled ridge under concept shift",
    (Citation("song2024", "isotropic concept shift, of which this is the ridge extension"),
     Citation("hastie2022", "isotropic ridge: the fixed point of one sample")),
    states="Source and target samples with isotropic features are pooled into one ridge fit with absolute penalty mu. To first "
           "order its risk is a rational function of one number, the share beta of the pooled coefficients that the fit shows "
           "in the mean. Min-norm interpolation and least squares are its ends, between which the inner product of signal and "
           "shift lowers or raises the risk.",
    assumes=("isotropic rows with independent entries of mean 0 and variance 1", "noise independent of the features",
             "equal weights, unless a formula takes shares", "n/p bounded away from 1 where the penalty is small"),
    formulas=(fitted_share, ridge_risk, share_risk, target_ridge_risk, ols_risk, target_ols_risk),
    claims=identities + limits + peak + shape,
    simulations=(
        Simulation(ridge_risk, ridge_replicate, says="pooled ridge with <theta_2, delta> < 0",
                   point={**COMMON, "n1": 40, "n2": 30, "p": 100, "mu": 10}),
        Simulation(ridge_risk, ridge_replicate, says="a pooled ridge with more samples than features",
                   point={**COMMON, "n1": 100, "n2": 60, "p": 100, "mu": 25}),
        Simulation(ridge_risk, ridge_replicate, says="at the peak p = n, which the penalty makes finite",
                   point={**COMMON, "n1": 240, "n2": 160, "p": 400, "mu": 20})),
    uses=(concept_shift.concept_shift,),
    errata=errata.of_pooled_ridge(ridge_risk),
)
