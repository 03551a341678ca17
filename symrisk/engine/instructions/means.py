"""Means over a law: those that rest on the same, in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, fmpq

from symrisk.engine.arrays.registers import outputs, strict_outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.balls.exact import rationals
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.instructions.iterate import observed
from symrisk.engine.instructions.pick import Pick
from symrisk.engine.instructions.solvers.block import (
    array_means,
    ball_means,
    exact_means,
    mean_errors,
)
from symrisk.engine.program.program import Block, complex_registers
from symrisk.engine.unknowns.state import states_in


@dataclass(frozen=True, slots=True)
class Means(Instruction):
    """The mean of each output of a block over its law; outer: what it reads from outside."""

    heads = (Mean,)

    block: Block
    outer: tuple[int, ...]

    gives_several = True

    @classmethod
    def built(cls, builder: Any, expression: Mean) -> int:
        """All means over one law that rest on the same are taken in one pass; a law in letters is
        written out.
        """
        if not expression.law.is_Symbol and expression.law.free_symbols:
            return builder.compile(expression.written_out())
        states = states_in(expression, builder.definitions)
        if states:
            return observed(builder, expression, states)
        means = builder.together.get(expression, (expression,))
        means = tuple(mean for mean in means if not states_in(mean, builder.definitions))
        block, outer = builder.block([m.integrand for m in means], expression.law)
        together = builder.emit(cls(block, outer))
        return builder.emit(Pick(together, means.index(expression)))

    @property
    def reads(self) -> tuple[int, ...]:
        return self.outer

    @property
    def laws(self) -> tuple:
        return (self.block.law,)

    def is_complex(self, registers: Sequence[bool]) -> bool:
        """Whether one of the means may be: all of a pass are taken for complex then."""
        outer = tuple(registers[i] for i in self.outer)
        inputs = (*(False for _ in self.block.variables), *outer)
        inside = complex_registers(self.block.program, inputs)
        return any(inside[i] for i in self.block.program.outputs)

    def over(self, law: Any, other: Any) -> "Means":
        block = self.block.over(law, other)
        return self if block is self.block else Means(block, self.outer)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> list[np.ndarray]:
        return array_means(self.block, [values[i] for i in self.outer], outputs)

    def on_arrays_strictly(self, values: Sequence) -> list[np.ndarray]:
        return array_means(self.block, [values[i] for i in self.outer], strict_outputs)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> list:
        outer, moved = [values[i] for i in self.outer], [errors[i] for i in self.outer]
        return mean_errors(self.block, outer, moved, bounded)

    def exactly(self, registers: Sequence) -> list[fmpq] | None:
        return exact_means(self.block, [registers[i] for i in self.outer], rationals)

    def in_balls(self, registers: Sequence, exact: Sequence) -> list[arb]:
        return ball_means(self.block, [registers[i] for i in self.outer])
