"""Random claims about states of recursions and sums: KINDS, as in `generate`."""

from fractions import Fraction

import sympy
from soundness.cases import Case
from soundness.letters import ORDER, a, b, k, u, x
from soundness.meaning import value
from soundness.moving import Slope
from soundness.quantities import Put, Text
from soundness.reals import Unsure
from sympy import Integer, Piecewise, Rational, sqrt

from symrisk import Recursion
from symrisk.symbols import symbol

MOST = 12
"""Steps that the oracle takes."""
real = symbol("s", "s", "a state of any sign")
plus = symbol("s", "s", "a positive state", positive=True)
other = symbol("q", "q", "another state")
total = symbol("total", "S", "a sum")
j = sympy.Symbol("j")


def stepped(states, starts, steps, place):
    """What gives the state at a point, step by step."""
    def solve(point):
        last = point[k]
        if last > MOST:
            raise Unsure("many steps")
        here = {**point, **{s: value(start, point) for s, start in zip(states, starts, strict=True)}}
        for step in range(int(last)):
            now = {**here, k: Fraction(step)}
            here |= {s: value(each, now) for s, each in zip(states, steps, strict=True)}
        return here[states[place]]
    return solve


def recursions(rng):
    """A state, positive by its letter or not, that grows, shrinks, settles, jumps, has a pole or leaves its sign."""
    s = rng.choice((real, plus))
    start = rng.choice((Integer(1), a, u, a + 1, Integer(2), x))
    step = rng.choice((s / 2, s + a, s - 1, a * s, a * (b + s) / (a + b + s), 1 / s, s**2, s + k, s * (k + 1), 1 / (s - 2), (s + a / s) / 2, 1 - s, s + 1 / (k + 1),
                       2 * s - a, Piecewise((s / 2, s > 1), (s + 1, True)), sqrt(s + 1), u * s + b, (1 - u) * s, s + x))
    if rng.random() < 0.3:
        states, starts, steps = (s, other), (start, rng.choice((Integer(0), a))), (step + other, rng.choice((other, s, other / 2 + s)))
    else:
        states, starts, steps = (s,), (start,), (step,)
    letters = frozenset().union(*(each.free_symbols for each in (*starts, *steps))) - set(states) | {k}
    recursion = Recursion(states, over=k, start=starts, step=steps)
    body = rng.choice((s, s, s, s**2, 1 / s, s - a, s * k, sqrt(s), s / (1 + s)))
    of = Text(body, solved={s: (recursion, stepped(states, starts, steps, 0), letters)}, is_formula=True)
    left = rng.choice((of, of, of, Put(of, ((k, Integer(3)),)), Slope(of, a) if a in letters else of))
    right = rng.choice((Integer(0), Integer(1), start, a, a + k, start + k, Rational(1, 2), start * a**k, 2**k, start / 2**k))
    return Case("recursion", left, rng.choice((*ORDER, "==", ">=")), Text(right), rng.choice(((), (), ((k, ">=", 1),), ((a, "<=", 1),))))


def sums(rng):
    """A sum to a whole number, against what it may be."""
    term, closed = rng.choice(((j, k * (k + 1) / 2), (j**2, k * (k + 1) * (2 * k + 1) / 6), (1 / j**2, 2 - 1 / k), (a**j, (a**(k + 1) - a) / (a - 1)), (1 / (j * (j + 1)), k / (k + 1)),
                               (x, x * k), (1 / j, sqrt(k)), (2 * j - 1, k**2), (1 / (j - 2), k), (x**j, k * x), (a * j, a * k**2)))
    added = term.xreplace({j: k})

    def solve(point):
        if point[k] > MOST:
            raise Unsure("many terms")
        return sum((value(added, {**point, k: Fraction(n)}) for n in range(1, int(point[k]) + 1)), Fraction(0))
    letters = frozenset(term.free_symbols - {j} | {k})
    of = Text(rng.choice((total, total, total + 1, total * 2)), solved={total: ({total: sympy.Sum(term, (j, 1, k))}, solve, letters)}, is_formula=True)
    right = rng.choice((closed, closed, closed, closed + 1, Integer(1), k))
    return Case("sum", of, rng.choice(ORDER), Text(right), rng.choice((((k, ">=", 1),), ((k, ">=", 1),), ())))


KINDS = {"recursion": recursions, "sum": sums}
