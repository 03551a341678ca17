"""Printed polynomials, calculated with: the same numbers as SymPy's."""

import random
from fractions import Fraction

import pytest
import sympy

from symrisk.decide.recheck.arithmetic import (
    degree_in,
    exact,
    named_terms,
    over,
    parts_in,
    quotient_at,
    value_at,
)
from symrisk.errors import NoMethod

x, y = sympy.symbols("x y")
TABLE = {"variables": ["x", "y"], "terms": [[[2, 1], "3/2"], [[1, 0], "-1"], [[0, 3], "5"]]}
WRITTEN = sympy.Rational(3, 2)*x**2*y - x + 5*y**3


def test_a_printed_polynomial_has_the_value_of_the_written_one():
    "At random fractions; and a quotient of two."
    draw = random.Random(2)
    for _ in range(10):
        a, b = (Fraction(draw.randint(-9, 9), draw.randint(1, 5)) for _ in range(2))
        wanted = WRITTEN.xreplace({x: sympy.Rational(a), y: sympy.Rational(b)})
        values = {"x": exact(a), "y": exact(b)}
        assert value_at(TABLE, values) == exact(wanted) == over(WRITTEN, {x: exact(a), y: exact(b)})
        one = {"variables": [], "terms": [[[], "2"]]}
        assert quotient_at({"numerator": TABLE, "denominator": one}, values) == exact(wanted/2)


def test_what_is_not_rational_is_refused():
    "By its name."
    with pytest.raises(NoMethod, match="sin.* is not rational"):
        over(sympy.sin(x), {x: exact(1)})


def test_terms_by_monomials_and_by_one_variable():
    "Together they are the polynomial."
    assert [degree_in(TABLE, name) for name in ("x", "y", "z")] == [2, 3, 0]
    assert named_terms(TABLE)[frozenset({("x", 2), ("y", 1)})] == exact(Fraction(3, 2))
    parts = parts_in(TABLE, "x")
    assert {exponent: len(part) for exponent, part in parts.items()} == {2: 1, 1: 1, 0: 1}
    assert parts[0] == {frozenset({("y", 3)}): exact(5)}
