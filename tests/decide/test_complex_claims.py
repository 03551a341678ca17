"""Claims about complex numbers: identities, signs of parts, and identities modulo a root's polynomial."""

import json

import pytest
import sympy
from sympy import I, conjugate, im, re

from symrisk import UPPER, Claim, Formula, Implicit, Mean, Region, prove
from symrisk.decide.recheck import recheck
from symrisk.engine.expressions.split import Splitter
from symrisk.errors import ArgumentError, NoMethod, NotProved
from symrisk.symbols import H, gamma, lam, symbol, tau

z = symbol("z", "z", "spectral parameter", kind="complex")
s = symbol("s", "s", "another one", kind="complex")
m = symbol("m", "m", "Stieltjes transform", kind="complex")
v = symbol("v", "v", "companion", kind="complex")
f = symbol("f", "f", "a function of it", kind="complex")
real = symbol("real", "r", "a real name")
ABOVE = Region(im(z) > 0, over=(gamma,))
MP = Implicit.root(m, gamma * z * m**2 - (1 - gamma - z) * m + 1, between=UPPER)
M = Formula(f, m, where=MP, on=ABOVE)
V = Formula(f, gamma * m - (1 - gamma) / z, where=MP, on=ABOVE)
SILVERSTEIN = Implicit.root(v, -1 / v + gamma * Mean(tau / (1 + tau * v), H) - z, between=UPPER, far=-1 / z)

TRUE = {
    "the imaginary part of an inverse": (im(1 / z), "==", -im(z) / (re(z) ** 2 + im(z) ** 2), ABOVE),
    "its sign": (im(1 / z), "<", 0, ABOVE),
    "the conjugate of a quotient": (conjugate((z + I) / (z * s)), "==", (conjugate(z) - I) / conjugate(z * s), Region(im(z) > 0, im(s) < 0)),
    "the unit": (I**3 + z, "==", z - I, Region(over=(z,))),
    "the modulus": (re(z * conjugate(z)), ">=", 0, Region(over=(z,))),
    "a resolvent of a letter": (im(1 / (lam - z)), ">", 0, Region(im(z) > 0, over=(lam,))),
    "means commute with conjugation": (conjugate(Mean(1 / (tau - z), H)), "==", Mean(1 / (tau - conjugate(z)), H), Region(im(z) > 0, over=(H,))),
    "the resolvent identity": (1 / (lam - z) - 1 / (lam - s), "==", (z - s) / ((lam - z) * (lam - s)), Region(im(z) > 0, im(s) > 0, over=(lam,))),
    "the quadratic": (gamma * z * M**2 + 1, "==", (1 - gamma - z) * M, ABOVE),
    "the fixed point": (M, "==", 1 / (1 - gamma - z - gamma * z * M), ABOVE),
    "the companion's equation": (-1 / V + gamma / (1 + V), "==", z, ABOVE),
    "a height": (Formula(real, im(m) * gamma, where=MP, on=ABOVE), ">", 0, Region()),
    "the height of an inverse": (Formula(real, im(-1 / m), where=MP, on=ABOVE), ">", 0, Region()),
    "the height of what is followed": (Formula(real, im(v), where=SILVERSTEIN, on=ABOVE), ">", 0, Region()),
}
FALSE = {
    "a square is not negative": (re(z**2), ">=", 0, Region(over=(z,))),
    "a modulus squared is a square": (z * conjugate(z), "==", z**2, Region(over=(z,))),
    "the sign of a part": (Formula(real, re(m), where=MP, on=ABOVE), ">", 0, Region()),
    "another quadratic": (gamma * z * M**2 + 1, "==", (1 + gamma - z) * M, ABOVE),
    "another equation of the companion": (-1 / V + gamma / (1 + V), "==", z + 1, ABOVE),
}


