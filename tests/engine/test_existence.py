"""When a potential has a minimiser: the same conditions by masses, by balls and by ranks."""

from math import inf

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from symrisk.engine.potential.arrays import Batch, Masses
from symrisk.engine.potential.balls import Atomic
from symrisk.engine.potential.existence import Ranks, Reach, smallest_first, subsets

TABLES = given(seed=st.integers(0, 2**32 - 1), K=st.integers(1, 3), has_floor=st.booleans())


def counted(seed, K, has_floor):
    """(masses, balls, ranks) of one potential over four atoms of one, two, three and four dimensions.

    As in a fit: a floor and no costs, or costs and no floor.
    """
    rng = np.random.default_rng(seed)
    multiplicities, rates = np.array([1, 2, 3, 4]), rng.integers(0, 2, (K, 4))
    rates[0] |= ~rates.any(axis=0) & (not has_floor)
    floor, costs = np.full(4, int(has_floor)), np.full(K, int(not has_floor))
    weights, pulls = multiplicities / 16 * 1.6, np.ones(K)
    batch = Batch(floor[None] * 1.0, [row[None] * 1.0 for row in rates], weights, np.array([10.0]), costs[None] * 1.0, pulls[None])
    shares = [arb(int(m)) / 10 for m in multiplicities]
    columns = [[arb(int(x)) for x in row] for row in (floor, *rates)]
    atomic = Atomic(columns[0], columns[1:], shares, arb(10), [arb(int(c)) for c in costs], [arb(1)] * K)

    def rank_of(chosen):
        return int(multiplicities[rates[sorted(chosen)].any(axis=0)].sum())

    return Masses(batch), atomic, Ranks(rank_of, range(K), 10, has_floor=has_floor, has_costs=not has_floor)


@TABLES
def test_masses_balls_and_ranks_say_the_same(seed, K, has_floor):
    "For every set of unknowns, both bounds of its pulls; and that every dimension is reached."
    masses, atomic, ranks = counted(seed, K, has_floor)
    for chosen in subsets(K):
        for by_mass, by_ball, by_rank in zip(masses.interval(chosen), atomic.interval(chosen), ranks.interval(chosen), strict=True):
            assert by_mass[0] == pytest.approx(float(by_rank)) and float(by_ball.mid()) == pytest.approx(float(by_rank))
    assert masses.unreached()[0] == pytest.approx(float(ranks.unreached())) == float(atomic.unreached().mid())


def test_what_is_left_of_real_dimensions_is_exact():
    "0.3 less 0.1 in floats is not 0.2; the difference of the two floats is kept."
    ranks = Ranks(lambda chosen: 0.1, [0, 1], 0.3, has_floor=False, has_costs=True)
    low, high = ranks.interval([0])
    assert high == inf and low + low.__class__(0.1) == low.__class__(0.3)


def test_who_counts_says_what_is_counted():
    "The conditions alone count nothing."
    for ask in (lambda: Reach().reached([0]), lambda: Reach().only([0], []), lambda: Reach().unreached()):
        with pytest.raises(NotImplementedError):
            ask()


@given(size=st.integers(0, 6))
def test_each_subset_comes_once_in_either_order(size):
    "As many as there are, none empty, the small ones first where that is asked for."
    plain, by_size = [tuple(s) for s in subsets(size)], list(smallest_first(range(size)))
    assert sorted(plain) == sorted(by_size) and len(set(plain)) == 2**size - 1
    assert [len(s) for s in by_size] == sorted(map(len, plain))
