"""Finding what an id on the command line means, among the theorems of the catalogue."""

from dataclasses import dataclass

from symrisk import catalogue
from symrisk.catalogue.ids import ends_in, meant
from symrisk.catalogue.index import DERIVATION, listed, listed_at
from symrisk.engine.slips import hint
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
    """What an id, or the end of one, names: a theorem, or a formula or a derivation of one.

    ArgumentError where it may be several, and for an unknown one says what is close to it.  Of
    symrisk's own theorems the one is imported, not all.

    >>> locate("golden").id
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: no theorem 'golden'; there are collapse.mixing, ...
    >>> locate("variance_factor").id
    'collapse.mixing.variance_factor'
    """
    known = None if modules else listed()
    if known is not None:
        identifier = _meant(identifier, _listed_ids(known))
        modules = listed_at(identifier, known).modules
    entries = {entry.id: entry for entry in catalogue.entries(*modules)}
    identifier = _meant(identifier, _ids(entries.values()))
    if identifier in entries:
        return Found(identifier, entries[identifier])
    theorem = identifier.removeprefix(DERIVATION).rpartition(".")[0]
    return _part(identifier, entries[theorem])


def whole_id(identifier: str) -> str:
    """The id of one of symrisk's own theorems, formulas or derivations that its end names.

    >>> whole_id("mixing")
    'collapse.mixing'
    """
    known = listed()
    ranks = _ids(catalogue.entries()) if known is None else _listed_ids(known)
    return _meant(identifier, ranks)


def _meant(identifier, ranks):
    """The whole id; where a theorem is known and its part is not, what parts it has is said."""
    theorems, formulas, chains = ranks
    theorem, _, name = identifier.removeprefix(DERIVATION).rpartition(".")
    of = ends_in(theorem, theorems) if theorem else []
    if len(of) != 1 or any(ends_in(identifier, rank) for rank in ranks):
        return meant(identifier, ranks)
    within = [known for known in formulas if known.startswith(f"{of[0]}.")]
    names = [known.rpartition(".")[2] for known in within]
    own_chains = [known for known in chains if known.startswith(f"{DERIVATION}{of[0]}.")]
    instead = hint(name, names) or f"; it has {', '.join([*sorted(names), *own_chains])}"
    raise ArgumentError(f"{of[0]} has no formula {name!r}{instead}")


def _listed_ids(known):
    """Ids of theorems, of formulas and of derivations, by the index."""
    formulas, chains = [], []
    for theorem in known.values():
        formulas += [f"{theorem.id}.{name}" for name in theorem.formulas]
        chains += theorem.derivations
    return list(known), formulas, chains


def _ids(entries):
    """The same of entries that have been looked at."""
    formulas, chains = [], []
    for entry in entries:
        formulas += [f"{entry.id}.{formula.symbol.name}" for formula in entry.theorem.formulas]
        chains += derivations(entry)
    return [entry.id for entry in entries], formulas, chains


def _part(identifier, entry):
    """The formula or derivation of an entry that a whole id names."""
    for formula in entry.theorem.formulas:
        if identifier == f"{entry.id}.{formula.symbol.name}":
            return Found(identifier, entry, formula=formula)
    return Found(identifier, entry, derivation=derivations(entry)[identifier])


def derivations(entry):
    """The entry's derivations by id: `derivations.`, the theorem's id, and the name that their
    module binds them to.
    """
    return {f"{DERIVATION}{entry.id}.{name}": chain for name, chain in entry.chains}
