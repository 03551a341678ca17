"""Where theorems are looked for: the .py files under a path, each with its id and the name that it
is imported under.

Nothing is imported here.  An id is read off the path that was given, so that it is the same in
every process and on every machine.  What stands under the path and is not looked at is said.
"""

import os
import sys
from dataclasses import dataclass, field
from importlib.machinery import all_suffixes
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from symrisk.errors import ArgumentError

SCRIPTS = ("setup.py", "__main__.py")
FOREIGN = (*(suffix for suffix in all_suffixes() if suffix != ".py"), ".ipynb", ".pyw")
"""Endings of files that may hold Python, and that are not looked at."""

TAKEN = {}
"""The first names of keys, and the folder or file without its ending that each was given to
first.
"""


@dataclass(frozen=True)
class Place:
    """A .py file to look at: its id, the name it is imported under, and the folders where its
    neighbours stand.

    called: the name that its neighbours may have for it; another module may have taken that.
    """

    file: Path
    id: str
    key: str
    called: str
    folders: tuple = ()

    @property
    def real(self):
        """The file itself, whatever links lead to it."""
        return self.file.resolve()


@dataclass
class Places:
    """The places under one given path, and what is not looked at.

    spaces, parents: {key: folder or __init__.py} of the plain folders and the packages above that
    they are imported through.
    """

    given: str
    found: list = field(default_factory=list)
    spaces: dict = field(default_factory=dict)
    parents: dict = field(default_factory=dict)
    left: list = field(default_factory=list)


def places(given):
    """The Places of a path to a .py file or a folder; None where the words are no path: a dotted
    name, then.

    ArgumentError for a path that does not exist, and for a file of another kind.
    """
    if not is_path(given):
        return None
    path = Path(os.path.abspath(given))
    if path.is_dir() or path.suffix == ".py":
        return _of_path(str(given), path)
    if path.is_file():
        raise ArgumentError(
            f"{given} is no .py file: theorems are looked for in .py files and in folders of them"
        )
    raise ArgumentError(f"no such file or folder: {given}")


def is_path(given: str) -> bool:
    """Whether words are meant as a path: something stands there, or they are written as one.

    >>> is_path("theory/room.py"), is_path("./room"), is_path("theory.room")
    (True, True, False)
    """
    path, words = Path(os.path.abspath(given)), str(given)
    is_written_as_one = path.suffix == ".py" or os.sep in words or words.startswith(".")
    return is_written_as_one or path.is_dir() or path.is_file()


def _of_path(given, path):
    if not path.exists():
        raise ArgumentError(f"no such file: {path}")
    root, prefix = _package_root(path.parent)
    found = Places(given)
    for depth in range(1, len(prefix) + 1):
        package = root.joinpath(*prefix[:depth])
        found.parents[_key(prefix[:depth], root, False)] = package / "__init__.py"
    if path.is_dir():
        names = [*prefix, path.name]
        walk = Walk(found, path, root)
        walk.folder(path, names, names, root, bool(prefix) or _is_package(path))
    else:
        names = prefix if path.name == "__init__.py" and prefix else [*prefix, path.stem]
        Walk(found, path.parent, root).file(path, names, names, root)
    return found


def of_package(given, name, locations):
    """The Places of an importable package, given its dotted name and its folders."""
    found = Places(given)
    for location in map(Path, locations):
        names, root = name.split("."), location
        for _ in names:
            root = root.parent
        if not location.is_dir():
            found.left.append(
                f"{location} is no folder: the modules in an archive are not looked at"
            )
            continue
        Walk(found, location, root, real=True).folder(location, names, names, root, True)
    return found


