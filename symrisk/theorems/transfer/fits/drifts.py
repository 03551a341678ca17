r"""The exact risks of pooling, tuning, fusing and one sample alone, in the two drifts.

    d_1 = |delta|^2 + p sigma_1^2/(p - n_1 - 1),        d_2 = p sigma_2^2/(p - n_2 - 1).
"""

from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, snr, symbol, theta_sq
from symrisk.theorems.transfer.letters import by_ratios, coherent, one_noise
from symrisk.theorems.transfer.two_fits import r1, r2

drift1 = symbol("drift1", "d_1",
                "squared error of the source fit in the span of its rows, over r_1: shift and "
                "noise",
                nonnegative=True)
drift2 = symbol("drift2", "d_2",
                "squared error of the target fit in the span of its rows, over r_2: noise",
                nonnegative=True)
stretch = symbol("stretch", r"\alpha",
                 "how much longer than theta_2 the source's coefficients are along theta_2",
                 default=0)
both = symbol("both", "c", "expected inner product of the two fits' errors")
alone1 = symbol("alone1", "a_1",
                "what the source fit's squared error has beyond the errors' inner product")
alone2 = symbol("alone2", "a_2",
                "what the target fit's squared error has beyond the errors' inner product")

inputs = {
    r1: n1 / p,
    r2: n2 / p,
    drift1: delta_sq + p * sigma1_sq / (p - n1 - 1),
    drift2: p * sigma2_sq / (p - n2 - 1),
    **one_noise,
    **by_ratios}
errors = {
    both: (1 - r2) * ((1 - r1) * theta_sq - r1 * cross),
    alone1: r2 * (1 - r1) * theta_sq + r1 * (drift1 + (1 - r2) * cross),
    alone2: r1 * (1 - r2) * (theta_sq + cross) + r2 * drift2,
    cross: stretch * theta_sq}
apart = Region(n1 < p - 1, n2 < p - 1)
room = p - n1 - n2 - 1


def of(name, latex, meaning, expression, on, where=None):
    """A risk in the two drifts, over the inputs that all risks here share."""
    return Formula(
        symbol(name, latex, meaning, nonnegative=True),
        expression, where={**(where or {}), **inputs}, on=on)


target_risk = of("target_risk", r"R_{\mathrm{target}}", "risk of the target-only fit",
                 (1 - r2) * theta_sq + r2 * drift2, Region(n2 < p - 1))
source_risk = of("source_risk", r"R_{\mathrm{source}}", "risk of the source-only fit",
                 (1 - r1) * theta_sq + r1 * drift1, Region(n1 < p - 1))
pooled_risk = of("pooled_risk", r"R_{\mathrm{pool}}", "risk of the min-norm fit to both samples",
                 (1 - r1 - r2) * theta_sq
                 + ((p - n1 - 1) * r1 * drift1 + (p - n2 - 1) * r2 * drift2) / room,
                 Region(n1 + n2 < p - 1))
tuned_risk = of("tuned_risk", r"R_{\mathrm{tune}}",
                "risk of the source fit after min-norm correction on the target",
                (1 - r2) * ((1 - r1) * theta_sq + r1 * drift1) + r2 * drift2, apart)
fused_risk = of("fused_risk", r"R_{\mathrm{fuse}}",
                "least risk of a weighted sum of both fits, weights of sum one",
                both + alone1 * alone2 / (alone1 + alone2),
                apart & coherent & Region(alone1 + alone2 > 0), errors)
useful_ssr = Formula(
    symbol("useful_ssr", r"\rho_{\mathrm{target}}",
           "shift-to-signal ratio up to which tuning beats the target alone"),
    1 - p / ((p - n1 - 1) * snr), on=Region(n1 < p - 1, snr > 0))
pooling_ssr = Formula(
    symbol("pooling_ssr", r"\rho_{\mathrm{tune}}",
           "shift-to-signal ratio up to which pooling beats tuning"),
    room / (p + room) - p * (1 / (p - n1 - 1) + p / ((p + room) * (p - n2 - 1))) / snr,
    on=Region(n1 + n2 < p - 1, snr > 0))
