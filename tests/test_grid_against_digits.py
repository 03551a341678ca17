"""Every formula of the catalogue on floats, against its digits at exactly those floats: right, refused, or with a warning.

A float is a rational number, so that the inputs determine the value: what differs from it is what the evaluation lost.
"""

import random
import warnings
from fractions import Fraction
from itertools import cycle, islice

import pytest
import sympy
from flint import fmpq
from regenerate_latex import formulas

from symrisk.errors import SymriskError
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.laws.law import Atoms

FORMULAS = dict(formulas())
CLOSE = Fraction(1, 10**11)
"""How far a value may be from its digits, relative, without a word."""
FEW, MANY = 4, 40
"""Points a formula: in the default run, and in the slow one."""
PATIENCE = 25
"""Points tried for each that is wanted: rounding to floats may put one that is close to a face outside."""
NEAR = Fraction(1, 10**12)
WHOLE = (1, 2, 3, 7, 20, 300, 10**5, 10**8)
SIMPLE = 3
"""The highest degree of a hypothesis whose cells are derived."""
REAL_SCALES = 8
"""Draws run from 10^-8 to 10^8."""


def far_and_wide(draw, links):
    """Coordinates on the logarithmic scale, from 1e-8 to 1e8."""
    return {link.coordinate: _on_scales(draw, REAL_SCALES) for link in links}


def close_to_a_face(draw, links):
    """Moderate coordinates, save one at 1e-12: the point is as close to one face of the region."""
    values = {link.coordinate: _on_scales(draw, 1) for link in links}
    return {**values, draw.choice(links).coordinate: NEAR}


def whole(draw, links):
    """Whole coordinates, small and large: whole sizes, and next to each pole."""
    return {link.coordinate: Fraction(draw.choice(WHOLE)) for link in links}


def next_to_a_pole(draw, links):
    """Whole coordinates, one of them 1: sizes of every scale, the next whole number to a pole of one of them."""
    return {**whole(draw, links), draw.choice(links).coordinate: Fraction(1)}


KINDS = (far_and_wide, close_to_a_face, whole, next_to_a_pole)


def _on_scales(draw, most):
    return Fraction(10 ** draw.uniform(-most, most))


def over_a_law(formula, draw):
    """The formula over three atoms, exact in doubles, where it is one over any law."""
    variables = sorted(formula.graph.bound, key=str)
    atoms = {}
    for number, weight in enumerate(("1/2", "1/4", "1/4")):
        place = [Fraction(draw.randint(1, 40) + 40 * number, 8) for _ in variables]
        signed = [x if v.is_nonnegative else x * draw.choice((1, -1)) for x, v in zip(place, variables, strict=True)]
        atoms[tuple(signed)] = weight
    laws = {s: Atoms(atoms, of=variables) for s in formula.graph.names if s.kind == "law"}
    return formula.at(laws) if laws else formula


def simple(region):
    """The region without the hypotheses of a higher degree, whose cells take long to derive; digits refuse what they exclude."""
    kept = [premise for premise in region.premises if _degree(premise.slack) <= SIMPLE]
    return Region(*kept, over=region.symbols)


def _degree(slack):
    letters = sorted(slack.free_symbols, key=str) or [sympy.Dummy()]
    return sum(sympy.Poly(part, *letters).total_degree() for part in sympy.fraction(sympy.together(slack)))


def points(formula, draw):
    """Floats in the formula's region, drawn in the coordinates of its cells, without end: {name: float}."""
    cells = []
    for part in Claim("it is what it is", formula, "==", formula).parts:
        space = simple(part.region).space()
        cells += [(space, cell) for cell in space.cells()]
    for kind, (space, cell) in zip(cycle(_each(KINDS, len(cells))), cycle(cells), strict=False):
        links = [link for link in cell.links if link.coordinate is not None]
        point = _inputs(space, cell, kind(draw, links) if links else {}, draw)
        if point is not None:
            yield {s.name: float(value) for s, value in point.items() if s.name in formula.inputs}


