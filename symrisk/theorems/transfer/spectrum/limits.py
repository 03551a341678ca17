"""Where the risk of a reciprocal spectrum tends: for a wide pair, and at the peak p = n."""

from sympy import oo

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.symbols import n1, n2, p, sigma_sq, snr
from symrisk.theorems.transfer.letters import noisy
from symrisk.theorems.transfer.spectrum.letters import (
    anisotropy,
    few,
    many,
    pair_spread,
    shifted_or_not,
)


def claims_of_limits(source_scale: Formula, pooled_variance: Formula, even_risk: Formula,
                     snr_cutoff: Formula, peak_strength: Formula) -> tuple[Claim, ...]:
    """As kappa grows, below p/2 source samples and above; without source samples; at p = n."""
    # Twice d over kappa tends to one, and everything is rational in d.
    room, wide = p - n1 - n2, (pair_spread, oo)
    return (
        Claim("below p/2 source samples kappa x stays under 2 n1/(p - 2 n1)",
              anisotropy * source_scale, "<", 2 * n1 / (p - 2 * n1), on=few),
        Claim("below p/2 source samples kappa x tends to that as kappa grows, 2 d ~ kappa",
              (2 * pair_spread * source_scale.given(pair_spread)).limit(*wide), "==",
              2 * n1 / (p - 2 * n1), on=few),
        Claim("below p/2 source samples the noise tends to what the target's rows alone bring in",
              pooled_variance.given(pair_spread).limit(*wide), "==", n2 / room * sigma_sq, on=few),
        Claim("below p/2 source samples the risk tends to that and the missed signal",
              even_risk.given(pair_spread).limit(*wide), "==",
              n2 / room * sigma_sq + room / p * snr * sigma_sq, on=few),
        Claim("below p/2 source samples the cutoff tends to n2 p/((p - n)(p - n2))",
              snr_cutoff.given(pair_spread).limit(*wide), "==", p * n2 / (room * (p - n2)), on=few),
        Claim("above p/2 source samples the noise grows as kappa, 2 d ~ kappa",
              (pooled_variance.given(pair_spread) / (2 * pair_spread)).limit(*wide), "==",
              (2 * n1 - p) / (2 * room) * sigma_sq, on=many),
        Claim("x vanishes with the source sample", source_scale.limit(n1, 0), "==", 0),
        Claim("at the interpolation peak (p - n) R tends to a strength that depends on kappa",
              (room * pooled_variance).given(pair_spread).limit(p, n1 + n2), "==",
              peak_strength.given(pair_spread)),
        Claim("the peak weakens with kappa exactly while the source is the smaller sample",
              peak_strength, "<", (n1 + n2) * sigma_sq, on=shifted_or_not & noisy,
              iff=(n1 < n2, anisotropy > 1)),
    )
