"""What the window that is printed to can show: how wide it is, and which marks.

It is asked for `--help`, so it imports nothing of weight.
"""

import os
import sys

MARKS = ("✓", "✗")
PLAIN_MARKS = ("ok ", "BAD")
"""For an encoding that has no others."""


def columns() -> int:
    """The terminal's width, or what the user says it is; 80 where there is none.

    >>> columns() > 0
    True
    """
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return int(said)
    try:
        # What the standard library has for it loads what unpacks archives.
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80
    except (AttributeError, ValueError, OSError):
        return 80


def speaks_unicode() -> bool:
    """Whether what is printed may have letters beyond ASCII."""
    return "utf" in (sys.stdout.encoding or "").lower()


def marks() -> tuple[str, str]:
    """(what marks a thing that holds, what marks one that does not), equally wide."""
    return MARKS if speaks_unicode() else PLAIN_MARKS


def is_read_by_people() -> bool:
    """Whether stdout is a terminal: lines are then made to fit it."""
    return sys.stdout.isatty()
