"""The best weights of pooled ridge: reference numbers, every face of the polygon, and no search that does better."""

from fractions import Fraction

import numpy as np
import pytest
import sympy

from symrisk.errors import DomainError
from symrisk.theorems.transfer import best_ridge, isotropic_ridge, weighted_ridge
from symrisk.theorems.transfer.best_weights import (
    best_penalty_ratio,
    best_source_share,
    best_target_share,
    best_weight_ratio,
    best_weighted_risk,
)
from symrisk.theorems.transfer.share_search import FACES, Pieces, best_shares, zeros
from symrisk.theorems.transfer.shares import equations

CASE = {"n1": 100, "n2": 50, "p": 200, "theta_sq": 1, "delta_sq": "0.3", "cross": 0, "sigma1_sq": "0.5", "sigma2_sq": "0.5"}
PRINTED = {
    best_source_share: "0.2285460395383052190842406", best_target_share: "0.1387655871286274944693228",
    best_weight_ratio: "0.6748929737702131248983914", best_penalty_ratio: "101.4325254474114173936892",
    best_weighted_risk: "0.6398510005701243734148825"}
FACE_CASES = {
    "away": ({"cross": -1, "delta_sq": 2}, ("none", "free")),
    "no penalty": ({"n1": 300, "n2": 150, "delta_sq": 0.25, "cross": -0.5, "sigma1_sq": 0.01, "sigma2_sq": 0.01}, ("free", "rest")),
    "source interpolated": ({"n1": 28, "n2": 248, "p": 90, "theta_sq": 0.31, "delta_sq": 0.071, "cross": -0.126, "sigma1_sq": 0.0094,
                             "sigma2_sq": 4.4}, ("all", "free")),
    "target interpolated": ({"n1": 70, "n2": 46, "p": 275, "theta_sq": 1.5, "delta_sq": 4.3, "cross": 1.2, "sigma1_sq": 0.06,
                             "sigma2_sq": 0.01}, ("free", "all")),
    "inside": ({}, ("free", "free"))}


def floats(point):
    return {name: float(Fraction(value)) for name, value in point.items()}


def drawn(rng, count):
    "Sizes on both sides of the peak, coefficients at any angle, noises over three decades."
    p = rng.integers(20, 400, count).astype(float)
    n1, n2 = (np.ceil(p * np.exp(rng.uniform(-3, 1.5, count))) for _ in range(2))
    theta_sq = np.exp(rng.uniform(-2, 2, count))
    delta_sq = theta_sq * np.exp(rng.uniform(-5, 1.5, count))
    noises = {f"sigma{k}_sq": np.exp(rng.uniform(-5, 2, count)) for k in (1, 2)}
    return {"n1": n1, "n2": n2, "p": p, "theta_sq": theta_sq, "delta_sq": delta_sq,
            "cross": np.sqrt(theta_sq * delta_sq) * rng.uniform(-1, 1, count), **noises}


def risk_at(point, share1, share2):
    names = ("n1", "n2", "p", "theta_sq", "delta_sq", "cross", "sigma1_sq", "sigma2_sq")
    return Pieces(0.0, *(point[name] for name in names)).risk(share1, share2)


@pytest.mark.parametrize(("formula", "printed"), PRINTED.items(), ids=lambda v: getattr(v, "title", ""))
def test_the_reference_optimum(formula, printed):
    "P17-wopt: all 25 printed digits, and 1e-13 on the grid."
    assert str(formula.digits(25, **CASE)) == printed
    assert formula(**floats(CASE)) == pytest.approx(float(printed), rel=1e-13)


@pytest.mark.parametrize("name", FACE_CASES)
def test_every_face_is_met(name):
    "Without the source, without a penalty, one sample interpolated, inside: grid and digits agree, and the face is what it says."
    change, face = FACE_CASES[name]
    point = floats({**CASE, **change})
    arrays = {key: np.array([value]) for key, value in point.items()}
    assert best_shares(**arrays)[2][0] == FACES[face]
    exact = {key: Fraction(value) for key, value in point.items()}
    for formula in (best_source_share, best_target_share, best_weighted_risk):
        assert abs(Fraction(formula.digits(30, **exact)) - Fraction(formula(**point))) < Fraction(1, 10**14)


def test_the_example_whose_free_optimum_has_a_negative_penalty():
    "Theory 8.4: n = (300, 150), p = 200: R = .12168 at beta = (.346, .654), without a penalty."
    point = floats({**CASE, **FACE_CASES["no penalty"][0]})
    assert best_weighted_risk(**point) == pytest.approx(0.12168, abs=5e-6)
    assert (round(best_source_share(**point), 3), round(best_target_share(**point), 3)) == (0.346, 0.654)
    assert best_penalty_ratio(**point) == pytest.approx(0, abs=1e-12)


