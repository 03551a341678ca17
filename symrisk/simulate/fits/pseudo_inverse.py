"""The pseudo-inverse of a design, with or without a penalty, through the Cholesky factor of its
smaller Gram matrix.
"""

import numpy as np

from symrisk.engine.arrays.cholesky import factor, lower_inverse
from symrisk.engine.arrays.given import numbers
from symrisk.engine.noun import cached_property
from symrisk.errors import DomainError
from symrisk.simulate.fits.linear import Linear, of_length


class PseudoInverse(Linear):
    """(X'X + mu I)^{-1} X' of a design, X^+ without a penalty, by its smaller Gram matrix.

    `X` has shape (n, p).  With K = X X' + mu I for n <= p the map is X' K^{-1}; with
    K = X'X + mu I for n > p it is K^{-1} X'.  Without a penalty what coefficients and noise need is
    S = L'^{-1} where K = L L', so that K^{-1} = S S'; nothing is larger than X itself, and the map
    is written out only where it is asked for.

    >>> fit = PseudoInverse(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    >>> fit.coefficients(np.array([2.0, 6.0])).round(12).tolist()
    [1.0, 1.0, 3.0]
    >>> fit.project(np.array([1.0, 0.0, 0.0])).round(12).tolist()
    [0.5, 0.5, 0.0]
    >>> round(fit.noise_variance(), 12)                    # tr K^{-1} = 1/2 + 1/4
    0.75
    >>> PseudoInverse(np.array([[3.0, 4.0]]), mu=25.0).coefficients([10.0]).round(12).tolist()
    [0.6, 0.8]

    Raises `DomainError` where K is singular to working precision: without a penalty, where the rows
    (columns, for n > p) are linearly dependent.
    """

    def __init__(self, X, mu=0.0):
        self.X = numbers("X", X, empty=True)
        self.mu = float(numbers("mu", mu, (), "not negative"))
        if self.X.ndim != 2:
            raise DomainError(f"X is an array of shape (n, p); not {self.X.shape}")
        self._dual = self.X.shape[0] <= self.X.shape[1]
        gram = self.X @ self.X.T if self._dual else self.X.T @ self.X
        if self.mu:
            gram[np.diag_indices(len(gram))] += self.mu
        self._gram, self._lower = gram, factor("X", gram, max(self.X.shape))

    @cached_property
    def matrix(self):
        if self._dual:
            return np.linalg.solve(self._gram, self.X).T
        return np.linalg.solve(self._gram, self.X.T)

    @cached_property
    def _factor(self):
        return lower_inverse(self._lower).T

    @property
    def rows(self):
        return self.X.shape[0]

    def coefficients(self, y):
        y = of_length("y", y, self.rows)
        if self.mu:
            # The noise under a penalty asks for the map itself.
            return self.matrix @ y
        return self.X.T @ self._solve(y) if self._dual else self._solve(self.X.T @ y)

    def project(self, v) -> np.ndarray:
        """A X v, of shape (p,): what the fit shows of coefficients `v`.

        Without a penalty it is the projection on the row space, `v` itself for n >= p.
        """
        return self.coefficients(self.X @ of_length("v", v, self.X.shape[1]))

    def influence(self, seen=None):
        # |X' K^{-1} e_i|^2 = (K^{-1})_ii where nothing penalises: no row of length p is formed.
        if seen is None and not self.mu:
            root = self._factor if self._dual else (self.X @ self._factor) @ self._factor.T
            return np.sum(root**2, axis=1)
        return super().influence(seen)

    def missed(self, designs, seen=None):
        # I - A X is a projection off the rows, plus mu K^{-1} on their span.
        if seen is None:
            beyond = max(self.X.shape[1] - self.rows, 0)
            shrunk = self.mu**2 * np.sum((self._factor @ self._factor.T) ** 2) if self.mu else 0.0
            return float(beyond + shrunk)
        return super().missed(designs, seen)

    def _solve(self, b):
        return self._factor @ (self._factor.T @ b)