def _each(items, times):
    return [item for item in items for _ in range(times)]


def _inputs(space, cell, coordinates, draw):
    """The point at given coordinates, in inputs: {symbol: Fraction}; None where it has none, or a whole name is not whole."""
    values = {index: fmpq(value.numerator, value.denominator) for index, value in coordinates.items()}
    for link in cell.links:
        values[link.variable] = _at(space, link.image, values)
    for symbol, ratio in space.solved.items():
        values[space.field.index[symbol]] = _at(space, ratio, values)
    for power in space.generators.powers.values():
        values[space.field.index[power.exponent]] = fmpq(draw.choice(WHOLE[:5]))
    letters = {*space.generators.roots, *space.generators.powers}
    named = {s: values.get(space.field.index[s]) for s in space.symbols if s not in letters}
    if any(value is None or (s.is_integer and value.q != 1) for s, value in named.items()):
        return None
    return {s: Fraction(int(value.p), int(value.q)) for s, value in named.items()}


def _at(space, ratio, values):
    """The value of a quotient where the k-th symbol of the space has values[k]."""
    return ratio.at([values.get(k) for k in range(len(space.field.symbols))])


def digits_at(formula, point):
    """The value at exactly these floats, or None where it is outside, or its digits can't be settled."""
    try:
        return Fraction(formula.digits(20, **{name: Fraction(value) for name, value in point.items()}))
    except (SymriskError, OverflowError):
        return None


def on_floats(formula, point):
    """(the grid's value, None): or (None, why there is none without a word): an error, or an AccuracyWarning."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            value = formula(**point)
        except SymriskError as error:
            return None, error
    warned = [w for w in said if w.category.__name__ == "AccuracyWarning"]
    return (None, warned[0].message) if warned else (value, None)


def error_of(value, right):
    """How far a value is from the right one, relative."""
    return abs(Fraction(value) - right) / abs(right) if right else abs(Fraction(value))


def compared(name, count):
    """(point, the grid's value or None, what it said, the right value) at `count` points of a formula's region."""
    draw = random.Random(name)
    formula = over_a_law(FORMULAS[name], draw)
    tried = islice(points(formula, draw), PATIENCE * count)
    valued = ((point, digits_at(formula, point)) for point in tried)
    for point, right in islice(((point, right) for point, right in valued if right is not None), count):
        yield point, *on_floats(formula, point), right


def wrong(rows):
    """(error, point, value, digits) where the grid gives, without a word, what is further than 1e-11 from the digits."""
    found = []
    for point, value, _, right in rows:
        if value is not None and error_of(value, right) > CLOSE:
            found.append((float(error_of(value, right)), point, value, float(right)))
    return found


HEAVY = {"transfer.many_fits.fused_risk_of_3", "transfer.weighted_ridge.risk_of_3", "transfer.best_ridge.best_share",
         "transfer.best_weights.best_weighted_risk",
         *(name for name in FORMULAS if name.startswith("transfer.multi_source.three."))}
"""Formulas that take a second each: all their points are among the slow tests."""


def marked(name):
    """The name, among the slow tests where it is heavy."""
    return pytest.param(name, marks=[pytest.mark.slow] * (name in HEAVY))


def check(name, count):
    """Every value right or said to be wrong; and most values given without an error: one that refuses all would pass."""
    rows = list(compared(name, count))
    assert len(rows) == count
    assert 2 * sum(isinstance(why, SymriskError) for _, _, why, _ in rows) <= count
    assert not wrong(rows)


@pytest.mark.parametrize("name", [marked(name) for name in FORMULAS])
def test_the_grid_is_right_or_says_so(name):
    "Over sixteen powers of ten, close to a face and at whole numbers next to a pole: within 1e-11, or said."
    check(name, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("name", [marked(name) for name in FORMULAS])
def test_the_grid_is_right_or_says_so_at_many_points(name):
    "The same at forty points a formula."
    check(name, MANY)
