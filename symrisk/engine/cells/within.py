"""A field of fewer letters within another: polynomials taken there, and cells carried back."""

from symrisk.engine.algebra.rational import Field, Ratio
from symrisk.engine.cells.cell import Bound, Cell, Condition, Link
from symrisk.engine.noun import cached_property


class Within:
    """The field of some variables of another and of their coordinates, in the same order.

    place: index there -> index here.
    """

    def __init__(self, algebra, variables, coordinates):
        self.algebra = algebra
        self.indices = sorted({*variables, *(coordinates[v] for v in variables)})
        self.place = {index: place for place, index in enumerate(self.indices)}

    @property
    def is_all(self):
        """Whether the other has no further letters."""
        return len(self.indices) == len(self.algebra.symbols)

    @cached_property
    def field(self):
        """The field of fewer letters: the same one wherever the letters are the same."""
        return Field.over(tuple(self.algebra.symbols[index] for index in self.indices))

    def holds(self, poly):
        """Whether a polynomial is in these letters alone."""
        return all(index in self.place for index, degree in enumerate(poly.degrees()) if degree > 0)

    def taken(self, poly):
        """A polynomial of the other field in this one."""
        terms = {
            tuple(exponents[i] for i in self.indices): c for exponents, c in poly.to_dict().items()
        }
        return self.field.context.from_dict(terms)

    def carried(self, cell):
        """A cell of this field in the other one."""
        links = tuple(self._link(link) for link in cell.links)
        side = tuple(
            Condition(self._poly(condition.poly), condition.strict) for condition in cell.side
        )
        return Cell(self.algebra, links, side)

    def _link(self, link):
        coordinate = None if link.coordinate is None else self.indices[link.coordinate]
        lower, upper = self._bound(link.lower), self._bound(link.upper)
        return Link(
            self.indices[link.variable],
            lower,
            upper,
            self._ratio(link.image),
            coordinate,
            link.closed,
        )

    def _bound(self, bound):
        return None if bound is None else Bound(self._ratio(bound.value), bound.closed)

    def _ratio(self, ratio):
        return Ratio(self.algebra, self._poly(ratio.num), self._poly(ratio.den))

    def _poly(self, poly):
        size = len(self.algebra.symbols)
        terms = {}
        for exponents, coefficient in poly.to_dict().items():
            whole = [0] * size
            for index, exponent in zip(self.indices, exponents, strict=True):
                whole[index] = exponent
            terms[tuple(whole)] = coefficient
        return self.algebra.context.from_dict(terms)
