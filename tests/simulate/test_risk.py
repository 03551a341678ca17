"""A world and a fit in letters: what a replicate asks for, and that it does not matter how the letters are told."""

import inspect
import pickle

import numpy as np
import pytest

from symrisk import Formula, catalogue
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.fits.fused import Fused
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.lettered import letters_of, put
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.isotropic import Isotropic, last_of, shifted
from symrisk.simulate.worlds.rows import gaussian_rows
from symrisk.symbols import H, mu, n1, n2, p, sigma1_sq, sigma_sq, symbol, tau, theta_sq

TWICE = Formula(symbol("twice", "m", "a penalty", positive=True), 2 * mu * p)
WORLD = Isotropic((n1, n2), p, (sigma1_sq, sigma_sq), ((theta_sq, 0), (0, 1)), last_of(2))
POINT = {"n1": 4, "n2": 3, "p": 12, "sigma1_sq": 0.5, "sigma_sq": 1.0, "theta_sq": 2.0}
SIMULATED = {f"{entry.id} {i}": simulation for entry in catalogue.entries() for i, simulation in enumerate(entry.theorem.simulations)}


def drawn(risk, **values):
    return risk(np.random.default_rng(4), **values)


def test_letters_expressions_and_formulas_say_the_same():
    "A penalty of six, told in four ways."
    told = [drawn(Risk(WORLD, Ridge(penalty)), **POINT, **{"mu": 0.25} if mu in letters_of(penalty) else {})
            for penalty in (6, 24 * mu, TWICE, p / 2)]
    assert told == [told[0]] * 4


def test_a_world_may_be_told_in_other_letters_first():
    "at() takes expressions; what is left is asked for."
    ratio = symbol("ratio", "g", "rows over dimensions", positive=True)
    told = Risk(WORLD.at({n1: ratio * p, sigma1_sq: sigma_sq / 2}), Ridge(6))
    assert set(inspect.signature(told).parameters) == {"rng", "ratio", "p", "n2", "sigma_sq", "theta_sq", "rows"}
    others = {name: value for name, value in POINT.items() if name not in ("n1", "sigma1_sq")}
    assert drawn(told, ratio=1 / 3, **others) == drawn(Risk(WORLD, Ridge(6)), **POINT)


def test_a_formula_keeps_the_letters_that_are_not_known():
    "Put in one after the other."
    assert put(put(TWICE, {mu: 0.5}), {p: 12}) == 12.0
    assert put(put(TWICE, {mu: p}), {p: 3}) == 18.0 and put((H, tau), {H: 1}) == (1, tau) and letters_of((H, tau)) == (H,)


def test_numbers_once_are_numbers_for_all_replicates():
    "at(...) of a risk draws what a call with the same values draws, and goes to other processes."
    risk = Risk(WORLD, Weighted((1, 2), Ridge(mu)), {p: 12})
    told = pickle.loads(pickle.dumps(risk)).at(**{**POINT, "mu": 3.0})
    assert told.letters == () and drawn(told) == drawn(risk, mu=3.0, **{k: v for k, v in POINT.items() if k != "p"})
    assert pickle.loads(pickle.dumps(risk)) == risk and hash(pickle.loads(pickle.dumps(told))) == hash(told)


def test_parts_add_up():
    "Bias and variance of one replicate."
    bias, variance, risk = Risk(WORLD, Ridge(1.0)).parts(np.random.default_rng(4), **POINT)
    assert risk == bias + variance == drawn(Risk(WORLD, Ridge(1.0)), **POINT)
    louder = Risk(WORLD, Ridge(1.0)).parts(np.random.default_rng(4), **{**POINT, "sigma1_sq": 1.0, "sigma_sq": 2.0})
    assert louder == pytest.approx((bias, 2 * variance, bias + 2 * variance), rel=1e-12)


