"""Implicit names by potential, end to end: floats, digits, balls and derivatives, given or solved for, and where there are none."""

import pickle
from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest
import sympy
from oracle import Problem, number
from sympy import log

from symrisk import Atoms, Formula, Implicit, Mean, Region
from symrisk.errors import ArgumentError, DomainError, NoMethod, NotConverged
from symrisk.laws.empirical import Empirical
from symrisk.laws.power_law import PowerLaw
from symrisk.symbols import H, eigenvalue, mu, n, p, size, symbol, tau

SIGMA, MULT, SIZES = [["1", "2", "1/2", "4"], ["3", "1/4", "1", "1"], ["1", "1", "2", "1/2"]], [30, 20, 30, 20], ["20", "30", "15"]


def scale_of(k):
    return symbol(f"c{k}", f"c_{k}", f"scale of sample {k}", positive=True)


def pooled(K, penalty=mu, cost=1):
    """(the scales, the formula of their first) for K samples."""
    c = [scale_of(k) for k in range(1, K + 1)]
    inside = penalty + sum(a * eigenvalue(k) for k, a in enumerate(c, start=1))
    potential = p * Mean(log(inside), H) + cost * sum(c) - sum(size(k) * log(a) for k, a in enumerate(c, start=1))
    return c, Implicit.potential(tuple(c), potential)


def formula(K, expression=None, **how):
    c, least = pooled(K, **how)
    return Formula(symbol("f", "f", "a quantity of this test"), c[0] if expression is None else expression(*c), where={**least})


def law_of(K):
    return Atoms({tuple(SIGMA[k][j] for k in range(K)): Fraction(MULT[j], 100) for j in range(4)}, of=tuple(eigenvalue(k) for k in range(1, K + 1)))


def given(K, **more):
    return {"p": 100, "mu": 12, "H": law_of(K), **{f"n{k}": Fraction(SIZES[k - 1]) for k in range(1, K + 1)}, **more}


def floats(K, **more):
    return {name: float(value) if isinstance(value, (Fraction, int)) else value for name, value in given(K, **more).items()}


def exact_scales(K, **more):
    numbers = given(K, **more)
    return Problem(SIGMA[:K], MULT, [numbers[f"n{k}"] for k in range(1, K + 1)], numbers["mu"]).scales()


def agrees(decimal, value, digits):
    return abs(number(str(decimal)) / value - 1) < mp.mpf(10)**(1 - digits)


# Values

@pytest.mark.parametrize("K", [1, 2, 3])
def test_the_unknowns_themselves(K):
    "Floats, forty digits and a ball, each against mpmath."
    with mp.workdps(60):
        for k, scale in enumerate(exact_scales(K)):
            one = formula(K, lambda *c, k=k: c[k])
            found = one.digits(40, **given(K))
            assert agrees(found, scale, 40)
            assert one(**floats(K)) == pytest.approx(float(scale), rel=1e-14)
            ball = one.ball(30, **given(K))
            assert ball.lower <= Fraction(str(found)) + Fraction(1, 10**38) and ball.upper >= Fraction(str(found)) - Fraction(1, 10**38)


@pytest.mark.parametrize("digits", [1, 300, 1000])
def test_any_number_of_digits(digits):
    "One, and a thousand."
    with mp.workdps(digits + 20):
        first, second, third = exact_scales(3)
        assert agrees(formula(3, lambda a, b, c: a * b / c).digits(digits, **given(3)), first * second / third, digits)


def test_one_sample_without_rows_to_speak_of():
    "n = 1, and n = 1e-6."
    with mp.workdps(60):
        for rows in ("1", "1e-6"):
            scale, = exact_scales(1, n1=Fraction(rows))
            assert agrees(formula(1).digits(40, **given(1, n1=rows)), scale, 40)


