"""Equations in several unknowns, unexpanded: on arrays by damped Newton's method from a start, over
a whole batch; in balls by Krawczyk's.

A step is shortened until what Newton's method would do next, with the slopes it has, has become
shorter: that does not depend on the scale of equations or unknowns.  Conditions that hold are kept
on the way, and so are the signs of positive unknowns.  What counts is the answer: the residual,
against what rounding makes of it, the last correction, and the conditions.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb

from symrisk.engine.arrays.registers import outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.arrays.spread import spread
from symrisk.engine.balls.krawczyk import enclosed, sharpened
from symrisk.engine.instructions.leaves import Input
from symrisk.engine.potential.arrays import UNIT
from symrisk.errors import ArgumentError

STEPS, HALVINGS, POLISHINGS = 150, 30, 2
KEPT = 0.05
"""The share of what is positive that one step leaves."""
NEARBY = 1e-7
"""A correction, relative, that is taken whole."""
CLOSE = 4e-16
FORWARD = 1e-6
"""A last correction, relative, that is not to be taken for rounding."""
ROUNDED = 64
"""How many times the bound of its rounding a residual may be."""
ROOM = 1 << 16
"""Points times atoms that are looked at together."""


class Search:
    """The search at all points of arrays that broadcast together.

    step: the instruction; letters, near: its registers; run: a function (program, inputs) ->
    outputs.
    """

    def __init__(self, step: Any, letters: Sequence, near: Sequence, run: Callable):
        self.step, self.run = step, run
        self.size = len(step.shape.unknowns)
        weights = [law.arrays[1] for law in step.laws]
        self.shape = np.broadcast_shapes(
            *(np.shape(value) for value in (*letters, *near)),
            *(weight.shape[:-1] for weight in weights),
        )
        self.letters, self.near = self._flat(letters), self._flat(near)
        self.count = int(np.prod(self.shape))
        # A law of its own at each point is read as a whole.
        self.is_one = all(weight.ndim == 1 or len(weight) == 1 for weight in weights)
        self.atoms = max((weight.shape[-1] for weight in weights), default=1)

    def _flat(self, values):
        return [spread(np.asarray(value, float), self.shape).ravel() for value in values]

    def solution(self) -> list[np.ndarray]:
        """An array for each unknown, nan where no solution is found that is as it should be."""
        with np.errstate(all="ignore"):
            found = self.solved()
            found = np.where(self.allowed(found), found, np.nan)
        return [row.reshape(self.shape)[()] for row in found]

    def solved(self) -> np.ndarray:
        """(unknowns, points), nan where none is found; the conditions are not asked."""
        x = self._started()
        piece = max(1, ROOM // self.atoms) if self.is_one else max(1, self.count)
        for start in range(0, self.count, piece):
            which = np.arange(start, min(start + piece, self.count))
            x[:, which] = self._judged(which, self._settled(which, x[:, which]))
        return x

    def allowed(self, x: np.ndarray) -> np.ndarray:
        """Where all conditions hold."""
        good = np.ones(self.count, bool)
        for slack, strict in zip(self.slacks(x), self.step.shape.strict, strict=True):
            good &= (slack > 0) if strict else (slack >= 0)
        return good

    def slacks(self, x: np.ndarray) -> np.ndarray:
        """What the conditions say is positive, or not negative, a row each."""
        return self._at(np.arange(self.count), x)[2]

    # -- the search

    def _started(self):
        """(unknowns, points) from which it sets out."""
        if self.step.begin is not None:
            found = self.run(self.step.begin, self.letters)
        else:
            found = self._given()
        rows = [np.broadcast_to(np.asarray(row, float), (self.count,)) for row in found]
        return np.array(rows, float)

    def _given(self):
        """What the function gives; ArgumentError where that is something else."""
        names = ", ".join(self.step.shape.unknowns)
        arrays = dict(zip(self.step.near_names, self.near, strict=True))
        try:
            found = self.step.near(**arrays)
            rows = [found] if self.size == 1 and not isinstance(found, (tuple, list)) else found
            rows = [np.broadcast_to(np.asarray(row, float), (self.count,)) for row in rows]
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            wanted = "start does not give an array for each unknown"
            raise ArgumentError(f"{names}: {wanted}: {error}") from error
        if len(rows) != self.size:
            wanted = "start gives an array for each unknown"
            raise ArgumentError(f"{names}: {wanted}; not {len(rows)}")
        return rows

    def _inputs(self, which, x):
        """(what the program reads, at how many points): at all of them where each has a law of its
        own, which is read as a whole.
        """
        if self.is_one:
            return [*x, *(letter[which] for letter in self.letters)], len(which)
        whole = np.ones((self.size, self.count))
        whole[:, which] = x
        return [*whole, *self.letters], self.count

    def _rows(self, found, which, count):
        """What the program gives at some of the points, a row an output."""
        rows = np.array([np.broadcast_to(row, (count,)) for row in found])
        return rows if self.is_one else rows[:, which]

    def _at(self, which, x):
        """(what vanishes, its slopes, the slacks) at some points: arrays with the points last."""
        inputs, count = self._inputs(which, x)
        found = self.run(self.step.program, inputs)
        return _parted(self._rows(found, which, count), self.size)

    def _settled(self, which, x):
        """Newton's steps from x, at some points, until they change nothing or lead nowhere."""
        going = np.flatnonzero(np.isfinite(x).all(axis=0))
        for _ in range(STEPS):
            if not going.size:
                break
            here = x[:, going]
            values, slopes, slacks = self._at(which[going], here)
            move = -linear(slopes, values, here)
            length = _length(move, here)
            is_left = np.isfinite(length) & (length > CLOSE)
            going, here, move, length = (
                going[is_left],
                here[:, is_left],
                move[:, is_left],
                length[is_left],
            )
            slopes, slacks = slopes[:, :, is_left], slacks[:, is_left]
            if not going.size:
                break
            then, is_taken = self._damped(which[going], here, move, length, slopes, slacks)
            x[:, going] = then
            # A step that is rounding alone is followed by others like it.
            going = going[is_taken & (length > 64 * CLOSE)]
        return x

    def _damped(self, which, x, move, length, slopes, slacks):
        """(x after as much of a step as leads closer, whether there was any)."""
        share = np.ones(x.shape[1])
        then, taken = x.copy(), np.zeros(x.shape[1], bool)
        open_ones = np.arange(x.shape[1])
        for _ in range(HALVINGS):
            tried = x[:, open_ones] + share[open_ones] * move[:, open_ones]
            values, _, there = self._at(which[open_ones], tried)
            following = _length(linear(slopes[:, :, open_ones], values, tried), x[:, open_ones])
            good = following <= (1 - share[open_ones] / 4) * length[open_ones]
            good |= (length[open_ones] < NEARBY) & np.isfinite(following)
            good &= self._keeps(x[:, open_ones], tried, slacks[:, open_ones], there)
            then[:, open_ones[good]] = tried[:, good]
            taken[open_ones[good]] = True
            open_ones = open_ones[~good]
            if not open_ones.size:
                break
            share[open_ones] /= 2
        return then, taken

    def _keeps(self, x, tried, slacks, there):
        """Whether positive unknowns stay so, and what the conditions say where it held."""
        good = np.ones(x.shape[1], bool)
        for row, before, positive in zip(tried, x, self.step.shape.positive, strict=True):
            if positive:
                good &= row >= KEPT * before
        for before, after in zip(slacks, there, strict=True):
            good &= (after >= KEPT**2 * before) | (before <= 0)
        return good

    def _judged(self, which, x):
        """x where it solves the equations, nan elsewhere."""
        for _ in range(POLISHINGS):
            values, slopes, _ = self._at(which, x)
            finer = x - linear(slopes, values, x)
            is_small = _length(finer - x, x) < NEARBY
            x = np.where(is_small, finer, x)
        values, slopes, _ = self._at(which, x)
        errors = self._errors(which, x)
        own = np.einsum("ijn,jn->in", np.abs(slopes), np.abs(x)) * 4 * UNIT
        good = np.all(np.abs(values) <= ROUNDED * (errors + own), axis=0)
        good &= _length(linear(slopes, values, x), x) <= FORWARD
        good &= _length(_largest(slopes, errors + own), x) <= FORWARD
        for row, positive in zip(x, self.step.shape.positive, strict=True):
            if positive:
                good &= row > 0
        return np.where(good, x, np.nan)

    def _errors(self, which, x):
        """Bounds of what rounding makes of the equations."""
        inputs, count = self._inputs(which, x)
        _, found = bounded(self.step.program, inputs, [0.0] * len(inputs))
        return self._rows(found[: self.size], which, count)


