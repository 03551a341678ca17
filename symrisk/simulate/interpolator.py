"""The pseudo-inverse of a design through the Cholesky factor of its smaller Gram matrix."""

import numpy as np

from symrisk.errors import DomainError

BLOCK = 64
SINGULAR = "X is not of full rank: its Gram matrix is not positive definite to working precision"


class MinNorm:
    """The pseudo-inverse X^+ of a design of full rank, kept as a factor of its smaller Gram matrix.

    `X` has shape (n, p).  For n <= p, X^+ = X' K^{-1} with K = X X'; for n > p, X^+ = K^{-1} X' with K = X'X.
    With K = L L', what is kept is S = L'^{-1}, so that K^{-1} = S S'; nothing is larger than X itself.

    >>> fit = MinNorm(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    >>> fit.coefficients(np.array([2.0, 6.0])).round(12).tolist()
    [1.0, 1.0, 3.0]
    >>> fit.project(np.array([1.0, 0.0, 0.0])).round(12).tolist()
    [0.5, 0.5, 0.0]
    >>> round(fit.noise_variance(), 12)                    # tr K^{-1} = 1/2 + 1/4
    0.75

    Raises `DomainError` where the rows (columns, for n > p) are linearly dependent to working precision.
    """

    def __init__(self, X):
        self.X = _finite("X", X)
        if self.X.ndim != 2:
            raise DomainError(f"X is an array of shape (n, p); not {self.X.shape}")
        self._dual = self.X.shape[0] <= self.X.shape[1]
        gram = self.X @ self.X.T if self._dual else self.X.T @ self.X
        self._factor = _inverse_cholesky(gram, max(self.X.shape))

    def coefficients(self, y):
        """X^+ y, of shape (p,) for labels `y` of shape (n,), and (p, m) for columns of labels (n, m)."""
        y = _finite("y", y, length=self.X.shape[0])
        return self.X.T @ self._solve(y) if self._dual else self._solve(self.X.T @ y)

    def project(self, v):
        """X^+ X v, of shape (p,): the projection of `v` on the row space, which is v itself for n >= p."""
        return self.coefficients(self.X @ _finite("v", v, length=self.X.shape[1]))

    def noise_variance(self, sigma_sq=1.0):
        """The trace of Cov(X^+ eps) for independent noise of variance `sigma_sq`, one for all or one a row.

        For n <= p it is sum_i sigma_i^2 (K^{-1})_ii.  Unit noise gives tr K^{-1} = |L^{-1}|_F^2 for all n, p.
        """
        sigma_sq, n = _finite("sigma_sq", sigma_sq), self.X.shape[0]
        if np.any(sigma_sq < 0) or sigma_sq.shape not in ((), (n,)):
            raise DomainError(f"sigma_sq is one variance >= 0, or one for each of {n} rows; not {sigma_sq}")
        root = self._factor if self._dual else (self.X @ self._factor) @ self._factor.T
        return float(np.sum(sigma_sq * np.sum(root**2, axis=1)))

    def _solve(self, b):
        return self._factor @ (self._factor.T @ b)


def _inverse_cholesky(gram, size):
    """S with S S' = gram^{-1}; pivots within size * eps of zero, relative to the diagonal, count as zero."""
    try:
        upper = np.linalg.cholesky(gram).T
    except np.linalg.LinAlgError:
        raise DomainError(SINGULAR) from None
    if np.any(np.diagonal(upper) ** 2 <= size * np.finfo(float).eps * np.diagonal(gram)):
        raise DomainError(SINGULAR)
    return _inverse_triangular(upper)


def _inverse_triangular(upper):
    # NumPy's inverse treats a triangular matrix as a full one; by halves it is three times faster.
    if len(upper) <= BLOCK:
        return np.linalg.inv(upper)
    half = len(upper) // 2
    first, last = _inverse_triangular(upper[:half, :half]), _inverse_triangular(upper[half:, half:])
    cross = -first @ (upper[:half, half:] @ last)
    return np.block([[first, cross], [np.zeros_like(cross.T), last]])


def _finite(name, value, length=None):
    array = np.asarray(value, dtype=float)
    if length is not None and (array.ndim == 0 or len(array) != length):
        raise DomainError(f"{name} has length {length}; not shape {array.shape}")
    if not np.all(np.isfinite(array)):
        raise DomainError(f"{name} holds a NaN or an infinity")
    return array
