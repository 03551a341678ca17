r"""Covariate shift between two eigenvalues above the peak: pooled least squares, Sigma_2 = I,
Sigma_1 of kappa and 1/kappa.

For n = n_1 + n_2 > p nothing is missed of common coefficients; the risk is tr (c_1 M + c_2 I)^{-1}
times the noise, with c_1 + c_2 = n - p and x = c_1/c_2 the positive zero of

    (n_2 x - n_1) ((1 + x)^2 + 2 d x) + p d x (1 - x),          2 kappa d = (kappa - 1)^2.

Here the shift helps exactly while the source is the smaller sample, n_1 < n_2; below the peak it is
n_1 < p/2 instead.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.least_squares import LeastSquares
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.reciprocal import Reciprocal
from symrisk.symbols import delta_sq, n, n1, n2, p, sigma_sq, symbol
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, OFF_PEAK
from symrisk.theorems.transfer import isotropic_ridge
from symrisk.theorems.transfer.letters import noisy
from symrisk.theorems.transfer.spectrum.letters import (
    anisotropy,
    one_pair,
    pair_spread,
    shifted,
    shifted_or_not,
    taken_up,
)

ratio = symbol("ratio", "x", "weight of the source's covariance over that of the target's",
               positive=True)
determinant = symbol("determinant", "D", "(1 + kappa x)(1 + x/kappa)", positive=True)

rows = Region(n1 > 0, n2 > 0, n1 + n2 > p)
weights = {
    **Implicit.root(ratio, (n2 * ratio - n1) * ((1 + ratio)**2 + 2 * pair_spread * ratio)
                    + p * pair_spread * ratio * (1 - ratio)),
    **one_pair}

covariance_ratio = Formula(
    symbol("covariance_ratio", r"x_\kappa",
           "weight of the source's covariance over that of the target's", positive=True),
    ratio, on=rows, accuracy=ASYMPTOTIC, where=weights)
shifted_ols_risk = Formula(
    symbol("shifted_ols_risk", r"R_{\mathrm{OLS},\kappa}", "excess risk of pooled least squares",
           nonnegative=True),
    p / (n - p) * (1 + ratio) * (1 + ratio + pair_spread * ratio) / determinant * sigma_sq, on=rows,
    accuracy=ASYMPTOTIC, where={
        n: n1 + n2,
        determinant: (1 + ratio)**2 + 2 * pair_spread * ratio,
        **weights})

balanced = Region(Relation(n1, "==", n2))
excess = n1 + n2 - p
no_shift = isotropic_ridge.ols_risk.given(sigma_sq).at({delta_sq: 0})
claims = (
    Claim("the source's rows are spent on p x tau/(1 + x tau) directions and on the excess",
          n1, "==",
          excess * covariance_ratio / (1 + covariance_ratio) + p / 2 * taken_up(covariance_ratio)),
    Claim("at kappa = 1 the risk is that of least squares without shift",
          shifted_ols_risk.at({anisotropy: 1}), "==", no_shift),
    Claim("swapping kappa for 1/kappa leaves the risk of least squares",
          shifted_ols_risk.at({anisotropy: 1 / anisotropy}), "==", shifted_ols_risk),
    Claim("the shift changes the risk of least squares by one signed product",
          shifted_ols_risk - no_shift, "==",
          p * sigma_sq / excess * pair_spread * covariance_ratio * (covariance_ratio - 1)
          / ((1 + anisotropy * covariance_ratio) * (1 + covariance_ratio / anisotropy))),
    Claim("the source's covariance has the smaller weight exactly where its sample is smaller",
          covariance_ratio, "<", 1, iff=n1 < n2),
    Claim("a shifted source helps least squares exactly while it is the smaller sample",
          shifted_ols_risk, "<", no_shift, on=shifted_or_not & noisy,
          iff=(n1 < n2, anisotropy > 1)),
    Claim("a shifted source hurts least squares exactly while it is the larger sample",
          shifted_ols_risk, ">", no_shift, on=shifted_or_not & noisy,
          iff=(n1 > n2, anisotropy > 1)),
    Claim("with samples of one size the risk of least squares is that without shift",
          shifted_ols_risk, "==", no_shift, on=balanced),
    Claim("the risk of least squares falls with kappa while the source is the smaller sample",
          shifted_ols_risk.diff(anisotropy), "<", 0, on=shifted & noisy & Region(n1 < n2)),
    Claim("the risk of least squares rises with kappa while the source is the larger sample",
          shifted_ols_risk.diff(anisotropy), ">", 0, on=shifted & noisy & Region(n1 > n2)),
)

finite_risk = shifted_ols_risk * (excess / (excess - 1))
"""Exact at kappa = 1, and most of what a finite size adds elsewhere."""

replicate = Risk(Reciprocal((n1, n2), p, anisotropy, sigma_sq, theta_sq=0), LeastSquares())
"""Least squares misses nothing: the noise alone."""

reciprocal_least_squares = Theorem(
    "Least squares under covariate shift with a reciprocal spectrum",
    Citation("song2024",
             "covariate shift, simultaneously diagonalisable covariances; the case n > p of its "
             "example"),
    states="The source's covariance has eigenvalues kappa and 1/kappa in halves, the target's is "
           "the identity, coefficients and noise are common and n1 + n2 > p. The risk of pooled "
           "least squares falls with kappa while the source is the smaller sample, does not "
           "depend on it for samples of one size, and rises where the source is larger.",
    assumes=("rows Sigma_k^{1/2} z, z with independent entries of mean 0 and variance 1",
             "common coefficients and noise", INDEPENDENT_NOISE, OFF_PEAK),
    formulas=(covariance_ratio, shifted_ols_risk),
    claims=claims,
    simulations=(
        Simulation(shifted_ols_risk, replicate, finite_risk,
                   says="a source sample smaller than the target's",
                   point={"n1": 100, "n2": 300, "p": 200, "anisotropy": 5}),
        Simulation(shifted_ols_risk, replicate, finite_risk,
                   says="a source sample larger than the target's",
                   point={"n1": 300, "n2": 100, "p": 200, "anisotropy": 5})),
    uses=(isotropic_ridge.isotropic_ridge,),
    excess_over={sigma_sq: (shifted_ols_risk,)},
)
