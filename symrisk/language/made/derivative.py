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
        """Also that no case ends where its pieces do not meet in value and slope.

        There is no derivative there.
        """
        found = list(super().demands_given(names))
        graph = self.of.graph.without(names)
        bodies = [graph.expanded]
        for root in graph.roots.values():
            bodies += root.equations
        for body in bodies:
            found += [Demand(seam, DIVISOR) for seam in seams_along(body, self.name)]
        return tuple(dict.fromkeys(found))

    @property
    def title(self):
        return f"d {self.of.title}/d {self.name}"

    def head_latex(self) -> str:
        """The derivative as a fraction before what it is of; several by one name as one."""
        order, inner = 1, self.of
        while isinstance(inner, Derivative) and inner.name == self.name:
            order, inner = order + 1, inner.of
        name = tex.latex(self.name)
        if order == 1:
            above, below = "", name
        else:
            above = f"^{{{order}}}"
            below = f"\\left({name}\\right){above}" if "^" in name else f"{name}{above}"
        return f"\\frac{{\\partial{above}}}{{\\partial {below}}} {inner.wrapped('*')}"
