"""What the min-norm interpolator is, and what its replicates average to."""

import numpy as np
import pytest

from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.fits.pseudo_inverse import PseudoInverse
from symrisk.simulate.mixing import expected_mixing_variance, mixing_variance
from symrisk.simulate.risk import Risk, parts
from symrisk.simulate.worlds.positions import vector
from symrisk.simulate.worlds.rows import DESIGNS, gaussian_rows, sign_rows
from symrisk.simulate.worlds.shifted import Shifted
from symrisk.simulate.worlds.world import Draw
from symrisk.symbols import delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, theta_sq

WIDER = [(1, 5), (3, 7), (40, 60), (150, 200)]
WIDE = pytest.mark.parametrize(("n", "p"), WIDER)
SHAPES = pytest.mark.parametrize(("n", "p"), [*WIDER, (1, 1), (7, 3), (150, 100)])
EVERY_DESIGN = pytest.mark.parametrize("rows", DESIGNS.values(), ids=DESIGNS)
MIXES = pytest.mark.parametrize(("w", "t"), [(0.6, 0), (0, 4), (0.2, 3), (1 / 3, 6), (0.618, 12), (1, 5)])
SIDES = pytest.mark.parametrize(("n", "p"), [(20, 30), (30, 20)], ids=["n<p", "n>p"])
KNOWN = {"n1": 20, "n2": 10, "p": 60, "sigma1_sq": 2.0, "sigma2_sq": 0.5, "theta_sq": 5.0, "delta_sq": 3.0}
NOTHING = dict.fromkeys(["sigma1_sq", "sigma2_sq", "theta_sq", "delta_sq"], 0.0)
pooled_risk = Risk(Shifted((n1, n2), p, (sigma1_sq, sigma2_sq), theta_sq, (delta_sq, 0)), MinNorm())
target_risk = Risk(Shifted((n2,), p, (sigma2_sq,), theta_sq, (0,)), MinNorm())
source_risk = Risk(Shifted((n1,), p, (sigma1_sq,), theta_sq, (delta_sq,)), MinNorm())
min_norm = MinNorm().coefficients


@pytest.fixture
def rng():
    return np.random.default_rng(13944)


def risk_given_design(X1, X2, theta2, delta, *, sigma1_sq, sigma2_sq):
    """The risk of pooling two samples that are told, the target's second."""
    signals = np.concatenate([X1 @ (theta2 + delta), X2 @ theta2])
    draw = Draw((X1, X2), (sigma1_sq, sigma2_sq), signals, theta2)
    return parts(draw, MinNorm().on(draw.designs)).risk


def replicated(replicate, reps=2000, seed=1, **values):
    """Mean and standard error over independent replicates."""
    draws = [replicate(child, **values) for child in np.random.default_rng(seed).spawn(reps)]
    return np.mean(draws), np.std(draws, ddof=1) / np.sqrt(reps)


def exact_pooled_risk(*, n1, n2, p, sigma1_sq, sigma2_sq, theta_sq, delta_sq):
    """The exact mean for Gaussian rows, p > n + 1."""
    n = n1 + n2
    noise, signal = (n1 * sigma1_sq + n2 * sigma2_sq) / (p - n - 1), (p - n) / p * theta_sq
    return noise + signal + n1 * (p - n1 - 1) / (p * (p - n - 1)) * delta_sq


def variance_inflation(w, t):
    """v_t as the polynomial in q = 1 - w."""
    q = 1 - w
    return 1 + sum(3 * q ** (2 * k) - 2 * q ** (2 * k - 1) for k in range(1, t + 1))


