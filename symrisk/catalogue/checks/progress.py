"""Checking one claim, erratum or step at a time, with a progress bar on a terminal."""

import sys
from contextlib import contextmanager

from tqdm import tqdm

from symrisk import catalogue


def amount(entries):
    """How many results there will be."""
    return sum(len(catalogue.subjects(entry)) for entry in entries)


class Bar(tqdm):
    """A bar without a thread of its own: a process that is to be copied has only one."""

    monitor_interval = 0


@contextmanager
def progress(total, unit):
    """A bar on stderr, gone when done; nothing at all where stderr is no terminal."""
    hidden = not sys.stderr.isatty()
    with Bar(
        total=total, unit=unit, leave=False, miniters=1, file=sys.stderr, disable=hidden
    ) as bar:
        yield bar


@contextmanager
def watched(entry, decided):
    """The results of an entry as they come, under a bar."""
    with progress(amount([entry]), " claims") as bar:
        yield _counted(decided.rows(entry), bar)


def _counted(results, bar):
    for result in results:
        bar.update()
        yield result
