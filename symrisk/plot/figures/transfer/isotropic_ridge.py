"""Risk of pooled ridge as the source sample grows through the interpolation peak: a penalty
tames it, the best removes it.
"""

from dataclasses import dataclass

import numpy as np

from symrisk import symbols
from symrisk.errors import DomainError
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.simulate.given import generator
from symrisk.theorems.transfer import (
    best_ridge,
    concept_shift,
    finite_sample,
    isotropic_ridge,
    least_squares,
)

MU, COSINES, SHIFT = (3, 30, 1000), (-0.9, 0, 0.9), 0.6
BEST, PALE = "#d55e00", "#8c8c8c"
CEILING, SIZES, ASIDE = 1.7, 6, 0.15
SMALL, SMALL_MU = {"n2": 30, "p": 90}, (0.9, 9, 300)
"""Sizes at which 20 replicates of every point take seconds."""
RIDGE, POOLED = (
    isotropic_ridge.isotropic_ridge.simulations[0],
    concept_shift.concept_shift.simulations[0],
)
OLS = least_squares.least_squares.simulations[0]


@dataclass(frozen=True)
class Setting:
    """All but the source sample size and the penalty.  The noise variance is one, and risks are
    in units of the signal.
    """

    n2: int
    p: int
    snr: float
    ssr: float
    cosine: float = 0.0

    def __post_init__(self):
        if not abs(self.cosine) <= 1:
            raise DomainError(f"a cosine is at most 1 in size; not {self.cosine}")
        if not (self.snr > 0 and self.ssr >= 0):
            raise DomainError(
                f"risk in units of the signal takes a signal, and a shift a length; not at "
                f"snr={self.snr}, "
                f"ssr={self.ssr}"
            )

    @property
    def point(self):
        """The formulas' inputs, n1 and mu aside."""
        return {
            "n2": self.n2,
            "p": self.p,
            "theta_sq": self.snr,
            "delta_sq": self.ssr * self.snr,
            "cross": self.cosine * self.ssr**0.5 * self.snr,
            "sigma1_sq": 1.0,
            "sigma2_sq": 1.0,
        }

    def risk(self, formula, **values):
        """A formula's value in units of the signal, nan outside its region; it gets what it
        depends on.
        """
        return (
            formula(
                outside="nan",
                **values,
                **{k: v for k, v in self.point.items() if k in formula.inputs},
            )
            / self.snr
        )

    def ridgeless(
        self, n1, below=concept_shift.unequal_noise_pooled_risk, above=isotropic_ridge.ols_risk
    ):
        """Without a penalty: min-norm interpolation below the peak, least squares above it, nan
        at it.
        """
        left, right = self.risk(below, n1=n1), self.risk(above, n1=n1)
        return np.where(np.isnan(left), right, left)

    def ridge(self, n1, mu):
        """At an absolute penalty; 0 stands for none, None for the best."""
        if mu is None:
            return self.risk(best_ridge.best_ridge_risk, n1=n1)
        if mu < 0:
            raise DomainError(f"a penalty mu is not negative; not {mu}")
        return self.risk(isotropic_ridge.ridge_risk, n1=n1, mu=mu) if mu else self.ridgeless(n1)

    def run(self, n1, mu, reps, **settings):
        """A simulated Comparison at one size, or None where the best penalty is none or
        infinite.
        """
        if mu == 0 and n1 + self.n2 < self.p:
            return POOLED.run(
                reps, n1=n1, n2=self.n2, p=self.p, snr=self.snr, ssr=self.ssr, **settings
            )
        if mu == 0:
            return OLS.run(
                reps,
                n1=n1,
                **{k: v for k, v in self.point.items() if k in OLS.formula.inputs},
                **settings,
            )
        mu = self.snr * float(self.risk(best_ridge.best_penalty, n1=n1)) if mu is None else mu
        return RIDGE.run(reps, n1=n1, mu=mu, **self.point, **settings) if mu > 0 else None


