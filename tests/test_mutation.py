"""A claim that cannot fail is a defect: every mutant of a formula breaks a claim, and every claim breaks a mutant.

A mutant of a formula has one thing changed in its expression or in one definition of its `where`: the sign of a term, an
integer by one, an exponent by one, or one name for another of the same expression.  The mutant takes the formula's place
in every claim; it is killed when a claim is no longer proved: false at an exact point, or out of every method's reach.
A survivor that equals the formula on its region (by exact algebra) is no mutant.
"""

import dataclasses
import random
from functools import cache, lru_cache

import pytest
import sympy

from symrisk import catalogue
from symrisk.decide import prove
from symrisk.decide.methods.convex import convex
from symrisk.decide.methods.identity import identity
from symrisk.decide.methods.positive import positive
from symrisk.decide.methods.refute import exact_sign, points
from symrisk.decide.methods.sturm import sturm
from symrisk.decide.problem import Problem
from symrisk.decide.witnesses.laws import drawn, speaks_of_laws, value
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import ArgumentError, DomainError, NoMethod, NotConverged
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import Relation

METHODS = (identity, convex, positive, sturm)
POINTS, CELLS = 4, 16
STRIDE = 7
SAMPLE = 6
"""The default run takes every sixth mutant; `pytest -m slow` takes them all."""
ENTRIES = {entry.id: entry for entry in catalogue.entries()}
OVER_LAWS = {name for name, entry in ENTRIES.items()
             if any(getattr(s, "kind", None) == "law" for f in entry.theorem.formulas for s in f.graph.names)}
"""Theorems over laws, of which a mutant takes seconds to prove or not: all of theirs are among the slow tests."""
SORTED = [pytest.param(name, marks=pytest.mark.slow) if name in OVER_LAWS else name for name in ENTRIES]
MATHEMATICS = (DomainError, NoMethod)
"""A mutant may leave a claim without a point (DomainError) or without a method (NoMethod): both count as kills.  Where the
mutant lacks a name that a claim speaks of, the claim can't be stated (ArgumentError): that is no kill."""


def variants(expression):
    """Expressions with one thing changed, each once."""
    found = dict.fromkeys(_variants(expression, tuple(sorted(filter(_is_number, expression.free_symbols), key=str))))
    return [e for e in found if e != expression and not e.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I)]


def _is_number(letter):
    return getattr(letter, "kind", None) != "law"


def _variants(node, names):
    if isinstance(node, Mean):
        inner = tuple(sorted({*names, *node.variables}, key=str))
        yield from (Mean(changed, node.law) for changed in _variants(node.integrand, inner))
        return
    yield from _here(node, names)
    for position, argument in enumerate(node.args):
        for changed in _variants(argument, names):
            yield _rebuilt(node, position, changed)


def _rebuilt(node, position, argument):
    arguments = (*node.args[:position], argument, *node.args[position + 1:])
    return node.func(*arguments) if not any(a in (sympy.true, sympy.false) for a in arguments) or node.is_Piecewise else node


def _here(node, names):
    """What may be changed at this very node."""
    if node.is_Symbol:
        yield from (name for name in names if name != node)
    elif node.is_Integer:
        yield from (node + 1, node - 1)
    elif node.is_Add:
        for i, term in enumerate(node.args):
            others = node.func(*node.args[:i], *node.args[i + 1:])
            yield others - term
            yield from () if term.is_Number else (others + 2 * term, others)
    elif node.is_Mul:
        yield from (node * factor for factor in node.args if factor.is_Symbol)
    elif node.is_Pow and node.exp.is_Rational and not node.exp.is_Integer:
        yield from (node.base**(node.exp + 1), node.base**(node.exp - 1))


def mutants(formula, step=1):
    """(what was changed, mutated formula) for every `step`-th change of the expression and of each definition of its own.

    Malformed ones are left out.  Where a definition is another formula, that formula's mutants do for what it brings along.
    """
    borrowed = {g.symbol for entry in ENTRIES.values() for g in entry.theorem.formulas
                if g != formula and (g.symbol, g.expression) in formula.where}
    for place, body in _changes(formula, formula.graph.reached(borrowed)[1])[::step]:
        mutant = _with(formula, **({"expression": body} if place is None else {"where": {**dict(formula.where), place: body}}))
        if _is_well_formed(mutant, borrowed):
            yield f"{place or 'expression'} -> {body}", mutant


def _changes(formula, own):
    """(name of the definition changed, what it becomes), the name being None for the formula's expression itself."""
    changed = [(None, e) for e in variants(formula.expression)]
    for name, body in formula.where:
        if name in own and isinstance(body, sympy.Expr):
            changed += [(name, e) for e in variants(body)]
    return changed


