"""Pooled risk against the source sample size, a curve for each kappa: for coefficients spread
evenly all cross at n1 = p/2.
"""

from dataclasses import dataclass

import numpy as np

from symrisk import symbols
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.simulate.given import generator
from symrisk.theorems.transfer import concept_shift
from symrisk.theorems.transfer import reciprocal_spectrum as spectrum

KAPPA, SNR = (1, 3, 10, 100), 5
HEADROOM, SIZES = 1.4, 5


@dataclass(frozen=True)
class Curve:
    """One curve: all but the source sample size is fixed.  The noise variance is one, and risks
    are in its units.
    """

    anisotropy: float
    share: float | None
    n2: int
    p: int
    snr: float

    @property
    def point(self):
        given = {"anisotropy": self.anisotropy, "n2": self.n2, "p": self.p, "snr": self.snr}
        return given if self.share is None else {**given, "upper_share": self.share}

    @property
    def formula(self):
        return spectrum.even_risk if self.share is None else spectrum.pooled_risk

    @property
    def level(self):
        """The target-only risk."""
        return float(concept_shift.target_risk(n2=self.n2, p=self.p, snr=self.snr))

    def risk(self, n1, formula=None):
        """The pooled risk; without source samples that of the target alone."""
        some = np.asarray(n1) > 0
        return np.where(
            some, (formula or self.formula)(n1=np.where(some, n1, 1), **self.point), self.level
        )

    def run(self, n1, reps, **settings):
        """A simulated Comparison at one size."""
        simulation = spectrum.simulations[0 if self.share is None else 2]
        return simulation.run(reps, n1=n1, **self.point, **settings)


def risk_against_source_size(
    ax=None,
    *,
    anisotropy=KAPPA,
    share=None,
    n2=100,
    p=600,
    snr=SNR,
    lowest=None,
    simulate=0,
    rng=None,
    executor=None,
):
    """Pooled risk against n1 for source eigenvalues kappa and 1/kappa, in units of the noise;
    returns the Axes.

    `anisotropy`: the values of kappa.  `share`: that of |theta|^2 in the eigenspace of kappa, or
    None for coefficients spread evenly; all curves then cross at n1 = p/2, where a dot is.  The
    dashed line is the risk of the target alone; the scale ends above it, and begins at `lowest`, by
    default a little below the curves. ``simulate=200`` adds means of 200 replicates with standard
    errors.

    >>> ax = risk_against_source_size(anisotropy=(1, 10))
    >>> [(float(dot.get_xdata()[0]), round(float(dot.get_ydata()[0]), 3)) for dot in ax.lines if dot.get_label() == "crossing"]
    [(300.0, 3.667)]

    Raises `DomainError` where the formula does not hold.
    """  # noqa: E501
    curves, single, ax = (
        [Curve(float(k), share, n2, p, snr) for k in np.atleast_1d(anisotropy)],
        ax is None,
        canvas.axes(ax),
    )
    n1 = np.linspace(0, p - n2, 1001)[:-1]
    _frame(ax, curves, n1, lowest)
    colors = canvas.shades(len(curves), "plasma")
    lines = [
        ax.plot(
            n1,
            curve.risk(n1),
            color=color,
            linestyle=style,
            linewidth=2.4,
            label=f"kappa = {curve.anisotropy:g}",
            zorder=3,
        )[0]
        for curve, color, style in zip(curves, colors, canvas.styles(len(curves)), strict=True)
    ]
    _cross(ax, curves)
    _simulate(ax, curves, colors, n1, simulate, rng, executor)
    if single:
        canvas.alone(ax, curves[0].formula.accuracy, *_signs(simulate))
    canvas.beside(
        ax, lines, [tex(spectrum.anisotropy, curve.anisotropy) for curve in curves], colors
    )
    return ax


def figure(simulate=0, rng=None, executor=None):
    """Coefficients spread evenly, as in the talk's figure, and all of them in either eigenspace
    of the source; on one scale.
    """
    (picture, panels), rng = canvas.page(3, width=17.0, height=7.0), generator(rng)
    for ax, share in zip(panels, (None, 0, 1), strict=True):
        settings = {"simulate": simulate, "rng": rng, "executor": executor}
        risk_against_source_size(ax, share=share, lowest=0.4, **settings)
    canvas.key(picture, *_signs(simulate))
    canvas.caption(picture, *_small_print(simulate))
    return picture


def _frame(ax, curves, n1, lowest):
    """Limits and words; the upper limit cuts the interpolation peak off."""
    first = curves[0]
    top = HEADROOM * first.level
    if lowest is None:
        low = min(curve.risk(n1).min() for curve in curves)
        lowest = low - 0.15 * (top - low)
    ax.set(xlim=(0, first.p - first.n2), ylim=(lowest, top))
    fixed = [tex(getattr(symbols, name), getattr(first, name)) for name in ("n2", "p", "snr")]
    canvas.describe(
        ax,
        _title(first.share),
        ", ".join(fixed),
        f"source sample size {tex(symbols.n1)}",
        rf"pooled risk $R_{{\mathrm{{pool}}}}\,/\,{symbols.sigma_sq.latex}$",
    )
    canvas.level(ax, first.level, "pooling helps")


def _title(share):
    if share is None:
        return "Up to $n_1 = p/2$ a shifted source helps more"
    return {
        0: "Signal where the source varies least",
        1: "Signal where the source varies most",
    }.get(share, tex(spectrum.upper_share, share))


def _cross(ax, curves):
    """The point that all curves share."""
    first = curves[0]
    if first.share is None and first.p / 2 < first.p - first.n2:
        canvas.mark(ax, first.p / 2, float(first.risk(first.p / 2)), "o", canvas.INK, "crossing")


def _simulate(ax, curves, colors, n1, reps, rng, executor):
    """Means at a few sizes of each curve, where it is in view."""
    if not reps:
        return
    for curve, color, child in zip(curves, colors, generator(rng).spawn(len(curves)), strict=True):
        inside = n1[curve.risk(n1) <= ax.get_ylim()[1]]
        sizes = np.unique(np.linspace(0, inside[-1], SIZES + 2)[1:-1].astype(int)).tolist()
        runs = [
            curve.run(size, reps, rng=one, executor=executor)
            for size, one in zip(sizes, child.spawn(len(sizes)), strict=True)
        ]
        canvas.simulated(ax, sizes, runs, 1.0, color)


def _signs(simulate):
    """What the signs stand for, as pairs (text, line properties)."""
    yield f"target-only risk ${concept_shift.target_risk.symbol.latex}$", canvas.DASHED
    yield "where all curves cross, $n_1 = p/2$", {"linestyle": "", "marker": "o", "markersize": 8}
    if simulate:
        yield f"simulated, {simulate} replicates ± standard error", canvas.POINTS


def _small_print(simulate):
    yield (
        r"Min-norm interpolation. The source's covariance has eigenvalues $\kappa$ and $1/\kappa$ "
        r"in halves, the target's "
        f"is the identity; common coefficients and noise. Curves: {spectrum.even_risk.accuracy}; "
        f"their peak at "
        "$n_1 = p - n_2$ is cut off."
    )
    if simulate:
        yield "Points: Gaussian features."
