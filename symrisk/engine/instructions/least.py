"""The point at which a function is least over an interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, fmpq

from symrisk.engine.arrays.registers import outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.balls.exact import rationals
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.instructions.solvers.least import (
    Search,
    array_least,
    ball_least,
    errors,
    exact_least,
    none_there,
)
from symrisk.engine.unknowns.least import Least


@dataclass(frozen=True, slots=True)
class LeastPoint(Instruction):
    """The point by its name; what is searched reads the registers of its parameters."""

    heads = (Least,)

    search: Search
    unknown: str
    parameters: tuple[int, ...]

    is_solver = True
    settles_slowly = True
    raises_no_flag = True

    @classmethod
    def built(cls, builder: Any, expression: Least) -> int:
        searched = expression.search
        values, slopes = searched.programs(expression.given_laws)
        infinite = tuple(end.is_infinite is True for end in searched.ends)
        search = Search(values, slopes, searched.closed, infinite, searched.strict)
        registers = tuple(builder.compile(value) for _, value in expression.numbers)
        return builder.emit(cls(search, str(expression.unknown), registers))

    @property
    def reads(self) -> tuple[int, ...]:
        return self.parameters

    @property
    def laws(self) -> tuple:
        found = []
        for instruction in self.search.slopes.code:
            found += instruction.laws
        return tuple(dict.fromkeys(found))

    def over(self, law: Any, other: Any) -> "LeastPoint":
        search = self.search.over(law, other)
        if search is self.search:
            return self
        return LeastPoint(search, self.unknown, self.parameters)

    def _read(self, registers: Sequence) -> list:
        return [registers[i] for i in self.parameters]

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        return into(out, array_least(self.search, self._read(values), outputs)[()])

    def rounding(self, values: Sequence, errors_: Sequence, value: Any) -> Any:
        return errors(self.search, value, self._read(values), self._read(errors_), bounded)

    def exactly(self, registers: Sequence) -> fmpq | None:
        return exact_least(self.search, self._read(registers), rationals, outputs)

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        return ball_least(self.search, self._read(registers), outputs)

    def why_none(self, registers: Sequence) -> str:
        return none_there(self.search, self.unknown, self._read(registers), outputs)
