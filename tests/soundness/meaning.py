"""What the author of a claim means by an expression: its value at a point, by the definitions alone.

A point is a dict, symbol -> number; a law's letter -> [({bound variable: number}, weight), ...].
"""

from fractions import Fraction

import sympy
from soundness.functions import RISING, constant, log, power, rising, root, sign, turning
from soundness.reals import Jet, NoValue, Outside, Unsure

from symrisk import Mean

STANDS = {
    "<": lambda s: s < 0,
    "<=": lambda s: s <= 0,
    "==": lambda s: s == 0,
    ">=": lambda s: s >= 0,
    ">": lambda s: s > 0,
    "!=": lambda s: s != 0,
}


def value(expression, point):
    """The value of an expression; NoValue where it has none."""
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression in (sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise NoValue("infinite")
    if expression.is_Symbol:
        found = point[expression]
        return found(point) if callable(found) else found
    if isinstance(expression, Mean):
        return mean(expression, point)
    if isinstance(expression, sympy.Piecewise):
        return next(iter(_branches(expression, point)))
    if isinstance(expression, sympy.log):
        return log(value(expression.args[0], point))
    if expression.is_Pow:
        return _power(value(expression.base, point), expression.exp, point)
    if expression.is_Add or expression.is_Mul:
        total, *rest = [value(part, point) for part in expression.args]
        for other in rest:
            total = total + other if expression.is_Add else total * other
        return total
    if isinstance(expression, (sympy.Max, sympy.Min)):
        return _extreme(
            [value(part, point) for part in expression.args],
            1 if isinstance(expression, sympy.Max) else -1,
        )
    if isinstance(expression, sympy.Abs):
        inner = value(expression.args[0], point)
        return _extreme([inner, -inner], 1)
    name = type(expression).__name__
    if name in RISING:
        return rising(name, value(expression.args[0], point))
    if name in ("sin", "cos", "normal_pdf"):
        return turning(name, value(expression.args[0], point))
    if expression in (sympy.pi, sympy.E):
        return constant({sympy.pi: "pi", sympy.E: "e"}[expression])
    raise Unsure(f"the oracle does not know {type(expression).__name__}")


def mean(expression, point):
    """The sum over the atoms of the law: each weight times the integrand there."""
    law = expression.law
    if law.is_Symbol:
        return _of_every_law(expression, point)
    rows = [
        (
            {v: value(x, point) for v, x in zip(law.variables, values, strict=True)},
            value(weight, point),
        )
        for values, weight in law.points
    ]
    refuse_no_law(rows)
    return _total(expression.integrand, rows, point)


def _of_every_law(expression, point):
    """The mean over what a law's letter stands for: it stands for the laws that have one, and for no other."""
    try:
        return _total(expression.integrand, point[expression.law], point)
    except NoValue as error:
        if any(
            is_zero
            for values, _ in point[expression.law]
            for is_zero in map(_is_zero, values.values())
        ):
            raise Outside("a law without this mean") from error
        raise


def _is_zero(number):
    return isinstance(number, Fraction) and number == 0


def _total(integrand, rows, point):
    total = Fraction(0)
    for values, weight in rows:
        total = total + weight * value(integrand, {**point, **values})
    return total


def _still(number):
    return number.parts[0] if isinstance(number, Jet) else number


def refuse_no_law(rows):
    """Outside where weights are negative or eigenvalues have a wrong sign; a weight of zero is left open.

    Asked at the point itself, of what moves along a line too: an eigenvalue of zero lies on the law's own face.
    """
    for values, weight in rows:
        here = {v: _still(x) for v, x in values.items() if v.is_nonnegative}
        weight = _still(weight)
        if sign(weight) < 0 or any(sign(x) < bool(v.is_positive) for v, x in here.items()):
            raise Outside("no law")
        if sign(weight) == 0:
            raise Unsure("a weight of zero")


def _branches(expression, point):
    for branch, condition in expression.args:
        if holds(condition, point):
            yield value(branch, point)
            return
    raise NoValue("no case applies")


def holds(condition, point):
    """Whether a condition of a definition by cases holds."""
    if condition in (sympy.true, sympy.false):
        return condition == sympy.true
    if isinstance(condition, sympy.And):
        return all([holds(part, point) for part in condition.args])
    if isinstance(condition, sympy.Or):
        return any([holds(part, point) for part in condition.args])
    if isinstance(condition, sympy.Not):
        return not holds(condition.args[0], point)
    gap = sign(value(condition.lhs, point) - value(condition.rhs, point))
    return STANDS[condition.rel_op](gap)


def _power(base, exponent, point):
    if exponent.is_Rational:
        if exponent.is_Integer:
            return power(base, int(exponent))
        return power(root(base, int(exponent.q)), int(exponent.p))
    exponent = value(exponent, point)
    if not isinstance(exponent, Fraction) or exponent.denominator != 1:
        raise Unsure("an exponent that is not whole")
    return power(base, int(exponent))


def _extreme(values, direction):
    best, *rest = values
    for other in rest:
        if sign(other - best) * direction > 0:
            best = other
    return best
