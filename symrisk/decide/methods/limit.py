"""A limit is what the lowest orders say, regime by regime, and 50 digits confirm.

In each regime (see `germ`) the letter that moves is put at its end plus or minus eps, or at 1/eps;
the expression is cancelled over the rationals and its lowest orders in eps are compared: the limit
is 0, a quotient of coefficients, or infinite.  It is compared with what the claim says, exactly.

So read, a limit is confirmed at exact points of its regimes: the expression itself, its roots
solved for, is evaluated to 50 digits ever closer to the point.  What does not come closer there is
not proved.
"""

from fractions import Fraction
from functools import lru_cache
from itertools import islice, pairwise

import sympy
from flint import arb

from symrisk.decide.empty import far
from symrisk.decide.limits import Germ
from symrisk.decide.method import Method
from symrisk.decide.methods.refute import exact_sign, points
from symrisk.decide.verdict import EMPTY, Verdict
from symrisk.decide.witnesses.witness import suits
from symrisk.engine.algebra.rational import to_fmpq
from symrisk.engine.balls.exact import has_pole, rationals, settle
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.program.builder import Builder
from symrisk.errors import NoMethod, NotConverged

DIGITS = 50
NEARER = (50, 100, 200)
"""How close the confirmation comes: 10^-50, 10^-100, 10^-200 from the point (or 10^50, ... where
it is infinite).
"""
POINTS = 24
"""Points over all regimes, at least one and at most three in each."""
DRAWN = 60


