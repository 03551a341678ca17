"""Least squares on pooled samples, and nothing else."""

from dataclasses import dataclass

from symrisk.errors import DomainError
from symrisk.simulate.fits.fit import OLS, Fit, stacked
from symrisk.simulate.fits.pseudo_inverse import PseudoInverse


@dataclass(frozen=True)
class LeastSquares(Fit):
    """theta_hat = (X'X)^{-1} X'y of all samples pooled, where rows are no fewer than dimensions.

    It is `MinNorm` past the peak; below it, where least squares has many solutions, it refuses
    rather than choose one [muirhead1982].

    >>> import numpy as np
    >>> twice = np.array([[1.0], [1.0]])
    >>> LeastSquares().coefficients(twice, np.array([2.0, 4.0])).round(12).tolist()
    [3.0]
    >>> LeastSquares().coefficients(np.ones((1, 2)), np.ones(1))
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: least squares takes as many rows as dimensions at least; not 1 in 2

    Raises `DomainError` for fewer rows than dimensions, and where X'X is not positive definite.
    """

    def on(self, designs):
        X = stacked(designs)
        self._require_rows(*X.shape)
        return PseudoInverse(X)

    def regimes(self, sizes, p):
        self._require_rows(sum(sizes), p)
        return (OLS,)

    def _require_rows(self, n, p):
        if n < p:
            raise DomainError(
                f"least squares takes as many rows as dimensions at least; not {n} in {p}"
            )
