"""Random claims that speak of functions and constants: KINDS, as in `generate`."""

import sympy
from soundness.generate import plain
from soundness.letters import ALL, ORDER, a, b, hypotheses, linear, polynomial, some, x
from sympy import Integer, Rational, atan, cos, erf, erfc, exp, log, sin, tanh

from symrisk import normal_cdf, normal_pdf

HEADS = (exp, exp, tanh, erf, erfc, normal_cdf, normal_pdf, atan, sin, cos)
BOUNDS = {exp: (0, None), tanh: (-1, 1), erf: (-1, 1), erfc: (0, 2), normal_cdf: (0, 1), normal_pdf: (0, Rational(2, 5)), sin: (-1, 1), cos: (-1, 1),
          atan: (-Rational(11, 7), Rational(11, 7))}
KNOWN = (exp(x) - 1 - x, 1 - exp(x) * (1 - x), a - 1 - log(a), a * log(a) - a + 1, tanh(a), erf(a), atan(a), normal_cdf(a) - Rational(1, 2), exp(a) - 1,
         exp(a + b) - exp(a), tanh(a + b) - tanh(a), log(a + b) - log(a), sympy.pi - 3, sympy.E * a - 2 * a, 1 / (1 + exp(-x)), erf(x) + erfc(x) - 1,
         normal_cdf(x) + normal_cdf(-x) - 1, exp(x) * exp(-x) - 1, exp(2 * x) - exp(x) ** 2)
"""What is nowhere negative."""


def values(rng):
    """A value of a function against one of its bounds, moved a little, times something, over something."""
    letters = some(rng, ALL, 2)
    head = rng.choice(HEADS)
    argument = rng.choice((rng.choice(letters), linear(rng, letters), polynomial(rng, letters)))
    low, high = BOUNDS[head]
    bound = rng.choice([end for end in (low, high) if end is not None])
    moved = bound + rng.choice((0, 0, Rational(1, 100), Rational(-1, 100)))
    factor = rng.choice((Integer(1), a, rng.choice(letters) ** 2, linear(rng, letters)))
    form = rng.randrange(4)
    value = head(argument)
    left, right = (
        (value * factor, moved * factor),
        (value**2, bound**2 + rng.choice((0, 1))),
        (value + factor, moved + factor),
        (factor / (2 + value), factor / (2 + moved)),
    )[form]
    likely = (">", ">=") if (bound == low) == (form != 3) else ("<", "<=")
    return plain("values", left, rng.choice((*likely, *likely, *ORDER)), right, hypotheses(rng, letters, 1))


def facts(rng):
    """What is nowhere negative: put together, moved a little, made strict."""
    one, other = rng.choice(KNOWN), rng.choice(KNOWN)
    left = rng.choice((one, one * a, one + other, one * other, one + rng.choice((0, Rational(1, 1000), Rational(-1, 1000)))))
    return plain("facts", left, rng.choice((">=", ">=", ">", "==", "<=")), Integer(0), rng.choice(((), (), ((x, ">", 0),), ((a, "<", b),))))


def pairs(rng):
    """Two values of one function, their arguments ordered by the hypotheses or not."""
    head = rng.choice(HEADS)
    one, other = rng.choice(((a, a + b), (x, x + a), (a, b), (x, -x), (a, a * b), (a, 2 * a), (-a, a)))
    factor = rng.choice((Integer(1), a, Rational(1, 2)))
    on = rng.choice(((), ((a, "<", b),), ((b, ">", 1),)))
    return plain("pairs", head(one) * factor, rng.choice(ORDER), rng.choice((head(other) * factor, head(other) * factor, head(other))), on)


KINDS = {"values": values, "facts": facts, "pairs": pairs}
