"""Random claims over laws, about limits and about names that solve something: KINDS, as in `generate`."""

from dataclasses import replace

import sympy
from soundness.cases import Case
from soundness.generate import by_cases, condition
from soundness.letters import (
    ORDER,
    RELATIONS,
    a,
    b,
    c,
    coefficient,
    k,
    m,
    polynomial,
    quotient,
    some,
    term,
    u,
    v,
    w,
    x,
    y,
)
from soundness.moving import Bend, Limit, Slope
from soundness.quantities import Put, Text
from sympy import Integer, Piecewise, Rational, log, oo, sqrt

from symrisk import Atoms, Mean
from symrisk.engine.expressions.mean import is_bound
from symrisk.symbols import G, H, coordinate, eigenvalue, symbol, tau

t1, t2, b0 = eigenvalue(1), eigenvalue(2), coordinate(0)
r = symbol("r", "r", "a root", positive=True)
q = symbol("q", "q", "a root of any sign")
POINTS = (0, 1, 2, 3, "1/2", 4)


def laws_in(*expressions):
    """{law's letter: the variables that are bound under it}."""
    found = {}
    for expression in expressions:
        for node in sympy.sympify(expression).atoms(Mean):
            if node.law.is_Symbol:
                found.setdefault(node.law, set()).update(s for s in node.integrand.free_symbols if is_bound(s))
    return {law: sorted(variables, key=str) for law, variables in found.items()}


def numeric_law(rng):
    values = rng.sample(POINTS, rng.randint(1, 3))
    shares = [rng.choice((1, 1, 2, 3)) for _ in values]
    return Atoms({value: Rational(share, sum(shares)) for value, share in zip(values, shares, strict=True)})


def lettered_law(rng):
    """Atoms at letters, weights in letters."""
    return rng.choice((
        lambda: Atoms({a: 1}), lambda: Atoms({0: w, a: 1 - w}), lambda: Atoms({1: w, 3: 1 - w}), lambda: Atoms({a: "1/2", b: "1/2"}),
        lambda: Atoms({u: "1/3", 1: "2/3"}), lambda: Atoms({x: "1/2", 1: "1/2"}),
        lambda: Atoms({1: a, 2: 1 - a}), lambda: Atoms({a: w, b: 1 - w}), lambda: Atoms({1: w / 2, 2: w / 2, 3: 1 - w})))()


def integrand(rng, letters=()):
    """What a mean is taken of: shares, powers, indicators, roots."""
    s = rng.choice(letters) if letters else Integer(1)
    return rng.choice((
        tau, tau**2, 1 / (1 + tau), tau / (1 + tau), tau / (tau + s), 1 / (s + tau), tau / (tau + s) ** 2, 1 - tau, s * tau + 1, (tau - s) ** 2,
        Piecewise((2, tau > 2), (1, True)), Piecewise((1, tau > s), (0, True)), Piecewise((tau, tau < 1), (1, True)),
        Piecewise((tau**2, tau <= s), (s, True)), sqrt(tau), sqrt(1 + tau), tau**3 - tau, 1 / tau, (tau - 1) ** 2))


def claim_of_means(rng, kind, one, two, letters):
    """Two means against each other, multiplied, squared, divided, in conditions."""
    s = rng.choice(letters) if letters else Integer(1)
    number_ = rng.choice((Integer(0), Integer(1), Rational(3, 2), Integer(2), Rational(1, 2)))
    if one.has(Piecewise):
        # SymPy itself takes a case out of a mean that stands in a condition
        condition_ = s > number_
    else:
        condition_ = one > number_
    left, right = rng.choice((
        (one, number_), (one, two), ((one - 1) * (one - 2), Integer(0)), (one * two, number_), (one**2, two), (one * (1 - one), Integer(0)),
        (one / (s + two), Integer(1)), (1 / two, number_), (one - two, -two + one), (s * one, two), (one * two, two * one + number_), (one**2, one),
        (Piecewise((1, condition_), (2, True)), rng.choice((1, 2))), (Piecewise((one, s > 1), (two, True)), number_), (sqrt(1 + one**2), 1)))
    on = rng.choice(([], [], [], [(one, rng.choice(ORDER), number_)], [(s, rng.choice(RELATIONS), 1)] if letters else []))
    on = [triple for triple in on if sympy.sympify(triple[0] - triple[2]).free_symbols]
    return Case(kind, Text(left), rng.choice(ORDER), Text(right), tuple(on), laws=laws_in(left, right, *(t[0] for t in on)))


