r"""Grounded Laplacians: symmetric M-matrices given by what is off the diagonal and by their row
sums, solved without subtraction.

A network of K nodes joined by conductances W_kl >= 0, node k leaking to the ground through r_k >=
0, has the matrix

    H = diag(r_k + \sum_{l \ne k} W_kl) - (W off the diagonal).

Eliminating a node leaves such a network again, in sums, products and quotients of non-negative
numbers: for loads b >= 0 each entry of H^{-1} b is right to a few ulps, however close to singular H
is.  (The idea is that of Grassmann, Taksar and Heyman for Markov chains, 1985.)  Nothing is checked
here: `symrisk.equivalents.grounded` refuses what is no such network.
"""

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
    return np.stack([np.stack(column, axis=-1) for column in found], axis=-1), np.stack(
        pivots, axis=-1
    )


def eliminated(W, r, loads):
    """The answers to some loads, with numbers or arrays for W[i][j], r[i] and each load's entries;
    and the pivots.

    Nodes go in order: d = r_k + sum_l W_kl, then W_ij += W_ik W_kj / d, r_i and the loads likewise.
    """
    W, r, loads, pivots, nodes = (
        [list(row) for row in W],
        list(r),
        [list(load) for load in loads],
        [],
        range(len(r)),
    )
    for k in nodes:
        pivots.append(sum(W[k][k + 1 :], r[k]))
        for i in nodes[k + 1 :]:
            passed = W[i][k] / pivots[k]
            for row in (r, *loads):
                row[i] = row[i] + passed * row[k]
            for j in nodes[k + 1 :]:
                W[i][j] = W[i][j] + passed * W[k][j] if i != j else W[i][j]
    for k in reversed(nodes):
        for load in loads:
            load[k] = sum((W[k][j] * load[j] for j in nodes[k + 1 :]), load[k]) / pivots[k]
    return loads, pivots


def balanced(W, r, loads, totals):
    """The answers when each load has a given sum: the last node holds it, the others are grounded
    there as well.

    A load on node k reaches the ground before the last node in the share lost_k, and the last node
    in the share 1 - lost_k.
    """
    to_last = [row[-1] for row in W[:-1]]
    inner = [list(row[:-1]) for row in W[:-1]]
    (lost, kept, *found), pivots = eliminated(
        inner,
        [a + b for a, b in zip(r[:-1], to_last, strict=True)],
        [r[:-1], to_last, *(load[:-1] for load in loads)],
    )
    pivot = sum((w * share for w, share in zip(to_last, lost, strict=True)), r[-1])
    answers = []
    for load, x, total in zip(loads, found, totals, strict=True):
        end = (total - sum(share * b for share, b in zip(lost, load[:-1], strict=True))) / pivot
        answers.append([*(a + share * end for a, share in zip(x, kept, strict=True)), end])
    return answers, [*pivots, pivot]
