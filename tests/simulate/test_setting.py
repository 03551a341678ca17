"""What replicates of K samples of any covariances are, and what they average to."""

import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from symrisk.equivalents import dense
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.experiment import Comparison, Simulation
from symrisk.simulate.growth import grow_setting
from symrisk.simulate.setting import Setting
from symrisk.simulate.worlds.rows import DESIGNS, gaussian_rows
from symrisk.theorems.transfer.many_sources import pooled_risk_of_3

EVERY_DESIGN = pytest.mark.parametrize("rows", DESIGNS)
EXCESS = {"gaussian": 0, "signs": 2, "student": 6}
"""|E z^4 - 3|, which moves the variance by about that share of 1/p."""

CASES = {
    "two ridgeless": {"sizes": (12, 10), "p": 40},
    "two weighted ridge": {"sizes": (12, 10), "p": 40, "mu": 8.0, "weights": (1.0, 2.5)},
    "two ridge, more rows": {"sizes": (30, 25), "p": 40, "mu": 8.0, "weights": (1.0, 2.5)},
    "three ridgeless": {"sizes": (6, 9, 7), "p": 40},
    "three weighted least squares": {"sizes": (25, 30, 35), "p": 40, "weights": (1.0, 2.5, 0.5)},
    "two ridgeless, penalty Omega": {"sizes": (12, 10), "p": 40, "penalty": True},
    "two ridge, penalty Omega": {"sizes": (12, 10), "p": 40, "mu": 8.0, "penalty": True},
    "two ridgeless, diagonal": {"sizes": (12, 10), "p": 40, "diagonal": True},
}
EVERY_CASE = pytest.mark.parametrize("case", CASES)


def covariance(rng, p, diagonal=False):
    """Eigenvalues over a decade in a random basis."""
    values = np.exp(rng.uniform(-1.2, 1.2, p))
    turn, _ = np.linalg.qr(rng.standard_normal((p, p)))
    return values if diagonal else (turn * values) @ turn.T


def setting(sizes, p, penalty=False, diagonal=False, seed=11, **given):
    """Samples whose covariances do not commute, each with its own coefficients and noise, and a target that is none of them."""
    rng = np.random.default_rng(seed)
    K, theta = len(sizes), rng.standard_normal(p) / np.sqrt(p)
    return Setting(
        covariances=[covariance(rng, p, diagonal) for _ in sizes], sizes=sizes, noise=np.linspace(0.5, 1.5, K),
        coefficients=theta + rng.standard_normal((K, p)) / np.sqrt(2 * p), target_covariance=covariance(rng, p, diagonal),
        target_coefficients=theta, penalty=covariance(rng, p, diagonal) if penalty else None, **given)


def limit(world):
    """(bias, variance): the deterministic equivalent of theory, section 5, by plain Newton steps on dense matrices."""
    S, target, omega = ([np.diag(s) if s.ndim == 1 else s for s in group]
                        for group in (world.covariances, [world.target_covariance], [world.penalty]))
    n, wide = np.array(world.sizes, float), world.mu == 0 and world.n < world.p
    rest, base = 0 if wide else 1 / world.weights, omega[0] * (1 if wide else world.mu)
    u = np.log(n / world.p)
    for _ in range(200):
        c = np.exp(u)
        Q = np.linalg.inv(base + sum(a * s for a, s in zip(c, S, strict=True)))
        J = np.array([[np.sum((s @ Q) * (Q @ t)) for t in S] for s in S])
        used = c * np.array([np.trace(s @ Q) for s in S]) + c * rest
        step = np.linalg.solve(np.diag(used) - np.outer(c, c) * J, n - used)
        u = u + step / max(1.0, np.max(np.abs(step)))
        if np.max(np.abs(step)) < 1e-12:
            break
    assert np.max(np.abs(used - n)) < 1e-9
    g = np.linalg.solve(np.diag(n / c**2) - J, [np.sum((s @ Q) * (Q @ target[0])) for s in S])
    mean = Q @ sum(a * s @ t for a, s, t in zip(c, S, world.coefficients, strict=True))
    off = [(t - mean) @ s @ (t - mean) for t, s in zip([*world.coefficients, world.target_coefficients], [*S, target[0]], strict=True)]
    return off[-1] + g @ off[:-1], g @ world.noise


