"""The one zero of a polynomial in an interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from flint import arb, fmpq

from symrisk.engine.arrays.ulps import over
from symrisk.engine.expressions.mean import write_out_means
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.instructions.solvers.polynomial import array_root, ball_root, exact_root
from symrisk.engine.potential.arrays import UNIT
from symrisk.engine.unknowns.root import Root


@dataclass(frozen=True, slots=True)
class FindRoot(Instruction):
    """The zero of sum_k c_k x^k in (low, high), an end that is None being infinite."""

    heads = (Root,)

    low: int | None
    high: int | None
    coefficients: tuple[int, ...]

    is_solver = True
    raises_no_flag = True

    @classmethod
    def built(cls, builder: Any, expression: Root) -> int:
        low, high = (_end(builder, end) for end in expression.between)
        cleared = sympy.together(write_out_means(expression.polynomial))
        polynomial = sympy.Poly(sympy.fraction(cleared)[0], expression.unknown)
        coefficients = polynomial.all_coeffs()[::-1]
        return builder.emit(cls(low, high, tuple(builder.compile(c) for c in coefficients)))

    @property
    def reads(self) -> tuple[int, ...]:
        ends = tuple(end for end in (self.low, self.high) if end is not None)
        return ends + self.coefficients

    def _between(self, registers: Sequence) -> list:
        return [None if end is None else registers[end] for end in (self.low, self.high)]

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        coefficients = [values[i] for i in self.coefficients]
        return into(out, array_root(self._between(values), coefficients, missing="nan"))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        """What the coefficients' errors move a simple zero by; little else is left, as it is
        polished.
        """
        moved, size, slope = 0.0, 0.0, 0.0
        for k, register in enumerate(self.coefficients):
            power = abs(value) ** float(k)
            moved = moved + errors[register] * power
            size = size + abs(values[register]) * power
            slope = slope + (k * values[register] * value ** (k - 1.0) if k else 0.0)
        unpolished = over(2 * len(self.coefficients) * UNIT * size, abs(slope))
        left = over(4 * unpolished * unpolished, abs(value))
        return over(moved, abs(slope)) + left + 4 * UNIT * abs(value)

    def exactly(self, registers: Sequence) -> fmpq | None:
        if any(registers[i] is None for i in self.reads):
            # An end that is not rational still bars zeros: nothing is said without it.
            return None
        return exact_root(self._between(registers), [registers[i] for i in self.coefficients])

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        coefficients = [registers[i] for i in self.coefficients]
        known = [exact[i] for i in self.coefficients]
        return ball_root(self._between(registers), coefficients, known)


def _end(builder: Any, end: Any) -> int | None:
    return None if end in (sympy.oo, -sympy.oo) else builder.compile(sympy.sympify(end))
