"""Several unknowns that solve a system: on grids, in digits, in balls; and what happens where they do not."""

from fractions import Fraction

import numpy as np
import pytest
import sympy

from symrisk.errors import ArgumentError, DomainError, NoMethod, NotConverged
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import symbol

a, b = symbol("a", "a", "product of the sides", positive=True), symbol("b", "b", "half the circumference", positive=True)
x, y = symbol("x", "x", "short side", positive=True), symbol("y", "y", "long side", positive=True)

def sides(a, b):
    "The rectangle of area a and half circumference b, roughly; a square where there is none."
    gap = np.sqrt(np.maximum(b * b - 4 * a, 0))
    return (b - gap) / 2 * 1.001, (b + gap) / 2 * 0.999, np.where(a == 0, 1, 0)


def nowhere(a, b):
    "A start that is no number."
    return np.full_like(a, np.nan), b, np.zeros(len(a), int)


CASES = [(x * y - a, x + y - b), (x, x + y - b)]
rectangle = Implicit.cases((x, y), CASES, near=sides, parameters=(a, b), latex=r"\text{sides}", says="the sides of a rectangle")
diagonal = Formula(symbol("diagonal", "d", "squared diagonal"), x**2 + y**2, where={**rectangle})
short = Formula(symbol("short", "s", "short side"), x, where={**rectangle})
flat = symbol("a", "a", "product of the sides", nonnegative=True)
collapsed = Formula(symbol("short", "s", "short side"), x, where={
    **Implicit.cases((x, y), [tuple(e.xreplace({a: flat}) for e in case) for case in CASES], near=sides, parameters=(flat, b))})


def exact_short(a, b):
    return (b - sympy.sqrt(b**2 - 4 * a)) / 2


def test_one_point_and_a_grid():
    "x^2 + y^2 = b^2 - 2a, whatever the shape of the grid."
    assert diagonal(a=2, b=3) == pytest.approx(5, rel=1e-15)
    areas, halves = np.linspace(0.1, 2, 7)[:, None], np.linspace(3, 9, 5)
    assert np.allclose(diagonal(a=areas, b=halves), halves**2 - 2 * areas, rtol=1e-14, atol=0)


@pytest.mark.parametrize("digits", [5, 50, 700])
def test_all_digits(digits):
    "The decimals of (b - sqrt(b^2 - 4a))/2."
    wanted = exact_short(sympy.Rational(1, 3), sympy.Rational(7, 2)).evalf(digits + 20)
    assert abs(sympy.Rational(str(short.digits(digits, a="1/3", b="3.5"))) / wanted - 1) < 10 ** (1 - sympy.Integer(digits))


def test_a_ball_holds_the_solution():
    "Krawczyk's box is small, and around the truth."
    ball = short.ball(30, a=1, b=3)
    truth = Fraction(str(exact_short(sympy.Integer(1), sympy.Integer(3)).evalf(60)))
    assert ball.lower < truth < ball.upper and ball.radius < 1e-28


def test_a_rational_end_is_exact():
    "In the case whose first equation is x = 0, digits settles at once on zero."
    assert collapsed.digits(30, a=0, b=3) == 0
    assert collapsed(a=0.0, b=3.0) == 0


def test_the_unknowns_may_be_given():
    "Both sides given: no equation is solved; one of them leaves the other to be solved for."
    assert diagonal(x=3, y=4) == 25
    with pytest.raises(ArgumentError, match="does not need a"):
        diagonal(x=3, y=4, a=1)


def test_numbers_may_be_put_in():
    "At a = 1 the formula is one of b."
    assert diagonal.at({a: 1})(b=3) == pytest.approx(7, rel=1e-15)
    assert list(diagonal.at({a: 1}).inputs) == ["b"]


def test_where_newton_does_not_settle_nothing_is_returned():
    "No real sides: b^2 < 4a; a start that is nan."
    with pytest.raises(NotConverged, match="no solution"):
        short(a=4, b=1)
    with pytest.raises((NotConverged, DomainError)):
        short.digits(10, a=4, b=1)
    lost = Formula(symbol("short", "s", "short side"), x, where={
        **Implicit.cases((x, y), CASES, near=nowhere, parameters=(a, b))})
    with pytest.raises(NotConverged):
        lost(a=1, b=3)


def test_a_double_solution_is_not_certified():
    "At the square the slopes are singular: no ball is claimed."
    with pytest.raises((NotConverged, DomainError)):
        short.digits(10, a=1, b=2)


def test_a_system_is_square():
    "Two unknowns, two equations a case."
    with pytest.raises(ArgumentError, match="as many equations"):
        Implicit.cases((x, y), [(x + y,)], near=sides, parameters=(a, b))


def test_its_derivative_is_not_invented():
    "NoMethod names the unknown."
    with pytest.raises(NoMethod, match="system"):
        diagonal.diff(a)(a=1, b=3)


def test_the_definition_is_printed_once():
    "One line for both unknowns."
    assert diagonal.latex().count(r"\text{sides}") == 1


def test_on_a_region_of_its_own():
    "The region's check comes first."
    guarded = Formula(symbol("short", "s", "short side"), x, where={**rectangle}, on=Region(b**2 > 4 * a))
    with pytest.raises(DomainError, match="holds for"):
        guarded(a=4, b=1)
    assert abs(Fraction(guarded.digits(20, a=1, b=3)) - Fraction(guarded(a=1, b=3))) < Fraction(1, 10**15)
