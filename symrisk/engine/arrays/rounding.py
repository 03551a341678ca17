"""How far rounding may have moved what a program gives: a running bound of the error, register by
register.

Inputs are taken for exact.  Each instruction passes the errors of its operands on, to first order,
and adds its own rounding; a sum's own rounding is known exactly (Knuth's two-sum), so that whole
numbers that add up to a small one cost nothing.  The bound says where to look, in balls: it may be
far too large, and is infinite where it can't be told.
"""

from symrisk.engine.arrays.registers import registers
from symrisk.engine.instructions.leaves import Input


def errors(program, values, inputs=None):
    """A bound of each register's absolute error; values: the registers.

    inputs: errors of the inputs, 0 where not given.
    """
    found = []
    for instruction, value in zip(program.code, values, strict=True):
        if isinstance(instruction, Input):
            found.append(0.0 if inputs is None else inputs[instruction.place])
        else:
            found.append(instruction.rounding(values, found, value))
    return found


def bounded(program, inputs, input_errors):
    """Every output of a program on arrays, and bounds of their errors."""
    values = registers(program, inputs)
    found = errors(program, values, input_errors)
    return [values[i] for i in program.outputs], [found[i] for i in program.outputs]
