"""Checking a whole survey: a row for each subject, in the catalogue's order, by one process or
several.
"""

from symrisk.catalogue.cache.kept import Kept
from symrisk.catalogue.cache.statement import Statements
from symrisk.catalogue.checks.result import PROBLEM, Result
from symrisk.catalogue.checks.rows import KINDS, checked
from symrisk.catalogue.workers.team import decided
from symrisk.catalogue.workers.worker import subject_of, tasks_of
from symrisk.errors import ArgumentError

WORTH = 8
"""Subjects for which it is worth to start a process."""


def results(
    found, jobs: int = 1, kept: Kept | None = None, tasks: list[tuple[int, int]] | None = None
):
    """Yield a Result for each module of a Survey that does not import, then for whatever there is
    to check in it.

    jobs: how many processes check at a time; the rows, and their order, are the same for any
    number.  A small survey is checked by fewer.  Other threads, or another system than Linux, make
    the processes start anew: a script that asks for several is then guarded by ``if __name__ ==
    "__main__":``.  kept: what was decided before is read from there, and what is decided now is
    written down.  tasks: pairs of numbers, (entry, subject), of what is to be checked, in order;
    by default all (`Wanted` chooses some).

    >>> from symrisk.catalogue import survey
    >>> found = survey("symrisk.theorems.collapse")
    >>> [result.status for result in results(found) if result.kind == "claim"] == ["proved"] * 22
    True
    """
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise ArgumentError(f"jobs is a whole number >= 1; not {jobs!r}")
    tasks = tasks_of(found) if tasks is None else tasks
    return _results(found, jobs, Kept(None) if kept is None else kept, tasks)


def _results(found, jobs, kept, tasks):
    for failure in found.failures:
        yield Result(failure.id, "the module imports", PROBLEM, failure.why, 0.0, "module")
    names = {} if kept.folder is None else _names(found, tasks)
    known = {
        task: row
        for task, name in names.items()
        if (row := _known(found, task, name, kept)) is not None
    }
    fresh = _decided(found, [task for task in tasks if task not in known], jobs)
    for task in tasks:
        if task in known:
            yield known[task]
            continue
        result = next(fresh)
        if task in names:
            kept.keep(names[task], result)
        yield result


def _names(found, tasks):
    """{task: hash of what it asks} as far as there is one."""
    hashes = Statements()
    names = {task: hashes.of(subject_of(found, task)[2]) for task in tasks}
    return {task: name for task, name in names.items() if name is not None}


def _known(found, task, name, kept):
    entry, checks, subject = subject_of(found, task)
    return kept.row(name, entry.id, subject.says, KINDS[checks])


def _decided(found, tasks, jobs):
    """The Results of tasks, in their order."""
    jobs = min(jobs, len(tasks) // WORTH)
    return decided(found, tasks, jobs) if jobs > 1 else _serially(found, tasks)


def _serially(found, tasks):
    for task in tasks:
        entry, checks, subject = subject_of(found, task)
        yield checked(checks, entry, subject)
