"""Who wins where: the four orders, the borders, witnesses against what is not true, the map, and agreement with simulation."""

import inspect

import numpy as np
import pytest

from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.risk import Risk
from symrisk.theorems.transfer import comparison as compare
from symrisk.theorems.transfer import finite_sample, late_fusion, least_risk
from symrisk.theorems.transfer.worlds import two_coefficients

SIZES = {"n1": 100, "n2": 100, "p": 600}
SNR = {"snr": 5, "sigma_sq": 1}


def risks(**values):
    """Target, tuned, pooled and fused at one point."""
    known = {**values, "stretch": 0}
    return [formula(**{name: known[name] for name in formula.inputs}) for formula in (
        compare.target_risk, compare.tuned_risk, compare.pooled_risk, compare.fused_risk)]


def test_the_four_orders():
    "As the shift grows: pooled < tuned < target, tuned < pooled < target, tuned < target < pooled, target < tuned < pooled."
    borders = [compare.pooling_ssr(snr=5, **SIZES), finite_sample.ssr_threshold(snr=5, **SIZES),
               compare.useful_ssr(snr=5, n1=100, p=600)]
    seen = []
    for ssr in (borders[0] / 2, sum(borders[:2]) / 2, sum(borders[1:]) / 2, borders[2] * 1.1):
        target, tuned, pooled, _ = risks(ssr=ssr, **SIZES, **SNR)
        seen.append("".join(sorted("TUP", key=dict(zip("TUP", (target, tuned, pooled), strict=True)).get)))
    assert borders == sorted(borders) and seen == ["PUT", "UPT", "UTP", "TUP"]


@pytest.mark.parametrize("border", [0, 1])
def test_risks_tie_on_the_borders(border):
    "Pooled and tuned at one ratio, tuned and target at another."
    ssr = (compare.pooling_ssr(snr=5, **SIZES), compare.useful_ssr(snr=5, n1=100, p=600))[border]
    target, tuned, pooled, _ = risks(ssr=ssr, **SIZES, **SNR)
    assert tuned == pytest.approx((pooled, target)[border], rel=1e-14)


def test_tuning_may_be_best_of_all():
    "With many source samples, a weak shift and strong signals tuning beats pooling and fusing by its best weights."
    target, tuned, pooled, fused = risks(n1=480, n2=100, p=600, snr=200, ssr=0.02, sigma_sq=1)
    assert tuned < min(target, pooled, fused)


def test_fusing_does_not_always_beat_tuning_nor_pooling():
    "Strong signals, hardly any shift."
    _, tuned, pooled, fused = risks(snr=1e4, ssr=1e-4, sigma_sq=1, **SIZES)
    assert pooled < tuned < fused


def test_the_shifts_at_which_tuning_beats_fusing_need_not_begin_at_zero():
    "Both samples nearly fill the dimension: fusing is better at no shift, tuning at a moderate one, fusing at a strong one."
    point = {"n1": 9000, "n2": 9000, "p": 10000, "snr": 100, "sigma_sq": 1}
    better = [compare.tuned_risk(ssr=ssr, **point) < compare.fused_risk(ssr=ssr, stretch=0, **point) for ssr in (0, 0.3, 0.9)]
    assert better == [False, True, False]


def test_the_best_weights_are_least_on_a_grid():
    "Late fusion at 2001 weights of sum one, a shift that is not at right angles."
    point = {**compare.CASE}
    gram = {"theta1_sq": point["theta_sq"] + 2 * point["cross"] + point["delta_sq"], "inner12": point["theta_sq"] + point["cross"]}
    rest = {name: value for name, value in point.items() if name not in ("delta_sq", "cross")}
    weights = np.linspace(-1, 2, 2001)
    values = late_fusion.fused_risk(w1=weights, w2=1 - weights, **gram, **rest)
    assert compare.fused_risk(**point) <= values.min() <= compare.fused_risk(**point) + 1e-5


def test_the_mean_over_directions_is_the_right_angle():
    "At fixed weights the risk is affine in the inner product: opposite directions average to none."
    values = [late_fusion.fused_risk(n1=25, n2=12, p=60, w1=0.4, w2=0.6, theta_sq=2, theta1_sq=2.5 + 2 * cross, inner12=2 + cross,
                                     sigma1_sq=1, sigma2_sq=1) for cross in (-0.5, 0, 0.5)]
    assert (values[0] + values[2]) / 2 == pytest.approx(values[1], rel=1e-14)


def test_the_map_names_the_least_risk():
    "Beside the risks one by one, where all hold; pooling is left out past its peak, and beyond every region nothing wins."
    n1, ssr = np.array([50.0, 200.0, 590.0]), np.array([[0.01], [0.3], [0.9]])
    names = compare.winner(("target", "pool", "tune"), n1=n1, ssr=ssr, n2=100, p=600, snr=5)
    for i, j in np.ndindex(3, 2):
        target, tuned, pooled, _ = risks(n1=n1[j], n2=100, p=600, snr=5, ssr=ssr[i, 0], sigma_sq=1)
        assert names[i, j] == min(zip((target, pooled, tuned), ("target", "pool", "tune"), strict=True))[1]
    assert "pool" not in names[:, 2]
    assert compare.winner(("pool",), n1=500, n2=100, p=600, snr=5, ssr=0).tolist() == ""


MANY = {"n1": 200, "n2": 15, "p": 40, "snr": 5, "ssr": 0.1}


