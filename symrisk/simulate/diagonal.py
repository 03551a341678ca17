"""Covariances of which a diagonal one may be the vector of its eigenvalues: checked, rooted,
applied.
"""

import numpy as np

from symrisk.engine.arrays.given import (
    cleared,
    eigenvalues,
    numbers,
    require_semidefinite,
    symmetric,
)
from symrisk.errors import DomainError


def covariance(name, value, p):
    """A positive semidefinite matrix (p, p), symmetric to the bit, or its eigenvalues (p,)."""
    array = numbers(name, value)
    if array.shape == (p,):
        return eigenvalues(name, array)
    if array.shape != (p, p):
        raise DomainError(
            f"{name} has shape ({p}, {p}), or ({p},) for a diagonal, as target_coefficients has "
            f"{p} entries; "
            f"not {array.shape}"
        )
    array = symmetric(name, array, p)
    require_semidefinite(name, np.linalg.eigvalsh(array))
    return array


def half(covariance, scale):
    """Omega^{-1/2} Sigma^{1/2} of the covariance and the root `scale` of Omega, a vector where
    both are.
    """
    half_sigma = root(covariance)
    if scale.ndim == 2:
        return np.linalg.solve(scale, full(half_sigma))
    return half_sigma / scale if half_sigma.ndim == 1 else half_sigma / scale[:, None]


def applied(rows, matrix):
    """rows @ matrix along the last axis, where a vector is a diagonal."""
    return rows * matrix if matrix.ndim == 1 else rows @ matrix


def applied_in_blocks(rows, matrix):
    """`applied` to each block of the last axis that is as long as the matrix.

    >>> applied_in_blocks(np.ones((1, 4)), np.array([1.0, 2.0])).tolist()
    [[1.0, 2.0, 1.0, 2.0]]
    """
    if rows.shape[-1] == len(matrix):
        return applied(rows, matrix)
    copies = rows.shape[-1] // len(matrix)
    blocks = rows.reshape(*rows.shape[:-1], copies, len(matrix))
    return applied(blocks, matrix).reshape(rows.shape)


def full(matrix):
    """The matrix written out."""
    return np.diag(matrix) if matrix.ndim == 1 else matrix


def root(covariance):
    """The symmetric square root, a vector for a vector."""
    if covariance.ndim == 1:
        return np.sqrt(covariance)
    values, turn = np.linalg.eigh(covariance)
    return (turn * np.sqrt(np.maximum(values, 0.0))) @ turn.T


def smallest(covariance):
    """The smallest eigenvalue, 0 where that is what it is to working precision."""
    return cleared(covariance if covariance.ndim == 1 else np.linalg.eigvalsh(covariance)).min()
