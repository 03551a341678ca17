"""Least values and changes of sign along a variable that moves a root: the root is the coordinate, and the answer is at its variable."""

from itertools import pairwise

import numpy as np
import pytest
import sympy
from scipy.optimize import minimize_scalar

from symrisk import Formula, Implicit, Region, minimizer, threshold
from symrisk.decide.recheck import recheck
from symrisk.errors import NoMethod
from symrisk.symbols import gamma, sigma_sq, symbol, theta_sq

toy = symbol("toy", "f", "a toy")
lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
b = symbol("b", "b", "a positive number", positive=True)
effective_ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
noisy = Region(theta_sq > 0, sigma_sq > 0)


def of(expression, *hypotheses, where=effective_ridge):
    return Formula(toy, expression, where={**where}, on=Region(*hypotheses))


ridge_risk = of((theta_sq * kappa**2 + sigma_sq * gamma) / ((1 + kappa)**2 - gamma))


@pytest.fixture(scope="module")
def best():
    return minimizer(ridge_risk, lam, on=noisy)


def test_the_best_penalty_is_found(best):
    "gamma sigma^2/|theta|^2, on either side of gamma = 1, with no condition."
    assert sympy.cancel(best.point - gamma * sigma_sq / theta_sq) == 0
    assert (best.condition, best.attained, best.verdict.status) == (None, True, "proved")


@pytest.mark.parametrize("point", [
    {"gamma": 0.4, "sigma_sq": 1.3, "theta_sq": 2}, {"gamma": 1, "sigma_sq": 0.5, "theta_sq": 1},
    {"gamma": 3, "sigma_sq": 2, "theta_sq": 0.7},
])
def test_it_is_where_a_numeric_search_ends(best, point):
    "The least value of the formula along lam, and the penalty there, by Brent's method."
    found = minimize_scalar(lambda t: ridge_risk(lam=np.exp(t), **point), bracket=(-3, 3), tol=1e-12)
    at = float(best.point.subs({s: point[s.name] for s in best.point.free_symbols}))
    least = Formula(toy, best.value, where=dict(best.where))
    assert np.exp(found.x) == pytest.approx(at, rel=1e-5)
    assert least(**{name: point[name] for name in least.inputs}) == pytest.approx(found.fun, rel=1e-12)


def test_the_least_value_is_written_in_the_root(best):
    "kappa |theta|^2/(1 + kappa), where kappa solves its equation at the best penalty: to thirty digits the risk there."
    assert sympy.cancel(best.value - kappa * theta_sq / (1 + kappa)) == 0
    least = Formula(toy, best.value, where=dict(best.where))
    point = {"gamma": 2, "sigma_sq": "1/3", "theta_sq": 5}
    assert least.digits(30, **point) == ridge_risk.digits(30, lam="2/15", **point)


def test_it_prints_what_the_root_is(best):
    "Text and LaTeX say what kappa solves."
    assert "where kappa is the zero of" in repr(best)
    assert r"\kappa &\text{ is the positive solution of }" in best.latex()


def test_the_evidence_is_checked_again(best):
    "Each claim passes the second look."
    recheck(best.verdict.claim, {"parts": best.verdict.certificate["parts"]})


def test_a_turn_at_a_number_is_given_at_its_penalty():
    "(kappa - 3)^2 is least at kappa = 3, which is the root at lam = 3 (4 - gamma)/4, as long as that is positive."
    found = minimizer(of((kappa - 3)**2, gamma < 1), lam)
    assert sympy.expand(found.point - 3 * (4 - gamma) / 4) == 0 and found.value == 0


def test_an_infimum_at_no_penalty_is_by_cases():
    "kappa falls to gamma - 1 where gamma > 1, and to 0 elsewhere."
    found = minimizer(of(kappa), lam)
    assert (found.value, found.attained, found.point) == (gamma - 1, False, 0)
    assert (found.condition.lhs, found.condition.rel, found.condition.rhs) == (gamma, ">", 1)
    assert (found.otherwise.value, found.otherwise.attained) == (0, False)