def atoms(rng):
    """Means over atoms, their values and weights numbers or letters."""
    law = rng.choice((numeric_law, lettered_law))(rng)
    letters = rng.choice(((), (a,), (a, u)))
    one, two = (Mean(integrand(rng, letters), law) for _ in range(2))
    letters = sorted(law.free_symbols | set(letters), key=str)
    made = claim_of_means(rng, "atoms", one, two, tuple(letters))
    if w in made.letters and rng.random() < 0.7:
        made = replace(made, on=(*made.on, (w, ">", 0), (w, "<", 1)))
    return made


def laws(rng):
    """Means over every law, of one eigenvalue."""
    letters = rng.choice(((), (a,), (a, w)))
    one, two = Mean(integrand(rng, letters), H), Mean(integrand(rng, letters), rng.choice((H, H, H, G)))
    if rng.random() < 0.25:
        one = Mean(log(rng.choice((1 + tau, 1 + a * tau, a + tau))), H)
    return claim_of_means(rng, "every law", one, two, letters)


def joint_laws(rng):
    """Joint laws of two eigenvalues and a coordinate."""
    inside = (t1, t2, b0, t1 * b0**2, t1 * t2, t1 / (t1 + t2 + a), b0 / (1 + t1), Piecewise((t2, t1 > 1), (0, True)),
              Piecewise((1, t1 > t2), (0, True)), t1 * (b0 - 1) ** 2, (t1 - t2) ** 2, a * b0**2 - 2 * b0, t1 / (t2 + a), b0**2)
    one, two = (Mean(rng.choice(inside), H) for _ in range(2))
    return claim_of_means(rng, "joint law", one, two, (a,))


def joint_law(rng):
    """Two eigenvalues, and an expression in means of both over H."""
    inside = (t1 * t2, t1 / (t1 + t2 + 1), t1 / (a + t2), (t1 - t2) ** 2, Piecewise((1, t1 > t2), (0, True)), t2, sqrt(1 + t1 * t2))
    one, two = (Mean(rng.choice(inside), H) for _ in range(2))
    return t1, t2, rng.choice((one, one * two, one - two, one + a * two, one**2))


def put_laws(rng):
    """The law's letter replaced by a law; derivatives by letters of laws."""
    of = Text(rng.choice((Mean(integrand(rng, (a,)), H), Mean(tau, H), Mean(tau, H) ** 2, Mean(integrand(rng), H) + b)), is_formula=True)
    law = rng.choice((lettered_law, lettered_law, numeric_law))(rng)
    put = Put(of, ((H, law),))
    direct = Text(of.expression.xreplace({H: law}), is_formula=True)
    letters = sorted(direct.letters, key=str) or [a]
    s = rng.choice(letters)
    left = rng.choice((put, direct, Slope(put, s), Slope(direct, s), Slope(direct, s)))
    if s not in direct.letters:
        left = rng.choice((put, direct))
    right = Text(rng.choice((Integer(0), Integer(1), s, direct.expression, Rational(1, 2))))
    on = rng.choice(((), (), ((w, ">", 0), (w, "<", 1)), ((a, "<", 1),)))
    return Case("law put in", left, rng.choice((*ORDER, "==")), right, on)


