"""What words on a command line choose to look at: paths, modules, or ids of symrisk's own theorems
and settings.
"""

from collections.abc import Iterable
from dataclasses import replace

from symrisk.catalogue.entry import Survey
from symrisk.catalogue.look import is_given, survey
from symrisk.catalogue.resolve import locate
from symrisk.catalogue.titles import titles
from symrisk.errors import ArgumentError


def chosen(words: Iterable[str] = ()) -> Survey:
    """The Survey of what the words choose, symrisk's own theorems where there are none.

    A word is a path, the dotted name of a module, or else an id: of a setting (all its theorems),
    of a theorem, or of a formula (the theorem that it belongs to); the end of an id will do.
    ArgumentError for a word that is none of these.

    >>> [entry.id for entry in chosen(["mixing"]).entries]
    ['collapse.mixing']
    >>> [entry.id for entry in chosen(["collapse"]).entries]
    ['collapse.mixing']
    >>> chosen(["mxing"])
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: no module or path 'mxing', and no theorem 'mxing'; did you mean collapse.mixing?
    """  # noqa: E501
    words = tuple(map(str, words))
    modules = [word for word in words if is_given(word)]
    found = survey(*modules) if modules or not words else Survey(())
    # By its theorem each is known again, under whatever name it was asked for.
    entries = {id(entry.theorem): entry for entry in found.entries}
    for word in words:
        if word not in modules:
            entries = {id(entry.theorem): entry for entry in _named(word)} | entries
    ordered = tuple(sorted(entries.values(), key=lambda entry: entry.id))
    return replace(found, entries=ordered, given=words)


def _named(word):
    """The entries that an id, or the end of one, or a setting names."""
    of_setting = [identifier for identifier, _ in titles() if identifier.startswith(f"{word}.")]
    try:
        return [locate(identifier).entry for identifier in of_setting or [word]]
    except ArgumentError as error:
        raise ArgumentError(f"no module or path {word!r}, and {error}") from error
