"""The difference of a claim's sides in plain fractions, from the claim's own text."""

from fractions import Fraction

import sympy


def gap(problem, values):
    """The difference of the sides from the claim's own text, roots and powers standing for their letters."""
    known = {s: values[str(s)] for s in problem.space.symbols if str(s) in values}
    for symbol, polynomial in _relations(problem):
        known[symbol] = _linear_zero(polynomial, symbol, known)
    left, right = (_fraction(problem.space.generators.rewrite(side), known) for side in problem.sides)
    return right - left if problem.relation.rel in ("<", "<=") else left - right


def _relations(problem):
    roots = problem.space.generators.roots.values()
    polynomials = [problem.space.generators.rewrite(root.polynomial) for root in roots]
    return [(symbol, next(p for p in polynomials if p.has(symbol))) for symbol in problem.space.solved]


def _linear_zero(equation, symbol, known):
    polynomial = sympy.fraction(sympy.together(equation))[0]
    at_zero = _fraction(polynomial, {**known, symbol: Fraction(0)})
    at_one = _fraction(polynomial, {**known, symbol: Fraction(1)})
    return -at_zero / (at_one - at_zero)


def _fraction(expression, known):
    """An expression over fractions, node by node."""
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        return known[expression]
    values = [_fraction(argument, known) for argument in expression.args]
    if expression.is_Pow:
        return values[0] ** int(expression.exp)
    total = values[0]
    for value in values[1:]:
        total = total + value if expression.is_Add else total * value
    return total
