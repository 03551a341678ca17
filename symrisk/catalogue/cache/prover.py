"""Which prover it is that decides: hashes of its text and of what it stands on."""

import sys
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

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
    inside = [file for file in _texts(PACKAGE) if file.relative_to(PACKAGE).parts[0] not in OUTSIDE]
    return _hash(PACKAGE, inside)


@lru_cache(maxsize=1)
def whole_text() -> str:
    """A hash of all that checking symrisk's own theorems rests on: their text, their
    derivations', and the prover's.
    """
    beside = PACKAGE.parent / "derivations"
    return _hash(PACKAGE.parent, [*_texts(PACKAGE), *_texts(beside)])


def _texts(folder):
    """Every file below a folder but what Python has compiled, in a fixed order."""
    return sorted(
        file for file in folder.rglob("*") if file.is_file() and file.parent.name != "__pycache__"
    )


def _hash(root, files):
    taken = sha256(f"{sys.version}\0{_beneath()}\0".encode())
    for file in files:
        text = file.read_bytes()
        taken.update(f"{file.relative_to(root).as_posix()}\0{len(text)}\0".encode())
        taken.update(text)
    return taken.hexdigest()


def _beneath():
    return " ".join(f"{name} {_version(name)}" for name in BENEATH)


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
