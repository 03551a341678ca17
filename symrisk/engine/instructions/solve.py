"""One of several unknowns that together solve a system of equations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import arb, fmpq

from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.instructions.solvers.system import (
    array_solution,
    ball_solution,
    exact_solution,
)
from symrisk.engine.potential.arrays import UNIT
from symrisk.engine.unknowns.member import Member
from symrisk.engine.unknowns.system import System

DIRECTIONS = (1.0, -1.0, -1.0, 1.0, 1.0)
"""In which direction each parameter is moved, in turn."""


@dataclass(frozen=True, slots=True)
class Solve(Instruction):
    """The unknown at a place of a system, whose parameters are registers."""

    heads = (Member,)

    system: System
    place: int
    parameters: tuple[int, ...]

    is_solver = True
    raises_no_flag = True

    @classmethod
    def built(cls, builder: Any, expression: Member) -> int:
        system = expression.system
        values = tuple(map(builder.compile, system.values))
        # What its parameters stand for is in the registers: equal systems are then one.
        named = replace(system, parameters=tuple((name, name) for name, _ in system.parameters))
        return builder.emit(cls(named, expression.place, values))

    @property
    def reads(self) -> tuple[int, ...]:
        return self.parameters

    @property
    def hides_nan(self) -> tuple[int, ...]:
        """All: an equation may fix one unknown by itself."""
        return self.parameters

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        unknowns = array_solution(self.system, [values[i] for i in self.parameters])
        return into(out, unknowns[self.place])

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        """The system is solved once more, its parameters moved by their errors: no closed form is
        at hand.
        """
        moved = list(values)
        directions = np.resize(DIRECTIONS, len(self.parameters))
        for sign, register in zip(directions, self.parameters, strict=True):
            error = errors[register] + 2 * UNIT * abs(values[register])
            moved[register] = values[register] + sign * error
        distance = 4 * abs(self.on_arrays(moved) - value) + 4 * UNIT * abs(value)
        return np.where(np.isfinite(distance), distance, np.inf)[()]

    def exactly(self, registers: Sequence) -> fmpq | None:
        return exact_solution(self.system, self.place, [registers[i] for i in self.parameters])

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        unknowns = ball_solution(self.system, [registers[i] for i in self.parameters])
        return unknowns[self.place]
