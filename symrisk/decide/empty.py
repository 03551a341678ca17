"""A region is empty when one of its hypotheses fails wherever some of the others hold.

That is a claim like any other, on the region that those others describe: proved by signs, and
re-checked as such.  Which hypotheses contradict each other is guessed from points: those of which
no point drawn satisfies all.
"""

import copy
import random
from itertools import combinations

import sympy

from symrisk.decide.methods.positive import positive
from symrisk.decide.methods.sign_table import sign_table
from symrisk.decide.methods.sturm import sturm
from symrisk.decide.problem import Problem
from symrisk.decide.recheck.arithmetic import exact, over
from symrisk.decide.recheck.empty import negation
from symrisk.decide.recheck.limits.far import failing_near
from symrisk.decide.verdict import EMPTY, Verdict
from symrisk.errors import ArgumentError, DomainError, NoMethod

OPPOSITES = ("<=", "<", ">=", ">")
DRAWN = 60
SMALL = 3
"""Hypotheses that are looked at together, before all of them are."""
FOUND, MOST_KEPT = {}, 512
"""What contradicts what in regions that were looked at: the cases of one definition are met
again and again.
"""


def empty(problem):
    """Proved, of nothing, where the region is derived to be empty; NoMethod where no
    contradiction is found to show for it.
    """
    claim = problem.claim
    name = (
        tuple((r.slack, r.rel) for r in claim.region.premises),
        tuple(claim.unknowns.items()),
    )
    if name not in FOUND:
        if len(FOUND) >= MOST_KEPT:
            FOUND.clear()
        FOUND[name] = _contradiction(claim)
    if FOUND[name] is None:
        raise NoMethod(
            f"the hypotheses {claim.region} seem to leave no point, and no contradiction between "
            f"them is shown"
        )
    certificate = {"method": "empty", "region": str(claim.region), **copy.deepcopy(FOUND[name])}
    return Verdict(claim, "proved", EMPTY, certificate)


def far(problem):
    """Certificate data that one hypothesis fails close to a limit's point; NoMethod where none
    is shown to.
    """
    premises = problem.claim.region.premises
    for size in range(SMALL):
        for fails in reversed(range(len(premises))):
            others = [place for place in range(len(premises)) if place != fails]
            for given in combinations(others, size):
                for rel in ("<", ">"):
                    proof = _shown(failing_near(problem, fails, given, rel))
                    if proof is not None:
                        return {
                            "method": "far",
                            "fails": fails,
                            "given": list(given),
                            "rel": rel,
                            "certificate": proof,
                        }
    raise NoMethod(
        f"no point of {problem.claim.region} seems to come close to the limit's point, "
        "and no hypothesis is shown to fail there"
    )


def _contradiction(claim):
    """Which hypothesis fails where which others hold, how, and a certificate of that; None where
    none is found.
    """
    for conflict in _conflicts(claim.region.premises):
        for fails in reversed(conflict):
            given = [place for place in conflict if place != fails]
            for rel in OPPOSITES:
                proof = _proof(claim, fails, given, rel)
                if proof is not None:
                    return {"fails": fails, "given": given, "rel": rel, "certificate": proof}
    return None


def _proof(claim, fails, given, rel):
    """A certificate that one hypothesis fails where the given ones hold, or None."""
    try:
        return _shown(negation(claim, fails, given, rel))
    except ArgumentError:
        return None


def _shown(opposite):
    """A certificate of a claim by signs, on a region that has points; or None."""
    try:
        problem = None if opposite is None else Problem(opposite)
        if problem is None or problem.is_empty():
            return None
        verdicts = (method(problem) for method in (positive, sturm, sign_table))
        proofs = (
            verdict.certificate
            for verdict in verdicts
            if verdict is not None and verdict.status == "proved"
        )
        return next(proofs, None)
    except (NoMethod, DomainError):
        return None


def _conflicts(premises):
    """Places of hypotheses that no point drawn satisfies together: few at a time, and in the end
    all.
    """
    slacks = [(relation.slack, relation.rel) for relation in premises]
    satisfied = [[_holds(slack, rel, point) for slack, rel in slacks] for point in _points(slacks)]
    for size in range(1, min(SMALL, len(premises)) + 1):
        for places in combinations(range(len(premises)), size):
            if not any(all(row[place] for place in places) for row in satisfied):
                yield places
    if len(premises) > SMALL:
        yield tuple(range(len(premises)))


def _holds(slack, rel, point):
    """Whether a hypothesis is seen to hold: it is no matter of rational numbers where roots are
    spoken of.
    """
    try:
        value = over(slack, point)
    except (NoMethod, ZeroDivisionError):
        return False
    return value == 0 if rel == "==" else value > 0 if rel in ("<", ">") else value >= 0


def _points(slacks):
    """Points of all sizes, the same ones every time."""
    draw = random.Random(0)
    symbols = sorted(set().union(*(slack.free_symbols for slack, _ in slacks)), key=str)
    for _ in range(DRAWN):
        yield {s: _drawn(draw, s) for s in symbols}


def _drawn(draw, symbol):
    if symbol.is_integer:
        return exact(draw.randint(0, 6))
    size = draw.choice((sympy.Rational(1, 10), 1, 10)) * sympy.Rational(draw.randint(1, 97), 31)
    return exact(size if symbol.is_nonnegative else size * draw.choice((1, -1)))
