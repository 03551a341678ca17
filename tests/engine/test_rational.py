"""Exact quotients of polynomials agree with plain fractions, node by node."""

from fractions import Fraction

import pytest
import sympy
from flint import fmpq
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy.abc import x, y, z

from symrisk.engine.algebra import rational
from symrisk.engine.algebra.rational import (
    MOST_DERIVED,
    Field,
    coefficients_in,
    degree_in,
    homogeneous_substitute,
    key,
    modulo,
    name_of,
    to_fmpq,
)
from symrisk.errors import DomainError, NoMethod

field = Field((x, y, z))
POINT = {x: Fraction(3, 7), y: Fraction(-5, 2), z: Fraction(11, 3)}
numbers = st.fractions(-5, 5, max_denominator=7).map(lambda f: sympy.Rational(f.numerator, f.denominator))
expressions = st.recursive(
    numbers | st.sampled_from((x, y, z)),
    lambda inner: st.one_of(st.tuples(inner, inner).map(sum), st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
                            st.tuples(inner, inner).map(lambda p: p[0] - p[1]), inner.map(lambda e: e**2)), max_leaves=12)


def at(expression, point=POINT):
    """A rational expression at fractions."""
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        return point[expression]
    parts = [at(argument, point) for argument in expression.args]
    if expression.is_Pow:
        return parts[0] ** int(expression.exp)
    return sum(parts) if expression.is_Add else prod(parts)


def prod(parts):
    total = Fraction(1)
    for part in parts:
        total *= part
    return total


def value(ratio, point=POINT):
    """A Ratio at fractions."""
    num, den = (at(field.polynomial(part), point) for part in (ratio.num, ratio.den))
    return num / den


@given(expressions)
def test_conversion_keeps_the_value(expression):
    "An expression and the Ratio made of it agree at a point."
    assert value(field.convert(expression)) == at(expression)


@given(expressions, expressions)
def test_arithmetic_is_that_of_fractions(left, right):
    "Sums, differences, products and quotients of Ratios have the values of sums, ... of fractions."
    a, b = field.convert(left), field.convert(right)
    assume(at(right) != 0)
    assert [value(a + b), value(a - b), value(a * b), value(a / b), value(-a)] == [
        at(left) + at(right), at(left) - at(right), at(left) * at(right), at(left) / at(right), -at(left)]


@given(expressions, expressions)
def test_quotients_are_in_lowest_terms(left, right):
    "Numerator and denominator of a quotient share no factor."
    den = field.convert(right)
    assume(not den.is_zero())
    quotient = field.convert(left) / den
    assert quotient.num.gcd(quotient.den).is_constant()


@given(expressions)
def test_back_to_sympy_and_again(expression):
    "A Ratio survives the way to SymPy and back."
    ratio = field.convert(expression)
    assert field.convert(ratio.expression()) == ratio


@given(expressions, expressions)
def test_substitution_is_evaluation_at_another_point(expression, image):
    "Substituting a Ratio for x gives the value at the point whose x is its value."
    assume(at(image) != 0)
    ratio = field.convert(expression).substitute(x, field.convert(1 / (1 + image**2)))
    assert value(ratio) == at(expression, {**POINT, x: 1 / (1 + at(image)**2)})


@given(expressions)
def test_homogeneous_substitution_clears_the_denominator(expression):
    "P/den^d is the polynomial at x = num/den."
    poly, image = field.convert(expression).num, field.convert((1 + y) / (2 + z))
    top, degree = homogeneous_substitute(poly, 0, image)
    assert at(field.polynomial(top)) / at(field.polynomial(image.den))**int(degree) == at(
        field.polynomial(poly), {**POINT, x: value(image)})


@given(expressions, expressions)
def test_factors_multiply_back(left, right):
    "The constant times the factors to their powers is the Ratio."
    den = field.convert(right)
    assume(not den.is_zero())
    ratio = field.convert(left) / den
    constant, factors = ratio.factors()
    assume(all(at(field.polynomial(factor)) for factor, _ in factors))
    assert prod([Fraction(int(constant.p), int(constant.q)), *(at(field.polynomial(f))**e for f, e in factors)]) == value(ratio)


@given(expressions)
def test_coefficients_reassemble(expression):
    "A polynomial is the sum of its coefficients in x times powers of x; the largest power is its degree."
    poly = field.convert(expression).num
    parts = coefficients_in(poly, 0)
    again = sum((c * field.context.gen(0)**k for k, c in parts.items()), field.context.constant(0))
    assert again == poly and max(parts, default=0) == degree_in(poly, 0)


