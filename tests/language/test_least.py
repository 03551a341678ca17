"""Names that are where a risk is least: closed forms, reference values, ends, ties, slopes, claims."""

import json
import pickle
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy

from symrisk import Atoms, Claim, Formula, Implicit, Mean, Region, prove
from symrisk.errors import ArgumentError, DomainError, NotConverged
from symrisk.symbols import G, H, gamma, kappa, lam, sigma_sq, symbol, tau, w
from symrisk.theorems.collapse.mixing import golden, variance_factor
from symrisk.theorems.shared.effective_ridge import effective

CASES = Path(__file__).parents[1] / "cases" / "best_weights.json"
r2 = symbol("r2", "r^2", "signal", positive=True)
a, b = symbol("a", "a", "a number"), symbol("b", "b", "a number", positive=True)
SHARE = Region(w >= 0, w <= 1)


def named(expression, where=None, name="f", **how):
    return Formula(symbol(name, name, "a quantity of this test"), expression, where=where or {}, **how)


def best(risk, letter=w, on=SHARE, **how):
    return named(letter, Implicit.least(letter, risk, on=on, **how), "best")


root = symbol("kappa_here", r"\kappa", "effective ridge", positive=True)
ISOTROPIC = named(root, Implicit.root(root, root**2 + (1 - gamma - lam) * root - lam))


def mixed(ridge, freedom, bias):
    """Long-run risk of label mixing: two copies of the effective ridge, at lam/w and at lam/(2 - w)."""
    real, both = ridge.at({lam: lam / w}), ridge.at({lam: lam / (2 - w)})
    return r2 * bias(real) / (1 - freedom(real, real)) + sigma_sq * variance_factor * freedom(real, both) / (1 - freedom(real, both))


MIXING = mixed(ISOTROPIC, lambda x, y: gamma / ((1 + x) * (1 + y)), lambda x: x**2 / (1 + x) ** 2)
BEST = best(MIXING)


@pytest.mark.parametrize("case", json.loads(CASES.read_text()), ids=lambda case: case["id"])
def test_the_best_weight_of_ridge_mixing(case):
    "Every printed digit of the reference values, one of them an end; and the float next to it."
    wanted = Decimal(case["value"])
    assert BEST.digits(20, **case["inputs"]) == wanted
    assert BEST(**{name: float(v) for name, v in case["inputs"].items()}) == pytest.approx(float(wanted), rel=1e-13)


def test_the_golden_weight():
    "Closed form of the ridgeless case, with the convexity claimed."
    convex = Claim("the long-run factor is convex in the weight", variance_factor.diff(w).diff(w), ">", 0)
    weight = best(variance_factor, convex=convex)
    assert weight.digits(50) == named(golden).digits(50)
    assert "global if it is proved that" in weight.where[0][1].sentence(str)
    assert "as claimed" in weight.latex() and "global by grid" in BEST.latex()
    least = named(variance_factor.expression, dict(weight.where))
    assert least.digits(40) == named(golden).digits(40)


