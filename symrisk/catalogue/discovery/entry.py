"""What a survey holds: entries of the catalogue with their ids, and modules that do not import."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from symrisk.catalogue.discovery.places import Place
from symrisk.paper.theorem import Theorem

HOME = "symrisk.theorems"


@dataclass(frozen=True)
class Entry:
    """A theorem with its id ("transfer.concept_shift"), the module it stands in and the derivations
    that lead to it.

    name: what the module binds it to.  place: its file.  chains: pairs of a name and the Derivation
    that a module binds to it.
    """

    id: str
    theorem: Theorem
    module: str
    name: str
    place: Place
    chains: tuple = ()

    @property
    def derivations(self):
        """The derivations that lead to the theorem, in reading order."""
        return tuple(chain for _, chain in self.chains)


@dataclass(frozen=True)
class Failure:
    """A module that does not import, and why."""

    id: str
    file: Path
    why: str


@dataclass(frozen=True)
class Survey:
    """What a look at modules found: entries in order of id, modules that do not import, and
    sentences on what was left out.

    given: what was looked for, as it was named.  within: the modules that it was looked for in,
    where they were named.
    """

    entries: tuple
    failures: tuple = ()
    left: tuple = ()
    given: tuple = ()
    within: tuple = ()


@dataclass
class Looked:
    """A module that was imported, its syntax, and the theorems that it binds: its own, and those
    of others.
    """

    place: Place
    module: object
    tree: object
    own: dict
    borrowed: dict


def identified(entries):
    """The entries with ids: the module's, where its one theorem bears its name, else the
    module's and the theorem's.
    """
    files = Counter(place.id for place in {entry.place for entry in entries})
    stems = [_stem(entry.place, files[entry.place.id] == 1) for entry in entries]
    alone = Counter(stems)
    short = [
        _identifier(stem, entry.name, alone[stem] == 1)
        for stem, entry in zip(stems, entries, strict=True)
    ]
    once = Counter(short)
    return [
        replace(entry, id=name if once[name] == 1 else f"{stem}.{entry.name}")
        for entry, stem, name in zip(entries, stems, short, strict=True)
    ]


def _identifier(stem, name, alone):
    return stem if alone and name == stem.rpartition(".")[2] else f"{stem}.{name}"


def _stem(place, alone):
    """A module's id; where another file given has the same, the folders above tell them apart."""
    path = place.file.parent if place.file.name == "__init__.py" else place.file.with_suffix("")
    above = path.parts[1 : -len(place.id.split("."))]
    return short_id(place) if alone else ".".join([*above, place.id])


def short_id(place):
    """A module's id: without the folder that all of symrisk's own theorems stand in."""
    return place.id.removeprefix(f"{HOME}.")
