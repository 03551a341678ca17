"""Laws of random atoms, at which the limits of means are confirmed."""

import sympy

from symrisk.engine.expressions.mean import Mean, is_bound, write_out_means
from symrisk.laws.law import Atoms

ATOMS = 3


def laws_in(problem) -> dict:
    """{letter of a law: the variables that means over it bind} of a claim."""
    claim, found = problem.claim, {}
    spoken = [*claim.expanded, *(r.slack for r in claim.region.premises)]
    spoken += [part for root in claim.unknowns.values() for part in root.written]
    for expression in spoken:
        for mean in sympy.sympify(expression).atoms(Mean):
            if mean.law.is_Symbol:
                found.setdefault(mean.law, set()).update(mean.variables)
    return {law: sorted(variables, key=str) for law, variables in found.items()}


def drawn_laws(draw, laws: dict) -> dict:
    """{letter of a law: atoms at random positive numbers}."""
    found = {}
    for law, variables in sorted(laws.items(), key=str):
        shares = [draw.randint(1, 9) for _ in range(ATOMS)]
        atoms = {}
        for share in shares:
            values = tuple(drawn_number(draw, v) for v in variables)
            atoms[values] = sympy.Rational(share, sum(shares))
        found[law] = Atoms(atoms, of=tuple(variables))
    return found


def drawn_number(draw, symbol) -> sympy.Rational:
    """A random number of a symbol's sign, positive where it is an eigenvalue."""
    if symbol.is_integer:
        return sympy.Integer(draw.randint(1, 6))
    size = draw.choice((sympy.Rational(1, 10), 1, 1, 10)) * sympy.Rational(draw.randint(1, 97), 31)
    has_sign = symbol.is_nonnegative or is_bound(symbol)
    return size if has_sign else size * draw.choice((1, -1))


def laws_of(place: dict) -> dict:
    """The laws of a place, without its numbers."""
    return {s: v for s, v in place.items() if hasattr(v, "weights")}


def at_laws(expression, laws: dict):
    """An expression over laws that are put in."""
    expression = sympy.sympify(expression)
    return write_out_means(expression.xreplace(laws)) if laws else expression
