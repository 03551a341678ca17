"""Numbers that a caller of the dense equivalents gives."""

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.errors import DomainError


def of_each(name, values, K, sign, one=False):
    """K numbers, or one for all."""
    values = numbers(name, values, sign=sign)
    if one and values.ndim == 0:
        values = np.full(K, values)
    if values.shape != (K,):
        raise DomainError(
            f"{name} has one number for each of the {K} sources; not shape {values.shape}"
        )
    return values


def number(name, value):
    """A finite number that is not negative, as a float."""
    return float(numbers(name, value, shape=(), sign="not negative"))
