"""One of the unknowns that together minimise a convex potential over a law."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import Demand
from symrisk.engine.unknowns.posynomial import Posynomial
from symrisk.engine.unknowns.potential import Potential
from symrisk.engine.unknowns.root import Root, cleared
from symrisk.engine.unknowns.unknown import Unknown


@dataclass(frozen=True)
class Stationary(Unknown):
    """One unknown of the minimiser of a potential.

    The potential is convex in the logarithms of its unknowns: there is one minimiser or none, and
    which, evaluation reads off the law.  A proof takes each unknown as the root of its slope.
    """

    unknown: sympy.Symbol
    potential: Potential | Posynomial

    is_solved_whole = True
    sure = True
    solves = "minimises a potential"

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        return (*map(sympy.sympify, self.potential.constants), *self.means)

    def rewritten(self, change: Callable) -> "Stationary":
        return replace(self, potential=self.potential.rewritten(change))

    def called(self, names: Mapping) -> "Stationary":
        return replace(self, unknown=names[self.unknown], potential=self.potential.called(names))

    @property
    def place(self) -> int:
        """Which of the potential's unknowns it is."""
        return self.potential.unknowns.index(self.unknown)

    @property
    def together(self) -> tuple[sympy.Symbol, ...]:
        return self.potential.unknowns

    @property
    def means(self) -> tuple[sympy.Basic, ...]:
        """Means of what may vary over the law, also where it does not."""
        return self.potential.means

    @property
    def laws(self) -> frozenset[sympy.Basic]:
        return self.potential.laws

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        """All but what varies over the law inside it."""
        return (*self.potential.constants, *self.free_symbols)

    def expanded(self, expand: Callable) -> Root:
        """The root of its slope; that there is a minimiser is not asked for."""
        slope = cleared(expand(self.potential.equation(self.unknown)), self.unknown)
        alive = self.potential.alive(self.unknown)
        return Root(self.unknown, slope, sure=True, alive=alive)

    def solver(self, expand: Callable) -> "Stationary":
        """The minimiser itself: as the zero of one slope it is not told from others."""
        return self.rewritten(expand)

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """Of all unknowns together: the Hessian times d log c/dx is minus the slopes' derivative
        with c held.
        """
        potential = self.potential
        held = [-total(potential.slope(c)) for c in potential.unknowns]
        prefix = f"{potential.unknowns[0]}_by_{x}_"
        brought, rates = potential.moves(prefix, held)
        slopes = {}
        for c, rate in zip(potential.unknowns, rates, strict=True):
            slopes[c] = c * rate
        return slopes, brought

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """What it is written in; that there is a solution, evaluation finds out."""
        for part in self.written:
            yield from reader.of(part, guards)

    def latex(self) -> str:
        name = tex.latex(self.unknown)
        others = ", ".join(tex.latex(c) for c in self.together if c != self.unknown)
        aside = f"\\text{{, together with }} {others}" if others else ""
        answers, pull = self.potential.balance(self.unknown)
        equation = f"{tex.latex(answers)} = {tex.latex(pull)}"
        return f"{name} &\\text{{ is the positive solution of }} {equation}{aside}"

    def sentence(self, line: Callable) -> str:
        others = ", ".join(str(c) for c in self.together if c != self.unknown)
        aside = f", together with {others}," if others else ""
        return f"the positive solution{aside} of {line(self.potential.slope(self.unknown))} = 0"
