"""What a derived answer rests on: claims, each decided by `prove`, and the verdict that joins
them.
"""

from dataclasses import dataclass
from itertools import chain

from symrisk.decide import prove
from symrisk.decide.found import methods
from symrisk.decide.methods.refute import refute
from symrisk.decide.verdict import Verdict
from symrisk.errors import DomainError, NoMethod


@dataclass(frozen=True)
class Conclusion:
    """A sentence that follows from claims (`parts`); as a claim does, it has what `recheck` asks
    for.
    """

    says: str
    parts: tuple
    when: None = None


def attempt(claim, ways=None):
    """The verdict on a claim; one over a region without a point is proved: it says nothing.

    ways: the methods that are asked; by default those that can prove, for where only a proof helps
    no witness is looked for.
    """
    if ways is None:
        ways = tuple(method for method in methods() if method is not refute)
    try:
        return prove(claim, ways)
    except DomainError:
        if claim.region.cells:
            raise
        return Verdict(
            claim, "proved", "empty case", {"method": "empty", "region": str(claim.region)}
        )


def holds(claim):
    """The verdict on a claim that is proved, else None."""
    verdict = attempt(claim)
    return verdict if verdict.status == "proved" else None


def shown(claim):
    """The verdict on a claim that is proved; NoMethod with the reason where it is not."""
    verdict = attempt(claim)
    if verdict.status != "proved":
        raise NoMethod(f"{claim.says}: this is not shown, {because(verdict)}")
    return verdict


def because(verdict):
    """Why a claim is not proved."""
    if verdict.status == "refuted":
        point = ", ".join(f"{name} = {value}" for name, value in verdict.witness.items())
        return f"it fails at {point}" if point else "it fails"
    return "; ".join(verdict.assumes) or "no method decides it"


def joined(says, verdicts, **more):
    """The verdict that a sentence is proved since each of the claims that give it is; `more` goes
    into its certificate.
    """
    methods = ", ".join(dict.fromkeys(v.by for v in verdicts if v.by))
    assumes = tuple(dict.fromkeys(chain.from_iterable(v.assumes for v in verdicts)))
    claims, entries = [], []
    for verdict in verdicts:
        # A claim that is decided part by part brings its parts.
        parts = verdict.certificate.get("parts")
        certificates = [verdict.certificate] if parts is None else [p["certificate"] for p in parts]
        spoken = [verdict.claim] if parts is None else verdict.claim.parts
        claims += spoken
        for claim, certificate in zip(spoken, certificates, strict=True):
            entries.append({"says": str(claim.on), "certificate": certificate})
    conclusion = Conclusion(says, tuple(claims))
    return Verdict(conclusion, "proved", methods, {"parts": entries, **more}, {}, assumes)
