"""What there is under the given paths: theorems, modules that do not import, and what is not looked at."""

import importlib
import importlib.util
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from symrisk.catalogue.contents import bound, called_names, imported_names, makers, tree_of
from symrisk.catalogue.imports import NEIGHBOURS, imported, seen_from_here, told
from symrisk.catalogue.places import Place, Places, of_package, places
from symrisk.claim import Claim
from symrisk.derivation import Derivation
from symrisk.errata import Erratum
from symrisk.errors import ArgumentError, DataError
from symrisk.theorem import Theorem

HOME = "symrisk.theorems"
DERIVATIONS = "symrisk.derivations"


@dataclass(frozen=True)
class Entry:
    """A theorem with its id ("transfer.concept_shift"), the module it stands in and the derivations that lead to it.

    name: what the module binds it to.  place: its file.  chains: pairs of a name and the Derivation that a module binds to it.
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
    """What a look at modules found: entries in order of id, modules that do not import, and sentences on what was left out."""

    entries: tuple
    failures: tuple = ()
    left: tuple = ()


@dataclass
class Looked:
    """A module that was imported, its syntax, and the theorems that it binds: its own, and those of others."""

    place: Place
    module: object
    tree: object
    own: dict
    borrowed: dict


def survey(*modules):
    """A Survey of the given modules: dotted names, folders or files; by default symrisk's own theorems.

    Every .py file below a folder is looked at, with or without an __init__.py beside it.  ArgumentError for a path that
    does not exist, and for one under which there is no theorem.

    >>> found = survey("symrisk.theorems.collapse")
    >>> [entry.id for entry in found.entries], found.failures, found.left
    (['collapse.mixing'], (), ())
    """
    given = [_places(str(name)) for name in modules or (HOME,)]
    for each in given:
        NEIGHBOURS.add(each)
    looked, failures = _imported(_once(place for each in given for place in each.found))
    _refuse_barren(given, looked, failures)
    entries = _entries(looked)
    left = [sentence for each in given for sentence in each.left]
    chains = _chains(looked, entries)
    found = _identified([_with(entry, chains) for entry in entries])
    left += [*_stray(looked, found), *_unmade(looked), *_bare(found)]
    return Survey(tuple(sorted(found, key=lambda entry: entry.id)), tuple(failures), tuple(dict.fromkeys(left)))


def entries(*modules):
    """The entries of a survey; DataError for the first module that does not import.

    >>> entries("symrisk.theorems.collapse")[0].theorem.title
    'Mixing real and synthetic labels'
    """
    found = survey(*modules)
    if found.failures:
        raise DataError(found.failures[0].why)
    return list(found.entries)


def find(identifier, *modules):
    """The entry with an id; ArgumentError lists the ids there are."""
    found = {entry.id: entry for entry in entries(*modules)}
    if identifier not in found:
        raise ArgumentError(f"no theorem {identifier!r}; there are {', '.join(found) or 'none'}")
    return found[identifier]


def _places(name):
    return places(name) or _of_name(name)


def _of_name(name):
    """The Places of a dotted name."""
    with seen_from_here():
        spec = _spec(name)
    if spec.submodule_search_locations is not None:
        return of_package(name, name, spec.submodule_search_locations)
    if not str(spec.origin).endswith(".py"):
        raise ArgumentError(f"{name} has no .py file: theorems are looked for in .py files")
    return Places(name, [Place(Path(spec.origin), name, name, name, (Path(spec.origin).parent,))])


def _spec(name):
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError as error:
        raise ArgumentError(f"no module or path {name!r}: {error}") from error
    except (ValueError, ImportError) as error:
        raise ArgumentError(f"no module or path {name!r}") from error
    except Exception as error:
        raise DataError(told(error)) from error
    if spec is None:
        raise ArgumentError(f"no module or path {name!r}")
    return spec


def _once(found):
    """The places, each file once, by whichever path it was reached first."""
    first = {}
    for place in found:
        first.setdefault(place.real, place)
    return list(first.values())


def _imported(found):
    looked, failures = [], []
    for place in found:
        try:
            module, tree = imported(place), tree_of(place.file)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            # a module may leave by any exit: SystemExit, or what pytest raises to skip
            failures.append(Failure(_short_id(place), place.file, told(error)))
        else:
            looked.append(_looked(place, module, tree))
    return looked, failures


def _looked(place, module, tree):
    theorems = bound(module, Theorem)
    shipped = set() if module.__name__.startswith(HOME) else _shipped()
    foreign = imported_names(tree)
    theorems = {name: theorem for name, theorem in theorems.items() if id(theorem) not in shipped}
    own = {name: theorem for name, theorem in theorems.items() if name not in foreign}
    borrowed = {name: theorem for name, theorem in theorems.items() if name in foreign}
    return Looked(place, module, tree, own, borrowed)


def _shipped():
    """Theorems of symrisk itself that a user's module may have imported: they are not that module's own."""
    modules = [m for name, m in list(sys.modules.items()) if name.startswith(HOME)]
    return {id(value) for m in modules for value in vars(m).values() if isinstance(value, Theorem)}


def _refuse_barren(given, looked, failures):
    """ArgumentError for a given path without a theorem: nothing would be checked, and nobody would know."""
    fruitful = {each.place.real for each in looked if each.own or each.borrowed} | {f.file.resolve() for f in failures}
    for each in given:
        if not any(place.real in fruitful for place in each.found):
            left = f"; not looked at: {', '.join(each.left)}" if each.left else ""
            raise ArgumentError(f"no theorem is bound to a name in {each.given}{left}")


def _entries(looked):
    """Each theorem once: by the module that made it, else by the first that imported it from elsewhere."""
    found = {}
    for kind in ("own", "borrowed"):
        for each in looked:
            for name, theorem in getattr(each, kind).items():
                entry = Entry("", theorem, each.module.__name__, name, each.place)
                found.setdefault(id(theorem), entry)
    return list(found.values())


def _chains(looked, entries):
    """{id of a theorem: its derivations with their names}: those of its formulas, wherever they stand; others go to their module's first."""
    of_formula = {id(f): entry for entry in reversed(entries) for f in entry.theorem.formulas}
    chains, seen = {}, set()
    for each in looked:
        own = [entry for entry in entries if entry.place is each.place]
        for name, derivation in _derivations(each.module) if own else bound(each.module, Derivation).items():
            entry = of_formula.get(id(derivation.of), own[0] if own else None)
            if entry is not None and id(derivation) not in seen:
                seen.add(id(derivation))
                chains.setdefault(id(entry.theorem), []).append((name, derivation))
    return chains


