"""Figures show what they draw: the default run executes the examples, here there must be one."""

import doctest
import importlib

import pytest

from symrisk.plot import FIGURES

MODULES = ["symrisk.plot", "symrisk.plot.canvas", *FIGURES.values()]


@pytest.mark.parametrize("name", MODULES)
def test_there_is_an_example(name):
    "In the docstring of one of its functions."
    found = doctest.DocTestFinder().find(importlib.import_module(name))
    assert any(each.examples for each in found)
