"""An author's own coordinates for a region: verified, or refused."""

from dataclasses import dataclass

import sympy

from symrisk.engine.chain import Cell, Link
from symrisk.errors import DomainError


@dataclass(frozen=True)
class Chart:
    """An author's coordinates: variable -> expression in positive symbols, and the inverse."""

    images: tuple
    inverse: tuple

    def install(self, space):
        """Make the space use this chart, if it is one-to-one onto the region; DomainError says what fails."""
        self._check_round_trips()
        derived = space.cells()
        self._check_inverse_is_positive(space, derived)
        cell = self._cell(space)
        self._check_hypotheses(space, cell)
        space._cells[None] = (cell,)

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

    def _cell(self, space):
        field = space.field
        renamed = {name: field.symbols[space._coordinates[field.index[x]]]
                   for (x, _), (name, _) in zip(self.images, self.inverse, strict=True)}
        links = []
        for (x, image), (name, _) in zip(self.images, self.inverse, strict=True):
            coordinate = field.index[renamed[name]]
            ratio = field.convert(sympy.sympify(image).subs(renamed, simultaneous=True))
            links.append(Link(field.index[x], None, None, ratio, coordinate, not name.is_positive))
        charted = {link.variable for link in links}
        rest = [link for link in space.cells()[0].links if link.variable not in charted]
        return Cell(field, (*rest, *links))

    @staticmethod
    def _check_hypotheses(space, cell):
        for expression, strict in space.conditions:
            ratio = space.convert(expression)
            if not (cell.sign(ratio.num) * cell.sign(ratio.den)).implies(strict):
                raise DomainError(f"chart: {expression} {'>' if strict else '>='} 0 is not shown in its coordinates")
