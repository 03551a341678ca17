"""Potentials of products of powers: against scalar equations, against each other in other unknowns, against reference values."""

import json
import pickle
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy
from sympy import log

from symrisk import Atoms, Claim, Formula, Implicit, Mean, PowerLaw, Region, prove
from symrisk.errors import ArgumentError, DomainError
from symrisk.symbols import G, H, eigenvalue, lam, n, n1, n2, p, sigma_sq, symbol, tau, theta_sq

CASES = Path(__file__).parents[1] / "cases" / "features.json"
N1, N2 = (symbol(f"N{k}", f"N_{k}", "width of a layer", positive=True) for k in (1, 2))
c, c1, c2, eta, a = (symbol(s, s, "a scale", positive=True) for s in ("c", "c1", "c2", "eta", "a"))
t1, t2 = eigenvalue(1), eigenvalue(2)
LAW = Atoms({"0.1": "1/4", 1: "1/2", 4: "1/4"})
JOINT = Atoms({(3, "1/2"): "0.4", (1, 2): "0.4", ("0.25", 1): "0.2"}, of=(t1, t2))
FEATURES = Implicit.potential((c, eta), p * Mean(log(1 + c * eta * tau), H) + c - n * log(c) + lam * eta - N1 * log(eta))


def named(expression, where, name="f", **how):
    return Formula(symbol(name, name, "a quantity of this test"), expression, where=where, **how)


KAPPA = named(1 / (c * eta), FEATURES)
POINT = dict(n=100, N1=225, p=400, lam=300, H=LAW)


def freedom(kappa, size, law=LAW):
    """p<s/(s + kappa)> in decimals."""
    total = Decimal(0)
    for (s,), weight in law.points:
        eigen, share = (Decimal(int(x.p)) / Decimal(int(x.q)) for x in (s, weight))
        total += size * share * eigen / (eigen + kappa)
    return total


def test_one_layer_solves_the_equation_of_features():
    "lam = kappa (n - df)(N - df), to fifty digits."
    with localcontext() as context:
        context.prec = 60
        kappa = KAPPA.digits(50, **POINT)
        df = freedom(kappa, 400)
        assert abs(kappa * (100 - df) * (225 - df) - 300) < Decimal("1e-45")
        assert df < 100
    assert KAPPA(**POINT) == pytest.approx(float(kappa), rel=1e-15)


def test_two_samples_see_a_penalty_that_agrees_with_itself():
    "mu_eff = 1/eta = lam/(N - df), df = sum of n_k - c_k; and pooled ridge at that penalty has the same scales."
    pooled = Implicit.potential((c1, c2, eta), p * Mean(log(1 + eta * (c1 * t1 + c2 * t2)), H) + c1 + c2 - n1 * log(c1) - n2 * log(c2) + lam * eta - N1 * log(eta))
    point = dict(n1=120, n2=30, N1=300, p=150, lam=900, H=JOINT)
    penalty, first, second = (named(e, pooled).digits(40, **point) for e in (1 / eta, c1, c2))
    with localcontext() as context:
        context.prec = 60
        assert abs(penalty - 900 / (300 - (150 - first - second))) < Decimal("1e-35")
    mu = symbol("mu", r"\mu", "a penalty", positive=True)
    ridge = Implicit.potential((c1, c2), p * Mean(log(mu + c1 * t1 + c2 * t2), H) + c1 + c2 - n1 * log(c1) - n2 * log(c2))
    plain = {k: v for k, v in point.items() if k not in ("N1", "lam")}
    assert abs(named(c1, ridge).digits(30, **plain, mu=str(penalty)) - first) < Decimal("1e-27")
    # equal covariances: one sample of both sizes
    twin = Atoms({(s, s): w for (s,), w in LAW.points}, of=(t1, t2))
    both = named(1 / (eta * (c1 + c2)), pooled)(n1=60, n2=40, N1=225, p=400, lam=300, H=twin)
    assert both == pytest.approx(KAPPA(**POINT), rel=1e-13)


