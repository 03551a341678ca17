"""One root as a name comes to a point: its expansion in powers of the small letter.

The root is written in a coordinate t that runs from 0 to infinity between the root's ends.  The
lowest orders of its equation's coefficients, as a polygon of Newton's, say with which power of the
small letter t begins and what its first coefficient solves; by Descartes' rule there is one
positive zero where the coefficients change sign once.  Each further coefficient solves a linear
equation: that of the lowest order that is left.
"""

from dataclasses import dataclass
from itertools import pairwise

import sympy

from symrisk.engine.algebra.rational import Ratio, coefficients_in
from symrisk.engine.expansion.ground import SCALED, SMALL, Ground, Lowest, Unsettled
from symrisk.errors import NoMethod


class Ramified(Exception):
    """A root begins with a broken power of the small letter: (its denominator)."""


class Adjoined(Exception):
    """A first coefficient is not rational: (the coefficients of what it solves, lowest first)."""


@dataclass(frozen=True)
class Branch:
    """The root's expansion: with t = SMALL^order (terms + unknown SMALL^len(terms)), the unknown
    tends to a limit.

    between: the ends of the root, as the author wrote them.
    """

    name: sympy.Symbol
    between: tuple
    order: int
    terms: tuple
    unknown: sympy.Symbol

    @property
    def coordinate(self) -> sympy.Expr:
        """The coordinate t."""
        last = self.unknown * SMALL ** len(self.terms)
        inner = sympy.Add(*(term * SMALL**k for k, term in enumerate(self.terms)), last)
        return SMALL**self.order * inner

    @property
    def value(self) -> sympy.Expr:
        """The root."""
        return between_ends(self.between, self.coordinate)


def between_ends(between: tuple, t: sympy.Expr) -> sympy.Expr:
    """A point between two ends, at t from 0 to infinity.

    >>> from sympy.abc import t
    >>> between_ends((1, sympy.oo), t), between_ends((0, 2), t)
    (t + 1, 2*t/(t + 1))
    """
    low, high = between
    if low == -sympy.oo and high == sympy.oo:
        raise NoMethod("a root between -oo and oo: say between which numbers it lies")
    if high == sympy.oo:
        return low + t
    if low == -sympy.oo:
        return high - t
    return (low + high * t) / (1 + t)


def begun(ground: Ground, polynomial, between: tuple) -> tuple[int, sympy.Expr]:
    """(the power of the small letter with which the coordinate of a root begins, its coefficient).

    polynomial: gives the root's equation, the root being put in.
    """
    parts = _coefficients(ground, polynomial(between_ends(between, SCALED)))
    edge = _edge(ground, parts)
    low, high = min(edge), max(edge)
    rise = parts[low].order - parts[high].order
    if rise % (high - low):
        raise Ramified(sympy.Rational(rise, high - low).q)
    power = rise // (high - low)
    return power, _positive_zero(ground, {j - low: parts[j].coefficient for j in edge})


def _coefficients(ground, equation) -> dict[int, Lowest]:
    """{power of t: the lowest term of its coefficient}, those that vanish left out."""
    found = {}
    for power, part in coefficients_in(equation.num, ground.field.index[SCALED]).items():
        lowest = ground.lowest_of(part)
        if lowest is None:
            continue
        if lowest.coefficient.is_zero() or not ground.is_known(lowest.coefficient):
            raise Unsettled
        found[int(power)] = lowest
    return found


def _edge(ground, parts) -> list[int]:
    """The powers of t on the one edge of the polygon along which the coefficients change sign.

    Close to the point each positive zero belongs to an edge, where it is near a zero of the
    coefficients on that edge; by Descartes' rule there are at most as many as these change sign.
    """
    spots = [(power, part.order) for power, part in sorted(parts.items())]
    changing = []
    for one, other in pairwise(_lower_hull(spots)):
        edge = [power for power, order in spots if _is_on(parts, one, other, power, order)]
        signs = [ground.sign(parts[power].coefficient) for power in edge]
        changing += [edge] * sum(left != right for left, right in pairwise(signs))
    if len(changing) != 1:
        many = "several" if changing else "no"
        raise NoMethod(f"signs allow {many} zeros between a root's ends close to the point")
    return changing[0]


def _is_on(parts, one, other, power, order) -> bool:
    """Whether (power, order) lies on the edge between two corners."""
    if not one <= power <= other:
        return False
    rise = parts[other].order - parts[one].order
    return (order - parts[one].order) * (other - one) == rise * (power - one)


def _lower_hull(points) -> list[int]:
    """The powers at the corners of the lower convex hull of (power, order)."""
    hull = []
    for point in points:
        while len(hull) > 1 and not _turns_up(*hull[-2:], point):
            hull.pop()
        hull.append(point)
    return [power for power, _ in hull]


def _turns_up(first, middle, last) -> bool:
    """Whether the middle point lies below the line from the first to the last."""
    (a, u), (b, v), (c, w) = first, middle, last
    return (v - u) * (c - a) < (w - u) * (b - a)


def _positive_zero(ground, edge: dict[int, Ratio]) -> sympy.Expr:
    """The one positive zero of a polynomial whose coefficients change sign once."""
    if max(edge) == 1:
        return (-edge[0] / edge[1]).expression()
    for zero in (_rational_zero(ground, edge), *ground.zeros):
        if zero is not None and _is_zero_of(ground, edge, zero):
            return zero
    raise Adjoined([edge[k].expression() if k in edge else 0 for k in range(max(edge) + 1)])


def _rational_zero(ground, edge):
    """The positive zero of a factor of degree one, where it is one of these."""
    t = ground.field.generator(SCALED)
    whole = sum((c * t**k for k, c in edge.items()), start=ground.field.constant(0))
    index = ground.field.index[SCALED]
    for poly, _ in ground.factors(ground.field.ratio(whole.num))[1]:
        parts = coefficients_in(poly, index)
        if set(parts) == {0, 1}:
            zero = -ground.field.ratio(parts[0]) / ground.field.ratio(parts[1])
            if ground.sign(zero) > 0:
                return zero.expression()
    return None


def _is_zero_of(ground, edge, zero):
    """Whether it is the positive zero of a polynomial."""
    value = ground.convert(zero)
    whole = sum((c * value**k for k, c in edge.items()), start=ground.field.constant(0))
    return ground.reduced(whole).is_zero() and ground.sign(value) > 0


def next_term(ground: Ground, polynomial, branch: Branch) -> tuple[sympy.Expr, tuple]:
    """(the limit of a branch's unknown, what must not vanish for it: the slope of the equation
    that says so, and what that is divided by).
    """
    equation = polynomial(branch.value)
    lowest = ground.lowest_of(equation.num)
    if lowest is None:
        raise NoMethod(f"the equation of {branch.name} vanishes whatever {branch.name} is")
    index = ground.field.index[branch.unknown]
    parts = coefficients_in(lowest.coefficient.num, index)
    if not parts.keys() <= {0, 1} or 1 not in parts:
        raise Unsettled
    bottom = ground.field.ratio(lowest.coefficient.den)
    slope = ground.field.ratio(parts[1])
    rest = ground.field.ratio(parts[0]) if 0 in parts else ground.field.constant(0)
    if not (ground.is_known(slope) and ground.is_known(rest) and ground.is_known(bottom)):
        raise Unsettled
    below = ground.lowest_of(equation.den)
    if below is None:
        raise NoMethod(f"the equation of {branch.name} has no value close to the point")
    if not ground.is_known(below.coefficient):
        raise Unsettled
    term = ground.plain(ground.reduced(-rest / slope).expression())
    return term, (ground.reduced(slope / bottom), below.coefficient)
