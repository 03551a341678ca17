"""Finding what an id on the command line means, among the theorems of the catalogue."""

import os
import sys
import traceback
from dataclasses import dataclass

from symrisk import catalogue
from symrisk.derivation import Derivation
from symrisk.errors import ArgumentError, DataError, SymriskError

DERIVATION = "derivations."


@dataclass(frozen=True)
class Found:
    """A theorem's entry, and the one formula or derivation of it that was asked for, if one was."""

    id: str
    entry: catalogue.Entry
    formula: object = None
    derivation: object = None

    @property
    def required_formula(self):
        """The formula; ArgumentError lists those there are where the id names none."""
        if self.formula is None:
            names = ", ".join(f"{self.entry.id}.{formula.symbol.name}" for formula in self.entry.theorem.formulas)
            raise ArgumentError(f"{self.id} is no formula; there are {names}")
        return self.formula


def entries(modules):
    """The catalogue's entries; modules may be named as seen from the current folder.

    ArgumentError where there is no theorem, DataError for a module that does not import.
    """
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())
    try:
        found = catalogue.entries(*modules)
    except SymriskError:
        raise
    except (Exception, SystemExit) as error:
        raise DataError(f"{_place(error)}: {type(error).__name__}: {error}") from error
    if not found:
        raise ArgumentError(f"no theorem is bound to a name in {', '.join(modules)}")
    return found


def locate(identifier, modules):
    """What an id names: a theorem, or a formula or a derivation of one; ArgumentError lists the ids there are."""
    known = {entry.id: entry for entry in entries(modules)}
    if identifier in known:
        return Found(identifier, known[identifier])
    theorem, _, name = identifier.removeprefix(DERIVATION).rpartition(".")
    if theorem not in known:
        raise ArgumentError(f"no theorem {identifier!r}; there are {', '.join(known)}")
    return _part(identifier, known[theorem], name)


def _part(identifier, entry, name):
    formulas = {f"{entry.id}.{formula.symbol.name}": formula for formula in entry.theorem.formulas}
    chains = derivations(entry)
    if identifier in formulas:
        return Found(identifier, entry, formula=formulas[identifier])
    chain = identifier if identifier.startswith(DERIVATION) else f"{DERIVATION}{identifier}"
    if chain in chains:
        return Found(chain, entry, derivation=chains[chain])
    names = [known.rpartition(".")[2] for known in formulas]
    raise ArgumentError(f"{entry.id} has no formula {name!r}; it has {', '.join([*sorted(names), *chains])}")


def derivations(entry):
    """The entry's derivations by id: `derivations.`, the theorem's id, and the name that their module binds them to."""
    twin = entry.module.replace(catalogue.HOME, catalogue.DERIVATIONS, 1)
    modules = [sys.modules[name] for name in (entry.module, twin) if name in sys.modules]
    bound = {name: value for module in modules for name, value in vars(module).items() if isinstance(value, Derivation)}
    return {f"{DERIVATION}{entry.id}.{name}": value for name, value in bound.items()
            if any(value is chain for chain in entry.derivations)}


def _place(error):
    """The file and line of the author's that an import stopped at."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "importlib" not in f.filename and f.filename != __file__]
    own = [f for f in frames if f.filename != catalogue.__file__]
    return f"{own[-1].filename}, line {own[-1].lineno}" if own else "the import"
