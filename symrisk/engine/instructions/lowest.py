"""The unknowns that minimise a convex potential of products of their powers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from symrisk.engine.arrays.registers import outputs, strict_outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.instructions.pick import Pick
from symrisk.engine.instructions.solvers import posynomial
from symrisk.engine.potential.posynomial.shape import Shape
from symrisk.engine.program.program import Block
from symrisk.engine.unknowns.lowest import Lowest


@dataclass(frozen=True, slots=True)
class MinimisePowers(Instruction):
    """Unknowns by their names; the outputs of a block are the coefficients of one logarithm.

    numbers: the masses, the costs, the pulls, and what each block reads, `counts` of them.
    """

    heads = (Lowest,)

    shape: Shape
    blocks: tuple[Block, ...]
    names: tuple[str, ...]
    counts: tuple[int, ...]
    numbers: tuple[int, ...]

    gives_several = True
    is_solver = True
    settles_slowly = True
    raises_no_flag = True

    @classmethod
    def built(cls, builder: Any, expression: Lowest) -> int:
        potential, blocks, read = expression.potential, [], []
        for logarithm in potential.logarithms:
            coefficients = [coefficient for coefficient, _ in logarithm.terms]
            block, outer = builder.block(coefficients, logarithm.law)
            blocks.append(block)
            read.append(outer)
        numbers = list(map(builder.compile, potential.constants))
        for outer in read:
            numbers += outer
        names = tuple(map(str, potential.unknowns))
        counts = tuple(map(len, read))
        step = cls(potential.shape, tuple(blocks), names, counts, tuple(numbers))
        return builder.emit(Pick(builder.emit(step), expression.place))

    @property
    def reads(self) -> tuple[int, ...]:
        return self.numbers

    @property
    def laws(self) -> tuple:
        return tuple(block.law for block in self.blocks)

    def over(self, law: Any, other: Any) -> "MinimisePowers":
        blocks = tuple(block.over(law, other) for block in self.blocks)
        if all(new is old for new, old in zip(blocks, self.blocks, strict=True)):
            return self
        return MinimisePowers(self.shape, blocks, self.names, self.counts, self.numbers)

    def _asked(self, registers: Sequence) -> tuple:
        return self.shape, self.blocks, self.counts, [registers[i] for i in self.numbers]

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> list[np.ndarray]:
        return posynomial.array_minimiser(*self._asked(values), outputs)

    def on_arrays_strictly(self, values: Sequence) -> list[np.ndarray]:
        return posynomial.array_minimiser(*self._asked(values), strict_outputs)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> list:
        *asked, registers = self._asked(values)
        moved = [errors[i] for i in self.numbers]
        return posynomial.minimiser_errors(*asked, value, registers, moved, bounded)

    def in_balls(self, registers: Sequence, exact: Sequence) -> list[arb]:
        return posynomial.ball_minimiser(*self._asked(registers))

    def why_none(self, registers: Sequence) -> str:
        *asked, numbers = self._asked(registers)
        return posynomial.impossible(*asked, self.names, numbers, outputs)
