"""Minimisers of determinantal potentials on arrays: stationary to the last digits, alike in every disguise, absent where none is."""

from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symrisk.engine.potential.arrays import (
    Batch,
    bounds,
    difference,
    exists,
    solved,
    unreached,
)
from symrisk.engine.potential.existence import smallest_first, subsets

SEEDS = given(seed=st.integers(0, 2**32 - 1))


def potential(floor, rates, weights, mass, costs, pulls, **more):
    """A batch of one."""
    rows = [np.array([row], float) for row in (floor, *rates)]
    return Batch(rows[0], rows[1:], np.array(weights, float), np.array([mass], float), np.array([costs], float), np.array([pulls], float), **more)


def drawn(rng, N=1, K=None, C=5, kind=None, gap=None):
    """N potentials that have minimisers: with a floor and no costs, with costs and no floor, with both."""
    K = K or int(rng.integers(1, 5))
    kind = kind or rng.choice(["floor", "costs", "both"])
    floor = np.zeros((N, C)) if kind == "costs" else 10 ** rng.uniform(-2, 2, (N, C))
    rates = [10 ** rng.uniform(-2, 2, (N, C)) for _ in range(K)]
    weights = rng.dirichlet(np.full(C, 3.0), N)
    mass = rng.uniform(1, 100, N)
    room = mass * rng.uniform(0.05, 0.9, N) if gap is None else np.full(N, gap)
    total = {"floor": mass - room, "costs": mass + room, "both": mass * rng.uniform(0.1, 3, N)}[kind]
    costs = np.zeros((N, K)) if kind == "floor" else np.exp(rng.uniform(-2, 2, (N, K)))
    return Batch(floor, rates, weights, mass, costs, total[:, None] * rng.dirichlet(np.full(K, 2.0), N))


def slopes_of(batch, row, c):
    """Relative slopes, exactly at the floats c."""
    floor, *rates = ([Fraction(float(x)) for x in column[row]] for column in (batch.floor, *batch.rates))
    weights, c = [Fraction(float(w)) for w in batch.weights[row]], [Fraction(float(x)) for x in c]
    inside = [f + sum(a * r[j] for a, r in zip(c, rates, strict=True)) for j, f in enumerate(floor)]
    found = []
    for k, scale in enumerate(c):
        drawn_ = Fraction(float(batch.mass[row])) * sum(w * scale * rates[k][j] / inside[j] for j, w in enumerate(weights))
        pull = Fraction(float(batch.pulls[row, k]))
        found.append(float((drawn_ + Fraction(float(batch.costs[row, k])) * scale - pull) / pull))
    return found


@SEEDS
def test_the_slopes_vanish(seed):
    "In exact arithmetic, to a few ulps of the pulls; and the residuals say so."
    batch = drawn(np.random.default_rng(seed), N=4)
    found, residuals = solved(batch)
    assert np.isfinite(found).all() and (residuals < 1e-12).all()
    for row in range(4):
        assert np.abs(slopes_of(batch, row, found[row])).max() < 1e-14


@pytest.mark.parametrize("kind", ["floor", "costs"])
@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9])
def test_next_to_the_edge(kind, gap):
    "Pulls that nearly fill the mass: the scales, of size 1/gap, against Newton's method at 60 digits."
    batch = drawn(np.random.default_rng(1), K=3, kind=kind, gap=gap)
    found = solved(batch)[0][0]
    with mp.workdps(60):
        floor, *rates = ([mp.mpf(float(x)) for x in column[0]] for column in (batch.floor, *batch.rates))
        weights, mass = [mp.mpf(float(w)) for w in batch.weights[0]], mp.mpf(float(batch.mass[0]))
        costs, pulls = ([mp.mpf(float(x)) for x in row] for row in (batch.costs[0], batch.pulls[0]))
        total = mp.fsum(weights)
        # float weights do not sum to one exactly: the mass is that of the law all the same

        def slopes(*u):
            c = [mp.exp(x) for x in u]
            inside = [f + mp.fsum(a * r[j] for a, r in zip(c, rates, strict=True)) for j, f in enumerate(floor)]
            return [mass / total * mp.fsum(w * c[k] * rates[k][j] / inside[j] for j, w in enumerate(weights)) + costs[k] * c[k] - pulls[k] for k in range(3)]
        exact = mp.findroot(slopes, [mp.log(x) for x in found], tol=mp.mpf(10)**-40)
        worst = max(abs(mp.exp(u) / x - 1) for u, x in zip(exact, map(float, found), strict=True))
    assert worst < 1e-12


