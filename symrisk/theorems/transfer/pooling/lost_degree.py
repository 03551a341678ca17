"""What the lost degree of freedom costs: the exact quantities beside the asymptotic ones.

Threshold and best sizes are the same functions, taken in a dimension less; the exact risks are more
by terms of order 1/p that blow up at the peak.
"""

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import delta_sq, n1, n2, p, sigma_sq, snr, ssr, theta_sq
from symrisk.theorems.transfer.pooling.text import Text

A_DIMENSION_LESS = {p: p - 1, snr: snr * (p - 1) / p}


def claims_of_lost_degree(first_order: Text, exact: Text) -> tuple[Claim, ...]:
    """The exact risks, thresholds and sizes by the asymptotic ones."""
    return (*_risks(first_order, exact),
            *_thresholds(first_order, exact),
            *_sizes(first_order, exact))


def _risks(first_order, exact):
    pooled_risk, target_risk, source_risk, *_ = first_order.risks
    room, exact_room = first_order.setting.room, exact.setting.room
    blown_up = (n1 + n2) * sigma_sq + n1 * n2 * delta_sq / p
    return (
        Claim("the exact expected risk exceeds the asymptotic one "
              "by a 1/(p - n - 1) share of what blows up at the peak",
              (exact.risks.pooled_risk - pooled_risk).given(theta_sq, delta_sq), "==",
              blown_up / (room * exact_room)),
        Claim("the exact target-only risk exceeds the asymptotic one "
              "by a 1/(p - n2 - 1) share of its noise",
              exact.risks.target_risk - target_risk, "==",
              n2 * sigma_sq / ((p - n2) * (p - n2 - 1))),
        Claim("the exact source-only risk exceeds the asymptotic one "
              "by a 1/(p - n1 - 1) share of its noise",
              exact.risks.source_risk - source_risk, "==",
              n1 * sigma_sq / ((p - n1) * (p - n1 - 1))),
    )


def _thresholds(first_order, exact):
    _, rho, cutoff = first_order.thresholds
    _, exact_rho, exact_cutoff = exact.thresholds
    both_rooms = (p - n1 - n2) * (p - n1 - n2 - 1)
    both_rooms1 = (p - n1) * (p - n1 - 1)
    both_rooms2 = (p - n2) * (p - n2 - 1)
    return (
        Claim("the exact threshold falls short of the asymptotic one by two terms of order 1/p",
              rho - exact_rho, "==",
              n2 / both_rooms1
              + p * (p * (p - 1) - n1 * n2) / (both_rooms1 * both_rooms2 * snr)),
        Claim("the exact threshold lies below the asymptotic one", exact_rho, "<", rho),
        Claim("the exact threshold is the asymptotic one in a dimension less, "
              "at SNR times (p - 1)/p",
              exact_rho, "==", rho.at(A_DIMENSION_LESS)),
        Claim("the exact cutoff exceeds the asymptotic one by a term of order 1/p",
              exact_cutoff - cutoff, "==",
              p * (n2 * (p - n1 - n2) + p * (p - n2 - 1)) / (both_rooms * both_rooms2)),
        Claim("the exact cutoff lies above the asymptotic one", exact_cutoff, ">", cutoff),
    )


def _sizes(first_order, exact):
    helpful, exactly_helpful = Region(first_order.setting.helpful), Region(exact.setting.helpful)
    best, largest, _, best_target = first_order.sizes
    exact_best, exact_largest, _, exact_best_target = exact.sizes
    best_room_sq, exact_best_room_sq = (p - n2 - best)**2, (p - 1 - n2 - exact_best)**2
    return (
        Claim("the exact largest useful size falls short of the asymptotic one "
              "by a bounded number of rows",
              largest - exact_largest, "==",
              1 + p * n2 / (snr * (1 - ssr) * (p - n2) * (p - n2 - 1)), on=exactly_helpful),
        Claim("the room at the exact best source size is the asymptotic one in a dimension less, "
              "at SNR times (p - 1)/p",
              exact_best_room_sq, "==", best_room_sq.at(A_DIMENSION_LESS), on=exactly_helpful),
        Claim("the room at the exact best source size is less than the asymptotic one",
              exact_best_room_sq, "<", best_room_sq, on=exactly_helpful & helpful),
        Claim("the exact best target size is the asymptotic one in a dimension less, "
              "at SNR times (p - 1)/p",
              exact_best_target, "==", best_target.at(A_DIMENSION_LESS)),
    )
