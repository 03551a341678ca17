"""A weighted sum of fits, one to each sample."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.simulate.fits.fit import Fit, samples
from symrisk.simulate.fits.linear import Linear, of_length
from symrisk.simulate.fits.min_norm import MinNorm


@dataclass(frozen=True)
class Fused(Fit):
    """theta_hat = sum_k w_k theta_hat_k: late fusion of one fit a sample, min-norm by default.

    Weights are any numbers, and need not sum to one.  Each sample has a regime of its own.

    >>> import numpy as np
    >>> two = [np.array([[1.0]]), np.array([[2.0]])]
    >>> Fused((0.25, 0.75)).coefficients(two, [[4.0], [4.0]]).round(12).tolist()
    [2.5]
    >>> Fused((0.5, 0.5)).regimes((10, 90), p=60)
    ('ridgeless', 'ols')

    Raises `DomainError` for weights that are not one a sample.
    """

    weights: Any
    fit: Fit = MinNorm()

    def on(self, designs):
        designs = samples(designs)
        weights = numbers("weights", self.weights, (len(designs),))
        return Summed(weights, [self.fit.on([rows]) for rows in designs])

    def regimes(self, sizes, p):
        found = []
        for size in sizes:
            found += self.fit.regimes((size,), p)
        return tuple(found)


class Summed(Linear):
    """A weighted sum of maps, each of its own part of the labels.

    >>> import numpy as np
    >>> both = Summed([0.5, 2.0], [Linear(np.ones((1, 2))), Linear(np.ones((1, 1)))])
    >>> both.coefficients([1.0, 3.0, 10.0]).tolist(), both.influence().tolist()
    ([22.0], [0.25, 0.25, 4.0])
    """

    def __init__(self, weights, parts):
        self._weights, self._parts = weights, parts

    @property
    def matrix(self):
        return np.hstack([w * part.matrix for w, part in self._weighted()])

    @property
    def rows(self):
        return sum(part.rows for part in self._parts)

    def coefficients(self, y):
        y, first, total = of_length("y", y, self.rows), 0, 0.0
        for w, part in self._weighted():
            total = total + w * part.coefficients(y[first : first + part.rows])
            first += part.rows
        return total

    def influence(self, seen=None):
        return np.concatenate([w**2 * part.influence(seen) for w, part in self._weighted()])

    def _weighted(self):
        return zip(self._weights, self._parts, strict=True)
