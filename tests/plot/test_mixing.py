"""The figure of label mixing shows the formulas' values."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from symrisk.errors import DomainError
from symrisk.plot import plot
from symrisk.plot.figures.collapse.mixing import (
    GENERATIONS,
    WEIGHTS,
    factor_at,
    variance_against_generation,
    variance_against_weight,
)
from symrisk.theorems.collapse import mixing

GOLDEN = (5**0.5 - 1) / 2
BOTH = pytest.mark.parametrize("draw", [variance_against_weight, variance_against_generation])


def line(ax, label):
    (found,) = [line for line in ax.lines if line.get_label() == label]
    return found


def scores(points, expected):
    """Distances from what is expected at each place, in standard errors: half the bars."""
    x, means = points[0].get_xydata().T
    return (means - expected(x)) / [np.ptp(bar[:, 1]) / 2 for bar in points[2][0].get_segments()]


@BOTH
def test_the_given_axes_are_used(draw):
    "ax= is drawn on and returned."
    ax = Figure().subplots()
    assert draw(ax) is ax and draw().figure is not ax.figure


def test_curves_against_the_weight_are_the_formulas():
    "v_t by the recursion from w = 0 to 1, and c on w > 0."
    ax = variance_against_weight()
    for t in GENERATIONS:
        w, expected = line(ax, f"t = {t}").get_xdata(), 1.0
        for _ in range(t):
            expected = w**2 + (1 - w) ** 2 * (1 + expected)
        assert w[0] == 0 and w[-1] == 1 and np.allclose(line(ax, f"t = {t}").get_ydata(), expected, rtol=1e-12)
    c = line(ax, "variance_factor")
    assert np.array_equal(c.get_ydata(), mixing.variance_factor(w=c.get_xdata()))


def test_landmarks():
    "The golden weight with the golden value; a third and one with the value one, which is the level drawn."
    ax = variance_against_weight()
    for label, point in {"golden": (GOLDEN, GOLDEN), "third": (1 / 3, 1), "real": (1, 1)}.items():
        assert np.allclose(line(ax, label).get_xydata()[0], point, rtol=1e-12)
    c = line(ax, "variance_factor")
    assert c.get_xdata()[np.argmin(c.get_ydata())] == pytest.approx(GOLDEN, abs=2e-3)
    assert set(line(ax, "level").get_ydata()) == {1.0}


def test_curves_against_the_generation_are_the_formulas():
    "1 + t without real labels, the closed form with them."
    ax, t = variance_against_generation(), np.arange(21)
    assert np.array_equal(line(ax, "w = 0").get_ydata(), 1 + t)
    for w in WEIGHTS[1:]:
        assert np.allclose(line(ax, f"w = {w:g}").get_ydata(), mixing.variance_factor_at(w=w, t=t), rtol=1e-14)


def test_generations_are_dots():
    "There is nothing between two of them; the curves differ in style as in colour."
    drawn = [each for each in variance_against_generation().lines if each.get_label().startswith("w = ")]
    assert {each.get_marker() for each in drawn} == {"o"} and len({str(each._dash_pattern) for each in drawn}) == len(WEIGHTS)


def test_the_factor_broadcasts():
    "Weights, zero among them, against generations."
    found = factor_at(np.array([[0.0], [0.5]]), [0, 1, 2])
    assert np.allclose(found, [[1, 2, 3], [1, 0.75, 0.6875]])


@BOTH
def test_curves_carry_their_names(draw):
    "Every curve is named beside it, in the glossary's letters; two that end together share a legend."
    ax = draw()
    assert ax.get_legend() is None and {"$w = 0$: collapse", "$t = 20$"} & {text.get_text() for text in ax.texts}
    assert draw(**{"generations": (19, 20)} if draw is variance_against_weight else {"weights": (0.2, 0.201)}).get_legend()


def test_simulated_points_against_the_weight():
    "Within 4 standard errors of v_t at each generation drawn."
    ax = variance_against_weight(generations=(1, 5), simulate=100, rng=3)
    for points, t in zip(ax.containers, (1, 5), strict=True):
        assert np.all(np.abs(scores(points, lambda w, t=t: factor_at(w, t))) < 4)


def test_simulated_points_against_the_generation():
    "Within 4 standard errors of v_t at each weight drawn, zero among them."
    ax = variance_against_generation(weights=(0, 0.2), last=10, simulate=100, rng=3)
    for points, w in zip(ax.containers, (0, 0.2), strict=True):
        assert np.all(np.abs(scores(points, lambda t, w=w: factor_at(w, t))) < 4)


def test_the_figure():
    "Two panels; the key and the caption name what is simulated and how exact the curves are."
    picture = plot("collapse.mixing", simulate=2, rng=0)
    assert [ax.get_xlabel() for ax in picture.axes] == ["weight of the real labels $w$", "generation $t$"]
    assert "simulated, 2 replicates ± standard error" in {text.get_text() for text in picture.legends[0].get_texts()}
    assert "Curves: exact" in picture.texts[-1].get_text()


@pytest.mark.parametrize("weights", [(1.5,), (-0.1,), (float("nan"),)])
def test_weights_outside_are_refused(weights):
    "A weight above one, below zero or not a number."
    with pytest.raises(DomainError):
        variance_against_generation(weights=weights)
