"""The derivative of a quantity by a name."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import DIVISOR, Demand
from symrisk.engine.expressions.seams import seams_along
from symrisk.engine.noun import cached_property
from symrisk.language.made.made import Made
from symrisk.language.quantity import Quantity


@dataclass(frozen=True, repr=False)
class Derivative(Made):
    """d of / d name, implicit names included."""

    of: Quantity
    name: sympy.Symbol

    @cached_property
    def graph(self):
        return self._where_moves(self.name).derivative(self.name)

    def demands_given(self, names: frozenset) -> tuple:
        """Also that no case ends where its pieces do not meet in value and slope: there is no derivative there."""
        own = super().demands_given(names)
        graph = self.of.graph.without(names)
        bodies = (graph.expanded, *(part for root in graph.roots.values() for part in root.equations))
        seams = [seam for body in bodies for seam in seams_along(body, self.name)]
        return tuple(dict.fromkeys((*own, *(Demand(seam, DIVISOR) for seam in seams))))

    @property
    def title(self):
        return f"d {self.of.title}/d {self.name}"

    def head_latex(self):
        return f"\\frac{{\\partial}}{{\\partial {tex.latex(self.name)}}} {self.of.wrapped('*')}"
