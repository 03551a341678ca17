"""Series: exact coefficients, held against the quantity itself, and errors that say what is missing."""

from fractions import Fraction

import numpy as np
import pytest
from sympy import Rational, oo, sqrt

from symrisk import Claim, Formula, Implicit, Mean, Region, prove
from symrisk.engine.expansion.series import Terms
from symrisk.errors import ArgumentError, NoMethod
from symrisk.language.made import series as module
from symrisk.language.relation import Relation
from symrisk.symbols import H, gamma, lam, symbol, tau

a, c, r, x = (symbol(name, name, "a positive number", positive=True) for name in "acrx")
kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam) * kappa - lam)
level = Formula(symbol("level", "k", "its level"), kappa, where=ridge)
AT_ONE = Region(Relation(gamma, "==", 1))


def of(expression, over=(a, x), where=None):
    return Formula(symbol("f", "f", "a quantity"), expression, where=where, on=Region(over=over))


@pytest.mark.parametrize(("quantity", "point", "order", "expected"), [
    (of(1 / (a + x)), 0, 2, 1 / a - x / a**2 + x**2 / a**3), (of(sqrt(a**2 + x)), 0, 1, a + x / (2 * a)), (of((1 + x) / (a + x)), oo, 1, 1 + (1 - a) / x),
    (of(sqrt(x) / (1 + sqrt(x))), 0, 1, sqrt(x) - x), (of(sqrt(x + a * x**2)), 0, Rational(3, 2), sqrt(x) + a * x**Rational(3, 2) / 2),
    (of(1 / (x - a) ** 2), a, 0, (x - a) ** -2), (of(x**2 + a), 0, 5, x**2 + a), (of(1 / x + a), 0, 1, 1 / x + a),
])
def test_against_what_is_known(quantity, point, order, expected):
    assert (quantity.series(x, point, order).expanded - expected).simplify() == 0


def test_the_level_in_its_three_regimes():
    below, above, at = (level.series(lam, 0, 2, on=on) for on in (gamma < 1, gamma > 1, AT_ONE))
    assert (below.expanded - (lam / (1 - gamma) - gamma * lam**2 / (1 - gamma) ** 3)).factor() == 0
    assert (above.expanded - (gamma - 1 + gamma * lam / (gamma - 1) - gamma * lam**2 / (gamma - 1) ** 3)).factor() == 0
    assert (at.expanded - (sqrt(lam) + lam / 2 + lam ** Rational(3, 2) / 8)).expand() == 0
    assert at.accuracy == "asymptotic, O(lam**(5/2))" and r"O\left(\lambda^{5 / 2}\right)" in at.latex()
    grid = np.array([1e-6, 1e-4])
    assert np.allclose(below(gamma=0.3, lam=grid), level(gamma=0.3, lam=grid), rtol=1e-7)
    assert abs(Fraction(above.digits(30, gamma=3, lam="0.001")) - Fraction(level.digits(30, gamma=3, lam="0.001"))) < Fraction(1, 10**8)
    assert prove(Claim("the first term is positive", level.series(lam, 0, 1, on=gamma < 1), ">", 0)).status == "proved"


def test_coefficients_in_a_new_root():
    "r = r0 + x r0^2/(3 r0^2 + a) + ..., where r0^3 + a r0 = c."
    quantity = of(r, (a, c, x), where=Implicit.root(r, r**3 + a * r - c - x * r**2))
    found = quantity.series(x, 0, 1)
    assert len(found.roots) == 1
    assert abs(found(a=1, c=2, x=0.001) - 1.00025) < 1e-12
    assert abs(found(a=1, c=2, x=0.001) - quantity(a=1, c=2, x=0.001)) < 1e-6


def test_a_wrong_coefficient_is_not_handed_out(monkeypatch):
    honest = module.first_terms

    def wrong(*arguments):
        found = honest(*arguments)
        (power, first), *others = found.powers
        return Terms(((power, first * (1 + Rational(1, 10**6))), *others), found.next, found.roots)

    monkeypatch.setattr(module, "first_terms", wrong)
    with pytest.raises(NoMethod, match="digits do not confirm"):
        of(1 / (a + x)).series(x, 0, 2).expanded  # noqa: B018


def test_errors_say_what_is_missing():
    with pytest.raises(NoMethod, match="on="):
        level.series(lam, 0, 1).expanded  # noqa: B018
    with pytest.raises(NoMethod, match="every law"):
        of(Mean(tau / (tau + x), H), (x, H)).series(x, 0, 1).expanded  # noqa: B018
    with pytest.raises(ArgumentError, match="no name"):
        of(1 / (a + x)).series(c, 0, 1)
    with pytest.raises(ArgumentError, match="given"):
        level.series(kappa, 0, 1)
    with pytest.raises(ArgumentError, match="order"):
        level.series(lam, 0, "many")
    with pytest.raises(ArgumentError, match="side"):
        level.series(lam, 0, 1, "both")
    with pytest.raises(ArgumentError, match="stands in"):
        level.series(lam, lam, 1)
