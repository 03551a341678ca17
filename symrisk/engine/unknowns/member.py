"""One of several unknowns that together solve a system of equations."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy

from symrisk.engine.expressions.demands import Demand
from symrisk.engine.unknowns.system import System
from symrisk.engine.unknowns.unknown import Unknown


@dataclass(frozen=True)
class Member(Unknown):
    """One unknown of a system.

    That there is a solution, and that it is the one meant, is the author's statement.
    """

    unknown: sympy.Symbol
    system: System

    sure = True
    solves = "solves a system of equations"
    means = ()

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        """What the parameters of its system stand for."""
        return self.system.values

    def rewritten(self, change: Callable) -> "Member":
        return replace(self, system=self.system.rewritten(change))

    def called(self, names: Mapping) -> "Member":
        return replace(self, unknown=names[self.unknown], system=self.system.called(names))

    @property
    def place(self) -> int:
        """Which of the system's unknowns it is."""
        return self.system.unknowns.index(self.unknown)

    @property
    def together(self) -> tuple[sympy.Symbol, ...]:
        return self.system.unknowns

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """What it is written in; that there is a solution, evaluation finds out."""
        for part in self.written:
            yield from reader.of(part, guards)

    def cases(self) -> list[list]:
        """Its system's cases, each the equations of one, in what the parameters stand for."""
        known = dict(self.system.parameters)
        return [[equation.xreplace(known) for equation in case] for case in self.system.cases]

    def by_mpmath(self, mp: Any, number: Callable, digits: int) -> Any:
        """By mpmath's own search from beside the solution; nan where that does not settle."""
        system = self.system
        parameters = {name: number(value) for name, value in system.parameters}
        starts, case = _beside(system, parameters)

        def equations(*unknowns):
            point = {**parameters, **dict(zip(system.unknowns, unknowns, strict=True))}
            return [number(sympy.sympify(equation), point) for equation in system.cases[case]]

        try:
            found = mp.findroot(equations, list(map(mp.mpf, starts)), tol=mp.mpf(10) ** -digits)
        except (ValueError, ZeroDivisionError):
            return mp.nan
        if len(system.unknowns) > 1:
            return found[self.place]
        return mp.mpf(found[0] if hasattr(found, "rows") else found)

    def latex(self) -> str:
        return self.system.line()

    def sentence(self, line: Callable) -> str:
        together = ", ".join(map(str, self.system.unknowns))
        return f"entry {self.place + 1} of ({together}), {self.system.says}"


def _beside(system: System, parameters: Mapping) -> tuple[list[float], int]:
    """(a number close to each unknown, which case they solve)."""
    arrays = {name.name: np.array([float(value)]) for name, value in parameters.items()}
    with np.errstate(all="ignore"):
        *starts, case = system.near(**arrays)
    return [float(start[0]) for start in starts], int(case[0])
