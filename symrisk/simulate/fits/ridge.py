"""Ridge on pooled samples."""

from dataclasses import dataclass
from typing import Any

from symrisk.engine.arrays.given import numbers
from symrisk.simulate.fits.fit import RIDGE, Fit, stacked
from symrisk.simulate.fits.pseudo_inverse import PseudoInverse


@dataclass(frozen=True)
class Ridge(Fit):
    """theta_hat = (X'X + mu I)^{-1} X'y of all samples pooled, mu > 0 the absolute penalty.

    It minimises |y - X theta|^2 + mu |theta|^2: the penalty does not scale with the rows, and on
    the mean loss lam = mu/n.  It has one regime at all sizes, the peak included [hastie2022].

    >>> import numpy as np
    >>> Ridge(mu=25.0).coefficients(np.array([[3.0, 4.0]]), np.array([10.0])).round(12).tolist()
    [0.6, 0.8]

    Raises `DomainError` for a penalty that is not positive or not finite, and a design that is no
    finite matrix.
    """

    mu: Any

    def on(self, designs):
        mu = float(numbers("mu", self.mu, (), "positive"))
        return PseudoInverse(stacked(designs), mu)

    def regimes(self, sizes, p):
        return (RIDGE,)
