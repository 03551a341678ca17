"""Laws with exact atoms: what is the same law, what it gives in exact numbers, balls and floats, and what is no law."""

import pickle
from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from symrisk import Atoms
from symrisk.errors import ArgumentError, DomainError
from symrisk.laws.law import _nearest_float
from symrisk.symbols import coordinate, eigenvalue, p, tau, tau_omega, w

t1, t2 = eigenvalue(1), eigenvalue(2)
tables = st.dictionaries(st.fractions(0, 50), st.integers(1, 9), min_size=1, max_size=5)


def law_of(shares, order=1):
    total = sum(shares.values())
    return Atoms({value: Fraction(share, total) for value, share in list(shares.items())[::order]})


@given(shares=tables)
def test_the_order_in_which_atoms_are_given_does_not_matter(shares):
    "Equal, of one hash, printed alike."
    one, other = law_of(shares), law_of(shares, -1)
    assert one == other and hash(one) == hash(other) and repr(one) == repr(other)


@given(shares=tables)
def test_exact_values_balls_and_floats_are_one_law(shares):
    "Of the same atoms in the same order, with weights of sum one."
    law = law_of(shares)
    (values,), weights = law.arrays
    (balls,), shares_ = law.balls()
    assert len(values) == len(balls) == law.size == len(law.points)
    assert sum(weight for _, weight in law.points) == 1
    for (point,), weight, value, share, ball, part in zip(*zip(*law.points, strict=True), values, weights, balls, shares_, strict=True):
        assert float(point) == value and float(weight) == share
        assert ball.overlaps(arb(int(point.p)) / int(point.q)) and part.overlaps(arb(int(weight.p)) / int(weight.q))


def test_equal_atoms_are_one():
    "However their numbers are written."
    assert Atoms({"1/2": "1/4", Fraction(1, 2): "1/4", 3: "1/2"}) == Atoms({"0.5": "1/2", 3: "0.5"})


def test_atoms_that_become_equal_are_one():
    "When numbers take the place of letters."
    law = Atoms({w: "1/3", 2: "2/3"})
    assert law.free_symbols == {w} and law.xreplace({w: sympy.Integer(2)}) == Atoms({2: 1})


def test_letters_may_be_weights():
    "The last one is what is left."
    law = Atoms({1: w, 4: 1 - w})
    assert law.xreplace({w: sympy.Rational(1, 4)}) == Atoms({1: "1/4", 4: "3/4"})


def test_joint_laws_name_their_variables():
    "tau_1, tau_2, ... where nothing is said, or those that are said."
    assert Atoms({(1, 2): 1}).variables == (t1, t2) and Atoms({1: 1}).variables == (tau,)
    law = Atoms({(1, -2): 1}, of=(t1, coordinate(1)))
    assert law.columns[coordinate(1)].tolist() == [-2] and law.columns[t1].tolist() == [1]
    assert law != Atoms({(1, 2): 1})


def test_a_law_is_pickled_and_printed():
    "And comes back as itself."
    law = Atoms({(3, "1/2"): "2/5", (1, 2): "3/5"})
    assert pickle.loads(pickle.dumps(law)) == law
    assert sympy.latex(Atoms({1: "1/2", 4: "1/2"})).count(r"\delta") == 2


def test_numbers_beyond_floats_are_kept_exactly():
    "Only the floats of the law are refused."
    law = Atoms({10**400: 1})
    assert law.points == (((sympy.Integer(10)**400,), 1),)
    with pytest.raises(DomainError, match="too large for a float"):
        _ = law.arrays
    with pytest.raises(DomainError, match="too small for a float"):
        _ = Atoms({Fraction(1, 10**400): 1}).arrays


def test_a_law_of_letters_has_no_floats():
    "It is there for claims."
    with pytest.raises(ArgumentError, match="w is a letter, for claims"):
        _ = Atoms({w: 1}).arrays


BAD = {
    "a list": (lambda: Atoms([1, 2]), ArgumentError, r"takes a dict .* not \[1, 2\]"),
    "a float": (lambda: Atoms({0.5: 1}), ArgumentError, "eigenvalue=0.5 is a binary float"),
    "a float weight": (lambda: Atoms({1: 0.5, 2: 0.5}), ArgumentError, "weight=0.5 is a binary float"),
    "nan": (lambda: Atoms({float("nan"): 1}), ArgumentError, "eigenvalue=nan"),
    "infinity": (lambda: Atoms({sympy.oo: 1}), ArgumentError, "Infinity is not an exact number"),
    "i": (lambda: Atoms({sympy.I: 1}), ArgumentError, "ImaginaryUnit"),
    "a bool": (lambda: Atoms({1: True}), ArgumentError, "weight=True"),
    "words": (lambda: Atoms({"one": 1}), ArgumentError, "'one' is not a number"),
    "nothing": (lambda: Atoms({}), DomainError, "sum to 1; not to 0"),
    "a sum": (lambda: Atoms({1: "1/2"}), DomainError, "sum to 1; not to 1/2"),
    "a negative eigenvalue": (lambda: Atoms({-1: 1}), DomainError, "not -1 with weight 1"),
    "a negative weight": (lambda: Atoms({1: "3/2", 2: "-1/2"}), DomainError, "not 2 with weight -1/2"),
    "no weight": (lambda: Atoms({1: 1, 2: 0}), DomainError, "not 2 with weight 0"),
    "a zero penalty": (lambda: Atoms({(1, 0): 1}, of=(tau, tau_omega)), DomainError, "not 0 with weight 1"),
    "mixed sizes": (lambda: Atoms({1: "1/2", (1, 2): "1/2"}), ArgumentError, r"not \[1, 2\]"),
    "too few variables": (lambda: Atoms({(1, 2): 1}, of=(tau,)), ArgumentError, "2 values an atom, and 1 variables, tau"),
    "twice the same": (lambda: Atoms({(1, 2): 1}, of=(tau, tau)), ArgumentError, "differ; not tau, tau"),
    "no variable": (lambda: Atoms({1: 1}, of=(p,)), ArgumentError, "p is no variable of a law"),
    "no tuple": (lambda: Atoms({1: 1}, of=tau), ArgumentError, "of is a tuple of variables; not tau"),
    "a bound letter": (lambda: Atoms({tau: 1}), ArgumentError, "no eigenvalue; not tau"),
    "a bound weight": (lambda: Atoms({1: tau, 2: 1 - tau}), ArgumentError, "no weight; not tau"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_law_is_refused(case):
    "By a named error that says the rule and the offender."
    call, error, says = BAD[case]
    with pytest.raises(error, match=says):
        call()


def test_columns_are_arrays():
    "One a variable."
    law = Atoms({(1, 2): "1/2", (3, 4): "1/2"})
    np.testing.assert_array_equal(law.columns[t2], [2, 4])


@given(top=st.integers(-(2**80), 2**80), bottom=st.integers(1, 2**80), scale=st.sampled_from([0, 900, 1020, 1100]), below=st.booleans())
def test_floats_of_rationals_are_those_of_sympy(top, bottom, scale, below):
    "Of every size, subnormal ones and those too large for a float among them."
    number = sympy.Rational(top, bottom) * sympy.Integer(2) ** (-scale if below else scale)
    assert _nearest_float(number) == float(number)
