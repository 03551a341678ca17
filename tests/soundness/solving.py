"""Names that solve something, and how they move: the only zero between two ends, and jets along a line."""

from fractions import Fraction
from functools import lru_cache
from math import isqrt

import sympy
from soundness.functions import inverse, sign
from soundness.meaning import value
from soundness.reals import Algebraic, Enclosure, Jet, NoValue, Outside, Unsure, field


def line_through(point, names, slopes):
    """The point as it moves: each name with its slope (and bend)."""
    return {
        **point,
        **{name: Jet(point[name], *slope) for name, slope in zip(names, slopes, strict=True)},
    }


def part(number, order):
    """The value, slope or bend of a jet."""
    found = (
        number.parts[order] if isinstance(number, Jet) else (number if order == 0 else Fraction(0))
    )
    return found * 2 if order == 2 else found


def only_zero(polynomial, unknown, between, point):
    """The only zero of a polynomial in an open interval; NoValue where there is none, or there are several."""
    terms = [value(c, point) for c in sympy.Poly(polynomial, unknown).all_coeffs()]
    low, high = (
        None if end.is_infinite else value(end, point) for end in map(sympy.sympify, between)
    )
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
    return (
        followed(equation, unknown, found, point)
        if any(isinstance(v, Jet) for v in point.values())
        else found
    )
