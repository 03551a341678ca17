"""Deciding claims: one method of proof a file, found by looking and tried in turn."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import RLock

from symrisk.decide.defined import refuse_undefined
from symrisk.decide.empty import empty
from symrisk.decide.found import go_first, show_values
from symrisk.decide.found import methods as all_methods
from symrisk.decide.legend import spelled
from symrisk.decide.limits.whole_limit import in_powers
from symrisk.decide.methods.copies import copies
from symrisk.decide.methods.discriminant import discriminant
from symrisk.decide.methods.expansion import expansion
from symrisk.decide.methods.limit import limit
from symrisk.decide.methods.modulo import not_used
from symrisk.decide.methods.positive import positive
from symrisk.decide.methods.refute import refute, refute_simply
from symrisk.decide.methods.sign_table import admits_nothing
from symrisk.decide.methods.sturm import sturm
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import recheck
from symrisk.decide.verdict import EMPTY, Verdict
from symrisk.decide.witnesses.laws import speaks_of_laws
from symrisk.decide.witnesses.witness import has_values
from symrisk.engine.algebra.moments import COMMON
from symrisk.engine.budget import question
from symrisk.engine.unknowns.state import State
from symrisk.errors import ArgumentError, DomainError, NoMethod, NotProved
from symrisk.language.claim import Claim
from symrisk.symbols import is_held

BY_FACTORS = (positive, sturm, discriminant)
_TURN = RLock()
"""Proofs on one region share its cells and the letters of its radicals, which are written down
as they come: one at a time.
"""


def prove(claim: Claim, methods: Sequence[Callable] | None = None) -> Verdict:
    """Decide a claim: a Verdict that is proved, refuted or undecided, with its evidence.

    Each method answers from exact algebra or not at all; the first answer stands, and a proof is
    confirmed by an independent route (`recheck`) before it is given.  Nothing is ever proved by
    sampling.  methods: those that are asked; by default all that are found.  A claim about a limit has methods of its own, `limit` and
    `expansion`, whatever `methods` says: no other looks at what is near a point.

    Raises DomainError for a claim over symbols outside its region.

    Safe to call from any number of threads: proofs take turns, and no global precision, of
    python-flint or of mpmath, is left changed.  While a thread computes in balls it has
    python-flint's precision for itself; code that uses python-flint beside symrisk in another
    thread sees it change (`symrisk.engine.balls.precision`).

    >>> from symrisk import Claim, Region
    >>> from symrisk.symbols import n1, n2, p
    >>> prove(Claim("source samples leave room", n1/(p - n2), "<", 1, on=Region(n1 + n2 < p))).status
    'proved'
    >>> verdict = prove(Claim("half the dimension is enough", n1/(p - n2), "<", "1/2", on=Region(n1 + n2 < p)))
    >>> verdict.status, sorted(map(str, verdict.witness))
    ('refuted', ['n1', 'n2', 'p'])
    """  # noqa: E501
    if not hasattr(type(claim), "parts"):
        raise ArgumentError(f"prove takes a Claim; not {claim!r}")
    with _TURN:
        verdicts = _verdicts(claim, all_methods() if methods is None else methods)
    if all(v.by == EMPTY for v in verdicts):
        raise DomainError(f"{claim.says}: no point satisfies its hypotheses, {claim.region}")
    return (
        verdicts[0]
        if len(verdicts) == 1 and verdicts[0].claim is claim
        else _joined(claim, verdicts)
    )


def _verdicts(claim, methods):
    """A verdict for each part; one for the claim where it can't be written out."""
    try:
        parts = claim.parts
    except NoMethod as error:
        return [Verdict(claim, "undecided", assumes=(str(error),))]
    return [_decide(part, methods) for part in parts]


def _decide(claim, methods):
    """The verdict on a claim without `iff`; what it may cost is bounded
    (`symrisk.engine.budget`).
    """
    with question():
        first = _by_steps(claim, methods, go_first(claim, methods))
        return _decided(claim, methods) if first is None else first


def _by_steps(claim, methods, wanted):
    """The verdict by methods that show themselves that what they prove has values, or by a point
    where the claim fails; None where neither tells.

    Claims about states of recursions are asked so first: that these have values at every step is
    shown by the induction, or not at all.
    """
    if not wanted:
        return None
    problem = Problem(claim)
    try:
        verdict = _first(problem, wanted)
    except NoMethod:
        return None
    if verdict is not None:
        return _confirmed(claim, verdict, problem)
    if refute not in methods or problem.is_limit or not _has_steps(claim):
        return None
    try:
        found = refute(problem)
    except (NoMethod, DomainError):
        found = _at_simple_points(problem)
    # That the sides have values was not shown anywhere: where the claim fails, they must.
    return found if found is None or has_values(claim, found.witness) else None


