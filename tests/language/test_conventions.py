"""One convention put in for another, exactly; and what looks like a percentage."""

import pickle
import re
import warnings
from fractions import Fraction

import numpy as np
import pytest

import symrisk
from symrisk import Atoms, Citation, Claim, Formula, RatioWarning, Theorem, catalogue
from symrisk.errors import ArgumentError, DomainError
from symrisk.language.call.conventions import followed, rows_of, said
from symrisk.simulate.fits.ridge import Ridge
from symrisk.symbols import eigenvalue, n1, p, sigma_sq, symbol, tau0
from symrisk.theorems.collapse import mixing
from symrisk.theorems.ridge import effective_ridge
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import fine_tuning, isotropic_ridge, multi_source

POINT = {"n1": 180, "n2": 100, "p": 600, "snr": 5, "ssr": Fraction(1, 5)}
RIDGE = {"n1": 40, "n2": 30, "p": 100, "theta_sq": 1, "delta_sq": Fraction(61, 100), "cross": Fraction(-1, 2), "sigma1_sq": 1, "sigma2_sq": Fraction(1, 2)}
ONE = Atoms({1: 1})
FORMULAS = {f"{entry.id}.{formula.title}": formula for entry in catalogue.entries() for formula in entry.theorem.formulas}


def test_a_penalty_a_row_is_put_in_with_the_rows_of_the_fit():
    "To the digit, on grids, in balls, and through the region's checks."
    risk, lam = isotropic_ridge.ridge_risk, Fraction(1, 10)
    assert risk.digits(40, lam=lam, **RIDGE) == risk.digits(40, mu=70 * lam, **RIDGE)
    assert np.array_equal(risk(lam=np.array([0.5, 1.0]), **RIDGE), risk(mu=np.array([35.0, 70.0]), **RIDGE))
    assert abs(risk.ball(20, lam=lam, **RIDGE).mid - risk.digits(25, mu=7, **RIDGE)) < Fraction(1, 10**18)
    assert risk.values(lam=lam, **RIDGE)["n"] == 70
    assert fine_tuning.ridge_corrected_risk(lam=0.1, n2=30, p=100, sigma2_sq=1, start=1) == fine_tuning.ridge_corrected_risk(mu=3, n2=30, p=100, sigma2_sq=1, start=1)
    with pytest.raises(DomainError, match="lam"):
        risk(lam=-1, **RIDGE)


def test_an_absolute_penalty_is_put_in_where_n_is_given():
    "kappa knows gamma = p/n alone."
    kappa = effective_ridge.kappa_of_lam
    assert kappa.digits(30, mu=30, n=100, gamma="1.5", H=ONE) == kappa.digits(30, lam="0.3", gamma="1.5", H=ONE)
    with pytest.raises(ArgumentError, match="kappa_of_lam takes lam, and lam = mu/n with the rows n .* give lam, or n beside mu"):
        kappa(mu=30, gamma=1.5, H=ONE)


def test_of_several_samples_the_rows_are_not_guessed():
    "Fine-tuning penalises one of its two fits."
    risk = fine_tuning.ridge_tuned_risk
    point = {"n1": 40, "n2": 30, "p": 100, "theta_sq": 1, "theta1_sq": 1, "inner12": 0, "sigma1_sq": 1, "sigma2_sq": 1}
    with pytest.raises(ArgumentError, match="give mu, or n beside lam"):
        risk(lam=0.1, **point)
    assert risk(lam=0.1, n=30, **point) == risk(mu=3, **point)
    one, law = multi_source.ridge_variance_of_1, Atoms({(1, 1): 1}, of=(eigenvalue(1), tau0))
    assert one(lam=0.1, n1=40, p=20, sigma1_sq=1, H=law) == one(mu=4, n1=40, p=20, sigma1_sq=1, H=law)


KNOWN_ROWS = {"isotropic_ridge.fitted_share": "n", "isotropic_ridge.ridge_risk": "n", "isotropic_ridge.target_ridge_risk": "n",
              "fine_tuning.ridge_corrected_risk": "n2", "multi_source.one.ridge_variance_of_1": "n1", "multi_source.one.ridge_bias_of_1": "n1",
              "multi_source.one.ridge_risk_of_1": "n1", "multi_source.one.freedom_of_1": "n1", "pooled_potential.ridge_potential_of_1": "n1"}


def test_where_the_rows_of_the_penalised_fit_are_known():
    "Each formula that takes a penalty was read: these have one fit, of so many rows; a new one is to be read too."
    taking = {name: rows_of(formula) for name, formula in FORMULAS.items() if {"mu", "lam"} & set(formula.inputs)}
    assert {name.removeprefix("transfer."): str(rows) for name, rows in taking.items() if rows is not None} == KNOWN_ROWS


def test_other_names_are_as_before():
    "A formula without a penalty has no name lam; both given is too many."
    with pytest.raises(ArgumentError, match="no name 'lam'"):
        shift.pooled_risk(lam=1, **POINT)
    with pytest.raises(ArgumentError, match="no name 'lam'"):
        isotropic_ridge.ridge_risk(lam=1, mu=1, **RIDGE)


def test_the_total_risk_has_the_noise_of_a_fresh_label():
    "The target's, where samples differ in it; in digits to the digit."
    assert shift.pooled_risk.digits(30, total=True, sigma_sq=3, **POINT) == shift.pooled_risk.digits(29, sigma_sq=3, **POINT) + 3
    assert shift.pooled_risk(total=True, **POINT) == shift.pooled_risk(**POINT) + 1
    grid = {**POINT, "n1": np.array([100, 200])}
    assert np.allclose(shift.pooled_risk(total=True, **grid), shift.pooled_risk(**grid) + 1, rtol=1e-15)
    risk = isotropic_ridge.ridge_risk
    assert risk.digits(20, total=True, lam="0.1", **RIDGE) - risk.digits(20, mu=7, **RIDGE) == Fraction(1, 2)
    source = fine_tuning.source_fit_risk
    own = {"n1": 40, "p": 100, "theta_sq": 1, "theta1_sq": 1, "inner12": 0, "sigma1_sq": 1}
    assert source.digits(20, total=True, sigma2_sq=4, **own) == source.digits(20, **own) + 4
    assert shift.pooled_risk.given().excess_over is sigma_sq


