"""A bound variable is not free: what holds of a mean is not what holds of its integrand at some eigenvalue."""

import pytest
import sympy
from sympy import Piecewise, Rational

from symrisk import Atoms, Claim, Formula, Mean, Region, monotonicity, prove
from symrisk.errors import ArgumentError
from symrisk.symbols import G, H, coordinate, eigenvalue, symbol, tau, w

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a positive letter", positive=True)
f = symbol("f", "f", "a function")
two_atoms = Atoms({1: "1/2", 3: "1/2"})
above_two = Piecewise((2, tau > 2), (1, True))
over_laws = Region(over=(H, G))


def status(lhs, rel, rhs, on=None):
    return prove(Claim("the mean is what it is", lhs, rel, rhs, on=on)).status


class TestCasesInsideAMean:
    """Whether an eigenvalue lies above a threshold is so at some of them and not at others."""

    def test_over_atoms_it_is_a_number(self):
        "The mean of 1 and 2 is 3/2, neither 1 nor 2."
        mean = Mean(above_two, two_atoms)
        assert status((mean - 1) * (mean - 2), "==", 0) == "refuted"
        assert status(mean, "==", Rational(3, 2)) == "proved"

    @pytest.mark.parametrize("law", [H, G])
    def test_over_every_law_an_indicator_is_not_zero_or_one(self, law):
        "Its mean is any share of the law."
        mean = Mean(Piecewise((1, tau > 2), (0, True)), law)
        assert status(mean * (mean - 1), "==", 0, on=over_laws) != "proved"
        assert status(mean * (mean - 1), ">=", 0, on=over_laws) != "proved"

    def test_of_lettered_atoms_the_case_is_one_of_the_letter(self):
        "The threshold is crossed by the atom itself: cases of the claim."
        mean = Mean(above_two, Atoms({a: 1}))
        assert status(mean, "<=", 2, on=Region(over=(a,))) == "proved"
        assert status(mean, "==", 2, on=Region(a > 2)) == "proved"
        assert status(mean, "==", 2, on=Region(over=(a,))) == "refuted"

    def test_a_condition_free_of_eigenvalues_is_a_case_of_the_claim(self):
        "It is the same throughout the law."
        mean = Mean(Piecewise((tau, w > 1), (2 * tau, True)), H)
        assert status(mean, ">=", Mean(tau, H), on=Region(over=(H, w))) == "proved"


class TestSubstitution:
    """`subs` does not reach what a mean binds, and nothing that it would bind is put in."""

    def test_a_bound_variable_stays(self):
        "A number in its place would be the value at one eigenvalue."
        mean = Mean(tau / (tau + w), H)
        assert mean.subs(tau, 2) == mean and mean.subs(w, 2) == Mean(tau / (tau + 2), H)

    def test_nothing_is_caught(self):
        "An eigenvalue in place of a letter would be bound by the mean that the letter stands in."
        with pytest.raises(ArgumentError, match="tau can't stand for w"):
            Mean(tau / (tau + w), H).subs(w, tau)
        with pytest.raises(ArgumentError, match="tau is what a mean binds; it can't stand for w"):
            Formula(f, Mean(tau / (tau + w), H)).at({w: tau})


