"""Signs on a cell by discriminants."""

from symrisk.engine.algebra.quadratics import MOST_NESTED, Quadratics
from symrisk.engine.algebra.signs import UNKNOWN, Sign
from symrisk.engine.cells.cell import Cell


def by_discriminants(cell: Cell, poly, known=None) -> Sign:
    """The sign of a polynomial on a cell: each factor's by its coefficients, by a hypothesis, or
    where it is quadratic in a coordinate by its discriminant.

    known: a function of a polynomial in the cell's coordinates that gives its sign by other means,
    and why; by default coefficients and hypotheses.
    """
    asked = Quadratics(cell.closed, known or (lambda pulled: (_known(cell, pulled), "")))
    shown = asked.signed(cell.pull(poly), MOST_NESTED)
    return UNKNOWN if shown is None else shown.sign


def _known(cell, pulled):
    sign = cell.coefficient_sign(pulled)
    return sign if sign.value is not None else cell.hypothesis_sign(pulled)
