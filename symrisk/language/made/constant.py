"""A number or an expression as a quantity."""

from dataclasses import dataclass

from symrisk.language.expression import Expression, exact_expression
from symrisk.language.made.node import Node
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.laws.law import Law


@dataclass(frozen=True)
class Constant(Expression, Node):
    """A number or an expression as a quantity, so that arithmetic has one kind of operand.

    >>> from symrisk.symbols import n1, p
    >>> Constant(n1/p)(n1=3, p=6)
    0.5
    """

    on: Region = Region()
    accuracy: str = "exact"

    @property
    def own_symbols(self):
        """None: a number or expression on its own says nothing of where its symbols live."""
        return frozenset()

    @property
    def is_sum(self):
        return self.expression.is_Add

    @property
    def is_signed(self):
        return not self.is_sum and self.expression.could_extract_minus_sign()

    def is_loose(self, strength: int, first: bool) -> bool:
        """Whether its text needs brackets beside an operation of a strength.

        + and - have a strength of 1, * and / of 2, ** of 3.
        """
        own = self._strength
        if own < strength:
            return True
        if not first and (self.is_signed or own == strength < 3):
            return True
        return strength == 3 and self.is_signed

    @property
    def _strength(self):
        """How strongly what it is written with holds its parts together."""
        if self.is_sum:
            return 1
        is_fraction = self.expression.is_Rational and self.expression.q != 1
        return 2 if self.expression.is_Mul or is_fraction else 3

    @property
    def title(self):
        return str(self.expression)


def operand(value) -> Quantity:
    """A quantity as it is; a number, a law or an expression as a Constant."""
    if isinstance(value, Quantity):
        return value
    return Constant(value if isinstance(value, Law) else exact_expression("operand", value, True))
