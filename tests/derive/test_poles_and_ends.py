"""What is derived rests on claims: poles, jumps, open ends and whole variables are seen, or refused by name."""

import pytest
import sympy
from sympy import Piecewise, Rational, sqrt

from symrisk import (
    Atoms,
    Claim,
    Formula,
    Implicit,
    Mean,
    Region,
    minimizer,
    monotonicity,
    prove,
    threshold,
)
from symrisk.decide import recheck
from symrisk.errors import NoMethod
from symrisk.symbols import H, gamma, symbol, tau

x = symbol("x", "x", "any real number")
a = symbol("a", "a", "a positive number", positive=True)
b = symbol("b", "b", "another positive number", positive=True)
u = symbol("u", "u", "a number that is not negative", nonnegative=True)
k = symbol("k", "k", "a whole number", kind="integer", integer=True, nonnegative=True)
kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)


def F(expression, *hypotheses):
    """A formula on a region, over the letters that it is written in."""
    return Formula(symbol("f", "f", "a toy"), expression, on=Region(*hypotheses, over=tuple(expression.free_symbols)))


def least(expression, name, *hypotheses):
    found = minimizer(F(expression, *hypotheses), name)
    assert found.verdict.status == "proved"
    return found.point, found.value, found.attained


# Where there is a pole, or a jump.

@pytest.mark.parametrize(("expression", "name", "hypotheses"), [
    (1 / x, x, (x >= -1, x <= 1)),
    (a + 1 / (a - 1), a, (a < 3,)),
    (1 / (a - b), a, (a < 2,)),
    (1 / x**2 - 1, x, (x > -1, x < 2)),
    (-1 / (x - 1)**2, x, (x >= Rational(1, 2), x < 2)),
    ((3 * x**4 - 4 * x**3 - x**2) / (x - 1)**2, x, (x >= Rational(1, 2), x < 2)),
])
@pytest.mark.parametrize("derive", [minimizer, monotonicity])
def test_nothing_is_claimed_across_a_pole(derive, expression, name, hypotheses):
    "What has no value at a point of its interval has no least one there, and no direction."
    with pytest.raises(NoMethod):
        derive(F(expression, *hypotheses), name)


def test_the_reason_is_the_pole():
    "The error says what may vanish, or where there is no bound."
    with pytest.raises(NoMethod, match="x is not shown to be different from zero"):
        minimizer(F(1 / x, x >= -1, x <= 1), x)
    with pytest.raises(NoMethod, match="unbounded as a tends to 0"):
        minimizer(F(-1 / a, a < 1), a)
    with pytest.raises(NoMethod, match="unbounded as a tends to oo"):
        minimizer(F(1 / a - a), a)
    with pytest.raises(NoMethod, match="no value where its slope along x vanishes"):
        minimizer(F(-1 / (x - 1)**2, x >= Rational(1, 2), x < 2), x)


def test_a_quantity_that_jumps_down_is_least_after_the_jump():
    "a, and from 1 on a - 5: least at 1, -4; with 1 in the first case that value is not met, and nothing is claimed."
    assert least(Piecewise((a, a < 1), (a - 5, True)), a, a < 3) == (1, -4, True)
    with pytest.raises(NoMethod):
        minimizer(F(Piecewise((a, a <= 1), (a - 5, True)), a < 3), a)


@pytest.mark.parametrize("expression", [
    Piecewise((a, a < 1), (a - 5, True)), Piecewise((1, a < 1), (2, True)), Piecewise((2, a < 1), (1 + a, a < 2), (4, True)),
])
def test_no_direction_is_claimed_across_a_jump(expression):
    "A slope of one sign says nothing where the quantity jumps."
    with pytest.raises(NoMethod, match="does not jump"):
        monotonicity(F(expression, a < 3), a)


def test_cases_that_meet_have_a_direction():
    "A kink is no jump: min(a, 1 + a/2) rises through 2; |a - 1| + 1 is least at its kink."
    assert monotonicity(F(Piecewise((a, a < 2), (1 + a / 2, True))), a).direction == "increasing"
    assert least(Piecewise((2 - a, a < 1), (a, True)), a, a < 3) == (1, 1, True)


# Ends.

