"""Positive semidefinite matrices as factors scaled by powers of two, and products of factors as
sums of squares.
"""

from dataclasses import dataclass

import numpy as np

from symrisk.engine.arrays.given import (
    as_array,
    is_diagonal,
    require_semidefinite,
    symmetric,
    tolerance,
)
from symrisk.errors import DomainError


@dataclass(frozen=True, eq=False)
class Half:
    """A positive semidefinite matrix as 2^exponent factor factor', with factor (p, rank)."""

    factor: np.ndarray
    exponent: int

    @property
    def product(self):
        return self.factor @ self.factor.T

    def turned(self, basis):
        """In another basis; a multiple of the identity stays what it is."""
        plain = basis is None or is_plain(self.factor)
        return self if plain else Half(basis.T @ self.factor, self.exponent)


def sources(covariances):
    """The K matrices, scaled and factored."""
    if not isinstance(covariances, (list, tuple)):
        covariances = as_array("covariances", covariances)
        if covariances.ndim != 3:
            raise DomainError(f"covariances have shape (K, p, p); not {covariances.shape}")
    if not len(covariances):
        raise DomainError("covariances are those of one source at least; there is none")
    first = as_array("covariances[0]", covariances[0])
    p = first.shape[0] if first.ndim else 0
    return tuple(
        semidefinite(f"covariances[{k}]", matrix, p) for k, matrix in enumerate(covariances)
    )


def semidefinite(name, matrix, p):
    """A positive semidefinite matrix, checked and factored."""
    found, negative = halves(name, matrix, p)
    lowest, highest = (
        np.ldexp(np.sum(half.factor**2, axis=0).max(initial=0), half.exponent)
        for half in (negative, found)
    )
    require_semidefinite(name, np.array([-lowest, highest]))
    return found


def halves(name, matrix, p):
    """A symmetric matrix as a difference of two positive semidefinite ones of orthogonal ranges."""
    matrix = symmetric(name, matrix, p)
    exponent = int(np.frexp(np.abs(matrix).max())[1]) - 1 if np.any(matrix) else 0
    matrix = np.ldexp(matrix, -exponent)
    diagonal = is_diagonal(matrix)
    values, vectors = (np.diagonal(matrix), np.eye(p)) if diagonal else np.linalg.eigh(matrix)
    least = 0.0 if diagonal else tolerance(p) * np.abs(values).max()
    sides = []
    for side in (values, -values):
        factor = vectors[:, side > least] * np.sqrt(side[side > least])
        sides.append(Half(factor, exponent))
    return sides


def is_plain(factor):
    """Whether it is a multiple of the identity."""
    return (
        factor.shape[0] == factor.shape[1]
        and is_diagonal(factor)
        and np.all(np.diagonal(factor) == factor[0, 0])
    )


def times(root, factor):
    """root @ factor, for a factor that may be a multiple of the identity."""
    return root * factor[0, 0] if is_plain(factor) else root @ factor


def square(array):
    """The sum of its squares."""
    return float(np.vdot(array, array))


def turned(vectors, basis):
    return vectors if basis is None else vectors @ basis