def test_one_atom_in_closed_form():
    "c + p c t/(mu + c t) = n: a quadratic, as a root and as a potential."
    c = scale_of(1)
    by_root = Formula(symbol("r", "r", "by root"), c, where={**Implicit.root(c, (c - n) * (mu + c * 3) + p * c * 3)})
    c_, least = pooled(1)
    by_potential = Formula(symbol("q", "q", "by potential"), c, where={**least})
    law = Atoms({3: 1}, of=(eigenvalue(1),))
    for rows in ("1/3", 7, 500):
        assert by_root.digits(40, n=rows, p=10, mu="1/7") == by_potential.digits(40, n1=rows, p=10, mu="1/7", H=law)


def test_grids_broadcast():
    "As many-dimensional as the inputs are; each point is its own problem."
    rows, penalties = np.array([1.0, 20, 300])[:, None], np.array([1e-9, 1.0, 1e6, 12])
    of = formula(2, lambda a, b: a / b)
    found = of(**floats(2, n1=rows, mu=penalties))
    assert found.shape == (3, 4)
    for i, j in np.ndindex(3, 4):
        assert found[i, j] == pytest.approx(of(**floats(2, n1=rows[i, 0], mu=penalties[j])), rel=1e-13)


def test_measured_and_power_laws():
    "The same law as floats and exactly, and an irrational one in digits."
    least = Implicit.potential((scale_of(1),), p * Mean(log(1 + scale_of(1) * tau), H) - n * log(scale_of(1)))
    one = Formula(symbol("f", "f", "a scale"), scale_of(1), where={**least}, on=Region(n < p))
    law = Empirical([0.5, 1.0, 7.0])
    assert one(H=law, n=2, p=3.5) == pytest.approx(float(one.digits(20, H=law.exactly(), n=2, p="3.5")), rel=1e-14)
    with mp.workdps(50):
        alpha = one.digits(30, H=PowerLaw("1/2", 9), n=4, p=9)
        a = number(str(alpha))
        assert abs(mp.fsum(a / (a + mp.sqrt(k)) for k in range(1, 10)) - 4) < mp.mpf(10)**-27
    with pytest.raises(NoMethod, match="binary floats"):
        one.digits(10, H=law, n=2, p="3.5")


# Given names

def test_given_together_they_are_inputs():
    "And what they needed is not needed any more."
    of = formula(2, lambda a, b: a * b + mu)
    assert of(c1=2.0, c2=3.0, mu=1.0) == 7
    assert of.at({scale_of(1): 2, scale_of(2): 3})(mu=1.0) == 7
    with pytest.raises(ArgumentError, match="does not need n1 once c1, c2"):
        of(c1=2.0, c2=3.0, mu=1.0, n1=1.0)


PARTS = {
    "a call": lambda of: of(**floats(2, c1=2.0)), "digits": lambda of: of.digits(5, **given(2, c2=2)), "a ball": lambda of: of.ball(5, **given(2, c2=2)),
    "at a number": lambda of: of.at({scale_of(1): 2})(**floats(2)), "given": lambda of: of.given(scale_of(1))(**floats(2, c1=2.0)),
    "a derivative by one": lambda of: of.diff(scale_of(1))(**floats(2, c1=2.0)), "on a grid": lambda of: of(**floats(2, c1=np.ones(3))),
}


@pytest.mark.parametrize("case", PARTS)
def test_given_in_part_they_are_refused(case):
    "The others would be solved for as if nothing had been given."
    with pytest.raises(ArgumentError, match="c1, c2 are solved for together; c[12] is given and c[12] is not"):
        PARTS[case](formula(2, lambda a, b: a * b))


def test_a_name_that_is_not_needed_may_stay_away():
    "One unknown of two in the formula: both are solved for."
    with mp.workdps(60):
        assert agrees(formula(2).digits(40, **given(2)), exact_scales(2)[0], 40)


# Derivatives

LETTERS = {"mu": mu, "n1": size(1), "p": p}


def value(K, expression, **more):
    return expression(*exact_scales(K, **more))


