"""The figure of pooled ridge shows the formulas' values on both sides of the peak."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from symrisk.errors import DomainError
from symrisk.plot.figures.transfer.isotropic_ridge import (
    MU,
    risk_by_direction,
    risk_through_the_peak,
)
from symrisk.theorems.transfer import (
    best_ridge,
    concept_shift,
    finite_sample,
    isotropic_ridge,
    least_squares,
)

SMALL = {"n2": 20, "p": 60}
SHIFTED = {"ssr": 0.6, "cosine": -0.5}
POINT = {"n2": 100, "p": 300, "theta_sq": 5.0, "delta_sq": 3.0, "cross": -0.5 * 0.6**0.5 * 5, "sigma1_sq": 1.0, "sigma2_sq": 1.0}


def drawn(ax, label):
    return [line for line in ax.lines if line.get_label() == label]


def sized(formula, point):
    """The part of a point that a formula takes."""
    return {name: value for name, value in point.items() if name in formula.inputs}


def names(ax):
    return {text.get_text() for text in ax.texts}


@pytest.mark.parametrize("mu", MU)
def test_curves_are_the_ridge_risk(mu):
    "In units of the signal, at the penalties and the direction asked for."
    (line,) = drawn(risk_through_the_peak(**SHIFTED), f"mu = {mu}")
    expected = isotropic_ridge.ridge_risk(n1=line.get_xdata(), mu=mu, **POINT) / 5
    assert np.allclose(line.get_ydata(), expected, rtol=1e-13)


def test_without_a_penalty_two_closed_forms_meet_in_the_peak():
    "Min-norm interpolation to its left, least squares to its right, and nothing at n1 = p - n2."
    (line,) = drawn(risk_through_the_peak(**SHIFTED), "mu = 0")
    n1, risk = line.get_xdata(), line.get_ydata()
    below, above = concept_shift.unequal_noise_pooled_risk, isotropic_ridge.ols_risk
    assert np.allclose(risk[n1 < 200], below(n1=n1[n1 < 200], **sized(below, POINT)) / 5, rtol=1e-12)
    assert np.allclose(risk[n1 > 200], above(n1=n1[n1 > 200], **sized(above, POINT)) / 5, rtol=1e-12)
    assert np.isnan(risk[n1 == 200]).all() and (n1 == 200).sum() == 1


def test_the_best_curve_is_the_lower_envelope():
    "It is the least risk over the penalty, below every other curve, and starts at the level of the target alone."
    ax = risk_through_the_peak(**SHIFTED)
    (best,) = drawn(ax, "best")
    assert np.allclose(best.get_ydata(), best_ridge.best_ridge_risk(n1=best.get_xdata(), **POINT) / 5, rtol=1e-12)
    for label in ("mu = 0", *(f"mu = {mu}" for mu in MU)):
        (line,) = drawn(ax, label)
        assert not np.any(line.get_ydata() < best.get_ydata() * (1 - 1e-12))
    assert drawn(ax, "level")[0].get_ydata()[0] == pytest.approx(best.get_ydata()[0])


def test_direction_matters_with_a_penalty_only():
    "Shifts along the signal cost less, and one grey curve serves all of them without a penalty."
    ax = risk_by_direction(cosines=(-0.9, 0, 0.9))
    against, right, along = (line.get_ydata()[1:] for line in drawn(ax, "best"))
    assert np.all(against > right) and np.all(right > along)
    (grey,) = drawn(ax, "mu = 0")
    for cosine in (-0.9, 0.9):
        (same,) = drawn(risk_through_the_peak(ssr=0.6, cosine=cosine), "mu = 0")
        assert np.allclose(grey.get_ydata(), same.get_ydata(), equal_nan=True)


@pytest.mark.parametrize("ssr", [0.0, 0.6])
def test_each_curve_has_its_name_beside_it(ssr):
    "Penalties are named next to their curves: the text is nearer to its own line than to any other, and covers none."
    ax = risk_through_the_peak(ssr=ssr)
    words = [r"$\mu \to 0$", *(rf"$\mu = {mu}$" for mu in MU), r"best $\mu$"]
    assert ax.get_legend() is None and set(words) < names(ax)
    for number, word in enumerate(words):
        (text,) = [text for text in ax.texts if text.get_text() == word]
        gaps = [distance(text.get_window_extent(), ax, line) for line in ax.lines if line.get_linewidth() > 2]
        assert np.argmin(gaps) == number and gaps[number] > 1


def distance(box, ax, line):
    """Pixels from a box to a curve's points."""
    points = ax.transData.transform(line.get_xydata())
    points = points[np.isfinite(points).all(axis=1)]
    return np.linalg.norm(np.maximum(0, np.maximum(box.min - points, points - box.max)), axis=1).min()


def test_names_without_room_go_to_a_legend():
    "Curves that lie on each other can't be told apart by names beside them."
    ax = risk_through_the_peak(mu=(30, 30.0001, 30.0002))
    assert len(ax.get_legend().get_texts()) == 5 and r"best $\mu$" not in names(ax)


def test_simulated_points_agree():
    "At p = 60 means lie within 5 standard errors and the O(1/p) gap of the curves; none stands near the peak without a penalty."
    ax = risk_through_the_peak(mu=(30,), ssr=0.6, cosine=0.5, simulate=100, rng=3, **SMALL)
    point = {**POINT, **SMALL, "cross": 0.5 * 0.6**0.5 * 5}
    curves = {"mu = 0": None, "mu = 30": lambda n1: isotropic_ridge.ridge_risk(n1=n1, mu=30, **point),
              "best": lambda n1: best_ridge.best_ridge_risk(n1=n1, **point)}
    assert len(ax.containers) == len(curves)
    for points, (label, formula) in zip(ax.containers, curves.items(), strict=True):
        n1, means = points[0].get_xydata().T
        errors = np.ptp(np.array(points[2][0].get_segments())[:, :, 1], axis=1) / 2
        if formula is None:
            assert np.all(np.abs(n1 + 20 - 60) > 9) and np.all(np.abs(means - exact(n1, point)) < 5 * errors)
        else:
            assert np.all(np.abs(means - formula(n1) / 5) < 5 * errors + 0.03), label
    (dotted,) = drawn(ax, "finite_size")
    aside = np.abs(dotted.get_xdata() - 40) > 2
    assert np.allclose(dotted.get_ydata()[aside], exact(dotted.get_xdata()[aside], point))


def exact(n1, point):
    """The exact expectation without a penalty, in units of the signal."""
    pooled, ols = finite_sample.unequal_noise_pooled_risk, least_squares.ols_risk
    return np.array([float(formula(n1=n, **sized(formula, point)))
                     for n in n1 for formula in [pooled if n + point["n2"] < point["p"] else ols]]) / 5


def test_the_given_axes_are_used():
    "ax= is drawn on and returned."
    ax = Figure().subplots()
    assert risk_through_the_peak(ax, mu=(30,)) is ax and risk_by_direction(ax, cosines=(0,)) is ax


@pytest.mark.parametrize(("values", "says"), [({"ssr": 1, "cosine": 1.5}, "a cosine is at most 1"), ({"snr": 0}, "takes a signal"),
                                              ({"mu": (-1,)}, "mu is not negative"), ({"ssr": -1}, "ssr=-1")])
def test_what_is_refused(values, says):
    "A cosine beyond one, no signal, and what the formulas do not cover."
    with pytest.raises(DomainError, match=says):
        risk_through_the_peak(**values)
