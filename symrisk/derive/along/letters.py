"""Letters of expressions and hypotheses: which are spoken of, and what they stand for."""

import sympy

from symrisk.engine.slips import hint
from symrisk.errors import ArgumentError, NoMethod


def letter_of(quantity, name: sympy.Symbol | str) -> sympy.Symbol:
    """The symbol that a quantity has for a name; a symbol is itself.

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> letter_of(shift.gain, "ssr")
    ssr
    >>> letter_of(shift.gain, "ssrr")
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: gain is no function of 'ssrr'; it is one of n1, n2, p, sigma_sq, snr, ssr; did you mean ssr?
    """  # noqa: E501
    if not isinstance(name, str):
        return name
    spoken = (quantity.expanded.free_symbols - set(quantity.roots)) | quantity.graph.names
    known = {symbol.name: symbol for symbol in spoken}
    if name in known:
        return known[name]
    takes = ", ".join(sorted(quantity.inputs))
    raise ArgumentError(
        f"{quantity.title} is no function of {name!r}; it is one of {takes}{hint(name, known)}"
    )


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
