"""What was decided before, in the user's cache folder: an entry a statement, plain JSON, each of
one prover.

Only what holds is kept: what is refuted or undecided is looked at anew, with its witness and its
reasons.  An entry says of which statement and prover it is, and has a seal over all that it says:
one that is damaged, or stands under another's name, is as if it were not there.
"""

import json
import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

from symrisk.catalogue.cache.folder import cache_folder
from symrisk.catalogue.cache.prover import prover, whole_text
from symrisk.catalogue.checks.result import HOLDS, Result

PROVERS = 4
"""Of how many provers entries are kept: with each change of the text there is another."""
CATALOGUE, PROOF = "catalogue", "proof"
TOLD = {"status": str, "by": str, "seconds": float, "kind": str, "told": dict}
"""What an entry says of a row."""


class Kept:
    """The entries of this prover, read and written; without a folder, there are none."""

    def __init__(self, folder: Path | None):
        self.folder = None if folder is None else folder / "decided" / prover()

    @classmethod
    def of_user(cls):
        """Those in the user's cache folder."""
        return cls(cache_folder())

    def row(self, statement: str, identifier: str, says: str, kind: str) -> Result | None:
        """The Result of a statement that was decided before; None where it was not, or its entry
        is damaged.
        """
        entry = self._read(statement)
        if entry is None or entry.get("kind") != kind:
            return None
        return _row(entry, identifier, says)

    def keep(self, statement: str, result: Result):
        """Write down a Result, if it holds; beside it, where a claim is proved, the proof."""
        if result.status not in HOLDS:
            return
        self._write(statement, _plain(result))
        verdict = result.verdict
        if result.kind == "claim" and verdict is not None:
            said = {"certificate": verdict.certificate, "assumes": list(verdict.assumes)}
            self._write(f"{PROOF}-{statement}", said)

    def proof(self, statement: str) -> tuple[dict, tuple] | None:
        """(certificate, what it assumes) of a claim that was proved before; None where it was not,
        or its entry is damaged.  Nothing says that it proves the claim but a second look at it.
        """
        entry = self._read(f"{PROOF}-{statement}")
        if entry is None or not entry.keys() >= {"certificate", "assumes"}:
            return None
        return entry["certificate"], tuple(entry["assumes"])

    def catalogue(self):
        """(rows, what is not looked at) of the last check of symrisk's own theorems; None where
        any text has changed.
        """
        entry = self._read(f"{CATALOGUE}-{whole_text()}")
        if entry is None or not entry.keys() >= {"rows", "left"}:
            return None
        rows = [_row(row, row["id"], row["claim"]) for row in entry["rows"]]
        return None if None in rows else (rows, entry["left"])

    def keep_catalogue(self, rows, left):
        """Write down a whole check of symrisk's own theorems, if all of it holds."""
        if all(row.status in HOLDS for row in rows):
            written = [{"id": r.id, "claim": r.claim, **_plain(r)} for r in rows]
            self._write(f"{CATALOGUE}-{whole_text()}", {"rows": written, "left": list(left)})

    def _read(self, name):
        if self.folder is None:
            return None
        try:
            entry = json.loads((self.folder / f"{name}.json").read_bytes())
        except (OSError, ValueError, RecursionError):
            # missing, cut off, or no JSON
            return None
        if not isinstance(entry, dict):
            return None
        is_sound = entry.pop("seal", None) == _seal(entry)
        is_own = (entry.get("of"), entry.get("prover")) == (name, prover())
        return entry if is_sound and is_own else None

    def _write(self, name, said):
        if self.folder is None:
            return
        entry = {"of": name, "prover": prover(), **said}
        text = json.dumps({**entry, "seal": _seal(entry)})
        try:
            self._make_folder()
            put(self.folder / f"{name}.json", text)
        except OSError:
            # a full disk, or a folder that is not to be written: what is not kept is decided again
            self.folder = None

    def _make_folder(self):
        if self.folder.is_dir():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        others = sorted(
            self.folder.parent.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True
        )
        for old in others[PROVERS:]:
            shutil.rmtree(old, ignore_errors=True)


def _plain(result):
    return {
        "kind": result.kind,
        "status": result.status,
        "by": result.by,
        "seconds": result.seconds,
        "told": result.witness,
    }


def _row(entry, identifier, says):
    """The Result that an entry tells; None where it tells none."""
    for name, kind in TOLD.items():
        if not isinstance(entry.get(name), kind):
            return None
    if entry["status"] not in HOLDS:
        return None
    said = {name: entry[name] for name in TOLD}
    return Result(identifier, says, **said, is_kept=True)


def _seal(entry):
    return sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()


def put(file: Path, text: str) -> None:
    """Write a file: it is there whole or not at all, whoever else writes it."""
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
