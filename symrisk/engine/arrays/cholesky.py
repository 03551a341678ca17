"""Cholesky factors of Gram matrices of full rank, and their inverses."""

import numpy as np

from symrisk.engine.arrays.given import tolerance
from symrisk.errors import DomainError

BLOCK = 32


def factor(name, gram, size):
    """L with L L' = gram; DomainError where a pivot is within size * eps of zero, relative to
    the diagonal.
    """
    try:
        lower = np.linalg.cholesky(gram)
    except np.linalg.LinAlgError:
        lower = np.zeros_like(gram)
    if np.any(np.diagonal(lower) ** 2 <= tolerance(size) * np.diagonal(gram)):
        raise DomainError(
            f"{name} is not of full rank: its Gram matrix is not positive definite to working "
            f"precision"
        )
    return lower


def lower_inverse(lower):
    """The inverse of a lower triangular matrix, by halves: NumPy's treats it as a full one."""
    size = len(lower)
    if size <= BLOCK:
        return np.tril(np.linalg.inv(lower))
    half = size // 2
    inverse = np.zeros_like(lower)
    first, last = lower_inverse(lower[:half, :half]), lower_inverse(lower[half:, half:])
    inverse[:half, :half], inverse[half:, half:] = first, last
    inverse[half:, :half] = -last @ (lower[half:, :half] @ first)
    return inverse