def by_hand(world, rng, rows):
    """(bias, variance) of one replicate, label by label through NumPy's least squares: an independent path."""
    root, inverse = matrix_root(world.penalty), np.linalg.inv(matrix_root(world.penalty))
    Z = np.split(rows(rng, world.n, world.p), np.cumsum(world.sizes)[:-1])
    X = [z @ matrix_root(s) for z, s in zip(Z, world.covariances, strict=True)]
    root_w = np.sqrt(np.repeat(world.weights, world.sizes))
    design = np.vstack([root_w[:, None] * np.vstack(X) @ inverse, np.sqrt(world.mu) * np.eye(world.p)])
    fit = inverse @ np.linalg.pinv(design)[:, :world.n] * root_w
    error = fit @ np.concatenate([x @ t for x, t in zip(X, world.coefficients, strict=True)]) - world.target_coefficients
    target = matrix_root(world.target_covariance)
    noise = np.repeat(world.noise, world.sizes)
    assert np.allclose(root @ inverse, np.eye(world.p))
    return np.sum((target @ error)**2), np.sum((target @ fit)**2 @ noise)


def matrix_root(covariance):
    covariance = np.diag(covariance) if covariance.ndim == 1 else covariance
    values, turn = np.linalg.eigh(covariance)
    return (turn * np.sqrt(values)) @ turn.T


def drawn(world, seed=3, rows=gaussian_rows):
    return world.parts(np.random.default_rng(seed), rows)


class TestOneReplicate:
    @EVERY_CASE
    @EVERY_DESIGN
    def test_is_the_fit_by_least_squares(self, case, rows):
        "Both parts, against pinv of the stacked design with the penalty as further rows."
        world = setting(**CASES[case])
        expected = by_hand(world, np.random.default_rng(3), DESIGNS[rows])
        assert drawn(world, rows=DESIGNS[rows])[:2] == pytest.approx(expected, rel=1e-9)

    def test_is_the_average_over_noise_draws(self):
        "The variance is what labels with noise add to the error, within four standard errors."
        world, reps = setting((5, 4), 15, mu=2.0, weights=(1.0, 3.0)), 4000
        rng = np.random.default_rng(3)
        Z = np.split(rng.standard_normal((9, 15)), [5])
        X = np.vstack([z @ matrix_root(s) for z, s in zip(Z, world.covariances, strict=True)])
        w = np.repeat(world.weights, world.sizes)
        signal = np.concatenate([x @ t for x, t in zip(np.split(X, [5]), world.coefficients, strict=True)])
        labels = signal + np.sqrt(np.repeat(world.noise, world.sizes)) * rng.standard_normal((reps, 9))
        fits = np.linalg.solve(X.T * w @ X + 2.0 * np.eye(15), X.T * w @ labels.T)
        risks = np.sum((matrix_root(world.target_covariance) @ (fits - world.target_coefficients[:, None]))**2, axis=0)
        assert abs(risks.mean() - drawn(world).risk) < 4 * risks.std(ddof=1) / np.sqrt(reps)

    def test_copies_are_blocks_of_a_larger_covariance(self):
        "Three copies are the block-diagonal matrices, the coefficients averaged over the blocks that they may stand in."
        world = setting((6, 5), 9, mu=2.0, penalty=True)
        eye = np.eye(3)
        blocks = [Setting([np.kron(eye, s) for s in world.covariances], world.sizes,
                          [np.kron(e, t) for t in world.coefficients], world.noise, np.kron(eye, world.target_covariance),
                          np.kron(e, world.target_coefficients), mu=2.0, penalty=np.kron(eye, world.penalty)) for e in eye]
        expected = np.mean([drawn(block) for block in blocks], axis=0)
        assert drawn(replace(world, copies=3)) == pytest.approx(expected, rel=1e-10)

    def test_risk_is_the_sum_of_the_parts(self):
        "And `risk` gives it under the signature of a replicate."
        world = setting((12, 10), 40)
        bias, variance, risk = drawn(world)
        assert risk == bias + variance == world.risk(np.random.default_rng(3))


