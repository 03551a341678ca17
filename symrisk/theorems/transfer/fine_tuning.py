r"""Fine-tuning: start from a fit to the source, then correct it on the target sample.

Two corrections of an initial theta_init that the target sample has not seen.  The min-norm
correction interpolates the target and changes theta_init in the rows' span only, so that its error
is

    (I - Pi_2) (theta_init - theta_2)  +  X_2^+ epsilon_2;

exactly in the mean, for Gaussian isotropic rows, R = (p - n_2)/p R_init + sigma_2^2 n_2/(p - n_2 -
1).  Ridge fine-tuning,

    min |y_2 - X_2 theta|^2 + mu |theta - theta_init|^2,

is ridge regression with theta_2 - theta_init as signal; its asymptotic risk hangs on one root q.
The initial risk enters as a single number, so that any independent start may be put in place of the
source fit: give `start`.  The source fit is that of late fusion: the min-norm interpolator for n_1
< p - 1, least squares for n_1 > p + 1.

A pooled start has seen the target rows that it was fitted to and interpolates them: corrected on
them it stays as it is.  So of n_2 = n_2a + n_2b target rows n_2a are pooled and n_2b held back for
the correction.  Holding them back beats pooling them all where the signal is weak beside noise and
shift, and close to the interpolation peak whatever the signal.  The best split may leave rows on
both sides; it is a root of a quintic that does not factor.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.tuned import Tuned
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.isotropic import Isotropic
from symrisk.symbols import (
    cross,
    delta_sq,
    inner12,
    mu,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    symbol,
    theta1_sq,
    theta_sq,
)
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, INVERSE_WISHART, SHIFT_AT_FINITE_SIZE
from symrisk.theorems.transfer import finite_sample, late_fusion, least_squares
from symrisk.theorems.transfer.fits.held_back import claims_of_split, held_in, held_out, split_risk
from symrisk.theorems.transfer.fits.min_norm_correction import claims_of_correction, corrected_risk
from symrisk.theorems.transfer.fits.source_start import (
    best_scale,
    from_fit,
    scaled_source_risk,
    source_fit_risk,
)
from symrisk.theorems.transfer.ridge_tuning import (
    best_penalty,
    best_ridge_risk,
    claims_of_ridge,
    ridge_corrected_risk,
    start,
)
from symrisk.theorems.transfer.two_fits import r1, shifted, zeta1
from symrisk.theorems.transfer.worlds import two_coefficients

tuned_risk = Formula(
    symbol("tuned_risk", r"R_{\mathrm{FT}}", "risk of the source fit after min-norm correction",
           nonnegative=True),
    corrected_risk.expression, **from_fit(corrected_risk, source_fit_risk))
scaled_tuned_risk = Formula(
    symbol("scaled_tuned_risk", r"R_{\mathrm{FT}}(s^*)",
           "risk of the best scaled source fit after min-norm correction", nonnegative=True),
    corrected_risk.expression, **from_fit(corrected_risk, scaled_source_risk))
ridge_tuned_risk = Formula(
    symbol("ridge_tuned_risk", r"R_{\mathrm{ridge}}",
           "risk of the source fit after ridge fine-tuning", nonnegative=True),
    ridge_corrected_risk.expression, **from_fit(ridge_corrected_risk, source_fit_risk))
best_tuning_penalty = Formula(
    symbol("best_tuning_penalty", r"\mu^*", "penalty of least risk for the source fit",
           positive=True),
    best_penalty.expression, **from_fit(best_penalty, source_fit_risk))
best_ridge_tuned_risk = Formula(
    symbol("best_ridge_tuned_risk", r"\min_\mu R_{\mathrm{ridge}}",
           "least risk of ridge fine-tuning the source fit", nonnegative=True),
    best_ridge_risk.expression, **from_fit(best_ridge_risk, source_fit_risk))

below, beyond = Region(n1 < p - 1), Region(n1 > p + 1)
plain, factor = source_fit_risk.given(r1, zeta1), best_scale.given(r1, zeta1)
scaled = scaled_source_risk.given(r1, zeta1)
exact_source_risk = finite_sample.source_risk.given(theta_sq, delta_sq)
exact_target_risk = finite_sample.target_risk.given(theta_sq).at({sigma_sq: sigma2_sq})
starts = (
    Claim("below its peak the source fit is the start of the exact source-only risk",
          source_fit_risk, "==",
          exact_source_risk.at({delta_sq: shifted, sigma_sq: sigma1_sq}), on=below),
    Claim("beyond its peak it is that of least squares on the source", source_fit_risk, "==",
          least_squares.ols_risk.at({n2: 0, delta_sq: shifted}), on=beyond),
    Claim("from zero, the correction is the exact target-only fit",
          corrected_risk.at({start: theta_sq}), "==",
          exact_target_risk),
    Claim("without target rows nothing is corrected", corrected_risk.at({n2: 0}), "==", start),
    Claim("the best scaled start is better than the plain one by a square", plain - scaled, "==",
          (1 - factor)**2 * (r1 * theta1_sq + zeta1 * sigma1_sq)),
    Claim("the best scaled start is better than none by the share of the signal it explains",
          theta_sq - scaled, "==", factor**2 * (r1 * theta1_sq + zeta1 * sigma1_sq)),
    Claim("the best scaled start leaves the signal but for what its factor takes",
          scaled_source_risk, "==", theta_sq - r1 * inner12 * best_scale),
    Claim("a scaled source fit never makes a worse start than none", scaled, "<=", theta_sq),
    Claim("the tuned fit is the source fit, corrected",
          tuned_risk, "==", corrected_risk.at({start: source_fit_risk})),
    Claim("the tuned scaled fit is the best scaled start, corrected", scaled_tuned_risk, "==",
          corrected_risk.at({start: scaled_source_risk})),
    Claim("ridge fine-tuning of the source fit starts from its risk", ridge_tuned_risk, "==",
          ridge_corrected_risk.at({start: source_fit_risk})),
    Claim("the source fit's best penalty is that of its risk", best_tuning_penalty, "==",
          best_penalty.at({start: source_fit_risk})),
    Claim("the source fit's least risk after ridge fine-tuning is that of its risk",
          best_ridge_tuned_risk, "==", best_ridge_risk.at({start: source_fit_risk})),
)

tuned_fit = Risk(two_coefficients, Tuned())
scaled_fit = Risk(two_coefficients, Tuned(scale=best_scale))
ridge_fit = Risk(two_coefficients, Tuned(correction=Ridge(mu)))
in_three = Isotropic(
    (n1, held_in, held_out), p, (sigma1_sq, sigma2_sq, sigma2_sq),
    gram=((theta_sq, cross), (cross, delta_sq)), made=((1, 0), (1, 1), (1, 0), (1, 0)))
split_fit = Risk(in_three, Tuned(), settings={cross: 0.0})
"""The target's rows in two samples; the mean does not depend on the shift's direction."""

CASE = {"n1": 25, "n2": 12, "p": 60, "theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0,
        "sigma1_sq": 1.0, "sigma2_sq": 0.5}
simulations = (
    Simulation(tuned_risk, tuned_fit, says="source fit, min-norm correction", rows=("gaussian",),
               point=CASE),
    Simulation(tuned_risk, tuned_fit, says="source least squares, min-norm correction",
               rows=("gaussian",), point={**CASE, "n1": 90}),
    Simulation(scaled_tuned_risk, scaled_fit, says="best scaled source fit, min-norm correction",
               rows=("gaussian",), point=CASE),
    Simulation(ridge_tuned_risk, ridge_fit, says="source fit, ridge fine-tuning",
               rows=("gaussian",), point={**CASE, "mu": 12.7}),
    Simulation(split_risk, split_fit, says="some target rows pooled, correction on the others",
               rows=("gaussian",),
               point={"n1": 60, "held_in": 20, "held_out": 20, "p": 150, "theta_sq": 2.25,
                      "delta_sq": 1.5, "sigma1_sq": 0.5, "sigma2_sq": 1.0}),
)

fine_tuning = Theorem(
    "Fine-tuning a source fit on a target sample",
    (SHIFT_AT_FINITE_SIZE, INVERSE_WISHART),
    states="The min-norm correction of an independent start keeps the share 1 - n_2/p of its risk "
           "and adds the target-only noise, exactly at every finite size: it never forgets. Rows "
           "held back correct a pooled start likewise. Ridge fine-tuning with penalty p "
           "sigma_2^2/R_0 is the best, and always improves on its start.",
    assumes=("Gaussian rows", "isotropic", "the start is independent of the target sample",
             INDEPENDENT_NOISE),
    formulas=(source_fit_risk, best_scale, scaled_source_risk, corrected_risk, tuned_risk,
              scaled_tuned_risk, split_risk, ridge_corrected_risk, best_penalty, best_ridge_risk,
              ridge_tuned_risk, best_tuning_penalty, best_ridge_tuned_risk),
    claims=starts + claims_of_correction + claims_of_split(tuned_risk) + claims_of_ridge,
    simulations=simulations,
    uses=(finite_sample.finite_sample, late_fusion.late_fusion, least_squares.least_squares),
    excess_over={sigma2_sq: (source_fit_risk, scaled_source_risk, corrected_risk, tuned_risk,
                             scaled_tuned_risk, split_risk, ridge_corrected_risk,
                             best_ridge_risk, ridge_tuned_risk, best_ridge_tuned_risk)},
)
