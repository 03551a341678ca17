"""Variance against the weight of the real labels and against the generation: any real labels
stop the collapse.
"""

import numpy as np

from symrisk import symbols
from symrisk.errors import ArgumentError
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.simulate.given import generator
from symrisk.theorems.collapse import mixing

GOLDEN = float(mixing.golden)
GENERATIONS, WEIGHTS, LAST = (1, 2, 5, 20), (0, 0.1, 0.2, 1 / 3, GOLDEN), 20
WRITTEN = {1 / 3: "1/3", GOLDEN: r"1/\varphi \approx 0.618"}
FACTOR, FACTOR_AT = mixing.variance_factor.symbol, mixing.variance_factor_at.symbol
DRAWN, ONLY_SYNTHETIC = mixing.mixing.simulations
CEILING, SIMULATED_WEIGHTS = 6.0, (0.05, 0.15, 0.25, 0.45, 0.618, 0.8)


def factor_at(w, t):
    """v_t on weights and generations that broadcast, w = 0 included.

    >>> factor_at([0, 1 / 3, 1], 20).round(12).tolist()
    [21.0, 1.0, 1.0]
    """
    w, t = np.broadcast_arrays(np.asarray(w, float), np.asarray(t, float))
    mixed = mixing.variance_factor_at(w=np.where(w == 0, 0.5, w), t=t)
    return np.where(w == 0, mixing.collapsing_factor_at(t=t), mixed)


def variance_against_weight(
    ax=None, *, generations=GENERATIONS, simulate=0, rng=None, executor=None
):
    """v_t for several t, and c(w) to which they tend, against the weight w of the real labels;
    returns the Axes.

    The least c is 1/phi at w = 1/phi, phi the golden ratio; at w = 1/3 and w = 1 it is that of one
    fit on real labels.  As w falls to 0 v_t rises to 1 + t, and c without bound.  ``simulate=200``
    adds means of 200 replicates.

    >>> ax = variance_against_weight(generations=(2,))
    >>> [round(float(line.get_xdata()[0]), 3) for line in ax.lines if line.get_label() == "golden"]
    [0.618]
    """
    if not len(generations):
        raise ArgumentError("generations is one number at least; there is none")
    single, ax, w, rng = ax is None, canvas.axes(ax), np.linspace(0, 1, 501), generator(rng)
    top, colors = 1.8 * (1 + max(generations)), canvas.shades(len(generations), "plasma")
    ax.set(xlim=(-0.14, 1.02), yscale="log", ylim=(0.4, top))
    _plain_ticks(ax.yaxis, top)
    canvas.describe(
        ax,
        "Least variance at the golden share of real labels",
        f"{tex(FACTOR_AT)} after {tex(symbols.t)} generations, {tex(FACTOR)} in the long run",
        f"weight of the real labels {tex(symbols.w)}",
        "variance, relative to one real fit",
    )
    canvas.level(ax, 1, "better than one real fit")
    lines = [
        ax.plot(
            w,
            factor_at(w, t),
            color=color,
            linestyle=style,
            linewidth=2,
            label=f"t = {t:g}",
            zorder=3,
        )[0]
        for t, color, style in zip(
            generations, colors, canvas.styles(len(generations) + 1)[1:], strict=True
        )
    ]
    for t, color in zip(generations, colors, strict=True):
        _simulate(ax, [(x, t) for x in SIMULATED_WEIGHTS], 0, color, simulate, rng, executor)
    ax.plot(
        w[1:],
        mixing.variance_factor(w=w[1:]),
        color=canvas.INK,
        linewidth=2.8,
        label="variance_factor",
        zorder=4,
    )
    _landmarks(ax, top)
    if single:
        canvas.alone(ax, mixing.variance_factor_at.accuracy, *_signs(simulate))
    canvas.settle(
        ax,
        lines,
        [
            canvas.note(
                ax, tex(symbols.t, t), (0, 1 + t), canvas.darker(color), (-6, 0), ha="right"
            )
            for t, color in zip(generations, colors, strict=True)
        ],
    )
    return ax


