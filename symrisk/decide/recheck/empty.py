"""An empty region again: one of its hypotheses fails wherever some of the others hold, by a
certificate of that.
"""

from symrisk.decide.recheck.points import scattered
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NotProved
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import NEGATED

TRIES = 12


def negation(claim, fails, given, rel):
    """The claim that one hypothesis of a claim's region fails wherever `given` ones hold; None
    where there is none such.

    fails, given: places among the region's premises.  rel: how it fails; of an equation there are
    two ways.
    """
    premises = claim.region.premises
    if not are_places(fails, given, len(premises)):
        return None
    failing = premises[fails].written_out()
    ways = ("<", ">") if failing.rel == "==" else (NEGATED[failing.rel],)
    if rel not in ways:
        return None
    known = [premises[place].written_out() for place in given]
    spoken = [failing.lhs, *(relation.lhs for relation in known)]
    roots = rested_on(claim.unknowns, spoken)
    parts = [failing.lhs, *(part for root in roots.values() for part in root.equations)]
    over = [s for s in claim.region.symbols if any(part.has(s) for part in parts)]
    return Claim(
        f"{claim.says}: not {premises[fails]}",
        failing.lhs,
        rel,
        failing.rhs,
        on=Region(*known, over=over),
        roots=roots,
    )


def are_places(fails, given, count):
    """Whether numbers name a hypothesis out of so many, and others, each once and in order."""
    return (
        sorted({*given}) == [*given]
        and fails not in given
        and all(0 <= place < count for place in (fails, *given))
    )


def check_empty(problem, certificate):
    """NotProved where no hypothesis is shown to fail, or a point of the region is found; else what
    that rests on: the claim that it fails, and a certificate of that.
    """
    says, claim = problem.claim.says, problem.claim
    if certificate["region"] != str(claim.region):
        raise NotProved(f"{says}: it is not {certificate['region']} that is said to be empty")
    opposite = negation(claim, certificate["fails"], certificate["given"], certificate["rel"])
    if opposite is None or certificate["certificate"].get("method") not in (
        "positive",
        "sturm",
        "sign_table",
    ):
        raise NotProved(f"{says}: no hypothesis of its region is shown to fail")
    if any(True for _ in scattered(problem, TRIES)):
        raise NotProved(f"{says}: its region is not empty")
    return [(opposite, certificate["certificate"])]
