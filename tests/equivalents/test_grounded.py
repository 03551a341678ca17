"""Grounded Laplacians are solved to a few ulps, whatever their condition: checked against exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symrisk.equivalents.grounded import solve
from symrisk.errors import ArgumentError, DomainError

ULPS = 1e-14


def exact(W, r, b):
    """Gauss's elimination of the matrix itself, in fractions."""
    K = len(r)
    table = [[-Fraction(W[i][j]) if i != j else Fraction(r[i]) + sum(Fraction(W[i][m]) for m in range(K) if m != i)
              for j in range(K)] + [Fraction(b[i])] for i in range(K)]
    for k in range(K):
        for i in range(K):
            if i != k:
                factor = table[i][k] / table[k][k]
                table[i] = [x - factor * y for x, y in zip(table[i], table[k], strict=True)]
    return [table[k][K] / table[k][k] for k in range(K)]


def network(seed, K, grounds, symmetric=True):
    """Couplings over nine decades, grounds from 10^-grounds to 1, loads over nine decades."""
    rng = np.random.default_rng(seed)
    W = 10 ** rng.uniform(-6, 3, (K, K))
    W = np.triu(W, 1) + np.triu(W, 1).T if symmetric else W
    return W, 10 ** rng.uniform(-grounds, 0, K), 10 ** rng.uniform(-9, 0, K)


NETWORKS = given(seed=st.integers(0, 2**32 - 1), K=st.integers(1, 7), grounds=st.sampled_from([0, 3, 20, 100, 290]),
                 symmetric=st.booleans())


@NETWORKS
def test_each_entry_is_right_to_a_few_ulps(seed, K, grounds, symmetric):
    "With grounds down to 1e-290, where the matrix as an array is singular."
    W, r, b = network(seed, K, grounds, symmetric)
    for found, value in zip(solve(W, r, b).tolist(), exact(W.tolist(), r.tolist(), b.tolist()), strict=True):
        assert abs(Fraction(found) - value) <= value * Fraction(ULPS)


def test_grounds_of_1e_300():
    "The smallest of the promise, in one node only, five nodes away from the load."
    W = np.diag(np.ones(5), 1) + np.diag(np.ones(5), -1)
    r, b = np.array([0, 0, 0, 0, 0, 1e-300]), np.array([1e-5, 0, 0, 0, 0, 0])
    for found, value in zip(solve(W, r, b).tolist(), exact(W.tolist(), r.tolist(), b.tolist()), strict=True):
        assert abs(Fraction(found) - value) <= value * Fraction(ULPS)


@NETWORKS
def test_a_total_known_better_sets_the_level(seed, K, grounds, symmetric):
    "Loads of both signs that cancel to 1e-40 of themselves: right to a few ulps of the largest entry."
    W, r, b = network(seed, K, grounds)
    b = b * np.where(np.arange(K) % 2, 1, -1)
    total = 1e-40
    loads = [*map(Fraction, b[:-1].tolist())]
    values = exact(W.tolist(), r.tolist(), [*loads, Fraction(total) - sum(loads)])
    for found, value in zip(solve(W, r, b, total=total).tolist(), values, strict=True):
        assert abs(Fraction(found) - value) <= max(map(abs, values)) * Fraction(ULPS)


def test_a_total_agrees_with_the_loads():
    "The sum of b as total changes nothing; the last load is not read then."
    W, r, b = network(3, 4, 2)
    np.testing.assert_allclose(solve(W, r, np.append(b[:3], 77.0), total=b.sum()), solve(W, r, b), rtol=1e-12)


