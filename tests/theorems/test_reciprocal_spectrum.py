"""Covariate shift with a reciprocal spectrum: the talk's numbers, hard spots, an independent solution, and simulation."""

from fractions import Fraction

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import concept_shift, reciprocal_pairs
from symrisk.theorems.transfer import reciprocal_least_squares as above
from symrisk.theorems.transfer import reciprocal_spectrum as spectrum

FIGURE = {"n2": 100, "p": 600}
FORMULAS = [f for f in spectrum.reciprocal_spectrum.formulas if f is not spectrum.peak_strength]
KAPPAS = [1.0, 1 + 1e-9, 3.0, 1e3, 1e9]
SHARES = [1e-12, 1e-6, 0.1, 0.5 - 1e-9, 0.5, 0.5 + 1e-9, 0.7, 0.98]


def restricted(formula, point):
    return {name: value for name, value in point.items() if name in formula.inputs}


def relative_gap(formula, point):
    """|grid/exact - 1| at a point of floats."""
    exact = Fraction(formula.digits(25, **{name: Fraction(value) for name, value in point.items()}))
    return abs(Fraction(formula(**point)) / exact - 1)


@pytest.mark.filterwarnings("ignore::symrisk.AccuracyWarning")
@pytest.mark.parametrize("formula", FORMULAS, ids=lambda f: f.symbol.name)
@pytest.mark.parametrize("kappa", KAPPAS)
@pytest.mark.parametrize("p", [6e-6, 600.0, 6e8])
def test_no_digit_is_lost_on_the_grid(formula, kappa, p):
    "Far apart eigenvalues, next to n1 = p/2 and next to none, in any unit; near the peak only what p - n loses."
    for n1 in (share * p for share in SHARES):
        for n2 in (1e-9 * p, 0.01 * p, (p - n1) * (1 - 1e-6)):
            point = restricted(formula, {"n1": n1, "n2": n2, "p": p, "snr": 5.0, "sigma_sq": 1.0, "anisotropy": kappa,
                                         "upper_share": 0.9})
            assert relative_gap(formula, point) <= 1e-15 * p / (p - n1 - n2), point


@pytest.mark.parametrize(("share", "n1", "risks"), [
    (0, 100, {1: "33.83", 2: "37.32", 10: "40.12"}), (1, 400, {1: "13.33", 2: "10.02", 4: "8.69", 10: "12.29"})])
def test_uneven_coefficients_do_as_they_like(share, n1, risks):
    "The counterexamples: a risk that rises with kappa below p/2, and one that turns twice above it."
    for kappa, printed in risks.items():
        assert f"{spectrum.pooled_risk(n1=n1, snr=50, anisotropy=kappa, upper_share=share, **FIGURE):.2f}" == printed


@pytest.mark.parametrize("kappa", [1, 2, 10, 10**9])
def test_all_curves_cross_at_half_the_dimension(kappa):
    "At n1 = 300, p = 600 the risk is 11/3, exactly."
    exact = spectrum.even_risk.digits(40, n1=300, snr=5, sigma_sq=1, anisotropy=kappa, **FIGURE)
    assert abs(Fraction(exact) - Fraction(11, 3)) < Fraction(1, 10**38)


@pytest.mark.parametrize(("n1", "rises"), [(1, False), (150, False), (299, False), (301, True), (450, True), (499, True)])
def test_the_order_of_the_curves_changes_at_the_crossing(n1, rises):
    "Falling in kappa on one side, rising on the other, over nine decades of kappa."
    risks = spectrum.even_risk(n1=n1, snr=5, anisotropy=np.geomspace(1, 1e9, 60), **FIGURE)
    assert np.all(np.diff(risks) > 0) if rises else np.all(np.diff(risks)[:20] < 0) and np.all(np.diff(risks) <= 0)