def risk_through_the_peak(
    ax=None,
    *,
    mu=MU,
    n2=100,
    p=300,
    snr=5,
    ssr=0.0,
    cosine=0.0,
    last=None,
    simulate=0,
    rng=None,
    executor=None,
):
    """Pooled ridge risk against n1: without a penalty, at each absolute penalty `mu`, and at the
    best one; returns the Axes.

    Risks are in units of the signal, for a noise variance of one.  Without a penalty two closed
    forms meet in the peak n1 = p - n2.  `cosine` is that of the angle between the target's
    coefficients and the shift; `last` the largest n1 (default 2 p).  ``simulate=200`` adds means of
    200 replicates with standard errors and, dotted, the exact expectation without a penalty at this
    finite size.

    >>> ax = risk_through_the_peak(mu=(30,), n2=20, p=60)
    >>> [line.get_label() for line in ax.lines if line.get_linewidth() > 2]
    ['mu = 0', 'mu = 30', 'best']

    Raises `DomainError` for a cosine beyond 1, without signal, and where a formula does not hold.
    """
    setting, ax, single = Setting(n2, p, snr, ssr, cosine), canvas.axes(ax), ax is None
    n1 = _sizes(setting, last)
    title = (
        "Under a shift the peak is higher"
        if ssr
        else "A penalty tames the peak, the best removes it"
    )
    _frame(ax, setting, n1, title, ("n2", "p", "snr", "ssr"), _direction(cosine) if ssr else "")
    penalties = [0.0, *mu, None]
    colors = [*canvas.shades(len(penalties) - 1), BEST]
    styles = [*canvas.styles(len(penalties) - 1), "-"]
    lines = [
        _draw(ax, n1, setting, m, color, style=style)
        for m, color, style in zip(penalties, colors, styles, strict=True)
    ]
    words = [r"$\mu \to 0$", *(tex(symbols.mu, m) for m in mu), r"best $\mu$"]
    _simulate(
        ax,
        [(setting, m, color) for m, color in zip(penalties, colors, strict=True)],
        n1,
        simulate,
        rng,
        executor,
    )
    if single:
        canvas.alone(ax, isotropic_ridge.ridge_risk.accuracy, *_signs(simulate))
    canvas.beside(ax, lines, words, colors)
    return ax


def risk_by_direction(
    ax=None,
    *,
    cosines=COSINES,
    n2=100,
    p=300,
    snr=5,
    ssr=SHIFT,
    last=None,
    simulate=0,
    rng=None,
    executor=None,
):
    """Pooled ridge risk at the best penalty against n1, for shifts of one length and several
    directions; returns the Axes.

    A shift along the target's coefficients (`cosine` > 0) costs less than one against them.
    Without a penalty, the thin line, its direction does not matter.  Units and other parameters as
    for `risk_through_the_peak`.

    >>> ax = risk_by_direction(cosines=(-0.5, 0.5), n2=20, p=60)
    >>> against, along = (line.get_ydata()[-1] for line in ax.lines if line.get_label() == "best")
    >>> bool(along < against)
    True
    """
    settings, ax, single = (
        [Setting(n2, p, snr, ssr, cosine) for cosine in cosines],
        canvas.axes(ax),
        ax is None,
    )
    n1 = _sizes(settings[0], last)
    _frame(
        ax,
        settings[0],
        n1,
        "With a penalty, the shift's direction matters",
        ("n2", "p", "snr", "ssr"),
        r"best $\mu$",
    )
    colors = canvas.shades(len(cosines), "plasma")
    looks = zip(settings, colors, canvas.styles(len(cosines)), strict=True)
    lines = [_draw(ax, n1, setting, None, color, style=style) for setting, color, style in looks]
    lines.append(_draw(ax, n1, settings[0], 0.0, PALE, linewidth=1.3))
    _simulate(
        ax,
        [(setting, None, color) for setting, color in zip(settings, colors, strict=True)],
        n1,
        simulate,
        rng,
        executor,
    )
    if single:
        canvas.alone(ax, isotropic_ridge.ridge_risk.accuracy, *_signs(simulate))
    canvas.beside(
        ax, lines, [*map(_direction, cosines), r"$\mu \to 0$, any direction"], [*colors, PALE]
    )
    return ax


