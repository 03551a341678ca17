"""Where a user's programs keep what they can work out again."""

import os
import sys
from pathlib import Path

VARIABLE = "SYMRISK_CACHE"
"""Names another folder; empty, it says that nothing is to be kept."""


def cache_folder() -> Path | None:
    """symrisk's folder among the user's caches, as the system has it; None where there is none,
    or none is wanted.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    try:
        return _users_caches() / "symrisk"
    except RuntimeError:
        # nobody's home: a process without a user
        return None


def _users_caches():
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    # A relative path is no folder of the user's: the convention says to leave it out.
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".cache"
