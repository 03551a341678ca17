"""A claim that cannot fail is a defect: every mutant of a formula breaks a claim, and every claim breaks a mutant.

A mutant of a formula has one thing changed in its expression or in one definition of its `where`: the sign of a term, an
integer by one, an exponent by one, or one name for another of the same expression.  The mutant takes the formula's place
in every claim; it is killed when a claim is no longer proved: false at an exact point, or out of reach of what proves it of
the formula itself.  A survivor that equals the formula on its region (by exact algebra) is no mutant.

What alters and what catches is `symrisk.catalogue.mutants`; here only claims and derivation steps count, not numbers.
What caught a mutant when `caught.json` was written is asked first; where it no longer does, all claims are.
"""

from pathlib import Path

import pytest
import sympy
from caught import SAMPLE, Memory, is_over_laws

from symrisk import catalogue
from symrisk.catalogue.mutants.hunt import Hunt
from symrisk.catalogue.mutants.replaced import remade, replaced
from symrisk.catalogue.mutants.shard import spread
from symrisk.language.region import Region

ENTRIES = {entry.id: entry for entry in catalogue.entries()}
HUNT = Hunt(ENTRIES.values())
UNDECIDED = (Path(__file__).parent / "undecided.txt").read_text(encoding="utf-8").split("\n")
MEMORY = Memory.read(HUNT, ENTRIES, {line.partition("\t")[2] for line in UNDECIDED})
EVERY = 10**9
# Over laws a mutant takes seconds to prove or not.
SORTED = [pytest.param(name, marks=pytest.mark.slow) if is_over_laws(entry) else name for name, entry in ENTRIES.items()]


@pytest.mark.parametrize("most", [SAMPLE, pytest.param(EVERY, marks=pytest.mark.slow)], ids=["sample", "all"])
@pytest.mark.parametrize("identifier", SORTED)
def test_every_mutant_is_killed(identifier, most, shard, record_property):
    "A mutant that no claim notices is a gap in the theorem's claims."
    rows = []
    for mutant, alteration in shard.of(spread(list(MEMORY.changes_in(identifier).items()), most)):
        caught, differs = MEMORY.killed(identifier, mutant, alteration)
        if differs:
            rows.append((alteration.says, caught))
    survivors = [says for says, caught in rows if caught is None]
    by_steps = sum(caught is not None and caught.kind == "step" for _, caught in rows)
    record_property("score", f"{identifier}: {len(rows) - len(survivors)} of {len(rows)} ({by_steps} by a derivation step)")
    assert not survivors


@pytest.mark.parametrize("identifier", SORTED)
def test_every_claim_kills_a_mutant(identifier, shard):
    "A claim that no mutant breaks says nothing about the formulas."
    assert not [claim.says for claim in shard.of(ENTRIES[identifier].theorem.claims) if MEMORY.broken(identifier, claim) is None]


def test_what_is_remembered_is_no_answer(monkeypatch):
    "Where what is remembered does not catch a mutant, and looking finds nothing, it survives."
    for name in ("is_false_at", "is_unproved_of", "is_false_of"):
        monkeypatch.setattr(HUNT.claims, name, lambda *_: False)
    mutant, alteration = next(iter(MEMORY.changes_in("collapse.mixing").items()))
    claim = ENTRIES["collapse.mixing"].theorem.claims[0]
    assert MEMORY.told("collapse.mixing", "mutants", mutant)[0] and MEMORY.told("collapse.mixing", "claims", claim.says)[0]
    assert MEMORY.killed("collapse.mixing", mutant, alteration) == (None, True)
    assert MEMORY.broken("collapse.mixing", claim) is None


def test_replacing_reaches_every_corner():
    "In sides, derivatives, arithmetic, hypotheses of regions, and formulas that have written it out."
    from symrisk.theorems.transfer import concept_shift as shift
    changed = remade(shift.target_risk, expression=2 * shift.target_risk.expression)
    saved = shift.target_risk - shift.pooled_risk
    assert replaced(saved, shift.target_risk, changed).expanded != saved.expanded
    assert replaced(shift.least_pooled_risk, shift.target_risk, changed).expanded != shift.least_pooled_risk.expanded
    twice = remade(shift.ssr_threshold, expression=2 * shift.ssr_threshold.expression)
    region = Region(shift.ssr_threshold >= 0)
    assert replaced(region, shift.ssr_threshold, twice).premises != region.premises
    assert replaced(shift.pooled_risk.diff(sympy.Symbol("n1")), shift.target_risk, changed) == shift.pooled_risk.diff(sympy.Symbol("n1"))
