"""Plans: made once for all laws of the same variables, and said in the words of the law that is given."""

import warnings

import pytest
import sympy

from symrisk import Atoms, Formula, Region
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.language.call import plan as plans
from symrisk.language.call.plan import plan
from symrisk.language.relation import Relation
from symrisk.laws.empirical import Empirical
from symrisk.laws.stand_in import StandIn
from symrisk.symbols import G, H, kappa, symbol, tau
from symrisk.theorems.ridge.effective_ridge import df1, kappa_of_lam
from symrisk.theorems.transfer.multi_source import two

FEW = [Atoms({1: "1/2", 4: "1/2"}), Atoms({2: 1}), Atoms({0: "1/3", 5: "2/3"}), Empirical([1.0, 2.0])]


def planned_for(monkeypatch, call):
    """How often a call is planned from its names on."""
    times, work = [], plans._planned
    monkeypatch.setattr(plans, "_planned", lambda *names: times.append(names) or work(*names))
    call()
    return len(times)


def test_a_law_never_seen_before_needs_no_plan_of_its_own(monkeypatch):
    "Whatever its numbers, how many atoms it has, and whether they are exact."
    plan.cache_clear()
    assert planned_for(monkeypatch, lambda: [df1(H=law, kappa=1.0) for law in FEW]) == 1


def test_a_law_of_other_variables_needs_one(monkeypatch):
    "What it does not speak of is at its default, or missing."
    plan.cache_clear()
    laws = FEW[0], Atoms({(1, 2): 1}, of=(tau, symbol("b", "b", "coordinate", kind="coordinate")))
    assert planned_for(monkeypatch, lambda: [df1(H=law, kappa=1.0) for law in laws]) == 2


@pytest.mark.parametrize("law", FEW)
def test_the_plan_is_the_one_that_is_made_for_the_law(law):
    "Instruction for instruction, check for check."
    quantity, given = kappa_of_lam.at({H: law}), frozenset({"lam", "gamma"})
    shared, own = plan(quantity, given), plans._planned(quantity, given, ())
    assert shared.program == own.program and shared.checks == own.checks and shared.title == own.title


def test_two_letters_share_a_law_only_where_they_are_given_the_same():
    "Means over one law are taken in one pass."
    both = Formula(symbol("both", "b", "a sum of two means"), Mean(tau / (tau + kappa), H) + Mean(tau**2 / (tau + kappa), G))
    one, other = FEW[:2]
    for first, second in ((one, one), (one, other), (other, one)):
        alone = df1(H=first, kappa=1.0)
        assert both(H=first, G=second, kappa=1.0) == pytest.approx(alone + float(Mean(tau**2 / (tau + 1), second).written_out()))


def test_an_error_names_the_law_that_was_given():
    "Not the one that stood in."
    with pytest.raises(DomainError, match=r"^df1 at H = Atoms\(\{1: 1/2, 4: 1/2\}\) holds for kappa > 0; not at kappa=-1"):
        df1(H=FEW[0], kappa=-1.0)
    with pytest.raises(ArgumentError, match=r"^df1 at H = Atoms\(\{2: 1\}\) needs kappa"):
        df1(H=FEW[1])


def test_a_hypothesis_about_a_law_is_said_with_its_name():
    "Each law's own words, and no stand-in's."
    mean = Mean(tau, H)
    small = Formula(symbol("small", "s", "something small"), kappa * mean, on=Region(Relation(mean, "<", kappa)))
    for law, value in ((FEW[0], "5/2"), (FEW[1], "2")):
        with pytest.raises(DomainError) as said:
            small(H=law, kappa=1.0)
        assert repr(law) in str(said.value) and StandIn.MARK not in str(said.value)
        assert small(H=law, kappa=3.0) == 3 * float(sympy.Rational(value))


def test_a_law_in_letters_is_planned_as_it_is():
    "Its letters are inputs."
    weight = symbol("part", "a", "a part", positive=True)
    quantity = df1.at({H: Atoms({1: weight, 4: 1 - weight})})
    assert quantity.over_stand_ins == (quantity, ())
    assert quantity(part=0.5, kappa=1.0) == pytest.approx(df1(H=FEW[0], kappa=1.0))


def test_grids_and_digits_take_the_plan_too():
    "The value at a point is that of the grid, and of the digits."
    for law in FEW[:3]:
        grid = df1(H=law, kappa=[0.5, 1.0])
        assert grid[1] == df1(H=law, kappa=1.0) == pytest.approx(float(df1.digits(30, H=law, kappa=1)), rel=1e-15)


def test_minimisers_are_found_over_the_law_that_is_given():
    "Two samples, two laws: each its own scales."
    risk = next(f for f in two.formulas if f.title == "min_norm_risk_of_2")
    point = {"n1": 100, "n2": 150, "p": 600, "sigma1_sq": 1, "sigma2_sq": 2}
    variables = sorted(risk.graph.bound, key=str)
    seen = set()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for top in (2, 3):
            ones, others = (1,) * len(variables), (top, *range(2, len(variables) + 1))
            law = Atoms({ones: "1/2", others: "1/2"}, of=tuple(variables))
            found = risk(H=law, **point)
            assert found == pytest.approx(float(risk.digits(20, H=law, **point)), rel=1e-13)
            seen.add(found)
    assert len(seen) == 2


def test_a_stand_in_has_nothing_to_evaluate():
    "It is asked for no number."
    law = StandIn(1, [tau])
    for ask in (lambda: law.points, lambda: law.arrays, law.balls):
        with pytest.raises(NoMethod):
            ask()
