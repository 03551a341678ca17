"""The text that an answer rests on, as a hash."""

from collections.abc import Iterable
from hashlib import sha256


def fingerprint(files: Iterable[tuple[str, str]], beneath: str = "") -> str:
    """A hash of files, (name, path), whatever their order, and of what stands beneath them.

    >>> from tempfile import TemporaryDirectory
    >>> import os
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
