"""One instruction of a program on arrays (or on floats).

`evaluate` is plain arithmetic, in which a pole may vanish again: x/inf is 0.  Two others see to it that none does: `firmly`
raises at the first value that is not finite, and `strictly` makes it nan, which nothing turns back into a number.
"""

import numpy as np
from flint import fmpq

from symrisk.engine.algebra.rational import as_float
from symrisk.engine.instructions.algebraic import array_root
from symrisk.engine.instructions.block import array_means, array_minimiser
from symrisk.engine.instructions.system import array_solution


def evaluate(op, arguments, values, out=None):
    """What an instruction gives on the registers `values`, into `out` where given."""
    function = UFUNCS.get(op)
    if function is not None:
        return function(*(values[i] for i in arguments), out=out)
    return OTHERS[op](arguments, values, out)


FIRM = {"divide": "raise", "over": "raise", "invalid": "raise", "under": "ignore"}
"""NumPy's error state for `firmly`: the processor's own flags tell that something infinite, or no number, came up."""
UNFLAGGED = ("const", "root", "solve", "minimise")


def firmly(op, arguments, values, out=None):
    """As `evaluate`, under the error state FIRM; FloatingPointError also where a solver, which keeps its own, finds nothing."""
    found = evaluate(op, arguments, values, out)
    if op in UNFLAGGED:
        # A solver that finds nothing says so by nan, and nan alone raises no flag; nor does a constant too large for a float.
        for part in found if isinstance(found, list) else [found]:
            if not np.all(np.isfinite(part)):
                raise FloatingPointError(op)
    return found


def strictly(op, arguments, values, out=None):
    """As `evaluate`, but nan where the value, or what it is made of, is not finite; a case that does not hold is not asked."""
    if op == "means":
        found = array_means(arguments[0], [values[i] for i in arguments[1:]], strict_outputs)
    elif op == "minimise":
        found = array_minimiser(*arguments[:2], [values[i] for i in arguments[2:]], strict_outputs)
    else:
        found = evaluate(op, arguments, values, out)
    if isinstance(found, list):
        return [_finite_or_nan(part) for part in found]
    # These give a number for some operands that are none: which case holds, nan**0, an equation that fixes one unknown.
    asked = {"select": arguments[:1], "pow": arguments, "complement": arguments, "solve": arguments[2:]}.get(op, ())
    for i in asked:
        found = np.where(np.isnan(values[i]), np.nan, found)
    return _into(out, _finite_or_nan(found))


def _finite_or_nan(value):
    return np.where(np.isfinite(value), value, np.nan)


def _constant(arguments, values, out):
    return np.float64(as_float(fmpq(*arguments)))


def _power(arguments, values, out):
    """Small whole powers by multiplication: `np.power` is slower and rounds no better."""
    base, exponent = values[arguments[0]], arguments[1]
    if exponent == 2:
        return np.multiply(base, base, out=out)
    if exponent == 3:
        return np.multiply(base * base, base, out=out)
    return np.power(base, as_float(fmpq(exponent)), out=out)


def _surd(arguments, values, out):
    return np.power(values[arguments[0]], 1 / arguments[1], out=out)


def _root(arguments, values, out):
    between = [None if i is None else values[i] for i in arguments[:2]]
    return _into(out, array_root(between, [values[i] for i in arguments[2:]], missing="nan"))


def _solve(arguments, values, out):
    system, place, *parameters = arguments
    return _into(out, array_solution(system, [values[i] for i in parameters])[place])


def _means(arguments, values, out):
    block, *outer = arguments
    return array_means(block, [values[i] for i in outer], outputs)


def _minimise(arguments, values, out):
    block, names, *registers = arguments
    return array_minimiser(block, names, [values[i] for i in registers], outputs)


def _pick(arguments, values, out):
    return _into(out, values[arguments[0]][arguments[1]])


def registers(program, inputs, how=evaluate):
    """What every instruction of a program gives on arrays; how: `evaluate`, `firmly` or `strictly`."""
    values = []
    for op, arguments in program.code:
        values.append(inputs[arguments[0]] if op == "input" else how(op, arguments, values))
    return values


def strict_outputs(program, inputs):
    """Every output of a program on arrays, `strictly`."""
    values = registers(program, inputs, strictly)
    return [values[register] for register in program.outputs]


def outputs(program, inputs):
    """Every output of a program on arrays."""
    values = registers(program, inputs)
    return [values[register] for register in program.outputs]


def _select(arguments, values, out):
    slack, rel, then, otherwise = arguments
    holds = values[slack] > 0 if rel == ">" else values[slack] >= 0
    return _into(out, np.where(holds, values[then], values[otherwise]))


def _spread(arguments, values, out):
    return _into(out, values[arguments[0]])


def _into(out, value):
    if out is None:
        return value
    out[...] = value
    return out


def _complement(x, exponent, out=None):
    """1 - (1-x)^exponent by expm1 and log1p where x <= 1; 0 where the exponent is 0, also at x = 1."""
    x, exponent = np.asarray(x, float), np.asarray(exponent)
    result = -np.expm1(exponent * np.log1p(-np.minimum(x, 1)))
    result = np.where(x > 1, 1 - np.power(1 - x, exponent), result)
    return _into(out, np.where(exponent == 0, 0.0, result))


UFUNCS = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "sqrt": np.sqrt, "log": np.log,
          "pow": np.power, "complement": _complement}
OTHERS = {"const": _constant, "power": _power, "surd": _surd, "root": _root, "solve": _solve, "select": _select,
          "spread": _spread, "means": _means, "minimise": _minimise, "pick": _pick}
