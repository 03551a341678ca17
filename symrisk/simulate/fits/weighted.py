"""A fit to weighted samples."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.simulate.fits.fit import Fit, samples
from symrisk.simulate.fits.linear import Linear, of_length


@dataclass(frozen=True)
class Weighted(Fit):
    """A fit in which sample k counts w_k times: rows and labels of sample k times w_k^{1/2}.

    Under a penalty it minimises sum_k w_k |y_k - X_k theta|^2 + mu |theta|^2.  An interpolator fits
    every label whatever it weighs, so that `MinNorm` below its peak does not know weights.

    >>> import numpy as np
    >>> from symrisk.simulate.fits.ridge import Ridge
    >>> two = [np.ones((1, 1)), np.ones((1, 1))]
    >>> Weighted((3.0, 1.0), Ridge(mu=4.0)).coefficients(two, [[2.0], [6.0]]).round(12).tolist()
    [1.5]

    Raises `DomainError` for a weight that is not positive, or not one a sample.
    """

    weights: Any
    fit: Fit

    def on(self, designs):
        designs = samples(designs)
        weights = numbers("weights", self.weights, (len(designs),), "positive")
        roots = np.sqrt(weights)
        scaled = [root * rows for root, rows in zip(roots, designs, strict=True)]
        return Reweighted(self.fit.on(scaled), np.repeat(roots, list(map(len, designs))))

    def regimes(self, sizes, p):
        return self.fit.regimes(sizes, p)


class Reweighted(Linear):
    """A map of labels that are scaled first, label i by `roots`[i].

    >>> import numpy as np
    >>> Reweighted(Linear(np.eye(2)), np.array([1.0, 3.0])).coefficients([2.0, 5.0]).tolist()
    [2.0, 15.0]
    """

    def __init__(self, inner: Linear, roots: np.ndarray):
        self._inner, self._roots = inner, roots

    @property
    def matrix(self):
        return self._inner.matrix * self._roots

    @property
    def rows(self):
        return len(self._roots)

    def coefficients(self, y):
        y = of_length("y", y, self.rows)
        return self._inner.coefficients((y.T * self._roots).T)

    def influence(self, seen=None):
        return self._roots**2 * self._inner.influence(seen)
