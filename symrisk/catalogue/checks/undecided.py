"""The claims that a project expects to be undecided: a list in a file of its own."""

from os import PathLike
from pathlib import Path

from symrisk.errors import DataError


def expected_undecided(file: str | PathLike | None) -> frozenset[str]:
    """The sentences in a list of undecided claims, one a line, # comments; none without a file.

    DataError where the file can't be read.

    >>> expected_undecided(None)
    frozenset()
    """
    if file is None:
        return frozenset()
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"no list of undecided claims in {file}: {error}") from error
    stripped = (line.strip() for line in lines)
    return frozenset(line for line in stripped if line and not line.startswith("#"))
