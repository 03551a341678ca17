"""A figure is one new file in its place: found by its theorem's stem, drawn by name and by the command line, touching no other."""

import importlib
import sys
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from symrisk.__main__ import main
from symrisk.errors import NoMethod
from symrisk.plot import drawn, plot
from symrisk.plot.figures import transfer

STEM, ID = "late_fusion", "transfer.late_fusion"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILE = (EXAMPLES / "late_fusion.py").read_text(encoding="utf-8")


@pytest.fixture
def new(monkeypatch, tmp_path):
    "The file is there for the length of a test."
    (tmp_path / f"{STEM}.py").write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(transfer, "__path__", [*transfer.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    yield tmp_path / f"{STEM}.py"
    sys.modules.pop(f"{transfer.__name__}.{STEM}", None)
    vars(transfer).pop(STEM, None)


def test_it_is_found_and_drawn(new):
    "The curve is the formula's, at every size."
    assert drawn()[ID] == f"symrisk.plot.figures.{ID}"
    picture = plot(ID)
    (ax,), late_fusion = picture.axes, importlib.import_module(f"symrisk.theorems.{ID}")
    (line,) = ax.lines
    value = late_fusion.best_fused_risk(n1=25, **{k: v for k, v in late_fusion.CASE.items() if k not in ("n1", "w1", "w2")}, n2=12)
    assert isinstance(picture, Figure) and line.get_ydata()[24] == pytest.approx(value, rel=1e-14)


def test_the_command_line_saves_it(new, tmp_path):
    "Under the theorem's id."
    assert main(["plot", ID, "--out", str(tmp_path / "fused.png")]) == 0
    assert (tmp_path / "fused.png").read_bytes().startswith(b"\x89PNG")


def test_without_the_file_there_is_none():
    "The others are as they were."
    assert ID not in drawn()
    with pytest.raises(NoMethod, match=f"^{ID} has no figure; there is one of .*transfer.concept_shift"):
        plot(ID)
