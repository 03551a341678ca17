"""The zero of a polynomial in an interval: exactly where rational, as a ball, and on arrays.

Coefficients come lowest first.  The interval (lo, hi) holds exactly one zero; None stands for an infinite end.
"""

import numpy as np
from flint import acb_poly, arb, fmpq_poly

from symrisk.errors import NotConverged


def exact_root(between, coefficients):
    """The zero as a rational number, or None where it is not rational."""
    if None in coefficients:
        return None
    _, factors = fmpq_poly(coefficients).factor()
    zeros = [-poly[0] / poly[1] for poly, _ in factors if poly.degree() == 1]
    inside = [z for z in zeros if _inside(z, between)]
    return inside[0] if len(inside) == 1 else None


def _inside(z, between):
    low, high = between
    return (low is None or z > low) and (high is None or z < high)


def ball_root(between, coefficients):
    """An enclosure of the one real zero in the interval: simple roots isolated by ball arithmetic."""
    if len(coefficients) == 3:
        return _ball_quadratic(between, coefficients)
    try:
        zeros = acb_poly(coefficients).roots()
    except ValueError:
        return arb("nan")
    inside = [z.real for z in zeros if z.imag.contains(0) and not _outside(z.real, between)]
    return inside[0] if len(inside) == 1 else arb("nan")


def _outside(z, between):
    low, high = between
    return (low is not None and bool(z < low)) or (high is not None and bool(z > high))


def _ball_quadratic(between, coefficients):
    inside = [z for z in _quadratic(coefficients, lambda x: x.sqrt()) if z.is_finite() and not _outside(z, between)]
    return inside[0] if len(inside) == 1 else arb("nan")


def _quadratic(coefficients, sqrt):
    """Both zeros of c + b x + a x^2, each in the form that does not cancel, as the sign of b says."""
    c, b, a = coefficients
    half = b / 2
    root = sqrt(half * half - a * c)
    big = -(half + root) if half >= 0 else root - half
    return big / a, c / big


def array_root(between, coefficients):
    """The zero at every point of arrays that broadcast together; NotConverged where none is found."""
    shape = np.broadcast_shapes(*(np.shape(c) for c in coefficients), *(np.shape(e) for e in between if e is not None))
    coefficients = [np.broadcast_to(np.asarray(c, float), shape) for c in coefficients]
    low, high = (None if e is None else np.broadcast_to(np.asarray(e, float), shape) for e in between)
    if len(coefficients) <= 3:
        return _array_quadratic(low, high, coefficients)
    return _bracketed(*_bracket(low, high, coefficients), coefficients)


def _array_quadratic(low, high, coefficients):
    c, b, a = (*coefficients, np.zeros_like(coefficients[0]))[:3]
    half = b / 2
    root = np.sqrt(np.maximum(half * half - a * c, 0))
    big = np.where(half >= 0, -(half + root), root - half)
    first, second = big / a, c / big
    return np.where(_is_inside(first, low, high), first, second)


def _is_inside(z, low, high):
    inside = np.isfinite(z)
    if low is not None:
        inside &= z > low
    if high is not None:
        inside &= z < high
    return inside


def _bracket(low, high, coefficients):
    """Finite ends: Cauchy's bound 1 + max|c_k/c_d| holds every zero."""
    reach = 1 + np.max([np.abs(c / coefficients[-1]) for c in coefficients[:-1]], axis=0)
    return np.array(-reach if low is None else low), np.array(reach if high is None else high)


def _bracketed(low, high, coefficients, steps=200):
    """Newton's step where it stays inside the bracket, bisection elsewhere."""
    slope = [k * c for k, c in enumerate(coefficients)][1:]
    rising = _horner(coefficients, high) >= _horner(coefficients, low)
    x = (low + high) / 2
    for _ in range(steps):
        value = _horner(coefficients, x)
        above = (value > 0) == rising
        low, high = np.where(above, low, x), np.where(above, x, high)
        newton = x - value / _horner(slope, x)
        middle = (low + high) / 2
        following = np.where((newton > low) & (newton < high), newton, middle)
        if np.all((following == x) | (high - low <= np.spacing(np.abs(x)))):
            break
        x = following
    return _checked(x, coefficients)


def _horner(coefficients, x):
    total = 0 * x + coefficients[-1]
    for c in reversed(coefficients[:-1]):
        total = total * x + c
    return total


def _checked(x, coefficients):
    """Judge by the residual, relative to the size of the terms that make it up."""
    size = _horner([np.abs(c) for c in coefficients], np.abs(x))
    residual = np.max(np.abs(_horner(coefficients, x)) / size, initial=0)
    if not residual <= 1e-12:
        raise NotConverged(f"a polynomial's root was not reached: relative residual {residual:.1e}")
    return x
