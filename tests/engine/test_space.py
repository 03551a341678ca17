"""Exact arithmetic over a region: roots become coordinates, powers become letters between 0 and 1."""

import random
from fractions import Fraction

import pytest
from sympy import Rational, exp, sqrt

from symrisk import Region
from symrisk.engine.cells.space import Space
from symrisk.errors import DomainError, NoMethod
from symrisk.symbols import n1, p, symbol, t, w

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
c = symbol("c", "c", "a positive letter", positive=True)
x = symbol("x", "x", "any real number")
k = symbol("k", "k", "a whole number of either sign", kind="integer", integer=True)
mixed = [(w, True), (1 - w, False)]


def exactly(expression, values):
    """A ratio's expression at rationals."""
    return expression.xreplace(values)


@pytest.mark.parametrize(("expression", "values"), [
    (sqrt(a + b), {a: 3, b: 1}), (sqrt(a) * sqrt(c), {a: 9, c: 4}), (1 / (1 + sqrt(a**2 + c)), {a: 3, c: 7}),
    (sqrt(a)**3 - a, {a: 25}), (a**Rational(2, 3) + 1, {a: 8}), (sqrt((1 + a) / c), {a: 8, c: Rational(1, 4)}),
    (sqrt(a + sqrt(c)), {a: 5, c: 16})])
def test_roots_keep_their_value(expression, values):
    "With each radical's letter at its value, the converted expression has the expression's value."
    space = Space([], [expression])
    letters = {name: root.radicand for name, root in space.generators.roots.items()}
    known = {s: Rational(v) for s, v in values.items()}
    for name, radicand in letters.items():
        degree = space.generators.roots[name].polynomial.as_poly(name).degree()
        known[name] = radicand.xreplace(known)**Rational(1, int(degree))
    assert exactly(space.convert(expression).expression(), known) == expression.xreplace(known)


@pytest.mark.parametrize("expression", [sqrt(a), sqrt(a + b), sqrt(1 + c * a), sqrt(1 + a / (1 + b))])
def test_a_root_takes_the_place_of_a_letter(expression):
    "A radicand linear in a letter is solved for it; nothing is left to reduce by."
    space = Space([], [expression])
    assert len(space.solved) == 1 and not space.unsolved
    assert space.convert(expression**2 - expression.base).is_zero()


@pytest.mark.parametrize("expression", [sqrt(a**2 + 1), sqrt(a**2 + c**2), sqrt(2), sqrt(3 + sqrt(2))])
def test_a_root_that_no_letter_gives_is_reduced_by(expression):
    "Otherwise its polynomial reduces every quotient: the square of the root is the radicand."
    space = Space([], [expression])
    assert space.unsolved and space.convert(expression**2 - expression.base).is_zero()
    assert space.convert(1 / (1 + expression) * (1 + expression) - 1).is_zero()


def test_equal_radicals_share_a_letter():
    "The same radicand met twice is one coordinate, in a condition as in an expression."
    space = Space([(sqrt(a + 1) - 2, True)], [1 / sqrt(a + 1)])
    assert len(space.generators.roots) == 1


@pytest.mark.parametrize(("hypotheses", "root", "where"), [
    ([], sqrt(a), {a: 1}), ([(a - c, True)], sqrt(a - c), {a: 2, c: 1}), ([(a - c, False)], sqrt(a - c), {a: 1, c: 1}),
    ([(1 - a, True)], sqrt(1 - a), {a: Rational(3, 4)}), ([], sqrt(b), {b: 0}), ([(sqrt(a) - 2, True)], sqrt(a), {a: 9})])
def test_points_of_the_region_are_images(hypotheses, root, where):
    "A point of the region, the root at its value, lies in a cell: on a face where the radicand may vanish, else inside."
    space = Space(hypotheses, [root])
    (name,) = space.generators.roots
    values = {**{s: Fraction(str(v)) for s, v in where.items()}, name: Fraction(str(root.xreplace(where)))}
    assert sum(lies_in(space, cell, values) for cell in space.cells()) == 1


def lies_in(space, cell, point):
    """Whether each variable of the chain has an admitted coordinate at a point."""
    values = {space.field.index[s]: v for s, v in point.items()}
    for link in cell.links:
        (n0, n_1), (d0, d_1) = ([number(part, {**values, link.coordinate: Fraction(s)}) for s in (0, 1)]
                                for part in (link.image.num, link.image.den))
        there = values[link.variable]
        s = (there * d0 - n0) / ((n_1 - n0) - there * (d_1 - d0))
        if s < 0 or (s == 0 and not link.closed):
            return False
        values[link.coordinate] = s
    return True


def number(poly, values):
    total = Fraction(0)
    for exponents, coefficient in poly.to_dict().items():
        term = Fraction(int(coefficient.p), int(coefficient.q))
        for index, exponent in enumerate(exponents):
            term *= values[index]**int(exponent) if exponent else 1
        total += term
    return total


@pytest.mark.parametrize("expression", [(1 - w)**t, w**t, (1 - w)**(2 * t + 1), ((1 - w) * w)**t, w**(t + 1) / w])
def test_powers_are_letters_between_zero_and_one(expression):
    "base^t becomes letters P with 0 <= P <= 1, and P > 0 where the base is positive; base^(2t+1) is base P^2."
    space = Space(mixed, [expression])
    letters = {power.unknown: power.base.xreplace({w: Rational(1, 3)})**2 for power in space.generators.powers.values()}
    values = {w: Rational(1, 3), t: 2, **letters}
    assert space.convert(expression).expression().xreplace(values) == expression.xreplace({w: Rational(1, 3), t: 2})


@pytest.mark.parametrize("expression", [(w - 1)**t, (-a)**t, w**Rational(1, 2)**t, w**(w + 1)])
def test_powers_of_other_bases_are_refused(expression):
    "A base that may be negative, or an exponent that is not whole, has no method."
    with pytest.raises(NoMethod):
        Space(mixed, [expression, a]).convert(expression)


def test_powers_with_an_exponent_of_either_sign_are_refused():
    "0 <= base^k <= 1 holds for k >= 0 only: an exponent that may be negative has no method."
    with pytest.raises(NoMethod):
        Space(mixed, [w**k]).cells()


@pytest.mark.parametrize("expression", [exp(a), a**c, (a + 1)**x])
def test_transcendental_expressions_are_refused(expression):
    "Nothing but rational functions, radicals and whole powers is converted."
    with pytest.raises(NoMethod):
        Space([], [expression]).convert(expression)


def test_the_last_variable_is_one_of_the_space():
    "Asking for the interval of a letter the region does not have names the letters there are."
    with pytest.raises(DomainError, match="a is no variable here; there are n1, p"):
        Region(n1 < p).space().cells(a)


@pytest.mark.parametrize("seed", range(5))
def test_solved_letters_come_back(seed):
    "A solved letter, at a random coordinate point, gives its root the letter's value: x = r^2 - c means r = sqrt(x + c)."
    space, draw = Space([], [sqrt(a + 2 * c)]), random.Random(seed)
    ((letter, ratio),) = space.solved.items()
    (name,) = space.generators.roots
    values = {name: Rational(draw.randint(5, 9)), (c if letter == a else a): Rational(draw.randint(1, 20), 2)}
    found = ratio.expression().xreplace(values)
    assert sqrt((a + 2 * c).xreplace({**values, letter: found})) == values[name]