class TestInvariances:
    "Each holds replicate by replicate, under one seed."

    @EVERY_CASE
    def test_splitting_a_sample(self, case):
        "The same covariance, coefficients, noise and weight twice, with the rows shared out."
        world = setting(**CASES[case])
        first, last = world.sizes[0], [1, *range(1, len(world.sizes))]
        split = replace(world, sizes=(first - 4, 4, *world.sizes[1:]), covariances=world.covariances[:1] + world.covariances,
                        coefficients=world.coefficients[[0, 0, *last[1:]]], noise=world.noise[[0, 0, *last[1:]]],
                        weights=world.weights[[0, 0, *last[1:]]])
        assert drawn(split) == pytest.approx(drawn(world), rel=1e-10)

    @EVERY_CASE
    def test_a_sample_without_rows(self, case):
        "n_k = 0 deletes the sample, whatever its covariance."
        world = setting(**CASES[case])
        more = replace(world, sizes=(*world.sizes, 0), covariances=(*world.covariances, np.zeros(40)),
                       coefficients=[*world.coefficients, np.ones(40)], noise=[*world.noise, 9.0], weights=[*world.weights, 3.0])
        assert drawn(more) == pytest.approx(drawn(world), rel=1e-12)

    @EVERY_CASE
    @pytest.mark.parametrize("scale", [1e-6, 1e6])
    def test_scaling_weights_and_penalty_together(self, case, scale):
        "(t w, t mu) is the same fit."
        world = setting(**CASES[case])
        assert drawn(replace(world, weights=scale * world.weights, mu=scale * world.mu)) == pytest.approx(drawn(world), rel=1e-9)

    @EVERY_CASE
    def test_the_penalty_counts_in_all(self, case):
        "(mu/t, t Omega) is the same fit."
        world = setting(**CASES[case])
        assert drawn(replace(world, mu=world.mu / 7, penalty=7 * world.penalty)) == pytest.approx(drawn(world), rel=1e-10)

    def test_weights_are_lost_in_the_interpolator(self):
        "Min-norm interpolation fits every label whatever it weighs; least squares does not."
        wide, tall = setting((12, 10), 40), setting((40, 30), 40)
        assert drawn(replace(wide, weights=(1.0, 30.0))) == pytest.approx(drawn(wide), rel=1e-10)
        assert drawn(replace(tall, weights=(1.0, 30.0))).risk != pytest.approx(drawn(tall).risk, rel=1e-2)

    def test_a_penalty_is_lost_in_least_squares(self):
        "Omega chooses among interpolators only."
        world = setting((40, 30), 40)
        other = replace(world, penalty=covariance(np.random.default_rng(0), 40))
        assert drawn(other) == pytest.approx(drawn(world), rel=1e-9)

    @EVERY_CASE
    def test_moving_every_coefficient_at_least_squares(self, case):
        "Without shrinkage only differences of coefficients count; with it they do not alone."
        world = setting(**CASES[case])
        moved = replace(world, coefficients=world.coefficients + 2.0, target_coefficients=world.target_coefficients + 2.0)
        unmoved = drawn(moved).bias == pytest.approx(drawn(world).bias, rel=1e-8)
        assert unmoved == (case == "three weighted least squares")

    @pytest.mark.parametrize("mu", [0.0, 8.0])
    @pytest.mark.parametrize("sizes", [(12, 10), (40, 30)])
    def test_eigenvalues_and_diagonal_matrices(self, mu, sizes):
        "A vector is the diagonal matrix; the two may be mixed."
        world = setting(sizes, 40, penalty=True, diagonal=True, mu=mu)
        full = {"covariances": [np.diag(s) for s in world.covariances], "penalty": np.diag(world.penalty),
                "target_covariance": np.diag(world.target_covariance)}
        for names in (full.keys(), ["penalty"], ["covariances"], ["target_covariance"]):
            assert drawn(replace(world, **{name: full[name] for name in names})) == pytest.approx(drawn(world), rel=1e-10)

    def test_a_light_penalty_is_none_and_a_heavy_one_is_all(self):
        "mu -> 0 is the interpolator or least squares; mu -> infinity leaves |theta_0|^2 in the target's norm."
        for sizes in ((12, 10), (40, 30)):
            world = setting(sizes, 40, penalty=True)
            assert drawn(replace(world, mu=1e-9)) == pytest.approx(drawn(world), rel=1e-5)
            theta = world.target_coefficients
            assert drawn(replace(world, mu=1e12)).risk == pytest.approx(theta @ world.target_covariance @ theta, rel=1e-6)

    def test_no_rows_at_all(self):
        "Nothing is fitted: the risk is |theta_0|^2."
        world = Setting([np.ones(3)], [0], [np.ones(3)], [1.0], [1.0, 2.0, 3.0], np.ones(3))
        assert drawn(world) == (6.0, 0.0, 6.0)
        assert world.finite_size_factor == 1

    def test_coefficients_in_common_cost_least_squares_nothing(self):
        "With theta_k = theta_0 and n > p the bias is zero."
        world = setting((40, 30), 40)
        assert drawn(replace(world, coefficients=[world.target_coefficients] * 2)).bias == pytest.approx(0, abs=1e-20)


