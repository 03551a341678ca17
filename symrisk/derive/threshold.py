"""Where a quantity changes sign along one variable."""

from dataclasses import dataclass

import sympy

from symrisk.decide.verdict import Verdict
from symrisk.derive.along.letters import letter_of, written
from symrisk.derive.along.line import along
from symrisk.derive.along.profile import profile
from symrisk.derive.along.stationary import lies_between
from symrisk.derive.answer import Answer
from symrisk.derive.evidence import holds, joined, shown
from symrisk.derive.in_root import OPPOSITE, change_in_root
from symrisk.derive.tidy import tidy
from symrisk.engine.algebra.rational import coefficients_in
from symrisk.engine.expressions import tex
from symrisk.errors import NoMethod
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import Relation


@dataclass(frozen=True)
class Threshold(Answer):
    """The quantity is `above` 0 (">" or "<") where `name` exceeds `value`, and the opposite below.

    condition: a Relation that says when `value` lies inside the interval of `name` (None: always).
    otherwise: how the quantity stands to 0 where the condition fails: ">" or "<" where it keeps
    that sign, ">=" or "<=" where it may also be 0. verdict: the evidence, claims with their
    certificates.
    """

    name: sympy.Symbol
    value: sympy.Expr
    above: str
    condition: Relation | None
    otherwise: str | None
    verdict: Verdict

    def __repr__(self):
        when = (
            f" if {self._condition()}, else always {self.otherwise} 0"
            if self.condition is not None
            else ""
        )
        return (
            f"Threshold({self.name}={tex.text(self.value)}, above={self.above!r}, "
            f"{self.verdict.status}{when})"
        )

    def latex(self):
        return f"{tex.latex(self.name)} = {tex.latex(self.value)}{self._if_latex()}"


def threshold(
    quantity: Quantity, name: sympy.Symbol | str, on: Region | Relation | None = None
) -> Threshold:
    """The value of `name` at which a quantity changes sign: a Threshold, proved.

    Factors of known sign are taken out; what is left must be linear in `name`, or in the root that
    moves with it where `name` is a rational function of that.  Where the hypotheses leave open
    whether it changes sign at all, that is the condition.  It rests on claims: that the value lies
    inside the interval of `name`, the sign on either side of it, and, where the condition fails,
    the sign all along.

    Raises NoMethod where what is left is not linear, where the quantity has one sign, or where one
    of the claims is not shown.

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> from symrisk.symbols import snr
    >>> threshold(shift.ssr_threshold, snr)          # "snr" will do
    Threshold(snr=p**2/((p - n2)*(p - n1 - n2)), above='>', proved)
    """
    name = letter_of(quantity, name)
    line = along(quantity, name, on)
    return change_in_root(line, _change) or _change(line)


def _change(line):
    """The Threshold along a line, or NoMethod."""
    name = line.x
    run = profile(line, line.expression)
    if run.is_settled or not run.depends_on_x:
        raise NoMethod(f"{line.title} does not change sign along {name}")
    value = _zero(line, run)
    assumed = _changing(run, line)
    before = run.at_start(assumed) if run.rising else -run.at_start(assumed)
    above = "<" if before > 0 else ">"
    if run.open is None:
        return Threshold(
            name,
            value,
            above,
            None,
            None,
            joined(_says(line, value), _sides(line, run, value, above)),
        )
    condition = run.condition(assumed)
    otherwise, kept = _kept_sign(
        line.where(condition.negated), ">" if run.at_start(-assumed) > 0 else "<"
    )
    sides = _sides(line.where(condition), run, value, above)
    return Threshold(
        name, value, above, condition, otherwise, joined(_says(line, value), [*sides, kept])
    )


def _says(line, value):
    return f"{line.title} changes sign at {line.x} = {value}"


def _zero(line, run):
    parts = coefficients_in(run.core, run.space.field.index[line.x])
    if max(parts) != 1:
        raise NoMethod(
            f"what changes sign along {line.x} has degree {max(parts)}: "
            f"{written(run.space, run.core_expression)}"
        )
    slope, rest = (
        run.space.field.polynomial(parts[k]) if k in parts else sympy.Integer(0) for k in (1, 0)
    )
    return tidy(written(run.space, -rest / slope), line.interval.rest)


def _changing(run, line):
    """The sign of the open coefficient with which the core changes sign (0 where none is open)."""
    signs = (0,) if run.open is None else (1, -1)
    found = [s for s in signs if run.variations(s) == 1]
    if not found:
        raise NoMethod(f"{line.title} has one sign along {run.x}")
    return found[0]


def _kept_sign(line, rel):
    """(how the quantity stands to 0 all over the region, the verdict on it): strictly where that is
    shown.
    """
    says = f"{line.title} does not change sign where the condition fails"
    strict = holds(line.claim(says, line.expression, rel, 0))
    if strict is not None:
        return rel, strict
    return f"{rel}=", shown(line.claim(says, line.expression, f"{rel}=", 0))


def _sides(line, run, value, above):
    """Verdicts that the value lies inside and that the quantity has one sign beyond it and the
    opposite one below.

    Where a factor of the rest may vanish, not the wrong sign on either side.
    """
    inside = lies_between(line, value)
    if inside is None:
        raise NoMethod(f"{line.x} = {value} is not shown to lie inside the interval of {line.x}")
    weak = "" if run.sign.strict else "="
    verdicts = []
    for side, rel in ((">", above), ("<", OPPOSITE[above])):
        there = line.where(Relation(line.x, side, value)).region
        says = f"{line.title} is {rel}{weak} 0 where {line.x} {side} {value}"
        verdicts.append(shown(line.claim(says, line.expression, f"{rel}{weak}", 0, on=there)))
    at_value = line.claim(
        f"{line.title} vanishes at {value}", line.value_at(value), "==", 0, on=line.interval.rest
    )
    return [*inside, *verdicts, shown(at_value)]
