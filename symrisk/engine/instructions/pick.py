"""What hands a value on: one of several in a register, or one number over a whole grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.instructions.instruction import Instruction, Unary, into


@dataclass(frozen=True, slots=True)
class Pick(Instruction):
    """The value at a place of a register that holds several."""

    several: int
    place: int

    @property
    def reads(self) -> tuple[int, ...]:
        return (self.several,)

    takes_complex = True

    def solver(self, code: Sequence[Instruction]) -> Instruction | None:
        return code[self.several].solver(code)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return into(out, values[self.several][self.place])

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        return errors[self.several][self.place]

    def exactly(self, registers: Sequence) -> Any:
        several = registers[self.several]
        return None if several is None else several[self.place]

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        return registers[self.several][self.place]


@dataclass(frozen=True, slots=True)
class Spread(Unary):
    """The same value at every point of a grid: where what is asked for does not vary over it."""

    takes_complex = True

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return into(out, values[self.argument])
