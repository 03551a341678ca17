"""Random claims about names that solve something: KINDS, as in `generate`."""

from fractions import Fraction

import numpy as np
import sympy
from soundness.cases import Case
from soundness.functions import root as positive_root
from soundness.functions import sign
from soundness.generate_more import r
from soundness.letters import ORDER, RELATIONS, a, b, u, x
from soundness.meaning import value
from soundness.moving import Slope
from soundness.points import drawn_law, number
from soundness.quantities import Put, Text
from soundness.reals import Jet, NoValue, Outside
from soundness.solving import rising_zero
from sympy import Integer, Piecewise, Rational, log, oo, sqrt

from symrisk import Atoms, Formula, Implicit, Mean, Region
from symrisk.symbols import H, symbol, tau

q = symbol("q", "q", "a root of any sign")
ROOTS = ((r**2 - a, (0, oo)), (r**3 + a * r - b, (0, oo)), (r * (r - 1), (0, 1)), (r * (r - 1) * (r - 2), (0, 2)), (r**2 + (1 - a - b) * r - b, (0, oo)),
         ((r - a) * (r - b), (0, oo)), ((r - 1) ** 2 - a, (0, oo)), (r**2 + a, (0, oo)), (r - a, (0, 1)), (r * (r - a), (0, oo)), (r**2 - u, (0, oo)),
         (r**2 - 1, (0, a)), (r**3 - a, (0, oo)), ((r - 1) * (r - a), (1, oo)), (r * (r - 1) * (r - a), (0, 2)), (a * r**2 + r - 1, (0, 1)),
         (r**2 + b * r - a, (0, oo)), (r**3 - 3 * r + a, (0, 1)), (r**2 * (r - 1), (0, 2)), (r * (r - u), (0, oo)), (a * r - u, (0, oo)), ((r - 2) * r, (0, 2)))
ANY = ((q**2 - a, (-oo, 0)), (q**3 + q - x, (-oo, oo)), (q + x, (-oo, oo)), (q**2 + q - a, (-oo, 0)), (q * (q + 1), (-2, 0)), (q**2 - x, (0, oo)))


def roots(rng):
    """Names that are roots: existing, missing, at an end of the interval."""
    name = rng.choice((r, r, r, q))
    equation, between = rng.choice(ROOTS if name == r else ANY)
    letters = sorted((equation.free_symbols | set().union(*(sympy.sympify(e).free_symbols for e in between))) - {name}, key=str) or [a]
    s = rng.choice(letters)
    body = rng.choice((name, name, name**2, name + s, equation, equation + 1, name**2 - s, 1 / name, Piecewise((name, name > s), (s, True)), sqrt(1 + name**2), name * s))
    if not body.has(name):
        body = body + name
    of = Text(body, roots={name: (equation, between)}, is_formula=True)
    left = rng.choice((of, of, of, Slope(of, s) if s in of.letters else of,
                       Put(of, ((s, rng.choice((Integer(1), Integer(4), b, s + 1, a / b))),)) if s in of.letters else of))
    right = rng.choice((Integer(0), Integer(1), Integer(2), s, sqrt(a), Rational(1, 2)))
    on = rng.choice(((), (), ((s, rng.choice(RELATIONS), rng.choice((1, 2))),)))
    return Case("root", left, rng.choice(ORDER), Text(right), on)


def _near_root(a):
    return np.sqrt(a), np.zeros(np.shape(a), dtype=int)


def equations(rng):
    """A name that solves an equation, the solution being the one next to a start."""
    implicit = Implicit.cases((r,), [(r**2 - a,)], _near_root, (a,), latex="r^2 = a", says="a root")

    def solve(point):
        return positive_root(point[a], 2)
    body = rng.choice((r, r**2, r + a, r**2 - a, r / (1 + r), 1 / r, r * b))
    of = Text(body, solved={r: (implicit, solve, frozenset({a}))}, is_formula=True)
    left = rng.choice((of, of, Slope(of, a), Put(of, ((a, Integer(4)),))))
    right = rng.choice((Integer(0), a, Integer(1), sqrt(a), 1 / sqrt(a), a**2, Integer(2)))
    return Case("equation", left, rng.choice((*ORDER, "==")), Text(right), rng.choice(((), ((a, ">", 1),), ((a, "<=", 4),))))