@pytest.mark.parametrize("K", [1, 3])
@pytest.mark.parametrize("letter", LETTERS)
def test_first_derivatives(K, letter):
    "Thirty digits against central differences at a hundred, and the float against the digits."
    def inside(*c):
        return c[0] / (1 + c[-1])
    of = formula(K, inside).diff(LETTERS[letter])
    found = of.digits(30, **given(K))
    with mp.workdps(100):
        h, at = Fraction(1, 10**25), Fraction(given(K)[letter])
        if letter == "p":   # the law's multiplicities are p's
            difference = derivative_by_p(K, inside, h)
        else:
            difference = (value(K, inside, **{letter: at + h}) - value(K, inside, **{letter: at - h})) / (2 * number(h))
        assert agrees(found, difference, 30)
    assert of(**floats(K)) == pytest.approx(float(found), rel=1e-12)


def derivative_by_p(K, expression, h):
    values = []
    for side in (1, -1):
        mult = [Fraction(m) * (100 + side * h) / 100 for m in MULT]
        values.append(expression(*Problem(SIGMA[:K], mult, SIZES[:K], 12).scales()))
    return (values[0] - values[1]) / (2 * number(h))


@pytest.mark.parametrize("K", [1, 3])
@pytest.mark.parametrize(("first", "second"), [("mu", "mu"), ("mu", "n1"), ("n1", "mu"), ("n1", "n1")])
def test_second_derivatives(K, first, second):
    "The same, of both orders; mixed ones are symmetric."
    def inside(*c):
        return c[0] * c[-1]
    of = formula(K, inside).diff(LETTERS[first]).diff(LETTERS[second])
    found = of.digits(25, **given(K))
    with mp.workdps(120):
        h = Fraction(1, 10**20)

        def moved(a, b):
            shift = {"mu": Fraction(12), "n1": Fraction(SIZES[0])}
            shift[first] += a * h
            shift[second] += b * h
            return value(K, inside, **shift)
        difference = (moved(1, 1) - moved(1, -1) - moved(-1, 1) + moved(-1, -1)) / (4 * number(h)**2)
        assert agrees(found, difference, 25)
    assert of(**floats(K)) == pytest.approx(float(found), rel=1e-11)


def test_derivatives_of_given_names():
    "Where the unknowns are inputs, they do not move with anything else."
    of = formula(2, lambda a, b: a * mu + b)
    assert of.given(scale_of(1), scale_of(2)).diff(mu)(c1=5.0) == 5
    assert of.given(scale_of(1), scale_of(2)).diff(scale_of(2)).expanded == 1


# The noun

def test_it_is_a_mapping():
    "Of as many names as unknowns; hashable and picklable; its latex says what each solves."
    c, least = pooled(2)
    assert len(least) == 2 and list(least) == c and hash(least) == hash(pooled(2)[1])
    assert pickle.loads(pickle.dumps(least)) == least
    assert least.latex().count("is the positive solution of") == 2
    assert r"\tau_2" in formula(2).latex()


def test_costs_without_a_floor_and_a_floor_without_costs():
    "Least squares and the interpolator."
    with mp.workdps(60):
        above = formula(2, lambda a, b: a + b, penalty=sympy.Integer(0))
        numbers = {"p": 100, "n1": 120, "n2": 30, "H": law_of(2)}
        assert agrees(above.digits(30, **numbers), mp.fsum(Problem(SIGMA[:2], MULT, [120, 30]).scales()), 30)
        below = formula(2, lambda a, b: a + b, penalty=sympy.Integer(1), cost=0)
        assert agrees(below.digits(30, **{**numbers, "n1": 20}), mp.fsum(Problem(SIGMA[:2], MULT, [20, 30]).scales()), 30)


