"""Random quantities along one variable, and what their values at exact points say: nothing here is shared with the library.

A quantity is drawn as an expression with an interval; its values are plain fractions, radicals are rounded to 60 digits.
"""

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from math import inf, isqrt

import numpy as np
import sympy

from symrisk.symbols import symbol

x = symbol("x", "x", "any real number")
a = symbol("a", "a", "a positive number", positive=True)
u = symbol("u", "u", "a number that is not negative", nonnegative=True)
k = symbol("k", "k", "a whole number", kind="integer", integer=True, nonnegative=True)
b = symbol("b", "b", "a positive parameter", positive=True)
v = symbol("v", "v", "a parameter that is not negative", nonnegative=True)

DIGITS = 10**60
LOOSE = Fraction(1, 10**40)
FAR = (Fraction(100), Fraction(10**4), Fraction(-100), Fraction(-10**4))
NEAR = Fraction(1, 10**6)


class Undefined(Exception):
    """A pole, or a root of a negative number."""


@dataclass(frozen=True)
class Drawn:
    """An expression in `name` and perhaps `parameters`, where lower < name < upper (or <=); None is no bound."""

    name: sympy.Symbol
    expression: sympy.Expr
    lower: object
    upper: object
    closed: tuple

    @property
    def hypotheses(self):
        low, high = self.closed
        found = [] if self.lower is None else [self.name >= self.lower if low else self.name > self.lower]
        found += [] if self.upper is None else [self.name <= self.upper if high else self.name < self.upper]
        return [h for h in found if h not in (True, sympy.true)]

    @property
    def parameters(self):
        ends = [end for end in (self.lower, self.upper) if end is not None]
        return sorted(set().union(self.expression.free_symbols, *(e.free_symbols for e in ends)) - {self.name}, key=str)

    def ends(self, point):
        """(lower, upper, whether each belongs) as numbers, the sign of the name taken in."""
        low = -inf if self.lower is None else value(self.lower, point)
        high = inf if self.upper is None else value(self.upper, point)
        closed = [self.closed[0] and low > -inf, self.closed[1] and high < inf]
        if self.name.is_nonnegative and low < 0 or self.name.is_positive and low <= 0:
            low, closed[0] = Fraction(0), not self.name.is_positive
        return low, high, closed


def value(expression, point):
    """The value of an expression at fractions, exactly but for radicals; Undefined where there is none."""
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        return point[expression]
    if expression.is_Add:
        return sum((value(part, point) for part in expression.args), Fraction(0))
    if expression.is_Mul:
        product = Fraction(1)
        for part in expression.args:
            product *= value(part, point)
        return product
    if expression.is_Piecewise:
        return next(value(e, point) for e, condition in expression.args if truth(condition, point))
    return _power(value(expression.base, point), expression.exp)


def truth(condition, point):
    """Whether a relation holds; with radicals in it, not by less than rounding."""
    if condition == sympy.true:
        return True
    left, right = value(condition.lhs, point), value(condition.rhs, point)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[condition.rel_op]


def _power(base, exponent):
    if base == 0 and exponent < 0:
        raise Undefined
    if exponent.is_Integer:
        return base ** int(exponent)
    if base < 0:
        raise Undefined
    assert exponent.q == 2
    return _root(base) ** int(exponent.p)


