"""A fit, a world: each is one new file, put in its place and touching no other, and takes part in every experiment."""

import importlib
import inspect
import sys
from pathlib import Path

import numpy as np
import pytest
from sympy import Rational

from symrisk import Formula
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate import fits, worlds
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.fused import Fused
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.tuned import Tuned
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.shifted import Shifted
from symrisk.symbols import mu, n, p, sigma_sq, symbol, theta_sq

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
EARLY = (EXAMPLES / "early.py").read_text(encoding="utf-8")
ORTHOGONAL = (EXAMPLES / "orthogonal.py").read_text(encoding="utf-8")
rate = symbol("rate", r"\eta", "learning rate", positive=True)
steps = symbol("steps", "T", "steps of gradient descent", kind="integer", integer=True, nonnegative=True)
risk = symbol("toy_risk", "R", "excess risk", nonnegative=True)


def added(monkeypatch, folder, package, stem, text):
    """The module of one new file in a package, which is otherwise as it was."""
    Path(folder, f"{stem}.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    name = f"{package.__name__}.{stem}"
    monkeypatch.delitem(sys.modules, name, raising=False)
    importlib.invalidate_caches()
    module = importlib.import_module(name)
    monkeypatch.setitem(sys.modules, name, module)
    return module


@pytest.fixture
def early(monkeypatch, tmp_path):
    yield added(monkeypatch, tmp_path, fits, "early", EARLY).Early
    vars(fits).pop("early", None)


@pytest.fixture
def orthogonal(monkeypatch, tmp_path):
    yield added(monkeypatch, tmp_path, worlds, "orthogonal", ORTHOGONAL).Orthogonal
    vars(worlds).pop("orthogonal", None)


def shrunk_risk(kept):
    """The exact risk of a fit that keeps a share of every coefficient, where X'X = n I."""
    return Formula(risk, (1 - kept)**2 * theta_sq + kept**2 * p / n * sigma_sq)


def test_a_new_fit_in_a_new_world(early, orthogonal):
    "Early stopping keeps 1 - (1 - rate n)^T of everything: bias and variance exactly, told in letters."
    formula = shrunk_risk(1 - (1 - rate * n)**steps)
    simulation = Simulation(formula, Risk(orthogonal(n, p, sigma_sq, theta_sq), early(rate, steps)))
    found = simulation.run(5, rng=0, n=40, p=15, sigma_sq=2.0, theta_sq=3.0, rate=0.01, steps=4)
    assert found.z == 0 and found.mean == pytest.approx(0.6**8 * 3 + (1 - 0.6**4)**2 * 15 / 40 * 2, rel=1e-12)


def test_a_wrong_formula_is_told_apart(early, orthogonal):
    "One step too many."
    formula = shrunk_risk(1 - (1 - rate * n)**(steps + 1))
    simulation = Simulation(formula, Risk(orthogonal(n, p, sigma_sq, theta_sq), early(rate, steps)))
    assert abs(simulation.run(5, rng=0, n=40, p=15, sigma_sq=2.0, theta_sq=3.0, rate=0.01, steps=4).z) > 4


@pytest.mark.parametrize(("fit", "kept"), [
    (Ridge(mu), n / (n + mu)), (Ridge(n), Rational(1, 2)), (Weighted((1 / n,), Ridge(mu)), 1 / (1 + mu)),
    (Fused((mu,)), mu), (Fused((3 * mu,), Ridge(n)), 3 * mu / 2)], ids=str)
def test_every_fit_in_the_new_world(orthogonal, fit, kept):
    "The share that each keeps, exactly; letters stand in expressions too."
    simulation = Simulation(shrunk_risk(kept), Risk(orthogonal(n, p, sigma_sq, theta_sq), fit))
    point = {"n": 40, "p": 15, "sigma_sq": 2.0, "theta_sq": 3.0, **({"mu": 0.25} if mu in fit.letters else {})}
    assert simulation.run(4, rng=0, **point).z == 0


def test_the_new_fit_in_every_world(early):
    "Run long, gradient descent from zero is the interpolator of least norm; alone, fused, weighted and as a correction."
    world = Shifted((6, 4), 40, (1.0, 2.0), 3.0, (0.5, 0.0))
    long = early(0.01, 4000)
    for new, old in ((long, MinNorm()), (Fused((0.25, 0.75), long), Fused((0.25, 0.75))), (Tuned(long, 1.0, long), Tuned()),
                     (Weighted((1.0, 0.5), long), MinNorm())):
        risks = [Risk(world, fit)(np.random.default_rng(5)) for fit in (new, old)]
        assert risks[0] == pytest.approx(risks[1], rel=1e-7)


def test_the_new_fit_takes_rows_and_labels(early):
    "As practice does: one sample or several, one labelling or many; from zero, a step is rate X'y."
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((5, 3)), rng.standard_normal((5, 2))
    assert early(0.1, 1).coefficients(X, y) == pytest.approx(0.1 * X.T @ y)
    assert early(0.1, 1).coefficients([X[:2], X[2:]], [y[:2, 0], y[2:, 0]]) == pytest.approx(0.1 * X.T @ y[:, 0])


def test_its_parameters_are_refused_by_name(early, orthogonal):
    "By letter where a letter was given a wrong number, by parameter otherwise."
    replicate = Risk(orthogonal(n, p, 1.0, theta_sq), early(rate, steps))
    point = {"n": 9, "p": 4, "theta_sq": 1.0, "rate": 0.1, "steps": 2}
    for wrong, error, says in (({"steps": 1.5}, DomainError, "steps is a whole number"), ({"rate": -1.0}, DomainError, "rate is positive"),
                               ({"depth": 3}, ArgumentError, "no letter here is depth; they are n, p, theta_sq, rate, steps")):
        with pytest.raises(error, match=says):
            replicate(np.random.default_rng(0), **{**point, **wrong})
    with pytest.raises(ArgumentError, match="^rate is missing: the replicate takes n, p, theta_sq, rate, steps"):
        replicate(np.random.default_rng(0), n=9, p=4, theta_sq=1.0)
    with pytest.raises(DomainError, match="^rate is positive"):
        early(-0.1, 2).coefficients(np.eye(2), np.ones(2))


@pytest.mark.parametrize("name", ["rows", "rng"])
def test_a_letter_that_bears_a_taken_name_is_refused(orthogonal, name):
    "A simulation hands those over itself: it says so, where its letters are asked for."
    own = symbol(name, "n", "a size", kind="count", nonnegative=True)
    replicate = Risk(orthogonal(own, p, 1.0, theta_sq), MinNorm())
    with pytest.raises(ArgumentError, match=f"^{name} is what a replicate calls .*: give the letter another name"):
        inspect.signature(replicate)
