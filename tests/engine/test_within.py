"""Cells are derived over the letters that conditions tie, and are the same whatever further letters a claim speaks of."""

import pytest

from symrisk import Region
from symrisk.engine.algebra.rational import Field
from symrisk.engine.cells.cell import Condition
from symrisk.engine.cells.chain import _derive, derive
from symrisk.engine.cells.within import Within
from symrisk.symbols import n1, n2, p, snr, ssr, symbol

a = symbol("a", "a", "a letter that comes first", positive=True)
z = symbol("z", "z", "a letter that comes last")
REGIONS = [
    Region(n1 + n2 < p), Region(n1 < p, n2 < p, p < n1 + n2), Region(n1*n2 < p, p <= n1 + 3), Region(snr*ssr < 1, ssr < n1/p),
    Region(n1*(p - n2) < n2*p, n1 < p, n2 < p)]


def shown(cells):
    """Cells as one reads them."""
    return [(str(cell), cell.coordinates) for cell in cells]


@pytest.mark.parametrize("region", REGIONS, ids=str)
def test_further_letters_change_nothing(region):
    "Neither the bounds nor the coordinates of the letters that hypotheses speak of, nor their order."
    more = Region(*region.hypotheses, over=(a, z))
    held = set(region.symbols)
    wider = [{s: image for s, image in cell.coordinates.items() if s in held} for cell in more.cells]
    assert [cell.coordinates for cell in region.cells] == list({str(w): w for w in wider}.values())


@pytest.mark.parametrize("region", REGIONS, ids=str)
def test_the_cells_are_those_derived_over_all_letters(region):
    "The way over fewer letters gives, link by link, what the direct one gives."
    space = Region(*region.hypotheses, over=(a, z)).space(a, z)
    conditions = space._as_conditions(space.conditions)
    letters = space._indices(space.variables)
    over_tied = derive(space.field, conditions, letters, space._coordinates)
    directly = _derive(Field(space.field.symbols), conditions, tuple(letters), space._coordinates, None)
    tied = {space.field.index[s] for s in region.symbols}
    assert {links(cell, tied) for cell in over_tied} == {links(cell, tied) for cell in directly}


def links(cell, tied):
    """What is said of the tied letters, as text."""
    images = frozenset((link.variable, str(link.image), link.closed) for link in cell.links if link.variable in tied)
    return images, frozenset((str(condition.poly), condition.strict) for condition in cell.side)


def test_a_polynomial_of_other_letters_is_not_taken():
    "It holds what is in its letters alone."
    field = Field.over((n1, n2, p, *(symbol(f"s_{s}", "s", "a coordinate") for s in (n1, n2, p))))
    within = Within(field, (0, 2), {0: 3, 1: 4, 2: 5})
    assert within.holds(field.convert(n1*p - 1).num) and not within.holds(field.convert(n1 + n2).num)
    assert within.field.symbols == (n1, p, field.symbols[3], field.symbols[5])
    poly = field.convert(n1**2*p - n1/3).num
    assert within._poly(within.taken(poly)) == poly


def test_what_a_condition_is_in_a_variable():
    "Its degree, its coupling with others and the sign of its highest coefficient; its linear factor beside the others."
    field = Field.over((n1, n2, p))
    twice = Condition(field.convert(2*n1*(p - n2)).num, True)
    assert [twice.speaks_of(i) for i in range(3)] == [True, True, True]
    assert (twice.weight_in(1), twice.weight_in(2)) == ((False, True, -1), (False, True, 1))
    others, parts = twice.linear_in(2)
    assert [(str(factor), exponent) for factor, exponent in others] == [("x0", 1)] and str(twice.factors[0] * parts[1]) == "2"
    assert Condition(field.convert(p**2 - n1).num, True).linear_in(2)[1] is None
    assert Condition(field.convert(p**2 - n1).num, True).weight_in(2)[0]
