"""A claim about what has no value proves nothing: values are looked for before a case, a name or a product cancels a pole."""

import pytest
import sympy
from sympy import Piecewise, log, oo, sqrt

from symrisk import Claim, Formula, Implicit, Region, prove
from symrisk.decide.defined import _signs_under
from symrisk.engine.algebra.signs import Sign
from symrisk.errors import ArgumentError
from symrisk.language.relation import Relation
from symrisk.symbols import symbol

x = symbol("x", "x", "any real number")
a = symbol("a", "a", "a positive letter", positive=True)
u = symbol("u", "u", "a non-negative letter", nonnegative=True)
k = symbol("k", "k", "a whole number", kind="integer", integer=True, nonnegative=True)
r = symbol("r", "r", "a root", positive=True)
f = symbol("f", "f", "a function")
g = symbol("g", "g", "a defined name")
letters = Region(over=(x, a, u))
cases = Piecewise((u, x <= 1), (2 * u, True))


def decided(lhs, rel, rhs, on=letters):
    return prove(Claim("it holds", lhs, rel, rhs, on=on))


def formula(expression, where=None, on=None):
    return Formula(f, expression, where=where, on=on)


def root_of(polynomial, between, head=r):
    return formula(head, where={**Implicit.root(r, polynomial, between)}, on=Region(over=(a, u)))


CANCELLED = {
    "a case": (cases / u, ">=", 1), "a case, the other way": (cases / u, "<", 0),
    "a name": (formula(g / u, where={g: u * a}), ">", 0), "a name of a name": (formula(1 + g, where={g: x / u, x: u * a}), ">", 1),
    "a product of formulas": (formula(1 / u) * u, ">=", 1), "a quotient of formulas": (formula(u * a) / formula(u), ">", 0),
    "a difference": (formula(a / u) - formula(a / u), "==", 0), "a value put in": (formula(g / u).at({g: u}), "==", 1),
    "a derivative": (formula(1 / u + a).diff(a), "==", 1), "a root's radicand": (formula(sqrt(x)) - formula(sqrt(x)), "==", 0),
    "a term that a derivative drops": (formula(x + 1 / u).diff(x), "==", 1),
    "a logarithm": (formula(log(u)) - formula(log(u)), "==", 0), "a power of a formula": (formula(u)**-1 * u, "==", 1),
}


@pytest.mark.parametrize("name", CANCELLED)
def test_a_cancelled_pole_is_one(name):
    "Where u = 0 (or x < 0) there is no value, so that nothing is proved of it, and nothing refuted."
    verdict = decided(*CANCELLED[name])
    assert verdict.status == "undecided" and "may have no value" in verdict.assumes[0]


@pytest.mark.parametrize("name", CANCELLED)
def test_where_there_is_a_value_it_is_proved(name):
    "The same claims off the pole are decided."
    verdict = decided(*CANCELLED[name], on=Region(u > 0, x >= 0, over=(a,)))
    assert verdict.status == ("refuted" if name == "a case, the other way" else "proved"), verdict


def test_what_stands_in_a_case_is_needed_there_only():
    "1/u is asked for where u > 0, which is where it stands."
    assert decided(Piecewise((1 / u, u > 0), (1, True)), ">", 0).status == "proved"
    assert decided(Piecewise((1 / u, x > 0), (1, True)), ">", 0).status == "undecided"
    later = Piecewise((1, u <= 0), (sqrt(x) / u, x >= 0), (2, True))
    assert decided(later, ">=", 0).status == "proved"


@pytest.mark.parametrize(("condition", "status"), [
    (sympy.Eq(x, 0), "proved"), (sympy.Ne(x, 0), "undecided"), (sympy.Or(x < -1, x > 1), "undecided"), (sympy.And(x <= 0, x >= 0), "proved")])
def test_cases_of_any_condition(condition, status):
    "Equalities, and conditions joined: 1/x stands where x is not zero in the first and the last."
    assert decided(Piecewise((1, condition), (x / x**2 * x, True)), "==", 1).status == "proved"
    assert decided(Piecewise((0, condition), (1 / x, True)) * 0 + formula(Piecewise((1, condition), (1 / x, True)))**2, ">", 0
                   ).status == status


class TestDerivativesOfCases:
    """Where two pieces do not meet in value and slope there is no derivative."""

    @pytest.mark.parametrize(("below", "above"), [(0, 1), (0, x), (x, 2 * x), (-x, x), (a, x + a)])
    def test_a_jump_or_a_kink_has_none(self, below, above):
        "At x = 0, so that nothing is proved of it there."
        slope = formula(Piecewise((above, x > 0), (below, True))).diff(x)
        assert decided(slope * 0, "==", 0).status == "undecided"
        assert decided(slope * 0, "==", 0, on=Region(x > 0, over=(a,))).status == "proved"

    @pytest.mark.parametrize(("below", "above"), [(0, x**2), (x, x + x**2), (a + x, a * (1 + x) + (1 - a) * x)])
    def test_pieces_that_meet_have_one(self, below, above):
        "In value and slope."
        slope = formula(Piecewise((above, x > 0), (below, True))).diff(x)
        assert decided(slope * 0, "==", 0).status == "proved"

    def test_what_does_not_move_crosses_no_seam(self):
        "Along a the condition on x stays as it is."
        assert decided(formula(Piecewise((a, x > 0), (2 * a, True))).diff(a), ">=", 1).status == "proved"


