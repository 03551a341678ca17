"""The effective ridge of one sample: reference values to all printed digits, neighbours, false claims, and no laws of its own."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from symrisk import AccuracyWarning, Atoms, Claim, Region, prove
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import bias_of_fit, variance_of
from symrisk.symbols import coordinate, eigenvalue, gamma, kappa, lam, tau, tau0, v
from symrisk.theorems.ridge.effective_ridge import (
    effective_ridge,
    ridge_bias,
    ridge_risk,
    ridge_variance,
)
from symrisk.theorems.shared.effective_ridge import companion_potential, kappa_of_lam
from symrisk.theorems.shared.freedom import df1, df2, df12, other_kappa
from symrisk.theorems.shared.level import bend

ISO = {"lam": "0.3", "gamma": "1.5", "H": Atoms({1: 1})}
TWO = {"lam": "0.2", "gamma": 2, "H": Atoms({"0.2": "1/2", 3: "1/2"})}
SIGNALS = {"iso": {**ISO, "G": Atoms({1: 1})}, "two": {**TWO, "G": Atoms({"0.2": "0.9", 3: "0.1"})}}
VALUES = [
    (kappa_of_lam, "iso", "1.07823299831252681390645563266"), (kappa_of_lam, "two", "1.25984891953387058360992798916"),
    (ridge_bias, "iso", "0.412403260258161889096541895892"), (ridge_bias, "two", "0.330333960367702506272270572455"),
    (ridge_variance, "iso", "0.532093693084279934205475962747"), (ridge_variance, "two", "1.06074098298635376746130982281")]
"""ridge.effective_ridge, ridge.ridge_bias and ridge.ridge_variance of the reference cases, at |theta|^2 = sigma^2 = 1."""


def point_of(formula, name):
    known = {**SIGNALS[name], "theta_sq": 1, "sigma_sq": 1}
    return {n: value for n, value in known.items() if n in formula.inputs}


@pytest.mark.parametrize(("formula", "name", "wanted"), VALUES)
def test_reference_values(formula, name, wanted):
    "All printed digits; the grid to 1e-12."
    point = point_of(formula, name)
    found = formula.digits(len(wanted.replace(".", "").lstrip("0")), **point)
    assert found == Decimal(wanted)
    on_grid = formula(**{n: float(Fraction(x)) if isinstance(x, str) else x for n, x in point.items()})
    assert on_grid == pytest.approx(float(wanted), rel=1e-12)


def test_the_closed_form_of_one_eigenvalue():
    "(b + sqrt(b^2 + 4 lam))/2 with b = lam + gamma - 1, on a grid through gamma = 1."
    penalties, ratios = np.array([1e-3, 0.1, 1, 30])[:, None], np.array([0.2, 1, 1.5, 7])
    b = penalties + ratios - 1
    assert kappa_of_lam(lam=penalties, gamma=ratios, H=Atoms({1: 1})) == pytest.approx((b + np.sqrt(b**2 + 4 * penalties)) / 2, rel=1e-12)


@pytest.mark.parametrize("scale", ["1e-9", "1e9"])
def test_kappa_scales_with_eigenvalues_and_penalty(scale):
    "By any factor, to all digits."
    s = Fraction(scale)
    scaled = kappa_of_lam.digits(40, lam=s * Fraction("0.2"), gamma=2, H=Atoms({s * Fraction("0.2"): "1/2", 3 * s: "1/2"}))
    assert abs(Fraction(scaled) / s - Fraction(kappa_of_lam.digits(45, **TWO))) < Fraction(1, 10**38)


def test_one_pooled_sample_has_the_same_risk():
    "n = 40, p = 80, mu = n lam: the risks agree to all digits, and kappa = mu/c."
    pooled = Pooled(1, "ridge")
    joint = Atoms({("0.2", "0.2", "1/10"): "1/2", (3, 3, "1/2"): "1/2"}, of=(eigenvalue(1), tau0, coordinate(0)))
    point = {"n1": 40, "p": 80, "mu": 8, "H": joint}
    theta_sq = 80 * (Fraction(1, 100) + Fraction(1, 4)) / 2
    share = Fraction(1, 100) / (Fraction(1, 100) + Fraction(1, 4))
    signal = Atoms({"0.2": share, 3: 1 - share})
    assert variance_of(pooled).digits(25, sigma1_sq=2, **point) == ridge_variance.digits(25, sigma_sq=2, **TWO)
    bias = bias_of_fit(pooled).at({coordinate(1): coordinate(0)})
    assert bias.digits(25, **point) == ridge_bias.digits(25, theta_sq=theta_sq, G=signal, **TWO)


def test_two_ridges_and_their_degrees_of_freedom():
    "(lam - lam')/(kappa - kappa') = 1 - gamma df12, in digits."
    near = {**TWO, "lam": "0.7"}
    ridges = [Fraction(kappa_of_lam.digits(40, **point)) for point in (TWO, near)]
    between = Fraction(df12.digits(35, kappa=ridges[0], other_kappa=ridges[1], H=TWO["H"]))
    assert abs(Fraction(-1, 2) / (ridges[0] - ridges[1]) - (1 - 2 * between)) < Fraction(1, 10**30)


def test_the_potential_is_least_at_v():
    "Its slope vanishes there, and what rounding leaves of it says so; and it is larger to both sides."
    at = {"gamma": 2, "lam": 0.2, "H": TWO["H"]}
    here = 1 / kappa_of_lam(**at)
    with pytest.warns(AccuracyWarning, match="v="):
        assert companion_potential.diff(v)(v=here, **at) == pytest.approx(0, abs=1e-12)
    assert all(companion_potential(v=here * step, **at) > companion_potential(v=here, **at) for step in (0.9, 1.1))


FALSE = [Claim("kappa grows at the rate one", kappa_of_lam.diff(lam), "<=", 1), Claim("squares are not smaller", df2, ">=", df1),
         Claim("the noise adds less than sigma^2", ridge_variance, "<", 1), Claim("more penalty is worse", ridge_risk.diff(lam), ">=", 0),
         Claim("two ridges have the mean of both", 2 * df12, "==", df2 + df2.at({kappa: other_kappa})),
         Claim("kappa falls with the penalty", kappa_of_lam.diff(lam), "<", 0, on=Region(gamma > 1)),
         Claim("all directions are used", df1, "==", 1), Claim("what v makes least is concave", bend, "<=", 0)]


@pytest.mark.parametrize("claim", FALSE, ids=lambda claim: claim.says)
def test_false_claims_are_refuted(claim):
    "By a law, with the numbers beside it."
    assert prove(claim).status == "refuted"


def test_nearly_true_claims_are_not_proved():
    "Of a law of nothing but zeros the degrees of freedom are none, strictly fewer than none they are not."
    for claim in (Claim("strictly fewer", df2, "<", df1), Claim("strictly above", kappa_of_lam, ">", lam)):
        assert prove(claim).status != "proved"
    assert df1.at({tau: 0}).expanded == 0


def test_the_claims_hold():
    "Every one, and by exact algebra."
    verdicts = [prove(claim) for claim in effective_ridge.claims]
    assert {verdict.status for verdict in verdicts} == {"proved"} and {v.by for v in verdicts} == {"identity", "positive", "convex"}
