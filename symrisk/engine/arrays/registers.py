"""A program's registers on arrays, or on floats, one instruction after another.

`evaluate` is plain arithmetic, in which a pole may vanish again: x/inf is 0.  Two others see to it
that none does: `firmly` raises at the first value that is not finite, and `strictly` makes it nan,
which nothing turns back into a number.
"""

import numpy as np

from symrisk.engine.arrays.spread import every
from symrisk.engine.instructions.instruction import into
from symrisk.engine.instructions.leaves import Input

FIRM = {"divide": "raise", "over": "raise", "invalid": "raise", "under": "ignore"}
"""NumPy's error state for `firmly`: the processor's own flags tell that something infinite, or no
number, came up."""


def evaluate(instruction, values, out=None):
    """What an instruction gives on the registers `values`, into `out` where given."""
    return instruction.on_arrays(values, out)


def firmly(instruction, values, out=None):
    """As `evaluate`, under the error state FIRM; FloatingPointError also where no flag tells."""
    found = instruction.on_arrays(values, out)
    if instruction.raises_no_flag:
        # A solver that finds nothing says so by nan, and nan alone raises no flag; nor does a
        # constant too large for a float.
        for part in found if instruction.gives_several else [found]:
            if not every(np.isfinite(part)):
                raise FloatingPointError(instruction.name)
    return found


def strictly(instruction, values, out=None):
    """As `evaluate`, but nan where the value, or what it is made of, is not finite; a case that
    does not hold is not asked.
    """
    found = instruction.on_arrays_strictly(values)
    if instruction.gives_several:
        return [_finite_or_nan(part) for part in found]
    for register in instruction.hides_nan:
        found = np.where(np.isnan(values[register]), np.nan, found)
    return into(out, _finite_or_nan(found))


def _finite_or_nan(value):
    return np.where(np.isfinite(value), value, np.nan)


def registers(program, inputs, how=evaluate):
    """What each instruction of a program gives on arrays.

    how: `evaluate`, `firmly` or `strictly`.

    >>> import sympy
    >>> from symrisk.engine.program.builder import Builder
    >>> x = sympy.Symbol("x")
    >>> program = Builder({}, (x,)).program([1 / (1 + 1 / x)])
    >>> with np.errstate(all="ignore"):
    ...     [float(registers(program, [0.0], how)[-1]) for how in (evaluate, strictly)]
    [0.0, nan]
    """
    values = []
    for instruction in program.code:
        if isinstance(instruction, Input):
            values.append(inputs[instruction.place])
        else:
            values.append(how(instruction, values))
    return values


def strict_outputs(program, inputs):
    """Every output of a program on arrays, `strictly`."""
    values = registers(program, inputs, strictly)
    return [values[register] for register in program.outputs]


def outputs(program, inputs):
    """Every output of a program on arrays."""
    values = registers(program, inputs)
    return [values[register] for register in program.outputs]
