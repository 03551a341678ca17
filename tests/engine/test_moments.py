"""Means as letters: what they stand for, and which are told apart."""

import random

import pytest
import sympy

from symrisk import Atoms, Mean
from symrisk.engine.algebra import moments as module
from symrisk.engine.algebra.moments import COMMON, Moments
from symrisk.engine.expressions.mean import write_out_means
from symrisk.symbols import G, H, coordinate, eigenvalue, p, symbol, tau, w

t1, t2, b = eigenvalue(1), eigenvalue(2), coordinate(0)
c = symbol("c", "c", "a scale", positive=True)
D = w + c * t1 + t2
INTEGRANDS = [tau, (tau - 3)**2, tau / (tau + w), (tau**2 - w) / (tau + w)**3, t1 * b**2 / D, (t1 + c * t2 - b)**2 / D**2,
              t1 / ((t1 + w) * (t2 + c)), c * t1 / (p * D)]
LAW = Atoms({(1, "1/2", 2): "1/3", (3, "1/5", "-7/2"): "1/2", ("2/3", 4, 0): "1/6"}, of=(t1, t2, b))
PLAIN = Atoms({1: "1/3", "7/2": "2/3"})
POINT = {w: sympy.Rational(3, 7), c: sympy.Rational(5, 2), p: sympy.Integer(9)}


def at_a_law(expression, moments):
    """Letters put back as means, at a law and a point."""
    back = expression.xreplace(moments.reading)
    law = PLAIN if back.has(tau) or not back.atoms(Mean) else LAW
    return write_out_means(back.xreplace({H: law})).xreplace(POINT)


@pytest.mark.parametrize("independent", [False, True])
@pytest.mark.parametrize("integrand", INTEGRANDS)
def test_letters_stand_for_their_means(integrand, independent):
    "Rewritten and read back, a mean is what it was, exactly, at a law of three atoms."
    moments, mean = Moments(independent), Mean(integrand, H)
    letters = moments.rewrite(mean)
    assert not letters.atoms(Mean) and moments.reading.keys() <= letters.free_symbols
    assert at_a_law(letters, moments) == at_a_law(mean, moments)


@pytest.mark.parametrize("integrand", INTEGRANDS)
def test_letters_over_the_highest_power_stand_for_their_means(integrand):
    "Where another mean has a power more, and where none has a denominator."
    for other in (Mean(integrand / (tau + w), H), Mean(integrand, H)) if integrand.has(tau) else (Mean(integrand / D, H),):
        moments, mean = Moments(COMMON), Mean(integrand, H)
        moments.prepare([mean, 2 * other])
        assert at_a_law(moments.rewrite(mean), moments) == at_a_law(mean, moments)


def test_over_the_highest_power_a_difference_shows_its_sign():
    "tau/(tau + w) less its square is w tau/(tau + w)^2, one letter that is not negative."
    share = tau / (tau + w)
    first, second, moments = Mean(share, H), Mean(share**2, H), Moments(COMMON)
    moments.prepare([first, second])
    gap = sympy.expand(moments.rewrite(first) - moments.rewrite(second))
    (letter,) = gap.free_symbols - {w}
    assert letter.is_nonnegative and gap == w * letter and moments.reading[letter] == Mean(tau / (tau + w)**2, H)


def test_two_denominators_are_split_for_an_equation():
    "1/((tau + w)(tau + c)) is a divided difference; denominators in two eigenvalues are left together."
    moments = Moments(True)
    split = moments.rewrite(Mean(1 / ((tau + w) * (tau + c)), H))
    one, other = (moments.rewrite(Mean(1 / (tau + x), H)) for x in (w, c))
    assert sympy.cancel(split - (one - other) / (c - w)) == 0
    assert len(Moments(True).rewrite(Mean(1 / ((t1 + w) * (t2 + c)), H)).free_symbols) == 1


def test_a_mean_falls_into_monomials():
    "The same monomial gets the same letter, another law another one."
    moments = Moments(False)
    first, second = moments.rewrite(Mean((tau + 2 * tau**2) / (tau + w), H)), moments.rewrite(Mean(tau / (tau + w), H))
    assert second.is_Symbol and first.coeff(second) == 1 and len(first.free_symbols) == 2
    assert moments.rewrite(Mean(tau / (tau + w), G)) != second


def test_independent_letters_see_identities():
    "tau/(tau + w) + w/(tau + w) = 1: zero in letters where they are independent."
    moments = Moments(True)
    total = moments.rewrite(Mean(tau / (tau + w), H)) + moments.rewrite(Mean(w / (tau + w), H)) - 1
    assert sympy.cancel(total) == 0
    joint = Moments(True)
    shares = sum(joint.rewrite(Mean(part / D, H)) for part in (w, c * t1, t2))
    assert sympy.cancel(sympy.expand(shares - 1)) == 0


def test_signs_are_those_of_the_integrands():
    "Non-negative where a sum of non-negative parts over such is; even powers of coordinates are; others are real."
    moments = Moments(False)
    assert moments.rewrite(Mean(t1 * b**2 / D, H)).is_nonnegative and not moments.rewrite(Mean(t1 * b**2 / D, H)).is_positive
    odd = moments.rewrite(Mean(t1 * b / D, H))
    assert odd.is_nonnegative is None and odd.is_real
    signed = moments.rewrite(Mean(tau / (tau - 3), H))
    assert signed.is_nonnegative is None


def test_random_combinations():
    "Sums of random multiples keep their value."
    draw = random.Random(2)
    for _ in range(10):
        moments = Moments(bool(draw.randint(0, 1)))
        chosen = draw.sample([i for i in INTEGRANDS if not i.has(tau)], 3)
        mean = Mean(sum(draw.randint(-4, 4) * i for i in chosen) + t1, H)
        assert at_a_law(moments.rewrite(mean), moments) == at_a_law(mean, moments)


@pytest.mark.parametrize("independent", [True, False])
def test_what_others_have_found_is_found_again(independent):
    "In the same letters, which are then known here too; and not where other laws are known to be alive."
    mean = Mean(tau / (tau + w) ** 2 + w * tau, H)
    first, second = Moments(independent), Moments(independent)
    assert first.rewrite(mean) == second.rewrite(mean)
    assert list(first.letters.items()) == list(second.letters.items())
    assert list(first.reading.items()) == list(second.reading.items())
    alive = Moments(independent, {(tau, H)})
    letter, dead = alive.rewrite(Mean(tau, H)), second.rewrite(Mean(tau, H))
    assert letter.is_positive and not dead.is_positive


def test_a_letter_that_is_here_already_stays():
    "One integrand has one letter, whoever names it first."
    moments = Moments(False)
    named = sympy.Symbol("named here", real=True)
    moments.letters[tau, H] = named
    moments.reading[named] = Mean(tau, H)
    Moments(False).rewrite(Mean(w * tau, H))
    assert moments.rewrite(Mean(w * tau, H)) == w * named
    assert list(moments.reading) == [named]


def test_what_is_remembered_is_bounded(monkeypatch):
    "The memory is emptied when it is full."
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    monkeypatch.setattr(module, "REWRITTEN", {})
    for k in range(10):
        assert Moments(False).rewrite(Mean(tau**k / (1 + tau), H)) != 0
        assert 0 < len(module.REWRITTEN) <= 3
