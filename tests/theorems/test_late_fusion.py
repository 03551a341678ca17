"""Late fusion: reference values in every regime, the guards, and agreement with simulation."""

from fractions import Fraction
from itertools import product
from random import Random

import flint
import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.theorems.transfer import late_fusion as fusion
from symrisk.theorems.transfer import many_fits

CASE = {"p": 60, "n1": 25, "n2": 12, "theta1_sq": "2.5", "theta_sq": "2.25", "inner12": "2.0", "sigma1_sq": 1, "sigma2_sq": "0.5"}
GRID = {name: float(value) for name, value in CASE.items()}
PRINTED = {
    fusion.best_weight: "0.3929804283775625512768252", fusion.best_fused_risk: "1.615504907955411306787203",
    fusion.free_weight1: "0.4069117064743943989243428", fusion.free_weight2: "0.6616031295009420702919330",
    fusion.free_fused_risk: "1.613185502995914069265011"}


@pytest.mark.parametrize(("formula", "printed"), PRINTED.items(), ids=lambda v: getattr(v, "title", ""))
def test_the_reference_cases(formula, printed):
    "All 25 printed digits, and 1e-12 on the grid."
    assert Fraction(formula.digits(25, **CASE)) == Fraction(printed)
    assert formula(**GRID) == pytest.approx(float(printed), rel=1e-12)


@pytest.mark.parametrize(("n1", "n2"), [(25, 12), (90, 12), (25, 90), (90, 150)])
def test_no_weights_beat_the_optimum_in_any_regime(n1, n2):
    "On a fine grid of weights, both optima are the least values."
    point = {**GRID, "n1": n1, "n2": n2}
    one = np.linspace(-1, 2, 601)
    free = fusion.fused_risk(w1=one[:, None], w2=one, **point)
    summing = fusion.fused_risk(w1=one, w2=1 - one, **point)
    for values, least in ((free, fusion.free_fused_risk(**point)), (summing, fusion.best_fused_risk(**point))):
        assert least <= values.min() <= least + 1e-3


def test_the_moments_may_be_given():
    "Two fits known by r and zeta alone, sizes unsaid: r = 1 is least squares."
    point = {name: GRID[name] for name in ("theta1_sq", "theta_sq", "inner12", "sigma1_sq", "sigma2_sq")}
    given = fusion.best_fused_risk(r1=1, zeta1=60 / 29, r2=1, zeta2=60 / 89, **point)
    assert given == pytest.approx(fusion.best_fused_risk(**{**GRID, "n1": 90, "n2": 150}), rel=1e-14)


@pytest.mark.parametrize("n1", [59, 59.5, 60, 60.5, 61])
def test_infinite_variance_is_refused(n1):
    "Within one row of the threshold the expected risk is infinite, on either side."
    with pytest.raises(DomainError):
        fusion.fused_risk(w1=0.5, w2=0.5, **{**GRID, "n1": n1})


def test_an_impossible_angle_is_refused():
    "|<theta_1, theta_2>| > |theta_1| |theta_2|."
    with pytest.raises(DomainError, match="inner12"):
        fusion.free_fused_risk(**{**GRID, "inner12": 2.5})


def test_two_empty_samples_have_no_best_weight():
    "Without any rows both fits are zero: no weight is best."
    with pytest.raises(DomainError, match="apart_sq"):
        fusion.best_weight(**{**GRID, "n1": 0, "n2": 0})


@pytest.mark.parametrize(("n1", "n2"), [(25, 12), (90, 12), (90, 100)])
def test_simulation_agrees(n1, n2):
    "Within four standard errors at the optimum, min-norm and least squares mixed."
    weight = fusion.best_weight(**{**GRID, "n1": n1, "n2": n2})
    simulation = fusion.late_fusion.simulations[0]
    assert abs(simulation.run(300, rng=1, **{**GRID, "n1": n1, "n2": n2}, w1=weight, w2=1 - weight).z) < 4


def drawn_fits(K, seed):
    """Exact fits: ({name: value} of fused_risk_of(K) without its weights, the matrix M, the vector u)."""
    draw, each = Random(seed), range(1, K + 1)
    thetas = [[Fraction(draw.randint(-9, 9), 3) for _ in range(K)] for _ in range(K + 1)]
    products = {(k, m): inner(thetas[k], thetas[m]) for k, m in product(range(K + 1), repeat=2)}
    shown = {k: Fraction(draw.randint(1, 9), 9) for k in each}
    scattered = {k: Fraction(draw.randint(1, 9), 9) for k in each}
    noises = {k: Fraction(draw.randint(1, 9), 4) for k in each}
    moments = [[shown[k] * shown[m] * products[k, m] for m in each] for k in each]
    for k in each:
        moments[k - 1][k - 1] = shown[k] * products[k, k] + scattered[k] * noises[k]
    point = {str(many_fits.inner(k, m)): value for (k, m), value in products.items()}
    for k in each:
        point |= {f"r{k}": shown[k], f"zeta{k}": scattered[k], f"sigma{k}_sq": noises[k]}
    return point, moments, [shown[k] * products[0, k] for k in each]


def inner(left, right):
    return sum(a * b for a, b in zip(left, right, strict=True))


@pytest.mark.parametrize("K", [1, 2, 3, 4, 5])
def test_the_best_weights_of_many_fits(K):
    "At M^{-1} u the risk is |theta_0|^2 - u'M^{-1}u, exactly; away from it, more by the square in M."
    point, moments, aimed = drawn_fits(K, K)
    matrix = flint.fmpq_mat([[flint.fmpq(v.numerator, v.denominator) for v in row] for row in moments])
    solved = matrix.solve(flint.fmpq_mat([[flint.fmpq(v.numerator, v.denominator)] for v in aimed]))
    best = [Fraction(int(solved[k, 0].p), int(solved[k, 0].q)) for k in range(K)]
    least = point["theta0_sq"] - sum(u * w for u, w in zip(aimed, best, strict=True))
    away = [Fraction(k - 2, 7) for k in range(K)]
    more = sum(away[k] * away[m] * moments[k][m] for k, m in product(range(K), repeat=2))
    for step, value in ((0, least), (1, least + more)):
        weights = {f"w{k + 1}": best[k] + step * away[k] for k in range(K)}
        found = Fraction(many_fits.fused_risk_of(K).digits(40, **weights, **point))
        assert abs(found - value) <= abs(value) / (2 * 10**39)


def test_five_fits_of_the_same_coefficients():
    "Five fits on samples of one size and coefficients, equally weighted: what one misses, and a fifth of what one scatters."
    case = {"p": 50}
    for k in range(1, 6):
        case |= {f"n{k}": 20, f"sigma{k}_sq": 1, f"w{k}": Fraction(1, 5)}
    products = {str(many_fits.inner(k, m)): 2 for k, m in product(range(6), repeat=2)}
    five = many_fits.fused_risk_of(5).digits(30, **case, **products)
    missed, scatter = Fraction(9, 25) * 2, Fraction(6, 25) * 2 + Fraction(20, 29)
    assert abs(Fraction(five) - missed - scatter / 5) < Fraction(1, 10**29)
