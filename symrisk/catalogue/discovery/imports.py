"""Importing the files of a survey: each once, whatever name its neighbours call it by, and with
nothing left behind.

A file may import its neighbours as it would where it stands: as siblings (`import letters`),
relatively (`from . import letters`) or by the names of its folders (`from theory import letters`).
All three find the one module.  The standard library and what is imported already are never
shadowed, and sys.path and sys.meta_path are as before afterwards.
"""

import importlib
import os
import sys
import traceback
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path

from symrisk.theorems import offered

HERE = str(Path(__file__).parents[1])


class Neighbours(MetaPathFinder):
    """Finds the files of surveys under the names of their places, and under any other that leads
    to the same file.
    """

    def __init__(self):
        self.files, self.keys, self.spaces = {}, {}, {}
        self.folders, self.aliases, self.helpers, self.renamed = (), [], {}, {}

    def add(self, found):
        """Know the places of a given path."""
        self.spaces.update(found.spaces)
        for key, file in found.parents.items():
            self.files.setdefault(self.keys.setdefault(file.resolve(), key), file)
        for place in found.found:
            key = self.keys.setdefault(place.real, place.key)
            self.files.setdefault(key, place.file)
            loaded = None if key in sys.modules else _loaded(place.real)
            if loaded is not None:
                sys.modules[key] = loaded

    def key(self, place):
        """The name that the place's file is imported under: that of the place that led to it
        first.
        """
        return self.keys.get(place.real, place.key)

    def find_spec(self, fullname, path=None, target=None):
        """The module of a place; else what a bare or dotted name finds in the folders that are
        served now.
        """
        first, dot, rest = fullname.partition(".")
        if first in self.renamed and not (fullname == first and self._is_beside(first)):
            return self._second(fullname, f"{self.renamed[first]}{dot}{rest}")
        if fullname in self.files:
            return _spec(fullname, self.files[fullname])
        if fullname in self.spaces:
            return _space(fullname, self.spaces[fullname])
        if path is None and fullname in sys.stdlib_module_names:
            return None
        for folder in self.folders if path is None else path:
            spec = self._within(Path(folder), fullname, is_top=path is None)
            if spec is not None:
                return spec
        return None

    def _is_beside(self, name):
        """Whether a file beside the one that imports has the name of their folder: it comes before
        a folder without __init__.py, as Python has it.
        """
        is_package = self.renamed[name] in self.files
        return not is_package and (Path(self.folders[0]) / f"{name}.py").is_file()

    def _second(self, fullname, key):
        """The module of a key under a second name."""
        if key not in self.files and key not in self.spaces:
            return None
        self.aliases.append(fullname)
        return ModuleSpec(fullname, Same(key))

    def _within(self, folder, fullname, is_top):
        tail = fullname.rpartition(".")[2]
        for file in (folder / tail / "__init__.py", folder / f"{tail}.py"):
            if file.is_file():
                return self._known(file, fullname, is_top)
        if is_top and (folder / tail).is_dir() and PathFinder.find_spec(fullname) is None:
            # a folder without __init__.py comes last, as Python has it
            self.aliases.append(fullname)
            return _space(fullname, folder / tail)
        return None

    def _known(self, file, fullname, is_top):
        key = self.keys.get(file.resolve())
        if key is not None:
            return self._second(fullname, key)
        if not is_top:
            return None
        self.helpers[fullname] = file
        return _spec(fullname, file)

    @contextmanager
    def serving(self, place):
        """The neighbours of a place can be imported by their bare names, and by those of its
        folders.
        """
        before = self.folders, self.renamed
        self.folders, self.renamed = place.folders, self._renaming(place)
        self._forget_helpers_elsewhere()
        aside = _taken_out(self.renamed)
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        try:
            yield
        finally:
            self.folders, self.renamed = before
            if not self.folders:
                sys.meta_path.remove(self)
                self._forget_aliases()
            sys.modules.update(aside)

    def _renaming(self, place):
        """{name: key} where the first name of a place's folders is that of another survey's
        folder: of no other module.
        """
        own, key = place.called.partition(".")[0], self.key(place).partition(".")[0]
        return {own: key} if own != key and (own in self.files or own in self.spaces) else {}

    def _forget_helpers_elsewhere(self):
        """A bare name that another folder's file has taken is free for this folder's."""
        for name, file in list(self.helpers.items()):
            if file.parent not in self.folders and file.parent.parent not in self.folders:
                sys.modules.pop(name, None)
                del self.helpers[name]

    def _forget_aliases(self):
        while self.aliases:
            sys.modules.pop(self.aliases.pop(), None)


def _loaded(file):
    """The module that was imported from a file already, as a test beside it imports it: a second
    copy would have theorems and formulas of its own.
    """
    for name, module in list(sys.modules.items()):
        # What it holds is looked at: a lazy module may answer any question by an import.
        known = getattr(module, "__dict__", {}).get("__file__")
        is_named_so = known and name != "__main__" and os.path.basename(known) == file.name
        if is_named_so and Path(known).resolve() == file:
            return module
    return None


def _taken_out(names):
    """The modules of these first names and below, out of sys.modules for a while."""
    below = [name for name in sys.modules if name.partition(".")[0] in names]
    return {name: sys.modules.pop(name) for name in below}


class Same(Loader):
    """Loads a module under a second name: it is the same module."""

    def __init__(self, key):
        self.key = key

    def create_module(self, spec):
        """The module that has the first name."""
        module = importlib.import_module(self.key)
        self.own = module.__spec__
        return module

    def exec_module(self, module):
        """Nothing: it ran, or runs, under its first name, whose spec it keeps."""
        module.__spec__ = self.own


def _spec(name, file):
    folder = [str(file.parent)] if file.name == "__init__.py" else None
    # symrisk's own theorems offer the same to who looks around, whoever imports them first
    loader = offered.Loader(name, str(file)) if name.startswith(f"{offered.HOME}.") else None
    return spec_from_file_location(name, file, loader=loader, submodule_search_locations=folder)


def _space(name, folder):
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    return spec


NEIGHBOURS = Neighbours()


@contextmanager
def importing(place):
    """What a place's module imports is found as where it stands, now or when one of its
    functions runs.
    """
    with NEIGHBOURS.serving(place), seen_from_here():
        yield


def imported(place):
    """The module of a place, imported unless it is already."""
    with importing(place):
        return importlib.import_module(NEIGHBOURS.key(place))


@contextmanager
def seen_from_here():
    """Modules in the current folder can be imported, after all others."""
    here, before = os.getcwd(), [*sys.path]
    if here not in sys.path:
        sys.path.append(here)
    try:
        yield
    finally:
        if here not in before and here in sys.path:
            sys.path.remove(here)


def told(error, file):
    """Why the import of a file failed: the author's file and line, and the error."""
    if isinstance(error, SyntaxError):
        return f"{error.filename or file}, line {error.lineno or 1}: it is not Python: {error.msg}"
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [
        f for f in frames if not f.filename.startswith(HERE) and "importlib" not in f.filename
    ]
    place = f"{theirs[-1].filename}, line {theirs[-1].lineno}" if theirs else str(file)
    return f"{place}: {type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
