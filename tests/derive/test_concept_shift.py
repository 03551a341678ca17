"""From R_pool, R_target and p > n alone, `derive` finds what the concept-shift theorem states."""

import pytest
import sympy

from symrisk import Claim, Region, minimizer, monotonicity, prove, threshold
from symrisk.errors import NoMethod
from symrisk.symbols import n1, n2, p, sigma_sq, snr, ssr
from symrisk.theorems.transfer import concept_shift as shift

noisy = Region(sigma_sq > 0, snr > 0)
loss = shift.pooled_risk - shift.target_risk


def same(found, stated, on=None):
    """Whether a derived expression is what a formula states, by proof."""
    return prove(Claim("derived as stated", stated, "==", found, on=on)).status == "proved"


@pytest.fixture(scope="module")
def best():
    return minimizer(shift.pooled_risk, n1, on=noisy)


def test_the_threshold_on_the_shift_is_rho():
    "R_pool - R_target changes sign in SSR at rho, from helping to hurting; below the cutoff it is 0 at most at SSR = 0."
    found = threshold(loss, ssr, on=noisy & Region(n1 > 0))
    assert same(found.value, shift.ssr_threshold)
    assert (found.above, found.otherwise, found.verdict.status) == (">", ">=", "proved")


def test_rho_is_met_exactly_above_the_cutoff():
    "The condition that comes with rho is the SNR cutoff."
    condition = threshold(loss, ssr, on=noisy & Region(n1 > 0)).condition
    assert (condition.lhs, condition.rel) == (snr, ">")
    assert same(condition.rhs, shift.snr_cutoff)


def test_the_cutoff_is_where_rho_turns_positive():
    "rho changes sign in SNR at the cutoff."
    assert same(threshold(shift.ssr_threshold, snr).value, shift.snr_cutoff)
    assert threshold(shift.ssr_threshold, "snr").value == threshold(shift.ssr_threshold, snr).value


def test_the_best_source_size(best):
    "n1* in the interior, 0 elsewhere; the point is a proved stationary one."
    assert same(best.point, shift.best_source_size, on=best.condition)
    assert (best.otherwise.point, best.verdict.status) == (0, "proved")


def test_the_least_pooled_risk(best):
    "The value at n1*, and R_target where no source sample helps."
    assert same(best.value, shift.least_pooled_risk, on=best.condition)
    assert same(best.otherwise.value, shift.target_risk)


def test_the_interior_condition(best):
    "The condition found is SNR (p - n2)(p - n2 - p SSR) > p^2."
    region = Region(n2 < p, snr > 0)
    found, stated = best.condition, sympy.sympify(shift.helpful)
    one_way = Claim("found gives stated", stated.lhs, stated.rel_op, stated.rhs, on=region & found)
    other_way = Claim("stated gives found", found.lhs, found.rel, found.rhs, on=region & Region(stated))
    assert (prove(one_way).status, prove(other_way).status) == ("proved", "proved")


def test_the_largest_useful_source_size():
    "Beside n1 = 0, R_pool = R_target at n1_max, under the same condition."
    found = threshold(loss, n1, on=noisy & Region(n1 > 0))
    assert same(found.value, shift.largest_source_size, on=found.condition)
    assert (found.above, found.otherwise) == (">", ">")


def test_the_best_target_size():
    "n2* in the interior, 0 elsewhere."
    found = minimizer(shift.pooled_risk, n2, on=noisy)
    assert same(found.point, shift.best_target_size, on=found.condition)
    assert found.otherwise.point == 0


def test_the_interval_of_source_sizes():
    "n1 runs from 0 (included) to p - n2 (excluded)."
    (cell,) = shift.overparametrised.interval(n1)
    assert str(cell).endswith("0 <= n1 < p - n2")


@pytest.mark.parametrize("size", [n1, n2])
def test_pooled_risk_is_convex_in_either_size(size):
    "The slope grows in n1 and in n2."
    assert monotonicity(shift.pooled_risk.diff(size), size, on=noisy).direction == "increasing"


@pytest.mark.parametrize(("name", "direction"), [(n1, "decreasing"), (n2, "decreasing"), (p, "increasing"), (snr, "increasing")])
def test_how_rho_runs(name, direction):
    "rho falls with either sample and grows with dimension and signal."
    found = monotonicity(shift.ssr_threshold, name)
    assert (found.direction, found.condition, found.verdict.status) == (direction, None, "proved")


@pytest.mark.parametrize("size", [n1, n2, p])
def test_pooled_risk_is_not_monotone_in_the_sizes(size):
    "Signal and noise move in opposite directions."
    assert monotonicity(shift.pooled_risk, size, on=noisy).direction == "neither"


def test_the_gain_grows_with_snr_under_the_exact_condition():
    "(R_target - R_pool)/sigma^2 grows with SNR exactly while SSR < (p - n)/(p - n1)."
    found = monotonicity(shift.gain / sigma_sq, snr, on=Region(sigma_sq > 0, n1 > 0))
    assert (found.direction, found.condition.lhs, found.condition.rel) == ("increasing", ssr, "<")
    assert sympy.cancel(found.condition.rhs - (p - n1 - n2) / (p - n1)) == 0


def test_the_critical_snr():
    "For a fixed shift, some source size helps exactly above SNR_c: the slope at n1 = 0 changes sign there."
    at_none = shift.pooled_risk.diff(n1).at({n1: 0})
    found = threshold(at_none, snr, on=Region(sigma_sq > 0, p * ssr < p - n2))
    assert same(found.value, shift.critical_snr) and found.above == "<"


def test_one_sign_has_no_threshold():
    "A quantity of one sign has none, and says so."
    with pytest.raises(NoMethod, match="does not change sign"):
        threshold(shift.snr_cutoff, n1)
