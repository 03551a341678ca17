r"""Ridge regression on one sample, for any covariance: everything rests on the effective ridge
kappa.

    kappa = lam + gamma kappa df1(kappa),        R = kappa^2 |theta|^2 mean_G tau/(tau + kappa)^2 /
    (1 - gamma df2)
                                                   + sigma^2 gamma df2 / (1 - gamma df2).

theta_hat = argmin |y - X theta|^2/n + lam |theta|^2 shrinks as if the covariance Sigma itself were
penalised by kappa >= lam; what the noise adds, and the bias, are those of a fit to Sigma times d
kappa/d lam = 1/(1 - gamma df2).  H is the law of the eigenvalues of Sigma, G the same weighted by
the squared coefficients.  The claims hold for every law.
"""

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import bias_of_fit, variance_of
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.laws.law import Atoms
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.common import Common
from symrisk.symbols import (
    G,
    H,
    coordinate,
    eigenvalue,
    gamma,
    kappa,
    lam,
    mu,
    n,
    noise,
    p,
    sigma_sq,
    size,
    symbol,
    tau,
    tau0,
    tau_omega,
    theta_sq,
    v,
    weight,
)
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.effective_ridge import companion_potential, effective, kappa_of_lam
from symrisk.theorems.shared.freedom import claims_of_freedom, df1, df2, df12
from symrisk.theorems.shared.level import claims_of_level, isotropic, single, slope
from symrisk.theorems.shared.words import INDEPENDENT_NOISE

unfitted = symbol("unfitted", "M",
                  "squared coefficients missed, in the covariance's norm, over kappa^2",
                  nonnegative=True)

ridge_variance = Formula(
    symbol("ridge_variance", r"V_\lambda", "what the noise adds to the risk of ridge",
           nonnegative=True),
    sigma_sq * gamma * df2.symbol / (1 - gamma * df2.symbol), where={df2.symbol: df2, **effective},
    accuracy=ASYMPTOTIC)
ridge_bias = Formula(
    symbol("ridge_bias", r"B_\lambda", "signal that ridge misses", nonnegative=True),
    kappa**2 * unfitted / (1 - gamma * df2.symbol), accuracy=ASYMPTOTIC, where={
        unfitted: theta_sq * Mean(tau / (tau + kappa)**2, G),
        df2.symbol: df2,
        **effective})
ridge_risk = Formula(
    symbol("ridge_risk", r"R_\lambda", "excess risk of ridge", nonnegative=True),
    ridge_bias.symbol + ridge_variance.symbol,
    where={ridge_bias.symbol: ridge_bias, ridge_variance.symbol: ridge_variance},
    accuracy=ASYMPTOTIC)


pooled = Pooled(1, "ridge")
(c,) = pooled.scales
plain = {tau_omega: 1, weight(1): 1, eigenvalue(1): tau}
at_home = {**plain, tau0: tau}
at_its_scale = {gamma: p / size(1), v: c / mu}
one_sample = {**at_its_scale, lam: mu / size(1)}
rows = Region(size(1) > 0)
spread = p * Mean(tau * coordinate(0)**2 / (tau + mu / c)**2, H)

neighbours = (
    Claim("one pooled sample has the same equation, kappa = mu/c",
          (c * pooled.potential.diff(c)).at(plain), "==", size(1) * slope.at(one_sample), on=rows),
    Claim("the noise adds what it adds to one pooled sample", variance_of(pooled).at(at_home), "==",
          ridge_variance.given(v).at({**at_its_scale, sigma_sq: noise(1)}), on=rows),
    Claim("ridge misses what it misses on one pooled sample",
          bias_of_fit(pooled).at({**at_home, coordinate(1): coordinate(0)}), "==",
          ridge_bias.given(v, unfitted).at({**at_its_scale, unfitted: spread}), on=rows),
)

risks = (
    Claim("what the noise adds is the rate of kappa less one",
          ridge_variance, "==", sigma_sq * (kappa_of_lam.diff(lam) - 1)),
    Claim("risk and noise are what the effective ridge would leave, times the rate of kappa",
          ridge_risk + sigma_sq, "==",
          kappa_of_lam.diff(lam)
          * (kappa_of_lam**2 * theta_sq * Mean(tau / (tau + kappa_of_lam.expanded)**2, G)
             + sigma_sq)),
    Claim("noise never helps", ridge_variance, ">=", 0),
    Claim("nor do coefficients", ridge_bias, ">=", 0),
    Claim("isotropic: the risk is that of the quadratic",
          ridge_risk.at({**isotropic, G: Atoms({1: 1})}) * ((1 + single)**2 - gamma), "==",
          theta_sq * single**2 + sigma_sq * gamma),
)

spectrum = Atoms({"1/4": "1/2", 3: "1/2"})
sample = Common((n,), gamma * n, (tau,), H, G, theta_sq, sigma_sq)
replicate = Risk(sample, Ridge(lam * n), settings={n: 200})
simulations = (
    Simulation(ridge_risk, replicate,
               says="more features than samples, the signal where features vary most",
               point={"gamma": 1.5, "lam": 0.3, "H": spectrum, "G": Atoms({"1/4": "1/4", 3: "3/4"}),
                      "theta_sq": 2, "sigma_sq": 1}),
    Simulation(ridge_risk, replicate,
               says="more samples than features, coefficients spread evenly",
               point={"gamma": 0.5, "lam": 0.1, "H": spectrum, "G": spectrum, "theta_sq": 2,
                      "sigma_sq": 1}),
)

effective_ridge = Theorem(
    "The effective ridge of one sample",
    (Citation("hastie2022",
              "ridge risk with general covariance; the companion Stieltjes transform"),
     Citation("song2024",
              "design shift; here one sample, whose source and target covariance are one")),
    states="Ridge regression with penalty lam acts as the covariance itself penalised by the "
           "effective ridge kappa, the solution of kappa = lam + gamma kappa df1(kappa); bias and "
           "noise are divided by 1 - gamma df2, the rate at which lam moves with kappa.",
    assumes=("rows Sigma^(1/2) z of independent entries with mean 0 and variance 1",
             INDEPENDENT_NOISE, "p/n bounded, the penalty lam fixed"),
    formulas=(df1, df2, df12, companion_potential, kappa_of_lam, ridge_variance, ridge_bias,
              ridge_risk),
    claims=claims_of_freedom + claims_of_level + neighbours + risks,
    simulations=simulations,
    excess_over={sigma_sq: (ridge_risk,)},
)
