"""What held when it was last checked, by the file it stands in: `symrisk check --failed` leaves it
out.

It is a list of sentences, of no proofs: whoever asks for what failed last time looks at nothing
else, and what was changed since is for a whole check to find.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from symrisk.catalogue.cache.folder import VARIABLE, cache_folder
from symrisk.catalogue.cache.kept import put
from symrisk.errors import ArgumentError, DataError

FILE = "last.json"
HELD = "held"


class Last:
    """The sentences that held in the last check of each file, in one file of the cache folder.

    A sentence that was never checked did not hold.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     last = Last(Path(folder))
    ...     last.keep({"room.py": {"claim: there is room": True, "claim: it is free": False}})
    ...     sorted(last.held()["room.py"])
    ['claim: there is room']
    """

    def __init__(self, folder: Path | None):
        self.file = None if folder is None else folder / FILE

    @classmethod
    def of_user(cls) -> "Last":
        """That in the user's cache folder."""
        return cls(cache_folder())

    def held(self) -> dict[str, frozenset[str]]:
        """{file: the sentences of it that held}.

        ArgumentError where nothing is kept, DataError where the file is not what `keep` writes.
        """
        if self.file is None:
            raise ArgumentError(f"nothing is kept of a check here: {VARIABLE} names no folder")
        try:
            written = json.loads(self.file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise self._damaged() from error
        return {file: frozenset(sentences) for file, sentences in self._read(written).items()}

    def keep(
        self, checked: dict[str, dict[str, bool]], known: dict[str, Iterable[str]] | None = None
    ) -> None:
        """Write down which sentences of some files held and which did not.

        known: all sentences that a file has now; what it no longer has is forgotten, as are files
        that are gone.  A folder that can't be written is no error.
        """
        if self.file is None:
            return
        try:
            held = self.held()
        except DataError:
            held = {}
        held = {file: sentences for file, sentences in held.items() if Path(file).exists()}
        for file, sentences in checked.items():
            before = held.get(file, frozenset()) & frozenset((known or {}).get(file, ()))
            now = {sentence for sentence, holds in sentences.items() if holds}
            held[file] = (before - sentences.keys()) | now
        plain = {file: sorted(sentences) for file, sentences in held.items()}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            put(self.file, json.dumps({HELD: plain}, ensure_ascii=False, indent=1))
        except OSError:
            # a full disk, or a folder that is not to be written: the next check looks at all of it
            return

    def _read(self, written):
        """{file: sentences} of what was read; DataError where it is something else."""
        files = written.get(HELD) if isinstance(written, dict) else None
        if not isinstance(files, dict):
            raise self._damaged()
        for sentences in files.values():
            is_list = isinstance(sentences, list)
            if not is_list or not all(isinstance(sentence, str) for sentence in sentences):
                raise self._damaged()
        return files

    def _damaged(self):
        return DataError(f"{self.file} does not say what held last time: it is damaged")
