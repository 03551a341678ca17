"""Formulas: given or defined, on a grid, in digits, as derivatives, put together, and read back."""

import contextlib
import pickle
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Piecewise, Rational, sqrt

from symrisk import Claim, Formula, Implicit, Region, prove
from symrisk.errors import ArgumentError, DomainError, NoMethod, NotConverged
from symrisk.paper.theorem import Citation, Theorem
from symrisk.symbols import delta_sq, gamma, n, n1, n2, p, sigma_sq, symbol, theta_sq, variance, w
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift as shift

x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
z = symbol("z", "z", "any real number")
kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
POINT = dict(n1=100, n2=100, p=600, snr=5, ssr=Fraction(1, 5))


def formula(expression, name="f", **how):
    return Formula(symbol(name, name, "a quantity of this test"), expression, **how)


def pooled(n1, n2, p, theta_sq, delta_sq, sigma_sq):
    """The pooled risk, written out by hand."""
    n = n1 + n2
    return (p - n) / p * theta_sq + n1 * (p - n1) / (p * (p - n)) * delta_sq + n / (p - n) * sigma_sq


doubled = formula(2 * kappa, "doubled", where={**ridge})
rough = formula(x, "risk", accuracy="asymptotic, O(1/p)")


GIVEN = {
    "snr and ssr": dict(snr=5, ssr=Fraction(1, 5)), "with a noise": dict(snr=5, ssr=Fraction(1, 5), sigma_sq=2),
    "norms": dict(theta_sq=5, delta_sq=1), "no signal": dict(theta_sq=0, delta_sq=3), "norm and ssr": dict(theta_sq=5, ssr=Fraction(1, 5)),
    "norm and shift with noise": dict(theta_sq=0, delta_sq=0, sigma_sq=Fraction(1, 3)),
}


@pytest.mark.parametrize("name", GIVEN)
def test_a_name_is_given_or_defined(name):
    "Any set of names that determines the risk gives it: what a given name is defined by is not asked for."
    values = GIVEN[name]
    noise = values.get("sigma_sq", 1)
    theta = values.get("theta_sq", values.get("snr", 0) * noise)
    delta = values.get("delta_sq", values.get("ssr", 0) * theta)
    wanted = pooled(Fraction(100), 100, 600, Fraction(theta), delta, noise)
    assert abs(Fraction(shift.pooled_risk.digits(60, n1=100, n2=100, p=600, **values)) - wanted) <= wanted * Fraction(1, 10**59)
    floats = {name: float(value) for name, value in values.items()}
    assert shift.pooled_risk(n1=100, n2=100, p=600, **floats) == pytest.approx(float(wanted), rel=1e-15)


@pytest.mark.parametrize("parts", [("bias", "shift", "variance"), ("bias", "shift"), ("variance",)])
def test_the_parts_may_be_given_too(parts):
    "With all three parts given the risk is their sum and needs nothing else but where it holds."
    whole = shift.pooled_risk.values(**{name: float(value) for name, value in POINT.items()})
    chosen = {name: whole[name] for name in parts}
    graph = shift.pooled_risk.graph
    needed = {s.name for s in graph.reached(frozenset(s for s in graph.names if s.name in parts))[0]} - set(parts)
    rest = {name: float(value) for name, value in POINT.items() if name in needed | {"n1", "n2", "p"}}
    if needed >= {"n1", "n2", "p"}:
        assert shift.pooled_risk(**chosen, **rest) == pytest.approx(whole["pooled_risk"], rel=1e-14)
    else:
        with pytest.raises(ArgumentError):
            shift.pooled_risk(**chosen)


@pytest.mark.parametrize(("values", "named"), [
    (dict(POINT, theta_sq=5), "snr"), (dict(POINT, delta_sq=1), "ssr"), (dict(POINT, n=200), "n1"),
    (dict(n1=1, n2=1, p=9, theta_sq=1, delta_sq=1, ssr=1), "ssr")])
def test_over_determined_calls_name_what_is_too_much(values, named):
    "A value that is no longer used is refused, not ignored."
    with pytest.raises(ArgumentError, match=f"{named}|n"):
        shift.pooled_risk(**{name: float(value) for name, value in values.items()})


