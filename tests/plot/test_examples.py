"""The examples in the docstrings of the figures run."""

import doctest
import importlib

import pytest

from symrisk.plot import FIGURES

MODULES = ["symrisk.plot", "symrisk.plot.canvas", *FIGURES.values()]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    "Each module has one at least."
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert found.failed == 0 and found.attempted > 0
