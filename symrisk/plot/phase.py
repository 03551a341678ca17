"""Where one quantity is below another, as pooling below the target alone: a map over any two of
their inputs.
"""

import numpy as np
from matplotlib.patches import Patch
from matplotlib.path import Path
from numpy.lib.stride_tricks import sliding_window_view

from symrisk.errors import ArgumentError
from symrisk.language.made import Arithmetic
from symrisk.plot import canvas
from symrisk.plot.duel import Duel
from symrisk.plot.room import roomiest
from symrisk.plot.words import drawn, letter, lined, meaning, valued

BELOW, ABOVE, NOWHERE, HATCH = "#6fb7e6", "#e4e4e4", "#ffffff", "#c4c4c4"
PAPER = {"facecolor": NOWHERE, "edgecolor": "none", "pad": 2.5, "alpha": 0.85}
SLIVER = 0.01


def phase_diagram(pooled, alone, /, *, x, y, ax=None, labels=None, **values):
    r"""The map of where `pooled` is below `alone`, two quantities, over any two of their inputs;
    returns the Axes.

    x, y: ``(name, first, last)``, or ``(name, first, last, "log")`` for a logarithmic scale.
    values: every other input, a number or a law; each goes to the quantities that take it.  labels:
    what to do where `pooled` is below, and where not, as ("pool", "target alone"); by default the
    areas are named by what is compared.

    The line between the two areas is solved for where it crosses the grid, not interpolated.  Where
    one of the quantities does not hold, the map is hatched and says what it holds for.
    docs/phase.png is this:

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> ax = phase_diagram(shift.pooled_risk, shift.target_risk, x=("n1", 0, 600), y=("ssr", 0, 1), labels=("pool", "target alone"), n2=100, p=600, snr=5)
    >>> [text.get_text() for text in ax.texts[1:]]
    ['pool', 'target alone', '$R_{\\mathrm{pool}}$ only for\n$n_1 + n_2 < p$']

    Raises `ArgumentError` for names that neither quantity has, that are missing or given twice;
    `DomainError` for ranges that are none, where no point of the map belongs to both, and where one
    has no value at a point that it holds for.
    """  # noqa: E501
    if labels is not None and (isinstance(labels, str) or len(labels) != 2):
        raise ArgumentError(f"labels are two texts, for below and not below; not {labels!r}")
    duel = Duel(pooled, alone, x, y, values)
    title = _question(duel, labels)
    labels = _areas(duel) if labels is None else labels
    rules, (single, ax) = duel.rules, (ax is None, canvas.axes(ax))
    _frame(ax, duel, title)
    _colour(ax, duel, rules)
    if single:
        sign = (
            (_equal(duel), {"linewidth": 1.2}) if duel.crosses else (_apart(duel), {"linewidth": 0})
        )
        canvas.alone(ax, Arithmetic("-", pooled, alone).accuracy, sign)
        ax.figure.draw_without_rendering()
    _name(ax, duel, rules, labels)
    return ax


def _frame(ax, duel, title):
    """Scales, limits and words."""
    x, y = duel.x, duel.y
    ax.set(
        xscale="log" if x.log else "linear",
        yscale="log" if y.log else "linear",
        xlim=(x.low, x.high),
        ylim=(y.low, y.high),
    )
    for side, axis in ((x, ax.xaxis), (y, ax.yaxis)):
        if side.symbol.is_integer and not side.log:
            axis.get_major_locator().set_params(integer=True)
    fixed = lined([valued(duel.symbols[name], value) for name, value in duel.values.items()])
    canvas.describe(ax, title, fixed, meaning(x.symbol), meaning(y.symbol))


def _heads(duel):
    """What the two are called: by their letters; where they share one, by their names or places."""
    for called in (tuple(map(letter, duel.pair)), tuple(each.title for each in duel.pair)):
        if called[0] != called[1]:
            return called
    return "the first", "the second"


def _question(duel, labels):
    """The title: what is compared, or which of two things to do."""
    if labels is None:
        first, second = _heads(duel)
        return f"Where is {first} below {second}?"
    title = f"{labels[0]} or {labels[1]}?"
    return title[:1].upper() + title[1:]


