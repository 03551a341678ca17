"""Matrices as factors: what they multiply to is the matrix, and what is none is refused by its name."""

import numpy as np
import pytest

from symrisk.equivalents.arguments import number, of_each
from symrisk.equivalents.matrices import halves, is_plain, semidefinite, sources, square, times
from symrisk.errors import DomainError


def drawn(p, rank, scale=1.0):
    rows = np.random.default_rng(p + rank).normal(size=(p, rank))
    return scale * rows @ rows.T


@pytest.mark.parametrize("scale", [1.0, 1e-200, 1e200])
@pytest.mark.parametrize("p, rank", [(5, 5), (5, 2), (4, 0)])
def test_a_factor_gives_the_matrix_back(p, rank, scale):
    "Whatever its size and its rank, which the factor shows."
    matrix = drawn(p, rank, scale)
    half = semidefinite("it", matrix, p)
    np.testing.assert_allclose(np.ldexp(half.product, half.exponent), matrix, atol=1e-13 * scale * p)
    assert half.factor.shape == (p, rank)


def test_a_symmetric_matrix_is_a_difference():
    "Of two halves whose ranges are orthogonal."
    matrix = drawn(6, 2) - drawn(6, 3)
    one, other = halves("it", matrix, 6)
    difference = np.ldexp(one.product, one.exponent) - np.ldexp(other.product, other.exponent)
    np.testing.assert_allclose(difference, matrix, atol=1e-13)
    assert np.abs(one.factor.T @ other.factor).max() < 1e-12


def test_a_multiple_of_the_identity_stays_one():
    "It is not turned, and multiplies as its number."
    half = semidefinite("it", 3 * np.eye(4), 4)
    basis = np.linalg.qr(np.random.default_rng(1).normal(size=(4, 4)))[0]
    assert is_plain(half.factor) and half.turned(basis) is half and not is_plain(np.ones((2, 2)))
    root = np.random.default_rng(2).normal(size=(4, 4))
    np.testing.assert_allclose(times(root, half.factor), root @ half.factor, rtol=1e-15)
    assert square(np.array([3.0, 4.0])) == 25.0


@pytest.mark.parametrize("covariances, said", [
    ([], "there is none"), (np.eye(2), "shape"), ([np.eye(2), np.eye(3)], r"covariances\[1\]"), ([-np.eye(2)], r"covariances\[0\]"),
    ([np.array([[1.0, 2.0], [0.0, 1.0]])], r"covariances\[0\]"), ([np.full((2, 2), np.nan)], r"covariances\[0\]")])
def test_what_is_no_covariance_is_refused(covariances, said):
    "By its place."
    with pytest.raises(DomainError, match=said):
        sources(covariances)


def test_numbers_of_each_source():
    "One each, or one for all where that is allowed."
    assert of_each("sizes", [1, 2], 2, "positive").tolist() == [1, 2]
    assert of_each("noises", 3, 2, "positive", one=True).tolist() == [3, 3]
    assert number("penalty", 2) == 2.0
    for values, one in (([1, 2, 3], False), (3, False)):
        with pytest.raises(DomainError, match="sizes has one number for each of the 2 sources"):
            of_each("sizes", values, 2, "positive", one)
    with pytest.raises(DomainError, match="penalty"):
        number("penalty", -1)
