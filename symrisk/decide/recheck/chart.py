"""A printed chart: the image of coordinates, and whether a point has coordinates in it.

Each variable runs between bounds in the earlier ones, along one coordinate s:  L + s,  U - s,  (L +
U s)/(1 + s),  or is fixed. An author's own chart says its coordinates by its inverse instead.
"""

import sympy
from flint import fmpq

from symrisk.decide.recheck.arithmetic import (
    degree_in,
    over,
    parsed,
    parts_in,
    quotient_at,
    value_at,
)
from symrisk.errors import NotProved

LARGEST = 10**6


def closed_of(chart):
    """The coordinates that may be zero."""
    return {link["coordinate"] for link in chart if link["closed"]}


def drawn_coordinates(chart, draw):
    """Random positive coordinates of all sizes."""
    return {
        link["coordinate"]: fmpq(draw.randint(1, LARGEST), draw.choice((1, 100, LARGEST, 10**8)))
        for link in chart
        if link["coordinate"] is not None
    }


def images(chart, coordinates, constant=parsed):
    """{name: value} of coordinates and of the variables that are their images."""
    values = dict(coordinates)
    for link in chart:
        values[link["variable"]] = quotient_at(link, values, constant)
    return values


def far_end(chart, coordinates, name, constant=parsed):
    """Images with one coordinate at infinity, where its variable has an upper and a lower bound;
    None where it has not.
    """
    values = dict(coordinates)
    for link in chart:
        if link["coordinate"] != name:
            values[link["variable"]] = quotient_at(link, values, constant)
            continue
        if name not in link["denominator"]["variables"]:
            return None
        start, middle = (
            quotient_at(link, {**values, name: constant(s)}, constant) for s in ("0", "1")
        )
        # (L + U s)/(1 + s) is half way between its ends at s = 1.
        values[link["variable"]] = 2 * middle - start
    return values


def lies_in(chart, values, inverse=None):
    """Whether each variable's coordinate, solved from its image, is positive (or zero on a
    closed face).
    """
    values = dict(values)
    for link in chart:
        name = link["coordinate"]
        if name is None:
            if quotient_at(link, values) != values[link["variable"]]:
                return False
            continue
        s = inverse[name](values) if inverse and name in inverse else _coordinate(link, values)
        if s is None or s < 0 or (s == 0 and not link["closed"]):
            return False
        values[name] = s
    return True


def _coordinate(link, values):
    """s with (a + b s)/(c + d s) = x; None where there is none."""
    ends = []
    for part in ("numerator", "denominator"):
        at = [value_at(link[part], {**values, link["coordinate"]: parsed(k)}) for k in ("0", "1")]
        ends.append((at[0], at[1] - at[0]))
    (a, b), (c, d) = ends
    x = values[link["variable"]]
    slope = d * x - b
    return None if slope == 0 else (a - c * x) / slope


def check_chart(says, chart, variables, inverse=()):
    """NotProved where a chart does not give each variable once, between bounds in earlier ones,
    in its own coordinate.
    """
    names = [link["variable"] for link in chart]
    if sorted(names) != sorted(variables):
        raise NotProved(f"{says}: a chart is not over {', '.join(sorted(variables))}")
    coordinates, earlier = {f"s_{name}" for name in names}, set()
    for link in chart:
        check_order(says, link, coordinates)
        if link["coordinate"] in inverse:
            earlier.add(link["variable"])
            continue
        _check_link(says, link, earlier)
        earlier.add(link["variable"])


def _check_link(says, link, earlier):
    name = link["coordinate"]
    if name not in (None, f"s_{link['variable']}") or (name is None and link["closed"]):
        raise NotProved(f"{says}: the coordinate of {link['variable']} is not its own")
    own = set() if name is None else {name}
    used = {*link["numerator"]["variables"], *link["denominator"]["variables"]}
    if not own <= used <= earlier | own:
        raise NotProved(f"{says}: {link['variable']} is not bounded by earlier variables")
    if name is not None and not _runs_between_bounds(link):
        raise NotProved(f"{says}: {link['variable']} does not run between bounds along {name}")


def _runs_between_bounds(link):
    """Whether an image is L + s, U - s or (L + U s)/(1 + s)."""
    name = link["coordinate"]
    if max(degree_in(link[part], name) for part in ("numerator", "denominator")) > 1:
        return False
    top, bottom = (parts_in(link[part], name) for part in ("numerator", "denominator"))
    if 0 not in bottom:
        return False
    if 1 in bottom:
        return bottom[1] == bottom[0]
    minus = {monomial: -c for monomial, c in bottom[0].items()}
    return top.get(1) in (bottom[0], minus)


def check_order(says, link, coordinates):
    """One spelling of each polynomial: letters by name, coordinates after them."""
    for part in ("numerator", "denominator"):
        check_spelling(says, link[part], coordinates)


def check_spelling(says, table, coordinates):
    """NotProved where the variables of a printed polynomial are not in their order."""
    ordered = sorted(table["variables"], key=lambda name: (name in coordinates, name))
    if table["variables"] != ordered:
        raise NotProved(f"{says}: the variables {', '.join(table['variables'])} are out of order")


def inverse_of(problem):
    """An author's chart: coordinate -> its value at {name: value} of the variables."""
    chart = problem.region.chart
    if chart is None:
        return {}
    pairs = zip(chart.images, chart.inverse, strict=True)
    symbols = {str(s): s for s in problem.space.symbols}

    def solving(expression):
        return lambda values: over(
            sympy.sympify(expression),
            {s: values[name] for name, s in symbols.items() if name in values},
        )

    return {f"s_{variable}": solving(expression) for (variable, _), (_, expression) in pairs}
