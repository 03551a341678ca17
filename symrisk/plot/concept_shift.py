"""Pooled risk against the source sample size: below the dashed line pooling helps."""

from dataclasses import dataclass

import numpy as np
from matplotlib.lines import Line2D

from symrisk.errors import ArgumentError
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.symbols import n1 as n1_symbol
from symrisk.symbols import n2 as n2_symbol
from symrisk.symbols import p as p_symbol
from symrisk.symbols import sigma_sq, theta_sq
from symrisk.symbols import snr as snr_symbol
from symrisk.symbols import ssr as ssr_symbol
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import finite_sample

SNR, SSR = (1, 2, 5, 10, 20), (0, 0.1, 0.2, 0.3, 0.5, 0.8)
POOLED, TARGET = shift.pooled_risk.symbol.latex, shift.target_risk.symbol.latex
UNITS = {"target": f"{POOLED}\\,/\\,{TARGET}", "signal": f"{POOLED}\\,/\\,{theta_sq.latex}", "noise": f"{POOLED}\\,/\\,{sigma_sq.latex}"}
TOP, DEEP, SIZES = 1.2, 0.97, 6


@dataclass(frozen=True)
class Curve:
    """One curve: everything but the source sample size is fixed, and risks are counted in one unit."""

    snr: float
    ssr: float
    n2: int
    p: int
    per: str

    @property
    def fixed(self):
        return {"n2": self.n2, "p": self.p, "snr": self.snr}

    @property
    def unit(self):
        return {"target": shift.target_risk(**self.fixed), "signal": self.snr, "noise": 1.0}[self.per]

    @property
    def level(self):
        """The target-only risk."""
        return shift.target_risk(**self.fixed) / self.unit

    def risk(self, n1, formula=shift.pooled_risk, **settings):
        return formula(n1=n1, ssr=self.ssr, **self.fixed, **settings) / self.unit

    def size(self, formula):
        """The best, or the largest useful, source sample size; None where there is none."""
        return formula(ssr=self.ssr, **self.fixed) or None if self.snr > 0 else None

    def leaves(self, top, n1):
        """The point where the curve passes `top`, or its last one."""
        over = n1[self.risk(n1) > top]
        return (over[0], top) if len(over) else (n1[-1], self.risk(n1[-1]))

    def simulate(self, n1, reps, rng, executor):
        """Simulated mean and standard error at each of several whole sizes."""
        runs = [shift.simulations[0].run(reps, rng=child, executor=executor, n1=int(size), ssr=self.ssr, **self.fixed)
                for size, child in zip(n1, rng.spawn(len(n1)), strict=True)]
        return np.array([[run.mean, run.standard_error] for run in runs]).T / self.unit


def risk_against_source_size(ax=None, *, snr=SNR, ssr=(0.2,), n2=100, p=600, simulate=0, rng=None, executor=None, per="target"):
    """Pooled risk against n1, a curve for each SNR and SSR, with the target-only risk as the level to beat; returns the Axes.

    A dot marks the best source size n1*, a diamond the largest useful one, where they exist.  `per` is the unit of risk:
    ``"target"`` (the target-only risk, so that all curves start at 1), ``"signal"`` or ``"noise"``.  ``simulate=200`` adds
    means of 200 replicates with standard errors, and dotted the exact risk at finite size, which is what they estimate.

    >>> ax = risk_against_source_size(snr=(1, 5))
    >>> [float(line.get_xdata()[0].round(1)) for line in ax.lines if line.get_label() == "best_source_size"]
    [179.8]

    Raises `ArgumentError` for an unknown unit, and `DomainError` for sizes outside n1 + n2 < p.
    """
    curves, ax = _curves(snr, ssr, n2, p, per), canvas.axes(ax)
    n1, rng = np.linspace(0, p - n2 - 1, 2 * (p - n2) - 1), np.random.default_rng(rng)
    top = _frame(ax, curves, n1)
    palette = canvas.shades(len(curves), "viridis" if len({c.snr for c in curves}) > 1 else "plasma", 0.8)
    for curve, color in zip(curves, palette, strict=True):
        _draw(ax, curve, n1, top, color)
        if simulate:
            _simulate(ax, curve, n1, top, color, simulate, rng, executor)
    for curve, color, text in zip(curves, palette, _names(curves), strict=True):
        _label(ax, curve, n1, top, color, text)
    return ax


def figure(simulate=0, rng=None):
    """The talk's two figures side by side: several SNR at SSR = 0.2, several SSR at SNR = 5."""
    picture, (left, right) = canvas.page(2)
    rng = np.random.default_rng(rng)
    risk_against_source_size(left, simulate=simulate, rng=rng)
    risk_against_source_size(right, snr=(5,), ssr=SSR, simulate=simulate, rng=rng)
    left.set_title("Pooling pays for strong signals only", loc="left")
    right.set_title("and while the shift is small", loc="left")
    picture.legend(handles=_key(simulate), loc="lower center", bbox_to_anchor=(0.5, 0.065), ncols=5, frameon=False, fontsize=canvas.SMALL)
    canvas.caption(picture, _small_print(simulate))
    return picture