class TestConditionsOfAnEquivalence:
    """A condition without a value says neither that the relation holds nor that it does not."""

    def test_it_has_to_have_a_value(self):
        "sqrt(x) >= 1 says nothing of x = -1."
        condition = Relation(sqrt(x), ">=", 1)
        assert prove(Claim("it holds", x, ">=", 1, on=letters, iff=(condition,))).status == "undecided"
        assert prove(Claim("it holds", x, ">=", 1, on=Region(x >= 0), iff=(condition,))).status == "proved"

    def test_a_side_may_not_hide_behind_it(self):
        "sqrt(a - 1) stands on both sides of the equivalence, and has no value at a = 1/2."
        condition = Relation(a, ">=", sqrt(a - 1))
        assert prove(Claim("it holds", a, ">=", sqrt(a - 1), on=letters, iff=(condition,))).status == "undecided"


class TestRootsThatAreNotThere:
    """A root exists where the equation changes sign from just inside one end to just inside the other."""

    @pytest.mark.parametrize(("polynomial", "between", "status"), [
        (r * (r - 1), (0, 1), "undecided"), (r * (r - 1) * (r - 2), (0, 2), "proved"), (r**2 * (r - 1), (0, 2), "proved"),
        (r**2 * (r - 1), (0, 1), "undecided"), (r * (r - 3)**2 * (r - 1), (0, 3), "proved"), ((r - 1)**2, (0, 3), "undecided"),
        ((r - 1) * (r - 2) * (r - 3), (0, 4), "undecided"), (r * (r - a), (0, oo), "proved"), (r * (r + a), (0, oo), "undecided"),
        (r * (r - a) * (r - a - 1), (0, a + 1), "proved")])
    def test_a_zero_at_an_end_is_not_the_root(self, polynomial, between, status):
        "Only what lies strictly between counts, however the equation vanishes at an end."
        assert decided(root_of(polynomial, between), ">", 0, on=None).status == status

    def test_a_derivative_needs_it(self):
        "Where the root does not exist, what is made of it does not, even if the name is gone."
        moved = root_of(r - a, (0, 1), head=a + r)
        assert decided(moved.diff(a), "==", 2, on=Region(a < 1)).status == "proved"
        assert decided(moved.diff(a), "==", 2, on=None).status == "undecided"
        nowhere = root_of(r * (r - 2), (0, 2), head=a + r)
        assert decided(nowhere.diff(a), ">", 0, on=None).status == "undecided"

    def test_a_quotient_needs_it(self):
        "A root over itself is one where there is a root."
        nowhere = root_of(r * (r - 2), (0, 2))
        assert decided(nowhere / nowhere, "==", 1, on=None).status == "undecided"
        assert decided(nowhere - nowhere, "==", 0, on=None).status == "undecided"


class TestAssumptions:
    """A letter is real, non-negative, positive or whole; nothing here would keep to any other assumption."""

    @pytest.mark.parametrize("assumption", ["negative", "nonpositive", "nonzero", "even", "odd", "complex", "imaginary", "prime", "zero",
                                            "rational", "irrational", "infinite", "extended_real"])
    def test_others_are_refused(self, assumption):
        "By name, wherever the letter comes in."
        odd = sympy.Symbol("z", **{assumption: True})
        for made in (lambda: Region(over=(odd,)), lambda: Claim("it holds", odd**2, ">=", 0), lambda: Formula(f, odd + 1),
                     lambda: Formula(f, g, where={g: odd}), lambda: Region(sympy.Gt(odd, -1, evaluate=False)),
                     lambda: Formula(f, r, where={**Implicit.root(r, r - odd)})):
            with pytest.raises(ArgumentError, match="z is"):
                made()

    @pytest.mark.parametrize("node", [sympy.Derivative(x**2, x), sympy.Integral(x, (x, 0, a)), sympy.Product(k, (k, 0, 3)), sympy.I * x,
                                      sympy.Limit(x, x, 0)])
    def test_what_is_not_worked_out_is_refused(self, node):
        "A node that binds a letter, or no real number: by name, in sides and hypotheses."
        for made in (lambda: Claim("it holds", node, ">=", 0), lambda: Formula(f, node + 1), lambda: Region(Relation(node, ">", 0))):
            with pytest.raises(ArgumentError, match="is not worked out|is no real number|may be complex"):
                made()

    def test_a_letter_that_says_nothing_is_complex(self):
        "c^2 >= 0 is false for it."
        with pytest.raises(ArgumentError, match="c is any complex number; a letter is real"):
            Claim("a square", sympy.Symbol("c")**2, ">=", 0)

    def test_a_whole_name_comes_close_to_no_number(self):
        "1/k has no limit as k tends to 0; it has one as k grows."
        with pytest.raises(ArgumentError, match="k is whole and comes no closer to 0 than it stands"):
            formula(1 / (1 + k)).limit(k, 0)


