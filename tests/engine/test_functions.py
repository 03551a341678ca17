"""Each row of the table of functions: values, errors, exact values, bounds, slopes, against other libraries."""

from decimal import Decimal

import mpmath
import numpy as np
import pytest
import sympy
from flint import acb, arb, ctx, fmpq

from symrisk import Atoms, Claim, Formula, Mean, Region, normal_cdf, normal_pdf, prove
from symrisk.engine.functions.hurwitz import hurwitz
from symrisk.engine.functions.table import numbers, table
from symrisk.errors import AccuracyWarning, DomainError, NoMethod
from symrisk.symbols import symbol, tau

x = symbol("x", "x", "a number")
y = symbol("y", "y", "a positive number", positive=True)
z = symbol("z", "z", "another positive number", positive=True)
value = symbol("value", "f", "a value")
EVERYWHERE = Region(over=(x, y, z))

APPLIED = {head: known for head, known in table().items() if known.on_arrays is not None}
ONE = {head: known for head, known in APPLIED.items() if head is not sympy.zeta}
POSITIVE = (sympy.gamma,)


def arguments(head):
    """Arguments of all sizes at which a function has a value."""
    draw = np.random.default_rng(0)
    if head is sympy.asin:
        return np.concatenate([draw.uniform(-1, 1, 60), [0.0, 1.0, -1.0, 1e-12]])
    if head is sympy.gamma:
        return np.concatenate([draw.uniform(0.01, 20, 60), [1e-9, 1.0, 4.0]])
    spread = draw.uniform(-6, 6, 60), [0.0, 1e-300, 1e-9, -1e-9, 25.0, -25.0]
    return np.concatenate(spread)


def by_mpmath(head, number):
    with mpmath.workdps(60):
        return getattr(mpmath.mp, table()[head].in_mpmath)(mpmath.mpf(float(number)))


@pytest.mark.parametrize("head", ONE)
def test_on_arrays(head):
    "Within the units of the last digit that its row says, against mpmath."
    known = table()[head]
    for number in arguments(head):
        wanted = by_mpmath(head, number)
        bound = known.rounding([number], [0.0], float(wanted))
        assert abs(mpmath.mpf(float(known.on_arrays(number))) - wanted) <= bound + 5e-324, number


@pytest.mark.parametrize("head", ONE)
def test_in_balls(head):
    "Thirty digits of mpmath lie in the ball; on complex balls too, where it is analytic."
    known = table()[head]
    for number in arguments(head):
        wanted = by_mpmath(head, number)
        ball = known.in_balls(arb(float(number)))
        assert ball.overlaps(arb(mpmath.nstr(wanted, 50), float(abs(wanted)) * 1e-14 + 1e-300)), number
        if known.is_analytic:
            assert known.in_balls(acb(float(number), 0.0)).real.overlaps(ball)


@pytest.mark.parametrize("head", ONE)
def test_errors_are_passed_on(head):
    "A bound that holds at both ends of the interval."
    known = table()[head]
    for number in arguments(head):
        error = 1e-6 * (abs(number) + 1e-3)
        bound = known.passed([number], [error], float(by_mpmath(head, number)))
        for moved in (number - error, number + error):
            if head is sympy.asin and abs(moved) > 1:
                continue
            apart = abs(by_mpmath(head, moved) - by_mpmath(head, number))
            assert apart <= bound * (1 + 1e-9) + 1e-300, number


@pytest.mark.parametrize("head", table())
def test_what_proofs_take_for_true(head):
    "Bounds and facts hold at many points; what rises does."
    known = table()[head]
    places = np.abs(arguments(sympy.gamma)) if head is sympy.log else 1 + np.abs(arguments(head)) if head is sympy.zeta else arguments(head)
    letter, argument = sympy.symbols("f t")
    said = [*known.bounds(letter), *((fact, False) for fact in known.facts(letter, argument))]
    order = sorted(map(float, places))
    with mpmath.workdps(300):
        of = getattr(mpmath.mp, known.in_mpmath or "zeta")
        values = [of(mpmath.mpf(place)) for place in order if not (head is sympy.zeta and place == 1)]
        for place, found in zip(order, values, strict=False):
            for expression, strict in said:
                number = sympy.lambdify((letter, argument), expression, "mpmath")(found, mpmath.mpf(place))
                assert number > 0 if strict else number >= -abs(found) * mpmath.mpf(10) ** -290, (place, expression)
    if known.rises:
        assert all(one < other for one, other in zip(values, values[1:], strict=False))


