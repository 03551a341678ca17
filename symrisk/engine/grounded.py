"""Grounded Laplacians: symmetric M-matrices given by what is off the diagonal and by their row sums, solved without subtraction.

H has -W_kl off the diagonal, W >= 0, and rows summing to r >= 0.  Gaussian elimination in W and r only adds, multiplies and
divides non-negative numbers: for a right-hand side b >= 0 each component of the solution is accurate to a few ulps, however
close to singular H is.
"""

import numpy as np


def solve(W, r, b):
    """x with H x = b: W (..., K, K), its diagonal ignored, r and b (..., K).

    >>> W, r = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([1e-300, 0.0])
    >>> solve(W, r, np.array([0.0, 1.0]))
    array([1.e+300, 1.e+300])
    """
    W, r, b = np.array(W, float), np.array(r, float), np.array(b, float)
    size = r.shape[-1]
    pivots = [None] * size
    for k in reversed(range(size)):
        pivots[k] = r[..., k] + W[..., k, :k].sum(axis=-1)
        if k:
            factor = W[..., k, :k] / pivots[k][..., None]
            r[..., :k] += factor * r[..., k, None]
            b[..., :k] += factor * b[..., k, None]
            W[..., :k, :k] += factor[..., :, None] * W[..., k, None, :k]
    x = np.empty_like(b)
    for k in range(size):
        x[..., k] = (b[..., k] + (W[..., k, :k] * x[..., :k]).sum(axis=-1)) / pivots[k]
    return x
