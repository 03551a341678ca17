"""`minimizer` and `threshold` along what moves a root, on random quantities, against values of the root in floats: nothing is shared with the library."""

import random
from math import isclose, sqrt

import pytest
import sympy

from symrisk import Formula, Implicit, Region, minimizer, threshold
from symrisk.errors import SymriskError
from symrisk.symbols import symbol

name_of_it = symbol("f", "f", "a random quantity")
lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
b = symbol("b", "b", "a positive parameter", positive=True)
FEW, MANY = 30, 800


def drawn(seed, count):
    """(the share gamma, the largest penalty or none, an expression in kappa, lam and b)."""
    draw = random.Random(seed)
    for _ in range(count):
        degree = draw.choice((1, 2))
        top = sum(draw.randint(-3, 3) * kappa**k for k in range(degree + 1)) + draw.choice((0, 0, 1, b, -b)) * lam
        bottom = draw.choice((1, 1, kappa, kappa + 1, kappa + b, (kappa + 1)**2))
        yield sympy.Rational(draw.choice(("1/2", "1", "3"))), draw.choice((None, None, 4)), top / bottom


def answer(derive, gamma, most, expression):
    """What is derived; None where that is refused, by an error of symrisk's own."""
    root = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
    on = Region(*(() if most is None else (lam <= most,)), over=(lam, b))
    try:
        return derive(Formula(name_of_it, expression, where={**root}, on=on), lam)
    except SymriskError:
        return None


def root_at(gamma, penalty):
    """The positive zero, by the formula of quadratic equations, without cancellation."""
    half = (float(gamma) + penalty - 1) / 2
    spread = sqrt(half**2 + penalty)
    return half + spread if half > 0 else penalty / (spread - half)


def case(found, point):
    """The part of an answer that holds at a point."""
    while found.condition is not None:
        left, right = (sympy.sympify(side).subs(point) for side in (found.condition.lhs, found.condition.rhs))
        if {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[found.condition.rel]:
            break
        found = found.otherwise
    return found


def is_least(gamma, most, expression, found):
    """Nowhere on a grid is the quantity below the value; it is met at the point, or approached."""
    value_of = sympy.lambdify((kappa, lam, b), expression)
    for size in (0.3, 1.0, 5.0):
        part = case(found, {b: sympy.Rational(str(size))})
        at = part.point.subs(b, size)
        penalties = penalties_to(most)
        spot = max(float(at), 1e-14)
        values = [value_of(root_at(gamma, penalty), penalty, size) for penalty in (*penalties, spot)]
        solved = {kappa: root_at(gamma, spot)} if part.where else {}
        least = float(part.value.subs(b, size).subs(solved))
        slack = 1e-7 * (1 + abs(least))
        if min(values) < least - slack or not isclose(values[-1], least, rel_tol=1e-5, abs_tol=1e-5):
            return False
        if part.attained and not 0 < at <= (most or at):
            return False
    return True


def penalties_to(most):
    """A grid of penalties, up to the largest one."""
    penalties = [10**(k / 20) for k in range(-160, 81)]
    return [penalty for penalty in penalties if most is None or penalty <= most]


def is_change(gamma, most, expression, found):
    """The signs on a grid are as said on either side, or all along where the condition fails."""
    value_of = sympy.lambdify((kappa, lam, b), expression)
    for size in (0.3, 1.0, 5.0):
        point = {b: sympy.Rational(str(size))}
        values = [(penalty, value_of(root_at(gamma, penalty), penalty, size)) for penalty in penalties_to(most)]
        if found.condition is not None and not found.condition.slack.subs(point) > 0:
            if not all(stands(value, found.otherwise) for _, value in values):
                return False
            continue
        at = float(found.value.subs(point))
        if not 0 < at <= (most or at):
            return False
        below = {">": "<", "<": ">"}[found.above]
        if not all(stands(value, found.above if penalty > at else below) for penalty, value in values):
            return False
    return True


def stands(value, rel):
    """Whether a value is above or below zero, but for rounding."""
    return value > -1e-9 if rel in (">", ">=") else value < 1e-9


CHECKS = {minimizer: is_least, threshold: is_change}


def wrong_answers(derive, seed, count):
    """(what something wrong is derived of, how many are answered)."""
    wrong, answered = [], 0
    for quantity in drawn(seed, count):
        found = answer(derive, *quantity)
        if found is None:
            continue
        answered += 1
        if found.verdict.status != "proved" or not CHECKS[derive](*quantity, found):
            wrong.append((quantity, found))
    return wrong, answered


@pytest.mark.parametrize("derive", CHECKS)
def test_nothing_wrong_is_derived(derive):
    "And a part is answered."
    wrong, answered = wrong_answers(derive, 7, FEW)
    assert wrong == [] and answered > FEW // 10


@pytest.mark.slow
@pytest.mark.parametrize("derive", CHECKS)
def test_nothing_wrong_is_derived_of_many(derive):
    "Hundreds of random quantities."
    wrong, _ = wrong_answers(derive, 8, MANY)
    assert wrong == []