def limit(problem):
    """Decide a claim about a limit: proved, refuted, or NoMethod saying why it can't be read off;
    None for other claims.

    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import mu, n1, n2, p
    >>> from symrisk.theorems.transfer.isotropic_ridge import fitted_share
    >>> verdict = prove(Claim("the share tends to one", fitted_share.limit(mu, 0), "==", 1, on=Region(n1 + n2 > p)))
    >>> verdict.status, verdict.assumes
    ('proved', ('lowest orders over the rationals in 4 regimes', 'confirmed to 50 digits at 12 points'))
    """  # noqa: E501
    if not problem.is_limit:
        return None
    germ = Germ(problem)
    _refuse_means(germ)
    regimes = germ.regimes()
    shown = [compared(germ, regime) for regime in regimes]
    if None in shown:
        return _refuted(germ, regimes[shown.index(None)])
    certificate = {
        **_moves(germ),
        "regimes": [{**r.entry(), "shown": s} for r, s in zip(regimes, shown, strict=True)],
    }
    if not regimes:
        where = {"name": str(germ.name), "point": str(germ.point), "side": germ.side}
        return Verdict(germ.claim, "proved", EMPTY, {**far(problem), **where})
    each = max(1, min(3, POINTS // len(regimes)))
    tried = sum(_confirmed(germ, regime, each) for regime in regimes)
    rests_on = (
        f"lowest orders over the rationals in {len(regimes)} regimes",
        f"confirmed to {DIGITS} digits at {tried} points",
    )
    return Verdict(
        germ.claim, "proved", "limit", {**certificate, "rests_on": list(rests_on)}, assumes=rests_on
    )


def _refuse_means(germ):
    """NoMethod where a mean over a law without atoms is spoken of: it is no rational function."""
    polynomials = [root.polynomial for root in germ.roots.values()]
    everything = (germ.inner, germ.claimed, *polynomials)
    means = sorted({mean for expression in everything for mean in expression.atoms(Mean)}, key=str)
    if means:
        raise NoMethod(f"the limit of {means[0]} is not derived for every law; at Atoms it is")


def _moves(germ):
    return {
        "method": "limit",
        "name": str(germ.name),
        "point": str(germ.point),
        "side": germ.side,
        "letter": str(germ.letter),
        "image": str(germ.image),
        "held": sorted(map(str, germ.held)),
    }


def compared(germ, regime):
    """Evidence that the limit in a regime stands to the claimed side as claimed, as certificate
    data; None where it does not.
    """
    if regime.is_infinite or germ.aim.is_infinite:
        gap = _infinity(regime.expression) - _infinity(germ.aim)
        return {"infinite": gap} if stands(gap, germ.rel) else None
    gap = regime.limit - regime.frame.convert(germ.aim)
    if germ.rel == "==":
        return (
            {"identity": True}
            if gap.is_zero() or regime.frame.cell.pull_ratio(gap).is_zero()
            else None
        )
    strict = germ.rel in ("<", ">")
    proof = regime.frame.proof(-gap if germ.rel in ("<", "<=") else gap, strict)
    return None if proof is None else {"gap": proof, "strict": strict}


def _infinity(value):
    return {sympy.oo: 1, -sympy.oo: -1}.get(value, 0)


def stands(sign, rel):
    """Whether `sign rel 0`."""
    return {"<": sign < 0, "<=": sign <= 0, "==": sign == 0, ">=": sign >= 0, ">": sign > 0}[rel]


def places(germ, regime):
    """Exact points of a regime in the names other than x: those that satisfy every hypothesis
    next to x's point.
    """
    for drawn in points(regime.frame.space, regime.frame.cell, DRAWN):
        place = regime.frame.piece.complete(
            {s: v for s, v in drawn.items() if s not in (germ.name, germ.letter)}
        )
        if _lies_inside(germ, {**place, germ.name: nearer(germ, place, NEARER[0])}):
            yield place


def _lies_inside(germ, point):
    """Whether letters have the signs of their meaning, and the hypotheses hold."""
    if not all(suits(symbol, value) for symbol, value in point.items()):
        return False
    try:
        return all(
            stands(
                exact_sign(r.slack, germ.roots, point),
                ">" if r.strict else "==" if r.rel == "==" else ">=",
            )
            for r in germ.region.premises
        )
    except (NotConverged, ArithmeticError):
        return False


def nearer(germ, place, power):
    """x at 10^-power from its point, on its side; at 10^power where the point is infinite."""
    if germ.point.is_infinite:
        return -germ.side * sympy.Integer(10) ** power
    return germ.point.xreplace(place) + germ.side * sympy.Rational(1, sympy.Integer(10) ** power)


def _confirmed(germ, regime, count):
    """The number of points at which the expression itself tends to what was read off; NoMethod
    where it does not.
    """
    tried = list(islice(places(germ, regime), count))
    for place in tried:
        if not tends(germ, place, regime.expression):
            shown = ", ".join(f"{name} = {value}" for name, value in place.items())
            raise NoMethod(
                f"{DIGITS} digits do not confirm the limit {regime.expression} at {shown}"
            )
    if not tried:
        raise NoMethod(
            f"no exact point of a regime was found: the limit {regime.expression} is not confirmed"
        )
    return len(tried)


def tends(germ, place, value):
    """Whether the expression comes geometrically closer to a value, in the end to all digits, as
    x comes closer to its point.
    """
    try:
        seen = [
            digits_at(germ.inner, germ.roots, {**place, germ.name: nearer(germ, place, power)})
            for power in NEARER
        ]
        if value.is_infinite:
            return all(
                late * _infinity(value) > 10**5 * abs(early) for early, late in pairwise(seen)
            )
        aim = digits_at(value, germ.held, place)
    except NotConverged:
        return False
    floor = (1 + abs(aim)) / 10 ** (DIGITS - 5)
    errors = [abs(found - aim) for found in seen]
    return errors[-1] <= floor and all(
        late <= max(early / 10**5, floor) for early, late in pairwise(errors)
    )


def _refuted(germ, regime):
    """Refuted where the limit read off is another one, and is confirmed to be; else NoMethod."""
    for place in places(germ, regime):
        if _fails(germ, regime, place) and tends(germ, place, regime.expression):
            return Verdict(
                germ.claim,
                "refuted",
                "limit",
                witness=place,
                assumes=(f"the limit there is {regime.expression}",),
            )
    raise NoMethod(
        f"the limit is {regime.expression} in a regime: not shown to be {germ.rel} {germ.claimed} "
        f"there"
    )


def _fails(germ, regime, place):
    if regime.is_infinite or germ.aim.is_infinite:
        return True
    try:
        return not stands(exact_sign(regime.expression - germ.aim, germ.held, place), germ.rel)
    except (NotConverged, ArithmeticError):
        return False


def digits_at(expression, roots, point):
    """The expression at an exact point, as a fraction: rational arithmetic, or the middle of a
    ball that holds 50 digits.
    """
    inputs = tuple(sorted(point, key=str))
    program = _compiled(expression, tuple(roots.items()), inputs)
    registers = rationals(program, [to_fmpq(sympy.Rational(point[s])) for s in inputs])
    exact = registers[program.outputs[0]]
    if has_pole(program, registers):
        raise NoMethod(f"{expression} has no value at {point}")
    if exact is None:
        exact = settle(program, registers, program.outputs[0], _middle, 4 * DIGITS + 64)
    return Fraction(int(exact.p), int(exact.q))


@lru_cache(maxsize=64)
def _compiled(expression, roots, inputs):
    return Builder(dict(roots), inputs).program([expression])


def _middle(ball):
    """The middle of a ball whose radius is below 10^-50, absolute or relative; None for a larger
    one.
    """
    is_small = ball.is_finite() and ball.rad() < (1 + abs(ball)) * arb(10) ** -DIGITS
    return ball.mid().fmpq() if is_small else None


METHOD = Method(limit, turn=10)
