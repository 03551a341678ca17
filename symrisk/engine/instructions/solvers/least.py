"""The point at which a function is least over an interval: on arrays from a grid, in balls by its
slopes.

On arrays the function is taken at the points of a grid, finer towards the ends; from each point
that is lower than its neighbours Newton's method leads, between these, to where the slope vanishes;
the lowest of what is found is the answer, and two that are equally low are none.  In balls a zero
of the slope is enclosed, at which the second derivative is positive; or at an end the slope's sign
is shown.  That no other point is lower is known from the grid alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from flint import arb, ctx, fmpq

from symrisk.engine.algebra.rational import as_float
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.arrays.spread import spread
from symrisk.engine.balls.exact import balls
from symrisk.engine.balls.krawczyk import enclosed, sharpened
from symrisk.engine.balls.precision import precision
from symrisk.engine.instructions.leaves import Constant, Input
from symrisk.engine.program.program import Program

ROOM, PIECE = 1 << 12, 1 << 12
"""Points that are looked at at once: of a grid, and by Newton's method."""
MOST_BASINS, STEPS = 3, 60
HALVINGS, KNOWN = 30, 256
"""Steps from the points of a grid to one from which Newton's method leads on, in balls; and the
bits at which signs are asked for where nothing is found."""
LOW, INSIDE, HIGH = -1, 0, 1
TIED, ALIKE, DONE, CLOSE, LEVEL = 1e-13, 1e-6, 1e-13, 1e-8, 1e-9
"""Relative differences: of values that floats do not tell apart, of points that are the same, of a
step after which none is needed, of one that is left, and of values between which balls decide."""
CELL, FORWARD = 1e-3, 1e-3
"""The part of a grid's cell that counts as the scale of a point near 0; and what rounding the slope
may move a point by, relative to its scale, and it is still one."""


def _steps():
    """Where a grid lies between 0 and 1: evenly, and ever closer to either end."""
    inner = np.arange(1, 64) / 64
    close = 2.0 ** -np.arange(7, 26, 2)
    return np.concatenate([close[::-1], inner, 1 - close])


BETWEEN = _steps()
ONWARD = 2.0 ** np.linspace(-100, 100, 241)
"""Grids of a finite interval, as parts of its length, and of a half-line, as distances."""


@dataclass(frozen=True)
class Search:
    """A function along its first input, as programs.

    values: its value, the two ends, the conditions; slopes: its value and two derivatives first.
    closed: whether each end belongs to the interval; infinite: whether it has no end there;
    strict: which conditions are strict.
    """

    values: Program
    slopes: Program
    closed: tuple[bool, bool]
    infinite: tuple[bool, bool]
    strict: tuple[bool, ...]

    def over(self, law, other) -> "Search":
        """The same over another law."""
        values, slopes = self.values.over(law, other), self.slopes.over(law, other)
        if values is self.values and slopes is self.slopes:
            return self
        return Search(values, slopes, self.closed, self.infinite, self.strict)

    def holds(self, slacks: Sequence) -> np.ndarray | bool:
        """Where all conditions hold, on arrays."""
        found = True
        for slack, strict in zip(slacks, self.strict, strict=True):
            found = found & (np.asarray(slack) > 0 if strict else np.asarray(slack) >= 0)
        return found


@dataclass
class Found:
    """Low points of one rank at N places: where, on which end, how low, and whether that is the
    point to all digits; nan and infinity where there is none.
    """

    point: np.ndarray
    end: np.ndarray
    value: np.ndarray
    settled: np.ndarray

    def put(self, places: np.ndarray, found: "Found") -> None:
        """What was found at some of the places."""
        self.point[places], self.end[places] = found.point, found.end
        self.value[places], self.settled[places] = found.value, found.settled


@dataclass
class Start:
    """Points of a grid, their neighbours, and whether they are its first or its last."""

    PARTS: ClassVar = ("point", "left", "right", "is_first", "is_last")

    point: np.ndarray
    left: np.ndarray
    right: np.ndarray
    is_first: np.ndarray
    is_last: np.ndarray


