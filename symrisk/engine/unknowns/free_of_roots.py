"""What must not vanish for an expression in a complex root not to vanish: without the root.

Where B and the root's polynomial P vanish together, so does their resultant, which is U B + V P for
two polynomials U and V and does not speak of the root.  Where it does not vanish, B does not.
"""

from collections.abc import Mapping

import sympy

from symrisk.engine.algebra.rational import Field
from symrisk.engine.expressions.complexity import complex_parts, holds_unit
from symrisk.engine.unknowns.upper_root import UpperRoot


def free_of_roots(number: sympy.Expr, roots: Mapping) -> list[sympy.Expr]:
    """Expressions such that `number` vanishes only where one of them does.

    They are letters, the factors of a resultant; or `number` itself, where it has no such factors.

    >>> from symrisk.symbols import lam, symbol
    >>> m, z = (symbol(name, name, "a number", kind="complex") for name in "mz")
    >>> free_of_roots(1 + z*m, {m: UpperRoot(m, z*m**2 + m + lam)})
    [lam, z]
    >>> free_of_roots(lam + m, {m: UpperRoot(m, z*m**2 + lam*m + 1)})
    [lam + m]
    """
    top = sympy.numer(sympy.together(number))
    named = sorted(top.free_symbols & {n for n, r in roots.items() if _is_upper(r)}, key=str)
    if not named or complex_parts(top):
        return [number]
    left = top
    for name in named:
        polynomial = sympy.numer(sympy.together(roots[name].polynomial))
        if complex_parts(polynomial) or not polynomial.is_polynomial(name):
            return [number]
        found = sympy.resultant(left, polynomial, name)
        if not _is_confirmed(found, left, polynomial, name):
            return [number]
        left = found
    if left.free_symbols & set(roots):
        return [number]
    _, factors = sympy.factor_list(left)
    bases = [base for base, _ in factors]
    is_plain = left != 0 and all(base.is_Symbol for base in bases)
    return bases if is_plain else [number]


def _is_confirmed(resultant, left, right, name):
    """Whether FLINT finds the same resultant as SymPy, up to a number."""
    together = (resultant, left, right)
    if any(map(holds_unit, together)):
        return False
    letters = sorted(set().union(*(e.free_symbols for e in together)), key=str)
    field = Field.over(tuple(letters))
    mine, one, other = (field.convert(e).num for e in together)
    again = one.resultant(other, field.index[name])
    if mine.is_zero() or again.is_zero():
        return False
    return mine * again.leading_coefficient() == again * mine.leading_coefficient()


def _is_upper(root):
    return isinstance(root, UpperRoot)
