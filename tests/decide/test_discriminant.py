"""Quadratics by their discriminants, square roots by their conjugates: true ones proved, false ones of the same shape not."""

import pytest
import sympy
from sympy import sqrt

from symrisk import Claim, Formula, Implicit, Region, prove
from symrisk.decide.recheck import recheck
from symrisk.errors import NotProved
from symrisk.symbols import gamma, kappa, lam, p, symbol, w

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
s = symbol("s", "s", "a positive letter", positive=True)
x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
r = symbol("r", "r", "any real number")
B = symbol("B", "B", "size of a batch", positive=True)
eta = symbol("eta", r"\eta", "step size", positive=True)

RADICAND = (lam + gamma - 1) ** 2 + 4 * lam
RIDGE = (lam + gamma - 1 + sqrt(RADICAND)) / 2
TRANSFORM = (sqrt(RADICAND) - (1 - gamma + lam)) / (2 * gamma * lam)
MULTIPLIER = 1 - 2 * eta + eta**2 * (1 + 1 / B) + eta**2 * p / B
MIX = (a * w**2 + (1 - w) ** 2 * (s + y)) * (a + s + x) - a * (s + x)


def claimed(left, rel, right=0, on=None):
    over = sympy.sympify(left).free_symbols | sympy.sympify(right).free_symbols
    return Claim("it is as it says", left, rel, right, on=(on or Region()) & Region(over=tuple(sorted(over, key=str))))


TRUE = {
    "a radicand": (RADICAND, ">", 0),
    "a multiplier": (MULTIPLIER, ">", 0),
    "a mix is no better than the best one": (MIX, ">=", 0, Region(x <= y)),
    "on the half-line": (x**2 + (y - 1) * x + 1, ">", 0),
    "on the half-line, below": (-2 * x**2 - (y - 1) * x - 1, "<", 0),
    "a discriminant in turn": (x**2 - x * (y + a) + y**2 + a**2 - y + 1, ">", 0),
    "of either sign": (r**2 + a * r + a**2, ">", 0),
}
FALSE = {
    "a radicand that is negative": (RADICAND - 8 * lam, ">=", 0),
    "a multiplier below its least value": (MULTIPLIER, ">=", (2 + p) / (B + 1 + p)),
    "a mix is better where the other is": (MIX, ">=", 0, Region(y <= x)),
    "on the half-line, too far down": (x**2 + (y - 3) * x + 1, ">=", 0),
    "a perfect square": (r**2 + a * r + a**2 / 4, ">", 0),
    "at the closed end": (b**2 + (y + 1) * b, ">", 0),
    "a little too much": (x**2 - 2 * x * y + y**2 - sympy.Rational(1, 10**6) * y, ">=", 0),
}


@pytest.mark.parametrize("name", TRUE)
def test_quadratics_keep_their_sign(name):
    assert prove(claimed(*TRUE[name])).status == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_false_quadratics_are_refuted(name):
    assert prove(claimed(*FALSE[name])).status == "refuted"


def test_what_is_attained_is_not_strict():
    "The mix is as good at its best weight: at most undecided."
    assert prove(claimed(MIX, ">", 0, Region(x <= y))).status != "proved"


def test_a_closed_form_with_a_root_is_looked_at_where_its_radicand_is_quadratic():
    "The literal root of ridge's equation solves it, and so does the transform; its slope exists."
    on = Region(over=(gamma, lam))
    equation = RIDGE**2 + (1 - gamma - lam) * RIDGE - lam
    assert prove(Claim("the closed form solves", equation, "==", 0, on=on)).status == "proved"
    quadratic = gamma * lam * TRANSFORM**2 + (1 - gamma + lam) * TRANSFORM
    assert prove(Claim("the transform solves", quadratic, "==", 1, on=on)).status == "proved"
    slope = sympy.diff(RIDGE, lam) * (2 * RIDGE + 1 - gamma - lam)
    assert prove(Claim("its slope", slope, "==", RIDGE + 1, on=on)).status == "proved"


def test_a_radicand_that_may_be_negative_is_not_believed():
    inside = (lam + gamma - 1) ** 2 - 4 * lam
    verdict = prove(claimed(sqrt(inside), ">=", 0))
    assert verdict.status == "undecided" and "not shown to be non-negative" in verdict.assumes[0]


@pytest.mark.parametrize("form", (RIDGE, TRANSFORM, 1 + lam + gamma - sqrt(RADICAND)))
def test_a_closed_form_is_positive_by_its_conjugate(form):
    verdict = prove(claimed(form, ">", 0))
    assert (verdict.status, verdict.by) == ("proved", "conjugate")


@pytest.mark.parametrize("left, rel, right", ((RIDGE, ">", gamma), (RIDGE, "<", lam), (2 * RIDGE, ">=", lam + gamma), (b + w, ">", sqrt(b**2 + w**2))))
def test_false_claims_of_square_roots_are_refuted(left, rel, right):
    assert prove(claimed(left, rel, right)).status == "refuted"


def test_the_literal_risk_of_ridge_is_positive_and_its_parts_are_bounded():
    "Hastie et al.: variance and bias from the transform and its slope, with the square root written out."
    snr = symbol("snr", "s", "signal to noise", positive=True)
    slope = -sympy.diff(TRANSFORM, lam)
    variance, bias = gamma * (TRANSFORM - lam * slope), lam**2 * slope
    assert prove(claimed(variance + snr * bias, ">", 0)).status == "proved"
    assert prove(claimed(variance, "<", gamma * TRANSFORM)).status == "proved"
    assert prove(claimed(bias, "<", 1)).status == "proved"
    assert prove(claimed(variance + snr * bias, ">", snr)).status == "refuted"


def test_the_closed_form_is_the_root():
    "In the root's own letter and written out: the same number, and a claim that it exceeds the penalty."
    ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
    risk = Formula(symbol("f", "f", "a quantity"), kappa, where=ridge)
    point = {"gamma": 2, "lam": "0.3"}
    closed = Formula(symbol("g", "g", "a quantity"), RIDGE, on=Region(over=(gamma, lam)))
    assert risk.digits(30, **point) == closed.digits(30, **point)


def test_a_proof_reads_as_one():
    verdict = prove(claimed(*TRUE["on the half-line"]))
    assert "4 a c + v b, v the terms of b below zero, = 1 * (s_y + 3)^1 > 0" in str(verdict)


def test_a_discriminant_of_another_quadratic_is_refused():
    one, other = (prove(claimed(x**2 + n * (y - 1) * x + 1, ">", 0)) for n in (1, 2))
    forged = {**one.certificate, "cells": [dict(one.certificate["cells"][0])]}
    factor = dict(forged["cells"][0]["factors"][0])
    factor["quadratic"] = other.certificate["cells"][0]["factors"][0]["quadratic"]
    forged["cells"][0]["factors"] = [factor]
    with pytest.raises(NotProved, match="not as printed"):
        recheck(one.claim, forged)
