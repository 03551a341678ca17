"""The index of symrisk's own theorems: what there is, read from a file, without importing any of
it.

It is written with the package by `symrisk.catalogue.describe`, and says of which text it is the
index: where a theorem was changed since, there is none, and whoever asks looks at the theorems
themselves.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from symrisk import derivations

FILE = Path(__file__).with_name("index.json")
PACKAGE = Path(__file__).parent.parent
DERIVATION = "derivations."


@dataclass(frozen=True)
class Listed:
    """What the index says of a theorem.

    id, title, states: as the theorem has them.  modules: those to import for its entry, its own and
    those that hold its derivations.  formulas: name -> (meaning, names of the inputs).
    derivations: their ids.
    """

    id: str
    title: str
    states: str
    modules: tuple[str, ...]
    formulas: dict[str, tuple[str, tuple[str, ...]]]
    derivations: tuple[str, ...]


def listed() -> "dict[str, Listed] | None":
    """id -> what is listed of a theorem, in order of ids; None where the file is not of the text
    that stands there.

    >>> found = listed()["transfer.concept_shift"]
    >>> found.formulas["ssr_threshold"]
    ('shift-to-signal ratio up to which pooling helps', ('n1', 'n2', 'p', 'snr'))
    """
    try:
        written = json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_of_this_text = isinstance(written, dict) and written.get("of") == fingerprint()
    return _listed(written) if is_of_this_text else None


def listed_at(identifier: str, known: "dict[str, Listed]") -> "Listed | None":
    """The theorem that an id names, or one of whose formulas or derivations it names; None where
    there is none.

    >>> listed_at("transfer.concept_shift.pooled_risk", listed()).id
    'transfer.concept_shift'
    """
    bare = identifier.removeprefix(DERIVATION)
    for candidate in (bare, bare.rpartition(".")[0]):
        if candidate in known:
            return known[candidate]
    return None


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of the files that theorems and derivations are written in, with their names."""
    taken = sha256()
    for name, file in sorted(_files()):
        taken.update(f"{name}\0".encode())
        taken.update(file.read_bytes())
    return taken.hexdigest()


def _files():
    """(setting/stem, file) of every theorem and derivation, wherever derivations are kept."""
    shipped = Path(derivations.__path__[0])
    for folder, kind in ((PACKAGE / "theorems", "theorems"), (shipped, "derivations")):
        for file in folder.rglob("*.py"):
            # The shipped folder has a file of its own above the settings, the repository's has
            # none.
            if file.parent != folder:
                yield f"{kind}/{file.relative_to(folder).as_posix()}", file


def _listed(written):
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
            tuple(entry["derivations"]),
        )
    return found