def limits(rng):
    """A letter tends to a number, to another letter, to infinity."""
    letters = some(rng, (a, b, u, x, y), 2)
    s = rng.choice(letters)
    others = [t for t in letters if t != s]
    body = rng.choice((
        lambda: term(rng, letters), lambda: quotient(rng, letters), lambda: polynomial(rng, letters) / (1 + polynomial(rng, letters)),
        lambda: by_cases(rng, letters, polynomial), lambda: s / (s + rng.choice((1, *others))), lambda: (s**2 - 1) / (s - 1),
        lambda: Piecewise((s, condition(rng, letters)), (1 / s, True)), lambda: Mean(s / (s + tau), numeric_law(rng)), lambda: sqrt(s) / (1 + sqrt(s)),
        lambda: Mean(1 / (s + tau), Atoms({0: "1/2", 1: "1/2"})) * s))()
    if s not in sympy.sympify(body).free_symbols:
        body = body + s / (1 + s)
    target = sympy.sympify(rng.choice((0, 0, 1, 2, oo, oo, -oo if not s.is_nonnegative else 1, *others)))
    side = rng.choice("++-")
    guess = sympy.sympify(body).subs(s, target) if target.is_finite else Integer(1)
    right = rng.choice((Integer(0), Integer(1), oo, guess if guess.is_finite and not guess.has(oo, sympy.nan, sympy.zoo) else Integer(2), coefficient(rng)))
    if right.has(s) or not right.is_extended_real:
        right = Integer(1)
    return Case("limit", Limit(Text(body, is_formula=True), s, target, side), rng.choice(("==", "==", *RELATIONS)), Text(right))


def whole_limits(rng):
    """Whole letters tend to infinity; they tend to nothing else."""
    n = rng.choice((k, m))
    body = rng.choice((1 / (n + 1), (n + 1) / (2 * n + 3), (1 - w) ** n, Rational(1, 2) ** n, Rational(2, 3) ** n * a, 1 / n, n**2, (1 - w) ** (2 * n) + 1))
    on = ((w, ">", 0), (w, "<=", 1)) if w in body.free_symbols else ()
    target = rng.choice((oo, oo, oo, Integer(0), Integer(1)))
    right = rng.choice((Integer(0), Integer(0), Integer(1), Rational(1, 2), oo))
    return Case("whole limit", Limit(Text(body, is_formula=True), n, target), rng.choice(("==", "==", "<", ">=")), Text(right), on)


def bends(rng):
    """Curvature in the logarithms of names; coefficients that may be zero, laws with mass at zero."""
    names = rng.choice(((a,), (a, b), (b,), (u,), (u, v), (x,)))
    body = rng.choice((log(1 + u), u, u + v, x**2, log(1 + u + v), u * v, log(a + u), u**2 + a, log(a + b), log(1 + a + b), log(1 + u * a) + b, u * a + b, (u + v) * a * b, a * b, x * log(a) + b, a**2 / b, Mean(log(1 + tau * a), H) + b,
                       Mean(log(1 + tau * a + b), H), x**2 * a + log(b), log(1 + x**2 * a) + b, Mean(tau * a, H) + b, a - b, log(a) * b, c * log(a + u) + b,
                       Mean(log(1 + tau * a), numeric_law(rng)) + b, log(1 + a) - u * log(b) + b, sqrt(a) + b, Mean(log(tau + a), H) + b, 1 / a + b, a + w * b))
    names = tuple(s for s in names if s in body.free_symbols) or (min(body.free_symbols - {H}, key=str),)
    of = Text(body, is_formula=True)
    bend = Bend(of, names)
    rel = rng.choice((">", ">", ">=", ">=", "<", "<=", "=="))
    on = rng.choice(((), ((u, ">", 0),), ((x, "!=", 0),))) if rng.random() < 0.3 else ()
    on = tuple(t for t in on if t[1] != "!=" and t[0] in body.free_symbols)
    moving = ((sum(h**2 for h in bend.steps), ">", 0),) if rel in "<>" and rng.random() < 0.85 else ()
    return Case("curvature", bend, rel, Text(Integer(0)), (*moving, *on), laws=laws_in(body))


SIGNS = ("negative", "nonpositive", "nonzero", "even", "odd", "complex", "imaginary", "rational", "irrational", "prime", "composite", "zero", "infinite", "commutative")


def assumptions(rng):
    """A letter with an assumption that nobody handles: refused, by name."""
    sign = rng.choice(SIGNS)
    s = symbol("s", "s", "a letter", **{sign: True if sign != "commutative" else False})
    left, right = rng.choice(((s, 0), (s**2, 0), (sqrt(s**2), s), (s + 1, s), (s * a, 0), (1 / (1 + s**2), 1), (s, 5)))
    return Case("assumptions", Text(left), rng.choice(ORDER), Text(sympy.sympify(right)))


KINDS = {"atoms": atoms, "every law": laws, "joint law": joint_laws, "law put in": put_laws, "limit": limits, "whole limit": whole_limits, "curvature": bends, "assumptions": assumptions}