def figure(simulate=0, rng=None, executor=None):
    """Without a shift, with one at right angles to the target's coefficients, and with shifts of
    other directions.

    At p = 90, with penalties in proportion: the curves are those of any p with the same aspect
    ratios.
    """
    (picture, panels), rng = canvas.page(3, width=17.0), generator(rng)
    given = {**SMALL, "simulate": simulate, "rng": rng, "executor": executor}
    risk_through_the_peak(panels[0], mu=SMALL_MU, **given)
    risk_through_the_peak(panels[1], mu=SMALL_MU, ssr=SHIFT, **given)
    risk_by_direction(panels[2], **given)
    canvas.key(picture, *_signs(simulate))
    canvas.caption(picture, *_small_print(simulate))
    return picture


def _sizes(setting, last):
    """Source sample sizes for a smooth curve."""
    return np.linspace(0, 2 * setting.p if last is None else last, 1201)


def _frame(ax, setting, n1, title, names, *more):
    """Limits, words, and the risk of the target alone as the level to stay under."""
    ax.set(xlim=(0, n1[-1]), ylim=(0, CEILING))
    fixed = [tex(getattr(symbols, name), getattr(setting, name)) for name in names]
    canvas.describe(
        ax,
        title,
        ", ".join(filter(None, [*fixed, *more])),
        f"source sample size {tex(symbols.n1)}",
        rf"pooled ridge risk ${symbols.risk.latex}\,/\,{symbols.theta_sq.latex}$",
    )
    canvas.level(ax, setting.ridge(0.0, None), "better than the target alone")


def _direction(cosine):
    return rf"$\cos(\theta_2, \delta) = {cosine:g}$" if cosine else r"$\delta \perp \theta_2$"


def _draw(ax, n1, setting, mu, color, linewidth=2.4, style="-"):
    label = "best" if mu is None else f"mu = {mu:g}"
    return ax.plot(
        n1,
        setting.ridge(n1, mu),
        color=color,
        linewidth=linewidth,
        linestyle=style,
        label=label,
        zorder=4 if mu is None else 3,
    )[0]


def _simulate(ax, curves, n1, reps, rng, executor):
    """Means at a few sizes of each curve, away from the peak, where the mean is of the rarest
    draws; and what they estimate.
    """
    if not reps:
        return
    children = generator(rng).spawn(len(curves))
    for (setting, mu, color), child in zip(curves, children, strict=True):
        sizes = [
            int(size)
            for size in np.linspace(0, n1[-1], SIZES + 2)[1:-1]
            if mu != 0 or _is_aside(size, setting)
        ]
        runs = [
            setting.run(size, mu, reps, rng=one, executor=executor)
            for size, one in zip(sizes, child.spawn(len(sizes)), strict=True)
        ]
        shown = [(size, run) for size, run in zip(sizes, runs, strict=True) if run is not None]
        canvas.simulated(
            ax, [size for size, _ in shown], [run for _, run in shown], setting.snr, color
        )
        if mu == 0:
            exact = setting.ridgeless(
                n1, finite_sample.unequal_noise_pooled_risk, least_squares.ols_risk
            )
            ax.plot(n1, exact, ":", color=color, linewidth=1.4, label="finite_size", zorder=3)


def _is_aside(size, setting):
    return abs(size + setting.n2 - setting.p) > ASIDE * setting.p


def _signs(simulate):
    """What the signs stand for, as pairs (text, line properties)."""
    yield "the target alone, at its best penalty", canvas.DASHED
    if simulate:
        yield f"simulated, {simulate} replicates ± standard error", canvas.POINTS


def _small_print(simulate):
    yield (
        r"Ridge with absolute penalty $\mu$ on both samples, isotropic features, equal noise. "
        r"Curves: "
        f"{isotropic_ridge.ridge_risk.accuracy}; without a penalty they are cut off at the peak "
        f"$n_1 = p - n_2$, where the "
        "risk is infinite."
    )
    if simulate:
        yield (
            "Points: Gaussian features. Dotted, mostly under the curves: the exact expectation "
            "without a penalty at this size."
        )
