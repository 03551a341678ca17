"""Where an equivalent exists: rank conditions as data."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symrisk.equivalents.regimes import (
    conditions,
    matrix_ranks,
    rank,
    regime_of,
    require,
    table_ranks,
)
from symrisk.errors import ArgumentError, DomainError, NoMethod

LOW = table_ranks([[1, 0], [1, 1]], [3, 7])


@pytest.mark.parametrize(("sizes", "mu", "regime"), [([3, 2], 0, "ridgeless"), ([3, 8], 0, "ols"), ([3, 7], 1e-300, "ridge"),
                                                     ([0, 0], 0, "ridgeless"), ([5, 5 - 1e-15], 0, "ridgeless")])
def test_the_regime_is_that_of_the_exact_sum(sizes, mu, regime):
    "One rounding only, so that n on the wrong side of p by an ulp is seen."
    assert regime_of(sizes, 10, mu) == regime


def test_the_sum_is_exact():
    "The double 0.1 is more than a tenth, though ten of them added one by one are less than 1."
    assert sum([0.1] * 10) < 1 < 10 * Fraction(0.1)
    assert regime_of([0.1] * 10, 1, 0) == "ols"
    with pytest.raises(DomainError, match="n=p=10"):
        regime_of([4, 6], 10, 0)


@pytest.mark.parametrize(("sizes", "regime", "holds"), [((2.9, 6), "ridgeless", True), ((3.1, 2), "ridgeless", False),
                                                        ((20, 6.9), "ols", False), ((20, 7.1), "ols", True)])
def test_a_source_of_rank_three_in_ten_dimensions(sizes, regime, holds):
    "The four cases that were checked against iteration."
    found = list(conditions(LOW, sizes, 10, regime))
    assert all(c.holds for c in found) == holds
    assert all(c.holds == (c.room > 0) for c in found if c.subset)
    if holds:
        require(LOW, sizes, 10, regime)
    else:
        with pytest.raises(DomainError, match="sizes"):
            require(LOW, sizes, 10, regime)


@given(seed=st.integers(0, 2**32 - 1))
def test_require_agrees_with_all_the_conditions(seed):
    "Though it leaves out those that others imply."
    rng = np.random.default_rng(seed)
    K, C = int(rng.integers(1, 5)), int(rng.integers(1, 4))
    table, mult = rng.integers(0, 2, (K, C)), rng.integers(1, 4, C)
    sizes, p = rng.integers(0, 8, K) / 2, int(mult.sum())
    if sizes.sum() == p:
        return
    regime, ranks = regime_of(sizes, p, 0), table_ranks(table, mult)
    failed = [c for c in conditions(ranks, sizes, p, regime) if not c.holds]
    if not failed:
        require(ranks, sizes, p, regime)
    else:
        with pytest.raises(DomainError) as caught:
            require(ranks, sizes, p, regime)
        assert any(str(c) in str(caught.value) for c in failed)


@given(seed=st.integers(0, 2**32 - 1))
def test_matrices_and_tables_have_the_same_ranks(seed):
    "In a random basis, with spectra of different scale."
    rng = np.random.default_rng(seed)
    table, mult = rng.integers(0, 2, (3, 4)) * 10 ** rng.uniform(-2, 2, (3, 4)), rng.integers(1, 4, 4)
    basis = np.linalg.qr(rng.normal(size=(mult.sum(), mult.sum())))[0]
    matrices = [(basis * np.repeat(row, mult)) @ basis.T * 10**rng.uniform(-200, 200) for row in table]
    by_matrix, by_table = matrix_ranks(matrices), table_ranks(table, mult)
    for count in range(1, 4):
        for subset in combinations(range(3), count):
            assert by_matrix(frozenset(subset)) == by_table(frozenset(subset))


def test_there_is_one_condition_a_subset():
    "2^K - 1 of them, and one more for least squares; none for ridge; sources without rows are left out."
    ranks = table_ranks(np.ones((4, 1)), [9])
    assert len(list(conditions(ranks, [1, 1, 1, 1], 9, "ridgeless"))) == 15
    assert len(list(conditions(ranks, [3, 3, 3, 3], 9, "ols"))) == 16
    assert [c.subset for c in conditions(ranks, [0, 1, 0, 2], 9, "ridgeless")] == [(1,), (3,), (1, 3)]
    assert not list(conditions(ranks, [0, 1, 0, 2], 9, "ridge"))


def test_a_condition_is_a_sentence():
    "Failing or not, with the numbers."
    assert [str(c) for c in conditions(LOW, [2, 9], 10, "ols")] == [
        "rank of the sum of all covariances = p: 10 of 10",
        "sizes[0] > p - rank of the other covariances' sum: 2.0 against 10 - 10",
        "sizes[1] > p - rank of the other covariances' sum: 9.0 against 10 - 3",
        "sizes[0] + sizes[1] > p - rank of the other covariances' sum: 11.0 against 10 - 0"]
    assert [str(c) for c in conditions(LOW, [4, 2], 10, "ridgeless")][::2] == [
        "sizes[0] < rank of covariances[0] fails: 4.0 against 3",
        "sizes[0] + sizes[1] < rank of the sum of covariances [0, 1]: 6.0 against 10"]


def test_rank_counts_what_rounding_leaves():
    "p eps of the largest eigenvalue; a diagonal matrix has no rounding."
    lopsided = np.diag([1.0, 1e-30])
    turn = np.array([[0.6, 0.8], [-0.8, 0.6]])
    assert rank(lopsided) == 2 and rank(turn @ lopsided @ turn.T) == 1 and rank(np.zeros((2, 2))) == 0


@pytest.mark.parametrize(("call", "error", "says"), [
    (lambda: regime_of([1, -1], 5, 0), DomainError, r"sizes\[1\]=-1"), (lambda: regime_of([np.nan], 5, 0), DomainError, r"sizes\[0\]=nan"),
    (lambda: regime_of([1], 5, -1), DomainError, "mu=-1"), (lambda: regime_of([1], 5, np.nan), DomainError, "mu=nan"),
    (lambda: list(conditions(LOW, [1, np.inf], 5, "ols")), DomainError, r"sizes\[1\]=inf"),
    (lambda: list(conditions(LOW, [1, 1], 10, "lasso")), ArgumentError, "'lasso'"),
    (lambda: require(table_ranks(np.eye(21), [1] * 21), [0.5] * 21, 21, "ridgeless"), NoMethod, "21 sources"),
])
def test_bad_input_is_refused(call, error, says):
    "By name."
    with pytest.raises(error, match=says):
        call()
