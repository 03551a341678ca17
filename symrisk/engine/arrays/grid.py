"""A program on NumPy arrays, in blocks that stay in cache.

What does not depend on the full grid is computed, and checked, once, at its own shape.  The rest
runs block by block with `out=`, so that no temporary array is as large as the grid; the checks are
read off the same blocks.

A pole never hides.  The blocks run with the processor's flags as errors, so that nothing infinite
has come up where none is raised; where one is, the grid is run again strictly, every point looked
at: what is infinite there is nan from then on.
"""

from cmath import isfinite
from math import prod
from typing import NamedTuple

import numpy as np

from symrisk.engine.arrays.registers import FIRM, firmly, registers, strictly
from symrisk.engine.instructions.leaves import Input
from symrisk.engine.instructions.pick import Spread
from symrisk.engine.program.program import betrayed, complex_registers, has_complex

BLOCK, WIDE_BLOCK = 1 << 14, 1 << 15
"""Points of a block that stays in cache: with solvers in it, and with arithmetic alone."""


class Check(NamedTuple):
    """Register `register` must be ">" 0, ">=" 0, "finite" or "whole"; `text` says so in the
    author's words.
    """

    register: int
    kind: str
    text: str

    def holds(self, value):
        if self.kind == "finite":
            return _finite(value)
        if self.kind == "whole":
            return bool(np.all(value == np.floor(value)))
        least = np.minimum.reduce(value, axis=None)
        return least > 0 if self.kind == ">" else least >= 0

    def broken(self, value):
        return np.logical_not(KINDS[self.kind](value))


KINDS = {
    ">": lambda value: value > 0,
    ">=": lambda value: value >= 0,
    "finite": np.isfinite,
    "whole": lambda value: value == np.floor(value),
}


class Offence(Exception):
    """The first point of the grid that breaks a check: its flat index, and what it breaks ('' :
    not finite).
    """

    def __init__(self, index, text):
        self.index, self.text = index, text


def run(program, arrays, checks, masked=False):
    """The program's first output on arrays that broadcast together.

    A broken check raises Offence; with `masked`, points outside the region become nan instead.
    """
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    with np.errstate(all="ignore"):
        if prod(shape) == 1:
            return np.reshape(at_one_point(program, arrays, checks, masked)[0], shape)[()]
        arrays = [a.reshape((1,) * (len(shape) - a.ndim) + a.shape) for a in arrays]
        result = np.empty(shape, _kind(program))
        if not _firmly(program, arrays, checks, result):
            _slowly(Layout(program, arrays, shape, strictly), result, checks, masked)
        return result


def at_one_point(program, arrays, checks, masked=False):
    """(the first output, every register) at one point; as for `run`."""
    arrays = [a.reshape(()) for a in arrays]
    try:
        with np.errstate(**FIRM):
            values = registers(program, arrays, firmly)
    except FloatingPointError:
        values = registers(program, arrays, strictly)
    value = _kind(program)(values[program.outputs[0]])
    for check in checks:
        if check.broken(values[check.register]):
            if _pardoned(check, values[check.register], masked):
                return _kind(program)(np.nan), values
            raise Offence(0, check.text)
    if not np.isfinite(value):
        raise Offence(0, "")
    return value, values


def _kind(program):
    """The class of the numbers that the first output is made of."""
    is_complex = has_complex(program) and complex_registers(program)[program.outputs[0]]
    return np.complex128 if is_complex else np.float64


def _firmly(program, arrays, checks, result):
    """Whether every check holds, and nothing infinite comes up on the way to the result, which
    is filled in.
    """
    try:
        with np.errstate(**FIRM):
            layout = Layout(program, arrays, result.shape, firmly)
        needed = [c for c in checks if c.kind != "finite" or c.register not in betrayed(program)]
        if not all(
            c.holds(layout.values[c.register]) for c in needed if c.register not in layout.full
        ):
            return False
        checks_in_blocks = [c for c in needed if c.register in layout.full]
        return all(
            _block_is_sound(layout, place, result, checks_in_blocks) for place in layout.blocks()
        )
    except FloatingPointError:
        return False


def _block_is_sound(layout, place, result, checks):
    out = result[place]
    with np.errstate(**FIRM):
        values = layout.compute(place, out)
    return _finite(out) and all(c.holds(values[c.register]) for c in checks)


def _finite(block):
    """Whether no value is nan or infinite: the sum tells, save where it overflows itself.  No
    BLAS, whose threads wait.
    """
    return isfinite(np.add.reduce(block, axis=None)) or bool(np.isfinite(block).all())


def _pardoned(check, value, masked):
    """Where a broken check makes nan and no error: outside the region, and where an input is
    missing; never at infinity.
    """
    if masked and check.kind == "finite":
        return np.isnan(value)
    return np.bool_(masked)


def _slowly(layout, result, checks, masked):
    """The same again, every point looked at: raise at the first offence, or mask it."""
    for place in layout.blocks():
        out = result[place]
        values = layout.compute(place, out)
        bad = np.zeros(out.shape, bool)
        for check in checks:
            whole = check.register in layout.full
            value = (
                values[check.register]
                if whole
                else layout.cut(layout.values[check.register], place)
            )
            value = np.broadcast_to(value, out.shape)
            broken = check.broken(value)
            pardoned = _pardoned(check, value, masked)
            layout.offended(place, broken & ~pardoned, check.text)
            bad |= broken & pardoned
        layout.offended(place, ~np.isfinite(out) & ~bad, "")
        out[bad] = np.nan


