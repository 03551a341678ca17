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
    def of(cls, chart: dict, inverse: dict) -> "Chart":
        """A chart from two dicts; ArgumentError where one is missing or their sizes differ."""
        are_dicts = isinstance(chart, dict) and isinstance(inverse, dict)
        if not are_dicts or len(chart) != len(inverse):
            raise ArgumentError(
                "a chart is a dict {variable: expression}; its inverse a dict "
                "{coordinate: expression} as large"
            )
        return cls(tuple(chart.items()), tuple(inverse.items()))

    def install(self, space) -> None:
        """Make the space use this chart, if it is one-to-one onto the region.

        DomainError says what fails.
        """
        self._check_round_trips()
        derived = space.cells()
        self._check_inverse_is_positive(space, derived)
        others = self._links_of_others(space, derived)
        cells = tuple(self._charted(space, links) for links in others)
        for cell in cells:
            _check_hypotheses(space, cell)
        space.use(cells)

    def _check_round_trips(self):
        images, inverse = dict(self.images), dict(self.inverse)
        for name, image in self.images:
            if not _comes_back(name, image, inverse):
                wrong = f"{name} = {image} does not come back to {name} through the inverse"
                raise DomainError(f"chart: {wrong}")
        for name, there in self.inverse:
            if not _comes_back(name, there, images):
                wrong = f"the inverse {name} = {there} does not come back to {name}"
                raise DomainError(f"chart: {wrong}")

    def _check_inverse_is_positive(self, space, cells):
        for name, expression in self.inverse:
            ratio = space.convert(expression)
            for cell in cells:
                sign = cell.sign(ratio.num) * cell.sign(ratio.den)
                if not sign.implies(strict=bool(name.is_positive)):
                    raise DomainError(
                        f"chart: {name} = {expression} is not shown positive on the region: it "
                        "covers only a part of it, or too much"
                    )

    def _links_of_others(self, space, cells):
        """For each derived cell the links of the variables the chart leaves alone.

        Each combination comes once.
        """
        charted = {space.field.index[x] for x, _ in self.images}
        found = {}
        for cell in cells:
            kept = tuple(link for link in cell.links if link.variable not in charted)
            for link in kept:
                _refuse_bound_by(charted, link, space)
            found[tuple((link.variable, str(link.image)) for link in kept)] = kept
        return found.values()

    def _charted(self, space, others):
        """The cell in the author's coordinates, beside links of other variables."""
        field = space.field
        letters = {}
        for (x, _), (name, _) in zip(self.images, self.inverse, strict=True):
            letters[name] = field.symbols[space._coordinates[field.index[x]]]
        links = []
        for (x, image), (name, _) in zip(self.images, self.inverse, strict=True):
            written = sympy.sympify(image).subs(letters, simultaneous=True)
            coordinate = field.index[letters[name]]
            is_closed = not name.is_positive
            place = field.index[x]
            link = Link(place, None, None, field.convert(written), coordinate, is_closed)
            links.append(link)
        closed = frozenset(link.coordinate for link in links if link.closed)
        for link in links:
            if not coefficient_sign(link.image.den, closed).implies(strict=True):
                name = field.symbols[link.variable]
                raise DomainError(f"chart: the denominator of {name} is not shown to be positive")
        return Cell(field, (*others, *links))


def _comes_back(name, there, back):
    """Whether what a name stands for is that name again once it is written the other way."""
    returned = sympy.sympify(there).subs(back, simultaneous=True)
    return sympy.cancel(returned - name) == 0


def _refuse_bound_by(charted, link, space):
    """DomainError where a variable without a chart lies between bounds in one that has one."""
    for poly in (link.image.num, link.image.den):
        if any(degree_in(poly, x) for x in charted):
            name = space.field.symbols[link.variable]
            raise DomainError(f"chart: {name} is bounded by a charted variable; chart it too")


def _check_hypotheses(space, cell):
    for expression, strict in space.conditions:
        ratio = space.convert(expression)
        if not (cell.sign(ratio.num) * cell.sign(ratio.den)).implies(strict):
            shown = f"{expression} {'>' if strict else '>='} 0"
            raise DomainError(f"chart: {shown} is not shown in its coordinates")
