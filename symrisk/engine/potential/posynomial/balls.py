"""The minimiser of a potential of products of powers in balls: Newton's method, then Krawczyk's
proof.

A zero of the slopes that is shown to exist is the minimiser, for the potential is convex; and the
only one, for the Hessian is shown to be regular there.  The unknowns are taken relative to where
the search ends, so that they are all close to one.
"""

from collections.abc import Sequence
from math import exp, isfinite, log1p

import numpy as np
from flint import arb

from symrisk.engine.balls.krawczyk import enclosed, inverted, sharpened, times
from symrisk.engine.potential.posynomial.arrays import WHOLE, Batch, solved, start
from symrisk.engine.potential.posynomial.shape import Shape, edges

STEPS, CLOSE = 100, 1e-4


class Boxed:
    """One potential in balls: for each logarithm a row of coefficients an atom, and the weights of
    its law; masses, costs, pulls.
    """

    def __init__(
        self,
        shape: Shape,
        rows: Sequence,
        weights: Sequence,
        masses: Sequence,
        costs: Sequence,
        pulls: Sequence,
    ):
        self.shape, self.rows, self.weights = shape, rows, weights
        self.masses, self.costs, self.pulls = masses, costs, pulls

    def floats(self) -> Batch:
        """The same potential as arrays, a batch of one."""
        tables, weights = [], []
        for rows, shares in zip(self.rows, self.weights, strict=True):
            columns = zip(*rows, strict=True)
            tables.append([np.array([[float(x.mid()) for x in column]]) for column in columns])
            weights.append(np.array([float(share.mid()) for share in shares]))
        numbers = []
        for part in (self.masses, self.costs, self.pulls):
            numbers.append(np.array([float(x.mid()) for x in part]).reshape(1, -1))
        return Batch(self.shape, tables, weights, *numbers)

    def is_defined(self) -> bool:
        """Whether no mass, cost or coefficient is negative, and no logarithm is of zero."""
        numbers = [*self.masses, *self.costs]
        for rows in self.rows:
            for row in rows:
                numbers += row
                if not sum(row, arb(0)) > 0:
                    return False
        return all(number >= 0 for number in numbers)

    def rise(self, edge: Sequence[int]) -> arb:
        """How much the potential rises along an edge in the end, a unit of it."""
        for cost, powers in zip(self.costs, self.shape.costs, strict=True):
            if not cost.is_zero() and _along(powers, edge) > 0:
                return arb("inf")
        total = arb(0)
        for j, powers in enumerate(self.shape.logarithms):
            steps = [_along(power, edge) for power in powers]
            highest = []
            for row in self.rows[j]:
                there = [step for q, step in zip(row, steps, strict=True) if not q.is_zero()]
                highest.append(max(there, default=min(steps)))
            if min(highest) == max(highest):
                total += self.masses[j] * highest[0]
                continue
            for weight, step in zip(self.weights[j], highest, strict=True):
                total += self.masses[j] * weight * step
        for pull, step in zip(self.pulls, edge, strict=True):
            total -= pull * step
        return total

    def fails(self, edge: Sequence[int]) -> bool:
        """Whether it is known not to rise along an edge."""
        return bool(self.rise(edge) <= 0)

    def relative(self, scales: Sequence):
        """The slopes in log c, and their slopes in y, as a function of y = c/scales."""
        size, bends = range(self.shape.size), self.shape.bends
        tables = []
        for rows, powers in zip(self.rows, self.shape.logarithms, strict=True):
            factors = [product(scales, power) for power in powers]
            table = []
            for row in rows:
                table.append([q * factor for q, factor in zip(row, factors, strict=True)])
            tables.append(table)
        costs = []
        for cost, power in zip(self.costs, self.shape.costs, strict=True):
            costs.append(cost * product(scales, power))

        def system(y):
            values, weights = [-pull for pull in self.pulls], []
            for j, powers in enumerate(self.shape.logarithms):
                letters = [product(y, power) for power in powers]
                means, pairs = _moments(tables[j], letters, self.weights[j])
                for part, power in zip(means, powers, strict=True):
                    for k in size:
                        if power[k]:
                            values[k] += self.masses[j] * part * power[k]
                weights += [self.masses[j] * pair for pair in pairs]
            for cost, power in zip(costs, self.shape.costs, strict=True):
                paid = cost * product(y, power)
                weights.append(paid)
                for k in size:
                    if power[k]:
                        values[k] += paid * power[k]
            slopes = [[arb(0) for _ in size] for _ in size]
            for weight, bend in zip(weights, bends, strict=True):
                for k in size:
                    for m in size:
                        if bend[k] and bend[m]:
                            slopes[k][m] += weight * (bend[k] * bend[m]) / y[m]
            return values, slopes

        return system


