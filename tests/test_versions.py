"""What symrisk needs, and since which version."""

import re
import sys
import tomllib

import pytest
from oldest import FILE, floors

PROJECT = tomllib.loads(FILE.read_text(encoding="utf-8"))["project"]
PYTHON = "Programming Language :: Python :: "


def test_every_requirement_has_a_floor():
    "So that the oldest versions can be installed and tested; an extra's floor is the same in every extra."
    extras = PROJECT["optional-dependencies"]
    found = floors(extras=tuple(extras))
    assert set(floors()) <= set(found) and all(re.fullmatch(r"[\d.]+", version) for version in found.values())
    for name in extras:
        for requirement in extras[name]:
            package, _, floor = requirement.partition(">=")
            assert found[package] == floor


def test_a_requirement_without_a_floor_is_an_error(monkeypatch, tmp_path):
    "It would be tested at its newest version alone."
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["sympy"]\n[project.optional-dependencies]\nplot = []\ntest = []\n')
    monkeypatch.setattr("oldest.FILE", tmp_path / "pyproject.toml")
    with pytest.raises(ValueError, match="sympy has no floor"):
        floors()


def test_the_python_that_runs_the_tests_is_declared():
    "Each Python that is declared is one that somebody has tested; the oldest is the one required."
    declared = [line.removeprefix(PYTHON) for line in PROJECT["classifiers"] if line.startswith(PYTHON) and "." in line]
    assert ".".join(map(str, sys.version_info[:2])) in declared
    assert PROJECT["requires-python"] == f">={declared[0]}"
