r"""The risks of pooling, of the target alone and of the source alone.

The pooled interpolator errs by -(I - Pi) theta_2 + X^+ [X_1 delta; 0] + X^+ epsilon, three parts
that are orthogonal in the mean: with q degrees of freedom, p or p - 1, its risk is

    (p - n)/p |theta_2|^2  +  n_1 (q - n_1)/(p (q - n)) |delta|^2  +  n/(q - n) sigma^2.
"""

from typing import NamedTuple

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.symbols import (
    bias,
    delta_sq,
    n,
    n1,
    n2,
    p,
    shift,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    snr,
    ssr,
    theta_sq,
    variance,
)
from symrisk.theorems.transfer.letters import by_ratios, by_snr, noisy, one_noise, targets
from symrisk.theorems.transfer.pooling.setting import Setting


class Risks(NamedTuple):
    """The risks of three fits, two of them also where each sample has its own noise."""

    pooled_risk: Formula
    target_risk: Formula
    source_risk: Formula
    unequal_noise_pooled_risk: Formula
    unequal_noise_target_risk: Formula


def risks(of: Setting) -> Risks:
    """The formulas of a setting.

    >>> from symrisk.theorems.transfer.pooling.setting import FIRST_ORDER, IN_THE_MEAN
    >>> sizes = {"n1": 5, "n2": 3, "p": 20, "snr": 2, "ssr": 0}
    >>> risks(FIRST_ORDER).pooled_risk.digits(6, **sizes)
    Decimal('1.86667')
    >>> risks(IN_THE_MEAN).pooled_risk.digits(6, **sizes)
    Decimal('1.92727')
    """
    room = of.q - n
    pooled = {
        bias: (p - n) / p * theta_sq,
        shift: n1 * of.room1 / (p * room) * delta_sq}
    alone = {bias: (p - n2) / p * theta_sq}
    return Risks(
        pooled_risk=Formula(
            of.risk("pooled_risk", "pool", "excess risk of the pooled min-norm interpolator"),
            bias + shift + variance, **of.holds(n1 + n2), where={
                **pooled,
                variance: n / room * sigma_sq,
                n: n1 + n2,
                **by_ratios}),
        target_risk=Formula(
            of.risk("target_risk", "target",
                    "excess risk of the target-only min-norm interpolator"),
            bias + variance, **of.holds(n2), where={
                **alone,
                variance: n2 / of.room2 * sigma_sq,
                **by_snr}),
        source_risk=Formula(
            of.risk("source_risk", "source",
                    "excess risk, on the target, of the source-only interpolator"),
            bias + shift + variance, **of.holds(n1), where={
                bias: (p - n1) / p * theta_sq,
                shift: n1 / p * delta_sq,
                variance: n1 / of.room1 * sigma_sq,
                **by_ratios}),
        unequal_noise_pooled_risk=Formula(
            of.risk("unequal_noise_pooled_risk", "pool",
                    "pooled risk, source and target with their own noise"),
            bias + shift + variance, **of.holds(n1 + n2), where={
                **pooled,
                variance: (n1 * sigma1_sq + n2 * sigma2_sq) / room,
                n: n1 + n2}),
        unequal_noise_target_risk=Formula(
            of.risk("unequal_noise_target_risk", "target",
                    "target-only risk, with the target's own noise"),
            bias + variance, **of.holds(n2), where={
                **alone,
                variance: n2 / of.room2 * sigma2_sq}))


def claims_of_risks(of: Setting, risks: Risks) -> tuple[Claim, ...]:
    """What the risks are at the edges, and how they differ."""
    pooled_risk, target_risk, source_risk, own_noise, target_own_noise = risks
    bracket = p * of.q * sigma_sq - of.room1 * of.room * theta_sq + n1 * of.room1 * delta_sq
    is_positive = p * of.q > of.room1 * of.room * snr - n1 * of.room1 * snr * ssr
    return (
        Claim(f"without source samples the {of.exact}pooled risk is the target-only one",
              pooled_risk.at({n1: 0}), "==", target_risk),
        Claim(f"without target samples the {of.exact}pooled risk is the source-only one",
              pooled_risk.at({n2: 0}), "==", source_risk),
        Claim(f"without any sample the {of.exact}risk is the signal",
              target_risk.at({n2: 0}), "==", snr * sigma_sq),
        Claim(f"pooling differs{of.in_mean} from the source-only fit by one signed bracket",
              (pooled_risk - source_risk).given(theta_sq, delta_sq), "==",
              n2 / (p * of.room1 * of.room) * bracket),
        Claim(f"the source alone beats pooling{of.in_mean} exactly while the bracket is positive",
              source_risk, "<", pooled_risk, on=noisy & targets, iff=is_positive),
        Claim(f"equal noises give the {of.exact}pooled risk",
              own_noise.at(one_noise), "==", pooled_risk.given(theta_sq, delta_sq)),
        Claim(f"equal noises give the {of.exact}target-only risk",
              target_own_noise.at({sigma2_sq: sigma_sq}), "==", target_risk.given(theta_sq)),
    )
