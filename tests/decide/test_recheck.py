"""The second look: what is no certificate at all, and certificates of true claims offered for false ones."""

import copy

import pytest
from sympy import Rational, oo

from symrisk import Claim, Formula, Implicit, Region, prove
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import many_digits, recheck
from symrisk.engine.balls.precision import decimals
from symrisk.errors import NotProved
from symrisk.symbols import symbol

a = symbol("a", "a", "a positive letter", positive=True)
c = symbol("c", "c", "a positive letter", positive=True)
r = symbol("r", "r", "a root", positive=True)
s = symbol("s", "s", "another root", positive=True)
below = Region(a < c)
TRUE = Claim("below", a, "<", c, on=below)
FALSE = {"above": (a, ">", c), "twice as large": (a, ">=", 2 * c), "by half": (2 * a, "<", c), "equal": (a, "==", c),
         "a little less": (a, "<", c * 99 / 100)}


@pytest.mark.parametrize("name", FALSE)
def test_a_certificate_of_a_true_claim_proves_no_false_one(name):
    "As it is, and as an empty region's."
    claim = Claim(name, *FALSE[name], on=below)
    for certificate in (prove(TRUE).certificate, {"method": "empty"}, {"method": "empty", "region": str(claim.region)}):
        with pytest.raises(NotProved):
            recheck(claim, copy.deepcopy(certificate))


@pytest.mark.parametrize("certificate", [None, 1, [], "trust me", {}, {"method": None}, {"method": "trust me"}, {"method": []}, {"parts": []},
                                         {"parts": None}, {"method": "positive", "strict": True, "cells": []}])
def test_what_is_no_certificate_proves_nothing(certificate):
    "Whatever it is, NotProved."
    with pytest.raises(NotProved):
        recheck(TRUE, certificate)


@pytest.mark.parametrize("because", ["a hypothesis", "trust me", "Sturm", "Sturm: no root in s > 0"])
def test_a_factor_of_sign_one_for_no_reason(because):
    "c - a on a, c > 0 has no sign, whatever is said."
    claim = Claim("false", a, ">", c, on=Region(over=(a, c)))
    one = {"variables": [], "terms": [[[], "1"]]}
    links = [{"variable": v, "numerator": {"variables": [f"s_{v}"], "terms": [[[1], "1"]]}, "denominator": one, "closed": False,
              "coordinate": f"s_{v}"} for v in ("a", "c")]
    factor = {"polynomial": {"variables": ["s_a", "s_c"], "terms": [[[1, 0], "1"], [[0, 1], "-1"]]}, "power": 1, "sign": 1,
              "strict": True, "because": because}
    cell = {"chart": links, "side": [], "constant": "1", "factors": [factor]}
    with pytest.raises(NotProved):
        recheck(claim, {"method": "positive", "strict": True, "cells": [cell]})


def test_two_roots_of_equations_in_the_same_letters():
    "Each equation is solved for its own letter, whichever comes first."
    where = {**Implicit.root(r, r**3 + a * r - c), **Implicit.root(s, s + a * s**2 - r * c)}
    quantity = Formula(symbol("f", "f", "a quantity"), r + s, where=where, on=Region(over=(a, c)))
    for left, rel in ((quantity, ">"), (quantity * a, ">")):
        verdict = prove(Claim("positive", left, rel, 0))
        assert verdict.status == "proved"
        recheck(verdict.claim, verdict.certificate)


def test_a_zero_is_that_of_its_own_point():
    "What was found at one point, or to fewer digits, is not given at another; and it is found once."
    root = Formula(symbol("f", "f", "a root"), r, where={**Implicit.root(r, r**2 - a, (0, oo))}, on=Region(over=(a,)))
    problem = Problem(Claim("it is what it is", root, ">", 0))
    for _ in range(2):
        for number in (2, 3, Rational(1, 7)):
            for digits in (20, 60):
                found = many_digits.number(r, {a: Rational(number)}, problem, digits)
                with decimals(digits) as mp:
                    true = mp.sqrt(mp.mpf(int(Rational(number).p)) / int(Rational(number).q))
                    assert abs(found - true) < mp.mpf(10) ** (2 - digits)
    with decimals(20) as mp:
        assert abs(many_digits.number(r, {a: Rational(2)}, problem, 20) - mp.sqrt(2)) < mp.mpf(10) ** -18


def test_zeros_that_are_kept_are_bounded(monkeypatch):
    "The memory is emptied when it is full, and no zero at all is kept as none."
    monkeypatch.setattr(many_digits, "MOST_KEPT", 3)
    monkeypatch.setattr(many_digits, "ZEROS", {})
    root = Formula(symbol("f", "f", "a root"), r, where={**Implicit.root(r, r**2 - a, (0, 2))}, on=Region(over=(a,)))
    problem = Problem(Claim("it is what it is", root, ">", 0))
    for number in (1, 2, 3, 5, 7, 5, 1):
        found = many_digits.number(r, {a: Rational(number)}, problem)
        assert (found == found) == (number < 4)
        assert 0 < len(many_digits.ZEROS) <= 3