@given(expressions)
def test_reduction_modulo_a_root(expression):
    "Modulo x^2 - 2 y, a polynomial keeps its value where x^2 = 2 y, and its degree in x falls below two."
    poly = field.convert(expression).num
    reduced = modulo(field, poly, field.convert(x**2 - 2 * y).num, 0)
    on_the_root = {x: Fraction(3), y: Fraction(9, 2), z: Fraction(1, 5)}
    assert value(reduced, on_the_root) == at(field.polynomial(poly), on_the_root) and degree_in(reduced.num, 0) < 2


def test_reduction_by_a_polynomial_with_a_leading_letter():
    "Modulo y x^2 - z, x^3 is z x/y."
    assert modulo(field, field.convert(x**3).num, field.convert(y * x**2 - z).num, 0) == field.convert(z * x / y)


def test_equality_and_keys_see_through_form():
    "(x^2 - y^2)/(x - y) is x + y, and equal polynomials have equal keys."
    assert field.convert((x**2 - y**2) / (x - y)) == field.convert(x + y)
    assert key(field.convert((x + y)**2).num) == key(field.convert(x**2 + 2 * x * y + y**2).num)


@pytest.mark.parametrize("expression", [sympy.sqrt(x), sympy.exp(x), x**y, sympy.pi * x, sympy.I, sympy.Float("0.5") * x,
                                        sympy.Abs(x), sympy.Symbol("u"), sympy.oo, sympy.nan])
def test_what_is_not_rational_is_refused(expression):
    "NoMethod names the expression: nothing is approximated."
    with pytest.raises(NoMethod, match="is not a rational function of x, y, z"):
        field.convert(expression)


@pytest.mark.parametrize("number", [3, Fraction(-2, 6), sympy.Rational(-1, 3), sympy.Integer(0)])
def test_numbers_become_fmpq(number):
    "int, Fraction and Rational keep their value."
    assert to_fmpq(number) == fmpq(int(Fraction(str(number)).numerator), int(Fraction(str(number)).denominator))


def test_a_zero_denominator_is_refused():
    "Dividing by an identically zero quotient is refused."
    with pytest.raises(DomainError, match="zero"):
        field.convert(x) / field.convert((x + 1)**2 - x**2 - 2 * x - 1)


def test_a_product_that_no_memory_holds_is_refused():
    "Before it is begun, with the number of terms."
    field = Field(sympy.symbols("a:12"))
    many = field.convert(sum(field.symbols) + 1)**6
    with pytest.raises(NoMethod, match="terms is beyond the budget MOST_TERMS"):
        many * many


@pytest.mark.parametrize("power", [0, 1, 2, MOST_DERIVED, MOST_DERIVED + 1, MOST_DERIVED + 9])
def test_coefficients_of_any_power(power):
    "Read off derivatives up to a power, and term by term beyond it: the same."
    a, b, _ = (field.generator(symbol).num for symbol in (x, y, z))
    poly = (a * fmpq(2, 3) + b) ** power * (b - 7) + a * b
    parts = coefficients_in(poly, 0)
    assert max(parts) == max(power, 1)
    assert all(degree_in(part, 0) == 0 and not part.is_zero() for part in parts.values())
    assert sum((part * a**k for k, part in parts.items()), a * 0) == poly


@given(expressions, expressions)
def test_names_are_of_one_polynomial(left, right):
    "Two have the same name exactly where they are equal."
    first, second = (field.convert(expression).num for expression in (left, right))
    assert (name_of(first) == name_of(second)) == (first == second)
    assert name_of(first + second - second) == name_of(first)


def test_what_was_factored_is_kept_and_not_shared(monkeypatch):
    "A list of factors is its reader's own; the memory is emptied when it is full."
    monkeypatch.setattr(rational, "MOST_KEPT", 3)
    monkeypatch.setattr(rational, "FACTORED", {})
    a, b, c = (field.generator(symbol).num for symbol in (x, y, z))
    for k in range(8):
        poly = (a + b) ** 2 * (c - k) * fmpq(2, 3)
        constant, factors = rational.factored(poly)
        factors.append("changed")
        again, same = rational.factored(poly)
        assert again == constant == fmpq(2, 3) and same == factors[:-1]
        assert 0 < len(rational.FACTORED) <= 3
    few = Field((x, y))
    assert rational.factored(few.generator(x).num)[1][0][0].context() is few.context
    assert rational.factored(a)[1][0][0].context() is field.context
