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
    """What checking one claim, erratum or derivation step gave."""

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


def check(entry):
    """Yield a Result for each claim of an entry, then for each of its errata and each step of its derivations."""
    for checks, subject in subjects(entry):
        yield checks(entry.id, subject)


def subjects(entry):
    """What there is to check in an entry, in reading order: pairs of a function that checks and what it takes."""
    steps = (step for derivation in entry.derivations for step in derivation.steps)
    return [*((check_claim, claim) for claim in entry.theorem.claims),
            *((check_erratum, erratum) for erratum in entry.theorem.errata), *((check_step, step) for step in steps)]


def check_claim(identifier, claim):
    """The Result of proving one claim."""
    start = time.perf_counter()
    verdict = prove(claim)
    return Result(identifier, claim.says, verdict.status, verdict.by, time.perf_counter() - start, "claim", verdict)


def check_erratum(identifier, erratum):
    """The Result of checking an erratum: "corrected" where the published claim is refuted and the right one proved.

    Its verdict is the one that tells most: what refutes the published claim, or what is amiss with the right one.
    """
    start = time.perf_counter()
    found = erratum.check()
    by = f"{found.outcome} by {found.right.by}" if found.holds else found.outcome
    return Result(identifier, erratum.says, found.status, by, time.perf_counter() - start, "erratum",
                  found.published if found.holds else found.right)


def check_step(identifier, step):
    """The Result of checking one derivation step; its status is the verdict's, or the step's label where it holds."""
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
        module = importlib.import_module(".".join(parts))
    except SyntaxError as error:
        raise DataError(f"{path} is not Python: {error}") from error
    return module if _stands_at(module, path) else _import_alone(path)


def _stands_at(module, path):
    """Whether a module is the one of this path, and not another of the same name."""
    file = Path(getattr(module, "__file__", None) or "/").resolve()
    return file in (path, path / "__init__.py") or str(path) in map(str, getattr(module, "__path__", ()))


def _import_alone(path):
    """A file whose name another module has taken, under a name of its own."""
    name = f"{path.stem}_{abs(hash(str(path))):x}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None:
        raise ArgumentError(f"{path} can't be imported: another module has its name")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def walk(module):
    """A module and, where it is a package, every module under it."""
    yield module
    for info in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
        yield importlib.import_module(info.name)


def _of_module(module):
    theorems = {name: value for name, value in vars(module).items() if isinstance(value, Theorem)}
    shipped = set() if module.__name__.startswith(HOME) else _shipped()
    own = {name: theorem for name, theorem in theorems.items() if id(theorem) not in shipped}
    derivations = _derivations(module) if own else ()
    return [Entry(_identifier(module, name, own), theorem, module.__name__, _leading_to(theorem, own, derivations))
            for name, theorem in own.items()]


def _shipped():
    """Theorems of symrisk itself that a user's module may have imported: they are not that module's own."""
    modules = [m for name, m in list(sys.modules.items()) if name.startswith(HOME)]
    return {id(value) for m in modules for value in vars(m).values() if isinstance(value, Theorem)}


def _leading_to(theorem, own, derivations):
    """The derivations of a theorem's formulas; those of none of the module's formulas go to its first theorem."""
    formulas = [id(f) for t in own.values() for f in t.formulas]
    mine = {id(f) for f in theorem.formulas}
    is_first = theorem is next(iter(own.values()))
    return tuple(d for d in derivations if id(d.of) in mine or (is_first and id(d.of) not in formulas))


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
