"""Names that solve equations with means and functions in them: one oracle, many disguises."""

import numpy as np
import pytest
import sympy
from sympy import Eq, Rational, log

from symrisk import Atoms, Claim, Formula, Implicit, Mean, PowerLaw, Region, Relation, prove
from symrisk.errors import ArgumentError, DomainError, NotConverged
from symrisk.symbols import H, lam, p, symbol, tau, w


def letter(name, **kind):
    return symbol(name, name, "a number", **kind)


kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
N, P, a, g, u, v = (letter(name, positive=True) for name in ("N", "P", "a", "g", "u", "v"))
free = letter("free")
df1 = Mean(tau / (tau + kappa), H)
# p features' eigenvalues, P samples, N random features; lam is beside the mean of squares
features = Implicit.equation(
    kappa,
    Eq(lam, kappa * (1 - p * df1 / P) * (1 - p * df1 / N)),
    start=lam + p * Mean(tau, H) * (1 / P + 1 / N),
    on=(p * df1 < P, p * df1 < N),
)
effective = Formula(letter("effective"), kappa, where=features)
ridge = Implicit.equation(kappa, Eq(lam, kappa * (1 - g * Mean(tau / (tau + kappa), H))), start=lam + g * Mean(tau, H), on=g * df1 < 1)
df = Mean(tau / (tau * u + v), H)
pair = Implicit.equation((u, v), (Eq(u, 1 / (1 + g * df)), Eq(v, lam * (1 + g * Mean(1 / (tau * u + v), H)))), start=(1, lam + g))
product = Formula(letter("product"), u * v, where=pair)
logarithmic = Formula(letter("logarithmic"), u, where=Implicit.equation(u, u + log(1 + u) - a, start=a))
LAW = Atoms({1: "1/2", 4: "1/2"})


def defined(unknowns, equations, body=None, **how):
    return Formula(letter("defined"), u if body is None else body, where=Implicit.equation(unknowns, equations, **how))


def test_many_random_features_are_a_ridge():
    plain = Formula(letter("plain"), kappa, where=ridge)
    values = effective(lam=[0.1, 3], p=600, P=200, N=1e15, H=LAW)
    assert values == pytest.approx(plain(lam=[0.1, 3], g=3, H=LAW), rel=1e-12)


def test_one_eigenvalue_is_a_cubic():
    root = Implicit.root(kappa, kappa * (1 + kappa - 3) * (1 + kappa - 2) - lam * (1 + kappa) ** 2, between=(2, sympy.oo))
    cubic = Formula(letter("cubic"), kappa, where=root)
    values = {"lam": "0.3"}
    known = {**values, "p": 600, "P": 200, "N": 300, "H": Atoms({1: 1})}
    assert effective.digits(50, **known) == cubic.digits(50, **values)
    # one over the dimension that sees all eigenvalues, as N = P = 200 at the least penalty: a double zero, nearly
    extreme = {"p": 600, "P": 200, "N": 200, "H": Atoms({1: 1})}
    assert effective(lam=1e-16, **extreme) == pytest.approx(float(effective.digits(20, lam="1e-16", **extreme)), rel=4e-16)


@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_all_scales(scale):
    law, scaled = Atoms({1: "1/2", 4: "1/2"}), Atoms({Rational(str(scale)): "1/2", 4 * Rational(str(scale)): "1/2"})
    sizes = {"p": 600, "P": 200, "N": 300}
    assert effective(lam=0.1 * scale, H=scaled, **sizes) == pytest.approx(scale * effective(lam=0.1, H=law, **sizes), rel=1e-13)


def test_a_grid_over_a_power_law_agrees_with_digits():
    law, sizes = PowerLaw("3/2", 30), {"p": 600, "P": 200, "N": 300}
    penalties = np.logspace(-16, 5, 40)
    values = effective(lam=penalties, H=law, **sizes)
    for place in (0, 20, 39):
        exact = effective.digits(17, lam=Rational(float(penalties[place])), H=law, **sizes)
        assert values[place] == pytest.approx(float(exact), rel=1e-13)


