r"""Late fusion: fit source and target apart, then add the two fits with weights.

For Gaussian isotropic rows the fit on sample k, min-norm interpolation or least squares, has mean
r_k theta_k and second moment r_k |theta_k|^2 + sigma_k^2 zeta_k, where

    r_k = n_k/p,  zeta_k = n_k/(p - n_k - 1)   below the interpolation threshold (n_k < p - 1),
    r_k = 1,      zeta_k = p/(n_k - p - 1)     above it                          (n_k > p + 1).

The fits are independent, so the risk of w_1 theta_hat_1 + w_2 theta_hat_2 is a quadratic form in
the weights, exactly at every finite size: R(w) = w'Mw - 2w'u + |theta_2|^2.  Everything below is
that parabola.  Its claims are proved in r_k and zeta_k, so that they hold in all regimes at once,
and for any independent fits with such moments.  `many_fits` has K of them.
"""

from symrisk.language.formula import Formula
from symrisk.paper.theorem import Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.fused import Fused
from symrisk.simulate.risk import Risk
from symrisk.symbols import (
    inner12,
    sigma1_sq,
    sigma2_sq,
    symbol,
    theta_sq,
)
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, INVERSE_WISHART, SHIFT_AT_FINITE_SIZE
from symrisk.theorems.transfer import finite_sample, least_squares
from symrisk.theorems.transfer.fits.fused_by_size import claims_of_least, claims_of_one_fit
from symrisk.theorems.transfer.fits.parabola import claims_of_fits, claims_of_parabola
from symrisk.theorems.transfer.two_fits import (
    apart,
    apart_sq,
    at_peak,
    beside,
    by_size,
    det,
    determined,
    distance,
    fits_by_size,
    fitted,
    independent,
    m11,
    m12,
    m22,
    r1,
    r2,
    scatter2,
    shift_sq,
    source_error,
    spanned,
    spread,
    u1,
    u2,
    w1,
    w2,
    zeta1,
    zeta2,
)
from symrisk.theorems.transfer.worlds import target_and_two

fused_risk = Formula(
    symbol("fused_risk", "R(w)", "excess risk of the weighted sum of the two fits",
           nonnegative=True),
    w1**2 * m11 + 2 * w1 * w2 * m12 + w2**2 * m22 - 2 * w1 * u1 - 2 * w2 * u2 + theta_sq,
    where=by_size, on=fitted, beyond=at_peak)

best_weight = Formula(
    symbol("best_weight", "w_1^*",
           "weight of the source fit that is best among weights of sum one"),
    (zeta2 * sigma2_sq + r1 * (1 - r2) * inner12) / apart_sq, where={**distance, **fits_by_size},
    on=fitted & apart, beyond=at_peak)
best_fused_risk = Formula(
    symbol("best_fused_risk", r"\min_{w_1 + w_2 = 1} R", "least risk over weights of sum one",
           nonnegative=True),
    (scatter2 * source_error + (1 - r2)**2 * beside) / apart_sq, on=fitted & apart, beyond=at_peak,
    where={
        source_error: r1 * shift_sq + (1 - r1) * theta_sq + zeta1 * sigma1_sq,
        **distance, **spanned, **spread, **fits_by_size})

free_weight1 = Formula(
    symbol("free_weight1", "w_1^{**}", "weight of the source fit that is best among all weights"),
    r1 * scatter2 * inner12 / det, where={**determined, **fits_by_size}, on=fitted & independent,
    beyond=at_peak)
free_weight2 = Formula(
    symbol("free_weight2", "w_2^{**}", "weight of the target fit that is best among all weights"),
    r2 * beside / det, where={**determined, **fits_by_size}, on=fitted & independent,
    beyond=at_peak)
free_fused_risk = Formula(
    symbol("free_fused_risk", r"\min_w R", "least risk over all weights", nonnegative=True),
    scatter2 * beside / det, where={**determined, **fits_by_size}, on=fitted & independent,
    beyond=at_peak)


parabola = claims_of_parabola(fused_risk, best_weight, best_fused_risk, free_weight1, free_weight2,
                              free_fused_risk)
fits = claims_of_fits(fused_risk, best_weight, free_fused_risk)
sizes = (
    *claims_of_one_fit(fused_risk),
    *claims_of_least("the least risk over sum one is the risk at the best weight",
                     fused_risk.at({w2: 1 - w1}).at({w1: best_weight}), best_fused_risk),
    *claims_of_least("the least risk over all weights is the risk at the free optimum",
                     fused_risk.at({w1: free_weight1, w2: free_weight2}), free_fused_risk),
)

CASE = {"p": 60, "theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0,
        "sigma2_sq": 0.5}
simulations = (
    Simulation(fused_risk, Risk(target_and_two, Fused((w1, w2))),
               says="two min-norm fits at their best weights of sum one", rows=("gaussian",),
               point={**CASE, "n1": 25, "n2": 12, "w1": 0.393, "w2": 0.607}),
)

late_fusion = Theorem(
    "Late fusion of a source fit and a target fit",
    (SHIFT_AT_FINITE_SIZE, INVERSE_WISHART),
    states="The risk of a weighted sum of two independent fits is a quadratic form in the "
           "weights, exact at every finite size. Its least value over weights of sum one is never "
           "above the risk of either fit alone, and the least value over all weights is lower "
           "still.",
    assumes=("Gaussian rows", "isotropic", "the two samples are independent", INDEPENDENT_NOISE),
    formulas=(fused_risk, best_weight, best_fused_risk, free_weight1, free_weight2,
              free_fused_risk),
    claims=parabola + fits + sizes,
    simulations=simulations,
    uses=(finite_sample.finite_sample, least_squares.least_squares),
    excess_over={sigma2_sq: (fused_risk, best_fused_risk, free_fused_risk)},
)
