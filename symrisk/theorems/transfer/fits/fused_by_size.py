"""Late fusion by sample sizes: one fit alone, and the best weights, on each side of the peaks."""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import (
    delta_sq,
    inner12,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    theta1_sq,
    theta_sq,
)
from symrisk.theorems.transfer import finite_sample, least_squares
from symrisk.theorems.transfer.two_fits import r1, r2, shifted, w1, w2, zeta1, zeta2

noisy = Region(n1 > 0, n2 > 0, sigma1_sq > 0, sigma2_sq > 0)
regimes = {"below the threshold": Region(n1 < p - 1, n2 < p - 1),
           "beyond the threshold": Region(n1 > p + 1, n2 > p + 1)}
unshifted = {theta_sq: theta1_sq, inner12: theta1_sq}


def claims_of_one_fit(fused_risk: Formula) -> tuple[Claim, ...]:
    """All the weight on one fit is the risk of that fit, on either side of its peak."""
    of_source = fused_risk.given(r2, zeta2).at({w1: 1, w2: 0})
    of_target = fused_risk.given(r1, zeta1).at({w1: 0, w2: 1})
    as_common = {delta_sq: shifted, sigma_sq: sigma1_sq}
    return (
        Claim("weight one on the source is the exact source-only risk",
              of_source, "==", finite_sample.source_risk.given(theta_sq, delta_sq).at(as_common),
              on=Region(n1 > 0, n1 < p - 1)),
        Claim("weight one on the target is the exact target-only risk",
              of_target, "==", finite_sample.target_risk.given(theta_sq).at({sigma_sq: sigma2_sq}),
              on=Region(n2 > 0, n2 < p - 1)),
        Claim("beyond the threshold weight one on the source is least squares on the source",
              of_source, "==", least_squares.ols_risk.at({n2: 0, delta_sq: shifted}),
              on=Region(n1 > p + 1)),
        Claim("beyond the threshold weight one on the target is least squares on the target",
              of_target, "==", least_squares.ols_risk.at({n1: 0}), on=Region(n2 > p + 1)),
    )


def claims_of_least(says: str, at_best, least: Formula) -> tuple[Claim, ...]:
    """That the least risk is the risk at the best weights, on either side of the peaks.

    Without a shift: with one the two sides are too long to be compared as they stand.
    """
    return tuple(Claim(f"{where} {says}", at_best.at(unshifted), "==", least.at(unshifted),
                       on=noisy & regime)
                 for where, regime in regimes.items())
