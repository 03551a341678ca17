"""Powers and roots: of a whole exponent, of one in a register, and radicals.

Their exact meanings are functions as well, on a number or None, for other instructions to use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np
from flint import acb, arb, fmpq, fmpz

from symrisk.engine.algebra.gaussian import Gaussian
from symrisk.engine.algebra.power import integer_power
from symrisk.engine.algebra.rational import as_float
from symrisk.engine.arrays.branch import across_the_cut, off_the_cut
from symrisk.engine.arrays.ulps import of_exponential, of_product, over
from symrisk.engine.instructions.instruction import Instruction, Unary
from symrisk.engine.potential.arrays import UNIT

MOST_BITS = 200_000
MOST_FACTORS_OF_FLOATS, MOST_FACTORS_OF_BALLS = 3, 8
"""Whole powers up to these are written out as products."""


def exact_whole_power(base: fmpq | Gaussian | None, exponent: int) -> Any:
    """base^exponent for exponent >= 0; None where it is too large to write down.

    >>> exact_whole_power(fmpq(2, 3), 3)
    8/27
    >>> exact_whole_power(fmpq(2, 3), 10**9) is None
    True
    """
    if base is None:
        return None
    if base == 0:
        return fmpq(int(exponent == 0))
    if base in (1, -1):
        return base if exponent % 2 else fmpq(1)
    if _bits(base) * exponent > MOST_BITS:
        return None
    return base**exponent


def _bits(number: fmpq | Gaussian) -> int:
    """How many bits an exact number is written with."""
    if isinstance(number, Gaussian):
        return number.bit_length()
    return int(number.p.bit_length() + number.q.bit_length())


def exact_power(base: fmpq | Gaussian, exponent: fmpq | Gaussian) -> Any:
    """base^exponent where the exponent is whole and not negative, else None.

    >>> exact_power(fmpq(1, 2), fmpq(3)), exact_power(fmpq(1, 2), fmpq(-1))
    (1/8, None)
    """
    if isinstance(exponent, Gaussian) or exponent.q != 1 or exponent < 0:
        return None
    return exact_whole_power(base, int(exponent.p))


def ball_power(base: arb | acb, exponent: arb | acb, exact: fmpq | Gaussian | None) -> Any:
    """base^exponent as a ball; exact: the exponent, where it is known exactly.

    >>> ball_power(arb(0), arb(2), fmpq(2)), ball_power(arb(-1), arb(0.5), None).is_nan()
    (0, True)
    """
    if isinstance(exact, fmpq) and exact.q == 1 and exact >= 0:
        return integer_power(base, int(exact.p))
    return base**exponent


@dataclass(frozen=True, slots=True)
class WholePower(Instruction):
    """base^exponent for a whole number >= 0."""

    base: int
    exponent: int

    is_arithmetic = may_write_over = takes_complex = True
    words = {"integer_power": integer_power}

    @property
    def reads(self) -> tuple[int, ...]:
        return (self.base,)

    @property
    def shows(self) -> tuple[int, ...]:
        return (self.base,)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        """Small whole powers by multiplication: `np.power` is slower and rounds no better."""
        base = values[self.base]
        if self.exponent == 2:
            return np.multiply(base, base, out=out)
        if self.exponent == 3:
            return np.multiply(base * base, base, out=out)
        return np.power(base, as_float(fmpq(self.exponent)), out=out)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        size, error = abs(values[self.base]), errors[self.base]
        exponent = as_float(fmpq(self.exponent))
        steepest = (size + error) ** (exponent - 1.0) if exponent > 1 else 1.0
        moved = np.where(np.asarray(error) > 0, exponent * steepest * error, 0.0)[()]
        return moved + of_product(value, size, exponent)

    def source(self) -> str:
        if self.exponent <= MOST_FACTORS_OF_FLOATS:
            return self._written_out()
        return f"r{self.base} ** {float(self.exponent)}"

    def source_in_balls(self) -> str:
        if self.exponent <= MOST_FACTORS_OF_BALLS:
            return self._written_out()
        return f"integer_power(r{self.base}, {self.exponent})"

    def _written_out(self) -> str:
        return " * ".join([f"r{self.base}"] * self.exponent)

    def exactly(self, registers: Sequence) -> fmpq | None:
        return exact_whole_power(registers[self.base], self.exponent)

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        return integer_power(registers[self.base], self.exponent)

    def in_operators(self, registers: Sequence) -> Any:
        return integer_power(registers[self.base], self.exponent)


@dataclass(frozen=True, slots=True)
class Power(Instruction):
    """base^exponent, the exponent a register; of a complex base, exp(exponent log base)."""

    base: int
    exponent: int

    is_arithmetic = takes_complex = True

    @property
    def reads(self) -> tuple[int, ...]:
        return self.base, self.exponent

    @property
    def hides_nan(self) -> tuple[int, ...]:
        """Both: nan**0 is 1, and so is 1**nan."""
        return self.base, self.exponent

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return np.power(off_the_cut(values[self.base]), values[self.exponent], out=out)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        base, exponent = values[self.base], values[self.exponent]
        moved, error = across_the_cut(base, errors[self.base]), errors[self.exponent]
        if np.iscomplexobj(exponent):
            # The size of such a power is no bound of its slope.
            return np.full(np.shape(value), np.inf)[()]
        return of_exponential(base, moved, exponent, error, value)

    def source(self) -> str:
        return f"r{self.base} ** r{self.exponent}"

    def exactly(self, registers: Sequence) -> fmpq | None:
        base, exponent = registers[self.base], registers[self.exponent]
        return None if base is None or exponent is None else exact_power(base, exponent)

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return ball_power(registers[self.base], registers[self.exponent], exact[self.exponent])

    def has_pole(self, registers: Sequence) -> bool:
        base, exponent = registers[self.base], registers[self.exponent]
        if base is None or exponent is None or isinstance(exponent, Gaussian):
            return False
        return bool(base == 0 and exponent < 0)


@dataclass(frozen=True, slots=True)
class SquareRoot(Unary):
    """The square root of a number that is not negative; of a complex one, that with Re >= 0."""

    takes_complex = True
    words = {"sqrt": np.sqrt}

    @property
    def shows(self) -> tuple[int, ...]:
        return (self.argument,)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return np.sqrt(off_the_cut(values[self.argument]), out=out)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        error = across_the_cut(values[self.argument], errors[self.argument])
        if np.iscomplexobj(value):
            return over(error, abs(value)) + UNIT * abs(value)
        least = np.sqrt(np.maximum(values[self.argument] - error, 0))
        return over(error, value + least) + UNIT * abs(value)

    def source(self) -> str:
        return f"sqrt(r{self.argument})"

    def source_in_balls(self) -> str:
        return f"r{self.argument}.sqrt()"

    def exactly(self, registers: Sequence) -> fmpq | None:
        number = registers[self.argument]
        if number is None or isinstance(number, Gaussian) or number < 0:
            return None
        p, q = isqrt(int(number.p)), isqrt(int(number.q))
        return fmpq(p, q) if p * p == number.p and q * q == number.q else None

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return registers[self.argument].sqrt()


@dataclass(frozen=True, slots=True)
class Surd(Instruction):
    """The root of an order above two, of a number that is not negative; of a complex one, that
    closest to the positive numbers.
    """

    base: int
    index: int

    takes_complex = True

    @property
    def reads(self) -> tuple[int, ...]:
        return (self.base,)

    @property
    def shows(self) -> tuple[int, ...]:
        return (self.base,)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return np.power(off_the_cut(values[self.base]), 1 / self.index, out=out)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        error = across_the_cut(values[self.base], errors[self.base])
        return of_exponential(values[self.base], error, 1 / self.index, UNIT, value)

    def source(self) -> str:
        return f"r{self.base} ** {1 / self.index!r}"

    def exactly(self, registers: Sequence) -> fmpq | None:
        number = registers[self.base]
        if number is None or isinstance(number, Gaussian) or number < 0:
            return None
        p, q = fmpz(number.p).root(self.index), fmpz(number.q).root(self.index)
        return fmpq(p, q) if p**self.index == number.p and q**self.index == number.q else None

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return registers[self.base].root(self.index)
