"""The minimiser of a potential of products of powers: the programs of its coefficients run atom by
atom, on arrays and on balls.
"""

from collections.abc import Callable, Sequence

import numpy as np
from flint import arb

from symrisk.engine.arrays.spread import spread
from symrisk.engine.instructions.solvers.block import (
    ROOM,
    ball_rows,
    column_errors,
    columns,
    compiled,
)
from symrisk.engine.potential.posynomial import arrays, balls
from symrisk.engine.potential.posynomial.shape import Shape, edges, told


class Read:
    """The numbers of a potential, as an instruction's registers hold them in order: masses, costs,
    pulls, and then what each block reads.
    """

    def __init__(self, shape: Shape, counts: Sequence[int], registers: Sequence):
        sizes = (len(shape.logarithms), len(shape.costs), shape.size, *counts)
        parts, first = [], 0
        for size in sizes:
            parts.append(list(registers[first : first + size]))
            first += size
        self.masses, self.costs, self.pulls, *self.outer = parts


def array_minimiser(
    shape: Shape, blocks: Sequence, counts: Sequence, registers: Sequence, run: Callable
) -> list[np.ndarray]:
    """The unknowns that minimise a potential, an array each; nan where there is no minimiser or
    none was found.
    """
    atoms = [block.law.arrays[1] for block in blocks]
    shapes = [weights.shape[:-1] for weights in atoms]
    grid = np.broadcast_shapes(*(np.shape(r) for r in registers), *shapes)
    flat = [_rows(register, grid) for register in registers]
    size = int(np.prod(grid))
    step = max(1, ROOM // max([1, *(weights.shape[-1] for weights in atoms)]))
    found = np.empty((size, shape.size))
    for first in range(0, size, step):
        place = slice(first, min(first + step, size))
        found[place] = arrays.solved(_batch(shape, blocks, counts, flat, place, run))
    return [column.reshape(grid) for column in found.T]


def _rows(register, grid):
    return spread(np.asarray(register, float), grid).reshape(-1, 1)


def _batch(shape, blocks, counts, flat, place, run):
    """The potentials at some of the points; flat: a column a register."""
    points = place.stop - place.start
    read = Read(shape, counts, [column[place] for column in flat])
    tables, weights = [], []
    for block, outer in zip(blocks, read.outer, strict=True):
        values, shares = columns(block)
        inputs = [*(_cut(value, place) for value in values), *outer]
        atoms = shares.shape[-1]
        rows = []
        for output in run(block.program, inputs):
            table = np.atleast_2d(output)
            rows.append(spread(table, (len(table), atoms)))
        tables.append(rows)
        weights.append(_cut(shares, place))
    numbers = [_side_by_side(part, points) for part in (read.masses, read.costs, read.pulls)]
    return arrays.Batch(shape, tables, weights, *numbers)


def _cut(array, place):
    return array[place] if array.ndim == 2 and len(array) > 1 else array


def _side_by_side(part, points):
    return np.concatenate(part, axis=1) if part else np.zeros((points, 0))


def minimiser_errors(
    shape: Shape,
    blocks: Sequence,
    counts: Sequence,
    found: Sequence,
    registers: Sequence,
    moved: Sequence,
    bounded: Callable,
) -> list[np.ndarray]:
    """Bounds of the errors of `array_minimiser`, an array each; moved: the errors of the
    registers.  The Hessian's inverse takes what the slopes may be wrong by to the unknowns.
    """
    grid = np.shape(found[0])
    flat = [_rows(register, grid) for register in registers]
    shifts = []
    for error, register in zip(moved, registers, strict=True):
        shifts.append(_rows(spread(error, np.shape(register)), grid))
    errors = Read(shape, counts, shifts)
    place, relative = slice(0, int(np.prod(grid))), []

    def run(program, inputs):
        # A block a logarithm, in their order.
        block, outer = blocks[len(relative)], errors.outer[len(relative)]
        own = [column_errors(values) for values in inputs[: len(block.variables)]]
        outputs, bounds = bounded(program, inputs, [*own, *outer])
        worst = 0.0
        for bound, output in zip(bounds, outputs, strict=True):
            size = np.where(bound == 0, 0.0, bound / np.abs(output))
            worst = np.maximum(worst, np.max(np.atleast_2d(size), axis=-1))
        relative.append(worst)
        return outputs

    batch = _batch(shape, blocks, counts, flat, place, run)
    c = np.stack([np.reshape(column, -1) for column in found], axis=1)
    bound = arrays.correction_bound(
        batch,
        c,
        relative,
        _side_by_side(errors.masses, len(c)),
        _side_by_side(errors.costs, len(c)),
        _side_by_side(errors.pulls, len(c)),
    )
    return [np.reshape(column, grid) for column in bound.T]


def ball_minimiser(
    shape: Shape, blocks: Sequence, counts: Sequence, registers: Sequence
) -> list[arb]:
    """A ball for each unknown of a potential's minimiser; nan where it can't be shown."""
    if not all(register.is_finite() for register in registers):
        return [arb("nan")] * shape.size
    return balls.minimiser(_boxed(shape, blocks, counts, registers))


def _boxed(shape, blocks, counts, registers):
    """The potential at one point, in balls."""
    read = Read(shape, counts, registers)
    tables, weights = [], []
    for block, outer in zip(blocks, read.outer, strict=True):
        rows, shares = ball_rows(block)
        program, constants = compiled(block.program)
        known = [arb(p) / q for p, q in constants]
        tables.append([list(program(known, *row, *outer)) for row in rows])
        weights.append(shares)
    return balls.Boxed(shape, tables, weights, read.masses, read.costs, read.pulls)


def impossible(
    shape: Shape,
    blocks: Sequence,
    counts: Sequence,
    names: Sequence[str],
    registers: Sequence,
    run: Callable,
) -> str:
    """Why the potential has no minimiser at one point, in words; '' where it may have one.
    Registers are floats or balls.
    """
    together = ", ".join(names)
    if any(isinstance(register, arb) for register in registers):
        boxed = _boxed(shape, blocks, counts, [arb(register) for register in registers])
        defined, found = boxed.is_defined(), _rises_in_balls(boxed)
    else:
        flat = [_rows(register, ()) for register in registers]
        batch = _batch(shape, blocks, counts, flat, slice(0, 1), run)
        defined, found = bool(arrays.is_defined(batch)[0]), _rises(batch)
    if not defined:
        return (
            f"no {together} there: a logarithm of the potential is of zero, or one of its masses, "
            f"costs or coefficients is negative"
        )
    for edge, rise in found:
        return (
            f"no {together} there: as {told(edge, names)}, the potential does not rise; per unit "
            f"of log(t) it changes by {rise:g} in the end, which must be positive"
        )
    return ""


def _rises_in_balls(boxed):
    for edge in edges(boxed.shape):
        if boxed.fails(edge):
            yield edge, float(boxed.rise(edge).mid())


def _rises(batch):
    for edge in edges(batch.shape):
        rise, slack = arrays.rises(batch, edge)
        if not rise[0] > slack[0]:
            yield edge, float(rise[0])
