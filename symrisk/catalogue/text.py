"""The text that an answer rests on: which files, and a hash of them.

What the list of theorems needs is asked for on each command: nothing of weight is imported here.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256

COMPILED = "__pycache__"


def files_below(folder: str | os.PathLike) -> Iterator[tuple[str, str]]:
    """(name, path) of every file below a folder but what Python has compiled; the name is the path
    from the folder on, with slashes on every system.

    >>> [name for name, path in files_below(os.path.dirname(__file__)) if name.startswith("cache/k")]
    ['cache/kept.py']
    """  # noqa: E501
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each != COMPILED]
        within = os.path.relpath(place, folder).replace(os.sep, "/")
        for name in names:
            yield (name if within == "." else f"{within}/{name}"), os.path.join(place, name)


def fingerprint(files: Iterable[tuple[str, str]], beneath: str = "") -> str:
    """A hash of files, (name, path), whatever their order, and of what stands beneath them.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = os.path.join(folder, "a.py")
    ...     hashes = []
    ...     for letter in "xyx":
    ...         with open(file, "w") as stream:
    ...             written = stream.write(letter)
    ...         hashes.append(fingerprint([("a.py", file)]))
    >>> hashes[0] == hashes[1], hashes[0] == hashes[2]
    (False, True)
    """
    taken = sha256(f"{beneath}\0".encode())
    for name, path in sorted(files):
        with open(path, "rb") as stream:
            text = stream.read()
        # The length says where a text ends: no two lists of files read alike.
        taken.update(f"{name}\0{len(text)}\0".encode())
        taken.update(text)
    return taken.hexdigest()
