"""Expressions in the coordinates of a printed chart: their values are those at the images."""

import random
from fractions import Fraction

import pytest
import sympy

from symrisk import Claim, Region, prove
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import pulled
from symrisk.decide.recheck.arithmetic import over
from symrisk.decide.recheck.chart import drawn_coordinates, images
from symrisk.decide.recheck.hypotheses import Hypotheses
from symrisk.decide.recheck.letters import letters_of
from symrisk.decide.recheck.pulled import Coordinates
from symrisk.symbols import n1, n2, p, snr, ssr, symbol

q = symbol("q", "q", "a share", nonnegative=True)
REGION = Region(n1 + n2 < p, q <= 1, ssr * n1 < snr * p)
CLAIM = Claim("a share of the room is room", q * (p - n1), ">=", 0, on=REGION)


def charts():
    """The charts of the claim's certificate."""
    return [cell["chart"] for cell in prove(CLAIM).require().certificate["cells"]]


def value_at(quotient, names, known):
    """A quotient of SymPy's polynomials at numbers."""
    point = [sympy.Rational(str(known[name])) for name in names]
    top, bottom = (part.as_expr() for part in (quotient.numer, quotient.denom))
    at = dict(zip(map(sympy.Symbol, names), point, strict=True))
    return Fraction(str(top.subs(at))) / Fraction(str(bottom.subs(at)))


@pytest.mark.parametrize("expression", [p, q, n1 / p, 1 - q, (p - n1 - n2) / (n1 + 1), q**2 - ssr, sympy.Integer(3)])
def test_the_value_is_that_at_the_image(expression):
    "Exactly, at random coordinates of every cell; in no more coordinates than are needed."
    draw = random.Random(0)
    for chart in charts():
        coordinates = Coordinates(chart)
        quotient = coordinates.value(expression, {})
        names = [str(symbol) for symbol in quotient.field.symbols]
        known = {"nothing": 0, **images(chart, drawn_coordinates(chart, draw))}
        expected = over(expression, {s: known[str(s)] for s in expression.free_symbols})
        assert value_at(quotient, names, known) == Fraction(str(expected))
        used = {str(s) for part in (quotient.numer, quotient.denom) for s in part.as_expr().free_symbols}
        assert used <= set(names) <= {*coordinates.names, "nothing"}


def test_what_is_solved_for_is_put_in():
    "A letter that an equation gives is what it gives, also through a letter that another gives."
    chart = charts()[0]
    a, b = sympy.symbols("a b")
    solved = {a: b + p, b: n1 / p}
    assert Coordinates(chart).value(a, solved).numer == Coordinates(chart).value(n1 / p + p, {}).numer


def test_another_chart_is_not_the_same():
    "What is kept of one chart is not given for another that differs in one number."
    (chart, *_) = charts()
    moved = [dict(link) for link in chart]
    place = next(k for k, link in enumerate(moved) if link["variable"] == "p")
    table = moved[place]["numerator"]
    terms = [[exponents, "5" if number == "1" else number] for exponents, number in table["terms"]]
    moved[place]["numerator"] = {**table, "terms": terms}
    assert Coordinates(chart).value(p, {}).numer != Coordinates(moved).value(p, {}).numer


def test_a_letter_of_no_chart_is_no_value():
    "It is refused by name, also where the chart speaks of a variable before it is given."
    chart = charts()[0]
    with pytest.raises(KeyError, match="nowhere"):
        Coordinates(chart).value(sympy.Symbol("nowhere"), {})
    one = {"variables": [], "terms": [[[], "1"]]}
    itself = {"variables": ["x"], "terms": [[[1], "1"]]}
    link = {"variable": "x", "numerator": itself, "denominator": one, "closed": False, "coordinate": None}
    with pytest.raises(KeyError, match="x"):
        Coordinates([link]).value(sympy.Symbol("x"), {})


def test_what_is_kept_is_bounded(monkeypatch):
    "The memory is emptied when it is full."
    monkeypatch.setattr(pulled, "MOST_KEPT", 3)
    monkeypatch.setattr(pulled, "KNOWN", {})
    chart = charts()[0]
    for k in range(12):
        assert Coordinates(chart).value(p + k, {})
        assert len(pulled.KNOWN) <= 3


def test_hypotheses_keep_their_factors_off_zero():
    "A strict one does, one that is not strict does not; and a factor has the sign of its hypothesis."
    bent = symbol("bent", "b", "any number")
    for rel, is_strict in ((">", True), (">=", False)):
        claim = Claim("the product is positive", bent * n1 - p, rel, 0, on=Region(sympy.Gt(bent * n1, p) if is_strict else sympy.Ge(bent * n1, p)))
        problem = Problem(claim)
        letters = letters_of(problem)
        one = {"variables": [], "terms": [[[], "1"]]}
        chart = [
            {"variable": name, "numerator": {"variables": [f"s_{name}"], "terms": [[[1], "1"]]},
             "denominator": one, "closed": False, "coordinate": f"s_{name}"}
            for name in letters.free
        ]
        known = Hypotheses(letters.conditions, letters.solved, chart)
        table = {"variables": ["s_bent", "s_n1", "s_p"], "terms": [[[1, 1, 0], "2"], [[0, 0, 1], "-2"]]}
        minus = {**table, "terms": [[[1, 1, 0], "-2/3"], [[0, 0, 1], "2/3"]]}
        assert known.keeps_off_zero(table) == known.keeps_off_zero(minus) == is_strict
        assert (known.sign(table), known.sign(minus)) == ((1, is_strict), (-1, is_strict))
        assert known.sign({**table, "variables": ["s_bent", "s_n1", "elsewhere"]}) == (None, False)
