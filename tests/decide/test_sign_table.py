"""A claim in one variable is always decided, and rightly: proved, or refuted at an exact point."""

import copy
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy
from flint import fmpq, fmpq_poly
from forger import forgeries
from hypothesis import given
from hypothesis import strategies as st
from sympy import CRootOf, Rational, sqrt

from symrisk import Claim, Region, prove
from symrisk.decide.methods.sign_table import sign_table
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import recheck
from symrisk.decide.witnesses.simple import simplest, simplest_whole
from symrisk.decide.zeros.real_zeros import real_zeros
from symrisk.errors import DomainError, NotProved
from symrisk.language.relation import Relation
from symrisk.symbols import symbol

a = symbol("a", "a", "a positive letter", positive=True)
u = symbol("u", "u", "a non-negative letter", nonnegative=True)
x = symbol("x", "x", "any real number")
k = symbol("k", "k", "a whole number", kind="integer", integer=True)
m = symbol("m", "m", "a whole number >= 0", kind="integer", integer=True, nonnegative=True)
line, wholes, naturals = Region(over=(x,)), Region(over=(k,)), Region(over=(m,))
half = Rational(1, 2)

PROVED = {
    "a whole number and its square": (k**2, ">=", k, wholes),
    "between two whole numbers": ((2 * m - 3) ** 2, ">=", 1, naturals),
    "three whole numbers": (k * (k - 1) * (k - 2), "==", 0, Region(k >= 0, k <= 2)),
    "beyond a large whole number": (m**2, ">", 10**20 + 1, Region(m > 10**10)),
    "no zero at all": (x**4, ">=", x - Rational(12, 25), line),
    "inside a quadratic": (x, "<", 3, Region(x**2 < 9)),
    "an identity on two points": (x**3, "==", x, Region(x**2 <= 1, x**2 >= 1)),
    "a quotient": (1 / (x**2 - x + 1), "<=", Rational(4, 3), line),
    "a pole outside": (1 / (x**2 - 2), "<", half, Region(x > 2)),
    "outside an irrational gap": (x**2 - x - 1, ">", 0, Region(x > Rational(1619, 1000))),
    "a root as the letter": (sqrt(a), "<", Rational(3, 2), Region(a < 2)),
    "the zero of an equation": (x, "<", Rational(13, 10), Region(Relation(x**3, "==", 2))),
    "a letter that cancels": (x * a / a - x**2, "<=", half, Region(over=(x, a))),
    "closed ends": (x * (1 - x), ">=", 0, Region(x >= 0, x <= 1)),
    "of high degree": (x**20 - x**10 + 1, ">", 0, line),
}
REFUTED = {
    "a bound": (x, "<", 500, line, 501),
    "a further bound": (x, "<", 1000, line, 1001),
    "a bound far out": (x, "<", 10**40, line, 10**40 + 1),
    "a double zero at three": ((x - 3) ** 2, ">", 0, line, 3),
    "at ten": ((x - 10) ** 2, ">", 0, line, 10),
    "at a fraction": ((3 * x - 7) ** 2 * (x + 1), ">", 0, Region(x >= 0), Rational(7, 3)),
    "at a closed end": ((x - 2) ** 2, ">", 0, Region(x >= 2, x <= 3), 2),
    "a narrow dip": (x**2, ">=", 2 * x - 1 + Rational(1, 10**30), line, 1),
    "at an irrational double zero": ((x**2 - 2) ** 2, ">", 0, line, -sqrt(2)),
    "at the other one": ((x**2 - 2) ** 2, ">", 0, Region(x > 0), sqrt(2)),
    "at the zero of a quintic": ((x**5 - x - 1) ** 2, ">", 0, line, CRootOf(x**5 - x - 1, 0)),
    "at the second of three zeros": (
        (x**3 - 3 * x + 1) ** 2,
        ">",
        0,
        Region(x > 0, x < 1),
        CRootOf(x**3 - 3 * x + 1, 1),
    ),
    "an equation": (x**2, "==", 2, Region(x > 0), 1),
    "a quotient far out": (x**2 / (x**2 + 10**6), "<", half, line, 1001),
    "a whole number": (m**2 - 3 * m + 2, ">", 0, naturals, 1),
    "a negative one": (k**3, ">=", k, wholes, -2),
    "far out": (m, "<", 10**12, naturals, 10**12 + 1),
    "next to an open end": (x, ">", Rational(1, 10**9), Region(x > 0), Rational(1, 10**9 + 1)),
}


@pytest.mark.parametrize("name", PROVED)
def test_what_holds_is_proved(name):
    "And confirmed by the second route."
    left, rel, right, region = PROVED[name]
    claim = Claim(name, left, rel, right, on=region)
    verdict = prove(claim)
    assert verdict.status == "proved"
    recheck(claim, verdict.certificate)


@pytest.mark.parametrize("name", REFUTED)
def test_what_does_not_hold_is_refuted(name):
    "At the simplest point of a failing place; at an irrational one where it fails at no other."
    left, rel, right, region, point = REFUTED[name]
    verdict = prove(Claim(name, left, rel, right, on=region))
    (found,) = verdict.witness.values()
    assert (verdict.status, verdict.by) == ("refuted", "sign_table")
    assert found == point


def test_what_has_no_value_is_not_decided():
    "A pole inside the region, rational or not, leaves a side without a value."
    for divisor in (x - 2, x**2 - 2):
        assert prove(Claim("no value", 1 / divisor**2, ">", 0, on=line)).status == "undecided"


