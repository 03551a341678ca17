"""A law of one's own: a class in a file, on grids and in certified digits, against closed forms."""

import importlib.util
import math
import sys
from decimal import Decimal
from pathlib import Path

import mpmath
import numpy as np
import pytest

from symrisk.errors import NoMethod
from symrisk.theorems.ridge.effective_ridge import df1, kappa_of_lam

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILE = (EXAMPLES / "circle.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def circle(tmp_path_factory):
    """The class that the file defines: nothing else knows of it."""
    path = tmp_path_factory.mktemp("laws") / "circle_law.py"
    path.write_text(FILE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("circle_law", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["circle_law"] = module
    spec.loader.exec_module(module)
    yield module.Circle
    del sys.modules["circle_law"]


def closed_form(m, kappa):
    """The mean of tau/(tau + kappa): by the zero r < 1 of r + 1/r = 2 + kappa, no sum over the circle."""
    r = 1 + kappa / 2 - mpmath.sqrt(kappa + kappa**2 / 4)
    return 1 - kappa * (1 + r**m) / ((1 / r - r) * (1 - r**m))


@pytest.mark.parametrize("m", [1, 2, 7, 300])
def test_on_a_grid(circle, m):
    "Every point to twelve digits, and the same as alone."
    kappas = np.geomspace(1e-3, 1e3, 40)
    found = df1(kappa=kappas, H=circle(m))
    with mpmath.workdps(60):
        right = [float(closed_form(m, mpmath.mpf(float(k)))) for k in kappas]
    assert found == pytest.approx(right, rel=1e-12, abs=1e-50)
    assert found[3] == df1(kappa=kappas[3], H=circle(m))


@pytest.mark.parametrize("m", [2, 7, 300])
def test_in_certified_digits(circle, m):
    "Forty of them, rounded as the closed form is; and a ball that holds it."
    with mpmath.workdps(80):
        right = closed_form(m, mpmath.mpf(1) / 3)
        assert str(df1.digits(40, kappa="1/3", H=circle(m))) == mpmath.nstr(right, 40, strip_zeros=False)
        ball = df1.ball(30, kappa="1/3", H=circle(m))
        assert abs(mpmath.mpf(str(ball.mid)) - right) <= mpmath.mpf(str(ball.radius))


def test_inside_what_is_solved_for(circle):
    "The effective ridge over it: lam = kappa (1 - gamma df1), with df1 in closed form."
    kappa = kappa_of_lam.digits(40, lam="1/5", gamma=2, H=circle(12))
    with mpmath.workdps(60):
        found = mpmath.mpf(str(kappa))
        assert abs(found * (1 - 2 * closed_form(12, found)) - mpmath.mpf("0.2")) < mpmath.mpf(10) ** -38
    assert kappa_of_lam(lam=0.2, gamma=2.0, H=circle(12)) == pytest.approx(float(kappa), rel=1e-14)


def test_it_has_no_exact_points(circle):
    "Its eigenvalues are irrational: who asks for them is told so by name, and nothing is made up."
    with pytest.raises(NoMethod, match=r"Circle\(5\)"):
        _ = circle(5).points
    assert isinstance(df1.digits(5, kappa=1, H=circle(5)), Decimal) and math.isfinite(df1(kappa=1.0, H=circle(5)))