def _curves(snr, ssr, n2, p, per):
    if per not in UNITS:
        raise ArgumentError(f"per is one of {', '.join(UNITS)}; not {per!r}")
    return [Curve(float(s), float(r), n2, p, per) for s in np.atleast_1d(snr) for r in np.atleast_1d(ssr)]


def _frame(ax, curves, n1):
    """Limits, labels and the half-plane where pooling helps; the upper limit, which cuts the interpolation peak off."""
    levels = [curve.level for curve in curves]
    low, top = min(curve.risk(n1).min() for curve in curves), TOP * max(levels)
    ax.set(xlim=(0, curves[0].p - curves[0].n2), ylim=(low - 0.15 * (top - low), top))
    canvas.describe(ax, _title(curves), f"source sample size {tex(n1_symbol)}", f"pooled risk ${UNITS[curves[0].per]}$")
    if max(levels) - min(levels) < 1e-12:
        ax.axhspan(*ax.get_ylim()[:1], levels[0], color="#2a7f62", alpha=0.06, linewidth=0, zorder=0)
        for text, side in (("pooling hurts", 1), ("pooling helps", -1)):
            canvas.note(ax, text, (1.0, levels[0]), canvas.QUIET, (-4, 9 * side), xycoords=("axes fraction", "data"), ha="right", style="italic")
    return top


def _title(curves):
    first = curves[0]
    common = [f"{tex(symbol)} = {value:g}" for symbol, value, many in (
        (n2_symbol, first.n2, False), (p_symbol, first.p, False), (snr_symbol, first.snr, len({c.snr for c in curves}) > 1),
        (ssr_symbol, first.ssr, len({c.ssr for c in curves}) > 1)) if not many]
    return "Pooling helps below the dashed line (" + ", ".join(common) + ")"


def _names(curves):
    """What sets each curve apart, the symbol written out."""
    varied = [s for s in ("snr", "ssr") if len({getattr(c, s) for c in curves}) > 1] or ["snr"]
    symbols = {"snr": snr_symbol, "ssr": ssr_symbol}
    return [", ".join(f"{tex(symbols[s])} = {getattr(curve, s):g}" for s in varied) for curve in curves]


def _draw(ax, curve, n1, top, color):
    """The level to beat, the curve, and the two sizes where they exist."""
    ax.plot(n1[[0, -1]], [curve.level] * 2, "--", color=color if curve.per != "target" else canvas.INK, linewidth=0.9, label="target_risk", zorder=2)
    ax.plot(n1, curve.risk(n1), color=color, linewidth=2.2, label="pooled_risk", zorder=3)
    for formula, mark in ((shift.best_source_size, "o"), (shift.largest_source_size, "D")):
        if size := curve.size(formula):
            ax.plot([size], [curve.risk(size)], mark, color=color, markersize=7, markeredgecolor="white", markeredgewidth=1.0,
                    label=formula.symbol.name, zorder=5)


def _label(ax, curve, n1, top, color, text):
    """The name of a curve: under its minimum where that lies deep, else where it leaves the picture."""
    best = curve.size(shift.best_source_size)
    if best and curve.risk(best) < DEEP * curve.level:
        canvas.note(ax, text, (best, curve.risk(best)), color, (0, -12))
    else:
        canvas.note(ax, text, curve.leaves(top, n1), color, (0, 7))


def _simulate(ax, curve, n1, top, color, reps, rng, executor):
    end = np.floor(curve.leaves(top, n1)[0])
    sizes = np.unique(np.round(np.linspace(0, end, SIZES + 1)[1:]))
    ax.plot(n1[:-1], curve.risk(n1[:-1], finite_sample.pooled_risk), ":", color=color, linewidth=1.2, label="finite_size", zorder=3)
    canvas.simulated(ax, sizes, *curve.simulate(sizes, reps, rng, executor), color)


def _key(simulate):
    dot, diamond = (Line2D([], [], linestyle="", marker=m, markersize=7, color=canvas.INK) for m in "oD")
    dashed, points = Line2D([], [], linestyle="--", linewidth=0.9, color=canvas.INK), Line2D([], [], linestyle="", marker="o", markerfacecolor="white", color=canvas.INK)
    for handle, text in ((dashed, f"target-only risk ${TARGET}$"), (dot, f"best size {tex(shift.best_source_size.symbol)}"),
                         (diamond, f"largest useful size {tex(shift.largest_source_size.symbol)}"), (points, "simulated")):
        handle.set_label(text)
    return [dashed, dot, diamond, *([points] if simulate else [])]


def _small_print(simulate):
    drawn = f"Points: means of {simulate} replicates ± one standard error, Gaussian rows; dotted: exact expectation at this size. " if simulate else ""
    return (f"Min-norm interpolation, isotropic features, common noise variance, p > n = n1 + n2; curves {shift.pooled_risk.accuracy}. "
            + drawn + "Curves rise to the interpolation peak at n1 = p - n2, cut off above.")
