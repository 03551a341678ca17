"""Letters of the transfer theorems: what several put for one, and the regions where one is
positive.

Of any number of samples, sample k has coefficients theta_0 + Delta_k, theta_0 being the target's.
"""

from symrisk.language.region import Region
from symrisk.symbols import (
    cross,
    delta_sq,
    inner12,
    n1,
    n2,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    snr,
    ssr,
    symbol,
    theta1_sq,
    theta_sq,
)

sources, targets = Region(n1 > 0), Region(n2 > 0)
sampled, signal, noisy = Region(n1 + n2 > 0), Region(snr > 0), Region(sigma_sq > 0)
coherent = Region(cross**2 <= theta_sq * delta_sq)
coherent_pair = Region(inner12**2 <= theta1_sq * theta_sq)
"""What Cauchy-Schwarz asks of an inner product: of signal and shift, and of the coefficients."""

WORDS = {1: "one sample", 2: "two samples", 3: "three samples"}
SPOKEN = {"ridge": "ridge", "ridgeless": "min-norm interpolation", "ols": "least squares"}
"""How many samples, and the regimes of a pooled fit, as sentences say them."""

by_snr = {theta_sq: snr * sigma_sq}
by_ratios = {**by_snr, delta_sq: ssr * theta_sq}
"""Signal and shift by their ratios, to be defined last: either may be given instead."""
one_noise = {sigma1_sq: sigma_sq, sigma2_sq: sigma_sq}
"""Source and target with one noise variance, to be put into a formula of two."""


def gram(k, m):
    """<Delta_k, Delta_m>, an entry of the Gram matrix of the shifts Delta_k = theta_k - theta_0."""
    k, m = sorted((k, m))
    latex = rf"\|\Delta_{k}\|^2" if k == m else rf"\langle\Delta_{k},\Delta_{m}\rangle"
    sign = {"nonnegative": True} if k == m else {}
    return symbol(f"gram{k}{m}", latex, f"inner product of the shifts {k} and {m}", **sign)


def disagreement(k, m):
    """|Delta_k - Delta_m|^2."""
    return gram(k, k) - 2 * gram(k, m) + gram(m, m)


def cross_of(k):
    """<theta_0, Delta_k>, how far shift k points along the target's coefficients."""
    return symbol(f"cross{k}", rf"\langle\theta_0,\Delta_{k}\rangle",
                  f"inner product of the target's coefficients and shift {k}")


def share_of(k):
    """beta_k, the share of its coefficients that sample k brings into the fit."""
    return symbol(f"beta{k}", rf"\beta_{k}",
                  f"share of its coefficients that sample {k} brings into the fit",
                  nonnegative=True)


def squared_sum(weights, inner):
    """|sum_k a_k v_k|^2 from the weights a_k, {k: a_k}, and the inner products <v_k, v_m>.

    >>> squared_sum({1: 2, 2: -1}, gram)
    4*gram11 - 4*gram12 + gram22
    """
    total = 0
    for k, left in weights.items():
        for m, right in weights.items():
            total += left * right * inner(k, m)
    return total
