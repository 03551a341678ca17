"""Verdicts known to be false, and known to be true: what the oracle itself is tried on."""

import numpy as np
from soundness.cases import Case
from soundness.functions import root as square_root
from soundness.generate_more import b0, t1, t2
from soundness.letters import a, b, k, u, w, x, y
from soundness.moving import Bend, Limit, Slope
from soundness.quantities import Joined, Put, Text
from sympy import Integer, Piecewise, Rational, log, oo, sqrt

from symrisk import Atoms, Implicit, Mean
from symrisk.symbols import H, symbol, tau

r = symbol("r", "r", "a root", positive=True)
indicator = Piecewise((1, tau > 2), (0, True))
half = Atoms({1: "1/2", 3: "1/2"})
steps = Mean(Piecewise((2, tau > 2), (1, True)), half)
weighed = Mean(tau, Atoms({1: w, 3: 1 - w}))


def of(left, rel, right, *on, **more):
    side = left if hasattr(left, "letters") else Text(left)
    return Case("witness", side, rel, Text(right), on, **more)


def formula(expression, **more):
    return Text(expression, is_formula=True, **more)


def root(polynomial, between, body=r):
    return formula(body, roots={r: (polynomial, between)})


def moving(*names):
    """That some step in the logarithms of the names is not zero."""
    return ((sum(step**2 for step in Bend(formula(sum(names)), names).steps), ">", 0),)


def _near(a):
    return np.sqrt(a), np.zeros(np.shape(a), dtype=int)


def _solved(point):
    return square_root(point[a], 2)