@pytest.mark.parametrize("missing", POINT)
def test_under_determined_calls_name_what_is_missing(missing):
    "The name that is missing stands in the message, on the grid as in digits."
    values = {name: value for name, value in POINT.items() if name != missing}
    for call in (shift.pooled_risk.digits, shift.pooled_risk.ball):
        with pytest.raises(ArgumentError, match=rf"needs .*\b{missing}\b"):
            call(20, **values)
    with pytest.raises(ArgumentError, match=rf"needs .*\b{missing}\b"):
        shift.pooled_risk(**{name: float(value) for name, value in values.items()})


def test_inputs_say_what_a_call_needs():
    "Names with meaning, kind, sign and default; the ones with a default last."
    inputs = shift.pooled_risk.inputs
    assert list(inputs) == ["n1", "n2", "p", "snr", "ssr", "sigma_sq"]
    assert inputs["sigma_sq"].default == 1 and "dimension: features per sample (count, > 0)" in repr(inputs)


def test_inputs_follow_what_is_given():
    "A formula with given norms asks for the norms."
    assert set(shift.pooled_risk.given(theta_sq, delta_sq).inputs) == {"n1", "n2", "p", "theta_sq", "delta_sq", "sigma_sq"}


rationals = st.fractions(Fraction(1, 50), 20, max_denominator=50)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 100), rationals, rationals, rationals)
def test_the_pooled_risk_is_what_is_written(source, target, more, signal, ratio, noise):
    "Digits against the same formula in fractions, over its region: correctly rounded."
    dimension = source + target + more
    wanted = pooled(Fraction(source), target, dimension, signal * noise, ratio * signal * noise, noise)
    found = shift.pooled_risk.digits(25, n1=source, n2=target, p=dimension, snr=signal, ssr=ratio, sigma_sq=noise)
    assert abs(Fraction(found) - wanted) <= abs(wanted) * Fraction(1, 2 * 10**24)


@pytest.mark.parametrize("digits", [1, 2, 15, 50, 400])
def test_as_many_digits_as_asked(digits):
    "Rational and irrational values alike, each digit right by mpmath."
    found = shift.best_source_size.digits(digits, n2=100, p=600, snr=5, ssr="0.2")
    with mpmath.workdps(digits + 20):
        wanted = 500 - mpmath.sqrt((mpmath.mpf(600)**2 + 5 * mpmath.mpf(1) / 5 * 100 * 500) / (5 * mpmath.mpf(4) / 5))
        assert len(found.as_tuple().digits) == digits
        assert abs(mpmath.mpf(str(found)) - wanted) <= mpmath.mpf(10)**(3 - digits) / 2


@pytest.mark.parametrize("digits", [5, 30, 200])
def test_balls_hold_the_value(digits):
    "The enclosure holds a value of more digits and is as narrow as asked."
    call = dict(n2=100, p=600, snr=5, ssr="0.2")
    ball = shift.best_source_size.ball(digits, **call)
    finer = Fraction(shift.best_source_size.digits(digits + 30, **call))
    assert finer in ball and Fraction(ball.radius) < finer / 10**(digits - 2)


def test_an_irrational_zero_is_not_settled():
    "sqrt(2) sqrt(3) - sqrt(6) is zero, but no ball can say so: NotConverged, no digits."
    zero = formula(sqrt(x) * sqrt(y) - sqrt(x * y + z))
    with pytest.raises(NotConverged):
        zero.digits(10, x=2, y=3, z=0)


DERIVED = {
    "pooled_risk": (shift.pooled_risk, POINT, ["n1", "n2", "p", "snr", "ssr", "sigma_sq"]),
    "best_source_size": (shift.best_source_size, dict(n2=100, p=600, snr=5, ssr=Fraction(1, 5)), ["n2", "p", "snr", "ssr"]),
    "variance_factor": (mixing.variance_factor, dict(w=Fraction(2, 7)), ["w"]),
    "variance_factor_at": (mixing.variance_factor_at, dict(w=Fraction(2, 7), t=5), ["w"]),
    "a root": (doubled, dict(gamma=2, lam=Fraction(1, 10)), ["gamma", "lam"]),
    "norms given": (shift.pooled_risk.given(theta_sq, delta_sq), dict(n1=100, n2=100, p=600, theta_sq=5, delta_sq=1), ["delta_sq", "n1"]),
    "of a sum": (shift.pooled_risk + shift.ssr_threshold, POINT, ["n1", "snr"]),
}


