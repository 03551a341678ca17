"""A recursion run step by step, and what is read of its state after the last one.

The state may have a value at each atom of a law, coupled by means over it.  Every program of a
recursion reads the same inputs: the law's variables, the states, the index, the weight of an atom,
and what comes from outside.  On arrays an atom is a place along a last axis of their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import sympy
from flint import arb, fmpq

from symrisk.engine.algebra.rational import to_fmpq
from symrisk.engine.arrays.registers import FIRM
from symrisk.engine.arrays.spread import spread
from symrisk.engine.budget import within
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.total import Total
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.instructions.pick import Pick
from symrisk.engine.instructions.solvers.stepping import (
    InBalls,
    Pole,
    by_steps,
    cut,
    each_atom,
    firm,
    is_finite,
    is_short,
    nothing,
    rationally,
    rows_of,
    strict,
    with_errors,
)
from symrisk.engine.program.program import ONE, Program
from symrisk.engine.program.stepwise import Stepwise, variables_of
from symrisk.engine.unknowns.iteration import Iteration
from symrisk.engine.unknowns.state import State
from symrisk.errors import NoMethod
from symrisk.symbols import held

MOST_STEPS = 100_000
"""Of a recursion that is run."""
MOST_ATOMS = 64
"""Of a law over which a state is exact."""
ROOM = 1 << 16
"""Grid points times atoms at one time."""


@dataclass(frozen=True, slots=True)
class Iterate(Instruction):
    """What `read` gives of the state after the steps from `begin` to `at`, one value an output.

    size: how many states there are.  start and step give the states, first and next; begin, at and
    outer are registers.
    """

    law: Any
    variables: tuple
    size: int
    start: Program
    step: Program
    read: Program
    begin: int
    at: int
    outer: tuple[int, ...]

    heads = (State, Total)

    gives_several = True
    is_solver = True
    raises_no_flag = True

    @classmethod
    def built(cls, builder: Any, expression: State | Total) -> int:
        if isinstance(expression, Total):
            iteration = _adding(expression)
            begin, at, place = expression.low, expression.high + 1, 0
        else:
            iteration, place = expression.iteration, expression.place
            begin, at = sympy.Integer(iteration.first), expression.at
        if iteration.law is not None:
            law, name = iteration.law, iteration.states[place]
            raise NoMethod(f"{name} has a value at each atom of {law}: only its means have one")
        several = iterate(builder, iteration, begin, at, iteration.states)
        return builder.emit(Pick(several, place))

    @property
    def reads(self) -> tuple[int, ...]:
        return (self.begin, self.at, *self.outer)

    @property
    def hides_nan(self) -> tuple[int, ...]:
        return self.reads

    @property
    def laws(self) -> tuple:
        return (self.law,)

    def over(self, law: Any, other: Any) -> "Iterate":
        own = other if self.law == law else self.law
        programs = [program.over(law, other) for program in (self.start, self.step, self.read)]
        is_same = own is self.law
        for new, old in zip(programs, (self.start, self.step, self.read), strict=True):
            is_same = is_same and new is old
        if is_same:
            return self
        ends = (self.begin, self.at, self.outer)
        return Iterate(own, self.variables, self.size, *programs, *ends)

    # -- on arrays

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> list[np.ndarray]:
        try:
            with np.errstate(**FIRM):
                return self._by_pieces(values, None, firm)[0]
        except FloatingPointError:
            # Beyond the last step of a point it may well have overflown: looked at one by one.
            return self.on_arraysstrictly(values)

    def on_arraysstrictly(self, values: Sequence) -> list[np.ndarray]:
        with np.errstate(all="ignore"):
            return self._by_pieces(values, None, strict)[0]

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> list:
        with np.errstate(all="ignore"):
            found = self._by_pieces(values, errors, with_errors)[1]
        return [np.where(np.isnan(error), np.inf, error)[()] for error in found]

    def _by_pieces(self, values, errors, how):
        """(the outputs, their errors) on arrays, a bounded number of points at a time."""
        read = [np.asarray(values[i], float) for i in self.reads]
        weights = self.law.arrays[1]
        shape = np.broadcast_shapes(*(array.shape for array in read), weights.shape[:-1])
        size = int(np.prod(shape))
        rows = [rows_of(array, shape) for array in read]
        moved = None
        if errors is not None:
            wide = [spread(np.asarray(errors[i], float), shape) for i in self.reads]
            moved = [rows_of(array, shape) for array in wide]
        found = np.empty((len(self.read.outputs), size))
        bounds = np.zeros_like(found)
        step = max(1, ROOM // weights.shape[-1])
        for low in range(0, size, step):
            place = slice(low, min(low + step, size))
            piece = [cut(row, place) for row in rows]
            shifts = None if moved is None else [cut(row, place) for row in moved]
            self._piece(piece, shifts, how, place, found, bounds)
        several = [row.reshape(shape)[()] for row in found]
        return several, [row.reshape(shape)[()] for row in bounds]

    def _piece(self, read, shifts, how, place, found, bounds):
        """The outputs at some of the points, put into found[:, place]."""
        begin, at, *outer = read
        points = place.stop - place.start
        steps = spread(at - begin, (points, 1))[:, 0]
        found[:, place] = np.nan
        wanted = by_steps(steps)
        if not wanted:
            return
        within(MOST_STEPS, max(wanted), "MOST_STEPS", f"a recursion of {max(wanted):,} steps")
        columns = self.law.columns
        fixed = [columns[v] if v in columns else float(v.default) for v in self.variables]
        fixed = [cut(np.asarray(column), place) for column in fixed]
        weights = cut(self.law.arrays[1], place)
        outer_shifts = [0.0] * len(outer) if shifts is None else shifts[2:]
        blank = [np.zeros((1, 1))] * self.size

        def run(program, states, state_shifts, index):
            inputs = [*fixed, *states, index, weights, *outer]
            own = [0.0] * len(fixed)
            moved = [*own, *state_shifts, 0.0, 0.0, *outer_shifts]
            return how(program, inputs, moved)

        states, state_shifts = run(self.start, blank, [0.0] * self.size, begin)
        for k in range(max(wanted) + 1):
            if k in wanted:
                several, errors = run(self.read, states, state_shifts, begin + float(k))
                here = wanted[k]
                for row, value in enumerate(several):
                    found[row, place.start + here] = spread(value, (points, 1))[here, 0]
                    bounds[row, place.start + here] = spread(errors[row], (points, 1))[here, 0]
            if k < max(wanted):
                states, state_shifts = run(self.step, states, state_shifts, begin + float(k))

    # -- exactly, and in balls

    def exactly(self, registers: Sequence) -> list[fmpq] | None:
        reads = tuple(registers[i] for i in self.reads)
        return None if None in reads else _exact(self, reads)[0]

    def has_pole(self, registers: Sequence) -> bool:
        reads = tuple(registers[i] for i in self.reads)
        return all(isinstance(read, fmpq) for read in reads) and _exact(self, reads)[1]

    def rationals(self, reads: Sequence) -> list[fmpq] | None:
        """The outputs as rationals, None where one is not; Pole where a step divides by zero."""
        begin, at, *outer = reads
        steps = _between(begin, at)
        if steps is None or self.law.size > MOST_ATOMS:
            return None
        try:
            points = self.law.points
        except NoMethod:
            return None
        atoms = []
        for values, weight in points:
            known = dict(zip(self.law.variables, values, strict=True))
            row = [to_fmpq(known.get(v, v.default)) for v in self.variables]
            atoms.append((row, to_fmpq(weight)))

        def run(program, states, index):
            inputs = []
            for (row, weight), state in zip(atoms, states, strict=True):
                inputs.append([*row, *state, index, weight, *outer])
            return each_atom(program, inputs, rationally)

        return self._iterated(run, len(atoms), begin, steps, is_short)

    def in_balls(self, registers: Sequence, exact: Sequence) -> list[arb]:
        steps = _between(exact[self.begin], exact[self.at])
        if steps is None:
            return [arb("nan")] * len(self.read.outputs)
        outer = [registers[i] for i in self.outer]
        known = [exact[i] for i in self.outer]
        columns, weights = self.law.balls()
        columns = dict(zip(self.law.variables, columns, strict=True))
        rows = []
        for k in range(len(weights)):
            row = [columns[v][k] if v in columns else arb(int(v.default)) for v in self.variables]
            rows.append(row)

        def run(program, states, index):
            inputs = []
            for row, weight, state in zip(rows, weights, states, strict=True):
                inputs.append([*row, *state, arb(index), weight, *outer])
            blank = [None] * (len(self.variables) + self.size)
            exactly = [*blank, index, None, *known]
            return each_atom(program, inputs, InBalls(program, exactly))

        return self._iterated(run, len(rows), exact[self.begin], steps, is_finite)

    def _iterated(self, run: Callable, atoms: int, begin: fmpq, steps: int, good: Callable):
        """The outputs after so many steps; None where a state on the way is not `good`."""
        states = run(self.start, [[None] * self.size] * atoms, begin)
        for k in range(steps):
            if not all(all(map(good, state)) for state in states):
                return nothing(good, len(self.read.outputs))
            states = run(self.step, states, begin + k)
        found = run(self.read, states, begin + steps)[0]
        return nothing(good, len(found)) if None in found else found

    def why_none(self, registers: Sequence) -> str:
        begin, at = (float(registers[i]) for i in (self.begin, self.at))
        if at < begin or at != np.floor(at):
            return f"no value at {at:g}: it is reached from {begin:g} by whole steps"
        return ""


def _between(begin, at):
    """How many steps there are, or None where that is no whole number."""
    if begin is None or at is None or (at - begin).q != 1 or at < begin:
        return None
    steps = int((at - begin).p)
    within(MOST_STEPS, steps, "MOST_STEPS", f"a recursion of {steps:,} steps")
    return steps


@lru_cache(maxsize=64)
def _exact(instruction, reads):
    """(the outputs of an Iterate as rationals or None, whether a step divides by zero)."""
    try:
        return instruction.rationals(reads), False
    except Pole:
        return None, True


def observed(builder: Any, mean: Mean, states: dict) -> int:
    """The register of a mean over a law that speaks of states of a recursion over the same law.

    states: {name in the mean: its State}; they are states of one recursion after as many steps.
    """
    first = next(iter(states.values()))
    for state in states.values():
        if (state.iteration, state.at) != (first.iteration, first.at):
            names = ", ".join(map(str, states))
            raise NoMethod(f"{mean}: {names} are states of recursions of their own")
    iteration = first.iteration
    if mean.law != iteration.law:
        raise NoMethod(f"{mean} is over {mean.law}, and the recursion over {iteration.law}")
    inside = {name: iteration.states[state.place] for name, state in states.items()}
    read = (mean.xreplace(inside),)
    begin = sympy.Integer(iteration.first)
    return builder.emit(Pick(iterate(builder, iteration, begin, first.at, read), 0))


def iterate(builder: Any, iteration: Iteration, begin, at, read: tuple) -> int:
    """The register of what is read of a recursion's states after the steps from begin to at."""
    law = ONE if iteration.law is None else iteration.law
    if not hasattr(type(law), "arrays"):
        raise NoMethod(f"{law} is a law: give it atoms, with .at({{{law}: Atoms(...)}})")
    variables = ()
    if law is not ONE:
        variables = variables_of((*iteration.start, *iteration.step, *read), law)
    outer: list = []
    programs = []
    for expressions in (iteration.start, iteration.step, read):
        inside = Stepwise(iteration, variables, law, builder, outer)
        programs.append(inside.program(expressions))
    ends = builder.compile(begin), builder.compile(at)
    made = Iterate(law, variables, len(iteration.states), *programs, *ends, tuple(outer))
    return builder.emit(made)


def _adding(total):
    """A sum as a recursion: one term more at each step."""
    so_far = held(sympy.Symbol("so far"))
    step = so_far + total.term
    return Iteration((so_far,), total.index, 0, (sympy.Integer(0),), (step,))
