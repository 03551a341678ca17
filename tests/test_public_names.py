"""One list of public names, loaded lazily, and a stub that agrees with it."""

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import symrisk

ROOMS = ("equivalents", "plot", "symbols", "theorems")


@pytest.mark.parametrize("name", symrisk.__all__)
def test_every_public_name_resolves(name):
    "Each name is there and documented."
    assert getattr(symrisk, name).__doc__


def test_the_list_is_sorted_and_shown():
    "dir() shows __all__, the rooms that people look around in, and the version."
    assert symrisk.__all__ == sorted(symrisk.__all__) and dir(symrisk) == sorted(dir(symrisk))
    assert set(dir(symrisk)) - set(symrisk.__all__) == {*ROOMS, "__version__"}


@pytest.mark.parametrize("name", ROOMS)
def test_every_room_opens(name):
    "Imported when asked for."
    assert getattr(symrisk, name) is importlib.import_module(f"symrisk.{name}")


def test_the_version_is_said_once():
    "The package says it, pyproject reads it there, the citation repeats it."
    root = Path(symrisk.__file__).parent.parent
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"] and project["tool"]["hatch"]["version"] == {"path": "symrisk/__init__.py"}
    assert f"\nversion: {symrisk.__version__}\n" in (root / "CITATION.cff").read_text(encoding="utf-8")


def test_the_stub_agrees():
    "Type checkers see the same names."
    stub = (Path(symrisk.__file__).parent / "__init__.pyi").read_text()
    assert sorted(re.findall(r"import \w+ as (\w+)", stub)) == sorted([*symrisk.__all__, *ROOMS])


def test_an_unknown_name_is_an_attribute_error():
    "As for any module."
    with pytest.raises(AttributeError, match="nothing"):
        symrisk.nothing  # noqa: B018


def test_importing_symrisk_loads_nothing_else():
    "`import symrisk` pulls in neither SymPy nor NumPy."
    code = "import sys, symrisk; print(any(m in sys.modules for m in ('sympy', 'numpy', 'flint')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
