"""A theorem in a new setting is one new file: it is listed, checked, shown and evaluated, and no other file knows of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import symrisk

PACKAGE = Path(symrisk.__file__).parent
SPIKE = '''
"""How far a spike stands out: a toy."""

from symrisk import Citation, Claim, Derivation, Formula, Region, Step, Theorem, falls
from symrisk.symbols import gamma, symbol

ell = symbol("ell", r"\\\\ell", "size of the spike", positive=True)
overlap = Formula(symbol("overlap", "o", "share of the spike that is seen"), 1 - gamma/ell**2, on=Region(gamma < ell**2))
spike = Theorem("A spike that stands out", Citation("baik2005", "Theorem 1.1"), states="It is seen in part.", assumes=("gaussian",),
                formulas=(overlap,), claims=(*falls(overlap, gamma), Claim("less than all of it is seen", overlap, "<", 1, on=gamma > 0)))
seen = Derivation("from the secular equation", "one eigenvalue", of=overlap, steps=(
    Step("what is seen and what is lost are all", Claim("all of it", overlap + gamma/ell**2, "==", 1)),))
'''


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The package and its derivations as they stand, and one file more."""
    folder = tmp_path_factory.mktemp("clone")
    for source in (PACKAGE, PACKAGE.parent / "derivations"):
        shutil.copytree(source, folder / source.name)
    file = folder / "symrisk" / "theorems" / "spikes" / "spike.py"
    file.parent.mkdir()
    file.write_text(SPIKE, encoding="utf-8")
    return folder


def said(clone, *words):
    """What a command of the copy prints; it exits with 0."""
    told = {**os.environ, "PYTHONPATH": str(clone)}
    done = subprocess.run([sys.executable, "-m", "symrisk", *words], capture_output=True, text=True, env=told, cwd=clone)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_listed(clone):
    "The index is of another text now, and is not believed: every theorem is there, and the new one."
    lines = [line.split() for line in said(clone, "show").splitlines() if line]
    assert ["spikes.spike", *"A spike that stands out".split()] in lines
    assert "transfer.concept_shift" in {words[0] for words in lines}


def test_it_is_checked(clone):
    "Its claims and its derivation step; nothing of it is left out."
    rows = json.loads(said(clone, "check", "--json", "symrisk.theorems.spikes"))
    assert [(row["id"], row["kind"], row["status"]) for row in rows] == [
        ("spikes.spike", "claim", "proved"), ("spikes.spike", "claim", "proved"), ("spikes.spike", "step", "proved")]


def test_it_is_shown(clone):
    "By its id, with its formulas, verdicts and places; its LaTeX too."
    page = said(clone, "show", "spikes.spike", "--in", "symrisk.theorems.spikes")
    assert page.startswith("spikes.spike: A spike that stands out\n")
    assert "less than all of it is seen  [positive]" in page and "symrisk/theorems/spikes/spike.py" in page
    assert r"\begin{document}" in said(clone, "show", "spikes.spike", "--in", "symrisk.theorems.spikes", "--latex")


def test_it_is_evaluated(clone):
    "To as many digits as asked."
    words = ("eval", "spikes.spike.overlap", "--in", "symrisk.theorems.spikes", "gamma=1/3", "ell=2", "--digits", "30")
    assert said(clone, *words).strip() == "0.916666666666666666666666666667"


def test_after_its_index_is_written_it_is_found_as_any_other(clone):
    "By its id alone."
    told = {**os.environ, "PYTHONPATH": str(clone)}
    subprocess.run([sys.executable, "-m", "symrisk.catalogue.describe"], check=True, env=told, cwd=clone)
    assert said(clone, "eval", "spikes.spike.overlap", "gamma=1", "ell=2").strip() == "0.75"
