"""Replicates over a joint law: eigenspaces of whole dimensions, the formula's own names, agreement in every regime."""

import inspect
import pickle

import numpy as np
import pytest

from symrisk import Atoms, Empirical
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.setting import Setting
from symrisk.simulate.worlds import joint
from symrisk.symbols import coordinate, eigenvalue, tau, tau0, tau_omega
from symrisk.theorems.transfer import covariate_shift, multi_source

REPLICATES = {(K, regime): simulation.replicate for K, theorem in ((1, multi_source.one), (2, multi_source.two))
              for regime, simulation in zip(("ridge", "ridgeless", "ols"), theorem.simulations, strict=True)}
COMMON = covariate_shift.covariate_shift.simulations[0].replicate
LAW = Atoms({(3, "1/2"): "2/5", (1, 2): "2/5", ("1/4", 1): "1/5"})
SIZES = {"n1": 8, "n2": 6, "p": 20}
EXPERIMENTS = {s.says: s for t in (multi_source.one, multi_source.two, multi_source.three, covariate_shift.covariate_shift)
               for s in t.simulations}


@pytest.mark.parametrize("says", EXPERIMENTS)
def test_the_formula_is_within_four_standard_errors(says):
    "At the theorem's own points, with the finite-size factor where there is one."
    assert abs(EXPERIMENTS[says].run(60, rng=1).z) < 4


@pytest.mark.slow
@pytest.mark.parametrize("says", EXPERIMENTS)
def test_with_many_replicates(says):
    "Within four standard errors and what is left of order 1/p, a fiftieth over p - n."
    run = EXPERIMENTS[says].run(1000, rng=2)
    assert abs(run.mean - (run.finite_size or run.formula)) < 4 * run.standard_error + run.formula / 400


def test_a_replicate_is_that_of_the_setting_written_out():
    "The same rows, the same number."
    law = joint.three_atoms(2)
    inputs = {**SIZES, "H": law, "mu": 3.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5, "weight1": 2.0, "weight2": 1.0}
    columns = {v: np.repeat(law.columns[v], [8, 4, 8]) for v in law.variables}
    written = Setting([columns[eigenvalue(k)] for k in (1, 2)], (8, 6), [columns[coordinate(k)] for k in (1, 2)], [1.0, 0.5],
                      columns[tau0], columns[coordinate(0)], weights=[2.0, 1.0], mu=3.0)
    assert joint.dimensions(law, 20).tolist() == [8, 4, 8]
    assert REPLICATES[2, "ridge"](np.random.default_rng(5), **inputs) == written.risk(np.random.default_rng(5))


def test_covariate_shift_is_two_samples_of_common_coefficients():
    "G says how much of |theta|^2 each eigenspace has; the target is sample 2's."
    uneven = Atoms({(3, "1/2"): "1/10", (1, 2): "9/10"})
    found = COMMON(np.random.default_rng(5), **SIZES, H=LAW, G=uneven, theta_sq=4.0, sigma_sq=0.5)
    tau1, tau2 = np.repeat([0.25, 1, 3], [4, 8, 8]), np.repeat([1, 2, 0.5], [4, 8, 8])
    theta = np.repeat(np.sqrt([0, 4 * 0.9 / 8, 4 * 0.1 / 8]), [4, 8, 8])
    setting = Setting([tau1, tau2], (8, 6), [theta, theta], [0.5, 0.5], tau2, theta)
    assert found == setting.risk(np.random.default_rng(5)) and float(theta @ theta) == pytest.approx(4.0)


def test_a_measured_law_does():
    "Eigenvalues with weights 1/p: each is an eigenspace of one dimension."
    law = Empirical({eigenvalue(1): np.linspace(1, 2, 20), tau0: np.ones(20), coordinate(1): np.ones(20), coordinate(0): np.ones(20)})
    assert REPLICATES[1, "ols"](np.random.default_rng(0), n1=30, p=20, H=law, sigma1_sq=1.0, weight1=1.0) > 0


@pytest.mark.parametrize(("K", "regime", "names"), [
    (2, "ridge", "n1 n2 p H sigma1_sq sigma2_sq weight1 weight2 mu"), (2, "ridgeless", "n1 n2 p H sigma1_sq sigma2_sq"),
    (1, "ols", "n1 p H sigma1_sq weight1")])
def test_the_keywords_are_the_names_of_the_formula(K, regime, names):
    "Counts whole; and the replicate goes to another process."
    replicate = REPLICATES[K, regime]
    keywords = {k.name: k.annotation for k in inspect.signature(replicate).parameters.values() if k.kind is k.KEYWORD_ONLY}
    assert list(keywords) == [*names.split(), "rows"] and {n for n, a in keywords.items() if a is int} == {f"n{k + 1}" for k in range(K)} | {"p"}
    assert pickle.loads(pickle.dumps(replicate)) == replicate


@pytest.mark.parametrize(("call", "error", "says"), [
    (lambda: joint.dimensions(LAW, 21), DomainError, "p times each weight of .* is whole in a simulation; not 4.2 for p = 21"),
    (lambda: joint.column(LAW, 20, tau), ArgumentError, "is over tau1, tau2; a simulation needs tau"),
    (lambda: COMMON(np.random.default_rng(0), **SIZES, H=LAW, G=Atoms({(3, 3): 1}), theta_sq=1.0, sigma_sq=1.0),
     DomainError, r"G weighs the atoms of H; not \(3, 3\)"),
    (lambda: COMMON(np.random.default_rng(0), **SIZES, H=LAW, G=Atoms({3: 1}), theta_sq=1.0, sigma_sq=1.0),
     ArgumentError, "G is over the variables of H, tau1, tau2; not tau"),
    (lambda: EXPERIMENTS["coefficients spread evenly"].run(2, p=202, rng=0), DomainError, "not 40.4 for p = 202"),
])
def test_what_is_refused(call, error, says):
    "The law, the rule and the first offender."
    with pytest.raises(error, match=says):
        call()


def test_a_penalty_that_is_not_said_is_the_identity():
    "tau_omega is one where the law does not speak of it."
    assert joint.column(LAW, 20, tau_omega).tolist() == [1.0] * 20
