"""The functions of the table, and named constants."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy

from symrisk.engine.functions.known import Known
from symrisk.engine.functions.table import numbers, table
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.potential.arrays import UNIT


@dataclass(frozen=True, slots=True)
class Apply(Instruction):
    """A function of the table, by its class, at registers."""

    heads = tuple(head for head, known in table().items() if known.on_arrays is not None)
    raises_no_flag = True

    function: type
    arguments: tuple[int, ...]

    @classmethod
    def built(cls, builder: Any, expression: sympy.Expr) -> int:
        arguments = tuple(builder.compile(part) for part in expression.args)
        return builder.emit(cls(type(expression), arguments))

    @property
    def known(self) -> Known:
        """What the table says of it."""
        return table()[self.function]

    @property
    def reads(self) -> tuple[int, ...]:
        return self.arguments

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def takes_complex(self) -> bool:
        return self.known.takes_complex_arrays

    @property
    def words(self) -> dict:
        return {**self.known.words, f"{self.name}_in_balls": self.known.in_balls}

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        with np.errstate(all="ignore"):
            return into(out, self.known.on_arrays(*(values[i] for i in self.arguments)))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        arguments = [values[i] for i in self.arguments]
        moved = [errors[i] for i in self.arguments]
        with np.errstate(all="ignore"):
            return self.known.rounding(arguments, moved, value)

    def source(self) -> str | None:
        if not self.known.source:
            return None
        return self.known.source.format(*(f"r{i}" for i in self.arguments))

    def source_in_balls(self) -> str:
        arguments = ", ".join(f"r{i}" for i in self.arguments)
        return f"{self.name}_in_balls({arguments})"

    def exactly(self, registers: Sequence) -> Any:
        numbers = [registers[i] for i in self.arguments]
        return None if None in numbers else self.known.exact(*numbers)

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        return self.known.in_balls(*(registers[i] for i in self.arguments))


@dataclass(frozen=True, slots=True)
class NamedNumber(Instruction):
    """A constant that has a name: pi, e, the golden ratio."""

    heads = tuple(numbers())
    raises_no_flag = True

    number: type

    @classmethod
    def built(cls, builder: Any, expression: sympy.Expr) -> int:
        return builder.emit(cls(type(expression)))

    @property
    def reads(self) -> tuple[int, ...]:
        return ()

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> np.float64:
        return np.float64(numbers()[self.number].as_float)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        return UNIT * abs(value)

    def source(self) -> str:
        return repr(numbers()[self.number].as_float)

    @property
    def words(self) -> dict:
        return {f"{self.number.__name__}_in_balls": numbers()[self.number].in_balls}

    def source_in_balls(self) -> str:
        return f"{self.number.__name__}_in_balls()"

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        return numbers()[self.number].in_balls()