class TestMeans:
    @EVERY_CASE
    def test_gaussian_rows_have_the_limit_as_their_mean(self, case):
        "Bias and variance, the latter with its finite-size factor, within four standard errors, at p = 240."
        world = setting(**CASES[case])
        bias, variance = limit(world)
        found = world.times(6).compare(100, bias=bias, variance=variance, rng=2)
        assert all(abs(part.z) < 4 for part in found), str(found)

    @EVERY_CASE
    @pytest.mark.parametrize("rows", ["signs", "student"])
    def test_other_rows_have_it_up_to_their_fourth_moment(self, case, rows):
        "The limit is universal: what the fourth moment adds is of order |E z^4 - 3|/p."
        world = setting(**CASES[case]).times(6)
        bias, variance = limit(setting(**CASES[case]))
        found = world.compare(60, bias=bias, variance=variance, rng=2, rows=rows)
        for part in found[:2]:
            reference = part.formula if part.finite_size is None else part.finite_size
            assert abs(part.mean - reference) < 4 * part.standard_error + 1.5 * EXCESS[rows] / world.p * reference, str(found)

    @EVERY_CASE
    def test_the_equivalent_is_the_limit(self, case):
        "The library's solver and the plain one above, to rounding."
        world = setting(**CASES[case])
        *S, target, omega = ([np.diag(s) if s.ndim == 1 else s for s in (*world.covariances, world.target_covariance, world.penalty)])
        found = dense.equivalent(np.stack(S), world.sizes, world.mu, world.weights, omega).risk(
            world.coefficients, world.noise, target, world.target_coefficients)
        assert (found.bias, found.variance) == pytest.approx(limit(world), rel=1e-10)

    def test_a_wrong_limit_is_told_apart(self):
        "A variance three per cent too large, or coefficients exchanged, shows at once."
        world = setting((12, 10), 40)
        bias, variance = limit(world)
        exchanged, _ = limit(replace(world, coefficients=world.coefficients[::-1]))
        found = world.times(6).compare(100, bias=exchanged, variance=1.03 * variance, rng=2)
        assert abs(found.bias.z) > 4 and found.variance.z < -4

    def test_larger_worlds_have_the_limit_of_the_small_one(self):
        "Rows, penalty and multiplicities times three: the equivalent is the same to rounding."
        world = setting((6, 5), 9, mu=2.0, penalty=True)
        eye = np.eye(3)
        large = Setting([np.kron(eye, s) for s in world.covariances], [18, 15], [np.kron(eye[0], t) for t in world.coefficients],
                        world.noise, np.kron(eye, world.target_covariance), np.kron(eye[0], world.target_coefficients), mu=6.0,
                        penalty=np.kron(eye, world.penalty))
        assert limit(large) == pytest.approx(limit(world), rel=1e-10)

    def test_isotropic_samples_have_their_exact_mean(self):
        "Gaussian rows, K = 3, shifts that are not orthogonal: the theorem on many sources, at n = 33 and p = 50."
        rng = np.random.default_rng(8)
        theta, shifts = np.eye(50)[0], 0.2 * rng.standard_normal((3, 50)) @ np.diag([0, *np.ones(49)])
        world = Setting([np.ones(50)] * 3, (10, 15, 8), theta + shifts, (1.0, 0.5, 2.0), np.ones(50), theta)
        gram = {f"gram{k + 1}{m + 1}": shifts[k] @ shifts[m] for k in range(3) for m in range(k, 3)}
        exact = pooled_risk_of_3(n1=10, n2=15, n3=8, p=50, theta_sq=1, sigma1_sq=1.0, sigma2_sq=0.5, sigma3_sq=2.0, **gram)
        variance = (10 * 1.0 + 15 * 0.5 + 8 * 2.0) / (50 - 33)
        found = world.compare(4000, bias=exact - variance * world.finite_size_factor, variance=variance, rng=1)
        assert world.finite_size_factor == 17 / 16
        assert all(abs(part.z) < 4 for part in found), str(found)

    def test_isotropic_least_squares_has_its_exact_variance(self):
        "p/(n - p - 1) of the noise."
        world = Setting([np.ones(20)] * 2, (30, 15), np.zeros((2, 20)), (2.0, 2.0), np.ones(20), np.zeros(20))
        found = world.compare(3000, bias=0.0, variance=2 * 20 / 25, rng=1)
        assert found.bias == Comparison(0.0, 0.0, 0.0, 0.0, 3000)
        assert abs(found.variance.z) < 4 and found.variance.finite_size == pytest.approx(2 * 20 / 24)


