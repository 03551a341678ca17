"""Expressions over any numbers, node by node: exact fractions, big floats, or elements of a
field of fractions.
"""

from fractions import Fraction
from functools import lru_cache

from flint import fmpq

from symrisk.errors import NoMethod


def exact(number):
    """A SymPy Rational, an int or a Fraction as an exact number that is quick to calculate with."""
    return fmpq(int(number.numerator), int(number.denominator))


@lru_cache(maxsize=100_000)
def parsed(text):
    """A printed number."""
    return exact(Fraction(text))


def over(expression, known, constant=exact):
    """A rational expression at {symbol: value}; `constant` makes a value of a rational number."""
    if expression.is_Rational:
        return constant(expression)
    if expression.is_Symbol:
        return known[expression]
    if expression.is_Pow and expression.exp.is_Integer:
        return over(expression.base, known, constant) ** int(expression.exp)
    if not (expression.is_Add or expression.is_Mul):
        raise NoMethod(f"{expression} is not rational: it is not looked at in exact numbers")
    total, *rest = (over(argument, known, constant) for argument in expression.args)
    for value in rest:
        total = total + value if expression.is_Add else total * value
    return total


def value_at(table, values, constant=parsed):
    """A printed polynomial at {name: value}; `constant` makes a value of a printed number."""
    total = constant("0")
    powers = {}
    for exponents, coefficient in table["terms"]:
        term = constant(coefficient)
        for name, exponent in zip(table["variables"], exponents, strict=True):
            if exponent:
                if (name, exponent) not in powers:
                    powers[name, exponent] = values[name] ** exponent
                term = term * powers[name, exponent]
        total = total + term
    return total


def quotient_at(tables, values, constant=parsed):
    """A printed quotient, {"numerator": ..., "denominator": ...}."""
    return value_at(tables["numerator"], values, constant) / value_at(
        tables["denominator"], values, constant
    )


def degree_in(table, name):
    """The degree of a printed polynomial in one variable."""
    if name not in table["variables"]:
        return 0
    place = table["variables"].index(name)
    return max(exponents[place] for exponents, _ in table["terms"])


def named_terms(table):
    """{monomial: coefficient} of a printed polynomial, monomials being sets of (name, exponent)."""
    named = {}
    for exponents, coefficient in table["terms"]:
        monomial = frozenset(
            (v, e) for v, e in zip(table["variables"], exponents, strict=True) if e
        )
        named[monomial] = parsed(coefficient)
    return named


def parts_in(table, name):
    """{exponent: {monomial in the others: coefficient}} of a printed polynomial."""
    parts = {}
    for exponents, coefficient in table["terms"]:
        powers = dict(zip(table["variables"], exponents, strict=True))
        own = powers.pop(name, 0)
        monomial = frozenset((v, e) for v, e in powers.items() if e)
        parts.setdefault(own, {})[monomial] = parsed(coefficient)
    return parts
