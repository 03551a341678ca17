"""Pooled risk against the source sample size: below the dashed line pooling helps."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from symrisk import symbols
from symrisk.errors import ArgumentError, DomainError
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.simulate.given import generator
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import finite_sample

SNR, SSR = (1, 2, 5, 10, 20), (0, 0.1, 0.2, 0.3, 0.5, 0.8)
POOLED, TARGET = shift.pooled_risk.symbol.latex, shift.target_risk.symbol.latex
UNITS = {"target": TARGET, "signal": symbols.theta_sq.latex, "noise": symbols.sigma_sq.latex}
HEADROOM, DEEP, SIZES = 1.2, 0.97, 5


@dataclass(frozen=True)
class Curve:
    """One curve: all but the source sample size is fixed, and risks are counted in one unit."""

    snr: float
    ssr: float
    n2: int
    p: int
    per: str

    @property
    def target(self):
        return {"n2": self.n2, "p": self.p, "snr": self.snr}

    @property
    def unit(self):
        return {"target": shift.target_risk(**self.target), "signal": self.snr, "noise": 1.0}[
            self.per
        ]

    @property
    def level(self):
        """The target-only risk."""
        return shift.target_risk(**self.target) / self.unit

    def risk(self, n1, formula=shift.pooled_risk):
        return formula(n1=n1, ssr=self.ssr, **self.target) / self.unit

    def size(self, formula):
        """The best, or the largest useful, source sample size; None where no source sample
        helps.
        """
        return (formula(ssr=self.ssr, **self.target) or None) if self.snr > 0 else None

    def exit(self, n1, top):
        """The last of the sizes `n1` before the curve rises above `top`."""
        inside = n1[self.risk(n1) <= top]
        return float(inside[-1])


def risk_against_source_size(
    ax=None,
    *,
    snr=SNR,
    ssr=(0.2,),
    n2=100,
    p=600,
    simulate=0,
    rng=None,
    executor=None,
    per="target",
):
    """Pooled risk against n1, a curve for each SNR and SSR, with the target-only risk as the level
    to beat; the Axes.

    A dot marks the best source size n1*, a diamond the largest useful one, where they exist.  `per`
    is the unit of risk: ``"target"`` (the target-only risk: every curve starts at 1), ``"signal"``
    or ``"noise"``.  ``simulate=200`` adds the means of 200 replicates with standard errors and,
    dotted, what they estimate: the exact risk at this finite size.

    >>> ax = risk_against_source_size(snr=(1, 5))
    >>> [round(float(line.get_xdata()[0]), 1) for line in ax.lines if line.get_label() == "best_source_size"]
    [179.8]

    Raises `ArgumentError` for an unknown unit, `DomainError` where that unit is zero and where the
    formula does not hold.
    """  # noqa: E501
    curves, rng, single = _curves(snr, ssr, n2, p, per), generator(rng), ax is None
    ax = canvas.axes(ax)
    n1 = np.linspace(0, p - n2 - 1, 1001)
    colors = canvas.shades(len(curves), "viridis" if _varies(curves, "snr") else "plasma")
    top = _frame(ax, curves, n1)
    _levels(ax, curves, colors)
    lines = [_draw(ax, curve, n1, color) for curve, color in zip(curves, colors, strict=True)]
    for curve, color in zip(curves, colors, strict=True):
        _simulate(ax, curve, n1, curve.exit(n1, top), color, simulate, rng, executor)
    if single:
        canvas.alone(ax, shift.pooled_risk.accuracy, *_signs(simulate))
    names = _varied(curves)
    canvas.settle(
        ax,
        lines,
        [_name(ax, curve, n1, color, names) for curve, color in zip(curves, colors, strict=True)],
    )
    return ax


def figure(simulate=0, rng=None, executor=None):
    """The talk's two figures side by side: several SNR at SSR = 0.2, several SSR at SNR = 5."""
    (picture, panels), rng = canvas.page(2), generator(rng)
    for ax, values in zip(panels, ({}, {"snr": (5,), "ssr": SSR}), strict=True):
        risk_against_source_size(ax, simulate=simulate, rng=rng, executor=executor, **values)
    canvas.key(picture, *_signs(simulate))
    canvas.caption(picture, *_small_print(simulate))
    return picture


def _curves(snr, ssr, n2, p, per):
    if per not in UNITS:
        raise ArgumentError(f"per is one of {', '.join(UNITS)}; not {per!r}")
    pairs = product(np.atleast_1d(snr), np.atleast_1d(ssr))
    curves = [Curve(float(s), float(r), n2, p, per) for s, r in pairs]
    if not curves:
        raise ArgumentError("snr and ssr are one value each at least; there is none")
    for curve in curves:
        if not curve.unit > 0:
            raise DomainError(
                f"risk per {per} takes a {per} risk or signal above zero; not at "
                f"snr={curve.snr:g}, n2={n2}"
            )
    return curves


