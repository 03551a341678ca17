"""What an experiment answers, and that it does not matter who computes it."""

import json
import math
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest

from symrisk.errors import ArgumentError, DomainError, SymriskError
from symrisk.simulate.experiment import Comparison, Simulation
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.mixing import expected_mixing_variance, mixing_variance
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.rows import gaussian_rows, sign_rows
from symrisk.simulate.worlds.shifted import Shifted


class Stated:
    """As much of a Formula as a simulation uses: a name, a value, and the values of every name behind it."""

    def __init__(self, name, function, **defined):
        self.title, self.function, self.defined = name, function, defined

    def __call__(self, **inputs):
        return self.function(**self.values(**inputs))

    def values(self, **inputs):
        if unknown := inputs.keys() - {"n1", "n2", "p", "snr", "w", "t", "x"}:
            raise ArgumentError(f"{self.title} has no name {unknown.pop()!r}")
        return {name: float(value) for name, value in (self.defined | inputs).items()}


def asymptotic_risk(n1, n2, p, snr, delta_sq, **_):
    n = n1 + n2
    return n / (p - n) + (p - n) / p * snr + n1 * (p - n1) / (p * (p - n)) * delta_sq


def exact_risk(n1, n2, p, snr, delta_sq, **_):
    n = n1 + n2
    return n / (p - n - 1) + (p - n) / p * snr + n1 * (p - n1 - 1) / (p * (p - n - 1)) * delta_sq


def pooled(rng, *, n1: int, n2: int, p: int, sigma1_sq, sigma2_sq, snr, delta_sq, rows=gaussian_rows):
    return Risk(Shifted((n1, n2), p, (sigma1_sq, sigma2_sq), snr, (delta_sq, 0)), MinNorm())(rng, rows=rows)


def normal(rng, *, x):
    return x + rng.standard_normal()


def constant(rng, *, x):
    return x / 10


def entry(rng, *, x, rows):
    return rows(rng, 1, 1)[0, 0]


UNITS = {"sigma1_sq": 1, "sigma2_sq": 1, "delta_sq": 3}
POINT = {"n1": 8, "n2": 5, "p": 30, "snr": 5}
EXACT = Stated("exact_risk", exact_risk, **UNITS)
POOLED = Simulation(Stated("pooled_risk", asymptotic_risk, **UNITS), pooled, EXACT)
IDENTITY = Stated("identity", lambda x: x)
NORMAL = Simulation(IDENTITY, normal)


def v(w, t, **_):
    return 1 + sum(3 * (1 - w) ** (2 * k) - 2 * (1 - w) ** (2 * k - 1) for k in range(1, int(t) + 1))


