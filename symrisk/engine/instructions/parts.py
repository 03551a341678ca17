"""Complex numbers and their real parts: what joins two real numbers, and what takes them apart.

A complex input of a program is two real ones, joined by an instruction: so every input stays a
real number, exact or a float, and what speaks of real numbers alone is not touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from flint import acb, arb
from sympy.core.numbers import ImaginaryUnit

from symrisk.engine.algebra.gaussian import Gaussian, imag, joined, real
from symrisk.engine.instructions.instruction import Instruction, Unary, into
from symrisk.engine.instructions.leaves import Input


@dataclass(frozen=True, slots=True)
class Join(Instruction):
    """first + second i, of two real registers."""

    heads = (ImaginaryUnit,)

    first: int
    second: int

    @classmethod
    def built(cls, builder: Any, expression: Any) -> int:
        """The unit i itself, as 0 + 1 i."""
        return builder.emit(cls(builder.constant(sympy.S.Zero), builder.constant(sympy.S.One)))

    @property
    def name(self) -> str:
        return "a complex number"

    @property
    def reads(self) -> tuple[int, ...]:
        return self.first, self.second

    @property
    def shows(self) -> tuple[int, ...]:
        return self.first, self.second

    def is_complex(self, registers: Sequence[bool]) -> bool:
        return True

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        """Part by part: `first + 1j*second` would make nan of an infinite part."""
        first, second = values[self.first], values[self.second]
        if out is None:
            out = np.empty(np.broadcast_shapes(np.shape(first), np.shape(second)), complex)
        out.real = first
        out.imag = second
        return out if out.shape else out[()]

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        return errors[self.first] + errors[self.second]

    words = {"acb": acb}

    def source_in_balls(self) -> str:
        return f"acb(r{self.first}, r{self.second})"

    def exactly(self, registers: Sequence) -> Any:
        first, second = registers[self.first], registers[self.second]
        return None if first is None or second is None else joined(first, second)

    def in_balls(self, registers: Sequence, exact: Sequence) -> acb:
        return acb(registers[self.first], registers[self.second])


@dataclass(frozen=True, slots=True)
class RealPart(Unary):
    """The real part; a real number itself."""

    heads = (sympy.re,)

    takes_complex = True

    @classmethod
    def built(cls, builder: Any, expression: Any) -> int:
        return part(builder, expression.func, expression.args[0])

    @property
    def hides_nan(self) -> tuple[int, ...]:
        """The other part may be nan, and this one a number all the same."""
        return (self.argument,)

    @property
    def name(self) -> str:
        return "re"

    def is_complex(self, registers: Sequence[bool]) -> bool:
        return False

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return into(out, np.real(values[self.argument]))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        return errors[self.argument]

    def source_in_balls(self) -> str:
        return f"r{self.argument}.real"

    def exactly(self, registers: Sequence) -> Any:
        return None if registers[self.argument] is None else real(registers[self.argument])

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return registers[self.argument].real


@dataclass(frozen=True, slots=True)
class ImaginaryPart(Unary):
    """The imaginary part, itself a real number; 0 of what is real."""

    heads = (sympy.im,)

    takes_complex = True

    @classmethod
    def built(cls, builder: Any, expression: Any) -> int:
        return part(builder, expression.func, expression.args[0])

    @property
    def hides_nan(self) -> tuple[int, ...]:
        """The other part may be nan, and this one a number all the same."""
        return (self.argument,)

    @property
    def name(self) -> str:
        return "im"

    def is_complex(self, registers: Sequence[bool]) -> bool:
        return False

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return into(out, np.imag(values[self.argument]))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        return errors[self.argument]

    def source_in_balls(self) -> str:
        return f"r{self.argument}.imag"

    def exactly(self, registers: Sequence) -> Any:
        return None if registers[self.argument] is None else imag(registers[self.argument])

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return registers[self.argument].imag


@dataclass(frozen=True, slots=True)
class Conjugate(Unary):
    """The number mirrored at the real axis."""

    heads = (sympy.conjugate,)

    takes_complex = True

    @property
    def shows(self) -> tuple[int, ...]:
        return (self.argument,)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return into(out, np.conjugate(values[self.argument]))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        return errors[self.argument]

    def source_in_balls(self) -> str:
        return f"r{self.argument}.conjugate()"

    def exactly(self, registers: Sequence) -> Any:
        number = registers[self.argument]
        return Gaussian(number.real, -number.imag) if isinstance(number, Gaussian) else number

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        return registers[self.argument].conjugate()


def part(builder: Any, head: type, number: sympy.Expr) -> int:
    """The register of a part, head(number): the input that it is, what was joined, or what takes
    a number apart.

    head: SymPy's re or im.
    """
    whole = head(number, evaluate=False)
    if whole in builder.inputs:
        return builder.emit(Input(builder.inputs.index(whole)))
    register = builder.compile(number)
    is_real_part = head is sympy.re
    if isinstance(builder.code[register], Join):
        joined_from = builder.code[register]
        return joined_from.first if is_real_part else joined_from.second
    return builder.emit((RealPart if is_real_part else ImaginaryPart)(register))