@pytest.mark.parametrize(("wrong", "error", "says"), [
    ({"n1": 2.5}, DomainError, "^n1 is a whole number >= 0 in a simulation; not 2.5"), ({"n1": "4"}, ArgumentError, "^n1 is a whole number"),
    ({"sigma1_sq": -1.0}, DomainError, "^sigma1_sq is not negative; not sigma1_sq=-1"), ({"theta_sq": [1, 2]}, DomainError, "^theta_sq is one number"),
    ({"theta_sq": np.nan}, DomainError, "^theta_sq is finite"), ({"nu": 1.0}, ArgumentError, "^no letter here is nu; they are n1, n2, p"),
    ({"p": 1}, DomainError, "^p is a whole number >= 2")])
def test_what_is_refused(wrong, error, says):
    "By the letter's own name."
    with pytest.raises(error, match=says):
        drawn(Risk(WORLD, Ridge(1.0)), **{**POINT, **wrong})


def test_letters_without_numbers_are_asked_for():
    "By a replicate, and by whatever needs numbers."
    with pytest.raises(ArgumentError, match="^theta_sq is missing: the replicate takes n1, n2, p"):
        drawn(Risk(WORLD, Ridge(1.0)), **{k: v for k, v in POINT.items() if k != "theta_sq"})


@pytest.mark.parametrize(("gram", "made", "says"), [
    (np.eye(2), None, r"^gram has shape \(3, 3\), the inner products of 3 vectors; not \(2, 2\)"),
    (np.eye(3), last_of(2), r"^gram has shape \(2, 2\)"), (np.eye(3), ((1, 0, 0), (0, 1, 0)), r"^made has shape \(3, 3\); not \(2, 3\)"),
    ([[1.0, 2.0, 0], [2.0, 1.0, 0], [0, 0, 1.0]], None, "^no vectors have the inner products")])
def test_gram_data_that_do_not_fit(gram, made, says):
    "Shapes, and inner products that no vectors have."
    with pytest.raises(DomainError, match=says):
        Isotropic((4, 3), 12, (1.0, 1.0), gram, made).draw(np.random.default_rng(0))


def test_coefficients_have_their_inner_products():
    "Read off noiseless labels, whatever the coefficients are made of."
    gram = np.array([[2.0, 0.3, 0.1], [0.3, 1.0, -0.2], [0.1, -0.2, 0.5]])
    for made in (None, shifted(2), ((0.5, 1.0, 0), (0, 1, 2), (0, 0, 0))):
        draw = Isotropic((12, 12), 12, (1.0, 1.0), gram, made).draw(np.random.default_rng(0))
        own = [np.linalg.solve(X, y) for X, y in zip(draw.designs, np.split(draw.signals, 2), strict=True)]
        vectors, shares = np.array([draw.target, *own]), np.eye(3) if made is None else np.array(made)
        assert vectors @ vectors.T == pytest.approx(shares @ gram @ shares.T, abs=1e-9)


@pytest.mark.parametrize("name", SIMULATED)
def test_a_theorem_tells_its_experiment_in_its_own_names(name):
    "Each name that a replicate must be given is one of the formula's, each of its own has a value; rows are Gaussian by default."
    simulation = SIMULATED[name]
    parameters = inspect.signature(simulation.replicate).parameters
    asked = {k.name for k in parameters.values() if k.kind is k.KEYWORD_ONLY and k.default is k.empty} - {"rows"}
    names = {s.name for s in simulation.formula.graph.names}
    assert asked <= names and names.isdisjoint(parameters.keys() - asked - {"rng", "rows"})
    if isinstance(simulation.replicate, Risk):
        assert parameters["rows"].default is gaussian_rows
        assert {k for k, v in parameters.items() if v.annotation is int} >= asked & {"n1", "n2", "n3", "p"}


def test_a_fused_fit_of_one_is_the_fit():
    "Weight one."
    world = Isotropic((5,), 12, (1.0,), np.ones((2, 2)))
    assert drawn(Risk(world, Fused((1,), Ridge(2.0)))) == drawn(Risk(world, Ridge(2.0)))
