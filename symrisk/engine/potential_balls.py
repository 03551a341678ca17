"""The minimiser of a determinantal potential in balls: Newton's method from the floating-point one, then Krawczyk's proof.

The unknowns are taken relative to where the search starts, so that they are all close to one whatever their scales.
"""

import numpy as np
from flint import arb, arb_mat, ctx

from symrisk.engine.krawczyk import enclosed, inverted, times
from symrisk.engine.potential import Batch, solved

FIRST = 96


class Atomic:
    """One potential in balls: lists over the atoms for the floor, each rate and the weights; mass, and lists of costs and pulls."""

    def __init__(self, floor, rates, weights, mass, costs, pulls):
        self.floor, self.rates, self.weights, self.mass, self.costs, self.pulls = floor, rates, weights, mass, costs, pulls

    def floats(self):
        """The same potential as arrays, a batch of one."""
        rows = [np.array([[float(x.mid()) for x in column]]) for column in (self.floor, *self.rates)]
        return Batch(rows[0], rows[1:], np.array([float(x.mid()) for x in self.weights]), np.array([float(self.mass.mid())]),
                     *(np.array([[float(x.mid()) for x in column]]) for column in (self.costs, self.pulls)))

    def relative(self, scales):
        """(system in the unknowns divided by `scales`): a function of balls that gives the slopes and their slopes."""
        size, atoms = len(self.rates), len(self.weights)
        rates = [[rate * scale for rate in column] for column, scale in zip(self.rates, scales, strict=True)]
        loads = [[w * r * self.mass for w, r in zip(self.weights, column, strict=True)] for column in rates]
        pairs = [(k, m) for k in range(size) for m in range(k + 1)]
        across = arb_mat(atoms, size, [rates[k][j] for j in range(atoms) for k in range(size)])
        first = arb_mat(size, atoms, [x for column in loads for x in column])
        second = arb_mat(len(pairs), atoms, [loads[k][j] * rates[m][j] for k, m in pairs for j in range(atoms)])
        costs = [cost * scale for cost, scale in zip(self.costs, scales, strict=True)]
        floor = arb_mat(atoms, 1, self.floor)

        def system(x):
            inside = floor + across * arb_mat(size, 1, x)
            inverse = [1 / inside[j, 0] for j in range(atoms)]
            traces = first * arb_mat(atoms, 1, inverse)
            curved = second * arb_mat(atoms, 1, [i * i for i in inverse])
            slopes = [[arb(0)] * size for _ in range(size)]
            for place, (k, m) in enumerate(pairs):
                slopes[k][m] = slopes[m][k] = -curved[place, 0]
            for k in range(size):
                slopes[k][k] = slopes[k][k] + self.pulls[k] / (x[k] * x[k])
            return [traces[k, 0] + costs[k] - self.pulls[k] / x[k] for k in range(size)], slopes
        return system


def minimiser(potential):
    """A ball for each unknown, shown to hold the one minimiser; nan where that can't be shown at this precision."""
    nothing = [arb("nan")] * len(potential.rates)
    found, _ = solved(potential.floats())
    if not np.isfinite(found).all():
        return nothing
    scales = [arb(c) for c in found[0]]
    system = potential.relative(scales)
    middle = _sharpened(system, len(scales))
    boxes = None if middle is None else enclosed(system, middle)
    return nothing if boxes is None else [box * scale for box, scale in zip(boxes, scales, strict=True)]


def _sharpened(system, size):
    """Newton's steps from ones, at a precision that doubles with the digits that are right."""
    x, goal, bits = [arb(1)] * size, ctx.prec, FIRST
    while True:
        bits = min(bits, goal)
        with ctx.workprec(bits):
            values, slopes = system(x)
            inverse = inverted(slopes)
            if inverse is None:
                return None
            x = [arb((a - b).mid()) for a, b in zip(x, times(inverse, values), strict=True)]
        if bits == goal:
            return x
        bits *= 2
