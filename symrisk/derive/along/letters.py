"""Letters of expressions and hypotheses: which are spoken of, and what they stand for."""

import sympy

from symrisk.errors import NoMethod


def speaking(region, x, moving=()):
    """The hypotheses that speak of x."""
    found = [relation for relation in region.premises if relation.slack.free_symbols & {x, *moving}]
    for relation in found:
        if relation.slack.free_symbols & set(moving):
            raise NoMethod(f"the hypothesis {relation} moves with {x} through an implicit name")
    return found


def written(space, expression):
    """An expression over a space with the letters of its means, radicals and powers written out
    again.
    """
    letters = dict(space.generators.moments.reading)
    for name, root in space.generators.roots.items():
        if root.radicand is not None:
            letters[name] = root.radicand ** sympy.Rational(1, sympy.degree(root.polynomial, name))
    for name, power in space.generators.powers.items():
        letters[name] = power.base**power.exponent
    # A radical may hold another one: its letter comes out with the first.
    while expression.free_symbols & letters.keys():
        expression = expression.xreplace(letters)
    return expression
