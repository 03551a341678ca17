"""Power-law spectra: on grids, in digits and in balls, for whole exponents and others."""

import pickle
from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest

from symrisk import Atoms, Formula, Mean
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.laws.power_law import PowerLaw
from symrisk.symbols import H, symbol, tau, w

share = Formula(symbol("share", "s", "a share"), Mean(tau / (tau + w), H))


@pytest.mark.parametrize("alpha", ["1/3", "1", "1.5", "2", "30"])
@pytest.mark.parametrize("ridge", ["1e-6", "1"])
def test_a_mean_over_it(alpha, ridge):
    "Digits against the sum in mpmath at 60 digits, and the float against the digits."
    law = PowerLaw(alpha, 40)
    with mp.workdps(60):
        exponent, lam = -mp.mpf(Fraction(alpha).numerator) / Fraction(alpha).denominator, mp.mpf(ridge)
        wanted = mp.fsum(1 / (1 + lam / mp.mpf(k)**exponent) for k in range(1, 41)) / 40
        found = share.digits(40, H=law, w=ridge)
        assert abs(mp.mpf(str(found)) / wanted - 1) < mp.mpf(10)**-39
    assert share(H=law, w=float(ridge)) == pytest.approx(float(found), rel=1e-14)
    ball = share.ball(30, H=law, w=ridge)
    assert ball.lower <= Fraction(str(found)) + Fraction(1, 10**38) and ball.upper >= Fraction(str(found)) - Fraction(1, 10**38)


def test_whole_exponents_are_atoms():
    "The same law, the same digits."
    law = PowerLaw(2, 5)
    atoms = Atoms({Fraction(1, k**2): Fraction(1, 5) for k in range(1, 6)})
    assert Atoms({v: h for (v,), h in law.points}) == atoms
    assert share.digits(50, H=law, w="1/7") == share.digits(50, H=atoms, w="1/7")


def test_a_thousand_digits():
    "Of an irrational spectrum."
    found = share.digits(1000, H=PowerLaw("1/2", 10), w=1)
    with mp.workdps(1020):
        wanted = mp.fsum(1 / (1 + mp.sqrt(k)) for k in range(1, 11)) / 10
        assert abs(mp.mpf(str(found)) / wanted - 1) < mp.mpf(10)**-999


def test_it_is_a_value():
    "Equal when its numbers are, and pickled."
    law = PowerLaw("3/2", 7)
    assert law == PowerLaw(Fraction(3, 2), 7) and law != PowerLaw(2, 7) and pickle.loads(pickle.dumps(law)) == law and law.size == 7
    np.testing.assert_allclose(law.arrays[1].sum(), 1)


def test_a_million_eigenvalues():
    "On a grid, without exact points."
    assert 0 < share(H=PowerLaw(1, 10**6), w=1e-3) < 1


def test_irrational_eigenvalues_have_no_exact_points():
    "NoMethod; balls enclose them."
    with pytest.raises(NoMethod, match="irrational eigenvalues"):
        _ = PowerLaw("1/2", 3).points


def test_eigenvalues_below_floats():
    "The float refuses what it would take for zero; the digits don't."
    law = PowerLaw(1000, 3)
    with pytest.raises(DomainError, match="too small for a float; use .digits"):
        share(H=law, w=1)
    assert str(share.digits(5, H=law, w=1))[:6] == "0.1666"


BAD = {
    "zero": (lambda: PowerLaw(0, 3), DomainError, "0 < alpha <= 1000"), "negative": (lambda: PowerLaw(-1, 3), DomainError, "not -1 and 3"),
    "too steep": (lambda: PowerLaw(10**6, 3), DomainError, "not 1000000 and 3"), "a float": (lambda: PowerLaw(1.5, 3), ArgumentError, "alpha=1.5 is a binary float"),
    "nan": (lambda: PowerLaw("nan", 3), ArgumentError, "alpha='nan'"), "no dimension": (lambda: PowerLaw(1, 0), DomainError, "not 1 and 0"),
    "too many": (lambda: PowerLaw(1, 10**7), DomainError, "dimension <= 1000000"), "half a dimension": (lambda: PowerLaw(1, 2.5), ArgumentError, "whole number; not 2.5"),
    "a bool": (lambda: PowerLaw(1, True), ArgumentError, "not True"), "text": (lambda: PowerLaw(1, "3"), ArgumentError, "not '3'"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_law_is_refused(case):
    "By a named error that says the rule and the offender."
    call, error, says = BAD[case]
    with pytest.raises(error, match=says):
        call()