class TestMinNorm:
    @SHAPES
    def test_is_the_pseudo_inverse(self, rng, n, p):
        "min_norm(X, y) is pinv(X) y, for more columns and for more rows."
        X, y = gaussian_rows(rng, n, p), rng.standard_normal(n)
        assert min_norm(X, y) == pytest.approx(np.linalg.pinv(X) @ y, rel=1e-9, abs=1e-12)

    @WIDE
    def test_interpolates(self, rng, n, p):
        "With n <= p every label is fitted."
        X, y = gaussian_rows(rng, n, p), rng.standard_normal(n)
        assert X @ min_norm(X, y) == pytest.approx(y, rel=1e-10, abs=1e-12)

    @WIDE
    def test_is_the_shortest_interpolator(self, rng, n, p):
        "Moving within the null space of X only adds norm: the coefficients are orthogonal to it."
        X, y = gaussian_rows(rng, n, p), rng.standard_normal(n)
        null_space = np.linalg.svd(X)[2][n:]
        assert null_space @ min_norm(X, y) == pytest.approx(np.zeros(p - n), abs=1e-12)

    def test_without_rows_is_zero(self):
        "n = 0 gives the zero estimator, which projects on nothing and carries no noise."
        fit = PseudoInverse(np.zeros((0, 4)))
        assert np.array_equal(fit.coefficients(np.zeros(0)), np.zeros(4))
        assert (np.array_equal(fit.project(np.ones(4)), np.zeros(4)), fit.noise_variance()) == (True, 0)

    def test_takes_columns_of_labels(self, rng):
        "Labels (n, m) give coefficients (p, m), column by column."
        X, Y = gaussian_rows(rng, 3, 5), rng.standard_normal((3, 4))
        assert PseudoInverse(X).coefficients(Y)[:, 2] == pytest.approx(min_norm(X, Y[:, 2]), rel=1e-12)

    @pytest.mark.parametrize("scale", [1e-100, 1e-9, 1, 1e9, 1e100])
    def test_scales_inversely_with_the_design(self, rng, scale):
        "(c X)^+ = X^+ / c at any c."
        X, y = gaussian_rows(rng, 6, 9), rng.standard_normal(6)
        assert scale * min_norm(scale * X, y) == pytest.approx(min_norm(X, y), rel=1e-12)

    @SHAPES
    def test_projects_on_the_row_space(self, rng, n, p):
        "The projection is symmetric, idempotent and of trace min(n, p)."
        fit = PseudoInverse(gaussian_rows(rng, n, p))
        projection = np.array([fit.project(e) for e in np.eye(p)])
        assert projection == pytest.approx(projection.T, abs=1e-10)
        assert projection @ projection == pytest.approx(projection, abs=1e-10)
        assert np.trace(projection) == pytest.approx(min(n, p), rel=1e-12)

    @SHAPES
    def test_noise_variance_is_the_trace_of_the_covariance(self, rng, n, p):
        "tr X^+ diag(sigma^2) X^+', with one variance a row."
        X, sigma_sq = gaussian_rows(rng, n, p), rng.uniform(0, 3, n)
        pinv = np.linalg.pinv(X)
        covariance = pinv * sigma_sq @ pinv.T
        assert PseudoInverse(X).noise_variance(sigma_sq) == pytest.approx(np.trace(covariance), rel=1e-9)

    @WIDE
    def test_unit_noise_gives_the_trace_of_the_inverse_gram_matrix(self, rng, n, p):
        "tr K^{-1} is the sum of 1/s^2 over the singular values of X."
        X = gaussian_rows(rng, n, p)
        assert PseudoInverse(X).noise_variance() == pytest.approx(np.sum(np.linalg.svd(X)[1] ** -2.0), rel=1e-10)


class TestWhatMinNormRefuses:
    @pytest.mark.parametrize("shape", [(2, 5), (5, 12), (80, 100), (12, 5), (100, 80)])
    def test_a_repeated_row_or_column(self, rng, shape):
        "Dependent rows (columns, for n > p) are a DomainError, not coefficients of size 1e16."
        X = gaussian_rows(rng, *shape)
        X[:, -1], X[-1] = (X[:, -1], -X[0]) if shape[0] <= shape[1] else (X[:, 0], X[-1])
        with pytest.raises(DomainError, match="not of full rank"):
            PseudoInverse(X)

    @pytest.mark.parametrize("shape", [(3, 3), (3, 6), (6, 3)])
    def test_a_design_of_zeros(self, shape):
        "The zero matrix has no full rank."
        with pytest.raises(DomainError, match="not of full rank"):
            PseudoInverse(np.zeros(shape))

    @pytest.mark.parametrize("bad", [np.nan, np.inf])
    @pytest.mark.parametrize("name", ["X", "y"])
    def test_values_that_are_not_finite(self, bad, name):
        "A NaN or an infinity is refused by name."
        data = {"X": np.eye(2, 3), "y": np.ones(2)}
        data[name].flat[0] = bad
        with pytest.raises(DomainError, match=rf"^{name} is finite; not {name}\[0.*\] = {bad}"):
            min_norm(data["X"], data["y"])

    @pytest.mark.parametrize(
        ("X", "y"), [(np.ones(3), np.ones(3)), (np.eye(2, 3), np.ones(3)), (np.eye(2, 3), 1.0)]
    )
    def test_shapes_that_do_not_fit(self, X, y):
        "Shapes are checked before NumPy meets them."
        with pytest.raises(DomainError, match="shape"):
            min_norm(X, y)

    @pytest.mark.parametrize("sigma_sq", [-1.0, [1.0, -1.0], [1.0, 1.0, 1.0], np.nan])
    def test_variances_that_are_negative_or_too_many(self, sigma_sq):
        "One variance >= 0, or one a row."
        with pytest.raises(DomainError, match="sigma_sq"):
            PseudoInverse(np.eye(2, 3)).noise_variance(sigma_sq)

    def test_samples_of_different_dimension(self):
        "All samples live in one dimension."
        with pytest.raises(DomainError, match="rows of one length p"):
            MinNorm().on([np.eye(2, 4), np.eye(1, 3)])


