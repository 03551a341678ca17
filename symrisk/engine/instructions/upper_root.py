"""The one zero of a polynomial above the real axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from flint import acb

from symrisk.engine.arrays.ulps import over
from symrisk.engine.expressions.mean import write_out_means
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.instructions.solvers.upper_zeros import (
    array_upper_zero,
    ball_upper_zero,
    how_many,
)
from symrisk.engine.potential.arrays import UNIT
from symrisk.engine.unknowns.upper_root import UpperRoot


@dataclass(frozen=True, slots=True)
class FindUpperRoot(Instruction):
    """The zero of sum_k c_k x^k with Im x > 0; called: what messages call it."""

    heads = (UpperRoot,)

    called: str
    coefficients: tuple[int, ...]

    is_solver = True
    raises_no_flag = True
    takes_complex = True

    @classmethod
    def built(cls, builder: Any, expression: UpperRoot) -> int:
        cleared = sympy.together(write_out_means(expression.polynomial))
        polynomial = sympy.Poly(sympy.fraction(cleared)[0], expression.unknown)
        coefficients = polynomial.all_coeffs()[::-1]
        registers = tuple(builder.compile(c) for c in coefficients)
        return builder.emit(cls(str(expression.unknown), registers))

    @property
    def reads(self) -> tuple[int, ...]:
        return self.coefficients

    def is_complex(self, registers: Sequence[bool]) -> bool:
        return True

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return into(out, array_upper_zero([values[i] for i in self.coefficients]))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        """What the coefficients' errors move a simple zero by, and what rounding the polynomial
        leaves of a step.
        """
        moved, size, slope = 0.0, 0.0, 0.0
        for k, register in enumerate(self.coefficients):
            power = abs(value) ** float(k)
            moved = moved + errors[register] * power
            size = size + abs(values[register]) * power
            slope = slope + (k * values[register] * value ** (k - 1.0) if k else 0.0)
        unpolished = 2 * len(self.coefficients) * UNIT * size
        return over(moved + unpolished, abs(slope)) + 4 * UNIT * abs(value)

    def in_balls(self, registers: Sequence, exact: Sequence) -> acb:
        coefficients = [acb(registers[i]) for i in self.coefficients]
        return ball_upper_zero(coefficients, [exact[i] for i in self.coefficients])

    def why_none(self, registers: Sequence) -> str:
        count = how_many([registers[i] for i in self.coefficients])
        if count == 0:
            return f"no {self.called} above the real axis there"
        return f"{count} zeros above the real axis for {self.called} there" if count > 1 else ""
