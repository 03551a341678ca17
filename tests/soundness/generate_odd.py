"""Random claims of what is put together oddly, or is not handled at all: KINDS, as in `generate`."""

import sympy
from soundness.cases import Case
from soundness.generate import by_cases, condition, plain
from soundness.generate_more import joint_law, r
from soundness.letters import (
    ALL,
    ORDER,
    RELATIONS,
    a,
    b,
    c,
    hypotheses,
    k,
    linear,
    m,
    polynomial,
    quotient,
    radical,
    some,
    term,
    u,
    v,
    w,
    x,
    y,
    z,
)
from soundness.moving import Limit, Slope
from soundness.quantities import Joined, Put, Text
from sympy import Integer, Piecewise, Rational, oo, sqrt

from symrisk import Atoms, Mean
from symrisk.symbols import H, symbol, tau

s_ = symbol("s", "s", "another root", positive=True)


def functions(rng):
    """Functions that a claim is not expected to know, numbers that are not real, exponents that are not whole."""
    letters = some(rng, ALL, 2)
    t = rng.choice(letters)
    odd = rng.choice((
        sympy.Abs(t), sympy.Max(t, 1), sympy.Min(t, a), sympy.exp(t), sympy.log(1 + t**2), sympy.sin(t), sympy.floor(t), sympy.sign(t), sympy.factorial(k),
        sympy.binomial(m, k), sympy.I * t, sympy.I**2 * t, t**a, a**t, 2**t, a**a, t**sympy.pi, sympy.pi * t, sympy.E * t, sympy.Heaviside(t), sympy.gamma(a),
        sympy.zoo, sympy.nan, oo, oo * a, (-1) ** k, (-2) ** k * t, t**k, k**k, 0**k, sympy.sqrt(-1 - t**2), (-8) ** Rational(1, 3) * a, a ** Rational(2, 3),
        a ** Rational(-5, 2), sympy.Sum(tau, (tau, 1, 3)), sympy.Integral(t, (t, 0, 1)), sympy.Derivative(t**2, t), sympy.Function("f")(t), sympy.Dummy(),
        sympy.Symbol("plain"), sympy.Symbol("plain", positive=True), sympy.Piecewise((t, t > 0)), sympy.Mod(k, 2), sympy.conjugate(t), sympy.re(t),
        sympy.sqrt(sympy.sqrt(a) - 1), sympy.root(a, 7), sympy.log(a) - sympy.log(b), sympy.GoldenRatio * a, sympy.sqrt(2) * t, sympy.sqrt(3 + 2 * sympy.sqrt(2))))
    right = rng.choice((Integer(0), Integer(1), t, oo, sympy.sqrt(2)))
    on = hypotheses(rng, letters, 1) if rng.random() < 0.7 else ((odd, rng.choice(ORDER), 1),)
    return plain("functions", rng.choice((odd, odd, odd + t, odd * t, 1 / (1 + odd))), rng.choice(ORDER), right, on)


def formula_hypotheses(rng):
    """Hypotheses and conditions that are formulas, with regions and definitions of their own."""
    letters = some(rng, ALL, 2)
    t = rng.choice(letters)
    other = symbol("g", "g", "another quantity of this test")
    bound = Text(rng.choice((quotient, polynomial, radical))(rng, letters), on=hypotheses(rng, letters, 1), is_formula=True, name=other)
    if rng.random() < 0.3:
        bound = Text(r + t, roots={r: (r**2 + a * r - b, (0, oo))}, is_formula=True, name=other)
    if rng.random() < 0.2:
        bound = Text(Mean(tau / (tau + a), Atoms({1: "1/2", 3: "1/2"})) * t, is_formula=True, name=other)
    rel = rng.choice(RELATIONS)
    left = Text(rng.choice((t, t**2, polynomial(rng, letters), bound.expression if not bound.roots else t)), is_formula=rng.random() < 0.5)
    on, iff = rng.choice((([(t, rel, bound)], []), ([(t, rel, bound)], []), ([], [(t, rel, bound)])))
    return Case("formula hypothesis", left, rng.choice((rel, rel, *ORDER)), rng.choice((Text(t), bound, Text(Integer(1)))), tuple(on), iff=tuple(iff))


def nested_roots(rng):
    """Roots of roots, roots by cases, two roots at once, ends that move."""
    first = rng.choice(((r**2 - a, (0, oo)), (r**3 + r - a, (0, oo)), (r**2 + r - u, (0, oo)), (r**2 - 2, (0, oo)), (r - a, (0, oo))))
    second = rng.choice(((s_**2 - r, (0, oo)), (s_ * (s_ - r), (0, oo)), (s_**2 - b, (0, oo)), (s_ + r - 3, (0, oo)), (s_**2 + s_ - r, (0, r)),
                         (s_**2 - a, (0, Piecewise((2, a < 1), (3, True)))), (s_**2 - a, (0, r + 1))))
    both = r + s_
    body = rng.choice((s_, r * s_, r - s_, s_**2, s_**2 - r, both, r / s_, s_ - 1, both * a))
    of = Text(body, roots={r: first, s_: second}, is_formula=True)
    left = rng.choice((of, of, Slope(of, a) if a in of.letters else of, Put(of, ((a, rng.choice((Integer(1), b, Integer(4)))),)) if a in of.letters else of))
    return Case("nested root", left, rng.choice(ORDER), Text(rng.choice((Integer(0), Integer(1), a, sqrt(2), Integer(2)))), rng.choice(((), ((a, "<", 1),))))