@SEEDS
def test_scales_of_the_rates(seed):
    "rate_k by a, cost_k by a: c_k by 1/a; floor and rates by b together: nothing."
    rng = np.random.default_rng(seed)
    batch, a, b = drawn(rng, N=3), 10 ** rng.uniform(-9, 9), 10 ** rng.uniform(-9, 9)
    found = solved(batch)[0]
    first = Batch(batch.floor, [a * batch.rates[0], *batch.rates[1:]], batch.weights, batch.mass, batch.costs * np.where(np.arange(batch.costs.shape[1]) == 0, a, 1), batch.pulls)
    np.testing.assert_allclose(solved(first)[0][:, 0] * a, found[:, 0], rtol=1e-13)
    both = Batch(batch.floor * b, [r * b for r in batch.rates], batch.weights, batch.mass, batch.costs, batch.pulls)
    np.testing.assert_allclose(solved(both)[0], found, rtol=1e-13)


@SEEDS
def test_the_order_of_unknowns_and_atoms(seed):
    "Does not matter."
    rng = np.random.default_rng(seed)
    batch = drawn(rng, N=3, K=3)
    ks, js = rng.permutation(3), rng.permutation(5)
    moved = Batch(batch.floor[:, js], [batch.rates[k][:, js] for k in ks], batch.weights[:, js], batch.mass, batch.costs[:, ks], batch.pulls[:, ks])
    np.testing.assert_allclose(solved(moved)[0], solved(batch)[0][:, ks], rtol=1e-13)


@SEEDS
def test_an_unknown_in_two_parts(seed):
    "Of one rate and cost, with shares of the pull: shares of the scale."
    rng = np.random.default_rng(seed)
    batch, share = drawn(rng, N=2, K=2), rng.uniform(0.1, 0.9)
    split = Batch(batch.floor, [batch.rates[0], *batch.rates], batch.weights, batch.mass, batch.costs[:, [0, 0, 1]], batch.pulls[:, [0, 0, 1]] * [share, 1 - share, 1])
    np.testing.assert_allclose(solved(split)[0], solved(batch)[0][:, [0, 0, 1]] * [share, 1 - share, 1], rtol=1e-13)


@SEEDS
def test_a_batch_is_its_parts(seed):
    "Also with tables and weights that all share."
    rng = np.random.default_rng(seed)
    batch = drawn(rng, N=5)
    found = solved(batch)[0]
    for row in range(5):
        np.testing.assert_allclose(solved(batch.part([row]))[0][0], found[row], rtol=1e-13)
    shared = Batch(batch.floor[:1], [r[:1] for r in batch.rates], batch.weights[0], np.full(3, batch.mass[0]), batch.costs[[0] * 3], batch.pulls[[0] * 3])
    np.testing.assert_allclose(solved(shared)[0], found[[0] * 3], rtol=1e-13)


def test_one_atom_in_closed_form():
    "c = n/((p - n) s)."
    for n, p, s in ((1, 3, 1), (299, 300, 1e-9), (1e-4, 5, 1e9)):
        found, _ = solved(potential([1], [[s]], [1], p, [0], [n]))
        assert found[0, 0] == pytest.approx(n / ((p - n) * s), rel=1e-14)


def test_a_gap_that_no_float_of_the_mass_has():
    "Given on its own, it is used."
    found, _ = solved(potential([1], [[2]], [1], 60, [0], [60], gap=np.array([1e-30])))
    assert found[0, 0] == pytest.approx(60 / (2 * 1e-30), rel=1e-13)


