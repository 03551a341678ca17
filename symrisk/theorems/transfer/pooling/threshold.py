r"""What pooling saves: the risks differ by a quantity that factors: the shift has a threshold.

    R_target - R_pool  =  n_1 (q - n_1)/(p (q - n)) |theta_2|^2 (rho - SSR),

and rho is positive exactly above a cutoff C of the signal-to-noise ratio.
"""

from typing import NamedTuple

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.monotone import falls, rises
from symrisk.symbols import delta_sq, n, n1, n2, p, sigma_sq, snr, ssr, symbol, theta_sq
from symrisk.theorems.transfer.letters import by_ratios, noisy, sampled, signal, sources
from symrisk.theorems.transfer.pooling.risks import Risks
from symrisk.theorems.transfer.pooling.setting import Setting


class Thresholds(NamedTuple):
    """What pooling saves, and the ratios up to which it does, or never does."""

    gain: Formula
    ssr_threshold: Formula
    snr_cutoff: Formula


def thresholds(of: Setting) -> Thresholds:
    """The formulas of a setting.

    >>> from symrisk.theorems.transfer.pooling.setting import FIRST_ORDER, IN_THE_MEAN
    >>> [thresholds(of).snr_cutoff(n1=5, n2=1, p=10) for of in (FIRST_ORDER, IN_THE_MEAN)]
    [2.7777777777777777, 3.75]
    """
    q, room, room1, room2 = of.q, of.q - n, of.room1, of.room2
    both, total = of.holds(n1 + n2), {n: n1 + n2}
    return Thresholds(
        gain=Formula(
            symbol("gain", f"{of.E}G", f"what pooling saves{of.in_mean}: R_target - R_pool"),
            n1 / p * (theta_sq - p * q / (room * room2) * sigma_sq - room1 / room * delta_sq),
            **both, where={**total, **by_ratios}),
        ssr_threshold=Formula(
            symbol("ssr_threshold", rf"\rho{of.index}",
                   f"shift-to-signal ratio up to which pooling helps{of.in_mean}"),
            room / room1 - p * q / (room1 * room2) / snr,
            **{**both, "on": both["on"] & signal}, where=total),
        snr_cutoff=Formula(
            symbol("snr_cutoff", f"C{of.index}",
                   f"signal-to-noise ratio up to which pooling never helps{of.in_mean}",
                   positive=True),
            p * q / (room * room2), **both, where=total))


def claims_of_thresholds(of: Setting, risks: Risks, thresholds: Thresholds) -> tuple[Claim, ...]:
    """Where pooling helps, and how the threshold and the cutoff move with sizes and signal."""
    pooled_risk, target_risk, *_ = risks
    gain, ssr_threshold, snr_cutoff = thresholds
    room, room1 = of.room, of.room1
    rho = "rho_ex" if of.lost else "rho"
    threshold, cutoff = f"the {of.exact}threshold", f"the {of.exact}cutoff"
    return (
        Claim(f"pooling saves{of.in_mean} what the target-only risk has beyond the pooled one",
              gain, "==", target_risk - pooled_risk),
        Claim(f"the {of.expected}gain factors into a positive quantity times {rho} - SSR",
              gain, "==", n1 * room1 / (p * room) * snr * sigma_sq * (ssr_threshold - ssr)),
        Claim(f"pooling helps{of.in_mean} exactly "
              f"while the shift-to-signal ratio stays below {rho}",
              pooled_risk, "<=", target_risk,
              on=sources & signal & noisy, iff=ssr <= ssr_threshold),
        Claim(f"pooling and target-only tie{of.in_mean} exactly at {rho}",
              pooled_risk.at({ssr: ssr_threshold}), "==", target_risk, on=ssr_threshold >= 0),
        Claim(f"{threshold} is positive exactly above {cutoff}",
              ssr_threshold, ">", 0, iff=snr > snr_cutoff),
        Claim(f"{threshold} is the share of free dimensions times one minus cutoff over SNR",
              ssr_threshold, "==", room / room1 * (1 - snr_cutoff / snr)),
        Claim(f"below {cutoff} pooling never helps{of.in_mean}",
              pooled_risk, ">=", target_risk, on=snr_cutoff >= snr),
        Claim(f"{threshold} stays below the share of free dimensions",
              ssr_threshold, "<", room / room1),
        Claim(f"a shift as large as the signal never pays{of.in_mean}",
              pooled_risk, ">=", target_risk, on=ssr >= 1),
        *rises(ssr_threshold, snr, called=threshold),
        *falls(ssr_threshold, n1, n2, called=threshold),
        *rises(ssr_threshold, p, on=sampled, called=threshold),
        *rises(snr_cutoff, n1, n2, called=cutoff),
        *falls(snr_cutoff, p, on=sampled, called=cutoff),
    )
