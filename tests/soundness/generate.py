"""Random claims of explicit algebra: KINDS names a function for each kind, from a random.Random to a Case.

About half of what a kind makes is true by its construction, or just not: a sum of squares, a product of hypotheses, an identity
written in another way, moved a little, made strict where it is attained, or freed of a hypothesis.
"""

import sympy
from soundness.cases import Case
from soundness.letters import (
    ALL,
    ORDER,
    RELATIONS,
    a,
    b,
    coefficient,
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
from soundness.moving import Slope
from soundness.quantities import Joined, Put, Text
from sympy import Integer, Piecewise, Rational, sqrt


def plain(kind, left, rel, right, on=(), **more):
    return Case(kind, Text(sympy.sympify(left)), rel, Text(sympy.sympify(right)), tuple(on), **more)


def one_variable(rng):
    """A polynomial of one letter, its zeros often double, at ends, or far out."""
    letter = rng.choice((x, a, u))
    places = [Rational(rng.choice((0, 1, 2, 3, 10, -1, 7, 1000)), rng.choice((1, 1, 2, 3))) for _ in range(rng.randint(1, 3))]
    product = sympy.prod([(letter - place) ** rng.choice((1, 1, 2)) for place in places]) * rng.choice((1, 1, -1))
    left = rng.choice((product, sympy.expand(product), polynomial(rng, (letter,), 4, 4), product + rng.choice((1, Rational(1, 100)))))
    on = []
    for _ in range(rng.randint(0, 2)):
        on.append((letter, rng.choice(RELATIONS), rng.choice((*places, Integer(1), Integer(2)))))
    if rng.random() < 0.2:
        on.append((polynomial(rng, (letter,), 3, 3) + letter**2, rng.choice(RELATIONS), Integer(1)))
    return plain("one variable", left, rng.choice(ORDER), rng.choice((0, 0, 0, coefficient(rng))), on)


def polynomials(rng):
    letters = some(rng, ALL, 3)
    on = hypotheses(rng, letters)
    made = _true_or_nearly(rng, letters, on)
    if rng.random() < 0.4:
        return plain("polynomial", polynomial(rng, letters), rng.choice(ORDER), polynomial(rng, letters), on)
    return plain("polynomial", sympy.expand(made), rng.choice((">=", ">", ">=", "<")), 0, on)


def _true_or_nearly(rng, letters, on):
    """A combination of squares and of hypotheses; sometimes with a coefficient changed."""
    total = coefficient(rng) ** 2 * linear(rng, letters) ** 2
    for left, rel, right in on:
        gap = right - left if rel in ("<", "<=") else left - right
        total += gap * rng.choice((1, linear(rng, letters) ** 2, 2))
    signed = [s for s in letters if s.is_nonnegative]
    if signed and rng.random() < 0.5:
        total += rng.choice(signed) * rng.choice((1, rng.choice(letters) ** 2))
    return total + rng.choice((0, 0, 0, Rational(-1, 100), Rational(1, 100), -rng.choice(letters)))


def rationals(rng):
    letters = some(rng, ALL, 3)
    on = hypotheses(rng, letters)
    left = quotient(rng, letters)
    right = rng.choice((quotient(rng, letters), polynomial(rng, letters), sympy.together(left), sympy.cancel(left),
                        sympy.apart(left, letters[0]) if len(letters) == 1 else left + coefficient(rng)))
    return plain("rational", left, rng.choice(ORDER), right, on)


def radicals(rng):
    letters = some(rng, ALL, 2)
    on = hypotheses(rng, letters)
    root = radical(rng, letters)
    s = rng.choice(letters)
    left, right = rng.choice((
        (root, polynomial(rng, letters)), (root + s, radical(rng, letters)), (root * sqrt(s**2 + 1), s + 1), (root**2, term(rng, letters)),
        (sqrt(s**2 + 1) - s, 1 / (sqrt(s**2 + 1) + s)), (sqrt(s**2), s), (sqrt((s - 1) ** 2), rng.choice((s - 1, 1 - s))),
        (sqrt(a * b), rng.choice(((a + b) / 2, sqrt(a) * sqrt(b)))), (root / sqrt(s**2 + s + 1), 1), (1 / root, s)))
    return plain("radical", left, rng.choice(ORDER), right, on)


def condition(rng, letters):
    """A condition of a case: often on a face, sometimes two."""
    one = rng.choice((rng.choice(letters), rng.choice(letters), linear(rng, letters), polynomial(rng, letters)))
    two = rng.choice((Integer(0), Integer(1), Integer(2), rng.choice(letters)))
    relation = sympy.Rel(one, two, rng.choice(RELATIONS))
    if rng.random() < 0.03:
        return sympy.And(relation, sympy.Rel(rng.choice(letters), 3, rng.choice(RELATIONS)))
    return relation


def by_cases(rng, letters, inner=term):
    """A definition by cases: pieces that meet, jump, nest, or cancel what is divided by."""
    pieces = [(inner(rng, letters), condition(rng, letters))]
    if rng.random() < 0.2:
        pieces.append((inner(rng, letters), condition(rng, letters)))
    last = inner(rng, letters) if rng.random() < 0.85 else by_cases(rng, letters, polynomial)
    return Piecewise(*pieces, (last, True))


def cases(rng):
    letters = some(rng, ALL, 2)
    on = hypotheses(rng, letters, 1)
    s = rng.choice(letters)
    whole = by_cases(rng, letters, rng.choice((polynomial, quotient, linear)))
    left = rng.choice((
        whole, whole + polynomial(rng, letters), whole / s, Piecewise((s, condition(rng, letters)), (2 * s, True)) / s,
        Piecewise((s - 1, condition(rng, letters)), ((s - 1) * (s + 2), True)) / (s - 1), whole**2, 1 / (1 + whole**2),
        Piecewise((1, condition(rng, letters)), (Integer(rng.choice((0, 2))), True)), Piecewise((s, s > 1), (s**2, True)), sqrt(1 + whole**2),
        Piecewise((1 / s, sympy.Ne(s, 0) if rng.random() < 0.5 else s > 0), (0, True))))
    right = rng.choice((Integer(0), Integer(1), polynomial(rng, letters), by_cases(rng, letters, polynomial)))
    return plain("by cases", left, rng.choice(ORDER), right, on)


def equivalences(rng):
    letters = some(rng, ALL, 2)
    s = rng.choice(letters)
    gap = linear(rng, letters)
    factor = rng.choice((1 + s**2, a, s**2, b + 1, 1 / (1 + s**2), 1 / a, s, gap, 1 / s))
    rel = rng.choice(RELATIONS)
    iff = [(gap, rng.choice((rel, rel, rng.choice(RELATIONS))), Integer(0))]
    left = rng.choice((gap * factor, sympy.expand(gap * factor), sympy.together(gap + quotient(rng, letters)),
                       Piecewise((gap, condition(rng, letters)), (2 * gap, True)), gap * (s - 3)))
    if rng.random() < 0.3:
        iff.append((s, rng.choice(RELATIONS), Integer(3)))
    if not all(sympy.sympify(one).free_symbols for one, _, _ in iff):
        iff = [(s, rel, Integer(1))]
    return plain("iff", left, rel, 0, hypotheses(rng, letters, 1), iff=tuple(iff))


def whole(rng):
    """Whole letters, and letters in exponents."""
    n = rng.choice((k, m, z))
    base = rng.choice((1 - w, Rational(1, 2), Integer(2), w, Rational(2, 3), a, 1 + u, 1 / (1 + a), a / (a + b), Integer(-1), 1 - a))
    small = [(w, ">", 0), (w, "<=", 1)]
    on = rng.choice(((), small, small, [(w, ">=", 0), (w, "<=", 1)], [(n, ">=", rng.choice((1, 2)))], [(a, "<", 1), *small]))
    exponent = rng.choice((n, n + 1, 2 * n, -n, k, 2 * k + 1, n - 1))
    left, right = rng.choice((
        (base**exponent, Integer(1)), (base**exponent, base ** rng.choice((k, k + 1))), (base**exponent, Integer(0)),
        (n**2, n), (n * (n - 1), 0), (n**2 - 3 * n, rng.choice((-2, -3, -Rational(9, 4)))), ((2 * n - 1) ** 2, 1), (n, Rational(1, 2)),
        (n * (n + 1) * a, 2 * n * a), (polynomial(rng, (n, rng.choice((a, u, x)))), 0), (polynomial(rng, (n,), 3, 3), Integer(1)),
        (base**k * (1 + u) ** k, (base * (1 + u)) ** k), (sqrt(n**2), n), (1 / (n + 1), 1), (1 / n, 1), (2 ** (-k) + base**k, 2),
        (n - Rational(7, 2), rng.choice((0, Rational(1, 2)))), (u**k * v**k, (u * v) ** k), (base**k - base ** (k + 2), 0)))
    return plain("whole", left, rng.choice(ORDER), right, on)


def equalities(rng):
    letters = some(rng, ALL, 3)
    s = rng.choice(letters)
    body = rng.choice((polynomial(rng, letters), linear(rng, letters), s**2, s * rng.choice(letters)))
    aim = rng.choice((Integer(0), Integer(1), rng.choice(letters), Integer(2)))
    if not (body - aim).free_symbols:
        body = s
    on = [(body, "==", aim), *hypotheses(rng, letters, 1)]
    factor = polynomial(rng, letters)
    left, right = rng.choice(((body * factor, aim * factor), (body + factor, aim + factor), (factor, polynomial(rng, letters)),
                              (body**2, aim**2), (factor / (1 + (body - aim)), factor), (s, aim), (1 / (1 + body - aim + s**2), 1)))
    return plain("equality", left, rng.choice(ORDER), right, on)


def empty(rng):
    """Regions that are empty, or hold a single point or a thin set."""
    letters = some(rng, ALL, 3)
    s, gap = rng.choice(letters), polynomial(rng, letters)
    if not gap.free_symbols:
        gap = s
    on = rng.choice((
        [(gap, rng.choice((">", ">=")), 0), (gap, rng.choice(("<", "<=")), 0)], [(s, ">=", 1), (s, "<=", rng.choice((1, 1, Rational(1, 2))))],
        [(s**2, "<=", 0)], [(s**2 + 1, rng.choice(("<=", ">=")), rng.choice((1, 0)))], [(gap**2, "<=", 0)], [(s, "==", 2), (s, rng.choice(("<", "<=")), 2)],
        [(a, "<", b), (b, "<", a)], [(a, "<=", b), (b, "<=", a)], [(x, "<", y), (y, "<", a), (a, rng.choice(("<", "<=")), x)], [(a * b, ">", 1), (a * b, "<", rng.choice((1, 2)))]))
    return plain("empty", rng.choice((s, gap, 1 / s)), rng.choice(ORDER), rng.choice((gap, 0, s)), on)


def _formula(rng, letters):
    return Text(rng.choice((term, quotient, polynomial, by_cases))(rng, letters), is_formula=True)


def slopes(rng):
    """Derivatives of formulas by a letter."""
    letters = some(rng, ALL, 2)
    s = rng.choice(letters)
    of = _formula(rng, letters)
    if s not in of.letters:
        of = Text(of.expression * s + s**2, is_formula=True)
    right = rng.choice((Integer(0), Integer(0), sympy.diff(of.expression, s) if not of.expression.has(Piecewise) else Integer(1)))
    return Case("derivative", Slope(of, s), rng.choice(ORDER), Text(right), hypotheses(rng, letters, 1))


def replaced(rng):
    """Formulas with letters replaced by numbers and expressions, and arithmetic of formulas."""
    letters = some(rng, ALL, 2)
    of = Text(term(rng, letters), on=hypotheses(rng, letters, 1), is_formula=True)
    inside = sorted(of.letters & set(ALL), key=str)
    if not inside:
        of = Text(of.expression + letters[0], is_formula=True)
        inside = [letters[0]]
    s = rng.choice(inside)
    new = rng.choice((Integer(0), Integer(1), x, linear(rng, letters), a * b, u, s + 1, quotient(rng, letters)))
    put = Put(of, ((s, sympy.sympify(new)),))
    other = Text(polynomial(rng, letters), is_formula=True)
    left = rng.choice((put, put, Joined(of, rng.choice("+-*/"), other), Joined(other, "/", put), Slope(of, s)))
    right = rng.choice((Integer(0), Integer(1), polynomial(rng, letters), of.expression))
    return Case("replaced", left, rng.choice(ORDER), Text(right), hypotheses(rng, letters, 1))


KINDS = {"one variable": one_variable, "polynomial": polynomials, "rational": rationals, "radical": radicals, "by cases": cases,
         "iff": equivalences, "whole": whole, "equality": equalities, "empty": empty, "derivative": slopes, "replaced": replaced}
