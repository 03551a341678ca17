"""Numbers of every size: digits by the ten thousand, scales of 1e-300 and 1e300, counts beyond 2^53, ties."""

import warnings
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from symrisk import AccuracyWarning, Atoms, Formula, Implicit, Mean, Region
from symrisk.errors import ArgumentError, DomainError
from symrisk.symbols import H, n1, p, symbol, tau
from symrisk.theorems.shared.effective_ridge import kappa_of_lam

a = symbol("a", "a", "a positive letter", positive=True)
c = symbol("c", "c", "scale", positive=True)
third = Formula(symbol("third", "a/3", "a third"), a / 3)
golden = Formula(symbol("golden", "x", "a root"), (1 + sympy.sqrt(1 + 4 * a)) / 2)
LEAST = Implicit.potential((c,), p * Mean(sympy.log(1 + c * tau), H) - n1 * sympy.log(c))
scale = Formula(symbol("scale", "c", "scale", positive=True), c, where={**LEAST}, on=Region(n1 < p))


@pytest.mark.parametrize("digits", [4301, 5000, 32753, pytest.param(100_000, marks=pytest.mark.slow)])
def test_digits_by_the_thousand(digits):
    "Beyond what Python writes of a whole number, and beyond the bits that are enough for fewer: the golden ratio, and a third."
    with mpmath.workdps(digits + 10):
        wanted = (1 + mpmath.sqrt(5)) / 2
        found = golden.digits(digits, a=1)
        assert len(found.as_tuple().digits) == digits
        assert str(found)[:digits - 5] == mpmath.nstr(wanted, digits + 5)[:digits - 5]
    ball = golden.ball(digits, a=1)
    assert ball.radius < Decimal(10) ** (1 - digits) and abs(ball.mid - found) < Decimal(10) ** (2 - digits)
    assert len(third.digits(digits, a=1).as_tuple().digits) == digits


TIES = [(Atoms({1: 1}), 3, 5), (Atoms({1: "1/2", 2: "1/2"}), 27, 40), (Atoms({2: "1/3", "1/2": "2/3"}), 15, 28)]


@pytest.mark.parametrize(("law", "size", "dimension"), TIES, ids=str)
def test_a_tie_of_a_minimiser_is_settled(law, size, dimension):
    "c = 3/2 to one digit is 2: that it is no more and no less is shown by the equations, exactly."
    assert scale.digits(1, n1=size, p=dimension, H=law) == 2
    assert scale.digits(20, n1=size, p=dimension, H=law) == Decimal("1.5")
    assert (scale + scale**2).digits(2, n1=size, p=dimension, H=law) == Decimal("3.8")


@pytest.mark.parametrize("gamma", [1, 2, "1/2"])
@pytest.mark.parametrize("lam", ["1e-300", "1e-250", "1e-30", "1", "1e250"])
@pytest.mark.parametrize("law", [Atoms({1: 1}), Atoms({1: "1/2", 4: "1/2"})], ids=str)
def test_penalties_of_every_size(gamma, lam, law):
    "The effective ridge on floats, against its digits."
    wanted = kappa_of_lam.digits(20, gamma=gamma, lam=lam, H=law)
    assert kappa_of_lam(gamma=float(Fraction(gamma)), lam=float(lam), H=law) == pytest.approx(float(wanted), rel=1e-14)


@pytest.mark.parametrize("size", [20, 49, 60, 99])
def test_eigenvalues_of_every_size(size):
    "1e-300 and 1e300 together: the smaller fills up only when the larger is full."
    law = Atoms({"1e-300": "1/2", "1e300": "1/2"})
    share = Fraction(2 * size, 100)
    wanted = share / (1 - share) / 10**300 if size < 50 else (share - 1) / (2 - share) * 10**300
    assert scale(n1=size, p=100, H=law) == pytest.approx(float(wanted), rel=1e-14)
    assert scale.digits(10, n1=size, p=100, H=law) == pytest.approx(Decimal(wanted.numerator) / wanted.denominator, rel=Decimal("1e-9"))


BEYOND = [2**53 + 1, Fraction(2**53 + 1), Decimal(2**53 + 1), sympy.Integer(2**53 + 1), 10**30, np.int64(2**53 + 1),
          np.array([2**53, -2**53 - 1]), [2**60 + 1, 1], np.uint64(2**63 + 5)]


@pytest.mark.parametrize("number", BEYOND, ids=str)
def test_a_whole_number_that_no_float_holds_is_refused(number):
    "A count is what it is: one less may be all of p - n."
    with pytest.raises(DomainError, match="a is a whole number that no float holds, and the nearest one is"):
        third(a=number)


@pytest.mark.parametrize("number", [2**53, 2**60, 2.0**60 + 2**10, np.uint64(2**63), Fraction(3 * 2**60), 1e30])
def test_a_whole_number_that_a_float_holds_is_taken(number):
    "However large."
    assert third(a=number) == float(number) / 3


def test_decimals_are_numbers():
    "What digits gives may be given again, alone and in a list."
    value = golden.digits(30, a=1)
    assert third(a=value) == float(value) / 3
    assert third(a=[value, Decimal(1)]).tolist() == [float(value) / 3, 1 / 3]


@pytest.mark.parametrize(("number", "error", "text"), [
    (Decimal("NaN"), DomainError, "a=nan"), (Decimal("sNaN"), ArgumentError, "a="), (Decimal("Infinity"), DomainError, "a=inf"),
    (Decimal("1e400"), DomainError, "a is too large"), (Decimal("1e-400"), DomainError, "a is too small"),
    (Fraction(1, 10**400), DomainError, "a is too small")])
def test_numbers_that_are_no_floats(number, error, text):
    "Too large, too small, or none."
    with pytest.raises(error, match=text):
        third(a=number)


@pytest.mark.parametrize("exponent", [10**9, 10**20, 10**400])
def test_powers_beyond_all_bounds(exponent):
    "Of one it is one; of two it is too large for a float and for decimals; of a half it is too small, and zero has no right digit."
    power = Formula(symbol("power", "q", "a power"), a**exponent)
    assert power(a=1) == power.digits(5, a=1) == 1
    with pytest.raises(DomainError, match="power has no finite value in floats at a=2: a number on the way is too large"):
        power(a=2)
    for call in (power.digits, power.ball):
        with pytest.raises(DomainError, match="too large to be written in digits"):
            call(5, a=2)
        with pytest.raises(DomainError, match="too small to be written in digits"):
            call(5, a="1/2")
    with pytest.warns(AccuracyWarning, match="power = 0.0 has no right digit, at a=0.5"):
        power(a=0.5)


def test_no_warning_of_numpy_reaches_the_user():
    "Overflow, poles and no numbers on the way are refused in our words; NumPy's warnings would be errors here."
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        for value in (1e300, np.full(5, 1e300), np.full(40_000, 1e300)):
            with pytest.raises(DomainError):
                Formula(symbol("steep", "f", "steep"), a**9 / (1 - a))(a=value)
        with pytest.raises(DomainError):
            Formula(symbol("flat", "f", "flat"), sympy.log(a - 1))(a=np.array([1.0, 0.5]))
        with pytest.raises(DomainError):
            scale(n1=60, p=100, H=Atoms({0: "1/2", 1: "1/2"}))
