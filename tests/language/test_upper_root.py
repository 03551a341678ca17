"""Roots above the real axis: Marchenko-Pastur, the semicircle and Silverstein's equation."""

import pickle
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from sympy import I, im

from symrisk import UPPER, Atoms, Empirical, Formula, Implicit, Mean, PowerLaw, Region
from symrisk.errors import ArgumentError, DomainError, NoMethod, NotConverged
from symrisk.symbols import H, gamma, lam, symbol, tau

z = symbol("z", "z", "spectral parameter", kind="complex")
m = symbol("m", "m", "Stieltjes transform", kind="complex")
v = symbol("v", "v", "companion Stieltjes transform", kind="complex")
f = symbol("f", "f", "a function of it", kind="complex")
real = symbol("real", "r", "a real name")
TWO = Atoms({1: "1/2", 4: "1/2"})

MP = Implicit.root(m, gamma * z * m**2 - (1 - gamma - z) * m + 1, between=UPPER)
SEMICIRCLE = Implicit.root(m, m**2 + z * m + 1, between=UPPER)
SILVERSTEIN = Implicit.root(v, -1 / v + gamma * Mean(tau / (1 + tau * v), H) - z, between=UPPER, far=-1 / z)
CUBIC = sympy.numer(sympy.together(-1 / v + gamma * (1 / (1 + v) + 4 / (1 + 4 * v)) / 2 - z))
BY_CUBIC = Implicit.root(v, sympy.expand(CUBIC), between=UPPER)
FOLLOWED = Formula(f, (v + (1 - gamma) / z) / gamma, where=SILVERSTEIN).at({H: TWO})
ISOLATED = Formula(f, (v + (1 - gamma) / z) / gamma, where=BY_CUBIC)
BOTH = pytest.mark.parametrize("transform", [FOLLOWED, ISOLATED], ids=["followed", "isolated"])


def density(transform):
    return Formula(real, im(m), where={m: transform})


@BOTH
def test_two_atoms_off_the_axis(transform):
    "Re and Im of m(1 + 0.2i), from an independent hand."
    assert str(transform.digits(30, z="1+0.2i", gamma="0.1")) == "-0.0865120786366723327597091865227 + 1.45554417388455614724525588312i"
    assert transform(z=1 + 0.2j, gamma=0.1) == pytest.approx(-0.0865120786366723 + 1.45554417388455614j, rel=1e-13)
    ball = transform.ball(40, z="1+0.2i", gamma="0.1")
    assert Fraction(Decimal("1.45554417388455614724525588312049314")) - Fraction(ball.imag.mid) < Fraction(1, 10**34)


@BOTH
def test_two_atoms_on_the_axis(transform):
    "The density at 1, the limit from above: inside the bulk the real axis is as good as any other point."
    with mpmath.workdps(30):
        found = mpmath.mpf(str(density(transform).digits(25, z=1, gamma="0.1"))) / mpmath.pi
        assert abs(found - mpmath.mpf("0.69554031747130788856")) < mpmath.mpf(10) ** -20
    assert density(transform)(z=1, gamma=0.1) / np.pi == pytest.approx(0.6955403174713079, rel=1e-13)


@pytest.mark.filterwarnings("ignore::symrisk.AccuracyWarning")
def test_two_routes_agree_on_a_grid():
    "Isolated zeros of a cubic, and continuation: near the axis, near an edge, far away, and of all sizes."
    points = np.concatenate([np.linspace(0.56, 1.4, 50), np.linspace(2.49, 6.05, 50), np.linspace(0.01, 8, 50) + 1e-9j,
                             [0.01j, 1e6j, 2 + 1e-12j, 0.5549599162502768 + 1e-9, -3 + 0.001j]])
    assert FOLLOWED(z=points, gamma=0.1) == pytest.approx(ISOLATED(z=points, gamma=0.1), rel=1e-9)


@pytest.mark.filterwarnings("ignore::symrisk.AccuracyWarning")
def test_the_mass_of_the_density_is_one():
    "Over both bulks, by the trapezoid in an angle, which is exact for square roots at edges to all digits shown."
    edges = [(0.5549599162502768, 1.408428408244152), (2.484920867329720, 6.051690808175851)]
    mass = 0
    for low, high in edges:
        angle = (np.arange(400) + 0.5) * np.pi / 400
        points = (low + high) / 2 - (high - low) / 2 * np.cos(angle)
        mass += np.sum(density(FOLLOWED)(z=points, gamma=0.1) * np.sin(angle)) * (high - low) / 2 / 400
    assert mass == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize("between, value", [((-sympy.oo, -1), "0.5549599162502768"), ((-1, "-1/2"), "1.408428408244152"),
                                            (("-1/2", "-1/4"), "2.484920867329720"), (("-1/4", 0), "6.051690808175851")])