def test_constants():
    "Float, ball and rational bounds of each."
    for kind, known in numbers().items():
        number = kind()
        assert known.as_float == float(number.n(30))
        assert known.low < number < known.high
        with mpmath.workdps(30):
            wanted = +getattr(mpmath.mp, known.in_mpmath)
        assert known.in_balls().overlaps(arb(mpmath.nstr(wanted, 30), 1e-14))


def test_hurwitz_against_balls():
    "mpmath is not asked: it loses digits there."
    draw = np.random.default_rng(0)
    s, a = 1 + 10 ** draw.uniform(-6, 2, 300), 10 ** draw.uniform(-2, 3, 300)
    before, ctx.prec = ctx.prec, 200
    try:
        for one, other, found in zip(s, a, hurwitz(s, a), strict=True):
            if found > 1e-300:
                assert abs(arb(float(found)) / arb(float(one)).zeta(arb(float(other))) - 1) < 64 * 2.0**-53
    finally:
        ctx.prec = before


@pytest.mark.parametrize(("expression", "point", "wanted"), [
    (sympy.gamma(x), 5, 24), (sympy.exp(x), 0, 1), (normal_cdf(x), 0, "0.5"), (sympy.erfc(x), 0, 1), (sympy.cos(x), 0, 1), (sympy.tanh(x) + 2, 0, 2)])
def test_exact_values(expression, point, wanted):
    "Where a value is rational it is found to be."
    assert Formula(value, expression).digits(30, x=point) == Decimal(wanted)


def test_thirty_digits():
    "Published values."
    assert str(Formula(value, sympy.zeta(x)).digits(20, x=3)) == "1.2020569031595942854"
    assert str(Formula(value, normal_cdf(x)).digits(20, x="1.96")) == "0.97500210485177956586"
    assert str(Formula(value, sympy.pi * x).digits(20, x=1)) == "3.1415926535897932385"
    assert str(Formula(value, normal_pdf(x)).digits(15, x=40)) == "1.46327025083830E-348"


def test_under_a_mean():
    "Atom by atom, on arrays and in balls."
    law = Atoms({1: "1/4", 3: "3/4"})
    mean = Formula(value, Mean(tau * sympy.tanh(tau * x) * normal_cdf(x) + sympy.pi, law))
    wanted = (np.tanh(0.5) / 4 + 9 * np.tanh(1.5) / 4) * float(normal_cdf(sympy.Rational(1, 2)).n()) + np.pi
    assert mean(x=0.5) == pytest.approx(wanted, rel=1e-14)
    assert float(mean.digits(20, x="1/2")) == pytest.approx(wanted, rel=1e-14)


def test_slopes():
    "Of the normal law's functions, and through the chain rule, against differences."
    curve = Formula(value, normal_cdf(x) * sympy.erf(x) + sympy.exp(-sympy.atan(x)))
    step = 1e-5
    difference = (curve(x=0.3 + step) - curve(x=0.3 - step)) / (2 * step)
    assert curve.diff(x)(x=0.3) == pytest.approx(difference, rel=1e-8)
    with pytest.raises(NoMethod, match="polygamma"):
        Formula(value, sympy.gamma(x)).diff(x)(x=2.0)


def test_small_tails_keep_their_digits():
    "1 - normal_cdf cancels, and is warned of; normal_cdf of minus x does not."
    with pytest.warns(AccuracyWarning):
        Formula(value, 1 - normal_cdf(x))(x=8.0)
    assert Formula(value, normal_cdf(-x))(x=8.0) == pytest.approx(6.220960574271785e-16, rel=1e-13)


