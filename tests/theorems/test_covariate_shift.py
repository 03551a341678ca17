"""Covariate shift: what the risk means, its limits, the two forms side by side, and numbers of published examples."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx

from symrisk import Atoms
from symrisk.errors import ArgumentError, DomainError
from symrisk.symbols import coordinate, eigenvalue, tau0
from symrisk.theorems.transfer import concept_shift, multi_source, reciprocal_spectrum
from symrisk.theorems.transfer import covariate_shift as shift
from symrisk.theorems.transfer import covariate_shift_constants as talk

LAW = Atoms({(3, "1/2"): "2/5", (1, 2): "2/5", ("1/4", 1): "1/5"})
UNEVEN = Atoms({(3, "1/2"): "1/5", (1, 2): "3/5", ("1/4", 1): "1/5"})
ONE = Atoms({(1, 1): 1})
POINT = {"n1": 40, "n2": 30, "p": 100, "H": LAW}


def law(kappa, target=(1, 1)):
    """Half the source's eigenvalues kappa, half 1/kappa; the target's are given."""
    return Atoms({(kappa, target[0]): "1/2", (1 / Fraction(kappa), target[1]): "1/2"})


def by_hand(tau1, tau2, n1, n2, p, weights, rounds=200):
    """(a_1, a_2, g, P) by the fixed point a_k <- n_k/tr(Sigma_k P), a monotone map, and one 2 x 2 solve."""
    tau, sizes, m = np.array([tau1, tau2]), np.array([n1, n2]), p * np.array(weights)
    a = sizes / (p - n1 - n2)
    for _ in range(rounds):
        a = sizes / ((m / (1 + a @ tau)) @ tau.T)
    P = 1 / (1 + a @ tau)
    J, v = (tau * m * P**2) @ tau.T, (tau * m * P**2) @ tau[1]
    return a, np.linalg.solve(np.diag(sizes / a**2) - J, v), P


def test_the_risk_is_that_of_the_equations_solved_by_hand():
    "A monotone iteration and a linear solve know nothing of potentials."
    tau1, tau2, weights = [3, 1, 0.25], [0.5, 2, 1], [0.4, 0.4, 0.2]
    a, g, P = by_hand(tau1, tau2, 40, 30, 100, weights, rounds=3000)
    assert [shift.scale1(**POINT), shift.scale2(**POINT)] == pytest.approx(a, rel=1e-12)
    assert [shift.gain1(**POINT), shift.gain2(**POINT)] == pytest.approx(g, rel=1e-12)
    share = np.array([0.2, 0.6, 0.2])
    bias = 2.5 * share @ ((np.array(tau2) + g @ np.array([tau1, tau2])) * P**2)
    assert shift.pooled_risk(**POINT, G=UNEVEN, theta_sq=2.5, sigma_sq=0.5) == pytest.approx(bias + 0.5 * g.sum(), rel=1e-12)


def test_both_forms_agree_in_digits():
    "Thirty digits of the talk's eight constants' variance and bias, and of the symmetric form's."
    assert talk.talk_variance.digits(30, **POINT) == shift.pooled_variance.digits(30, **POINT)
    bias = {**POINT, "G": UNEVEN, "theta_sq": 1}
    assert talk.talk_bias.digits(30, **bias) == shift.pooled_bias.digits(30, **bias)
    assert talk.tilde_b3.digits(30, **POINT) == shift.gain1.digits(30, **POINT)


def test_the_noise_constants_are_slopes_in_the_penalty():
    "a_3 and a_4 are negative: a penalty shrinks both scales, whatever the talk's minus sign in front of V."
    assert talk.a3(**POINT) < 0 and talk.a4(**POINT) < 0


@pytest.mark.parametrize(("n1", "helps"), [(100, True), (200, True), (400, False)])
def test_a_reciprocal_spectrum_helps_a_small_source_only(n1, helps):
    "V(M) < V(I) while n1 < p/2, > beyond; at p/2 they are equal."
    point = {"n2": 100, "p": 600}
    shifted, plain = (shift.pooled_variance(n1=n1, H=H, **point) for H in (law(5), ONE))
    assert (shifted < plain) == helps
    assert shift.pooled_variance(n1=300, H=law(5), **point) == pytest.approx(shift.pooled_variance(n1=300, H=ONE, **point), rel=1e-13)


@pytest.mark.parametrize(("kappa", "finds"), [(4, True), (Fraction(1, 4), False)])
def test_a_source_spread_along_the_target_finds_its_signal(kappa, finds):
    "Target (2, 1/2): a source of (4, 1/4) misses less of it than one of the same covariance, one of (1/4, 4) more."
    target = (2, Fraction(1, 2))
    same, other = Atoms({(t, t): "1/2" for t in target}), law(kappa, target)
    for n1 in (50, 100, 200, 300):
        point = {"n1": n1, "n2": 60, "p": 400, "theta_sq": 1}
        assert (shift.pooled_bias(H=other, G=other, **point) < shift.pooled_bias(H=same, G=same, **point)) == finds


@pytest.mark.parametrize("kappa", [4, Fraction(1, 4)])
def test_a_spread_source_passes_less_noise_while_it_is_small(kappa):
    "Along the target or across it: less than one of the target's covariance at n1 = 100, more at 300."
    target = (2, Fraction(1, 2))
    same, other = Atoms({(t, t): "1/2" for t in target}), law(kappa, target)
    few, many = ([shift.pooled_variance(n1=n1, n2=60, p=400, H=H) for H in (other, same)] for n1 in (100, 300))
    assert few[0] < few[1] and many[0] > many[1]


def test_pooling_may_hurt_and_may_help():
    "A loud signal makes pooling help; label noise alone makes it hurt; both against the target alone."
    point = {"n1": 40, "n2": 30, "p": 100, "H": LAW, "G": UNEVEN}
    alone = {name: value for name, value in point.items() if name != "n1"}
    assert shift.pooled_risk(theta_sq=50, sigma_sq=1, **point) < shift.target_risk(theta_sq=50, sigma_sq=1, **alone)
    assert shift.pooled_risk(theta_sq=0, sigma_sq=1, **point) > shift.target_risk(theta_sq=0, sigma_sq=1, **alone)


def test_where_the_signal_lies_matters():
    "Signal along the source's large eigenvalue is found, along its small one missed."
    point = {"n1": 200, "n2": 20, "p": 400, "H": law(9), "theta_sq": 1}
    up, down = (shift.pooled_bias(G=Atoms({pair: 1}), **point) for pair in ((9, 1), (Fraction(1, 9), 1)))
    even = shift.pooled_bias(G=law(9), **point)
    assert up < even < down and even == pytest.approx((400 - 220) / 400, rel=1e-13) and (up + down) / 2 == pytest.approx(even)


def test_few_source_rows_change_little():
    "n1 near 0 is the target alone; n1 = 0 is refused with the formula that holds there."
    many = {"n2": 30, "p": 100, "H": LAW, "G": UNEVEN, "theta_sq": 2.5}
    assert shift.pooled_risk(n1=1e-9, **many) == pytest.approx(shift.target_risk(**many), rel=1e-9)
    with pytest.raises(DomainError, match="target_risk"):
        shift.pooled_risk(n1=0, **many)


def test_no_shift_is_pooling_of_one_kind():
    "Equal covariances: a target sample of n1 + n2 rows; isotropic ones: concept shift without a shift."
    same = Atoms({(3, 3): "1/4", (1, 1): "3/4"})
    pooled = shift.pooled_risk(n1=40, n2=30, p=100, H=same, G=same, theta_sq=2)
    assert pooled == pytest.approx(shift.target_risk(n2=70, p=100, H=same, G=same, theta_sq=2), rel=1e-13)
    assert shift.pooled_risk(n1=40, n2=30, p=100, H=ONE, G=ONE, theta_sq=2) == pytest.approx(
        concept_shift.pooled_risk(n1=40, n2=30, p=100, theta_sq=2, delta_sq=0, sigma_sq=1), rel=1e-14)


@pytest.mark.parametrize(("n1", "kappa", "value"), [(100, 3, 1.08679955), (400, 3, 6.1162859)])
def test_published_design_values(n1, kappa, value):
    "kappa = 3, (n1, 100, 600), sigma = 1 and |theta|^2 = 1 in the public code: eight digits are printed."
    point = {"n1": n1, "n2": 100, "p": 600, "H": law(kappa), "G": law(kappa), "theta_sq": 1}
    assert shift.pooled_risk(**point) == pytest.approx(value, abs=1e-7)


def test_one_free_dimension():
    "p - n = 1 and kappa = 30, where the public code stops unconverged at .00166667: twelve digits on the grid, more by `digits`."
    point = {"n1": 450, "n2": 149, "p": 600, "H": law(30), "G": law(30), "theta_sq": 1}
    exact = shift.pooled_risk.digits(20, **point)
    assert str(exact).startswith("4668.9355")
    assert shift.pooled_risk(**point) == pytest.approx(float(exact), rel=1e-12)
    closed = reciprocal_spectrum.pooled_risk.digits(20, n1=450, n2=149, p=600, anisotropy=30, upper_share="1/2", snr=1)
    assert exact == closed


def test_half_a_free_dimension_beside_a_single_target_row():
    "(599, 1, 600.5), eigenvalues (30, 1/30) and (2, .2): V 3627.23108289, B .000168199537."
    spectrum = law(30, (2, "1/5"))
    point = {"n1": 599, "n2": 1, "p": "600.5", "H": spectrum}
    variance = shift.pooled_variance.digits(20, **point)
    bias = shift.pooled_bias.digits(20, **point, G=spectrum, theta_sq=1)
    assert (f"{variance:.8f}", f"{bias:.12f}") == ("3627.23108289", "0.000168199537")
    floats = {**point, "p": 600.5}
    assert shift.pooled_variance(**floats) == pytest.approx(float(variance), rel=1e-12)
    assert shift.pooled_bias(**floats, G=spectrum, theta_sq=1) == pytest.approx(float(bias), rel=1e-12)


def test_a_sample_without_room_has_no_interpolator():
    "A source of rank 30 with 40 rows: no scale answers for them; too many rows in all are refused by the region."
    thin = Atoms({(1, 1): "3/10", (0, 1): "7/10"})
    with pytest.raises(DomainError, match="has no a1 there: pulled by 40"):
        shift.pooled_variance(n1=40, n2=30, p=100, H=thin)
    assert shift.pooled_variance(n1=29, n2=30, p=100, H=thin) > 0
    with pytest.raises(DomainError, match="n1 . n2 < p"):
        shift.pooled_variance(n1=80, n2=30, p=100, H=LAW)
    with pytest.raises(ArgumentError, match="needs .*H"):
        shift.pooled_variance(n1=40, n2=30, p=100)


def test_it_is_two_samples_of_the_general_theorem():
    "The same law, with tau_0 = tau_2 and coordinates whose squares are G over H."
    b = np.sqrt(2.5 * np.array([0.2, 0.6, 0.2]) / (100 * np.array([0.4, 0.4, 0.2])))
    atoms = {(3, "1/2"): b[0], (1, 2): b[1], ("1/4", 1): b[2]}
    names = (eigenvalue(1), eigenvalue(2), tau0, coordinate(1), coordinate(2), coordinate(0))
    joint = Atoms({(*pair, pair[1], *[Fraction(float(x))] * 3): w for (pair, x), w in zip(atoms.items(), ("2/5", "2/5", "1/5"),
                                                                                       strict=True)}, of=names)
    general = multi_source.min_norm_risk_of_2(n1=40, n2=30, p=100, H=joint, sigma1_sq=0.5, sigma2_sq=0.5)
    assert general == pytest.approx(shift.pooled_risk(**POINT, G=UNEVEN, theta_sq=2.5, sigma_sq=0.5), rel=1e-12)


def test_a_ball_encloses_the_digits():
    "Krawczyk's box of the scales, carried to the risk."
    ball = shift.pooled_variance.ball(40, **POINT)
    ctx.prec, before = 200, ctx.prec
    try:
        assert arb(str(ball)).contains(arb(str(shift.pooled_variance.digits(50, **POINT))))
    finally:
        ctx.prec = before
