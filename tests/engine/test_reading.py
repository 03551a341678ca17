"""Potentials read off expressions: each part in its place, and what is no potential is refused by its term."""

import pytest
import sympy
from sympy import log

from symrisk import Mean
from symrisk.engine.potential.reading import read_potential
from symrisk.errors import ArgumentError
from symrisk.language.implicit import Implicit
from symrisk.symbols import (
    G,
    H,
    coordinate,
    eigenvalue,
    mu,
    n1,
    n2,
    p,
    symbol,
    tau,
    tau_omega,
    weight,
)

c1, c2 = (symbol(f"c{k}", f"c_{k}", "a scale", positive=True) for k in (1, 2))
t1, t2 = eigenvalue(1), eigenvalue(2)
INSIDE = mu * tau_omega + c1 * t1 + 3 * c2 * t2
POTENTIAL = p * Mean(log(INSIDE), H) + c1 / weight(1) + 2 * c2 - n1 * log(c1) - n2 * log(c2)


def test_every_part_in_its_place():
    "Mass, floor, rates, costs, pulls and law; whatever the order of terms."
    found = read_potential((c1, c2), POTENTIAL)
    assert (found.mass, found.floor, found.law) == (p, mu * tau_omega, H)
    assert found.rates == (t1, 3 * t2) and found.costs == (1 / weight(1), 2) and found.pulls == (n1, n2)
    assert found.inside == INSIDE
    assert read_potential((c2, c1), sympy.expand(POTENTIAL)).pulls == (n2, n1)


def test_costs_and_pulls_add_up():
    "Of several terms; none is zero."
    found = read_potential((c1,), p * Mean(log(1 + c1 * tau), H) + c1 + mu * c1 - n1 * log(c1) - 2 * n2 * log(c1))
    assert found.costs == (1 + mu,) and found.pulls == (n1 + 2 * n2,)
    assert read_potential((c1,), Mean(log(1 + c1 * tau), H) - log(c1)).costs == (0,)


def test_slopes_and_the_laplacian_are_its_derivatives():
    "In log c, of the expression itself."
    found = read_potential((c1, c2), POTENTIAL)
    for c in (c1, c2):
        assert sympy.simplify((found.slope(c) - c * sympy.diff(POTENTIAL, c)).replace(lambda e: isinstance(e, Mean), lambda e: e.integrand)) == 0
    W, ground = found.laplacian()
    hessian = [[a * sympy.diff(b * sympy.diff(POTENTIAL, b), a).replace(lambda e: isinstance(e, Mean), lambda e: e.integrand) for a in (c1, c2)] for b in (c1, c2)]

    def plain(expression):
        return expression.replace(lambda e: isinstance(e, Mean), lambda e: e.integrand)
    assert sympy.simplify(hessian[1][0] + plain(W[1, 0])) == 0
    assert all(sympy.simplify(sum(hessian[k]) - plain(ground[k])) == 0 for k in (0, 1))


def test_what_is_not_linear_is_read_as_products_of_powers():
    "Coefficients with their powers; what terms have in common goes into the pulls."
    found = read_potential((c1, c2), p * Mean(log(c1**2 * tau + c1 * c2 / mu), H) + (c1 + c2) / c1**2 + 2 / c1 - n1 * log(c1) - n2 * log(c2))
    (logarithm,) = found.logarithms
    assert (logarithm.mass, logarithm.law, dict(reversed(t) for t in logarithm.terms)) == (p, H, {(1, 0): tau, (0, 1): 1 / mu})
    assert dict(reversed(cost) for cost in found.costs) == {(-1, 0): 3, (-2, 1): 1}
    assert found.pulls == (n1 - p, n2)
    for other in (M + c1**2, 2 * M + Mean(log(1 + c1 * tau), G) + c1, p * log(1 + c1)):
        assert read_potential((c1,), other - n1 * log(c1)).pulls == (n1,)


def test_slopes_of_products_of_powers_are_their_derivatives():
    "In log c, of the expression itself; steps solve with the matrix of second derivatives."
    expression = p * log(1 + c1 * c2 + 3 * c1**2 / c2) + n1 * c1 + c2 / c1 - n1 * log(c1) - n2 * log(c2)
    found, both = read_potential((c1, c2), expression), (c1, c2)
    for c in both:
        assert sympy.simplify(found.slope(c) - c * sympy.diff(expression, c)) == 0
    names, steps = found.moves("", [n1, n2])
    point = dict(zip((c1, c2, p, n1, n2), map(sympy.Rational, ("2", "1/3", "5", "7", "1/2")), strict=True))
    steps = [step.subs(names).subs(names).subs(point) for step in steps]
    for c, held in zip(both, (n1, n2), strict=True):
        bends = [(d * sympy.diff(c * sympy.diff(expression, c), d)).subs(point) for d in both]
        assert sum(bend * step for bend, step in zip(bends, steps, strict=True)) == point[held]


M = p * Mean(log(1 + c1 * tau), H)
BAD = {
    "no logarithm that bends it": ((c1,), p * Mean(log(c1**2 * tau), H) - n1 * log(c1), "bend the potential along 0 of its 1 directions only"),
    "a product of two": ((c1,), M * Mean(log(1 + c1 * tau), G) - n1 * log(c1), "no term of a potential"),
    "no pull": ((c1,), M + c1, "nothing pulls c1"),
    "one pull for two": ((c1, c2), p * Mean(log(1 + c1 * tau + c2), H) - n1 * log(c1), "nothing pulls c2"),
    "a root": ((c1,), M + sympy.sqrt(c1) - n1 * log(c1), r"sqrt\(c1\) is no term of a potential"),
    "a mean of something else": ((c1,), p * Mean(c1 * tau, H) - n1 * log(c1), "no term of a potential"),
    "a root inside": ((c1,), p * Mean(log(1 + sympy.sqrt(c1) * tau), H) - n1 * log(c1), "a sum of products of whole powers of its unknowns"),
    "a quotient inside": ((c1,), p * Mean(log(1 + tau / (1 + c1)), H) - n1 * log(c1), "a sum of products of whole powers of its unknowns"),
    "negative inside": ((c1,), p * Mean(log(1 - c1 * tau), H) - n1 * log(c1), "non-negative by their letters; -tau is not"),
    "of unknown sign": ((c1,), p * Mean(log(1 + c1 * coordinate(0)), H) - n1 * log(c1), "non-negative by their letters; b0 is not"),
    "a mass that moves": ((c1,), c1 * Mean(log(1 + c1 * tau), H) - n1 * log(c1), "mass of a potential is free of c1"),
    "a constant": ((c1,), M - n1 * log(c1) + 5, "5 is no term of a potential"),
    "nothing of an unknown inside": ((c1,), p * log(1 + n1) - n1 * log(c1), "a sum of products of whole powers of its unknowns"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_potential_is_refused(case):
    "By ArgumentError, and by Implicit.potential in the same words."
    unknowns, expression, says = BAD[case]
    for read in (read_potential, Implicit.potential):
        with pytest.raises(ArgumentError, match=says):
            read(unknowns, expression)
