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
need it.  The published code leaves the <theta_2, delta> term out (`errata.of_pooled_ridge`).
"""

from sympy import Gt

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.risk import Risk
from symrisk.symbols import (
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
from symrisk.theorems.shared.words import (
    INDEPENDENT_NOISE,
    ISOTROPIC,
    PENALISED_OR_OFF_PEAK,
    RIDGE_OF_ONE_SAMPLE,
)
from symrisk.theorems.transfer import concept_shift, errata
from symrisk.theorems.transfer.letters import coherent, sampled
from symrisk.theorems.transfer.ridge.letters import (
    beta,
    by_penalty,
    by_share,
    free,
    missed,
    nu,
    over,
    parts,
    pooled,
    q,
    resolvent,
    shares,
    under,
)
from symrisk.theorems.transfer.ridge.limits import claims_at_peak, claims_of_limits
from symrisk.theorems.transfer.ridge.shape import claims_of_shape
from symrisk.theorems.transfer.worlds import shifted_source

COMMON = {"theta_sq": 1, "delta_sq": 0.61, "cross": -0.5, "sigma1_sq": 1, "sigma2_sq": 1}
some_penalty = Gt(mu, 0, evaluate=False)
unpenalised = {
    some_penalty: "without a penalty it is concept_shift.unequal_noise_pooled_risk for n < p, "
                  "isotropic_ridge.ols_risk for n > p"}
fitted_share = Formula(
    symbol("fitted_share", r"\beta", "share of the pooled coefficients that ridge fits in the mean",
           nonnegative=True),
    n * q / (1 + p * q), where=resolvent, on=sampled, accuracy=ASYMPTOTIC)
ridge_risk = Formula(
    symbol("ridge_risk", r"R_{\mu}", "excess risk of pooled ridge", nonnegative=True),
    parts, on=sampled & coherent & Region(some_penalty), beyond=unpenalised, accuracy=ASYMPTOTIC,
    where={**by_penalty, **pooled, **resolvent})
share_risk = Formula(
    symbol("share_risk", r"R(\beta)",
           "excess risk of a pooled fit that shows the share beta in the mean", nonnegative=True),
    parts, where=by_share, on=shares & coherent, accuracy=ASYMPTOTIC)
target_ridge_risk = Formula(
    symbol("target_ridge_risk", r"R_{\mu,\mathrm{target}}",
           "excess risk of ridge on the target sample alone", nonnegative=True),
    (missed**2 * theta_sq + nu * sigma2_sq) / free, on=Region(n2 > 0), accuracy=ASYMPTOTIC,
    where={**by_penalty, **resolvent, n: n2})
ols_risk = Formula(
    symbol("ols_risk", r"R_{\mathrm{OLS}}", "excess risk of pooled least squares",
           nonnegative=True),
    p / (n - p) * sigma_sq + n1 * (n1 * (n - p) + p * n2) / (n**2 * (n - p)) * delta_sq, on=under,
    accuracy=ASYMPTOTIC, where={
        n: n1 + n2,
        sigma_sq: (n1 * sigma1_sq + n2 * sigma2_sq) / n})
target_ols_risk = Formula(
    symbol("target_ols_risk", r"R_{\mathrm{OLS,target}}",
           "excess risk of least squares on the target alone", nonnegative=True),
    p / (n2 - p) * sigma2_sq, on=Region(n2 > p), accuracy=ASYMPTOTIC)

identities = (
    Claim("what ridge misses of the mean is mu q", 1 - fitted_share, "==", mu * q),
    Claim("ridge risk depends on the penalty through beta alone",
          share_risk.at({beta: fitted_share}), "==", ridge_risk),
    Claim("without source samples pooled ridge is target ridge",
          ridge_risk.at({n1: 0}), "==", target_ridge_risk),
    Claim("at beta = 0, an infinite penalty, the risk is the signal",
          share_risk.at({beta: 0}), "==", theta_sq),
    Claim("at beta = n/p, no penalty below the peak, it is the risk of min-norm pooling",
          share_risk.at({beta: (n1 + n2) / p}), "==", concept_shift.unequal_noise_pooled_risk,
          on=over),
    Claim("at beta = 1, no penalty above the peak, it is the risk of least squares",
          share_risk.at({beta: 1}), "==", ols_risk, on=under),
    Claim("without source samples least squares is that of the target",
          ols_risk.at({n1: 0}), "==", target_ols_risk),
)

no_penalty = concept_shift.unequal_noise_pooled_risk, ols_risk
limits = claims_of_limits(fitted_share, ridge_risk, *no_penalty)
peak = claims_at_peak(ridge_risk, *no_penalty)
shape = claims_of_shape(ridge_risk, share_risk, ols_risk, target_ols_risk)
risks = ridge_risk, share_risk, target_ridge_risk, ols_risk, target_ols_risk
replicate = Risk(shifted_source, Ridge(mu))

isotropic_ridge = Theorem(
    "Pooled ridge under concept shift",
    (Citation("song2024", "isotropic concept shift, of which this is the ridge extension"),
     RIDGE_OF_ONE_SAMPLE),
    states="Source and target samples with isotropic features are pooled into one ridge fit with "
           "absolute penalty mu. To first order its risk is a rational function of one number, "
           "the share beta of the pooled coefficients that the fit shows in the mean. Min-norm "
           "interpolation and least squares are its ends, between which the inner product of "
           "signal and shift lowers or raises the risk.",
    assumes=(ISOTROPIC, INDEPENDENT_NOISE, "equal weights, unless a formula takes shares",
             PENALISED_OR_OFF_PEAK),
    formulas=(fitted_share, *risks),
    claims=identities + limits + peak + shape,
    simulations=(
        Simulation(ridge_risk, replicate, says="pooled ridge with <theta_2, delta> < 0",
                   point={**COMMON, "n1": 40, "n2": 30, "p": 100, "mu": 10}),
        Simulation(ridge_risk, replicate, says="a pooled ridge with more samples than features",
                   point={**COMMON, "n1": 100, "n2": 60, "p": 100, "mu": 25}),
        Simulation(ridge_risk, replicate, says="at the peak p = n, which the penalty makes finite",
                   point={**COMMON, "n1": 240, "n2": 160, "p": 400, "mu": 20})),
    uses=(concept_shift.concept_shift,),
    errata=errata.of_pooled_ridge(ridge_risk),
    excess_over={sigma2_sq: risks},
)
