"""A program on exact rationals and on balls.

`rationals` gives each register's exact value where there is one; `balls` encloses every register at
a working precision, starting from those exact values.
"""

from flint import acb, arb

from symrisk.engine.algebra.gaussian import Gaussian
from symrisk.engine.balls.precision import precision
from symrisk.engine.instructions.leaves import Input
from symrisk.engine.program.program import complex_registers, has_complex
from symrisk.errors import NotConverged

MOST_SETTLING, MOST_SOLVING = 1 << 17, 1 << 13
SHOULD_HAVE = 256
"""Bits at which a value that there is shows."""


def rationals(program, values, known=()):
    """The exact value of each register, or None where it is not rational (or too large to write
    down).

    known: {register: its exact value}, where that is known otherwise.
    """
    registers = []
    for register, instruction in enumerate(program.code):
        if register in known:
            registers.append(known[register])
        elif isinstance(instruction, Input):
            registers.append(values[instruction.place])
        else:
            registers.append(instruction.exactly(registers))
    return registers


def balls(program, exact, bits):
    """An enclosure of each register at `bits` bits of working precision."""
    kinds = complex_registers(program) if has_complex(program) else ()
    with precision(bits):
        registers = []
        for instruction, value in zip(program.code, exact, strict=True):
            if value is None:
                ball = instruction.in_balls(registers, exact)
            else:
                ball = as_ball(value)
            if kinds and kinds[len(registers)]:
                # A number that is real where it need not be has the branches of a complex one.
                ball = [acb(b) for b in ball] if isinstance(ball, list) else acb(ball)
            registers.append(ball)
        return registers


def as_ball(value):
    """An exact number, or a list of them, as a ball at the precision in force."""
    if isinstance(value, list):
        return [as_ball(v) for v in value]
    return value.as_ball() if isinstance(value, Gaussian) else arb(value)


def is_nan(ball):
    """Whether a ball, real or complex, is no number: nothing is known of it.

    >>> is_nan(arb("nan")), is_nan(acb(1, arb("nan"))), is_nan(acb(1, 2))
    (True, True, False)
    """
    return ball.real.is_nan() or ball.imag.is_nan()


def settle(program, exact, output, good, start=64, most=None, missing=None):
    """The enclosure of one register, its precision doubled until `good(ball)` gives something other
    than None.

    missing: what is called with all registers where this one has no value at a precision at which
    it should have one.  most: the largest precision.  Where nothing is said it is 2^17 bits, and
    four times the first one at least; less where minimisers are solved for, which takes long to no
    purpose where the value is a tie.
    """
    bits, most = start, most or _most(program, start)
    while bits <= most:
        with precision(bits):
            registers = balls(program, exact, bits)
            ball = registers[output]
            if missing is not None and bits >= SHOULD_HAVE and is_nan(ball):
                missing(registers)
            answer = good(ball)
        if answer is not None:
            return answer
        bits *= 2
    raise NotConverged(f"not settled at {most} bits: {ball.str(10)}")


def _most(program, start):
    is_slow = any(instruction.settles_slowly for instruction in program.code)
    return max(MOST_SOLVING if is_slow else MOST_SETTLING, 4 * start)


def has_pole(program, exact, register=None):
    """Whether a register, by default the output, needs a division by an exact zero: cases that do
    not hold are not needed.
    """
    asked = program.outputs[0] if register is None else register
    return any(program.code[i].has_pole(exact) for i in needed(program, exact, asked))


def needed(program, registers, register):
    """The registers that one rests on at a point, itself among them: cases that do not hold are not
    needed.

    registers: exact values, None where not known, or balls, or floats.

    >>> import sympy
    >>> from symrisk.engine.program.builder import Builder
    >>> x = sympy.Symbol("x")
    >>> program = Builder({}, (x,)).program([sympy.Piecewise((1 / x, x > 0), (x, True))])
    >>> used = needed(program, rationals(program, [arb(0).fmpq()]), program.outputs[0])
    >>> sorted(program.code[i].name for i in used)
    ['input', 'select']
    """
    found, stack = set(), [register]
    while stack:
        register = stack.pop()
        if register not in found:
            found.add(register)
            stack.extend(program.code[register].needed(registers))
    return found
