"""Whether a quantity grows or falls along one variable, or the exact condition under which it does."""

from dataclasses import dataclass

import sympy

from symrisk.claim import Claim
from symrisk.decide import prove
from symrisk.decide.verdict import Verdict
from symrisk.derive.profile import profile
from symrisk.relation import Relation


@dataclass(frozen=True)
class Monotonicity:
    """`direction` ("increasing", "decreasing", "constant" or "neither") along `name` as long as `condition` holds.

    condition: a Relation, or None where it always holds; where it fails strictly the direction is the opposite one.
    strict: whether the slope never vanishes.  verdict: the evidence.
    """

    name: sympy.Symbol
    direction: str
    condition: Relation | None
    strict: bool
    verdict: Verdict

    def __repr__(self):
        when = f" exactly where {self.condition}" if self.condition is not None else ""
        return f"Monotonicity({'strictly ' if self.strict else ''}{self.direction} in {self.name}, {self.verdict.status}{when})"


def monotonicity(quantity, name, on=None):
    """How a quantity runs along `name` over the region: a Monotonicity, proved.

    "neither" means that the slope changes sign along the variable itself: ask `minimizer`.

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> from symrisk.symbols import p, snr, n1
    >>> monotonicity(shift.ssr_threshold, n1)
    Monotonicity(strictly decreasing in n1, proved)
    """
    region = quantity.region if on is None else quantity.region & on
    slope = quantity.diff(name)
    run = profile(region, slope.expanded, name, slope.roots)
    if run.depends_on_x and (run.open is not None or run.variations()):
        return Monotonicity(name, "neither", None, False, Verdict(None, "proved", "signs"))
    if not run.is_settled and run.open is not None:
        return _conditional(quantity, run, name, region)
    return _settled(quantity, run, name, region)


DIRECTIONS = {1: "increasing", -1: "decreasing", 0: "constant"}


def _settled(quantity, run, name, region):
    sign = run.at_start() if run.sign.value else 0
    strict = _claim(quantity, name, region, {1: ">", -1: "<", 0: "=="}[sign])
    verdict = prove(strict)
    if verdict.status == "proved":
        return Monotonicity(name, DIRECTIONS[sign], None, sign != 0, verdict)
    return Monotonicity(name, DIRECTIONS[sign], None, False, prove(_claim(quantity, name, region, {1: ">=", -1: "<="}[sign])))


def _conditional(quantity, run, name, region):
    condition = run.condition(run.sign.value)
    verdict = prove(_claim(quantity, name, region & condition, ">="))
    strict = prove(_claim(quantity, name, region & condition, ">")).status == "proved"
    return Monotonicity(name, "increasing", condition, strict, verdict)


def _claim(quantity, name, region, rel):
    return Claim(f"{quantity.title} is monotone in {name}", quantity.diff(name), rel, 0, on=region)
