"""Whether a quantity grows or falls along one variable, or the exact condition under which it
does.
"""

from dataclasses import dataclass

import sympy

from symrisk.decide.verdict import Verdict
from symrisk.derive.along.letters import letter_of
from symrisk.derive.along.line import along
from symrisk.derive.along.profile import shape
from symrisk.derive.along.slopes import runs
from symrisk.derive.evidence import joined, shown
from symrisk.derive.opposite import drawn_opposites, opposite_signs
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.markdown import inline
from symrisk.errors import NoMethod
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import Relation


@dataclass(frozen=True)
class Monotonicity:
    """`direction` ("increasing", "decreasing", "constant" or "neither") along `name` as long as
    `condition` holds.

    condition: a Relation, or None where it always holds; where it fails the quantity does not run
    in that direction, but in the opposite one or not at all.  strict: whether a larger `name`
    always gives a larger (or always a smaller) value. verdict: the evidence, claims with their
    certificates; for "neither", two exact points at which the slope has opposite signs, the other
    letters being the same.
    """

    name: sympy.Symbol
    direction: str
    condition: Relation | None
    strict: bool
    verdict: Verdict

    def __repr__(self):
        when = f" exactly where {self.condition}" if self.condition is not None else ""
        return (
            f"Monotonicity({'strictly ' if self.strict else ''}{self.direction} in {self.name}, "
            f"{self.verdict.status}{when})"
        )

    def _repr_markdown_(self):
        strictly = "strictly " if self.strict else ""
        runs = f"{strictly}**{self.direction}** in ${tex.latex(self.name)}$"
        when = ""
        if self.condition is not None:
            when = f" exactly where {inline(self.condition.latex(), self.condition)}"
        return f"{runs}, {self.verdict.status}{when}"


DIRECTIONS = {1: "increasing", -1: "decreasing", 0: "constant"}


def monotonicity(
    quantity: Quantity, name: sympy.Symbol | str, on: Region | Relation | None = None
) -> Monotonicity:
    """How a quantity runs along `name` over the region: a Monotonicity, proved.

    It rests on claims: that the quantity is defined and continuous along the whole interval of
    `name`, and the sign of its slope there; along a whole variable, the sign of its steps.
    "neither" means that the slope changes sign along the variable itself, and two points show it:
    ask `minimizer`.

    Raises NoMethod, with the reason, where neither a direction nor such points are shown, as where
    the quantity may have a pole or a jump.

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> from symrisk.symbols import p, snr, n1
    >>> monotonicity(shift.ssr_threshold, n1)
    Monotonicity(strictly decreasing in n1, proved)
    """
    name = letter_of(quantity, name)
    line = along(quantity, name, on)
    run, reason = shape(line)
    if run is not None and not run.depends_on_x and not run.is_settled and run.open is not None:
        return _conditional(line, run)
    return _direction(line, run, [] if reason is None else [reason])


def _direction(line, run, reasons):
    is_settled = run is not None and run.is_settled
    turned = None if is_settled else drawn_opposites(line)
    if turned is not None:
        return _neither(line, turned)
    signs = [run.sign.value] if is_settled else (1, -1, 0)
    for sign in signs:
        found, why = _running(line, run, sign)
        if found is not None:
            return found
        reasons.append(why)
    turned = None if is_settled else opposite_signs(line)
    if turned is None:
        raise NoMethod(
            f"how {line.title} runs along {line.x} is not shown: "
            f"{'; '.join(dict.fromkeys(reasons))}"
        )
    return _neither(line, turned)


def _neither(line, turned):
    """Neither direction, for two points, of what has a value all over the region."""
    defined = shown(line.claim(f"{line.title} has a value", line.expression, "==", line.expression))
    verdict = joined(f"{line.title} rises and falls along {line.x}", [defined, *turned])
    return Monotonicity(line.x, "neither", None, False, verdict)


def _running(line, run, sign, condition=None):
    """(the Monotonicity of that sign, None), strict where that is shown; or (None, why not)."""
    why = None
    for strict in (True, False) if sign else (False,):
        try:
            evidence = runs(line, run, sign, strict)
        except NoMethod as error:
            why = str(error)
            continue
        says = f"{line.title} is {'strictly ' if strict else ''}{DIRECTIONS[sign]} in {line.x}"
        return Monotonicity(
            line.x, DIRECTIONS[sign], condition, strict, joined(says, evidence)
        ), None
    return None, why


def _conditional(line, run):
    """Increasing where a coefficient has the slope's sign, and not increasing where it has not:
    both are shown.
    """
    condition = run.condition(run.sign.value)
    found, why = _running(line.where(condition), run, 1, condition)
    against, why_not = _running(line.where(condition.negated), run, -1)
    if found is None or against is None:
        raise NoMethod(
            f"{line.title} runs along {line.x} as {condition} says, which is not shown: "
            f"{why or why_not}"
        )
    says = f"{line.title} is increasing in {line.x} where {condition}, and not where it fails"
    both = joined(says, [found.verdict, against.verdict])
    return Monotonicity(line.x, "increasing", condition, found.strict, both)
