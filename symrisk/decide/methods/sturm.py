"""A polynomial in one coordinate keeps its sign on s > 0 when Sturm's theorem counts no root
there.
"""

from flint import fmpq_poly

from symrisk.decide.method import Method
from symrisk.decide.methods.positive import by_coefficients, by_factors, by_hypothesis
from symrisk.decide.zeros.real_zeros import sequence, variations
from symrisk.engine.algebra.rational import degree_in
from symrisk.engine.algebra.signs import UNKNOWN, Sign


def sturm(problem):
    """Proved when coefficients, hypotheses and Sturm counts together show the gap's sign on
    every cell; else None.
    """
    return by_factors(problem, (by_coefficients, by_hypothesis, by_count))


def by_count(cell, poly):
    """The sign of a polynomial in one coordinate only, without a root in s > 0."""
    used = [i for i in range(len(cell.algebra.symbols)) if degree_in(poly, i)]
    if len(used) != 1:
        return UNKNOWN, ""
    one = univariate(poly, used[0])
    if roots_on_the_right(one):
        return UNKNOWN, ""
    touches_zero = used[0] in cell.closed and one[0] == 0
    return Sign(1 if one(1) > 0 else -1, not touches_zero), "Sturm: no root in s > 0"


def univariate(poly, index):
    """A polynomial that uses one generator only, as an fmpq_poly."""
    coefficients = {int(exponents[index]): c for exponents, c in poly.to_dict().items()}
    return fmpq_poly([coefficients.get(k, 0) for k in range(max(coefficients) + 1)])


def roots_on_the_right(poly):
    """The number of distinct roots in s > 0, by Sturm's sequence."""
    while poly[0] == 0:
        poly = fmpq_poly(poly.coeffs()[1:])
    chain = sequence(poly)
    at_zero = [link[0] for link in chain]
    at_infinity = [link[link.degree()] for link in chain]
    return variations(at_zero) - variations(at_infinity)


METHOD = Method(sturm, turn=60)
