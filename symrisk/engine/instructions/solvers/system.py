"""Several unknowns that solve a system of polynomial equations: on arrays by Newton's method, in
balls by Krawczyk's.

The system brings a function that gives a point close to the solution meant (`near`).  On arrays
that point is polished and judged by the last correction; in balls a box around it is shown to hold
one solution, and only one.
"""

from functools import lru_cache
from operator import truediv

import numpy as np
import sympy
from flint import arb, fmpq

from symrisk.engine.algebra.rational import as_float, to_rational
from symrisk.engine.arrays.twofold import Twofold
from symrisk.engine.balls.krawczyk import enclosed, sharpened
from symrisk.engine.instructions.leaves import Constant, Input
from symrisk.engine.program.builder import Builder
from symrisk.errors import ArgumentError

STEPS, POLISHINGS = 8, 2
CLOSE = 1e-12


@lru_cache(maxsize=256)
def compiled(system, case):
    """The equations of a case, and their slopes row by row, as one program over the unknowns and
    the parameters.
    """
    equations = sympy.Matrix(system.cases[case])
    inputs = (*system.unknowns, *(name for name, _ in system.parameters))
    return Builder({}, inputs).program(
        [*equations, *equations.jacobian(sympy.Matrix(system.unknowns))]
    )


def evaluated(program, unknowns, parameters, constant):
    """(values, rows of slopes) of a rational program, on arrays or on balls alike."""
    point, registers = (*unknowns, *parameters), []
    for instruction in program.code:
        if isinstance(instruction, Input):
            registers.append(point[instruction.place])
        elif isinstance(instruction, Constant):
            registers.append(constant(instruction.p, instruction.q))
        else:
            registers.append(instruction.in_operators(registers))
    found, size = [registers[i] for i in program.outputs], len(unknowns)
    return found[:size], [found[size * (i + 1) : size * (i + 2)] for i in range(size)]


def array_solution(system, parameters):
    """An array for each unknown, nan where Newton's method does not settle."""
    shape = np.broadcast_shapes(*(np.shape(v) for v in parameters))
    flat = [np.broadcast_to(np.asarray(v, float), shape).ravel() for v in parameters]
    names = [name.name for name, _ in system.parameters]
    with np.errstate(all="ignore"):
        starts, case = _start(system, dict(zip(names, flat, strict=True)))
        found = np.array(starts, float)
        for number in np.unique(case):
            here = np.flatnonzero(case == number)
            here_found = _newton(
                compiled(system, int(number)), found[:, here], [v[here] for v in flat]
            )
            held = np.array(
                [pinned(system, int(number), unknown) is not None for unknown in system.unknowns]
            )
            found[:, here] = np.where(
                held[:, None] & np.isfinite(here_found), found[:, here], here_found
            )
    return [row.reshape(shape) for row in found]


def _start(system, arrays):
    """What `near` gives, as float arrays and an array of whole numbers; ArgumentError where it
    gives something else.
    """
    size = np.shape(next(iter(arrays.values()), 0.0))
    names = ", ".join(map(str, system.unknowns))
    try:
        *starts, case = (
            np.broadcast_to(np.asarray(part, float), size) for part in system.near(**arrays)
        )
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ArgumentError(
            f"{names}: near does not give arrays for the unknowns and their case: {error}"
        ) from error
    if len(starts) != len(system.unknowns) or not np.all(np.isin(case, range(len(system.cases)))):
        raise ArgumentError(
            f"{names}: near gives an array for each unknown and one of the cases' numbers, "
            f"0 to {len(system.cases) - 1}; not {len(starts)} arrays and {case!r}"
        )
    return starts, case.astype(int)


def _newton(program, x, parameters):
    """Newton's steps from x, (unknowns, points); nan where the last one is not small."""
    step = np.full_like(x, np.inf)
    for _ in range(STEPS):
        values, slopes = evaluated(program, x, parameters, truediv)
        step = _solved(slopes, values, x.shape)
        x = x - step
        if not np.any(np.abs(step) > CLOSE / 100 * np.max(np.abs(x), axis=0)):
            break
    x, step = _polished(program, x, step, parameters)
    small = np.max(np.abs(step), axis=0) <= CLOSE * np.max(np.abs(x), axis=0)
    return np.where(small, x, np.nan)


def _polished(program, x, step, parameters):
    """x and the last step, after steps of which the residual is taken to 32 digits: that step is
    the forward error.

    In floats a residual may be nothing but rounding, and a step that vanishes no proof that digits
    are right: so it is for polynomials that are written out.
    """
    twofold = [Twofold(value) for value in parameters]
    for _ in range(POLISHINGS):
        values, _ = evaluated(program, [Twofold(row) for row in x], twofold, Twofold.of_quotient)
        _, slopes = evaluated(program, x, parameters, truediv)
        finer = _solved(slopes, [value.value for value in values], x.shape)
        # Numbers too large to be split have no finer step: there the one in floats is what is
        # known.
        known = np.isfinite(finer).all(axis=0)
        step = np.where(known, finer, step)
        x = x - np.where(known, finer, 0)
    return x, step


def _solved(slopes, values, shape):
    matrix = np.array(
        [[np.broadcast_to(entry, shape[1]) for entry in row] for row in slopes]
    ).transpose(2, 0, 1)
    right = np.array([np.broadcast_to(value, shape[1]) for value in values]).T[..., None]
    singular = ~(np.abs(np.linalg.det(matrix)) > 0)
    matrix = np.where(singular[:, None, None], np.nan, matrix)
    return np.linalg.solve(matrix, right)[..., 0].T


def exact_solution(system, place, parameters):
    """The unknown as a rational number where an equation says so alone, as at the end of an
    interval; else None.
    """
    if None in parameters:
        return None
    _, case = _nearby(system, [as_float(v) for v in parameters])
    value = pinned(system, case, system.unknowns[place])
    if value is None:
        return None
    known = {
        name: to_rational(v) for (name, _), v in zip(system.parameters, parameters, strict=True)
    }
    return fmpq(*map(int, sympy.fraction(value.xreplace(known))))


@lru_cache(maxsize=1024)
def pinned(system, case, unknown):
    """What an equation of the case says that this unknown is, without the others; None where
    none does.
    """
    for equation in system.cases[case]:
        if (
            equation.free_symbols & set(system.unknowns) == {unknown}
            and sympy.degree(equation, unknown) == 1
        ):
            slope, rest = sympy.Poly(equation, unknown).all_coeffs()
            return -rest / slope
    return None


def _nearby(system, numbers):
    """(a point close to the solution, the case it solves) at one point."""
    names = [name.name for name, _ in system.parameters]
    with np.errstate(all="ignore"):
        starts, case = _start(
            system, {name: np.array([number]) for name, number in zip(names, numbers, strict=True)}
        )
    return [float(start[0]) for start in starts], int(case[0])


def ball_solution(system, parameters):
    """A ball for each unknown that holds one solution of the system, and no other; nan where
    none can be shown.
    """
    nothing = [arb("nan")] * len(system.unknowns)
    if not all(p.is_finite() for p in parameters):
        return nothing
    starts, case = _nearby(system, [float(p.mid()) for p in parameters])
    if not np.all(np.isfinite(starts)):
        return nothing
    program = compiled(system, case)

    def at(x):
        return evaluated(program, x, parameters, _constant)

    def at_middles(x):
        return evaluated(program, x, [arb(p.mid()) for p in parameters], _constant)

    middle = sharpened(at_middles, [arb(start) for start in starts])
    return nothing if middle is None else enclosed(at, middle) or nothing


def _constant(p, q):
    return arb(p) / q
