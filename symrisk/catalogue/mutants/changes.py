"""Expressions with one thing changed."""

import sympy

from symrisk.engine.expressions.mean import Mean

NO_NUMBER = (sympy.zoo, sympy.nan, sympy.oo, sympy.I)
TRUTHS = (sympy.true, sympy.false)


def changed(expression: sympy.Expr) -> list[sympy.Expr]:
    """An expression with one thing changed, in each way, each once.

    The sign of a term, how often it stands there (twice, or not at all), an integer or a numerator
    by one, a power by one, or one name for another of the same expression.

    >>> from symrisk.symbols import n, p
    >>> changed(2*p - n)[:5]
    [n + 2*p, -2*n + 2*p, 2*p, -n - 2*p, -n + 4*p]
    >>> changed(2*p - n)[5:]
    [-n, -n**2 + 2*p, p, -n + 2*p**2, -n + 3*p, -n + p, n]
    """
    letters = sorted(filter(_is_number, expression.free_symbols), key=str)
    found = dict.fromkeys(_changes(expression, tuple(letters)))
    return [each for each in found if each != expression and not each.has(*NO_NUMBER)]


def _is_number(letter):
    return getattr(letter, "kind", None) != "law"


def _changes(node, letters):
    if isinstance(node, Mean):
        inner = tuple(sorted({*letters, *node.variables}, key=str))
        for integrand in _changes(node.integrand, inner):
            yield Mean(integrand, node.law)
        return
    yield from _changes_here(node, letters)
    for place, argument in enumerate(node.args):
        for other in _changes(argument, letters):
            yield _with_argument(node, place, other)


def _with_argument(node, place, argument):
    arguments = (*node.args[:place], argument, *node.args[place + 1 :])
    # A condition that is settled leaves a truth where only a piecewise definition can have one.
    if any(each in TRUTHS for each in arguments) and not node.is_Piecewise:
        return node
    return node.func(*arguments)


def _changes_here(node, letters):
    """What may be changed at this very node."""
    if node.is_Symbol:
        yield from (letter for letter in letters if letter != node)
    elif node.is_Rational:
        yield from (sympy.Rational(node.p + 1, node.q), sympy.Rational(node.p - 1, node.q))
    elif node.is_Add:
        yield from _changes_of_terms(node)
    elif node.is_Mul:
        yield from (node * factor for factor in node.args if factor.is_Symbol)
    elif node.is_Pow and node.exp.is_Rational and not node.exp.is_Integer:
        yield from (node.base ** (node.exp + 1), node.base ** (node.exp - 1))


def _changes_of_terms(total):
    for place, term in enumerate(total.args):
        others = total.func(*total.args[:place], *total.args[place + 1 :])
        yield others - term
        # A number is changed by one, which says more than to double it or to leave it out.
        if not term.is_Number:
            yield others + 2 * term
            yield others
