"""One of the unknowns that together solve equations with means, roots and functions in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy

from symrisk.engine.expressions.demands import EXISTING, Demand
from symrisk.engine.expressions.tex import plain
from symrisk.engine.unknowns.equations import Equations
from symrisk.engine.unknowns.root import Root, cleared
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NotProved


@dataclass(frozen=True)
class Solved(Unknown):
    """One unknown of a solution of equations.

    Evaluation finds the solution that its search comes to, and checks the conditions there.  A
    proof takes each unknown as a zero of an equation of its own where all are rational functions,
    and for a letter otherwise; the conditions are hypotheses.  That there is a solution is granted,
    and said.
    """

    unknown: sympy.Symbol
    system: Equations

    is_solved_whole = True
    sure = True
    solves = "solves equations that are no rational functions"

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        return self.system.written

    def rewritten(self, change: Callable) -> "Solved":
        return replace(self, system=self.system.rewritten(change))

    def called(self, names: Mapping) -> "Solved":
        return replace(self, unknown=names[self.unknown], system=self.system.called(names))

    @property
    def place(self) -> int:
        """Which of the unknowns it is."""
        return self.system.unknowns.index(self.unknown)

    @property
    def together(self) -> tuple[sympy.Symbol, ...]:
        return self.system.unknowns

    @property
    def free_symbols(self) -> set[sympy.Symbol]:
        """What the solution is a function of: without the unknowns."""
        return super().free_symbols - set(self.together)

    @property
    def equations(self) -> tuple[sympy.Basic, ...]:
        return self.system.vanishing

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        """Names alone: the equations are worked out inside of the solver."""
        return tuple(sorted(self.free_symbols, key=str))

    @property
    def conditions(self) -> tuple[tuple[sympy.Expr, bool], ...]:
        return self.system.slacks

    @property
    def granted(self) -> str:
        return f"{self.unknown} is there: {self.sentence(plain)}"

    def expanded(self, expand: Callable) -> Unknown:
        """A zero of an equation of its own, where all of them are rational functions."""
        known = self.rewritten(expand)
        assigned = known.system.assigned()
        if assigned is None:
            return known
        equation = cleared(assigned[self.place], self.unknown)
        low = sympy.Integer(0) if self.unknown.is_positive else -sympy.oo
        return Root(
            self.unknown,
            equation,
            (low, sympy.oo),
            sure=True,
            beside=known.conditions,
            granted=self.granted,
        )

    def solver(self, expand: Callable) -> "Solved":
        return self.rewritten(expand)

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """Of all unknowns together: the slopes times d/dx is minus what x alone moves."""
        held = [-total(equation) for equation in self.system.vanishing]
        brought, rates = self.system.moves(f"{self.together[0]}_by_{x}_", held)
        return dict(zip(self.together, rates, strict=True)), brought

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """That it is there: where it is, its equations have values."""
        yield Demand(self.unknown, EXISTING, guards, root=self)

    def by_mpmath(self, mp: Any, number: Callable, digits: int) -> Any:
        """By mpmath's own search from the start; nan where that does not settle, or where the
        conditions do not hold.
        """
        if not self.system.start:
            raise NotProved(f"{self.unknown} is looked for from what a function gives: no second")
        starts = [number(start) for start in self.system.start]

        def at(unknowns):
            return dict(zip(self.together, unknowns, strict=True))

        def equations(*unknowns):
            return [number(equation, at(unknowns)) for equation in self.system.vanishing]

        try:
            found = mp.findroot(equations, starts, tol=mp.mpf(10) ** -digits)
        except (ValueError, ZeroDivisionError):
            return mp.nan
        found = list(found) if hasattr(found, "rows") else [found]
        for slack, strict in self.conditions:
            value = number(slack, at(found))
            if value < 0 or (strict and value == 0):
                return mp.nan
        return mp.mpf(found[self.place])

    def latex(self) -> str:
        return self.system.line()

    def sentence(self, line: Callable) -> str:
        others = ", ".join(str(c) for c in self.together if c != self.unknown)
        aside = f", together with {others}," if others else ""
        return f"the solution{aside} of {self.system.said(line)}"