def _above(bound):
    """The root of a letter where it exceeds a bound; no value where it does not."""
    def solve(point):
        still = point[a].parts[0] if isinstance(point[a], Jet) else point[a]
        if sign(still - Fraction(int(bound.p), int(bound.q)) ** 2) <= 0:
            raise NoValue("the conditions pick none")
        return positive_root(point[a], 2)
    return solve


def solved(rng):
    """A name that solves an equation with conditions that pick the solution, or leave none of them."""
    bound = rng.choice((Integer(0), Integer(0), Rational(1, 2), Integer(1)))
    equation = rng.choice((r**2 - a, r - a / r, (r**2 - a) / (1 + r), Mean(r * tau, Atoms({1: 1})) * r - a))
    on = (r > bound,) if bound else ()
    implicit = Implicit.equation(r, equation, start=1 + a, on=on)
    body = rng.choice((r, r**2, r + a, r**2 - a, r / (1 + r), 1 / r, r * b, r - bound))
    of = Text(body, solved={r: (implicit, _above(bound), frozenset({a}))}, is_formula=True)
    left = rng.choice((of, of, Slope(of, a), Put(of, ((a, Integer(4)),))))
    right = rng.choice((Integer(0), a, Integer(1), sqrt(a), 1 / sqrt(a), a**2, Integer(2), bound))
    return Case("solved", left, rng.choice((*ORDER, "==")), Text(right), rng.choice(((), ((a, ">", 1),), ((a, "<=", 4),))))


scale, rows, size = (symbol(n, n, meaning, positive=True) for n, meaning in (("s", "a scale"), ("rows", "a sample size"), ("size", "a dimension")))


def potentials(rng):
    """A name that minimises a convex potential over every law, with or without a floor."""
    floored = rng.random() < 0.5
    floor = a if floored else Integer(1)
    cost = scale if floored else Integer(0)
    implicit = Implicit.potential((scale,), size * Mean(log(floor + scale * tau), H) + cost - rows * log(scale))
    slope = size * Mean(scale * tau / (floor + scale * tau), H) + cost - rows

    def solve(point):
        return rising_zero(slope, scale, point, point.get(scale))

    def draw(random):
        numbers = {s: number(s, random) for s in (a, b, size, scale)}
        point = {**numbers, H: drawn_law((tau,), random)}
        share = sum(weight * numbers[scale] * v[tau] / ((numbers[a] if floored else 1) + numbers[scale] * v[tau]) for v, weight in point[H])
        point[rows] = numbers[size] * share + (numbers[scale] if floored else 0)
        return point
    inputs = frozenset({size, rows, H} | ({a} if floored else set()))
    body = rng.choice((scale, scale**2, size * Mean(scale * tau / (floor + scale * tau), H) + cost, Mean(1 / (floor + scale * tau), H),
                       Mean(tau, H) * scale, scale / rows, slope + rows))
    of = Text(body, solved={scale: (implicit, solve, inputs)}, is_formula=True)
    s = rng.choice((rows, size, rows))
    left = rng.choice((of, Slope(of, s), Slope(of, s)))
    right = rng.choice((Integer(0), Integer(0), rows, Integer(1), b, rows / size))
    on = rng.choice(((), ((rows, "<", size),), ((rows, "<", size),)))
    return Case("potential", left, rng.choice(ORDER), Text(right), on, laws={H: [tau]}, draw=draw)