@pytest.mark.parametrize(("name", "letter"), [(name, letter) for name, (_, _, letters) in DERIVED.items() for letter in letters])
def test_derivatives_are_difference_quotients(name, letter):
    "d f/d x against a central difference at 50 digits, implicit names included."
    quantity, point, _ = DERIVED[name]
    by = next(s for s in quantity.graph.names if s.name == letter)
    at = {"sigma_sq": Fraction(1), **point}[letter]
    step = Fraction(1, 10**20)
    ahead, behind = (Fraction(quantity.digits(80, **{**point, letter: at + side * step})) for side in (1, -1))
    derivative = quantity.diff(by)
    slope = Fraction(derivative.digits(50, **{name: value for name, value in point.items() if name in derivative.inputs}))
    assert abs((ahead - behind) / (2 * step) - slope) < Fraction(1, 10**30) * (1 + abs(slope))


def test_second_derivatives_of_a_root():
    "A derivative of a derivative, through the implicit name twice."
    step, point = Fraction(1, 10**15), dict(gamma=2, lam=Fraction(1, 10))
    slope = doubled.diff(lam)
    ahead, behind = (Fraction(slope.digits(80, **{**point, "lam": point["lam"] + s * step})) for s in (1, -1))
    wanted = (ahead - behind) / (2 * step)
    assert abs(Fraction(slope.diff(lam).digits(50, **point)) - wanted) < abs(wanted) * Fraction(1, 10**25)


def test_a_derivative_by_a_name_that_is_not_there():
    "ArgumentError says what the formula is made of, when it is used."
    with pytest.raises(ArgumentError, match="variance_factor .* p; it is made of w"):
        mixing.variance_factor.diff(p)(w=0.5)


f = formula(x + y, "first", on=Region(x < y))
g = formula(x * variance, "second", where={variance: y - 1}, on=Region(y > 1))
h = formula(variance**2, "third", where={variance: x})
OPERATIONS = [
    (f + g, lambda a, b, c: a + b), (f - g, lambda a, b, c: a - b), (f * g, lambda a, b, c: a * b), (f / g, lambda a, b, c: a / b),
    (f**2, lambda a, b, c: a**2), (-f, lambda a, b, c: -a), (1 + f, lambda a, b, c: 1 + a), (1 - f, lambda a, b, c: 1 - a),
    (2 * f, lambda a, b, c: 2 * a), (1 / f, lambda a, b, c: 1 / a), (f + Rational(1, 2), lambda a, b, c: a + 0.5),
    (g + h, lambda a, b, c: b + c), (g * h - h / g, lambda a, b, c: b * c - c / b), (h - f * (g + 1), lambda a, b, c: c - a * (b + 1)),
    (f - (g - h), lambda a, b, c: a - (b - c)), (f * x, lambda a, b, c: a * 2), (f / (g + h) ** 2, lambda a, b, c: a / (b + c) ** 2),
]


@pytest.mark.parametrize(("quantity", "wanted"), OPERATIONS, ids=[str(q) for q, _ in OPERATIONS])
def test_arithmetic_of_formulas_is_arithmetic_of_values(quantity, wanted):
    "Also where two formulas define the same name differently."
    values = {name: value for name, value in dict(x=2.0, y=3.0).items() if name in quantity.inputs}
    assert quantity(**values) == pytest.approx(wanted(5.0, 4.0, 4.0), rel=1e-15)


def test_what_is_put_together_holds_where_all_parts_do():
    "The region of a sum is the intersection."
    with pytest.raises(DomainError, match="x < y"):
        (f + g)(x=4.0, y=3.0)
    with pytest.raises(DomainError, match="y > 1"):
        (f + g)(x=0.25, y=0.5)


WALLED = Formula(symbol("walled", "w", "a quantity of this test"), x / (y - x) + z, on=Region(x < y, z > 0),
                 beyond={x < y: "at x = y it is infinite"})
BEYOND = "walled.* holds for x < y; not at .*: at x = y it is infinite$"


@pytest.mark.parametrize("quantity", [WALLED, WALLED.diff(x), WALLED.given(), WALLED + f, f * WALLED, WALLED.at({z: 1})],
                         ids=["itself", "derivative", "given", "sum", "product", "at another name"])
def test_what_lies_beyond_a_hypothesis_is_said(quantity):
    "On a grid and in digits, wherever the formula stands and the hypothesis is still its own."
    values = {name: value for name, value in {"x": 3, "y": 3, "z": 1}.items() if name in quantity.inputs}
    for call in (lambda: quantity(**values), lambda: quantity.digits(10, **values), lambda: quantity(**{**values, "x": [1, 3]})):
        with pytest.raises(DomainError, match=BEYOND):
            call()