def _with(formula, **changes):
    fields = {"expression": formula.expression, "where": dict(formula.where), "on": formula.on, **changes}
    return Formula(formula.symbol, fields["expression"], fields["where"], fields["on"], formula.accuracy)


def _is_well_formed(mutant, borrowed):
    """Whether it can be written down at all: no zero divisor, no definition in a circle."""
    try:
        return not mutant.graph.without(borrowed).expanded.has(sympy.zoo, sympy.nan)
    except (ArgumentError, ZeroDivisionError):
        return False


def is_equivalent(formula, mutant):
    """Whether the difference is zero on the region, by exact algebra."""
    try:
        return all(Problem(part).gap.is_zero() for part in Claim("the same", mutant, "==", formula).parts)
    except (*MATHEMATICS, ArgumentError):
        return False


def replaced(noun, old, new):
    """A noun with a formula replaced wherever it stands in it, also where another formula has written it out."""
    if noun == old:
        return new
    if isinstance(noun, tuple):
        return tuple(replaced(part, old, new) for part in noun)
    if isinstance(noun, Claim):
        left, right = (replaced(side, old, new) for side in noun.sides)
        return Claim(noun.says, left, noun.relation.rel, right, on=replaced(noun.on, old, new), iff=replaced(noun.iff, old, new),
                     roots=dict(noun.implicit))
    if isinstance(noun, Region):
        region = Region(*replaced(noun.hypotheses, old, new), over=noun.over)
        return region.charted(noun.chart) if noun.chart else region
    if isinstance(noun, Formula):
        return _with(noun, expression=_written_out(noun.expression, old, new), on=replaced(noun.on, old, new),
                     where={name: new.expanded if name == old.symbol else body for name, body in noun.where})
    if isinstance(noun, (Quantity, Relation)):
        return dataclasses.replace(noun, **{f.name: replaced(getattr(noun, f.name), old, new) for f in dataclasses.fields(noun)})
    return noun


def _written_out(expression, old, new):
    """A case of a definition by cases may be another formula, written out."""
    whole = old.expanded
    return expression.xreplace({whole: new.expanded}) if expression.has(sympy.Piecewise) and not whole.is_Symbol else expression


@cache
def mentions(noun, formula):
    """Whether a formula stands in a noun."""
    return replaced(noun, formula, _marked(formula)) != noun


@cache
def _marked(formula):
    return _with(formula, expression=formula.expression + sympy.Symbol("mark", real=True))


