"""The map of the least risk agrees with the risks, and its names stand in their regions."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from symrisk.errors import ArgumentError, DomainError
from symrisk.plot import plot
from symrisk.plot.figures.transfer.comparison import PLAIN, SHOWN, SNR, winner_map
from symrisk.theorems.transfer import comparison, finite_sample

FUSED = (*PLAIN, "fuse")
FITS = {words: name for name, (words, _) in SHOWN.items()}


def winner(among, n1, ssr, snr):
    """The fit of least risk at points, from the formulas as they are; a fit without room has none."""
    values = {"n1": n1, "n2": 100, "p": 600, "snr": snr, "ssr": ssr, "sigma_sq": 1.0, "stretch": 0.0}
    risks = []
    for name in among:
        risk = np.full(np.broadcast_shapes(np.shape(n1), np.shape(ssr)), np.inf)
        for formula in reversed(comparison.ESTIMATORS[name].formulas):
            found = formula(outside="nan", **{k: v for k, v in values.items() if k in formula.inputs})
            risk = np.where(np.isnan(found), risk, found)
        risks.append(risk)
    return np.array(among)[np.argmin(risks, axis=0)]


def neighbours(n1, ssr, far):
    """Points around each, of which the last axis counts nine."""
    besides = np.meshgrid((-far, 0, far), (-0.008, 0, 0.008))
    return [np.add.outer(values, side.ravel()) for values, side in zip((n1, ssr), besides, strict=True)]


def colour(ax, n1, ssr):
    """The fill of the map at a point."""
    found = [region for region in ax.collections if region.get_facecolor().size
             and any(path.contains_point((n1, ssr)) for path in region.get_paths())]
    return tuple(np.round(found[-1].get_facecolor()[0][:3], 6)) if found else None


@pytest.mark.parametrize("among", [PLAIN, FUSED], ids=["plain", "fused"])
@pytest.mark.parametrize("snr", SNR)
def test_fills_are_the_winners(snr, among):
    "At points away from the boundaries, which lie within one cell of the grid."
    ax, draw = winner_map(snr=snr, among=among), np.random.default_rng(0)
    points = draw.uniform((5, 0.02), (590, 0.98), (40, 2))
    found = winner(among, *neighbours(*points.T, 3), snr)
    plain = [(point, set(near)) for point, near in zip(points, found, strict=True) if len(set(near)) == 1]
    assert len(plain) > 20
    for (n1, ssr), near in plain:
        assert colour(ax, n1, ssr) == tuple(np.round(to_rgb(SHOWN[near.pop()][1]), 6)), (n1, ssr)


@pytest.mark.parametrize("among", [PLAIN, FUSED], ids=["plain", "fused"])
@pytest.mark.parametrize("snr", SNR)
def test_names_stand_in_their_regions(snr, among):
    "The centre of each name lies in the region of its fit, and every fit that wins somewhere is named."
    ax = winner_map(snr=snr, among=among)
    placed = {FITS[text.get_text()]: text for text in ax.texts if text.get_text() in FITS}
    for name, text in placed.items():
        assert winner(among, *text.xy, snr) == name
    draw = np.random.default_rng(1)
    assert set(winner(among, *draw.uniform((5, 0.02), (590, 0.98), (60, 2)).T, snr)) <= placed.keys()


@pytest.mark.parametrize("among", [PLAIN, FUSED], ids=["plain", "fused"])
@pytest.mark.parametrize("snr", SNR)
def test_no_word_stands_across_a_boundary(snr, among):
    "All of a name, and of the threshold's letter, which stands once beside its line, lies in one region; none on another."
    ax = winner_map(snr=snr, among=among)
    shown = [text for text in ax.texts if text.get_text() in FITS or "rho" in text.get_text()]
    assert sum("rho" in text.get_text() for text in shown) == 1
    boxes = []
    for text in shown:
        text.get_window_extent()
        boxes.append(Text.get_window_extent(text))
        (x0, y0), (x1, y1) = ax.transData.inverted().transform(boxes[-1].get_points())
        assert len({colour(ax, x, y) for x in np.linspace(x0, x1, 7) for y in np.linspace(y0, y1, 4)}) == 1, text
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_fills_differ_in_grey():
    "By a tenth of the way from black to white at least."
    greys = sorted(np.dot(to_rgb(color), (0.299, 0.587, 0.114)) for name, (_, color) in SHOWN.items() if name != "source")
    assert min(np.diff(greys)) > 0.1


def test_the_dashed_line_is_the_threshold():
    "The exact one, as far as it is positive."
    (line,) = [line for line in winner_map(snr=8).lines if line.get_label() == "ssr_threshold"]
    n1, at = line.get_xydata()[np.isfinite(line.get_ydata())].T
    assert np.allclose(at, finite_sample.ssr_threshold(n1=n1, n2=100, p=600, snr=8)) and at.min() > 0 and len(at) > 100


def test_fusing_leaves_no_room_for_the_target_alone():
    "Its best weights include the target's own fit."
    words = {text.get_text() for text in winner_map(snr=2, among=FUSED).texts}
    assert "fusing" in words and "the target alone" not in words


def test_the_figure_says_what_it_assumes():
    "Six maps, and under them how accurate the risks are; nothing is simulated."
    picture = plot("transfer.comparison")
    assert len(picture.axes) == 6 and "Risks: exact" in picture.texts[-1].get_text()
    with pytest.raises(ArgumentError, match="nothing is simulated"):
        plot("transfer.comparison", simulate=10)


def test_the_map_goes_beyond_the_dimension():
    "With more source rows than dimensions the fits are least squares, and pooling or the source come to win."
    ax, draw = winner_map(snr=8, among=FUSED, largest=2000), np.random.default_rng(1)
    points = draw.uniform((620, 0.02), (1990, 0.98), (30, 2))
    found = winner(FUSED, *neighbours(*points.T, 9), 8)
    for (n1, ssr), near in zip(points, map(set, found), strict=True):
        assert len(near) > 1 or colour(ax, n1, ssr) == tuple(np.round(to_rgb(SHOWN[near.pop()][1]), 6))


def test_the_given_axes_are_used():
    "ax= is drawn on and returned."
    ax = Figure().subplots()
    assert winner_map(ax) is ax


@pytest.mark.parametrize(("values", "error", "says"), [
    ({"among": ("target", "oracle")}, ArgumentError, "not 'oracle'"), ({"p": 101, "among": ("target",)}, DomainError, "no fit has a risk"), ({"snr": -1}, DomainError, "snr")])
def test_what_is_refused(values, error, says):
    "Unknown fits, and values that the formulas do not cover."
    with pytest.raises(error, match=says):
        winner_map(**values)