def array_least(search: Search, registers: Sequence, run: Callable) -> np.ndarray:
    """Where the function is least, an array; nan where it is at no point, or at two."""
    shape = np.broadcast_shapes(*(np.shape(register) for register in registers))
    inputs = [spread(np.asarray(r, float), shape).ravel() for r in registers]
    with np.errstate(all="ignore"):
        found = _least_of(*basins(search, inputs, int(np.prod(shape)), run))
    return found.reshape(shape)


def _least_of(ranks, lengths):
    """The lowest of the points of all ranks; nan where two are equally low, or it is not settled:
    what is higher is then no answer either.
    """
    best = ranks[0]
    value, raw = best.value.copy(), best.point.copy()
    point = np.where(best.settled, best.point, np.nan)
    for other in ranks[1:]:
        is_near = np.abs(other.value - value) <= TIED * np.abs(value)
        tied = is_near & (np.abs(other.point - raw) > ALIKE * lengths)
        lower = other.value < value
        here = np.where(other.settled, other.point, np.nan)
        point = np.where(tied, np.nan, np.where(lower, here, point))
        value, raw = np.where(lower, other.value, value), np.where(lower, other.point, raw)
    return point


def basins(
    search: Search, inputs: Sequence, size: int, run: Callable
) -> tuple[list[Found], np.ndarray]:
    """(the low points by rank of the grid's points that lead to them, lengths of the interval).

    Where values do not tell, for they are level to the last digits, the slope's sign does.
    """
    low, high = _ends(search, inputs, size, run)
    lengths = np.where(np.isfinite(high - low), high - low, 1 + np.abs(_finite(low, high)))
    ranks, left = [_nothing(size) for _ in range(MOST_BASINS)], np.arange(size)
    for starts_of in (_starts, _starts_by_slope):
        part = [row[left] for row in inputs]
        for rank in ranks:
            rank.put(left, _nothing(left.size))
        for rank, found in zip(
            ranks, _led(search, part, (low[left], high[left]), starts_of, run), strict=False
        ):
            rank.put(left, found)
        left = left[np.isnan(_least_of(ranks, lengths)[left])]
        if not left.size:
            break
    return ranks, lengths


def _ends(search, inputs, size, run):
    """The ends of the interval at N places."""
    _, low, high, *_ = run(search.values, [np.full(size, np.nan), *inputs])
    low = np.asarray(-np.inf if search.infinite[0] else low, float)
    high = np.asarray(np.inf if search.infinite[1] else high, float)
    # Between ends that have changed places, or met, there is nothing.
    is_empty = ~(low < high)
    found = (np.where(is_empty, np.nan, end) for end in (low, high))
    low, high = (np.array(spread(end, (size,))) for end in found)
    return low, high


def _nothing(size):
    nowhere, as_high = np.full(size, np.nan), np.full(size, np.inf)
    return Found(nowhere, np.full(size, INSIDE), as_high, np.zeros(size, bool))


