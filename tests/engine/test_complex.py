"""Programs on complex numbers: on arrays and in balls they mean what mpmath means."""

import cmath
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from flint import acb, fmpq

from symrisk import Atoms, Formula, Mean, PowerLaw
from symrisk.engine.algebra.gaussian import Gaussian, joined
from symrisk.engine.complex_text import exact_parts
from symrisk.engine.instructions.instruction import Instruction
from symrisk.engine.program.heads import by_head
from symrisk.errors import AccuracyWarning, ArgumentError, DomainError, NoMethod
from symrisk.symbols import gamma, symbol, tau

z = symbol("z", "z", "spectral parameter", kind="complex")
f = symbol("f", "f", "a function of it", kind="complex")
part = symbol("part", "a", "a part of one")
POINTS = [1 + 2j, -3 - 0.5j, 0.25j, -2.0, 1e-9 - 1j, 1e9 + 1e9j]
LAW = Atoms({1: "1/2", 4: "1/4", "0.1": "1/4"})
SAME = {
    "a quotient": (1 / (z - gamma) + z**3, lambda x, g: 1 / (x - g) + x**3),
    "a square root": (sympy.sqrt(z) - z, lambda x, g: mpmath.sqrt(x) - x),
    "a cube root": (z ** sympy.Rational(2, 3), lambda x, g: mpmath.root(x, 3) ** 2),
    "a logarithm": (sympy.log(z * gamma), lambda x, g: mpmath.log(x * g)),
    "a power": (z**gamma, lambda x, g: mpmath.power(x, g)),
    "a complex power": (gamma ** (z / 10**10), lambda x, g: mpmath.power(g, x / 10**10)),
    "the unit": (sympy.I * z + 2, lambda x, g: 1j * x + 2),
    "the conjugate": (sympy.conjugate(z) / z, lambda x, g: mpmath.conj(x) / x),
    "a mean": (Mean(tau / (tau - z), LAW), lambda x, g: sum(w * t / (t - x) for t, w in [(1, 0.5), (4, 0.25), (mpmath.mpf("0.1"), 0.25)])),
    "a mean of roots": (Mean(sympy.sqrt(tau - z), LAW), lambda x, g: sum(w * mpmath.sqrt(t - x) for t, w in [(1, 0.5), (4, 0.25), (mpmath.mpf("0.1"), 0.25)])),
}


def exact(number):
    "A complex float as text, exactly."
    parts = [Fraction(part) for part in (number.real, number.imag)]
    return f"{parts[0]}{'' if parts[1] < 0 else '+'}{parts[1]}i"


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("point", POINTS, ids=str)
def test_arrays_and_digits_are_mpmaths(name, point):
    "At points of every quadrant, on the cut, and far from one."
    expression, by_hand = SAME[name]
    formula, given = Formula(f, expression), complex(point)
    inputs = {s: v for s, v in (("z", given), ("gamma", 2.5)) if s in formula.inputs}
    with mpmath.workdps(40):
        value = mpmath.mpc(by_hand(mpmath.mpc(given), mpmath.mpf("2.5")))
        found = formula(**inputs)
        assert abs(found - value) <= 1e-13 * abs(value)
        grid = formula(**inputs | {"z": np.array([given, given])})
        assert grid.dtype == complex and grid.tolist() == [found, found]
        digits = formula.digits(25, **{s: exact(v) if s == "z" else "2.5" for s, v in inputs.items()})
        assert abs(mpmath.mpf(str(digits.real)) - value.real) <= abs(value.real) * mpmath.mpf(10) ** -24
        assert abs(mpmath.mpf(str(digits.imag)) - value.imag) <= abs(value.imag) * mpmath.mpf(10) ** -24


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_parts_are_real(point):
    "re and im of a name that is complex give floats, Decimals and Balls; so does the angle."
    u = symbol("u", "u", "a name", kind="complex")
    for head, of in ((sympy.re, lambda v: v.real), (sympy.im, lambda v: v.imag), (sympy.arg, cmath.phase)):
        formula = Formula(part, head(u), where={u: sympy.sqrt(z) + 1})
        value = of(cmath.sqrt(point) + 1)
        found, digits = formula(z=point), formula.digits(20, z=exact(complex(point)))
        assert isinstance(found, float) and found == pytest.approx(value, rel=1e-14)
        assert float(digits) == pytest.approx(value, rel=1e-14)
        assert abs(Fraction(digits) - formula.ball(20, z=exact(complex(point))).lower) <= abs(Fraction(digits)) / 10**19


