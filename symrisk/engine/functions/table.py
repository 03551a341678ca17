"""The functions that formulas may use, a row each.

What is said here is taken for true by evaluation and by proofs; `tests/engine/test_functions.py`
holds each row against other libraries: values, errors, bounds, slopes.
"""

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import sympy
from flint import arb, fmpq
from sympy import Rational

from symrisk.engine.arrays.ulps import over
from symrisk.engine.functions.error_function import erf, erfc, exp_of_minus_square
from symrisk.engine.functions.hurwitz import hurwitz
from symrisk.engine.functions.known import Known, Number
from symrisk.engine.functions.normal import normal_cdf, normal_pdf
from symrisk.engine.potential.arrays import UNIT

QUARTER_TURN = Rational(11, 7)
"""A rational number just above pi/2."""
HALF = np.sqrt(0.5)
DENSITY_AT_ZERO = 1 / np.sqrt(2 * np.pi)
LARGEST_FACTORIAL = 1000
ONE = sympy.Integer(1)


def at_zero(value: fmpq) -> Callable:
    """A function that is rational at 0 alone, as far as is known here."""
    return lambda x: value if x == 0 else None


def no_steeper(arguments: list, errors: list, value) -> float:
    """The error of a function whose slope is nowhere above one."""
    return errors[0]


def exponential(arguments, errors, value):
    """exp(x + e) - exp(x)."""
    return abs(value) * np.expm1(errors[0])


def bell(factor: float, scale: float, own: float = 0.0) -> Callable:
    """The error of a function whose slope is `factor` exp(-(scale x)^2).

    own: what is rounded of the argument itself, relative, before the function is taken.
    """

    def passed(arguments, errors, value):
        size = abs(arguments[0])
        error = errors[0] + own * size
        nearest = np.maximum(size - error, 0.0)
        return factor * exp_of_minus_square(scale * nearest) * error

    return passed


def of_density(arguments, errors, value):
    """The slope of the density is x times the density, which is largest where |x| is least."""
    size, error = abs(arguments[0]), errors[0]
    steepest = DENSITY_AT_ZERO * exp_of_minus_square(HALF * np.maximum(size - error, 0.0))
    return (size + error) * steepest * error


def of_arcsine(arguments, errors, value):
    """The slope is 1/sqrt(1 - x^2)."""
    farthest = np.minimum(abs(arguments[0]) + errors[0], 1.0)
    return over(errors[0], np.sqrt((1 - farthest) * (1 + farthest)))


def of_gamma(arguments, errors, value):
    """On positive numbers |digamma(x)| < log(1 + x) + 1/x; elsewhere poles may be near."""
    (x,), (error,) = arguments, errors
    least = np.where(x > error, x - error, 1.0)
    steep = np.log1p(x + error) + 1 / least
    bound = abs(value) * np.expm1(2 * steep * error)
    return np.where((x > error) | (np.asarray(error) == 0), bound, np.inf)[()]


def of_zeta(arguments, errors, value):
    """How far the values at the corners are: it is convex in each argument."""
    s, a = arguments if len(arguments) == 2 else (arguments[0], 1.0)
    e, f = errors if len(errors) == 2 else (errors[0], 0.0)
    bound = 0.0
    for one in (-e, e):
        for other in (-f, f):
            bound = np.maximum(bound, abs(hurwitz(s + one, a + other) - value))
    return np.where(np.isnan(bound), np.inf, bound)[()]


def gamma_of_floats(x):
    """Gamma, entry by entry; nan at its poles, infinite where it is too large."""
    return np.vectorize(_gamma, otypes=[float])(x)[()]


def _gamma(x):
    try:
        return math.gamma(x)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def factorial(x: fmpq):
    """Gamma of a whole number, where that is not too large to write down."""
    if x.q != 1 or not 0 < x <= LARGEST_FACTORIAL:
        return None
    return fmpq(math.factorial(int(x.p) - 1))


def density_in_balls(x):
    """exp(-x^2/2)/sqrt(2 pi)."""
    return (-x * x / 2).exp() / (2 * arb.pi()).sqrt()


def distribution_in_balls(x):
    """erfc(-x/sqrt(2))/2: nothing cancels where it is small."""
    return (-x / arb(2).sqrt()).erfc() / 2


def zeta_in_balls(s, a=None):
    """The sum of (k + a)^-s over whole k >= 0; of k^-s over k >= 1 for one argument."""
    if not s > 1 or (a is not None and not a > 0):
        return arb("nan")
    return s.zeta() if a is None else s.zeta(a)


