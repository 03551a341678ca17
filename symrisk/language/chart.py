"""An author's own coordinates for a region: verified, or refused."""

from dataclasses import dataclass

import sympy

from symrisk.engine.algebra.rational import degree_in
from symrisk.engine.algebra.signs import coefficient_sign
from symrisk.engine.cells.cell import Cell, Link
from symrisk.engine.noun import Noun
from symrisk.errors import ArgumentError, DomainError


@dataclass(frozen=True)
class Chart(Noun):
    """An author's coordinates: variable -> expression in positive symbols, and the inverse."""

    images: tuple
    inverse: tuple

    @classmethod
    def of(cls, chart, inverse):
        """A chart from two dicts; ArgumentError where one is missing or their sizes differ."""
        if not isinstance(chart, dict) or not isinstance(inverse, dict) or len(chart) != len(inverse):
            raise ArgumentError("a chart is a dict {variable: expression}; its inverse a dict {coordinate: expression} as large")
        return cls(tuple(chart.items()), tuple(inverse.items()))

    def install(self, space):
        """Make the space use this chart, if it is one-to-one onto the region; DomainError says what fails."""
        self._check_round_trips()
        derived = space.cells()
        self._check_inverse_is_positive(space, derived)
        cells = tuple(self._charted(space, links) for links in self._links_of_others(space, derived))
        for cell in cells:
            self._check_hypotheses(space, cell)
        space._cells[None] = cells

    def _check_round_trips(self):
        images, inverse = dict(self.images), dict(self.inverse)
        for name, there, back in ((x, image, inverse) for x, image in self.images):
            if sympy.cancel(sympy.sympify(there).subs(back, simultaneous=True) - name) != 0:
                raise DomainError(f"chart: {name} = {there} does not come back to {name} through the inverse")
        for name, there in self.inverse:
            if sympy.cancel(sympy.sympify(there).subs(images, simultaneous=True) - name) != 0:
                raise DomainError(f"chart: the inverse {name} = {there} does not come back to {name}")

    def _check_inverse_is_positive(self, space, cells):
        for name, expression in self.inverse:
            ratio = space.convert(expression)
            for cell in cells:
                sign = cell.sign(ratio.num) * cell.sign(ratio.den)
                if not sign.implies(strict=bool(name.is_positive)):
                    raise DomainError(f"chart: {name} = {expression} is not shown positive on the region: it covers only "
                                      "a part of it, or too much")

    def _links_of_others(self, space, cells):
        """For each derived cell the links of the variables the chart leaves alone, each combination once."""
        charted = {space.field.index[x] for x, _ in self.images}
        kept = [tuple(link for link in cell.links if link.variable not in charted) for cell in cells]
        for link in (link for links in kept for link in links):
            if any(degree_in(poly, x) for x in charted for poly in (link.image.num, link.image.den)):
                raise DomainError(f"chart: {space.field.symbols[link.variable]} is bounded by a charted variable; chart it too")
        return {tuple((link.variable, str(link.image)) for link in links): links for links in kept}.values()

    def _charted(self, space, others):
        field = space.field
        pairs = list(zip(self.images, self.inverse, strict=True))
        renamed = {name: field.symbols[space._coordinates[field.index[x]]] for (x, _), (name, _) in pairs}
        links = [Link(field.index[x], None, None, field.convert(sympy.sympify(image).subs(renamed, simultaneous=True)),
                      field.index[renamed[name]], not name.is_positive) for (x, image), (name, _) in pairs]
        closed = frozenset(link.coordinate for link in links if link.closed)
        for link in links:
            if not coefficient_sign(link.image.den, closed).implies(strict=True):
                raise DomainError(f"chart: the denominator of {field.symbols[link.variable]} is not shown to be positive")
        return Cell(field, (*others, *links))

    @staticmethod
    def _check_hypotheses(space, cell):
        for expression, strict in space.conditions:
            ratio = space.convert(expression)
            if not (cell.sign(ratio.num) * cell.sign(ratio.den)).implies(strict):
                raise DomainError(f"chart: {expression} {'>' if strict else '>='} 0 is not shown in its coordinates")
