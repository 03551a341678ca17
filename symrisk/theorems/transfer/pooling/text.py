"""The text of both theorems: the formulas of a setting, and what is claimed of them in either."""

from dataclasses import dataclass

from symrisk.errors import ArgumentError
from symrisk.language.claim import Claim
from symrisk.theorems.transfer.pooling.risks import Risks, claims_of_risks, risks
from symrisk.theorems.transfer.pooling.setting import FIRST_ORDER, IN_THE_MEAN, Setting
from symrisk.theorems.transfer.pooling.sizes import Sizes, claims_of_sizes, sizes
from symrisk.theorems.transfer.pooling.threshold import Thresholds, claims_of_thresholds, thresholds


@dataclass(frozen=True)
class Text:
    """What one theorem states of the shared text."""

    setting: Setting
    risks: Risks
    thresholds: Thresholds
    sizes: Sizes
    claims: tuple[Claim, ...]


def pooling(lost: int) -> Text:
    """The text with `lost` degrees of freedom lost: 0, to first order, or 1, in the mean.

    >>> [len(pooling(lost).claims) for lost in (0, 1)]
    [47, 47]
    >>> pooling(lost=0).claims[0], pooling(lost=1).claims[0]
    (Claim: without source samples the pooled risk is the target-only one,
     Claim: without source samples the exact pooled risk is the target-only one)
    """
    if lost not in (0, 1):
        raise ArgumentError(f"of the degrees of freedom none is lost, or one; not {lost!r}")
    setting = IN_THE_MEAN if lost else FIRST_ORDER
    of_fits, of_shift = risks(setting), thresholds(setting)
    of_samples = sizes(setting, of_fits.target_risk)
    claims = (*claims_of_risks(setting, of_fits),
              *claims_of_thresholds(setting, of_fits, of_shift),
              *claims_of_sizes(setting, of_fits, of_samples))
    return Text(setting, of_fits, of_shift, of_samples, claims)
