"""Limits by expansions, and asymptotic equality: where several roots move, and roots of any equation.

What is true is proved and confirmed again by the second route; what is false beside it is never proved.
"""

import pytest
from sympy import Integer, Rational, oo, sqrt

from symrisk import Claim, Formula, Implicit, Mean, Region, prove
from symrisk.decide.recheck import recheck
from symrisk.errors import ArgumentError
from symrisk.language.relation import Relation
from symrisk.symbols import H, gamma, lam, symbol, tau

a = symbol("a", "a", "a positive letter", positive=True)
c = symbol("c", "c", "a positive letter", positive=True)
x = symbol("x", "x", "any real number")
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
r = symbol("r", "r", "a root", positive=True)
q = symbol("q", "q", "another root", positive=True)
t = symbol("t", "t", "a whole number", integer=True, nonnegative=True)
kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
moved = symbol("moved", "f", "a quantity that moves")


def of(expression, *hypotheses, over=(), where=None):
    return Formula(moved, expression, where=where, on=Region(*hypotheses, over=over))


ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
trace = of(kappa / lam, where=ridge)
wide = Implicit.root(r, r**2 - c * r * x - c * x**2 * (1 + a) - a * x)
two = {**Implicit.root(r, r**2 + a * r - x, (0, oo)), **Implicit.root(q, q**2 + c * q - x, (0, oo))}
cubic = Implicit.root(r, r**3 + a * r - c - x * r**2, (0, oo))
nested = {**Implicit.root(r, r**2 + a * r - x, (0, oo)), **Implicit.root(q, q**2 - r - x, (0, oo))}
between = Implicit.root(r, (1 - r) * (a + r) - x * r**2, (0, 1))
spike = symbol("alpha", r"\alpha", "a spike", positive=True)
place = spike + gamma * spike / (spike - 1)
EQUAL = {
    "a difference of roots": (of(sqrt(x**2 + a * x) - x, x > 0, over=(a,)), x, oo, a / 2),
    "over all regimes": (of(kappa * sqrt(lam), where=ridge), lam, 0, Integer(0)),
    "over all regimes, infinite": (of(kappa / sqrt(lam), where=ridge), lam, oo, oo),
    "two roots' quotient": (of(r / q, x > 0, over=(a, c), where=two), x, 0, c / a),
    "two roots' leading terms cancel": (of((r * a - q * c) / x, x > 0, over=(a, c), where=two), x, 0, Integer(0)),
    "two roots far away": (of(r - q, x > 0, over=(a, c), where=two), x, oo, (c - a) / 2),
    "a root of a root": (of(q**2 / r, x > 0, over=(a,), where=nested), x, 0, a + 1),
    "what stays in a root": (of(r / sqrt(x), x > 0, over=(a, c), where=wide), x, 0, sqrt(a)),
    "a fourth root": (of(sqrt(x + sqrt(x)) / sqrt(sqrt(x)), x > 0), x, 0, Integer(1)),
    "bounded on one side": (of(sqrt(x) / (sqrt(x) + a), x > a, over=(a,)), x, oo, Integer(1)),
    "a root that stays": (of(sqrt(x) * sqrt(c) / (sqrt(x) + a * sqrt(x + 1)), x > 0, over=(a, c)), x, oo, sqrt(c) / (1 + a)),
    "between two ends": (of(sqrt(1 - r) / sqrt(x), x > 0, over=(a,), where=between), x, 0, 1 / sqrt(1 + a)),
    "at another root's limit": (of((sqrt(x + c) - sqrt(c)) / sqrt(x), x > 0, over=(c,)), x, 0, Integer(0)),
    "from below": (of(sqrt(c - x) * sqrt(x) / (c - x), x < c, x > 0, over=(c,)), x, c, oo),
}


def limit(name, right=None):
    quantity, letter, point, value = EQUAL[name]
    side = "-" if name == "from below" else "+"
    return Claim(f"it tends there: {name}", quantity.limit(letter, point, side), "==", value if right is None else right)