def test_a_region_without_points_is_said():
    "No place of the table is admitted; between two whole numbers there is no other."
    for region in (
        Region(x**2 - 5 * x + 7 < 0),
        Region(2 * k > 1, 3 * k < 2),
        Region(k**2 < 3, k**2 > 1, over=(x,)),
    ):
        with pytest.raises(DomainError, match="no point"):
            prove(Claim("empty", 1 + (region.symbols[0]) ** 2, ">", 0, on=region))


def test_an_irrational_witness_shows_both_sides():
    "To within a bound, where they are equal and no rational number."
    verdict = prove(Claim("never zero", (x**2 - 2) ** 2, ">", 0, on=line))
    left, right = verdict.values
    assert right == 0 and Fraction(0) in left and "x = -sqrt(2)" in str(verdict)


factors = st.lists(
    st.tuples(st.fractions(-4, 4, max_denominator=4), st.integers(1, 3)), min_size=1, max_size=4
)
bounds = st.tuples(st.fractions(-5, 5, max_denominator=3), st.fractions(-5, 5, max_denominator=3))
signs = st.sampled_from((1, -1))
relations = st.sampled_from((">", ">=", "<", "<=", "=="))
COMPARED = {
    ">": lambda g: g > 0,
    ">=": lambda g: g >= 0,
    "<": lambda g: g < 0,
    "<=": lambda g: g <= 0,
    "==": lambda g: g == 0,
}


def product_of(factors, sign, at):
    total = sign * (at**2 + 1)
    for zero, power in factors:
        total *= (at - Rational(zero.numerator, zero.denominator)) ** power
    return total


def tried(factors, low, high, whole):
    """Points of [low, high] at which a product of known factors has each of its signs there."""
    if whole:
        return [v for v in range(-5, 6) if low <= v <= high]
    ends = sorted({low, high, *(z for z, _ in factors if low <= z <= high)})
    return [*ends, *((p + q) / 2 for p, q in pairwise(ends))]


@given(factors, signs, relations, bounds, st.booleans())
def test_random_claims_are_decided_as_their_factors_say(factors, sign, rel, ends, whole):
    "On a closed interval, over real and over whole numbers: decided, and as the zeros say."
    letter, (low, high) = k if whole else x, sorted(ends)
    region = Region(
        letter >= Rational(low.numerator, low.denominator),
        letter <= Rational(high.numerator, high.denominator),
    )
    points = tried(factors, low, high, whole)
    claim = Claim("at random", product_of(factors, sign, letter), rel, 0, on=region)
    if not points:
        with pytest.raises(DomainError, match="no point"):
            prove(claim)
        return
    holds = all(
        COMPARED[rel](product_of(factors, sign, sympy.Rational(v.numerator, v.denominator)))
        for v in points
    )
    verdict = prove(claim)
    assert verdict.status == ("proved" if holds else "refuted")
    if not holds:
        value = verdict.witness[letter]
        assert low <= Fraction(int(value.p), int(value.q)) <= high and (
            value.is_integer or not whole
        )
        assert not COMPARED[rel](product_of(factors, sign, value))


coefficients = st.lists(st.integers(-20, 20), min_size=2, max_size=8).filter(lambda c: c[-1] != 0)


@given(st.lists(coefficients, min_size=1, max_size=3))
def test_the_zeros_are_sympys(rows):
    "As many as SymPy's isolation counts, each in its cell, rational ones exactly, and cells apart."
    found = real_zeros([fmpq_poly(row) for row in rows])
    product = sympy.prod(sympy.Poly(row[::-1], sympy.Symbol("x")) for row in rows)
    assert len(found) == product.sqf_part().count_roots()
    for zero in found:
        low, high = (Rational(int(end.p), int(end.q)) for end in (zero.low, zero.high))
        assert product.sqf_part().count_roots(low, high) == 1 and (low == high) == (
            product.eval(low) == 0
        )
    assert all(one.high < other.low for one, other in pairwise(found))


def test_zeros_close_together_are_told_apart():
    "Two at a distance of 1e-30, and one 1e-20 beside a rational one."
    close = fmpq_poly([-2, 0, 1]) * fmpq_poly([-2 - fmpq(1, 10**30), 0, 1])
    beside = fmpq_poly([-(1 + fmpq(1, 10**20)), 0, 1]) * fmpq_poly([-1, 1])
    assert (len(real_zeros([close])), len(real_zeros([beside]))) == (4, 3)


@given(st.fractions(-9, 9), st.fractions(0, 3).filter(bool))
def test_the_simplest_number_between(low, width):
    "No smaller denominator has a number strictly between."
    high = low + width
    found = simplest(*(fmpq(v.numerator, v.denominator) for v in (low, high)))
    assert low < Fraction(int(found.p), int(found.q)) < high
    assert not any(
        Fraction((low * q).__floor__() + 1, q) < high for q in range(1, min(int(found.q), 60))
    )


def test_the_simplest_whole_number():
    "Next to zero; none where there is none."
    assert [
        simplest_whole(*ends) for ends in ((None, None), (3, None), (None, -2), (-4, 9), (5, 5))
    ] == [0, 3, -2, 0, 5]
    assert simplest_whole(2, 1) is None


FORGED = (
    "a whole number and its square",
    "inside a quadratic",
    "outside an irrational gap",
    "a root as the letter",
    "the zero of an equation",
    "three whole numbers",
)


@pytest.mark.parametrize("name", FORGED)
def test_no_forged_table_is_confirmed(name):
    "Whatever is changed in a certificate, the second look says so."
    left, rel, right, region = PROVED[name]
    claim = Claim(name, left, rel, right, on=region)
    verdict = prove(claim, methods=(sign_table,))
    assert verdict.by == "sign_table"
    certificate, problem = copy.deepcopy(verdict.certificate), Problem(claim)
    for forged in forgeries(certificate):
        with pytest.raises(NotProved):
            recheck(claim, forged, problem)
