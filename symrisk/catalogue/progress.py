"""Checking one claim, erratum or step at a time, with a progress bar on a terminal."""

import sys
from contextlib import contextmanager

from tqdm import tqdm

from symrisk.catalogue import check, subjects


def amount(entries):
    """How many results there will be."""
    return sum(len(subjects(entry)) for entry in entries)


@contextmanager
def progress(total, unit):
    """A bar on stderr, gone when done; nothing at all where stderr is no terminal."""
    with tqdm(total=total, unit=unit, leave=False, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
        yield bar


def watched(entry):
    """The list of an entry's results, under a bar."""
    with progress(amount([entry]), " claims") as bar:
        found = []
        for result in check(entry):
            found.append(result)
            bar.update()
        return found
