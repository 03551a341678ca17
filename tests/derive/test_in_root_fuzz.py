"""`minimizer` along what moves a root, on random quantities, against values of the root in floats: nothing is shared with the library."""

import random
from math import isclose, sqrt

import pytest
import sympy

from symrisk import Formula, Implicit, Region, minimizer
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
        top = sum(draw.randint(-3, 3) * kappa**k for k in range(3)) + draw.choice((0, 0, 1, b)) * lam
        bottom = draw.choice((1, 1, kappa, kappa + 1, kappa + b, (kappa + 1)**2))
        yield sympy.Rational(draw.choice(("1/2", "1", "3"))), draw.choice((None, None, 4)), top / bottom


def answer(gamma, most, expression):
    """What is derived; None where that is refused, by an error of symrisk's own."""
    root = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
    on = Region(*(() if most is None else (lam <= most,)), over=(lam, b))
    try:
        return minimizer(Formula(name_of_it, expression, where={**root}, on=on), lam)
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


def is_right(gamma, most, expression, found):
    """Nowhere on a grid is the quantity below the value; it is met at the point, or approached."""
    value_of = sympy.lambdify((kappa, lam, b), expression)
    for size in (0.3, 1.0, 5.0):
        part = case(found, {b: sympy.Rational(str(size))})
        at = part.point.subs(b, size)
        penalties = [10**(k / 20) for k in range(-160, 81)]
        penalties = [penalty for penalty in penalties if most is None or penalty <= most]
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


def wrong_answers(seed, count):
    """(what something wrong is derived of, how many are answered)."""
    wrong, answered = [], 0
    for quantity in drawn(seed, count):
        found = answer(*quantity)
        if found is None:
            continue
        answered += 1
        if found.verdict.status != "proved" or not is_right(*quantity, found):
            wrong.append((quantity, found))
    return wrong, answered


def test_nothing_wrong_is_derived():
    "And a part is answered."
    wrong, answered = wrong_answers(7, FEW)
    assert wrong == [] and answered > FEW // 5


@pytest.mark.slow
def test_nothing_wrong_is_derived_of_many():
    "Hundreds of random quantities."
    wrong, _ = wrong_answers(8, MANY)
    assert wrong == []