def test_two_layers_in_two_coordinates():
    "(5) for L = 2, from costs a and lam eta with s c a eta in the determinant, and from a/eta with s c a: negative powers."
    straight = p * Mean(log(1 + c * a * eta * tau), H) + c + a + lam * eta - n * log(c) - N1 * log(a) - N2 * log(eta)
    other = p * Mean(log(1 + c * a * tau), H) + c + a / eta + lam * eta - n * log(c) - N1 * log(a) + N1 * log(eta) - N2 * log(eta)
    one, two = named(1 / (c * a * eta), Implicit.potential((c, a, eta), straight)), named(1 / (c * a), Implicit.potential((c, a, eta), other))
    point = dict(n=100, N1=75, N2=180, p=100, lam=9000, H=LAW)
    with localcontext() as context:
        context.prec = 60
        kappa = one.digits(40, **point)
        df = freedom(kappa, 100)
        assert abs(kappa * (100 - df) * (75 - df) * (180 - df) - 9000) < Decimal("1e-34")
        assert abs(two.digits(40, **point) - kappa) < Decimal("1e-38")
    slopes = [q.diff(lam)(**point) for q in (one, two)]
    assert slopes[0] == pytest.approx(slopes[1], rel=1e-12)
    assert two.diff(N1).digits(20, **point) < 0


def test_reference_errors_of_features():
    "The test error by degrees of freedom, at kappa of the potential, to every printed digit."
    s = tau
    k = 1 / (c * eta)
    df1, gap = p * Mean(s / (s + k), H), p * Mean(s * k / (s + k) ** 2, H)
    slant = (1 - (df1 - gap) / N1) / (1 - df1 / N1)
    bias = theta_sq * (k * Mean(s / (s + k), G) - k / slant * Mean(s**2 / (s + k) ** 2, G))
    error = named((bias + sigma_sq) / (1 - df1 / n + gap / (slant * n)) - sigma_sq, FEATURES)
    for case in json.loads(CASES.read_text()):
        laws = {name: Atoms({str(values["s"]): str(weight) for weight, values in rows}) for name, rows in case["inputs"]["laws"].items()}
        letters = {name: str(v) for name, v in case["inputs"]["letters"].items()}
        assert error.digits(30, **letters, **laws) == Decimal(case["value"])


def test_a_determinant_of_one_product_goes_into_the_pulls():
    "p log(c tau) leaves c = n - p, and n > p is the domain: exactly."
    scale = named(c, Implicit.potential((c, eta), p * Mean(log(c * eta * tau), H) + c + lam * eta - n * log(c) - N1 * log(eta)))
    assert "n - p" in scale.latex()
    assert scale(n=10, p=3, N1=5, lam=2, H=LAW) == pytest.approx(7, rel=1e-15)
    assert scale.digits(30, n=10, p=3, N1=5, lam=2, H=LAW) == 7
    assert scale(n=1 + 1e-12, p=1, N1=5, lam=2, H=LAW) == pytest.approx((1 + 1e-12) - 1, rel=1e-15)
    with pytest.raises(DomainError, match=r"as c falls like 1/t, the potential does not rise; per unit of log\(t\) it changes by -7 in the end"):
        scale(n=3, p=10, N1=11, lam=2, H=LAW)
    with pytest.raises(DomainError, match="a logarithm of the potential is of zero"):
        scale(n=10, p=3, N1=5, lam=2, H=Atoms({0: "1/2", 1: "1/2"}))


def test_where_there_is_no_minimiser_the_direction_is_named():
    "Features without a penalty: there is one for n > N only, in floats and in digits; on a grid where asked for."
    least = Implicit.potential((c, eta), p * Mean(log(1 + c * eta * tau), H) + c - n * log(c) - N1 * log(eta))
    free, held = named(c * eta, least), named(c * eta, least, on=Region(n > N1))
    assert free(n=30, N1=4, p=10, H=LAW) > 0
    says = r"as c falls like 1/t and eta grows like t, the potential does not rise; per unit of log\(t\) it changes by -1 in the end, which must be positive"
    for ask in (free, lambda **at: free.digits(20, **at)):
        with pytest.raises(DomainError, match=says):
            ask(n=3, N1=4, p=10, H=LAW)
    with pytest.raises(DomainError, match="as eta grows like t"):
        free(n=30, N1=10, p=10, H=LAW)
    found = held(n=[3, 30], N1=4, p=10, H=LAW, outside="nan")
    assert np.isnan(found[0]) and found[1] > 0
    # half of the law is at zero: what is there has half the mass
    half = Atoms({0: "1/2", 1: "1/2"})
    assert free(n=30, N1=4, p=10, H=half) > 0
    with pytest.raises(DomainError, match="as eta grows like t"):
        free(n=30, N1=5, p=10, H=half)