class Walk:
    """Goes through a folder and all below it, in the order of names, each file and folder once
    whatever links there are.
    """

    def __init__(self, found, top, root, real=False):
        self.found, self.top, self.root, self.real = found, top, root, real
        self.seen = set()

    def folder(self, folder, names, key, root, packaged):
        """Look through a folder.  names: its id.  key, root: the dotted name it is imported
        under, and from where.
        """
        if folder.resolve() in self.seen:
            return
        self.seen.add(folder.resolve())
        if not _is_package(folder):
            self.found.spaces[_key(key, root, self.real)] = folder
        try:
            inside = sorted(
                folder.iterdir(), key=lambda path: (path.name != "__init__.py", path.name)
            )
        except OSError as error:
            self.found.left.append(f"{folder}: {error.strerror}")
            return
        for path in inside:
            if path.is_dir():
                self._below(path, names, key, root, packaged)
            else:
                self._beside(path, names, key, root)

    def _below(self, path, names, key, root, packaged):
        """A folder in a folder; a package that stands in no package is imported by its own name."""
        why = _why_not_below(path)
        if why is not None:
            self.found.left.extend([f"{path} ({why})"] if _holds_python(path) else [])
            return
        within = packaged or _is_package(path)
        key, root = (
            ([*key, path.name], root) if packaged or not within else ([path.name], path.parent)
        )
        self.folder(path, [*names, path.name], key, root, within)

    def _beside(self, path, names, key, root):
        if path.name in SCRIPTS:
            self.found.left.append(f"{path} (a script, which importing would run)")
        elif path.name.startswith(".") and path.suffix == ".py":
            self.found.left.append(f"{path} (a hidden file)")
        elif path.suffix == ".py" and path.exists() and not path.is_file():
            self.found.left.append(f"{path} (a pipe or a device)")
        elif path.suffix == ".py":
            own = [] if path.name == "__init__.py" else [path.stem]
            self.file(path, [*names, *own], [*key, *own], root)
        elif path.name.endswith(FOREIGN):
            self.found.left.append(f"{path} (no .py file)")

    def file(self, path, names, key, root):
        """One file to look at."""
        own = () if _is_package(path.parent) else (path.parent,)
        folders = tuple(dict.fromkeys([*own, root, self.top, self.root]))
        self.found.found.append(
            Place(path, ".".join(names), _key(key, root, self.real), ".".join(key), folders)
        )


def _why_not_below(folder):
    if folder.name == "__pycache__":
        return "compiled"
    if folder.name.startswith("."):
        return "a hidden folder"
    return "a virtual environment" if (folder / "pyvenv.cfg").exists() else None


def _holds_python(folder):
    return folder.name != "__pycache__" and next(folder.rglob("*.py"), None) is not None


def _is_package(folder):
    return (folder / "__init__.py").exists()


def _package_root(folder):
    """The folder that a package is imported from, and the dotted name that leads from there to
    this folder.
    """
    names = []
    while _is_package(folder):
        names.insert(0, folder.name)
        folder = folder.parent
    return folder, names


def _key(names, root, real):
    """The dotted name to import under; where its first part is taken by another module, the path
    stands in its place.
    """
    first, *rest = (name.replace(".", "%2E") for name in names)
    location = root / names[0]
    if not real and not (
        _is_free(first, location)
        and TAKEN.setdefault(first, location.resolve()) == location.resolve()
    ):
        first = quote(str(location), safe="").replace(".", "%2E")
    return ".".join([first, *rest])


def _is_free(name, location):
    """Whether no other module has a name, or could be imported by it: in a plain folder, a file
    that is called as the folder is, which its neighbours import by that name.
    """
    if (location / f"{name}.py").is_file() and not _is_package(location):
        return False
    if name in sys.modules:
        module = sys.modules[name]
        return _stands_at(
            getattr(module, "__file__", None), getattr(module, "__path__", ()), location
        )
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return False
    return spec is None or _stands_at(spec.origin, spec.submodule_search_locations or (), location)


def _stands_at(file, folders, location):
    here = location.resolve()
    own = (here.parent / f"{here.name}.py", here / "__init__.py")
    return (file is not None and Path(file).resolve() in own) or str(here) in [
        str(Path(f).resolve()) for f in folders
    ]