class TestLettersOfALaw:
    """A letter that stands in a law moves its atoms or weights, and with them the mean."""

    single = Formula(f, Mean(tau, Atoms({a: 1})))
    put_in = Formula(f, Mean(tau / (1 + tau), H)).at({H: Atoms({a: 1})})
    weighted = Formula(f, Mean(tau, Atoms({1: w, 2: 1 - w})))

    def test_a_derivative_sees_it(self):
        "The mean over the atom a is a, and grows with it."
        assert status(self.single.diff(a), "==", 1) == "proved"
        assert status(self.single.diff(a), "==", 0) == "refuted"
        assert status(self.put_in.diff(a), ">", 0) == "proved"
        assert status(self.weighted.diff(w), "==", -1) == "proved"

    def test_an_inner_mean_sees_it(self):
        "Also where another mean stands around it."
        nested = Formula(f, Mean(tau * Mean(tau**2, Atoms({a: 1})), two_atoms))
        assert status(nested.diff(a), "==", 4 * a) == "proved"

    def test_what_is_derived_from_the_derivative_is_right(self):
        "More weight on the smaller atom makes the mean fall, to 1 at weight 1."
        assert monotonicity(self.weighted, w).direction == "decreasing"
        assert monotonicity(self.single, a).direction == "increasing"

    def test_weights_are_weights(self):
        "Between 0 and 1, also where nothing else says so: mean of 1 and 2 lies between them."
        assert status(self.weighted, ">=", 1) == status(self.weighted, "<=", 2) == "proved"
        assert status(Mean(tau, Atoms({1: w, 2: 1 - w})), ">=", 1, on=Region(over=(w,))) == "proved"

    def test_weights_are_weights_in_what_is_made_of_the_mean(self):
        "A derivative drops the law, and not what its letters must be."
        between = Formula(f, Mean(tau, Atoms({a: w, b: 1 - w})))
        assert status(between.diff(a), "<=", 1) == status(between.diff(a) - between.diff(a), "==", 0) == "proved"
        assert status(w, "<=", 1, on=between.diff(w).region) == "proved"

    def test_eigenvalues_are_not_negative(self):
        "A lettered eigenvalue 1 - w keeps w at most one."
        mean = Formula(f, Mean(tau, Atoms({1 - w: 1})))
        assert status(w, "<=", 1, on=mean.region) == "proved"

    def test_it_is_evaluated_where_it_is_a_law(self):
        "At numbers for its letters, and not where a weight would be negative."
        assert self.weighted(w=0.25) == 1.75
        assert str(self.weighted.digits(3, w="1/4")) == "1.75"
        with pytest.raises(ValueError, match="holds for 1 - w > 0; not at w=2"):
            self.weighted(w=2)

    def test_weights_that_sum_to_one_after_cancelling_are_weights(self):
        "1/(1+a) and a/(1+a)."
        law = Atoms({1: 1 / (1 + a), 2: a / (1 + a)})
        assert status(Mean(tau, law), "==", (1 + 2 * a) / (1 + a), on=Region(over=(a,))) == "proved"

    def test_a_law_itself_does_not_move(self):
        "There is no derivative by a law."
        with pytest.raises(ArgumentError, match="H is a law"):
            sympy.diff(Mean(tau, H), H)


class TestWhatIsNotAtZeroThroughout:
    """`Mean(tau, H) > 0` says that a law is not all at zero; strict statements stand on it, and none without."""

    def test_a_strict_mean_needs_it(self):
        "At the law all at zero the mean is zero."
        mean = Mean(tau / (1 + tau), H)
        assert status(mean, ">", 0, on=over_laws) != "proved"
        assert status(mean, ">=", 0, on=over_laws) == "proved"
        assert status(mean, ">", 0, on=Region(Mean(tau, H) > 0)) == "proved"

    def test_a_mean_of_a_product_says_less(self):
        "Of b^2 tau it says that some direction has both; the mean of tau is not read off it, nor anything broken by it."
        both = Mean(coordinate(0)**2 * eigenvalue(1), H)
        assert status(Mean(eigenvalue(1), H), ">=", 0, on=Region(both > 0)) == "proved"

    def test_mass_where_an_integrand_has_no_value_is_said(self):
        "The mean of 1/tau is taken over laws without mass at zero: the verdict says so."
        verdict = prove(Claim("it is positive", Mean(1 / tau, H), ">", 0, on=over_laws))
        assert verdict.status == "proved" and verdict.assumes == ("H has no mass where tau = 0: the mean has a value",)
        assert status(Mean(1 / tau, Atoms({0: "1/2", 3: "1/2"})), ">", 0) == "undecided"

    def test_it_is_said_of_one_law_and_one_eigenvalue(self):
        "Another law may still be at zero, and so may another eigenvalue of the same."
        alive = Region(Mean(tau, H) > 0, over=(G,))
        assert status(Mean(tau / (1 + tau), G), ">", 0, on=alive) != "proved"
        tau1, tau2 = eigenvalue(1), eigenvalue(2)
        assert status(Mean(tau2 / (1 + tau2), H), ">", 0, on=Region(Mean(tau1, H) > 0)) != "proved"