def test_batches_are_solved_point_by_point():
    "Leading axes broadcast; several loads have an axis of their own."
    points = [network(seed, 3, 5) for seed in range(8)]
    W, r, b = (np.stack(arrays).reshape(2, 4, *arrays[0].shape) for arrays in zip(*points, strict=True))
    found = solve(W, r, b)
    assert found.shape == (2, 4, 3)
    for (w, g, load), x in zip(points, found.reshape(8, 3), strict=True):
        np.testing.assert_array_equal(solve(w, g, load), x)
    several = solve(W, r, np.stack([b, 2 * b], axis=-1))
    np.testing.assert_array_equal(several, np.stack([found, 2 * found], axis=-1))
    np.testing.assert_array_equal(solve(W[0, 0], r, b[0, 0]), [[solve(W[0, 0], g, b[0, 0]) for g in row] for row in r])
    totals = solve(W, r, b, total=b.sum(-1))
    assert totals.shape == (2, 4, 3)
    np.testing.assert_array_equal(totals[1, 2], solve(W[1, 2], r[1, 2], b[1, 2], total=b[1, 2].sum()))


def test_the_arguments_are_left_alone():
    "Solving works on copies."
    W, r, b = network(5, 4, 5)
    kept = W.copy(), r.copy(), b.copy()
    solve(W, r, b)
    assert all(np.array_equal(now, then) for now, then in zip((W, r, b), kept, strict=True))


def test_the_diagonal_of_the_couplings_is_not_read():
    "NaN there, too."
    W, r, b = network(6, 3, 5)
    np.testing.assert_array_equal(solve(W + np.diag([np.nan] * 3), r, b), solve(W, r, b))


ONE = [[0, 1], [1, 0]]
BAD = {
    "no ground": (lambda: solve(ONE, [0, 0], [1, 1]), DomainError, "node 1 has no way to the ground"),
    "no ground in a batch": (lambda: solve([ONE, ONE], [[1, 0], [0, 0]], [1, 1]), DomainError, r"node 1 .* at \[1\]"),
    "an island": (lambda: solve(np.zeros((2, 2)), [1, 0], [1, 1]), DomainError, "node 1"),
    "no ground, with a total": (lambda: solve(ONE, [0, 0], [1, 1], total=2), DomainError, "node 1 has no way to the ground"),
    "a negative coupling": (lambda: solve([[0, -1], [1, 0]], [1, 1], [1, 1]), DomainError, r"W is not negative; not W\[0, 1\] = -1"),
    "a negative ground": (lambda: solve(ONE, [1, -1], [1, 1]), DomainError, r"r is not negative; not r\[1\] = -1"),
    "nan in b": (lambda: solve(ONE, [1, 1], [1, np.nan]), DomainError, r"b is finite; not b\[1\] = nan"),
    "nan in W": (lambda: solve([[0, np.nan], [1, 0]], [1, 1], [1, 1]), DomainError, r"W\[0, 1\] = nan"),
    "inf in r": (lambda: solve(ONE, [1, np.inf], [1, 1]), DomainError, r"r\[1\] = inf"),
    "inf in the total": (lambda: solve(ONE, [1, 1], [1, 1], total=np.inf), DomainError, "total is finite"),
    "not square": (lambda: solve(np.ones((2, 3)), [1, 1], [1, 1]), DomainError, r"\(2, 3\)"),
    "a number": (lambda: solve(1.0, [1], [1]), DomainError, r"W is \(\.\.\., K, K\)"),
    "shapes": (lambda: solve(ONE, [1, 1], [1, 1, 1]), DomainError, "do not fit"),
    "shape of the total": (lambda: solve(ONE, [1, 1], [1, 1], total=[1, 2]), DomainError, "do not fit"),
    "uneven with a total": (lambda: solve([[0, 1], [2, 0]], [1, 1], [1, 1], total=2), DomainError, r"symmetric; not at \[0, 1\]"),
    "too large": (lambda: solve([[0]], [1e-200], [1e200]), DomainError, "too large"),
    "text": (lambda: solve("W", [1], [1]), ArgumentError, "W='W'"),
    "complex": (lambda: solve(ONE, [1j, 1], [1, 1]), ArgumentError, "r is not made of real numbers"),
    "nothing": (lambda: solve(np.zeros((0, 0)), [], []), DomainError, "empty"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused(case):
    "By a named error, never a number."
    call, error, says = BAD[case]
    with pytest.raises(error, match=says):
        call()
