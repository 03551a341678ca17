"""No point of a region comes close to a limit's point: one of the hypotheses fails there, by a
certificate of that.

Close to the point a hypothesis has the sign of its lowest coefficient.
"""

import sympy

from symrisk.decide.recheck.empty import are_places
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NotProved
from symrisk.language.claim import Claim
from symrisk.language.region import Region

EPS = sympy.Symbol("eps", positive=True)


def failing_near(problem, fails, given, rel):
    """The claim that a hypothesis fails close to the point wherever `given` ones, free of the name,
    hold; or None.

    rel: the sign of its lowest coefficient; an equation fails with either.
    """
    claim, premises = problem.claim, problem.claim.region.premises
    node = next((side for side in problem.sides if isinstance(side, LimitOf)), None)
    if node is None or not are_places(fails, given, len(premises)):
        return None
    failing = premises[fails].written_out()
    known = [premises[place].written_out() for place in given]
    spoken = [failing.lhs, *(relation.lhs for relation in known)]
    roots = rested_on(claim.unknowns, spoken)
    _, name, point, side = node.args
    moves = any(part.has(name) for root in roots.values() for part in root.equations) or any(
        r.lhs.has(name) for r in known
    )
    if (
        moves
        or not failing.lhs.has(name)
        or rel not in (("<", ">") if failing.rel == "==" else ("<",))
    ):
        return None
    near = -side / EPS if point.is_infinite else point + side * EPS
    coefficient = _lowest(failing.lhs.xreplace({name: near}))
    if coefficient is None:
        return None
    return Claim(
        f"{claim.says}: not {premises[fails]} close to {point}",
        coefficient,
        rel,
        0,
        on=Region(*known, over=sorted(coefficient.free_symbols - roots.keys(), key=str)),
        roots=roots,
    )


def _lowest(expression):
    """The coefficient of the lowest power of eps; None where that is no matter of rational
    functions.
    """
    if not expression.is_rational_function(EPS):
        return None
    parts = [
        sympy.Poly(part, EPS).all_coeffs() for part in sympy.fraction(sympy.together(expression))
    ]
    # A coefficient that cancels is no lowest one; what is left of it may be the next.
    tops, bottoms = ([c for c in map(sympy.expand, reversed(part)) if c != 0] for part in parts)
    return sympy.factor(tops[0] / bottoms[0]) if tops else None


def check_far(problem, certificate):
    """NotProved where no hypothesis is shown to fail close to the point; else what that rests on:
    the claim that it fails there, and a certificate of that.
    """
    says = problem.claim.says
    node = next((side for side in problem.sides if isinstance(side, LimitOf)), None)
    if node is None or [certificate["name"], certificate["point"], certificate["side"]] != [
        str(node.args[1]),
        str(node.args[2]),
        int(node.args[3]),
    ]:
        raise NotProved(
            f"{says}: it is not {certificate['name']} near {certificate['point']} that is claimed"
        )
    opposite = failing_near(problem, certificate["fails"], certificate["given"], certificate["rel"])
    if opposite is None or certificate["certificate"].get("method") not in ("positive", "sturm"):
        raise NotProved(f"{says}: no hypothesis of its region is shown to fail close to the point")
    return [(opposite, certificate["certificate"])]
