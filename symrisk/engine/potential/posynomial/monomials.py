"""Expressions as sums of products of whole powers of some letters."""

from collections.abc import Sequence

import sympy

MOST_TERMS = 200
"""More are no potential that anyone writes down."""


def monomials(
    expression: sympy.Expr, letters: Sequence[sympy.Symbol]
) -> list[tuple[sympy.Expr, tuple[int, ...]]] | None:
    """Pairs (coefficient, whole powers of the letters) that add up to an expression, or None where
    it is no such sum.  Coefficients stay as they are written, so that their signs can be read off.

    >>> from sympy.abc import x, y, z
    >>> monomials(z*(x + 1)/y + x*z/y, (x, y))
    [(2*z, (1, -1)), (z, (0, -1))]
    >>> monomials(1/(x + 1), (x, y)) is None
    True
    """
    found = _parts(sympy.sympify(expression), tuple(letters))
    if found is None:
        return None
    together: dict = {}
    for coefficient, powers in found:
        together[powers] = together.get(powers, sympy.S.Zero) + coefficient
    return [(coefficient, powers) for powers, coefficient in together.items() if coefficient != 0]


def _parts(expression, letters):
    """The pairs of an expression, equal powers not yet put together."""
    if not expression.free_symbols & set(letters):
        return [(expression, (0,) * len(letters))]
    if expression in letters:
        return [(sympy.S.One, tuple(int(expression == letter) for letter in letters))]
    if expression.is_Add:
        inside = [_parts(term, letters) for term in expression.args]
        return None if None in inside else sum(inside, [])
    if expression.is_Mul:
        return _product([_parts(factor, letters) for factor in expression.args])
    if expression.is_Pow and expression.exp.is_Integer:
        return _power(_parts(expression.base, letters), int(expression.exp))
    return None


def _power(base, exponent):
    """A whole power of a sum; a negative one of a single product of powers only."""
    if base is None:
        return None
    if len(base) == 1:
        coefficient, powers = base[0]
        return [(coefficient**exponent, tuple(exponent * power for power in powers))]
    return _product([base] * exponent) if exponent > 0 else None


def _product(factors):
    """The product of several sums, written out."""
    if None in factors:
        return None
    found, *others = factors
    for other in others:
        if len(found) * len(other) > MOST_TERMS:
            return None
        written = []
        for one, powers in found:
            written += [(one * two, _added(powers, more)) for two, more in other]
        found = written
    return found


def _added(powers, more):
    return tuple(x + y for x, y in zip(powers, more, strict=True))