def odd_equivalences(rng):
    """Equivalences of equations, of cases, of limits, of means, over whole letters."""
    letters = some(rng, ALL, 2)
    t = rng.choice(letters)
    kind = rng.randrange(5)
    if kind == 0:
        return plain("odd iff", (t - 1) ** 2 * rng.choice((1, t, t**2 + 1)), "==", 0, iff=((t, rng.choice(("==", "<=")), 1),))
    if kind == 1:
        return plain("odd iff", by_cases(rng, letters, polynomial), rng.choice(ORDER), 0, iff=((t, rng.choice(RELATIONS), rng.choice((0, 1))), (t, "<", 3)))
    if kind == 2:
        body = rng.choice((x / (x + a), (a * x + 1) / (x + b), Piecewise((a, x < 1), (b, True))))
        return Case("odd iff", Limit(Text(body, is_formula=True), x, rng.choice((Integer(1), oo))), rng.choice(RELATIONS), Text(Rational(1, 2)), ((x, ">", 0),),
                    iff=((a, rng.choice(RELATIONS), rng.choice((1, b, 2))),))
    if kind == 3:
        law = Atoms({1: "1/2", 3: "1/2"})
        return plain("odd iff", Mean(tau / (tau + a), law), rng.choice(RELATIONS), Rational(1, 2), iff=((a**2, rng.choice(RELATIONS), 3),))
    return plain("odd iff", rng.choice((k**2 - k, m * (m - 2), z**2)), rng.choice(RELATIONS), rng.choice((0, 1)), iff=((rng.choice((k, m, z)), rng.choice(RELATIONS), 1),))


def joint_put(rng):
    """Joint laws put in, of two letters; a variable of a law replaced by another or by a number."""
    t1, t2, body = joint_law(rng)
    of = Text(body, is_formula=True)
    law = rng.choice((Atoms({(1, 2): "1/2", (3, 0): "1/2"}), Atoms({(a, b): 1}), Atoms({(a, 0): w, (1, u): 1 - w}), Atoms({(0, 0): "1/3", (1, 1): "2/3"})))
    put = rng.choice((Put(of, ((H, law),)), Put(of, ((H, law),)), Put(of, ((a, b),))))
    if a not in of.letters:
        put = Put(of, ((H, law),))
    left = rng.choice((put, Slope(put, rng.choice(sorted(put.letters - {H}, key=str))) if put.letters - {H} else put))
    variables = {H: [t1, t2]} if H in left.letters else {}
    on = ((w, ">", 0), (w, "<", 1)) if w in left.letters else ()
    return Case("joint put", left, rng.choice(ORDER), Text(rng.choice((Integer(0), Integer(1), a, Rational(1, 2)))), on, laws=variables)


def odd_hypotheses(rng):
    """Hypotheses with roots, quotients, cases and means in them."""
    letters = some(rng, ALL, 2)
    t = rng.choice(letters)
    law = Atoms({0: "1/4", 2: "3/4"})
    odd = rng.choice((radical(rng, letters), quotient(rng, letters), by_cases(rng, letters, polynomial), Mean(tau / (tau + a), law), Mean(tau, H), 1 / t, sqrt(t) - 1,
                      Mean((tau - t) ** 2, law), k * t, w**k, Mean(tau**2, H) * t))
    rel = rng.choice(RELATIONS)
    aim = rng.choice((Integer(0), Integer(1), Rational(1, 2), t))
    left = rng.choice((odd, odd, odd**2, t, polynomial(rng, letters), odd * t))
    laws = {H: [tau]} if odd.has(H) else {}
    return plain("odd hypothesis", left, rng.choice((rel, rel, *ORDER)), rng.choice((aim, aim, Integer(0), aim + 1)), ((odd, rel, aim),), laws=laws)


def arithmetic(rng):
    """Formulas added, multiplied and divided, their slopes and limits, each with a region of its own."""
    letters = some(rng, (a, b, c, u, v, x, y), 2)
    one, two = (Text(term(rng, letters) + letters[0] * n, on=hypotheses(rng, letters, 1), is_formula=True) for n in (1, 2))
    other = Text(two.expression, on=two.on, is_formula=True, name=symbol("g", "g", "another quantity of this test"))
    joined = Joined(one, rng.choice("+-*/"), other)
    third = Joined(joined, rng.choice("-/"), rng.choice((one, other)))
    left = rng.choice((joined, third, Slope(joined, letters[0]), Put(joined, ((letters[0], rng.choice((Integer(1), a + 1, linear(rng, letters)))),))))
    right = rng.choice((Text(Integer(0)), Text(Integer(1)), one, Text(one.expression)))
    if rng.random() < 0.1:
        left = Joined(one, "*", Text(Piecewise((1, condition(rng, letters)), (0, True)) + letters[0], is_formula=True, name=other.name))
    return Case("arithmetic", left, rng.choice(ORDER), right)


KINDS = {"functions": functions, "formula hypothesis": formula_hypotheses, "nested root": nested_roots, "odd iff": odd_equivalences, "joint put": joint_put,
         "odd hypothesis": odd_hypotheses, "arithmetic": arithmetic}