class TestComparison:
    VALUES = [1.0, 3.0, 2.0, 2.0]

    def test_reports_mean_and_standard_error(self):
        "The mean, and the sample standard deviation over the root of the number of replicates."
        result = Comparison.of(self.VALUES, formula=2.5)
        assert (result.mean, result.reps) == (2.0, 4)
        assert result.standard_error == pytest.approx(math.sqrt(2 / 3) / 2, rel=1e-14)

    def test_z_counts_standard_errors_to_the_formula(self):
        "z = (mean - formula) / standard error, with its sign."
        assert Comparison.of(self.VALUES, formula=2.5).z == pytest.approx(-0.5 / math.sqrt(1 / 6), rel=1e-14)

    def test_z_refers_to_the_finite_size_value_where_there_is_one(self):
        "The formula is shown, the corrected value is tested."
        result = Comparison.of(self.VALUES, formula=2.5, finite_size=2.0)
        assert (result.z, result.formula) == (0.0, 2.5)

    @pytest.mark.parametrize(
        ("formula", "z"), [(0.1, 0.0), (0.1 + 1e-16, 0.0), (0.2, -math.inf), (0.1 - 1e-9, math.inf)]
    )
    def test_a_replicate_without_randomness_agrees_or_not_at_all(self, formula, z):
        "Without standard error z is 0 where values are equal to rounding, else an infinity with its sign."
        result = Comparison.of([0.1] * 10, formula=formula)
        assert (result.standard_error, result.z) == (0.0, z)

    def test_rounding_is_not_mistaken_for_a_standard_error(self):
        "Values that differ by rounding only have no meaningful spread to divide by."
        assert Comparison.of([1.0, 1.0 + 2e-16, 1.0, 1.0], formula=1.0 - 4e-16).z == 0

    def test_zero_equals_zero(self):
        "A risk of zero is predicted by zero."
        assert Comparison.of([0.0, 0.0], formula=0.0).z == 0

    def test_prints_two_digits_of_the_error_in_one_line(self):
        "Every number carries the decimals that the standard error gives meaning to."
        text = str(Comparison(4.178123, 0.0301, 4.166667, -0.0695, 100, finite_size=4.180211))
        assert text == ("simulated 4.178 ± 0.030 (100 replicates), formula 4.167, "
                        "with finite-size factor 4.180, z = -0.07")

    def test_prints_a_deterministic_replicate(self):
        "No spread, twelve digits."
        text = str(Comparison.of([0.1, 0.1], formula=0.1))
        assert text == "simulated 0.1 ± 0 (2 replicates), formula 0.1, z = +0.00"

    def test_is_plain_data_as_a_dictionary(self):
        "Field -> number, as JSON takes it."
        data = Comparison.of(self.VALUES, formula=2.5).to_dict()
        assert Comparison(**json.loads(json.dumps(data))) == Comparison.of(self.VALUES, formula=2.5)

    @pytest.mark.parametrize("values", [[], [1.0], [1.0, math.nan], [math.inf, 1.0]])
    def test_takes_two_finite_values_at_least(self, values):
        "Fewer have no standard error; a nan has no mean."
        with pytest.raises(DomainError, match="replicates"):
            Comparison.of(values, formula=1.0)


class TestAgainstFormulas:
    def test_the_exact_finite_sample_risk_is_reproduced(self):
        "Gaussian rows: within four standard errors of the exact formula, and not of the asymptotic one."
        result = POOLED.run(3000, rng=1, **POINT)
        assert abs(result.z) < 4
        assert abs(result.mean - result.formula) > 4 * result.standard_error

    def test_a_wrong_formula_is_told_apart(self):
        "A risk five per cent too large shows as a z far below zero."
        wrong = Simulation(Stated("wrong", lambda **values: 1.05 * exact_risk(**values), **UNITS), pooled)
        assert wrong.run(3000, rng=1, **POINT).z < -4

    def test_the_label_mixing_formula_is_reproduced(self):
        "v_t, its design sizes being settings of the experiment."
        simulation = Simulation(Stated("v", v), partial(mixing_variance, n=12, p=20))
        assert abs(simulation.run(1000, rng=1, w=0.4, t=3).z) < 4

    def test_an_exact_conditional_expectation_has_z_zero(self):
        "Over all labels v_t holds for each design: nothing is left to chance, rounding is no disagreement."
        simulation = Simulation(Stated("v", v), partial(expected_mixing_variance, n=12, p=20))
        assert simulation.run(20, rng=1, w=0.4, t=3).z == 0


