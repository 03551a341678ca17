"""Frames: a cell on which a limit is read, with what can be shown there."""

from typing import NamedTuple

from symrisk.decide.certificate import cell, table
from symrisk.decide.limits.piece import Piece, Vanishing
from symrisk.decide.methods.positive import by_coefficients, by_factors, by_hypothesis
from symrisk.decide.methods.sturm import by_count
from symrisk.engine.algebra.rational import coefficients_in, degree_in
from symrisk.engine.cells.space import Space
from symrisk.errors import NoMethod

REASONS = (by_coefficients, by_hypothesis, by_count)


class Gap(NamedTuple):
    """What `by_factors` proves a sign of: a quotient on one cell."""

    claim: object
    cells: list
    gap: object
    strict: bool
    space: Space
    is_equation: bool = False


class Frame(NamedTuple):
    """A cell of the space of a piece."""

    germ: object
    piece: Piece
    space: Space
    cell: object

    def convert(self, expression):
        return self.space.convert(self.piece.put(expression))

    def quotient(self, ratio):
        """A quotient as two tables."""
        return {
            "numerator": table(self.space.field, ratio.num),
            "denominator": table(self.space.field, ratio.den),
        }

    def entry(self):
        """The cell with its coordinates, and after them the names that equations have replaced."""
        fixed = [
            {
                "variable": str(name),
                **self.quotient(self.convert(value)),
                "closed": False,
                "coordinate": None,
            }
            for name, value in reversed(self.piece.replaced)
        ]
        own = cell(self.cell, self.space)
        return {"chart": [*own["chart"], *fixed], "side": own["side"]}

    def proof(self, ratio, strict):
        """The factors that show a quotient to be positive on the cell, or non-negative:
        certificate data, or None.
        """
        verdict = by_factors(Gap(self.germ.claim, [self.cell], ratio, strict, self.space), REASONS)
        return None if verdict is None else verdict.certificate["cells"][0]

    def vanishing(self, poly):
        """Vanishing, for a factor of a polynomial that may be zero on the cell."""
        factors = [
            factor for factor, _ in poly.factor()[1] if not is_strict(self.cell.sign(factor))
        ]
        return Vanishing(self.space.field.polynomial(factors[0] if factors else poly))

    def refuse_moving(self, poly, variable):
        """A hypothesis on the letter that the chain could not use: a slope of unknown sign
        splits, what is not linear stops.
        """
        for factor, _ in poly.factor()[1]:
            if degree_in(factor, variable) > 1:
                raise NoMethod(
                    f"the region does not bound {self.germ.letter} linearly: its regimes can't be "
                    f"told apart"
                )
            if degree_in(factor, variable) == 1:
                raise self.vanishing(coefficients_in(factor, variable)[1])


def is_strict(sign):
    return bool(sign.value) and sign.strict
