"""Finding what an id on the command line means, among the theorems of the catalogue."""

from collections import namedtuple

from symrisk import catalogue
from symrisk.catalogue.asked.ids import Ids
from symrisk.catalogue.index import DERIVATION, listed
from symrisk.errors import ArgumentError


class Found(namedtuple("Found", "id entry formula derivation", defaults=(None, None))):
    """A theorem's entry, and the one formula or derivation of it that was asked for, if one was."""

    # No dataclass: what makes those weighs more than to answer a slip does.
    __slots__ = ()

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
    symrisk.errors.ArgumentError: no theorem 'golden'; `symrisk show` lists all, `symrisk find WORDS` searches them
    >>> locate("variance_factor").id
    'collapse.mixing.variance_factor'
    """  # noqa: E501
    known = None if modules else listed()
    if known is not None:
        ids = Ids.listed(known)
        identifier = ids.meant(identifier)
        modules = known[ids.theorem(identifier)].modules
    entries = {entry.id: entry for entry in catalogue.entries(*modules)}
    ids = ids_of(entries.values())
    identifier = ids.meant(identifier)
    if identifier in entries:
        return Found(identifier, entries[identifier])
    return _part(identifier, entries[ids.theorem(identifier)])


def whole_id(identifier: str) -> str:
    """The id of one of symrisk's own theorems, formulas or derivations that its end names.

    >>> whole_id("mixing")
    'collapse.mixing'
    """
    return shipped_ids().meant(identifier)


def shipped_ids() -> Ids:
    """The ids of symrisk's own theorems: by the index, or by the theorems where that is not of
    their text.

    >>> shipped_ids().of("collapse")
    ['collapse.mixing']
    """
    known = listed()
    return ids_of(catalogue.entries()) if known is None else Ids.listed(known)


def ids_of(entries) -> Ids:
    """The ids of entries that have been looked at."""
    entries, formulas, chains = list(entries), [], []
    for entry in entries:
        formulas += [f"{entry.id}.{formula.symbol.name}" for formula in entry.theorem.formulas]
        chains += derivations(entry)
    return Ids([entry.id for entry in entries], formulas, chains)


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
