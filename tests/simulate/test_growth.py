"""What gaps at doubled sizes say, and that they say it of real experiments."""

import math
import pickle

import numpy as np
import pytest

from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.experiment import Comparison
from symrisk.simulate.growth import LIMIT, Growth, grow, grow_setting
from symrisk.simulate.setting import Setting
from symrisk.theorems.transfer import concept_shift


def run(gap, error=0.001, formula=1.0, finite_size=None):
    return Comparison(formula + gap, error, formula, 0.0, 100, finite_size)


def growth(*gaps, error=0.001):
    return Growth(tuple(run(gap, error) for gap in gaps))


target_risk = concept_shift.concept_shift.simulations[1].replicate
HALF = Setting([np.ones(40)], [20], [np.eye(40)[0]], [1.0], np.ones(40), np.eye(40)[0])
"""Half as many rows as dimensions, all isotropic: the limits of bias and variance are 1/2 and 1."""


class TestReading:
    @pytest.mark.parametrize(("gaps", "status"), [
        ((0.08, 0.04, 0.02), "halves"), ((-0.08, -0.04, -0.02), "halves"), ((0.08, 0.041, 0.0195), "halves"),
        ((0.08, 0.08, 0.08), "slower"), ((0.08, 0.057, 0.04), "slower"), ((-0.08, -0.057, -0.04), "slower"),
        ((0.08, 0.02, 0.005), "faster"), ((-0.08, -0.02, -0.005), "faster"), ((0.08, -0.04), "faster"),
        ((0.005, 0.0025), "unresolved"), ((0.0, 0.0, 0.0), "unresolved"), ((0.001, -0.001, 0.001), "unresolved"),
        ((0.012, 0.006, 0.003), "unresolved"), ((0.001, 0.05), "slower"),
    ])
    def test_four_answers(self, gaps, status):
        "By half, by less, by more, or too near the noise to say; the sign of the gap does not matter."
        assert growth(*gaps).status == status

    def test_halving_is_judged_in_standard_errors(self):
        "A ratio of 0.55 halves where the errors are large, and does not where they are small."
        assert [growth(0.08, 0.044, error=e).status for e in (0.02, 0.002, 0.0005)] == ["unresolved", "halves", "slower"]

    def test_each_answer_is_reached_at_its_limit(self):
        "z just within LIMIT and just beyond it."
        error = LIMIT * math.hypot(2, 1) * 0.001
        assert growth(0.08, 0.04 + 0.499 * error).status == "halves"
        assert growth(0.08, 0.04 + 0.501 * error).status == "slower"
        assert growth(0.08, 0.04 - 0.501 * error).status == "faster"

    def test_ratios_and_their_errors(self):
        "To first order: |db/a| and |b da/a^2|, in quadrature."
        found = growth(0.08, 0.04, 0.01)
        assert found.gaps == pytest.approx((0.08, 0.04, 0.01))
        assert found.ratios == pytest.approx((0.5, 0.25))
        assert found.ratio_errors == pytest.approx((0.001 / 0.08 * math.hypot(1, 0.5), 0.001 / 0.04 * math.hypot(1, 0.25)))
        assert found.z == pytest.approx((0, -0.02 / (0.001 * math.hypot(2, 1))))

    def test_z_is_standard_normal_where_the_gap_halves(self):
        "Over simulated means with the errors that they state."
        rng = np.random.default_rng(0)
        z = [growth(0.08 + 0.001 * a, 0.04 + 0.001 * b).z[0] for a, b in rng.standard_normal((4000, 2))]
        assert abs(np.mean(z)) < 4 / math.sqrt(4000) and abs(np.std(z) - 1) < 4 / math.sqrt(8000)

    def test_without_randomness_the_gap_itself_decides(self):
        "No standard error: halved to the bit, or not."
        assert growth(0.5, 0.25, error=0.0).status == "halves"
        assert growth(0.5, 0.375, error=0.0).status == "slower"
        assert growth(0.0, 0.0, error=0.0).status == "unresolved"

    def test_a_gap_of_zero_has_no_ratio(self):
        "NaN with an infinite error, printed as '-': not a crash."
        found = growth(0.0, 0.04)
        assert math.isnan(found.ratios[0]) and found.ratio_errors == (math.inf,)
        assert str(found).splitlines()[2].split()[5:] == ["-", "-", "+35.78"]

    def test_the_factor_moves_the_formula(self):
        "Gaps are then to the finite-size value; one without is named."
        runs = [run(1.0 / m, finite_size=1 + 1.0 / m) for m in (1, 2)]
        assert Growth(tuple(runs)).with_factor().gaps == (0, 0)
        with pytest.raises(DomainError, match="not in number 1"):
            Growth((runs[0], run(0.5))).with_factor()

    def test_prints_a_table_and_its_reading(self):
        "Sizes, means, errors, formula, gap, ratio; the last line is the answer."
        lines = str(growth(0.08, 0.06, 0.04)).splitlines()
        assert lines[0].split() == ["sizes", "simulated", "std.error", "formula", "gap", "ratio", "std.error", "z"]
        assert lines[2].split() == ["x2", "1.06000", "0.00100", "1.00000", "0.06000", "0.750", "0.016", "+17.89"]
        assert [line.split()[0] for line in lines[1:4]] == ["x1", "x2", "x4"]
        assert lines[4] == "the gap falls more slowly than by half"

    @pytest.mark.parametrize(("runs", "error"), [
        ((), DomainError), ((run(0.1),), DomainError), ((run(0.1), 0.05), ArgumentError), ((None, run(0.1)), ArgumentError)])
    def test_what_it_refuses(self, runs, error):
        "Two Comparisons at least."
        with pytest.raises(error, match="growth"):
            Growth(runs)

    def test_is_plain_data(self):
        "Equal by value, picklable; any sequence will do."
        assert pickle.loads(pickle.dumps(growth(0.2, 0.1))) == growth(0.2, 0.1) == Growth([run(0.2), run(0.1)])