def _root(number):
    top, bottom = isqrt(number.numerator), isqrt(number.denominator)
    if (top**2, bottom**2) == (number.numerator, number.denominator):
        return Fraction(top, bottom)
    return Fraction(isqrt(number.numerator * DIGITS**2 // number.denominator), DIGITS)


def is_exact(*expressions):
    """Whether values are plain fractions, not rounded."""
    powers = set().union(*(e.atoms(sympy.Pow) for e in expressions))
    return all(power.exp.is_Integer for power in powers)


# Points.

def settings(drawn, draw, count=4):
    """Values of the parameters with which the interval has a point."""
    for _ in range(count):
        point = {s: Fraction(draw.randint(1, 30), draw.choice((1, 2, 3, 10))) for s in drawn.parameters}
        if draw.random() < 0.3 and v in point:
            point[v] = Fraction(0)
        low, high, closed = drawn.ends(point)
        if low < high or low == high and all(closed):
            yield point


def along(drawn, point, extra=()):
    """Values of the name in its interval, in order: the ends and next to them, stationary points, seams and between them all."""
    low, high, closed = drawn.ends(point)
    start = low if low > -inf else min(high, Fraction(0)) - 1
    finish = high if high < inf else max(low, Fraction(0)) + 1
    marks = {start, finish, *extra, *_turns(drawn, point), *_seams(drawn, point)}
    marks |= {start + step for step in FAR}
    marks |= {m + NEAR for m in marks} | {m - NEAR for m in marks}
    marks |= {start + (finish - start) * Fraction(i, 7) for i in range(1, 7)}
    ordered = sorted(marks)
    marks |= {(m + n) / 2 for m, n in zip(ordered, ordered[1:], strict=False)}
    if drawn.name.is_integer:
        marks = {Fraction(m.__floor__() + i) for m in marks for i in (-1, 0, 1, 2)}
    inside = [m for m in marks if low < m < high or m == low and closed[0] or m == high and closed[1]]
    return sorted(inside)


def _turns(drawn, point):
    """Zeros of the derivative and of the denominator, those of degree one exactly."""
    for coefficients in _factors(drawn.expression, drawn.name):
        numbers = [value(c, point) for c in coefficients]
        if len(numbers) == 2 and numbers[0]:
            yield -numbers[1] / numbers[0]
        elif len(numbers) > 2:
            roots = np.roots([float(c) for c in numbers])
            yield from (Fraction(root.real).limit_denominator(10**9) for root in roots if abs(root.imag) < 1e-9)


@lru_cache(maxsize=64)
def _factors(expression, name):
    """The coefficients of each factor of the numerators and denominators of the derivative's cases."""
    pieces = [e for e, _ in expression.args] if expression.is_Piecewise else [expression]
    fractions = [sympy.fraction(sympy.together(piece.diff(name))) for piece in pieces]
    found = []
    for part in map(sympy.expand, set(chain.from_iterable(fractions))):
        if part.is_polynomial(name) and part.has(name):
            found += [sympy.Poly(factor, name).all_coeffs() for factor, _ in sympy.factor_list(part)[1] if factor.has(name)]
    return found


def _seams(drawn, point):
    for cases in drawn.expression.atoms(sympy.Piecewise):
        for _, condition in cases.args:
            if condition != sympy.true:
                yield value(condition.rhs, point)


# Quantities.

def quantity(draw):
    """A random quantity along a random variable of a random interval."""
    name = draw.choice((x, a, a, u, u, k))
    parameter = draw.choice((None, None, b, v))
    make = draw.choice((polynomial, polynomial, crossing, rational, rational, radical, by_cases))
    return Drawn(name, make(draw, name, parameter), *interval(draw, name, parameter))


def interval(draw, name, parameter):
    lower = draw.choice((None, -1, 0, 1, sympy.Rational(1, 2))) if name is x else draw.choice((None, None, 0, 1))
    upper = draw.choice((None, 2, 3, 5))
    if parameter is b and draw.random() < 0.3 and not name.is_integer:
        upper = (lower or 0) + b
    lower, upper = (None if end is None else sympy.sympify(end) for end in (lower, upper))
    return lower, upper, (draw.random() < 0.5, draw.random() < 0.5)


def polynomial(draw, name, parameter):
    powers = [name**i for i in range(draw.choice((2, 3, 3, 4, 5)))]
    return sympy.Add(*(coefficient(draw, parameter) * power for power in powers))


def coefficient(draw, parameter):
    number = sympy.Rational(draw.randint(-4, 4), draw.choice((1, 1, 2)))
    return number * parameter if parameter is not None and draw.random() < 0.3 else number


def crossing(draw, name, parameter):
    """One zero, times what has none."""
    factor = draw.choice((1, name**2 + 1, 1 / (name + 1), 1 if parameter is None else parameter + name))
    return (draw.choice((1, -2, 3)) * name + 2 * coefficient(draw, parameter)) * factor


def rational(draw, name, parameter):
    shift = draw.choice((1, 2, -1, parameter if parameter is not None else 3, 0))
    bottom = draw.choice((name + shift, (name + shift) ** 2, name**2 + 1, name * (name + shift)))
    return polynomial(draw, name, parameter) / bottom + draw.choice((0, name, -name))


def radical(draw, name, parameter):
    inside = draw.choice((name, name + 1, name + (parameter if parameter is not None else 2), name**2 + 1))
    return draw.choice((1, -1, 2)) * sympy.sqrt(inside) + draw.choice((0, name, -name, 1 / (name + 1)))


def by_cases(draw, name, parameter):
    seam = draw.choice((0, 1, 2))
    first = polynomial(draw, name, parameter)
    # Half of them do not jump.
    then = first.xreplace({name: sympy.Integer(seam)}) if draw.random() < 0.5 else coefficient(draw, parameter)
    then += draw.randint(-3, 3) * (name - seam)
    condition = draw.choice((name < seam, name <= seam))
    return sympy.Piecewise((first, condition), (then, True))


def quantities(seed, count):
    """So many random quantities that do depend on their variable."""
    draw = random.Random(seed)
    found = 0
    while found < count:
        drawn = quantity(draw)
        if drawn.expression.has(drawn.name):
            found += 1
            yield drawn
