"""Which prover it is that decides: hashes of its text and of what it stands on."""

import sys
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from symrisk.catalogue.cache.text import fingerprint
from symrisk.catalogue.discovery.files import files_below

PACKAGE = Path(__file__).parent.parent.parent
OUTSIDE = ("theorems", "derivations", "plot", "show", "cli")
"""Rooms that have no part in deciding a claim that is given: those that state it, and those that
show it.
"""
ROOMS = frozenset(path.stem for path in PACKAGE.iterdir() if path.stem not in OUTSIDE)
"""The rooms whose text is the prover's: what their classes and functions do, its hash knows."""
BENEATH = ("sympy", "mpmath", "python-flint", "numpy")


@lru_cache(maxsize=1)
def prover() -> str:
    """A hash of all that decides a claim: symrisk's text but for its theorems and what shows them,
    and what it stands on.

    It is of the files as they are when it is first asked for.
    """
    inside = [
        (name, file) for name, file in files_below(PACKAGE) if name.partition("/")[0] not in OUTSIDE
    ]
    return fingerprint(inside, _beneath())


@lru_cache(maxsize=1)
def whole_text() -> str:
    """A hash of all that checking symrisk's own theorems rests on: their text, their
    derivations', and the prover's.
    """
    beside = PACKAGE.parent / "derivations"
    files = []
    for folder in (PACKAGE, beside):
        files += [(f"{folder.name}/{name}", file) for name, file in files_below(folder)]
    return fingerprint(files, _beneath())


def _beneath():
    versions = [f"{name} {_version(name)}" for name in BENEATH]
    return "\0".join([sys.version, *versions])


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
