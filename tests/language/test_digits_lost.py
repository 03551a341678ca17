"""A value that rounding has spoilt says so; a value that is right says nothing."""

import re
import warnings

import numpy as np
import pytest
import sympy
from sympy import Rational, sqrt

from symrisk import AccuracyWarning, Atoms, Empirical, Formula, Implicit, Mean, Region
from symrisk.symbols import H, n1, p, symbol, tau
from symrisk.theorems.transfer import concept_shift

b = symbol("b", "b", "any number")
lam = symbol("lam", r"\lambda", "a penalty", positive=True)
k = symbol("k", "k", "a whole exponent", kind="integer", integer=True, nonnegative=True)
r = symbol("r", "r", "a root", positive=True)
c = symbol("c", "c", "scale", positive=True)


def named(expression, **how):
    return Formula(symbol("named", "f", "a formula of one's own"), expression, **how)


QUADRATIC = named((b + sqrt(b**2 + 4 * lam)) / 2)
SPREAD = Atoms({1: "1/2", 4: "1/2"})
EQUATION = r**3 + r - lam
LEAST = Implicit.potential((c,), p * Mean(sympy.log(1 + c * tau), H) - n1 * sympy.log(c))
SPOILT = {
    "the wrong root of a quadratic": (QUADRATIC, dict(b=-1, lam=1e-12)),
    "a logarithm near one": (named(sympy.log(1 + lam)), dict(lam=1e-9)),
    "a power with a letter": (named((1 + lam)**k - 1), dict(lam=1e-9, k=3)),
    "a cube root": (named((1 + lam)**Rational(1, 3) - 1), dict(lam=1e-9)),
    "under a mean": (named(Mean(sqrt(tau**2 + lam) - tau, H)), dict(lam=1e-9, H=Atoms({1: "1/3", 3: "2/3"}))),
    "after a mean": (named(1 - Mean(tau / (tau + lam), H)), dict(lam=1e-9, H=SPREAD)),
    "after a root": (named(r - lam, where={**Implicit.root(r, EQUATION)}), dict(lam=1e-4 / 3)),
    "after a minimiser": (named(n1 - p * Mean(c * tau / (1 + c * tau), H) + lam, where={**LEAST}),
                          dict(lam=1e-7, n1=41, p=103, H=SPREAD)),
    "in a case": (named(sympy.Piecewise(((1 + lam) - 1 + b * 0 + sqrt(1 + lam) - 1, lam < 1), (lam, True))), dict(lam=1e-10)),
}
RIGHT = {
    "the good root of a quadratic": (QUADRATIC, dict(b=1, lam=1e-12)),
    "whole numbers that nearly cancel": (concept_shift.noise_coefficient, dict(n1=1e9, n2=2e9, p=3e9 + 1)),
    "inputs that are rounded": (named(b - lam), dict(b=0.1 + 0.2, lam=0.3)),
    "an exact zero": (named(b**2 - lam), dict(b=3, lam=9)),
    "a mean": (named(Mean(tau / (tau + lam), H)), dict(lam=0.1, H=Empirical(np.linspace(0.1, 3, 2000)))),
    "a minimiser": (named(c, where={**LEAST}, on=Region(n1 < p)), dict(n1=30, p=100, H=SPREAD)),
    "a minimiser close to its peak": (named(c, where={**LEAST}, on=Region(n1 < p)), dict(n1=10**6 - 1, p=10**6, H=SPREAD)),
    "a root": (named(r, where={**Implicit.root(r, EQUATION)}), dict(lam=0.3)),
}


@pytest.mark.parametrize("name", SPOILT)
def test_lost_digits_are_warned_of(name):
    "A number alone, in a small array and in a large one: the warning names the formula, the point and how many digits are right."
    formula, point = SPOILT[name]
    for size in (None, 3, 1000):
        values = {**point, "lam": point["lam"] if size is None else np.full(size, point["lam"])}
        lost = np.max(formula.digits_lost(**{**values, "lam": np.ravel(values["lam"])[:3]}))
        assert lost > 5
        with pytest.warns(AccuracyWarning, match=r"named.* = \S+ is (right to \d+ digits only|has no right digit), at ") as caught:
            formula(**values)
        right = int(re.search(r"right to (\d+)", str(caught[0].message)).group(1))
        assert abs(right - (16 - lost)) <= 1 and f"lam={point['lam']!r}" in str(caught[0].message)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_value_says_nothing(name):
    "No false alarm: warnings are errors here."
    formula, point = RIGHT[name]
    assert formula.digits_lost(**point) < 5
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        formula(**point)


def test_the_loss_of_the_quadratic_is_counted():
    "At 1e-12 its root is off by 2.2e-5 of itself: eleven digits of sixteen, and point by point on arrays."
    assert QUADRATIC.digits_lost(b=-1, lam=1e-12) == pytest.approx(11.3, abs=0.1)
    assert QUADRATIC.digits_lost(b=np.array([-1, 1]), lam=1e-12) == pytest.approx([11.3, 0], abs=0.1)


def test_the_warning_points_at_the_caller():
    "The line that is shown is the user's own."
    with pytest.warns(AccuracyWarning) as caught:
        QUADRATIC(b=-1, lam=1e-12)
    assert caught[0].filename == __file__


def test_an_extreme_of_a_large_grid_is_looked_at():
    "One spoilt point among a million is found where the value is least."
    values = np.full(1_000_000, 1.0)
    values[654_321] = -1.0
    with pytest.warns(AccuracyWarning, match="b=-1.0"):
        QUADRATIC(b=values, lam=1e-12)
