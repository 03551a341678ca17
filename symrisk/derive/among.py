"""The least value among a few points: each is tried by the definition, that the quantity is nowhere
below its value there.
"""

from itertools import chain

import sympy

from symrisk.derive.along.continuity import conditions
from symrisk.derive.along.ends import End, end
from symrisk.derive.evidence import attempt, because, holds, joined
from symrisk.derive.tidy import tidy
from symrisk.errors import NoMethod


def among(line):
    """(End or point, verdict) of the least value among ends, points where a case begins, and zeros
    of slopes.
    """
    points, reasons = [*_finite_ends(line), *_seams(line), *stationary(line)], []
    for point in dict.fromkeys(points):
        found, verdict, why = tried(line, point, [line.region])
        if found is not None:
            return found, verdict
        reasons.append(why)
    return beyond_all_points(line, reasons)


def tried(line, point, parts):
    """(where, verdict, None) if the value at a point is the least on all parts of the region; else
    (None, None, why not).
    """
    try:
        plain = line.value_at(point)
        value = tidy(plain, line.interval.rest)
        inside = line.belongs(point)
    except NoMethod as error:
        return None, None, str(error)
    if inside is None:
        return None, None, f"{line.x} = {point} is not shown to be in the region"
    same = line.claim(
        f"{line.title} at {line.x} = {point}", plain, "==", value, on=line.interval.rest
    )
    says = f"{line.title} is nowhere below its value at {line.x} = {point}"
    claims = [same, *(line.claim(says, line.expression, ">=", value, on=part) for part in parts)]
    verdicts = []
    for claim in claims:
        verdicts.append(attempt(claim))
        if verdicts[-1].status != "proved":
            return None, None, because(verdicts[-1])
    return End(point, value, True, tuple(inside)), joined(says, [*verdicts, *inside]), None


def beyond_all_points(line, reasons):
    """An infimum at an end that is open or infinite; NoMethod, with the reasons found before, where
    there is none.
    """
    for side in (-1, 1):
        try:
            found = end(line, side)
        except NoMethod as error:
            reasons.append(str(error))
            continue
        says = f"{line.title} is larger than what it tends to as {line.x} tends to {found.point}"
        verdict = (
            None if found.attained else holds(line.claim(says, line.expression, ">", found.value))
        )
        if verdict is not None:
            return found, joined(says, [verdict, *found.evidence])
    why = "; ".join(dict.fromkeys(reasons)) or "there is no candidate"
    raise NoMethod(f"the least value of {line.title} along {line.x} is not shown: {why}")


def _finite_ends(line):
    return [bound for bound in (line.interval.lower, line.interval.upper) if bound is not None]


def _seams(line):
    """Where a case begins, if that is an equation of degree one in x."""
    zeros = []
    for condition in conditions(line.expression):
        zeros += _zeros(line, condition.lhs - condition.rhs, most=1)
    return zeros


def stationary(line):
    """Zeros of the numerator of the slope, or of each case of it: of degree one or two, or
    numbers.
    """
    slope, zeros = line.slope, []
    cases = [
        pair.expr
        for pair in chain.from_iterable(node.args for node in slope.atoms(sympy.Piecewise))
    ]
    plain = slope.replace(lambda e: e.is_Piecewise, lambda e: e.args[0].expr)
    for piece in (plain, *cases):
        zeros += _zeros(line, piece, most=2)
    return zeros


def _zeros(line, expression, most):
    """Zeros in x of the factors of an expression's numerator of at most this degree; for a whole x,
    all that are numbers.
    """
    numerator = sympy.expand(sympy.fraction(sympy.together(expression))[0])
    if line.x not in numerator.free_symbols or not numerator.is_polynomial(line.x):
        return []
    zeros = []
    for factor, _ in sympy.factor_list(numerator)[1]:
        if line.x not in factor.free_symbols:
            continue
        polynomial = sympy.Poly(factor, line.x)
        if polynomial.degree() <= most:
            zeros += sympy.roots(polynomial)
        elif line.x.is_integer and polynomial.domain.is_Numerical:
            zeros += polynomial.real_roots()
    return [zero for zero in zeros if zero.is_real is not False]
