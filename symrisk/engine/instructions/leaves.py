"""What a program starts from: its inputs, and constants."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, fmpq

from symrisk.engine.algebra.rational import as_float
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.potential.arrays import UNIT

LARGEST_WHOLE = 2.0**53


@dataclass(frozen=True, slots=True)
class Input(Instruction):
    """The input at a place: the one instruction whose value whoever runs the program gives."""

    place: int

    @property
    def reads(self) -> tuple[int, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Constant(Instruction):
    """The rational number p/q.

    >>> Constant(1, 3).exactly([])
    1/3
    """

    p: int
    q: int

    raises_no_flag = True
    is_arithmetic = True

    @property
    def reads(self) -> tuple[int, ...]:
        return ()

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> np.float64:
        return np.float64(as_float(fmpq(self.p, self.q)))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        is_a_float = self.q == 1 and abs(self.p) <= LARGEST_WHOLE
        return 0.0 if is_a_float else UNIT * abs(value)

    def source(self) -> str:
        return repr(as_float(fmpq(self.p, self.q)))

    def exactly(self, registers: Sequence) -> fmpq:
        return fmpq(self.p, self.q)

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return arb(fmpq(self.p, self.q))
