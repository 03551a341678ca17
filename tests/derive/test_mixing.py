"""`minimizer` finds the golden ratio by itself, and says what it can't do."""

import pytest
from sympy import Rational, sqrt

from symrisk import Claim, Formula, Implicit, Region, minimizer, monotonicity, prove
from symrisk.errors import ArgumentError, NoMethod
from symrisk.symbols import gamma, sigma_sq, symbol, theta_sq, w
from symrisk.theorems.collapse import mixing

golden = (sqrt(5) - 1) / 2
toy = symbol("toy", "f", "a toy")
lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
effective_ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
ridge_risk = Formula(symbol("ridge_risk", "R", "ridge risk"),
                     (theta_sq * kappa**2 + sigma_sq * gamma) / ((1 + kappa)**2 - gamma), where={**effective_ridge})


def test_the_golden_weight_is_the_only_minimiser():
    "c(w) is least at 1/phi, where it is 1/phi."
    found = minimizer(mixing.variance_factor, w)
    assert (found.point - golden).simplify() == 0 and (found.value - golden).simplify() == 0
    assert (found.condition, found.attained, found.verdict.status) == (None, True, "proved")


def test_the_certificate_shows_one_change_of_sign():
    "Descartes: the slope's core has one sign change on the region."
    signs = [c["sign"] for c in minimizer(mixing.variance_factor, w).verdict.certificate["coefficients"]]
    assert sum(a != b for a, b in zip(signs, signs[1:], strict=False)) == 1


def test_above_the_golden_weight_the_factor_only_grows():
    "On 2/3 <= w <= 1 the least value is at the closed lower end."
    found = minimizer(mixing.variance_factor, w, on=Region(w >= Rational(2, 3)))
    assert (found.point, found.attained) == (Rational(2, 3), True)
    assert monotonicity(mixing.variance_factor, w, on=Region(w >= Rational(2, 3))).direction == "increasing"


def test_an_infimum_at_an_open_end_is_not_attained():
    "1 - w on 1/2 < w < 1 has infimum 0, attained nowhere."
    found = minimizer(Formula(toy, 1 - w, on=Region(w > Rational(1, 2), w < 1)), w)
    assert (found.point, found.value, found.attained) == (1, 0, False)


def test_a_maximum_inside_is_not_called_a_minimum():
    "w (1 - w) rises and falls: no minimiser is claimed."
    with pytest.raises(NoMethod, match="rises and then falls"):
        minimizer(Formula(toy, w * (1 - w), on=Region(w <= 1)), w)


def test_several_turns_are_refused():
    "A slope with three zeros is beyond Descartes' rule."
    quartic = (w - 1)**2 * (w - 3)**2
    with pytest.raises(NoMethod, match="more than once"):
        minimizer(Formula(toy, quartic), w)


def test_a_foreign_variable_is_named():
    "Minimising over a name that the formula does not have is an error."
    with pytest.raises(ArgumentError, match="gamma"):
        minimizer(Formula(toy, w, on=Region(w > 0, w < 1)), gamma)


@pytest.mark.parametrize(("name", "direction"), [(lam, "increasing"), (gamma, "increasing")])
def test_the_effective_ridge_grows(name, direction):
    "A sign that is the same everywhere is read through the root: kappa grows with lam and with gamma."
    assert monotonicity(Formula(toy, kappa, where={**effective_ridge}), name).direction == direction


def test_the_optimal_ridge_is_proved_instead():
    "The claim that needs no radicals: the risk grows exactly beyond lam = gamma sigma^2 / |theta|^2."
    claim = Claim("beyond it", ridge_risk.diff(lam), ">", 0, on=Region(theta_sq > 0, sigma_sq > 0),
                  iff=(lam * theta_sq > gamma * sigma_sq,))
    assert prove(claim).status == "proved"