def test_no_law_and_one_unknown():
    "Costs alone, a square, an inverse: by hand."
    only = named(c, Implicit.potential((c,), 3 * c**2 + n / c))
    assert only(n=6) == pytest.approx(1, rel=1e-15) and only.digits(20, n=48) == 2
    spread = named(c, Implicit.potential((c,), p * log(1 + c**2) - n * log(c)))
    assert spread(n=2, p=2) == pytest.approx(1, rel=1e-15)
    for size in (20, 21):
        with pytest.raises(DomainError, match="as c grows like t, the potential does not rise"):
            spread(n=size, p=10)
    two = named(c, Implicit.potential((c,), p * Mean(log(1 + c * tau), H) + p * Mean(log(2 + c * tau), G) - n * log(c)))
    same = named(c, Implicit.potential((c,), p * Mean(log(1 + c * tau), H) - n * log(c)))
    assert two(n=3, p=2, H=LAW, G=Atoms({"0.2": "1/4", 2: "1/2", 8: "1/4"})) == pytest.approx(same(n=1.5, p=2, H=LAW), rel=1e-14)


def test_grids_agree_with_digits_at_the_extremes():
    "Penalties from 1e-16 to 1e16, sizes that meet within 1e-12, eigenvalues scaled by 1e9 either way: floats to the last digits."
    for sizes in ((100, 225, 400), (225, 225, 400), (225, 225, 225), (400, 400, 400)):
        rows, width, size = sizes
        penalties = np.array([1e-16, 1e-9, 1.0, 1e16])
        found = KAPPA(n=rows, N1=width, p=size, lam=penalties, H=LAW)
        for penalty, value in zip(penalties, found, strict=True):
            exact = KAPPA.digits(25, n=rows, N1=width, p=size, lam=Fraction(penalty), H=LAW)
            assert abs(Decimal(float(value)) / exact - 1) < Decimal("2e-15")
    near = KAPPA(n=100 * (1 + 1e-12), N1=100, p=100, lam=1e-9, H=LAW)
    exact = KAPPA.digits(25, n=Fraction(100 * (1 + 1e-12)), N1=100, p=100, lam=Fraction(1e-9), H=LAW)
    assert abs(Decimal(near) / exact - 1) < Decimal("2e-15")
    for power in (9, -9):
        law = Atoms({s * sympy.Integer(10) ** power: w for (s,), w in LAW.points})
        assert KAPPA(**{**POINT, "H": law, "lam": 300 * 10.0**power}) == pytest.approx(KAPPA(**POINT) * 10.0**power, rel=1e-14)


def test_a_grid_is_its_points_in_any_blocks():
    "Ten thousand points, one of them by itself, and over a power law."
    grid = KAPPA(**{**POINT, "lam": np.logspace(-8, 8, 10_000)})
    assert np.all(np.diff(grid) > 0)
    assert grid[1234] == pytest.approx(KAPPA(**{**POINT, "lam": np.logspace(-8, 8, 10_000)[1234]}), rel=1e-15)
    many = PowerLaw(2, 1000)
    assert KAPPA(n=10, N1=20, p=1000, lam=[1e-3, 1.0], H=many)[1] == pytest.approx(float(KAPPA.digits(20, n=10, N1=20, p=1000, lam=1, H=many)), rel=1e-14)


