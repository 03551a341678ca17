"""Any formula along one of its inputs: the curves are its values, and the picture says what it leaves out."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle

import symrisk.plot
from symrisk import Atoms, Formula, Region
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.plot import curves, plot
from symrisk.symbols import n1, p, symbol, w
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import covariate_shift

SIZE = {"n2": 100, "p": 600}
POINT = {**SIZE, "snr": 5, "ssr": 0.2}


def line(ax, label):
    (found,) = [each for each in ax.lines if each.get_label() == label]
    return found


def said(ax):
    """The words under the picture."""
    (key,) = ax.figure.legends
    return [key.get_title().get_text(), *(text.get_text() for text in key.get_texts())]


def test_a_curve_for_each_value():
    "Each is the formula, and is named beside itself by its value alone; the others stand under the title."
    ax = curves(shift.pooled_risk, x=("n1", 0, 400), ssr=[0.1, 0.5], snr=5, **SIZE)
    for value in (0.1, 0.5):
        x, y = line(ax, rf"$\mathrm{{SSR}} = {value}$").get_xydata().T
        assert (x[0], x[-1]) == (0, 400) and np.array_equal(y, shift.pooled_risk(n1=x, **{**POINT, "ssr": value}))
    texts = [text.get_text() for text in ax.texts]
    assert texts[0] == r"$n_2 = 100$, $p = 600$, $\mathrm{SNR} = 5$" and r"$\mathrm{SSR} = 0.5$" in texts


def test_axes_say_letters_and_meanings():
    ax = curves(shift.pooled_risk, x=("n1", 0, 400), **POINT)
    assert ax.get_xlabel() == "source sample size $n_1$"
    assert "excess risk" in ax.get_ylabel() and r"$R_{\mathrm{pool}}$" in ax.get_ylabel()
    assert ax.get_title(loc="left") == r"$R_{\mathrm{pool}}$ against $n_1$"


def test_curves_are_told_apart_without_colours():
    "Each has a line style of its own, and colours run from dark to light."
    ax = curves(shift.pooled_risk, x=("n1", 0, 400), ssr=[0, 0.1, 0.2, 0.5], snr=5, **SIZE)
    assert len({str(each._dash_pattern) for each in ax.lines}) == 4
    light = [np.dot(each.get_color()[:3], (0.3, 0.59, 0.11)) for each in ax.lines]
    assert light == sorted(light) and min(np.diff(light)) > 0.05


def test_a_name_alone_runs_as_far_as_the_hypotheses_bound_it():
    "From no source sample to as many as the pooled sample takes."
    assert curves(shift.pooled_risk, x="n1", **POINT).get_xlim() == (0, 500)
    with pytest.raises(ArgumentError, match=r"x=\('snr', first, last\) says from where to where snr runs: nothing bounds it"):
        curves(shift.pooled_risk, x="snr", n1=10, ssr=0, **SIZE)


def test_a_gap_where_it_does_not_hold():
    "Not an error; why is said under the picture, and so is that the peak is cut off."
    ax = curves(shift.pooled_risk, x=("n1", 0, 600), **POINT)
    x, y = ax.lines[0].get_xydata().T
    assert np.isnan(y[x >= 500]).all() and np.isfinite(y[x < 500]).all()
    words = said(ax)
    assert words == ["accuracy: asymptotic, O(1/p)", "$R_{\\mathrm{pool}}$ only for $n_1 + n_2 < p$", "higher values are cut off"]
    assert ax.get_ylim()[1] < np.nanmax(y)


def test_what_is_not_steep_is_shown_whole():
    ax = curves(shift.ssr_threshold, x=("n1", 0, 400), snr=5, **SIZE)
    assert said(ax) == ["accuracy: asymptotic, O(1/p)"] and ax.get_ylim()[1] > ax.lines[0].get_ydata().max()


def test_no_point_at_all_is_an_error():
    "Which curve, and what fails half way."
    with pytest.raises(DomainError, match=r"pooled_risk has no value on n1 from 501 to 520: pooled_risk holds for n1 \+ n2 < p"):
        curves(shift.pooled_risk, x=("n1", 501, 520), **POINT)
    with pytest.raises(DomainError, match="no value on n1 from 0 to 9 at n2=700"):
        curves(shift.pooled_risk, x=("n1", 0, 9), n2=[100, 700], p=600, snr=5, ssr=0)


def test_whole_numbers_are_dots():
    "Each generation once, with nothing between; many of them are a line."
    ax = curves(mixing.variance_factor_at, x=("t", 0, 7.5), w=[0.2, 0.6])
    assert ax.lines[0].get_xdata().tolist() == list(range(8)) and ax.lines[0].get_marker() == MarkerStyle("o").get_marker()
    many = curves(mixing.variance_factor_at, x=("t", 0, 5000), w=0.2).lines[0]
    assert many.get_marker() == "None" and np.array_equal(many.get_xdata(), np.round(many.get_xdata()))


def test_logarithmic_axes():
    "x by the fourth part of its range or by log; evenly spread in the logarithm; y by log."
    given = {"n1": 180, "ssr": 0.2, **SIZE}
    for ax in (curves(shift.pooled_risk, x=("snr", 0.1, 100, "log"), log="y", **given),
               curves(shift.pooled_risk, x=("snr", 0.1, 100), log="xy", **given)):
        x = ax.lines[0].get_xdata()
        assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log") and np.allclose(np.diff(np.log(x)), np.log(1000) / 600)
    with pytest.raises(DomainError, match="a logarithmic scale is for values above zero; ssr_threshold has others"):
        curves(shift.ssr_threshold, x=("n1", 0, 400), snr=0.5, log="y", **SIZE)


def test_several_formulas():
    "Each gets what it takes, is named by its letter, and is drawn once where it does not take what varies."
    ax = curves([shift.pooled_risk, shift.target_risk], x=("n1", 0, 300), ssr=[0.1, 0.5], snr=5, **SIZE)
    names = [each.get_label() for each in ax.lines]
    assert names == [r"$R_{\mathrm{pool}}$, $\mathrm{SSR} = 0.1$", r"$R_{\mathrm{pool}}$, $\mathrm{SSR} = 0.5$", r"$R_{\mathrm{target}}$"]
    assert set(ax.lines[2].get_ydata()) == {shift.target_risk(n2=100, p=600, snr=5)}


def test_what_is_made_of_formulas():
    "Differences and slopes have no meaning of their own: their letters."
    ax = curves(shift.target_risk - shift.pooled_risk, x=("n1", 0, 300), **POINT)
    assert ax.lines[0].get_ydata()[0] == 0 and ax.get_ylabel().startswith("$")
    assert len(curves(shift.pooled_risk.diff(n1), x=("n1", 0, 300), **POINT).lines) == 1


def test_over_laws():
    "A law is a value; several are a curve each."
    one, other = Atoms({(3, "1/2"): "1/2", (1, 2): "1/2"}), Atoms({(1, 1): 1})
    ax = curves(covariate_shift.pooled_variance, x=("n1", 1, 30), n2=30, p=100, H=[one, other])
    assert len(ax.lines) == 2
    x, y = ax.lines[1].get_xydata().T
    assert np.allclose(y, covariate_shift.pooled_variance(n1=x, n2=30, p=100, H=other))


def test_simulated_points_agree():
    "At whole sizes within the curve; bars of one standard error; said under the picture."
    ax = curves(mixing.variance_factor_at, x=("t", 0, 10), w=[0.2, 0.6], simulate=60, rng=3)
    for points, value in zip(ax.containers, (0.2, 0.6), strict=True):
        t, means = points[0].get_xydata().T
        errors = [np.ptp(bar[:, 1]) / 2 for bar in points[2][0].get_segments()]
        assert len(t) == 5 and np.array_equal(t, np.round(t))
        assert np.all(np.abs(means - mixing.variance_factor_at(w=value, t=t)) < 4 * np.array(errors))
    assert "simulated, 60 replicates ± standard error" in said(ax)


def test_nothing_to_simulate():
    with pytest.raises(NoMethod, match="ssr_threshold carries no simulation"):
        curves(shift.ssr_threshold, x=("n1", 0, 400), snr=5, simulate=2, **SIZE)


def test_the_given_axes_are_used():
    "ax= is drawn on and returned, without a key of its own; plot returns a whole figure."
    ax = Figure().subplots()
    assert curves(shift.pooled_risk, x=("n1", 0, 400), ax=ax, **POINT) is ax and not ax.figure.legends
    figure = plot(shift.pooled_risk, x=("n1", 0, 400), **POINT)
    assert isinstance(figure, Figure) and len(figure.axes) == 1


def test_an_id_is_as_good():
    "With x it is a formula's, alone or in a list; without x a theorem's."
    for what in ("concept_shift.ssr_threshold", ["concept_shift.ssr_threshold"], shift.ssr_threshold):
        figure = plot(what, x=("n1", 0, 400), snr=5, **SIZE)
        assert np.array_equal(figure.axes[0].lines[0].get_ydata(), shift.ssr_threshold(n1=np.linspace(0, 400, 601), snr=5, **SIZE))
    with pytest.raises(ArgumentError, match="say which input runs: x='n1'"):
        plot(shift.ssr_threshold)
    with pytest.raises(ArgumentError, match="the figure of collapse.mixing takes no w"):
        plot("mixing", w=0.3)


@pytest.mark.parametrize(("change", "error", "says"), [
    ({"x": ("n3", 0, 1)}, ArgumentError, "pooled_risk has no name 'n3'; it takes n1"),
    ({"x": "n3"}, ArgumentError, "pooled_risk has no name 'n3'"),
    ({"x": ("n1", 5, 5)}, DomainError, "runs from a number to a larger one"),
    ({"x": ("n1", 0)}, ArgumentError, r"x is \(name, first, last\)"),
    ({"snr": []}, ArgumentError, "snr is one value at least"),
    ({"n1": 3}, ArgumentError, "n1 is given twice"),
    ({"log": "z"}, ArgumentError, "log is x, y or xy"),
    ({"ssr": np.linspace(0, 1, 30)}, ArgumentError, "30 curves in one picture can't be told apart; draw 10 at most"),
    ({"snt": 3}, ArgumentError, "snt"),
    ({"snr": "much"}, ArgumentError, "snr"),
])
def test_what_is_refused(change, error, says):
    "Each a typed error that says what there is."
    with pytest.raises(error, match=says):
        curves(shift.pooled_risk, **{"x": ("n1", 0, 400), **POINT, **change})


def test_other_refusals():
    with pytest.raises(ArgumentError, match="a curve is of a formula"):
        curves([shift.pooled_risk, 3], x=("n1", 0, 400), **POINT)
    with pytest.raises(ArgumentError, match="pooled_risk and target_risk has no name 'nn'"):
        curves([shift.pooled_risk, shift.target_risk], x=("n1", 0, 400), nn=3, **POINT)
    with pytest.raises(ArgumentError, match="need no kappa|has no name 'kappa'"):
        curves([shift.pooled_risk, shift.target_risk], x=("n1", 0, 400), kappa=3, **POINT)
    with pytest.raises(ArgumentError, match="of one formula at least"):
        curves([], x=("n1", 0, 1))
    with pytest.raises(ArgumentError, match="H is a law and has no range"):
        curves(covariate_shift.pooled_variance, x=("H", 0, 1), n1=3, n2=30, p=100)


def test_letters_that_matplotlib_can_not_draw():
    "Are said in words."
    odd = Formula(symbol("odd", r"\begin{cases}R\end{cases}", "an odd share"), w * p, on=Region(w < 1))
    assert curves(odd, x="w", p=3).get_ylabel().startswith("an odd share")


def test_it_is_found_beside_plot():
    assert symrisk.plot.curves is curves and "curves" in symrisk.plot.__all__
