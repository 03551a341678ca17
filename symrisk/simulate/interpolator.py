"""The pseudo-inverse of a design through the Cholesky factor of its smaller Gram matrix."""

import numpy as np

from symrisk.engine.arrays.cholesky import factor, lower_inverse
from symrisk.engine.arrays.given import numbers
from symrisk.errors import DomainError


class MinNorm:
    """The pseudo-inverse X^+ of a design of full rank, kept as a factor of its smaller Gram matrix.

    `X` has shape (n, p).  For n <= p, X^+ = X' K^{-1} with K = X X'; for n > p, X^+ = K^{-1} X'
    with K = X'X. With K = L L', what is kept is S = L'^{-1}, so that K^{-1} = S S'; nothing is
    larger than X itself.

    >>> fit = MinNorm(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    >>> fit.coefficients(np.array([2.0, 6.0])).round(12).tolist()
    [1.0, 1.0, 3.0]
    >>> fit.project(np.array([1.0, 0.0, 0.0])).round(12).tolist()
    [0.5, 0.5, 0.0]
    >>> round(fit.noise_variance(), 12)                    # tr K^{-1} = 1/2 + 1/4
    0.75

    Raises `DomainError` where the rows (columns, for n > p) are linearly dependent to working
    precision.
    """

    def __init__(self, X):
        self.X = numbers("X", X, empty=True)
        if self.X.ndim != 2:
            raise DomainError(f"X is an array of shape (n, p); not {self.X.shape}")
        self._dual = self.X.shape[0] <= self.X.shape[1]
        gram = self.X @ self.X.T if self._dual else self.X.T @ self.X
        self._factor = lower_inverse(factor("X", gram, max(self.X.shape))).T

    def coefficients(self, y):
        """X^+ y, of shape (p,) for labels `y` of shape (n,), and (p, m) for columns of labels
        (n, m).
        """
        y = _of_length("y", y, self.X.shape[0])
        return self.X.T @ self._solve(y) if self._dual else self._solve(self.X.T @ y)

    def project(self, v):
        """X^+ X v, of shape (p,): the projection of `v` on the row space, which is v itself for
        n >= p.
        """
        return self.coefficients(self.X @ _of_length("v", v, self.X.shape[1]))

    def noise_variance(self, sigma_sq=1.0):
        """The trace of Cov(X^+ eps) for independent noise of variance `sigma_sq`, one for all or
        one a row.

        For n <= p it is sum_i sigma_i^2 (K^{-1})_ii.  Unit noise gives tr K^{-1} = |L^{-1}|_F^2 for
        all n, p.
        """
        sigma_sq, n = numbers("sigma_sq", sigma_sq, empty=True), self.X.shape[0]
        if np.any(sigma_sq < 0) or sigma_sq.shape not in ((), (n,)):
            raise DomainError(
                f"sigma_sq is one variance >= 0, or one for each of {n} rows; not {sigma_sq}"
            )
        root = self._factor if self._dual else (self.X @ self._factor) @ self._factor.T
        return float(np.sum(sigma_sq * np.sum(root**2, axis=1)))

    def _solve(self, b):
        return self._factor @ (self._factor.T @ b)


def _of_length(name, values, length):
    array = numbers(name, values, empty=True)
    if array.ndim == 0 or len(array) != length:
        raise DomainError(f"{name} has length {length}; not shape {array.shape}")
    return array