def _parted(rows, size):
    values, slopes = rows[:size], rows[size : size * (size + 1)]
    return values, slopes.reshape(size, size, -1), rows[size * (size + 1) :]


def _length(move, x):
    """The largest relative change of an unknown; of one that is as good as zero beside the others,
    relative to these.
    """
    size = np.maximum(np.abs(x), 1e-9 * np.max(np.abs(x), axis=0))
    found = np.abs(move) / np.where(size > 0, size, 1)
    return np.max(np.where(np.isnan(found), np.inf, found), axis=0)


def linear(slopes: np.ndarray, values: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The solutions of slopes * move = values, points last; nan where there is none.

    Rows and columns are brought to one scale first, that of the unknowns x.
    """
    if len(x) == 1:
        return values / np.where(slopes[0] == 0, np.nan, slopes[0])
    scale = np.where(x == 0, 1.0, np.abs(x))
    matrix = slopes * scale[None, :, :]
    rows = np.max(np.abs(matrix), axis=1)
    matrix = np.moveaxis(matrix / rows[:, None, :], -1, 0)
    right = np.moveaxis(values / rows, -1, 0)[..., None]
    bad = ~np.isfinite(matrix).all(axis=(1, 2)) | ~np.isfinite(right).all(axis=(1, 2))
    bad |= ~(np.abs(np.linalg.det(np.where(bad[:, None, None], 0, matrix))) > 0)
    matrix = np.where(bad[:, None, None], np.eye(len(x)), matrix)
    right = np.where(bad[:, None, None], np.nan, right)
    return np.moveaxis(np.linalg.solve(matrix, right)[..., 0], 0, -1) * scale


def _largest(slopes, loads):
    """Bounds of the solutions of slopes * move = values with |values| <= loads."""
    size = len(loads)
    if size == 1:
        return loads / np.abs(slopes[0])
    total = np.zeros_like(loads)
    for k in range(size):
        column = np.zeros_like(loads)
        column[k] = loads[k]
        # Each column by itself: what one load moves can't hide what another does.
        total = total + np.abs(linear(slopes, column, np.ones_like(loads)))
    return total


def moved_by(
    step: Any, value: Sequence, letters: Sequence, moved: Sequence, bounds: Callable
) -> list:
    """Bounds of the unknowns' errors, for those of the letters: what is left of the equations,
    and what rounding makes of them, by their slopes.
    """
    size = len(value)
    shape = np.shape(value[0])
    with np.errstate(all="ignore"):
        flat = [spread(np.asarray(v, float), shape).ravel() for v in letters]
        shifts = [spread(np.asarray(v, float), shape).ravel() for v in moved]
        x = np.array([np.ravel(row) for row in value], float)
        inputs, errors = [*x, *flat], [*(np.zeros(size)[:, None] * x), *shifts]
        found, bound = bounds(step.program, inputs, errors)
        found = np.array([np.broadcast_to(row, x.shape[1:]) for row in found])
        bound = np.array([np.broadcast_to(row, x.shape[1:]) for row in bound])
        values, slopes, _ = _parted(found, size)
        error = _largest(slopes, np.abs(values) + bound[:size]) + 4 * UNIT * np.abs(x)
        error = np.where(np.isfinite(error), error, np.inf)
    return [row.reshape(shape)[()] for row in error]


# -- in balls


def ball_solution(step: Any, letters: Sequence, near: Sequence) -> list[arb]:
    """A ball for each unknown that holds one solution, and no other, at which the conditions hold;
    nan where none can be shown.
    """
    nothing = [arb("nan")] * len(step.shape.unknowns)
    if not all(ball.is_finite() for ball in (*letters, *near)):
        return nothing
    numbers = tuple(float(ball.mid()) for ball in letters)
    begun = _begun(step, numbers, tuple(float(ball.mid()) for ball in near))
    starts = begun.floats
    if not np.isfinite(starts).all():
        return nothing
    scales = [arb(float(start)) if start else arb(1) for start in starts]
    middles = [arb(ball.mid()) for ball in letters]
    middle = sharpened(_scaled(step.program, scales, middles), begun.middle)
    box = None if middle is None else enclosed(_scaled(step.program, scales, letters), middle)
    if box is None:
        return nothing
    begun.middle = middle
    found = [scale * ball for scale, ball in zip(scales, box, strict=True)]
    slacks = _in_balls(step.program, [*found, *letters])[_conditions_of(step)]
    for slack, strict in zip(slacks, step.shape.strict, strict=True):
        holds = slack > 0 if strict else slack >= 0
        if not holds:
            return nothing
    for ball, positive in zip(found, step.shape.positive, strict=True):
        if positive and not ball > 0:
            return nothing
    return found


class _Begun:
    """A solution in floats, and the best point that is known in units of it: where the next
    search, at a higher precision, sets out.
    """

    def __init__(self, floats):
        self.floats = floats
        self.middle = [arb(1) if number else arb(0) for number in floats]


@lru_cache(maxsize=4096)
def _begun(step, letters, near):
    search = Search(step, list(map(np.float64, letters)), list(map(np.float64, near)), outputs)
    with np.errstate(all="ignore"):
        return _Begun(search.solved()[:, 0])


def _conditions_of(step):
    size = len(step.shape.unknowns)
    return slice(size * (size + 1), None)


def _scaled(program, scales, letters):
    """The system in unknowns divided by their scales."""
    size = len(scales)

    def system(x):
        unknowns = [scale * ball for scale, ball in zip(scales, x, strict=True)]
        found = _in_balls(program, [*unknowns, *letters])
        rows = []
        for i in range(size):
            row = found[size * (i + 1) : size * (i + 2)]
            rows.append([entry * scale for entry, scale in zip(row, scales, strict=True)])
        return found[:size], rows

    return system


def _in_balls(program, inputs):
    registers, exact = [], [None] * len(program.code)
    for instruction in program.code:
        if isinstance(instruction, Input):
            registers.append(inputs[instruction.place])
        else:
            registers.append(instruction.in_balls(registers, exact))
    return [registers[register] for register in program.outputs]


def what_failed(step: Any, search: Search) -> str:
    """What is wrong at one point, in words."""
    together = ", ".join(step.shape.unknowns)
    with np.errstate(all="ignore"):
        found = search.solved()
        if not np.isfinite(found).all():
            return f"the search for {together} does not come to a solution from its start"
        slacks = search.slacks(found)
    numbers = ", ".join(f"{float(row[0]):.6g}" for row in found)
    for text, slack, strict in zip(step.shape.conditions, slacks, step.shape.strict, strict=True):
        if not (slack[0] > 0 or (slack[0] == 0 and not strict)):
            return f"{together} = {numbers} is a solution, but not one with {text}"
    return ""
