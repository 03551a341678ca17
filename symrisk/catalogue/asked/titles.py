"""The list of theorems: read from the index where that is of the text that stands there."""

from symrisk import catalogue
from symrisk.catalogue.index import listed


def titles(modules=()) -> list[tuple[str, str]]:
    """(id, title) of every theorem: of symrisk's own, by default, from the index.

    Modules may be named as seen from the current folder.  ArgumentError where there is no theorem,
    DataError for a module that does not import.

    >>> dict(titles())["collapse.mixing"]
    'Mixing real and synthetic labels'
    """
    known = None if modules else listed()
    if known is not None:
        return [(theorem.id, theorem.title) for theorem in known.values()]
    return [(entry.id, entry.theorem.title) for entry in catalogue.entries(*modules)]
