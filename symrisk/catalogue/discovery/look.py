"""What there is under the given paths: theorems, modules that do not import, and what is not
looked at.
"""

import importlib
import importlib.util
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path

from symrisk.catalogue.discovery.contents import bound, imported_names, tree_of
from symrisk.catalogue.discovery.entry import (
    HOME,
    Entry,
    Failure,
    Looked,
    Survey,
    identified,
    short_id,
)
from symrisk.catalogue.discovery.imports import NEIGHBOURS, imported, seen_from_here, told
from symrisk.catalogue.discovery.left import left_out
from symrisk.catalogue.discovery.places import Place, Places, is_path, of_package, places
from symrisk.errors import ArgumentError, DataError
from symrisk.paper.derivation import Derivation
from symrisk.paper.theorem import Theorem

DERIVATIONS = "symrisk.derivations"


def survey(*modules):
    """A Survey of the given modules: dotted names, folders or files; by default symrisk's own
    theorems.

    Every .py file below a folder is looked at, with or without an __init__.py beside it.
    ArgumentError for a path that does not exist, and for one under which there is no theorem.

    >>> found = survey("symrisk.theorems.collapse")
    >>> [entry.id for entry in found.entries], found.failures, found.left
    (['collapse.mixing'], (), ())
    """
    given = [_places(str(name)) for name in modules or (HOME,)]
    for each in given:
        NEIGHBOURS.add(each)
    seen = chain.from_iterable(each.found for each in given)
    looked, failures = _imported(_once(seen))
    _refuse_barren(given, looked, failures)
    entries = _entries(looked)
    chains = _chains(looked, entries)
    found = identified([_with(entry, chains) for entry in entries])
    left = [*chain.from_iterable(each.left for each in given), *left_out(looked, found)]
    ordered = tuple(sorted(found, key=lambda entry: entry.id))
    return Survey(ordered, tuple(failures), tuple(dict.fromkeys(left)), tuple(map(str, modules)))


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


def is_given(name: str) -> bool:
    """Whether a word is a path to look at, or the dotted name of a module that there is."""
    if is_path(name):
        return True
    try:
        with seen_from_here():
            return importlib.util.find_spec(name) is not None
    except (ModuleNotFoundError, ValueError):
        return False
    except Exception:
        # It is there, and fails as it is looked for: what is wrong is said when it is looked at.
        return True


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
        raise DataError(told(error, name)) from error
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
            failures.append(Failure(short_id(place), place.file, told(error, place.file)))
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
    """Theorems of symrisk itself that a user's module may have imported: they are not that
    module's own.
    """
    modules = [m for name, m in list(sys.modules.items()) if name.startswith(HOME)]
    values = chain.from_iterable(vars(module).values() for module in modules)
    return {id(value) for value in values if isinstance(value, Theorem)}


def _refuse_barren(given, looked, failures):
    """ArgumentError for a given path without a theorem: nothing would be checked, and nobody
    would know.
    """
    fruitful = {each.place.real for each in looked if each.own or each.borrowed} | {
        f.file.resolve() for f in failures
    }
    for each in given:
        if not any(place.real in fruitful for place in each.found):
            left = f"; not looked at: {', '.join(each.left)}" if each.left else ""
            raise ArgumentError(f"no theorem is bound to a name in {each.given}{left}")


def _entries(looked):
    """Each theorem once: by the module that made it, else by the first that imported it from
    elsewhere.
    """
    found = {}
    for kind in ("own", "borrowed"):
        for each in looked:
            for name, theorem in getattr(each, kind).items():
                entry = Entry("", theorem, each.module.__name__, name, each.place)
                found.setdefault(id(theorem), entry)
    return list(found.values())


def _chains(looked, entries):
    """{id of a theorem: its derivations with their names}: those of its formulas, wherever they
    stand.

    One that leads to no theorem's formula goes to its module's first theorem.
    """
    of_formula = {}
    for entry in entries:
        for formula in entry.theorem.formulas:
            of_formula.setdefault(id(formula), entry)
    chains, seen = {}, set()
    for each in looked:
        own = [entry for entry in entries if entry.place is each.place]
        first = own[0] if own else None
        beside = derivations_beside(each.module) if own else bound(each.module, Derivation).items()
        for name, derivation in beside:
            entry = of_formula.get(id(derivation.of), first)
            if entry is not None and id(derivation) not in seen:
                seen.add(id(derivation))
                chains.setdefault(id(entry.theorem), []).append((name, derivation))
    return chains


def _with(entry, chains):
    return replace(entry, chains=tuple(chains.get(id(entry.theorem), ())))


def derivations_beside(module):
    """The derivations bound in the module itself, and in the module of the same stem under
    symrisk.derivations.
    """
    modules = [module]
    twin = module.__name__.replace(HOME, DERIVATIONS, 1)
    if twin != module.__name__ and _exists(twin):
        modules.append(importlib.import_module(twin))
    return list(chain.from_iterable(bound(m, Derivation).items() for m in modules))


def _exists(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