@pytest.mark.slow
class TestFullSize:
    @EVERY_CASE
    def test_gaussian_rows_at_six_hundred_dimensions(self, case):
        "Within four standard errors of 200 replicates, covariances that are not copies of anything."
        sizes = tuple(15 * n for n in CASES[case]["sizes"])
        world = setting(**{**CASES[case], "sizes": sizes, "p": 600, "mu": 15 * CASES[case].get("mu", 0.0)})
        bias, variance = limit(world)
        found = world.compare(200, bias=bias, variance=variance, rng=4)
        assert all(abs(part.z) < 4 for part in found), str(found)

    @pytest.mark.parametrize("case", ["two ridgeless", "two weighted ridge", "three weighted least squares"])
    def test_the_gap_of_the_variance_halves(self, case):
        "From p = 80 over 160 to 320, Gaussian rows: O(1/p), read off the ratios; without a penalty the factor takes most of it."
        found = self.grown(case, "gaussian")
        assert found.variance.status == "halves", str(found.variance)
        assert found.bias.status in ("halves", "unresolved"), str(found.bias)
        if not CASES[case].get("mu"):
            assert abs(found.variance.with_factor().gaps[0]) < abs(found.variance.gaps[0]) / 2

    @pytest.mark.parametrize("case", ["two ridgeless", "three weighted least squares"])
    def test_the_gap_that_signs_leave_halves(self, case):
        "The finite-size factor is that of Gaussian rows; what a fourth moment of 1 takes off is O(1/p) too."
        found = self.grown(case, "signs").variance.with_factor()
        assert found.status == "halves" and max(found.gaps) < 0, str(found)

    def grown(self, case, rows):
        bias, variance = limit(setting(**CASES[case]))
        return grow_setting(setting(**CASES[case]).times(2), 800, bias=bias, variance=variance, rng=6, rows=rows)


