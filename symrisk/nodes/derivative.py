"""The derivative of a quantity by a name."""

from dataclasses import dataclass
from functools import cached_property

import sympy

from symrisk.engine import tex
from symrisk.nodes.made import Made
from symrisk.quantity import Quantity


@dataclass(frozen=True, repr=False)
class Derivative(Made):
    """d of / d name, implicit names included."""

    of: Quantity
    name: sympy.Symbol

    @cached_property
    def graph(self):
        return self._where_moves(self.name).derivative(self.name)

    @property
    def title(self):
        return f"d {self.of.title}/d {self.name}"

    def head_latex(self):
        return f"\\frac{{\\partial}}{{\\partial {tex.latex(self.name)}}} {self.of.wrapped('*')}"
