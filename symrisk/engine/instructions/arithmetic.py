"""Sums, differences, products and quotients of two registers."""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from symrisk.engine.arrays.ulps import of_product, of_sum, over
from symrisk.engine.instructions.instruction import Instruction


@dataclass(frozen=True, slots=True)
class Arithmetic(Instruction):
    """One of Python's operators between two registers: the same on rationals, balls and floats."""

    left: int
    right: int

    is_arithmetic = may_write_over = takes_complex = True
    sign: ClassVar[str]
    operate: ClassVar[Callable]
    ufunc: ClassVar[np.ufunc]

    @property
    def reads(self) -> tuple[int, ...]:
        return self.left, self.right

    @property
    def shows(self) -> tuple[int, ...]:
        return self.left, self.right

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return self.ufunc(values[self.left], values[self.right], out=out)

    def source(self) -> str:
        return f"r{self.left} {self.sign} r{self.right}"

    def source_in_balls(self) -> str:
        return self.source()

    def exactly(self, registers: Sequence) -> Any:
        left, right = registers[self.left], registers[self.right]
        return None if left is None or right is None else self.operate(left, right)

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        return self.operate(registers[self.left], registers[self.right])

    def in_operators(self, registers: Sequence) -> Any:
        return self.operate(registers[self.left], registers[self.right])


@dataclass(frozen=True, slots=True)
class Add(Arithmetic):
    """left + right."""

    sign, operate, ufunc = "+", operator.add, np.add

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        own = of_sum(values[self.left], values[self.right], value)
        return own + errors[self.left] + errors[self.right]


@dataclass(frozen=True, slots=True)
class Subtract(Arithmetic):
    """left - right."""

    sign, operate, ufunc = "-", operator.sub, np.subtract

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        own = of_sum(values[self.left], -values[self.right], value)
        return own + errors[self.left] + errors[self.right]


@dataclass(frozen=True, slots=True)
class Multiply(Arithmetic):
    """left * right."""

    sign, operate, ufunc = "*", operator.mul, np.multiply

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        left, right = abs(values[self.left]), abs(values[self.right])
        moved = left * errors[self.right] + (right + errors[self.right]) * errors[self.left]
        return moved + of_product(value, np.minimum(left, right))


@dataclass(frozen=True, slots=True)
class Divide(Arithmetic):
    """left / right: no value where the right one is zero."""

    sign, operate, ufunc = "/", operator.truediv, np.divide

    @property
    def shows(self) -> tuple[int, ...]:
        return (self.left,)

    @property
    def hides_infinity(self) -> tuple[int, ...]:
        return (self.right,)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        moved = errors[self.left] + abs(value) * errors[self.right]
        nearest = abs(values[self.right]) - errors[self.right]
        return over(moved, nearest) + of_product(value, abs(values[self.left]))

    def exactly(self, registers: Sequence) -> Any:
        left, right = registers[self.left], registers[self.right]
        return None if left is None or right is None or right == 0 else left / right

    def has_pole(self, registers: Sequence) -> bool:
        return registers[self.right] is not None and bool(registers[self.right] == 0)