class TestComparing:
    WORLD = setting((6, 5), 20)

    def compared(self, reps=10, **given):
        return self.WORLD.compare(reps, **{"bias": 1.0, "variance": 1.0, "rng": 7, **given})

    @pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
    def test_every_executor_gives_the_bits_of_a_serial_run(self, pool):
        "One generator a replicate."
        with pool(2) as executor:
            assert self.compared(executor=executor) == self.compared()

    def test_a_seed_decides_and_more_replicates_extend_fewer(self):
        "The first replicates of a longer run are those of a shorter one."
        seen = {reps: [] for reps in (5, 10)}
        for reps, kept in seen.items():
            self.compared(reps, progress=lambda values, total, kept=kept: (kept.append(v) or v for v in values))
        assert seen[10][:5] == seen[5]
        assert self.compared(rng=8) != self.compared() == self.compared()

    def test_the_finite_size_factor_stands_beside_the_raw_value(self):
        "On the variance without a penalty, |p - n|/(|p - n| - 1); on nothing with one."
        found = self.compared(variance=2.0)
        assert self.WORLD.finite_size_factor == 9 / 8
        assert [part.finite_size for part in found] == [None, 2.25, 3.25]
        assert [part.formula for part in found] == [1.0, 2.0, 3.0]
        ridge = replace(self.WORLD, mu=1.0)
        assert [part.finite_size for part in ridge.compare(2, bias=1, variance=1)] == [None] * 3

    def test_least_squares_counts_its_spare_rows(self):
        "n - p, from the other side of the peak."
        assert setting((16, 15), 20).finite_size_factor == 11 / 10
        assert setting((16, 15), 20).times(2).finite_size_factor == 22 / 21

    def test_a_simulation_takes_its_risk(self):
        "A bound method is a replicate."
        class Constant:
            title = "constant"

            def __call__(self):
                return 3.0

            def values(self):
                return {}
        result = Simulation(Constant(), self.WORLD.risk, rows=("gaussian", "student")).run(10, rng=7)
        assert result.mean == self.compared().risk.mean
        assert Simulation(Constant(), self.WORLD.risk, rows=("student",)).run(10, rng=7).mean == self.compared(rows="student").risk.mean

    def test_prints_a_line_a_part(self):
        "Bias, variance, risk."
        lines = str(self.compared()).splitlines()
        assert [line.split()[:2] for line in lines] == [[name, "simulated"] for name in ("bias", "variance", "risk")]

    def test_pickles(self):
        "To other processes, with the same draws."
        assert drawn(pickle.loads(pickle.dumps(self.WORLD))) == drawn(self.WORLD)

    @pytest.mark.parametrize(("given", "error", "message"), [
        ({"reps": 1}, DomainError, "^reps is a whole number >= 2"), ({"reps": "9"}, ArgumentError, "^reps is a whole number"),
        ({"bias": np.nan}, DomainError, "^bias is finite; not bias=nan"), ({"bias": [1.0]}, DomainError, r"^bias is one number; not \(1,\)"),
        ({"variance": "1"}, ArgumentError, "^variance='1' is not a real number or an array of them"),
        ({"rows": "cauchy"}, DomainError, "^rows is one of gaussian, signs, student; not 'cauchy'"),
    ])
    def test_what_it_refuses(self, given, error, message):
        "Before anything is drawn."
        with pytest.raises(error, match=message):
            self.compared(**given)