def test_nothing_is_said_beyond_another_hypothesis():
    "Of a sign, of a hypothesis without remark."
    with pytest.raises(DomainError, match="z > 0; not at x=1, y=2, z=0$"):
        WALLED(x=1, y=2, z=0)
    with pytest.raises(DomainError, match="x > 0; not at x=-1, y=2, z=1$"):
        WALLED(x=-1, y=2, z=1)
    with pytest.raises(DomainError, match="z > 0; not at x=1, z=0$"):
        WALLED.at({y: 2})(x=1, z=0)


def test_what_lies_beyond_is_no_part_of_a_formula():
    "Formulas that differ in a remark alone are equal; a pickled one keeps its own."
    bare = Formula(WALLED.symbol, WALLED.expression, on=WALLED.on)
    assert bare == WALLED and hash(bare) == hash(WALLED)
    with pytest.raises(DomainError, match="not at x=3, y=3, z=1$"):
        bare(x=3, y=3, z=1)
    with pytest.raises(DomainError, match=BEYOND):
        pickle.loads(pickle.dumps(WALLED))(x=3, y=3, z=1)


def test_nothing_lies_beyond_what_is_no_hypothesis():
    "The remark is about a hypothesis of the formula's own region."
    with pytest.raises(ArgumentError, match="walled: x < 1 is none of its hypotheses"):
        Formula(symbol("walled", "w", "a quantity of this test"), x, on=Region(x < y), beyond={x < 1: "nothing"})


def test_at_replaces_names():
    "By numbers, expressions, or formulas with their own regions."
    risk = shift.pooled_risk
    assert risk.at({p: 600})(n1=100, n2=100, snr=5, ssr=0.2) == risk(n1=100, n2=100, p=600, snr=5, ssr=0.2)
    assert risk.at({p: 3 * (n1 + n2)})(n1=100, n2=100, snr=5, ssr=0.2) == risk(n1=100, n2=100, p=600, snr=5, ssr=0.2)
    best = risk.at({n1: shift.best_source_size})
    assert best(n2=100, p=600, snr=5, ssr=0.2) == pytest.approx(shift.least_pooled_risk(n2=100, p=600, snr=5, ssr=0.2), rel=1e-14)


def test_replacing_is_simultaneous():
    "Names can be exchanged."
    assert f.at({x: y, y: x}).expanded == x + y and formula(x / y).at({x: y, y: x}).expanded == y / x


def test_at_keeps_the_region():
    "The region's hypotheses are replaced along with the expression."
    with pytest.raises(DomainError, match="n1 \\+ n2 < 600"):
        shift.pooled_risk.at({p: 600})(n1=500, n2=100, snr=5, ssr=0.2)


@pytest.mark.parametrize(("quantity", "values"), [(shift.pooled_risk.at({n1: -5}), dict(n2=10, p=100, snr=1, ssr=1)),
                                                  (shift.pooled_risk.at({n1: n2 - 20}), dict(n2=10, p=100, snr=1, ssr=1)),
                                                  (shift.target_risk.at({sigma_sq: -1}), dict(n2=10, p=100, snr=1))])
def test_at_keeps_the_signs_of_letters(quantity, values):
    "A sample size cannot become negative by being replaced."
    with pytest.raises(DomainError):
        quantity(**values)
    with pytest.raises(DomainError):
        quantity.digits(10, **values)


def test_at_a_name_that_is_not_there():
    "ArgumentError says what the formula is made of, when it is used; so for names given."
    for quantity in (mixing.variance_factor.at({p: 3}), mixing.variance_factor.given(p)):
        with pytest.raises(ArgumentError, match="variance_factor has no name p; it is made of w"):
            quantity(w=0.5)


def test_a_formula_of_a_formula_brings_its_definitions():
    "variance_factor_at uses variance_factor by name: it may be given, or follows from w."
    inside = mixing.variance_factor(w=0.3)
    assert mixing.variance_factor_at(w=0.3, t=2) == pytest.approx(mixing.variance_factor_at(w=0.3, t=2, variance_factor=inside), rel=1e-15)


