"""What is made of formulas is as accurate as the least accurate of them."""

import pytest

from symrisk import Formula
from symrisk.symbols import n, n1, p, symbol
from symrisk.theorems.transfer import concept_shift, finite_sample

EXACT, FIRST = finite_sample.pooled_risk, concept_shift.pooled_risk
SECOND = Formula(symbol("second", "s", "of second order"), n / p, accuracy="asymptotic, O(1/p^2)")

MADE = {
    "exact minus exact": (EXACT - finite_sample.target_risk, "exact"),
    "exact minus asymptotic": (EXACT - FIRST, "asymptotic, O(1/p)"),
    "asymptotic over exact": (FIRST / EXACT, "asymptotic, O(1/p)"),
    "a multiple": (2 * EXACT, "exact"),
    "a slope": ((1 - FIRST).diff(n1), "asymptotic, O(1/p)"),
    "exact at an asymptotic size": (EXACT.at({n1: concept_shift.best_source_size}), "asymptotic, O(1/p)"),
    "exact at a number": (EXACT.at({n1: 10}), "exact"),
    "two orders": ((FIRST - SECOND) / FIRST, "asymptotic, O(1/p); asymptotic, O(1/p^2)"),
}


@pytest.mark.parametrize("name", MADE)
def test_the_least_accurate_part_counts(name):
    "Exact only where every part is; approximations that no order compares are all named, once each."
    made, accuracy = MADE[name]
    assert made.accuracy == accuracy
