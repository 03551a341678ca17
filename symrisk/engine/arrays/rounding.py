"""How far rounding may have moved what a program gives: a running bound of the error, register by register.

Inputs are taken for exact.  Each instruction passes the errors of its operands on, to first order, and adds its own rounding;
a sum's own rounding is known exactly (Knuth's two-sum), so that whole numbers that add up to a small one cost nothing.  The bound
says where to look, in balls: it may be far too large, and is infinite where it can't be told.
"""

import numpy as np
from flint import fmpq

from symrisk.engine.algebra.rational import as_float
from symrisk.engine.instructions import block as blocks
from symrisk.engine.instructions.elementwise import evaluate, registers
from symrisk.engine.potential.arrays import UNIT

LARGEST_WHOLE = 2.0**53
SMALLEST_NORMAL, SMALLEST = 2.0**-1022, 2.0**-1074


def errors(program, values, inputs=None):
    """A bound of each register's absolute error; values: the registers.  inputs: errors of the inputs, 0 where not given."""
    found = []
    for (op, arguments), value in zip(program.code, values, strict=True):
        if op == "input":
            found.append(0.0 if inputs is None else inputs[arguments[0]])
        else:
            found.append(ERRORS[op](arguments, values, found, value))
    return found


def _constant(arguments, values, known, value):
    p, q = arguments
    return 0.0 if q == 1 and abs(p) <= LARGEST_WHOLE else UNIT * abs(value)


def _sum(arguments, values, known, value):
    return _of_sum(values[arguments[0]], values[arguments[1]], value) + known[arguments[0]] + known[arguments[1]]


def _difference(arguments, values, known, value):
    return _of_sum(values[arguments[0]], -values[arguments[1]], value) + known[arguments[0]] + known[arguments[1]]


def _of_sum(first, second, total):
    """The rounding of first + second = total, to the bit."""
    part = total - first
    return abs((first - (total - part)) + (second - part))


def _product(arguments, values, known, value):
    left, right = values[arguments[0]], values[arguments[1]]
    passed = abs(left) * known[arguments[1]] + (abs(right) + known[arguments[1]]) * known[arguments[0]]
    return passed + _own(value, np.minimum(abs(left), abs(right)))


def _quotient(arguments, values, known, value):
    top, bottom = arguments
    passed = known[top] + abs(value) * known[bottom]
    return _over(passed, abs(values[bottom]) - known[bottom]) + _own(value, abs(values[top]))


def _own(value, factor, units=1):
    """What rounding costs a product: units of its last digit, and all digits where it is too small for a float, the factor being
    none of it."""
    size = abs(value)
    if np.all(size >= SMALLEST_NORMAL):
        return units * UNIT * size
    return units * UNIT * size + np.where((size < SMALLEST_NORMAL) & (factor > 0), SMALLEST, 0.0)[()]


def _over(error, distance):
    """error/distance: infinite where the distance is none, zero where there is no error."""
    if isinstance(error, float) and isinstance(distance, float):
        return error / distance if distance > 0 else 0.0 if error == 0 else np.inf
    return np.where(error == 0, 0.0, np.where(distance > 0, error / np.where(distance > 0, distance, 1), np.inf))[()]


def _power(arguments, values, known, value):
    base, exponent = arguments[0], as_float(fmpq(arguments[1]))
    steepest = (abs(values[base]) + known[base]) ** (exponent - 1.0) if exponent > 1 else 1.0
    moved = np.where(np.asarray(known[base]) > 0, exponent * steepest * known[base], 0.0)[()]
    return moved + _own(value, abs(values[base]), exponent)


def _sqrt(arguments, values, known, value):
    error = known[arguments[0]]
    return _over(error, value + np.sqrt(np.maximum(values[arguments[0]] - error, 0))) + UNIT * abs(value)


def _surd(arguments, values, known, value):
    base, index = arguments
    return _of_exponential(values[base], known[base], 1 / index, UNIT, value)


