"""Verdicts: what was decided about a claim, and the evidence."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import sympy

from symrisk.decide.in_markdown import markdown
from symrisk.decide.legend import legend
from symrisk.decide.read import explained
from symrisk.engine.balls.ball import Ball
from symrisk.errors import NotProved
from symrisk.language.claim import Claim

Status: TypeAlias = Literal["proved", "refuted", "undecided"]
STATUSES = get_args(Status)
EMPTY = "empty case"
"""What proves a claim of which no point is left: the cases of a claim may be so, a claim may
not.
"""
REFUTE = "refute"
"""The method that looks for a point where a claim fails: the point itself is all that it says."""
NO_WHOLE = "no witness in whole numbers was found"
DECIMALS, LONGEST = 10, 24
"""How a side's value is written at a witness: longer numbers than LONGEST characters as
decimals.
"""


@dataclass(frozen=True, repr=False)
class Verdict:
    """The answer of `prove`.

    status: "proved", "refuted" or "undecided".  by: the method.  certificate: plain data (dicts,
    lists, strings, ints) from which `recheck` confirms the proof by another route.  witness: where
    a refuted claim fails, exactly: symbol -> rational, or an irrational zero of a polynomial where
    it fails at such points only.  values: the two sides there, left and right, each a Rational or a
    Ball that holds it.  assumes: what beyond the region the verdict rests on; for one that is
    undecided, why; for one that is refuted, what is to be known of the witness.

    Has no truth value: compare `.status`, or call `.require()`.

    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import w
    >>> verdict = prove(Claim("a weight is at most one half", w, "<=", "1/2", on=Region(w <= 1)))
    >>> verdict
    Verdict(refuted by sign_table at w = 2/3, where 2/3 <= 1/2 is false: a weight is at most one half)
    >>> verdict.values
    (2/3, 1/2)
    >>> prove(Claim("a weight is at most one", w, "<=", 1, on=Region(w <= 1))).require().by
    'positive'
    """  # noqa: E501

    claim: Claim
    status: Status
    by: str = ""
    certificate: dict[str, object] = field(default_factory=dict, compare=False)
    witness: dict[sympy.Symbol, sympy.Expr] = field(default_factory=dict, compare=False)
    assumes: tuple[str, ...] = ()
    values: tuple[sympy.Rational | Ball, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        raise TypeError("a verdict has three values: compare .status, or call .require()")

    def __repr__(self):
        says = f": {self.claim.says}" if self.claim is not None else ""
        return f"Verdict({self._told()}{self._where()}{says})"

    def _told(self):
        """The status and the method: a point that was looked for and found needs no method."""
        return f"{self.status} by {self.by}" if self.by not in ("", REFUTE) else self.status

    def _tended(self):
        """What was decided of an asymptotic equality, in words."""
        does = "tends" if self.status == "proved" else "does not tend"
        left, right = self.claim.relation.compared
        approach = self.claim.relation.approach
        return f"\n  ({left.title})/({right.title}) {does} to 1 as {approach}"

    def require(self) -> "Verdict":
        """This verdict if it is `proved`; NotProved, with the witness, if not."""
        if self.status != "proved":
            why = f": {'; '.join(self.assumes)}" if self.assumes else ""
            raise NotProved(f"{self.claim.says}: {self.status}{self._where()}{why}")
        return self

    def _where(self):
        """The witness, and what the claim says there."""
        if not self.witness:
            return ""
        point = ", ".join(f"{name} = {value}" for name, value in self.witness.items())
        return f" at {point}{self.said}"

    @property
    def said(self) -> str:
        """The relation between the sides' values at the witness: false, or true where an
        equivalence says that it is not.
        """
        if not self.values:
            return ""
        rel = self.claim.relation.rel
        left, right = map(brief, self.values)
        is_true = self.claim.iff and _compares(*self.values, rel)
        return f", where {left} {rel} {right} is {'true' if is_true else 'false'}"

    def __str__(self):
        head = f"{self.claim.says}: {self._told()}{self._where()}"
        if self.claim.when is not None and self.status != "undecided":
            head = f"{head}{self._tended()}"
        if self.status != "proved":
            return "\n".join(
                [head, *(f"  {reason}" for reason in self.assumes), *explained(self.certificate)]
            )
        printed = _rested_on(self.certificate)
        rests_on = [f"  rests on: {reason}" for reason in self.assumes if reason not in printed]
        letters = dict.fromkeys(legend(self.claim, self.certificate)) if self.certificate else ()
        return "\n".join([head, *explained(self.certificate), *letters, *rests_on])

    def _repr_markdown_(self):
        return markdown(self)

    def to_dict(self) -> dict[str, object]:
        """Plain data, ready for JSON."""
        return {
            "claim": self.claim.says,
            "status": self.status,
            "by": self.by,
            "certificate": self.certificate,
            "witness": {str(name): str(value) for name, value in self.witness.items()},
            "values": [str(value) for value in self.values],
            "assumes": list(self.assumes),
        }


def _rested_on(certificate):
    """What a certificate says that it rests on, its parts among it."""
    found = list(certificate.get("rests_on", ()))
    for part in certificate.get("parts", ()):
        found += _rested_on(part["certificate"])
    return found


def _compares(left, right, rel):
    """Whether two values, or the middles of what encloses them, are related so."""
    left, right = (
        Fraction(v.mid) if isinstance(v, Ball) else Fraction(v.p, v.q) for v in (left, right)
    )
    return {
        "<": left < right,
        "<=": left <= right,
        "==": left == right,
        ">=": left >= right,
        ">": left > right,
    }[rel]


def brief(value):
    """A side's value as text: exactly where that is short, else as a decimal of so many digits."""
    if isinstance(value, Ball):
        return (
            f"~{value.mid:.{DECIMALS}g}"
            if value.radius < abs(value.mid)
            else f"~0, to {value.radius:.0e}"
        )
    exact = str(value)
    return exact if len(exact) <= LONGEST else f"~{sympy.N(value, DECIMALS)}"
