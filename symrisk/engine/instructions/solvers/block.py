"""Means and minimisers over a law: a block's program run atom by atom, on arrays, on exact
rationals and on balls.
"""

from functools import lru_cache

import numpy as np
from flint import acb_mat, arb, arb_mat, ctx, fmpq

from symrisk.engine.algebra.rational import to_fmpq
from symrisk.engine.arrays.spread import spread
from symrisk.engine.instructions.leaves import Constant, Input
from symrisk.engine.potential.arrays import (
    UNIT,
    Batch,
    bounds,
    correction_bound,
    solved,
    unreached,
)
from symrisk.engine.potential.balls import Atomic, minimiser
from symrisk.engine.potential.existence import subsets
from symrisk.errors import NoMethod

ROOM = 1 << 16
MOST_EXACT = 64


def array_means(block, outer, run):
    """The means of a block's outputs, arrays of the shape that the registers from outside broadcast
    to.

    run: a function (program, inputs) -> outputs.  Grid times atoms is taken a bounded piece at a
    time.
    """
    values, weights = columns(block)
    shape = np.broadcast_shapes(*(np.shape(o) for o in outer), weights.shape[:-1])
    flat = [_rows(o, shape) for o in outer]
    size, step = int(np.prod(shape)), max(1, ROOM // weights.shape[-1])
    found = None
    for start in range(0, size, step):
        place = slice(start, start + step)
        inputs = [*(_cut(v, place) for v in values), *(_cut(o, place) for o in flat)]
        outputs = run(block.program, inputs)
        if found is None:
            found = np.empty((len(outputs), size), np.result_type(float, *outputs))
        for row, output in zip(found, outputs, strict=True):
            row[place] = _mean(output, _cut(weights, place))
    return [row.reshape(shape) for row in found]


def columns(block):
    """(arrays of the block's variables, weights), the variables that the law does not speak of
    at their defaults.
    """
    known = block.law.columns
    return [
        known[v] if v in known else np.full(1, float(v.default)) for v in block.variables
    ], block.law.arrays[1]


def _rows(array, shape):
    """An array as a column over the points, or as a single number."""
    if not np.iscomplexobj(array):
        array = np.asarray(array, float)
    return array.reshape(1, 1) if array.size == 1 else spread(array, shape).reshape(-1, 1)


def _cut(array, place):
    return array[place] if array.ndim == 2 and len(array) > 1 else array


def _mean(output, weights):
    """A sum over the atoms, without BLAS: its threads take longer to meet than the sum takes."""
    if weights.ndim == 1:
        return np.einsum(
            "...c,c->...", spread(output, (*np.shape(output)[:-1], len(weights))), weights
        )
    return np.sum(output * weights, axis=-1)


def mean_errors(block, outer, outer_errors, bounded):
    """Bounds of the errors of `array_means`, arrays of its shape.

    bounded: a function (program, inputs, their errors) -> (outputs, their errors).
    """
    values, weights = columns(block)
    shape = np.broadcast_shapes(*(np.shape(o) for o in outer), weights.shape[:-1])
    inputs = [*values, *(_rows(o, shape) for o in outer)]
    moved = [
        *(column_errors(v) for v in values),
        *(_rows(spread(e, np.shape(o)), shape) for e, o in zip(outer_errors, outer, strict=True)),
    ]
    found = []
    for output, error in zip(*bounded(block.program, inputs, moved), strict=True):
        # Adding up in a row loses about the square root of the number of terms.
        own = UNIT * (3 + np.sqrt(weights.shape[-1])) * np.abs(output)
        found.append(np.reshape(spread(_mean(error + own, weights), (int(np.prod(shape)),)), shape))
    return found


def column_errors(values):
    """Whole eigenvalues are what they are; others may have been rounded."""
    return np.where(values == np.round(values), 0.0, UNIT * np.abs(values))


def minimiser_errors(block, found, registers, moved, bounded):
    """Bounds of the errors of `array_minimiser`, an array each; moved: the errors of the
    registers.
    """
    weights = block.law.arrays[1]
    size, shape = len(found), np.shape(found[0])
    flat, shifts = ([_rows(spread(r, shape), shape) for r in part] for part in (registers, moved))
    shifts = [spread(s, f.shape) for s, f in zip(shifts, flat, strict=True)]
    place = slice(0, int(np.prod(shape)))
    rates = []

    def run(program, inputs):
        errors = [
            *(column_errors(v) for v in inputs[: len(block.variables)]),
            *shifts[1 + 2 * size :],
        ]
        outputs, bounds_of = bounded(program, inputs, errors)
        relative = [
            np.where(e == 0, 0.0, e / np.abs(o)) for e, o in zip(bounds_of, outputs, strict=True)
        ]
        rates.append(
            np.max(
                [spread(np.max(np.atleast_2d(r), axis=-1), (place.stop,)) for r in relative],
                axis=0,
            )
        )
        return outputs

    batch = _batch(block, size, flat, place, run)
    scales = np.stack([spread(c, shape).ravel() for c in found], axis=1)
    mass, *rest = (s[:, 0] for s in shifts)
    costs, pulls = (
        spread(np.stack(part, axis=1), scales.shape)
        for part in (rest[:size], rest[size : 2 * size])
    )
    bound = correction_bound(
        batch, scales, rates[0] + UNIT * (3 + np.sqrt(weights.shape[-1])), mass, costs, pulls
    )
    return [np.reshape(column, shape) for column in bound.T]


def array_minimiser(block, names, registers, run):
    """The unknowns that minimise a potential, an array each; nan where there is no minimiser or
    none was found.
    """
    weights = block.law.arrays[1]
    shape = np.broadcast_shapes(*(np.shape(r) for r in registers), weights.shape[:-1])
    flat = [_rows(r, shape) for r in registers]
    size, step = int(np.prod(shape)), max(1, ROOM // weights.shape[-1])
    found = np.empty((len(names), size))
    for start in range(0, size, step):
        place = slice(start, min(start + step, size))
        found[:, place] = solved(_batch(block, len(names), flat, place, run))[0].T
    return [column.reshape(shape) for column in found]


def _batch(block, size, flat, place, run):
    """The potentials at some of the points; flat: mass, costs, pulls and what the block reads, a
    column each.
    """
    values, weights = columns(block)
    mass, *rest = (_cut(column, place) for column in flat)
    inputs = [*(_cut(v, place) for v in values), *rest[2 * size :]]
    floor, *rates = (_table(t, weights.shape[-1]) for t in run(block.program, inputs))
    points = place.stop - place.start
    costs, pulls = (
        np.concatenate([spread(x, (points, 1)) for x in part], axis=1)
        for part in (rest[:size], rest[size : 2 * size])
    )
    return Batch(floor, rates, _cut(weights, place), spread(mass[:, 0], points), costs, pulls)


def impossible(block, names, registers, run):
    """Why the potential has no minimiser at one point, in words; '' where it may have one.
    Registers are floats or balls.
    """
    if any(isinstance(r, arb) for r in registers):
        potential = _atomic(block, len(names), [arb(r) for r in registers])
        empty, found = potential.unreached(), potential.bounds
    else:
        batch = _batch(block, len(names), [_rows(r, ()) for r in registers], slice(0, 1), run)
        empty = unreached(batch)[0]

        def found(chosen):
            return [x[0] for x in bounds(batch, chosen)]

    if empty > 0:
        return (
            f"no {', '.join(names)} there: atoms of mass {_shown(empty)} in all are reached by "
            f"none of them, and by no penalty"
        )
    for chosen in subsets(len(names)):
        *numbers, holds = found(chosen)
        if not holds:
            low, pull, high = map(_shown, numbers)
            return (
                f"no {', '.join(names[k] for k in chosen)} there: pulled by {pull} in all, which "
                f"must lie strictly between "
                f"{low} and {high}, the mass within reach"
            )
    return ""


def _shown(number):
    return f"{float(number.mid()) if isinstance(number, arb) else number:g}"


def _table(values, atoms):
    """A table points x atoms; one row where it is the same at every point."""
    values = np.atleast_2d(values)
    return spread(values, (len(values), atoms))


def exact_means(block, outer, rationals):
    """The means as exact rationals, or None where something is not rational or there are many
    atoms.
    """
    if None in outer or block.law.size > MOST_EXACT:
        return None
    try:
        points = block.law.points
    except NoMethod:
        return None
    totals = [fmpq(0)] * len(block.program.outputs)
    for values, weight in points:
        known = {v: v.default for v in block.variables} | dict(
            zip(block.law.variables, values, strict=True)
        )
        registers = rationals(
            block.program,
            [to_fmpq(known[v]) for v in block.variables] + list(outer),
        )
        found = [registers[i] for i in block.program.outputs]
        if None in found:
            return None
        totals = [t + f * to_fmpq(weight) for t, f in zip(totals, found, strict=True)]
    return totals


def ball_means(block, outer):
    """The means as balls."""
    rows, weights = ball_rows(block)
    program, constants = compiled(block.program)
    known = [arb(p) / q for p, q in constants]
    values = [value for row in rows for value in program(known, *row, *outer)]
    width = len(block.program.outputs)
    # All rows are alike: a mean of what is real is a mean of balls on the line.
    is_real = all(isinstance(value, arb) for value in values[:width])
    matrix = arb_mat if is_real else acb_mat
    return (matrix(1, len(rows), weights) * matrix(len(rows), width, values)).entries()


def ball_minimiser(block, names, registers):
    """A ball for each unknown of a potential's minimiser; nan where it can't be shown."""
    if not all(r.is_finite() for r in registers):
        return [arb("nan")] * len(names)
    return minimiser(_atomic(block, len(names), registers))


def _atomic(block, size, registers):
    """The potential at one point, in balls."""
    mass, *rest = registers
    costs, pulls, outer = rest[:size], rest[size : 2 * size], rest[2 * size :]
    rows, weights = ball_rows(block)
    program, constants = compiled(block.program)
    known = [arb(p) / q for p, q in constants]
    floor, *rates = map(list, zip(*(program(known, *row, *outer) for row in rows), strict=True))
    return Atomic(floor, rates, weights, mass, costs, pulls)


def ball_rows(block):
    """(a tuple of the variables of a block an atom, the weights), at the precision in force."""
    return _rows_of(block.law, block.variables, ctx.prec)


@lru_cache(maxsize=16)
def _rows_of(law, variables, bits):
    """A tuple an atom, and the weights, at a precision."""
    values, weights = law.balls()
    known = dict(zip(law.variables, values, strict=True))
    table = [known.get(v) or [arb(int(v.default))] * len(weights) for v in variables]
    return list(zip(*table, strict=True)) if table else [()] * len(weights), weights


@lru_cache(maxsize=256)
def compiled(program):
    """(a Python function (constants, inputs...) -> outputs, the constants as pairs), for a rational
    program on balls.
    """
    constants = list(dict.fromkeys(each for each in program.code if isinstance(each, Constant)))
    places = [each.place for each in program.code if isinstance(each, Input)]
    size = 1 + max(places, default=-1)
    lines = [f"def run(k, {', '.join(f'x{i}' for i in range(size))}{',' if size else ''} *_):"]
    space = {}
    for register, instruction in enumerate(program.code):
        lines.append(f"    r{register} = {_text(instruction, constants)}")
        space |= instruction.words
    text = "\n".join([*lines, f"    return ({', '.join(f'r{i}' for i in program.outputs)},)", ""])
    # Built from register numbers, never from names.
    exec(compile(text, "<symrisk block>", "exec"), space)  # noqa: S102
    return space["run"], [(constant.p, constant.q) for constant in constants]


def _text(instruction, constants):
    if isinstance(instruction, Input):
        return f"x{instruction.place}"
    if isinstance(instruction, Constant):
        return f"k[{constants.index(instruction)}]"
    return instruction.source_in_balls()
