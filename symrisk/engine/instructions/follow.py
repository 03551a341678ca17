"""The solution of an equation above the real axis, followed down from far above it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import sympy
from flint import acb

from symrisk.engine.arrays.registers import outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.arrays.ulps import over
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.instructions.solvers.followed import array_followed, ball_followed
from symrisk.engine.potential.arrays import UNIT
from symrisk.engine.program.builder import Builder
from symrisk.engine.program.program import Program, complex_registers
from symrisk.engine.unknowns.followed import Followed


@dataclass(frozen=True, slots=True)
class Follow(Instruction):
    """The zero of a program's first output in its first input.

    The program: of the unknown, the letter along which it is followed and the parameters, to the
    equation, its slope in the unknown, and what the unknown is close to far above the axis.
    point: the register of the letter's value; called: what messages call the unknown.
    """

    heads = (Followed,)

    program: Program
    point: int
    parameters: tuple[int, ...]
    called: str

    is_solver = True
    raises_no_flag = True
    takes_complex = True

    @classmethod
    def built(cls, builder: Any, expression: Followed) -> int:
        unknown, along, equation = expression.unknown, expression.along, expression.equation
        spoken = equation.free_symbols | expression.far.free_symbols
        names = [s for s in spoken - {unknown, along} if getattr(s, "kind", "") != "law"]
        names.sort(key=str)
        wanted = [equation, sympy.diff(equation, unknown), expression.far]
        program = Builder({}, (unknown, along, *names)).program(wanted)
        registers = tuple(map(builder.compile, names))
        return builder.emit(
            cls(program, builder.compile(expression.point), registers, str(unknown))
        )

    @property
    def reads(self) -> tuple[int, ...]:
        return (self.point, *self.parameters)

    @property
    def laws(self) -> tuple:
        return tuple(chain.from_iterable(step.laws for step in self.program.code))

    def over(self, law: Any, other: Any) -> "Follow":
        program = self.program.over(law, other)
        return self if program is self.program else replace(self, program=program)

    def is_complex(self, registers: Sequence[bool]) -> bool:
        """It is; NoMethod where its equation is not analytic."""
        complex_registers(self.program, (True, True, *(registers[i] for i in self.parameters)))
        return True

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        numbers = [values[i] for i in self.parameters]
        return into(out, array_followed(self.program, values[self.point], numbers, outputs))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        """What is left of the equation, and what rounding makes of it, by its slope."""
        inputs = [value, *(values[i] for i in self.reads)]
        moved = [0.0, *(errors[i] for i in self.reads)]
        (equation, slope, _), (error, _, _) = bounded(self.program, inputs, moved)
        return over(abs(equation) + error, abs(slope)) + 4 * UNIT * abs(value)

    def why_none(self, registers: Sequence) -> str:
        if registers[self.point].imag < 0:
            return f"no {self.called} below the real axis, to which it is followed from above"
        return ""

    def in_balls(self, registers: Sequence, exact: Sequence) -> acb:
        numbers = [registers[i] for i in self.parameters]
        return ball_followed(self.program, acb(registers[self.point]), numbers)
