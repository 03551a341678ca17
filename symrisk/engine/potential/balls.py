"""The minimiser of a determinantal potential in balls: Newton's method from the floating-point one,
then Krawczyk's proof.

The unknowns are taken relative to where the search starts, so that they are all close to one
whatever their scales.  Where the pulls nearly fill the mass, the sum of the slopes stands in for
one of them: its terms are as small as it is.
"""

from collections.abc import Sequence
from math import exp, isfinite, log1p

import numpy as np
from flint import arb, arb_mat, ctx

from symrisk.engine.balls.krawczyk import enclosed, inverted, largest, times
from symrisk.engine.balls.precision import precision
from symrisk.engine.potential.arrays import WHOLE, Batch, solved
from symrisk.engine.potential.existence import Reach

SEARCH, CHEAP, FIRST, ROUGH = 64, 512, 96, 2.0**-20
STEPS, CLOSE = 60, 1e-4
NEARLY, ROOMY = 1e-3, 1e-2
GUARD = 24


class Atomic(Reach):
    """One potential in balls: lists over the atoms for the floor, each rate and the weights;
    mass; lists of costs and pulls.
    """

    def __init__(self, floor, rates, weights, mass, costs, pulls):
        self.floor, self.rates, self.weights, self.mass, self.costs, self.pulls = (
            floor,
            rates,
            weights,
            mass,
            costs,
            pulls,
        )
        self.unknowns = range(len(rates))

    def floats(self):
        """The same potential as arrays, a batch of one."""
        rows = [
            np.array([[float(x.mid()) for x in column]]) for column in (self.floor, *self.rates)
        ]
        mass, gap = (
            np.array([float(x.mid())]) for x in (self.mass, self.mass - sum(self.pulls, arb(0)))
        )
        return Batch(
            rows[0],
            rows[1:],
            np.array([float(x.mid()) for x in self.weights]),
            mass,
            *(np.array([[float(x.mid()) for x in column]]) for column in (self.costs, self.pulls)),
            gap,
        )

    def is_roomy(self):
        """Whether there are pulls, and they are far from filling the mass: then the slopes' sum
        does not cancel.
        """
        gap = self.mass - sum(self.pulls, arb(0))
        return all(pull > 0 for pull in self.pulls) and bool(abs(gap) > ROOMY * self.mass)

    def guess(self):
        """The minimiser for one mean atom, roughly: pulls over costs and mean rates."""
        columns = arb_mat([self.floor, *self.rates]) * arb_mat(len(self.weights), 1, self.weights)
        mean_floor, *means = (mean * self.mass for mean in columns.entries())
        gap = abs(self.mass - sum(self.pulls, arb(0)))
        return [
            arb((pull / cost if cost > 0 else pull * mean_floor / (mean * gap)).mid())
            for pull, cost, mean in zip(self.pulls, self.costs, means, strict=True)
        ]

    def reached(self, chosen: Sequence[int]) -> arb:
        if all(self.costs[k] > 0 for k in chosen):
            return arb("inf")
        return self._mass_of(self._where(self.rates[k] for k in chosen))

    def only(self, chosen: Sequence[int], others: Sequence[int]) -> arb:
        own = self._where(self.rates[k] for k in chosen)
        kept = self._where([self.floor, *(self.rates[k] for k in others)])
        return self._mass_of(a and not b for a, b in zip(own, kept, strict=True))

    def unreached(self) -> arb:
        """The mass of the atoms at which the floor and every rate vanish."""
        return self._mass_of(not held for held in self._where([self.floor, *self.rates]))

    def _where(self, columns):
        """Whether one of some columns does not vanish, atom by atom."""
        return [not all(x.is_zero() for x in row) for row in zip(*columns, strict=True)]

    def bounds(self, chosen):
        """(low, pulls of the chosen unknowns, high, whether low < pulls < high): as for arrays,
        what is not known to fail holding."""
        low, high = self.interval(chosen)
        total = sum((self.pulls[k] for k in chosen), arb(0))
        return low, total, high, not (total <= low or total >= high)

    def _mass_of(self, where):
        """The mass of some atoms; of all of them, the mass itself."""
        kept = [w for w, chosen in zip(self.weights, where, strict=True) if chosen]
        return self.mass if len(kept) == len(self.weights) else self.mass * sum(kept, arb(0))

    def summed(self, scales):
        """The sum of the slopes, times the unknowns, in the unknowns divided by `scales`: a
        function of (1/inside, unknowns) that gives it and its slopes, divided by the size of its
        terms."""
        rates = [
            [rate * scale for rate in column]
            for column, scale in zip(self.rates, scales, strict=True)
        ]
        costs = [cost * scale for cost, scale in zip(self.costs, scales, strict=True)]
        kept = [w * f * self.mass for w, f in zip(self.weights, self.floor, strict=True)]
        gap = self.mass - sum(self.pulls, arb(0))

        def row(inverse, x):
            rho = [k * i for k, i in zip(kept, inverse, strict=True)]
            total = (
                gap
                + sum((cost * y for cost, y in zip(costs, x, strict=True)), arb(0))
                - sum(rho, arb(0))
            )
            size = abs(gap) + sum(costs, arb(0))
            slopes = [
                cost
                + sum(
                    (r * i * rate for r, i, rate in zip(rho, inverse, column, strict=True)), arb(0)
                )
                for cost, column in zip(costs, rates, strict=True)
            ]
            return total / size, [slope / size for slope in slopes]

        return row

    def relative(self, scales, summed=None):
        """(system in the unknowns divided by `scales`): a function of balls that gives the slopes
        and their slopes; the row of the largest pull is `summed`, where given."""
        size, atoms = len(self.rates), len(self.weights)
        rates = [
            [rate * scale for rate in column]
            for column, scale in zip(self.rates, scales, strict=True)
        ]
        masses = [w * self.mass for w in self.weights]
        loads = [[m * r for m, r in zip(masses, column, strict=True)] for column in rates]
        pairs = [(k, m) for k in range(size) for m in range(k + 1)]
        across = arb_mat(atoms, size, [rates[k][j] for j in range(atoms) for k in range(size)])
        first = arb_mat(size, atoms, [x for column in loads for x in column])
        second = arb_mat(
            len(pairs), atoms, [loads[k][j] * rates[m][j] for k, m in pairs for j in range(atoms)]
        )
        costs = [cost * scale for cost, scale in zip(self.costs, scales, strict=True)]
        floor = arb_mat(atoms, 1, self.floor)
        largest = max(range(size), key=lambda k: float(self.pulls[k].mid()))

        def system(x):
            inside = floor + across * arb_mat(size, 1, x)
            inverse = [1 / y for y in inside.entries()]
            traces = (first * arb_mat(atoms, 1, inverse)).entries()
            curved = (second * arb_mat(atoms, 1, [i * i for i in inverse])).entries()
            slopes = [[arb(0)] * size for _ in range(size)]
            for (k, m), entry in zip(pairs, curved, strict=True):
                slopes[k][m] = slopes[m][k] = -entry
            for k in range(size):
                slopes[k][k] = slopes[k][k] + self.pulls[k] / (x[k] * x[k])
            values = [traces[k] + costs[k] - self.pulls[k] / x[k] for k in range(size)]
            if summed is not None:
                values[largest], slopes[largest] = summed(inverse, x)
            return values, slopes

        return system


