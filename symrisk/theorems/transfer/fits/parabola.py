"""The risk of two fused fits as a parabola in their weights.

The claims are made in r_k and zeta_k: they hold on either side of the peaks, and of any independent
fits with such moments.
"""

from sympy import Expr

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import inner12, sigma1_sq, sigma2_sq, theta1_sq, theta_sq
from symrisk.theorems.transfer.two_fits import (
    m11,
    m12,
    m22,
    moments,
    r1,
    r2,
    scatter1,
    scatter2,
    shifted,
    u1,
    u2,
    w1,
    w2,
    zeta1,
    zeta2,
)

FITTED = r1, r2, zeta1, zeta2


def in_fits(expression: Expr) -> Expr:
    """An expression in the moments, in r_k and zeta_k."""
    return expression.xreplace(moments)


scattered = {m11: scatter1 + r1**2 * theta1_sq, m22: scatter2 + r2**2 * theta_sq}
gap, determinant = in_fits(m11 - 2 * m12 + m22), in_fits(m11 * m22 - m12**2)


def by_fits(formula: Formula):
    """A formula in r_k and zeta_k, whatever the sizes."""
    return formula.given(*FITTED)


def by_scatter(formula: Formula):
    """The same, with what each fit scatters about its mean for a letter."""
    return formula.given(*FITTED, scatter1, scatter2)


def risk_by_scatter(fused_risk: Formula):
    """The risk, with the fits' squared norms by what they scatter."""
    return fused_risk.given(*FITTED, m11, m22).at(scattered)


def claims_of_parabola(fused_risk: Formula, best_weight: Formula, best_fused_risk: Formula,
                       free_weight1: Formula, free_weight2: Formula,
                       free_fused_risk: Formula) -> tuple[Claim, ...]:
    """Where the risk is stationary, how it curves, and that neither fit alone is better."""
    risk, weight, best = by_fits(fused_risk), by_fits(best_weight), by_fits(best_fused_risk)
    summing = risk.at({w2: 1 - w1})
    risk_scattered, least = risk_by_scatter(fused_risk), by_scatter(free_fused_risk)
    at_free = {w1: by_scatter(free_weight1), w2: by_scatter(free_weight2)}
    return (
        Claim("the risk is stationary at the best weight of sum one",
              summing.diff(w1).at({w1: weight}), "==", 0),
        Claim("along sum one the risk curves by twice the squared distance of the fits",
              summing.diff(w1).diff(w1), "==", 2 * gap),
        Claim("fusing is never worse than the source fit alone",
              best, "<=", risk.at({w1: 1, w2: 0})),
        Claim("fusing is never worse than the target fit alone",
              best, "<=", risk.at({w1: 0, w2: 1})),
        Claim("the risk is stationary in the source weight at the free optimum",
              risk_scattered.diff(w1).at(at_free), "==", 0),
        Claim("the risk is stationary in the target weight at the free optimum",
              risk_scattered.diff(w2).at(at_free), "==", 0),
        Claim("the least risk over sum one is the risk at the best weight",
              summing.at({w1: weight}), "==", best),
        Claim("the least risk over all weights is the risk at the free optimum",
              risk_scattered.at(at_free), "==", least),
        Claim("the risk's Hessian is twice M",
              risk.diff(w1).diff(w1) * risk.diff(w2).diff(w2) - risk.diff(w1).diff(w2)**2, "==",
              4 * determinant),
        Claim("the source fit times its best factor is never better than the free optimum",
              least, "<=", theta_sq - (r1 * inner12)**2 / scattered[m11],
              on=Region(scattered[m11] > 0)),
    )


def claims_of_fits(fused_risk: Formula, best_weight: Formula,
                   free_fused_risk: Formula) -> tuple[Claim, ...]:
    """How far the two fits are apart, and how what they know adds up."""
    apartness = by_fits(fused_risk).at({w2: 1 - w1}).diff(w1).diff(w1) / 2
    free = by_fits(free_fused_risk)
    moment11, moment22 = in_fits(m11), in_fits(m22)
    left1, left2 = in_fits(theta_sq * m11 - u1**2), in_fits(theta_sq * m22 - u2**2)
    return (
        Claim("the fits differ by what each shows alone, by the shift in what both show, and by "
              "their noise",
              apartness, "==",
              r1 * (1 - r2) * theta1_sq + r2 * (1 - r1) * theta_sq + r1 * r2 * shifted
              + zeta1 * sigma1_sq + zeta2 * sigma2_sq),
        Claim("the fits are apart by the source fit's noise at least",
              apartness, ">=", zeta1 * sigma1_sq, on=Region(shifted >= 0)),
        Claim("a noiseless full target fit takes all the weight",
              by_fits(best_weight).at({r2: 1, sigma2_sq: 0}), "==", 0),
        Claim("the precisions of the two best multiples add up, less that of knowing nothing",
              free * (theta_sq * (left1 * moment22 + left2 * moment11) - left1 * left2), "==",
              theta_sq * left1 * left2, on=Region(theta_sq > 0)),
    )
