"""What a reciprocal spectrum asks of its scale, and its risk beside the one without shift."""

from sympy import Rational

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.symbols import n1, n2, p, sigma_sq, ssr, theta_sq
from symrisk.theorems.transfer import concept_shift
from symrisk.theorems.transfer.letters import noisy
from symrisk.theorems.transfer.spectrum.letters import (
    anisotropy,
    pair_spread,
    scale,
    taken_up,
    upper_share,
)

no_shift = concept_shift.pooled_risk.at({ssr: 0})
"""The risk where both covariances are one."""


def claims_of_identities(source_scale: Formula, pooled_bias: Formula, pooled_risk: Formula,
                         even_risk: Formula, peak_strength: Formula) -> tuple[Claim, ...]:
    """The equation of x, the case kappa = 1, the eigenvalues swapped, what the shift changes."""
    room, swapped = p - n1 - n2, {anisotropy: 1 / anisotropy}
    at_peak = peak_strength / (n2 * sigma_sq) - 1
    return (
        Claim("the source's rows take up n1 of p directions: the mean of x tau/(1 + x tau) over "
              "both eigenvalues",
              n1, "==", p / 2 * taken_up(source_scale)),
        Claim("at the peak they take up n1 of n1 + n2",
              n1, "==", (n1 + n2) / 2 * taken_up(at_peak), on=noisy),
        Claim("at kappa = 1 the risk is that without covariate shift",
              even_risk.at({anisotropy: 1}), "==", no_shift),
        Claim("at kappa = 1 it is so however the coefficients are spread",
              pooled_risk.at({anisotropy: 1}), "==", no_shift),
        Claim("coefficients spread evenly have half their square in each eigenspace",
              pooled_risk.at({upper_share: Rational(1, 2)}), "==", even_risk),
        Claim("of coefficients spread evenly the share missed does not depend on kappa",
              pooled_bias.at({upper_share: Rational(1, 2)}), "==", room / p * theta_sq),
        Claim("swapping kappa for 1/kappa swaps the eigenspaces",
              pooled_risk.at({**swapped, upper_share: 1 - upper_share}), "==", pooled_risk),
        Claim("swapping kappa for 1/kappa leaves the risk of evenly spread coefficients",
              even_risk.at(swapped), "==", even_risk),
        Claim("the derivative of x by d is that of its quadratic",
              source_scale.given(pair_spread).diff(pair_spread), "==",
              -(p - 2 * n1) * scale / (2 * (p - n1) * scale + (1 + pair_spread) * (p - 2 * n1)),
              roots=source_scale.given(pair_spread).roots),
        Claim("the shift changes the risk by one signed product", even_risk - no_shift, "==",
              sigma_sq * (2 * n1 - p) / room * pair_spread * source_scale / (1 + source_scale)),
    )
