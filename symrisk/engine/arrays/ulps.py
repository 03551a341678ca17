"""What rounding costs: of one operation, in units of the last digit, and how errors are passed on.

Values are floats or arrays; a bound may be far too large, and is infinite where it can't be told.
"""

from typing import Any

import numpy as np

from symrisk.engine.arrays.spread import every
from symrisk.engine.potential.arrays import UNIT

SMALLEST_NORMAL, SMALLEST = 2.0**-1022, 2.0**-1074


def of_sum(first: Any, second: Any, total: Any) -> Any:
    """The rounding of first + second = total, to the bit (Knuth).

    >>> of_sum(1.0, 2.0**-60, 1.0) == 2.0**-60
    True
    """
    part = total - first
    return abs((first - (total - part)) + (second - part))


def of_product(value: Any, factor: Any, units: float = 1) -> Any:
    """What rounding costs a product: units of its last digit, and all digits where it is too small
    for a float, the factor being none of it.

    >>> float(of_product(1.0, 1.0)) == 2.0**-53, float(of_product(0.0, 1e-300)) == 2.0**-1074
    (True, True)
    """
    size = abs(value)
    if every(size >= SMALLEST_NORMAL):
        return units * UNIT * size
    is_lost = (size < SMALLEST_NORMAL) & (factor > 0)
    return units * UNIT * size + np.where(is_lost, SMALLEST, 0.0)[()]


def over(error: Any, distance: Any) -> Any:
    """error/distance: infinite where the distance is none, zero where there is no error.

    >>> over(1.0, 4.0), over(1.0, 0.0), over(0.0, 0.0)
    (0.25, inf, 0.0)
    """
    if isinstance(error, float) and isinstance(distance, float):
        if distance > 0:
            return error / distance
        return 0.0 if error == 0 else np.inf
    known = error / np.where(distance > 0, distance, 1)
    return np.where(error == 0, 0.0, np.where(distance > 0, known, np.inf))[()]


def of_exponential(
    base: Any, base_error: Any, exponent: Any, exponent_error: Any, value: Any
) -> Any:
    """The error of base^exponent = value.

    >>> float(of_exponential(4.0, 0.5, 0.5, 0.0, 2.0)) > 2 - 3.5**0.5
    True
    """
    size, found = abs(base), abs(value)
    high = (size + base_error) ** exponent
    low = np.maximum(size - base_error, 0) ** exponent
    farthest = np.maximum(abs(high - found), abs(found - low))
    passed = np.where(np.asarray(base_error) > 0, farthest, 0.0)
    steep = np.where(size > 0, abs(np.log(np.where(size > 0, size, 1))), 0.0)
    return passed + found * steep * exponent_error + of_product(value, size, 4)