@pytest.mark.parametrize(("expression", "name", "hypotheses", "expected"), [
    (1 - u, u, (u <= 1,), (1, 0, True)),
    (1 - u, u, (u < 1,), (1, 0, False)),
    (1 / a, a, (), (sympy.oo, 0, False)),
    (a / (a + 1), a, (), (0, 0, False)),
    (1 - 1 / a, a, (a > 1,), (1, 0, False)),
    (x**2, x, (x < sqrt(b),), (0, 0, True)),
    (a**3 / 3 - a**2 / 2 + a, a, (), (0, 0, False)),
    (u * (2 - u), u, (u <= Rational(3, 2),), (0, 0, True)),
    (u * (2 - u), u, (u <= 3,), (3, -3, True)),
    (u + b * u**2, u, (), (0, 0, True)),
    (x**2 - 2 * x * b, x, (), (b, -b**2, True)),
    (a + b / a, a, (), (sqrt(b), 2 * sqrt(b), True)),
])
def test_the_least_value(expression, name, hypotheses, expected):
    "At an end that belongs to the region, at one that does not, far away, or inside."
    assert least(expression, name, *hypotheses) == expected


def test_an_infimum_says_so():
    "In words and in LaTeX."
    found = minimizer(F(1 - u, u < 1), u)
    assert repr(found) == "Extremum(u=1, value=0, not attained, proved)"
    assert "not attained" in found.latex() and "inf" in found.latex() and "min" not in found.latex()


def test_equal_ends_are_no_minimiser():
    "Where both ends are least, the error names them and the value."
    with pytest.raises(NoMethod, match="rises and then falls: it is least at both ends, 0 and 2"):
        minimizer(F(u * (2 - u), u <= 2), u)


def test_ends_that_can_not_be_compared():
    "Which end is lower hangs on b: nothing is claimed."
    with pytest.raises(NoMethod, match="rises and then falls"):
        minimizer(F(u * (2 - u), u <= b, b > 1), u)


# Whole variables.

@pytest.mark.parametrize(("expression", "hypotheses", "expected"), [
    (k**2 - 3 * k, (), (1, -2, True)),
    (k**2 - 5 * k, (k > 2,), (3, -6, True)),
    (k**2 - 7 * k + b, (k <= 3,), (3, b - 12, True)),
    (k**3 - 5 * k**2 - 3 * k, (k > 0,), (4, -28, True)),
    (-k, (k < Rational(7, 2),), (3, -3, True)),
    (-k, (k < 5,), (4, -4, True)),
    (1 / (k + 1), (), (sympy.oo, 0, False)),
])
def test_a_whole_variable_is_minimised_over_whole_numbers(expression, hypotheses, expected):
    "Not at the real minimiser between them."
    assert least(expression, k, *hypotheses) == expected


def test_an_end_that_need_not_be_whole_is_refused():
    "k below a real b: its largest value is not written."
    with pytest.raises(NoMethod, match="whole"):
        minimizer(F(-k, k < b), k)


def test_steps_of_a_whole_variable():
    "(k - 1/2)^2 does not fall from 0 to 1: over whole numbers it only grows, and not strictly."
    found = monotonicity(F((k - Rational(1, 2))**2), k)
    assert (found.direction, found.strict) == ("increasing", False)
    assert monotonicity(F(k**2 - 3 * k), k).direction == "neither"


# Directions.

def test_a_slope_of_one_sign_is_seen():
    "Coefficients of both signs are no change of sign."
    found = monotonicity(F(a**3 / 3 - a**2 / 2 + a), a)
    assert (found.direction, found.strict) == ("increasing", True)


@pytest.mark.parametrize(("expression", "name", "hypotheses"), [
    (u * (2 - u), u, (u < 3,)), (x**2, x, (x < b,)), (a + b / a, a, ()), (sqrt(a) - a, a, ()),
    (Piecewise((a, a < 1), (2 - a, True)), a, ()), (k**2 - b * k, k, ()),
])
def test_neither_is_shown_by_two_points(expression, name, hypotheses):
    "The verdict's claims hold two exact points that differ in the variable only, with slopes of opposite sign."
    found = monotonicity(F(expression, *hypotheses), name)
    says = [claim.says for claim in found.verdict.claim.parts]
    places = [words.split(" at ")[1].split(", ") for words in says if words.startswith("the slope is")]
    others = [{part for part in place if not part.startswith(f"{name} =")} for place in places]
    assert found.direction == "neither" and len(places) == 2 and others[0] == others[1] and places[0] != places[1]


