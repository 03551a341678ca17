"""Pooled ridge under concept shift: replicates for a simulation.

With P = X'X, A = (P + mu I)^{-1} and labels y_1 = X_1 (theta_2 + delta) + eps_1, y_2 = X_2 theta_2 + eps_2, the fit errs by

    A X'y - theta_2  =  -mu A theta_2  +  A X_1' X_1 delta  +  A X' eps.

Replicates average over the label noise exactly: its part is sum_i sigma_i^2 |A x_i|^2.  Penalties are absolute.
"""

import math

import numpy as np

from symrisk.errors import DomainError
from symrisk.simulate.designs import Rows, direction, gaussian_rows


class Ridge:
    """The map X'y -> (X'X + mu I)^{-1} X'y, by the Cholesky factor of the smaller of X'X + mu I and X X' + mu I.

    >>> Ridge(np.array([[3.0, 4.0]]), mu=25.0).coefficients(np.array([10.0])).round(12).tolist()
    [0.6, 0.8]

    Raises `DomainError` for a penalty that is not positive or not finite, and a design that is no finite matrix.
    """

    def __init__(self, X, mu):
        self.X = np.asarray(X, dtype=float)
        if self.X.ndim != 2 or not np.all(np.isfinite(self.X)):
            raise DomainError(f"X is a finite array of shape (n, p); not of shape {self.X.shape}, or not finite")
        if not 0 < mu < math.inf:
            raise DomainError(f"the penalty mu is positive and finite; not {mu}")
        rows, columns = self.X.shape
        gram = self.X @ self.X.T if rows <= columns else self.X.T @ self.X
        factor = np.linalg.cholesky(gram + mu * np.eye(len(gram)))
        right = self.X if rows <= columns else self.X.T
        half = np.linalg.solve(factor, right)
        self.map = np.linalg.solve(factor.T, half).T if rows <= columns else np.linalg.solve(factor.T, half)

    def coefficients(self, y):
        """The fit, of shape (p,), for labels `y` of shape (n,)."""
        return self.map @ y

    def noise_variance(self, sigma_sq):
        """The trace of the fit's covariance for independent noise of variance `sigma_sq`, one a row."""
        return float(np.sum(self.map**2 @ sigma_sq))


def signal_and_shift(rng, p, theta_sq, delta_sq, cross):
    """theta_2 and delta of given squared norms and inner product, in uniformly random position; p >= 2.

    >>> theta2, delta = signal_and_shift(np.random.default_rng(0), 5, 1.0, 0.61, -0.5)
    >>> [round(float(v), 12) for v in (theta2 @ theta2, delta @ delta, theta2 @ delta)]
    [1.0, 0.61, -0.5]

    Raises `DomainError` where no two vectors have such norms and inner product.
    """
    if min(theta_sq, delta_sq) < 0 or cross**2 > theta_sq * delta_sq * (1 + 1e-12):
        raise DomainError(f"no vectors have squared norms {theta_sq}, {delta_sq} and inner product {cross}")
    first, second = direction(rng, p), direction(rng, p)
    second = second - (second @ first) * first
    along = cross / math.sqrt(theta_sq) if theta_sq else 0.0
    across = math.sqrt(max(delta_sq - along**2, 0.0))
    return math.sqrt(theta_sq) * first, along * first + across * second / np.linalg.norm(second)


def ridge_risk(rng, *, n1: int, n2: int, p: int, mu, sigma1_sq, sigma2_sq, theta_sq, delta_sq, cross, rows: Rows = gaussian_rows):
    """One replicate of the excess risk of pooled ridge, averaged over the label noise exactly.

    >>> rng = np.random.default_rng(0)
    >>> point = {"n1": 40, "n2": 30, "p": 100, "mu": 10, "theta_sq": 1.0, "delta_sq": 0.61, "cross": -0.5}
    >>> 1 < ridge_risk(rng, **point, sigma1_sq=1.0, sigma2_sq=1.0) < 2
    True

    Raises `DomainError` for sizes that are not whole, a penalty that is not positive, impossible norms, negative variances.
    """
    if min(sigma1_sq, sigma2_sq) < 0:
        raise DomainError(f"noise variances are not negative; not {sigma1_sq}, {sigma2_sq}")
    X1, X2 = rows(rng, n1, p), rows(rng, n2, p)
    theta2, delta = signal_and_shift(rng, p, theta_sq, delta_sq, cross)
    fit = Ridge(np.vstack([X1, X2]), mu)
    error = fit.coefficients(np.concatenate([X1 @ (theta2 + delta), X2 @ theta2])) - theta2
    return float(error @ error) + fit.noise_variance(np.repeat([sigma1_sq, sigma2_sq], [n1, n2]).astype(float))