def test_the_best_penalty_of_ridge():
    "gamma sigma^2/r^2, on a half-line of which no end belongs to it; in floats, digits and slopes."
    share = gamma / (1 + root) ** 2
    ridge = named((r2 * root**2 / (1 + root) ** 2 + sigma_sq * share) / (1 - share), dict(ISOTROPIC.where))
    penalty = best(ridge, lam, Region())
    shapes, signals = np.array([0.5, 1.5, 3.0])[:, None], np.array([0.01, 1.0, 20.0])
    assert penalty(gamma=shapes, r2=signals) == pytest.approx(shapes / signals, rel=1e-10)
    assert penalty.digits(30, gamma="1.5", r2=7) == named(gamma / r2).digits(30, gamma="1.5", r2=7)
    # a penalty so small that no float of the risk or its slope shows it: by signs in balls
    for noise in ("1e-12", "1e-30"):
        assert penalty.digits(25, gamma=3, sigma_sq=Fraction(noise), r2=1) == 3 * Decimal(noise)
        with pytest.raises(NotConverged):
            penalty(gamma=3, sigma_sq=float(noise), r2=1)
    assert penalty.diff(r2).digits(30, gamma="1.5", r2=7) == named(-gamma / r2**2).digits(30, gamma="1.5", r2=7)
    assert penalty.diff(r2)(gamma=1.5, r2=7) == pytest.approx(-1.5 / 49, rel=1e-10)
    assert penalty.diff(r2).diff(gamma).digits(20, gamma="1.5", r2=7) == named(-1 / r2**2).digits(20, r2=7)
    # along r^2 = 2 gamma it does not move
    assert penalty.at({r2: 2 * gamma}).digits(20, gamma="1.5") == Decimal("0.5")
    assert "at}\\quad r^2 = 2 \\gamma" in penalty.at({r2: 2 * gamma}).latex()
    # at the least point only the direct part of a slope is left
    risk = named(ridge.expression, {**dict(ridge.where), **Implicit.least(lam, ridge, on=Region())})
    direct = ridge.diff(r2).digits(25, gamma="1.5", lam="3/14")
    assert abs(risk.diff(r2).digits(20, gamma="1.5", r2=7) / direct - 1) < Decimal("1e-19")


def test_slopes_inside_and_on_an_end():
    "Against differences; zero on an end that stays, that of the end on one that moves."
    point = {"gamma": "1.5", "r2": 1}
    step = Fraction(1, 10**10)
    ahead, behind = (BEST.digits(40, **point, lam=Fraction(1, 2) + s) for s in (step, -step))
    slope = (ahead - behind) * 10**10 / 2
    assert abs(BEST.diff(lam).digits(30, **point, lam="1/2") / slope - 1) < Decimal("1e-15")
    assert BEST.diff(lam)(gamma=1.5, r2=1, lam=0.5) == pytest.approx(float(slope), rel=1e-10)
    assert BEST.diff(lam).digits(20, **point, lam=4) == 0 and BEST.diff(lam)(gamma=1.5, r2=1, lam=4) == 0
    held = best(named((w - a) ** 2), on=Region(w >= b, w <= 2 * b))
    assert [float(held(a=x, b=1)) for x in (0, 1.25, 9)] == [1, 1.25, 2]
    assert [float(held.diff(b)(a=x, b=1)) for x in (0, 1.25, 9)] == [1, 0, 2]
    assert [float(held.diff(a).digits(9, a=x, b=1)) for x in (0, Fraction(5, 4), 9)] == [0, 1, 0]


def test_over_a_law_with_names_that_minimise():
    "The risk's own names solve a potential at each point; two atoms that are one, and the isotropic answer."
    ridge = named(kappa, effective)
    general = mixed(ridge, lambda x, y: gamma * MEAN.at({u: x, v: y}), lambda x: x**2 * SIGNAL.at({u: x}))
    weight = best(general)
    one = Atoms({1: 1})
    point = {"gamma": "1.5", "lam": "1/2", "r2": 1}
    assert weight.digits(25, H=one, G=one, **point) == BEST.digits(25, **point)
    law = Atoms({"1/2": "1/2", 3: "1/2"})
    exact = weight.digits(25, H=law, G=law, **point)
    assert weight(gamma=1.5, lam=0.5, r2=1, H=law, G=law) == pytest.approx(float(exact), rel=1e-12)
    # all eigenvalues and the penalty scaled alike change nothing
    tripled = Atoms({"3/2": "1/2", 9: "1/2"})
    assert abs(weight.digits(25, H=tripled, G=tripled, **{**point, "lam": "3/2", "r2": "1/3"}) - exact) < Decimal("1e-24")
    others = [weight(gamma=1.5, lam=[0.4, 0.5], r2=1, H=each, G=each)[1] for each in (one, law)]
    assert others[1] == pytest.approx(float(exact), rel=1e-12) and others[0] != others[1]


