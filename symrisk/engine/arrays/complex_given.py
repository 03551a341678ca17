"""Complex numbers that a caller gives, as two arrays of floats: their real and imaginary parts."""

from fractions import Fraction
from typing import Any

import numpy as np
import sympy

from symrisk.engine.arrays.given import as_array
from symrisk.engine.balls.complex_value import ComplexValue
from symrisk.engine.complex_text import exact_parts
from symrisk.errors import DomainError


def as_parts(name: str, value: Any) -> list[np.ndarray]:
    """The parts of a number or an array, each as float64; ArgumentError for what is no number.

    >>> [part.tolist() for part in as_parts("z", [1 + 2j, 3])], as_parts("z", "1+0.2i")
    ([[1.0, 3.0], [2.0, 0.0]], [np.float64(1.0), np.float64(0.2)])
    """
    if isinstance(value, (str, sympy.Expr)):
        # text and exact numbers: the nearest floats are taken
        numbers = [Fraction(int(part.p), int(part.q)) for part in exact_parts(name, value)]
        return [np.float64(as_array(name, number)) for number in numbers]
    if isinstance(value, (complex, ComplexValue)):
        value = np.complex128(complex(value))
    array = _as_complex(value)
    if array is None:
        real = as_array(name, value)
        return [real, np.zeros_like(real)]
    if array.size == 0:
        raise DomainError(f"{name} is an empty array of shape {array.shape}")
    array = array.astype(np.complex128, copy=False)
    return [np.array(array.real, order="C"), np.array(array.imag, order="C")]


def _as_complex(value):
    """An array of complex numbers, where that is what a value is; else None."""
    if isinstance(value, np.ma.MaskedArray):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind == "c" else None