def _moments(table, letters, weights):
    """(the means of the shares, those of the products of two of them)."""
    count = len(letters)
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    means, products = [arb(0)] * count, [arb(0)] * len(pairs)
    for row, weight in zip(table, weights, strict=True):
        parts = [q * letter for q, letter in zip(row, letters, strict=True)]
        inverse = 1 / sum(parts, arb(0))
        shares = [part * inverse for part in parts]
        weighed = [weight * share for share in shares]
        means = [total + share for total, share in zip(means, weighed, strict=True)]
        products = [
            total + weighed[a] * shares[b] for total, (a, b) in zip(products, pairs, strict=True)
        ]
    return means, products


def product(numbers: Sequence, powers: Sequence[int]) -> arb:
    """A product of whole powers of balls."""
    found = arb(1)
    for number, power in zip(numbers, powers, strict=True):
        if power:
            found *= number**power
    return found


def minimiser(potential: Boxed) -> list[arb]:
    """A ball for each unknown, shown to hold the one minimiser; nan where that can't be shown at
    this precision.
    """
    nothing = [arb("nan")] * potential.shape.size
    if not potential.is_defined():
        return nothing
    if any(potential.fails(edge) for edge in edges(potential.shape)):
        return nothing
    (found,) = solved(potential.floats())
    scales = [arb(c) for c in found] if _are_scales(found) else _searched(potential)
    if scales is None:
        return nothing
    system = potential.relative(scales)
    middle = sharpened(system, [arb(1)] * len(scales))
    boxes = None if middle is None else enclosed(system, middle)
    if boxes is None or not all(box > 0 for box in boxes):
        return nothing
    return [box * scale for box, scale in zip(boxes, scales, strict=True)]


def _are_scales(found):
    return bool(np.isfinite(found).all() and (found > 0).all())


def _searched(potential):
    """A point close to the minimiser by damped Newton steps in balls, where floats do not get
    there; None where it does not settle.
    """
    with np.errstate(all="ignore"):
        (x,) = start(potential.floats())
    if not np.isfinite(x).all():
        return None
    scales, size = [arb(level).exp() for level in x], range(potential.shape.size)
    for _ in range(STEPS):
        values, slopes = potential.relative(scales)([arb(1)] * len(scales))
        inverse = inverted([[arb(entry.mid()) for entry in row] for row in slopes])
        if inverse is None:
            return None
        step = [-float(s.mid()) for s in times(inverse, values)]
        if not all(map(isfinite, step)):
            return None
        along = [abs(sum(b[k] * step[k] for k in size)) for b in potential.shape.bends]
        largest = max(along)
        length = 1.0 if largest <= WHOLE else log1p(largest) / largest
        moved = zip(scales, step, strict=True)
        scales = [arb((scale * exp(length * s)).mid()) for scale, s in moved]
        if max(map(abs, step)) <= CLOSE:
            return scales
    return None


def _along(powers, edge):
    return sum(power * step for power, step in zip(powers, edge, strict=True))
