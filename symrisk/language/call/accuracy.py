"""How many digits a float evaluation lost, and the warning that says so.

A value is held against what its formula gives at the same floats, taken for exact numbers: what
rounding the inputs costs is not counted, what rounding in between costs is.  A running bound of the
error (`engine.rounding`) says which points to look at; balls of the same program tell how many
digits are right there.
"""

import warnings
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from math import floor, inf, isfinite, log10, nan

import numpy as np
from flint import acb, arb, fmpq

from symrisk.engine.arrays.registers import registers
from symrisk.engine.arrays.rounding import errors
from symrisk.engine.balls import exact as exact_engine
from symrisk.engine.instructions.leaves import Constant, Input
from symrisk.engine.potential.arrays import UNIT
from symrisk.engine.program.program import has_complex
from symrisk.errors import AccuracyWarning, NoMethod, NotConverged

SUSPECT, TOLD = 1e-12, 1e-11
"""Relative errors: a bound above the first is looked into, an error above the second is warned
of.
"""
MOST_POINTS, MOST_LOOKS, MOST_ATOMS, ROOM = 64, 8, 4096, 1 << 14
"""A grid is looked at in so many points, all of them where it has no more; the worst few of a
larger one, in balls.
"""
FIRST, MOST = 128, 4096
PIECE = 1 << 16
"""Numbers that are looked through at once."""
COMPLEX = 8
"""What rounding costs an operation on complex numbers, relative to their moduli, in units of what
it costs one on real numbers."""
ENOUGH, NOTHING = 2.0**-60, 2.0**-1074


def warn_at_point(chosen, arrays, values, value):
    """AccuracyWarning where one value lost digits; values: the registers that it was computed
    in.
    """
    with np.errstate(all="ignore"):
        bound = errors(chosen.program, values)[chosen.program.outputs[0]]
    if not bound <= _suspect(chosen) * abs(value) and value == value and _is_small(chosen.program):
        _warn([_look(chosen, arrays, value, bound)], chosen)


def _suspect(chosen):
    """The relative bound of an error above which a value is looked into."""
    return SUSPECT / COMPLEX if has_complex(chosen.program) else SUSPECT


