r"""K samples with coefficients of their own, weighted and penalised: replicates for a simulation.

    theta_hat = argmin sum_k w_k |y_k - X_k theta|^2 + mu |theta|^2,    y_k = X_k (theta_0 +
    Delta_k) + eps_k

Of the coefficients a formula knows the Gram data only; a replicate puts them in random position,
and averages over the label noise exactly, so that only the designs and that position are left to
chance.  Penalties are absolute; without one the fit is min-norm interpolation, or least squares.
"""

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.errors import DomainError
from symrisk.simulate.designs import Rows, count, gaussian_rows
from symrisk.simulate.interpolator import MinNorm


def frame(rng, p, gram):
    """Vectors of length p with a given Gram matrix, in uniformly random position, as rows.

    >>> vectors = frame(np.random.default_rng(0), 5, [[1.0, -0.5], [-0.5, 0.61]])
    >>> (vectors @ vectors.T).round(12).tolist()
    [[1.0, -0.5], [-0.5, 0.61]]

    Raises `DomainError` where no vectors have these inner products.
    """
    gram = np.asarray(gram, dtype=float)
    values, turn = np.linalg.eigh(gram)
    if not np.allclose(gram, gram.T) or values[0] < -1e-10 * max(values[-1], 0.0):
        raise DomainError(f"no vectors have the inner products {gram.tolist()}")
    random, _ = np.linalg.qr(rng.standard_normal((count("p", p, least=len(gram)), len(gram))))
    return (turn * np.sqrt(np.maximum(values, 0.0))) @ random.T


class Ridge:
    """The map y -> (X'X + mu I)^{-1} X'y, by the Cholesky factor of the smaller of X'X + mu I and X
    X' + mu I.

    >>> Ridge(np.array([[3.0, 4.0]]), mu=25.0).coefficients(np.array([10.0])).round(12).tolist()
    [0.6, 0.8]

    Raises `DomainError` for a penalty that is not positive or not finite, and a design that is no
    finite matrix.
    """

    def __init__(self, X, mu):
        self.X, mu = numbers("X", X, empty=True), float(numbers("mu", mu, (), "positive"))
        if self.X.ndim != 2:
            raise DomainError(f"X has shape (n, p); not {self.X.shape}")
        rows, columns = self.X.shape
        gram = self.X @ self.X.T if rows <= columns else self.X.T @ self.X
        factor = np.linalg.cholesky(gram + mu * np.eye(len(gram)))
        right = self.X if rows <= columns else self.X.T
        half = np.linalg.solve(factor, right)
        self.map = (
            np.linalg.solve(factor.T, half).T
            if rows <= columns
            else np.linalg.solve(factor.T, half)
        )

    def coefficients(self, y):
        """The fit, of shape (p,), for labels `y` of shape (n,)."""
        return self.map @ y

    def noise_variance(self, sigma_sq):
        """The trace of the fit's covariance for independent noise of variance `sigma_sq`, one a
        row.
        """
        return float(np.sum(self.map**2 @ sigma_sq))


def pooled_risk(rng, *, sizes, p, noises, gram, weights=None, mu=0.0, rows: Rows = gaussian_rows):
    """One replicate of the excess risk of a weighted fit to K samples, averaged over the label
    noise exactly.

    sizes, noises, weights: one a sample (weights 1 by default).  gram: the (K+1) x (K+1) inner
    products of theta_0, Delta_1, ..., Delta_K.  mu: the absolute penalty, 0 for none.

    >>> rng = np.random.default_rng(0)
    >>> round(pooled_risk(rng, sizes=[0], p=9, noises=[1.0], gram=[[2.25, 0], [0, 0]]), 12)
    2.25

    Raises `DomainError` for sizes that are not whole, impossible inner products, negative variances
    or penalties.
    """
    if min(noises) < 0:
        raise DomainError(f"noise variances are not negative; not {list(noises)}")
    sizes = [count("n", size) for size in sizes]
    if np.shape(gram) != (1 + len(sizes),) * 2:
        raise DomainError(
            f"gram has shape {(1 + len(sizes),) * 2}, theta_0's and {len(sizes)} shifts'; not "
            f"{np.shape(gram)}"
        )
    target, *shifts = frame(rng, p, gram)
    root = np.repeat(np.sqrt(np.ones(len(sizes)) if weights is None else weights), sizes)
    X = [rows(rng, size, p) for size in sizes]
    design = root[:, None] * np.vstack(X)
    fit = Ridge(design, mu) if mu else MinNorm(design)
    labels = root * np.concatenate(
        [x @ (target + shift) for x, shift in zip(X, shifts, strict=True)]
    )
    error = fit.coefficients(labels) - target
    return float(error @ error) + fit.noise_variance(
        root**2 * np.repeat(np.asarray(noises, float), sizes)
    )


def ridge_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    mu,
    sigma1_sq,
    sigma2_sq,
    theta_sq,
    delta_sq,
    cross,
    rows: Rows = gaussian_rows,
):
    """One replicate of the excess risk of pooled ridge on a source and a target sample, delta =
    theta_1 - theta_2.

    >>> point = {"n1": 40, "n2": 30, "p": 100, "mu": 10, "theta_sq": 1.0, "delta_sq": 0.61, "cross": -0.5}
    >>> 1 < ridge_risk(np.random.default_rng(0), **point, sigma1_sq=1.0, sigma2_sq=1.0) < 2
    True
    """  # noqa: E501
    return pooled_risk(
        rng,
        sizes=(n1, n2),
        p=p,
        mu=mu,
        noises=(sigma1_sq, sigma2_sq),
        rows=rows,
        gram=[[theta_sq, cross, 0], [cross, delta_sq, 0], [0, 0, 0]],
    )
