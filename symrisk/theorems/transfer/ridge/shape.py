"""The signs in the risk of pooled ridge: what each letter adds; that the risk is not negative."""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.monotone import rises
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, sigma_sq, theta_sq
from symrisk.theorems.transfer.ridge.letters import beta, missed, nu, omega, pi, shares


def claims_of_shape(ridge_risk: Formula, share_risk: Formula, ols_risk: Formula,
                    target_ols_risk: Formula) -> tuple[Claim, ...]:
    """What noise, signal, shift and their inner product add; when least squares gains."""
    one_noise = ridge_risk.given(sigma_sq)
    free_risk = share_risk.given(sigma_sq)
    return (
        Claim("the inner product of signal and shift never adds to the risk's coefficients",
              share_risk.diff(cross), "<=", 0),
        Claim("its coefficient vanishes only without source samples, without fit, for the "
              "interpolator and for least squares",
              share_risk.diff(cross), "<", 0, iff=(n1 > 0, beta > 0, beta < 1, p * beta < n1 + n2)),
        *rises(one_noise, sigma_sq, theta_sq, called="ridge risk at a fixed shift"),
        *rises(one_noise, delta_sq, on=n1 > 0, called="ridge risk at a fixed inner product"),
        Claim("the risk is a square and what Cauchy-Schwarz makes non-negative",
              theta_sq * free_risk, "==",
              ((missed * theta_sq - pi * omega * cross)**2
               + (pi * omega)**2 * (theta_sq * delta_sq - cross**2)
               + theta_sq * nu * (pi * (1 - pi * nu) * delta_sq + sigma_sq)) / (1 - nu),
              on=shares & Region(over=(cross,))),
        Claim("pooled least squares beats that of the target exactly while the shift stays below "
              "its price",
              ols_risk.at({sigma1_sq: sigma2_sq}), "<", target_ols_risk, on=Region(n1 > 0),
              iff=n1 * (n1 * (n1 + n2 - p) + p * n2) * (n2 - p) * delta_sq
                  < sigma2_sq * p * n1 * (n1 + n2)**2),
    )