@pytest.mark.parametrize("name", EQUAL)
def test_true_limits_are_proved(name):
    claim = limit(name)
    verdict = prove(claim)
    assert (verdict.status, verdict.by) == ("proved", "expansion"), verdict.assumes
    assert "confirmed to 50 digits" in str(verdict)
    recheck(claim, verdict.certificate)


@pytest.mark.parametrize("name", EQUAL)
def test_beside_a_true_limit_all_is_false(name):
    value = EQUAL[name][-1]
    wrong = -value if value.is_infinite else value + Rational(1, 10**6)
    verdict = prove(limit(name, wrong))
    assert verdict.status == "refuted" and verdict.witness is not None
    with pytest.raises(Exception, match="it tends there"):
        recheck(limit(name, wrong), prove(limit(name)).certificate)


def test_bounds_of_a_limit_that_is_no_quotient():
    "The limit solves r^3 + a r = c: it lies below c/a, and not below c."
    quantity = of(r, x > 0, over=(a, c), where=cubic)
    claim = Claim("it stays below", quantity.limit(x, 0), "<", c / a)
    assert prove(claim).status == "proved"
    verdict = prove(Claim("it stays below", quantity.limit(x, 0), "<", c))
    assert verdict.status == "refuted" and verdict.witness[c] > 0


def test_the_trace_in_all_three_regimes():
    "Marchenko and Pastur's: kappa/lam as the penalty vanishes, below, at and above one sample a feature."
    at_one = Region(Relation(gamma, "==", 1))
    claims = {
        "below": Claim("it has a limit below", trace, "~", 1 / (1 - gamma), when=(lam, 0), on=Region(gamma < 1)),
        "at": Claim("it grows as a root at one", trace, "~", 1 / sqrt(lam), when=(lam, 0), on=at_one),
        "above": Claim("it grows as the inverse above", trace, "~", (gamma - 1) / lam, when=(lam, 0), on=Region(gamma > 1)),
    }
    for name, claim in claims.items():
        assert prove(claim).status == "proved", name
    assert claims["at"].latex() == r"f \sim \frac{1}{\sqrt{\lambda}} \quad (\lambda \to 0^{+}) \qquad (\gamma = 1)"
    told = str(prove(claims["at"]))
    assert "tends to 1 as lam -> 0+" in told and "eps^2 is the distance" in told


@pytest.mark.parametrize(("right", "on"), [
    (2 / sqrt(lam), Region(Relation(gamma, "==", 1))), (1 / sqrt(lam), Region(gamma > 1)), (1 / sqrt(lam), Region(gamma >= 1)),
    (1 / (1 - gamma) + 1, Region(gamma < 1)), (1 / lam, Region(gamma > 1)), ((gamma - 1) / lam, Region(gamma > 1, lam > 1)),
])
def test_false_asymptotics_are_not_proved(right, on):
    "Wrong constants and orders, at an edge of a region too; and nothing where no point comes close."
    verdict = prove(Claim("a false one", trace, "~", right, when=(lam, 0), on=on)) if lam not in on.symbols else None
    assert verdict is None or verdict.status == "refuted"


def test_a_spike_far_out():
    "The outlier's place is asymptotically the spike's; not a multiple of it."
    quantity = of(place, spike > 1, gamma > 0)
    assert prove(Claim("it follows the spike", quantity, "~", spike, when=(spike, oo))).status == "proved"
    assert prove(Claim("it follows twice the spike", quantity, "~", 2 * spike, when=(spike, oo))).status == "refuted"


def test_the_right_side_must_be_something():
    "Where it vanishes for some values of the other letters there is no quotient."
    claim = Claim("they agree", b * lam, "~", b * lam, when=(lam, 0), on=Region(over=(b, lam)))
    assert prove(claim).status == "undecided"
    assert prove(Claim("they agree", b * lam, "~", b * lam, when=(lam, 0), on=Region(b > 0, over=(lam,)))).status == "proved"
    assert prove(Claim("they agree", x, "~", x + b, when=(x, 0), on=Region(x > 0, b > 0))).status == "refuted"


