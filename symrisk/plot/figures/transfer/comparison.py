"""Which fit has the least risk, by the source's size and shift: a map for each signal-to-noise
ratio.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.text import Text

from symrisk import symbols
from symrisk.errors import ArgumentError, DomainError
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.plot.room import roomiest
from symrisk.theorems.transfer import comparison, finite_sample, least_risk

SNR, PLAIN = (2, 8, 32), ("target", "pool", "tune")
SHOWN = {
    "target": ("the target alone", "#efefef"),
    "source": ("the source alone", "#a85c92"),
    "pool": ("pooling", "#4f86c0"),
    "tune": ("fine-tuning", "#f6cf7a"),
    "fuse": ("fusing", "#62b59a"),
}
"""What each fit is called, and its colour; in grey the colours are as far apart."""
COLUMNS, ROWS, NEAR = 420, 300, 12
RHO = finite_sample.ssr_threshold.symbol
BESIDE, WITHIN = (0.35, 0.5, 0.25, 0.65, 0.8), (0.8, 0.4, 0.2, 0.05)
ASIDE = ((75, 45), (75, 90), (75, 65), (110, 30), (60, 120), (70, 90))
"""Shares of the dashed line at which its letter may stand; how small a box a line leads into, and
where to its other end may be.
"""
SIGN = (
    f"{tex(RHO)}: the shift-to-signal ratio up to which pooling beats the target alone, for n < p",
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
    areas = {name: margin > 0 for name, margin in margins.items()}
    shown = _threshold(ax, n1, ssr, n2, p, snr)
    grid = Grid(n1, ssr, ~(np.abs(ssr[:, None] - shown[None, :]) < 2 * (ssr[1] - ssr[0])))
    for name, area in areas.items():
        _name(ax, SHOWN[name][0], grid, area, areas.values())
    _letter(ax, grid, shown, areas.values())
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


@dataclass(frozen=True)
class Grid:
    """The points of the map: source sizes across, ratios up, and which are free of lines and
    words.
    """

    n1: np.ndarray
    ssr: np.ndarray
    free: np.ndarray

    def under(self, ax, box):
        """The points in a box of pixels, as an index."""
        low, high = ax.transData.inverted().transform(box.get_points())
        columns = (self.n1 >= low[0]) & (self.n1 <= high[0])
        return np.ix_((self.ssr >= low[1]) & (self.ssr <= high[1]), columns)

    def keeps(self, ax, words, areas, clear):
        """Whether words stand on the map across no boundary; then their points, and those near
        them, are taken.

        clear: whether they may not stand on the dashed line or on other words either.
        """
        # An annotation's own extent puts it in its place, but holds the line that leads away from
        # it: the letters' is asked for after it.
        words.get_window_extent()
        box = Text.get_window_extent(words)
        under = self.under(ax, box)
        fits = ax.bbox.contains(*box.min) and ax.bbox.contains(*box.max)
        fits = fits and any(area[under].all() for area in areas)
        if clear:
            fits = fits and self.free[under].all()
        if fits:
            self.free[self.under(ax, box.padded(NEAR))] = False
        return fits

    def point(self, place):
        """The point in a row and a column."""
        row, column = place
        return float(self.n1[int(column)]), float(self.ssr[int(row)])


def _threshold(ax, n1, ssr, n2, p, snr):
    """The line up to which pooling beats the target alone; returns its heights, nan outside."""
    at = finite_sample.ssr_threshold(n1=n1, n2=n2, p=p, snr=snr, outside="nan")
    shown = np.where((at > 0) & (at < ssr[-1]), at, np.nan)
    ax.plot(n1, shown, color=canvas.INK, label="ssr_threshold", zorder=3, **canvas.DASHED)
    return shown


def _letter(ax, grid, shown, areas):
    """The threshold's letter beside its line, where it stands across no boundary."""
    places = np.flatnonzero(np.isfinite(shown))
    for share in BESIDE if len(places) else ():
        place = places[int(share * (len(places) - 1))]
        letter = canvas.note(ax, tex(RHO), (grid.n1[place], shown[place]), offset=(11, 9))
        if grid.keeps(ax, letter, areas, True):
            return
        letter.remove()


def _name(ax, text, grid, area, areas):
    """The fit's name where its region has most room for it; where that is too little, beside it,
    with a line that leads there.
    """
    trial = canvas.note(ax, text, (0, 0))
    cell = np.array(ax.bbox.size) / (len(grid.n1) - 1, len(grid.ssr) - 1)
    size = np.array(trial.get_window_extent().size) / cell
    trial.remove()
    place = roomiest(area & grid.free, size)
    if place is not None:
        grid.keeps(ax, canvas.note(ax, text, grid.point(place)), areas, False)
        return
    place = roomiest(area, size, WITHIN)
    for offset in ASIDE if place is not None else ():
        arrow = {"arrowstyle": "-", "linewidth": 0.8, "color": canvas.INK, "shrinkB": 0}
        name = canvas.note(ax, text, grid.point(place), offset=offset, arrowprops=arrow)
        if grid.keeps(ax, name, areas, True) or offset == ASIDE[-1]:
            return
        name.remove()
