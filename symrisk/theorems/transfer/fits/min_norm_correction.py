r"""Min-norm correction of any independent start, of risk R_0, on n_2 target rows.

The target is interpolated and the start changed in the span of its rows only: of R_0 the share
1 - n_2/p stays, and the noise of a target-only fit comes in.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import n2, p, sigma2_sq, sigma_sq, symbol, theta_sq
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer.letters import targets
from symrisk.theorems.transfer.ridge_tuning import start

corrected_risk = Formula(
    symbol("corrected_risk", r"R_{\mathrm{FT}}",
           "risk of any independent start after min-norm correction", nonnegative=True),
    (p - n2) / p * start + n2 / (p - n2 - 1) * sigma2_sq, on=Region(n2 < p - 1))

forgotten = corrected_risk - n2 / (p - n2 - 1) * sigma2_sq
claims_of_correction = (
    Claim("a start helps exactly when its risk is below the signal",
          corrected_risk, "<", finite_sample.target_risk.given(theta_sq).at({sigma_sq: sigma2_sq}),
          iff=start < theta_sq),
    Claim("correcting improves on the start exactly while the start's risk exceeds the noise per "
          "free dimension",
          corrected_risk, "<", start, on=targets, iff=start > p * sigma2_sq / (p - n2 - 1)),
    Claim("fine-tuning never forgets: up to the edge more than 1/p of the start's risk stays",
          forgotten, ">", start / p, on=Region(start > 0)),
    Claim("a worse start stays worse", corrected_risk.diff(start), ">", 0),
    Claim("a target row helps exactly while the start's risk outweighs its noise",
          corrected_risk.diff(n2), "<", 0, iff=(p - n2 - 1)**2 * start > p * (p - 1) * sigma2_sq),
)
