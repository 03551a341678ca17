r"""The source fit as a start for the target: its risk, plain and times its best factor."""

from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import inner12, n1, sigma1_sq, symbol, theta1_sq, theta_sq
from symrisk.theorems.transfer import two_fits
from symrisk.theorems.transfer.letters import coherent_pair
from symrisk.theorems.transfer.ridge_tuning import start
from symrisk.theorems.transfer.two_fits import beside, r1, scatter1, shift_sq, shifted, zeta1

fit = {name: two_fits.fits_by_size[name] for name in (r1, zeta1)}
known = two_fits.off_peak(n1)
fitted, at_peak = Region(known), {known: two_fits.infinite}
source_fit_risk = Formula(
    symbol("source_fit_risk", r"R_{\mathrm{source}}", "risk of the source fit on the target",
           nonnegative=True),
    r1 * shift_sq + (1 - r1) * theta_sq + zeta1 * sigma1_sq, where={shift_sq: shifted, **fit},
    on=fitted & coherent_pair, beyond=at_peak)
best_scale = Formula(
    symbol("best_scale", "s^*", "factor of the source fit that makes the best start"),
    r1 * inner12 / (r1 * theta1_sq + zeta1 * sigma1_sq), where=fit,
    on=fitted & Region(r1 * theta1_sq + zeta1 * sigma1_sq > 0), beyond=at_peak)
scaled_source_risk = Formula(
    symbol("scaled_source_risk", r"R_{\mathrm{source}}(s^*)",
           "risk of the source fit times its best factor", nonnegative=True),
    beside / (r1 * theta1_sq + zeta1 * sigma1_sq), on=best_scale.on & coherent_pair, beyond=at_peak,
    where={
        **two_fits.spanned,
        scatter1: two_fits.spread[scatter1],
        **fit})


def from_fit(corrected: Formula, fit_risk: Formula) -> dict:
    """What holds from any start, from a fit: where both hold, its risk in the start's place."""
    where = {**dict(corrected.where), start: fit_risk}
    return {"on": corrected.on & fit_risk.on, "beyond": at_peak, "accuracy": corrected.accuracy,
            "where": where}
