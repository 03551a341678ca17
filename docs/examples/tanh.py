"""The hyperbolic tangent."""

from dataclasses import dataclass

import numpy as np
import sympy
from flint import fmpq

from symrisk.engine.instructions.instruction import Unary


@dataclass(frozen=True, slots=True)
class Tanh(Unary):
    """tanh, between -1 and 1: it moves by no more than its argument does."""

    heads = (sympy.tanh,)
    words = {"tanh": np.tanh}

    def on_arrays(self, values, out=None):
        return np.tanh(values[self.argument], out=out)

    def rounding(self, values, errors, value):
        return errors[self.argument] + 2.0**-52 * abs(value)

    def source(self):
        return f"tanh(r{self.argument})"

    def source_in_balls(self):
        return f"r{self.argument}.tanh()"

    def exactly(self, registers):
        return fmpq(0) if registers[self.argument] == 0 else None

    def in_balls(self, registers, exact):
        return registers[self.argument].tanh()
