"""The chain is sound: cells are disjoint, cover the region and hold nothing else.

One oracle: invert the chart link by link at a point (x -> its coordinate s), and check the hypotheses at the image of
random coordinates.  Everything in exact fractions, from the links' polynomials alone.
"""

import random
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from symrisk import Claim, Region, prove
from symrisk.engine.cells.chain import NoChain
from symrisk.language.relation import Relation
from symrisk.symbols import n1, n2, p, snr, ssr, symbol, w
from symrisk.theorems.transfer import concept_shift as shift

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
c = symbol("c", "c", "a positive letter", positive=True)
x = symbol("x", "x", "any real number")
y = symbol("y", "y", "any real number")
LETTERS = (a, b, c, x)
NUMBERS = [Fraction(k, 2) for k in (-6, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9)]


def value(poly, values):
    """A python-flint polynomial at fractions, index -> value."""
    total = Fraction(0)
    for exponents, coefficient in poly.to_dict().items():
        term = Fraction(int(coefficient.p), int(coefficient.q))
        for index, exponent in enumerate(exponents):
            if exponent:
                term *= values[index] ** int(exponent)
        total += term
    return total


def at(expression, point):
    """A rational SymPy expression at fractions."""
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        return point[expression]
    parts = [at(argument, point) for argument in expression.args]
    if expression.is_Pow:
        return parts[0] ** int(expression.exp)
    total = parts[0]
    for part in parts[1:]:
        total = total + part if expression.is_Add else total * part
    return total


def satisfies(region, symbols, point):
    """Whether a point satisfies the hypotheses and has the signs of its letters."""
    signs = all(point[s] > 0 if s.is_positive else point[s] >= 0 for s in symbols if s.is_nonnegative)
    try:
        return signs and all(at(e, point) > 0 if strict else at(e, point) >= 0 for e, strict in region.conditions)
    except ZeroDivisionError:
        return False


def holds_point(space, cell, point):
    """Whether a point lies in a cell: every coordinate, solved from its variable, is positive (0 on a closed face)."""
    values = {space.field.index[s]: v for s, v in point.items()}
    for link in cell.links:
        there = values[link.variable]
        if link.coordinate is None:
            if value(link.image.num, values) != there * value(link.image.den, values):
                return False
            continue
        s = inverse(link, values, there)
        if s is None or s < 0 or (s == 0 and not link.closed):
            return False
        values[link.coordinate] = s
    return all(_side_holds(condition, values) for condition in cell.side)


def inverse(link, values, there):
    """s with (n0 + n1 s)/(d0 + d1 s) = x: both polynomials are linear in s."""
    (n0, n_1), (d0, d_1) = ([value(part, {**values, link.coordinate: Fraction(s)}) for s in (0, 1)]
                            for part in (link.image.num, link.image.den))
    slope = (n_1 - n0) - there * (d_1 - d0)
    return None if slope == 0 else (there * d0 - n0) / slope


def _side_holds(condition, values):
    found = value(condition.poly, values)
    return found > 0 if condition.strict else found >= 0


def image(space, cell, draw):
    """The point at random coordinates, zero now and then on closed faces; None where a side condition fails."""
    values = {}
    for link in cell.links:
        if link.coordinate is not None:
            on_face = link.closed and draw.random() < 0.3
            values[link.coordinate] = Fraction(0) if on_face else Fraction(draw.randint(1, 40), draw.randint(1, 9))
        values[link.variable] = value(link.image.num, values) / value(link.image.den, values)
    if not all(_side_holds(condition, values) for condition in cell.side):
        return None
    return {s: values[space.field.index[s]] for s in space.symbols}


def assert_sound(region, seed=0, points=150, images=25):
    """Points of the region lie in exactly one cell, other points in none; images lie in the region."""
    space, draw = region.space(), random.Random(seed)
    cells = space.cells()
    for _ in range(points):
        point = {s: draw.choice(NUMBERS) for s in space.symbols}
        inside = sum(holds_point(space, cell, point) for cell in cells)
        assert inside == satisfies(region, space.symbols, point), (region, point)
    for cell in cells:
        for found in filter(None, (image(space, cell, draw) for _ in range(images))):
            assert satisfies(region, space.symbols, found), (region, str(cell), found)
    return cells