def test_a_hypothesis_in_the_root_bounds_it():
    "Of kappa >= b the least value is b, at the penalty that has it."
    found = minimizer(of(kappa, kappa >= b, gamma < 1), lam)
    assert found.value == b and sympy.cancel(found.point - b * (b + 1 - gamma) / (b + 1)) == 0


def test_values_on_a_grid_are_nowhere_below(best):
    "And they fall up to it and rise beyond."
    penalties = np.geomspace(1e-3, 1e3, 400)
    values = ridge_risk(lam=penalties, gamma=1.5, sigma_sq=1, theta_sq=2)
    falls = [x > y for x, y in pairwise(values)]
    assert falls == sorted(falls, reverse=True) and penalties[sum(falls)] == pytest.approx(0.75, rel=0.05)


@pytest.mark.parametrize(("quantity", "says"), [
    (of(1 / kappa + kappa**3 + kappa**2 * gamma), "more than once|cells|degree"),
    (of((lam - 2 * kappa) / (kappa + 1), where=Implicit.root(kappa, kappa**2 - lam * kappa - lam)), "is not derived"),
    (of(kappa, where=Implicit.root(kappa, kappa**3 * lam**2 + kappa - gamma)), "no rational function"),
    (of(kappa + b, where={**effective_ridge, **Implicit.root(b, b**2 + lam * b - 1)}), "only one root"),
])
def test_what_is_not_shown_is_refused(quantity, says):
    "No turn that is a rational function of the others, an infimum far out (its slope, cancelled, has no root in it), a root that is not solved for lam, two roots."
    with pytest.raises(NoMethod, match=says):
        minimizer(quantity, lam)


LEVEL = b * (b + 1 - gamma) / (b + 1)
"""The penalty at which kappa = b, from its equation."""


@pytest.mark.parametrize(("quantity", "above"), [(of(kappa - b, gamma < 1), ">"), (of(1 / kappa - 1 / b, gamma < 1), "<")])
def test_a_level_is_crossed_at_its_penalty(quantity, above):
    "kappa rises with lam, whatever stands in front of it."
    found = threshold(quantity, lam)
    assert sympy.cancel(found.value - LEVEL) == 0 and (found.above, found.condition) == (above, None)
    assert found.verdict.status == "proved"
    recheck(found.verdict.claim, {"parts": found.verdict.certificate["parts"]})


def test_a_level_below_the_least_root_is_not_crossed():
    "Past gamma = 1 kappa is above gamma - 1, also without a penalty."
    found = threshold(of(kappa - b, gamma > 1), lam)
    assert sympy.cancel(found.value - LEVEL) == 0 and found.otherwise == ">"
    assert sympy.expand(found.condition.slack - (b - gamma + 1)) == 0 and found.condition.rel == ">"


def test_the_sides_change_where_the_root_falls():
    "kappa = gamma/(1 + lam) is above b until lam = gamma/b - 1."
    falling = Implicit.root(kappa, kappa * (1 + lam) - gamma)
    found = threshold(of(kappa - b, where=falling), lam)
    assert sympy.cancel(found.value - (gamma / b - 1)) == 0 and found.above == "<"
    assert sympy.expand(found.condition.slack - (gamma - b)) == 0 and found.otherwise == "<"


def test_a_change_that_is_not_shown_is_refused():
    "Of degree two in the root; a root for which lam is no rational function."
    with pytest.raises(NoMethod, match="degree 2"):
        threshold(of(kappa**2 - b, gamma < 1), lam)
    with pytest.raises(NoMethod, match="no rational function"):
        threshold(of(kappa - b, where=Implicit.root(kappa, kappa**3 * lam**2 + kappa - gamma)), lam)


def test_hypotheses_that_leave_the_point_out_are_named():
    "Without noise the best penalty is 0, which is none: the message says what is not shown."
    with pytest.raises(NoMethod, match="gamma\\*sigma_sq/theta_sq is not shown to be in the region"):
        minimizer(ridge_risk, lam)
