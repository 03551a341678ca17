"""Room for what comes: a toy of each kind of name runs through call, digits, diff, prove and LaTeX."""

import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from sympy import Integer, Rational

from symrisk import Atoms, Claim, Formula, Implicit, Mean, Region, prove
from symrisk.decide.recheck import recheck
from symrisk.errors import NotProved
from symrisk.symbols import H, gamma, symbol, tau, w

kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
lam = symbol("lam", r"\lambda", "ridge penalty on X'X/n", positive=True)
cross = symbol("cross", r"\langle\theta_2,\delta\rangle", "inner product of signal and shift")
square = symbol("square", r"x^2", "a square")
shrunk = symbol("shrunk", "f", "a ratio")

isotropic_ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
filtered = Formula(shrunk, kappa / (1 + kappa), where={**isotropic_ridge})
mean_of = Formula(shrunk, Mean(tau / (tau + lam), H))
two_atoms = Atoms({1: "1/2", 4: "1/2"})


def test_a_root_name_evaluates_to_the_root():
    "kappa is the positive zero of its quadratic, on a grid and to 30 digits, also where the plain formula cancels."
    lams = np.array([1e-16, 0.1, 3.0])
    exact = [float(filtered.digits(30, gamma="1/2", lam=v)) for v in ("1e-16", "0.1", "3")]
    assert np.allclose(filtered(gamma=0.5, lam=lams), exact, rtol=1e-14)


def test_the_derivative_of_a_root_name_is_implicit():
    "d kappa/d lam solves a linear equation; it agrees with a difference quotient of exact values."
    step = Fraction(1, 10**15)
    ahead, behind = (Fraction(filtered.digits(60, gamma=2, lam=Fraction(1, 10) + s * step)) for s in (1, -1))
    slope = Fraction(filtered.diff(lam).digits(40, gamma=2, lam="0.1"))
    assert abs((ahead - behind) / (2 * step) - slope) < Fraction(1, 10**27)


def test_a_claim_takes_the_root_name_as_coordinate():
    "The effective ridge grows with the ridge: proved with lam as a rational function of kappa, nothing solved."
    verdict = prove(Claim("more ridge, more effective ridge", filtered.diff(lam), ">", 0))
    assert verdict.status == "proved"
    assert any(link["variable"] == "kappa" for cell in verdict.certificate["cells"] for link in cell["chart"])


def test_an_implicit_name_may_be_given():
    "Giving kappa makes it a coordinate: gamma and lam are then not needed, and refused."
    assert filtered(kappa=3) == 0.75
    with pytest.raises(TypeError, match="lam"):
        filtered(kappa=3, lam=1)


def test_a_root_name_prints_its_equation():
    "LaTeX shows the polynomial and which of its zeros is meant, not radicals."
    assert r"\kappa^{2}" in filtered.latex() and r"\kappa &\text{ is the positive solution of }" in filtered.latex()


def test_a_free_real_symbol_makes_two_cells():
    "A claim over a real symbol is proved on both halves of the line."
    region = Region(over=(cross,))
    verdict = prove(Claim("a square plus one is positive", cross**2 + 1, ">", 0, on=region))
    assert len(region.cells) == 2 and verdict.status == "proved" and len(verdict.certificate["cells"]) == 2


def test_a_two_cell_formula_runs_everywhere():
    "A formula over a real symbol takes both signs, in digits, on a grid and in its derivative."
    formula = Formula(square, cross**2)
    assert formula(cross=np.array([-2.0, 3.0])).tolist() == [4.0, 9.0]
    assert formula.diff(cross).digits(3, cross="-1/2") == -1


def test_a_mean_over_two_atoms_is_their_sum():
    "Mean over (1, 4) of tau/(tau + lam), on a grid, to digits and differentiated."
    at_one = (Rational(1, 2) + Rational(4, 5)) / 2
    assert mean_of(H=two_atoms, lam=1.0) == pytest.approx(float(at_one), rel=1e-15)
    assert mean_of.digits(20, H=two_atoms, lam=1) == mean_of.at({H: two_atoms}).digits(20, lam=1)
    assert mean_of.diff(lam).at({H: two_atoms}).digits(20, lam=1) == Decimal("-0.205")


def test_a_claim_over_atoms_is_proved():
    "Less is kept with more ridge, over two atoms."
    assert prove(Claim("more ridge keeps less", mean_of.at({H: two_atoms}).diff(lam), "<", 0)).status == "proved"


def test_a_mean_prints_as_an_integral():
    "The law keeps its letter, the eigenvalue is bound."
    assert r"\int" in mean_of.latex() and r"dH(\tau)" in mean_of.latex()
    assert tau not in mean_of.graph.names


def test_the_isotropic_mean_closes_the_fixed_point():
    "kappa of one atom at 1 from the general equation is the isotropic quadratic's."
    general = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
    atoms = Formula(shrunk, Mean(tau * kappa / (tau + kappa), H), where={**general})
    claim = Claim("one atom is isotropic", atoms.at({H: Atoms({1: 1})}), "==", filtered)
    assert prove(claim).status == "proved"


def test_a_certificate_survives_json():
    "Written as JSON and read back, the certificate still proves its claim, and a changed one does not."
    claim = Claim("c is convex", (w**2 + (1 - w)**2) / (w * (2 - w)), ">=", Rational(1, 2), on=Region(w > 0, w <= 1))
    certificate = json.loads(json.dumps(prove(claim).certificate))
    recheck(claim, certificate)
    certificate["cells"][0]["factors"][0]["polynomial"]["terms"][0][1] = "-7"
    with pytest.raises(NotProved):
        recheck(claim, certificate)


def test_a_definition_by_cases_is_decided_case_by_case():
    "A two-case name: max(w - 1/2, 0) is at most 1/2 on 0 <= w <= 1."
    from sympy import Piecewise
    excess = Formula(shrunk, Piecewise((w - Rational(1, 2), w > Rational(1, 2)), (Integer(0), True)), on=Region(w <= 1))
    assert excess(w=np.array([0.25, 0.75])).tolist() == [0.0, 0.25]
    assert excess.digits(5, w="3/4") == excess.digits(5, w="0.75")
    assert prove(Claim("the excess is at most a half", excess, "<=", Rational(1, 2))).status == "proved"


def test_a_cubic_root_name_has_all_its_digits():
    "The real zero of x^3 - x - 1 to 60 digits, and of a quartic with coefficients far apart."
    x = symbol("x", "x", "a zero", positive=True)
    plastic = Formula(shrunk, x, where={**Implicit.root(x, x**3 - x - lam, between=(1, 2))})
    zero = Fraction(plastic.digits(60, lam=1))
    assert abs(zero**3 - zero - 1) < Fraction(1, 10**57)
    quartic = Formula(shrunk, x, where={**Implicit.root(x, 9000 * x**4 - 78000 * x**2 + 146000 * x - 40000 * lam, between=(0, 1))})
    zero = Fraction(quartic.digits(40, lam=1))
    assert abs(9000 * zero**4 - 78000 * zero**2 + 146000 * zero - 40000) < Fraction(1, 10**33)