@pytest.mark.parametrize("kappa", [1.5, 7.0])
@pytest.mark.parametrize("sizes", [(40, 30, 100), (70, 20, 100), (1, 1, 100)])
def test_the_two_equations_hold(kappa, sizes):
    "a_1 = x (p - n1)/(p - n) and a_2 = n2/(p - n) solve n_k = a_k tr(Sigma_k P); the risk is sigma^2 (a_1 + a_2) + theta'P theta."
    n1, n2, p = sizes
    tau = np.repeat([kappa, 1 / kappa], p // 2)
    a1 = spectrum.source_scale(n1=n1, p=p, anisotropy=kappa) * (p - n1) / (p - n1 - n2)
    a2 = n2 / (p - n1 - n2)
    P = 1 / (1 + a1 * tau + a2)
    assert (a1 * tau * P).sum() == pytest.approx(n1, rel=1e-13) and a2 * P.sum() == pytest.approx(n2, rel=1e-13)
    theta_sq = np.repeat([0.8 * 3 / (p // 2), 0.2 * 3 / (p // 2)], p // 2)
    wanted = 0.5 * (a1 + a2) + (theta_sq * P).sum()
    assert spectrum.pooled_risk(n1=n1, n2=n2, p=p, anisotropy=kappa, upper_share=0.8, theta_sq=3, sigma_sq=0.5) == pytest.approx(
        wanted, rel=1e-13)


def test_the_noise_solves_the_second_order_system():
    "g = (diag(n_k/a_k^2) - J)^{-1} v, of which sigma^2 (g_1 + g_2) is the variance, has the solution g_k = a_k."
    n1, n2, p, kappa = 60, 25, 120, 4.0
    tau = np.vstack([np.repeat([kappa, 1 / kappa], p // 2), np.ones(p)])
    a = np.array([spectrum.source_scale(n1=n1, p=p, anisotropy=kappa) * (p - n1), n2]) / (p - n1 - n2)
    P = 1 / (1 + a @ tau)
    g = np.linalg.solve(np.diag(np.array([n1, n2]) / a**2) - (tau * P**2) @ tau.T, (tau * P**2) @ np.ones(p))
    assert g == pytest.approx(a, rel=1e-12)
    assert spectrum.pooled_variance(n1=n1, n2=n2, p=p, anisotropy=kappa) == pytest.approx(g.sum(), rel=1e-12)


def test_a_source_is_needed():
    "n1 = 0 is refused, with the name of the formula that holds there; a thousandth of a row is next to it."
    with pytest.raises(DomainError, match="concept_shift.target_risk"):
        spectrum.even_risk(n1=0, snr=5, anisotropy=3, **FIGURE)
    assert spectrum.even_risk(n1=1e-9, snr=5, anisotropy=3, **FIGURE) == pytest.approx(
        concept_shift.target_risk(snr=5, **FIGURE), rel=1e-10)


@pytest.mark.parametrize(("values", "says"), [({"n1": 500}, "n1 . n2 < p"), ({"anisotropy": 0}, "anisotropy > 0"),
                                              ({"upper_share": 1.1}, "upper_share <= 1")])
def test_what_is_refused(values, says):
    "The peak, an eigenvalue of zero, more than all of the signal."
    with pytest.raises(DomainError, match=says):
        spectrum.pooled_risk(**{"n1": 100, "snr": 5, "anisotropy": 3, "upper_share": 0.5, **FIGURE, **values})


def test_kappa_may_be_given_by_its_spread():
    "d = 2/3 is kappa = 3."
    given = {"n1": 100, "snr": 5, **FIGURE}
    assert spectrum.even_risk(pair_spread=2 / 3, **given) == pytest.approx(spectrum.even_risk(anisotropy=3, **given), rel=1e-15)


@pytest.mark.parametrize("simulation", spectrum.reciprocal_spectrum.simulations, ids=lambda s: s.says)
def test_simulation_agrees(simulation):
    "Within four standard errors of the value with its finite-size factor, at the theorem's own points."
    assert abs(simulation.run(30, rng=1).z) < 4


@pytest.mark.parametrize("simulation", spectrum.reciprocal_spectrum.simulations, ids=lambda s: s.says)
def test_sign_rows_agree_to_order_one_over_p(simulation):
    "Within four standard errors and 6/p of the asymptotic value: the law of the entries does not matter."
    run = simulation.run(30, rng=1, rows="signs")
    assert abs(run.mean - run.formula) < 4 * run.standard_error + 6 / 600 * run.formula


even, _, uneven = (simulation.replicate for simulation in spectrum.reciprocal_spectrum.simulations)


def test_simulated_averages_are_averages():
    "Over random coefficients of the same squared norm the replicate for a share of a half has the mean of that for all."
    point = {"n1": 12, "n2": 8, "p": 40, "anisotropy": 5.0, "theta_sq": 4.0, "sigma_sq": 0.0}
    draws = [uneven(np.random.default_rng(seed), upper_share=0.5, **point) for seed in range(4000)]
    over_all = even(np.random.default_rng(0), **point)
    assert abs(np.mean(draws) - over_all) < 4 * np.std(draws) / np.sqrt(len(draws))


def test_an_odd_dimension_has_no_halves():
    "p = 41 is refused."
    with pytest.raises(DomainError, match="p is even"):
        even(np.random.default_rng(0), n1=12, n2=8, p=41, anisotropy=5.0, theta_sq=4.0, sigma_sq=0.0)


@pytest.mark.parametrize("kappa", [1.0, 3.0, 1e3, 1e9])
@pytest.mark.parametrize("sizes", [(100.0, 300.0, 200.0), (300.0, 100.0, 200.0), (150.0, 150.0, 200.0), (150.0, 150.0 + 1e-7, 200.0),
                                   (1e-6, 201.0, 200.0), (1e6, 1.0, 200.0)])
def test_no_digit_is_lost_above_the_peak(kappa, sizes):
    "Least squares: 14 digits, whatever the sizes and kappa."
    point = dict(zip(("n1", "n2", "p"), sizes, strict=True)) | {"sigma_sq": 1.0, "anisotropy": kappa}
    assert relative_gap(above.shifted_ols_risk, point) <= 1e-14


@pytest.mark.parametrize("sizes", [(100, 300, 200), (300, 100, 200), (150, 150, 200)])
def test_the_equations_hold_above_the_peak(sizes):
    "c_1, c_2 of ratio x and sum n - p solve n_k = c_k + c_k tr(Sigma_k Q), and the risk is tr Q."
    (n1, n2, p), kappa = sizes, 5.0
    x = above.covariance_ratio(n1=n1, n2=n2, p=p, anisotropy=kappa)
    c1, c2 = (n1 + n2 - p) * np.array([x, 1]) / (1 + x)
    tau = np.repeat([kappa, 1 / kappa], p // 2)
    Q = 1 / (c1 * tau + c2)
    assert c1 + c1 * (tau * Q).sum() == pytest.approx(n1, rel=1e-12) and c2 + c2 * Q.sum() == pytest.approx(n2, rel=1e-12)
    assert above.shifted_ols_risk(n1=n1, n2=n2, p=p, anisotropy=kappa) == pytest.approx(Q.sum(), rel=1e-12)


@pytest.mark.parametrize("simulation", above.reciprocal_least_squares.simulations, ids=lambda s: s.says)
def test_simulation_agrees_above_the_peak(simulation):
    "Within four standard errors of the value with its finite-size factor."
    assert abs(simulation.run(40, rng=1).z) < 4


@pytest.mark.parametrize(("n1", "rel"), [(100, np.less), (400, np.greater)])
def test_two_kinds_of_pairs_lie_between_each_of_them(n1, rel):
    "A mixture of kappa = 2 and kappa = 50 does more than the first for all pairs, less than the second; one kind alone agrees."
    spreads = {"first_spread": 1 / 4, "second_spread": 49**2 / 100}
    given = {"n1": n1, "snr": 5, **FIGURE}
    weak, strong = (spectrum.even_risk(anisotropy=kappa, **given) for kappa in (2, 50))
    assert [reciprocal_pairs.pairs_risk(first_share=share, **spreads, **given) for share in (1, 0)] == pytest.approx(
        [weak, strong], rel=1e-13)
    mixed = reciprocal_pairs.pairs_risk(first_share=0.5, **spreads, **given)
    assert rel(mixed, weak) and rel(strong, mixed)