@pytest.mark.parametrize("says", TRUE)
def test_what_is_true_is_proved(says):
    "By certificates that survive JSON, are looked at again from their text, and can be read."
    left, rel, right, on = TRUE[says]
    claim = Claim(says, left, rel, right, on=on)
    verdict = prove(claim)
    assert verdict.status == "proved", str(verdict)
    recheck(claim, json.loads(json.dumps(verdict.certificate)))
    assert str(verdict) and (verdict._repr_markdown_() or len(str(verdict)) > 2000)


@pytest.mark.parametrize("says", FALSE)
def test_what_is_false_is_refuted(says):
    "With an exact point: the parts of each complex letter."
    verdict = prove(Claim(says, *FALSE[says][:3], on=FALSE[says][3]))
    assert verdict.status == "refuted" and {"re_z", "im_z"} <= set(map(str, verdict.witness)), str(verdict)


@pytest.mark.parametrize("claim", [
    Claim("no value at zero", im(1 / z), "==", -im(z) / (re(z) ** 2 + im(z) ** 2), on=Region(over=(z,))),
    Claim("cancelled at zero", Formula(f, z / s, where={}, on=Region(over=(z, s))) * s, "==", z),
    Claim("a square root", sympy.sqrt(z) * sympy.sqrt(s), "==", sympy.sqrt(z * s), on=Region(im(z) > 0, im(s) > 0)),
    Claim("a slope that may not exist", M.diff(z) * (2 * gamma * z * M - (1 - gamma - z)), "==", -(gamma * M**2 + M)),
])
def test_what_may_have_no_value_stays_undecided(claim):
    assert prove(claim).status == "undecided"


def test_the_branch_of_a_product_of_roots_is_not_taken_for_granted():
    "sqrt(z) sqrt(s) = sqrt(z s) is false for some z and s in the plane: no real algebra is applied to it."
    assert prove(Claim("roots multiply", sympy.sqrt(z) * sympy.sqrt(s), "==", sympy.sqrt(z * s), on=Region(over=(z, s)))).status != "proved"


def test_equivalences_about_parts_are_decided():
    claim = Claim("an inverse lies above exactly where the number lies below", im(1 / z), ">", 0, on=Region(re(z) > 0), iff=im(z) < 0)
    assert prove(claim).status == "proved"


def test_an_order_of_complex_sides_is_refused():
    with pytest.raises(ArgumentError, match="no order"):
        Claim("ordered", M, ">", 0)


def test_a_forged_part_is_not_confirmed():
    "The real part's certificate for the imaginary one's."
    claim = Claim("inverse", 1 / z, "==", conjugate(z) / (z * conjugate(z)), on=ABOVE)
    certificate = prove(claim).certificate
    first, second = certificate["parts"]
    with pytest.raises(NotProved):
        recheck(claim, {"parts": [second, first]})
    with pytest.raises(NotProved):
        recheck(claim, {"parts": [first]})
    with pytest.raises(NotProved):
        recheck(Claim("another", 1 / z, "==", conjugate(z) / (z * conjugate(z)) + I, on=ABOVE), certificate)


def test_letters_of_parts_do_not_meet_others():
    clash = symbol("re_z", "r", "a real letter of that name")
    assert prove(Claim("clash", re(1 / z), "==", clash, on=Region(im(z) > 0, over=(clash,)))).status == "undecided"


def test_parts_are_those_of_complex_arithmetic():
    "Against Python's numbers."
    x, y, u, w = (symbol(name, name, "a real number") for name in "xyuw")
    splitter = Splitter({z: (x, y), s: (u, w)})
    point = {x: 2, y: -3, u: sympy.Rational(1, 2), w: 5}
    for expression in (z**3 / s, conjugate(z) * I - re(s), (z + s) ** -2, im(z * s) + z, sympy.Abs(z) ** 2 * s):
        value = complex(expression.xreplace({z: sympy.Integer(2) - 3 * I, s: sympy.Rational(1, 2) + 5 * I}))
        found = [complex(part.xreplace(point)).real for part in splitter.parts(expression)]
        assert complex(*found) == pytest.approx(value)
    with pytest.raises(NoMethod):
        splitter.parts(sympy.log(z))
    with pytest.raises(NoMethod):
        splitter.real(z * I)