def test_edges_are_real_roots(between, value):
    "Where dz/dv vanishes: a formula each."
    u = symbol("u", "u", "companion transform outside the bulk")
    slope = sympy.numer(sympy.together(1 / u**2 - gamma * (1 / (1 + u) ** 2 + 16 / (1 + 4 * u) ** 2) / 2))
    edge = Formula(real, -1 / u + gamma * (1 / (1 + u) + 4 / (1 + 4 * u)) / 2, where=Implicit.root(u, slope, between=between))
    assert str(edge.digits(16, gamma="0.1")).startswith(value[:16])
    assert edge(gamma=0.1) == pytest.approx(float(value), rel=1e-12)


def test_a_density_on_the_whole_line_is_one_by_cases():
    "It is zero where the discriminant says that all zeros are real: nothing is solved for there."
    discriminant = sympy.discriminant(sympy.expand(CUBIC), v)
    x = symbol("x", "x", "a point of the line")
    moved = Implicit.root(v, sympy.expand(CUBIC).xreplace({z: x}), between=UPPER)
    whole = Formula(real, sympy.Piecewise((im(v) / gamma, discriminant.xreplace({z: x}) < 0), (0, True)), where=moved)
    points = np.array([0.3, 1.0, 2.0, 3.0, 7.0])
    found = whole(x=points, gamma=0.1)
    assert found[[0, 2, 4]].tolist() == [0, 0, 0] and found[[1, 3]] == pytest.approx(density(ISOLATED)(z=points[[1, 3]], gamma=0.1))
    assert whole.digits(10, x=2, gamma="0.1") == 0


@pytest.mark.parametrize("ratio", [0.1, 1.0, 3.0])
def test_marchenko_pastur_in_closed_form(ratio):
    "The quadratic formula, on a grid of complex points and inside the bulk."
    points = np.array([0.3 + 0.7j, -2 + 0.01j, 5 + 3j, 1e-3j, 1.2, 1 + 1e-14j])
    value = Formula(f, m, where=MP)(z=points, gamma=ratio)
    root = np.sqrt(points - (1 + np.sqrt(ratio)) ** 2) * np.sqrt(points - (1 - np.sqrt(ratio)) ** 2 + 0j)
    assert value == pytest.approx((1 - ratio - points + root) / (2 * ratio * points), rel=1e-10)
    assert np.all(value.imag > 0)


def test_scales_scale():
    "Eigenvalues times c, and the point: the transform over c, at the farthest scales."
    for scale in (10**9, Fraction(1, 10**9)):
        law = Atoms({scale: "1/2", 4 * scale: "1/2"})
        moved = Formula(f, (v + (1 - gamma) / z) / gamma, where=SILVERSTEIN).at({H: law})
        found = moved(z=float(scale) * np.array([1, 1 + 0.2j, 3, 0.1 + 0.1j]), gamma=0.1) * float(scale)
        assert found == pytest.approx(FOLLOWED(z=np.array([1, 1 + 0.2j, 3, 0.1 + 0.1j]), gamma=0.1), rel=1e-12)
        cubic = Formula(f, m, where=Implicit.root(m, m**2 + z * m / sympy.Rational(scale) + 1, between=UPPER))
        assert cubic(z=float(scale), gamma=1) if "gamma" in cubic.inputs else cubic(z=float(scale)) == pytest.approx(-0.5 + 0.75**0.5 * 1j)


def test_imaginary_parts_below_rounding_keep_their_digits():
    "Outside the bulk Im m is m' Im z, however small beside Re m."
    transform = Formula(f, m, where=MP)
    slope = transform.diff(z)
    found = transform(z=5 + 1e-25j, gamma=0.5)
    assert found.imag == pytest.approx(1e-25 * slope(z=5 + 1e-8j, gamma=0.5).real, rel=1e-6)
    assert complex(transform.digits(10, z="5+1e-25i", gamma="0.5")) == pytest.approx(found, rel=1e-9)


def test_a_zero_real_part_is_known_exactly():
    "The zeros of the semicircle's equation lie symmetrically to the imaginary axis at 2i: the only one above is on it."
    assert str(Formula(f, m, where=SEMICIRCLE).digits(20, z="2i")) == "0 + 0.41421356237309504880i"


@pytest.mark.parametrize("where, given", [(MP, dict(z=5, gamma="1/2")), (SEMICIRCLE, dict(z=3))])
def test_outside_the_bulk_there_is_none(where, given):
    "All zeros are real there: a refusal that says so, on arrays and in digits."
    for asked in (Formula(real, im(m), where=where), lambda **values: Formula(real, im(m), where=where).digits(10, **values)):
        with pytest.raises(DomainError, match="no m above the real axis there"):
            asked(**given)


def test_several_above_are_refused():
    with pytest.raises(DomainError, match="2 zeros above the real axis for m there"):
        Formula(real, im(m), where=Implicit.root(m, m**4 + lam, between=UPPER))(lam=1)
    with pytest.raises((DomainError, NotConverged)):
        Formula(real, im(m), where=Implicit.root(m, m**4 + lam, between=UPPER)).digits(10, lam=1)