def test_derivatives_are_slopes():
    "Against differences in digits, to second order, and by a letter inside the law."
    step = Fraction(1, 10**12)
    for letter in (lam, n, N1, p):
        point = {**POINT, str(letter): POINT[str(letter)] + step}
        back = {**POINT, str(letter): POINT[str(letter)] - step}
        slope = (KAPPA.digits(40, **point) - KAPPA.digits(40, **back)) / (2 * Decimal(1) / Decimal(10**12))
        assert abs(KAPPA.diff(letter).digits(30, **POINT) / slope - 1) < Decimal("1e-15")
        assert KAPPA.diff(letter)(**POINT) == pytest.approx(float(slope), rel=1e-12)
    bend = KAPPA.diff(lam).diff(lam).digits(20, **POINT)
    far = {**POINT, "lam": 300 + Fraction(1, 1000)}
    rough = (KAPPA.diff(lam).digits(30, **far) - KAPPA.diff(lam).digits(30, **POINT)) * 1000
    assert abs(bend / rough - 1) < Decimal("1e-4")


ON = Region(n > 0, N1 > 0, p > 0, lam > 0)
FREEDOM = named(p * Mean(tau / (tau + 1 / (c * eta)), H), FEATURES, "df")
CLAIMS = {
    "the equation of features": (KAPPA * (n - FREEDOM) * (N1 - FREEDOM), "==", lam, "proved"),
    "twice that": (KAPPA * (n - FREEDOM) * (N1 - FREEDOM), "==", 2 * lam, "refuted"),
    "degrees below the sample's size": (FREEDOM, "<", n, "proved"),
    "degrees below the width": (FREEDOM, "<", N1, "proved"),
    "degrees above the width": (FREEDOM, ">", N1, "refuted"),
    "a penalty raises the effective one": (KAPPA.diff(lam), ">", 0, "proved"),
    "more rows lower it": (KAPPA.diff(n), "<", 0, "proved"),
    "more rows raise it": (KAPPA.diff(n), ">", 0, "refuted"),
}


@pytest.mark.parametrize("says", CLAIMS)
def test_claims_have_the_equations_of_the_minimiser(says):
    left, rel, right, status = CLAIMS[says]
    assert prove(Claim(says, left, rel, right, on=ON)).status == status


M = p * Mean(log(1 + c * eta * tau), H)
BAD = {
    "a cost of unknown sign": (M + c - lam * eta - n * log(c) - N1 * log(eta), "costs of a potential are non-negative by their letters; -lam is not"),
    "a coefficient of unknown sign": (p * Mean(log(1 - c * eta * tau), H) + c + eta - n * log(c) - N1 * log(eta), "parts of a potential's logarithm are non-negative"),
    "a mass of unknown sign": ((n1 - n2) * Mean(log(1 + c * eta * tau), H) + c + eta - n * log(c) - N1 * log(eta), "mass of a potential is non-negative"),
    "a root": (M + sympy.sqrt(c) + eta - n * log(c) - N1 * log(eta), r"sqrt\(c\) is no term of a potential"),
    "a power of a sum": (M + 1 / (c + eta) - n * log(c) - N1 * log(eta), "is no term of a potential"),
    "an unknown under a mean": (M + Mean(c * tau, H) + eta - n * log(c) - N1 * log(eta), "is no term of a potential"),
    "two logarithms at once": (M * log(c) + eta - N1 * log(eta), "no term of a potential"),
    "one direction only": (M - n * log(c) - N1 * log(eta), "bend the potential along 1 of its 2 directions only: it has no single minimiser"),
    "no pull": (M + c + lam * eta - n * log(c), "nothing pulls eta"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_potential_is_refused(case):
    expression, says = BAD[case]
    with pytest.raises(ArgumentError, match=says):
        Implicit.potential((c, eta), expression)


def test_it_prints_is_kept_and_is_whole():
    "LaTeX and words name the equations; it pickles; one unknown is not given without the other."
    text = KAPPA.latex()
    assert r"c &\text{ is the positive solution of } c + p \int" in text and "= n" in text
    assert pickle.loads(pickle.dumps(KAPPA)) == KAPPA
    assert "the positive solution, together with eta," in FEATURES[c].sentence(str)
    with pytest.raises(ArgumentError, match="solved for together"):
        KAPPA(c=1, **POINT)