POWERS = (
    # (logarithms and costs, c times their slope): all of a pull is left out
    (size * Mean(log(1 + scale**2 * tau), H), size * Mean(2 * scale**2 * tau / (1 + scale**2 * tau), H)),
    (size * Mean(log(a + scale * tau + scale**2), H) + scale, size * Mean((scale * tau + 2 * scale**2) / (a + scale * tau + scale**2), H) + scale),
    (size * Mean(log(1 / scale + scale * tau), H) + size * log(scale) + b * scale**2, size * Mean(2 * scale**2 * tau / (1 + scale**2 * tau), H) + 2 * b * scale**2),
    (size * Mean(log(1 + scale * tau), H) + a * log(1 + scale), size * Mean(scale * tau / (1 + scale * tau), H) + a * scale / (1 + scale)),
)


def posynomials(rng):
    """A name that minimises a potential of its powers over every law: squares, inverses, costs, a second logarithm."""
    terms, rises = rng.choice(POWERS)
    implicit = Implicit.potential((scale,), terms - rows * log(scale))

    def solve(point):
        return rising_zero(rises - rows, scale, point, point.get(scale))

    def draw(random):
        point = {s: number(s, random) for s in (a, b, size, scale)}
        atoms = drawn_law((tau,), random)
        total = 0
        for values, weight in atoms:
            here = rises.replace(lambda e: isinstance(e, Mean), lambda e: e.integrand)
            total += weight * Fraction(str(here.subs({s: Rational(v) for s, v in {**point, **values}.items()})))
        return {**point, H: atoms, rows: total}
    inputs = frozenset(terms.free_symbols - {scale} | {rows})
    body = rng.choice((scale, scale**2, rises, 1 / scale, Mean(scale * tau / (1 + scale * tau), H), scale / rows, rises / rows))
    of = Text(body, solved={scale: (implicit, solve, inputs)}, is_formula=True)
    left = rng.choice((of, of, Slope(of, rng.choice((rows, size)))))
    right = rng.choice((Integer(0), Integer(0), rows, Integer(1), b, 2 * size))
    on = rng.choice(((), ((rows, "<", size),), ((rows, ">", 1),)))
    return Case("posynomial", left, rng.choice((*ORDER, "==")), Text(right), on, laws={H: [tau]}, draw=draw)


share = symbol("share", "v", "a share", nonnegative=True)
BOWLS = (
    # (what is searched, where it would be least without ends)
    ((share - a) ** 2, a),
    ((share - a) ** 2 + b * share, a - b / 2),
    (a * (share - b) ** 2 + share**2, a * b / (a + 1)),
    ((share - x) ** 2 / a, x),
)


def optima(rng):
    """A share that is where something is least: inside its interval, or at an end of it."""
    searched, inner = rng.choice(BOWLS)
    risk = Formula(symbol("searched", "s", "what is searched"), searched)
    implicit = Implicit.least(share, risk, on=Region(share >= 0, share <= 1))

    def solve(point):
        found = value(inner, point)
        for end in (0, 1):
            # where the point just reaches an end it has no slope, nor do balls tell
            if sign(value(inner - end, point)) == 0:
                raise Outside("on the edge of an end")
        if sign(value(inner, point)) < 0:
            return Fraction(0)
        return Fraction(1) if sign(value(inner - 1, point)) > 0 else found

    letters = sorted(searched.free_symbols - {share}, key=str)
    body = rng.choice((share, share**2, 1 - share, share + letters[0], share * (1 - share), share - inner))
    of = Text(body, solved={share: (implicit, solve, frozenset(letters))}, is_formula=True)
    moving = sorted(inner.free_symbols, key=str)[0]
    left = rng.choice((of, of, Slope(of, moving)))
    right = rng.choice((Integer(0), Integer(0), Integer(1), Rational(1, 2), letters[0], inner))
    on = rng.choice(((), (), ((letters[0], rng.choice((">", "<")), Rational(1, 2)),)))
    return Case("optimum", left, rng.choice((*ORDER, "==")), Text(right), on)


KINDS = {"optimum": optima, "root": roots, "equation": equations, "solved": solved, "potential": potentials, "posynomial": posynomials}
