"""Cases: which condition is asked first, and the ways in which it can turn out."""

import pytest
import sympy
from sympy import Eq, Ne, Piecewise

from symrisk import Mean
from symrisk.language.cases import cases_of, first_condition, first_of
from symrisk.language.relation import Relation
from symrisk.symbols import H, symbol, tau

x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
z = symbol("z", "z", "a real letter")


@pytest.mark.parametrize(
    ("condition", "ways"),
    [
        (x < y, ["x < y", "x >= y"]),
        (x <= y, ["x <= y", "x > y"]),
        (Eq(x, y), ["x == y", "x < y", "x > y"]),
        (Ne(x, y), ["x == y", "x < y", "x > y"]),
    ],
)
def test_the_ways_together_are_all(condition, ways):
    "At every point just one of them holds, and says of the condition what is so there."
    cases = cases_of(condition)
    assert [str(case.relation) for case in cases] == ways
    for point in ({x: 1, y: 2}, {x: 2, y: 2}, {x: 3, y: 2}):
        (held,) = [case for case in cases if _holds(case.relation, point)]
        assert condition.subs(point) == held.truth


def _holds(relation, point):
    slack = relation.slack.subs(point)
    return {">": slack > 0, ">=": slack >= 0, "==": slack == 0}[relation.slack_rel]


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        (x + y, None),
        (Piecewise((x, x < 1), (y, True)), x < 1),
        (Piecewise((Piecewise((x, y < 2), (1, True)), x < 1), (y, True)), x < 1),
        (1 + Piecewise((x, x < 1), (y, True)) ** 2, x < 1),
        (Piecewise((x, z < 3), (y, True)) < 1, z < 3),
        (Mean(Piecewise((tau, tau < x), (0, True)), H), None),
        (Mean(Piecewise((tau, x > y), (0, True)), H), x > y),
        (sympy.Integer(1), None),
    ],
)
def test_the_first_condition(expression, first):
    "A condition before what stands in its case, one inside it before itself; none under a mean."
    assert first_condition(expression) == first


def test_the_first_of_several():
    "In the order given."
    parts = [x, Piecewise((x, x < 1), (y, True)), Piecewise((x, y < 1), (y, True))]
    assert first_of(parts) == (x < 1) and first_of(parts[::2]) == (y < 1) and first_of([x]) is None


def test_a_case_is_known_everywhere():
    "In expressions, premises and roots; what has no value any more is left to the demands."
    holds, fails = cases_of(x < y)
    value = Piecewise((1, x < y), (z, True))
    assert (holds.known(value), fails.known(value)) == (1, z)
    assert holds.known(1 / Piecewise((0, x < y), (z, True))) == 0
    premise = Relation(z, "<=", value)
    assert str(holds.premise(premise)) == "1 - z >= 0"
    plain = Relation(z, "<", x)
    assert fails.premise(plain) is plain