@pytest.mark.parametrize(("expression", "point"), [(sympy.asin(x), 2), (sympy.gamma(x), -1), (sympy.zeta(x), "1/2"), (sympy.zeta(x), 1)])
def test_where_there_is_no_value(expression, point):
    "DomainError that names the point, in digits too."
    with pytest.raises(DomainError, match="no finite value at x="):
        Formula(value, expression)(x=float(sympy.Rational(point)))
    with pytest.raises(DomainError, match="no finite value at x="):
        Formula(value, expression).digits(20, x=point)


PROVED = {
    "exp(x) >= 1 + x": (sympy.exp(x), ">=", 1 + x), "exponentials add up": (sympy.exp(2 * x) * sympy.exp(-x), "==", sympy.exp(x)),
    "the logistic function and its mirror image": (1 / (1 + sympy.exp(x)) + 1 / (1 + sympy.exp(-x)), "==", 1), "tanh below 1": (sympy.tanh(x) ** 2, "<", 1),
    "tanh rises": (sympy.tanh(y), "<", sympy.tanh(y + z)), "log below its tangent": (sympy.log(y), "<=", y - 1), "log(1 + y) > 0": (sympy.log(1 + y), ">", 0),
    "tails add up": (normal_cdf(x) + normal_cdf(-x), "==", 1), "erfc": (sympy.erfc(x), "==", 1 - sympy.erf(x)), "gamma": (sympy.gamma(y), ">", 0),
    "pi": (sympy.pi * y, ">", 3 * y), "e < pi": (sympy.E, "<", sympy.pi), "a shrunk share": (y / (1 + sympy.exp(x)), "<", y)}
REFUTED = {
    "exp(x) > 1 + x": (sympy.exp(x), ">", 1 + x), "tanh(x) > 0": (sympy.tanh(x), ">", 0), "tanh falls": (sympy.tanh(y), ">", sympy.tanh(y + z)),
    "pi > 22/7": (sympy.pi * y, ">", 22 * y / 7), "sin small": (sympy.sin(x), "<", sympy.Rational(1, 2)), "pdf above": (normal_pdf(x), ">", sympy.Rational(2, 5))}
UNDECIDED = {"without a value": (sympy.asin(x), "<", 2), "gamma of any number": (sympy.gamma(x), ">", 0)}


@pytest.mark.parametrize("name", [*PROVED, *REFUTED, *UNDECIDED])
def test_claims(name):
    "What their bounds, their rise and their tangents say is proved; what is false at a point is refuted there."
    left, rel, right = {**PROVED, **REFUTED, **UNDECIDED}[name]
    status = prove(Claim(name, left, rel, right, on=EVERYWHERE)).status
    assert status == ("proved" if name in PROVED else "refuted" if name in REFUTED else "undecided")


def test_the_logistic_function():
    "Its slope is f (1 - f), and positive."
    logistic = Formula(value, 1 / (1 + sympy.exp(-x)))
    assert prove(Claim("its slope", logistic.diff(x), "==", logistic * (1 - logistic))).status == "proved"
    verdict = prove(Claim("it rises", logistic.diff(x), ">", 0))
    assert verdict.status == "proved" and "= exp(x)" in str(verdict)


def test_a_limit_does_not_take_a_function_for_a_constant():
    "What a letter moves inside a function is not seen: there is no answer, rather than a wrong one."
    logistic = Formula(value, 1 / (1 + sympy.exp(-x)))
    for says in (0, 1, sympy.Rational(1, 2)):
        assert prove(Claim("far out", logistic.limit(x, sympy.oo), "==", says)).status == "undecided"


def test_exact_arithmetic_of_a_function_is_of_numbers():
    "Of the table's own exact values."
    assert table()[sympy.gamma].exact(fmpq(5)) == 24 and table()[sympy.gamma].exact(fmpq(1, 2)) is None
    assert table()[sympy.exp].exact(fmpq(1)) is None
