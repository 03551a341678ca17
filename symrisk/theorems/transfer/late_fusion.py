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



from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.two_fits import fused_risk as fused_replicate
from symrisk.symbols import (
    delta_sq,
    inner12,
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
from symrisk.theorems.transfer import finite_sample, least_squares
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
    moments,
    r1,
    r2,
    scatter1,
    scatter2,
    shift_sq,
    shifted,
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

fused_risk = Formula(
    symbol("fused_risk", "R(w)", "excess risk of the weighted sum of the two fits", nonnegative=True),
    w1**2 * m11 + 2 * w1 * w2 * m12 + w2**2 * m22 - 2 * w1 * u1 - 2 * w2 * u2 + theta_sq, where=by_size, on=fitted,
    beyond=at_peak)

best_weight = Formula(
    symbol("best_weight", "w_1^*", "weight of the source fit that is best among weights of sum one"),
    (zeta2 * sigma2_sq + r1 * (1 - r2) * inner12) / apart_sq, where={**distance, **fits_by_size}, on=fitted & apart,
    beyond=at_peak)
best_fused_risk = Formula(
    symbol("best_fused_risk", r"\min_{w_1 + w_2 = 1} R", "least risk over weights of sum one", nonnegative=True),
    (scatter2 * source_error + (1 - r2)**2 * beside) / apart_sq, on=fitted & apart, beyond=at_peak, where={
        source_error: r1 * shift_sq + (1 - r1) * theta_sq + zeta1 * sigma1_sq,
        **distance, **spanned, **spread, **fits_by_size})

free_weight1 = Formula(
    symbol("free_weight1", "w_1^{**}", "weight of the source fit that is best among all weights"),
    r1 * scatter2 * inner12 / det, where={**determined, **fits_by_size}, on=fitted & independent, beyond=at_peak)
free_weight2 = Formula(
    symbol("free_weight2", "w_2^{**}", "weight of the target fit that is best among all weights"),
    r2 * beside / det, where={**determined, **fits_by_size}, on=fitted & independent, beyond=at_peak)
free_fused_risk = Formula(
    symbol("free_fused_risk", r"\min_w R", "least risk over all weights", nonnegative=True),
    scatter2 * beside / det, where={**determined, **fits_by_size}, on=fitted & independent, beyond=at_peak)


def in_fits(expression):
    """An expression in the moments, in r_k and zeta_k."""
    return expression.xreplace(moments)


fitted_names = r1, r2, zeta1, zeta2
risk, weight, best, free = (f.given(*fitted_names) for f in (fused_risk, best_weight, best_fused_risk, free_fused_risk))
summing = risk.at({w2: 1 - w1})
scattered = {m11: scatter1 + r1**2 * theta1_sq, m22: scatter2 + r2**2 * theta_sq}
risk_scattered = fused_risk.given(*fitted_names, m11, m22).at(scattered)
weight1, weight2, least = (f.given(*fitted_names, scatter1, scatter2) for f in (
    free_weight1, free_weight2, free_fused_risk))
at_free = {w1: weight1, w2: weight2}
moment11, moment22 = in_fits(m11), in_fits(m22)
gap, determinant = in_fits(m11 - 2 * m12 + m22), in_fits(m11 * m22 - m12**2)
left1, left2 = in_fits(theta_sq * m11 - u1**2), in_fits(theta_sq * m22 - u2**2)

parabola = (
    Claim("the risk is stationary at the best weight of sum one", summing.diff(w1).at({w1: weight}), "==", 0),
    Claim("along sum one the risk curves by twice the squared distance of the fits", summing.diff(w1).diff(w1), "==", 2 * gap),
    Claim("fusing is never worse than the source fit alone", best, "<=", risk.at({w1: 1, w2: 0})),
    Claim("fusing is never worse than the target fit alone", best, "<=", risk.at({w1: 0, w2: 1})),
    Claim("the risk is stationary in the source weight at the free optimum", risk_scattered.diff(w1).at(at_free), "==", 0),
    Claim("the risk is stationary in the target weight at the free optimum", risk_scattered.diff(w2).at(at_free), "==", 0),
    Claim("the least risk over sum one is the risk at the best weight", summing.at({w1: weight}), "==", best),
    Claim("the least risk over all weights is the risk at the free optimum", risk_scattered.at(at_free), "==",
          least),
    Claim("the risk's Hessian is twice M", risk.diff(w1).diff(w1) * risk.diff(w2).diff(w2) - risk.diff(w1).diff(w2)**2, "==",
          4 * determinant),
    Claim("the source fit times its best factor is never better than the free optimum", least, "<=",
          theta_sq - (r1 * inner12)**2 / scattered[m11], on=Region(scattered[m11] > 0)),
)

apartness = fused_risk.given(*fitted_names).at({w2: 1 - w1}).diff(w1).diff(w1) / 2
fits = (
    Claim("the fits differ by what each shows alone, by the shift in what both show, and by their noise", apartness, "==",
          r1 * (1 - r2) * theta1_sq + r2 * (1 - r1) * theta_sq + r1 * r2 * shifted + zeta1 * sigma1_sq + zeta2 * sigma2_sq),
    Claim("the fits are apart by the source fit's noise at least", apartness, ">=", zeta1 * sigma1_sq, on=Region(shifted >= 0)),
    Claim("a noiseless full target fit takes all the weight", best_weight.given(*fitted_names).at({r2: 1, sigma2_sq: 0}), "==",
          0),
    Claim("the precisions of the two best multiples add up, less that of knowing nothing",
          free * (theta_sq * (left1 * moment22 + left2 * moment11) - left1 * left2), "==", theta_sq * left1 * left2,
          on=Region(theta_sq > 0)),
)

unshifted = {theta_sq: theta1_sq, inner12: theta1_sq}
noisy = Region(n1 > 0, n2 > 0, sigma1_sq > 0, sigma2_sq > 0)
regimes = {"below the threshold": Region(n1 < p - 1, n2 < p - 1), "beyond the threshold": Region(n1 > p + 1, n2 > p + 1)}
of_source, of_target = fused_risk.given(r2, zeta2).at({w1: 1, w2: 0}), fused_risk.given(r1, zeta1).at({w1: 0, w2: 1})
as_common = {delta_sq: shifted, sigma_sq: sigma1_sq}
sizes = (
    Claim("weight one on the source is the exact source-only risk", of_source, "==",
          finite_sample.source_risk.given(theta_sq, delta_sq).at(as_common), on=Region(n1 > 0, n1 < p - 1)),
    Claim("weight one on the target is the exact target-only risk", of_target, "==",
          finite_sample.target_risk.given(theta_sq).at({sigma_sq: sigma2_sq}), on=Region(n2 > 0, n2 < p - 1)),
    Claim("beyond the threshold weight one on the source is least squares on the source", of_source, "==",
          least_squares.ols_risk.at({n2: 0, delta_sq: shifted}), on=Region(n1 > p + 1)),
    Claim("beyond the threshold weight one on the target is least squares on the target", of_target, "==",
          least_squares.ols_risk.at({n1: 0}), on=Region(n2 > p + 1)),
    *(Claim(f"{where} the least risk over sum one is the risk at the best weight",
            fused_risk.at({w2: 1 - w1}).at({w1: best_weight}).at(unshifted), "==", best_fused_risk.at(unshifted),
            on=noisy & regime)
      for where, regime in regimes.items()),
    *(Claim(f"{where} the least risk over all weights is the risk at the free optimum",
            fused_risk.at({w1: free_weight1, w2: free_weight2}).at(unshifted), "==", free_fused_risk.at(unshifted),
            on=noisy & regime)
      for where, regime in regimes.items()),
)

CASE = {"p": 60, "theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
simulations = (
    Simulation(fused_risk, fused_replicate, says="two min-norm fits at their best weights of sum one", rows=("gaussian",),
               point={**CASE, "n1": 25, "n2": 12, "w1": 0.393, "w2": 0.607}),
)

late_fusion = Theorem(
    "Late fusion of a source fit and a target fit",
    (Citation("song2024", "isotropic concept shift, Gaussian rows"), Citation("muirhead1982", "E W^{-1} for a Wishart matrix")),
    states="The risk of a weighted sum of two independent fits is a quadratic form in the weights, exact at every finite size. "
           "Its least value over weights of sum one is never above the risk of either fit alone, and the least value over all "
           "weights is lower still.",
    assumes=("Gaussian rows", "isotropic", "the two samples are independent", "noise independent of the features"),
    formulas=(fused_risk, best_weight, best_fused_risk, free_weight1, free_weight2, free_fused_risk),
    claims=parabola + fits + sizes,
    simulations=simulations,
    uses=(finite_sample.finite_sample, least_squares.least_squares),
)
