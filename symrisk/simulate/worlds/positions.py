"""Vectors in random position: coefficients and shifts of which a formula knows the lengths and the
inner products only.
"""

import math

import numpy as np

from symrisk.errors import DomainError
from symrisk.simulate.given import count


def direction(rng, p):
    """A uniformly random unit vector of length `p`: a Gaussian vector over its norm.

    >>> float(np.linalg.norm(direction(np.random.default_rng(0), 5)).round(12))
    1.0

    Raises `DomainError` or `ArgumentError` where p is not a whole number >= 1.
    """
    vector = rng.standard_normal(count("p", p, least=1))
    return vector / np.linalg.norm(vector)


def vector(rng, p, norm_sq):
    """A vector of length `p` with squared norm `norm_sq` in a uniformly random direction.

    A coefficient vector theta, or a shift delta, of which a formula knows the squared norm only.

    >>> v = vector(np.random.default_rng(0), 5, norm_sq=9.0)
    >>> float((v @ v).round(12))
    9.0

    Raises `DomainError` where norm_sq is negative, infinite or NaN.
    """
    if not 0 <= norm_sq < math.inf:
        raise DomainError(f"a squared norm is a finite number >= 0; not {norm_sq}")
    return math.sqrt(norm_sq) * direction(rng, p)


def frame(rng, p, gram):
    """Vectors of length p with a given Gram matrix, in uniformly random position, as rows.

    The Gram matrix's root times a uniformly random orthonormal frame, the Q of a Gaussian matrix.

    >>> vectors = frame(np.random.default_rng(0), 5, [[1.0, -0.5], [-0.5, 0.61]])
    >>> (vectors @ vectors.T).round(12).tolist()
    [[1.0, -0.5], [-0.5, 0.61]]

    Raises `DomainError` where no vectors have these inner products.
    """
    gram = np.asarray(gram, dtype=float)
    values, turn = np.linalg.eigh(gram)
    if not np.allclose(gram, gram.T) or values[0] < -1e-10 * max(values[-1], 0.0):
        raise DomainError(f"no vectors have the inner products {gram.tolist()}")
    dimension = count("p", p, least=len(gram))
    random, _ = np.linalg.qr(rng.standard_normal((dimension, len(gram))))
    return (turn * np.sqrt(np.maximum(values, 0.0))) @ random.T
