"""Random claims of the shapes that single methods of proof are for: KINDS, as in `generate`.

Each is true by its construction, or just not: a discriminant that vanishes, or is a little less than nothing somewhere; a square root
that is a little too small; a mean that is Jensen's, or turned.
"""

import sympy
from soundness.generate import plain
from soundness.letters import (
    ALL,
    ORDER,
    a,
    b,
    c,
    coefficient,
    hypotheses,
    linear,
    polynomial,
    some,
    u,
    v,
)
from sympy import Integer, Rational, sqrt

from symrisk import Mean
from symrisk.symbols import H, tau

SMALL = (0, 0, 0, Rational(1, 100), Rational(-1, 100), Rational(1, 10**6))


def quadratics(rng):
    """A quadratic in one letter whose discriminant is a product of known sign, or nearly so."""
    letters = some(rng, ALL, 3)
    s = rng.choice(letters)
    others = [t for t in (*letters, a, u) if t != s]
    p, q = (linear(rng, others) for _ in range(2))
    first = rng.choice((Integer(1), 1 + p**2, rng.choice(others), others[0] ** 2 + others[-1] + 1))
    rest = rng.choice((q**2 + 1, rng.choice(others), q**2, rng.choice(others) ** 2 * rng.choice(others), Integer(0)))
    made = first * s**2 + 2 * p * s + rng.choice(((p**2 + rest) / first, p**2 + rest, 1 + rest))
    made = sympy.expand(sympy.numer(sympy.together(made + rng.choice(SMALL) * rng.choice((1, rng.choice(letters))))))
    sign = rng.choice((1, 1, -1))
    rel = rng.choice((">=", ">", ">=", ">", "<")) if sign == 1 else rng.choice(("<=", "<", ">"))
    return plain("quadratic", sign * made, rel, 0, hypotheses(rng, letters, 1))


def half_lines(rng):
    """Quadratics in positive letters of which only the roots outside of the half-line are real."""
    s, t = rng.sample((a, b, c, u, v), 2)
    slope = rng.choice((t - rng.choice((1, 2, 3)), t**2 - t - 1, t * (t - 2), 1 - t, polynomial(rng, (t,))))
    ends = [rng.choice((Integer(1), 1 + t, t, t**2 + 1, Rational(1, 4), Integer(2))) for _ in range(2)]
    made = ends[0] * s**2 + slope * s + ends[1] + rng.choice(SMALL)
    return plain("half-line", sympy.expand(made), rng.choice((">", ">=", ">", "<")), 0, hypotheses(rng, (s, t), 1))


def conjugates(rng):
    """What a square root is compared with: what is a little more, or less, or the same."""
    letters = some(rng, (a, b, c, u, v), 2)
    p = linear(rng, letters)
    q = rng.choice((rng.choice(letters), p**2 + rng.choice(letters), coefficient(rng) ** 2, Integer(0)))
    radicand = sympy.expand(p**2 + rng.choice((4, 1, -1)) * q)
    other = rng.choice((p, -p, abs(coefficient(rng)) * p, p + rng.choice(letters), p + q, Integer(1)))
    times = rng.choice((Integer(1), Integer(1), 1 + letters[0], letters[0], coefficient(rng)))
    return plain("conjugate", times * sqrt(radicand) + rng.choice(SMALL), rng.choice(ORDER), other, hypotheses(rng, letters, 1))


def products_of_means(rng):
    """Jensen, Cauchy and Schwarz, Chebyshev, log-convexity, or turned; a little moved."""
    shrunk = tau / (tau + a)
    one, two = rng.sample((tau, shrunk, 1 / (tau + a), tau**2, shrunk**2, tau / (tau + 1), (tau - b) ** 2, a * tau + 1, tau * shrunk), 2)
    f, g, product, square = (Mean(body, H) for body in (one, two, one * two, one**2))
    left, right = rng.choice(((f**2, square), (f * g, product), (product**2, square * Mean(two**2, H)), (f**3, Mean(one**3, H)), (f * square, Mean(one**3, H)),
                              (f, g), (square + b**2, 2 * b * f), (f**2 * b, square * c), (1, f * Mean(1 / (1 + one), H)), (Mean(1 / (1 + one), H) * (1 + f), 1)))
    rel = rng.choice(("<=", "<=", ">=", "<", ">"))
    on = rng.choice(((), (), ((b, "<=", c),), ((a, "<", 1),), ((Mean(tau, H), "<=", 1),)))
    return plain("product of means", left + rng.choice((0, 0, 0, b, Rational(1, 100))), rel, right, on, laws={H: [tau]})


KINDS = {"product of means": products_of_means, "quadratic": quadratics, "half-line": half_lines, "conjugate": conjugates}