def _with(entry, chains):
    return replace(entry, chains=tuple(chains.get(id(entry.theorem), ())))


def _derivations(module):
    """The derivations bound in the module itself, and in the module of the same stem under symrisk.derivations."""
    modules = [module]
    twin = module.__name__.replace(HOME, DERIVATIONS, 1)
    if twin != module.__name__ and _exists(twin):
        modules.append(importlib.import_module(twin))
    return [pair for m in modules for pair in bound(m, Derivation).items()]


def _exists(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _identified(entries):
    """The entries with ids: the module's, where its one theorem bears its name, else the module's and the theorem's."""
    files = Counter(place.id for place in {entry.place for entry in entries})
    stems = [_stem(entry.place, files[entry.place.id] == 1) for entry in entries]
    alone = Counter(stems)
    short = [_identifier(stem, entry.name, alone[stem] == 1) for stem, entry in zip(stems, entries, strict=True)]
    once = Counter(short)
    return [replace(entry, id=name if once[name] == 1 else f"{stem}.{entry.name}")
            for entry, stem, name in zip(entries, stems, short, strict=True)]


def _identifier(stem, name, alone):
    return stem if alone and name == stem.rpartition(".")[2] else f"{stem}.{name}"


def _stem(place, alone):
    """A module's id; where another file given has the same, the folders above tell them apart."""
    path = place.file.parent if place.file.name == "__init__.py" else place.file.with_suffix("")
    above = path.parts[1:-len(place.id.split("."))]
    return _short_id(place) if alone else ".".join([*above, place.id])


def _short_id(place):
    return place.id.removeprefix(f"{HOME}.")


def _stray(looked, entries):
    """Claims, errata and derivations that a module binds and that belong to no theorem: a sentence each."""
    theorems = [entry.theorem for entry in entries]
    chains = [chain for entry in entries for chain in entry.derivations]
    errata = [erratum for theorem in theorems for erratum in theorem.errata]
    used = {id(item) for group in (chains, errata) for item in group}
    used |= {id(claim) for theorem in theorems for claim in theorem.claims}
    used |= {id(claim) for erratum in errata for claim in (erratum.published, erratum.right)}
    used |= {id(step.claim) for chain in chains for step in chain.steps}
    for each in looked:
        foreign = imported_names(each.tree)
        for name, item in bound(each.module, (Claim, Erratum, Derivation)).items():
            if id(item) not in used and name.partition(".")[0] not in foreign:
                kind = type(item).__name__.lower()
                yield f"{_short_id(each.place)}.{name}, a{'n' if kind[0] in 'aeiou' else ''} {kind} of no theorem"


def _unmade(looked):
    """Functions that make a theorem and that nothing here calls: what they make is seen only where it is bound to a name."""
    called = set().union(*(called_names(each.tree) for each in looked))
    for each in looked:
        for name, line in makers(each.tree, each.module):
            if name not in called:
                yield f"{each.place.file}, line {line}: the theorem that {name} makes, which is bound to no name"


def _bare(entries):
    """Theorems without anything to check."""
    for entry in entries:
        if not (entry.theorem.claims or entry.theorem.errata or entry.derivations):
            yield f"{entry.id}, which has no claim, erratum or derivation step"
