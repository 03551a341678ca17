"""Expressions as they are taken in: exact, with no binary float in them."""

import sympy

from symrisk.engine.budget import refuse_large
from symrisk.engine.decimals import exact
from symrisk.errors import ArgumentError
from symrisk.symbols import refuse_unfinished, refuse_unhandled


def refuse_namesakes(title, symbols):
    """ArgumentError where two of the symbols differ and are named alike: as x is that may be negative, and x > 0."""
    names = {}
    for symbol in sorted(symbols, key=str):
        if names.setdefault(symbol.name, symbol) != symbol:
            raise ArgumentError(f"{title}: two different symbols are named {symbol.name}")


def exact_expression(name, value):
    """A number, a decimal string or an expression, exactly; ArgumentError where a binary float is in it.

    NoMethod for an expression that is too deep or too large.
    """
    if isinstance(value, float):
        raise ArgumentError(f"{name}: {value} is a binary float: write '{value}' or Rational for exact digits")
    if isinstance(value, str):
        value = sympy.Rational(str(exact(str(name), value)))
    try:
        expression = sympy.sympify(value, strict=True)
    except sympy.SympifyError as error:
        raise ArgumentError(f"{name}: {value!r} is not an expression or an exact number") from error
    refuse_large(expression)
    for number in expression.atoms(sympy.Float):
        raise ArgumentError(f"{name}: {number} is a binary float: write Rational('{float(number)}')")
    refuse_unhandled(name, expression.free_symbols)
    refuse_unfinished(name, expression)
    return expression