class TestRiskGivenDesign:
    @pytest.mark.parametrize(("n1", "n2", "p"), [(4, 3, 12), (0, 5, 9), (5, 0, 9), (9, 8, 6)])
    def test_is_the_average_over_noise_draws(self, rng, n1, n2, p):
        "The closed form over the noise equals the brute-force average within four standard errors."
        X1, X2 = gaussian_rows(rng, n1, p), gaussian_rows(rng, n2, p)
        theta2, delta, draws = vector(rng, p, 5.0), vector(rng, p, 3.0), 20_000
        noise = np.repeat(np.sqrt([2.0, 0.5]), [n1, n2])[:, None] * rng.standard_normal((n1 + n2, draws))
        labels = np.concatenate([X1 @ (theta2 + delta), X2 @ theta2])[:, None] + noise
        risks = np.sum((min_norm(np.vstack([X1, X2]), labels) - theta2[:, None]) ** 2, axis=0)
        expected = risk_given_design(X1, X2, theta2, delta, sigma1_sq=2.0, sigma2_sq=0.5)
        assert abs(risks.mean() - expected) < 4 * risks.std(ddof=1) / np.sqrt(draws)

    @EVERY_DESIGN
    def test_signal_and_shift_do_not_interact(self, rng, rows):
        "There is no <theta_2, delta> term given X: the sign of delta is free, and the parts add."
        X1, X2, theta2 = rows(rng, 20, 60), rows(rng, 10, 60), vector(rng, 60, 5.0)
        risks = [
            risk_given_design(X1, X2, theta2, delta, sigma1_sq=0.0, sigma2_sq=0.0)
            for delta in (theta2, -theta2, 0 * theta2)
        ]
        shift_only = risk_given_design(X1, X2, 0 * theta2, theta2, sigma1_sq=0.0, sigma2_sq=0.0)
        assert risks[0] == pytest.approx(risks[1], rel=1e-12)
        assert risks[0] - risks[2] == pytest.approx(shift_only, rel=1e-12)

    def test_noise_of_each_sample_meets_its_own_rows(self, rng):
        "Exchanging samples and variances changes nothing; exchanging the variances alone does."
        X1, X2, zero = gaussian_rows(rng, 5, 12), gaussian_rows(rng, 2, 12), np.zeros(12)
        risk = risk_given_design(X1, X2, zero, zero, sigma1_sq=2.0, sigma2_sq=0.5)
        exchanged = risk_given_design(X2, X1, zero, zero, sigma1_sq=0.5, sigma2_sq=2.0)
        assert exchanged == pytest.approx(risk, rel=1e-12)
        assert risk_given_design(X1, X2, zero, zero, sigma1_sq=0.5, sigma2_sq=2.0) < 0.9 * risk