@pytest.mark.parametrize("kind", ["scalar", "array", "broadcast"])
def test_outside_nan(kind):
    "Asked for, points outside are nan and the others keep their values; nan stays nan, and infinity is refused."
    sizes = {"scalar": 500, "array": np.array([100, 500, 50]), "broadcast": np.array([[100], [500]])}[kind]
    found = shift.pooled_risk(n1=sizes, n2=np.array([100, 101, 102]) if kind == "broadcast" else 100, p=600, snr=5, ssr=0.2, outside="nan")
    assert np.array_equal(np.isnan(found), np.broadcast_to(np.asarray(sizes) == 500, np.shape(found)))
    missing = np.where(np.asarray(sizes) == 50, np.nan, sizes)
    found = shift.pooled_risk(n1=missing, n2=100, p=600, snr=5, ssr=0.2, outside="nan")
    assert np.array_equal(np.isnan(found), np.isnan(missing) | (missing == 500))
    with pytest.raises(DomainError, match="finite"):
        shift.pooled_risk(n1=np.inf, n2=100, p=600, snr=5, ssr=0.2, outside="nan")


def test_large_open_grids_with_points_outside():
    "Axes given open, many blocks: nan where the full arrays have it, and the same values elsewhere."
    n1, n2 = np.linspace(0, 600, 201)[None, :], np.linspace(0, 700, 201)[:, None]
    given = {"p": 600, "snr": 5, "ssr": 0.1, "outside": "nan"}
    found, full = (shift.pooled_risk(n1=a, n2=b, **given) for a, b in ((n1, n2), np.broadcast_arrays(n1, n2)))
    np.testing.assert_allclose(found, full, rtol=1e-13)



@pytest.mark.parametrize("backend", [None, "numpy"])
def test_large_grids_with_points_outside(backend):
    "A grid of many blocks, half of it outside: nan exactly there; without outside='nan' the first offender is named."
    sizes = np.linspace(0, 1000, 100_001)
    found = shift.pooled_risk(n1=sizes, n2=100, p=600, snr=5, ssr=0.2, outside="nan", backend=backend)
    assert np.array_equal(np.isnan(found), sizes + 100 >= 600)
    with pytest.raises(DomainError, match="not at n1=500, n2=100"):
        shift.pooled_risk(n1=sizes, n2=100, p=600, snr=5, ssr=0.2, backend=backend)


@pytest.mark.parametrize("shape", [(), (1,), (3,), (1, 1), (2, 1), (2, 3, 4)])
def test_arrays_in_arrays_out(shape):
    "Numbers give a float, arrays an array of their shape."
    found = shift.pooled_risk(n1=np.full(shape, 100), n2=100, p=600, snr=5, ssr=0.2)
    assert np.shape(found) == shape and isinstance(found, np.ndarray if shape else float)
    assert np.all(found == shift.pooled_risk(n1=100, n2=100, p=600, snr=5, ssr=0.2))


@pytest.mark.parametrize("kind", [np.int8, np.uint16, np.int64, np.float16, np.float32, np.longdouble, ">f8", "<i4"])
def test_any_real_dtype(kind):
    "Whole numbers and floats of any width and byte order."
    assert np.all(shift.pooled_risk(n1=np.array([100, 60], kind), n2=100, p=600, snr=5, ssr=0.2)
                  == shift.pooled_risk(n1=[100, 60], n2=100, p=600, snr=5, ssr=0.2))


@pytest.mark.parametrize("weight", ["1e-12", "1e-6", "1/3", "0.618", "1"])
@pytest.mark.parametrize("generation", [0, 1, 2, 12, 1000])
def test_the_variance_factor_is_accurate(weight, generation):
    "v_t keeps 15 digits at w = 1e-12 and w = 1, from t = 0 on: against the recursion at 50 digits."
    value = float(Fraction(weight))
    with mpmath.workdps(80):
        exactly, factor = mpmath.mpf(value), mpmath.mpf(1)
        for _ in range(generation):
            factor = exactly**2 + (1 - exactly)**2 * (1 + factor)
        found = mixing.variance_factor_at(w=value, t=generation)
        assert abs(found - factor) <= 1e-14 * factor


@pytest.mark.parametrize("generation", [0.5, -1, 1.0000001])
def test_a_generation_is_whole(generation):
    "t counts generations: a value between two of them is outside, on a grid too."
    with pytest.raises(DomainError, match=r"\bt\b"):
        mixing.variance_factor_at(w=0.5, t=generation)
    with pytest.raises(DomainError, match=r"\bt\b"):
        mixing.variance_factor_at(w=0.5, t=np.array([1, generation]))
    with pytest.raises(DomainError, match=r"\bt\b"):
        mixing.variance_factor_at.digits(10, w="0.5", t=str(generation))


