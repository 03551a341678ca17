"""The catalogue: every theorem bound to a name in a module, found by looking; and what checking it gives."""

import importlib
import importlib.util
import pkgutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from symrisk.decide import prove
from symrisk.derivation import Derivation
from symrisk.errors import ArgumentError, DataError
from symrisk.theorem import Theorem

HOME = "symrisk.theorems"
DERIVATIONS = "symrisk.derivations"


@dataclass(frozen=True)
class Entry:
    """A theorem with its id ("transfer.concept_shift"), the module it stands in and the derivations of the same stem."""

    id: str
    theorem: Theorem
    module: str
    derivations: tuple = ()


@dataclass(frozen=True)
class Result:
    """What checking one claim or derivation step gave."""

    id: str
    claim: str
    status: str
    by: str
    seconds: float
    kind: str = "claim"
    verdict: object = None

    def to_dict(self):
        """The plain-data form that `symrisk check --json` prints."""
        return {"id": self.id, "claim": self.claim, "status": self.status, "by": self.by, "seconds": round(self.seconds, 4),
                "kind": self.kind}


def entries(*modules):
    """The entries of the given modules (dotted names, folders or files; by default symrisk's own), in order of id."""
    found, seen = [], set()
    for name in modules or (HOME,):
        for module in walk(load(name)):
            for entry in _of_module(module):
                if id(entry.theorem) not in seen:
                    seen.add(id(entry.theorem))
                    found.append(entry)
    return sorted(found, key=lambda entry: entry.id)


def find(identifier, *modules):
    """The entry with an id; ArgumentError lists the ids there are."""
    found = {entry.id: entry for entry in entries(*modules)}
    if identifier not in found:
        raise ArgumentError(f"no theorem {identifier!r}; there are {', '.join(found) or 'none'}")
    return found[identifier]


def find_formula(identifier, *modules):
    """The formula with an id such as transfer.concept_shift.pooled_risk."""
    theorem, _, name = identifier.rpartition(".")
    return find(theorem, *modules).theorem.formula(name)


def check(entry):
    """Yield a Result for each claim of an entry, then for each step of its derivations."""
    for claim in entry.theorem.claims:
        yield check_claim(entry.id, claim)
    for derivation in entry.derivations:
        for step in derivation.steps:
            yield check_step(entry.id, step)


def check_claim(identifier, claim):
    start = time.perf_counter()
    verdict = prove(claim)
    return Result(identifier, claim.says, verdict.status, verdict.by, time.perf_counter() - start, "claim", verdict)


def check_step(identifier, step):
    start = time.perf_counter()
    result = step.check()
    status = result.outcome if result.verdict is not None else step.label if result.holds else "refuted"
    by = result.verdict.by if result.verdict is not None else result.outcome
    return Result(identifier, step.says, status, by, time.perf_counter() - start, "step", result.verdict)


def load(name):
    """The module of a dotted name, or of a path to a file or a package folder."""
    path = Path(name)
    if path.suffix == ".py" or path.is_dir():
        return import_path(path)
    try:
        return importlib.import_module(str(name))
    except ModuleNotFoundError as error:
        raise ArgumentError(f"no module or path {name!r}: {error}") from error


def import_path(path):
    """Import a file or folder under the dotted name its package gives it."""
    path = path.resolve()
    if not path.exists():
        raise ArgumentError(f"no such file: {path}")
    parts, folder = [path.stem if path.suffix == ".py" else path.name], path.parent
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(".".join(parts))
    except SyntaxError as error:
        raise DataError(f"{path} is not Python: {error}") from error


def walk(module):
    """A module and, where it is a package, every module under it."""
    yield module
    for info in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
        yield importlib.import_module(info.name)


def _of_module(module):
    theorems = {name: value for name, value in vars(module).items() if isinstance(value, Theorem)}
    used = {id(u) for theorem in theorems.values() for u in theorem.uses}
    own = {name: theorem for name, theorem in theorems.items() if id(theorem) not in used}
    return [Entry(_identifier(module, name, own), theorem, module.__name__, _derivations(module))
            for name, theorem in own.items()]


def _identifier(module, name, own):
    stem = module.__name__.removeprefix(f"{HOME}.")
    return stem if len(own) == 1 and name == stem.rpartition(".")[2] else f"{stem}.{name}"


def _derivations(module):
    """The derivations bound in the module itself, and in the module of the same stem under symrisk.derivations."""
    modules = [module]
    twin = module.__name__.replace(HOME, DERIVATIONS, 1)
    if twin != module.__name__ and _exists(twin):
        modules.append(importlib.import_module(twin))
    return tuple(v for m in modules for v in vars(m).values() if isinstance(v, Derivation))


def _exists(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