def _led(search, inputs, ends, starts_of, run):
    """The low points by rank that the points of a grid lead to."""
    low, high = ends
    size = len(low)
    starts = np.empty((MOST_BASINS, len(Start.PARTS), size))
    step = max(1, ROOM // len(_grid(search, low[:1], high[:1])))
    for first in range(0, size, step):
        place = slice(first, first + step)
        grid = _grid(search, low[place], high[place])
        starts[:, :, place] = starts_of(search, [row[place] for row in inputs], grid, run)
    for start in starts:
        here = np.flatnonzero(np.isfinite(start[0]))
        found = _nothing(size)
        for first in range(0, here.size, PIECE):
            place = here[first : first + PIECE]
            part = [row[place] for row in inputs]
            found.put(place, _settled(search, part, Start(*start[:, place].copy()), run))
        yield found
        if not here.size:
            break


def _starts(search, inputs, grid, run):
    """The points of a grid that are lower than their neighbours, the lowest first: a table of the
    parts of `Start` by rank; nan where there are not so many.
    """
    rows, size = grid.shape
    heights, _, _, *slacks = run(search.values, [grid.ravel(), *(np.tile(r, rows) for r in inputs)])
    heights = spread(np.asarray(heights, float), (rows * size,))
    has_value = np.isfinite(heights) & search.holds(slacks)
    heights = np.where(has_value, heights, np.inf).reshape(rows, size)
    outside = np.full((1, size), np.inf)
    before = np.concatenate([outside, heights[:-1]])
    after = np.concatenate([heights[1:], outside])
    is_low = (heights <= before) & (heights <= after) & np.isfinite(heights)
    lows = np.where(is_low, heights, np.inf)
    places, found = np.arange(size), []
    for _ in range(MOST_BASINS):
        chosen = np.argmin(lows, axis=0)
        x = np.where(np.isfinite(lows[chosen, places]), grid[chosen, places], np.nan)
        lows[chosen, places] = np.inf
        left = grid[np.maximum(chosen - 1, 0), places]
        right = grid[np.minimum(chosen + 1, rows - 1), places]
        # Beside what is left out of the interval there is no neighbour.
        left, right = np.where(np.isnan(left), x, left), np.where(np.isnan(right), x, right)
        found.append([x, left, right, chosen == 0, chosen == rows - 1])
    return np.array(found, float)


def _starts_by_slope(search, inputs, grid, run):
    """The same by the slope: where it turns from falling to rising between two points, and ends
    from which the function rises; those of the lowest values.
    """
    rows, size = grid.shape
    flat = [grid.ravel(), *(np.tile(row, rows) for row in inputs)]
    heights, slope, _, _, _, *slacks = run(search.slopes, flat)
    heights, slope = (spread(np.asarray(row, float), flat[0].shape) for row in (heights, slope))
    has_value = np.isfinite(heights) & np.isfinite(slope) & search.holds(slacks)
    heights = np.where(has_value, heights, np.inf).reshape(rows, size)
    slope = np.where(has_value, slope, np.nan).reshape(rows, size)
    turns = np.zeros((rows, size), bool)
    turns[:-1] = (slope[:-1] < 0) & (slope[1:] >= 0)
    turns[0] |= slope[0] >= 0
    turns[-1] |= slope[-1] <= 0
    lows = np.where(turns, heights, np.inf)
    places, found = np.arange(size), []
    for _ in range(MOST_BASINS):
        chosen = np.argmin(lows, axis=0)
        is_turn = np.isfinite(lows[chosen, places])
        lows[chosen, places] = np.inf
        left, right = grid[chosen, places], grid[np.minimum(chosen + 1, rows - 1), places]
        is_end = ((chosen == 0) & (slope[0] >= 0)) | (chosen == rows - 1)
        right = np.where(is_end, left, right)
        x = np.where(is_turn, np.where(is_end, left, (left + right) / 2), np.nan)
        found.append([x, left, right, is_end & (chosen == 0), is_end & (chosen > 0)])
    return np.array(found, float)


def _finite(low, high):
    """The end that is one, or 0."""
    return np.where(np.isfinite(low), low, np.where(np.isfinite(high), high, 0.0))


def _grid(search, low, high):
    """The points of the grid, a row each, with the ends first and last; nan where these do not
    belong to the interval.
    """
    first = low if search.closed[0] and not search.infinite[0] else np.full_like(low, np.nan)
    last = high if search.closed[1] and not search.infinite[1] else np.full_like(high, np.nan)
    if search.infinite == (False, False):
        inner = low + BETWEEN[:, None] * (high - low)
        upper = high - (1 - BETWEEN[:, None]) * (high - low)
        inner = np.where(BETWEEN[:, None] > 0.5, upper, inner)
    elif search.infinite == (False, True):
        inner = low + ONWARD[:, None]
    elif search.infinite == (True, False):
        inner = high - ONWARD[::-1, None]
    else:
        both = np.concatenate([-ONWARD[::-1], [0.0], ONWARD])
        inner = np.tile(both[:, None], (1, len(low)))
    return np.concatenate([first[None], spread(inner, (len(inner), len(low))), last[None]])


def _settled(search, inputs, start, run):
    """From points that are lower than their neighbours to the low points between these."""
    x, left, right = start.point, start.left, start.right
    cell = right - left
    value, slope, bend, *_ = _on(search, x, inputs, run)
    # Level at an end it is least there if it bends upwards; else it may be level all the way.
    is_level = (slope == 0) & (bend > 0)
    is_low = (start.is_first > 0) & ((slope > 0) | is_level)
    is_high = (start.is_last > 0) & ((slope < 0) | is_level)
    end = np.where(is_low, LOW, np.where(is_high, HIGH, INSIDE))
    going, last = np.flatnonzero(end == INSIDE), np.full(len(x), np.inf)
    for _ in range(STEPS):
        if not going.size:
            break
        here, f, g = x[going], slope[going], bend[going]
        right[going] = np.where(f > 0, here, right[going])
        left[going] = np.where(f <= 0, here, left[going])
        newton = here - f / g
        middle = (left[going] + right[going]) / 2
        is_between = (g > 0) & (newton >= left[going]) & (newton <= right[going])
        following = np.where(is_between, newton, middle)
        x[going] = following
        part = [row[going] for row in inputs]
        value[going], slope[going], bend[going], *_ = _on(search, following, part, run)
        length = np.abs(following - here) / np.abs(here)
        # Where steps no longer shrink they are rounding.
        is_done = (length <= DONE) | ((length <= CLOSE) & (length >= last[going] / 2))
        last[going] = length
        going = going[~is_done]
    # Judged at the answer: what Newton's method would still move it by, and what rounding the
    # slope may.
    scale = np.maximum(np.abs(x), CELL * cell)
    wrong = _slope_errors(search, x, inputs)
    is_close = np.abs(slope) <= CLOSE * scale * bend
    is_sharp = wrong <= FORWARD * scale * np.abs(bend)
    is_inner = (bend > 0) & is_close & is_sharp
    settled = np.where(end == INSIDE, is_inner, is_sharp | (np.abs(slope) >= wrong))
    return Found(x, end, np.where(np.isfinite(value), value, -np.inf), settled)


def _slope_errors(search, x, inputs):
    """What rounding may do to the slope at points x whose inputs are exact."""
    exact = [np.zeros_like(x)] * (1 + len(inputs))
    _, bounds = bounded(search.slopes, [x, *inputs], exact)
    return spread(np.asarray(bounds[1], float), x.shape)


def _on(search, x, inputs, run):
    """The value and the two slopes at points x."""
    found = run(search.slopes, [x, *inputs])
    return [np.array(spread(np.asarray(row, float), x.shape)) for row in found]


def errors(
    search: Search, found: np.ndarray, registers: Sequence, moved: Sequence, bounded: Callable
) -> np.ndarray:
    """Bounds of the errors of `array_least`: what the slope may be wrong by, over the second
    derivative; that of the end itself, on an end.
    """
    shape = np.shape(found)
    flat = [spread(np.asarray(r, float), shape).ravel() for r in registers]
    shifts = [spread(np.asarray(e, float), shape).ravel() for e in moved]
    x = np.ravel(found)
    values, bounds = bounded(search.slopes, [x, *flat], [np.zeros_like(x), *shifts])
    _, slope, bend, low, high, *_ = (spread(np.asarray(v), x.shape) for v in values)
    _, wrong, _, of_low, of_high, *_ = (spread(np.asarray(b), x.shape) for b in bounds)
    found = (wrong + np.abs(slope)) / np.abs(bend) + np.spacing(np.abs(x))
    for end, own, is_infinite in zip((low, high), (of_low, of_high), search.infinite, strict=True):
        found = found if is_infinite else np.where(x == end, own, found)
    return np.where(np.isfinite(found), found, np.inf).reshape(shape)[()]


def ball_least(search: Search, registers: Sequence, run: Callable) -> arb:
    """A ball that holds the point at which the function is least, nan where none is shown.

    Balls are asked for signs of the slope where floats lead to no point that is shown.
    """
    if not all(register.is_finite() for register in registers):
        return arb("nan")
    points, are_settled = near(search, [float(r.mid()) for r in registers], run)
    found = _lowest(search, points, registers)
    if are_settled or not found.is_nan():
        return found
    return _lowest(search, _turns(search, registers, run)[0], registers)


def _lowest(search, points, registers):
    """A ball around the lowest of some low points, (point, end); nan where one of them is not
    shown, or none is shown to be lower than the others.
    """
    shown = [_shown(search, point, end, registers) for point, end in points]
    if None in shown:
        return arb("nan")
    for place, (box, height) in enumerate(shown):
        others = [other for k, (_, other) in enumerate(shown) if k != place]
        if all(height < other for other in others):
            return box
    return arb("nan")


def near(search: Search, numbers: Sequence, run: Callable) -> tuple[tuple, bool]:
    """(the low points at one place, (point, end), that are as low as the lowest as far as floats
    tell; whether there are any, and all are settled).
    """
    return _near(search, tuple(numbers), run)


@lru_cache(maxsize=256)
def _near(search, numbers, run):
    with np.errstate(all="ignore"):
        ranks, (length,) = basins(search, [np.array([x]) for x in numbers], 1, run)
    found = []
    for rank in ranks:
        value, point = rank.value[0], rank.point[0]
        if np.isfinite(point) and value < np.inf:
            found.append((float(value), float(point), int(rank.end[0]), bool(rank.settled[0])))
    found.sort()
    kept: list = []
    are_settled = bool(found)
    for value, point, end, settled in found:
        is_low = not value - found[0][0] > LEVEL * abs(found[0][0])
        if is_low and all(abs(point - other) > ALIKE * length for other, _ in kept):
            kept.append((point, end))
            are_settled = are_settled and settled
    return tuple(kept), are_settled


def _shown(search, point, end, registers):
    """(a ball that holds a low point, one that holds how low it is), or None."""
    if end != INSIDE:
        _, _, _, low, high, *_ = _in_balls(search, arb(point), registers)
        if not (any(search.infinite) or low < high):
            return None
        box = low if end == LOW else high
        (
            height,
            slope,
            *_,
        ) = found = _in_balls(search, box, registers)
        is_shown = slope > 0 if end == LOW else slope < 0
        return (box, height) if is_shown and _hold(search, found[5:]) else None

    def system(x):
        _, slope, bend, *_ = _in_balls(search, x[0], registers)
        return [slope], [[bend]]

    def at_middles(x):
        values, slopes = system(x)
        return [arb(values[0].mid())], [[arb(slopes[0][0].mid())]]

    middle = sharpened(at_middles, [arb(point)])
    boxes = None if middle is None else enclosed(system, middle)
    if boxes is None:
        return None
    height, _, bend, low, high, *slacks = _in_balls(search, boxes[0], registers)
    is_inside = (search.infinite[0] or boxes[0] > low) and (search.infinite[1] or boxes[0] < high)
    if not (bend > 0 and is_inside and _hold(search, slacks)):
        return None
    return boxes[0], height


def _hold(search, slacks):
    """Whether all conditions are shown to hold."""
    found = zip(slacks, search.strict, strict=True)
    return all(slack > 0 if strict else slack >= 0 for slack, strict in found)


def _in_balls(search, x, registers):
    """The outputs of the program of slopes in balls."""
    inputs, known = [x, *registers], []
    for instruction in search.slopes.code:
        if isinstance(instruction, Input):
            known.append(inputs[instruction.place])
        else:
            known.append(instruction.exactly(()) if isinstance(instruction, Constant) else None)
    found = balls(search.slopes, known, ctx.prec)
    return [found[register] for register in search.slopes.outputs]


def exact_least(
    search: Search, numbers: Sequence, rationals: Callable, run: Callable
) -> fmpq | None:
    """The end at which the function is least where that is shown to be so; None where it is least
    inside, or that is not shown.
    """
    if None in numbers:
        return None
    lowest, _ = near(search, list(map(as_float, numbers)), run)
    if len(lowest) != 1 or lowest[0][1] == INSIDE:
        return None
    point, end = lowest[0]
    if _shown(search, point, end, [arb(x) for x in numbers]) is None:
        return None
    found = rationals(search.slopes, [fmpq(0), *numbers])
    return found[search.slopes.outputs[3 if end == LOW else 4]]


def none_there(search: Search, name: str, registers: Sequence, run: Callable) -> str:
    """Why there is no least point at one place, in words; '' where there may be one."""
    numbers = [float(r.mid()) if isinstance(r, arb) else float(r) for r in registers]
    lowest, are_settled = near(search, numbers, run)
    if not lowest:
        with precision(KNOWN):
            turns, is_known = _turns(search, [arb(register) for register in registers], run)
        if turns or not is_known:
            return ""
        return (
            f"no {name} there: on a grid of its interval what is searched falls towards an end "
            f"that is left out, or has no value"
        )
    if len(lowest) > 1 and are_settled:
        points = " and ".join(f"{point:g}" for point, _ in sorted(lowest))
        return f"no {name} there: {points} are equally low, or not told apart"
    return ""


def _turns(search, registers, run):
    """(where the slope is shown to turn from falling to rising between points of the grid, or to
    rise from an end, as pairs (point, end); whether its sign is known wherever it has one).
    """
    inputs = [np.array([float(register.mid())]) for register in registers]
    with np.errstate(all="ignore"):
        grid = _grid(search, *_ends(search, inputs, 1, run))[:, 0]
    _, _, _, low, high, *_ = _in_balls(search, arb(1), registers)
    points = [arb(x) for x in grid]
    points[0], points[-1] = (
        end if np.isfinite(x) else arb("nan") for end, x in ((low, grid[0]), (high, grid[-1]))
    )
    found, before, is_known = [], None, True
    for place, x in enumerate(points):
        sign = _slope_sign(search, x, registers) if x.is_finite() else None
        if sign is None:
            continue
        if sign == 0:
            is_known = False
            continue
        if sign > 0 and place == 0:
            found.append((x, LOW))
        elif sign > 0 and before is not None:
            found.append((_halved(search, before, x, registers), INSIDE))
        before = x if sign < 0 else None
    if before is not None and search.closed[1] and not search.infinite[1] and before is points[-1]:
        found.append((before, HIGH))
    return found, is_known


def _slope_sign(search, x, registers):
    """The sign of the slope at a point, 0 where that is not shown; None where there is none, or a
    condition does not hold.
    """
    _, slope, _, _, _, *slacks = _in_balls(search, x, registers)
    if not slope.is_finite() or not _hold(search, slacks):
        return None
    return 1 if slope > 0 else -1 if slope < 0 else 0


def _halved(search, left, right, registers):
    """A point close to where the slope vanishes between two others: between points of one sign by
    their ratio.
    """
    for _ in range(HALVINGS):
        is_ratio = left > 0 and right > 4 * left
        middle = arb(((left * right).sqrt() if is_ratio else (left + right) / 2).mid())
        sign = _slope_sign(search, middle, registers)
        if sign == 1:
            right = middle
        elif sign == -1:
            left = middle
        else:
            break
    return arb(((left + right) / 2).mid())
