"""What may be put on a grid: real, finite, non-empty numbers, as float64 arrays."""

from numbers import Real

import numpy as np
import sympy

from symrisk.errors import ArgumentError, DomainError


def as_array(name, value):
    """A number or array as float64; ArgumentError for what is not real numbers, DomainError for an empty array."""
    if isinstance(value, (str, bytes, bytearray, memoryview, bool, type(None), complex, dict, set)):
        raise ArgumentError(f"{name}={value!r} is not a real number or an array of them")
    if isinstance(value, (Real, sympy.Rational)) and not isinstance(value, np.generic):
        return _as_float(name, value)
    if isinstance(value, np.ma.MaskedArray):
        raise ArgumentError(f"{name} is a masked array; fill it, or leave the masked points out")
    array = _numpy(name, value)
    if array.dtype.kind not in "fiu":
        raise ArgumentError(f"{name} is not made of real numbers: {type(value).__name__} of dtype {array.dtype}")
    if array.size == 0:
        raise DomainError(f"{name} is an empty array of shape {array.shape}")
    return array.astype(float, copy=False)


def _as_float(name, value):
    try:
        return np.float64(value)
    except OverflowError as error:
        raise DomainError(f"{name} is too large for a float; use .digits") from error


def _numpy(name, value):
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ArgumentError(f"{name} is not an array: {error}") from error


def vary_along(names, arrays):
    """(shape, axes): the shape the arrays broadcast to, and for each a bit mask of the axes it varies along."""
    try:
        shape = np.broadcast_shapes(*(a.shape for a in arrays))
    except ValueError as error:
        shapes = ", ".join(f"{n}: {a.shape}" for n, a in zip(names, arrays, strict=True) if a.shape)
        raise DomainError(f"shapes do not broadcast: {shapes}") from error
    return shape, tuple(_mask(a, len(shape)) for a in arrays)


def _mask(array, ndim):
    return sum(1 << (ndim - array.ndim + axis) for axis, size in enumerate(array.shape) if size > 1)
