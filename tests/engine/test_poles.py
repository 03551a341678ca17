"""A pole never hides: what is infinite on the way to a value is refused, however finite the value would look."""

import numpy as np
import pytest
import sympy
from sympy import Piecewise, Rational

from symrisk import Atoms, Mean
from symrisk.engine.arrays import fast, grid
from symrisk.engine.arrays.grid import BLOCK, Check, Offence
from symrisk.engine.program.builder import Builder
from symrisk.errors import DomainError
from symrisk.symbols import symbol, tau
from symrisk.theorems.transfer import late_fusion

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a positive letter", positive=True)


def run(expression, arrays, inputs):
    """An expression on arrays."""
    return grid.run(Builder({}, inputs, ()).program([expression]), arrays, ())


POLE = b / (1 + 1 / (a - 1))
HIDDEN = {"a pole under a quotient": POLE, "a pole in a case's condition": Piecewise((b, 1 / (a - 1) > 0), (a, True)),
          "a pole as an exponent": Rational(1, 2)**(1 / (a - 1)), "the logarithm of zero": b / sympy.log(3 * a - 3),
          "an overflow": b / (1 + (b - a + 1)**2048)}


@pytest.mark.parametrize("backend", [grid.run, pytest.param(fast.run, marks=pytest.mark.skipif(
    not fast.installed(), reason="needs the [fast] extra"))], ids=["numpy", "numba"])
@pytest.mark.parametrize("name", HIDDEN)
def test_a_pole_does_not_hide(name, backend):
    "What is infinite on the way is an offence, where arithmetic with infinity would give an ordinary number again."
    program = Builder({}, (a, b), ()).program([HIDDEN[name], a])
    if backend is fast.run and not fast.is_fused(program):
        pytest.skip("no machine code for it")
    values = np.full(BLOCK + 5, 2.0)
    values[BLOCK + 2] = 1.0
    for arrays, index in (([np.ones(()), np.full((), 2.0)], 0), ([values, np.full((), 2.0)], BLOCK + 2)):
        for masked in (False, True):
            with pytest.raises(Offence) as offence:
                backend(program, arrays, (), masked)
            assert offence.value.index == index


def test_a_pole_under_a_mean_does_not_hide():
    "Inside a mean as well, at one atom of two."
    mean = Mean(b / (1 + 1 / (a - tau)), Atoms({1: "1/2", 3: "1/2"}))
    for shape in ((), (5,)):
        with pytest.raises(Offence):
            run(mean, [np.ones(shape), np.full(shape, 2.0)], (a, b))


def test_a_pole_is_no_side_of_a_check():
    "An infinite slack is no proof that a hypothesis holds."
    program = Builder({}, (a, b), ()).program([a + b, 1 / (a - 1)])
    for shape in ((), (3,)):
        with pytest.raises(Offence, match="^.*above.*$"):
            grid.run(program, [np.ones(shape), np.ones(shape)], (Check(program.outputs[1], ">", "above"),))


def test_a_missing_input_is_masked():
    "With `masked`, nan in is nan out, also where it would not show; an infinite input is a mistake all the same."
    program = Builder({}, (a, b), ()).program([b / (1 + a), a, b])
    checks = [Check(register, "finite", "finite") for register in program.outputs[1:]]
    values = np.array([1.0, np.nan])
    assert np.array_equal(grid.run(program, [values, np.float64(4)], checks, True), [2.0, np.nan], equal_nan=True)
    assert np.isnan(grid.run(program, [values[1:], np.float64(4)], checks, True)).all()
    with pytest.raises(Offence):
        grid.run(program, [np.array([1.0, np.inf]), np.float64(4)], checks, True)


PEAK = dict(inner12=1, n1=99, n2=30, p=100, sigma1_sq=1, sigma2_sq=1, theta1_sq=1, theta_sq=1)


@pytest.mark.parametrize("name", ["best_weight", "free_weight1", "free_weight2"])
def test_a_weight_at_the_peak_of_a_fit_is_refused(name):
    "Within one row of the peak the source's fit has infinite variance: no weight is 0 for that, on a grid or in digits."
    formula = getattr(late_fusion, name)
    many = dict(PEAK, n1=np.array([90.0, 99.0]))
    calls = [lambda: formula(**PEAK), lambda: formula(**many), lambda: formula(**many, backend="numba" if fast.installed() else None),
             lambda: formula.digits(10, **PEAK), lambda: formula.ball(10, **PEAK)]
    for call in calls:
        with pytest.raises(DomainError, match="zeta1 >= 0; not at .*n1=99"):
            call()
    masked = formula(**many, outside="nan")
    assert np.isfinite(masked[0]) and np.isnan(masked[1])