equation = Implicit.cases((r,), [(r**2 - a,)], _near, (a,), latex="r^2 = a", says="a root")
positive_root = formula(r**2, solved={r: (equation, _solved, frozenset({a}))})
every = {"laws": {H: [tau]}}
share = Mean(tau / (tau + a), H)
FALSE = {
    "a bound variable is split": (of((steps - 1) * (steps - 2), "==", 0), "proved", {}),
    "a mean of steps": (of(steps, "==", Rational(3, 2)), "refuted", {}),
    "the mean of an indicator": (of(Mean(indicator, H) * (1 - Mean(indicator, H)), "==", 0, **every), "proved", {}),
    "a witness that binds": (of(Mean(indicator, H), "==", 1, **every), "refuted", {tau: Rational(1)}),
    "a letter of a law": (of(Slope(formula(Mean(tau, Atoms({a: 1}))), a), "==", 0), "proved", {}),
    "the slope in a law put in": (of(Slope(Put(formula(Mean(tau**2, H)), ((H, Atoms({a: 1})),)), a), "==", 0), "proved", {}),
    "a weight below zero": (of(weighed, "<=", 3), "refuted", {w: Rational(-7, 13)}),
    "a weight above one": (of(weighed, ">=", 1), "refuted", {w: Rational(70, 3)}),
    "a curvature at zero": (of(Bend(formula(log(1 + u * a)), (a,)), ">", 0, *moving(a)), "proved", {}),
    "a curvature along what may be zero": (of(Bend(formula(log(1 + u)), (u,)), ">", 0, *moving(u)), "proved", {}),
    "a curvature of a square": (of(Bend(formula(x**2), (x,)), ">", 0, *moving(x)), "proved", {}),
    "a curvature at mass zero": (of(Bend(formula(Mean(log(1 + a * tau), H)), (a,)), ">", 0, *moving(a), **every), "proved", {}),
    "an unknown drawn freely": (of(positive_root, "==", a), "refuted", {a: Rational(31, 7), r: Rational(22, 7)}),
    "strict at mass zero": (of(Mean(tau, H), ">", 0, **every), "proved", {}),
    "a root that is not there": (of(root(r * (r - 1), (0, 1)), "<", 1), "proved", {}),
    "a root's slope without the root": (of(Slope(root(r - a, (0, 1)), a), "==", 1), "proved", {}),
    "a jump's slope": (of(Slope(formula(Piecewise((1, x > 0), (0, True))), x), "==", 0), "proved", {}),
    "a kink's slope": (of(Slope(formula(Piecewise((x, x > 0), (0, True))), x), ">=", 0), "proved", {}),
    "a pole put in": (of(Put(formula(1 / x), ((x, 1 / y),)), "==", y), "proved", {}),
    "a pole that a name put in cancels": (of(Put(formula((x - 1) / (y - 1)), ((x, y),)), "==", 1), "proved", {}),
    "a root taken from itself": (of(Joined(formula(sqrt(x)), "-", formula(sqrt(x))), "==", 0), "proved", {}),
    "a quotient of poles": (of(Joined(formula(1 / x), "/", formula(1 / x)), "==", 1), "proved", {}),
    "a slope beside a pole": (of(Slope(formula(b + 1 / (a - 1)), b), "==", 1), "proved", {}),
    "a condition without a value": (of(x, ">=", 1, iff=((sqrt(x), ">=", 1),)), "proved", {}),
    "a side without a value": (of(a, ">=", sqrt(a - 1), iff=((a, ">=", sqrt(a - 1)),)), "proved", {}),
    "the aim of a limit": (of(Limit(formula(x + Rational(3, 4)), x, Integer(0)), "==", Mean(1 / (1 + tau), Atoms({0: "1/2", 1: "1/2"}))), "refuted", {}),
    "a pole that a case cancels": (of(Piecewise((u, u <= 1), (2 * u, True)) / u, ">=", 1), "proved", {}),
    "a witness without a value": (of(Piecewise((u, u <= 1), (2 * u, True)) / u, "<", 3), "refuted", {u: Rational(0)}),
    "a removed pole": (of((x**2 - 1) / (x - 1), "==", x + 1), "proved", {}),
    "a closed face": (of(1 - w, ">", 0, (w, "<=", 1)), "proved", {}),
    "a double zero at an irrational": (of((x**2 - 2) ** 2, ">", 0), "proved", {}),
    "a zero far out": (of((x - 1000) * (x - 1001), ">=", 0), "proved", {}),
    "a whole number between two": (of(k**2 - 3 * k, ">", -2), "proved", {}),
    "a witness that is not whole": (of(k**2, ">=", k), "refuted", {k: Rational(1, 2)}),
    "no limit of whole numbers": (of(Limit(formula(1 / (k + 1)), k, Integer(0)), "==", 1), "proved", {}),
    "another limit": (of(Limit(formula(x / (x + u)), x, Integer(0)), "==", 0, (x, ">", 0)), "proved", {}),
    "a limit that is infinite": (of(Limit(formula(1 / a), a, Integer(0)), "<", 5), "proved", {}),
    "an equivalence at its end": (of(sqrt(a), "<", 2, iff=((a, "<=", 4),)), "proved", {}),
    "a witness outside": (of(a, "<", b, (a, "<", b)), "refuted", {a: Rational(2), b: Rational(1)}),
    "a negative coordinate": (of(Mean(b0, H), ">=", 0, laws={H: [b0]}), "proved", {}),
    "two eigenvalues are one": (of(Mean(t1 * t2, H), "==", Mean(t1, H) * Mean(t2, H), laws={H: [t1, t2]}), "proved", {}),
    "a root of a negative number": (of(sqrt(x), ">=", 0), "proved", {}),
}
TRUE = {
    "a mean of steps": (of(steps, "==", Rational(3, 2)), "proved", {}),
    "the slope in a law": (of(Slope(formula(Mean(tau**2, Atoms({a: 1}))), a), "==", 2 * a), "proved", {}),
    "shares": (of(share, "<=", 1, **every), "proved", {}), "shares and rests": (of(share + a * Mean(1 / (tau + a), H), "==", 1, **every), "proved", {}),
    "a curvature": (of(Bend(formula(log(1 + a)), (a,)), ">", 0, *moving(a)), "proved", {}),
    "a root that is there": (of(root(r * (r - 1) * (r - 2), (0, 2)), "==", 1), "proved", {}),
    "a root by its equation": (of(root(r**2 - a, (0, oo), r**2), "==", a), "proved", {}),
    "a root's slope": (of(Slope(root(r**3 - a, (0, oo), r**3), a), "==", 1), "proved", {}),
    "an identity of roots": (of(sqrt(a) * sqrt(a), "==", a), "proved", {}),
    "a whole square": (of(k**2, ">=", k), "proved", {}), "a limit": (of(Limit(formula(x / (x + 1)), x, oo), "==", 1), "proved", {}),
    "a limit at the pole": (of(Limit(formula(1 / a), a, Integer(0)), "==", oo), "proved", {}),
    "a limit of roots": (of(Limit(formula(sqrt(a) / (1 + sqrt(a))), a, oo), "<", 1), "refuted", {}),
    "a witness": (of(a, "<", b), "refuted", {a: Rational(2), b: Rational(1)}),
    "a law as a witness": (of(Mean(tau, H), "<=", 1, **every), "refuted", {H: Atoms({3: 1})}),
    "an equivalence": (of(sqrt(a), "<", 2, iff=((a, "<", 4),)), "proved", {}),
}
