"""A program on exact rationals and on balls.

`rationals` gives each register's exact value where there is one; `balls` encloses every register at a working
precision, starting from those exact values.
"""

from math import isqrt

from flint import arb, fmpq, fmpz

from symrisk.engine.algebra.power import integer_power
from symrisk.engine.balls.precision import precision
from symrisk.engine.instructions.algebraic import ball_root, exact_root
from symrisk.engine.instructions.block import ball_means, ball_minimiser, exact_means
from symrisk.engine.instructions.system import ball_solution, exact_solution
from symrisk.engine.program.program import operands
from symrisk.errors import NotConverged

MOST_BITS = 200_000
MOST_SETTLING, MOST_SOLVING = 1 << 17, 1 << 13


def rationals(program, values, known=()):
    """The exact value of each register, or None where it is not rational (or too large to write down).

    known: {register: its exact value}, where that is known otherwise.
    """
    registers = []
    for place, (op, arguments) in enumerate(program.code):
        registers.append(known[place] if place in known else _exact(op, arguments, registers, values))
    return registers


def _exact(op, arguments, registers, values):
    if op == "input":
        return values[arguments[0]]
    if op == "const":
        return fmpq(*arguments)
    if op == "solve":
        return exact_solution(*arguments[:2], [registers[i] for i in arguments[2:]])
    if op == "root":
        return exact_root(*_looked_up(arguments, registers))
    if op == "means":
        return exact_means(arguments[0], [registers[i] for i in arguments[1:]], rationals)
    if op == "minimise":
        return None
    if op == "pick":
        return None if registers[arguments[0]] is None else registers[arguments[0]][arguments[1]]
    if op == "select":
        return _exact_select(*arguments, registers)
    if op == "power":
        return _exact_power(registers[arguments[0]], arguments[1])
    operands = [registers[i] for i in arguments[: 1 if op == "surd" else None]]
    if None in operands:
        return None
    return EXACT[op](*operands, *(arguments[1:] if op == "surd" else ()))


def _exact_select(slack, rel, then, otherwise, registers):
    if registers[slack] is None:
        return None
    holds = registers[slack] > 0 if rel == ">" else registers[slack] >= 0
    return registers[then if holds else otherwise]


def _looked_up(arguments, registers):
    return [None if i is None else registers[i] for i in arguments[:2]], [registers[i] for i in arguments[2:]]


def _exact_power(base, exponent):
    if base is not None and base in (0, 1, -1):
        return fmpq(int(exponent == 0)) if base == 0 else base if exponent % 2 else fmpq(1)
    if base is None or (base.p.bit_length() + base.q.bit_length()) * exponent > MOST_BITS:
        return None
    return base**exponent


def _exact_pow(base, exponent):
    if exponent.q != 1 or exponent < 0:
        return None
    return _exact_power(base, int(exponent.p))


def _exact_sqrt(number):
    if number < 0:
        return None
    p, q = isqrt(int(number.p)), isqrt(int(number.q))
    return fmpq(p, q) if p * p == number.p and q * q == number.q else None


def _exact_surd(number, index):
    if number < 0:
        return None
    p, q = fmpz(number.p).root(index), fmpz(number.q).root(index)
    return fmpq(p, q) if p**index == number.p and q**index == number.q else None


def _exact_log(number):
    return fmpq(0) if number == 1 else None


def _exact_complement(x, exponent):
    power = _exact_pow(1 - x, exponent)
    return None if power is None else 1 - power


def _quotient(a, b):
    return None if b == 0 else a / b


EXACT = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": _quotient,
    "sqrt": _exact_sqrt, "log": _exact_log, "surd": _exact_surd, "pow": _exact_pow, "complement": _exact_complement,
}


def balls(program, exact, bits):
    """An enclosure of each register at `bits` bits of working precision."""
    with precision(bits):
        registers = []
        for (op, arguments), value in zip(program.code, exact, strict=True):
            registers.append(_as_ball(value) if value is not None else _ball(op, arguments, registers, exact))
        return registers


def _as_ball(value):
    return [arb(v) for v in value] if isinstance(value, list) else arb(value)


def _ball(op, arguments, registers, exact):
    if op == "solve":
        return ball_solution(arguments[0], [registers[i] for i in arguments[2:]])[arguments[1]]
    if op == "root":
        return ball_root(*_looked_up(arguments, registers), _looked_up(arguments, exact)[1])
    if op == "means":
        return ball_means(arguments[0], [registers[i] for i in arguments[1:]])
    if op == "minimise":
        return ball_minimiser(*arguments[:2], [registers[i] for i in arguments[2:]])
    if op == "pick":
        return registers[arguments[0]][arguments[1]]
    if op == "select":
        return _ball_select(*arguments, registers, exact)
    if op == "power":
        return integer_power(registers[arguments[0]], arguments[1])
    if op == "surd":
        return registers[arguments[0]].root(arguments[1])
    if op in ("pow", "complement"):
        base = registers[arguments[0]] if op == "pow" else 1 - registers[arguments[0]]
        power = _ball_pow(base, registers[arguments[1]], exact[arguments[1]])
        return power if op == "pow" else 1 - power
    return BALL[op](*(registers[i] for i in arguments))


def _ball_select(slack, rel, then, otherwise, registers, exact):
    """The case that holds; a ball that can't tell which is no answer at this precision."""
    sign = registers[slack] if exact[slack] is None else exact[slack]
    if sign > 0 or (exact[slack] is not None and rel == ">=" and sign >= 0):
        return registers[then]
    return registers[otherwise] if sign < 0 or exact[slack] is not None else arb("nan")


def _ball_pow(base, exponent, exact):
    if exact is not None and exact.q == 1 and exact >= 0:
        return integer_power(base, int(exact.p))
    return base**exponent


BALL = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
        "sqrt": lambda a: a.sqrt(), "log": lambda a: a.log()}


SHOULD_HAVE = 256


def settle(program, exact, output, good, start=64, most=None, missing=None):
    """The enclosure of one register, its precision doubled until `good(ball)` gives something other than None.

    missing: what is called with all registers where this one has no value at a precision at which it should have one.  most: the
    largest precision.  Where nothing is said it is 2^17 bits, and four times the first one at least; less where minimisers are
    solved for, which takes long to no purpose where the value is a tie.
    """
    bits, most = start, most or _most(program, start)
    while bits <= most:
        with precision(bits):
            registers = balls(program, exact, bits)
            ball = registers[output]
            if missing is not None and bits >= SHOULD_HAVE and ball.is_nan():
                missing(registers)
            answer = good(ball)
        if answer is not None:
            return answer
        bits *= 2
    raise NotConverged(f"not settled at {most} bits: {ball.str(10)}")


def _most(program, start):
    is_solved = any(op == "minimise" for op, _ in program.code)
    return max(MOST_SOLVING if is_solved else MOST_SETTLING, 4 * start)


def has_pole(program, exact, register=None):
    """Whether a register, by default the output, needs a division by an exact zero: cases that do not hold are not needed."""
    stack, seen = [program.outputs[0] if register is None else register], set()
    while stack:
        register = stack.pop()
        if register in seen:
            continue
        seen.add(register)
        op, arguments = program.code[register]
        if op == "div" and exact[arguments[1]] == 0:
            return True
        if op == "select" and exact[arguments[0]] is not None:
            holds = exact[arguments[0]] > 0 or (arguments[1] == ">=" and exact[arguments[0]] == 0)
            stack.append(arguments[2 if holds else 3])
        else:
            stack.extend(operands(op, arguments))
    return False
