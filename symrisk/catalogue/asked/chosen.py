"""What words on a command line choose to look at: paths, modules, or ids of theorems and
settings.
"""

from collections.abc import Iterable
from dataclasses import replace

from symrisk.catalogue.asked.ids import neither
from symrisk.catalogue.asked.resolve import ids_of, shipped_ids
from symrisk.catalogue.discovery.entry import Survey
from symrisk.catalogue.discovery.look import entries, is_given, survey
from symrisk.catalogue.index import listed
from symrisk.errors import ArgumentError


def chosen(words: Iterable[str] = (), within: Iterable[str] = ()) -> Survey:
    """The Survey of what the words choose, symrisk's own theorems where there are none.

    A word is a path, the dotted name of a module, or else an id: of a setting (all its theorems),
    of a theorem, or of a formula (the theorem that it belongs to); the end of an id will do.
    within: modules whose theorems the words are ids of, in place of symrisk's own.
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
    words, within = tuple(map(str, words)), tuple(map(str, within))
    if within:
        return _within(words, within)
    modules = [word for word in words if is_given(word)]
    found = survey(*modules) if modules or not words else Survey(())
    ids = [word for word in words if word not in modules]
    # By its theorem each is known again, under whatever name it was asked for.
    by_theorem = {id(entry.theorem): entry for entry in found.entries}
    by_theorem = {id(entry.theorem): entry for entry in _shipped(ids)} | by_theorem
    ordered = tuple(sorted(by_theorem.values(), key=lambda entry: entry.id))
    return replace(found, entries=ordered, given=words)


def _within(words, modules):
    """The Survey of modules, and of it what the words are ids of."""
    found, ids = survey(*modules), None
    if not words:
        return replace(found, within=modules)
    ids = ids_of(found.entries)
    wanted = set()
    for word in words:
        wanted |= set(ids.chosen(word))
    entries = tuple(entry for entry in found.entries if entry.id in wanted)
    return replace(found, entries=entries, given=words, within=modules)


def _shipped(words):
    """The entries of symrisk's own theorems that words are ids or settings of."""
    if not words:
        return []
    known, ids = listed(), shipped_ids()
    wanted = dict.fromkeys(_meant_by(words, ids))
    modules = [] if known is None else [m for each in wanted for m in known[each].modules]
    return [entry for entry in entries(*dict.fromkeys(modules)) if entry.id in wanted]


def _meant_by(words, ids):
    for word in words:
        try:
            yield from ids.chosen(word)
        except ArgumentError as error:
            raise neither(word, error) from error
