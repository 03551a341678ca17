"""Means over a law that is still a letter, as the name that their integrand speaks of comes to a
point.

A mean's limit is the mean of its integrand's where the integrand, over a power of the distance d
from the point, is monotone in d at every eigenvalue: by monotone convergence, for every law over
which the mean has a value at all.
"""

from dataclasses import dataclass, replace

import sympy

from symrisk.decide.expansions.shown import certificate_of
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NoMethod

DISTANCE = sympy.Symbol("distance", positive=True)
"""How far the name is from its point; one over it where the point is infinite."""
ZERO = sympy.Integer(0)


@dataclass(frozen=True)
class Swept:
    """A mean that is DISTANCE^order (limit + what tends to 0); data: why, as certificate data.

    unknown: why no more is known of it, where that is so.
    """

    mean: Mean
    order: int
    limit: sympy.Expr
    data: dict
    unknown: str = ""


def swept(case, mean) -> Swept:
    """What a mean begins with in a case; NoMethod where it is not shown to.

    Where the mean of what its integrand begins with may be infinite, that it is small compared
    with the next larger power of the distance may be enough.
    """
    _check(mean)
    whole = mean.integrand.xreplace({case.reading.name: _moved(case.reading)})
    order = _order(whole)
    try:
        return _swept(case, mean, whole, order)
    except NoMethod as reason:
        try:
            return replace(_swept(case, mean, whole, order - 1), unknown=str(reason))
        except NoMethod:
            raise reason from None


def _swept(case, mean, whole, order):
    reading, variable = case.reading, mean.variables[0]
    scaled = sympy.cancel(whole / DISTANCE**order)
    top, bottom = sympy.fraction(scaled)
    first = sympy.cancel(scaled.xreplace({DISTANCE: ZERO}))
    inside = sympy.Symbol(f"at_{variable}", nonnegative=True)
    above = sympy.Symbol(f"at_{variable}", positive=True)
    slope = sympy.expand(top.diff(DISTANCE) * bottom - top * bottom.diff(DISTANCE))
    proofs = {
        "bottom": _signed(case, mean, bottom.xreplace({variable: inside})),
        "slope": _monotone(case, mean, slope.xreplace({variable: inside})),
        "first": _signed(case, mean, bottom.xreplace({DISTANCE: ZERO, variable: above})),
    }
    limit = Mean(first, mean.law)
    if not _agrees_at_zero(scaled, first, variable) and not _keeps_off_zero(reading, mean.law):
        raise NoMethod(
            f"{mean}: at an eigenvalue 0 its integrand tends to something else than {first}: say "
            "that the law has none there, by a mean in the hypotheses that would be infinite"
        )
    if first.has(variable) and limit not in _still_means(reading):
        if proofs["slope"]["rel"] == "<=":
            raise NoMethod(f"{mean} grows to {limit}, which may be infinite: speak of it")
        proofs["floor"] = _floor(case, mean, first.xreplace({variable: above}))
    return Swept(mean, order, limit, {"mean": str(mean), "order": order, **proofs})


def _check(mean):
    """NoMethod where a mean is not of a quotient in one eigenvalue."""
    if len(mean.variables) != 1 or not mean.variables[0].is_nonnegative:
        raise NoMethod(f"the limit of {mean} is not derived: it is over no single eigenvalue")
    if not mean.integrand.is_rational_function() or mean.integrand.has(Mean):
        raise NoMethod(f"the limit of {mean} is not derived: its integrand is no quotient")


def _moved(reading):
    if reading.point.is_infinite:
        return -reading.side / DISTANCE
    return reading.point + reading.side * DISTANCE


def _order(expression):
    """The power of the distance that an expression begins with."""
    powers = []
    for part in sympy.fraction(sympy.cancel(sympy.together(expression))):
        powers.append(min(monomial[0] for monomial in sympy.Poly(part, DISTANCE).monoms()))
    return powers[0] - powers[1]


def _signed(case, mean, expression):
    """Which strict sign an expression has, with a certificate."""
    for rel in (">", "<"):
        proof = certificate_of(case.claim(expression, rel, ZERO))
        if proof is not None:
            return {"rel": rel, "certificate": proof}
    raise NoMethod(f"the limit of {mean} is not derived: the sign of {expression} is not shown")


def _monotone(case, mean, slope):
    """Which way an integrand moves with the distance, with a certificate."""
    for rel in (">=", "<="):
        proof = certificate_of(case.claim(slope, rel, ZERO))
        if proof is not None:
            return {"rel": rel, "certificate": proof}
    raise NoMethod(f"the limit of {mean} is not derived: its integrand is not shown to be monotone")


def _floor(case, mean, first):
    """That what an integrand falls to is not negative, so that its mean is finite."""
    top, bottom = sympy.fraction(first)
    proof = certificate_of(case.claim(top * bottom, ">=", ZERO))
    if proof is None:
        raise NoMethod(f"{mean} falls to a mean that may be infinite: speak of it")
    return {"rel": ">=", "certificate": proof}


def _agrees_at_zero(scaled, first, variable):
    """Whether at the eigenvalue 0 the integrand tends to what it does everywhere else."""
    if variable.is_positive:
        return True
    top, bottom = (part.xreplace({variable: ZERO}) for part in sympy.fraction(first))
    if sympy.expand(bottom) == 0:
        return False
    left, right = (part.xreplace({variable: ZERO}) for part in sympy.fraction(scaled))
    if sympy.expand(right) == 0:
        return False
    if sympy.expand(left) == 0 or _order(left / right) > 0:
        return sympy.expand(top) == 0
    if _order(left / right) < 0:
        return False
    there = sympy.cancel(left / right).xreplace({DISTANCE: ZERO})
    return sympy.cancel(there - top / bottom) == 0


def _still_means(reading):
    """The means that do not move: a claim about them has a value only where they have one."""
    spoken = [reading.claimed, reading.inner, *(slack for slack, _ in reading.premises)]
    means = set().union(*(sympy.sympify(e).atoms(Mean) for e in spoken))
    return {mean for mean in means if not mean.has(reading.name)}


def _keeps_off_zero(reading, law):
    """Whether a mean that is spoken of would be infinite if the law had mass at zero."""
    for mean in _still_means(reading):
        if mean.law == law and len(mean.variables) == 1 and mean.integrand.is_rational_function():
            bottom = sympy.fraction(sympy.cancel(mean.integrand))[1]
            if sympy.expand(bottom.xreplace({mean.variables[0]: ZERO})) == 0:
                return mean.variables[0].is_nonnegative
    return False
