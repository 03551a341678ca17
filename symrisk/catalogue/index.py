"""The index of symrisk's own theorems: what there is, read from a file, without importing any of
it.

It is written with the package by `symrisk.catalogue.describe`, and says of which text it is the
index: where a theorem was changed since, there is none, and whoever asks looks at the theorems
themselves.
"""

import json
import os
from collections import namedtuple
from functools import lru_cache
from zlib import crc32

from symrisk import derivations
from symrisk.catalogue.discovery.files import files_below

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(HERE, "index.json")
PACKAGE = os.path.dirname(HERE)
DERIVATION = "derivations."


FIELDS = "id title states modules formulas inputs papers derivations takes authors"


class Listed(namedtuple("Listed", FIELDS)):
    """What the index says of a theorem.

    id, title, states: as the theorem has them.  modules: those to import for its entry, its own and
    those that hold its derivations.  formulas: name -> (meaning, names of the inputs).
    inputs: name -> meaning, of all that its formulas take.  papers: the works that it cites, a line
    each.  derivations: their ids.  takes: name of a formula -> {"takes": its inputs in words,
    "names": all that a call of it may give, "laws": those of them that are laws}.
    authors: who wrote the works that it cites.
    """

    # No dataclass: what makes those weighs more than the list of theorems does.
    __slots__ = ()
    id: str
    title: str
    states: str
    modules: tuple[str, ...]
    formulas: dict[str, tuple[str, tuple[str, ...]]]
    inputs: dict[str, str]
    papers: tuple[str, ...]
    derivations: tuple[str, ...]
    takes: dict[str, dict]
    authors: tuple[str, ...]


def listed() -> "dict[str, Listed] | None":
    """id -> what is listed of a theorem, in order of ids; None where the file is not of the text
    that stands there.

    >>> found = listed()["transfer.concept_shift"]
    >>> found.formulas["ssr_threshold"]
    ('shift-to-signal ratio up to which pooling helps', ('n1', 'n2', 'p', 'snr'))
    """
    try:
        with open(FILE, encoding="utf-8") as stream:
            written = json.load(stream)
    except (OSError, ValueError):
        return None
    is_of_this_text = isinstance(written, dict) and written.get("of") == fingerprint()
    return listed_of(written) if is_of_this_text else None


def theorem_modules() -> list[str]:
    """The modules that state symrisk's own theorems, in order of ids.

    They are read from the index whatever text it is of: a list to choose from is no answer to rest
    on.

    >>> theorem_modules()[0]
    'symrisk.theorems.collapse.mixing'
    """
    with open(FILE, encoding="utf-8") as stream:
        known = listed_of(json.load(stream))
    return list(dict.fromkeys(theorem.modules[0] for theorem in known.values()))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A checksum of the files that theorems and derivations are written in, with their names.

    It tells a list that is out of date, and proves nothing: a cryptographic hash takes longer to
    load than the list to print.
    """
    checksum, size = 0, 0
    for name, path in sorted(_files()):
        with open(path, "rb") as stream:
            content = stream.read()
        # The length says where a text ends: no two lists of files read alike.
        checksum = crc32(f"{name}\0{len(content)}\0".encode(), checksum)
        checksum = crc32(content, checksum)
        size += len(content)
    return f"{checksum:08x}-{size}"


def _files():
    """(setting/stem, file) of every theorem and derivation, wherever derivations are kept."""
    (shipped,) = derivations.__path__
    folders = ((os.path.join(PACKAGE, "theorems"), "theorems"), (shipped, "derivations"))
    for folder, kind in folders:
        for name, file in files_below(folder):
            # The shipped folder has a file of its own above the settings, the repository's has
            # none.
            if name.endswith(".py") and "/" in name:
                yield f"{kind}/{name}", file


def listed_of(written: dict) -> "dict[str, Listed]":
    """The index's plain data as id -> Listed."""
    found = {}
    for identifier, entry in sorted(written["theorems"].items()):
        formulas = {
            name: (formula["meaning"], tuple(formula["inputs"]))
            for name, formula in entry["formulas"].items()
        }
        found[identifier] = Listed(
            identifier,
            entry["title"],
            entry["states"],
            tuple(entry["modules"]),
            formulas,
            entry["inputs"],
            tuple(entry["papers"]),
            tuple(entry["derivations"]),
            entry["formulas"],
            tuple(entry["authors"]),
        )
    return found