class TestConceptShift:
    @pytest.mark.parametrize("part", ["sigma1_sq", "sigma2_sq", "theta_sq", "delta_sq"])
    def test_each_part_of_the_pooled_risk_has_its_exact_mean(self, part):
        "Gaussian rows: noise of either sample, signal and shift, each alone, within four standard errors."
        values = KNOWN | NOTHING | {part: 1.0}
        mean, error = replicated(pooled_risk, **values)
        assert abs(mean - exact_pooled_risk(**values)) < 4 * error

    @pytest.mark.parametrize(
        ("n1", "n2", "p"), [(3, 2, 12), (8, 5, 30), (40, 20, 100), (0, 10, 30), (10, 0, 30)]
    )
    def test_the_pooled_risk_has_its_exact_mean(self, n1, n2, p):
        "Gaussian rows, all parts together, at several sizes and on both edges."
        values = KNOWN | {"n1": n1, "n2": n2, "p": p}
        mean, error = replicated(pooled_risk, **values)
        assert abs(mean - exact_pooled_risk(**values)) < 4 * error

    @pytest.mark.parametrize("p", [30, 60])
    def test_sign_rows_have_the_noise_of_gaussian_rows_less_two_parts_in_p(self, p):
        "Their noise part is the exact Gaussian one times 1 - 2/p, a gap that 2000 replicates resolve."
        values = KNOWN | {"n1": p // 3, "n2": p // 6, "p": p, "theta_sq": 0.0, "delta_sq": 0.0}
        mean, error = replicated(pooled_risk, rows=sign_rows, **values)
        gaussian = exact_pooled_risk(**values)
        assert abs(mean - (1 - 2 / p) * gaussian) < 4 * error
        assert abs(mean - gaussian) > 4 * error

    @pytest.mark.parametrize("part", ["theta_sq", "delta_sq"])
    def test_sign_rows_have_the_signal_and_shift_of_gaussian_rows(self, part):
        "For random directions the other two parts agree within four standard errors."
        values = KNOWN | NOTHING | {part: 1.0}
        mean, error = replicated(pooled_risk, rows=sign_rows, **values)
        assert abs(mean - exact_pooled_risk(**values)) < 4 * error

    def test_least_squares_has_no_signal_part(self, rng):
        "With n > p the rows span everything: without noise and shift the risk is zero."
        values = KNOWN | {"n1": 30, "n2": 20, "p": 10, "sigma1_sq": 0, "sigma2_sq": 0, "delta_sq": 0}
        assert pooled_risk(rng, **values) == pytest.approx(0, abs=1e-24)

    def test_pooling_no_source_rows_is_the_target_alone(self):
        "At n1 = 0 the shift and the source's noise no longer matter."
        pooled = pooled_risk(np.random.default_rng(0), **KNOWN | {"n1": 0})
        target = target_risk(np.random.default_rng(0), n2=10, p=60, sigma2_sq=0.5, theta_sq=5.0)
        assert pooled == target

    def test_the_target_risk_has_its_exact_mean(self):
        "n2 sigma2_sq/(p-n2-1) + (p-n2)/p theta_sq."
        mean, error = replicated(target_risk, n2=15, p=40, sigma2_sq=2.0, theta_sq=5.0)
        assert abs(mean - (15 * 2.0 / 24 + 25 / 40 * 5.0)) < 4 * error

    def test_the_source_risk_has_its_exact_mean(self):
        "n1 sigma1_sq/(p-n1-1) + (p-n1)/p theta_sq + n1/p delta_sq."
        mean, error = replicated(source_risk, n1=15, p=40, sigma1_sq=2.0, theta_sq=5.0, delta_sq=3.0)
        assert abs(mean - (15 * 2.0 / 24 + 25 / 40 * 5.0 + 15 / 40 * 3.0)) < 4 * error

    @pytest.mark.parametrize("name", ["n1", "n2", "p"])
    def test_sizes_that_are_not_whole_are_refused(self, rng, name):
        "Half a row can't be drawn."
        with pytest.raises(DomainError, match="whole number"):
            pooled_risk(rng, **KNOWN | {name: 2.5})

    @pytest.mark.parametrize("name", ["sigma1_sq", "sigma2_sq", "theta_sq", "delta_sq"])
    @pytest.mark.parametrize("value", [-1.0, np.nan])
    def test_squares_are_not_negative(self, rng, name, value):
        "A negative or undefined square is a DomainError, never a number."
        with pytest.raises(DomainError):
            pooled_risk(rng, **KNOWN | {name: value})


class TestLabelMixing:
    @MIXES
    @SIDES
    @EVERY_DESIGN
    def test_the_expectation_over_labels_is_v_t_for_every_design(self, rng, w, t, n, p, rows):
        "Propagating the label covariance gives v_t to rounding, whatever X is."
        expected = expected_mixing_variance(rng, w=w, t=t, n=n, p=p, rows=rows)
        assert expected == pytest.approx(variance_inflation(w, t), rel=1e-11)

    @MIXES
    @SIDES
    def test_drawn_labels_average_to_v_t(self, w, t, n, p):
        "The iteration itself, labels drawn, within four standard errors."
        mean, error = replicated(mixing_variance, reps=800, w=w, t=t, n=n, p=p)
        assert abs(mean - variance_inflation(w, t)) < 4 * error

    def test_no_real_labels_collapse_linearly(self, rng):
        "w = 0: v_t = 1 + t."
        assert expected_mixing_variance(rng, w=0, t=7, n=10, p=15) == pytest.approx(8, rel=1e-11)

    @pytest.mark.parametrize(("name", "value", "error"), [
        ("t", 1.5, DomainError), ("t", -1, DomainError), ("n", 2.5, DomainError), ("p", "9", ArgumentError),
        ("w", np.nan, DomainError),
    ])
    def test_values_without_meaning_are_refused(self, rng, name, value, error):
        "Half a generation, half a row, a NaN weight: typed errors."
        values = {"w": 0.5, "t": 2, "n": 6, "p": 9}
        with pytest.raises(error):
            mixing_variance(rng, **values | {name: value})
