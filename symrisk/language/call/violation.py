"""Violations: the error for a point that a quantity does not cover, or at which it has no value."""

import numpy as np

from symrisk.engine.arrays.registers import registers as registers_of
from symrisk.engine.arrays.registers import strictly
from symrisk.engine.balls.exact import needed
from symrisk.errors import DomainError, NotConverged


def beyond(quantity, hypothesis):
    """What the quantity says of the points where this hypothesis of its own fails: `: ...`, or
    nothing.
    """
    words = {str(relation): said for relation, said in quantity.beyond}
    return f": {words[hypothesis]}" if hypothesis in words else ""


def on_arrays(quantity, chosen, offence, arrays, shape):
    """The error for the point of a grid at which a check is broken, or nothing finite found."""
    point = [float(np.broadcast_to(a, shape).flat[offence.index] if shape else a) for a in arrays]
    shown = [f"{v:g}" if v == float(f"{v:g}") else repr(v) for v in point]
    if offence.text:
        return broken(quantity, chosen, offence.text, shown)
    numbers = [np.float64(value) for value in point]
    with np.errstate(all="ignore"):
        if _overflows(chosen.program, registers_of(chosen.program, numbers)):
            return DomainError(
                f"{chosen.title} has no finite value in floats at {chosen.point(shown)}: a number "
                f"on the "
                "way is too large; use .digits"
            )
        return no_value(chosen, shown, registers_of(chosen.program, numbers, strictly), np.isfinite)


def _overflows(program, registers):
    """Whether something infinite comes up before any pole does."""
    for instruction, value in zip(program.code, registers, strict=True):
        if instruction.is_arithmetic and np.isinf(value):
            return not instruction.has_pole(registers)
    return False


def broken(quantity, chosen, text, point):
    """The error for a point that breaks the check `text`."""
    if text.endswith(" whole"):
        return DomainError(
            f"{chosen.title}: {text.removesuffix(' whole')} is a whole number; not "
            f"{chosen.point(point)}"
        )
    if text.endswith(" finite"):
        return DomainError(f"{chosen.title} takes finite numbers; not {chosen.point(point)}")
    return DomainError(
        f"{chosen.title} holds for {text}; not at {chosen.point(point)}{beyond(quantity, text)}"
    )


def no_value(chosen, point, registers, is_finite):
    """The error for a point that has no value: an implicit name that is not solved there, or a
    pole.
    """
    unsolved = _unsolved(chosen.program, registers, is_finite)
    if unsolved is None:
        return DomainError(f"{chosen.title} has no finite value at {chosen.point(point)}")
    why = unsolved.why_none(registers)
    if why:
        return DomainError(f"{chosen.title} has {why}; not at {chosen.point(point)}")
    failed = unsolved.what_failed(registers)
    if failed:
        return NotConverged(f"{chosen.title}: {failed}; at {chosen.point(point)}")
    return NotConverged(
        f"{chosen.title}: an implicit name has no solution, or several, where it is looked for, "
        f"at {chosen.point(point)}"
    )


def _unsolved(program, registers, is_finite):
    """The instruction that solves for an implicit name that the output needs, and finds no value
    though everything in it has one; or None.
    """
    for register in needed(program, registers, program.outputs[0]):
        solver = program.code[register].solver(program.code)
        found = registers[register]
        if solver is None or isinstance(found, list) or is_finite(found):
            continue
        if all(is_finite(registers[i]) for i in solver.reads):
            return solver
    return None
