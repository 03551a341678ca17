"""Which fit has the least risk, by the source's size and shift: a map for each signal-to-noise
ratio.
"""

import numpy as np

from symrisk import symbols
from symrisk.errors import ArgumentError, DomainError
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.theorems.transfer import comparison, finite_sample, least_risk

SNR, PLAIN = (2, 8, 32), ("target", "pool", "tune")
SHOWN = {
    "target": ("the target alone", "#e4e4e4"),
    "source": ("the source alone", "#cc79a7"),
    "pool": ("pooling", "#6fb7e6"),
    "tune": ("fine-tuning", "#f0b64a"),
    "fuse": ("fusing", "#57bd9b"),
}
COLUMNS, ROWS, COARSE = 420, 300, 8
SIGN = (
    f"threshold {tex(finite_sample.ssr_threshold.symbol)}: below it pooling beats the target "
    f"alone, n < p",
    canvas.DASHED,
)


def winner_map(ax=None, *, snr=5, n2=100, p=600, among=PLAIN, up_to=1.0, largest=None):
    """Regions of source size n1 and shift-to-signal ratio in which each fit has the least exact
    risk; returns the Axes.

    among: the fits compared, names of ``comparison.ESTIMATORS``.  Where both fits are fused, they
    are so with the best weights of sum one.  The shift is at right angles to the target's
    coefficients; `up_to` is the largest ratio, `largest` the largest source, by default p - 2.  The
    dashed line is the threshold up to which pooling beats the target alone, for n < p.

    >>> ax = winner_map(snr=5)
    >>> sorted(text.get_text() for text in ax.texts if text.get_text() in ("pooling", "fine-tuning", "the target alone"))
    ['fine-tuning', 'pooling', 'the target alone']

    Raises `ArgumentError` for names that are no estimators, `DomainError` where a formula does not
    hold anywhere.
    """  # noqa: E501
    single, ax, largest = ax is None, canvas.axes(ax), p - 2 if largest is None else largest
    n1, ssr = np.linspace(0, largest, COLUMNS), np.linspace(0, up_to, ROWS)
    margins = _margins(
        among, n1=n1[None, :], ssr=ssr[:, None], n2=n2, p=p, snr=snr, sigma_sq=1.0, stretch=0.0
    )
    ax.set(xlim=(0, largest), ylim=(0, up_to))
    fits = "best of " + ", ".join(SHOWN[name][0] for name in among)
    canvas.describe(
        ax,
        tex(symbols.snr, snr),
        fits,
        f"source sample size {tex(symbols.n1)}",
        f"shift-to-signal ratio {tex(symbols.ssr)}",
    )
    for name, margin in margins.items():
        ax.contourf(n1, ssr, margin, levels=[0, np.inf], colors=[SHOWN[name][1]], zorder=1)
        ax.contour(n1, ssr, margin, levels=[0], colors=[canvas.INK], linewidths=0.8, zorder=2)
    if single:
        canvas.alone(ax, comparison.pooled_risk.accuracy, SIGN)
    line = _threshold(ax, n1, n2, p, snr)
    for name, margin in margins.items():
        _name(ax, SHOWN[name][0], n1, ssr, margin > 0, line)
    return ax


def figure(simulate=0, rng=None, executor=None):
    """Maps for three signal-to-noise ratios: of fits without free weights, and with fusing among
    them.

    The risks are exact, so that nothing is simulated: ArgumentError for ``simulate``.
    """
    if simulate:
        raise ArgumentError("the map compares exact risks: nothing is simulated")
    picture, panels = canvas.page(len(SNR), width=15.0, height=10.0, rows=2)
    for row, among in zip(panels, (PLAIN, (*PLAIN, "fuse")), strict=True):
        for ax, snr in zip(row, SNR, strict=True):
            winner_map(ax, snr=snr, among=among)
    sizes = f"{tex(symbols.n2, 100)}, {tex(symbols.p, 600)}"
    canvas.key(picture, SIGN)
    canvas.caption(
        picture,
        f"Min-norm fits, least squares beyond p rows, {sizes}, Gaussian isotropic features, equal "
        f"noise, a "
        rf"shift at right angles to the target's coefficients. Risks: "
        rf"{comparison.pooled_risk.accuracy}.",
        "Fine-tuning corrects the source fit on the target data. Fusing is a weighted sum of the "
        "two separate fits, "
        "with the best weights of sum one, which depend on signal, shift and noise.",
    )
    return picture


def _margins(among, **values):
    """By how much each fit's risk is below the least of the others, on the grid; below zero
    where it does not hold.
    """
    risks = least_risk.risks(comparison.ESTIMATORS, among, values)
    if all(np.isnan(risk).all() for risk in risks.values()):
        raise DomainError(
            f"no fit has a risk at n2={values['n2']}, p={values['p']}, snr={values['snr']}"
        )
    high = 2 * max(np.nanmax(risk) for risk in risks.values())
    risks = {name: np.where(np.isnan(risk), high, risk) for name, risk in risks.items()}
    least = {
        name: np.min(
            [risk for other, risk in risks.items() if other != name] or [risks[name] + high], axis=0
        )
        for name in risks
    }
    return {name: least[name] - risks[name] for name in risks if (least[name] > risks[name]).any()}


def _threshold(ax, n1, n2, p, snr):
    """The line up to which pooling beats the target alone; returns its points in pixels."""
    at = finite_sample.ssr_threshold(n1=n1, n2=n2, p=p, snr=snr, outside="nan")
    ax.plot(
        n1,
        np.where(at > 0, at, np.nan),
        color=canvas.INK,
        label="ssr_threshold",
        zorder=3,
        **canvas.DASHED,
    )
    return ax.transData.transform(np.stack([n1, at], axis=1)[at > 0])


def _name(ax, text, n1, ssr, inside, line):
    """The fit's name where its region has most room for it; with a line to it from above where
    that is too little.
    """
    name = canvas.note(ax, text, (0, 0))
    size = np.array(name.get_window_extent().size)
    place, room = _roomiest(
        ax, n1[::COARSE], ssr[::COARSE], inside[::COARSE, ::COARSE], size / 2, line
    )
    name.remove()
    if place is not None and room >= 1:
        canvas.note(ax, text, place)
    elif place is not None:
        canvas.note(
            ax,
            text,
            place,
            offset=(70, 90),
            arrowprops={"arrowstyle": "-", "linewidth": 0.8, "color": canvas.INK},
        )


def _roomiest(ax, x, y, inside, half, line):
    """The point of a region around which a box of half size `half` can grow most before it meets
    the rest, and how often it fits.

    None for a region that has no point of the grid.
    """
    grid = ax.transData.transform(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
    here, rest = grid[inside.ravel()], np.concatenate([grid[~inside.ravel()], line])
    if not len(here):
        return None, 0.0
    room = (np.minimum(here - ax.bbox.min, ax.bbox.max - here) / half).min(axis=1)
    for part in np.array_split(rest, 1 + len(rest) // 200):
        room = np.minimum(
            room, (np.abs(here[:, None] - part) / half).max(axis=2).min(axis=1, initial=np.inf)
        )
    best = int(np.argmax(room))
    return tuple(ax.transData.inverted().transform(here[best])), float(room[best])
