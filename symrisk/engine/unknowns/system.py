"""Several equations in several unknowns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import sympy

from symrisk.engine.expressions import tex


@dataclass(frozen=True)
class System:
    """Several unknowns that together solve equations, and where to look for them.

    cases: alternative systems, each as many polynomials as there are unknowns.  near: a function of
    the parameters' arrays (by name) that gives an array for each unknown, close to the solution
    meant, and an array of whole numbers: which case it solves.  parameters: pairs (symbol of the
    equations, the expression it stands for).  latex, says: what is solved.
    """

    unknowns: tuple
    cases: tuple
    near: object
    parameters: tuple
    latex: str = ""
    says: str = ""

    @property
    def values(self) -> tuple[sympy.Expr, ...]:
        """What the parameters stand for."""
        return tuple(value for _, value in self.parameters)

    def rewritten(self, change: Callable) -> "System":
        """The same system with `change` made to what its parameters stand for."""
        parameters = tuple((name, change(value)) for name, value in self.parameters)
        return replace(self, parameters=parameters)

    def called(self, names: Mapping) -> "System":
        """The same system in other unknowns."""
        cases = []
        for case in self.cases:
            cases.append(tuple(equation.xreplace(names) for equation in case))
        unknowns = tuple(names[unknown] for unknown in self.unknowns)
        return replace(self, unknowns=unknowns, cases=tuple(cases))

    def line(self) -> str:
        """The unknowns as what they solve, at parameters that are not the system's own letters."""
        together = ", ".join(map(tex.latex, self.unknowns))
        put = []
        for name, value in self.parameters:
            if name != value:
                put.append(f"{tex.latex(name)} = {tex.latex(value)}")
        solved = f"\\left({together}\\right) &= {self.latex}"
        where = ",\\; ".join(put)
        return f"{solved}\\quad\\text{{at}}\\quad {where}" if put else solved
