"""A claim in one variable is read off its sign table: the real zeros of what it speaks of, the
intervals between, and the signs.

The gap and the hypotheses are quotients of polynomials in one letter.  On the open intervals
between their zeros, and at each zero, every one of them has one sign, which is found exactly: so
such a claim is always decided.  A whole variable has the places that hold a whole number.
Hypotheses that speak of other letters as well are left out: what holds without them holds.
"""

import sympy
from flint import fmpq_poly

from symrisk.decide.certificate import table
from symrisk.decide.method import Method
from symrisk.decide.methods.sturm import univariate
from symrisk.decide.verdict import EMPTY, Verdict
from symrisk.decide.witnesses.laws import speaks_of_laws
from symrisk.decide.witnesses.points import is_whole
from symrisk.decide.witnesses.witness import refuted
from symrisk.decide.zeros.places import Quotient, SignTable
from symrisk.decide.zeros.real_zeros import Zero, real_zeros
from symrisk.engine.algebra.rational import degree_in, to_rational
from symrisk.engine.cells.space import Space
from symrisk.errors import NoMethod

NAME = "sign_table"


def sign_table(problem):
    """Proved or refuted where gap and hypotheses speak of one letter; None where of several, or of
    laws.

    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import symbol
    >>> k = symbol("k", "k", "a whole number", kind="integer", integer=True)
    >>> print(prove(Claim("squares are not smaller", k**2, ">=", k, on=Region(over=(k,)))))
    squares are not smaller: proved by sign_table
      the signs of k^2 - k for whole k
      (-oo, 0): > 0
      0: = 0
      [(0, 1): < 0]
      1: = 0
      (1, oo): > 0
    """
    if speaks_of_laws(problem):
        return None
    index = only_letter(problem.space, problem.gap)
    if index is None:
        return None
    relation = problem.relation.rel if problem.is_equation else ">" if problem.strict else ">="
    conditions = conditions_on(problem.space, index)
    letter = problem.space.field.symbols[index]
    found = SignTable(
        quotient(problem.gap, index, relation), [c for c, _ in conditions], bool(letter.is_integer)
    )
    try:
        places = found.entries()
    except NoMethod:
        # Of a degree beyond what is isolated: a point may refute it all the same.
        return None
    certificate = {
        "method": NAME,
        "variable": str(letter),
        "whole": found.whole,
        "relation": relation,
        "gap": _tables(problem.space, problem.gap),
        "conditions": [
            {**_tables(problem.space, r), "relation": c.relation} for c, r in conditions
        ],
        "places": places,
    }
    if found.holds:
        return Verdict(problem.claim, "proved", NAME if found.admitted else EMPTY, certificate)
    return _refuted(problem, letter, found, certificate)


def _refuted(problem, letter, found, certificate):
    """Refuted at the simplest point of a failing place, an irrational one where there is no other;
    None where the claim speaks of other letters too, or of a root of this one."""
    if set(problem.space.symbols) != {letter} or problem.region.symbols != (letter,):
        return None
    # A point with room around it is more telling than one at which only a tie fails.
    points = [(place.is_zero, x) for place in found.failing for x in found.numbers(place)]
    meant_whole = is_whole(letter)

    def preference(pair):
        is_tie, x = pair
        return meant_whole and x.q > 1, is_tie, *_size(x)

    rational = [x for _, x in sorted(points, key=preference)]
    for x in rational:
        verdict = refuted(problem.claim, {letter: to_rational(x)}, NAME, certificate)
        if verdict is not None:
            return verdict
    for place in found.failing if not rational else ():
        return refuted(
            problem.claim, {letter: algebraic(place.left, letter)}, NAME, certificate, sure=True
        )
    return None


def _size(x):
    return x.q, abs(x.p), x < 0


