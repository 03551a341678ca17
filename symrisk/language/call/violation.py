"""Violations: the error for a point that a quantity does not cover, or at which it has no value."""

import numpy as np

from symrisk.engine.instructions.block import impossible
from symrisk.engine.instructions.elementwise import outputs, strictly
from symrisk.engine.instructions.elementwise import registers as registers_of
from symrisk.engine.program.program import operands
from symrisk.errors import DomainError, NotConverged

ARITHMETIC = ("const", "add", "sub", "mul", "div", "power", "pow")
SOLVED = ("root", "solve", "minimise")


def beyond(quantity, hypothesis):
    """What the quantity says of the points where this hypothesis of its own fails: `: ...`, or nothing."""
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
            return DomainError(f"{chosen.title} has no finite value in floats at {chosen.point(shown)}: a number on the "
                               "way is too large; use .digits")
        return no_value(chosen, shown, registers_of(chosen.program, numbers, strictly), np.isfinite)


def _overflows(program, registers):
    """Whether something infinite comes up before any pole does."""
    for (op, arguments), value in zip(program.code, registers, strict=True):
        if op in ARITHMETIC and np.isinf(value):
            zero = {"div": arguments[1:], "pow": arguments[:1]}.get(op, ())
            return not any(registers[i] == 0 for i in zero)
    return False


def broken(quantity, chosen, text, point):
    """The error for a point that breaks the check `text`."""
    if text.endswith(" whole"):
        return DomainError(f"{chosen.title}: {text.removesuffix(' whole')} is a whole number; not {chosen.point(point)}")
    if text.endswith(" finite"):
        return DomainError(f"{chosen.title} takes finite numbers; not {chosen.point(point)}")
    return DomainError(f"{chosen.title} holds for {text}; not at {chosen.point(point)}{beyond(quantity, text)}")


def no_value(chosen, point, registers, is_finite):
    """The error for a point that has no value: an implicit name that is not solved there, or a pole."""
    unsolved = _unsolved(chosen.program, registers, is_finite)
    if unsolved is None:
        return DomainError(f"{chosen.title} has no finite value at {chosen.point(point)}")
    op, arguments = unsolved
    if op == "minimise":
        block, names, *used = arguments
        why = impossible(block, names, [registers[i] for i in used], outputs)
        if why:
            return DomainError(f"{chosen.title} has {why}; not at {chosen.point(point)}")
    return NotConverged(f"{chosen.title}: an implicit name has no solution, or several, where it is looked for, "
                        f"at {chosen.point(point)}")


def _unsolved(program, registers, is_finite):
    """The instruction of an implicit name that the output needs and that has no value, though everything in it has; or None."""
    for register in _needed(program, registers):
        op, arguments = program.code[register]
        if op == "pick":
            op, arguments = program.code[arguments[0]]
        if op in SOLVED and not isinstance(registers[register], list) and not is_finite(registers[register]):
            if all(is_finite(registers[i]) for i in operands(op, arguments)):
                return op, arguments
    return None


def _needed(program, registers):
    """The registers that the output rests on: cases that do not hold are not needed."""
    found, stack = set(), [program.outputs[0]]
    while stack:
        register = stack.pop()
        if register not in found:
            found.add(register)
            op, arguments = program.code[register]
            stack.extend(_case(arguments, registers) if op == "select" else operands(op, arguments))
    return found


def _case(arguments, registers):
    """The slack of a case and the branch that it takes; both where the slack does not say."""
    slack, rel, then, otherwise = arguments
    value = registers[slack]
    if value > 0 or (rel == ">=" and value >= 0):
        return slack, then
    return (slack, otherwise) if value < 0 or (rel == ">" and value <= 0) else (slack, then, otherwise)