def test_outside_the_bulk_nothing_is_followed():
    with pytest.raises(NotConverged):
        density(FOLLOWED)(z=2, gamma=0.1)
    with pytest.raises(NotConverged):
        density(FOLLOWED).digits(10, z=2, gamma="0.1")
    with pytest.raises(DomainError, match="no v below the real axis"):
        density(FOLLOWED)(z=1 - 0.2j, gamma=0.1)


def test_slopes_are_those_of_a_difference():
    for transform in (FOLLOWED, ISOLATED):
        for letter, step in ((z, 1e-6), (gamma, 1e-7)):
            point = {"z": 1.2 + 0.3j, "gamma": 0.4}
            up, down = ({**point, letter.name: point[letter.name] + side * step} for side in (1, -1))
            assert transform.diff(letter)(**point) == pytest.approx((transform(**up) - transform(**down)) / (2 * step), rel=1e-6)
    by_gamma = density(FOLLOWED).diff(gamma)(z=1.2, gamma=0.4)
    assert by_gamma == pytest.approx((density(FOLLOWED)(z=1.2, gamma=0.4 + 1e-7) - density(FOLLOWED)(z=1.2, gamma=0.4 - 1e-7)) / 2e-7, rel=1e-5)


@pytest.mark.parametrize("law", [PowerLaw(1, 300), Empirical(np.linspace(0.5, 3, 33)).exactly()], ids=["power", "measured"])
def test_any_law_is_followed(law):
    "The residual of Silverstein's equation at the digits given, by hand in mpmath."
    companion = Formula(f, v, where=SILVERSTEIN).at({H: law})
    with mpmath.workdps(40):
        digits = companion.digits(30, z="3/2+1/10i", gamma="1/3")
        x = mpmath.mpc(str(digits.real), str(digits.imag))
        atoms = [(mpmath.mpf(int(t.p)) / int(t.q), mpmath.mpf(int(w.p)) / int(w.q)) for (t,), w in law.points]
        left = -1 / x + sum(w * t / (1 + t * x) for t, w in atoms) / 3 - mpmath.mpc("1.5", "0.1")
        assert abs(left) < mpmath.mpf(10) ** -27
    assert companion(z=1.5 + 0.1j, gamma=1 / 3) == pytest.approx(complex(digits), rel=1e-12)


def test_the_unknown_may_be_given():
    assert Formula(real, im(v), where=SILVERSTEIN)(v=2j) == 2.0


def test_definitions_survive_pickling_and_renaming():
    again = pickle.loads(pickle.dumps(FOLLOWED))
    assert again == FOLLOWED and again(z=1 + 1j, gamma=0.5) == FOLLOWED(z=1 + 1j, gamma=0.5)
    doubled = FOLLOWED + FOLLOWED.at({gamma: 2 * gamma})
    assert doubled(z=1 + 1j, gamma=0.5) == pytest.approx(FOLLOWED(z=1 + 1j, gamma=0.5) + FOLLOWED(z=1 + 1j, gamma=1.0))
    moved = FOLLOWED.at({z: z + I})
    assert moved(z=1, gamma=0.5) == pytest.approx(FOLLOWED(z=1 + 1j, gamma=0.5))


@pytest.mark.parametrize("made", [
    lambda: Implicit.root(m, sympy.exp(m) - z, between=UPPER), lambda: Implicit.root(lam, lam**2 + 1, between=UPPER),
    lambda: Implicit.root(m, m**2 + 1), lambda: Implicit.root(m, m**2 + sympy.conjugate(m) * z, between=UPPER),
    lambda: Implicit.root(v, -1 / v - z, between=UPPER), lambda: Implicit.root(v, -1 / v - z, between=UPPER, far=-1 / lam),
    lambda: Implicit.root(v, -1 / v - im(z), between=UPPER, far=-1 / z), lambda: Implicit.root(v, -1 / v - lam, between=UPPER, far=-1 / z),
    lambda: Implicit.root(m, z + 1, between=UPPER), lambda: Implicit.root(lam, lam - 1, far=-1 / z), lambda: Implicit.root(m, 0.5 * m + z, between=UPPER),
    lambda: Region(sympy.Eq(z, 1)),
])
def test_wrong_definitions_are_refused(made):
    with pytest.raises(ArgumentError):
        made()


def test_a_law_that_is_a_letter_is_asked_for():
    with pytest.raises((NoMethod, ArgumentError), match="H"):
        Formula(f, v, where=SILVERSTEIN)(z=1j, gamma=0.5)


def test_what_is_solved_is_printed():
    assert r"\text{ with } \operatorname{Im} v > 0" in FOLLOWED.latex()
    assert "close to -1/z far above the real axis" in Formula(f, v, where=SILVERSTEIN).__doc__