def algebraic(zero: Zero, letter):
    """An irrational zero as an expression: with a square root, or as the zero of its polynomial
    that it is in order.
    """
    coefficients = [to_rational(c) for c in zero.factor.coeffs()]
    if len(coefficients) == 3:
        c, b, _ = coefficients
        half_spread = sympy.sqrt(b**2 / 4 - c)
        return -b / 2 + (half_spread if zero.low >= _middle(zero.factor) else -half_spread)
    dummy = sympy.Symbol(str(letter))
    place = [other.low for other in real_zeros([zero.factor])]
    above = sum(low <= zero.low for low in place)
    return sympy.CRootOf(sympy.Poly(coefficients[::-1], dummy), max(above, 1) - 1)


def _middle(quadratic):
    return -quadratic[1] / (2 * quadratic[2])


def only_letter(space, *ratios):
    """The index of the one letter that quotients are written in; None where they use several, or
    none.
    """
    used = set()
    for ratio in ratios:
        for poly in (ratio.num, ratio.den):
            used |= {i for i in range(len(space.symbols)) if degree_in(poly, i)}
    return used.pop() if len(used) == 1 else None


def conditions_on(space, index):
    """[(Quotient, Ratio), ...]: the hypotheses that speak of one letter alone, and what a root that
    it is solves.
    """
    found = {}
    for expression, strict in space.conditions:
        ratio = space.convert(expression)
        if only_letter(space, ratio) == index:
            found.setdefault(
                (str(ratio.num), str(ratio.den), strict), (ratio, ">" if strict else ">=")
            )
    for unknown, polynomial in space.unsolved:
        ratio = space.field.ratio(polynomial)
        if unknown == index and only_letter(space, ratio) == index:
            found[str(polynomial), "", "=="] = (ratio, "==")
    return [(quotient(ratio, index, relation), ratio) for ratio, relation in found.values()]


def quotient(ratio, index, relation):
    """A Ratio in one letter, compared with zero."""
    return Quotient(_in_one_letter(ratio.num, index), _in_one_letter(ratio.den, index), relation)


def _in_one_letter(poly, index):
    return univariate(poly, index) if not poly.is_zero() else fmpq_poly([0])


def _tables(space, ratio):
    return {
        "numerator": table(space.field, ratio.num),
        "denominator": table(space.field, ratio.den),
    }


def holds_on_the_line(region, expression, relation):
    """Whether an expression in one letter has a value wherever a region's hypotheses on that letter
    admit it, and compares so with zero.

    relation: ">", ">=", "==" or, for different from zero, "!=".  False where it is written in
    several letters, or not rational: what a root is taken of is asked about before the root is a
    coordinate.
    """
    letters = expression.free_symbols
    if len(letters) != 1 or letters & region.roots.keys() or not expression.is_rational_function():
        return False
    try:
        return _table_of(region, *letters, expression, relation).holds
    except NoMethod:
        return False


def admits_nothing(region):
    """Whether hypotheses on one letter alone leave no number, or no whole number where it is whole.

    What the region's cells show of real numbers between two ends is not asked again.
    """
    return any(
        _leaves_nothing(region, letter) for letter in region.symbols if letter not in region.roots
    )


def _leaves_nothing(region, letter):
    own = _on(region, letter)
    if not own or not (letter.is_integer or any(_is_curved(e, letter) for e, _ in own)):
        return False
    try:
        return not _table_of(region, letter, sympy.Integer(1), ">").admitted
    except NoMethod:
        return False


def _is_curved(expression, letter):
    return not expression.is_polynomial(letter) or sympy.degree(expression, letter) > 1


def _on(region, letter):
    """The hypotheses on one letter alone, as pairs (expression, strict)."""
    return [
        (e, strict)
        for e, strict in region.conditions
        if e.free_symbols == {letter} and e.is_rational_function()
    ]


def _table_of(region, letter, expression, relation):
    """The sign table of an expression in one letter, under a region's hypotheses on that alone."""
    space = Space(_on(region, letter), (expression, letter))
    index = space.field.index[letter]
    conditions = [condition for condition, _ in conditions_on(space, index)]
    gap = quotient(space.convert(expression), index, relation)
    return SignTable(gap, conditions, bool(letter.is_integer))


METHOD = Method(sign_table, turn=70)
