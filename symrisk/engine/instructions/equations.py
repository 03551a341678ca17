"""The unknowns that together solve equations, from a start, under conditions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from flint import arb

from symrisk.engine.arrays.registers import outputs, strict_outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.expressions.tex import plain
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.instructions.pick import Pick
from symrisk.engine.instructions.solvers import equations
from symrisk.engine.program.builder import Builder
from symrisk.engine.program.program import Program
from symrisk.engine.unknowns.solved import Solved


@dataclass(frozen=True, slots=True)
class Shape:
    """What equations are of, beside their programs: unknowns by name, whether each is positive, the
    conditions in words and whether each is strict.
    """

    unknowns: tuple[str, ...]
    positive: tuple[bool, ...]
    conditions: tuple[str, ...]
    strict: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SolveEquations(Instruction):
    """A list of the unknowns.

    program: of the unknowns and the letters to what vanishes, its slopes row by row, and what the
    conditions say is positive.  begin: of the letters to a start; where it is None, `near` gives
    one, of arrays by the names `near_names`.  letters, near_reads: registers.
    """

    heads = (Solved,)

    shape: Shape
    program: Program
    begin: Program | None
    near: Callable | None
    near_names: tuple[str, ...]
    letters: tuple[int, ...]
    near_reads: tuple[int, ...]

    gives_several = True
    is_solver = True
    settles_slowly = True
    raises_no_flag = True

    @classmethod
    def built(cls, builder: Any, expression: Solved) -> int:
        system = expression.system
        spoken = set().union(*(written.free_symbols for written in system.written))
        free = [s for s in spoken - set(system.unknowns) if getattr(s, "kind", "") != "law"]
        free.sort(key=str)
        slacks = [slack for slack, _ in system.slacks]
        wanted = [*system.vanishing, *chain.from_iterable(system.slopes), *slacks]
        program = Builder({}, (*system.unknowns, *free)).program(wanted)
        begin = Builder({}, tuple(free)).program(system.start) if system.start else None
        conditions = [f"{plain(a)} {rel} {plain(b)}" for a, rel, b in system.conditions]
        shape = Shape(
            tuple(map(str, system.unknowns)),
            tuple(bool(unknown.is_positive) for unknown in system.unknowns),
            tuple(conditions),
            tuple(strict for _, strict in system.slacks),
        )
        names = tuple(name for name, _ in system.parameters)
        values = tuple(builder.compile(value) for _, value in system.parameters)
        letters = tuple(map(builder.compile, free))
        step = cls(shape, program, begin, system.near, names, letters, values)
        return builder.emit(Pick(builder.emit(step), expression.place))

    @property
    def reads(self) -> tuple[int, ...]:
        return (*self.letters, *self.near_reads)

    @property
    def laws(self) -> tuple:
        programs = [program for program in (self.program, self.begin) if program is not None]
        return tuple(chain.from_iterable(step.laws for one in programs for step in one.code))

    def over(self, law: Any, other: Any) -> "SolveEquations":
        program = self.program.over(law, other)
        begin = None if self.begin is None else self.begin.over(law, other)
        if program is self.program and begin is self.begin:
            return self
        return replace(self, program=program, begin=begin)

    def _search(self, registers: Sequence, run: Callable) -> equations.Search:
        letters = [registers[i] for i in self.letters]
        near = [registers[i] for i in self.near_reads]
        return equations.Search(self, letters, near, run)

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> list[np.ndarray]:
        return self._search(values, outputs).solution()

    def on_arrays_strictly(self, values: Sequence) -> list[np.ndarray]:
        return self._search(values, strict_outputs).solution()

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> list:
        moved = [errors[i] for i in self.letters]
        letters = [values[i] for i in self.letters]
        return equations.moved_by(self, value, letters, moved, bounded)

    def in_balls(self, registers: Sequence, exact: Sequence) -> list[arb]:
        letters = [registers[i] for i in self.letters]
        near = [registers[i] for i in self.near_reads]
        return equations.ball_solution(self, letters, near)

    def what_failed(self, registers: Sequence) -> str:
        numbers = [as_float(registers[i]) for i in self.letters]
        near = [as_float(registers[i]) for i in self.near_reads]
        return equations.what_failed(self, equations.Search(self, numbers, near, outputs))


def as_float(number: Any) -> np.float64:
    """A number, or the middle of a ball."""
    return np.float64(float(number.mid() if isinstance(number, arb) else number))