def test_a_region_may_speak_of_more_than_the_formula():
    "A hypothesis over a letter that the formula does not use: the letter is given, and checked."
    half = formula(x, "half", on=Region(x < y))
    assert half(x=1, y=2) == 1.0
    with pytest.raises(DomainError, match="x < y"):
        half(x=2, y=1)


def test_cases_are_chosen_by_their_conditions():
    "The case that holds, at a point and on a grid; the pole of the other one is not met."
    guarded = formula(Piecewise((1 / (x - y), x > y), (0, True)))
    assert guarded(x=2.0, y=2.0) == 0.0 and guarded.digits(3, x=2, y=2) == 0
    assert np.array_equal(guarded(x=np.array([3.0, 2.0, 1.0]), y=2.0), [1.0, 0.0, 0.0])


@pytest.mark.parametrize("definitions", [{x: y, y: x}, {x: x + 1}, {n: n1 + 1, n1: n}])
def test_circular_definitions_are_refused(definitions):
    "A name may not be defined by itself."
    with pytest.raises(ArgumentError, match="defined"):
        formula(x + n, where=definitions).expanded  # noqa: B018


def test_a_name_defined_twice_is_refused():
    "Two formulas in one `where` that define a name differently."
    with pytest.raises(ArgumentError, match="variance is defined in two ways"):
        formula(g.symbol + h.symbol, where={g.symbol: g, h.symbol: h})


def test_equal_text_is_equal():
    "Two formulas of the same text are equal and of equal hash; another region, name or body makes another formula."
    assert formula(x + y, on=Region(x < y)) == formula(x + y, on=Region(x < y)) != formula(x + y)
    assert hash(formula(x + y)) == hash(formula(x + y)) and formula(x + y) != formula(x + y, "g")


ROUND = {
    "formula": shift.pooled_risk, "cases": shift.best_source_size, "derivative": shift.pooled_risk.diff(n1), "at": shift.pooled_risk.at({p: 6}),
    "at a formula": shift.pooled_risk.at({n1: shift.best_source_size}), "given": shift.pooled_risk.given(theta_sq), "sum": f + g,
    "root": doubled, "derivative of a root": doubled.diff(lam), "claim": shift.concept_shift.claims[8], "implicit": ridge,
    "theorem": mixing.mixing, "larger theorem": shift.concept_shift, "verdict": prove(shift.concept_shift.claims[0]),
    "refutation": prove(Claim("x is small", x, "<", 1, on=Region(over=(x,)))),
}


@pytest.mark.parametrize("name", ROUND)
def test_nouns_survive_pickling(name):
    "After being used, a noun comes back equal and of equal hash."
    noun = ROUND[name]
    use(noun)
    again = pickle.loads(pickle.dumps(noun))
    assert again == noun
    assert name in ("verdict", "refutation") or hash(again) == hash(noun)


def use(noun):
    """Make a noun compute what it caches."""
    if isinstance(noun, Theorem):
        for claim in noun.claims[:4]:
            use(claim)
    if isinstance(noun, Claim):
        prove(noun)
    if hasattr(noun, "region"):
        with contextlib.suppress(NoMethod):
            noun.region.cells  # noqa: B018
    if hasattr(noun, "expanded"):
        noun.expanded  # noqa: B018


def test_a_formula_that_came_back_is_the_same_formula():
    "It evaluates to the same numbers, and its letters keep meaning and default."
    again = pickle.loads(pickle.dumps(shift.pooled_risk))
    assert again.digits(30, **POINT) == shift.pooled_risk.digits(30, **POINT)
    assert again.inputs["sigma_sq"].default == 1 and again.inputs["p"].meaning == p.meaning


def test_formulas_are_frozen():
    "A noun does not change."
    with pytest.raises(AttributeError):
        shift.pooled_risk.accuracy = "exact"


@pytest.mark.parametrize("quantity", [f, f + g, f.diff(x), f.at({x: 1}), f.given(x), g], ids=repr)
def test_every_quantity_prints(quantity):
    "LaTeX, a repr and what Jupyter shows."
    assert quantity.latex() and repr(quantity) and quantity._repr_latex_().startswith("$")


def test_a_difference_of_differences_keeps_its_brackets():
    "a - (b - c) is not a - b - c in LaTeX."
    assert "\\left(" in (f - (g - h)).head_latex() and "\\left(" in (f / (g + h) ** 2).head_latex()
    assert "\\left(" in ((f + g) * h).head_latex() and "\\left(" in (f - (x - 1)).head_latex()


