"""Where a theorem's files stand: its statement, derivation, figure and tests, all of one stem."""

from importlib.util import find_spec
from pathlib import Path

from symrisk.catalogue import DERIVATIONS, HOME, Entry
from symrisk.plot import drawn

PROJECT = "pyproject.toml"
"""What stands at the top of a project, beside its tests."""


def places(entry: Entry) -> dict[str, list[str]]:
    """{what: files}, for what there is of statement, derivation, figure and tests.

    Tests are looked for in a project's own tests: an installed package brings none along.

    >>> from symrisk import catalogue
    >>> found = places(catalogue.find("collapse.mixing"))
    >>> [Path(file).parts[-2:] for file in found["statement"] + found["figure"]]
    [('collapse', 'mixing.py'), ('collapse', 'mixing.py')]
    """
    found = {
        "statement": [entry.place.file],
        "derivation": _derivation(entry),
        "figure": _of_module(drawn().get(entry.id)),
        "tests": _tests(entry),
    }
    return {what: [_seen(file) for file in files] for what, files in found.items() if files}


def _derivation(entry):
    """The file of the same stem under derivations, where the theorem has derivations."""
    if not entry.chains or not entry.module.startswith(HOME):
        return []
    return _of_module(entry.module.replace(HOME, DERIVATIONS, 1))


def _of_module(name):
    """The file of a module, if there is such a module."""
    try:
        spec = find_spec(name) if name else None
    except ModuleNotFoundError:
        # not even its folder: a setting whose derivations stand beside the theorems
        spec = None
    return [] if spec is None else [Path(spec.origin)]


def _tests(entry):
    """Test files of the statement's stem, in the tests of the project that it stands in."""
    file = entry.place.real
    project = next((folder for folder in file.parents if (folder / PROJECT).is_file()), None)
    return [] if project is None else sorted((project / "tests").rglob(f"test_{file.stem}.py"))


def _seen(file):
    """A path as it is typed from the current folder, in full where it stands elsewhere."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)
