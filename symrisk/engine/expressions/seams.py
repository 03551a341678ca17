"""Seams: where a definition by cases goes from one piece to the next, and whether the pieces
meet there.
"""

from collections.abc import Iterator
from itertools import pairwise

import sympy
from sympy.core.relational import Relational

from symrisk.engine.expressions.mean import varies


def seams_along(expression, x) -> Iterator[sympy.Expr]:
    """What is zero at a seam that moving x crosses and at which value or slope are not seen to
    meet.

    >>> from sympy.abc import x
    >>> list(seams_along(sympy.Piecewise((x**2, x > 0), (0, True)), x))
    []
    >>> list(seams_along(sympy.Piecewise((x, x > 0), (0, True)), x))
    [x]
    """
    for cases in sorted(expression.atoms(sympy.Piecewise), key=sympy.default_sort_key):
        for (first, condition), (second, _) in pairwise(cases.args):
            for relation in sorted(condition.atoms(Relational), key=sympy.default_sort_key):
                gap = relation.lhs - relation.rhs
                crosses = gap.has(x) and not any(map(varies, gap.free_symbols))
                if crosses and not _meet(first, second, gap, x):
                    yield gap


def _meet(first, second, gap, x) -> bool:
    """Whether two pieces and their slopes agree where a gap linear in x is zero."""
    numerator = sympy.fraction(sympy.together(gap))[0]
    if not numerator.is_polynomial(x) or sympy.degree(numerator, x) != 1:
        return False
    slope, rest = sympy.Poly(numerator, x).all_coeffs()
    step = first - second
    return all(_vanishes(part, x, -rest / slope) for part in (step, sympy.diff(step, x)))


def _vanishes(expression, x, place) -> bool:
    there = sympy.cancel(expression.subs(x, place)) if expression.is_rational_function(x) else None
    return there == 0