def test_two_unknowns_solve_both_equations():
    where = {"g": [0.5, 2], "lam": [[0.1], [3]], "H": LAW}
    first = Formula(letter("first"), u * (1 + g * df), where=pair)
    second = Formula(letter("second"), v / (lam * (1 + g * Mean(1 / (tau * u + v), H))), where=pair)
    assert first(**where) == pytest.approx(np.ones((2, 2)), rel=1e-14)
    assert second(**where) == pytest.approx(np.ones((2, 2)), rel=1e-14)
    exact = {"g": 2, "lam": "0.1", "H": LAW}
    assert float(product.digits(40, **exact)) == pytest.approx(product(g=2, lam=0.1, H=LAW), rel=1e-14)


@pytest.mark.parametrize("formula, x, at", [
    (effective, lam, {"lam": 0.1, "p": 600, "P": 200, "N": 300, "H": LAW}),
    (product, lam, {"lam": 0.1, "g": 2, "H": LAW}), (product, g, {"lam": 0.1, "g": 2, "H": LAW}), (logarithmic, a, {"a": 1}),
])
def test_slopes_are_what_differences_are(formula, x, at):
    step = 1e-5
    there, here = ({**at, x.name: at[x.name] + move} for move in (step, -step))
    slope, bend = formula.diff(x), formula.diff(x).diff(x)
    assert slope(**at) == pytest.approx((formula(**there) - formula(**here)) / (2 * step), rel=1e-7)
    assert bend(**at) == pytest.approx((slope(**there) - slope(**here)) / (2 * step), rel=1e-7)


def test_functions_in_an_equation():
    values = logarithmic(a=[1, 1e9])
    assert values + np.log1p(values) == pytest.approx([1, 1e9], rel=1e-14)
    assert str(logarithmic.digits(50, a=1)) == "0.55714559899761141685867200000066318028373787062652"
    assert logarithmic.diff(a).digits(20, a=1) == Formula(letter("e"), (1 + u) / (2 + u)).digits(20, u=logarithmic.digits(40, a=1))


def test_a_start_far_off():
    far = defined(u, u * log(1 + u) ** 2 - a, start=1)
    values = far(a=[1e-12, 1, 1e12])
    assert values * np.log1p(values) ** 2 == pytest.approx([1e-12, 1, 1e12], rel=1e-12)


def test_a_start_may_be_a_function():
    square = defined(u, u**2 - a, start=lambda a: np.sqrt(a) * 1.1)
    assert square(a=[4.0, 9.0]).tolist() == [2, 3]
    assert square.at({a: 4 * g})(g=[1.0, 4.0]).tolist() == [2, 4]
    assert str(square.digits(20, a=2)) == "1.4142135623730950488"


def test_conditions_pick_the_solution():
    both = u**2 - 3 * u + 2
    high = defined(u, both, u + 0 * a, start=a, on=u > Rational(3, 2))
    assert high(a=3.0) == 2 and str(high.digits(5, a=3)) == "2.0000"
    for call in (lambda: high(a=0.5), lambda: high.digits(10, a="1/2")):
        with pytest.raises(NotConverged, match="u = 1 is a solution, but not one with u > 3/2"):
            call()
    with pytest.raises(NotConverged, match="does not come to a solution"):
        defined(u, u**2 + a, start=1)(a=1.0)


def test_unknowns_are_given_together():
    assert product(u=2, v=3) == 6
    with pytest.raises(ArgumentError, match="solved for together"):
        product(u=2, lam=1, g=1, H=LAW)


def test_claims_have_the_equations_as_hypotheses():
    slope = effective.diff(lam)
    verdict = prove(Claim("a larger penalty, a larger effective one", slope, ">", 0))
    assert verdict.status == "proved" and "kappa is there" in verdict.assumes[0]
    false = prove(Claim("it falls", slope, "<", 0))
    assert false.status == "refuted" and false.values[0].mid > 0
    assert prove(Claim("it is no less than the penalty", effective, ">=", lam)).status == "proved"
    assert prove(Claim("it exceeds twice the penalty", effective, ">", 2 * lam)).status == "refuted"