@cache
def table() -> dict[type, Known]:
    """{SymPy's class: what is known of the function}."""
    return {
        sympy.exp: Known(
            np.exp,
            lambda x: x.exp(),
            exponential,
            source="exp({})",
            words={"exp": np.exp},
            exact=at_zero(fmpq(1)),
            takes_complex_arrays=True,
            low=0,
            rises=True,
            facts=lambda value, x: (value - 1 - x, 1 - value * (1 - x)),
            in_mpmath="exp",
        ),
        sympy.log: Known(
            None,
            None,
            None,
            rises=True,
            demands=lambda x: ((x, True),),
            facts=lambda value, x: (x - 1 - value, x * value - x + 1),
            in_mpmath="log",
        ),
        sympy.tanh: Known(
            np.tanh,
            lambda x: x.tanh(),
            no_steeper,
            source="tanh({})",
            words={"tanh": np.tanh},
            exact=at_zero(fmpq(0)),
            low=-1,
            high=1,
            rises=True,
            in_mpmath="tanh",
        ),
        sympy.erf: Known(
            erf,
            lambda x: x.erf(),
            bell(2 / np.sqrt(np.pi), 1.0),
            units=8,
            exact=at_zero(fmpq(0)),
            low=-1,
            high=1,
            rises=True,
            in_mpmath="erf",
        ),
        sympy.erfc: Known(
            erfc,
            lambda x: x.erfc(),
            bell(2 / np.sqrt(np.pi), 1.0),
            units=16,
            exact=at_zero(fmpq(1)),
            low=0,
            high=2,
            in_mpmath="erfc",
        ),
        normal_pdf: Known(
            lambda x: DENSITY_AT_ZERO * exp_of_minus_square(x, 2),
            density_in_balls,
            of_density,
            units=8,
            low=0,
            high=Rational(2, 5),
            in_mpmath="npdf",
        ),
        normal_cdf: Known(
            lambda x: erfc(-HALF * x) / 2,
            distribution_in_balls,
            bell(DENSITY_AT_ZERO, HALF, own=2 * UNIT),
            units=16,
            exact=at_zero(fmpq(1, 2)),
            low=0,
            high=1,
            rises=True,
            in_mpmath="ncdf",
        ),
        sympy.atan: Known(
            np.arctan,
            lambda x: x.atan(),
            no_steeper,
            source="arctan({})",
            words={"arctan": np.arctan},
            exact=at_zero(fmpq(0)),
            low=-QUARTER_TURN,
            high=QUARTER_TURN,
            rises=True,
            in_mpmath="atan",
        ),
        sympy.asin: Known(
            np.arcsin,
            lambda x: x.asin(),
            of_arcsine,
            exact=at_zero(fmpq(0)),
            low=-QUARTER_TURN,
            high=QUARTER_TURN,
            rises=True,
            demands=lambda x: ((1 - x, False), (1 + x, False)),
            in_mpmath="asin",
        ),
        sympy.sin: Known(
            np.sin,
            lambda x: x.sin(),
            no_steeper,
            source="sin({})",
            words={"sin": np.sin},
            exact=at_zero(fmpq(0)),
            takes_complex_arrays=True,
            low=-1,
            high=1,
            is_touched=True,
            in_mpmath="sin",
        ),
        sympy.cos: Known(
            np.cos,
            lambda x: x.cos(),
            no_steeper,
            source="cos({})",
            words={"cos": np.cos},
            exact=at_zero(fmpq(1)),
            takes_complex_arrays=True,
            low=-1,
            high=1,
            is_touched=True,
            in_mpmath="cos",
        ),
        sympy.gamma: Known(
            gamma_of_floats,
            lambda x: x.gamma(),
            of_gamma,
            units=32,
            exact=factorial,
            low=Rational(22, 25),
            demands=lambda x: ((x, True),),
            in_mpmath="gamma",
        ),
        sympy.zeta: Known(
            hurwitz,
            zeta_in_balls,
            of_zeta,
            units=64,
            is_analytic=False,
            low=0,
            demands=lambda s, a=ONE: ((s - 1, True), (a, True)),
        ),
    }


@cache
def numbers() -> dict[type, Number]:
    """{SymPy's class: what is known of the constant}."""
    golden = (1 + math.sqrt(5)) / 2
    return {
        type(sympy.pi): Number(math.pi, arb.pi, Rational(333, 106), Rational(355, 113), "pi"),
        type(sympy.E): Number(math.e, arb.const_e, Rational(19, 7), Rational(87, 32), "e"),
        type(sympy.GoldenRatio): Number(
            golden, _golden_ratio, Rational(377, 233), Rational(233, 144), "phi"
        ),
        type(sympy.EulerGamma): Number(
            float(np.euler_gamma), arb.const_euler, Rational(4, 7), Rational(7, 12), "euler"
        ),
    }


def _golden_ratio():
    return (1 + arb(5).sqrt()) / 2