class TestWhatASettingRefuses:
    GOOD = {"covariances": [np.ones(9), np.eye(9)], "sizes": [3, 2], "coefficients": np.ones((2, 9)), "noise": [1.0, 2.0],
            "target_covariance": np.eye(9), "target_coefficients": np.ones(9)}

    @pytest.mark.parametrize(("given", "message"), [
        ({"covariances": [np.ones(9), np.ones(8)]}, r"^covariances\[1\] has shape \(9, 9\), or \(9,\) .*; not \(8,\)"),
        ({"covariances": [np.ones((9, 8)), np.ones(9)]}, r"^covariances\[0\] has shape"),
        ({"covariances": [np.ones(9), -np.ones(9)]}, r"^covariances\[1\] is not negative; not covariances\[1\]\[0\] = -1"),
        ({"covariances": [np.eye(9) - 0.2, np.eye(9)]}, r"^covariances\[0\] is positive semidefinite; not with an eigenvalue -0.8"),
        ({"covariances": [np.ones(9), np.eye(9) + np.eye(9, k=1)]}, r"^covariances\[1\] is symmetric; not with entries 1.0 at \[0, 1\] and 0.0 at \[1, 0\]"),
        ({"covariances": [np.ones(9), np.full(9, np.nan)]}, r"^covariances\[1\] is finite; not covariances\[1\]\[0\] = nan"),
        ({"covariances": [np.ones(9), np.diag([*np.ones(8), np.inf])]}, r"^covariances\[1\] is finite; not covariances\[1\]\[8, 8\] = inf"),
        ({"sizes": [3, -2]}, r"^sizes\[1\] is a whole number >= 0 .*; not -2"),
        ({"sizes": [3, 2.5]}, r"^sizes\[1\] is a whole number"),
        ({"sizes": [3]}, "^sizes holds one size for each of 2 covariances; not 1"),
        ({"coefficients": np.ones((2, 8))}, r"^coefficients has shape \(2, 9\); not \(2, 8\)"),
        ({"coefficients": np.full((2, 9), np.nan)}, r"^coefficients is finite; not coefficients\[0, 0\] = nan"),
        ({"target_coefficients": np.ones((9, 1))}, r"^target_coefficients has shape \(p,\)"),
        ({"target_coefficients": [np.nan] * 9}, r"^target_coefficients is finite; not target_coefficients\[0\] = nan"),
        ({"target_covariance": np.ones(3)}, "^target_covariance has shape"),
        ({"noise": [1.0, -1.0]}, r"^noise is not negative; not noise\[1\] = -1"),
        ({"noise": 1.0}, r"^noise has shape \(2,\); not \(\)"),
        ({"weights": [1.0, 0.0]}, r"^weights is positive; not weights\[1\] = 0"),
        ({"weights": [1.0, -2.0]}, r"^weights is positive; not weights\[1\] = -2"),
        ({"weights": [1.0]}, r"^weights has shape \(2,\)"),
        ({"mu": -1.0}, "^mu is not negative; not mu=-1"),
        ({"mu": np.inf}, "^mu is finite; not mu=inf"),
        ({"mu": [1.0]}, r"^mu is one number; not \(1,\)"),
        ({"penalty": [*np.ones(8), 0.0]}, "^penalty is positive definite"),
        ({"penalty": np.ones((9, 9)), "mu": 1.0}, "^penalty is positive definite"),
        ({"copies": 0}, "^copies is a whole number >= 1"),
        ({"sizes": [5, 4]}, "^at mu = 0 .*; not with 9 rows of .* in 9 dimensions, n = 9, p = 9"),
        ({"sizes": [5, 3]}, "^at mu = 0 .*; not with 8 rows"),
        ({"sizes": [5, 5]}, "^at mu = 0 .*; not with 10 rows"),
    ])
    def test_values(self, given, message):
        "A DomainError names the object, the rule and the first offender."
        with pytest.raises(DomainError, match=message):
            Setting(**{**self.GOOD, **given})

    @pytest.mark.parametrize("given", [
        {"covariances": ["3", "4"]}, {"coefficients": [[1, 2], [3]]}, {"noise": ["1", "2"]}, {"mu": "1"}, {"mu": 1j}, {"mu": None},
        {"weights": [1j, 1.0]}, {"target_coefficients": "none"}, {"sizes": ["3", 2]}, {"penalty": {}}, {"noise": [True, False]},
    ])
    def test_types(self, given):
        "What is no array of real numbers is an ArgumentError that names the argument."
        with pytest.raises(ArgumentError, match=f"^{next(iter(given))}"):
            Setting(**{**self.GOOD, **given})

    @pytest.mark.parametrize(("ranks", "sizes", "fault"), [
        ((3, 9), (2, 1), "2 rows of covariances.0. in 3 dimensions"), ((3, 9), (1, 7), "8 rows of covariances.0., covariances.1. in 9"),
        ((3, 9), (4, 1), "4 rows of covariances.0. in 3"), ((3, 9), (5, 9), None), ((3, 9), (1, 5), None),
        ((3, 6), (20, 9), None), ((3, 6), (20, 7), "7 rows of covariances.1. in 6"), ((3, 6), (4, 20), "4 rows of covariances.0. in 3"),
    ])
    def test_a_low_rank_that_leaves_no_room(self, ranks, sizes, fault):
        "Without a penalty each group of samples interpolates in its own dimensions, or fills those no other sees."
        first, last = (np.arange(9) < ranks[0]).astype(float), (np.arange(9) >= 9 - ranks[1]).astype(float)
        given = {**self.GOOD, "covariances": [first, np.diag(last)], "sizes": sizes}
        if fault is None:
            assert drawn(Setting(**given)).risk > 0
        else:
            with pytest.raises(DomainError, match=f"not with {fault}"):
                Setting(**given)
        assert drawn(Setting(**given, mu=0.1)).risk > 0

    def test_rows_that_repeat(self):
        "One row three times over: a DomainError, not a risk of 1e16."
        twice = Setting([np.ones(5)], [3], [np.ones(5)], [1.0], np.ones(5), np.ones(5))
        with pytest.raises(DomainError, match="not of full rank"):
            twice.parts(np.random.default_rng(0), lambda rng, n, p: np.ones((n, p)))

    @pytest.mark.parametrize("factor", [0, -1, 1.5, np.nan])
    def test_sizes_grow_by_whole_factors(self, factor):
        "Half a copy of a spectrum is none."
        with pytest.raises(DomainError, match="^factor is a whole number >= 1"):
            Setting(**self.GOOD).times(factor)