def variance_against_generation(
    ax=None, *, weights=WEIGHTS, last=LAST, simulate=0, rng=None, executor=None
):
    """v_t against the generation t for several weights w of the real labels; without any it grows
    for ever.  The Axes.

    >>> ax = variance_against_generation(weights=(0,), last=3)
    >>> ax.lines[-1].get_ydata().tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    single, ax, t, rng = ax is None, canvas.axes(ax), np.arange(last + 1), generator(rng)
    ax.set(xlim=(0, last), ylim=(0, CEILING))
    ax.xaxis.get_major_locator().set_params(integer=True)
    canvas.describe(
        ax,
        "Any real labels stop the collapse",
        f"weight {tex(symbols.w)} of the real labels in each generation",
        f"generation {tex(symbols.t)}",
        f"variance {tex(FACTOR_AT)}, relative to the first fit",
    )
    canvas.level(ax, 1, "better than the first fit")
    colors, visited = (
        canvas.shades(len(weights)),
        np.unique(np.linspace(1, 0.8 * last, 4).astype(int)).tolist(),
    )
    # there is nothing between two generations: the line only leads the eye
    looks = {"marker": "o", "markersize": 5.5, "linewidth": 1.0, "zorder": 3}
    lines = [
        ax.plot(t, factor_at(w, t), color=color, linestyle=style, label=f"w = {w:g}", **looks)[0]
        for w, color, style in zip(weights, colors, canvas.styles(len(weights)), strict=True)
    ]
    for w, color in zip(weights, colors, strict=True):
        _simulate(ax, [(w, x) for x in visited], 1, color, simulate, rng, executor)
    if single:
        canvas.alone(ax, mixing.variance_factor_at.accuracy, *_signs(simulate))
    canvas.settle(
        ax, lines, [_name(ax, w, color, last) for w, color in zip(weights, colors, strict=True)]
    )
    return ax


def figure(simulate=0, rng=None, executor=None):
    """Against the weight and against the generation, side by side."""
    (picture, (left, right)), rng = canvas.page(2), generator(rng)
    variance_against_weight(left, simulate=simulate, rng=rng, executor=executor)
    variance_against_generation(right, simulate=simulate, rng=rng, executor=executor)
    canvas.key(picture, *_signs(simulate))
    canvas.caption(
        picture,
        "Min-norm interpolation or least squares, the same features in every generation, fresh "
        "label noise "
        "of one variance.",
        f"Curves: {mixing.variance_factor.accuracy}, whatever the features; the bias is the first "
        r"fit's throughout. $\varphi = (1 + \sqrt{5})/2$.",
    )
    return picture


def _signs(simulate):
    """What the signs stand for, as pairs (text, line properties)."""
    yield "one fit on real labels", canvas.DASHED
    if simulate:
        yield f"simulated, {simulate} replicates ± standard error", canvas.POINTS


def _plain_ticks(axis, top):
    """Numbers as one says them, not powers of ten."""
    ticks = [tick for tick in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if tick < top]
    axis.set_ticks(ticks, [f"{tick:g}" for tick in ticks])
    axis.set_ticks([], minor=True)


def _landmarks(ax, top):
    """The golden weight, the two weights that change nothing, and the pole."""
    for w, label in ((1 / 3, "third"), (1.0, "real"), (GOLDEN, "golden")):
        canvas.mark(ax, w, mixing.variance_factor(w=w), "o", canvas.INK, label)
    canvas.note(ax, f"least: ${WRITTEN[GOLDEN]}$", (GOLDEN, GOLDEN), offset=(0, -15))
    canvas.note(ax, f"${symbols.w.latex} = 1/3$", (1 / 3, 1), offset=(8, 11), ha="left")
    canvas.note(ax, "real labels only", (1, 1), offset=(4, 11), ha="right")
    words = rf"long run ${FACTOR.latex}({symbols.w.latex})$: no bound as ${symbols.w.latex} \to 0$"
    canvas.note(ax, words, (0.08, top), offset=(0, -14), ha="left")


def _name(ax, w, color, last):
    """The weight, at the right end of its curve or where this leaves the picture."""
    text, t = f"${symbols.w.latex} = {WRITTEN.get(w, f'{w:g}')}$", np.arange(last + 1)
    end = float(factor_at(w, last))
    if end <= CEILING:
        return canvas.note(
            ax, text, (last, end), canvas.darker(color), (-4, 9 if end >= 1 else -10), ha="right"
        )
    leaves = np.interp(CEILING, factor_at(w, t), t)
    return canvas.note(
        ax,
        text + ": collapse" * (w == 0),
        (leaves, CEILING),
        canvas.darker(color),
        (5, -8),
        ha="left",
    )


def _simulate(ax, points, across, color, reps, rng, executor):
    """Simulated variances at points (w, t), against the weight (0) or the generation (1)."""
    if not reps:
        return
    runs = [
        _run(w, t, reps, child, executor)
        for (w, t), child in zip(points, rng.spawn(len(points)), strict=True)
    ]
    canvas.simulated(ax, [point[across] for point in points], runs, 1.0, color)


def _run(w, t, reps, rng, executor):
    if w == 0:
        return ONLY_SYNTHETIC.run(reps, rng=rng, executor=executor, t=t)
    return DRAWN.run(reps, rng=rng, executor=executor, w=w, t=t)