coefficients = st.integers(-3, 3)
signs = st.sampled_from(("<", "<=", ">", ">="))


@st.composite
def linear(draw, letters):
    """A linear hypothesis between letters."""
    terms = [draw(coefficients) * letter for letter in letters]
    return Relation(sum(terms), draw(signs), draw(coefficients) + draw(st.sampled_from(letters)))


@st.composite
def bilinear(draw, letters):
    """A hypothesis with one product of two letters."""
    first, second = draw(st.permutations(letters))[:2]
    left = draw(coefficients) + draw(st.integers(1, 3)) * first * second
    return Relation(left, draw(signs), draw(coefficients) * draw(st.sampled_from(letters)) + draw(coefficients))


@st.composite
def regions(draw, hypothesis):
    letters = LETTERS[:draw(st.integers(2, 4))]
    return Region(*draw(st.lists(hypothesis(letters), min_size=1, max_size=3)), over=letters)


def sound_or_refused(region):
    """A region either gives a sound chain or says that it has none."""
    try:
        region.space().cells()
    except NoChain:
        assume(False)
    assert_sound(region)


@given(regions(linear))
def test_linear_hypotheses(region):
    "Linear hypotheses in two to four letters, open and closed, give cells that cover and are disjoint."
    sound_or_refused(region)


@given(regions(bilinear))
def test_bilinear_hypotheses(region):
    "So do hypotheses with products of two letters."
    sound_or_refused(region)


@given(st.sampled_from(LETTERS), regions(linear))
def test_any_variable_may_come_last(last, region):
    "Forcing a variable to the end of the chain changes the cells, never what they cover."
    assume(last in region.space().symbols)
    try:
        region.interval(last)
    except NoChain:
        assume(False)
    space, draw = region.space(last), random.Random(1)
    for _ in range(80):
        point = {s: draw.choice(NUMBERS) for s in space.symbols}
        inside = sum(holds_point(space, cell, point) for cell in space.cells(last))
        assert inside == satisfies(region, space.symbols, point)


helpful = Region(snr * (p - n2) * (p - n2 - p * ssr) > p**2, n2 < p)
NAMED = {
    "room": (Region(n1 + n2 < p), 1),
    "room, closed": (Region(n1 + n2 <= p), None),
    "weights in (0, 1]": (Region(w > 0, w <= 1), 1),
    "weights in [0, 1]": (Region(w >= 0, w <= 1), 2),
    "a point": (Region(w >= 1, w <= 1), 1),
    "a point, as an equation": (Region(Relation(2 * w, "==", n1), over=(w, n1)), 1),
    "a free real letter": (Region(over=(x,)), 2),
    "two free real letters": (Region(over=(x, y)), 4),
    "a real letter above another": (Region(y < x), 2),
    "two uppers, unordered": (Region(a < b, a < c), None),
    "two closed bounds that may meet": (Region(b <= x, x <= c), None),
    "an interval that may be a point": (Region(b <= x, x <= b + n1), None),
    "shift below the threshold": (Region(ssr < shift.ssr_threshold), None),
    "shift above the threshold": (Region(ssr >= shift.ssr_threshold), None),
    "the threshold itself": (Region(Relation(ssr, "==", shift.ssr_threshold)), None),
    "some source size helps": (helpful, None),
    "some source size helps, closed": (Region(snr * (p - n2) * (p - n2 - p * ssr) >= p**2, n2 < p), None),
    "no source size helps": (Region(snr * (p - n2) * (p - n2 - p * ssr) <= p**2, n2 < p), None),
    "a coefficient of unknown sign": (Region(x * a < b), None),
    "a product of two bounds": (Region((x - a) * (x - c) < 0, a < c), None),
    "off a line": (Region((x - a)**2 > 0), None),
}


@pytest.mark.parametrize(("region", "count"), NAMED.values(), ids=NAMED)
def test_named_regions(region, count):
    "The regions that theorems use, and the shapes that need several cells."
    cells = assert_sound(region, points=400, images=60)
    assert count is None or len(cells) == count


