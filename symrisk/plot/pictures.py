"""The pictures of the README: `python -m symrisk.plot.pictures` draws them into docs/.

Beside them pictures.json keeps what each shows, its words and points of its lines, as numbers: a
picture drawn by another matplotlib has other pixels, and the same content.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from symrisk.errors import ArgumentError
from symrisk.plot import phase_diagram, plot
from symrisk.theorems.transfer import concept_shift as shift

DOCS, KEPT, PLACES = "docs", "pictures.json", 9
"""Where the pictures stand, what they show, and how many points of a line say what it is."""


@dataclass(frozen=True)
class Drawing:
    """A picture to draw: a function of `simulate` and `rng`, how many replicates, and how fine."""

    draw: Callable[..., Figure]
    reps: int = 0
    dpi: int = 100

    def figure(self, reps: int) -> Figure:
        """The picture with means of so many replicates, from one seed."""
        return self.draw(simulate=reps, rng=0)


def _of(identifier):
    return lambda **settings: plot(identifier, **settings)


def _where_pooling_helps(**_):
    values = {"n2": 100, "p": 600, "snr": 5}
    sides = {"x": ("n1", 0, 600), "y": ("ssr", 0, 1), "labels": ("pool", "target alone")}
    return phase_diagram(shift.pooled_risk, shift.target_risk, **sides, **values).figure


PICTURES: Mapping[str, Drawing] = {
    "concept_shift.png": Drawing(_of("transfer.concept_shift"), reps=25, dpi=110),
    "mixing.png": Drawing(_of("collapse.mixing"), reps=200),
    "isotropic_ridge.png": Drawing(_of("transfer.isotropic_ridge"), reps=20),
    "comparison.png": Drawing(_of("transfer.comparison"), dpi=90),
    "phase.png": Drawing(_where_pooling_helps, dpi=110),
}
"""Name of the file -> what draws it."""


def content(figure: Figure) -> dict:
    """What a picture shows, as plain data: the words and, of each line and each area of its axes,
    name, colour and a few points.

    >>> found = content(plot("collapse.mixing"))
    >>> [axes["x"] for axes in found["axes"]], found["axes"][1]["lines"][1]["label"]
    (['weight of the real labels $w$', 'generation $t$'], 'w = 0')
    """
    words = [text.get_text() for text in figure.texts]
    for legend in figure.legends:
        words += [text.get_text() for text in legend.get_texts()]
    return {"words": words, "axes": [_axes(ax) for ax in figure.axes]}


def _axes(ax):
    return {
        "title": ax.get_title(loc="left"),
        "x": ax.get_xlabel(),
        "y": ax.get_ylabel(),
        "limits": _rounded([*ax.get_xlim(), *ax.get_ylim()]),
        "words": sorted(text.get_text() for text in ax.texts),
        "lines": [_line(line) for line in ax.lines],
        "areas": [_area(area) for area in ax.collections if area.get_paths()],
    }


def _line(line):
    points = np.asarray(line.get_xydata(), float)
    points = points[np.isfinite(points).all(axis=1)]
    chosen = points[np.linspace(0, len(points) - 1, min(PLACES, len(points))).astype(int)]
    looks = {"colour": to_hex(line.get_color()), "style": line.get_linestyle()}
    return {"label": line.get_label(), **looks, "points": _rounded(chosen.ravel())}


def _area(area):
    """An area by its fill and the box it stands in: how its edge is cut into points is the
    matplotlib's.
    """
    ends = [path.get_extents().extents for path in area.get_paths() if len(path.vertices)]
    box = [*np.min(ends, axis=0)[:2], *np.max(ends, axis=0)[2:]] if ends else []
    fills = [to_hex(color) for color in area.get_facecolor()]
    return {"label": str(area.get_label()), "fills": fills, "box": _rounded(box)}


def _rounded(numbers):
    return [float(f"{number:.6g}") for number in numbers]


def described(name: str) -> dict:
    """What the record says of one of the pictures, but for the file itself: how it was drawn, and
    its content without simulated points, which take their time.

    ArgumentError for another name.
    """
    if name not in PICTURES:
        raise ArgumentError(f"no picture {name!r}; there are {', '.join(PICTURES)}")
    drawing = PICTURES[name]
    return {"reps": drawing.reps, "dpi": drawing.dpi, "shows": content(drawing.figure(0))}


def write(folder: str, names=tuple(PICTURES)) -> None:
    """Draw pictures into a folder, all by default, and keep what they show beside them."""
    file = Path(folder) / KEPT
    record = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for name in names:
        said = described(name)
        drawing = PICTURES[name]
        path = Path(folder) / name
        drawing.figure(drawing.reps).savefig(path, dpi=drawing.dpi, metadata={"Software": None})
        record[name] = {"sha256": sha256(path.read_bytes()).hexdigest(), **said}
        print(path)
    kept = {name: record[name] for name in PICTURES if name in record}
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(DOCS, sys.argv[1:] or tuple(PICTURES))
