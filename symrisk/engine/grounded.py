r"""Grounded Laplacians: symmetric M-matrices given by what is off the diagonal and by their row sums, solved without subtraction.

A network of K nodes joined by conductances W_kl >= 0, node k leaking to the ground through r_k >= 0, has the matrix

    H = diag(r_k + \sum_{l \ne k} W_kl) - (W off the diagonal).

Eliminating a node leaves such a network again, in sums, products and quotients of non-negative numbers: for loads b >= 0 each
entry of H^{-1} b is right to a few ulps, however close to singular H is.  (The idea is that of Grassmann, Taksar and Heyman for
Markov chains, 1985.)  Nothing is checked here: `symrisk.equivalents.grounded` refuses what is no such network.
"""

import numpy as np


def solve(W, r, b, total=None):
    r"""(x with H x = b, the pivots, which are positive where every node has a way to the ground).

    W: (..., K, K), its diagonal not read.  r: (..., K).  b: (..., K, M), M loads at once; the leading axes are the same.  total:
    the sums of the loads, (..., M), where they are known better than from b, of which the last row is then not read; W is
    symmetric.

    >>> W, r = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0.0, 2.0**-100])
    >>> (solve(W, r, np.array([[1.0], [0.0]]))[0] / 2**100).ravel().tolist()
    [1.0, 1.0]
    >>> solve(W, r, np.array([[1.0], [np.nan]]), total=np.array([2.0**-100]))[0].ravel().tolist()
    [2.0, 1.0]
    """
    return _eliminated(W, r, b) if total is None else _balanced(W, r, b, total)


def _eliminated(W, r, b):
    """The answer by eliminating the nodes in order: d = r_k + \\sum_l W_kl, then W_ij += W_ik W_kj / d, r_i and b_i likewise."""
    W, r, x = (np.array(a, float) for a in (W, r, b))
    K, pivots = r.shape[-1], np.empty_like(r, dtype=float)
    for k in range(K):
        rest = slice(k + 1, K)
        pivots[..., k] = r[..., k] + W[..., k, rest].sum(-1)
        passed = W[..., rest, k] / pivots[..., k, None]
        W[..., rest, rest] += passed[..., :, None] * W[..., k, None, rest]
        r[..., rest] += passed * r[..., k, None]
        x[..., rest, :] += passed[..., :, None] * x[..., k, None, :]
    for k in reversed(range(K)):
        rest = slice(k + 1, K)
        x[..., k, :] += (W[..., k, rest, None] * x[..., rest, :]).sum(-2)
        x[..., k, :] /= pivots[..., k, None]
    return x, pivots


def _balanced(W, r, b, total):
    """The answer when the loads sum to `total`: the last node holds it, the others are grounded there as well.

    A load on node k reaches the ground before the last node in the share lost_k, and the last node in the share 1 - lost_k.
    """
    inner, to_last, loads = r[..., :-1, None], W[..., :-1, -1, None], b[..., :-1, :]
    found, pivots = _eliminated(W[..., :-1, :-1], (inner + to_last)[..., 0], np.concatenate([inner, to_last, loads], axis=-1))
    lost, kept, x = found[..., :1], found[..., 1:2], found[..., 2:]
    pivot = r[..., -1] + (to_last * lost).sum((-1, -2))
    end = ((total - (lost * loads).sum(-2)) / pivot[..., None])[..., None, :]
    return np.concatenate([x + kept * end, end], axis=-2), np.concatenate([pivots, pivot[..., None]], axis=-1)