class TestRandomness:
    @pytest.mark.parametrize("workers", [1, 3])
    @pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
    @pytest.mark.parametrize("reps", [2, 150])
    def test_every_executor_gives_the_bits_of_a_serial_run(self, pool, workers, reps):
        "One generator a replicate: who computes it, and in which order, leaves no trace."
        with pool(workers) as executor:
            assert POOLED.run(reps, rng=7, executor=executor, **POINT) == POOLED.run(reps, rng=7, **POINT)

    def test_a_seed_decides_the_result(self):
        "The same seed, the same answer; another seed, another."
        first, again, other = (POOLED.run(10, rng=seed, **POINT) for seed in (1, 1, 2))
        assert first == again
        assert first.mean != other.mean

    def test_a_generator_moves_on(self):
        "Two runs on one generator are independent, and replay from its seed."
        rng = np.random.default_rng(1)
        first, second = POOLED.run(10, rng=rng, **POINT), POOLED.run(10, rng=rng, **POINT)
        assert first == POOLED.run(10, rng=1, **POINT)
        assert first.mean != second.mean

    def test_without_a_seed_runs_differ(self):
        "rng=None takes fresh entropy."
        assert NORMAL.run(2, x=0).mean != NORMAL.run(2, x=0).mean

    def test_more_replicates_extend_fewer(self):
        "The first ten of twenty replicates are those of a run of ten."
        seen = {reps: [] for reps in (10, 20)}
        for reps, values in seen.items():
            NORMAL.run(reps, rng=3, x=0, progress=lambda them, total, kept=values: kept_in(kept, them))
        assert seen[20][:10] == seen[10]

    def test_replicates_are_independent_streams(self):
        "No two replicates draw the same numbers."
        values = []
        NORMAL.run(500, rng=3, x=0, progress=lambda them, total: kept_in(values, them))
        assert len(set(values)) == 500

    def test_a_refused_run_leaves_the_generator_alone(self):
        "Arguments are checked before anything is spawned."
        rng = np.random.default_rng(1)
        with pytest.raises(DomainError):
            POOLED.run(10, rng=rng, **POINT | {"n1": 2.5})
        assert POOLED.run(10, rng=rng, **POINT) == POOLED.run(10, rng=1, **POINT)

    def test_simulations_travel_to_other_processes(self):
        "A Simulation of picklable parts pickles."
        simulation = Simulation(Stated("v", v), partial(mixing_variance, n=12, p=20))
        copy = pickle.loads(pickle.dumps(simulation))
        assert copy.run(5, rng=1, w=0.4, t=3) == simulation.run(5, rng=1, w=0.4, t=3)


def kept_in(values, them):
    for value in them:
        values.append(value)
        yield value


class TestRows:
    @pytest.mark.parametrize(
        ("rows", "design"), [("gaussian", gaussian_rows), ("signs", sign_rows), (None, gaussian_rows)]
    )
    def test_a_design_is_chosen_by_name(self, rows, design):
        "The name selects the rows that replicates draw; the first design is the default."
        drawn = [design(child, 1, 1)[0, 0] for child in np.random.default_rng(1).spawn(5)]
        result = Simulation(IDENTITY, entry).run(5, rng=1, x=0, rows=rows)
        assert result.mean == pytest.approx(np.mean(drawn), rel=1e-14)

    def test_the_first_design_of_a_simulation_is_its_default(self):
        "A simulation on signs draws signs unless told otherwise."
        simulation = Simulation(IDENTITY, entry, rows=("signs", "gaussian"))
        assert simulation.run(5, rng=1, x=0) == simulation.run(5, rng=1, x=0, rows="signs")

    @pytest.mark.parametrize("rows", ["cauchy", "Gaussian", 3, gaussian_rows])
    def test_an_unknown_design_lists_the_choices(self, rows):
        "The message holds the designs there are."
        with pytest.raises(DomainError, match="rows is one of gaussian, signs, student; not"):
            POOLED.run(rows=rows, **POINT)

    def test_a_design_the_simulation_excludes_is_unknown_to_it(self):
        "An exact theorem for Gaussian rows offers these alone."
        with pytest.raises(DomainError, match="rows is one of gaussian; not 'signs'"):
            Simulation(IDENTITY, entry, rows=("gaussian",)).run(x=0, rows="signs")

    def test_a_simulation_names_designs_that_exist(self):
        "A misspelt design is found on construction."
        with pytest.raises(DomainError, match="gaussian, signs, .*; not 'sings'"):
            Simulation(IDENTITY, entry, rows=("sings",))

    def test_a_replicate_without_rows_takes_none(self):
        "A choice without effect is refused."
        with pytest.raises(ArgumentError, match="identity takes no rows"):
            NORMAL.run(x=0, rows="signs")


