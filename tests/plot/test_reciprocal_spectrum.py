"""The figure of the reciprocal spectrum shows the formulas' values, the common crossing, and where there is none."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from symrisk.errors import DomainError
from symrisk.plot import plot
from symrisk.plot.figures.transfer.reciprocal_spectrum import KAPPA, risk_against_source_size
from symrisk.theorems.transfer import concept_shift
from symrisk.theorems.transfer import reciprocal_spectrum as spectrum

POINT = {"n2": 100, "p": 600, "snr": 5}


def drawn(ax, label):
    return [line for line in ax.lines if line.get_label() == label]


@pytest.mark.parametrize("kappa", KAPPA)
@pytest.mark.parametrize("share", [None, 0, 0.3, 1])
def test_curves_are_the_formula(kappa, share):
    "In units of the noise, from the risk of the target alone on."
    (line,) = drawn(risk_against_source_size(share=share), f"kappa = {kappa}")
    n1, risk = line.get_xydata().T
    formula, given = (spectrum.even_risk, {}) if share is None else (spectrum.pooled_risk, {"upper_share": share})
    assert np.allclose(risk[1:], formula(n1=n1[1:], anisotropy=kappa, **given, **POINT), rtol=1e-13)
    assert (n1[0], risk[0]) == (0, pytest.approx(concept_shift.target_risk(**POINT)))


def test_all_curves_cross_at_half_the_dimension():
    "A dot at n1 = 300 on every curve, each of which is steeper there than the one before."
    ax = risk_against_source_size()
    ((x, y),) = drawn(ax, "crossing")[0].get_xydata()
    slopes = []
    for kappa in KAPPA:
        n1, risk = drawn(ax, f"kappa = {kappa}")[0].get_xydata().T
        assert np.interp(x, n1, risk) == pytest.approx(y, rel=1e-3) and x == 300
        slopes.append(np.interp(x + 1, n1, risk) - np.interp(x - 1, n1, risk))
    assert slopes == sorted(slopes)


@pytest.mark.parametrize("values", [{"share": 0}, {"share": 1}, {"n2": 350}])
def test_no_dot_without_a_crossing(values):
    "Nor for uneven coefficients, nor where n1 = p/2 lies beyond the peak."
    assert not drawn(risk_against_source_size(**values), "crossing")


def test_the_level_is_the_target_alone():
    "Dashed, with the side below named."
    ax = risk_against_source_size()
    assert drawn(ax, "level")[0].get_ydata()[0] == pytest.approx(concept_shift.target_risk(**POINT))
    assert "pooling helps" in {text.get_text() for text in ax.texts}


def test_curves_are_named_beside_them():
    "By kappa, without a legend."
    ax = risk_against_source_size()
    assert ax.get_legend() is None and {rf"$\kappa = {kappa}$" for kappa in KAPPA} < {text.get_text() for text in ax.texts}


@pytest.mark.parametrize("share", [None, 0])
def test_simulated_points_agree(share):
    "At p = 60 within 5 standard errors and what a finite size adds."
    ax = risk_against_source_size(anisotropy=(1, 4), share=share, n2=10, p=60, simulate=60, rng=3)
    for points, kappa in zip(ax.containers, (1, 4), strict=True):
        n1, means = points[0].get_xydata().T
        errors = np.ptp(np.array(points[2][0].get_segments())[:, :, 1], axis=1) / 2
        curve = np.interp(n1, *drawn(ax, f"kappa = {kappa}")[0].get_xydata().T)
        assert len(n1) == 5 and np.all(np.abs(means - curve) < 5 * errors + 0.05 * curve)


def test_the_figure_is_found_by_id():
    "Three panels: spread evenly, and in either eigenspace; the caption says how accurate it is."
    picture = plot("transfer.reciprocal_spectrum")
    assert isinstance(picture, Figure) and len(picture.axes) == 3
    assert len({ax.get_ylim() for ax in picture.axes}) == 1 and not any(ax.get_legend() for ax in picture.axes)
    assert "asymptotic, O(1/p)" in picture.texts[-1].get_text()


def test_the_given_axes_are_used():
    "ax= is drawn on and returned."
    ax = Figure().subplots()
    assert risk_against_source_size(ax, anisotropy=2) is ax and not ax.figure.legends


@pytest.mark.parametrize(("values", "says"), [({"anisotropy": (0,)}, "anisotropy > 0"), ({"n2": 600}, "n2 < p"),
                                              ({"share": 2}, "upper_share <= 1")])
def test_what_is_refused(values, says):
    "Values that the formula does not cover."
    with pytest.raises(DomainError, match=says):
        risk_against_source_size(**values)
