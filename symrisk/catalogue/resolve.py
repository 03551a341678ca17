"""Finding what an id on the command line means, among the theorems of the catalogue."""

from dataclasses import dataclass

from symrisk import catalogue
from symrisk.errors import ArgumentError

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
    return catalogue.entries(*modules)


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
    return {f"{DERIVATION}{entry.id}.{name}": chain for name, chain in entry.chains}
