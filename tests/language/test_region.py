"""Regions: hypotheses in, cells and coordinates out; nothing computed before it is asked for."""

import pickle

import pytest
import sympy

from symrisk import Claim, Region, prove
from symrisk.errors import ArgumentError, DomainError
from symrisk.language.relation import Relation
from symrisk.symbols import n1, n2, p, snr, ssr, symbol, t, w
from symrisk.theorems.transfer import concept_shift as shift

x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
z = symbol("z", "z", "any real number")
u = symbol("u", "u", "the author's first coordinate", positive=True)
v = symbol("v", "v", "the author's second coordinate", positive=True)
room = Region(n1 + n2 < p)


@pytest.mark.parametrize(("region", "wanted"), [
    (room, "0 <= n2, 0 <= n1, n1 + n2 < p"), (Region(w > 0, w <= 1), "0 < w <= 1"), (Region(x < y), "0 < x, x < y"),
    (Region(z > 2), "2 < z"), (Region(z < 2), "z < 2"), (Region(w >= 1, w <= 1), "w = 1"),
    (Region(snr * x > 1), "0 < x, 1/x < snr")])
def test_a_cell_reads_as_a_chain_of_bounds(region, wanted):
    "Each variable stands between bounds in the earlier ones."
    (cell,) = region.cells
    assert str(cell) in (wanted, wanted.replace("0 < x, 1/x < snr", "0 < snr, 1/snr < x"))


def test_coordinates_are_the_bounds_plus_a_positive_slack():
    "p = n1 + n2 + s_p; w = 1/(1 + s) runs over (0, 1]."
    assert room.cells[0].coordinates[p] == n1 + n2 + sympy.Symbol("s_p")
    assert Region(w > 0, w <= 1).cells[0].coordinates == {w: 1 / (sympy.Symbol("s_w") + 1)}


@pytest.mark.parametrize(("variable", "lower", "upper"), [(p, n1 + n2, None), (n1, 0, p - n2), (n2, 0, p - n1)])
def test_an_interval_puts_a_variable_last(variable, lower, upper):
    "The same region, with the bounds of the variable asked for in the others."
    (cell,) = room.interval(variable)
    assert (cell.lower, cell.upper) == (lower, upper)


def test_the_threshold_bounds_the_shift():
    "A formula in a hypothesis is written out, and brings its own region."
    (cell,) = [c for c in Region(ssr < shift.ssr_threshold).interval(ssr) if "ssr" in str(c)][:1]
    assert sympy.simplify(cell.upper - shift.ssr_threshold.expanded) == 0
    assert Relation(n1 + n2, "<", p) in Region(ssr < shift.ssr_threshold).premises


def test_regions_intersect_by_joining_hypotheses():
    "A hypothesis written twice counts once; a bare relation may be joined too."
    assert (room & Region(n1 > 0, n1 + n2 < p)).hypotheses == (*room.hypotheses, *Region(n1 > 0).hypotheses)
    assert room & (n1 > 0) == Region(n1 + n2 < p, n1 > 0)


def test_a_hypothesis_that_always_holds_is_none():
    "n1 >= 0 is in the letter's meaning already."
    assert Region(n1 >= 0).hypotheses == ()


def test_symbols_are_those_named_or_declared():
    "A letter of no hypothesis belongs to the region when it is declared."
    assert room.symbols == (n1, n2, p) and Region(n1 < p, over=(w,)).symbols == (n1, p, w)


@pytest.mark.parametrize("region", [Region(x < y, x > y), Region(Relation(x, "<=", 0)), Region(z > 1, z < 1), Region(z >= 1, z < 1)])
def test_a_region_without_points_has_no_cells(region):
    "Contradicting hypotheses are seen."
    assert region.cells == ()


@pytest.mark.parametrize("build", [lambda: Region(sympy.false), lambda: Region(x + y < 0), lambda: Region(False)])
def test_a_hypothesis_false_by_its_signs_is_refused(build):
    "What no choice of the letters satisfies is an error at once."
    with pytest.raises(DomainError, match="empty"):
        build()


