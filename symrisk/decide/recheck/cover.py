"""Printed cells cover the region: every point of it that is tried lies in one of them, and in no
other.

Tried are random points; images of random coordinates, of the cells printed and of those derived
again; and the edges of both: coordinates at zero, at the far end, and beyond zero.  What a cell
leaves out by mistake begins at an edge of one of them. Images satisfy the hypotheses, unless they
fail a side condition that is printed: such a cell is more than the region's part, and a side
condition is what every point of the region in the cell satisfies.
"""

import json
import random

import sympy

from symrisk.decide.certificate import chart as printed_chart
from symrisk.decide.recheck.arithmetic import exact, named_terms, value_at
from symrisk.decide.recheck.chart import (
    check_chart,
    check_spelling,
    drawn_coordinates,
    far_end,
    images,
    inverse_of,
    lies_in,
)
from symrisk.decide.recheck.hypotheses import hypotheses_of
from symrisk.decide.recheck.letters import letters_of
from symrisk.errors import NoMethod, NotProved

IMAGES, RANDOM = 2, 20
COVERED, MOST_KEPT = set(), 4096
"""Cells that were found to cover a region, with all that says which: claims on one region ask
again and again.
"""
FAR = exact(sympy.Integer(10) ** 12)
ZERO, BEYOND = exact(sympy.Integer(0)), exact(sympy.Rational(-1, 7))


def check_cover(problem, cells):
    """NotProved where a point of the region lies in no cell or in two, or a cell's image lies
    outside of the region.
    """
    letters = letters_of(problem)
    name = letters.identity, json.dumps([[cell["chart"], cell["side"]] for cell in cells])
    if name not in COVERED:
        _check_cover(problem, letters, cells)
        if len(COVERED) >= MOST_KEPT:
            COVERED.clear()
        COVERED.add(name)


def _check_cover(problem, letters, cells):
    says, inverse = problem.claim.says, inverse_of(problem)
    if any(cell in cells[:k] for k, cell in enumerate(cells)):
        raise NotProved(f"{says}: a cell is listed twice")
    for cell in cells:
        check_chart(says, cell["chart"], letters.free, inverse)
        check_sides(says, cell, hypotheses_of(problem, cell["chart"]))
        _check_authors(problem, cell, inverse)
    draw = random.Random(1)
    inside = 0
    for cell in cells:
        inside += _check_images(problem, letters, cell, draw)
    for point in _tried(problem, letters, cells, draw):
        inside += _check_point(says, letters, inverse, cells, point)
    if not inside:
        raise NotProved(f"{says}: no point of the region was found to look at")


def check_sides(says, cell, hypotheses, are_more=False):
    """Side conditions are the hypotheses that the chart does not show, each once; are_more: and
    others by which cells differ.
    """
    printed = []
    for side in cell["side"]:
        check_spelling(says, side["polynomial"], set())
        if not side["polynomial"]["terms"]:
            raise NotProved(f"{says}: a side condition is empty")
        printed.append((named_terms(side["polynomial"]), side["strict"]))
    wanted = hypotheses.unshown
    if any(one in printed[:k] for k, one in enumerate(printed)) or any(
        one not in printed for one in wanted
    ):
        raise NotProved(
            f"{says}: the side conditions of a cell are not those that its chart does not show"
        )
    if len(printed) > len(wanted) and not are_more:
        raise NotProved(f"{says}: a side condition is no hypothesis of the region")


def _check_authors(problem, cell, inverse):
    """An author's links are those that the region says."""
    if not inverse:
        return
    pairs = zip(problem.region.chart.images, problem.region.chart.inverse, strict=True)
    charts = {f"s_{x}": (name, image) for (x, image), (name, _) in pairs}
    renamed = {name: sympy.Symbol(own) for own, (name, _) in charts.items()}
    for link in cell["chart"]:
        if link["coordinate"] not in charts:
            continue
        name, image = charts[link["coordinate"]]
        printed = _expression(link["numerator"]) / _expression(link["denominator"])
        expected = sympy.sympify(image).subs(renamed, simultaneous=True)
        expected = expected.xreplace({s: sympy.Symbol(str(s)) for s in expected.free_symbols})
        if link["closed"] == bool(name.is_positive) or sympy.cancel(printed - expected) != 0:
            raise NotProved(
                f"{problem.claim.says}: {link['variable']} is not as its region's chart says"
            )


def _expression(table):
    terms = (
        sympy.Rational(c)
        * sympy.Mul(
            *(sympy.Symbol(v) ** e for v, e in zip(table["variables"], exponents, strict=True))
        )
        for exponents, c in table["terms"]
    )
    return sympy.Add(*terms)


