r"""Pooled least squares under concept shift: exact beyond the interpolation peak, for Gaussian
isotropic rows.

With S = X'X, S_1 = X_1'X_1 and n > p + 1 least squares errs by S^{-1} S_1 delta + S^{-1} X'
epsilon: it misses no signal. S_1 = S^{1/2} B S^{1/2} with a matrix-beta B, rotation invariant and
independent of S, so that the leak's second moment is

    E |S^{-1} S_1 delta|^2 = C_OLS |delta|^2,   C_OLS = kappa_1 + kappa_2 + kappa_2 (n p - 2)/(n - p
    - 1),

kappa_1 = E B_11 B_22 and kappa_2 = E B_12^2.  At n = p and n = p + 1 the noise's expectation is
infinite, and errors say so; below the peak, `finite_sample` takes over.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.monotone import rises
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.least_squares import LeastSquares
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.shifted import Shifted
from symrisk.symbols import (
    delta_sq,
    n,
    n1,
    n2,
    p,
    shift,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    symbol,
    variance,
)
from symrisk.theorems.shared.words import INDEPENDENT_NOISE
from symrisk.theorems.transfer import isotropic_ridge
from symrisk.theorems.transfer.letters import one_noise, sources, targets

total = n1 + n2
roomy = Region(n1 + n2 > p + 1, p >= 1)
pooled = {"on": roomy,
          "beyond": {
    n1 + n2 > p + 1: "within one row of the peak p = n the noise's expectation is infinite; "
                     "below it, finite_sample.unequal_noise_pooled_risk"}}

kappa1 = Formula(
    symbol("kappa1", r"\kappa_1", "E B_11 B_22 of the matrix-beta law of S^{-1/2} S_1 S^{-1/2}"),
    n1 * (n1**2 + n1 * n2 + n1 - 2) / (n * (n - 1) * (n + 2)), where={n: n1 + n2},
    on=Region(n1 + n2 > 1))
kappa2 = Formula(
    symbol("kappa2", r"\kappa_2", "E B_12^2 of the same law", nonnegative=True),
    n1 * n2 / (n * (n - 1) * (n + 2)), where={n: n1 + n2}, on=Region(n1 + n2 > 1))
ols_shift_coefficient = Formula(
    symbol("ols_shift_coefficient", r"C_{\mathrm{OLS}}",
           "risk of pooled least squares per unit of squared shift", nonnegative=True),
    kappa1.symbol + kappa2.symbol + kappa2.symbol * (n * p - 2) / (n - p - 1), **pooled, where={
        kappa1.symbol: kappa1,
        kappa2.symbol: kappa2})
ols_risk = Formula(
    symbol("ols_risk", r"\mathbb{E} R_{\mathrm{OLS}}", "expected risk of pooled least squares",
           nonnegative=True),
    shift + variance, **pooled, where={
        shift: ols_shift_coefficient.symbol * delta_sq,
        variance: (n1 * sigma1_sq + n2 * sigma2_sq) / n * p / (n - p - 1),
        ols_shift_coefficient.symbol: ols_shift_coefficient})


def trace_sq(rows):
    """E (tr S)^2 for S = X'X, X with that many Gaussian rows."""
    return rows**2 * p**2 + 2 * rows * p


def square_trace(rows):
    """E tr S^2 of the same matrix."""
    return rows * p * (rows + p + 1)


