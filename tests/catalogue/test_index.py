"""The index lists what the theorems say, and is not believed where they have changed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from symrisk.catalogue import describe, entries, index
from symrisk.catalogue.asked import resolve
from symrisk.catalogue.asked.titles import titles
from symrisk.errors import ArgumentError

LISTED = index.listed()
WHOLE = {entry.id: entry for entry in entries()}


@pytest.fixture
def changed(monkeypatch):
    "A theorem has changed since the index was written."
    monkeypatch.setattr(index, "fingerprint", lambda: "another text")


def test_the_index_is_fresh():
    "python -m symrisk.catalogue.describe writes it anew."
    assert Path(index.FILE).read_text(encoding="utf-8") == describe.text(describe.described())


def test_the_index_lists_every_theorem():
    "Ids, titles, and the formulas with their inputs."
    found = {name: entry.theorem for name, entry in WHOLE.items()}
    assert {name: theorem.title for name, theorem in found.items()} == dict(titles())
    formulas = {(name, f.symbol.name, tuple(f.inputs)) for name, theorem in found.items() for f in theorem.formulas}
    assert formulas == {(name, f, inputs) for name, each in LISTED.items() for f, (_, inputs) in each.formulas.items()}


@pytest.mark.parametrize("identifier", LISTED)
def test_an_entry_by_the_index_is_the_entry(identifier):
    "The theorem's own modules are enough to find all that belongs to it."
    found, whole = resolve.locate(identifier).entry, WHOLE[identifier]
    assert (found.theorem, found.chains) == (whole.theorem, whole.chains)
    assert tuple(resolve.derivations(found)) == LISTED[identifier].derivations


def test_a_changed_theorem_is_looked_at(changed):
    "The index is of another text: the theorems themselves are asked."
    assert index.listed() is None
    assert titles() == [(entry.id, entry.theorem.title) for entry in entries()]
    assert resolve.locate("collapse.mixing.variance_factor").formula is not None


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_damaged_index_is_none(monkeypatch, tmp_path, content):
    "It is not believed, and nothing fails."
    (tmp_path / "index.json").write_text(content)
    monkeypatch.setattr(index, "FILE", tmp_path / "index.json")
    assert index.listed() is None and len(titles()) == len(LISTED)


def test_the_fingerprint_is_of_names_and_texts(monkeypatch, tmp_path):
    "A letter in a theorem, or a theorem more, changes it."
    (tmp_path / "theorems" / "one").mkdir(parents=True)
    file = tmp_path / "theorems" / "one" / "a.py"
    file.write_text("x = 1\n")
    monkeypatch.setattr(index, "PACKAGE", tmp_path)
    seen = {index.fingerprint.__wrapped__()}
    file.write_text("x = 2\n")
    seen.add(index.fingerprint.__wrapped__())
    file.rename(file.with_name("b.py"))
    seen.add(index.fingerprint.__wrapped__())
    assert len(seen) == 3


def test_an_unknown_id_names_those_there_are():
    "From the index, without a look at the theorems."
    with pytest.raises(ArgumentError, match="no theorem 'transfer.nothing'; `symrisk show` lists all"):
        resolve.locate("transfer.nothing")


def test_the_list_needs_no_sympy():
    "symrisk show prints ids and titles from the index, with nothing of weight loaded; one number imports one theorem and no prover."
    code = ("import sys; from symrisk.__main__ import main; main({argv!r}); "
            "import json; print(json.dumps(sorted(sys.modules)))")
    shown = json.loads(_output(code.format(argv=["show"])))
    assert not {"sympy", "numpy", "inspect", "pathlib", "traceback", "shutil"} & set(shown)
    argv = ["eval", "transfer.finite_sample.pooled_risk", "n1=1", "n2=1", "p=9", "snr=1", "ssr=1"]
    evaluated = json.loads(_output(code.format(argv=argv)))
    assert "symrisk.theorems.transfer.multi_source" not in evaluated
    assert not [name for name in evaluated if name.startswith(("symrisk.decide", "symrisk.derive"))]


def _output(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]
