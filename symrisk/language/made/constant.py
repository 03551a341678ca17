"""A number or an expression as a quantity."""

from dataclasses import dataclass

import sympy

from symrisk.engine.noun import cached_property
from symrisk.language.expression import exact_expression
from symrisk.language.graph import Graph
from symrisk.language.made.node import Node
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.laws.law import Law


@dataclass(frozen=True)
class Constant(Node):
    """A number or an expression as a quantity, so that arithmetic has one kind of operand."""

    expression: sympy.Expr
    on: Region = Region()
    accuracy: str = "exact"

    @cached_property
    def graph(self):
        return Graph(self.expression)

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

    def is_loose(self, strength, first):
        """Whether its text needs brackets beside an operation of a strength: + and - of 1, * and / of 2, ** of 3."""
        own = 1 if self.is_sum else 2 if self.expression.is_Mul or self.expression.is_Rational and self.expression.q != 1 else 3
        last = not first and (self.is_signed or own == strength < 3)
        return own < strength or last or (strength == 3 and self.is_signed)

    @property
    def title(self):
        return str(self.expression)


def operand(value):
    """A quantity as it is; a number, a law or an expression as a Constant."""
    if isinstance(value, Quantity):
        return value
    return Constant(value if isinstance(value, Law) else exact_expression("operand", value))