class Layout:
    """Which registers need the whole grid (`full`), and the buffers that hold them one block at a
    time.

    how: `firmly` or `strictly`, one instruction on arrays.
    """

    def __init__(self, program, arrays, shape, how):
        self.how = how
        self.program, self.shape, self.output = program, shape, program.outputs[0]
        self.values = [None] * len(program.code)
        self.full, self.steps, self.inputs = set(), [], {}
        self.is_complex = complex_registers(program)
        for register, instruction in enumerate(program.code):
            self._place(register, instruction, arrays)
        if self.output not in self.full:
            self._spread_output()
        self.axis, self.rows = self._cut_axis()
        self.types = []
        self.slots = self._allocate()
        self.moving = self._moving()
        self.buffers, self.last_shape = {}, None

    def _place(self, register, instruction, arrays):
        if isinstance(instruction, Input):
            array = arrays[instruction.place]
            if array.shape == self.shape:
                self.full.add(register)
                self.inputs[register] = array
            else:
                self.values[register] = array
            return
        point = (1,) * len(self.shape)
        own = np.broadcast_shapes(point, *(self._shape(i) for i in instruction.reads))
        if own == self.shape and self.shape != point:
            self.full.add(register)
            self.steps.append((register, instruction))
            return
        found = self.how(instruction, self.values)
        if instruction.gives_several:
            self.values[register] = [np.reshape(part, own) for part in found]
        else:
            self.values[register] = np.reshape(found, own)

    def _shape(self, register):
        if register in self.full:
            return self.shape
        value = self.values[register]
        return value[0].shape if isinstance(value, list) else value.shape

    def _spread_output(self):
        """The output does not vary over the grid: copy it there."""
        self.steps.append((self.output, Spread(self.output)))

    def _allocate(self):
        """A slot for each full register, freed after its last use: few buffers, and warm ones.

        `types` says of each slot whether it is for complex numbers.
        """
        last = {}
        for position, (_, instruction) in enumerate(self.steps):
            last.update(dict.fromkeys(instruction.reads, position))
        free, slots, kept = {True: [], False: []}, {}, set(self.program.outputs)
        for position, (register, instruction) in enumerate(self.steps):
            read_last = []
            for i in dict.fromkeys(instruction.reads):
                if i in slots and i not in kept and last[i] == position:
                    read_last.append(slots[i])
            if instruction.may_write_over:
                self._free(read_last, free)
            if register != self.output and not instruction.gives_several:
                slots[register] = self._slot(free, self.is_complex[register])
            if not instruction.may_write_over:
                self._free(read_last, free)
        return slots

    def _free(self, slots, free):
        for slot in slots:
            free[self.types[slot]].append(slot)

    def _slot(self, free, is_complex):
        """A slot that is free, or a new one."""
        if free[is_complex]:
            return free[is_complex].pop()
        self.types.append(is_complex)
        return len(self.types) - 1

    def _cut_axis(self):
        """Blocks are slices of one axis, whole in those after it, single in those before it."""
        axis, inner, size = len(self.shape) - 1, 1, self._block_size()
        while axis > 0 and inner * self.shape[axis] <= size:
            inner *= self.shape[axis]
            axis -= 1
        return axis, max(1, size // inner)

    def _block_size(self):
        """How many points a block has at most.

        Points that are solved for together stop together, and their number may show in the last
        digit: there it stays as it is.  Arithmetic does not mind.
        """
        for _, instruction in self.steps:
            if instruction.gives_several or instruction.is_solver:
                return BLOCK
        return WIDE_BLOCK

    def _moving(self):
        """Small registers that full ones read and that differ from block to block."""
        read = set().union(*(instruction.reads for _, instruction in self.steps)) - self.full
        sliced = self.axis + 1
        return [(i, self.values[i]) for i in read if prod(self._shape(i)[:sliced]) > 1]

    def blocks(self):
        """Places (tuples of slices) that tile the grid."""
        rest = tuple(slice(None) for _ in self.shape[self.axis + 1 :])
        for outer in np.ndindex(self.shape[: self.axis]):
            before = tuple(slice(i, i + 1) for i in outer)
            for start in range(0, self.shape[self.axis], self.rows):
                yield (*before, slice(start, min(start + self.rows, self.shape[self.axis])), *rest)

    def compute(self, place, out):
        """The registers on one block; the program's output goes into `out`."""
        values = list(self.values)
        for register, array in self.inputs.items():
            values[register] = array[place]
        for register, array in self.moving:
            values[register] = self.cut(array, place)
        buffers = self._buffers(out.shape)
        for register, instruction in self.steps:
            if register == self.output:
                target = out
            else:
                target = None if instruction.gives_several else buffers[self.slots[register]]
            values[register] = self.how(instruction, values, target)
        if self.output in self.inputs:
            out[...] = values[self.output]
        return values

    @staticmethod
    def cut(array, place):
        """The part of a small array that meets a block."""
        return array[
            tuple(
                slice(None) if size == 1 else part
                for size, part in zip(array.shape, place, strict=True)
            )
        ]

    def _buffers(self, shape):
        if shape != self.last_shape:
            self.last_shape = shape
            self.buffers = [np.empty(shape, complex if kind else float) for kind in self.types]
        return self.buffers

    def offended(self, place, broken, text):
        """An Offence at the first True of `broken`."""
        if not broken.any():
            return
        inside = np.unravel_index(int(np.argmax(broken)), broken.shape)
        start = [part.start or 0 for part in place]
        raise Offence(
            int(
                np.ravel_multi_index(
                    [s + i for s, i in zip(start, inside, strict=True)], self.shape
                )
            ),
            text,
        )
