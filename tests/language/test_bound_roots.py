"""What varies over a law is given by expressions; a root of such an equation, and two symbols of one name, are refused by name."""

import pytest
import sympy

from symrisk import Atoms, Claim, Formula, Implicit, Mean, Region, minimizer, prove
from symrisk.errors import ArgumentError, NoMethod
from symrisk.symbols import H, symbol, tau
from symrisk.theorems.transfer import concept_shift

N = symbol("N", "N", "a law of noise", kind="law")
z = symbol("z", "z", "a coordinate of the noise", kind="coordinate")
u = symbol("u", "u", "a root")
v = symbol("v", "v", "what is made of it")
lam = symbol("lam", r"\lambda", "a penalty", positive=True)
x = symbol("x", "x", "a positive letter", positive=True)
other = symbol("x", "x", "any number")
ROOT = Implicit.root(u, u + u**3 - z, between=(-sympy.oo, sympy.oo))
PLAIN = Implicit.root(u, u + u**3 - lam, between=(-sympy.oo, sympy.oo))


def named(expression, **how):
    return Formula(symbol("named", "f", "a formula"), expression, **how)


plain = named(Mean(u**2 * tau, H), where={**PLAIN})
REFUSED = {
    "under a mean": lambda: named(Mean(u**2, N), where={**ROOT}),
    "beside what the mean binds": lambda: named(Mean(u * z, N), where={**ROOT}),
    "through another name": lambda: named(Mean(v * z, N), where={v: u, **ROOT}),
    "in an equation that another name says": lambda: named(Mean(u * z, N), where={
        **Implicit.root(u, u + u**3 - v, between=(-sympy.oo, sympy.oo)), v: z**2}),
    "put in and evaluated": lambda: plain.at({lam: tau})(H=Atoms({1: 1})),
    "put in, in digits": lambda: plain.at({lam: tau}).digits(5, H=Atoms({1: 1})),
    "put in and proved about": lambda: prove(Claim("it is positive", plain.at({lam: tau}), ">", 0)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_root_of_a_bound_variable_is_refused(name):
    "Each atom would have a root of its own; one number for all of them would be another quantity."
    with pytest.raises((NoMethod, ArgumentError), match=r"u solves an equation in z, which means bind|tau is what a mean binds"):
        REFUSED[name]()


def test_a_root_that_does_not_vary_stands_under_a_mean():
    "It is one number for every atom."
    assert plain(lam=2, H=Atoms({1: "1/2", 3: "1/2"})) == pytest.approx(2)


NAMESAKES = {
    "in one expression": lambda: named(x + other), "in the region": lambda: named(x, on=Region(other > 1)),
    "in a region's formula": lambda: named(x, on=Region(named(other**2) < 1)), "without a meaning": lambda: named(x + sympy.Symbol("x", real=True)),
    "by at": lambda: named(x**2).at({other: 3})(), "by diff": lambda: named(x**2).diff(other)(x=2),
    "minimised over": lambda: minimizer(named(x**2), other), "in two formulas": lambda: (named(x) + named(other))(x=1),
    "in a claim": lambda: prove(Claim("they are the same", named(x), "==", other)),
}


@pytest.mark.parametrize("name", NAMESAKES)
def test_two_symbols_of_one_name_are_refused(name):
    "At once: they would look the same in every message, and be given the same number."
    with pytest.raises(ArgumentError, match="two different symbols are named x"):
        NAMESAKES[name]()


def test_the_catalogue_has_no_such():
    "Its formulas are what they were."
    assert concept_shift.pooled_risk(n1=180, n2=100, p=600, snr=5, ssr=0.2) == pytest.approx(3.9354166666666663, rel=1e-15)
