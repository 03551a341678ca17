"""A factor a + b s with a square root s in it has the sign of the larger of the two.

(b s)^2 - a^2 = b^2 R - a^2, where s = sqrt(R), is free of the root: where it is positive the factor
has the sign of b, and where it is negative that of a.
"""

import json

from symrisk.decide.certificate import table
from symrisk.decide.method import Method
from symrisk.decide.methods.discriminant import PLAIN, of_cell, plainly, printed
from symrisk.decide.methods.positive import by_factors
from symrisk.engine.algebra.quadratics import CONJUGATE, IN_PARTS, MOST_NESTED, MOST_TERMS
from symrisk.engine.algebra.rational import coefficients_in, degree_in, factored
from symrisk.engine.algebra.signs import UNKNOWN, Sign

FIELDS = {CONJUGATE: "conjugate", IN_PARTS: "parts"}


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
        sign, entry = _by_roots(cell, poly, roots)
        because = CONJUGATE
        if sign.value is None or not sign.strict:
            # Coefficient by coefficient it may be known to keep off zero.
            other, parts = _in_parts(cell, poly, roots)
            if other.value is not None and (sign.value is None or other.strict):
                sign, entry, because = other, parts, IN_PARTS
        if sign.value is not None:
            shown[id(cell), json.dumps(table(cell.algebra, poly))] = entry
        return sign, because

    verdict = by_factors(problem, (*PLAIN, by_conjugate))
    if verdict is not None:
        for cell, entry in zip(problem.cells, verdict.certificate["cells"], strict=True):
            for factor in entry["factors"]:
                if factor["because"] in FIELDS:
                    name = FIELDS[factor["because"]]
                    factor[name] = shown[id(cell), json.dumps(factor["polynomial"])]
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


def _by_roots(cell, poly, roots):
    """(sign, evidence) of a factor by the first square root whose conjugate shows it."""
    for index, equation in roots:
        sign, entry = _of_factor(cell, poly, index, equation)
        if sign.value is not None:
            return sign, entry
    return UNKNOWN, None


def _in_parts(cell, poly, roots):
    """(sign, evidence) of a factor whose coefficients in one coordinate all have one sign."""
    for place, degree in enumerate(poly.degrees()):
        parts = coefficients_in(poly, place) if degree else {}
        if len(parts) < 2:
            continue
        signs, terms = [], []
        for power, part in sorted(parts.items()):
            sign, entry = _in_factors(cell, part, roots)
            if entry is None:
                break
            keeps_off_zero = sign.strict and (power == 0 or place not in cell.closed)
            signs.append(Sign(sign.value, keeps_off_zero))
            terms.append({"power": int(power), **entry})
        if len(terms) == len(parts) and len({sign.value for sign in signs}) == 1:
            entry = {"letter": str(cell.algebra.symbols[place]), "terms": terms}
            return Sign(signs[0].value, any(sign.strict for sign in signs)), entry
    return UNKNOWN, None


def _in_factors(cell, poly, roots):
    """(sign, factors as data) of a polynomial, each factor's sign shown plainly or by a
    conjugate; (UNKNOWN, None) where one is not.
    """
    constant, factors = factored(poly)
    total, entries = Sign(1 if constant > 0 else -1, True), []
    for factor, power in factors:
        sign, because, found = *plainly(cell, factor), None
        if sign.value is None:
            sign, found = _by_roots(cell, factor, roots)
            because = CONJUGATE
        if sign.value is None:
            return UNKNOWN, None
        total = total * sign.power(int(power))
        entry = {"polynomial": table(cell.algebra, factor), "power": int(power)}
        entry |= {"sign": sign.value, "strict": sign.strict, "because": because}
        entries.append(entry if found is None else {**entry, "conjugate": found})
    return total, {"constant": str(constant), "factors": entries}


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
