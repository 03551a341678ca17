"""Krawczyk's operator in one complex unknown: a box that holds one zero of an analytic function,
and no other.

A function of a ball gives (its value, its slope) as balls, at the precision in force.  Between two
points of a box it changes by the mean of its slope along the line between them, which lies in the
box of its slopes, for boxes are convex.
"""

from collections.abc import Callable

from flint import acb, arb, ctx

CLOSE = 1e-12
SHARPENINGS, WIDENINGS = 64, 8


def sharpened(function: Callable, x: acb) -> acb | None:
    """Newton's steps at the middles until they stop shrinking; None where they do not settle."""
    last = None
    for _ in range(SHARPENINGS):
        value, slope = function(x)
        step = value / slope
        if not step.is_finite():
            return None
        x = acb((x - step).mid())
        size = abs(step).upper()
        if size == 0 or (last is not None and size >= last / 2 and size <= CLOSE * abs(x)):
            return x
        last = size
    return None


def enclosed(function: Callable, middle: acb) -> acb | None:
    """A box around `middle` that holds one zero; None where none can be shown.

    >>> enclosed(lambda x: (x * x + 1, 2 * x), acb(0, 1)).overlaps(acb(0, 1))
    True
    """
    value, slope = function(middle)
    inverse = acb((1 / slope).mid())
    if not inverse.is_finite() or inverse.is_zero():
        return None
    step = inverse * value
    radius = 4 * abs(step).upper() + abs(middle).upper() * arb(2) ** (4 - ctx.prec)
    for _ in range(WIDENINGS):
        spread = acb(arb(0, radius.upper()), arb(0, radius.upper()))
        box = middle + spread
        _, slopes = function(box)
        image = middle - step + (1 - inverse * slopes) * spread
        if box.contains_interior(image):
            return image
        radius = radius * 8
    return None
