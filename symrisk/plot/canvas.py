"""What every picture shares: a page without pyplot, quiet axes, ordered colours, labels set beside the curves."""

import io
import textwrap

import numpy as np

from symrisk.errors import NoMethod

try:
    from matplotlib import colormaps
    from matplotlib.figure import Figure
    from matplotlib.patheffects import withStroke
except ModuleNotFoundError as error:
    raise NoMethod("pictures need matplotlib: pip install symrisk[plot]") from error

INK, QUIET = "#262626", "#707070"
TITLE, TEXT, SMALL = 13, 11.5, 10
HALO = [withStroke(linewidth=3, foreground="white")]


class Picture(Figure):
    """A Figure that no window manager knows of, and that a notebook shows all the same."""

    def _repr_png_(self):
        held = io.BytesIO()
        self.savefig(held, format="png", dpi=100)
        return held.getvalue()


def page(panels, width=12.0, height=5.6):
    """A picture with `panels` axes side by side and room for a caption under them."""
    picture = Picture(figsize=(width, height), facecolor="white")
    picture.subplots_adjust(left=0.065, right=0.975, top=0.88, bottom=0.235, wspace=0.2)
    return picture, picture.subplots(1, panels)


def axes(ax=None):
    """The given axes, or those of a new picture; either way with thin spines on two sides only."""
    if ax is None:
        ax = Picture(figsize=(7.0, 5.0), layout="constrained", facecolor="white").subplots()
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set(linewidth=0.6, color=QUIET)
    ax.tick_params(width=0.6, length=3, color=QUIET, labelcolor=INK, labelsize=SMALL)
    return ax


def describe(ax, title, x, y):
    """Title and axis labels."""
    ax.set_title(title, loc="left", fontsize=TITLE, color=INK, pad=12)
    ax.set_xlabel(x, fontsize=TEXT, color=INK)
    ax.set_ylabel(y, fontsize=TEXT, color=INK)


def shades(count, name="viridis", last=0.82):
    """`count` colours from dark to light, in order also for colour-blind eyes and in grey; none too pale for paper."""
    return [colormaps[name](place) for place in np.linspace(0.0, last, count)]


def note(ax, text, xy, color=INK, offset=(0, 0), **settings):
    """Words at a point of the data, shifted by `offset` points of type, legible on top of curves."""
    settings = {"ha": "center", "va": "center", "fontsize": SMALL, "path_effects": HALO, "zorder": 6} | settings
    return ax.annotate(text, xy, xytext=offset, textcoords="offset points", color=color, annotation_clip=False, **settings)


def simulated(ax, x, means, errors, color):
    """Simulated means with one standard error to either side."""
    return ax.errorbar(x, means, yerr=errors, fmt="o", markersize=4.5, markerfacecolor="white", markeredgewidth=1.1, color=color,
                       elinewidth=1.1, capsize=2.5, zorder=4, label="simulated")


def caption(picture, text, width=172):
    """Small print under the panels, broken into lines."""
    picture.text(0.5, 0.015, textwrap.fill(text, width), ha="center", va="bottom", fontsize=SMALL - 0.5, color=QUIET, linespacing=1.35)


def tex(symbol):
    """A glossary symbol as mathtext.

    >>> from symrisk.symbols import n1
    >>> tex(n1)
    '$n_1$'
    """
    return f"${symbol.latex}$"
