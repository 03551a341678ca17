"""The natural logarithm."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from flint import arb, fmpq

from symrisk.engine.arrays.branch import across_the_cut, off_the_cut
from symrisk.engine.arrays.ulps import over
from symrisk.engine.instructions.instruction import Unary
from symrisk.engine.potential.arrays import UNIT


@dataclass(frozen=True, slots=True)
class Log(Unary):
    """log of a positive number: rational at 1 alone; of a complex one, with Im in (-pi, pi]."""

    heads = (sympy.log,)
    takes_complex = True

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return np.log(off_the_cut(values[self.argument]), out=out)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        error = errors[self.argument]
        error = across_the_cut(values[self.argument], error)
        return over(error, abs(values[self.argument]) - error) + UNIT * abs(value)

    def source_in_balls(self) -> str:
        return f"r{self.argument}.log()"

    def exactly(self, registers: Sequence) -> fmpq | None:
        return fmpq(0) if registers[self.argument] == 1 else None

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return registers[self.argument].log()