u, v = (symbol(name, name, "a place", positive=True) for name in ("u", "v"))
MEAN = named(Mean(tau**2 / ((tau + u) * (tau + v)), H))
SIGNAL = named(Mean(tau / (tau + u) ** 2, G))


def test_a_grid_is_its_points_at_the_extremes_too():
    "Penalties from 1e-9 to 1e3 and gamma next to one: each point by itself, and digits."
    penalties = np.logspace(-3, 3, 301)
    found = BEST(gamma=1.5, lam=penalties, r2=1)
    assert np.all((found > 0.5) & (found <= 1)) and found[-1] == 1
    assert found[::60] == pytest.approx([BEST(gamma=1.5, lam=x, r2=1) for x in penalties[::60]], rel=1e-9)
    for shape, penalty in (("1.000000000001", "0.01"), ("0.999999999999", "1e-6"), ("1.5", "1e-16"), ("1.5", "1e-9")):
        exact = BEST.digits(20, gamma=shape, lam=Fraction(penalty), r2=1)
        assert Decimal("0.5") < exact < Decimal("0.65")
        assert BEST(gamma=float(shape), lam=float(penalty), r2=1) == pytest.approx(float(exact), rel=1e-8)
    # gamma = 1: the limit is the root of a polynomial of degree seven, not the golden weight
    limit = BEST.digits(20, gamma=1, lam=Fraction(1, 10**30), r2=1)
    assert abs(limit - Decimal("0.58076065642731290782")) < Decimal("1e-14")


free = symbol("free", "u", "a number")
WELLS = named((w**2 - w) ** 2 + a * w)


def test_two_points_that_are_equally_low_are_none():
    "A tie is refused, in floats and in digits; next to it the lower one is found."
    lower = best(WELLS)
    assert [float(lower(a=x)) for x in (1e-9, -1e-9)] == [0, 1]
    assert lower.digits(20, a=Fraction(-1, 10**6)) == 1
    for ask in (lower, lambda **at: lower.digits(20, **at)):
        with pytest.raises(DomainError, match="no w there: 0 and 1 are equally low"):
            ask(a=0)
    inner = best(named((w - Fraction(1, 4)) ** 2 * (w - Fraction(3, 4)) ** 2 + a * w**2))
    assert best(named((free - a) ** 2), free, Region(free >= -1, free <= 2))(a=[1e-12, -0.5]).tolist() == [1e-12, -0.5]
    assert inner(a=-1e-3) > 0.7 and inner(a=1e-3) < 0.3
    with pytest.raises(DomainError, match="0.25 and 0.75 are equally low"):
        inner(a=0)


def test_where_nothing_is_least():
    "A risk that falls towards an end that is left out, or towards infinity, or has no value."
    inverse, says = named(1 / w), "on a grid of its interval what is searched falls towards an end that is left out, or has no value"
    assert best(inverse)() == 1 and best(inverse).digits(9) == 1
    for on in (Region(w < 1), Region()):
        for ask in (best(inverse, on=on), best(inverse, on=on).digits):
            with pytest.raises(DomainError, match=says):
                ask()
    with pytest.raises(DomainError, match=says):
        best(named(sympy.sqrt(w - 2)))()
    with pytest.raises(DomainError, match=says):
        best(named((w - a) ** 2), on=Region(w >= b, w <= 1))(a=1, b=3)
    with pytest.raises(NotConverged):
        best(named((w - a) ** 2 - w**2 + 2 * a * w))(a=0.5)


def test_hypotheses_hold_at_the_point():
    "Those of the risk's own region, also where they speak of the letter."
    risk = named((w - 1) ** 2, on=Region(w < a))
    assert best(risk, on=Region(w <= 3))(a=2) == 1
    with pytest.raises(DomainError, match="falls towards an end that is left out"):
        best(risk, on=Region(w <= 3))(a=0.5)
    assert best(named((w - 1) ** 2), on=Region(w <= 3, a > 0))(a=2) == 1


