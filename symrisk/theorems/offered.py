"""What a theorem's module, a setting and the folder of all settings offer to those who look around.

A theorem's file imports and names what it is built from; its reader wants what it states.  That is
said here for every file below the folder, as it is imported: no theorem says it of itself, and a
new one needs nothing for it.
"""

import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    SOURCE_SUFFIXES,
    FileFinder,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from types import FunctionType, ModuleType

HOME = "symrisk.theorems"
EXAMPLE = ">>>"


def offered(module: ModuleType) -> list[str]:
    """What a module offers: its theorems, their formulas, and functions that show an example.

    All its names where it states no theorem: letters, worlds and other parts.

    >>> from symrisk.theorems.transfer import comparison
    >>> [name for name in dir(comparison) if "risk" not in name]
    ['comparison', 'pooling_ssr', 'useful_ssr', 'winner']
    """
    names = vars(module)
    found = set()
    for name, value in names.items():
        if _is_theorem(value) and _states(module, value):
            found |= {name, *_formulas(value)} & names.keys()
    if not found:
        return sorted(names)
    functions = {name for name, value in names.items() if _is_shown(module, value)}
    return sorted(found | functions)


def _is_theorem(value):
    # What states one has imported its class; who looks at settings alone does without it.
    paper = sys.modules.get("symrisk.paper.theorem")
    return paper is not None and isinstance(value, paper.Theorem)


def _states(module, theorem):
    """Whether a module states a theorem, and does not import it."""
    bound = vars(module)
    return any(bound.get(name) is formula for name, formula in _formulas(theorem).items())


def _formulas(theorem):
    return {formula.symbol.name: formula for formula in theorem.formulas}


def _is_shown(module, value):
    """Whether a value is a function of the module's own with an example in its text of help."""
    is_own = isinstance(value, FunctionType) and value.__module__ == module.__name__
    return is_own and not value.__name__.startswith("_") and EXAMPLE in (value.__doc__ or "")


def lookers(package: str) -> tuple[Callable, Callable]:
    """(__getattr__, __dir__) of a folder of theorems: a part is imported when it is asked for.

    >>> import symrisk.theorems
    >>> dir(symrisk.theorems), dir(symrisk.theorems.collapse)
    (['collapse', 'ridge', 'transfer'], ['mixing'])
    """
    return partial(_part, package), partial(_parts, package)


def _part(package, name):
    wanted = f"{package}.{name}"
    if not name.startswith("_"):
        try:
            return import_module(wanted)
        except ModuleNotFoundError as error:
            if error.name != wanted:
                raise
    raise AttributeError(f"{package} has no {name}: there are {', '.join(_parts(package))}")


def _parts(package):
    """The names below a folder that lead to a theorem's module."""
    # Who imports a theorem needs no list of all: the catalogue is loaded where someone looks.
    known = import_module("symrisk.catalogue.index").theorem_modules()
    below = {name.removeprefix(f"{package}.") for name in known if name.startswith(f"{package}.")}
    return sorted({name.partition(".")[0] for name in below})


class Loader:
    """Python's own, which then says what the module offers.

    It holds Python's instead of being one of its kind: pytest puts a loader of its own in the place
    of those, for a package that brings a plugin.
    """

    def __init__(self, name: str, path: str):
        self.own = SourceFileLoader(name, path)

    def __getattr__(self, name):
        if name == "own":
            raise AttributeError(name)
        return getattr(self.own, name)

    def create_module(self, spec: ModuleSpec) -> None:
        """Nothing: the module is made as any is."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's text, and put `__dir__` beside its names, `__getattr__` of a folder."""
        self.own.exec_module(module)
        if hasattr(module, "__path__"):
            below(module.__path__)
            module.__getattr__, module.__dir__ = lookers(module.__name__)
        else:
            module.__dir__ = partial(offered, module)


def below(folders: Iterable[str]) -> None:
    """Let modules in folders be loaded by `Loader`."""
    for folder in folders:
        if os.path.isdir(folder):
            written = (Loader, SOURCE_SUFFIXES)
            compiled = (SourcelessFileLoader, BYTECODE_SUFFIXES)
            sys.path_importer_cache[folder] = FileFinder(folder, written, compiled)
