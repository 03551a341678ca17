"""What an expression needs in order to have a value is read off it as it is written."""

import pytest
import sympy

from symrisk.engine.expressions.demands import DIVISOR, LOGARITHM, RADICAND, demands
from symrisk.symbols import symbol

x, y = (symbol(name, name, "a number") for name in "xy")


def asked(expression):
    return {(demand.base, demand.wanted, demand.guards) for demand in demands(expression, {})}


@pytest.mark.parametrize("expression, wanted", [
    (x + y, set()),
    (1/(x - y), {(x - y, DIVISOR, ())}),
    ((x - y)**-2, {(x - y, DIVISOR, ())}),
    (sympy.sqrt(x), {(x, RADICAND, ())}),
    (sympy.log(x + 1), {(x + 1, LOGARITHM, ())})])
def test_divisors_radicands_and_logarithms(expression, wanted):
    "A divisor off zero, a radicand not negative, a logarithm's argument positive; a sum needs nothing."
    assert asked(expression) == wanted


def test_a_case_needs_what_it_needs_where_it_holds():
    "One divides by x only where x is positive: at zero nothing is asked for."
    found = asked(sympy.Piecewise((1/x, x > 0), (y, True)))
    assert {(base, wanted) for base, wanted, guards in found if guards} == {(x, DIVISOR)}
    assert all(guards == ((x > 0, True),) for base, wanted, guards in found if base == x)


def test_what_is_put_in_may_settle_a_guard():
    "Where the case does not hold, its demand is gone; where it does, it stands without a guard."
    (demand,) = (each for each in demands(sympy.Piecewise((1/y, x > 0), (0, True)), {}) if each.base == y)
    put = {value: demand.put(lambda e, value=value: e.xreplace({x: sympy.Integer(value)})) for value in (-1, 1)}
    assert put[-1] == () and [(each.base, each.guards) for each in put[1]] == [(y, ())]
