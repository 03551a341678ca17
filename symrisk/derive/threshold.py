"""Where a quantity changes sign along one variable."""

from dataclasses import dataclass

import sympy

from symrisk.claim import Claim
from symrisk.decide import prove
from symrisk.decide.verdict import Verdict
from symrisk.derive.profile import profile
from symrisk.engine import tex
from symrisk.engine.rational import coefficients_in
from symrisk.errors import NoMethod
from symrisk.relation import Relation

OPPOSITE = {">": "<", "<": ">"}


@dataclass(frozen=True)
class Threshold:
    """The quantity is `above` 0 (">" or "<") where `name` exceeds `value`, and the opposite below.

    condition: a Relation that says when `value` lies within the region (None: always).  otherwise: the sign (">" or "<")
    that the quantity keeps where the condition fails.  verdict: the evidence.
    """

    name: sympy.Symbol
    value: sympy.Expr
    above: str
    condition: Relation | None
    otherwise: str | None
    verdict: Verdict

    def __repr__(self):
        when = f" if {self.condition}, else always {self.otherwise} 0" if self.condition is not None else ""
        return f"Threshold({self.name}={tex.text(self.value)}, above={self.above!r}, {self.verdict.status}{when})"

    def latex(self):
        when = f" \\quad\\text{{if }} {self.condition.latex()}" if self.condition is not None else ""
        return f"{tex.latex(self.name)} = {tex.latex(self.value)}{when}"

    def _repr_latex_(self):
        return tex.display(self.latex())


def threshold(quantity, name, on=None):
    """The value of `name` at which a quantity changes sign: a Threshold, proved.

    Factors of known sign are taken out; what is left must be linear in `name`.  Where the hypotheses leave open whether
    it changes sign at all, that is the condition.

    Raises NoMethod where what is left is not linear, or where the quantity has one sign.

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> from symrisk.symbols import snr
    >>> threshold(shift.ssr_threshold, snr)
    Threshold(snr=p**2/((p - n2)*(p - n1 - n2)), above='>', proved)
    """
    region = quantity.region if on is None else quantity.region & on
    run = profile(region, quantity.expanded, name, quantity.roots)
    if run.is_settled or not run.depends_on_x:
        raise NoMethod(f"{quantity.title} does not change sign along {name}")
    value = _zero(run, name)
    assumed = _changing(run, quantity)
    before = run.at_start(assumed) if run.rising else -run.at_start(assumed)
    above = "<" if before > 0 else ">"
    condition = run.condition(assumed) if run.open is not None else None
    verdict = _verdict(quantity, run, region if condition is None else region & condition, Relation(name, ">=", value), above)
    return Threshold(name, value, above, condition, _kept_sign(run, assumed), verdict)


def _zero(run, name):
    parts = coefficients_in(run.core, run.space.field.index[name])
    if max(parts) != 1:
        raise NoMethod(f"what changes sign along {name} has degree {max(parts)}: {run.core_expression}")
    slope, rest = (run.space.field.polynomial(parts[k]) if k in parts else sympy.Integer(0) for k in (1, 0))
    return sympy.factor(-rest / slope)


def _changing(run, quantity):
    """The sign of the open coefficient with which the core changes sign (0 where none is open)."""
    signs = (0,) if run.open is None else (1, -1)
    found = [s for s in signs if run.variations(s) == 1]
    if not found:
        raise NoMethod(f"{quantity.title} has one sign along {run.x}")
    return found[0]


def _kept_sign(run, assumed):
    return None if run.open is None else ">" if run.at_start(-assumed) > 0 else "<"


def _verdict(quantity, run, where, beyond, above):
    """Exactly beyond the threshold, or, where a factor of the rest may vanish, not the wrong sign on either side."""
    says = f"{quantity.title} changes sign at {beyond.lhs} = {beyond.rhs}"
    if run.sign.strict:
        return prove(Claim(says, quantity, f"{above}=", 0, on=where, iff=(beyond,)))
    sides = ((f"{above}=", beyond), (f"{OPPOSITE[above]}=", beyond.negated))
    verdicts = [prove(Claim(f"{says}, {side}", quantity, rel, 0, on=where & side)) for rel, side in sides]
    return next((v for v in verdicts if v.status != "proved"), verdicts[0])
