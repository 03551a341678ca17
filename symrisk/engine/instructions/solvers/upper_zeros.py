"""Zeros of a polynomial above the real axis: on arrays, and as balls that are shown to hold them.

Coefficients come lowest first, real or complex.  A zero on the axis itself is not above it: on
arrays that is told by Newton's steps, which change the imaginary part of a zero above the axis by
less and less, and leave nothing of that of a real one.
"""

from typing import Any

import numpy as np
from flint import acb, acb_poly, arb, ctx

from symrisk.engine.algebra.gaussian import imag, joined, real

STEPS = 4
CLOSE = 1e-6
"""A last correction, relative, that is not to be taken for rounding."""
SETTLED = 1e-3
"""The share of an imaginary part that the last step may still change, where it is one."""
SMALL = 1e-12
"""A residual, relative to the terms, that is one of rounding."""


def array_upper_zero(coefficients: list) -> Any:
    """The zero above the real axis at every point of arrays that broadcast together.

    nan where there is none, or several.

    >>> array_upper_zero([np.array([4.0, -4.0]), 0.0, 1.0]).imag
    array([ 2., nan])
    """
    shape = np.broadcast_shapes(*(np.shape(c) for c in coefficients))
    table = np.stack([np.broadcast_to(c, shape).ravel() for c in coefficients])
    with np.errstate(all="ignore"):
        found = _only_upper(table)
    return found.reshape(shape)[()]


def how_many(coefficients: list) -> int:
    """How many zeros are seen above the real axis at one point; coefficients: floats or balls."""
    numbers = [_middle(c) for c in coefficients]
    with np.errstate(all="ignore"):
        zeros, is_upper = _zeros(np.array(numbers)[:, None])
    return int(np.sum(is_upper[np.isfinite(zeros)]))


def _middle(number):
    if not isinstance(number, (arb, acb)):
        return number
    return complex(float(number.real.mid()), float(number.imag.mid()))


def _only_upper(table):
    """The only zero above the axis for each column of coefficients, or nan."""
    nothing = complex(np.nan, np.nan)
    if len(table) < 2:
        return np.full(table.shape[1], nothing)
    smaller = table[-1] == 0
    if smaller.any():
        found = np.empty(table.shape[1], complex)
        found[smaller] = _only_upper(table[:-1, smaller])
        found[~smaller] = _only_upper(table[:, ~smaller]) if not smaller.all() else nothing
        return found
    zeros, is_upper = _zeros(table)
    chosen = np.argmax(is_upper, axis=0)
    only = np.take_along_axis(zeros, chosen[None], axis=0)[0]
    return np.where(np.sum(is_upper, axis=0) == 1, only, nothing)


def _zeros(table):
    """(zeros, whether each is seen to lie above the axis), rows of as many as the degree."""
    while len(table) > 1 and np.all(table[-1] == 0):
        table = table[:-1]
    table = table / np.max(np.abs(table), axis=0)
    zeros, step = _polished(_first(table), table)
    size = _value(np.abs(table), np.abs(zeros))
    is_zero = np.abs(_value(table, zeros)) <= SMALL * size
    is_close = np.abs(step) <= CLOSE * np.abs(zeros)
    is_settled = np.abs(step.imag) <= SETTLED * zeros.imag
    return zeros, is_zero & is_close & is_settled & (zeros.imag > 0)


def _first(table):
    """All zeros, about: a quadratic's by formula, others as eigenvalues of a companion matrix."""
    degree = len(table) - 1
    if degree == 1:
        return (-table[0] / table[1])[None].astype(complex)
    if degree == 2:
        c, half, a = table[0], table[1] / 2, table[2]
        root = np.sqrt((half * half - a * c).astype(complex) + 0.0)
        # of the two signs that which does not cancel
        root = np.where((np.conj(half) * root).real >= 0, root, -root)
        big = -(half + root)
        return np.stack([big / a, np.where(big == 0, 0, c / np.where(big == 0, 1, big))])
    companion = np.zeros((table.shape[1], degree, degree), table.dtype)
    companion[:, np.arange(1, degree), np.arange(degree - 1)] = 1
    companion[:, :, -1] = -(table[:-1] / table[-1]).T
    sound = np.isfinite(companion).all(axis=(1, 2))
    companion[~sound] = 0
    zeros = np.linalg.eigvals(companion).astype(complex)
    zeros[~sound] = np.nan
    return zeros.T


def _polished(zeros, table):
    """(zeros after Newton's steps, the last step)."""
    slopes = table[1:] * np.arange(1, len(table))[:, None]
    step = np.zeros_like(zeros)
    for _ in range(STEPS):
        step = _value(table, zeros) / _value(slopes, zeros)
        step = np.where(np.isfinite(step) & (np.abs(step) <= np.abs(zeros)), step, 0)
        zeros = zeros - step
    return zeros, step


def _value(table, x):
    """The polynomials at rows of points, by Horner's rule."""
    total = 0 * x + table[-1]
    for row in table[-2::-1]:
        total = total * x + row
    return total


def ball_upper_zero(coefficients: list[acb], exact: list) -> acb:
    """A ball that holds the one zero above the real axis; nan where it is not shown to be there
    and the only one.

    All zeros are isolated, and all but one are shown not to lie above the axis.  exact: the
    coefficients as rational numbers, where they are known.

    >>> ball_upper_zero([acb(4), acb(0), acb(1)], [None]).imag.overlaps(arb(2))
    True
    """
    nothing = acb(arb("nan"), arb("nan"))
    coefficients = list(coefficients)
    while len(coefficients) > 1 and coefficients[-1].is_zero():
        coefficients.pop()
    if len(coefficients) < 2 or not all(c.is_finite() for c in coefficients):
        return nothing
    poly = acb_poly(coefficients)
    try:
        zeros = poly.roots(arb(2) ** -(ctx.prec // 2))
    except ValueError:
        return nothing
    above = [zero for zero in zeros if zero.imag > 0]
    unsure = [zero for zero in zeros if not zero.imag > 0 and not zero.imag < 0]
    are_real = all(c.imag.is_zero() for c in coefficients)
    if len(above) != 1 or not all(are_real and _is_real(zero, zeros) for zero in unsure):
        return nothing
    found = _refined(above[0], poly)
    return acb(0, found.imag) if _is_mirrored(exact) else found


def _is_real(zero, zeros):
    """Whether a ball that meets the axis holds a real zero of a real polynomial: its mirror image
    holds a zero as well, and no other ball can be that one's.
    """
    image = zero.conjugate()
    others = [other for other in zeros if other is not zero]
    return not any(image.overlaps(other) for other in others)


def _refined(zero, poly):
    """The isolated zero to working precision, by Newton's steps m - P(m)/P'(zero) in balls as long
    as they halve the radius.
    """
    slope = poly.derivative()
    while True:
        middle = acb(zero.mid())
        step = middle - poly(middle) / slope(zero)
        if not step.is_finite() or not step.rad() < zero.rad() / 2:
            return zero
        zero = step


def _is_mirrored(exact):
    """Whether the zeros lie symmetrically to the imaginary axis: then the only one above the real
    axis lies on it.

    So it is where the polynomial, conjugated and with -x for x, is a multiple of itself.
    """
    if None in exact:
        return False
    image = []
    for k, c in enumerate(exact):
        mirrored = joined(real(c), -imag(c))
        image.append(mirrored if k % 2 == 0 else -1 * mirrored)
    pivot = next(k for k, c in enumerate(exact) if c != 0)
    return all(c * image[pivot] == d * exact[pivot] for c, d in zip(exact, image, strict=True))