CLAIMS = {
    "twice the best penalty": ("==", 2 * gamma * sigma_sq / r2, "refuted"),
    "it is positive": (">", 0, "proved"),
    "it is negative": ("<", 0, "refuted"),
    "it is below one": ("<", 1, "refuted"),
}


@pytest.mark.parametrize("says", CLAIMS)
def test_claims_are_refuted_at_certified_points(says):
    "What is false at a point is; what would need the equation stays undecided."
    rel, right, status = CLAIMS[says]
    share = gamma / (1 + root) ** 2
    ridge = named((r2 * root**2 / (1 + root) ** 2 + sigma_sq * share) / (1 - share), dict(ISOTROPIC.where))
    penalty = best(ridge, lam, Region())
    assert prove(Claim(says, penalty, rel, right, on=Region(gamma > 0, r2 > 0))).status == status


def test_slopes_that_would_need_the_equation_stay_undecided():
    claim = Claim("a larger shape, a larger weight", best(named((w - a) ** 2 + w**4)).diff(a), ">=", 0)
    assert prove(claim).status == "undecided"


BAD = {
    "no interval": (lambda: best(WELLS, on=Region(w * w <= 2)), r"w is searched between two ends, such as w >= 0 and w <= 1; w\*\*2 <= 2 is none"),
    "an equation": (lambda: best(WELLS, on=Region(sympy.Eq(w, a))), "is none"),
    "another letter": (lambda: best(WELLS, lam), "f is no function of lam"),
    "an expression": (lambda: best(w**2), r"a risk is a formula; not w\*\*2"),
    "no region": (lambda: best(WELLS, on=w < 1), "on is a Region; not w < 1"),
    "ends the wrong way round": (lambda: best(WELLS, on=Region(w >= 3, w <= 2)), "between 3 and 2 there is nothing"),
    "two ends": (lambda: best(WELLS, on=Region(w <= 3, w <= 2)), "two ends on one side, 3 and 2"),
    "an end that the risk defines": (lambda: best(named(w * root, dict(ISOTROPIC.where)), on=Region(w <= root)), "kappa_here is a name that f defines"),
    "an end of unknown sign": (lambda: best(WELLS, on=Region(w >= a)), "w is not negative, which a may be"),
    "no claim": (lambda: best(WELLS, convex=True), "convex is a Claim; not True"),
    "a whole number": (lambda: best(named(whole**2), whole, Region(whole <= 5)), "it is a real number"),
    "a risk in the limit": (lambda: best(named((w - a) ** 2, accuracy="asymptotic, O(1/p)")), "best can't be exact: w in it is asymptotic"),
}
whole = symbol("whole", "N", "a whole number", kind="integer", integer=True, nonnegative=True)


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_search_is_refused(case):
    ask, says = BAD[case]
    with pytest.raises(ArgumentError, match=says):
        ask()


def test_it_is_a_noun():
    "It pickles, is given like any name, and two names of the risk are not mixed up with the formula's."
    assert pickle.loads(pickle.dumps(BEST)) == BEST
    assert BEST(w=0.25) == 0.25
    both = named(root + w, {**dict(ISOTROPIC.where), **Implicit.least(w, MIXING, on=SHARE)})
    moves = both.diff(lam).digits(20, gamma="1.5", lam="1/2", r2=1)
    apart = ISOTROPIC.diff(lam).digits(25, gamma="1.5", lam="1/2") + BEST.diff(lam).digits(25, gamma="1.5", lam="1/2", r2=1)
    assert abs(moves - apart) < Decimal("1e-18")


def test_a_straight_line_is_least_at_an_end():
    "Its second derivative is zero; a level one is a tie."
    line = best(named(a * w))
    assert [float(line(a=x)) for x in (2, -2)] == [0, 1] and line.digits(9, a=-3) == 1
    for ask in (line, lambda **at: line.digits(9, **at)):
        with pytest.raises(NotConverged):
            ask(a=0)
