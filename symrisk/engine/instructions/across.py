"""The mean over the atoms of a law, inside the step of a recursion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.potential.arrays import UNIT


@dataclass(frozen=True, slots=True)
class AcrossAtoms(Instruction):
    """The mean over the atoms of what varies over them, inside a step."""

    argument: int
    weight: int

    @property
    def reads(self) -> tuple[int, ...]:
        return (self.argument, self.weight)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        weighted = np.multiply(values[self.argument], values[self.weight])
        return into(out, np.sum(weighted, axis=-1, keepdims=True))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        weight = values[self.weight]
        own = UNIT * (3 + np.sqrt(np.shape(weight)[-1])) * abs(values[self.argument])
        return np.sum((errors[self.argument] + own) * weight, axis=-1, keepdims=True)
