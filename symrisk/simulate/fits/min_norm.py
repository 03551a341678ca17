"""The interpolator of least norm, and least squares beyond its peak."""

from dataclasses import dataclass

from symrisk.simulate.fits.fit import Fit, stacked, unpenalised
from symrisk.simulate.fits.pseudo_inverse import PseudoInverse


@dataclass(frozen=True)
class MinNorm(Fit):
    """theta_hat = X^+ y of all samples pooled: the interpolator of least norm while n < p.

    From n = p on the same map is least squares, its second regime; between them, at the peak, the
    noise has no finite expectation.  For a design of full rank it equals ``np.linalg.pinv(X) @ y``;
    without rows it is zero [hastie2022].

    >>> import numpy as np
    >>> MinNorm().coefficients(np.array([[3.0, 4.0]]), np.array([5.0])).round(12).tolist()
    [0.6, 0.8]
    >>> MinNorm().coefficients(np.zeros((0, 2)), np.zeros(0)).tolist()
    [0.0, 0.0]
    >>> MinNorm().regimes((10, 20), p=60), MinNorm().regimes((50, 20), p=60)
    (('ridgeless',), ('ols',))

    Raises `DomainError` where X X' (X'X, for n > p) is not positive definite, and for shapes that
    do not fit.
    """

    def on(self, designs):
        return PseudoInverse(stacked(designs))

    def regimes(self, sizes, p):
        return (unpenalised(sum(sizes), p),)