class TestArguments:
    @pytest.mark.parametrize(("reps", "error"), [
        (1, DomainError), (0, DomainError), (-5, DomainError), (True, DomainError),
        (2.5, ArgumentError), (100.0, ArgumentError), ("9", ArgumentError), (None, ArgumentError),
    ])
    def test_reps_is_a_whole_number_from_two(self, reps, error):
        "Fewer have no standard error; anything but an integer is a type error."
        with pytest.raises(error, match="^reps is a whole number"):
            NORMAL.run(reps, x=0)

    @pytest.mark.parametrize("name", ["n1", "n2", "p"])
    def test_sample_sizes_are_whole(self, name):
        "The formula takes 20.5 rows; the simulation names what it can't draw."
        with pytest.raises(DomainError, match=f"^{name} is a whole number .*; not 20.5"):
            POOLED.run(**{"n1": 2, "n2": 3, "p": 30, "snr": 5} | {name: 20.5})

    def test_whole_floats_are_sample_sizes(self):
        "n1 = 8.0 is 8."
        assert POOLED.run(5, rng=1, **POINT | {"n1": 8.0}) == POOLED.run(5, rng=1, **POINT)

    @pytest.mark.parametrize("value", [[1, 2], np.arange(3), (4,), np.ones((1, 1))])
    def test_a_simulation_runs_at_one_point(self, value):
        "Grids are for formulas; the array is named."
        with pytest.raises(DomainError, match="snr is an array"):
            POOLED.run(**POINT | {"snr": value})

    def test_names_are_checked_by_the_formula(self):
        "An unknown name is the formula's error."
        with pytest.raises(ArgumentError, match="pooled_risk has no name 'gamma'"):
            POOLED.run(gamma=2, **POINT)

    def test_a_replicate_asks_for_names_of_the_formula(self):
        "A keyword that the formula can't fill is named."
        with pytest.raises(ArgumentError, match="identity takes w, but it is not a name of the formula"):
            Simulation(IDENTITY, partial(mixing_variance, t=1, n=2, p=5)).run(x=0)

    def test_a_setting_does_not_hide_a_name_of_the_formula(self):
        "A default that would silently override the formula's value is refused."
        with pytest.raises(ArgumentError, match="takes p, but has a default"):
            Simulation(Stated("v", v, p=30), partial(mixing_variance, n=12, p=40)).run(w=0.4, t=3)

    def test_settings_are_given_by_name(self):
        "Keywords of the replicate with a default are set in the call, and checked like sample sizes."
        simulation = Simulation(Stated("v", v), partial(mixing_variance, n=12, p=20))
        larger = Simulation(Stated("v", v), partial(mixing_variance, n=12, p=50))
        assert simulation.run(5, rng=1, w=0.4, t=3, p=50) == larger.run(5, rng=1, w=0.4, t=3)
        with pytest.raises(DomainError, match="^p is a whole number"):
            simulation.run(5, w=0.4, t=3, p=50.5)

    def test_without_inputs_it_runs_at_its_point(self):
        "The point stands in for inputs; inputs replace it."
        simulation = Simulation(IDENTITY, normal, point={"x": 5})
        assert simulation.run(5, rng=1) == NORMAL.run(5, rng=1, x=5)
        assert simulation.run(5, rng=1, x=6) == NORMAL.run(5, rng=1, x=6)

    def test_replicates_are_finite(self):
        "A nan among the replicates is an error with its place, not a mean."
        with pytest.raises(DomainError, match="number 0 is nan"):
            Simulation(Stated("nothing", lambda x: 1.0), constant).run(x=math.nan)

    def test_errors_of_a_worker_arrive(self):
        "A replicate that fails in another process fails the run, with its own error."
        singular = Simulation(Stated("v", v), partial(mixing_variance, n=8, p=2))
        with ProcessPoolExecutor(1) as executor, pytest.raises(SymriskError, match="not of full rank"):
            singular.run(50, rng=1, w=0.4, t=1, rows="signs", n=2, executor=executor)


class TestProgress:
    def test_wraps_the_values_with_their_number(self):
        "progress(values, total=reps) sees each replicate once, as tqdm does."
        seen, totals = [], []

        def progress(values, total):
            totals.append(total)
            return kept_in(seen, values)

        result = NORMAL.run(30, rng=1, x=0, progress=progress)
        assert (totals, len(seen)) == ([30], 30)
        assert result.mean == pytest.approx(np.mean(seen), rel=1e-12)

    def test_does_not_change_the_answer(self):
        "A bar is only watched."
        watched = NORMAL.run(30, rng=1, x=0, progress=lambda values, total: iter(values))
        assert watched == NORMAL.run(30, rng=1, x=0)
