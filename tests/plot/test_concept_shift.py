"""The figure of concept shift shows the formulas' values, and nothing is displayed or leaked."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from matplotlib.figure import Figure

from symrisk import catalogue
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.plot import FIGURES, plot
from symrisk.plot.figures.transfer.concept_shift import SSR, figure, risk_against_source_size
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import finite_sample

SMALL = {"n2": 10, "p": 60, "snr": (1, 5)}
UNITS = {"target": lambda snr: shift.target_risk(n2=100, p=600, snr=snr), "signal": lambda snr: snr, "noise": lambda snr: 1.0}


def drawn(ax, label):
    """The lines of one kind, in the order of the curves."""
    return [line for line in ax.lines if line.get_label() == label]


def relative(n1, snr):
    """The exact risk at the small size over the target-only one."""
    return finite_sample.pooled_risk(n1=n1, n2=10, p=60, snr=snr, ssr=0.2) / shift.target_risk(n2=10, p=60, snr=snr)


def words(ax):
    return {text.get_text() for text in ax.texts}


def python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


@pytest.mark.parametrize("per", UNITS)
def test_curves_are_the_formula(per):
    "Every curve is the pooled risk and every dashed line the target-only risk, in the unit asked for."
    ax = risk_against_source_size(per=per, snr=(1, 5, 20), ssr=0.3)
    for curve, snr in zip(drawn(ax, "pooled_risk"), (1, 5, 20), strict=True):
        expected = shift.pooled_risk(n1=curve.get_xdata(), n2=100, p=600, snr=snr, ssr=0.3) / UNITS[per](snr)
        assert np.allclose(curve.get_ydata(), expected, rtol=1e-13)
    levels = [shift.target_risk(n2=100, p=600, snr=snr) / UNITS[per](snr) for snr in (1, 5, 20)]
    assert np.allclose([line.get_ydata()[0] for line in drawn(ax, "level")], [1] if per == "target" else levels)


@pytest.mark.parametrize(("values", "best", "largest"), [
    ({}, [12.6602827596, 179.843788128, 260.208423834, 312.917130661], [25, 295, 385, 430]),
    ({"snr": 5, "ssr": SSR}, [231.671842700, 207.501187087, 179.843788128, 147.458209164, 59.5456890891],
     [356, 328.888888889, 295, 251.428571429, 112])], ids=["SNR", "SSR"])
def test_marks_sit_at_the_best_and_the_largest_useful_size(values, best, largest):
    "Dots and diamonds at n1* and n1_max, on the curve and on the level; none for SNR = 1 and for SSR = 0.8."
    ax = risk_against_source_size(**values)
    dots, diamonds = drawn(ax, "best_source_size"), drawn(ax, "largest_source_size")
    assert np.allclose([dot.get_xdata()[0] for dot in dots], best, rtol=1e-9)
    assert np.allclose([diamond.get_xdata()[0] for diamond in diamonds], largest, rtol=1e-9)
    assert np.allclose([diamond.get_ydata()[0] for diamond in diamonds], 1, rtol=1e-12)
    lows = [curve.get_ydata().min() for curve in drawn(ax, "pooled_risk") if curve.get_ydata().min() < 1 - 1e-9]
    assert np.allclose([dot.get_ydata()[0] for dot in dots], lows, atol=1e-5)


def test_no_mark_where_nothing_helps():
    "At SNR = 1, at SNR = 0 and at SSR > 1 there is no best size, and the title says so."
    ax = risk_against_source_size(snr=(0, 1), ssr=(0.2, 1.3))
    assert not drawn(ax, "best_source_size") and not drawn(ax, "largest_source_size")
    assert ax.get_title(loc="left") == "Source data never help here"


def test_the_given_axes_are_used():
    "ax= is drawn on and returned; without it there are new axes on a figure of their own."
    ax = Figure().subplots()
    assert risk_against_source_size(ax, snr=5) is ax
    assert risk_against_source_size(snr=5).figure is not ax.figure


def test_labels_speak_the_glossary():
    "Axes are labelled with the theorem's symbols, curves with what tells them apart."
    ax = risk_against_source_size()
    assert ax.get_xlabel() == "source sample size $n_1$"
    assert ax.get_ylabel() == r"pooled risk $R_{\mathrm{pool}}\,/\,R_{\mathrm{target}}$"
    assert {rf"$\mathrm{{SNR}} = {snr}$" for snr in (1, 2, 5, 10, 20)} < words(ax)
    assert r"$n_2 = 100$, $p = 600$, $\mathrm{SSR} = 0.2$" in words(ax)


def test_names_that_would_collide_go_to_a_legend():
    "The figure names its curves beside them; where names would cover each other there is a legend instead."
    assert [ax.get_legend() for ax in figure().axes] == [None, None]
    ax = risk_against_source_size(per="noise", snr=(1, 2, 5))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [rf"$\mathrm{{SNR}} = {snr}$" for snr in (1, 2, 5)]
    assert r"$\mathrm{SNR} = 1$" not in words(ax)


@pytest.mark.parametrize(("simulate", "signs"), [(0, 3), (2, 4)])
def test_a_panel_on_its_own_has_a_key(simulate, signs):
    "Signs and accuracy stand under it; drawn into axes that are given, it leaves both to the picture around it."
    (key,) = risk_against_source_size(**SMALL, simulate=simulate, rng=0).figure.legends
    assert len(key.get_texts()) == signs and key.get_title().get_text() == "accuracy: asymptotic, O(1/p)"
    ax = Figure().subplots()
    assert not risk_against_source_size(ax).figure.legends


def test_the_view_cuts_the_peak_and_keeps_the_dip():
    "Limits show every dip and end a fifth above the level to beat."
    ax = risk_against_source_size()
    assert ax.get_ylim()[1] == pytest.approx(1.2) and ax.get_ylim()[0] < 0.69
    assert ax.get_xlim() == (0, 500)


def test_simulated_points_agree_with_the_exact_risk():
    "At p = 60 every point lies within 4 standard errors of the finite-size risk, which is drawn dotted."
    ax = risk_against_source_size(**SMALL, simulate=200, rng=7)
    for points, dotted, snr in zip(ax.containers, drawn(ax, "finite_size"), SMALL["snr"], strict=True):
        (low, high), (n1, means) = np.array(points[2][0].get_segments())[:, :, 1].T, points[0].get_xydata().T
        assert len(n1) == 5 and np.all(np.abs(means - relative(n1, snr)) < 4 * (high - low) / 2)
        assert np.allclose(dotted.get_ydata(), relative(dotted.get_xdata(), snr))


def test_points_do_not_depend_on_the_executor():
    "A thread pool draws the points of a serial run."
    with ThreadPoolExecutor(2) as executor:
        pooled = risk_against_source_size(**SMALL, simulate=4, rng=1, executor=executor)
    serial = risk_against_source_size(**SMALL, simulate=4, rng=1)
    for one, other in zip(pooled.containers, serial.containers, strict=True):
        assert np.allclose(one[0].get_ydata(), other[0].get_ydata(), rtol=1e-12)


@pytest.mark.parametrize(("values", "error", "says"), [
    ({"per": "row"}, ArgumentError, "per is one of target, signal, noise; not 'row'"),
    ({"n2": 600}, DomainError, "n2 < p"), ({"snr": -1}, DomainError, "snr"), ({"ssr": np.nan}, DomainError, "ssr"),
    ({"snr": 0, "per": "signal"}, DomainError, "not at snr=0"), ({"simulate": 1, "p": 60, "n2": 10}, DomainError, "reps")])
def test_what_is_refused(values, error, says):
    "An unknown unit, a unit of zero, and points the formula does not cover."
    with pytest.raises(error, match=says):
        risk_against_source_size(**values)


def test_figures_are_found_by_id():
    "Each id of a figure is a theorem's; the caption says what is assumed and how accurate it is."
    assert set(FIGURES) <= {entry.id for entry in catalogue.entries()}
    picture = plot("transfer.concept_shift")
    assert isinstance(picture, Figure) and len(picture.axes) == 2
    assert "asymptotic, O(1/p)" in picture.texts[-1].get_text()


def test_an_id_without_figure():
    "An unknown id says how to list those there are, a theorem without figure those that have one."
    with pytest.raises(ArgumentError, match="no theorem 'transfer.nothing'; `symrisk show` lists all"):
        plot("transfer.nothing")
    with pytest.raises(NoMethod, match="there is one of collapse.mixing, transfer.comparison"):
        plot("transfer.finite_sample")


def test_a_notebook_shows_it():
    "The picture gives its own PNG, and saves as a vector file."
    picture, held = plot("transfer.concept_shift"), io.BytesIO()
    picture.savefig(held, format="svg")
    assert picture._repr_png_().startswith(b"\x89PNG") and b"<svg" in held.getvalue()


def test_pyplot_stays_untouched():
    "Drawing and saving never imports pyplot, and importing symrisk.plot not even matplotlib."
    done = python("import io, sys, symrisk.plot; assert 'matplotlib' not in sys.modules\n"
                  "for name in symrisk.plot.FIGURES: symrisk.plot.plot(name).savefig(io.BytesIO())\n"
                  "assert 'matplotlib.pyplot' not in sys.modules")
    assert done.returncode == 0, done.stderr


def test_without_matplotlib():
    "The error says what to install."
    done = python("import sys; sys.modules['matplotlib'] = None\nfrom symrisk.plot import plot\nplot('transfer.concept_shift')")
    assert "NoMethod: pictures need matplotlib: pip install symrisk[plot]" in done.stderr