def minimiser(potential):
    """A ball for each unknown, shown to hold the one minimiser; nan where that can't be shown at
    this precision.
    """
    found = _searched(potential) if potential.is_roomy() else None
    system, x, scales = found or _from_floats(potential) or (None, None, None)
    middle = None if system is None else _sharpened(system, x)
    boxes = None if middle is None else enclosed(system, middle)
    if boxes is None:
        return [arb("nan")] * len(potential.rates)
    return [box * scale for box, scale in zip(boxes, scales, strict=True)]


def _searched(potential):
    """(system, a point close to its solution, scales) by damped Newton steps in the logarithms, as
    in `engine.potential`.

    In balls, which one point fills better than it does an array: at 64 bits, or at the precision
    asked for where that costs little more, or 64 are not enough.  None where it does not settle.
    """
    goal = ctx.prec
    return (
        _searched_at(goal, potential)
        if goal <= CHEAP
        else _searched_at(SEARCH, potential) or _searched_at(goal, potential)
    )


def _searched_at(bits, potential):
    goal = ctx.prec
    with precision(bits):
        scales = potential.guess()
        system, x = potential.relative(scales), [arb(1)] * len(scales)
        for _ in range(STEPS):
            step = _log_step(*system(x), x)
            if step is None:
                return None
            spread = max(0, *step) - min(0, *step)
            length = 1 if spread <= WHOLE else log1p(spread) / spread
            x = [arb(float(y.mid()) * exp(length * s)) for y, s in zip(x, step, strict=True)]
            if spread <= CLOSE:
                break
        else:
            return None
    return system if goal == bits else potential.relative(scales), x, scales


def _log_step(values, slopes, x):
    """Newton's step in the logarithms, as floats; None where the system is singular to working
    precision.
    """
    size = range(len(x))
    gradient = [y * v for y, v in zip(x, values, strict=True)]
    hessian = [
        [slopes[k][m] * x[k] * x[m] + (gradient[k] if k == m else 0) for m in size] for k in size
    ]
    inverse = inverted(hessian)
    step = None if inverse is None else [-float(s.mid()) for s in times(inverse, gradient)]
    return step if step is not None and all(map(isfinite, step)) else None


def _from_floats(potential):
    """(system, a point close to its solution, scales) from the search on arrays, which keeps
    digits near the peak; or None.
    """
    floats = potential.floats()
    (found,), _ = solved(floats)
    if not np.isfinite(found).all():
        return None
    with np.errstate(all="ignore"):
        slopes, scales = floats.at(np.log(found)[:, None]), [arb(c) for c in found]
    is_near = slopes.total_size[0] < NEARLY * sum(slopes.sizes)[0]
    return (
        potential.relative(scales, potential.summed(scales) if is_near else None),
        [arb(1)] * len(scales),
        scales,
    )


def _sharpened(system, x):
    """Newton's steps from x, at a precision that doubles with the digits that are right; None where
    none is settled.

    Half the bits are enough, but for the guard bits that the goal has: the proof squares what is
    left.
    """
    goal, bits = ctx.prec, FIRST
    while True:
        bits = min(bits, goal)
        with precision(bits):
            values, slopes = system(x)
            inverse = inverted(slopes)
            step = None if inverse is None else times(inverse, values)
            settled = step is not None and all(s.rad() < ROUGH for s in step)
            x = [arb((a - s).mid()) for a, s in zip(x, step, strict=True)] if settled else x
        if bits == goal or (settled and 2 * min(bits, 2 * _bits_of(step)) >= goal - GUARD):
            return x if settled else None
        bits *= 2


def _bits_of(step):
    """How many bits a step leaves alone: minus its binary logarithm."""
    size = largest(step)
    return ctx.prec if size == 0 else -float(size.log() / arb.const_log2())
