"""From names and values to an array, a decimal or a ball."""

from fractions import Fraction
from math import prod

import numpy as np

from symrisk.engine.algebra import gaussian
from symrisk.engine.arrays import fast
from symrisk.engine.arrays.complex_given import as_parts
from symrisk.engine.arrays.given import as_array, vary_along
from symrisk.engine.arrays.grid import Offence, at_one_point
from symrisk.engine.arrays.grid import run as run_grid
from symrisk.engine.arrays.registers import outputs
from symrisk.engine.balls import exact as exact_engine
from symrisk.engine.balls.ball import Ball
from symrisk.engine.balls.complex_value import ComplexValue
from symrisk.engine.balls.exact import has_pole
from symrisk.engine.balls.recognised import recognised
from symrisk.engine.complex_text import exact_parts
from symrisk.engine.decimals import exact, rounded, rounded_ball
from symrisk.engine.program.builder import Builder
from symrisk.engine.program.program import complex_registers
from symrisk.errors import ArgumentError, NotConverged
from symrisk.language.call import accuracy, violation
from symrisk.language.call.plan import plan, taken

SOON = 8
"""Bits a digit after which a rounding that is not settled is likely to be a tie."""


def on_grid(quantity, values, outside="raise", backend=None):
    """The value on arrays that broadcast together, every point checked; see Quantity.__call__."""
    chosen, arrays, result, registers = _evaluated(quantity, values, outside, backend)
    if registers is not None:
        accuracy.warn_at_point(chosen, arrays, registers, result.item())
    else:
        accuracy.warn_on_grid(chosen, arrays, result)
    return result if np.shape(result) else result.item()


def digits_lost(quantity, values):
    """How many decimal digits rounding costs at each point; see Quantity.digits_lost."""
    chosen, arrays, result, _ = _evaluated(quantity, values)
    found = accuracy.lost(chosen, arrays, result)
    return found if np.shape(result) else float(found)


def _evaluated(quantity, values, outside="raise", backend=None):
    """(the plan, the inputs as arrays, the value, and the registers where it is one point)."""
    if outside not in ("raise", "nan"):
        raise ArgumentError(f"outside is 'raise' or 'nan'; not {outside!r}")
    names = frozenset(values)
    first = plan(quantity, names)
    arrays = _all_numbers(first, values)
    shape, axes = vary_along(first.names, arrays)
    chosen = plan(quantity, names, axes) if any(axes) else first
    registers, masked, runner = None, outside == "nan", _runner(backend, chosen, shape)
    try:
        if runner is run_grid and prod(shape) == 1:
            with np.errstate(all="ignore"):
                value, registers = at_one_point(chosen.program, arrays, chosen.checks, masked)
            result = np.full(shape, value)
        else:
            result = runner(chosen.program, arrays, chosen.checks, masked)
    except Offence as offence:
        raise violation.on_arrays(quantity, chosen, offence, arrays, shape) from None
    return chosen, arrays, result, registers


def _all_numbers(chosen, values):
    """What is given of a plan's inputs, as arrays: two of a complex one, its parts."""
    if not chosen.complex_inputs:
        return [_numbers(s.name, values[s.name]) for s in chosen.inputs]
    arrays = []
    for symbol in chosen.inputs:
        if symbol in chosen.complex_inputs:
            arrays += as_parts(symbol.name, values[symbol.name])
        else:
            arrays.append(_numbers(symbol.name, values[symbol.name]))
    return arrays


def _numbers(name, value):
    """What is given of one name, as an array; text is an exact number, and becomes a float."""
    if isinstance(value, str):
        number = exact(name, value)
        value = Fraction(int(number.p), int(number.q))
    return as_array(name, value)


def _runner(backend, chosen, shape):
    return fast.runner(backend, chosen.program, shape) or run_grid


def _exact_registers(quantity, values):
    chosen = plan(quantity, frozenset(values))
    numbers = []
    for symbol in chosen.inputs:
        read = exact_parts if symbol in chosen.complex_inputs else _exact_number
        numbers += read(symbol.name, values[symbol.name])
    registers = exact_engine.rationals(chosen.program, numbers)
    for check in chosen.checks:
        if check.kind != "finite" and not _holds(chosen, registers, check):
            raise violation.broken(quantity, chosen, check.text, numbers)
    return chosen, numbers, registers


def _exact_number(name, value):
    return (exact(name, value),)


