"""Finding what an id on the command line means, among the theorems of the catalogue."""

from dataclasses import dataclass

from symrisk import catalogue
from symrisk.catalogue.index import DERIVATION, listed, listed_at
from symrisk.errors import ArgumentError


@dataclass(frozen=True)
class Found:
    """A theorem's entry, and the one formula or derivation of it that was asked for, if one was."""

    id: str
    entry: "catalogue.Entry"
    formula: object = None
    derivation: object = None

    @property
    def required_formula(self):
        """The formula; ArgumentError lists those there are where the id names none."""
        if self.formula is None:
            names = ", ".join(
                f"{self.entry.id}.{formula.symbol.name}" for formula in self.entry.theorem.formulas
            )
            raise ArgumentError(f"{self.id} is no formula; there are {names}")
        return self.formula


def locate(identifier, modules=()) -> Found:
    """What an id names: a theorem, or a formula or a derivation of one; ArgumentError lists the ids
    there are.

    Of symrisk's own theorems the one is imported, not all.
    """
    known = {entry.id: entry for entry in catalogue.entries(*(modules or _modules_of(identifier)))}
    if identifier in known:
        return Found(identifier, known[identifier])
    theorem, _, name = identifier.removeprefix(DERIVATION).rpartition(".")
    if theorem not in known:
        raise ArgumentError(f"no theorem {identifier!r}; there are {', '.join(known)}")
    return _part(identifier, known[theorem], name)


def _modules_of(identifier):
    """The modules of the theorem that an id of symrisk's own leads to, by the index; all there
    are where it has none.
    """
    known = listed()
    if known is None:
        return ()
    theorem = listed_at(identifier, known)
    if theorem is None:
        raise ArgumentError(f"no theorem {identifier!r}; there are {', '.join(known)}")
    return theorem.modules


def _part(identifier, entry, name):
    formulas = {f"{entry.id}.{formula.symbol.name}": formula for formula in entry.theorem.formulas}
    chains = derivations(entry)
    if identifier in formulas:
        return Found(identifier, entry, formula=formulas[identifier])
    chain = identifier if identifier.startswith(DERIVATION) else f"{DERIVATION}{identifier}"
    if chain in chains:
        return Found(chain, entry, derivation=chains[chain])
    names = [known.rpartition(".")[2] for known in formulas]
    raise ArgumentError(
        f"{entry.id} has no formula {name!r}; it has {', '.join([*sorted(names), *chains])}"
    )


def derivations(entry):
    """The entry's derivations by id: `derivations.`, the theorem's id, and the name that their
    module binds them to.
    """
    return {f"{DERIVATION}{entry.id}.{name}": chain for name, chain in entry.chains}
