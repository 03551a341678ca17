"""The argument of a complex number: its angle to the positive axis, in (-pi, pi]."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from flint import arb, fmpq

from symrisk.engine.arrays.ulps import over
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.instructions.parts import part
from symrisk.engine.potential.arrays import UNIT


@dataclass(frozen=True, slots=True)
class Argument(Instruction):
    """The angle of first + second i, of two real registers."""

    heads = (sympy.arg, sympy.atan2)

    first: int
    second: int

    @classmethod
    def built(cls, builder: Any, expression: Any) -> int:
        """Of a complex number by its parts; SymPy's atan2 has the second one first."""
        if isinstance(expression, sympy.atan2):
            second, first = expression.args
            return builder.emit(cls(builder.compile(first), builder.compile(second)))
        (number,) = expression.args
        first, second = part(builder, sympy.re, number), part(builder, sympy.im, number)
        return builder.emit(cls(first, second))

    @property
    def reads(self) -> tuple[int, ...]:
        return self.first, self.second

    @property
    def hides_infinity(self) -> tuple[int, ...]:
        """Both: the angle of an infinite number is finite."""
        return self.first, self.second

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        """With +0 for a second part of -0, and nan at zero, which has no angle."""
        first, second = values[self.first], values[self.second] + 0.0
        is_zero = (first == 0) & (second == 0)
        return np.arctan2(np.where(is_zero, np.nan, second)[()], first, out=out)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        first, second = values[self.first], values[self.second]
        error = errors[self.first] + errors[self.second]
        is_at_the_cut = (first <= 0) & (abs(second) <= error) & (np.asarray(error) > 0)
        moved = over(error, np.hypot(first, second) - error)
        return np.where(is_at_the_cut, np.inf, moved)[()] + 2 * UNIT * abs(value)

    def exactly(self, registers: Sequence) -> fmpq | None:
        """0 of a positive number."""
        first, second = registers[self.first], registers[self.second]
        if first is None or second is None:
            return None
        return fmpq(0) if second == 0 and first > 0 else None

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        first, second = registers[self.first], registers[self.second]
        if first.contains(0) and second.contains(0):
            return arb("nan")
        return arb.atan2(second, first)

    def has_pole(self, registers: Sequence) -> bool:
        first, second = registers[self.first], registers[self.second]
        if first is None or second is None:
            return False
        return bool(first == 0) and bool(second == 0)
