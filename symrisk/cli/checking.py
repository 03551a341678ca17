"""Checking entries one claim or step at a time, with a progress bar on a terminal."""

import sys
import time
from contextlib import contextmanager

from tqdm import tqdm

from symrisk.catalogue import Result, check_claim, check_step
from symrisk.errors import SymriskError

PROBLEM = "error"


def results(entries):
    """Yield a Result for each claim and each derivation step.

    One that can't even be posed (over an empty region, say) has the status "error" and the reason in `by`: it does not
    hide the others.
    """
    for entry in entries:
        for claim in entry.theorem.claims:
            yield _result(check_claim, entry.id, claim, "claim")
        for step in (step for derivation in entry.derivations for step in derivation.steps):
            yield _result(check_step, entry.id, step, "step")


def _result(check, identifier, subject, kind):
    start = time.perf_counter()
    try:
        return check(identifier, subject)
    except SymriskError as error:
        return Result(identifier, subject.says, PROBLEM, str(error), time.perf_counter() - start, kind)


def amount(entries):
    """How many results `results` yields."""
    return sum(len(e.theorem.claims) + sum(len(d.steps) for d in e.derivations) for e in entries)


@contextmanager
def progress(total, unit):
    """A bar on stderr, gone when done; nothing at all where stderr is no terminal."""
    with tqdm(total=total, unit=unit, leave=False, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
        yield bar


def watched(entries):
    """The list of `results`, under a bar."""
    with progress(amount(entries), " claims") as bar:
        found = []
        for result in results(entries):
            found.append(result)
            bar.update()
        return found