class TestGrowing:
    def test_sizes_double(self):
        "Factors 1, 2, 4, ..., each with a generator of its own."
        seen = []

        def compare(factor, rng):
            seen.append((factor, rng.standard_normal()))
            return run(0.08 / factor)
        assert grow(compare, doublings=3, rng=0).status == "halves"
        assert [factor for factor, _ in seen] == [1, 2, 4, 8]
        assert len({drawn for _, drawn in seen}) == 4

    def test_a_seed_decides(self):
        "The same seed, the same growth."
        first, again, other = (grow_setting(HALF, 5, bias=0.5, variance=1.0, rng=seed) for seed in (1, 1, 2))
        assert first == again != other

    @pytest.mark.parametrize(("doublings", "error"), [(0, DomainError), (1.5, DomainError), ("2", ArgumentError)])
    def test_doublings_are_counted(self, doublings, error):
        "One at least."
        with pytest.raises(error, match="^doublings is a whole number >= 1"):
            grow(lambda factor, rng: run(0.1), doublings=doublings)

    def test_the_interpolator_halves_and_its_exact_value_has_no_gap(self):
        "n/(p - n) against n/(p - n - 1): the first is off by 1/(p - n), the second by nothing."
        found = grow_setting(HALF, 600, bias=0.5, variance=1.0, rng=0)
        assert found.variance.status == "halves"
        assert found.variance.with_factor().status == found.bias.status == "unresolved"
        assert found.variance.gaps == pytest.approx([1 / 19, 1 / 39, 1 / 79], abs=0.02)

    @pytest.mark.parametrize("rows", ["gaussian", "signs"])
    def test_a_wrong_limit_does_not_halve(self, rows):
        "Two per cent off in the variance is a gap that stays."
        found = grow_setting(HALF, 600, bias=0.5, variance=0.95, rng=0, rows=rows)
        assert found.variance.status == "slower"

    def test_any_experiment_can_grow(self):
        "The target's risk alone, whose penalty-free noise is n/(p - n - 1)."
        def compare(factor, rng):
            sizes = {"n2": 20 * factor, "p": 50 * factor}
            return Comparison.of([target_risk(child, sigma_sq=1, theta_sq=0, **sizes) for child in rng.spawn(800)], 20 / 30)
        found = grow(compare, rng=3)
        assert found.status == "halves"
        assert found.ratios == pytest.approx([29 / 59, 59 / 119], abs=4 * max(found.ratio_errors))

    @pytest.mark.slow
    @pytest.mark.parametrize(("rows", "status"), [("signs", "halves"), ("student", "slower")])
    def test_heavy_tails_reach_the_limit_more_slowly(self, rows, status):
        "From p = 80 to 320, off the Gaussian value: signs by -2/p; Student entries by 6 - 26.5/sqrt(p) over p, not yet halving."
        found = grow_setting(HALF.times(2), 2000, bias=0.5, variance=1.0, rng=0, rows=rows).variance.with_factor()
        assert found.status == status, str(found)
