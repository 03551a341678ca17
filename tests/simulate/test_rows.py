"""What the random designs are."""

import numpy as np
import pytest

from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.fits.pseudo_inverse import PseudoInverse
from symrisk.simulate.given import count
from symrisk.simulate.worlds.positions import direction, vector
from symrisk.simulate.worlds.rows import DESIGNS, gaussian_rows, sign_rows, student_rows

EVERY_DESIGN = pytest.mark.parametrize("rows", DESIGNS.values(), ids=DESIGNS)
REPS = 40_000
STUDENT_BEYOND_5 = 0.001327925


@pytest.fixture
def rng():
    return np.random.default_rng(20240613)


@EVERY_DESIGN
@pytest.mark.parametrize(("n", "p"), [(0, 4), (1, 1), (3, 7), (7, 3)])
def test_rows_are_a_float_array_of_shape_n_p(rng, rows, n, p):
    "Any number of rows, none included, as float64."
    X = rows(rng, n, p)
    assert (X.shape, X.dtype) == ((n, p), np.float64)


@EVERY_DESIGN
def test_entries_have_mean_zero_and_variance_one(rng, rows):
    "Mean and second moment are 0 and 1 within four standard errors."
    x = rows(rng, REPS, 1)[:, 0]
    assert abs(x.mean()) < 4 / np.sqrt(REPS)
    assert abs((x**2).mean() - 1) <= 4 * (x**2).std() / np.sqrt(REPS)


@EVERY_DESIGN
def test_entries_are_uncorrelated(rng, rows):
    "Two entries of one row have correlation 0 within four standard errors."
    x = rows(rng, REPS, 2)
    assert abs((x[:, 0] * x[:, 1]).mean()) < 4 / np.sqrt(REPS)


@pytest.mark.parametrize(
    ("rows", "fourth_moment", "spread"), [(gaussian_rows, 3, np.sqrt(96)), (sign_rows, 1, 0)]
)
def test_the_fourth_moment_tells_the_designs_apart(rng, rows, fourth_moment, spread):
    "E z^4 is 3 for normal entries and 1, without randomness, for signs."
    assert abs((rows(rng, REPS, 1) ** 4).mean() - fourth_moment) <= 4 * spread / np.sqrt(REPS)


def test_sign_rows_hold_both_signs_only(rng):
    "Entries are +1 and -1."
    assert set(sign_rows(rng, 8, 8).ravel()) == {-1.0, 1.0}


def test_student_rows_have_heavy_tails(rng):
    "A fourth moment of 9, and a share beyond 5 that is Student's, P(|t_5| > 5 sqrt(5/3)), where a normal's is 6e-7."
    x = student_rows(rng, 1000, 1000)
    assert abs((x**4).mean() - 9) < 1.5                                           # its own eighth moment is infinite
    assert abs((abs(x) > 5).mean() - STUDENT_BEYOND_5) < 4 * np.sqrt(STUDENT_BEYOND_5 / x.size)


@pytest.mark.parametrize(("rows", "excess"), [(sign_rows, -2), (student_rows, 6 - 26.5 / 240**0.5)])
def test_the_fourth_moment_moves_the_noise_to_first_order(rows, excess):
    "tr (X X')^{-1} has the Gaussian mean times 1 + (E z^4 - 3)/p; of Student's z^4 what lies beyond z^2 = p, 26.5/sqrt(p), is lost."
    n, p, reps = 60, 240, 600
    traces = [PseudoInverse(rows(child, n, p)).noise_variance() for child in np.random.default_rng(5).spawn(reps)]
    gaussian, error = n / (p - n - 1), np.std(traces, ddof=1) / np.sqrt(reps)
    assert abs(np.mean(traces) / gaussian - (1 + excess / p)) < 4 * error / gaussian
    assert abs(np.mean(traces) - gaussian) > 4 * error


@EVERY_DESIGN
def test_the_generator_decides_the_rows(rows):
    "One seed, one design; another seed, another."
    first, again, other = (rows(np.random.default_rng(seed), 5, 9) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("p", [1, 2, 500])
def test_a_direction_has_norm_one(rng, p):
    "Unit length in every dimension."
    assert np.linalg.norm(direction(rng, p)) == pytest.approx(1, rel=1e-14)


def test_directions_are_uniform(rng):
    "E u u' = I/p within four standard errors, entry by entry."
    p = 3
    products = np.array([np.outer(u, u) for u in (direction(rng, p) for _ in range(5000))])
    error = products.std(axis=0) / np.sqrt(len(products))
    assert np.all(abs(products.mean(axis=0) - np.eye(p) / p) < 4 * error)


@pytest.mark.parametrize("norm_sq", [0, 0.25, 7])
def test_a_vector_has_the_squared_norm_asked_for(rng, norm_sq):
    "Squared norms are given, directions drawn; zero is the zero vector."
    assert np.sum(vector(rng, 6, norm_sq) ** 2) == pytest.approx(norm_sq, rel=1e-14)


@pytest.mark.parametrize("norm_sq", [-1, np.nan, np.inf])
def test_a_squared_norm_is_finite_and_not_negative(rng, norm_sq):
    "A DomainError, not a nan."
    with pytest.raises(DomainError, match="squared norm"):
        vector(rng, 6, norm_sq)


@EVERY_DESIGN
@pytest.mark.parametrize(
    ("n", "p", "name"), [(2.5, 4, "n"), (-1, 4, "n"), (np.inf, 2, "n"), (2, 0, "p"), (2, np.nan, "p")]
)
def test_sizes_that_cannot_be_drawn_are_named(rng, rows, n, p, name):
    "A DomainError names the size and its value."
    with pytest.raises(DomainError, match=f"^{name} is a whole number"):
        rows(rng, n, p)


@pytest.mark.parametrize("value", ["3", None, True, 1j, np.ones(2)])
def test_a_count_is_a_number(value):
    "Anything else is an ArgumentError that names the argument."
    with pytest.raises(ArgumentError, match="^n1 is a whole number"):
        count("n1", value)


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), np.float64(3)])
def test_whole_numbers_of_any_type_are_counts(value):
    "A formula's values are floats: 3.0 counts as 3."
    assert type(count("n1", value)) is int
    assert count("n1", value) == 3
