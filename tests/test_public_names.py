"""One list of public names, loaded lazily, and a stub that agrees with it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import symrisk


@pytest.mark.parametrize("name", symrisk.__all__)
def test_every_public_name_resolves(name):
    "Each name is there and documented."
    assert getattr(symrisk, name).__doc__


def test_the_list_is_sorted_and_shown():
    "dir() and __all__ are the same sorted list."
    assert symrisk.__all__ == sorted(symrisk.__all__) == dir(symrisk)


def test_the_stub_agrees():
    "Type checkers see the same names."
    stub = (Path(symrisk.__file__).parent / "__init__.pyi").read_text()
    assert sorted(re.findall(r"import \w+ as (\w+)", stub)) == symrisk.__all__


def test_an_unknown_name_is_an_attribute_error():
    "As for any module."
    with pytest.raises(AttributeError, match="nothing"):
        symrisk.nothing  # noqa: B018


def test_importing_symrisk_loads_nothing_else():
    "`import symrisk` pulls in neither SymPy nor NumPy."
    code = "import sys, symrisk; print(any(m in sys.modules for m in ('sympy', 'numpy', 'flint')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