def test_conditions_are_hypotheses_and_no_more():
    high = defined(u, u**2 - (1 + a) * u + a, start=2 + a, on=u >= 1)
    assert prove(Claim("as said", high, ">=", 1)).status == "proved"
    assert prove(Claim("more than was said", high, ">=", 2)).status == "refuted"
    assert prove(Claim("its equation", defined(u, u**2 - a, u**2, start=a), "==", a)).status == "proved"


def test_functions_in_claims():
    assert prove(Claim("it rises", logarithmic.diff(a), ">", 0)).status == "proved"
    refuted = prove(Claim("no less than a", logarithmic, ">=", a))
    assert refuted.status == "refuted" and refuted.values[0].mid < 0.6


def test_copies_are_told_apart():
    simple = Formula(letter("simple"), kappa, where=Implicit.equation(kappa, Eq(lam, kappa * (1 - g / (1 + kappa))), start=lam + g, on=kappa > g - 1))
    gap = simple.at({lam: lam / w}) - simple.at({lam: lam / (2 - w)})
    assert gap(lam=0.3, w=0.5, g=2) == pytest.approx(simple(lam=0.6, g=2) - simple(lam=0.2, g=2), rel=1e-14)
    assert r"{\kappa}^{\prime} &\text{ solves }" in gap.latex()


def test_it_reads_well():
    latex = product.latex()
    assert latex.count(r"\text{ solve }") == 1 and r"u,\; v &" in latex
    (one, _) = pair.values()
    assert one.sentence(str).startswith("the solution, together with v, of u = 1/(")


@pytest.mark.parametrize("make, says", {
    "an unknown in no equation": (lambda: defined((u, v), (u - a, u - 2), start=(1, 1)), "v stands in no equation"),
    "too few": (lambda: defined((u, v), (u - v,), start=(1, 1)), "as many equations as unknowns"),
    "an unknown function": (lambda: defined(u, sympy.besselj(0, u) - a, start=1), "besselj"),
    "what varies": (lambda: defined(u, u - tau, start=1), "stands in no mean"),
    "a law without its variable": (lambda: defined(u, u - Mean(tau, Atoms({(1, 2): 1}, of=(symbol("tau1", "t", "x", kind="eigenvalue"), symbol("tau2", "t", "x", kind="eigenvalue")))), start=1), "tau"),
    "an inequality": (lambda: defined(u, u < a, start=1), "an expression that vanishes"),
    "an equation as condition": (lambda: defined(u, u - a, start=1, on=Relation(u, "==", a)), "inequality"),
    "a condition without it": (lambda: defined(u, u - a, start=1, on=a > 1), "speaks of an unknown"),
    "a start in the unknown": (lambda: defined(u, u - a, start=u), "in the parameters"),
    "two starts": (lambda: defined(u, u - a, start=(1, 2)), "for each unknown"),
    "a start that gives too much": (lambda: defined(u, u - a, start=lambda a: (a, a))(a=1.0), "an array for each unknown"),
    "a float": (lambda: defined(u, u - 0.5 * a, start=1), "binary float"),
    "an equation without an unknown": (lambda: defined((u, v), (u - v, a - 1), start=(1, 1)), "speaks of an unknown"),
}.values())
def test_what_can_not_be_solved_is_refused(make, says):
    with pytest.raises(ArgumentError, match=says):
        make()


def test_wrong_numbers_are_refused():
    for wrong in (float("nan"), float("inf"), -1.0):
        with pytest.raises(DomainError):
            logarithmic(a=wrong)


def test_nothing_is_expanded():
    """Ten factors of three letters each would have thousands of terms."""
    letters = [letter(f"c{k}", positive=True) for k in range(5)]
    equation = sympy.Mul(*(1 + c * u + c**2 * u**2 for c in letters)) - a
    large = defined(u, equation, start=1)
    point = {f"c{k}": Rational(k + 1, 7) for k in range(5)}
    check = equation.xreplace({c: point[c.name] for c in letters}).xreplace({u: Rational(str(large.digits(50, a=9, **point)))})
    assert abs(check.xreplace({a: Rational(9)})) < Rational(1, 10**48)


def test_a_region_may_speak_of_it():
    on = Region(Relation(effective, "<", 1), over=(lam,))
    assert prove(Claim("then the penalty is less too", lam, "<", 1, on=on)).status == "proved"
