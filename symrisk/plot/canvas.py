"""What every picture shares: a page without pyplot, quiet axes, ordered colours, labels set
beside the curves.
"""

import io
from itertools import product

import numpy as np

from symrisk.errors import NoMethod

try:
    from matplotlib import colormaps
    from matplotlib.colors import to_rgb
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patheffects import withStroke
except ModuleNotFoundError as error:
    raise NoMethod("pictures need matplotlib: pip install symrisk[plot]") from error

INK, QUIET, SHADE = "#262626", "#666666", "#eef5f1"
TITLE, TEXT, SMALL = 14, 12.5, 11
HALO = [withStroke(linewidth=2.5, foreground="white")]
POINTS = {
    "linestyle": "",
    "marker": "o",
    "markersize": 5,
    "markerfacecolor": "white",
    "markeredgewidth": 1.2,
}
DASHED = {"linestyle": "--", "linewidth": 1}
STYLES = ("-", (0, (5, 1.5)), (0, (6, 1.5, 1, 1.5)), (0, (9, 2)), (0, (1, 1.2)))
"""Solid, dashed, dash and dot, ...: curves are told apart without colours."""
NEAR, FAR, CLEAR = 6, 45, 3


class Picture(Figure):
    """A Figure that no window manager knows of, and that a notebook shows all the same."""

    def _repr_png_(self):
        held = io.BytesIO()
        self.savefig(held, format="png", dpi=100)
        return held.getvalue()


def page(panels, width=12.5, height=6.0, rows=1):
    """A picture with `panels` axes side by side (in several `rows`, an array of rows), and room
    below for a key and a caption.
    """
    picture = Picture(figsize=(width, height), facecolor="white")
    sides = {
        "left": 0.85 / width,
        "right": 1 - 0.19 / width,
        "top": 1 - 0.78 / height,
        "bottom": 1.53 / height,
    }
    picture.subplots_adjust(**sides, wspace=0.2, hspace=0.42)
    return picture, picture.subplots(rows, panels)


def axes(ax=None):
    """The given axes, or those of a new picture; either way with thin spines on two sides only."""
    if ax is None:
        ax = Picture(figsize=(7.0, 5.2), layout="constrained", facecolor="white").subplots()
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set(linewidth=0.6, color=QUIET)
    ax.tick_params(which="both", width=0.6, length=3, color=QUIET, labelcolor=INK, labelsize=SMALL)
    return ax


def describe(ax, title, below, x, y):
    """The title says what is to be seen, the lines below it at which values; and the axes'
    labels.
    """
    ax.set_title(title, loc="left", fontsize=TITLE, color=INK, pad=27 + 16 * below.count("\n"))
    note(ax, below, (0, 1), QUIET, (0, 9), xycoords="axes fraction", ha="left", va="bottom")
    ax.set_xlabel(x, fontsize=TEXT, color=INK)
    ax.set_ylabel(y, fontsize=TEXT, color=INK)


def shades(count, name="viridis", last=0.78):
    """`count` colours from dark to light, in order also for colour-blind eyes and in grey; none
    too pale for paper.
    """
    return [colormaps[name](place) for place in np.linspace(0.0, last, count)]


def styles(count):
    """`count` line styles, no two beside each other the same.

    >>> styles(2)
    ['-', (0, (5, 1.5))]
    """
    return [STYLES[place % len(STYLES)] for place in range(count)]


def darker(color):
    """A colour's deeper tone, in which thin letters read as well as thick lines do."""
    return tuple(0.7 * part for part in to_rgb(color))


def note(ax, text, xy, color=INK, offset=(0, 0), **settings):
    """Words at a point of the data, shifted by `offset` points of type, legible on top of
    curves.
    """
    settings = {
        "ha": "center",
        "va": "center",
        "fontsize": SMALL,
        "path_effects": HALO,
        "zorder": 6,
    } | settings
    return ax.annotate(
        text,
        xy,
        xytext=offset,
        textcoords="offset points",
        color=color,
        annotation_clip=False,
        **settings,
    )


def settle(ax, lines, names):
    """Keep the `names` beside their `lines`, or use a legend where one covers another, a line
    not its own, or leaves `ax`.
    """
    boxes = [name.get_window_extent() for name in names]
    paths = [line.get_path().transformed(ax.transData) for line in lines]
    if all(_has_room(ax, i, boxes, paths) for i in range(len(names))):
        return
    _legend(ax, lines, names)


def _legend(ax, lines, names):
    """A legend in place of the names."""
    for name in names:
        name.remove()
    ax.legend(
        lines,
        [name.get_text() for name in names],
        fontsize=SMALL,
        framealpha=0.9,
        edgecolor="white",
    ).set_zorder(7)


def _has_room(ax, i, boxes, paths):
    inside = ax.bbox.x0 <= boxes[i].x0 and boxes[i].x1 <= ax.bbox.x1
    crossed = any(
        path.intersects_bbox(boxes[i], filled=False) for path in paths[:i] + paths[i + 1 :]
    )
    return inside and not crossed and not boxes[i].count_overlaps(boxes[:i] + boxes[i + 1 :])


