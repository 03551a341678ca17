"""Implicit names: one zero of a polynomial, solved to any precision, differentiated without solving, given when wanted."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from symrisk import Claim, Formula, Implicit, Region, prove
from symrisk.engine.unknowns.root import Root
from symrisk.errors import ArgumentError, DomainError, NotConverged
from symrisk.symbols import gamma, symbol

kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
r = symbol("r", "r", "a positive root", positive=True)
s = symbol("s", "s", "a real root")
x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)


def formula(expression, **how):
    return Formula(symbol("f", "f", "a quantity of this test"), expression, **how)


def rooted(polynomial, between=(0, sympy.oo), head=r):
    return formula(head, where={**Implicit.root(head, polynomial, between)})


doubled = formula(2 * kappa, where={**ridge})


RIDGES = [("1e-16", "1"), ("1e-16", "0.999999999999"), ("1e-16", "1.000000000001"), ("1e-9", "2"), ("0.1", "0.5"), ("1e9", "3")]


def closed_form(ridge_, ratio):
    """The positive zero by the quadratic formula, at the working precision."""
    half = (ratio + ridge_ - 1) / 2
    return half + mpmath.sqrt(half**2 + ridge_)


@pytest.mark.parametrize(("lam_", "gamma_"), RIDGES)
def test_the_root_to_forty_digits(lam_, gamma_):
    "kappa against the quadratic formula at 80 digits, where the formula cancels too."
    with mpmath.workdps(80):
        wanted = 2 * closed_form(mpmath.mpf(lam_), mpmath.mpf(gamma_))
        assert abs(mpmath.mpf(str(doubled.digits(40, gamma=gamma_, lam=lam_))) - wanted) <= wanted * mpmath.mpf(10)**-39


@pytest.mark.filterwarnings("ignore::symrisk.AccuracyWarning")
@pytest.mark.parametrize(("lam_", "gamma_"), RIDGES)
def test_the_root_on_a_grid(lam_, gamma_):
    "At the floats themselves, to what one rounding of 1 - gamma - lam can do."
    ridge_, ratio = float(lam_), float(gamma_)
    with mpmath.workdps(80):
        wanted = 2 * closed_form(mpmath.mpf(ridge_), mpmath.mpf(ratio))
        conditioning = 1 + 1 / mpmath.sqrt(((ratio + ridge_ - 1) / 2)**2 + ridge_)
        assert abs(doubled(gamma=ratio, lam=ridge_) - wanted) <= 4e-16 * conditioning * wanted


QUANTITIES = {"cubic": (r**3 + x * r - y, (2.0, 12.0), 2), "quartic": (r**4 + x * r - y, (1.0, 18.0), 2),
              "linear": (x * r - y, (4.0, 2.0), Fraction(1, 2)), "quadratic": (r**2 + x * r - y, (1.0, 6.0), 2)}


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_degree_on_a_grid_and_exactly(name):
    "A rational root is found exactly, and to double precision on a grid."
    polynomial, (first, second), wanted = QUANTITIES[name]
    quantity = rooted(polynomial)
    assert quantity.digits(20, x=int(first), y=int(second)) == wanted
    assert np.allclose(quantity(x=np.array([first, first]), y=second), float(wanted), rtol=1e-15)


@pytest.mark.parametrize(("between", "wanted"), [((0, 2), 1), ((2, sympy.oo), 3), ((-sympy.oo, 2), 1), ((x, 4 * x), 3)])
def test_the_interval_may_use_names(between, wanted):
    "Ends are numbers, infinite, or expressions in other names."
    quantity = rooted(s**2 - 4 * s + 3 * x / 2, between, s)
    assert quantity(x=2.0) == pytest.approx(wanted, rel=1e-15) and quantity.digits(10, x=2) == wanted


NO_ROOT = {"no real root": r**2 - 2 * r + 2 + x, "negative roots": r**2 + 3 * r + x, "a negative line": 2 * r + x, "a negative cubic": r**3 + r + x,
           "no real quartic root": r**4 + x}
TWO_ROOTS = {"two": r**2 - 3 * r + 2 * x, "three": (r - 1) * (r - 2) * (r - 3) + x - 1, "two of four": (r - 1) * (r - 2) * (r**2 + x)}


@pytest.mark.parametrize("name", [*NO_ROOT, *TWO_ROOTS])
def test_none_or_several_roots_are_not_converged(name):
    "Exactly one zero in the interval is the author's statement: where it fails, no number is given by any road."
    quantity = rooted({**NO_ROOT, **TWO_ROOTS}[name])
    for call in (lambda: quantity(x=1.0), lambda: quantity(x=np.array([1.0, 1.0])), lambda: quantity.digits(10, x=1),
                 lambda: quantity.ball(10, x=1)):
        with pytest.raises(NotConverged):
            call()


def test_a_given_root_is_a_coordinate():
    "With kappa given, gamma and lam are not needed, and refused by name."
    assert doubled(kappa=3.0) == 6.0
    with pytest.raises(ArgumentError, match="does not need lam"):
        doubled(kappa=3.0, lam=0.1)


def test_a_given_root_keeps_its_sign():
    "kappa is positive by its meaning."
    with pytest.raises(DomainError, match="kappa > 0"):
        doubled(kappa=-3.0)


def test_it_behaves_as_a_mapping():
    "One name, its Root, and equality by content."
    assert list(ridge) == [kappa] and len(ridge) == 1 and isinstance(ridge[kappa], Root)
    same = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
    assert same == ridge and hash(same) == hash(ridge) and ridge != Implicit.root(kappa, kappa - lam)


@pytest.mark.parametrize("polynomial", [sympy.exp(kappa) - lam, lam, 1 / kappa - lam, sympy.sqrt(kappa) - lam, sympy.Integer(0), kappa**lam])
def test_what_is_no_polynomial_is_refused(polynomial):
    "The unknown must occur, and only in whole powers."
    with pytest.raises(ArgumentError, match="is not a polynomial in kappa|kappa"):
        Implicit.root(kappa, polynomial)


@pytest.mark.parametrize("between", [(1, 0), (0, 0), (0,), (sympy.oo, 0), 3])
def test_an_interval_without_inside_is_refused(between):
    "The ends are two, the lower one first."
    with pytest.raises((ArgumentError, DomainError), match="between|interval"):
        Implicit.root(kappa, kappa**2 - lam, between)


def test_derivatives_by_two_names():
    "The implicit derivative is linear in the root's own: -P_x/P_kappa, checked by the chain rule along a curve."
    point = dict(gamma=2, lam=Fraction(1, 10))
    root = Fraction(doubled.digits(60, **point)) / 2
    slope_lam, slope_gamma = (Fraction(doubled.diff(name).digits(50, **point)) / 2 for name in (lam, gamma))
    along = 2 * root + (1 - point["gamma"] - point["lam"])
    assert abs(slope_lam * along - (root + 1)) < Fraction(1, 10**45) and abs(slope_gamma * along - root) < Fraction(1, 10**45)


CLAIMS = {
    "grows with the ridge": (doubled.diff(lam), ">", 0), "grows with the ratio": (doubled.diff(gamma), ">", 0),
    "at least the ridge": (kappa, ">", lam), "at least the excess ratio": (kappa, ">", gamma - 1),
    "solves its equation": (kappa * (1 - gamma / (1 + kappa)), "==", lam),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_take_the_root_as_coordinate(name):
    "Statements about kappa are proved with lam as a rational function of it."
    left, rel, right = CLAIMS[name]
    left = left if isinstance(left, Formula) or hasattr(left, "graph") else formula(left, where={**ridge})
    assert prove(Claim(name, left, rel, right, on=Region(over=(lam, gamma)))).status == "proved"


@pytest.mark.parametrize(("left", "rel", "right"), [(kappa, "<", 1), (kappa, ">", gamma), (kappa, "<", lam), (kappa, "==", lam + gamma)])
def test_false_claims_about_a_root_are_not_proved(left, rel, right):
    "Nothing false follows from the root's equation."
    claim = Claim("false", formula(left, where={**ridge}), rel, right, on=Region(over=(lam, gamma)))
    assert prove(claim).status != "proved"


def test_latex_shows_the_equation():
    "The polynomial and which of its zeros, not radicals."
    for source in (ridge.latex(), doubled.latex()):
        plain = source.replace("&", "")
        assert "\\kappa \\text{ is the positive solution of } \\kappa^{2}" in plain and "sqrt" not in plain


def test_two_different_roots_of_one_name_are_two():
    "A sum of formulas that define kappa in two implicit ways speaks of kappa and kappa'."
    other = formula(kappa, where={**Implicit.root(kappa, kappa - lam)})
    total = doubled + other
    assert {s.name for s in total.roots} == {"kappa", "kappa'"} and "^{\\prime}" in total.latex()
    assert total(gamma=2, lam=1) == pytest.approx(doubled(gamma=2, lam=1) + 1)
    assert (doubled + doubled).roots == doubled.roots


def test_a_value_with_a_root_of_the_same_name_keeps_its_own():
    "kappa of the penalty kappa: the outer one at the inner one's value."
    once = formula(kappa, where={**ridge})
    twice = once.at({lam: once})
    assert {s.name for s in twice.roots} == {"kappa", "kappa'"}
    assert twice(gamma=2, lam=1) == pytest.approx(once(gamma=2, lam=once(gamma=2, lam=1)))
    assert twice.digits(20, gamma=2, lam=1) != once.digits(20, gamma=2, lam=1)


def test_latex_says_between_which_ends_a_root_lies():
    "Any interval but that of the positive numbers is written out."
    root = Implicit.root(kappa, kappa**2 - lam, between=(0, 1 + lam))
    assert root.latex().endswith(r"= 0 \text{ with } 0 < \kappa < \lambda + 1")


def test_what_is_solved_for_stands_before_what_uses_it():
    "An equation written last is printed before the first definition in its unknown."
    lines = formula(x, where={x: 2 * kappa, **ridge}).latex().splitlines()
    assert [r"\kappa &\text{ is" in line for line in lines[2:-1]] == [True, False]
