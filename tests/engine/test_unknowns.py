"""Unknowns: each kind answers for itself, and a new kind is a new file alone."""

import pickle
from decimal import Decimal

import mpmath
import numpy as np
import pytest
import sympy
from engine.integral import Integral
from engine.settled import Settled

from symrisk import Claim, Formula, Implicit, Mean, Region, monotonicity, prove
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod, NotConverged
from symrisk.show import words
from symrisk.show.source import source
from symrisk.symbols import H, symbol, tau

a = symbol("a", "a", "where the integral begins", positive=True)
b = symbol("b", "b", "where it ends", positive=True)
c = symbol("c", "c", "a shift", positive=True)
d = symbol("d", "d", "the shift, defined", positive=True)
free = symbol("free", "f", "any number")
s = symbol("s", "s", "what is integrated over", positive=True)
area = symbol("area", "A", "an integral")
size = symbol("size", "x", "what is solved for", positive=True)
value = symbol("value", "v", "what is asked for")

LOGARITHM = Integral(area, 1 / (s + d), s, a, b)
whole = Formula(value, area, where={area: LOGARITHM, d: 2 * c})
twice = Formula(value, 2 * area + 1, where={area: LOGARITHM, d: 2 * c})
inverse = Formula(value, area, where={area: Integral(area, 1 / s**2, s, a, b)})


def closed(a, b, c):
    "The oracle: log((b + 2c)/(a + 2c))."
    return mpmath.log((mpmath.mpf(b) + 2 * mpmath.mpf(c)) / (mpmath.mpf(a) + 2 * mpmath.mpf(c)))


def decimal(number, digits):
    return Decimal(mpmath.nstr(number, digits, strip_zeros=False))


# -- its value

def test_a_new_kind_on_a_grid():
    "At a point, on a grid, and given in place of what it solves."
    ends, shifts = np.linspace(0.2, 9, 300), np.array([[0.3], [2.0], [40.0]])
    wanted = 2 * np.log((ends + 2 * shifts) / (1 + 2 * shifts)) + 1
    np.testing.assert_allclose(twice(a=1.0, b=ends, c=shifts), wanted, rtol=1e-13)
    assert twice(a=1, b=2, c=3) == pytest.approx(1 + 2 * np.log(8 / 7), rel=1e-14)
    assert twice(area=3) == 7


def test_a_new_kind_to_many_digits():
    "All of them right, in a ball as well; exactly where it is rational."
    with mpmath.workdps(60):
        wanted = closed(1, 2, mpmath.mpf(1) / 3)
        assert whole.digits(40, a=1, b=2, c="1/3") == decimal(wanted, 40)
        ball = whole.ball(30, a=1, b=2, c="1/3")
        assert abs(ball.mid - decimal(wanted, 50)) <= ball.radius <= Decimal("1e-30")
    assert twice.digits(20, a=2, b=2, c=1) == 1


def test_a_new_kind_tells_what_rounding_costs():
    "Little where nothing cancels."
    assert whole.digits_lost(a=1.0, b=2.0, c=3.0) < 2


# -- its names

def test_a_new_kind_is_written_out():
    "With what defines the letters of its integrand, and under a value put in."
    assert whole.roots[area].integrand == 1 / (s + 2 * c)
    assert sorted(whole.inputs) == ["a", "b", "c"]
    with mpmath.workdps(40):
        assert whole.at({b: 3 * a}).digits(20, a=1, c=1) == decimal(closed(1, 3, 1), 20)


def test_a_new_kind_has_slopes():
    "By an end, by a letter under the integral (which brings another integral), and once more."
    with mpmath.workdps(50):
        by_shift = mpmath.diff(lambda v: closed(1, 2, v), 3)
        again = mpmath.diff(lambda v: closed(1, 2, v), 3, 2)
        assert whole.diff(b).digits(20, b=2, c=3) == decimal(mpmath.mpf(1) / 8, 20)
        assert whole.diff(c).digits(20, a=1, b=2, c=3) == decimal(by_shift, 20)
        assert whole.diff(c).diff(c).digits(20, a=1, b=2, c=3) == decimal(again, 20)
    assert whole.diff(c)(a=1, b=2, c=3) == pytest.approx(float(by_shift), rel=1e-13)


def test_two_of_a_new_kind_are_told_apart():
    "One letter that stands for two integrals has a prime in the second, unless they are one."
    both = whole + inverse
    assert {str(name) for name in both.roots} == {"area", "area'"}
    assert both(a=1, b=2, c=3) == pytest.approx(np.log(8 / 7) + 0.5, rel=1e-14)
    assert set(map(str, (whole + twice).roots)) == {"area"}
    claim = Claim("they are one", whole, "==", inverse)
    assert prove(claim).status == "refuted"


def test_a_new_kind_pickles():
    "With the formula that it stands in."
    copy = pickle.loads(pickle.dumps(whole))
    assert copy == whole and copy.roots == whole.roots


# -- in print

def test_a_new_kind_is_printed():
    "As LaTeX, among a formula's definitions and by itself, and as a sentence."
    line = r"A &= \int_{a}^{b} \frac{1}{d + s} \, ds"
    assert line in whole.latex()
    assert Implicit(((area, LOGARITHM),)).latex() == r"A = \int_{a}^{b} \frac{1}{d + s} \, ds"
    assert words.definition(area, LOGARITHM) == "area = the integral of 1/(d + s) over s from a to b"
    with pytest.raises(NoMethod, match="area is defined implicitly"):
        source([whole], "python")


# -- in proofs

