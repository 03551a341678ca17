"""Letters of kind complex: how they are given, and where they may not stand."""

import pickle

import numpy as np
import pytest
import sympy
from sympy import im, re

from symrisk import Claim, Formula, Region, minimizer, monotonicity, threshold
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.symbols import gamma, lam, symbol

z = symbol("z", "z", "spectral parameter", kind="complex")
f = symbol("f", "f", "a function of it", kind="complex")
real = symbol("real", "r", "a real name")
HALF = Formula(f, gamma / z, on=Region(im(z) > 0))


def test_a_complex_letter_survives_what_nouns_do():
    assert pickle.loads(pickle.dumps(z)) == z and z != symbol("z", "z", "spectral parameter")
    assert repr(HALF.inputs).splitlines()[1] == "z      spectral parameter (complex)"


def test_inputs_are_taken_as_numbers_arrays_and_text():
    value = 2 / (1 + 2j)
    assert HALF(z=1 + 2j, gamma=2) == HALF(z="1+2i", gamma=2) == HALF(z=1 + 2 * sympy.I, gamma=2) == pytest.approx(value)
    assert HALF(z=[1 + 2j, 2j], gamma=[[1], [2]]).shape == (2, 2)
    assert HALF(z=HALF.digits(5, z="i", gamma=1).__class__(real=1, imag=2), gamma=2) == pytest.approx(value)
    assert HALF.values(z=1 + 2j, gamma=2) == {"gamma": 2.0, "z": 1 + 2j, "f": pytest.approx(value)}


@pytest.mark.parametrize("given, error, says", [
    (dict(z=1 - 1j, gamma=2), DomainError, r"f holds for im\(z\) > 0; not at gamma=2, z=1-1i"),
    (dict(z=2, gamma=2), DomainError, r"im\(z\) > 0"),
    (dict(z=1j, gamma=2j), ArgumentError, "gamma=2j is not a real number"),
    (dict(z=1j, gamma=np.array([2j])), ArgumentError, "gamma is not made of real numbers"),
    (dict(z=complex("nan"), gamma=2), DomainError, "finite"),
    (dict(z=complex(0, float("inf")), gamma=2), DomainError, "finite"),
    (dict(z="1+2k", gamma=2), ArgumentError, "not a complex number"),
    (dict(z=None, gamma=2), ArgumentError, "z"),
    (dict(z=True, gamma=2), ArgumentError, "z"),
    (dict(z=np.array([]) * 1j, gamma=2), DomainError, "empty"),
    (dict(z=np.ma.array([1j], mask=[True]), gamma=2), ArgumentError, "masked"),
    (dict(z=[1j, 2j], gamma=[1, 2, 3]), DomainError, "broadcast"),
    (dict(gamma=2), ArgumentError, "needs z"),
])
def test_wrong_inputs_are_refused(given, error, says):
    with pytest.raises(error, match=says):
        HALF(**given)


@pytest.mark.parametrize("given", [dict(z=1j, gamma=1), dict(z="i", gamma="i"), dict(z=0.5, gamma=1), dict(z=sympy.pi * sympy.I, gamma=1)])
def test_digits_take_exact_numbers_only(given):
    with pytest.raises(ArgumentError):
        HALF.digits(10, **given)


def test_points_outside_are_nan_where_asked_for():
    found = HALF(z=[1j, -1j], gamma=1, outside="nan")
    assert found[0] == -1j and np.isnan(found[1])


@pytest.mark.parametrize("made", [
    lambda: Formula(real, 1 / z), lambda: Formula(real, HALF.symbol, where={real: z}), lambda: Formula(f, real, where={real: HALF}),
    lambda: Region(z > 0) if False else Claim("ordered", z, ">", 0), lambda: Claim("ordered", HALF, "<=", HALF), lambda: HALF > 1,
    lambda: Claim("ordered", HALF * 2 - sympy.I, "<", 3), lambda: Region(sympy.Ne(z, 0)), lambda: HALF.at({gamma: z}), lambda: HALF.at({gamma: HALF}),
    lambda: HALF.limit(z, 0), lambda: HALF.curvature(z).graph, lambda: symbol("y", "y", "y", kind="complex", positive=True),
    lambda: Formula(f, sympy.Symbol("y", complex=True)), lambda: Region(sympy.I * lam > 0) if False else Formula(real, sympy.I * lam),
])
def test_a_complex_number_stands_for_no_real_one(made):
    "Nor has it an order: an inequality of complex sides is refused when it is made."
    with pytest.raises(ArgumentError):
        made()


@pytest.mark.parametrize("asked", [
    lambda: minimizer(Formula(real, im(z) ** 2 + lam), lam), lambda: monotonicity(Formula(real, lam * re(z)), lam),
    lambda: threshold(Formula(real, lam - re(z)), lam), lambda: Region(im(z) > 0).space(),
])
def test_what_reasons_by_signs_refuses_complex_letters(asked):
    with pytest.raises(NoMethod, match="z is complex|whether .*z. is continuous is not known"):
        asked()


def test_derivatives_by_a_complex_letter_are_those_of_analytic_functions():
    "Against a difference; the parts of such a function have none by it, and those of a real letter's do."
    u = symbol("u", "u", "a name", kind="complex")
    root = Formula(f, u, where={u: sympy.sqrt(z**2 + gamma)})
    step = 1e-6
    slope = root.diff(z)(z=1 + 1j, gamma=2)
    assert slope == pytest.approx((root(z=1 + 1j + step, gamma=2) - root(z=1 + 1j - step, gamma=2)) / (2 * step), rel=1e-8)
    assert slope == pytest.approx((root(z=1 + 1j + 1j * step, gamma=2) - root(z=1 + 1j - 1j * step, gamma=2)) / (2j * step), rel=1e-8)
    imaginary = Formula(real, im(u) ** 2, where={u: sympy.sqrt(z**2 + gamma)})
    found = imaginary.diff(gamma)(z=1 + 1j, gamma=2)
    assert found == pytest.approx((imaginary(z=1 + 1j, gamma=2 + step) - imaginary(z=1 + 1j, gamma=2 - step)) / (2 * step), rel=1e-7)
    with pytest.raises(NoMethod, match="has no derivative by z"):
        imaginary.diff(z)(z=1 + 1j, gamma=2)


def test_latex_says_re_and_im():
    assert Formula(real, im(z) + re(z) ** 2).latex() == r"r = \operatorname{Re}^{2} z + \operatorname{Im} z"