def test_a_condition_is_shown_both_ways():
    "(b - 1) u grows exactly where b > 1: where b <= 1 it does not, and that is among the claims."
    found = monotonicity(F((b - 1) * u), u)
    assert repr(found) == "Monotonicity(strictly increasing in u, proved exactly where b > 1)"
    says = {part.says for part in found.verdict.claim.parts}
    assert says >= {"the slope of f in u is > 0", "the slope of f in u is <= 0"}


# Signs.

def test_a_threshold_at_the_end_is_not_called_positive():
    "u - (b - 1) at b = 1 and u = 0 is 0: where b <= 1 it is not negative, and no more."
    found = threshold(F(u - (b - 1)), u)
    assert (found.value, found.above, found.otherwise) == (b - 1, ">", ">=")
    assert repr(found.condition) == "b > 1"
    kept, positive = (Claim("where b <= 1", F(u - (b - 1)), rel, 0, on=Region(found.condition.negated)) for rel in (">=", ">"))
    assert (prove(kept).status, prove(positive).status) == ("proved", "refuted")


def test_a_sign_that_is_kept_strictly_says_so():
    "For positive a the same quantity stays positive where b <= 1."
    assert threshold(F(a - (b - 1)), a).otherwise == ">"


def test_a_change_of_sign_through_a_pole_is_no_threshold():
    "1/(a - 1) changes sign at 1, where it has no value."
    with pytest.raises(NoMethod):
        threshold(F(1 / (a - 1)), a)


# Laws, and implicit names.

@pytest.mark.parametrize("mean", [F(Mean(tau, Atoms({a: 1}))), F(Mean(tau, H)).at({H: Atoms({a: 1})})])
def test_an_eigenvalue_moves_its_mean(mean):
    "The mean of one atom a is a: it grows with a, and its infimum is at 0."
    assert monotonicity(mean, a).direction == "increasing"
    found = minimizer(mean, a)
    assert (found.point, found.value, found.attained) == (0, 0, False)


def test_a_weight_moves_its_mean():
    "a at 1 and 1 - a at 3: 3 - 2a falls."
    mean = F(Mean(tau, Atoms({1: a, 3: 1 - a})), a < 1)
    assert monotonicity(mean, a).direction == "decreasing"
    assert least(Mean(tau, Atoms({1: a, 3: 1 - a})), a, a < 1) == (1, 1, False)


def test_cases_under_a_mean_may_jump():
    "The mass above a is no constant, though its slope is 0 wherever it has one."
    with pytest.raises(NoMethod, match="under a mean"):
        monotonicity(F(Mean(Piecewise((1, tau > a), (0, True)), H)), a)


def test_a_hypothesis_that_moves_with_the_variable_is_refused():
    "kappa < b bounds lam, through kappa: its interval is not written."
    lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
    ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
    toy = Formula(symbol("f", "f", "a toy"), kappa, where={**ridge}, on=Region(kappa < b))
    with pytest.raises(NoMethod, match="implicit name"):
        monotonicity(toy, lam)


# Evidence.

@pytest.mark.parametrize("found", [
    lambda: minimizer(F(a + b / a), a), lambda: minimizer(F(1 - u, u < 1), u), lambda: minimizer(F(k**2 - 3 * k), k),
    lambda: minimizer(F(u**2 - u, u <= 1), u), lambda: monotonicity(F(u * (2 - u), u < 3), u),
    lambda: monotonicity(F((b - 1) * u), u), lambda: threshold(F(u - (b - 1)), u),
])
def test_the_evidence_is_checked_again(found):
    "A verdict holds its claims with their certificates: each passes the second look, and they can be read."
    verdict = found().verdict
    recheck(verdict.claim, {"parts": verdict.certificate["parts"]})
    assert verdict.claim.parts and str(verdict).startswith(verdict.claim.says)
