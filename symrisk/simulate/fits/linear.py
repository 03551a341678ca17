"""Fits already made: linear maps from labels to coefficients.

theta_hat = A y.  What the labels' noise adds to the risk on a target with covariance Sigma_0 is
then exact, sum_i sigma_i^2 |A e_i|^2_{Sigma_0}: a replicate never draws it.
"""

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.errors import DomainError
from symrisk.simulate.diagonal import applied_in_blocks


class Linear:
    """The map y -> A y of a fit to given rows, `matrix` of shape (p, n).

    Subclasses that know the map in another form override what they can say in fewer steps.

    >>> average = Linear(np.full((1, 4), 0.25))
    >>> average.coefficients(np.array([1.0, 2.0, 3.0, 6.0])).tolist()
    [3.0]
    >>> average.noise_variance(sigma_sq=2.0)
    0.5

    Raises `DomainError` for a map, labels or variances of another shape, or not finite.
    """

    def __init__(self, matrix):
        self._matrix = numbers("matrix", matrix, empty=True)
        if self._matrix.ndim != 2:
            raise DomainError(f"matrix has shape (p, n); not {self._matrix.shape}")

    @property
    def matrix(self) -> np.ndarray:
        """A, of shape (p, n): row i of its transpose is what a unit of label i adds to the fit."""
        return self._matrix

    @property
    def rows(self) -> int:
        """How many labels it takes."""
        return self._matrix.shape[1]

    def coefficients(self, y) -> np.ndarray:
        """A y, of shape (p,) for labels `y` of shape (n,), and (p, m) for m columns of labels."""
        return self.matrix @ of_length("y", y, self.rows)

    def influence(self, seen=None) -> np.ndarray:
        """|A e_i|^2 in the target's norm, of shape (n,): what a unit of noise on label i adds.

        seen: a root R of R R' = Sigma_0, a matrix or the vector of a diagonal; None for the
        identity.  One of a fraction of the length p stands for as many equal blocks.
        """
        if seen is None:
            return np.sum(self.matrix**2, axis=0)
        return np.sum(applied_in_blocks(self.matrix.T, seen) ** 2, axis=1)

    def noise_variance(self, sigma_sq=1.0, seen=None) -> float:
        """The trace of Cov(A eps) in the target's norm, for independent noise of variance
        `sigma_sq`, one for all or one a row.
        """
        sigma_sq = numbers("sigma_sq", sigma_sq, empty=True)
        if np.any(sigma_sq < 0) or sigma_sq.shape not in ((), (self.rows,)):
            raise DomainError(
                f"sigma_sq is one variance >= 0, or one for each of {self.rows} rows; not "
                f"{sigma_sq}"
            )
        return float(np.sum(sigma_sq * self.influence(seen)))

    def missed(self, designs, seen=None) -> float:
        """tr (A X - I)' Sigma_0 (A X - I): p times what the noiseless fit misses of a signal that
        is spread evenly.

        designs: the rows of each sample that it was fitted to.
        """
        errors = self.coefficients(np.vstack(designs))
        errors[np.diag_indices(len(errors))] -= 1
        seen_errors = errors if seen is None else applied_in_blocks(errors.T, seen)
        return float(np.sum(seen_errors**2))


def of_length(name, values, length) -> np.ndarray:
    """Finite numbers along a first axis of a given length; DomainError for another."""
    array = numbers(name, values, empty=True)
    if array.ndim == 0 or len(array) != length:
        raise DomainError(f"{name} has length {length}; not shape {array.shape}")
    return array