df1, df2 = Mean(tau / (tau + a), H), Mean(tau**2 / (tau + a) ** 2, H)
alive, inverse = Mean(tau, H) > 0, Mean(1 / tau, H) < c
MEANS = {
    "it vanishes, whatever the law": (df1, (), oo, 0),
    "its rate": (a * df1, (), oo, Mean(tau, H)),
    "of squares": (a**2 * df2, (), oo, Mean(tau**2, H)),
    "a quotient": (a * df2 / df1, (alive,), oo, Mean(tau**2, H) / Mean(tau, H)),
    "without mass at zero": (df1, (inverse,), 0, 1),
    "the inverse": (Mean(1 / (tau + a), H), (), 0, Mean(1 / tau, H)),
    "at a number": (df1, (), 2, Mean(tau / (tau + 2), H)),
    "with a root": (sqrt(a) * df1, (Mean(tau, H) < c,), oo, 0),
}


@pytest.mark.parametrize("name", MEANS)
def test_means_over_every_law(name):
    "By monotone convergence; a multiple is refuted with a law at which it is another limit."
    expression, hypotheses, point, value = MEANS[name]
    quantity = of(expression, *hypotheses, over=(a, H))
    claim = Claim("it tends there", quantity.limit(a, point), "==", value)
    verdict = prove(claim)
    assert verdict.status == "proved", verdict.assumes
    recheck(claim, verdict.certificate)
    wrong = prove(Claim("it tends there", quantity.limit(a, point), "==", 2 * value + 1))
    assert wrong.status == "refuted" and wrong.witness[H].points


@pytest.mark.parametrize(("expression", "point", "value", "words"), [
    (df1, 0, Integer(1), "eigenvalue 0"), (a * Mean(1 / (tau + a), H), 0, Integer(0), "eigenvalue 0"), (a * df1, oo, Integer(1), "infinite"),
    (Mean(tau / (tau + sqrt(a)), H), oo, Integer(0), "quotient"), (a * (Mean(tau, H) - a * df1), oo, Mean(tau**2, H), "cancels"),
    (Mean(tau / (1 + (tau - a) ** 2), H), oo, Integer(0), "not shown"), (sqrt(a) * df1, oo, Integer(0), "infinite"),
])
def test_means_of_which_too_little_is_known(expression, point, value, words):
    "Laws with mass at zero, means that may be infinite, integrands that turn: undecided, with the reason."
    verdict = prove(Claim("it tends there", of(expression, over=(a, H)).limit(a, point), "==", value))
    assert verdict.status == "undecided" and words in verdict.assumes[0]


def test_means_are_asymptotically_equal():
    quantity = of(df1, alive, over=(a, H))
    assert prove(Claim("they fall as the inverse", quantity, "~", Mean(tau, H) / a, when=(a, oo))).status == "proved"
    assert prove(Claim("they fall as twice that", quantity, "~", 2 * Mean(tau, H) / a, when=(a, oo))).status == "refuted"
    assert prove(Claim("a law at zero alone", of(df1, over=(a, H)), "~", Mean(tau, H) / a, when=(a, oo))).status == "undecided"


def test_wrong_inputs_are_named():
    for wrong, words in (
        (lambda: Claim("x", lam, "~", 0, when=(lam, 0)), "nothing is asymptotically equal to 0"),
        (lambda: Claim("x", lam, "~", oo, when=(lam, 0)), "infinit|oo"),
        (lambda: Claim("x", lam, "~", lam), "when="),
        (lambda: Claim("x", lam, "<", lam + 1, when=(lam, 0)), "every point"),
        (lambda: Claim("x", lam, "~", lam, when=(lam, 0, "both")), "side|come to"),
        (lambda: Claim("x", lam, "~", lam, when=(lam, lam)), "stands in"),
        (lambda: Claim("x", t, "~", t, when=(t, 0)), "whole"),
        (lambda: Claim("x", trace, "~", 1, when=(kappa, 0)), "given"),
        (lambda: Claim("x", lam, "~", lam, when=(lam, 0), iff=(lam > 1,)), "no equivalence"),
        (lambda: Region(Claim("x", lam, "~", lam, when=(lam, 0)).relation), "not assumed"),
    ):
        with pytest.raises(ArgumentError, match=words):
            wrong()
