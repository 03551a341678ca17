r"""The best sample sizes: in the room s = q - n that the rows leave the risk is A/s + B s + C.

So it is least at s_* = sqrt(A/B), and the rooms at the two ties with the target-only fit have the
product s_*^2.  No size helps where s_* is no less than the room that the other sample leaves.
"""

from typing import NamedTuple

from sympy import Le, Piecewise, sqrt

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.monotone import falls, rises
from symrisk.language.region import Region
from symrisk.symbols import n1, n2, p, sigma_sq, snr, ssr, symbol
from symrisk.theorems.transfer.letters import noisy, signal, sources
from symrisk.theorems.transfer.pooling.risks import Risks
from symrisk.theorems.transfer.pooling.setting import Setting


class Sizes(NamedTuple):
    """Sizes of least pooled risk, that risk, and the size up to which pooling helps."""

    best_source_size: Formula
    largest_source_size: Formula
    least_pooled_risk: Formula
    best_target_size: Formula


def sizes(of: Setting, target_risk: Formula) -> Sizes:
    """The formulas of a setting; `target_risk` is the least one where no source sample helps.

    >>> from symrisk.theorems.transfer.pooling.risks import risks
    >>> from symrisk.theorems.transfer.pooling.setting import FIRST_ORDER
    >>> found = sizes(FIRST_ORDER, risks(FIRST_ORDER).target_risk)
    >>> found.largest_source_size.digits(5, n2=10, p=60, snr=5, ssr="0.2")
    Decimal('29.500')
    """
    q, room1, room2 = of.q, of.room1, of.room2
    letter = "exact_" * of.lost
    best_room = symbol(f"best_{letter}room", "s_*",
                       f"room that minimises the {of.expected}pooled risk", positive=True)
    surplus = symbol(f"{letter}surplus", "h", "what signal has beyond shift and noise; "
                     "positive exactly where some source samples help")
    by_source = {
        best_room: sqrt((p * q + snr * ssr * n2 * room2) / (snr * (1 - ssr))),
        surplus: snr * room2 * (room2 - q * ssr) - p * q}
    by_target = {best_room: sqrt(p * q / snr + ssr * n1 * room1)}
    source_sizes = {"on": Region(n2 < q) & signal, "accuracy": of.accuracy, "where": by_source}
    target_sizes = {"on": Region(n1 < q) & signal, "accuracy": of.accuracy, "where": by_target}
    least = sigma_sq * (2 * snr * (1 - ssr) / p * best_room - 1 + of.lost * snr / p
                        + snr * ssr * (q - 2 * n2) / p)
    return Sizes(
        best_source_size=Formula(
            symbol("best_source_size", "n_1^*", f"source sample size of least {of.expected}"
                   "pooled risk; 0 where no source sample helps", nonnegative=True),
            Piecewise((surplus / (snr * (1 - ssr) * (room2 + best_room)), of.helpful), (0, True)),
            **source_sizes),
        largest_source_size=Formula(
            symbol("largest_source_size", r"n_1^{\max}", "source sample size up to which pooling "
                   f"helps{of.in_mean}; 0 where it never does", nonnegative=True),
            Piecewise((surplus / (snr * (1 - ssr) * room2), of.helpful), (0, True)),
            **source_sizes),
        least_pooled_risk=Formula(
            symbol("least_pooled_risk", rf"\min_{{n_1}} {of.E}R_{{\mathrm{{pool}}}}",
                   f"least {of.expected}pooled risk over the source sample size", nonnegative=True),
            Piecewise((least, of.helpful), (target_risk.expanded, True)), **source_sizes),
        best_target_size=Formula(
            symbol("best_target_size", "n_2^*", f"target sample size of least {of.expected}"
                   "pooled risk; 0 where none helps", nonnegative=True),
            Piecewise((room1 - best_room, of.more_targets), (0, True)), **target_sizes))


def claims_of_sizes(of: Setting, risks: Risks, sizes: Sizes) -> tuple[Claim, ...]:
    """That the sizes are the best, how far they go, and how they move with signal and shift."""
    pooled_risk, target_risk, *_ = risks
    best, largest, least, best_target = sizes
    room1, room2, more = of.room1, of.room2, Region(of.more_targets)
    helpful, hopeless = Region(of.helpful), Region(_not(of.helpful))
    risk, nothing = f"{of.expected}pooled risk", "where no source sample helps"
    size, useful = "the best source size", "the largest useful source size"
    return (
        Claim(f"{risk} is convex in the source sample size",
              pooled_risk.diff(n1).diff(n1), ">", 0, on=noisy),
        Claim(f"{risk} is convex in the target sample size",
              pooled_risk.diff(n2).diff(n2), ">", 0, on=noisy),
        Claim(f"{nothing} {size} is none", best, "==", 0, on=hopeless),
        Claim(f"{nothing} {useful} is none", largest, "==", 0, on=hopeless),
        Claim(f"{nothing} the least {risk} is the target-only risk",
              least, "==", target_risk, on=hopeless),
        Claim(f"{nothing} pooling any number hurts",
              pooled_risk, ">", target_risk, on=hopeless & sources & noisy & signal),
        Claim("a shift above the free share of the target leaves nothing to gain",
              best, "==", 0, on=of.q * ssr >= room2),
        Claim(f"{size} leaves room", best, "<", room2),
        Claim(f"{risk} is stationary at {size}",
              pooled_risk.diff(n1).at({n1: best}), "==", 0, on=helpful),
        Claim(f"the least {risk} is the {risk} at {size}", pooled_risk.at({n1: best}), "==", least),
        Claim(f"the least {risk} is at most the target-only risk", least, "<=", target_risk),
        Claim(f"pooling ties with target-only{of.in_mean} at {useful}",
              pooled_risk.at({n1: largest}), "==", target_risk),
        Claim(f"the room at {size} is the geometric mean of the room at the two ties",
              (room2 - best)**2, "==", room2 * (room2 - largest), on=helpful),
        Claim(f"pooling helps{of.in_mean} exactly below {useful}",
              pooled_risk, "<", target_risk, on=helpful & sources & noisy, iff=n1 < largest),
        Claim(f"no SNR lifts {useful} past p - n2{' - 1' * of.lost} - SSR n2/(1 - SSR)",
              largest, "<", room2 - ssr * n2 / (1 - ssr), on=helpful),
        *rises(best, snr, on=helpful, called=size),
        *falls(best, ssr, on=helpful, called=size),
        *rises(largest, snr, on=helpful, called=useful),
        *falls(largest, ssr, on=helpful, called=useful),
        Claim("where the source fills the room no target sample helps",
              best_target, "==", 0, on=_not(of.more_targets)),
        Claim(f"{risk} is stationary at the best target size",
              pooled_risk.diff(n2).at({n2: best_target}), "==", 0, on=more),
        Claim("the best target size leaves room", best_target, "<", room1),
        *rises(best_target, snr, on=more, called="the best target size"),
        *falls(best_target, ssr, on=sources & more, called="the best target size"),
    )


def _not(condition):
    """The other way round, as it is written: SymPy would move its terms."""
    return Le(condition.lhs, condition.rhs, evaluate=False)
