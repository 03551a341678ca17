"""A claim that cannot fail is a defect: every mutant of a formula breaks a claim, and every claim breaks a mutant.

A mutant of a formula has one thing changed in its expression or in one definition of its `where`: the sign of a term, an
integer by one, an exponent by one, or one name for another of the same expression.  The mutant takes the formula's place
in every claim; it is killed when a claim is no longer proved: false at an exact point, or out of reach of what proves it of
the formula itself.  A survivor that equals the formula on its region (by exact algebra) is no mutant.

What alters and what catches is `symrisk.catalogue.mutants`; here only claims and derivation steps count, not numbers.
"""

from functools import cache

import pytest
import sympy

from symrisk import catalogue
from symrisk.catalogue.mutants.alteration import alterations
from symrisk.catalogue.mutants.by_claims import is_equivalent
from symrisk.catalogue.mutants.hunt import Hunt
from symrisk.catalogue.mutants.replaced import remade, replaced
from symrisk.catalogue.mutants.shard import by_turns, spread
from symrisk.language.region import Region

STRIDE = 7
SAMPLE = 50
"""Mutants of each theorem, from all over its formulas, that the default run takes; `pytest -m slow` takes them all."""
EVERY = 10**9
ENTRIES = {entry.id: entry for entry in catalogue.entries()}
HUNT = Hunt(ENTRIES.values())
OVER_LAWS = {name for name, entry in ENTRIES.items()
             if any(getattr(s, "kind", None) == "law" for f in entry.theorem.formulas for s in f.graph.names)}
"""Theorems over laws, of which a mutant takes seconds to prove or not: all of theirs are among the slow tests."""
SORTED = [pytest.param(name, marks=pytest.mark.slow) if name in OVER_LAWS else name for name in ENTRIES]


@cache
def changes_of(formula):
    return alterations(formula, HUNT.known)


def killed(alteration):
    """(what catches a mutant by proof or None, whether it is one): no change that can't be written down, or changes nothing."""
    if alteration.mutant is None:
        return None, False
    caught = HUNT.claims.at_a_point(alteration)
    if caught is None and is_equivalent(alteration):
        return None, False
    return caught or HUNT.claims.by_proof(alteration), True


@pytest.mark.parametrize("most", [SAMPLE, pytest.param(EVERY, marks=pytest.mark.slow)], ids=["sample", "all"])
@pytest.mark.parametrize("identifier", SORTED)
def test_every_mutant_is_killed(identifier, most, shard, record_property):
    "A mutant that no claim notices is a gap in the theorem's claims."
    changes = [each for formula in ENTRIES[identifier].theorem.formulas for each in changes_of(formula)]
    chosen = shard.of(spread(changes, most))
    rows = [(alteration.says, caught) for alteration in chosen for caught, differs in [killed(alteration)] if differs]
    survivors = [says for says, caught in rows if caught is None]
    by_steps = sum(caught is not None and caught.kind == "step" for _, caught in rows)
    record_property("score", f"{identifier}: {len(rows) - len(survivors)} of {len(rows)} ({by_steps} by a derivation step)")
    assert not survivors


@pytest.mark.parametrize("identifier", SORTED)
def test_every_claim_kills_a_mutant(identifier, shard):
    "A claim that no mutant breaks says nothing about the formulas."
    assert not [claim.says for claim in shard.of(ENTRIES[identifier].theorem.claims) if not kills(claim)]


def kills(claim):
    """Whether some mutant of a formula that a claim speaks of breaks it: at a point, else by being unproved."""
    formulas = [f for entry in ENTRIES.values() for f in entry.theorem.formulas if HUNT.claims.speaks_of(claim, f)]
    return any(HUNT.claims.catches_one(claim, by_turns(changes_of(formula)[::step] for formula in formulas))
               for step in (STRIDE, 1))


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
