"""The phase diagram: its boundary is the known threshold, its areas are named, and what it can't draw it refuses."""

import doctest

import numpy as np
import pytest
from matplotlib.figure import Figure
from sympy import Rational

import symrisk.plot
from symrisk import Atoms, Formula, Region
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import risk_of
from symrisk.errors import ArgumentError, DomainError
from symrisk.laws.empirical import Empirical
from symrisk.plot import duel, phase
from symrisk.plot.phase import phase_diagram
from symrisk.symbols import coordinate, eigenvalue, n1, n2, sigma1_sq, sigma2_sq, snr, symbol
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import reciprocal_spectrum as spectrum

PAIR = shift.pooled_risk, shift.target_risk
SIZE = {"n2": 100, "p": 600}
ISOTROPIC = {(1, 1, 1, "1/15", "1/10", "1/10"): 1}
TWO = {(3, 1, 1, "1/15", "1/10", "1/10"): "1/2", ("1/3", 1, 1, "1/15", "1/10", "1/10"): "1/2"}
NAMES = *map(eigenvalue, (1, 2, 0)), *map(coordinate, (1, 2, 0))
POOLED = risk_of(Pooled(2, "ridgeless"))
ALONE = risk_of(Pooled(1, "ridgeless", eigenvalues=(eigenvalue(2),)), given=(coordinate(2),)).at({n1: n2, sigma1_sq: sigma2_sq})


def drawn(ax, label):
    return [found for found in ax.collections if found.get_label() == label]


def boundary(ax):
    (line,) = drawn(ax, "boundary")
    return np.concatenate([path.vertices for path in line.get_paths()]).T


def covers(ax, label, x, y):
    return any(path.contains_point((x, y)) for area in drawn(ax, label) for path in area.get_paths())


def words(ax):
    return [text.get_text() for text in ax.texts[1:]]


def place(ax, word):
    (text,) = [text for text in ax.texts if text.get_text() == word]
    return text.xy


def test_the_boundary_is_the_ssr_threshold():
    "Solved for where it crosses the grid: to rounding, not to a step of the grid."
    x, y = boundary(phase_diagram(*PAIR, x=("n1", 0, 500), y=("ssr", 0, 1), snr=5, **SIZE))
    assert len(x) > 200 and x.min() < 2 and y.min() < 0.01
    assert np.allclose(y, shift.ssr_threshold(n1=x, snr=5, **SIZE), rtol=0, atol=1e-9)


def test_the_boundary_is_the_snr_cutoff():
    "Of the reciprocal spectrum, on two logarithmic scales, at few source samples and at many."
    for size in (100, 400):
        ax = phase_diagram(spectrum.even_risk, shift.target_risk, x=("anisotropy", 1, 50, "log"), y=("snr", 0.2, 200, "log"), n1=size, **SIZE)
        x, y = boundary(ax)
        assert np.allclose(y, spectrum.snr_cutoff(anisotropy=x, n1=size, **SIZE), rtol=1e-9) and x.min() < 1.1 and x.max() > 48
        assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_colours_are_the_signs():
    "At points away from the boundary the fill is that of the least risk."
    ax, draw = phase_diagram(*PAIR, x=("n1", 0, 500), y=("ssr", 0, 1), snr=5, **SIZE), np.random.default_rng(0)
    for x, y in draw.uniform((3, 0.01), (497, 0.99), (60, 2)):
        threshold = shift.ssr_threshold(n1=x, snr=5, **SIZE)
        if abs(y - threshold) > 0.01:
            assert covers(ax, "below", x, y) == (y < threshold) and covers(ax, "not below", x, y) == (y > threshold)


def test_areas_are_named_in_place():
    "What to do stands where it is right, and the rule that fails where it fails."
    ax = phase_diagram(*PAIR, x=("n1", 0, 700), y=("ssr", 0, 1), snr=5, labels=("together", "apart"), **SIZE)
    rule = "$R_{\\mathrm{pool}}$ only for\n$n_1 + n_2 < p$"
    assert words(ax) == ["together", "apart", rule] and ax.get_title(loc="left") == "Together or apart?"
    (x, y), (u, v) = place(ax, "together"), place(ax, "apart")
    bare = phase_diagram(*PAIR, x=("n1", 0, 400), y=("ssr", 0, 1), snr=5, **SIZE)
    assert bare.get_title(loc="left") == "Where is $R_{\\mathrm{pool}}$ below $R_{\\mathrm{target}}$?"
    assert words(bare) == ["$R_{\\mathrm{pool}}$ < $R_{\\mathrm{target}}$", "$R_{\\mathrm{pool}}$ ≥ $R_{\\mathrm{target}}$"]
    assert y < shift.ssr_threshold(n1=x, snr=5, **SIZE) and v > shift.ssr_threshold(n1=u, snr=5, **SIZE) and u < 500
    assert 500 < place(ax, rule)[0] < 700 and covers(ax, "outside", 600, 0.5) and not covers(ax, "outside", 495, 0.5)


