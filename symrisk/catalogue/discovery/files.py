"""Which files there are below a folder.

What the list of theorems needs is asked for on each command: nothing of weight is imported here.
"""

import os
from collections.abc import Iterator

COMPILED = "__pycache__"


def files_below(folder: str | os.PathLike) -> Iterator[tuple[str, str]]:
    """(name, path) of every file below a folder but what Python has compiled; the name is the path
    from the folder on, with slashes on every system.

    >>> [name for name, path in files_below(os.path.dirname(__file__)) if name.startswith("fi")]
    ['files.py']
    """  # noqa: E501
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each != COMPILED]
        within = os.path.relpath(place, folder).replace(os.sep, "/")
        for name in names:
            yield (name if within == "." else f"{within}/{name}"), os.path.join(place, name)