def warn_on_grid(chosen, arrays, result):
    """AccuracyWarning where a value of a grid lost digits: all of a small grid, a sample of a
    large one and its extremes.
    """
    if not _is_small(chosen.program):
        return
    places = _sampled(
        result, max(MOST_LOOKS, min(MOST_POINTS, ROOM // _most_atoms(chosen.program)))
    )
    found = result.reshape(-1)[places] if result.flags.contiguous else result.flat[places]
    places, found = places[found == found], found[found == found]
    points = [_at(a, places, result.shape) for a in arrays]
    with np.errstate(all="ignore"):
        values = registers(chosen.program, points)
        bound = np.broadcast_to(
            errors(chosen.program, values)[chosen.program.outputs[0]], found.shape
        )
        suspicious = np.flatnonzero(~(bound <= _suspect(chosen) * np.abs(found)))
        worst = suspicious[np.argsort(-bound[suspicious] / np.abs(found[suspicious]))]
    looks = len(worst) if result.size <= MOST_POINTS else MOST_LOOKS
    seen = []
    for k in worst[:looks]:
        point = [np.broadcast_to(column, found.shape)[k] for column in points]
        seen.append(_look(chosen, point, found[k], bound[k]))
    _warn(seen, chosen)


def _look(chosen, point, value, bound):
    """(the relative error of a value, whether it is known and no bound, the point, the value)."""
    error = _relative_error(chosen.program, _fractions(point), value)
    if error is not None:
        return error, True, point, value
    return (float(bound / abs(value)) if value else inf), False, point, value


def lost(chosen, arrays, result):
    """Decimal digits lost at each point of a grid: 0 to 16, nan where the value is not settled
    by balls.
    """
    spread = [np.broadcast_to(a, np.shape(result)).ravel() for a in arrays]
    found = [
        _relative_error(chosen.program, _fractions(point), value)
        for *point, value in zip(*spread, np.ravel(result), strict=True)
    ]
    return np.reshape([_digits_lost(error) for error in found], np.shape(result))


def _digits_lost(error):
    if error is None:
        return nan
    return 0.0 if error <= UNIT else min(log10(error / UNIT), -log10(UNIT))


def _warn(seen, chosen):
    """The warning for the worst of some looks, if it is worth one: of those that balls settled
    first.
    """
    error, known, point, value = max(
        seen, key=lambda look: (look[1] and look[0] > TOLD, look[0]), default=(0, True, None, None)
    )
    if error <= TOLD:
        return
    right = floor(-log10(error)) if error < 1 else 0
    if known:
        said = f"is right to {right} digits only" if right else "has no right digit"
    else:
        said = f"may be right to {right} digits only, which balls do not settle"
    shown = chosen.point([repr(float(number)) for number in point])
    written = complex(value) if np.iscomplexobj(value) else float(value)
    warnings.warn(
        f"{chosen.title} = {written!r} {said}, at {shown}: rounding has taken the others; "
        f".digits "
        "gives them",
        AccuracyWarning,
        stacklevel=5,
    )


def _is_small(program):
    return _most_atoms(program) <= MOST_ATOMS


@lru_cache(maxsize=1024)
def _most_atoms(program):
    return max([1, *(getattr(law, "size", 1) for law in _laws(program))])


def _laws(program):
    """The laws that a program takes means over."""
    return chain.from_iterable(instruction.laws for instruction in program.code)


def _sampled(result, wanted):
    """Places of a grid, flat: all of a small one; else some that are spread evenly, its corners
    and its extremes.
    """
    if result.size <= wanted:
        return np.arange(result.size)
    spread = np.linspace(0, result.size - 1, wanted, dtype=int)
    return np.unique([*spread, *_extremes(result)])


def _extremes(result):
    """The places of the least and of the largest value, flat, as argmin and argmax give them.

    One pass over pieces that stay in cache finds both values; the places are looked for only in
    the pieces that have them.
    """
    flat = np.ravel(result)
    pieces, least, largest = [], [], []
    for start in range(0, flat.size, PIECE):
        piece = flat[start : start + PIECE]
        pieces.append(piece)
        least.append(np.minimum.reduce(piece))
        largest.append(np.maximum.reduce(piece))
    low, high = np.argmin(least), np.argmax(largest)
    return low * PIECE + np.argmin(pieces[low]), high * PIECE + np.argmax(pieces[high])


def _at(array, places, shape):
    """The entries of an array at flat places of the shape that it broadcasts to."""
    return np.broadcast_to(array, shape)[np.unravel_index(places, shape)]


def _fractions(point):
    """Floats as the exact rationals that they are."""
    numbers = [Fraction(float(number)) for number in point]
    return [fmpq(number.numerator, number.denominator) for number in numbers]


class Taken:
    """A law of binary floats, each taken for the number that it is: what `Empirical.exactly`
    says, in balls only.
    """

    def __init__(self, law):
        self.variables, self.columns, self.arrays, self.size = (
            law.variables,
            law.columns,
            law.arrays,
            law.size,
        )

    @property
    def points(self):
        raise NoMethod("in balls only")

    def balls(self):
        values, weights = self.arrays
        shares = [arb(float(w)) for w in weights]
        total = sum(shares, arb(0))
        return [[arb(float(v)) for v in column] for column in values], [
            share / total for share in shares
        ]


@lru_cache(maxsize=16)
def _taken_for_exact(program):
    """The program over laws that have balls."""
    for law in set(_laws(program)):
        if hasattr(law, "exactly"):
            program = program.over(law, Taken(law))
    return program


def _relative_error(program, numbers, value):
    """|value/exact - 1| at exact inputs; None where the exact value is not settled."""
    program = _taken_for_exact(program)
    output = program.outputs[0]
    known = [_known(instruction, numbers) for instruction in program.code]
    try:
        found = _distance(exact_engine.balls(program, known, FIRST)[output], value)
        if found is not None:
            return found
        known = exact_engine.rationals(program, numbers)
        if known[output] is not None:
            return _distance(exact_engine.as_ball(known[output]), value)
        return exact_engine.settle(
            program, known, output, lambda ball: _distance(ball, value), 2 * FIRST, MOST
        )
    except (NoMethod, NotConverged, ZeroDivisionError, OverflowError):
        return None


def _known(instruction, numbers):
    """The exact value of an input or a constant; None of anything else."""
    if isinstance(instruction, Input):
        return numbers[instruction.place]
    return instruction.exactly(()) if isinstance(instruction, Constant) else None


def _distance(ball, value):
    """|value/ball - 1| as a float, or None where the ball is too wide to tell."""
    if not ball.is_finite():
        return None
    if ball.contains(0) and abs(ball) < NOTHING:
        # Smaller than any float, and perhaps zero: zero, as far as floats can tell.
        return 0.0 if value == 0 else inf
    if not ball.rad() <= ENOUGH * abs(ball.mid()):
        return None
    # Both are exact numbers: their difference is rounded once, at whatever precision is in force.
    given = acb(complex(value)) if np.iscomplexobj(value) else arb(float(value))
    distance = float(abs((given - ball.mid()) / ball.mid()).mid())
    return distance if isfinite(distance) else inf
