"""A factor a + b s with a square root s in it has the sign of the larger of the two.

(b s)^2 - a^2 = b^2 R - a^2, where s = sqrt(R), is free of the root: where it is positive the factor
has the sign of b, and where it is negative that of a.
"""

import json

from symrisk.decide.certificate import table
from symrisk.decide.method import Method
from symrisk.decide.methods.discriminant import PLAIN, of_cell, printed
from symrisk.decide.methods.positive import by_factors
from symrisk.engine.algebra.quadratics import CONJUGATE, MOST_NESTED, MOST_TERMS
from symrisk.engine.algebra.rational import coefficients_in, degree_in
from symrisk.engine.algebra.signs import UNKNOWN, Sign


def conjugate(problem):
    """Proved when on every cell each factor has its sign by its coefficients, or, with a square
    root in it, by its conjugate; else None.

    >>> from sympy import sqrt
    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import gamma, lam
    >>> closed_form = (lam + gamma - 1 + sqrt((lam + gamma - 1)**2 + 4*lam))/2
    >>> prove(Claim("an effective ridge is positive", closed_form, ">", 0, on=Region(over=(lam, gamma)))).by
    'conjugate'
    """  # noqa: E501
    roots = _square_roots(problem)
    if problem.is_equation or not roots:
        return None
    shown = {}

    def by_conjugate(cell, poly):
        for index, equation in roots:
            sign, entry = _of_factor(cell, poly, index, equation)
            if sign.value is not None:
                shown[id(cell), json.dumps(table(cell.algebra, poly))] = entry
                return sign, CONJUGATE
        return UNKNOWN, ""

    verdict = by_factors(problem, (*PLAIN, by_conjugate))
    if verdict is not None:
        for cell, entry in zip(problem.cells, verdict.certificate["cells"], strict=True):
            for factor in entry["factors"]:
                if factor["because"] == CONJUGATE:
                    factor["conjugate"] = shown[id(cell), json.dumps(factor["polynomial"])]
    return verdict


def _square_roots(problem):
    """(index, equation) of each square root that no letter was solved for."""
    generators, field = problem.space.generators, problem.space.field
    found = []
    for index, equation in problem.space.unsolved:
        root = generators.roots[field.symbols[index]]
        if root.radicand is not None and degree_in(equation, index) == 2:
            found.append((index, equation))
    return found


def _of_factor(cell, poly, index, equation):
    """(sign, evidence) of a + b s; UNKNOWN where the factor is none, or neither part is known to be
    the larger.
    """
    place = _own_coordinate(cell, index)
    if place is None or degree_in(poly, place) != 1:
        return UNKNOWN, None
    pulled = cell.pull(equation)
    parts = coefficients_in(pulled, place)
    if set(parts) != {0, 2}:
        return UNKNOWN, None
    above, below = -parts[0], parts[2]
    asked = of_cell(cell)
    scale = asked.signed(below, MOST_NESTED)
    if scale is None or not scale.sign.strict:
        return UNKNOWN, None
    if scale.sign.value < 0:
        above, below = -above, -below
        scale = asked.signed(below, MOST_NESTED)
    a, b = (coefficients_in(poly, place).get(k, above * 0) for k in (0, 1))
    if a.is_zero() or len(b) ** 2 * len(above) + len(a) ** 2 * len(below) > MOST_TERMS:
        return UNKNOWN, None
    difference = b * b * above - a * a * below
    for name, part, excess in (("times", b, difference), ("plain", a, -difference)):
        larger, by = asked.signed(part, MOST_NESTED), asked.signed(excess, MOST_NESTED)
        if larger is None or by is None or by.sign.value != 1 or not larger.sign.value:
            continue
        entry = {
            "root": str(cell.algebra.symbols[index]),
            "larger": name,
            "part": printed(cell.algebra, larger),
            "above": table(cell.algebra, above),
            "below": printed(cell.algebra, scale),
            "difference": printed(cell.algebra, by),
        }
        return Sign(larger.sign.value, by.sign.strict), entry
    return UNKNOWN, None


def _own_coordinate(cell, index):
    """The coordinate of a root that is its own; None where it has bounds besides."""
    for link in cell.links:
        if link.variable == index and link.coordinate is not None:
            own = cell.algebra.generator(cell.algebra.symbols[link.coordinate])
            return link.coordinate if link.image == own else None
    return None


METHOD = Method(conjugate, turn=77)