def test_a_quotient_to_a_power_keeps_its_brackets():
    "(f/g)^2 is not f/g^2 in LaTeX, nor is (f g)^2 f g^2."
    assert "\\left(" in ((f / g) ** 2).head_latex() and "\\left(" in ((f * g) ** 2).head_latex()


def test_accuracy_is_that_of_the_loosest_part():
    "A sum with an asymptotic part is asymptotic."
    assert (mixing.variance_factor + shift.pooled_risk).accuracy == shift.pooled_risk.accuracy != "exact"
    assert mixing.variance_factor.diff(w).accuracy == "exact"


def test_what_rests_on_an_asymptotic_formula_is_not_exact():
    "A formula that says so is refused, by the name that it rests on; with its accuracy said it is taken."
    with pytest.raises(ArgumentError, match=r"twice can't be exact: risk in it is asymptotic, O\(1/p\); say so, accuracy='asymptotic, O\(1/p\)'"):
        formula(2 * rough.symbol, "twice", where={rough.symbol: rough})
    taken = formula(2 * rough.symbol, "twice", where={rough.symbol: rough}, accuracy=rough.accuracy)
    assert taken(x=3) == 6 and formula(2 * f.symbol, "twice", where={f.symbol: f}).accuracy == "exact"


REMARKED = formula(1 / (z - w), on=Region(w < z), beyond={w < z: "the other side is worth nothing"})
REMARKED_AT = {
    "a number put in": (REMARKED.at({w: 3}), dict(z=1), "3 < z"), "a formula put in": (h.at({x: REMARKED}), dict(w=3, z=1), "w < z"),
    "twice": (REMARKED.at({w: y + 1}).at({y: 2}), dict(z=1), "3 < z"), "a derivative of it": (REMARKED.at({w: 3}).diff(z), dict(z=1), "3 < z"),
    "a sum with it": (h + REMARKED.at({w: 3}), dict(x=1, z=1), "3 < z"), "with a name given": (REMARKED.given(w).at({w: 3}), dict(z=1), "3 < z"),
    "an expression put in": (REMARKED.at({z: x - y}), dict(x=1, y=1, w=1), "w < x - y"),
}


@pytest.mark.parametrize("name", REMARKED_AT)
def test_what_is_said_of_points_beyond_survives(name):
    "The hypothesis changes with what is put in, and its words stay with it, on a grid and in digits."
    quantity, point, rule = REMARKED_AT[name]
    for call in (quantity, lambda **values: quantity.digits(5, **values)):
        with pytest.raises(DomainError, match=f"holds for {rule}; not at .*: the other side is worth nothing"):
            call(**point)


SOLVED = Implicit.root(kappa, kappa**2 - y, between=(0, 10))
POLES = {
    "a pole beside a root": formula(kappa / (x - y), where={**SOLVED}), "a pole under a root": formula(kappa, where={
        **Implicit.root(kappa, kappa**2 - z, between=(0, 10)), z: 1 / (x - y)}),
    "a case not taken has no root": formula(Piecewise((x / (x - y), x <= y), (kappa, True)), where={**Implicit.root(kappa, kappa**2 + x, between=(0, 10))}),
}


@pytest.mark.parametrize("name", POLES)
def test_a_pole_beside_an_implicit_name_is_a_pole(name):
    "The equation has its solution, or none only because a pole stands in it: no value, on a grid and in digits."
    pole = POLES[name]
    for call in (pole, lambda **values: pole.digits(5, **values), lambda **values: pole.ball(5, **values),
                 lambda **values: pole(**{**values, "x": np.array([2, 2])})):
        with pytest.raises(DomainError, match="has no finite value at x=2, y=2"):
            call(x=2, y=2)


def test_an_implicit_name_without_a_solution_is_named():
    "Also beside a pole: NotConverged, on a grid and in digits."
    lost = POLES["a pole beside a root"]
    for call in (lost, lambda **values: lost.digits(5, **values), lambda **values: lost(**{**values, "x": np.array([3, 2])})):
        with pytest.raises(NotConverged, match="an implicit name has no solution, or several, .* y=200"):
            call(x=2, y=200)


def test_values_show_every_name():
    "bias, shift and variance beside the risk, and the sum is the risk."
    found = shift.pooled_risk.values(n1=100, n2=100, p=600, snr=5, ssr=0.2)
    assert found["bias"] + found["shift"] + found["variance"] == pytest.approx(found["pooled_risk"], rel=1e-15)
    assert found["n"] == 200 and found["sigma_sq"] == 1


