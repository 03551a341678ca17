"""Points at which a claim is looked at: faces, corners, zeros of what matters, sizes of all orders."""

from fractions import Fraction
from itertools import islice

import sympy
from soundness.cases import Case
from soundness.functions import root
from soundness.meaning import value
from soundness.reals import Field, NoValue, Outside, Unsure

from symrisk import Mean

POSITIVE = [
    Fraction(v)
    for v in (
        "1",
        "2",
        "3",
        "4",
        "1/2",
        "1/3",
        "1/4",
        "9",
        "1/9",
        "4/9",
        "7/3",
        "5",
        "10",
        "3/2",
        "8",
        "1/10",
        "1000000",
        "1/1000000",
        "6/5",
        "2/3",
    )
]
WHOLE = [Fraction(v) for v in (0, 1, 2, 3, 4, 5, 7, 10, 40)]


def points(case, rng, count):
    """Points of the letters' signs: drawn, and every second one moved to a zero of something critical."""
    if case.draw is not None:
        for _ in range(count):
            yield case.draw(rng)
        return
    critical = _critical(case)
    yield from islice(algebraic_points(case, critical), 40)
    numbers = [s for s in case.letters if getattr(s, "kind", None) != "law"]
    for k in range(count):
        point = {s: number(s, rng) for s in numbers}
        point.update({law: drawn_law(variables, rng) for law, variables in case.laws.items()})
        for _ in range(k % 3):
            point = _at_a_zero(critical, point, numbers, rng)
        yield point


def number(symbol, rng):
    """A number that the letter may stand for; zero and one often."""
    if symbol.is_integer:
        size = rng.choice(WHOLE)
        size = size + 1 if symbol.is_positive else size
        return size if symbol.is_nonnegative else rng.choice((1, -1)) * size
    if not symbol.is_positive and rng.random() < 0.25:
        return Fraction(0)
    size = rng.choice(POSITIVE)
    return size if symbol.is_nonnegative else rng.choice((1, -1)) * size


def drawn_law(variables, rng):
    """A law of a few atoms: often with mass at zero, now and then with all of it there."""
    size = rng.choice((1, 1, 2, 2, 3))
    shares = [rng.choice((1, 1, 2, 5, 97)) for _ in range(size)]
    rows = []
    for share in shares:
        values = {v: number(v, rng) for v in variables}
        if rng.random() < 0.2:
            values = {v: Fraction(1 if v.is_positive else 0) for v in variables}
        rows.append((values, Fraction(share, sum(shares))))
    return rows


def _critical(case: Case):
    found = []
    for left, right in (
        (case.left, case.right),
        *((left, right) for left, _, right in (*case.on, *case.iff)),
    ):
        found += [*left.critical, *right.critical, *_gap(left, right)]
    known = set(case.letters)
    return [e for e in found if e.free_symbols and e.free_symbols <= known]


def _gap(left, right):
    """The difference of two sides that are expressions."""
    if not (hasattr(left, "expression") and hasattr(right, "expression")):
        return []
    one, two = left.expression, right.expression
    return [] if one.is_infinite or two.is_infinite else [one - two]


def _at_a_zero(critical, point, numbers, rng):
    """The point with one letter moved so that a critical expression is zero there, if that is a rational number."""
    if not critical:
        return point
    expression = rng.choice(critical)
    candidates = sorted((s for s in expression.free_symbols if s in numbers), key=str)
    if not candidates:
        return point
    letter = rng.choice(candidates)
    for zero in rational_zeros(expression, letter, point):
        if not letter.is_nonnegative or zero > 0 or (zero == 0 and not letter.is_positive):
            if not letter.is_integer or zero.denominator == 1:
                return {**point, letter: zero}
    return point


def rational_zeros(expression, letter, point):
    """Rational zeros of a function of one letter that is a polynomial of degree two at most, times a denominator."""
    # within (0, 1), where a letter may be a weight
    step = Fraction(1) if letter.is_integer else Fraction(1, 5)
    try:
        y = [value(expression, {**point, letter: step * j}) for j in (1, 2, 3, 4)]
    except (NoValue, Outside, Unsure):
        return []
    if not all(isinstance(v, Fraction) for v in y):
        return []
    second = y[2] - 2 * y[1] + y[0]
    if y[3] - 3 * y[2] + 3 * y[1] - y[0] != 0:
        return []
    a, b = second / 2, y[1] - y[0] - 3 * second / 2
    c = y[0] - a - b
    if a == 0:
        return [-step * c / b] if b != 0 else []
    inside = b * b - 4 * a * c
    if inside < 0:
        return []
    wide = root(inside, 2)
    return (
        [step * (-b - wide) / (2 * a), step * (-b + wide) / (2 * a)]
        if isinstance(wide, Fraction)
        else []
    )


def algebraic_points(case, critical):
    """Of a claim in one letter: every zero of what is critical, exactly, and a point between neighbours."""
    if (
        len(case.letters) != 1
        or getattr(case.letters[0], "kind", None) == "law"
        or case.letters[0].is_integer
    ):
        return
    (letter,) = case.letters
    found, ends = [], []
    for expression in (*critical, letter):
        if expression.has(sympy.I) or not expression.is_rational_function(letter) or any(
            not n.is_Rational for n in expression.atoms(sympy.Number, sympy.Pow) if n.is_number
        ):
            continue
        for base in sympy.fraction(sympy.together(expression)):
            if not base.is_polynomial(letter) or not base.has(letter) or base.has(Mean):
                continue
            for factor, _ in sympy.Poly(base, letter, domain="QQ").factor_list()[1]:
                places = [
                    _zero(factor, low, high)
                    for (low, high), _ in factor.intervals(eps=sympy.Rational(1, 10**60))
                ]
                found += [zero for zero, _ in places]
                ends += [place for _, place in places]
    for zero in found:
        yield {letter: zero}
    ends = sorted(set(ends))
    between = [(one + two) / 2 for one, two in zip(ends, ends[1:], strict=False)]
    for place in (*between, *([ends[0] - 1, ends[-1] + 1, ends[-1] + 10**9] if ends else [])):
        yield {letter: place}


def _zero(factor, low, high):
    low, high = Fraction(str(low)), Fraction(str(high))
    terms = [Fraction(int(c.p), int(c.q)) for c in reversed(factor.all_coeffs())]
    if len(terms) == 2:
        return -terms[0] / terms[1], -terms[0] / terms[1]
    return Field(terms, low, high).generator, (low + high) / 2
