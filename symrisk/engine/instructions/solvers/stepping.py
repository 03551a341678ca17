"""One program of a recursion on arrays, on rationals or in balls, at each atom of a law."""

import numpy as np
from flint import arb

from symrisk.engine.arrays.registers import firmly, registers, strictly
from symrisk.engine.arrays.rounding import errors
from symrisk.engine.arrays.spread import spread
from symrisk.engine.instructions.across import AcrossAtoms
from symrisk.engine.instructions.leaves import Input

MOST_BITS = 1 << 12
"""Of an exact state: longer ones are no quicker than balls."""


class Pole(Exception):
    """A division by zero on the way."""


def nothing(good, count):
    return [arb("nan")] * count if good is is_finite else None


def is_short(number):
    return number is not None and number.p.bit_length() + number.q.bit_length() <= MOST_BITS


def is_finite(ball):
    return ball.is_finite()


def each_atom(program, inputs, do):
    """The outputs at each atom, instruction by instruction; means go across the atoms."""
    code, values = program.code, [[] for _ in inputs]
    for place, instruction in enumerate(code):
        if isinstance(instruction, AcrossAtoms):
            total = _weighted(instruction, values)
            for row in values:
                row.append(total)
            continue
        for row, given in zip(values, inputs, strict=True):
            if isinstance(instruction, Input):
                row.append(given[instruction.place])
            else:
                row.append(do(place, instruction, row))
    return [[row[i] for i in program.outputs] for row in values]


def _weighted(instruction, values):
    """The mean of a register over the atoms; None where one of them has no value."""
    total = None
    for row in values:
        value, weight = row[instruction.argument], row[instruction.weight]
        if value is None:
            return None
        total = value * weight if total is None else total + value * weight
    return total


def rationally(place, instruction, row):
    if instruction.has_pole(row):
        raise Pole
    return instruction.exactly(row)


class InBalls:
    """One instruction in balls, what is known exactly at hand."""

    def __init__(self, program, given):
        self.exact = []
        for instruction in program.code:
            if isinstance(instruction, Input):
                self.exact.append(given[instruction.place])
            elif isinstance(instruction, AcrossAtoms):
                self.exact.append(None)
            else:
                self.exact.append(instruction.exactly(self.exact))

    def __call__(self, place, instruction, row):
        known = self.exact[place]
        if known is None:
            return instruction.in_balls(row, self.exact)
        return [arb(v) for v in known] if isinstance(known, list) else arb(known)


def firm(program, inputs, moved):
    found = registers(program, inputs, firmly)
    return [found[i] for i in program.outputs], [0.0] * len(program.outputs)


def strict(program, inputs, moved):
    found = registers(program, inputs, strictly)
    return [found[i] for i in program.outputs], [0.0] * len(program.outputs)


def with_errors(program, inputs, moved):
    found = registers(program, inputs)
    bounds = errors(program, found, moved)
    return [found[i] for i in program.outputs], [bounds[i] for i in program.outputs]


def rows_of(array, shape):
    """An array as a column over the points, or as a single number."""
    if array.size == 1:
        return array.reshape(1, 1)
    return spread(array, shape).reshape(-1, 1)


def cut(array, place):
    return array[place] if array.ndim == 2 and len(array) > 1 else array


def by_steps(steps):
    """{number of steps: the places of the points that take so many}; others have no value."""
    order = np.argsort(steps, kind="stable")
    order = order[(steps[order] >= 0) & (steps[order] == np.floor(steps[order]))]
    numbers, first = np.unique(steps[order], return_index=True)
    groups = np.split(order, first[1:])
    return {int(k): group for k, group in zip(numbers, groups, strict=False)}