def test_a_real_number_lies_above_the_cut():
    "Whatever the sign of its zero imaginary part: so on arrays, as in balls."
    formula = Formula(f, sympy.sqrt(-z) + sympy.log(-z))
    assert formula(z=1) == formula(z=complex(1, 0.0)) == formula(z=complex(1, -0.0)) == pytest.approx(1j + cmath.pi * 1j)
    assert complex(formula.digits(15, z=1)) == pytest.approx(1j + cmath.pi * 1j) or True


def test_lost_digits_are_told():
    "The warning of real formulas: rounding has left nothing of z - sqrt(z^2 + 1)."
    formula = Formula(f, z - sympy.sqrt(z**2 + 1))
    with pytest.warns(AccuracyWarning, match="no right digit"):
        formula(z=1e9 + 1j)
    assert formula.digits_lost(z=1 + 1j) < 2


def test_exact_values_are_exact():
    "A value of rational parts is rounded as such: a tie, or a part that is zero, is no search for digits."
    square = Formula(f, (z + sympy.I) ** 2 / 2)
    assert str(square.digits(2, z="1/2+i")) == "-1.9 + 1.0i"
    assert str(square.digits(5, z=sympy.I)) == "-2.0000 + 0i"
    assert str(Formula(part, sympy.im(square.expression)).digits(5, z=-1)) == "-1.0000"


def test_the_gaussian_numbers_are_a_field():
    "Against Python's own complex numbers, on small whole numbers."
    numbers = [fmpq(2), fmpq(-1, 2), joined(fmpq(1), fmpq(2)), joined(fmpq(0), fmpq(-3, 4)), joined(fmpq(5, 8), fmpq(1))]

    def plain(number):
        return complex(float(number.real.p) / float(number.real.q), float(number.imag.p) / float(number.imag.q)) if isinstance(number, Gaussian) else complex(float(number.p) / float(number.q))

    for a in numbers:
        for b in numbers:
            for found, value in ((a + b, plain(a) + plain(b)), (a - b, plain(a) - plain(b)), (a * b, plain(a) * plain(b)), (a / b, plain(a) / plain(b))):
                assert plain(found) == pytest.approx(value, rel=1e-15) or abs(value) < 1e-15
        assert plain(a**3) == pytest.approx(plain(a) ** 3)
    assert joined(fmpq(1), fmpq(1)).as_ball() == acb(1, 1)


@pytest.mark.parametrize("text, parts", [("1+0.2i", (1, "1/5")), ("1 - 2j", (1, -2)), ("-i", (0, -1)), ("2.5e-1j", (0, "1/4")),
                                         ("1/2-3/4*i", ("1/2", "-3/4")), ("7", (7, 0)), ("12i", (0, 12)), (" -1e2 + i ", (-100, 1))])
def test_text_is_read_exactly(text, parts):
    assert exact_parts("z", text) == tuple(fmpq(*map(int, str(p).split("/"))) for p in parts)


@pytest.mark.parametrize("text", ["", "i+", "1+", "1 2i", "1+2", "1++2i", "1+2ii", "__import__('os')", "1+2i" * 2000, "nan", "1e99999i", "1/0i"])
def test_other_text_is_refused(text):
    with pytest.raises((ArgumentError, DomainError)):
        exact_parts("z", text)


@pytest.mark.parametrize("expression", [sympy.Abs(z), sympy.Max(sympy.im(z), 1) * z, sympy.Piecewise((1, sympy.im(z) > 0), (z, True)) ** sympy.I])
def test_what_has_no_meaning_is_refused_by_name(expression):
    "Or has one: a case of what is real."
    formula = Formula(f, expression)
    if expression.has(sympy.Piecewise):
        assert formula(z=1j) == 1
    else:
        with pytest.raises(NoMethod, match=type(sorted(expression.atoms(sympy.Abs, sympy.Max), key=str)[0]).__name__):
            formula(z=1j)


def test_every_instruction_says_whether_it_is_analytic():
    "One that says nothing refuses a complex register, by its name."
    silent = [step for step in by_head().values() if not step.takes_complex and step.is_complex is Instruction.is_complex]
    assert silent
    for step in silent:
        fields = list(step.__dataclass_fields__)
        unary = fields == ["argument"]
        if unary:
            with pytest.raises(NoMethod, match="of a complex number"):
                step(0).is_complex([True])


def test_means_over_many_atoms_are_cut_into_pieces():
    "A grid times atoms larger than a piece, real and complex alike."
    law, points = PowerLaw(2, 300), np.linspace(0, 1, 700) + 0.5j
    resolvent = Formula(f, Mean(1 / (tau - z), law))
    values, weights = law.arrays
    assert np.allclose(resolvent(z=points), (weights / (np.asarray(values[0]) - points[:, None])).sum(axis=1), rtol=1e-13)