def test_with_many_source_rows_the_target_alone_is_the_worst():
    "Beyond its peak the source fit is least squares: every estimator that uses it wins."
    found = {name: float(risk) for name, risk in least_risk.risks(compare.ESTIMATORS, compare.ESTIMATORS, {**MANY, "sigma_sq": 1}).items()}
    assert compare.winner(**MANY) == min(found, key=found.get) == "fuse" and max(found, key=found.get) == "target"
    rng, shift = np.random.default_rng(0), np.sqrt(0.5)
    drawn = [_errors(rng, 200, 15, 40, shift) for _ in range(300)]
    for name, errors in zip(("target", "source", "pool", "tune"), zip(*drawn, strict=True), strict=True):
        assert abs(np.mean(errors) - found[name]) < 4 * np.std(errors) / np.sqrt(300)


def _errors(rng, n1, n2, p, shift):
    """Squared errors of target, source, pooled and tuned fit in one draw, by NumPy's pseudo-inverse."""
    theta, turned = np.sqrt(5) * np.eye(p)[0], shift * np.eye(p)[1]
    X1, X2 = rng.standard_normal((n1, p)), rng.standard_normal((n2, p))
    y1, y2 = X1 @ (theta + turned) + rng.standard_normal(n1), X2 @ theta + rng.standard_normal(n2)
    source, target = np.linalg.pinv(X1) @ y1, np.linalg.pinv(X2) @ y2
    pooled = np.linalg.pinv(np.vstack([X1, X2])) @ np.concatenate([y1, y2])
    tuned = source + np.linalg.pinv(X2) @ (y2 - X2 @ source)
    return [float(np.sum((fit - theta)**2)) for fit in (target, source, pooled, tuned)]


ROWS = {"below both peaks": (25, 12), "a large source": (90, 12), "a large target": (25, 90), "both large": (95, 90)}
NAMED = {"theta_sq": 2.25, "delta_sq": 0.75, "cross": -0.25, "sigma1_sq": 1.0, "sigma2_sq": 0.5, "p": 60}


@pytest.mark.parametrize("name", compare.ESTIMATORS)
@pytest.mark.parametrize("rows", ROWS)
def test_each_regime_has_the_risk_of_its_fit(name, rows):
    "The mean over designs of the fit that the estimator names, within four standard errors, where its formulas hold."
    values = {**NAMED, "n1": ROWS[rows][0], "n2": ROWS[rows][1]}
    found = float(least_risk.risks(compare.ESTIMATORS, (name,), values)[name])
    replicate = Risk(two_coefficients.at(compare.in_shift), compare.ESTIMATORS[name].fit.at(compare.in_shift))
    names = inspect.signature(replicate).parameters
    told = replicate.at(**{letter: value for letter, value in values.items() if letter in names})
    drawn = [told(rng) for rng in np.random.default_rng(0).spawn(400)]
    assert abs(np.mean(drawn) - found) < 4 * np.std(drawn) / 20


def test_the_regime_of_each_point():
    "In words; none between the peak's rows, where no risk is finite."
    tune, pool = compare.ESTIMATORS["tune"], compare.ESTIMATORS["pool"]
    values = {**NAMED, "n1": np.array([25, 90, 25, 60]), "n2": np.array([12, 12, 90, 12]), "stretch": -0.25 / 2.25}
    values = {name: value for name, value in values.items() if name != "cross"}
    assert tune.regime(**values).tolist() == [compare.BELOW, compare.BEYOND, compare.FORGETS, ""]
    assert pool.regime(**{**values, "n2": 0}).tolist() == [compare.BELOW, compare.BEYOND, compare.BELOW, ""]


@pytest.mark.parametrize("name", ["tune", "fuse"])
def test_below_the_peaks_both_formulas_of_an_estimator_agree(name):
    "That of the comparison and that of the theorem it is taken from."
    point = {"n1": np.arange(1, 30), "n2": 12, "p": 60, "snr": 3, "ssr": 0.4, "sigma_sq": 1.2, "stretch": -0.1}
    values = [formula(**{letter: value for letter, value in point.items() if letter in formula.inputs})
              for formula in compare.ESTIMATORS[name].formulas[:2]]
    np.testing.assert_allclose(*values, rtol=1e-14)


@pytest.mark.parametrize(("given", "error", "says"), [
    ({"n1": -5}, DomainError, "n1 is not negative; not n1=-5"), ({"n1": [1, 2], "n2": [1, 2, 3]}, DomainError, "do not broadcast"),
    ({"snr": np.nan}, DomainError, "snr is finite"), ({"among": ()}, ArgumentError, "one estimator at least")], ids=str)
def test_values_that_have_no_risk_are_refused(given, error, says):
    "Not taken for a point at which the others win."
    with pytest.raises(error, match=says):
        compare.winner(**{**MANY, **given})


def test_fusing_never_loses_to_the_target_on_the_map():
    "With its best weights in the choice the target alone never wins."
    names = compare.winner(n1=np.linspace(1, 590, 40), ssr=np.linspace(0, 3, 30)[:, None], n2=100, p=600, snr=2)
    assert set(names.ravel()) <= {"fuse", "pool", "tune"}


def test_the_map_refuses_what_it_does_not_know():
    "An estimator, or a name, that there is not; impossible angles are no points of the map."
    with pytest.raises(ArgumentError, match="guess"):
        compare.winner(("guess",), n1=1, n2=1, p=9, snr=1, ssr=0)
    with pytest.raises(ArgumentError, match="gamma"):
        compare.winner(gamma=1, n1=1, n2=1, p=9, snr=1, ssr=0)
    with pytest.raises(DomainError):
        compare.fused_risk(stretch=2, ssr=1, n1=10, n2=10, p=60, snr=1, sigma_sq=1)


def test_simulation_agrees():
    "Within four standard errors."
    assert abs(compare.comparison.simulations[0].run(300, rng=1).z) < 4