def _areas(duel):
    """The names of the areas: which of the two is below the other."""
    first, second = _heads(duel)
    return f"{first} < {second}", f"{first} ≥ {second}"


def _equal(duel):
    first, second = map(letter, duel.pair)
    return f"{first} = {second}" if first != second else "both equal"


def _apart(duel):
    return "{} and {} are nowhere equal here".format(*map(letter, duel.pair))


def _colour(ax, duel, rules):
    """The two areas and the line between them; over both what lies outside, up to its own edge."""
    x, y, reaching = duel.x.grid, duel.y.grid, _reaching(duel.gap)
    for label, gap, color in (("below", reaching, BELOW), ("not below", -reaching, ABOVE)):
        ax.contourf(x, y, gap, levels=[0, np.inf], colors=[color], zorder=1).set_label(label)
    if duel.crosses:
        line = ax.contour(
            x,
            y,
            duel.gap,
            levels=[0],
            colors=[canvas.INK],
            linewidths=1.2,
            zorder=2,
            corner_mask=False,
        )
        line.set_label("boundary")
        line.set_paths([Path(duel.solved(path.vertices), path.codes) for path in line.get_paths()])
    if rules:
        least = np.fmin.reduce([rule.slack for rule in rules])
        area = ax.contourf(
            x, y, -least, levels=[0, np.inf], colors=[NOWHERE], hatches=["////"], zorder=3
        )
        area.set(label="outside", edgecolor=HATCH, linewidth=0)
    for rule in rules:
        ax.contour(x, y, rule.slack, levels=[0], colors=[canvas.QUIET], linewidths=0.8, zorder=3)


def _reaching(gap):
    """The gap, continued by two steps into where there is none, so that colours reach under the
    edge drawn over them.
    """
    for _ in range(2):
        padded = np.pad(gap, 1, constant_values=np.nan)
        around = sliding_window_view(padded, gap.shape).reshape(9, *gap.shape)
        gap = np.where(np.isnan(gap), np.fmax.reduce(around), gap)
    return gap


def _name(ax, duel, rules, labels):
    """Each area's words where it has most room for them, on end where it is narrow; in a legend
    those that find none.
    """
    areas = [(labels[0], duel.gap > 0, BELOW), (labels[1], duel.gap <= 0, ABOVE)]
    taken = np.zeros(duel.gap.shape, bool)
    for rule in sorted(rules, key=lambda rule: (rule.slack < 0).sum()):
        areas.append((_only(rule), (rule.slack < 0) & ~taken, NOWHERE))
        taken |= rule.slack < 0
    homeless = [
        (words, color)
        for words, area, color in areas
        if area.mean() > (SLIVER if color == NOWHERE else 0)
        and not _set(ax, duel, words, area, color)
    ]
    if homeless:
        marks = [
            Patch(facecolor=color, edgecolor=HATCH, hatch="////" if color == NOWHERE else None)
            for _, color in homeless
        ]
        ax.legend(
            marks,
            [words for words, _ in homeless],
            fontsize=canvas.SMALL,
            framealpha=0.9,
            edgecolor="white",
        ).set_zorder(7)


def _only(rule):
    """The words in an area where a rule is broken."""
    heads = " and ".join(dict.fromkeys(map(letter, rule.holders)))
    if rule.relation is None:
        return f"no value of {heads}"
    return f"{heads} only for\n{drawn(rule.relation.latex(), str(rule.relation))}"


def _set(ax, duel, words, area, color):
    """The words in the area, and whether there was room."""
    cell = np.array(ax.bbox.size) / (np.array(area.shape[::-1]) - 1)
    looks = {"fontsize": canvas.TEXT, "bbox": PAPER if color == NOWHERE else None}
    for said, rotation in ((words, 0), (words, 90), (words.replace("\n", " "), 90)):
        trial = canvas.note(
            ax, said, (0.5, 0.5), xycoords="axes fraction", rotation=rotation, **looks
        )
        place = roomiest(area, np.array(trial.get_window_extent().size) / cell)
        trial.remove()
        if place is not None:
            canvas.note(
                ax, said, (duel.x.at(place[1]), duel.y.at(place[0])), rotation=rotation, **looks
            )
            return True
    return False
