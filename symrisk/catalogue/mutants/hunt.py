"""Altering the formulas of theorems, one change at a time, and what catches each."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symrisk.catalogue.checks.result import PROBLEM
from symrisk.catalogue.checks.rows import why
from symrisk.catalogue.discovery.entry import Entry
from symrisk.catalogue.discovery.imports import importing
from symrisk.catalogue.mutants.alteration import Alteration, alterations
from symrisk.catalogue.mutants.by_claims import ByClaims, is_equivalent
from symrisk.catalogue.mutants.by_numbers import ByNumbers
from symrisk.catalogue.mutants.caught import Caught
from symrisk.catalogue.mutants.shard import by_turns
from symrisk.language.claim import Claim

CAUGHT, SURVIVED = "caught", "survived"


@dataclass(frozen=True)
class Tried:
    """What became of one altered formula of a theorem.

    caught: what noticed it; None where nothing did.  fault: why that could not be found out.
    """

    id: str
    alteration: Alteration
    caught: Caught | None = None
    seconds: float = 0.0
    fault: str = ""

    @property
    def status(self) -> str:
        """caught, survived or error."""
        if self.fault:
            return PROBLEM
        return SURVIVED if self.caught is None else CAUGHT

    def to_dict(self) -> dict:
        """The plain-data form that `symrisk check --mutants --json` prints."""
        return {
            "id": self.id,
            "claim": self.caught.says if self.caught else "",
            "status": self.status,
            "by": f"{self.caught.kind}, {self.caught.how}" if self.caught else self.fault,
            "seconds": round(self.seconds, 4),
            "kind": "mutant",
            "mutant": self.alteration.says,
        }


class Hunt:
    """The theorems of a survey, and all of theirs that may catch an altered formula.

    >>> from symrisk import catalogue
    >>> hunt = Hunt(catalogue.entries("symrisk.theorems.collapse"))
    >>> entry, alteration = hunt.alterations()[0]
    >>> hunt.tried(entry, alteration).to_dict()["by"]
    'claim, false at a point'
    """

    def __init__(self, entries: Iterable[Entry]):
        self.entries = tuple(entries)
        self.known = _formulas(self.entries)
        self.claims = ByClaims(_claims(self.entries))
        self.numbers = ByNumbers(self.entries)

    def alterations(self) -> list[tuple[Entry, Alteration]]:
        """Every change of every formula, with its entry, in the catalogue's order; a formula that
        several theorems have is the first one's.
        """
        seen, found = set(), []
        for entry in self.entries:
            for formula in entry.theorem.formulas:
                if formula not in seen:
                    seen.add(formula)
                    found += [(entry, each) for each in alterations(formula, self.known)]
        return found

    def idle(self, caught: Iterable[str]) -> list[Claim]:
        """Claims that no change of a formula breaks, and that say nothing of the formulas then.

        caught: sentences of claims that are known to have caught something.
        """
        by_formula = {}
        for _, alteration in self.alterations():
            by_formula.setdefault(alteration.formula, []).append(alteration)
        found, known = [], set(caught)
        for claim, kind in self.claims.kinds.items():
            if kind != "claim" or claim.says in known or not self.claims.is_proved(claim):
                continue
            about = [each for each in by_formula if self.claims.speaks_of(claim, each)]
            # a claim may notice any change of one formula and none of another
            altered = by_turns(by_formula[formula] for formula in about)
            if not self.claims.catches_one(claim, altered):
                found.append(claim)
        return found

    def tried(self, entry: Entry, alteration: Alteration) -> Tried | None:
        """What became of a change; None where it can't be written down, or changes nothing.

        Whatever looking for it raises is said, and hides no other.
        """
        start = time.perf_counter()
        try:
            with importing(entry.place):
                if alteration.mutant is None:
                    return None
                caught = self.claims.at_a_point(alteration)
                if caught is None and is_equivalent(alteration):
                    return None
                caught = caught or self.claims.by_proof(alteration)
                caught = caught or self.numbers.caught(alteration)
        except (Exception, SystemExit) as error:
            # no bound on what an author's own functions may raise
            return Tried(entry.id, alteration, None, time.perf_counter() - start, why(error))
        return Tried(entry.id, alteration, caught, time.perf_counter() - start)


def _formulas(entries):
    """The formulas of theorems, and of those that they use."""
    waiting, found = [entry.theorem for entry in entries], {}
    while waiting:
        theorem = waiting.pop()
        if id(theorem) not in found:
            found[id(theorem)] = theorem
            waiting += theorem.uses
    return [formula for theorem in found.values() for formula in theorem.formulas]


def _claims(entries) -> Iterator[tuple[str, Claim]]:
    """(kind, claim): the cheap ones first, equations, inequalities, equivalences, and what speaks
    of roots; then what is right in place of an erratum, then steps.
    """
    claims, errata, steps = [], [], []
    for entry in entries:
        claims += entry.theorem.claims
        errata += [erratum.right for erratum in entry.theorem.errata]
        for chain in entry.derivations:
            steps += [step.claim for step in chain.steps if step.claim is not None]
    yield from (("claim", claim) for claim in sorted(claims, key=_cost))
    yield from (("erratum", claim) for claim in errata)
    yield from (("step", claim) for claim in steps)


def _cost(claim):
    is_equation = claim.relation.rel == "=="
    return bool(claim.roots), len(claim.iff), not is_equation, len(str(claim.sides))
