"""Pooled fits of a source whose covariance has eigenvalues kappa and 1/kappa in halves: replicates
for a simulation.

The target's rows are isotropic, coefficients and noise are common.  Each replicate averages over
the label noise exactly.
"""

import numpy as np

from symrisk.errors import DomainError
from symrisk.simulate.designs import Rows, count, gaussian_rows, vector
from symrisk.simulate.interpolator import MinNorm


def pooled_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    anisotropy,
    upper_share,
    theta_sq,
    sigma_sq,
    rows: Rows = gaussian_rows,
):
    """One replicate of the risk of the pooled fit, a share of |theta|^2 lying in the eigenspace of
    kappa.

    Without any rows it is the signal:

    >>> inputs = {"anisotropy": 3.0, "upper_share": 0.25, "theta_sq": 2.25, "sigma_sq": 1.0}
    >>> round(pooled_risk(np.random.default_rng(0), n1=0, n2=0, p=60, **inputs), 12)
    2.25
    """
    fit = _fit(rng, n1, n2, p, anisotropy, rows)
    upper, lower = (
        vector(rng, p // 2, share * theta_sq) for share in (upper_share, 1 - upper_share)
    )
    theta = np.concatenate([upper, lower])
    return float(np.sum((fit.project(theta) - theta) ** 2) + fit.noise_variance(sigma_sq))


def even_risk(
    rng, *, n1: int, n2: int, p: int, anisotropy, theta_sq, sigma_sq, rows: Rows = gaussian_rows
):
    """One replicate of the risk of the pooled interpolator, averaged over coefficients of every
    direction.

    The projection off the rows has trace p - n, whatever they are: (p - n)/p of the signal is
    missed.

    >>> inputs = {"anisotropy": 3.0, "theta_sq": 2.25, "sigma_sq": 0.0}
    >>> even_risk(np.random.default_rng(0), n1=12, n2=8, p=60, **inputs)
    1.5
    """
    return max(p - n1 - n2, 0) / p * theta_sq + _fit(
        rng, n1, n2, p, anisotropy, rows
    ).noise_variance(sigma_sq)


def least_squares_risk(
    rng, *, n1: int, n2: int, p: int, anisotropy, sigma_sq, rows: Rows = gaussian_rows
):
    """One replicate of the risk of pooled least squares, n1 + n2 > p: noise alone, for nothing is
    missed.

    >>> least_squares_risk(np.random.default_rng(0), n1=12, n2=80, p=60, anisotropy=3.0, sigma_sq=0.0)
    0.0
    """  # noqa: E501
    return _fit(rng, n1, n2, p, anisotropy, rows).noise_variance(sigma_sq)


def _fit(rng, n1, n2, p, anisotropy, rows):
    if count("p", p) % 2:
        raise DomainError(f"p is even, for two eigenvalues in halves; not {p}")
    root = np.sqrt(np.repeat([anisotropy, 1 / anisotropy], p // 2))
    return MinNorm(np.vstack([rows(rng, n1, p) * root, rows(rng, n2, p)]))
