"""Checking a whole survey: a row for each subject, in the catalogue's order, by one process or several."""

from symrisk.catalogue.result import Result
from symrisk.catalogue.rows import PROBLEM, checked, subjects
from symrisk.catalogue.workers.team import decided
from symrisk.errors import ArgumentError

WORTH = 8
"""Subjects for which it is worth to start a process."""


def results(found, jobs: int = 1):
    """Yield a Result for each module of a Survey that does not import, then for whatever there is to check in it.

    jobs: how many processes check at a time; the rows, and their order, are the same for any number.  A small survey is
    checked by fewer.  Other threads, or another system than Linux, make the processes start anew: a script that asks for
    several is then guarded by ``if __name__ == "__main__":``.

    >>> from symrisk.catalogue import survey
    >>> found = survey("symrisk.theorems.collapse")
    >>> [result.status for result in results(found) if result.kind == "claim"] == ["proved"] * 22
    True
    """
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise ArgumentError(f"jobs is a whole number >= 1; not {jobs!r}")
    return _results(found, jobs)


def _results(found, jobs):
    for failure in found.failures:
        yield Result(failure.id, "the module imports", PROBLEM, failure.why, 0.0, "module")
    tasks = [(i, j) for i, entry in enumerate(found.entries) for j in range(len(subjects(entry)))]
    jobs = min(jobs, len(tasks) // WORTH)
    yield from decided(found, tasks, jobs) if jobs > 1 else _serially(found)


def _serially(found):
    for entry in found.entries:
        for checks, subject in subjects(entry):
            yield checked(checks, entry, subject)
