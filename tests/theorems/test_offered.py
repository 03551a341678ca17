"""What dir() and Tab offer of theorems: read from the index, nothing imported for it."""

import importlib
import subprocess
import sys

import pytest

import symrisk
from symrisk import catalogue
from symrisk.theorems import offered

ENTRIES = {entry.id: entry for entry in catalogue.entries()}


@pytest.mark.parametrize("identifier", ENTRIES)
def test_a_theorem_offers_what_it_states(identifier):
    "Itself and its formulas, and no name that its file imports."
    entry = ENTRIES[identifier]
    module = importlib.import_module(entry.module)
    names = set(dir(module))
    assert {entry.name, *(formula.symbol.name for formula in entry.theorem.formulas)} <= names
    assert not names & {"Claim", "Formula", "Theorem", "Region", "symbol", "n1", "p"}


def test_functions_that_show_an_example_are_offered():
    "A theorem for any number of samples; which fit is best."
    from symrisk.theorems.transfer import comparison, many_sources, multi_source

    assert "winner" in dir(comparison) and "there" not in dir(comparison)
    assert "multi_source" in dir(multi_source) and "fit_of" not in dir(multi_source)
    assert "pooled_risk_of" in dir(many_sources) and "claim_of_costs" not in dir(many_sources)


def test_a_part_that_states_no_theorem_keeps_its_names():
    "Letters are what others import."
    from symrisk.theorems.transfer import letters

    assert {"by_ratios", "coherent", "gram"} <= set(dir(letters))


def test_settings_and_theorems_are_offered_without_importing_them():
    "Also the package's own rooms; SymPy and NumPy come when a theorem does."
    code = ("import sys, symrisk; parts = symrisk.theorems; print(dir(parts), 'concept_shift' in dir(parts.transfer),"
            " any(m in sys.modules for m in ('sympy', 'numpy')), parts.collapse.mixing.mixing.title)")
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert told.stdout.strip() == "['collapse', 'ridge', 'transfer'] True False Mixing real and synthetic labels", told.stderr


def test_every_theorem_is_reached_by_its_setting():
    "What is offered is there."
    reached = {f"{offered.HOME}.{setting}.{stem}" for setting in dir(symrisk.theorems) for stem in dir(getattr(symrisk.theorems, setting))}
    assert reached == {entry.module for entry in ENTRIES.values()}


def test_a_name_that_is_none_says_which_there_are():
    "As an attribute error, so that hasattr answers no; Python adds what it may be a slip of."
    with pytest.raises(AttributeError, match="has no transfr: there are collapse, ridge, transfer"):
        symrisk.theorems.transfr  # noqa: B018
    assert not hasattr(symrisk.theorems.transfer, "concept_shit")
    with pytest.raises(ImportError, match="concept_shit"):
        from symrisk.theorems.transfer import concept_shit  # noqa: F401


def test_an_import_that_fails_inside_is_not_hidden(monkeypatch, tmp_path):
    "A module that is there and lacks another says which it lacks."
    (tmp_path / "broken.py").write_text("import nowhere_at_all\n")
    monkeypatch.setattr(symrisk.theorems.ridge, "__path__", [*symrisk.theorems.ridge.__path__, str(tmp_path)])
    with pytest.raises(ModuleNotFoundError, match="nowhere_at_all"):
        symrisk.theorems.ridge.broken  # noqa: B018