def test_each_rule_has_an_area():
    "The region of the one within that of the other, and the signs that letters have by their meaning."
    ax = phase_diagram(*PAIR, x=("n1", -200, 600), y=("p", 1, 900), n2=200, ssr=0.1, snr=8)
    said = {word.split("\n")[1]: place(ax, word) for word in words(ax) if "only for" in word}
    assert said.keys() == {"$n_1 \\geq 0$", "$n_1 + n_2 < p$", "$n_2 < p$"}
    assert said["$n_1 \\geq 0$"][0] < 0 and said["$n_2 < p$"][1] < 200 < said["$n_1 + n_2 < p$"][1]


def test_the_axes_say_what_the_inputs_mean():
    "Meanings without the mathematics of the glossary, the other values above, the accuracy below."
    ax = phase_diagram(*PAIR, x=("n1", 0, 500), y=("ssr", 0, 1), snr=5, **SIZE)
    assert ax.get_xlabel() == "source sample size $n_1$"
    assert ax.get_ylabel() == "shift-to-signal ratio $\\mathrm{SSR}$"
    assert ax.texts[0].get_text() == "$\\mathrm{SNR} = 5$, $n_2 = 100$, $p = 600$"
    (legend,) = ax.figure.legends
    assert legend.get_title().get_text() == "accuracy: asymptotic, O(1/p)"
    assert [text.get_text() for text in legend.get_texts()] == ["$R_{\\mathrm{pool}}$ = $R_{\\mathrm{target}}$"]


def test_swapped_axes_transpose_the_map():
    "The same gap, and the same boundary, with x and y exchanged."
    sides = ("n1", 0, 550), ("snr", 0.5, 50, "log")
    one, other = (duel.Duel(*PAIR, x, y, {"ssr": 0.2, **SIZE}) for x, y in (sides, sides[::-1]))
    assert np.array_equal(one.gap, other.gap.T, equal_nan=True) and np.isnan(one.gap).any()
    first, second = (boundary(phase_diagram(*PAIR, x=x, y=y, ssr=0.2, **SIZE)) for x, y in (sides, sides[::-1]))
    order, back = np.lexsort(first), np.lexsort(second[::-1])
    assert np.allclose(first[:, order], second[::-1][:, back], rtol=1e-9)


def test_swapped_quantities_swap_the_areas():
    "Where the one is below, the other is not."
    one, other = (duel.Duel(*pair, ("n1", 0, 500), ("ssr", 0, 1), {"snr": 5, **SIZE}) for pair in (PAIR, PAIR[::-1]))
    assert np.array_equal(one.gap, -other.gap)


@pytest.mark.parametrize("law", [Atoms(ISOTROPIC, of=NAMES), Empirical(dict(zip(NAMES, [1.0, 1.0, 1.0, 1 / 15, 0.1, 0.1], strict=True)))],
                         ids=["atoms", "empirical"])
def test_a_law_of_one_atom_is_the_isotropic_world(law):
    "|theta_2|^2 = 600 b_2^2 = 6, delta^2 = 600 (b_1 - b_2)^2 = 2/3: the boundary is the isotropic one."
    ax = phase_diagram(POOLED, ALONE, x=("n1", 0, 500), y=("sigma1_sq", 0, 20), H=law, sigma2_sq=1, **SIZE)
    x, y = boundary(ax)
    point = {"n1": x, "theta_sq": 6.0, "delta_sq": 2 / 3, "sigma1_sq": y, "sigma2_sq": 1.0, **SIZE}
    pooled = shift.unequal_noise_pooled_risk(**point)
    target = shift.unequal_noise_target_risk(**{k: v for k, v in point.items() if k in shift.unequal_noise_target_risk.inputs})
    assert len(x) > 50 and np.allclose(pooled, target, rtol=1e-9)


