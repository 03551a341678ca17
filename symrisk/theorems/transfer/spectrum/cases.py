"""Pooling under covariate shift where a covariance is the identity, or both are one."""

from symrisk.engine.expressions.mean import Mean
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.symbols import G, H, delta_sq, n1, n2, p, sigma_sq, theta_sq
from symrisk.theorems.transfer import concept_shift
from symrisk.theorems.transfer.covariate_shift_constants import a1, a2, tau1, tau2
from symrisk.theorems.transfer.spectrum.target_alone import alone, target_risk


def claims_of_cases(scale1: Formula, scale2: Formula, pooled_variance: Formula,
                    pooled_bias: Formula, pooled_risk: Formula) -> tuple[Claim, ...]:
    """What the scales are, and the risk beside those of fewer covariances."""
    isotropic, joined = {tau1: 1, tau2: 1}, {alone: a1 + a2, n2: n1 + n2}
    return (
        Claim("the source's scale is what the potential has", scale1, "==", a1),
        Claim("the target's scale is what the potential has", scale2, "==", a2),
        Claim("of equal covariances the scales are as the sizes",
              n2 * scale1.at({tau1: tau2}), "==", n1 * scale2.at({tau1: tau2})),
        Claim("of equal covariances pooling is a target sample of n rows",
              pooled_risk.at({tau1: tau2}), "==", target_risk.given(alone).at(joined)),
        Claim("isotropic pooling is that without a shift", pooled_risk.at(isotropic), "==",
              concept_shift.pooled_risk.given(theta_sq, delta_sq).at({delta_sq: 0})),
        Claim("the isotropic target alone is that of concept shift",
              target_risk.at({tau2: 1}), "==", concept_shift.target_risk.given(theta_sq)),
        Claim("for an isotropic target the noise passes by the scales",
              pooled_variance.at({tau2: 1}), "==", sigma_sq * (a1 + a2)),
        Claim("for an isotropic target the target's scale does not depend on the source",
              scale2.at({tau2: 1}), "==", n2 / (p - n1 - n2)),
        Claim("for an isotropic target the missed signal is a mean of 1/D",
              pooled_bias.at({tau2: 1}), "==", theta_sq * Mean(1 / (1 + a1 * tau1 + a2), G)),
        Claim("for an isotropic target and coefficients spread evenly the missed signal is the "
              "free share, whatever the shift",
              pooled_bias.at({tau2: 1, G: H}), "==", (p - n1 - n2) / p * theta_sq),
        Claim("label noise never helps", pooled_variance.diff(sigma_sq), ">=", 0),
    )