GOOD = {
    "slack": (Region(x < y), {y: x + u}, {u: y - x}),
    "two": (Region(x < y), {x: v, y: v + u}, {v: x, u: y - x}),
    "ratio": (Region(w > 0, w < 1), {w: u / (1 + u)}, {u: w / (1 - w)}),
    "scaled": (Region(n1 + n2 < p), {p: n1 + n2 + 3 * u}, {u: (p - n1 - n2) / 3}),
    "inverse": (Region(over=(x,)), {x: 1 / u}, {u: 1 / x}),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_author_may_bring_coordinates(name):
    "A chart that is one-to-one onto the region replaces the derived one."
    region, chart, inverse = GOOD[name]
    charted = Region(*region.hypotheses, over=region.over, chart=chart, inverse=inverse)
    assert len(charted.cells) == 1


BAD = {
    "covers a part": (Region(x < y), {y: x + 1 + u}, {u: y - x - 1}, "u"),
    "covers too much": (Region(x < y), {y: x + u - 1}, {u: y - x + 1}, "x"),
    "no round trip": (Region(x < y), {y: x + u}, {u: y}, "y"),
    "no round trip back": (Region(x < y), {y: x + u**2}, {u: y - x}, "y"),
    "two-to-one": (Region(z > 1), {z: 1 + u**2}, {u: z - 1}, "z"),
    "wrong side": (Region(x < y), {x: y + u}, {u: x - y}, "u"),
    "bounded only below": (Region(w > 0, w < 1), {w: u}, {u: w}, "w"),
    "a bound forgotten": (Region(x < y, x > 1), {y: x + u, x: v}, {u: y - x, v: x}, "x"),
    "misses the closed face": (Region(w > 0, w <= 1), {w: u / (1 + u)}, {u: w / (1 - w)}, "u"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_chart_is_refused(name):
    "At first use, naming the letter at which it fails: part of the region, too much of it, or no round trip."
    region, chart, inverse, letter = BAD[name]
    charted = Region(*region.hypotheses, over=region.over, chart=chart, inverse=inverse)
    with pytest.raises(DomainError, match=f"chart: .*{letter}"):
        charted.cells  # noqa: B018


ENTANGLED = {
    "inverse in another order": (Region(x < y), {x: v, y: v + u}, {u: y - x, v: x}),
    "two coordinates each": (Region(x < y, y < 2 * x), {x: u + v, y: u + 2 * v}, {u: 2 * x - y, v: y - x}),
}


@pytest.mark.parametrize("name", ENTANGLED)
@pytest.mark.parametrize(("right", "status"), [(x + y, "proved"), (x + y / 2, "refuted")])
def test_coordinates_may_be_entangled(name, right, status):
    "Coordinates in any order, or several to a variable, decide claims as the derived ones do."
    region, chart, inverse = ENTANGLED[name]
    charted = Region(*region.hypotheses, over=region.over, chart=chart, inverse=inverse)
    plain, told = (prove(Claim("a bound", 2 * x, "<", right, on=on)).status for on in (region, charted))
    assert plain == told == status


def test_a_chart_of_some_letters_leaves_every_cell_of_the_others():
    "A chart for y leaves the two signs of a free real letter: two cells."
    charted = Region(x < y, over=(z,), chart={y: x + u}, inverse={u: y - x})
    assert len(charted.cells) == 2


@pytest.mark.parametrize(("chart", "inverse"), [({y: x + u}, None), ({y: x + u}, {}), ({y: x + u, x: v}, {u: y - x}), ([y], {u: y})])
def test_a_chart_without_its_inverse_is_refused(chart, inverse):
    "One coordinate for one variable."
    with pytest.raises((ArgumentError, DomainError), match="chart|inverse"):
        Region(x < y, chart=chart, inverse=inverse).cells  # noqa: B018


@pytest.mark.parametrize("hypothesis", ["n1 < p", n1 + n2, None, 3, sympy.Ne(x, y), sympy.And(x < y, y < 1)], ids=repr)
def test_what_is_no_hypothesis_is_refused(hypothesis):
    "The message shows what was given."
    with pytest.raises(ArgumentError, match="is not a hypothesis; write a relation such as"):
        Region(hypothesis)


def test_a_float_in_a_hypothesis_is_refused():
    "0.3 is not three tenths."
    with pytest.raises(ArgumentError, match="0.3.* is a binary float"):
        Region(w > 0.3)


@pytest.mark.parametrize("region", [room, Region(w > 0, w <= 1), Region(ssr < shift.ssr_threshold), Region(n1 < p, over=(t,)),
                                    Region(x < y, chart={y: x + u}, inverse={u: y - x})], ids=repr)
@pytest.mark.parametrize("used", [False, True], ids=["new", "used"])
def test_regions_survive_pickling(region, used):
    "Before and after their cells were derived; equal and of equal hash afterwards."
    if used:
        region.cells  # noqa: B018
    again = pickle.loads(pickle.dumps(region))
    assert again == region and hash(again) == hash(region)


def test_regions_are_frozen():
    "A noun does not change."
    with pytest.raises(AttributeError):
        room.over = (w,)


def test_latex_and_repr():
    "The hypotheses as written, in both."
    assert repr(room) == "Region(n1 + n2 < p)" and room.latex() == "n_1 + n_2 < p"
    assert room.cells[0].latex().endswith(r"n_1 + n_2 < p")