def _check_images(problem, letters, cell, draw):
    """Images of inner points and of closed faces; how many of them were points of the region."""
    found, held = 0, hypotheses_of(problem, cell["chart"]).held
    for coordinates in (
        *_inner(cell["chart"], draw),
        *_faces(cell["chart"], draw),
        *_ends(cell["chart"], draw),
    ):
        known = _known(letters, cell["chart"], coordinates)
        if known is None:
            continue
        try:
            is_inside = letters.fits(known, held) and letters.is_where_powers_are(known)
        except ZeroDivisionError:
            continue
        if not is_inside:
            raise NotProved(
                f"{problem.claim.says}: {_shown(known)} lies in a cell, and not in the region"
            )
        found += satisfies_sides(cell, letters.named(known))
    return found


def satisfies_sides(cell, values):
    """Whether the printed side conditions of a cell hold at values of its variables."""
    for side in cell["side"]:
        value = value_at(side["polynomial"], values)
        is_met = value > 0 or (value == 0 and not side["strict"])
        if not is_met:
            return False
    return True


def _check_point(says, letters, inverse, cells, known):
    """1 for a point of the region that lies in one cell, 0 for a point outside."""
    if not letters.admits(known):
        return 0
    values = letters.named(known)
    holding = [cell for cell in cells if lies_in(cell["chart"], values, inverse)]
    if not holding:
        raise NotProved(f"{says}: no cell holds {_shown(known)}")
    if len(holding) > 1 and not inverse:
        raise NotProved(f"{says}: two cells hold {_shown(known)}")
    if not all(satisfies_sides(cell, values) for cell in holding):
        raise NotProved(f"{says}: a side condition fails at {_shown(known)}")
    return 1


def _shown(known):
    return ", ".join(f"{name} = {value}" for name, value in known.items())


def _tried(problem, letters, cells, draw):
    """Points that may lie in the region: edges of cells, printed or derived again, and points
    anywhere.
    """
    charts = [cell["chart"] for cell in cells]
    charts += [chart for chart in _derived(problem) if chart not in charts]
    for chart in charts:
        for coordinates in (*_inner(chart, draw), *_edges(chart, draw)):
            known = _known(letters, chart, coordinates)
            if known is not None:
                yield known
        for name in () if problem.region.chart else drawn_coordinates(chart, draw):
            values = _far(chart, draw, name)
            known = None if values is None else _completed(letters, values)
            if known is not None:
                yield known
    for _ in range(RANDOM):
        known = _completed(
            letters, {name: _drawn(draw, letters.symbols[name]) for name in letters.free}
        )
        if known is not None:
            yield known


def _derived(problem):
    try:
        return [printed_chart(cell) for cell in problem.cells]
    except NoMethod:
        return []


def _inner(chart, draw):
    return [drawn_coordinates(chart, draw) for _ in range(IMAGES)]


def _faces(chart, draw):
    """Each closed coordinate at zero, and all of them."""
    closed = [link["coordinate"] for link in chart if link["closed"]]
    chosen = [[name] for name in closed] + ([closed] if len(closed) > 1 else [])
    return [{**drawn_coordinates(chart, draw), **dict.fromkeys(names, ZERO)} for names in chosen]


def _ends(chart, draw):
    """Each coordinate close to either end, inside."""
    for name in drawn_coordinates(chart, draw):
        for value in (1 / FAR, FAR):
            yield {**drawn_coordinates(chart, draw), name: value}


def _edges(chart, draw):
    """Each coordinate at zero, beyond it and far out; and all that may be zero there at once."""
    for name in drawn_coordinates(chart, draw):
        for value in (ZERO, BEYOND, FAR):
            yield {**drawn_coordinates(chart, draw), name: value}
    yield dict.fromkeys(drawn_coordinates(chart, draw), ZERO)
    closed = [link["coordinate"] for link in chart if link["closed"]]
    if closed:
        yield {**drawn_coordinates(chart, draw), **dict.fromkeys(closed, ZERO)}


def _far(chart, draw, name):
    try:
        return far_end(chart, drawn_coordinates(chart, draw), name)
    except ZeroDivisionError:
        return None


def _known(letters, chart, coordinates):
    try:
        values = images(chart, coordinates)
    except ZeroDivisionError:
        return None
    return _completed(letters, values)


def _completed(letters, values):
    try:
        return letters.complete(values)
    except ZeroDivisionError:
        return None


def _drawn(draw, symbol):
    size = draw.choice((1, 1, 10, 100, sympy.Rational(1, 10))) * sympy.Rational(
        draw.randint(0, 97), 31
    )
    return exact(size if symbol.is_nonnegative else size * draw.choice((1, -1)))
