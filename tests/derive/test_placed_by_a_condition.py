"""A stationary point that a condition places inside the region: the best source size of tuning, and what is printed of it."""

import numpy as np
import pytest
import sympy
from scipy.optimize import minimize_scalar

from symrisk import Claim, Formula, Region, minimizer, prove, threshold
from symrisk.decide.recheck import recheck
from symrisk.symbols import n1, p, sigma_sq, snr, ssr, symbol
from symrisk.theorems.transfer import comparison
from symrisk.theorems.transfer import concept_shift as shift

published = p - 1 - sympy.sqrt(p * (p - 1) / (snr * (1 - ssr)))
toy = symbol("toy", "f", "a toy")
a = symbol("a", "a", "a positive number", positive=True)
v = symbol("v", "v", "a number that is not negative", nonnegative=True)


@pytest.fixture(scope="module")
def best():
    return minimizer(comparison.tuned_risk, n1)


def test_the_published_optimum(best):
    "p - 1 - sqrt(p (p - 1)/(SNR (1 - SSR))) if SNR (1 - SSR)(p - 1) > p; else no source sample helps."
    assert best.point == published
    assert (best.otherwise.point, best.verdict.status, best.otherwise.verdict.status) == (0, "proved", "proved")
    stated = Claim("the condition", snr * (1 - ssr) * (p - 1) - p, ">", 0, on=Region(p > 1, best.condition))
    assert best.condition.rel == ">" and prove(stated).status == "proved"


def test_the_condition_is_that_the_first_source_sample_helps(best):
    "It is what `useful_ssr` says at no source sample."
    at_none = comparison.useful_ssr.at({n1: 0})
    on = Region(p > 1, snr > 0)
    for given, gives in ((best.condition, ssr < at_none), (ssr < at_none, best.condition)):
        assert prove(Claim("the same", gives.lhs, gives.rel, gives.rhs, on=on & Region(given))).status == "proved"


@pytest.mark.parametrize("point", [
    {"snr": 5, "ssr": 0.2, "n2": 100, "p": 600}, {"snr": 1.3, "ssr": 0.1, "n2": 10, "p": 60}, {"snr": 5, "ssr": 0.9, "n2": 20, "p": 90},
    {"snr": 5, "ssr": 1.5, "n2": 20, "p": 90}, {"snr": 0, "ssr": 0.3, "n2": 20, "p": 90}])
def test_it_is_where_a_numeric_search_ends(best, point):
    "Both cases, by a bounded search along the whole interval and by its values."
    at, least = (sympy.N(e.subs({s: sympy.nsimplify(point[s.name]) for s in e.free_symbols if s.name in point})) for e in best.by_cases())

    def risk(size):
        return comparison.tuned_risk(n1=size, sigma_sq=1, **point)

    found = minimize_scalar(risk, bounds=(0, point["p"] - 1.001), method="bounded", options={"xatol": 1e-7})
    assert float(least.subs(sigma_sq, 1)) == pytest.approx(min(found.fun, risk(0)), rel=1e-9)
    assert float(at) == pytest.approx(0 if risk(0) <= found.fun else found.x, abs=1e-3)


def test_the_least_value_is_the_risk_there_to_thirty_digits(best):
    "Evaluated as formulas."
    point = {"snr": "5", "ssr": "1/5", "n2": 100, "p": 601, "sigma_sq": 1}
    least, size = Formula(toy, best.value), Formula(toy, best.point)
    at = size.ball(60, **{name: point[name] for name in size.inputs}).mid
    exact = comparison.tuned_risk.digits(30, n1=sympy.Rational(str(at)), **point)
    assert abs(least.digits(30, **point) - exact) < 1e-28


def test_the_evidence_is_checked_again(best):
    "Of both cases, and of the face where there is no signal."
    for found in (best, best.otherwise):
        recheck(found.verdict.claim, {"parts": found.verdict.certificate["parts"]})


def test_a_face_belongs_to_the_case_that_holds_there():
    "a + v (a - 3)^2 is least inside for v > 1/6, else at its lower end: so it is at v = 0, where the zero of the slope is none."
    found = minimizer(Formula(toy, v * (a - 3)**2 + a, on=Region(a < 10, v > 0)), a)
    assert sympy.cancel(found.point - 3 + 1 / (2 * v)) == 0 and found.condition is not None
    whole = minimizer(Formula(toy, v * (a - 3)**2 + a, on=Region(a < 10)), a)
    assert (whole.otherwise.point, whole.otherwise.attained) == (0, False)
    for weight in (0, 0.1, 0.2, 2):
        at, least = (e.subs(v, sympy.nsimplify(weight)) for e in whole.by_cases())
        grid = np.linspace(1e-9, 10, 200001)
        values = weight * (grid - 3)**2 + grid
        assert float(least) == pytest.approx(values.min(), abs=1e-6) and abs(float(at) - grid[values.argmin()]) < 1e-3


# -- as it is printed

def test_the_root_is_named_once(best):
    "In text and in LaTeX, in a where."
    assert repr(best).count("sqrt") == best.latex().count(r"\sqrt") == 1
    assert repr(best).startswith("Extremum(n1=p - s - 1, value=") and ", where s = sqrt(p*(p - 1)/(snr*(1 - ssr)))" in repr(best)


def test_cases_are_printed_as_cases(best):
    "Point and value, each with the condition."
    source = best.latex()
    assert source.count(r"\begin{cases}") == 2 and source.count("&") == 3 + 4
    assert r"\mathrm{SNR} \left(1 - \mathrm{SSR}\right) \left(p - 1\right) > p" in source


def test_a_threshold_is_factored():
    "The shift up to which pooling helps, as one would write it."
    found = threshold(shift.gain, ssr, on=Region(sigma_sq > 0, snr > 0, n1 > 0))
    assert repr(found).startswith("Threshold(ssr=(snr*(p - n2)*(p - n1 - n2) - p**2)/(snr*(p - n1)*(p - n2)), above='<', proved if snr > ")


def test_no_answer_has_a_minus_over_a_minus():
    "Signs are turned to what the region says, and 1 - SSR to its positive number."
    found = minimizer(shift.pooled_risk, n1, on=Region(sigma_sq > 0, snr > 0))
    said = repr(found)
    assert "(ssr - 1)" not in said and "sqrt(-" not in said and "where s = sqrt((n2*snr*ssr*(p - n2) + p**2)/(snr*(1 - ssr)))" in said
