"""What the author of a claim means by an expression: its value at a point, by the definitions alone.

A point is a dict, symbol -> number; a law's letter -> [({bound variable: number}, weight), ...].
"""

from fractions import Fraction
from functools import lru_cache
from math import isqrt

import sympy
from soundness.reals import Algebraic, Enclosure, Jet, NoValue, Outside, Unsure, field, inverse, log, power, root, sign

from symrisk import Mean

STANDS = {"<": lambda s: s < 0, "<=": lambda s: s <= 0, "==": lambda s: s == 0, ">=": lambda s: s >= 0, ">": lambda s: s > 0,
          "!=": lambda s: s != 0}


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
        return _extreme([value(part, point) for part in expression.args], 1 if isinstance(expression, sympy.Max) else -1)
    if isinstance(expression, sympy.Abs):
        inner = value(expression.args[0], point)
        return _extreme([inner, -inner], 1)
    raise Unsure(f"the oracle does not know {type(expression).__name__}")


def mean(expression, point):
    """The sum over the atoms of the law: each weight times the integrand there."""
    law = expression.law
    if law.is_Symbol:
        return _of_every_law(expression, point)
    rows = [({v: value(x, point) for v, x in zip(law.variables, values, strict=True)}, value(weight, point))
            for values, weight in law.points]
    refuse_no_law(rows)
    return _total(expression.integrand, rows, point)


def _of_every_law(expression, point):
    """The mean over what a law's letter stands for: it stands for the laws that have one, and for no other."""
    try:
        return _total(expression.integrand, point[expression.law], point)
    except NoValue as error:
        if any(is_zero for values, _ in point[expression.law] for is_zero in map(_is_zero, values.values())):
            raise Outside("a law without this mean") from error
        raise


def _is_zero(number):
    return isinstance(number, Fraction) and number == 0


def _total(integrand, rows, point):
    total = Fraction(0)
    for values, weight in rows:
        total = total + weight * value(integrand, {**point, **values})
    return total


def refuse_no_law(rows):
    """Outside where weights are negative or eigenvalues have a wrong sign; a weight of zero is left open."""
    for values, weight in rows:
        if sign(weight) < 0 or any(sign(x) < bool(v.is_positive) for v, x in values.items() if v.is_nonnegative):
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


# What claims are made of: each knows its value at a point, and how it is said to the library.

def line_through(point, names, slopes):
    """The point as it moves: each name with its slope (and bend)."""
    return {**point, **{name: Jet(point[name], *slope) for name, slope in zip(names, slopes, strict=True)}}


def part(number, order):
    """The value, slope or bend of a jet."""
    found = number.parts[order] if isinstance(number, Jet) else (number if order == 0 else Fraction(0))
    return found * 2 if order == 2 else found


def only_zero(polynomial, unknown, between, point):
    """The only zero of a polynomial in an open interval; NoValue where there is none, or there are several."""
    terms = [value(c, point) for c in sympy.Poly(polynomial, unknown).all_coeffs()]
    low, high = (None if end.is_infinite else value(end, point) for end in map(sympy.sympify, between))
    if any(isinstance(t, Jet) for t in (*terms, low, high)):
        still = {s: v.parts[0] if isinstance(v, Jet) else v for s, v in point.items()}
        return followed(polynomial, unknown, only_zero(polynomial, unknown, between, still), point)
    if any(isinstance(t, (Enclosure, Algebraic)) for t in (*terms, low, high)):
        raise Unsure("coefficients that are not rational")
    inside = []
    for found in zeros(tuple(terms)):
        if (low is None or sign(found - low) > 0) and (high is None or sign(found - high) < 0):
            inside.append(found)
    if len(inside) != 1:
        raise NoValue(f"{len(inside)} zeros between the ends")
    return inside[0]


@lru_cache(maxsize=4096)
def zeros(terms):
    """The real zeros of a polynomial, its coefficients given highest first, exactly."""
    x = sympy.Dummy()
    exact = sympy.Poly([sympy.Rational(t.numerator, t.denominator) for t in terms], x, domain="QQ")
    if exact.is_zero:
        raise NoValue("every number is a zero")
    found = []
    for factor, _ in exact.factor_list()[1]:
        coefficients = tuple(Fraction(int(c.p), int(c.q)) for c in reversed(factor.all_coeffs()))
        if len(coefficients) == 2:
            found.append(-coefficients[0] / coefficients[1])
            continue
        for (left, right), _ in factor.intervals(eps=sympy.Rational(1, 2**130)):
            found.append(field(coefficients, Fraction(str(left)), Fraction(str(right))).generator)
    return found


def followed(equation, unknown, start, point):
    """The jet of a zero, by two Newton steps from its value at the start."""
    still = {s: v.parts[0] if isinstance(v, Jet) else v for s, v in point.items()}
    slope = part(value(equation, {**still, unknown: Jet(start, Fraction(1))}), 1)
    found = Jet(start)
    for _ in range(2):
        off = value(equation, {**point, unknown: found})
        off = off if isinstance(off, Jet) else Jet(off)
        found = found - Jet(Fraction(0), *off.parts[1:]) * inverse(slope)
    return found


def rising_zero(equation, unknown, point, guess=None):
    """The positive zero of what rises in the unknown, a guess perhaps; Outside where it has none."""
    still = {s: v.parts[0] if isinstance(v, Jet) else v for s, v in point.items()}

    def at(x):
        return sign(value(equation, {**still, unknown: x}))
    if guess is not None and at(guess) == 0:
        return _moved(equation, unknown, guess, point)
    low, high = Fraction(1, 10**30), Fraction(10**30)
    if at(low) >= 0 or at(high) <= 0:
        raise Outside("no minimiser")
    for _ in range(150):
        # far apart, the ends come closer by their ratio
        half = (low + high) / 2 if high < 4 * low else low * Fraction(isqrt(int(high / low)))
        guess = at(half)
        if guess == 0:
            return _moved(equation, unknown, half, point)
        low, high = (half, high) if guess < 0 else (low, half)
    near = ((low + high) / 2).limit_denominator(10**12)
    found = near if at(near) == 0 else Enclosure(low, high)
    return _moved(equation, unknown, found, point)


def _moved(equation, unknown, found, point):
    return followed(equation, unknown, found, point) if any(isinstance(v, Jet) for v in point.values()) else found