def beside(ax, lines, texts, colors):
    """Name each of `lines` where its text is nearer to it than to the others, and covers
    nothing; a legend where that fails.
    """
    names = [
        note(ax, text, (0, 0), darker(color), ha="left", va="bottom", zorder=7)
        for text, color in zip(texts, colors, strict=True)
    ]
    drawn, sizes = (
        {line: _seen(ax, line) for line in ax.lines},
        [np.array(name.get_window_extent().size) for name in names],
    )
    taken = []
    for line, name, size in zip(lines, names, sizes, strict=True):
        corners = _corners(drawn[line], *size)
        rivals = [drawn[other] for other in lines if other is not line]
        room = _room(ax, corners, size, drawn[line], rivals, taken)
        room[_covers(corners, size, drawn.values())] = -np.inf
        if room.max() < 0:
            return _legend(ax, lines, names)
        best = corners[np.argmax(room)]
        name.xy = ax.transData.inverted().transform(best)
        taken.append((*best, *(best + size)))


def _seen(ax, line):
    """The points of a line, in pixels, that lie within the axes."""
    points = ax.transData.transform(
        line.get_path().interpolated(50 if len(line.get_xydata()) < 50 else 1).vertices
    )
    points = points[np.isfinite(points).all(axis=1)]
    points = points[
        (points >= ax.bbox.min - 1).all(axis=1) & (points <= ax.bbox.max + 1).all(axis=1)
    ]
    return points[:: max(1, len(points) // 300)]


def _corners(points, width, height):
    """Lower left corners of a text set around points of its line: above and below, to either
    side and slanting.
    """
    along = points[np.linspace(0, len(points) - 1, 60).astype(int)]
    across = -NEAR - width, -width / 2, NEAR
    up = -NEAR - height, -height / 2, NEAR
    return np.concatenate([along + shift for shift in product(across, up)])


def _covers(corners, size, drawn):
    """Whether the text at each corner touches a line."""
    return np.any(
        [_distance(corners, corners + size, points) <= CLEAR for points in drawn if len(points)],
        axis=0,
    )


def _room(ax, corners, size, own, rivals, taken):
    """How much farther the text at each corner is from rivals and texts than from its own line;
    -inf outside the axes.
    """
    low, high = corners, corners + size
    inside = (low >= ax.bbox.min + 2).all(axis=1) & (high <= ax.bbox.max - 2).all(axis=1)
    room = np.min(
        [_distance(low, high, points) for points in rivals if len(points)]
        + [np.full(len(corners), FAR)],
        axis=0,
    )
    for *corner, right, top in taken:
        room = np.minimum(
            room,
            np.linalg.norm(np.maximum(0, np.maximum(corner - high, low - (right, top))), axis=1),
        )
    return np.where(inside & (room > CLEAR), room - _distance(low, high, own), -np.inf)


def _distance(low, high, points):
    """From boxes to the nearest of some points."""
    away = np.maximum(0, np.maximum(low[:, None] - points, points - high[:, None]))
    return np.linalg.norm(away, axis=2).min(axis=1)


def level(ax, height, below):
    """The line to stay under, with the good side shaded and named."""
    ax.axhspan(ax.get_ylim()[0], height, color=SHADE, linewidth=0, zorder=0)
    note(
        ax,
        below,
        (0, 0),
        QUIET,
        (10, 8),
        xycoords="axes fraction",
        ha="left",
        va="bottom",
        style="italic",
    )
    return ax.plot(ax.get_xlim(), [height, height], color=INK, label="level", zorder=2, **DASHED)


def mark(ax, x, y, shape, color, label):
    """A point that the theorem singles out."""
    looks = {"markersize": 8, "markeredgecolor": "white", "markeredgewidth": 1.0, "zorder": 5}
    return ax.plot([x], [y], shape, color=color, label=label, **looks)


def simulated(ax, x, runs, unit, color):
    """The means of simulated `runs`, each a Comparison, in a unit, with one standard error to
    either side.
    """
    means, errors = np.array([[run.mean, run.standard_error] for run in runs]).T / unit
    return ax.errorbar(
        x,
        means,
        yerr=errors,
        color=color,
        elinewidth=1.2,
        capsize=3,
        zorder=4,
        label="simulated",
        **POINTS,
    )


def key(picture, *entries):
    """A line of signs and what they mean under the panels, from pairs (text, line properties)."""
    handles = [Line2D([], [], color=INK, label=text, **looks) for text, looks in entries]
    place = (0.5, 0.78 / picture.get_figheight())
    return picture.legend(
        handles=handles,
        loc="center",
        bbox_to_anchor=place,
        ncols=len(handles),
        frameon=False,
        fontsize=SMALL,
        columnspacing=2.5,
    )


def caption(picture, *lines):
    """Small print under the key: what is assumed, and how accurate it is."""
    settings = {
        "ha": "center",
        "va": "bottom",
        "fontsize": SMALL - 0.5,
        "color": QUIET,
        "linespacing": 1.4,
    }
    return picture.text(0.5, 0.12 / picture.get_figheight(), "\n".join(lines), **settings)


def alone(ax, accuracy, *entries):
    """The key under a panel that has a picture of its own, with how accurate its values are."""
    handles = [Line2D([], [], color=INK, label=text, **looks) for text, looks in entries]
    small = {"size": SMALL - 0.5}
    ax.figure.legend(
        handles=handles,
        loc="outside lower center",
        ncols=min(len(handles), 3) or 1,
        frameon=False,
        prop=small,
        title=f"accuracy: {accuracy}",
        title_fontproperties=small,
        columnspacing=1.5,
    )


def tex(symbol, value=None):
    """A glossary symbol as mathtext, perhaps with its value.

    >>> from symrisk.symbols import n1
    >>> tex(n1), tex(n1, 20.0)
    ('$n_1$', '$n_1 = 20$')
    """
    return f"${symbol.latex}$" if value is None else f"${symbol.latex} = {value:g}$"
