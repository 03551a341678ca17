"""Points of a problem's region in inputs, found by trying."""

import random

import sympy

from symrisk.decide.recheck.arithmetic import exact, over
from symrisk.decide.recheck.many_digits import number
from symrisk.errors import NoMethod

POINTS = 6
TRIES = 60


def scattered(problem, count):
    """Random points of the region in inputs, found by trying; whole numbers where a symbol is
    whole.
    """
    draw = random.Random(2)
    symbols = [s for s in problem.region.symbols if s not in problem.claim.roots]
    for _ in range(count):
        point = {s: drawn(draw, s) for s in symbols}
        if in_region(problem, point):
            yield point


def anywhere(problem):
    """A point of no particular place: an identity of algebraic expressions holds off its region
    too.
    """
    draw = random.Random(3)
    return {s: drawn(draw, s) for s in problem.region.symbols}


def drawn(draw, symbol):
    """A random number of any size, with the sign of the symbol, whole where it is whole."""
    if symbol.is_integer:
        return sympy.Integer(draw.randint(0, 6))
    size = draw.choice((1, 1, 10, 100, sympy.Rational(1, 10))) * (
        1 if symbol.is_nonnegative else draw.choice((1, -1))
    )
    return size * sympy.Rational(draw.randint(1, 997), 331)


def in_region(problem, point):
    """Whether a point satisfies every hypothesis: exactly where it is rational in the inputs,
    else to many digits.
    """
    known = {s: exact(v) for s, v in point.items()}
    later = []
    for relation in problem.region.premises:
        try:
            value = over(relation.slack, known)
        except (NoMethod, KeyError):
            later.append(relation)
            continue
        except ZeroDivisionError:
            return False
        if not _fits(relation, value):
            return False
    return all(_fits(relation, number(relation.slack, point, problem)) for relation in later)


def _fits(relation, slack):
    if relation.rel == "==":
        return slack == 0
    return bool(slack > 0 if relation.strict else slack >= 0)
