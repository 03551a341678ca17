"""What is known to catch each altered formula, so that it is asked first.

A hint, never an answer: `caught.json` says which claim caught which mutant when it was written, and
the mutation test sees for itself whether it still does; where it does not, all claims are asked.

`python tests/caught.py` writes it anew: after formulas or claims changed, when the test has become
slow.  It takes minutes.
"""

import json
from functools import cache
from pathlib import Path

import sympy

from symrisk import catalogue
from symrisk.catalogue.mutants.alteration import alterations
from symrisk.catalogue.mutants.by_claims import NOT_PROVED, is_equivalent
from symrisk.catalogue.mutants.caught import Caught
from symrisk.catalogue.mutants.hunt import Hunt
from symrisk.catalogue.mutants.shard import by_turns, spread

FILE = Path(__file__).parent / "caught.json"
SAME = "equals the formula"
STRIDE = 7
SAMPLE = 50
"""Mutants of each theorem, from all over its formulas, that the default run takes; `pytest -m slow` takes them all."""


class Memory:
    """What catches the mutants of theorems, and which mutant each claim catches.

    known: {theorem: {"mutants": {mutant: [claim, how]}, "claims": {claim: [mutant, how]}}}, where a mutant is a formula and
    the number of its change, and `how` is the point at which the claim is false of it, or that it is no longer proved; a
    mutant that is none equals the formula.  unproved: sentences of claims that are not proved, which catch nothing.
    """

    def __init__(self, hunt, entries, known, unproved=()):
        self.hunt, self.entries, self.known = hunt, entries, known
        self.saying = {}
        for claim in hunt.claims.kinds:
            if claim.says not in unproved:
                self.saying.setdefault(claim.says, []).append(claim)
        self.formulas = {}
        for entry in entries.values():
            for formula in entry.theorem.formulas:
                self.formulas[f"{entry.id}.{formula.symbol.name}"] = formula
        self.changes_of = cache(lambda formula: alterations(formula, hunt.known))

    @classmethod
    def read(cls, hunt, entries, unproved):
        """What the file says."""
        return cls(hunt, entries, json.loads(FILE.read_text(encoding="utf-8")), unproved)

    def told(self, identifier, what, key):
        """What is remembered of a mutant or a claim: a pair, of None where nothing is."""
        return self.known.get(identifier, {}).get(what, {}).get(key, (None, None))

    def changes_in(self, identifier):
        """{mutant: alteration} of a theorem's formulas."""
        found = {}
        for formula in self.entries[identifier].theorem.formulas:
            found |= self.numbered(f"{identifier}.{formula.symbol.name}")
        return found

    def numbered(self, name, step=1):
        """{mutant: alteration} of a formula, every so many of them."""
        changes = self.changes_of(self.formulas[name])
        return {f"{name} {number}": changes[number] for number in range(0, len(changes), step)}

    def killed(self, identifier, mutant, alteration):
        """(what catches a mutant by proof or None, whether it is one): no change that can't be written down, or that
        changes nothing.
        """
        if alteration.mutant is None:
            return None, False
        says, how = self.told(identifier, "mutants", mutant)
        if how == SAME and is_equivalent(alteration):
            return None, False
        for claim in self.saying.get(says, ()):
            if self.is_caught(claim, alteration, how):
                return Caught(self.hunt.claims.kinds[claim], str(how), says), True
        caught = self.hunt.claims.at_a_point(alteration)
        if caught is None and is_equivalent(alteration):
            return None, False
        return caught or self.hunt.claims.by_proof(alteration), True

    def broken(self, identifier, claim):
        """(mutant, alteration) that a claim catches; None where there is none."""
        mutant, how = self.told(identifier, "claims", claim.says)
        known = self.numbered(mutant.split()[0]).get(mutant) if mutant else None
        if known is not None and known.mutant is not None and self.is_caught(claim, known, how):
            return mutant, known
        spoken = [name for name, f in self.formulas.items() if self.hunt.claims.speaks_of(claim, f)]
        for step in (STRIDE, 1):
            altered = by_turns(list(self.numbered(name, step).items()) for name in spoken)
            altered = [pair for pair in altered if pair[1].mutant is not None]
            for breaks in (self.hunt.claims.is_false_of, self.hunt.claims.is_unproved_of):
                for mutant, alteration in altered:
                    if breaks(claim, alteration):
                        return mutant, alteration
        return None

    def is_caught(self, claim, alteration, how):
        """Whether a claim catches a mutant in the way that is remembered: that it is proved of the formulas as they are,
        where it is not among the unproved, another test holds.
        """
        if how == NOT_PROVED:
            return self.hunt.claims.is_unproved_of(claim, alteration)
        return self.hunt.claims.is_false_at(claim, alteration, {name: sympy.Rational(value) for name, value in how.items()})

    def way(self, claim, alteration):
        """How a claim catches a mutant, to be remembered."""
        point = self.hunt.claims.witness(claim, alteration)
        if not isinstance(point, dict):
            return NOT_PROVED
        named = {str(symbol): str(value) for symbol, value in point.items()}
        return named if self.is_caught(claim, alteration, named) else NOT_PROVED


def remembered(memory, identifier):
    """What there is to remember of a theorem, found by looking."""
    mutants, claims = {}, {}
    for mutant, alteration in spread(list(memory.changes_in(identifier).items()), SAMPLE):
        caught, differs = memory.killed(identifier, mutant, alteration)
        if caught is not None:
            ways = [memory.way(claim, alteration) for claim in memory.saying[caught.says]]
            points = [way for way in ways if way != NOT_PROVED]
            mutants[mutant] = [caught.says, *(points or ways)[:1]]
        elif not differs and alteration.mutant is not None:
            mutants[mutant] = [SAME, SAME]
    for claim in memory.entries[identifier].theorem.claims:
        broken = memory.broken(identifier, claim)
        if broken is not None:
            claims[claim.says] = [broken[0], memory.way(claim, broken[1])]
    return {"mutants": mutants, "claims": claims}


def is_over_laws(entry):
    """Whether a formula of a theorem holds a law: its mutants are among the slow tests."""
    names = [symbol for formula in entry.theorem.formulas for symbol in formula.graph.names]
    return any(getattr(symbol, "kind", None) == "law" for symbol in names)


def main():
    """Write the file, a line each."""
    entries = {entry.id: entry for entry in catalogue.entries()}
    memory = Memory(Hunt(entries.values()), entries, {})
    found = {name: remembered(memory, name) for name, entry in entries.items() if not is_over_laws(entry)}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    FILE.write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
