"""Inequalities between products of means, for every law: the classical ones proved, turned or strict ones refuted."""

import pytest

from symrisk import Atoms, Claim, Mean, Region, prove
from symrisk.decide.recheck import recheck
from symrisk.errors import NotProved
from symrisk.symbols import G, H, kappa, symbol, tau

x = symbol("x", "x", "a positive letter", positive=True)
EVERY = Region(over=(kappa, x, H))


def m(body):
    return Mean(body, H)


def df(k):
    return m((tau / (tau + kappa)) ** k)


TRUE = {
    "Jensen": (df(1) ** 2, df(2)),
    "Cauchy and Schwarz": (df(2) ** 2, df(1) * df(3)),
    "log-convexity in the penalty": (m(1 / (tau + kappa) ** 2) ** 2, m(1 / (tau + kappa)) * m(1 / (tau + kappa) ** 3)),
    "Chebyshev": (m(tau * kappa / (tau + kappa)), m(tau) * m(kappa / (tau + kappa))),
    "a mean and its inverse": (1, m(tau) * m(1 / tau)),
    "three copies": (m(tau) ** 3, m(tau**3)),
    "one copy": (2 * x * m(tau), m(tau**2) + x**2),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_holds_for_every_law_is_proved_and_attained_at_one_atom(name):
    left, right = TRUE[name]
    assert prove(Claim("it is no more", left, "<=", right, on=EVERY)).status == "proved"
    strict = prove(Claim("it is less", left, "<", right, on=EVERY))
    turned = prove(Claim("it is no less", left, ">=", right, on=EVERY))
    assert (strict.status, turned.status) == ("refuted", "refuted")
    assert strict.witness and turned.witness


def test_what_is_turned_is_refuted_by_two_atoms():
    witness = prove(Claim("turned", df(1) ** 2, ">=", df(2), on=EVERY)).witness
    assert len(witness[H].weights) > 1


def test_a_strict_claim_that_holds_at_one_atom_is_proved():
    assert prove(Claim("it is less", df(1) ** 2, "<", df(2) + x, on=EVERY)).by == "copies"


def test_hypotheses_on_numbers_are_used():
    claim = Claim("it is no more", kappa * df(1) ** 2, "<=", x * df(2), on=EVERY & Region(kappa <= x))
    assert prove(claim).by == "copies"
    assert prove(Claim("it is no more", kappa * df(1) ** 2, "<=", x * df(2), on=EVERY)).status == "refuted"


def test_copies_are_of_one_law():
    "Means over two laws are no copies of each other."
    claim = Claim("it is no more", m(tau) * Mean(tau, G), "<=", m(tau**2), on=Region(over=(H, G)))
    assert prove(claim).status == "refuted"


def test_the_integrand_of_another_claim_is_refused():
    one = prove(Claim("it is no more", df(1) ** 2, "<=", df(2), on=EVERY))
    other = Claim("it is no more", 2 * df(1) ** 2, "<=", df(2), on=EVERY)
    with pytest.raises(NotProved, match="not that of the sides"):
        recheck(other, one.certificate)


def test_it_holds_at_a_law_that_is_put_in():
    law = Atoms({1: "1/4", 3: "3/4"})
    left, right = (side.xreplace({H: law}).subs(kappa, 2) for side in (df(1) ** 2, df(2)))
    assert Mean(tau, law).written_out() and left.atoms(Mean).pop().written_out() ** 2 <= right.written_out()
