"""From hypotheses to a chain: each variable in turn between bounds in the earlier ones.

Hypotheses are polynomials required to be > 0 or >= 0.  The last variable of a chain is one that
every hypothesis mentioning it contains linearly, with a coefficient of known sign: it then lies
between bounds in the other variables, and that each lower bound stays below each upper bound is a
hypothesis on those (Fourier-Motzkin elimination, with polynomial coefficients).  Between its bounds
L < x < U the variable is a rational function of one coordinate s,

    L + s,    U - s,    (L + U s)/(1 + s),

which runs over s > 0, or s >= 0 where a face is closed.  Two bounds that can't be ordered, or a
coefficient whose sign is not known, split the region into cells.  The coordinates are one-to-one
and onto by construction.
"""

from itertools import chain, product

from symrisk.engine.algebra.rational import degree_in
from symrisk.engine.budget import refuse_cells
from symrisk.engine.cells.cell import Cell, Condition
from symrisk.engine.cells.conditions import Contradiction, distinct, size, sorted_out
from symrisk.engine.cells.elimination import Elimination
from symrisk.engine.cells.fibre import NoChain
from symrisk.engine.cells.within import Within

MOST_REMEMBERED = 256
"""Sets of conditions over one field whose cells are kept."""


def derive(algebra, conditions, variables, coordinates, last=None):
    """The cells of the region that `conditions` describe; `last` forces the last variable of the
    chain.

    variables, coordinates: indices into `algebra.symbols`, coordinates[v] belonging to variable v.
    A condition that no chain can use becomes a side condition: the cell is then a superset with one
    sign known. Variables that no condition ties together are treated apart, and the cells of the
    whole are those of the parts combined.
    """
    whole = [Cell(algebra)]
    for part, tied in components(conditions, variables, last):
        cells = _remembered(algebra, part, tied, coordinates, last if last in tied else None)
        refuse_cells(len(whole) * len(cells))
        whole = [
            Cell(algebra, (*a.links, *b.links), (*a.side, *b.side))
            for a, b in product(whole, cells)
        ]
    return tuple(whole)


def components(conditions, variables, last=None):
    """(conditions, variables) of each part of which no condition speaks together with another;
    the part of `last` last.
    """
    parts = [([], {v}) for v in variables]
    for condition in conditions:
        spoken = {v for v in variables if degree_in(condition.poly, v) > 0}
        tied = [part for part in parts if part[1] & spoken] or parts[:1] or [([], set())]
        parts = [part for part in parts if part not in tied]
        together = [*chain.from_iterable(known for known, _ in tied), condition]
        parts.append((together, set().union(*(letters for _, letters in tied))))
    ordered = [(part, tuple(v for v in variables if v in tied)) for part, tied in parts]
    return sorted(ordered, key=lambda part: (last in part[1], len(part[1]), part[1]))


def _remembered(algebra, conditions, variables, coordinates, last):
    """Claims on one region ask for the same cells again and again."""
    name = (frozenset(condition.name for condition in conditions), variables, last)
    known = algebra.memory
    if name not in known:
        cells = _over_tied(algebra, conditions, variables, coordinates, last)
        if len(known) >= MOST_REMEMBERED:
            # A dict keeps the order of insertion: the oldest goes.
            del known[next(iter(known))]
        known[name] = cells
    return known[name]


def _over_tied(algebra, conditions, variables, coordinates, last):
    """The cells of conditions, derived over the letters that they tie alone, and carried over.

    Claims on one region speak of further letters each, and so do their fields: the cells are the
    same.
    """
    within = Within(algebra, variables, coordinates)
    if within.is_all or any(not within.holds(condition.poly) for condition in conditions):
        return _derive(algebra, conditions, variables, coordinates, last)
    inner = [Condition(within.taken(condition.poly), condition.strict) for condition in conditions]
    places = within.place
    own = {places[v]: places[coordinates[v]] for v in variables}
    end = None if last is None else places[last]
    cells = _remembered(within.field, inner, tuple(places[v] for v in variables), own, end)
    return tuple(within.carried(cell) for cell in cells)


def _derive(algebra, conditions, variables, coordinates, last):
    elimination = Elimination(algebra, coordinates)
    try:
        kept, side = sorted_out(elimination, distinct(conditions), tuple(variables))
    except Contradiction:
        return ()
    while True:
        try:
            cells = elimination.cells(tuple(kept), tuple(variables), last, 0)
            return tuple(Cell(algebra, cell.links, tuple(side)) for cell in cells)
        except NoChain:
            worst = max(kept, key=size)
            if worst.poly.total_degree() <= 1:
                raise
            kept.remove(worst)
            side.append(worst)