def test_two_letters_of_one_name_are_refused():
    "A call could not tell them apart."
    twin = sympy.Symbol("x", real=True)
    with pytest.raises(ArgumentError, match="two different symbols are named x"):
        formula(x + twin)(x=1)


def test_a_theorem_finds_its_formula_by_name():
    "And lists the names there are."
    with pytest.raises(ArgumentError, match="has no formula 'nonsense'; it has best_source_size"):
        shift.concept_shift.formula("nonsense")
    assert Theorem("A theorem", Citation("key"), formulas=(f,)).formula("first") is f


@pytest.mark.parametrize("number", [2, Fraction(2), sympy.Integer(2), np.int64(2), np.float64(2.0), sympy.Float(2)])
def test_numbers_of_any_type(number):
    "Every real number type gives the same float."
    assert mixing.collapsing_factor_at(t=number) == 3.0


@pytest.mark.parametrize("number", [2, Fraction(2), sympy.Integer(2), np.int64(2), "2", "4/2", Decimal("2.0")])
def test_exact_numbers_of_any_type(number):
    "Every exact number type gives the same digits."
    assert mixing.collapsing_factor_at.digits(5, t=number) == Decimal("3.0000")


def test_the_noise_has_a_default_that_may_be_given():
    "sigma_sq = 1 unless it is said, in a given part too."
    assert shift.target_risk(n2=10, p=20, snr=3, sigma_sq=1) == shift.target_risk(n2=10, p=20, snr=3)
    assert shift.target_risk(n2=10, p=20, snr=3, sigma_sq=2) == 2 * shift.target_risk(n2=10, p=20, snr=3)


def test_weights_up_to_one():
    "A closed face belongs to the region, an open one does not."
    assert mixing.variance_factor(w=1) == 1.0
    with pytest.raises(DomainError, match="w > 0"):
        mixing.variance_factor(w=0)


def test_a_hidden_letter_is_a_noise_free_limit():
    "ssr and the given shift agree where theta is not zero: two ways to the same number."
    direct = shift.pooled_risk(n1=10, n2=10, p=50, theta_sq=3.0, delta_sq=1.5)
    assert direct == pytest.approx(shift.pooled_risk(n1=10, n2=10, p=50, snr=3.0, ssr=0.5), rel=1e-15)


@pytest.mark.parametrize(("quantity", "text", "latex"), [
    (shift.pooled_risk * -1, "pooled_risk * (-1)", r"R_{\mathrm{pool}} \, \left(-1\right)"),
    (shift.pooled_risk - (-n1), "pooled_risk - (-n1)", r"R_{\mathrm{pool}} - \left(- n_1\right)"),
    (shift.pooled_risk / (2 * p), "pooled_risk / (2*p)", r"\frac{R_{\mathrm{pool}}}{2 p}"),
    (shift.pooled_risk - (n1 + n2), "pooled_risk - (n1 + n2)", r"R_{\mathrm{pool}} - \left(n_1 + n_2\right)"),
    ((n1 + n2) - shift.pooled_risk, "n1 + n2 - pooled_risk", r"n_1 + n_2 - R_{\mathrm{pool}}"),
    ((shift.pooled_risk + 1)**2, "(pooled_risk + 1) ** 2", r"{\left(R_{\mathrm{pool}} + 1\right)}^{2}"),
], ids=str)
def test_what_is_printed_is_what_is_meant(quantity, text, latex):
    "Brackets where an expression would else be read as something else."
    assert (str(quantity), quantity.head_latex()) == (text, latex)


def test_exact_text_is_a_number_of_a_call():
    "The nearest float of what is written, beside arrays too; digits take the same."
    assert shift.pooled_risk(**{**POINT, "ssr": "0.2"}) == shift.pooled_risk(**{**POINT, "ssr": 0.2}) == shift.pooled_risk(**{**POINT, "ssr": "1/5"})
    grid = shift.pooled_risk(**{**POINT, "ssr": "0.2", "n1": np.array([100, 200])})
    assert grid[0] == shift.pooled_risk(**POINT) and isinstance(shift.pooled_risk(**{**POINT, "ssr": "0.2"}), float)
    assert shift.pooled_risk.values(**{**POINT, "ssr": "0.2"})["ssr"] == 0.2
