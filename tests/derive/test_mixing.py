"""`minimizer` finds the golden ratio by itself, and says what it can't do."""

import pytest
from sympy import Rational, sqrt

from symrisk import Formula, Region, minimizer, monotonicity
from symrisk.errors import DomainError, NoMethod
from symrisk.symbols import gamma, symbol, w
from symrisk.theorems.collapse import mixing

golden = (sqrt(5) - 1) / 2
toy = symbol("toy", "f", "a toy")


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
    with pytest.raises((DomainError, NoMethod), match="gamma|does not"):
        minimizer(Formula(toy, w, on=Region(w > 0, w < 1)), gamma)