swapped = ols_shift_coefficient.at({n1: n2, n2: n1})
limit = isotropic_ridge.ols_risk
beta_law = (
    Claim("the beta law's moments give the mean of (tr S_1)^2",
          kappa1 * trace_sq(total) + 2 * kappa2 * square_trace(total), "==", trace_sq(n1),
          on=Region(over=(p,))),
    Claim("the beta law's moments give the mean of tr S_1^2",
          (kappa1 + kappa2) * square_trace(total) + kappa2 * trace_sq(total), "==",
          square_trace(n1), on=Region(over=(p,))),
)
edges = (
    Claim("without target rows least squares returns the source's coefficients",
          ols_shift_coefficient.at({n2: 0}), "==", 1),
    Claim("without source rows least squares knows no shift",
          ols_shift_coefficient.at({n1: 0}), "==", 0),
    Claim("in one dimension the leak is the second moment of a beta law",
          ols_shift_coefficient.at({p: 1}), "==", n1 * (n1 + 2) / (total * (total + 2))),
    Claim("source and target leak the same but for their shares of the rows",
          ols_shift_coefficient - swapped, "==", (n1 - n2) / total),
    Claim("without shift pooled least squares is least squares on all rows",
          ols_risk.at({delta_sq: 0, **one_noise}), "==", p / (total - p - 1) * sigma_sq),
    Claim("without target rows least squares keeps the whole shift", ols_risk.at({n2: 0}), "==",
          p / (n1 - p - 1) * sigma1_sq + delta_sq),
    Claim("the noise of each sample counts by its share of the rows",
          ols_risk.at({delta_sq: 0, sigma1_sq: 0}), "==",
          n2 / total * p / (total - p - 1) * sigma2_sq),
)
size = (
    Claim("the leak is the squared share of source rows and a spread",
          ols_shift_coefficient, "==",
          (n1 / total)**2
          + n1 * n2 / (total * (total - 1) * (total + 2))
            * ((total - 2) / total + (total * p - 2) / (total - p - 1))),
    Claim("the leak is more than the squared share of source rows",
          ols_shift_coefficient, ">", (n1 / total)**2, on=sources & targets),
    *rises(ols_shift_coefficient, p, on=sources & targets),
    Claim("towards n = p + 1 the expected risk passes every bound: n - p - 1 times it is at least "
          "p sigma^2",
          (total - p - 1) * ols_risk.at(one_noise), ">=", p * sigma_sq),
    Claim("pooled least squares beats that of the target exactly while the leaking shift stays "
          "below the noise it saves",
          ols_risk.at(one_noise), "<", p / (n2 - p - 1) * sigma_sq, on=sources & Region(n2 > p + 1),
          iff=ols_shift_coefficient * delta_sq
              < p * n1 / ((n2 - p - 1) * (total - p - 1)) * sigma_sq),
)
finite_size = (
    Claim("the exact noise exceeds the asymptotic one by a 1/(n - p - 1) share of it",
          (ols_risk - limit).at({delta_sq: 0}), "==",
          (n1 * sigma1_sq + n2 * sigma2_sq) / total * p / ((total - p) * (total - p - 1))),
    Claim("the exact leak differs from the asymptotic one by a term of order 1/n",
          ols_shift_coefficient - limit.at({delta_sq: 1, sigma1_sq: 0, sigma2_sq: 0}), "==",
          n1 * n2
          * (2 * total * p**2 - 2 * p * (total**2 - 5 * total + 2 * p + 2)
             + total * (total**2 - 5 * total + 2))
          / (total**2 * (total - 1) * (total + 2) * (total - p) * (total - p - 1))),
    Claim("from two dimensions on the exact risk exceeds the asymptotic one", ols_risk, ">", limit,
          on=Region(p >= 2, sigma1_sq > 0) & sources),
)

world = Shifted((n1, n2), p, (sigma1_sq, sigma2_sq), theta_sq=1, shifts=(delta_sq, 0))
"""Least squares does not know the signal."""

least_squares = Theorem(
    "Pooled least squares at finite size",
    (Citation("muirhead1982",
              "Section 3.3, matrix-beta law; moments of a Wishart matrix and of its inverse"),
     Citation("song2024",
              "isotropic concept shift, Gaussian rows, of which this is the side n > p")),
    states="With more than p + 1 samples the expected risk of pooled least squares is exact: the "
           "noise of each sample by its share of the rows, and the shift times a rational "
           "function of the sizes that exceeds the squared share of source rows.",
    assumes=("Gaussian rows", "isotropic", "unit weights", INDEPENDENT_NOISE),
    formulas=(kappa1, kappa2, ols_shift_coefficient, ols_risk),
    claims=beta_law + edges + size + finite_size,
    simulations=(Simulation(ols_risk, Risk(world, LeastSquares()),
                            says="pooled least squares risk, two noise levels",
                            rows=("gaussian",),
                            point={"n1": 30, "n2": 9, "p": 20, "sigma1_sq": 1.0, "sigma2_sq": 0.5,
                                   "delta_sq": 2.0}),),
    uses=(isotropic_ridge.isotropic_ridge,),
    excess_over={sigma2_sq: (ols_risk,)},
)
