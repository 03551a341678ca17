"""Sides: whatever an author writes on a side of a relation, what comes after speaks of one kind."""

import pickle
from fractions import Fraction

import pytest
import sympy
from sympy import Rational, sqrt

from symrisk import Claim, Formula, Implicit, Mean, Region, prove
from symrisk.errors import ArgumentError, DomainError
from symrisk.language.expression import Expression, as_side
from symrisk.language.made import Constant
from symrisk.language.relation import FLIPPED, Relation
from symrisk.language.side import Side
from symrisk.laws.law import Atoms
from symrisk.symbols import H, n1, p, ssr, symbol, tau
from symrisk.theorems.transfer import concept_shift as shift

x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
z = symbol("z", "z", "a root", positive=True)
root = Formula(
    symbol("root", "r", "a root"), z, where={**Implicit.root(z, z**2 - x)}, on=Region(x < 4)
)


@pytest.mark.parametrize("written", [x, 3, Fraction(1, 2), "1/2", x + y, sympy.pi, root, root - y])
def test_every_side_is_one_kind(written):
    "An expression, a number, a decimal string, a formula: each answers what is asked of a side."
    relation = Relation(written, "<", y)
    side = relation.compared[0]
    assert isinstance(side, Side) and side is relation.compared[0] and relation.lhs is written
    answers = side.graph, side.expanded, side.roots, side.demands_beside({}), side.title
    assert all(answer is not None for answer in answers) and side.head_latex() in relation.latex()
    assert repr(relation) == f"{side.title} < y"


def test_a_formula_is_its_own_side():
    "It is not wrapped; an expression is, and stands beside it with nothing of its own."
    left, right = Relation(root, "<", x + 1).compared
    assert left is root and isinstance(right, Expression)
    assert (left.bare, right.bare, right.assumed, right.roots) == ((), (x + 1,), (), {})
    assert [str(relation) for relation in left.assumed] == ["x < 4"]


@pytest.mark.parametrize(
    "side", [0.5, "x + y", "__import__('os')", None, object(), sympy.I, sympy.zoo]
)
def test_what_is_no_side_is_refused_on_the_way_in(side):
    "A float, a text that is no number, nothing at all: a text is never worked out."
    with pytest.raises(ArgumentError):
        Relation(x, "<", side)


def test_relations_regions_and_claims_keep_as_keys():
    "Equal by what was written, before and after they were worked with and pickled."
    def made():
        region = Region(root < 1, x < y, ssr < shift.ssr_threshold)
        return Relation(root, "<", 0), region, Claim("a root is small", root, "<", y, on=region)

    for fresh, worked_with in zip(made(), made(), strict=True):
        assert worked_with.roots is not None
        copy = pickle.loads(pickle.dumps(worked_with))
        assert copy == worked_with == fresh and len({copy, worked_with, fresh}) == 1
        assert repr(copy) == repr(fresh)
    assert Relation(x, "<", 0) == Relation(x, "<", sympy.Integer(0))


def test_what_is_done_to_names_is_done_to_expressions():
    "A formula speaks of its own names and stays, unless formulas are to change too."
    relation = Relation(root, "<", x + y)
    doubled = relation.changed(lambda side: side.subs(x, 2 * x))
    assert doubled.lhs is root and doubled.rhs == 2 * x + y
    moved = relation.changed(lambda side: side, lambda formula: formula.at({x: 1}))
    assert moved.lhs.digits(5) == 1 and moved.rhs == x + y
    assert relation.changed(lambda side: side) is relation


def test_an_expression_asks_for_the_names_it_speaks_of():
    "The root that it names must be there; a formula says so itself, of its own root."
    other = Implicit.root(z, z**2 + x)
    (existing,) = as_side(z).demands_beside(dict(other))
    assert existing.base == z and existing.root == other[z]
    assert as_side(z).demands_beside({}) == ()
    assert root.demands_beside(dict(other)) == root.demands
    assert prove(Claim("a root is positive", root, ">", 0)).status == "proved"
    absent = Claim("no root is positive", z, ">", 0, on=Region(over=(x,)), roots=dict(other))
    assert prove(absent).status != "proved"


def test_a_constant_on_a_side_is_the_expression_it_holds():
    "What is renamed or put in beside it is so in it too."
    relation = Relation(Constant(x + 1), "<", y)
    assert relation.compared[0].bare == (x + 1,)
    assert relation.changed(lambda side: side.subs(x, 2)).lhs == 3


def test_an_expression_brings_the_hypotheses_of_its_laws_to_a_claim():
    "A weight that is a letter is a share."
    mean = Mean(tau, Atoms({1: x, 4: 1 - x}))
    claim = Claim("a mean is between its atoms", mean, "<=", 4, on=Region(over=(x,)))
    assert prove(claim).status == "proved"
    assert any("1 - x" in str(premise) for premise in claim.region.premises)


@pytest.mark.parametrize("rel", FLIPPED)
def test_a_relation_against_zero(rel):
    "One expression, and no formula left whose region comes along."
    relation = Relation(root, rel, sqrt(y))
    alone = relation.written_out()
    assert (alone.lhs, alone.rel, alone.rhs) == (relation.slack, relation.slack_rel, 0)
    assert alone.slack == relation.slack and alone.strict == relation.strict
    assert all(side.assumed == () for side in alone.compared)


def test_a_value_is_put_into_a_formula_of_a_hypothesis():
    "At p = 600 the threshold in the hypothesis is the one at p = 600."
    threshold = Formula(symbol("threshold", "t", "a threshold"), n1 / p, on=Region(n1 < p))
    below = Formula(symbol("below", "f", "below it"), n1 + p + ssr, on=Region(ssr < threshold))
    at_600 = below.at({p: 600})
    assert at_600(n1=3, ssr=0.002) == 603.002
    slacks = {premise.slack for premise in at_600.region.premises}
    assert slacks == {n1 / 600 - ssr, 600 - n1}
    (kept,) = below.at({ssr: Rational(1, 9)}).on.hypotheses
    assert kept.rhs is threshold or kept.lhs is threshold
    mean = Formula(symbol("size", "s", "a size"), Mean(tau, H))
    bounded = Formula(symbol("ratio", "b", "a ratio"), x / Mean(tau, H), on=Region(x < mean))
    assert bounded(x=1, H=Atoms({2: 1})) == 0.5
    with pytest.raises(DomainError, match="x < size at H = "):
        bounded(x=3, H=Atoms({2: 1}))
