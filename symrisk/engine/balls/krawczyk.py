"""Krawczyk's operator: a box that holds one solution of a system of equations, and no other.

A system is a function of a list of balls that gives (values, rows of slopes) as balls, at the
precision in force.
"""

from functools import reduce

from flint import arb, arb_mat, ctx

CLOSE = 1e-12
SHARPENINGS, WIDENINGS = 64, 8


def sharpened(system, x):
    """Newton's steps at the middles until they stop shrinking; None where they do not settle."""
    last = None
    for _ in range(SHARPENINGS):
        values, slopes = system(x)
        inverse = inverted(slopes)
        if inverse is None:
            return None
        step = times(inverse, values)
        x = [arb((a - b).mid()) for a, b in zip(x, step, strict=True)]
        size = largest(step)
        if size == 0 or (last is not None and size >= last / 2 and size < CLOSE):
            return x
        last = size
    return None


def enclosed(system, middle):
    """Boxes around `middle` that hold one solution: the operator maps them into their inside.
    None where none can be shown.
    """
    values, slopes = system(middle)
    inverse = inverted([[arb(entry.mid()) for entry in row] for row in slopes])
    if inverse is None:
        return None
    step = times(inverse, values)
    radius = 4 * largest(step) + largest(middle) * arb(2) ** (4 - ctx.prec)
    for _ in range(WIDENINGS):
        box = [m + arb(0, radius.upper()) for m in middle]
        image = _image(system, box, middle, step, inverse)
        if all(b.contains_interior(i) for b, i in zip(box, image, strict=True)):
            return image
        radius = radius * 8
    return None


def _image(system, box, middle, step, inverse):
    _, slopes = system(box)
    size = len(middle)
    rest = [
        [
            arb(int(i == j)) - sum((inverse[i, k] * slopes[k][j] for k in range(size)), arb(0))
            for j in range(size)
        ]
        for i in range(size)
    ]
    spread = [b - m for b, m in zip(box, middle, strict=True)]
    return [
        m - s + sum((r * d for r, d in zip(row, spread, strict=True)), arb(0))
        for m, s, row in zip(middle, step, rest, strict=True)
    ]


def largest(balls):
    """An upper bound of their moduli."""
    return reduce(lambda a, b: a if a >= b else b, (abs(ball).upper() for ball in balls))


def inverted(rows):
    """The inverse of a matrix of balls, or None where it is not shown to have one."""
    try:
        return arb_mat(rows).inv()
    except ZeroDivisionError:
        return None


def times(matrix, vector):
    """A matrix times a vector."""
    size = len(vector)
    return [sum((matrix[i, k] * vector[k] for k in range(size)), arb(0)) for i in range(size)]
