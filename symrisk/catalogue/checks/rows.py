"""Checking an entry: a row for each claim, erratum and derivation step, whatever deciding one of
them raises.
"""

import time
from itertools import chain

from symrisk.catalogue.checks.result import PROBLEM, Result
from symrisk.catalogue.discovery.imports import importing
from symrisk.decide import prove
from symrisk.errors import SymriskError

LONGEST = 400
"""Letters of a message that a row shows: an exception may quote a whole polynomial."""


def subjects(entry):
    """What there is to check in an entry, in reading order: pairs of a function that checks and
    what it takes.
    """
    steps = chain.from_iterable(derivation.steps for derivation in entry.derivations)
    return [
        *((check_claim, claim) for claim in entry.theorem.claims),
        *((check_erratum, erratum) for erratum in entry.theorem.errata),
        *((check_step, step) for step in steps),
    ]


def check(entry):
    """Yield a Result for each claim of an entry, then for each of its errata and each step of
    its derivations.
    """
    for checks, subject in subjects(entry):
        yield checked(checks, entry, subject)


def checked(checks, entry, subject):
    """The Result of one check; one that raises has the status "error" and says what in `by`: it
    does not hide the others.
    """
    start = time.perf_counter()
    try:
        with importing(entry.place):
            return checks(entry.id, subject)
    except (Exception, SystemExit) as error:
        # no bound on what a claim's author or a library beneath may raise; only an interrupt ends
        # the whole check
        return Result(
            entry.id, subject.says, PROBLEM, why(error), time.perf_counter() - start, KINDS[checks]
        )


def why(error):
    """What an exception says, on one line: symrisk's own errors in their words, any other with
    its type.
    """
    try:
        words = str(error)
    except Exception:
        words = "it has no message"
    if isinstance(error, SymriskError):
        return words
    told = f"{type(error).__name__}: {' '.join(words.split())}".rstrip(": ")
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


def check_claim(identifier, claim):
    """The Result of proving one claim."""
    start = time.perf_counter()
    verdict = prove(claim)
    return Result(
        identifier,
        claim.says,
        verdict.status,
        verdict.by,
        time.perf_counter() - start,
        "claim",
        verdict,
    )


def check_erratum(identifier, erratum):
    """The Result of checking an erratum: "corrected" where the published claim is refuted and the
    right one proved.

    Its verdict is the one that tells most: what refutes the published claim, or what is amiss with
    the right one.
    """
    start = time.perf_counter()
    found = erratum.check()
    by = f"{found.outcome} by {found.right.by}" if found.holds else found.outcome
    return Result(
        identifier,
        erratum.says,
        found.status,
        by,
        time.perf_counter() - start,
        "erratum",
        found.published if found.holds else found.right,
    )


def check_step(identifier, step):
    """The Result of checking one derivation step; its status is the verdict's, or the step's
    label where it holds.
    """
    start = time.perf_counter()
    result = step.check()
    status = (
        result.outcome if result.verdict is not None else step.label if result.holds else "refuted"
    )
    by = result.verdict.by if result.verdict is not None else result.outcome
    return Result(
        identifier, step.says, status, by, time.perf_counter() - start, "step", result.verdict
    )


KINDS = {check_claim: "claim", check_erratum: "erratum", check_step: "step"}
