"""One text for two theorems: what they share is stated once, and differs by one degree of freedom."""

import pytest
import sympy

from symrisk.errors import ArgumentError
from symrisk.symbols import delta_sq, n1, n2, p, sigma_sq, snr, ssr, theta_sq
from symrisk.theorems.transfer import concept_shift, finite_sample
from symrisk.theorems.transfer.pooling.text import pooling

MODULES = {0: concept_shift, 1: finite_sample}


@pytest.mark.parametrize("lost", MODULES)
def test_risk_and_threshold_written_out(lost):
    "With q = p - lost, as the docstrings state them."
    text, q = pooling(lost), p - lost
    room = q - n1 - n2
    risk = ((p - n1 - n2) / p * theta_sq + n1 * (q - n1) / (p * room) * delta_sq
            + (n1 + n2) / room * sigma_sq)
    rho = room / (q - n1) - p * q / ((q - n1) * (q - n2) * snr)
    assert sympy.simplify(text.risks.pooled_risk.given(theta_sq, delta_sq).expanded - risk) == 0
    assert sympy.simplify(text.thresholds.ssr_threshold.expanded - rho) == 0


@pytest.mark.parametrize("lost", MODULES)
def test_a_theorem_takes_all_of_the_text(lost):
    "Formulas under the names of the module, and every claim."
    text, module = pooling(lost), MODULES[lost]
    theorem = getattr(module, module.__name__.rpartition(".")[2])
    for formula in (*text.risks, *text.thresholds, *text.sizes):
        assert getattr(module, formula.symbol.name) == formula
        assert formula in theorem.formulas
    assert set(text.claims) <= set(theorem.claims)


def test_the_two_claim_the_same():
    "The same relations in the same order, about quantities that are not the same."
    first_order, exact = pooling(lost=0), pooling(lost=1)
    pairs = list(zip(first_order.claims, exact.claims, strict=True))
    assert all(one.relation.rel == other.relation.rel for one, other in pairs)
    assert not any(one.expanded == other.expanded for one, other in pairs if ssr in other.region.symbols and one.iff)


@pytest.mark.parametrize("lost", [2, -1, "1", None])
def test_another_loss_is_refused(lost):
    "No third theorem by accident."
    with pytest.raises(ArgumentError, match="none is lost, or one"):
        pooling(lost)
