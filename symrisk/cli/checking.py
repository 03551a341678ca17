"""Checking entries one claim, erratum or step at a time, with a progress bar on a terminal."""

import sys
import time
from contextlib import contextmanager

from tqdm import tqdm

from symrisk.catalogue import Result, check_claim, check_erratum, check_step, subjects
from symrisk.errors import SymriskError

PROBLEM = "error"
KINDS = {check_claim: "claim", check_erratum: "erratum", check_step: "step"}


def results(entries):
    """Yield a Result for each claim, each erratum and each derivation step.

    One that can't even be posed (over an empty region, say) has the status "error" and the reason in `by`: it does not
    hide the others.
    """
    for entry in entries:
        for check, subject in subjects(entry):
            yield _result(check, entry.id, subject, KINDS[check])


def _result(check, identifier, subject, kind):
    start = time.perf_counter()
    try:
        return check(identifier, subject)
    except SymriskError as error:
        return Result(identifier, subject.says, PROBLEM, str(error), time.perf_counter() - start, kind)


def amount(entries):
    """How many results `results` yields."""
    return sum(len(subjects(entry)) for entry in entries)


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
