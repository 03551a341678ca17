"""The README's pictures are those that the code draws: by what they show, not by pixels."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import symrisk
from symrisk.errors import ArgumentError
from symrisk.plot import pictures

ROOT = Path(symrisk.__file__).parent.parent
DOCS = ROOT / "docs"
RECORD = json.loads((DOCS / pictures.KEPT).read_text(encoding="utf-8"))


def alike(one, other):
    """Whether two contents are the same, numbers as closely as they are kept."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float):
        return one == pytest.approx(other, rel=1e-4, abs=1e-6)
    return one == other


def test_the_record_is_of_all_pictures():
    "Those in docs, and those that the README shows."
    shown = re.findall(r"!\[[^\]]+\]\(docs/([\w.]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert set(RECORD) == set(pictures.PICTURES) == {path.name for path in DOCS.glob("*.png")} == set(shown)


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_file_is_the_one_that_was_recorded(name):
    "The command draws a picture and writes what it shows together."
    assert sha256((DOCS / name).read_bytes()).hexdigest() == RECORD[name]["sha256"]


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_shows_what_the_code_draws(name):
    "Words, limits, colours, styles and points; after a change: python -m symrisk.plot.pictures."
    kept = {key: value for key, value in RECORD[name].items() if key != "sha256"}
    assert alike(pictures.described(name), kept)


def test_a_change_is_seen():
    "Another colour, another number, another word."
    figure = Figure()
    ax = figure.subplots()
    (line,) = ax.plot([0, 1], [2, 3], color="red", label="it")
    kept = json.loads(json.dumps(pictures.content(figure)))
    assert alike(pictures.content(figure), kept)
    for change, undo in ((lambda: line.set_color("blue"), lambda: line.set_color("red")),
                         (lambda: line.set_ydata([2, 3.01]), lambda: line.set_ydata([2, 3])),
                         (lambda: line.set_linestyle("--"), lambda: line.set_linestyle("-")),
                         (lambda: ax.set_xlabel("x"), lambda: ax.set_xlabel("")),
                         (lambda: ax.fill_between([0, 1], [2, 2]), None)):
        change()
        assert not alike(pictures.content(figure), kept)
        if undo:
            undo()


def test_it_is_written_with_its_record(tmp_path, monkeypatch):
    "One picture alone leaves the others' records as they are; an unknown one is refused."
    def small(**_):
        figure = Figure(figsize=(1, 1))
        figure.subplots().plot([0, 1], [1, 2])
        return figure

    monkeypatch.setattr(pictures, "PICTURES", {"a.png": pictures.Drawing(small), "b.png": pictures.Drawing(small, 3)})
    pictures.write(tmp_path, ("a.png", "b.png"))
    before = json.loads((tmp_path / pictures.KEPT).read_text())
    pictures.write(tmp_path, ("a.png",))
    assert json.loads((tmp_path / pictures.KEPT).read_text()) == before and before["b.png"]["reps"] == 3
    with pytest.raises(ArgumentError, match="no picture 'c.png'; there are a.png, b.png"):
        pictures.write(tmp_path, ("c.png",))