def _has_steps(claim):
    """Whether a claim is about states of recursions alone; or about sums and powers to a whole
    letter, where nothing but the terms of a sum needs anything to have a value.
    """
    if claim.unknowns:
        return all(isinstance(root, State) for root in claim.unknowns.values())
    needed = [demand.base.free_symbols for demand in claim.demands]
    has_whole = any(symbol.is_integer for symbol in claim.region.symbols)
    return has_whole and all(any(map(is_held, letters)) for letters in needed)


def _at_simple_points(problem):
    """Refuted at a simple point, where the sides can't be written in coordinates; else None."""
    try:
        return refute_simply(problem)
    except NoMethod:
        return None


def _granted(claim):
    """What a proof takes for granted of the claim's implicit names, by their author's word."""
    return [root.granted for root in claim.unknowns.values() if root.granted]


def _decided(claim, methods):
    try:
        return _answered(claim, Problem(claim), methods)
    except NoMethod as error:
        # A power of what may be negative is a letter to an induction.
        verdict = _by_steps(claim, methods, show_values(methods))
        if verdict is not None:
            return verdict
        return Verdict(claim, "undecided", assumes=(_readable(str(error), claim),))


def _answered(claim, problem, methods):
    if problem.is_empty() or admits_nothing(problem.region):
        return _confirmed(claim, empty(problem), problem)
    rests_on = refuse_undefined(problem)
    moved = in_powers(problem) if problem.is_limit else None
    if moved is not None:
        return replace(_decide(moved, methods), claim=claim)
    if problem.is_limit:
        verdict = _of_limit(problem)
        tried = (limit, expansion)
    else:
        tried = methods
        proving = [method for method in tried if method is not refute]
        verdict, problem = _proof(claim, problem, proving)
    if verdict is None and refute in tried:
        verdict = refute(problem)
    if verdict is None:
        without = f"tried and without an answer: {', '.join(method.__name__ for method in tried)}"
        return Verdict(claim, "undecided", assumes=(*not_used(problem), without))
    if verdict.status == "proved":
        rests_on = (*rests_on, *_granted(claim))
    verdict = replace(verdict, assumes=tuple(dict.fromkeys((*verdict.assumes, *rests_on))))
    return _confirmed(claim, verdict, problem)


def _of_limit(problem):
    """The first answer about a limit; NoMethod, with all reasons, where none is given."""
    reasons = []
    for method in (limit, expansion):
        try:
            return method(problem)
        except NoMethod as reason:
            reasons.append(str(reason))
    raise NoMethod("; by expansion: ".join(dict.fromkeys(reasons)))


def _proof(claim, problem, methods):
    """(the first answer that a method gives, or None; the problem in whose letters it is).

    An inequality between means is asked again in letters that are linearly independent, where those
    of known sign do not do; independent copies of a law come last, for their proofs are longer.
    """
    verdict = _first(problem, [method for method in methods if method is not copies])
    if verdict is not None or not speaks_of_laws(problem):
        return verdict, problem
    if problem.independent:
        return _first(problem, [method for method in methods if method is copies]), problem
    for independent in (True, COMMON):
        other = Problem(claim, independent)
        verdict = _first(other, [method for method in methods if method in BY_FACTORS])
        if verdict is not None:
            return verdict, other
    return _first(problem, [method for method in methods if method is copies]), problem


def _readable(reason, claim):
    """A reason in the claim's own words, as far as the claim can be read."""
    try:
        return spelled(reason, lambda: Problem(claim).space.generators)
    except NoMethod:
        return reason


def _first(problem, methods):
    """The first answer that a method gives, or None."""
    return next((v for v in (method(problem) for method in methods) if v is not None), None)


def _confirmed(claim, verdict, problem):
    """A proof that another route confirms; one that it does not is no proof."""
    if verdict.status == "proved":
        try:
            recheck(claim, verdict.certificate, problem)
        except NotProved as error:
            reason = _readable(f"the re-check failed: {error}", claim)
            return Verdict(claim, "undecided", assumes=(reason,))
    return verdict


def _joined(claim, verdicts):
    """An equivalence: proved when all its parts are, refuted when one is."""
    statuses = [v.status for v in verdicts]
    status = (
        "refuted" if "refuted" in statuses else "undecided" if "undecided" in statuses else "proved"
    )
    methods = ", ".join(dict.fromkeys(v.by for v in verdicts if v.by))
    parts = [{"says": str(v.claim.on), "certificate": v.certificate} for v in verdicts]
    failing = next((v for v in verdicts if v.witness), verdicts[0])
    assumes = tuple(dict.fromkeys(reason for v in verdicts for reason in v.assumes))
    certificate = {"parts": parts} if status == "proved" else {}
    return Verdict(claim, status, methods, certificate, failing.witness, assumes, failing.values)
