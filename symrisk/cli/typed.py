"""What can be seen to be wrong in what was typed by the index alone: it is answered before SymPy is
loaded.

What this lets pass is looked at again by whoever takes it.
"""

import os
import re
import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder

from symrisk.catalogue.asked.ids import Ids, neither
from symrisk.catalogue.index import listed
from symrisk.engine.slips import hint
from symrisk.errors import ArgumentError
from symrisk.language.names.beside import beside
from symrisk.language.names.unknown import no_such_name

IDS = {"eval": ("id",), "phase": ("pooled", "alone"), "simulate": ("id",), "plot": ("id",)}
"""What of a verb's arguments are ids."""
CALLS = ("eval", "phase", "plot")
"""Verbs whose `values` are inputs of these formulas; a simulation has settings of its own."""
LAWS = ("Atoms", "Empirical", "PowerLaw")
CALLED = re.compile(r"([A-Za-z]\w*)\s*(\(.*)?", re.DOTALL)
AS_TYPED = "as its atoms, {0}='3,1/2: 2/5; 1,2: 3/5', or from a file, {0}=@eigenvalues.csv"


def refuse_slips(args) -> None:
    """ArgumentError for an id, an input or a law that is not there."""
    known = None if getattr(args, "modules", None) and args.verb != "check" else listed()
    if known is None or getattr(args, "within", None):
        return
    ids = Ids.listed(known)
    if args.verb == "check":
        _refuse_words(args.modules, ids)
    whole = [ids.meant(getattr(args, name)) for name in IDS.get(args.verb, ())]
    # A word that gives no value is a further formula to draw: it may have other inputs.
    if args.verb in CALLS and all("=" in word for word in args.values):
        _refuse_inputs(args.values, whole, known)


def refuse_call(name: str, text: str) -> None:
    """ArgumentError for a law that is written as Python writes it, or by a name that is none.

    >>> refuse_call("H", "atomz(1, 2)")
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: H: there is no law 'atomz'; did you mean Atoms? A law is written here as its atoms, ...
    """  # noqa: E501
    found = CALLED.fullmatch(text.rpartition("|")[2].strip())
    if found is None:
        return
    here = AS_TYPED.format(name)
    if found[1] in LAWS:
        raise ArgumentError(
            f"{name}: {found[1]}(...) is how Python has it; a law is written here {here}"
        )
    close = hint(found[1], LAWS) or "."
    raise ArgumentError(f"{name}: there is no law {found[1]!r}{close} A law is written here {here}")


def _refuse_words(words, ids):
    """ArgumentError for a word of `check` that is no path, no module and no id."""
    for word in words:
        if not (_may_be_a_path(word) or _may_be_a_module(word)):
            try:
                ids.chosen(word)
            except ArgumentError as error:
                raise neither(word, error) from error


def _may_be_a_path(word):
    return os.path.exists(word) or os.path.sep in word or word.endswith(".py")


def _may_be_a_module(word):
    first = word.partition(".")[0]
    is_loaded = first in sys.modules or first in sys.builtin_module_names
    return is_loaded or PathFinder.find_spec(first, [*sys.path, os.getcwd()]) is not None


def _refuse_inputs(values, identifiers, known):
    """ArgumentError for a name that none of the formulas has, or a law that is none."""
    formulas = [_takes(identifier, known) for identifier in identifiers]
    if None in formulas:
        return
    names = set().union(*(formula["names"] for formula in formulas))
    laws = set().union(*(formula["laws"] for formula in formulas))
    given = [word.partition("=") for word in values]
    titles = [identifier.rpartition(".")[2] for identifier in identifiers]
    for name in sorted(name for name, _, _ in given):
        if name not in beside(names):
            raise _unknown(titles, name, formulas, names)
    for name, _, text in given:
        if name in laws:
            refuse_call(name, text)


def _takes(identifier, known):
    """What the index says that a formula takes; None where the id is of something else."""
    theorem, _, name = identifier.rpartition(".")
    return known[theorem].takes.get(name) if theorem in known else None


def _unknown(titles: list[str], name: str, formulas: list[dict], names: Iterable[str]):
    if len(titles) == 1:
        return no_such_name(titles[0], name, formulas[0]["takes"], names)
    return ArgumentError(f"neither {' nor '.join(titles)} has a name {name!r}{hint(name, names)}")
