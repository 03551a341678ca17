"""Each page on one's own method, law, fit ... holds with its file put in place, and no other touched."""

import doctest
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine.settled import Settled

from symrisk.decide import found, methods
from symrisk.engine import instructions
from symrisk.engine.program.heads import by_head
from symrisk.plot.figures import transfer
from symrisk.simulate import fits, worlds

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PLACES = {"method": [(methods, "squares")], "instruction": [(instructions, "asinh")], "figure": [(transfer, "late_fusion")],
          "fit": [(fits, "early"), (worlds, "orthogonal")], "law": [], "unknown": []}


def forget():
    """What is found by looking is looked for again."""
    importlib.invalidate_caches()
    for table in (found._in_turn, found.methods, found.proofs, by_head):
        table.cache_clear()


@pytest.fixture
def placed(monkeypatch, tmp_path):
    """Puts the files of a page where it says that they go, for the length of a test."""
    put = []

    def place(page):
        for package, stem in PLACES[page]:
            folder = tmp_path / stem
            folder.mkdir()
            (folder / f"{stem}.py").write_text((EXAMPLES / f"{stem}.py").read_text(encoding="utf-8"), encoding="utf-8")
            monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
            put.append((package, stem))
        forget()

    yield place
    for package, stem in put:
        sys.modules.pop(f"{package.__name__}.{stem}", None)
        vars(package).pop(stem, None)
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize("page", PLACES)
def test_the_page_holds(page, placed, monkeypatch):
    "Its session, run from top to bottom."
    placed(page)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    text = (DOCS / "extend" / f"{page}.md").read_text(encoding="utf-8")
    session = doctest.DocTestParser().get_doctest(text, {"Settled": Settled}, page, f"{page}.md", 0)
    assert len(session.examples) >= 3
    told = []
    assert doctest.DocTestRunner(optionflags=FLAGS).run(session, out=told.append).failed == 0, "".join(told)


def test_every_page_is_held():
    "A new page brings its example."
    assert {path.stem for path in (DOCS / "extend").glob("*.md")} - {"index"} == set(PLACES)


def test_ones_own_theorem_is_checked_by_pytest(tmp_path):
    "Each claim and each step of the page's file is a test, and a wrong sign in the file fails some."
    text = (EXAMPLES / "theorems" / "one_sample.py").read_text(encoding="utf-8")
    file = tmp_path / "theorems" / "one_sample.py"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "--symrisk", "theorems"]
    told = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True)
    assert done.returncode == 0 and "7 passed" in done.stdout, done.stdout
    file.write_text(text.replace("(p - size - 1),", "(p - size + 1),"), encoding="utf-8")
    done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True)
    assert done.returncode == 1 and "exactly while the signal outweighs the noise" in done.stdout, done.stdout