@pytest.mark.parametrize("scale", ["1e-9", "1e9"])
def test_scales_of_spectrum_and_penalty(scale):
    "All eigenvalues and mu by s: the scales of a ridge stay, in every digit."
    s = Fraction(scale)
    law = Atoms({tuple(x * sympy.Rational(s) for x in values): h for values, h in law_of(2).points}, of=law_of(2).variables)
    of = formula(2, lambda a, b: a / b)
    assert of.digits(40, **given(2)) == of.digits(40, **given(2, H=law, mu=12 * s))
    assert of(**floats(2, H=law, mu=12 * s)) == pytest.approx(of(**floats(2)), rel=1e-13)


def test_a_tie_is_not_settled_soon():
    "1/8 by the equation, to two digits: NotConverged within a bounded precision; to three it is plain."
    c, least = pooled(2, penalty=sympy.Integer(1), cost=0)
    share = Formula(symbol("s", "s", "a share"), c[0] * Mean(eigenvalue(1) / (1 + c[0] * eigenvalue(1) + c[1] * eigenvalue(2)), H), where={**least})
    numbers = {"p": 800, "n1": 100, "n2": 100, "H": law_of(2)}
    with pytest.raises(NotConverged, match="not settled at 8192 bits"):
        share.digits(2, **numbers)
    assert str(share.digits(3, **numbers)) == "0.125" and str(share.digits(40, **numbers)) == "0.125" + "0" * 37


BLIND = Atoms({(0, 0): "1/2", (1, 1): "1/2"}, of=(eigenvalue(1), eigenvalue(2)))
LOW = Atoms({(0, 1): "3/4", (1, 1): "1/4"}, of=(eigenvalue(1), eigenvalue(2)))
plain = formula(2, penalty=sympy.Integer(1), cost=0)
BAD = {
    "n = p": (lambda: plain(p=50.0, n1=20.0, n2=30.0, H=law_of(2)), DomainError, "no c1, c2 there: pulled by 50 in all, which must lie strictly between 0 and 50"),
    "n > p": (lambda: plain.digits(9, p=50, n1=20, n2=31, H=law_of(2)), DomainError, "no c1, c2 there: pulled by 51 in all"),
    "no rows": (lambda: plain(p=50.0, n1=0.0, n2=31.0, H=law_of(2)), DomainError, "no c1 there: pulled by 0 in all"),
    "rank": (lambda: plain(p=60.0, n1=15.0, n2=1.0, H=LOW), DomainError, "no c1 there: pulled by 15 in all, which must lie strictly between 0 and 15"),
    "an unseen direction": (lambda: formula(2, penalty=sympy.Integer(0))(p=60.0, n1=100.0, n2=30.0, H=BLIND), DomainError, "no c1, c2 there: atoms of mass 30 in all"),
    "a variable too few": (lambda: plain(p=50.0, n1=20.0, n2=3.0, H=Atoms({1: 1})), ArgumentError, "tau1 is no variable of Atoms"),
    "no law": (lambda: plain(p=50.0, n1=20.0, n2=3.0), ArgumentError, "needs H"),
    "nan": (lambda: plain(p=50.0, n1=np.nan, n2=3.0, H=law_of(2)), DomainError, "finite numbers; not n1=nan"),
    "a negative penalty": (lambda: formula(2)(**floats(2, mu=-1.0)), DomainError, "mu > 0; not at"),
    "a float in digits": (lambda: plain.digits(9, p=50, n1=20.0, n2=3, H=law_of(2)), ArgumentError, "n1=20.0 is a binary float"),
    "letters in the law": (lambda: plain(p=50.0, n1=20.0, n2=3.0, H=Atoms({(mu, 1): 1})), ArgumentError, "mu"),
}


@pytest.mark.parametrize("case", BAD)
def test_where_there_is_no_value(case):
    "A named error that says which unknown, and the numbers."
    call, error, says = BAD[case]
    with pytest.raises(error, match=says):
        call()


def test_one_point_of_a_grid_without_a_solution():
    "Is named; the region can mask it only where it is outside."
    with pytest.raises(DomainError, match="no c1, c2 there: pulled by 90 in all.*; not at n1=60"):
        plain(p=80.0, n1=np.array([1.0, 60, 70]), n2=30.0, H=law_of(2))