def test_a_law_of_two_atoms():
    "The boundary is where the two risks agree, on either side they differ as the colours say; the law is named."
    ax = phase_diagram(POOLED, ALONE, x=("n1", 0, 500), y=("n2", 1, 500), H=Atoms(TWO, of=NAMES), p=600, sigma1_sq=1, sigma2_sq=1,
                       labels=("pool", "target alone"))
    x, y = (each[::20] for each in boundary(ax))
    values = {"H": Atoms(TWO, of=NAMES), "p": 600, "sigma2_sq": 1}
    assert np.allclose(POOLED(n1=x, n2=y, sigma1_sq=1, **values), ALONE(n2=y, **values), rtol=1e-9) and len(x) > 5
    for word, sign in (("pool", 1), ("target alone", -1)):
        u, v = place(ax, word)
        assert sign * (ALONE(n2=v, **values) - POOLED(n1=u, n2=v, sigma1_sq=1, **values)) > 0
    assert "$H$ of 2 atoms" in ax.texts[0].get_text()


def test_an_axis_may_be_a_defined_name():
    "theta_sq and delta_sq in place of what defines them, in both formulas."
    x, y = boundary(phase_diagram(*PAIR, x=("theta_sq", 1, 50), y=("delta_sq", 0, 10), n1=200, **SIZE))
    assert np.allclose(y / x, shift.ssr_threshold(n1=200, snr=x, **SIZE), atol=1e-9)


def test_symbols_name_the_axes_too():
    "Letters as well as strings; numbers of any real type."
    ax = phase_diagram(*PAIR, x=(n1, 10, Rational(400)), y=[snr, np.float64(1), 9], ssr=0, **SIZE)
    x, y = boundary(ax)
    assert np.allclose(y, shift.snr_cutoff(n1=x, **SIZE), rtol=1e-9)


def test_whole_inputs_take_whole_values():
    "A generation: the boundary is solved for along the weight, and the ticks are whole."
    ax = phase_diagram(mixing.variance_factor_at, mixing.variance_factor * Rational("1.02"), x=("t", 1, 20), y=("w", 0.05, 1),
                       labels=("pool", "target alone"))
    x, y = boundary(ax)
    whole = x == np.round(x)
    assert whole.sum() >= 4 and np.allclose(mixing.variance_factor_at(t=x[whole], w=y[whole]), 1.02 * mixing.variance_factor(w=y[whole]), rtol=1e-9)
    assert all(tick == round(tick) for tick in ax.get_xticks())
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["target alone"]


@pytest.mark.parametrize(("pair", "low", "word"), [(PAIR, 2, "target alone"), ((PAIR[0], PAIR[0]), 0, "target alone"), (PAIR[::-1], 2, "pool")])
def test_one_side_everywhere(pair, low, word):
    "No boundary, one name; a tie counts as not below."
    ax = phase_diagram(*pair, x=("n1", 0, 400), y=("ssr", low, low + 1), snr=5, labels=("pool", "target alone"), **SIZE)
    assert words(ax) == [word] and not drawn(ax, "boundary")
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()][0].endswith("are nowhere equal here")


def test_one_quantity_against_itself():
    "Letters and names are the same: they are called by their places."
    ax = phase_diagram(PAIR[0], PAIR[0], x=("n1", 0, 400), y=("ssr", 0, 1), snr=5, **SIZE)
    assert words(ax) == ["the first ≥ the second"]


def test_a_pole_is_no_boundary_to_solve():
    "Where the sign changes through infinity the line stays within a step of the pole."
    pole, flat = Formula(symbol("pole", "o", "a pole"), 1 / (n1 - Rational("250.1"))), Formula(symbol("flat", "q", "next to nothing"), n2 / 10**9)
    x, _ = boundary(phase_diagram(pole, flat, x=("n1", 0, 500), y=("n2", 1, 10)))
    assert np.all(np.abs(x - 250.1) < 2.6)


def test_the_given_axes_are_used():
    "ax= is drawn on and returned, without a key of its own."
    ax = Figure().subplots()
    assert phase_diagram(*PAIR, ax=ax, x=("n1", 0, 500), y=("ssr", 0, 1), snr=5, **SIZE) is ax and not ax.figure.legends


GOOD = {"x": ("n1", 0, 500), "y": ("ssr", 0, 1), "snr": 5, **SIZE}


