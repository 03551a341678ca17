"""The inverse of the hyperbolic sine."""

from dataclasses import dataclass

import numpy as np
import sympy
from flint import fmpq

from symrisk.engine.instructions.instruction import Unary


@dataclass(frozen=True, slots=True)
class Asinh(Unary):
    """log(x + sqrt(1 + x^2)): it moves by no more than its argument does."""

    heads = (sympy.asinh,)
    words = {"arcsinh": np.arcsinh}

    def on_arrays(self, values, out=None):
        return np.arcsinh(values[self.argument], out=out)

    def rounding(self, values, errors, value):
        return errors[self.argument] + 2.0**-52 * abs(value)

    def source(self):
        return f"arcsinh(r{self.argument})"

    def source_in_balls(self):
        return f"r{self.argument}.asinh()"

    def exactly(self, registers):
        return fmpq(0) if registers[self.argument] == 0 else None

    def in_balls(self, registers, exact):
        return registers[self.argument].asinh()