def _varies(curves, name):
    return len({getattr(curve, name) for curve in curves}) > 1


def _varied(curves):
    """The names that tell the curves apart."""
    return [name for name in ("snr", "ssr") if _varies(curves, name)]


def _frame(ax, curves, n1):
    """Limits and words; the upper limit, which cuts the interpolation peak off."""
    top, low = HEADROOM * max(c.level for c in curves), min(c.risk(n1).min() for c in curves)
    ax.set(xlim=(0, curves[0].p - curves[0].n2), ylim=(low - 0.15 * (top - low), top))
    fixed = [
        tex(getattr(symbols, s), getattr(curves[0], s))
        for s in ("n2", "p", "snr", "ssr")
        if not _varies(curves, s)
    ]
    canvas.describe(
        ax,
        _title(curves),
        ", ".join(fixed),
        f"source sample size {tex(symbols.n1)}",
        f"pooled risk ${POOLED}\\,/\\,{UNITS[curves[0].per]}$",
    )
    return top


def _title(curves):
    helped = [curve.size(shift.best_source_size) is not None for curve in curves]
    if not any(helped):
        return "Source data never help here"
    if all(helped) or len(_varied(curves)) > 1:
        return "Source data help below the dashed line"
    return (
        f"Source data help "
        f"{'once the signal is strong' if _varies(curves, 'snr') else 'while the shift is small'}"
    )


def _levels(ax, curves, colors):
    """The target-only risk, dashed: once, with the side where pooling helps shaded, if all
    curves share it.
    """
    if np.ptp([curve.level for curve in curves]) < 1e-12:
        canvas.level(ax, curves[0].level, "pooling helps")
        return
    for curve, color in zip(curves, colors, strict=True):
        ax.plot(
            ax.get_xlim(), [curve.level] * 2, color=color, label="level", zorder=2, **canvas.DASHED
        )


def _draw(ax, curve, n1, color):
    """The curve, and the two sizes where they exist; returns its line."""
    for formula, shape in ((shift.best_source_size, "o"), (shift.largest_source_size, "D")):
        if size := curve.size(formula):
            canvas.mark(ax, size, curve.risk(size), shape, color, formula.symbol.name)
    return ax.plot(n1, curve.risk(n1), color=color, linewidth=2.4, label="pooled_risk", zorder=3)[0]


def _name(ax, curve, n1, color, names):
    """What sets a curve apart: under its minimum where that lies deep, else left of it shortly
    before it leaves the picture.
    """
    text = ", ".join(tex(getattr(symbols, name), getattr(curve, name)) for name in names)
    best, (low, top) = curve.size(shift.best_source_size), ax.get_ylim()
    if best and curve.risk(best) < DEEP * curve.level:
        return canvas.note(ax, text, (best, curve.risk(best)), canvas.darker(color), (18, -11))
    place = curve.exit(n1, top - 0.07 * (top - low))
    return canvas.note(
        ax, text, (place, curve.risk(place)), canvas.darker(color), (-7, 2), ha="right"
    )


def _simulate(ax, curve, n1, exit, color, reps, rng, executor):
    if not reps:
        return
    sizes = np.unique(np.linspace(0, exit, SIZES + 2)[1:-1].astype(int)).tolist()
    runs = [
        shift.simulations[0].run(
            reps, rng=child, executor=executor, n1=size, ssr=curve.ssr, **curve.target
        )
        for size, child in zip(sizes, rng.spawn(len(sizes)), strict=True)
    ]
    finite = curve.risk(n1[:-1], finite_sample.pooled_risk)
    ax.plot(n1[:-1], finite, ":", color=color, linewidth=1.4, label="finite_size", zorder=3)
    canvas.simulated(ax, sizes, runs, curve.unit, color)


def _signs(simulate):
    """What the signs stand for, as pairs (text, line properties)."""
    yield f"target-only risk ${TARGET}$", canvas.DASHED
    yield (
        f"best size {tex(shift.best_source_size.symbol)}",
        {"linestyle": "", "marker": "o", "markersize": 8},
    )
    yield (
        f"largest useful size {tex(shift.largest_source_size.symbol)}",
        {"linestyle": "", "marker": "D", "markersize": 7},
    )
    if simulate:
        yield f"simulated, {simulate} replicates ± standard error", canvas.POINTS


def _small_print(simulate):
    yield (
        "Min-norm interpolation, isotropic features, equal noise in source and target, $p > n_1 + "
        "n_2$. "
        f"Curves: {shift.pooled_risk.accuracy}; their peak at $n_1 = p - n_2$ is cut off."
    )
    if simulate:
        yield (
            "Points: Gaussian features. Dotted, mostly under the curves: the exact expectation "
            "at this size."
        )
