"""Where pooled ridge tends as its penalty falls to 0 or grows, and what it is at the peak."""

from sympy import oo

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.monotone import falls, rises
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, mu, n1, n2, p, sigma1_sq, sigma2_sq, sigma_sq, theta_sq
from symrisk.theorems.transfer.letters import sampled
from symrisk.theorems.transfer.ridge.letters import over, q, under


def claims_of_limits(fitted_share: Formula, ridge_risk: Formula, min_norm_risk: Formula,
                     ols_risk: Formula) -> tuple[Claim, ...]:
    """How the share moves with penalty and sizes, and what ridge tends to at both ends."""
    return (
        *falls(fitted_share, mu, p, called="beta"),
        *rises(fitted_share, n1, n2, called="beta"),
        Claim("beta stays below n/p", fitted_share, "<", (n1 + n2) / p),
        Claim("beta stays below one", fitted_share, "<", 1),
        Claim("below the peak beta tends to n/p as mu falls to 0",
              (n1 + n2) / p - fitted_share, "<", (n1 + n2) / (p * (p - n1 - n2)) * mu, on=over),
        Claim("above the peak beta tends to one as mu falls to 0",
              1 - fitted_share, "<", mu / (n1 + n2 - p), on=under),
        Claim("beta tends to 0 as mu grows", fitted_share, "<", (n1 + n2) / mu),
        Claim("at the peak itself 1 - beta is below the square root of mu/p",
              (1 - fitted_share.at({n2: p - n1}))**2, "<", mu / p),
        Claim("below the peak ridge risk tends to that of min-norm pooling as mu falls to 0",
              ridge_risk.limit(mu, 0), "==", min_norm_risk),
        Claim("above the peak ridge risk tends to that of least squares as mu falls to 0",
              ridge_risk.limit(mu, 0), "==", ols_risk),
        Claim("ridge risk tends to the signal as mu grows",
              ridge_risk.limit(mu, oo), "==", theta_sq),
    )


def claims_at_peak(ridge_risk: Formula, min_norm_risk: Formula,
                   ols_risk: Formula) -> tuple[Claim, ...]:
    """How the risks without a penalty pass every bound, and what a penalty makes of them."""
    at_peak = ridge_risk.given(sigma_sq).at({n2: p - n1})
    spread = sigma_sq + n1 * (p - n1) / p**2 * delta_sq
    strength = n1 * sigma1_sq + n2 * sigma2_sq + n1 * n2 / (n1 + n2) * delta_sq
    return (
        Claim("below the peak (p - n) R tends to the noise of the sample plus n1 n2 delta^2 / n",
              ((p - n1 - n2) * min_norm_risk).limit(p, n1 + n2, "+"), "==",
              strength, on=sampled),
        Claim("above the peak (n - p) R tends to the same",
              ((n1 + n2 - p) * ols_risk).limit(p, n1 + n2, "-"), "==", strength),
        Claim("at the peak noise takes ridge risk over all bounds as mu falls to 0",
              at_peak.limit(mu, 0), "==", oo, on=Region(sigma_sq > 0)),
        Claim("it grows as half the square root of p/mu times the noise and the variance of the "
              "shift over the rows",
              (mu * at_peak**2).limit(mu, 0), "==", p / 4 * spread**2),
        Claim("at the peak a penalty makes the risk finite: (1 + 2pq) R is the missed signal and "
              "p^2 q^2 times noise and shift",
              (1 + 2 * p * q) * at_peak, "==",
              theta_sq - 2 * n1 * q / (1 + p * q) * cross + p**2 * q**2 * sigma_sq
              + n1 * q**2 * (p + n1 * (1 - p * q) / (1 + p * q)) * delta_sq),
    )