@pytest.mark.parametrize("name", ["transfer.concept_shift.gain", "transfer.covariate_shift.pooled_bias", "transfer.many_sources.pooled_risk_of_2"])
def test_what_is_no_excess_risk_has_no_total(name):
    "A difference, a part of a risk, a risk of samples of which none is the target's."
    with pytest.raises(ArgumentError, match="is not stated as an excess risk"):
        FORMULAS[name](total=True)
    with pytest.raises(ArgumentError, match="total is True or False; not 'yes'"):
        shift.pooled_risk(total="yes", **POINT)


def test_excess_risks_are_those_that_are_stated():
    "Of every formula called a risk; a new one is to be thought of."
    stated = {name for name, formula in FORMULAS.items() if formula.excess_over is not None}
    called = {name for name, formula in FORMULAS.items() if "risk" in formula.title}
    assert stated <= called
    assert all(re.search(r"_of_[123]$", name) for name in called - stated), "of K samples none is the target's"
    assert all(str(FORMULAS[name].excess_over) in ("sigma_sq", "sigma2_sq") for name in stated)


def test_a_theorem_states_risks_of_its_own():
    "Of its formulas only; a pickle keeps it."
    risk = Formula(symbol("risk", "R", "excess risk"), n1 / p)
    other = Formula(symbol("other", "o", "another"), n1)
    claims = (Claim("it is positive", risk, ">=", 0),)
    Theorem("Mine", Citation("doe2027", "Thm 1"), formulas=(risk,), claims=claims, excess_over={sigma_sq: (risk,)})
    assert pickle.loads(pickle.dumps(risk))(total=True, n1=1, p=2) == 1.5
    with pytest.raises(ArgumentError, match="does not belong to its formulas"):
        Theorem("Mine", Citation("doe2027", "Thm 1"), formulas=(risk,), claims=claims, excess_over={sigma_sq: (other,)})
    with pytest.raises(ArgumentError, match="excess_over is a dict"):
        Theorem("Mine", Citation("doe2027", "Thm 1"), formulas=(risk,), claims=claims, excess_over=(risk,))


def test_a_formula_says_its_conventions():
    "In its help, and only those that concern it."
    assert said(mixing.variance_factor) == []
    assert any("gamma is p/n" in sentence for sentence in said(effective_ridge.kappa_of_lam))
    text = isotropic_ridge.ridge_risk.__doc__
    assert "total=True adds sigma2_sq" in text and "mu is absolute, mu = n*lam: lam may be given instead, n = n1 + n2" in text
    assert followed(isotropic_ridge.ridge_risk, {"mu"}, total=False) == []


@pytest.mark.parametrize("ask", [lambda ssr: shift.pooled_risk(**{**POINT, "ssr": ssr}), lambda ssr: shift.pooled_risk.digits(5, **{**POINT, "ssr": int(ssr)}),
                                 lambda ssr: shift.pooled_risk.ball(5, **{**POINT, "ssr": str(ssr)})])
def test_a_ratio_that_looks_like_a_percentage_warns(ask):
    "Once a call, at the line of the caller."
    with pytest.warns(RatioWarning, match="20 percent is ssr=0.2") as caught:
        ask(20)
    assert len(caught) == 1 and caught[0].filename == __file__


def test_a_grid_may_run_through_any_range():
    "And what is no number is refused where it is read; a letter of one's own of that name is none."
    own = Formula(symbol("doubled", "d", "a letter of one's own, doubled"), 2 * symbol("ssr", "s", "seconds since reset", positive=True))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shift.pooled_risk(**{**POINT, "ssr": np.array([1.0, 20.0])})
        shift.pooled_risk(**{**POINT, "ssr": [20]})
        shift.pooled_risk(**{**POINT, "ssr": 4})
        assert own(ssr=60) == 120
        with pytest.raises(ArgumentError, match="ssr"):
            shift.pooled_risk(**{**POINT, "ssr": "20%"})
    assert symrisk.RatioWarning is RatioWarning


def test_the_penalties_of_scikit_learn_are_as_the_table_has_them():
    "Against the normal equations: alpha is mu, and in an elastic net lam."
    linear_model = pytest.importorskip("sklearn.linear_model")
    kernel_ridge = pytest.importorskip("sklearn.kernel_ridge")
    rng, mu, rows = np.random.default_rng(0), 7.0, 30
    X, y = rng.normal(size=(rows, 50)), rng.normal(size=rows)
    direct = np.linalg.solve(X.T @ X + mu * np.eye(50), X.T @ y)
    net = linear_model.ElasticNet(alpha=mu / rows, l1_ratio=0, fit_intercept=False, tol=1e-12, max_iter=10**6)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [linear_model.Ridge(alpha=mu, fit_intercept=False).fit(X, y).coef_, linear_model.RidgeCV(alphas=[mu], fit_intercept=False).fit(X, y).coef_,
                 X.T @ kernel_ridge.KernelRidge(alpha=mu).fit(X, y).dual_coef_, net.fit(X, y).coef_, Ridge(mu).coefficients(X, y)]
    assert all(np.allclose(coefficients, direct, atol=1e-9) for coefficients in found)