def _pow(arguments, values, known, value):
    base, exponent = arguments
    return _of_exponential(values[base], known[base], values[exponent], known[exponent], value)


def _of_exponential(base, base_error, exponent, exponent_error, value):
    """The error of base^exponent = value."""
    size = abs(base)
    high, low = (size + base_error) ** exponent, np.maximum(size - base_error, 0) ** exponent
    passed = np.where(np.asarray(base_error) > 0, np.maximum(abs(high - abs(value)), abs(abs(value) - low)), 0.0)
    steep = np.where(size > 0, abs(np.log(np.where(size > 0, size, 1))), 0.0)
    return passed + abs(value) * steep * exponent_error + _own(value, size, 4)


def _log(arguments, values, known, value):
    error = known[arguments[0]]
    return _over(error, abs(values[arguments[0]]) - error) + UNIT * abs(value)


def _complement(arguments, values, known, value):
    x, exponent = arguments
    base = 1 - values[x]
    passed = _of_exponential(base, known[x], values[exponent], known[exponent], 1 - value) - 4 * UNIT * abs(1 - value)
    own = np.where(base >= 0, 4 * UNIT * abs(value), 4 * UNIT * (1 + abs(1 - value)))
    return passed + own


def _select(arguments, values, known, value):
    slack, rel, then, otherwise = arguments
    holds = values[slack] > 0 if rel == ">" else values[slack] >= 0
    unsure = (abs(values[slack]) <= known[slack]) & (np.asarray(known[slack]) > 0)
    return np.where(unsure, np.inf, np.where(holds, known[then], known[otherwise]))[()]


def _root(arguments, values, known, value):
    """What the coefficients' errors move a simple zero by; as it is polished, little else is left."""
    coefficients, moved, size, slope = arguments[2:], 0.0, 0.0, 0.0
    for k, register in enumerate(coefficients):
        power = abs(value) ** float(k)
        moved = moved + known[register] * power
        size = size + abs(values[register]) * power
        slope = slope + (k * values[register] * value ** (k - 1.0) if k else 0.0)
    unpolished = _over(2 * len(coefficients) * UNIT * size, abs(slope))
    left = _over(4 * unpolished * unpolished, abs(value))
    return _over(moved, abs(slope)) + left + 4 * UNIT * abs(value)


def _solve(arguments, values, known, value):
    """A system is solved once more, its parameters moved by their errors: no closed form is at hand."""
    system, place, *parameters = arguments
    moved = list(values)
    for sign, register in zip(np.resize([1.0, -1.0, -1.0, 1.0, 1.0], len(parameters)), parameters, strict=True):
        moved[register] = values[register] + sign * (known[register] + 2 * UNIT * abs(values[register]))
    there = evaluate("solve", (system, place, *parameters), moved)
    distance = 4 * abs(there - value) + 4 * UNIT * abs(value)
    return np.where(np.isfinite(distance), distance, np.inf)[()]


def _means(arguments, values, known, value):
    block, *outer = arguments
    return blocks.mean_errors(block, [values[i] for i in outer], [known[i] for i in outer], bounded)


def _minimise(arguments, values, known, value):
    block, names, *used = arguments
    return blocks.minimiser_errors(block, value, [values[i] for i in used], [known[i] for i in used], bounded)


def bounded(program, inputs, input_errors):
    """Every output of a program on arrays, and bounds of their errors."""
    values = registers(program, inputs)
    found = errors(program, values, input_errors)
    return [values[i] for i in program.outputs], [found[i] for i in program.outputs]


def _pick(arguments, values, known, value):
    return known[arguments[0]][arguments[1]]


ERRORS = {"const": _constant, "add": _sum, "sub": _difference, "mul": _product, "div": _quotient, "power": _power, "sqrt": _sqrt,
          "surd": _surd, "pow": _pow, "log": _log, "complement": _complement, "select": _select, "root": _root, "solve": _solve,
          "means": _means, "minimise": _minimise, "pick": _pick}
