r"""Grounded Laplacians, checked, and solved without a subtraction by
`symrisk.engine.potential.grounded`.

A network of K nodes joined by conductances W_kl >= 0, node k leaking to the ground through r_k >=
0, has the matrix

    H = diag(r_k + \sum_{l \ne k} W_kl) - (W off the diagonal),

given by what is non-negative in it: the couplings and the row sums r = H 1.  Eliminating node k
leaves such a network,

    d = r_k + \sum_l W_kl,   W_ij += W_ik W_kj / d,   r_i += W_ik r_k / d,   b_i += W_ik b_k / d,

and nothing above is a difference.  So for b >= 0 each entry of H^{-1} b has a relative error of a
few units in the last place however near H is to a singular matrix: with 10^{-200} on the ground,
too, where H as an array of numbers has long rounded to a singular one.  (The idea is that of
Grassmann, Taksar and Heyman for Markov chains, 1985.)

The Hessian of the potential of the equivalents is of this form at any point, with couplings c_k c_l
tr(Sigma_k Q Sigma_l Q) and grounds c_k/w_k + mu c_k tr(Sigma_k Q Omega Q); near n = p it is the
grounds that are small.
"""

import numpy as np

from symrisk.engine.arrays.given import as_array, numbers
from symrisk.engine.potential import grounded as network
from symrisk.errors import DomainError


def solve(W, r, b, total=None):
    r"""x with (diag(r_k + \sum_{l \ne k} W_kl) - W) x = b, for couplings W, grounds r and loads b.

    Two nodes coupled by 1, of which the second leaks 2^{-100}; what is put into the first has to
    leave there:

    >>> solve([[0, 1], [1, 0]], [0, 2**-100], [1, 0]) / 2**100
    array([1., 1.])

    W: shape (..., K, K), non-negative off the diagonal, which is not read; it need not be
    symmetric.  r: shape (..., K), non-negative.  b: shape (..., K), or (..., K, M) for M loads at
    once, with one axis more than what W and r broadcast to. The answer has b's shape, leading axes
    broadcast.  For b >= 0 each entry of it is right to a few ulps, underflow aside; for a b of both
    signs, to a few ulps of the answer to |b|.

    total: the sum of b, shape (...,) or (..., M), where it is known better than from b, of which
    the last entry is not read then; W is symmetric.  It is the total that sets the level in a
    network that hardly leaks:

    >>> solve([[0, 1], [1, 0]], [0, 2**-100], [1, 0], total=2**-100)
    array([2., 1.])

    Raises `DomainError` for a negative coupling or ground, NaN, infinity, shapes that don't fit, a
    node with no way to the ground (the matrix is singular) and an answer too large for a float;
    `ArgumentError` for what is not real numbers.
    """
    W, r, b, one = _read(W, r, b)
    with np.errstate(all="ignore"):
        x, pivots = network.solve(W, r, b, None if total is None else _total(total, W, b, one))
    _check_ways(pivots)
    if not np.all(np.isfinite(x)):
        raise DomainError(
            f"grounded.solve: the answer is too large for a "
            f"float{_where(~np.isfinite(x).all((-1, -2)))}"
        )
    return x[..., 0] if one else x


def _check_ways(pivots):
    """Every node has a way to the ground; or the first that has none."""
    for k in range(pivots.shape[-1]):
        if not np.all(pivots[..., k] > 0):
            raise DomainError(
                f"grounded.solve: singular: node {k} has no way to the "
                f"ground{_where(~(pivots[..., k] > 0))}"
            )


def _total(total, W, b, one):
    """The sums of the loads, (..., M)."""
    total = numbers("total", total)
    uneven = W != np.swapaxes(W, -1, -2)
    if np.any(uneven):
        raise DomainError(
            f"grounded.solve: with a total W is symmetric; not at "
            f"{[int(i) for i in np.argwhere(uneven)[0]]}"
        )
    try:
        return np.broadcast_to(total[..., None] if one else total, (*b.shape[:-2], b.shape[-1]))
    except ValueError as error:
        raise DomainError(
            f"grounded.solve: the shapes of b and total do not fit: {b.shape}, {total.shape}"
        ) from error


def _read(W, r, b):
    """(W without diagonal, r, b with an axis of loads) of one leading shape, and whether b is
    one load.
    """
    W, r, b = as_array("W", W), numbers("r", r, sign="not negative"), numbers("b", b)
    if W.ndim < 2 or r.ndim < 1 or not W.shape[-2] == W.shape[-1] == r.shape[-1]:
        raise DomainError(
            f"grounded.solve: W is (..., K, K) and r (..., K); not {W.shape} and {r.shape}"
        )
    K = r.shape[-1]
    W = numbers("W", np.where(np.eye(K, dtype=bool), 0, W), sign="not negative")
    try:
        lead = np.broadcast_shapes(W.shape[:-2], r.shape[:-1])
        one = b.ndim <= len(lead) + 1
        b = b[..., None] if one else b
        lead = np.broadcast_shapes(lead, b.shape[:-2])
        b = np.broadcast_to(b, (*lead, K, b.shape[-1]))
    except ValueError as error:
        raise DomainError(
            f"grounded.solve: the shapes of W, r and b do not fit: {W.shape}, {r.shape}, {b.shape}"
        ) from error
    return np.broadcast_to(W, (*lead, K, K)), np.broadcast_to(r, (*lead, K)), b, one


def _where(offends):
    return (
        f", at {[int(i) for i in np.argwhere(offends)[0]]} of the leading axes"
        if np.ndim(offends)
        else ""
    )
