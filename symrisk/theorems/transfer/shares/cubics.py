"""Polynomials of degree three at most, on arrays: lists of coefficients, lowest power first."""

import numpy as np

HALVINGS = 50


def derivative(poly):
    """The coefficients of the derivative."""
    return [k * coefficient for k, coefficient in enumerate(poly)][1:]


def zeros(poly, most):
    """Every zero in [0, most] of polynomials of degree three at most, between the turns of each;
    an end where there is none.
    """
    c = [*poly, *[0 * most] * (4 - len(poly))]
    turns = []
    for turn in _quadratic(c[1], c[2], 3 * c[3]):
        # A turn that is not real is put at 0: the whole interval is one without turns.
        turns.append(np.nan_to_num(np.clip(turn, 0, most)))
    turns = np.sort(turns, axis=0)
    low = np.array([0 * most, *turns])
    high = np.array([*turns, most])
    rising = value_at(c, high) >= value_at(c, low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = (value_at(c, middle) > 0) == rising
        low = np.where(above, low, middle)
        high = np.where(above, middle, high)
    return (low + high) / 2


def _quadratic(c, half, a):
    """Zeros of c + 2 half x + a x^2, in the form that does not cancel; nan where they are not
    real.
    """
    with np.errstate(all="ignore"):
        root = np.sqrt(half * half - a * c)
        big = np.where(half >= 0, -(half + root), root - half)
        return big / a, c / big


def value_at(poly, x):
    """The value, by Horner's rule."""
    total = poly[-1] + 0 * x
    for c in poly[-2::-1]:
        total = total * x + c
    return total