def test_what_holds_of_any_number_is_proved_of_a_new_kind():
    "An identity, an inequality, and a slope in which the integral is gone."
    holds = [
        Claim("twice is twice", twice, "==", 2 * whole + 1),
        Claim("a square is not negative", whole * whole, ">=", 0),
        Claim("it grows with its end", whole.diff(b), ">", 0),
    ]
    assert [prove(claim).status for claim in holds] == ["proved"] * 3
    assert monotonicity(whole, b).direction == "increasing"


def test_what_a_proof_does_not_see_is_undecided():
    "With the reason; so is a limit, and how it moves where the slope is an integral again."
    found = prove(Claim("it is positive", whole, ">", 0, on=Region(a < b)))
    assert found.status == "undecided"
    assert "area is an integral: it was taken for any letter" in found.assumes
    limit = prove(Claim("nothing is left", whole.limit(b, a), "==", 0))
    assert limit.status == "undecided" and "area is an integral" in limit.assumes[0]
    with pytest.raises(NoMethod):
        monotonicity(whole, c)


def test_what_is_false_of_a_new_kind_is_refuted():
    "By a point at which it was enclosed in balls, with what it is there."
    found = prove(Claim("it is negative", whole, "<", 0, on=Region(a < b)))
    assert found.status == "refuted" and found.witness.keys() == {a, b, c}
    point = {str(letter): float(number) for letter, number in found.witness.items()}
    assert float(found.values[0].mid) == pytest.approx(float(closed(**point)), rel=1e-9)


def test_a_hypothesis_may_speak_of_a_new_kind():
    "What follows from it by algebra is proved, and what does not is looked for where it holds."
    large = Region(whole > 1)
    assert prove(Claim("twice is more than three", twice, ">", 3, on=large)).status == "proved"
    found = prove(Claim("twice is more than five", twice, ">", 5, on=large))
    point = {str(letter): float(number) for letter, number in found.witness.items()}
    assert found.status == "refuted" and 1 < closed(**point) < 2


def test_nothing_is_proved_of_what_may_not_exist():
    "An identity in a name that may have no value is none."
    loose = Formula(value, area, where={area: Integral(area, 1 / (s + free), s, a, b)})
    found = prove(Claim("it is what it is", loose, "==", loose))
    assert found.status == "undecided" and "area is not shown to exist" in found.assumes[0]
    backwards = Formula(value, area, where={area: Integral(area, 1 / s, s, a - 1, b)})
    assert prove(Claim("it is what it is", backwards, "==", backwards)).status == "undecided"
    assert prove(Claim("it is what it is", backwards, "==", backwards, on=Region(a > 1))).status == "proved"


# -- a kind that is the root of an equation, and more

SETTLED = Formula(value, free, where={free: Settled(free, a / (1 + a), b)})


def test_a_kind_may_be_more_than_the_root_it_is_proved_as():
    "It is evaluated by its own steps, and proved as what stays: b(1 + a)."
    at = np.array([0.5, 1.0, 7.0])
    np.testing.assert_allclose(SETTLED(a=at, b=3), 3 * (1 + at), rtol=1e-13)
    assert SETTLED.digits(30, a="1/3", b="1/7") == Decimal("0." + "190476" * 5)
    assert SETTLED.roots[free].is_algebraic and not SETTLED.graph.solvers[free].is_algebraic
    assert prove(Claim("it is b(1 + a)", SETTLED, "==", b * (1 + a))).status == "proved"
    assert prove(Claim("it grows with a", SETTLED.diff(a), ">", 0)).status == "proved"
    assert prove(Claim("it is below b", SETTLED, "<", b)).status == "refuted"


def test_a_root_that_is_not_where_it_settles_proves_nothing():
    "For a rate beyond one the equation has a zero, which no step leads to."
    runs_off = Formula(value, free, where={free: Settled(free, a, b)})
    says = "it is b/(1 - a)", (1 - a) * runs_off, "==", b
    found = prove(Claim(*says, on=Region(a > 1)))
    assert found.status == "undecided" and "free need not settle" in found.assumes[0]
    assert prove(Claim(*says, on=Region(a < 1))).status == "proved"
    with pytest.raises(NotConverged):
        runs_off(a=2.0, b=1.0)


def test_a_kind_that_says_little_claims_nothing():
    "What has no slope, no second route and no word of its existence is refused by name."

    class Silent(Unknown):
        written, latex, sentence, rewritten = (a,), None, None, None

    silent = Silent()
    object.__setattr__(silent, "unknown", area)
    with pytest.raises(NoMethod, match="area solves what no method speaks of: its derivative"):
        silent.slopes(a, None)
    with pytest.raises(NoMethod, match="area is not shown to exist"):
        silent.show_existing(None)
    assert silent.cases() == [] and not silent.is_algebraic
    with pytest.raises(TypeError, match="abstract"):
        type("Empty", (Unknown,), {})()


# -- what they are written in

def doubled(c):
    return 2 * c, np.zeros(np.shape(c), int)


WRITTEN_IN = {
    "root": Implicit.root(size, size**2 - c),
    "system": Implicit.cases((size,), [(size - 2 * c,)], doubled, (c,), latex="2c", says="twice c"),
    "potential": Implicit.potential((size,), c * Mean(sympy.log(1 + size * tau), H) - a * sympy.log(size)),
}


@pytest.mark.parametrize("kind", WRITTEN_IN)
def test_nothing_is_proved_of_what_a_solution_rests_on(kind):
    "Where what is put into its equations divides by zero there is no value, whatever solves them."
    rests = Formula(value, size, where={**WRITTEN_IN[kind], c: 1 / (b - 1)})
    same = Claim("it is what it is", rests, "==", rests)
    found = prove(same)
    assert found.status == "undecided" and "b - 1 is not shown to be different from zero" in found.assumes[0]
    assert prove(Claim("it is what it is", rests, "==", rests, on=Region(b > 1))).status == "proved"