def _holds(chosen, registers, check):
    value = registers[check.register]
    if check.kind == "whole":
        return value.q == 1
    if value is not None:
        return value > 0 if check.kind == ">" else value >= 0
    if has_pole(chosen.program, registers, check.register):
        return False
    return exact_engine.settle(chosen.program, registers, check.register, _sign) > 0


def _sign(ball):
    return 1 if ball > 0 else -1 if ball < 0 else None


def to_digits(quantity, digits, values):
    """The value at exact inputs, correctly rounded; see Quantity.digits."""
    _check_digits(digits)
    chosen, numbers, registers = _exact_registers(quantity, values)
    output = chosen.program.outputs[0]
    if _is_complex(chosen.program):
        return _complex_digits(chosen, registers, numbers, digits)
    if registers[output] is None and _is_solved_for(chosen.program):
        # A minimiser may be a rational number, and its rounding a tie, which no precision settles.
        try:
            return _settled(
                chosen,
                registers,
                numbers,
                lambda ball: rounded_ball(ball, digits),
                digits,
                most=SOON * digits + 256,
            )
        except NotConverged:
            registers = recognised(chosen.program, numbers, registers)
    if registers[output] is not None:
        return rounded(registers[output], digits)
    return _settled(chosen, registers, numbers, lambda ball: rounded_ball(ball, digits), digits)


def _is_complex(program):
    return complex_registers(program)[program.outputs[0]]


def _complex_digits(chosen, registers, numbers, digits):
    """Both parts of a complex value, each correctly rounded."""
    value = registers[chosen.program.outputs[0]]
    if value is not None:
        parts = gaussian.real(value), gaussian.imag(value)
        return ComplexValue(*(rounded(part, digits) for part in parts))

    def good(ball):
        parts = [rounded_ball(part, digits) for part in (ball.real, ball.imag)]
        return None if None in parts else ComplexValue(*parts)

    return _settled(chosen, registers, numbers, good, digits)


def _is_solved_for(program):
    return any(instruction.settles_slowly for instruction in program.code)


def _check_digits(digits):
    if not isinstance(digits, int) or isinstance(digits, bool) or not 1 <= digits <= 100_000:
        shown = (
            repr(digits)[:40]
            if not isinstance(digits, int) or abs(digits) < 10**12
            else "a larger one"
        )
        raise ArgumentError(f"digits is a whole number from 1 to 100000; not {shown}")


def _settled(chosen, registers, numbers, good, digits, most=None):
    """What `good` makes of the output's ball; a division by an exact zero, or a root of what is
    negative, has no value at all.
    """

    def missing(found):
        raise violation.no_value(chosen, numbers, found, _is_finite)

    if has_pole(chosen.program, registers):
        missing(exact_engine.balls(chosen.program, registers, exact_engine.SHOULD_HAVE))
    return exact_engine.settle(
        chosen.program,
        registers,
        chosen.program.outputs[0],
        good,
        4 * digits + 64,
        most,
        missing=missing,
    )


def _is_finite(ball):
    return ball.is_finite()


def to_ball(quantity, digits, values):
    """A rigorous enclosure at exact inputs; see Quantity.ball."""
    _check_digits(digits)
    chosen, numbers, registers = _exact_registers(quantity, values)
    if _is_complex(chosen.program):
        return _settled(chosen, registers, numbers, lambda b: _complex_ball(b, digits), digits)
    return _settled(chosen, registers, numbers, lambda ball: Ball.of(ball, digits), digits)


def _complex_ball(ball, digits):
    """Both parts as Balls; None where one is too wide."""
    parts = [Ball.of(part, digits) for part in (ball.real, ball.imag)]
    return None if None in parts else ComplexValue(*parts)


@np.errstate(all="ignore")
def all_names(quantity, values, title):
    """Each name that the value rests on, and by its title the quantity itself, at one point."""
    value = on_grid(quantity, values)
    chosen = plan(quantity, frozenset(values))
    names = sorted(quantity.graph.reached(frozenset(chosen.inputs))[1], key=str)
    definitions = {**quantity.graph.without(chosen.inputs).lookup, **dict(chosen.defaults)}
    known = [*chosen.inputs, *dict(chosen.defaults), *names]
    program = Builder(definitions, taken(chosen.inputs)).program(known)
    found = outputs(program, _all_numbers(chosen, values))
    numbers = {}
    for symbol, number in zip(known, found, strict=True):
        numbers[str(symbol)] = (complex if np.iscomplexobj(number) else float)(number)
    return {**numbers, title: value}