def test_a_thousand_points_on_a_fine_polygon():
    "No share on a 60 x 60 grid of the polygon has a lower risk."
    point = drawn(np.random.default_rng(0), 1000)
    least = best_weighted_risk(**point)
    unit = np.linspace(0, 1, 61)
    share1 = np.minimum(point["n1"] / point["p"], 1) * unit[:, None, None]
    share2 = np.minimum(point["n2"] / point["p"], 1 - share1) * unit[None, :, None]
    assert np.all(risk_at(point, share1, share2) >= least * (1 - 1e-12))


def test_weights_are_never_worse_than_none():
    "The best weighted fit beats the best unweighted one, and the target-only fit."
    point = drawn(np.random.default_rng(1), 2000)
    least = best_weighted_risk(**point)
    plain = {name: value for name, value in point.items() if not name.startswith("sigma")}
    noise = (point["n1"] * point["sigma1_sq"] + point["n2"] * point["sigma2_sq"]) / (point["n1"] + point["n2"])
    assert np.all(best_ridge.best_ridge_risk(**plain, sigma_sq=noise) >= least * (1 - 1e-10))
    alone = isotropic_ridge.target_ridge_risk(
        n2=point["n2"], p=point["p"], mu=point["p"] * point["sigma2_sq"] / point["theta_sq"], theta_sq=point["theta_sq"],
        sigma2_sq=point["sigma2_sq"])
    assert np.all(alone >= least * (1 - 1e-10))


def test_the_ratios_make_the_shares():
    "Weights w_1/w_2 and mu/w_2 put into weighted ridge give the least risk."
    point = floats(CASE)
    fitted = weighted_ridge.weighted_ridge_risk(
        source_weight=best_weight_ratio(**point), target_weight=1, mu=best_penalty_ratio(**point), **point)
    assert fitted == pytest.approx(best_weighted_risk(**point), rel=1e-14)


def test_without_shift_the_weights_are_the_inverse_noises():
    "w_k = 1/sigma_k^2 and mu = p/|theta|^2."
    point = {**floats(CASE), "delta_sq": 0.0, "sigma1_sq": 2.0, "theta_sq": 1.5}
    assert best_weight_ratio(**point) == pytest.approx(0.25, rel=1e-12)
    assert best_penalty_ratio(**point) == pytest.approx(200 / 1.5 * 0.5, rel=1e-12)


def test_a_ratio_that_is_infinite_is_refused():
    "Where the source is interpolated its weight has no bound; the risk has a value."
    point = floats({**CASE, **FACE_CASES["source interpolated"][0]})
    with pytest.raises(DomainError, match="beta1 < n1/p"):
        best_weight_ratio(**point)
    assert best_weighted_risk(**point) > 0


def test_the_printed_definition_minimises_the_risk():
    "What stands under the minimum is the weighted risk, in letters of its own; numbers put in are printed with it."
    shown = equations.objective.subs({equations.b1: weighted_ridge.beta1, equations.b2: weighted_ridge.beta2})
    assert sympy.cancel(shown - weighted_ridge.weighted_risk.expanded) == 0
    assert r"\text{at}\quad p = 200" in best_weighted_risk.at({weighted_ridge.p: 200}).latex()
    assert r"\text{at}" not in best_weighted_risk.latex()


def test_impossible_coefficients_are_refused():
    "|<theta_2, delta>| > |theta_2| |delta|."
    with pytest.raises(DomainError, match="cross"):
        best_weighted_risk(**{**floats(CASE), "cross": 0.9})


@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_the_risk_scales(scale):
    "Signal, shift and noise times a number: so is the least risk."
    point = floats(CASE)
    scaled = {name: value * scale if name.endswith("_sq") or name == "cross" else value for name, value in point.items()}
    assert best_weighted_risk(**scaled) == pytest.approx(scale * best_weighted_risk(**point), rel=1e-13)


def test_zeros_of_cubics():
    "Every zero in the interval is among the candidates, of polynomials of degree one to three."
    rng, most = np.random.default_rng(3), np.ones(200)
    for degree in (1, 2, 3):
        roots = np.sort(rng.uniform(-0.5, 1.5, (degree, 200)), axis=0)
        poly = [np.ones(200)]
        for root in roots:
            poly = [(poly[k - 1] if k else 0) - root * (poly[k] if k < len(poly) else 0) for k in range(len(poly) + 1)]
        found = zeros(poly, most)
        for root in roots:
            inside = (root > 0) & (root < 1)
            assert np.all(np.min(np.abs(found - root), axis=0)[inside] < 1e-6)


@pytest.mark.parametrize("rows", ["gaussian", "signs"])
@pytest.mark.parametrize("number", [0, 1])
def test_simulation_agrees(number, rows):
    "Theory 8.4 at its best weights, and a heavy target weight beyond the peak: within four standard errors."
    assert abs(weighted_ridge.weighted_ridge.simulations[number].run(60, rng=1, rows=rows).z) < 4


def test_a_shift_at_right_angles_never_drops_the_source():
    "<theta_1, theta_2> > 0: some weight on the source always helps."
    point = {**drawn(np.random.default_rng(5), 500), "cross": np.zeros(500)}
    assert np.all(best_source_share(**point) > 0)
