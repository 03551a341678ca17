"""The unknowns that minimise a convex potential over a law."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from symrisk.engine.arrays.registers import outputs, strict_outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.instructions.pick import Pick
from symrisk.engine.instructions.solvers.block import (
    array_minimiser,
    ball_minimiser,
    impossible,
    minimiser_errors,
)
from symrisk.engine.program.program import Block
from symrisk.engine.unknowns.stationary import Stationary


@dataclass(frozen=True, slots=True)
class Minimise(Instruction):
    """Unknowns by their names; the outputs of the block are the potential's floor and its rates.

    numbers: its mass, a cost and then a pull for each unknown, and what the block reads.
    """

    heads = (Stationary,)

    block: Block
    names: tuple[str, ...]
    numbers: tuple[int, ...]

    gives_several = True
    is_solver = True
    settles_slowly = True
    raises_no_flag = True

    @classmethod
    def built(cls, builder: Any, expression: Stationary) -> int:
        potential = expression.potential
        block, outer = builder.block([potential.floor, *potential.rates], potential.law)
        numbers = tuple(map(builder.compile, potential.constants))
        names = tuple(map(str, potential.unknowns))
        unknowns = builder.emit(cls(block, names, numbers + outer))
        return builder.emit(Pick(unknowns, expression.place))

    @property
    def reads(self) -> tuple[int, ...]:
        return self.numbers

    @property
    def laws(self) -> tuple:
        return (self.block.law,)

    def over(self, law: Any, other: Any) -> "Minimise":
        block = self.block.over(law, other)
        return self if block is self.block else Minimise(block, self.names, self.numbers)

    def _read(self, registers: Sequence) -> list:
        return [registers[i] for i in self.numbers]

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> list[np.ndarray]:
        return array_minimiser(self.block, self.names, self._read(values), outputs)

    def on_arrays_strictly(self, values: Sequence) -> list[np.ndarray]:
        return array_minimiser(self.block, self.names, self._read(values), strict_outputs)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> list:
        return minimiser_errors(self.block, value, self._read(values), self._read(errors), bounded)

    def in_balls(self, registers: Sequence, exact: Sequence) -> list[arb]:
        return ball_minimiser(self.block, self.names, self._read(registers))

    def why_none(self, registers: Sequence) -> str:
        return impossible(self.block, self.names, self._read(registers), outputs)
