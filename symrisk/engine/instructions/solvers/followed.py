"""The solution of an equation above the real axis: on arrays, followed down from far above; in
balls, shown to be there.

Outputs of the program are the equation, its slope in the unknown, and what the unknown is close to
where the point lies far above the real axis.  Points are lifted, the solution is found there from
that, and let down: at each height by Newton's steps from the one before, straight to the point
itself wherever these steps lead there.  As there is only one solution above the axis, how it was
come to does not matter.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import acb, arb

from symrisk.engine.arrays.registers import outputs
from symrisk.engine.arrays.rounding import bounded
from symrisk.engine.balls.complex_krawczyk import enclosed, sharpened
from symrisk.engine.instructions.leaves import Input

STEPS = 7
"""Newton's steps at a height."""
RAISED, MOST_RAISINGS = 16.0, 40
"""How much higher a point is lifted at a time until the far solution is met, and how often."""
LOWERED, MOST_LOWERINGS = 1 / 8, 120
CLOSE_TO_FAR = 0.1
CLOSE = 1e-13
"""A step, relative, after which another one changes nothing."""
FORWARD = 1e-6
"""A last correction, relative, that is not to be taken for rounding."""
SETTLED = 1e-3
"""The share of an imaginary part that the last step may still change, where it is one."""
LOWEST = 1e-13
"""A height, relative to that first one at which the solution was met, that is none any more."""
ROOM = 1 << 14
"""Points that are followed together: what is worked with stays in cache."""
NOTHING = complex(np.nan, np.nan)


def array_followed(program: Any, point: Any, parameters: Sequence, run: Callable) -> Any:
    """The solution at every point of arrays that broadcast together; nan where none is found.

    run: a function (program, inputs) -> outputs.
    """
    shape = np.broadcast_shapes(np.shape(point), *(np.shape(p) for p in parameters))
    flat = [np.broadcast_to(p, shape).ravel() for p in (point, *parameters)]
    size = flat[0].size
    found = np.empty(size, complex)
    with np.errstate(all="ignore"):
        for start in range(0, size, ROOM):
            place = slice(start, start + ROOM)
            target, *numbers = (column[place] for column in flat)
            found[place] = _Path(program, target.astype(complex), numbers, run).solution()
    return found.reshape(shape)[()]


class _Path:
    """The way down of some points, all at once."""

    def __init__(self, program, target, numbers, run):
        self.program, self.target, self.numbers, self.run = program, target, numbers, run

    def solution(self):
        """The solution at each target, nan where none is met above the axis."""
        found = np.full(self.target.shape, NOTHING)
        height, x = self._far_above()
        top = height.copy()
        ratio = np.full(height.shape, LOWERED)
        open_ones = np.flatnonzero(np.isfinite(x))
        for _ in range(MOST_LOWERINGS):
            landed, is_there = self._newton(open_ones, x[open_ones], 0.0)
            found[open_ones[is_there]] = landed[is_there]
            open_ones = open_ones[~is_there]
            if not open_ones.size:
                break
            lower = height[open_ones] * ratio[open_ones]
            moved, is_on = self._newton(open_ones, x[open_ones], lower)
            on, off = open_ones[is_on], open_ones[~is_on]
            x[on], height[on] = moved[is_on], lower[is_on]
            ratio[off] = np.sqrt(ratio[off])
            is_left = (height[open_ones] > LOWEST * top[open_ones]) & (ratio[open_ones] < 0.999)
            open_ones = open_ones[is_left]
        return self._checked(found)

    def _far_above(self):
        """(a height at which the solution is close to what it is far above, that solution)."""
        size = np.abs(self.target)
        height = np.where(size > 0, size, 1.0)
        x = np.full(self.target.shape, NOTHING)
        # From above nothing leads to a point below the axis: what is met there is another branch.
        left = np.flatnonzero(self.target.imag >= 0)
        for _ in range(MOST_RAISINGS if left.size else 0):
            _, _, far = self._values(left, np.ones(left.shape, complex), height[left])
            far = np.broadcast_to(far, left.shape).astype(complex)
            met, is_met = self._newton(left, far, height[left])
            is_met &= np.abs(met - far) <= CLOSE_TO_FAR * np.abs(far)
            x[left[is_met]] = met[is_met]
            left = left[~is_met]
            if not left.size:
                break
            height[left] = height[left] * RAISED
        return height, x

    def _values(self, which, x, height):
        """The program's outputs at some of the points, lifted by a height."""
        lifted = self.target[which] + 1j * height
        return self.run(self.program, [x, lifted, *(number[which] for number in self.numbers)])

    def _newton(self, which, x, height):
        """(where Newton's steps lead from x, whether that is a solution above the axis)."""
        step = np.full(x.shape, np.inf, complex)
        for _ in range(STEPS if which.size else 0):
            value, slope, _ = self._values(which, x, height)
            step = value / slope
            x = x - step
            if np.all((np.abs(step) <= CLOSE * np.abs(x)) | ~np.isfinite(x)):
                break
        is_above = np.abs(step.imag) <= SETTLED * x.imag
        return x, (np.abs(step) <= FORWARD * np.abs(x)) & is_above & (x.imag > 0)

    def _checked(self, found):
        """nan where the residual is more than rounding makes of it."""
        which = np.flatnonzero(np.isfinite(found))
        if not which.size:
            return found
        for _ in range(2):
            value, slope, _ = self._values(which, found[which], 0.0)
            finer = found[which] - value / slope
            found[which] = np.where(np.isfinite(finer), finer, found[which])
        inputs = [found[which], self.target[which], *(number[which] for number in self.numbers)]
        (value, slope, _), (error, _, _) = bounded(self.program, inputs, [0.0] * len(inputs))
        step = np.abs(value / slope)
        # Rounding the unknown itself moves the equation by a unit of its last digit.
        own = np.abs(found[which]) * np.abs(slope) * 1e-15
        is_one = (np.abs(value) <= 64 * (error + own)) & (step <= FORWARD * np.abs(found[which]))
        found[which[~is_one]] = NOTHING
        return found


def ball_followed(program: Any, point: acb, parameters: Sequence) -> acb:
    """A box above the real axis that holds one solution, and no other; nan where none is shown."""
    nothing = acb(arb("nan"), arb("nan"))
    numbers = [point, *parameters]
    if point.imag < 0:
        return nothing
    if not all(number.is_finite() for number in numbers):
        return nothing
    floats = [_float(number) for number in numbers]
    start = complex(array_followed(program, floats[0], floats[1:], outputs))
    if not np.isfinite(start):
        return nothing
    middles = [_middle(number) for number in numbers]
    middle = sharpened(lambda x: _in_balls(program, [x, *middles]), acb(start.real, start.imag))
    box = None
    if middle is not None:
        box = enclosed(lambda x: _in_balls(program, [x, *numbers]), middle)
    return box if box is not None and box.imag > 0 else nothing


def _float(number):
    if isinstance(number, acb):
        return np.complex128(complex(float(number.real.mid()), float(number.imag.mid())))
    return np.float64(float(number.mid()))


def _middle(number):
    return (acb if isinstance(number, acb) else arb)(number.mid())


def _in_balls(program, inputs):
    """(the equation, its slope) in balls."""
    registers, exact = [], [None] * len(program.code)
    for instruction in program.code:
        if isinstance(instruction, Input):
            registers.append(inputs[instruction.place])
        else:
            registers.append(instruction.in_balls(registers, exact))
    value, slope = (acb(registers[register]) for register in program.outputs[:2])
    return value, slope
