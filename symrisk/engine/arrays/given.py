"""Arrays that a caller gives, as float64: of real, finite numbers, not empty; an error names the
first that is not.
"""

from decimal import Decimal
from numbers import Rational, Real

import numpy as np
import sympy

from symrisk.errors import ArgumentError, DomainError

LARGEST_WHOLE = 2**53
"""Every whole number up to it is a float; beyond it some are."""
ROUNDING = 1e-10
"""How far rounding may have left a matrix from symmetric and from semidefinite, relative to its
largest entry.
"""


def as_array(name, value):
    """A number or array as float64; ArgumentError for what is not real numbers, DomainError for
    an empty array.
    """
    if isinstance(value, (str, bytes, bytearray, memoryview, bool, type(None), complex, dict, set)):
        raise ArgumentError(f"{name}={value!r} is not a real number or an array of them")
    if isinstance(value, (Real, Decimal, sympy.Rational)) and not isinstance(value, np.generic):
        return _as_float(name, value)
    if isinstance(value, np.ma.MaskedArray):
        raise ArgumentError(f"{name} is a masked array; fill it, or leave the masked points out")
    array = _numpy(name, value)
    if array.dtype.kind == "O" and all(isinstance(v, Decimal) for v in array.flat):
        floats = [_as_float(name, number) for number in array.flat]
        array = np.reshape(np.array(floats), array.shape)
    if array.dtype.kind not in "fiu":
        raise ArgumentError(
            f"{name} is not made of real numbers: {type(value).__name__} of dtype {array.dtype}"
        )
    if array.size == 0:
        raise DomainError(f"{name} is an empty array of shape {array.shape}")
    if array.dtype.kind in "iu":
        for number in array[(array > LARGEST_WHOLE) | (array < -LARGEST_WHOLE)].flat:
            _as_float(name, int(number))
    return array.astype(float, copy=False)


def _as_float(name, value):
    """The nearest float; DomainError for a whole number that is none, and where nothing of the
    number would be left.
    """
    try:
        number = np.float64(value)
    except OverflowError as error:
        raise DomainError(f"{name} is too large for a float; use .digits") from error
    except ValueError as error:
        raise ArgumentError(f"{name}={value!r} is not a real number") from error
    if isinstance(value, Real) and not isinstance(value, Rational) or number != number:
        return number
    if np.isinf(number) and value not in (Decimal("Infinity"), -Decimal("Infinity")):
        raise DomainError(f"{name} is too large for a float; use .digits")
    if number == 0 and value != 0:
        raise DomainError(f"{name} is too small for a float; use .digits")
    if abs(number) >= LARGEST_WHOLE and np.isfinite(number) and int(number) != value:
        # A count is what it is: one more or less may be all that is left of p - n.
        raise DomainError(
            f"{name} is a whole number that no float holds, and the nearest one is {int(number)}: "
            f"give "
            "that, or use .digits"
        )
    return number


def _numpy(name, value):
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ArgumentError(f"{name} is not an array: {error}") from error


def numbers(name, values, shape=None, sign=None, empty=False):
    """Finite numbers, an array of their own: of a shape, and "positive" or "not negative", where
    these are asked for.
    """
    array = (
        np.zeros(np.shape(values))
        if empty and np.size(values) == 0
        else np.array(as_array(name, values))
    )
    if shape is not None and array.shape != shape:
        raise DomainError(
            f"{name} {f'has shape {shape}' if shape else 'is one number'}; not {array.shape}"
        )
    refuse(name, array, ~np.isfinite(array), "finite")
    if sign is not None:
        refuse(name, array, array <= 0 if sign == "positive" else array < 0, sign)
    return array


def refuse(name, array, offends, rule):
    """DomainError that says the rule and the first entry that offends against it; nothing where
    none does.
    """
    if np.any(offends):
        place = tuple(np.argwhere(offends)[0].tolist())
        at = f"{name}{list(place)} = " if place else f"{name}="
        raise DomainError(f"{name} is {rule}; not {at}{float(array[place])!r}")


def symmetric(name, values, p=None):
    """A matrix, (p, p), symmetric up to rounding and made so to the bit."""
    matrix = numbers(name, values)
    if matrix.ndim != 2 or matrix.shape != (p or len(matrix),) * 2:
        raise DomainError(
            f"{name} has shape (p, p){f' = {(p, p)}' if p else ''}; not {matrix.shape}"
        )
    apart = np.argwhere(np.abs(matrix - matrix.T) > ROUNDING * np.abs(matrix).max())
    if len(apart):
        i, j = apart[0].tolist()
        raise DomainError(
            f"{name} is symmetric; not with entries {float(matrix[i, j])!r} at {[i, j]} and "
            f"{float(matrix[j, i])!r} at {[j, i]}"
        )
    return matrix / 2 + matrix.T / 2


def require_semidefinite(name, eigenvalues):
    """Nothing where no eigenvalue is negative beyond rounding; else DomainError with the least."""
    if eigenvalues.min() < -ROUNDING * np.abs(eigenvalues).max():
        raise DomainError(
            f"{name} is positive semidefinite; not with an eigenvalue {eigenvalues.min():.6g}"
        )


def tolerance(p):
    """The share of the largest eigenvalue of a (p, p) matrix below which one counts as zero: p
    eps.
    """
    return p * float(np.finfo(float).eps)


def is_diagonal(matrix):
    """Whether all else is zero: what stands on the diagonal is then exact."""
    return np.count_nonzero(matrix) == np.count_nonzero(np.diagonal(matrix))


def cleared(eigenvalues, exact=False):
    """The eigenvalues of a semidefinite matrix, those that count as zero put to zero; exact ones
    count as what they are.
    """
    least = 0.0 if exact else tolerance(len(eigenvalues)) * eigenvalues.max()
    return np.where(eigenvalues > least, eigenvalues, 0.0)


def eigenvalues(name, values):
    """The eigenvalues of covariances, along the last axis: what rounding has left below zero is
    zero.

    Where one is below zero they are of rounding, and all that count as zero are put to zero; else
    each counts as what it is. DomainError for one that is negative beyond rounding.
    """
    array = numbers(name, values)
    size = array.shape[-1] if array.ndim else 1
    largest = np.abs(array).max(axis=-1, keepdims=True) if array.ndim else np.abs(array)
    refuse(name, array, array < -ROUNDING * largest, "not negative")
    rounded = np.any(array < 0, axis=-1, keepdims=True) if array.ndim else array < 0
    least = np.where(rounded, tolerance(size) * largest, 0.0)
    return np.where(array > least, array, 0.0)


def vary_along(names, arrays):
    """(shape, axes): the shape the arrays broadcast to, and for each a bit mask of the axes it
    varies along.
    """
    try:
        shape = np.broadcast_shapes(*(a.shape for a in arrays))
    except ValueError as error:
        shapes = ", ".join(f"{n}: {a.shape}" for n, a in zip(names, arrays, strict=True) if a.shape)
        raise DomainError(f"shapes do not broadcast: {shapes}") from error
    return shape, tuple(_mask(a, len(shape)) for a in arrays)


def _mask(array, ndim):
    return sum(1 << (ndim - array.ndim + axis) for axis, size in enumerate(array.shape) if size > 1)