@cache
def points_of(claim):
    """A few exact points of a claim's region, in each of its cases: of many cells, some.  Over laws, (laws, point) pairs."""
    found = []
    for part in claim.parts:
        problem = Problem(part)
        if speaks_of_laws(problem):
            draw = random.Random(3)
            found += [drawn(draw, problem) for _ in range(POINTS * CELLS)]
            continue
        chosen = problem.cells[::1 + len(problem.cells) // CELLS]
        found += [point for cell in chosen for point in points(problem.space, cell, POINTS)]
    return found


def is_false_somewhere(claim, original):
    """Whether a claim about a mutant, or its equivalence, is exactly false at a point of the original that lies in its region.

    A limit has no value at a point; over laws the unknowns must solve the same equations.
    """
    try:
        if any(side.has(LimitOf) for side in claim.expanded):
            return False
        if any(root.sure for root in original.roots.values()) and claim.roots != original.roots:
            return False
        premises, relation, conditions = _slacks(claim)
        roots = {**claim.region.roots, **claim.roots}
        return any(_breaks(premises, relation, conditions, roots, point) for point in points_of(original))
    except (*MATHEMATICS, ArgumentError):
        return False


def _slacks(claim):
    """The claim's hypotheses, its relation and the conditions of its equivalence, each as (slack, relation)."""
    expanded = Relation(claim.expanded[0], claim.relation.rel, claim.expanded[1])
    return [(r.slack, r) for r in claim.region.premises], (expanded.slack, expanded), [(r.slack, r) for r in claim.iff]


def _breaks(premises, relation, conditions, roots, point):
    """A mutant may ask a case's condition of a name that is itself defined by cases (ITE): at the point that is settled."""
    laws, point = point if isinstance(point, tuple) else ({}, point)
    over_laws = laws or any(root.sure for root in roots.values())

    def holds(pair):
        slack, asked = pair
        sign = value(slack, point, laws) if over_laws else exact_sign(
            slack.xreplace(point) if slack.has(sympy.ITE) else slack, roots, point)
        return sign > 0 if asked.strict else sign >= 0 if asked.rel != "==" else sign == 0
    try:
        return all(map(holds, premises)) and holds(relation) != all(map(holds, conditions))
    except (*MATHEMATICS, NotConverged, ArithmeticError, KeyError):
        return False


def is_unproved(claim):
    """Whether a claim about a mutant is not proved (no witness is looked for)."""
    try:
        return prove(claim, methods=METHODS).status != "proved"
    except MATHEMATICS:
        return True
    except ArgumentError:
        return False


def killed_by(order, formula, mutant):
    """(the first claim that is false at a point, which is cheap to see; else the first that is not proved; else None), whether
    the mutant is one: it is not where it equals the formula."""
    broken = {}
    for claim in order:
        broken[claim] = replaced(claim, formula, mutant)
        if is_false_somewhere(broken[claim], claim):
            return claim, True
    if is_equivalent(formula, mutant):
        return None, False
    return next((claim for claim in order if is_unproved(broken[claim])), None), True


@lru_cache(maxsize=1)
def claims():
    """Every claim of the catalogue, the cheap ones first: equations, inequalities, equivalences, and what speaks of roots."""
    found = [claim for entry in ENTRIES.values() for claim in entry.theorem.claims]
    return sorted(found, key=lambda claim: (bool(claim.roots), len(claim.iff), claim.relation.rel != "==", len(str(claim.sides))))


@lru_cache(maxsize=1)
def steps():
    """The claims that derivation steps make."""
    return [step.claim for entry in ENTRIES.values() for derivation in entry.derivations for step in derivation.steps if step.claim]


@cache
def tried(identifier, step):
    """For every `step`-th mutant of a theorem's formulas, (formula, change, mutant, the first claim it breaks or None)."""
    rows = []
    for formula in ENTRIES[identifier].theorem.formulas:
        order = [claim for claim in claims() if mentions(claim, formula)] + [claim for claim in steps() if mentions(claim, formula)]
        for change, mutant in mutants(formula, step):
            killer, differs = killed_by(order, formula, mutant)
            if killer is not None:
                order.remove(killer)
                order.insert(0, killer)
            if differs:
                rows.append((formula, change, mutant, killer))
    return rows


@pytest.mark.parametrize("step", [SAMPLE, pytest.param(1, marks=pytest.mark.slow)], ids=["sample", "all"])
@pytest.mark.parametrize("identifier", SORTED)
def test_every_mutant_is_killed(identifier, step, record_property):
    "A mutant that no claim notices is a gap in the theorem's claims."
    rows = tried(identifier, step)
    survivors = [f"{formula.symbol}: {change}" for formula, change, _, killer in rows if killer is None]
    by_steps = sum(killer in steps() for *_, killer in rows)
    record_property("score", f"{identifier}: {len(rows) - len(survivors)} of {len(rows)} ({by_steps} by a derivation step)")
    assert not survivors


@pytest.mark.parametrize("identifier", SORTED)
def test_every_claim_kills_a_mutant(identifier):
    "A claim that no mutant breaks says nothing about the formulas."
    assert not [claim.says for claim in ENTRIES[identifier].theorem.claims if not kills(claim)]


def kills(claim):
    """Whether some mutant of a formula that a claim speaks of breaks it: at a point, else by being unproved."""
    formulas = [f for entry in ENTRIES.values() for f in entry.theorem.formulas if mentions(claim, f)]

    def mutated(step):
        return (replaced(claim, formula, mutant) for formula in formulas for _, mutant in mutants(formula, step))

    return any(any(is_false_somewhere(changed, claim) for changed in mutated(step)) or any(map(is_unproved, mutated(step)))
               for step in (STRIDE, 1))


def test_replacing_reaches_every_corner():
    "In sides, derivatives, arithmetic, hypotheses of regions, and formulas that have written it out."
    from symrisk.theorems.transfer import concept_shift as shift
    changed = _with(shift.target_risk, expression=2 * shift.target_risk.expression)
    saved = shift.target_risk - shift.pooled_risk
    assert replaced(saved, shift.target_risk, changed).expanded != saved.expanded
    assert replaced(shift.least_pooled_risk, shift.target_risk, changed).expanded != shift.least_pooled_risk.expanded
    twice = _with(shift.ssr_threshold, expression=2 * shift.ssr_threshold.expression)
    region = Region(shift.ssr_threshold >= 0)
    assert replaced(region, shift.ssr_threshold, twice).premises != region.premises
    assert replaced(shift.pooled_risk.diff(sympy.Symbol("n1")), shift.target_risk, changed) == shift.pooled_risk.diff(sympy.Symbol("n1"))