EMPTY = {
    "strict both ways": Region(a < b, a > b),
    "strict against closed": Region(a <= b, a > b),
    "a cycle": Region(a < b, b < c, c < a),
    "below zero": Region(Relation(a + b, "<", 0)),
    "an equation against an inequality": Region(Relation(a, "==", b), a < b),
    "products": Region(a * c > 1, a * c < 1),
    "a sum of positive letters below one of them": Region(Relation(a + c, "<=", a)),
}


@pytest.mark.parametrize("name", EMPTY)
def test_contradictions_have_no_cells(name):
    "Hypotheses without a point in common leave no cell."
    assert EMPTY[name].space().cells() == ()


def test_a_closed_face_belongs_to_the_cell():
    "w = 1 is the image of the coordinate 0, w = 0 of none."
    space = Region(w > 0, w <= 1).space()
    (cell,) = space.cells()
    assert holds_point(space, cell, {w: Fraction(1)}) and not holds_point(space, cell, {w: Fraction(0)})


def test_a_condition_no_chain_can_use_is_kept_aside():
    "A cubic in every letter cuts no cell; it becomes a side condition, and images that satisfy it lie in the region."
    region = Region(x**3 + y**3 < x * y + 1)
    cells = assert_sound(region, points=200, images=60)
    assert all(cell.side for cell in cells)


def test_no_chain_is_said():
    "A cell asked for with a letter last in which the hypotheses are not linear: NoChain, no wrong cell."
    cells = Region(x**3 + x < y).interval(x)
    assert all(cell.chain.side for cell in cells)


ASIDE = {
    "a cubic": Region(x**3 + y**3 < x * y + 1),
    "a circle": Region(a**2 + c**2 > 1),
    "a strict product": Region(b * (a**2 + c**2 - 1) > 0),
    "an odd power": Region((a**2 + c**2 - 1)**3 >= 0),
    "two of them": Region(a**2 + c**2 > 1, a**2 + c**2 < 4),
    "a product that may vanish": Region(Relation(b * (a**2 + c**2 - 1), ">=", 0)),
    "a square that may vanish": Region((a**2 + c**2 - 1) * (2 * a**2 + 2 * c**2 - 1)**2 >= 0),
    "a negative product": Region(-(a**2 + c**2 - 1) * (a * c + 1) > 0),
}


@pytest.mark.parametrize("name", ASIDE)
def test_the_sign_a_cell_gives_is_the_sign_at_its_points(name):
    "Whatever sign a cell claims for a factor of a hypothesis, it has at every point of the region in that cell."
    region = ASIDE[name]
    space, draw = region.space(), random.Random(2)
    factors = {str(f): f for e, _ in region.conditions for f, _ in space.convert(e).num.factor()[1]}
    for _ in range(400):
        point = {s: draw.choice(NUMBERS) for s in space.symbols}
        if satisfies(region, space.symbols, point):
            cell = next(cell for cell in space.cells() if holds_point(space, cell, point))
            for factor in factors.values():
                assert agrees(cell.sign(factor), value(factor, {space.field.index[s]: v for s, v in point.items()}))


def agrees(sign, number):
    """Whether a number has the sign that is claimed of it."""
    if sign.value is None:
        return True
    return number == 0 if sign.value == 0 else number * sign.value > 0 or (number == 0 and not sign.strict)


def test_a_split_over_one_cell_leaves_no_other_out():
    """Where a fibre is empty over one cell of the others it need not be so over another.

    Here t (m - t q) = (s + t - 1) m, so that m = t q and s = 1 - t, or t = 0 and s = 1: t = 0 is not all that is left.
    """
    s, m, q = (symbol(name, name, "a positive letter", positive=True) for name in "anp")
    t = symbol("b", "b", "a letter that may be zero", nonnegative=True)
    level = Relation(t * (1 - t * q / m) + 1 - s - t, "==", 0)
    region = Region(t * q <= m, s + t <= 1, m < q, t < 1, level)
    assert prove(Claim("nothing else is left", t, "==", 0, on=region)).status == "refuted"
    assert prove(Claim("m or t", t * (m - t * q), "==", 0, on=region)).status == "proved"
