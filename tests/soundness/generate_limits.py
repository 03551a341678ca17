"""Random claims about limits where several roots move, and about asymptotic equality: KINDS, as in `generate`."""

from dataclasses import dataclass

import sympy
from soundness.cases import Case
from soundness.generate_more import laws_in, r
from soundness.letters import RELATIONS, a, b, c, u, x
from soundness.moving import Limit
from soundness.quantities import Text
from sympy import Integer, Rational, oo, sqrt

from symrisk import Claim, Mean, Region
from symrisk.language.relation import Relation
from symrisk.symbols import H, tau

ROOTS = ((r**2 - a, (0, oo)), (r**2 + b * r - a, (0, oo)), (r**3 + a * r - b, (0, oo)), (r**2 - a * r - b * a, (0, oo)), (r**2 + (1 - b - a) * r - a, (0, oo)),
         ((1 - r) * (b + r) - a * r**2, (0, 1)), (a * r**2 + r - 1, (0, oo)), (r**2 - a * (1 + b * r), (0, oo)), ((r - 1) * (r - a - 1), (0, oo)), (r**2 + a, (0, oo)),
         (r**3 - a**2 * (r + b), (0, oo)), (a**2 * r**2 - a * r - c, (0, oo)), (r**2 - 2 * r + 1 - a, (1, oo)), (r**2 + u * r - a, (0, oo)), (r**2 - u - a, (0, oo)))
RADICALS = (sqrt(a + b), sqrt(a + u), sqrt(a**2 + b), sqrt(a**2 + a), sqrt(a), sqrt(a**3), sqrt(b * a), sqrt(1 + sqrt(a)), sqrt(a + 1), sqrt(u * a + c))


def _body(rng, name):
    """Something in which roots and radicals of a stand together."""
    one, other = rng.sample(RADICALS, 2)
    first = name if rng.random() < 0.7 else one
    body = rng.choice((
        lambda: first / other, lambda: first - other, lambda: first * other, lambda: (first - 1) / a, lambda: (first - other) / a, lambda: first / (first + other),
        lambda: a / (first + other), lambda: first**2 / a, lambda: (first - sqrt(b)) / other, lambda: 1 / (first - other), lambda: c * first / (a + c * other)))()
    return body if body.has(a) or body.has(name) else body + sqrt(a)


def _quantity(rng):
    equation, between = rng.choice(ROOTS)
    body = sympy.sympify(_body(rng, r))
    roots = {r: (equation, between)} if body.has(r) else {}
    return Text(body, roots=roots, is_formula=True)


def limits_of_roots(rng):
    """a tends to 0 or to infinity, or to b; roots and radicals of it move."""
    of = _quantity(rng)
    target = sympy.sympify(rng.choice((0, 0, 0, oo, oo, b, 1)))
    right = rng.choice((Integer(0), Integer(1), oo, sqrt(b), b, 1 / b, 1 / sqrt(b), 1 - b, Rational(1, 2), c))
    on = rng.choice(((), (), ((b, "<", 1),), ((b, ">", 1),), ((b, "==", 1),), ((a, "<", b),), ((a, ">", c),)))
    return Case("limit of roots", Limit(of, a, target, rng.choice("++-")), rng.choice(("==", "==", "==", *RELATIONS)), Text(right), on)


@dataclass(frozen=True)
class Asymptotic(Case):
    """The claim that two sides are asymptotically equal; the oracle sees the limit of their quotient."""

    sides: tuple = ()
    when: tuple = ()

    def build(self):
        on = [Relation(left.build(), rel, right.build()) for left, rel, right in self.on]
        left, right = (side.build() for side in self.sides)
        return Claim("it holds", left, "~", right, on=Region(*on, over=self.letters), when=self.when)


def asymptotics(rng):
    """A root against powers of a with coefficients, some of which may vanish."""
    of = _quantity(rng)
    target = sympy.sympify(rng.choice((0, 0, oo)))
    power = rng.choice((Integer(0), Integer(1), Rational(1, 2), Rational(-1, 2), Integer(-1), Integer(2), Rational(1, 3)))
    factor = rng.choice((Integer(1), b, c, sqrt(b), 1 / b, 1 / (1 - b), 1 - b, Rational(1, 2), 1 / sqrt(b), x))
    right = rng.choice((factor * a**power, factor * a**power + a, of.expression, of.expression * (1 + a)))
    on = rng.choice(((), (), ((b, "<", 1),), ((b, ">", 1),), ((b, "==", 1),), ((c, ">", 0),)))
    quotient = Text(of.expression / right, roots=of.roots, is_formula=True)
    text = Text(right, roots=of.roots if right.has(r) else {}, is_formula=right.has(r))
    side = rng.choice("++-")
    return Asymptotic("asymptotic", Limit(quotient, a, target, side), "==", Text(Integer(1)), on, sides=(of, text), when=(a, target, side), over=tuple(sorted(of.letters | text.letters, key=str)))


def limits_of_means(rng):
    """Means over every law: with mass at zero, all of it there, integrands that turn."""
    first = rng.choice((tau / (tau + a), tau**2 / (tau + a) ** 2, 1 / (tau + a), a / (tau + a), tau * a / (tau + a) ** 2, tau / (1 + (tau - a) ** 2), 1 / (1 + a * tau), tau + a, 1 / a))
    other = rng.choice((tau / (tau + a), tau / (tau + a) ** 2, 1 / (b + a * tau), tau))
    one, two = Mean(first, H), Mean(other, H)
    body = rng.choice((one, one, a * one, one / a, one * two, one / (1 + two), a * one / (b + two), one / two, one - 1, a**2 * one, sqrt(a) * one))
    body = body if body.has(a) else body * a
    target = sympy.sympify(rng.choice((0, 0, oo, oo, b, 1)))
    right = rng.choice((Integer(0), Integer(1), Mean(tau, H), Mean(tau**2, H), oo, 1 / (1 + b), Mean(tau / (tau + 1), H), Mean(tau / (tau + b), H), Mean(1 / tau, H)))
    on = rng.choice(((), (), ((Mean(tau, H), ">", 0),), ((Mean(tau, H), "<=", 1),), ((Mean(1 / tau, H), "<", 3),)))
    hypotheses = [part for triple in on for part in (triple[0],)]
    laws = laws_in(body, right, *hypotheses)
    return Case("limit of means", Limit(Text(body, is_formula=True), a, target, rng.choice("++-")), rng.choice(("==", "==", "==", *RELATIONS)), Text(right), on, laws=laws)


KINDS = {"limit of means": limits_of_means, "limit of roots": limits_of_roots, "asymptotic": asymptotics}