def test_a_root_of_a_negative_number_is_refused_by_name():
    "It has no real value."
    assert "-3 has no real root of order 3" in decided(sympy.cbrt(-3 * a), "<", 1).assumes[0]


class TestLettersOfAProof:
    """Radicals, powers and means get letters in a proof; a reader is told what they stand for."""

    def test_a_printed_proof_says_what_its_letters_are(self):
        "Below the factors."
        assert "where sqrt_1 = sqrt(a + 1)" in str(decided(sqrt(1 + a), ">", 1))
        assert "where power_1 = (1/2)**k" in str(decided(2**k, ">=", 1, on=Region(over=(k,))))

    @pytest.mark.parametrize("claim", [(1 / (sqrt(a) - 1), ">", 0), (1 / (2**k - 5), ">", 0), (sqrt(1 + sqrt(a) - u), ">", 0)])
    def test_a_reason_is_in_the_words_of_the_claim(self, claim):
        "Not in letters that nobody wrote."
        (reason,) = decided(*claim, on=Region(over=(a, u, k))).assumes
        assert "_1" not in reason and ("sqrt(a)" in reason or "2**k" in reason)


def test_a_root_is_not_shown_to_exist_by_itself():
    "Under the root of 1 + sqrt(a) - u stands what may be negative: that it is the square of the root shows nothing."
    nested = sqrt(1 + sqrt(a) - u)
    assert decided(nested, ">=", 0).status == "undecided"
    assert decided(nested, ">=", 0, on=Region(u <= 1, over=(a,))).status == "proved"


def test_a_condition_of_a_case_has_a_value():
    "Where it has none no case is taken: at u = 0 nothing is said, and a case that is not asked needs nothing."
    cases_of = Piecewise((1, 1 / u > 1), (2, True))
    assert decided(cases_of, "<=", 2).status == "undecided"
    assert decided(cases_of, "<=", 2, on=Region(u > 0)).status == "proved"
    assert decided(Piecewise((cases_of, u > 0), (3, True)), "<=", 3).status == "proved"
    assert decided(Piecewise((cases_of, u > 0), (3, True)), "<=", 2).status == "refuted"
    assert decided(Piecewise((1, u <= 0), (2, 1 / u > 1), (3, True)), "<=", 3).status == "proved"
    assert decided(1 / u, ">", 0, on=Region(Relation(cases_of, ">", 0))).status == "proved"


def test_where_no_case_holds_there_is_no_value():
    "Nothing is proved there, and nothing refuted."
    half = Piecewise((x, x > 0))
    assert decided(half, ">=", x, on=Region(over=(x,))).status == "undecided"
    assert decided(half, ">", 0, on=Region(over=(x,))).status == "undecided"
    assert decided(half, ">", 0, on=Region(x > 0)).status == "proved"
    assert decided(half, ">", 1, on=Region(x > 0)).status == "refuted"


def test_a_refuted_limit_has_a_witness_in_the_region():
    "Letters under a radical are solved for: they keep the signs of their meaning."
    limit = formula(a / (1 + a) + sqrt(2 * u + sympy.Rational(4, 3))).limit(a, oo)
    verdict = decided(limit, "==", 1, on=None)
    assert verdict.status == "refuted" and verdict.witness[u] >= 0


LINEAR = [
    (x - a > 0, True), (x - a >= 0, False), (2 * x > 2 * a, True), (a - x > 0, True), (x > a + u, True), (x > u, False),
    (x**2 > a**2, True), (x * u > a, False),
]


@pytest.mark.parametrize(("hypothesis", "is_enough"), LINEAR)
def test_a_divisor_by_its_own_hypotheses(hypothesis, is_enough):
    "What divides is off zero by a hypothesis of degree one, whatever others bend beside it; else it is asked of them all."
    bent = Region(hypothesis, u**2 * x < a**3 + 1, over=(a, u, x))
    fraction = formula(1 / (x - a), on=bent)
    verdict = decided(fraction - fraction, "==", 0, on=bent)
    expected = "proved" if is_enough else "undecided"
    assert verdict.status == expected, verdict


def test_signs_under_few_hypotheses_are_no_stronger():
    "A hypothesis that is not strict gives no strict sign, and one of another letter gives none."
    gap = x - a
    assert _signs_under(((gap, True),), gap) == [(Sign(1, True),)]
    assert _signs_under(((gap, False),), gap) == [(Sign(1, False),)]
    assert all(sign.value is None for (sign,) in _signs_under(((x + a, True),), gap))
