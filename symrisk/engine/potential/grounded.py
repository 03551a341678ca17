r"""Grounded Laplacians: symmetric M-matrices given by what is off the diagonal and by their row
sums, solved without subtraction.

A network of K nodes joined by conductances W_kl >= 0, node k leaking to the ground through r_k >=
0, has the matrix

    H = diag(r_k + \sum_{l \ne k} W_kl) - (W off the diagonal).

Eliminating a node leaves such a network again, in sums, products and quotients of non-negative
numbers: for loads b >= 0 each entry of H^{-1} b is right to a few ulps, however close to singular H
is.  (The idea is that of Grassmann, Taksar and Heyman for Markov chains, 1985.)

The elimination is written once, in `eliminated`, by Python's operators alone: over numbers and
arrays here, over names in `elimination_names`.  Nothing is checked here:
`symrisk.equivalents.grounded` refuses what is no such network.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def solve(W, r, b, total=None):
    r"""(x with H x = b, the pivots, which are positive where every node has a way to the ground).

    W: (..., K, K), its diagonal not read.  r: (..., K).  b: (..., K, M), M loads at once; the
    leading axes are the same.  total: the sums of the loads, (..., M), where they are known better
    than from b, of which the last row is then not read; W is symmetric.

    >>> W, r = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0.0, 2.0**-100])
    >>> (solve(W, r, np.array([[1.0], [0.0]]))[0] / 2**100).ravel().tolist()
    [1.0, 1.0]
    >>> solve(W, r, np.array([[1.0], [np.nan]]), total=np.array([2.0**-100]))[0].ravel().tolist()
    [2.0, 1.0]
    """
    W, r, b = (np.asarray(a, float) for a in (W, r, b))
    nodes, many = range(r.shape[-1]), range(b.shape[-1])
    rows, ground = [[W[..., i, j] for j in nodes] for i in nodes], [r[..., k] for k in nodes]
    loads = [[b[..., k, m] for k in nodes] for m in many]
    if total is None:
        found, pivots = eliminated(rows, ground, loads)
    else:
        found, pivots = balanced(rows, ground, loads, [total[..., m] for m in many])
    answers = np.stack([np.stack(column, axis=-1) for column in found], axis=-1)
    return answers, np.stack(pivots, axis=-1)


def as_it_is(letter: str, value: Any, *places: int) -> Any:
    """A number of the elimination, as it is."""
    return value


def eliminated(
    W: Sequence,
    r: Sequence,
    loads: Sequence,
    order: Sequence[int] | None = None,
    keep: Callable = as_it_is,
) -> tuple[list, list]:
    """(the answers to some loads, the pivots in the order of the nodes).

    W[i][j], r[i] and each load's entries are numbers, arrays or expressions: whatever adds up,
    multiplies and divides.  Nodes go in `order`, by default from the first to the last:

        d = r_k + sum_l W_kl,   W_ij += W_ik W_kj / d,   r_i += W_ik r_k / d,   b_i += W_ik b_k / d.

    keep: what is done to a number before it is used again, from a letter ("W", "r", "v" for a load,
    "d" for a pivot, "x" for an answer), the number, and the nodes that it belongs to.

    >>> from fractions import Fraction
    >>> half = Fraction(1, 2)
    >>> eliminated([[0, half], [half, 0]], [half, 0], [[0, 1]])
    ([[Fraction(2, 1), Fraction(4, 1)]], [Fraction(1, 1), Fraction(1, 4)])
    """
    W, r, loads = [list(row) for row in W], list(r), [list(load) for load in loads]
    order = range(len(r)) if order is None else order
    left, pivots = sorted(order), [None] * len(r)
    rest = {}
    for k in order:
        left.remove(k)
        rest[k] = list(left)
        for m in rest[k]:
            W[k][m] = keep("W", W[k][m], k, m)
            W[m][k] = keep("W", W[m][k], m, k)
        r[k] = keep("r", r[k], k)
        for load in loads:
            load[k] = keep("v", load[k], k)
        pivots[k] = keep("d", sum((W[k][m] for m in rest[k]), r[k]), k)
        for i in rest[k]:
            passed = W[i][k] / pivots[k]
            for row in (r, *loads):
                row[i] = row[i] + passed * row[k]
            for j in rest[k]:
                if j != i:
                    W[i][j] = W[i][j] + passed * W[k][j]
    for k in reversed(order):
        for load in loads:
            reached = sum((W[k][m] * load[m] for m in rest[k]), load[k])
            load[k] = keep("x", reached / pivots[k], k)
    return loads, pivots


def held_at_last(W, r, loads):
    """(lost, kept, answers, pivots, last pivot) where the last node is held, and the others are
    grounded there as well; W is symmetric.

    A load on node k reaches the ground before the last node in the share lost_k, and the last node
    in the share kept_k = 1 - lost_k, which is no difference here.
    """
    inner = [list(row[:-1]) for row in W[:-1]]
    to_last = [row[-1] for row in W[:-1]]
    ground = [own + tie for own, tie in zip(r[:-1], to_last, strict=True)]
    loads = [r[:-1], to_last, *(load[:-1] for load in loads)]
    (lost, kept, *answers), pivots = eliminated(inner, ground, loads)
    last = sum((tie * share for tie, share in zip(to_last, lost, strict=True)), r[-1])
    return lost, kept, answers, pivots, last


def balanced(W, r, loads, totals):
    """(the answers when each load has a given sum, the pivots): the last node takes what the sum
    leaves it.
    """
    lost, kept, inner, pivots, last = held_at_last(W, r, loads)
    answers = []
    for load, held, total in zip(loads, inner, totals, strict=True):
        end = (total - sum(share * b for share, b in zip(lost, load[:-1], strict=True))) / last
        answers.append([*(a + share * end for a, share in zip(held, kept, strict=True)), end])
    return answers, [*pivots, last]


def largest_answer(W, r, load, total):
    """A bound of the answers to loads of any signs, no larger than these, whose sum is no larger
    than `total`: a list.
    """
    lost, kept, (held,), _, last = held_at_last(W, r, [load])
    end = (total + sum(share * b for share, b in zip(lost, load[:-1], strict=True))) / last
    return [*(a + share * end for a, share in zip(held, kept, strict=True)), end]