@pytest.mark.parametrize(("change", "error", "says"), [
    ({"kappa": 3}, ArgumentError, "neither pooled_risk nor target_risk has a name 'kappa'; they take n1, n2, p, sigma_sq, snr, ssr"),
    ({"x": ("kappa", 0, 1)}, ArgumentError, "has a name 'kappa'"),
    ({"snr": None}, ArgumentError, "snr=None is not a real number"),
    ({"n": 300}, ArgumentError, "neither pooled_risk nor target_risk needs n once the others are given"),
    ({"n1": 3}, ArgumentError, "n1 is given twice"),
    ({"y": ("n1", 0, 1)}, ArgumentError, "n1 is given twice"),
    ({"p": [500, 600]}, ArgumentError, r"p is one number here; not an array of shape \(2,\)"),
    ({"p": Atoms({1: 1})}, ArgumentError, "p is a number; not a law"),
    ({"x": "n1"}, ArgumentError, r"x is \(name, first, last\)"),
    ({"x": ("n1", 0)}, ArgumentError, r"x is \(name, first, last\)"),
    ({"x": ("n1", 0, 5, "lin")}, ArgumentError, r"x is \(name, first, last\)"),
    ({"y": ("ssr", "0", 1)}, ArgumentError, "y: ssr='0' is not a real number"),
    ({"y": ("ssr", 1, 1)}, DomainError, "y: ssr runs from a number to a larger one; not from 1 to 1"),
    ({"y": ("ssr", 0, float("nan"))}, DomainError, "not from 0 to nan"),
    ({"y": ("ssr", 0, 1, "log")}, DomainError, "y: on a logarithmic scale ssr starts above zero; not at 0"),
    ({"x": ("n1", 501, 700)}, DomainError, r"nowhere on n1 from 501 to 700 .*: pooled_risk holds for n1 \+ n2 < p; not at n1=600.5"),
    ({"n2": 700}, DomainError, "nowhere on n1 from 0 to 500 and ssr from 0 to 1 do both hold: pooled_risk holds for"),
    ({"labels": "pool"}, ArgumentError, "labels are two texts"),
])
def test_what_is_refused(change, error, says):
    "Names and ranges that are none: each a typed error that says what there is."
    with pytest.raises(error, match=says):
        phase_diagram(*PAIR, **{**GOOD, **change})


def test_missing_inputs_are_named():
    "By the formula that needs them."
    with pytest.raises(ArgumentError, match="pooled_risk needs snr"):
        phase_diagram(*PAIR, x=("n1", 0, 500), y=("ssr", 0, 1), **SIZE)


def test_other_refusals():
    "What is no quantity, a law as an axis, a whole number without values, two regions without a common point."
    with pytest.raises(ArgumentError, match="compares two formulas"):
        phase_diagram(shift.pooled_risk, 3, **GOOD)
    with pytest.raises(ArgumentError, match="x: H is a law and has no range"):
        phase_diagram(POOLED, ALONE, x=("H", 0, 1), y=("n1", 0, 1))
    with pytest.raises(DomainError, match="x: t is a whole number"):
        phase_diagram(mixing.variance_factor_at, mixing.variance_factor, x=("t", 1.2, 2.5), y=("w", 0.1, 1))
    small, large = (Formula(symbol(name, name, name), n1 * n2, on=on) for name, on in (("small", Region(n1 < 1)), ("large", Region(n1 > 1))))
    with pytest.raises(DomainError, match="do both hold: small holds for n1 < 1, large holds for n1 > 1"):
        phase_diagram(small, large, x=("n1", 0, 2), y=("n2", 0, 1))


def test_mathematics_that_can_not_be_drawn_is_said_in_words():
    "A letter of one's own that matplotlib's LaTeX does not know."
    odd = Formula(symbol("odd_risk", r"\begin{cases}R\end{cases}", "a risk"), n1 + n2, on=Region(n1 < 10))
    ax = phase_diagram(odd, shift.target_risk, x=("n1", 0, 30), y=("n2", 0, 9), p=20, snr=3)
    assert "odd_risk only for\n$n_1 < 10$" in words(ax)


def test_a_narrow_sliver_is_not_named():
    "Less than a hundredth of the map."
    assert len(words(phase_diagram(*PAIR, x=("n1", 0, 503), y=("ssr", 0, 1), snr=5, **SIZE))) == 2


def test_it_is_found_beside_plot():
    "Imported when asked for; other names are not there."
    assert symrisk.plot.phase_diagram is phase_diagram
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        symrisk.plot.nothing  # noqa: B018


def test_examples_run():
    "The docstring's own call."
    found = doctest.testmod(phase, optionflags=doctest.ELLIPSIS)
    assert found.failed == 0 and found.attempted > 1
