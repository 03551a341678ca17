"""`minimizer`, `monotonicity` and `threshold` on random quantities, against exact values at many points."""

import random
from collections import Counter
from fractions import Fraction

import pytest
import sympy
from random_quantities import LOOSE, Undefined, along, is_exact, quantities, settings, value

from symrisk import Formula, Region, minimizer, monotonicity, threshold
from symrisk.errors import SymriskError
from symrisk.symbols import symbol

name_of_it = symbol("f", "f", "a random quantity")
FEW, MANY = 80, 3400


def ask(derive, drawn):
    """What is derived of a quantity; None where that is refused, by an error of symrisk's own."""
    formula = Formula(name_of_it, drawn.expression, on=Region(*drawn.hypotheses, over=(drawn.name, *drawn.parameters)))
    try:
        return derive(formula, drawn.name)
    except SymriskError:
        return None


def holds(relation, point):
    """Whether a condition of an answer holds at a point."""
    if relation is None:
        return True
    left, right = (value(sympy.sympify(side), point) for side in (relation.lhs, relation.rhs))
    return compare(left, relation.rel, right, 0)


def compare(left, rel, right, slack):
    """left rel right; slack is what the rounding of radicals may do."""
    return {"<": left < right + slack, "<=": left <= right + slack, ">": left > right - slack, ">=": left >= right - slack,
            "==": abs(left - right) <= slack}[rel]


def slack_of(*expressions):
    return 0 if is_exact(*expressions) else LOOSE


def valued(drawn, point, extra=()):
    """[(x, value at x)] all along the interval; Undefined where there is none."""
    return [(at, value(drawn.expression, {**point, drawn.name: at})) for at in along(drawn, point, extra)]


def check_least(drawn, found, point):
    """The least value at one setting of the parameters."""
    if not holds(found.condition, point):
        return found.otherwise is not None and check_least(drawn, found.otherwise, point)
    slack, least = slack_of(drawn.expression, found.value, found.point), value(found.value, point)
    values = valued(drawn, point)
    nowhere_below = all(compare(y, ">=" if found.attained else ">", least, slack) for _, y in values)
    return nowhere_below and (is_met if found.attained else is_approached)(drawn, found, point, least, slack)


def is_met(drawn, found, point, least, slack):
    """The point is in the interval, and the value is the quantity's there."""
    at = value(found.point, point)
    low, high, closed = drawn.ends(point)
    inside = low < at < high or at == low and closed[0] or at == high and closed[1]
    whole = not drawn.name.is_integer or at.denominator == 1
    return inside and whole and abs(value(drawn.expression, {**point, drawn.name: at}) - least) <= slack


def is_approached(drawn, found, point, least, slack):
    """Ever closer to the point, the value comes ever closer to the infimum."""
    steps = [Fraction(10) ** power for power in (3, 6, 9)]
    if found.point.is_infinite:
        places = [step if found.point > 0 else -step for step in steps]
    else:
        at, (low, _, _) = value(found.point, point), drawn.ends(point)
        places = [at + (1 if at == low else -1) / step for step in steps]
    gaps = [value(drawn.expression, {**point, drawn.name: at}) - least for at in places]
    return gaps[0] + slack >= 2 * gaps[1] and gaps[1] + slack >= 2 * gaps[2]


def check_run(drawn, found, point):
    """The direction at one setting of the parameters."""
    values = [y for _, y in valued(drawn, point)]
    pairs, slack = list(zip(values, values[1:], strict=False)), slack_of(drawn.expression)
    if found.direction == "neither":
        return True
    if not holds(found.condition, point):
        return all(compare(y, ">=", z, slack) for y, z in pairs)
    rel = {"increasing": "<", "decreasing": ">", "constant": "=="}[found.direction]
    return all(compare(y, rel if found.strict or rel == "==" else f"{rel}=", z, slack) for y, z in pairs)


def check_turns(drawn, found):
    """"neither": with one letter, the values along it do rise and fall."""
    if found.direction != "neither" or drawn.parameters:
        return True
    values = [y for _, y in valued(drawn, {})]
    pairs = list(zip(values, values[1:], strict=False))
    return any(y < z for y, z in pairs) and any(y > z for y, z in pairs)


def check_sign(drawn, found, point):
    """The signs on both sides at one setting of the parameters."""
    slack = slack_of(drawn.expression, found.value)
    if not holds(found.condition, point):
        return all(compare(y, found.otherwise, 0, slack) for _, y in valued(drawn, point))
    change = value(found.value, point)
    below = {">": "<=", "<": ">="}[found.above]
    beyond = f"{found.above}="
    low, high, _ = drawn.ends(point)
    return low < change < high and all(
        compare(y, beyond if at > change else below, 0, slack) for at, y in valued(drawn, point, (change,)))


CHECKS = {minimizer: check_least, monotonicity: check_run, threshold: check_sign}


def wrong_answers(seed, count):
    """(quantities of which something wrong is derived, how often each of the three answered)."""
    wrong, answered = [], Counter()
    for number, drawn in enumerate(quantities(seed, count)):
        points = list(settings(drawn, random.Random(number)))
        for derive, check in CHECKS.items():
            found = ask(derive, drawn)
            if found is None:
                continue
            answered[derive.__name__] += 1
            if found.verdict.status != "proved" or not is_right(drawn, found, check, points):
                wrong.append((drawn, found))
    return wrong, answered


def is_right(drawn, found, check, points):
    try:
        shown = check is not check_run or check_turns(drawn, found)
        return shown and (getattr(found, "direction", "") == "neither" or all(check(drawn, found, point) for point in points))
    except Undefined:
        return False


def test_nothing_wrong_is_derived():
    "Whatever is called proved agrees with exact values all along the interval; and a good part is answered."
    wrong, answered = wrong_answers(15, FEW)
    assert wrong == []
    assert answered["minimizer"] > FEW // 3 and answered["monotonicity"] > FEW // 2 and answered["threshold"] > FEW // 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 5))
def test_nothing_wrong_is_derived_of_many(seed):
    "Ten thousand random quantities, three questions each."
    wrong, _ = wrong_answers(seed, MANY)
    assert wrong == []