def test_much_more_mass_than_pulls():
    "The sum of the slopes is no better than they there: 1e8 of mass, and pulls of one."
    batch = potential([1e8, 1e8], [[1, 2], [3, 1]], [0.5, 0.5], 1e8, [1, 2], [1, 1])
    assert np.abs([float(x) for x in slopes_of(Batch(batch.floor, batch.rates, batch.weights[None], batch.mass, batch.costs, batch.pulls), 0, solved(batch)[0][0])]).max() < 1e-14


# Where there is none

@SEEDS
def test_existence_is_what_newton_finds(seed):
    "With zeros in the tables: a minimiser is found exactly where the conditions hold, but for pulls next to their bounds."
    rng = np.random.default_rng(seed)
    K, C = int(rng.integers(1, 4)), int(rng.integers(1, 5))
    floor, rates = rng.integers(0, 2, C) * rng.integers(0, 2), rng.integers(0, 2, (K, C)) * rng.uniform(0.5, 2, (K, C))
    costs = np.full(K, float(rng.integers(0, 2)))
    batch = potential(floor, rates, np.full(C, 1 / C), 12, costs, rng.integers(1, 24, K) / 2 + 0.01)
    found, residuals = solved(batch)
    assert np.isfinite(found).all() == exists(batch)[0]
    if exists(batch)[0]:
        assert np.abs(slopes_of(Batch(batch.floor, batch.rates, batch.weights[None], batch.mass, batch.costs, batch.pulls), 0, found[0])).max() < 1e-12


def test_rank_conditions():
    "Three of ten directions: fewer than three rows below the peak; above it more than what the others leave."
    low, full = [1, 0], [1, 1]
    for pulls, holds in (([2.9, 6], True), ([3.1, 2], False), ([2, 8.1], False)):
        assert exists(potential([1, 1], [low, full], [0.3, 0.7], 10, [0, 0], pulls))[0] == holds
    for pulls, holds in (([20, 7.1], True), ([20, 6.9], False)):
        batch = potential([0, 0], [low, full], [0.3, 0.7], 10, [1, 1], pulls)
        assert exists(batch)[0] == holds and np.isfinite(solved(batch)[0]).all() == holds
    low_, total, high, holds = bounds(potential([1, 1], [low, full], [0.3, 0.7], 10, [0, 0], [3.1, 2]), [0])
    assert (low_[0], total[0], high[0], holds[0]) == (0, 3.1, 3, False)


def test_atoms_that_nothing_reaches():
    "The logarithm of zero: no minimiser, whatever the pulls."
    batch = potential([0, 0], [[1, 0], [2, 0]], [0.25, 0.75], 8, [1, 1], [9, 9])
    assert unreached(batch)[0] == 6 and not exists(batch)[0] and np.isnan(solved(batch)[0]).all()


def test_one_without_a_minimiser_leaves_the_others_alone():
    "nan in its row."
    batch = drawn(np.random.default_rng(0), N=3, K=2, kind="floor")
    lost = Batch(batch.floor, batch.rates, batch.weights, batch.mass, batch.costs, np.where(np.arange(3)[:, None] == 1, 10 * batch.mass[1], batch.pulls))
    found, residuals = solved(lost)
    assert np.isnan(found[1]).all() and not residuals[1] <= 1e-12
    np.testing.assert_allclose(found[[0, 2]], solved(batch)[0][[0, 2]], rtol=1e-13)


@SEEDS
def test_differences_are_rounded_once(seed):
    "mass less pulls, against fractions; an ulp of the mass apart, too."
    rng = np.random.default_rng(seed)
    pulls = rng.uniform(0, 10, (5, 4))
    mass = np.array([float(np.nextafter(row.sum(), side)) for row, side in zip(pulls, [0, 99, 0, 99, 0], strict=True)])
    for gap, m, row in zip(difference(mass, pulls), mass, pulls, strict=True):
        exact = Fraction(float(m)) - sum(Fraction(float(x)) for x in row)
        assert abs(Fraction(float(gap)) - exact) <= abs(exact) / 2**50 + Fraction(1, 2**100)


def test_subsets():
    "Every nonempty one, once."
    assert sorted(map(tuple, subsets(3))) == [(0,), (0, 1), (0, 1, 2), (0, 2), (1,), (1, 2), (2,)]
    assert list(smallest_first(range(3))) == [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]
