"""Convexity in the logarithms of names: proved from exponents and signs, refuted by a point and a direction that bends down."""

import copy

import pytest
import sympy
from sympy import log

from symrisk import Atoms, Claim, Formula, Implicit, Mean, Region, prove
from symrisk.decide.recheck import recheck
from symrisk.decide.recheck.methods.convex import is_semidefinite
from symrisk.equivalents.pooled import REGIMES, Pooled
from symrisk.errors import ArgumentError, NotProved
from symrisk.language.relation import Relation
from symrisk.symbols import H, n, p, symbol, tau

c = symbol("c", "c", "a scale", positive=True)
d = symbol("d", "d", "a scale", positive=True)
a = symbol("a", "a", "a coefficient of either sign")
z = symbol("z", "z", "a root", positive=True)
CASES = [(K, regime) for K in (1, 2, 3) for regime in REGIMES]


def bend(expression, *names, on=None, where=None):
    """The curvature of an expression in the logarithms of names."""
    return Formula(symbol("f", "f", "a function"), expression, on=on or Region(over=(a, n)), where=where).curvature(*(names or (c, d)))


def strictly(curvature, says="it bends", on=None):
    return Claim(says, curvature, ">", 0, on=curvature.moving if on is None else curvature.moving & on)


@pytest.mark.parametrize(("K", "regime"), CASES)
def test_the_potential_of_pooled_samples_is_convex(K, regime):
    "Strictly too: by its costs, or where there are none by eigenvalues that are not zero throughout."
    pooled = Pooled(K, regime)
    curvature = pooled.potential.curvature(*pooled.scales)
    assert prove(Claim("it is convex", curvature, ">=", 0)).by == "convex"
    alive = Region(*(Relation(Mean(tau_k, H), ">", 0) for tau_k in pooled.eigenvalues)) if regime == "ridgeless" else Region()
    verdict = prove(strictly(curvature, on=alive))
    inside = sum(c * tau_k for c, tau_k in zip(pooled.scales, pooled.eigenvalues, strict=True))
    rests_on = (f"H has no mass where {inside} = 0: the mean has a value",) if regime == "ols" else ()
    assert verdict.status == "proved" and verdict.assumes == rests_on
    if regime == "ridgeless":
        assert prove(strictly(curvature)).status != "proved"


@pytest.mark.parametrize(("K", "regime"), CASES)
def test_a_sign_changed_is_refuted(K, regime):
    "Minus the mean of the logarithm, minus a cost: some direction bends down, at exact numbers."
    pooled = Pooled(K, regime)
    means = pooled.potential.expression.atoms(Mean) if (K, regime) != (1, "ols") else ()     # one sample without floor: linear
    flipped = [pooled.potential.expression.xreplace({mean: -mean}) for mean in means]
    flipped += [pooled.potential.expression - 2 * cost for cost in pooled.costs if cost != 0]
    for expression in flipped:
        mutant = Formula(pooled.potential.symbol, expression, on=pooled.on)
        assert prove(Claim("it is convex", mutant.curvature(*pooled.scales), ">=", 0)).status == "refuted"


CONVEX = {"log-sum-exp": log(c + d), "any exponents": log(c**3 / d**2 + 1), "a polynomial": c * d + c**2 / d, "linear of any sign": a * log(c) + c,
          "a quotient by a monomial": log((c + 1) / d), "a mean": Mean(log(1 + c * tau + d * tau**2), H), "a mean of a sum": Mean(tau * c, H),
          "a coefficient by the region": (n - 1) * log(1 + c)}
NOT_SEEN = {"a difference": c - d, "a negative coefficient": log(1 + c) - 2 * log(1 + d), "a coefficient of any sign": a * c,
            "a quotient": c / (1 + d), "a mean of a difference": Mean(log(1 + c), H) - Mean(log(1 + tau * d), H)}


@pytest.mark.parametrize("name", CONVEX)
def test_what_is_convex(name):
    "Sums of non-negative multiples of logarithms of sums of monomials, and of monomials."
    verdict = prove(Claim(name, bend(CONVEX[name] + log(c) + log(d), on=Region(n > 1, over=(a,))), ">=", 0))
    assert verdict.by == "convex" and verdict.status == "proved"


@pytest.mark.parametrize("name", NOT_SEEN)
def test_what_is_not(name):
    "Refuted by a point and a direction."
    assert prove(Claim(name, bend(NOT_SEEN[name] + log(c) + log(d)), ">=", 0)).status == "refuted"


@pytest.mark.parametrize(("expression", "status"), [(log(c + d), "refuted"), (log(1 + c + d), "proved"), (log(c + d) + c, "proved"),
                                                    (c * d, "refuted"), (c / d + c * d, "proved"), (log(c * d) + c, "refuted")])
def test_strictly_convex_where_the_exponents_span(expression, status):
    "A direction in which no two exponents differ is straight: then it is not strict, and never proved to be."
    verdict = prove(strictly(bend(expression + 0 * d if expression.has(d) else expression)))
    assert verdict.status == status or (status == "refuted" and verdict.status == "undecided")


def test_strict_needs_a_direction():
    "Along no direction at all the form is zero."
    assert prove(Claim("it bends", bend(log(1 + c + d)), ">", 0)).status != "proved"


def test_either_side_of_the_claim():
    "0 <= curvature reads as curvature >= 0; <= is another claim."
    curvature = bend(log(1 + c + d))
    assert prove(Claim("convex", 0, "<=", curvature)).by == "convex"
    assert prove(Claim("concave", curvature, "<=", 0)).status == "refuted"


def test_a_root_that_moves_is_no_constant():
    "z = c^(-2) makes the coefficient z of c a moving one: z c = 1/c is seen through the root's equation, not as linear."
    moving = {**Implicit.root(z, z * c**2 - 1)}
    assert prove(Claim("convex", bend(log(1 + z * c), c, where=moving), ">=", 0)).by != "convex"


def test_names_that_are_not_there_are_refused():
    "A curvature is along inputs of the quantity."
    for names in ((), (tau,), (p,)):
        with pytest.raises(ArgumentError):
            Formula(symbol("f", "f", "a function"), log(c + d)).curvature(*names)


@pytest.mark.parametrize("spoil", [
    lambda c: c["terms"].pop(0), lambda c: c["terms"][0]["monomials"][0]["exponents"].__setitem__(0, "2"),
    lambda c: c["terms"][0]["coefficient"].__setitem__("numerator", {"variables": [], "terms": [[[], "-1"]]}),
    lambda c: c["names"].__setitem__(0, "d")])
def test_a_spoilt_certificate_fails_the_second_look(spoil):
    "The Hessian is not the printed one."
    pooled = Pooled(2, "ridge")
    claim = strictly(pooled.potential.curvature(*pooled.scales))
    certificate = copy.deepcopy(prove(claim).certificate)
    recheck(claim, certificate)
    spoil(certificate)
    with pytest.raises(NotProved):
        recheck(claim, certificate)


@pytest.mark.parametrize(("rows", "semi", "definite"), [
    ([[1, 0], [0, 1]], True, True), ([[1, 1], [1, 1]], True, False), ([[1, 2], [2, 1]], False, False),
    ([[0, 1], [1, 0]], False, False), ([[0, 0], [0, 1]], True, False), ([[-1]], False, False), ([], True, True)])
def test_semidefinite_by_elimination(rows, semi, definite):
    "A zero pivot wants a zero row."
    assert is_semidefinite(sympy.Matrix(rows).tolist(), False) == semi and is_semidefinite(sympy.Matrix(rows).tolist(), True) == definite


def test_the_curvature_is_the_second_derivative_on_a_line():
    "Along c e^{th}, d e^{2th}."
    f, t = log(1 + c * d) + c**2, sympy.Symbol("t")
    steps = {"h_c": 3, "h_d": -1}
    line = f.subs({c: 2 * sympy.exp(3 * t), d: 5 * sympy.exp(-t)}, simultaneous=True)
    assert bend(f)(c=2, d=5, **steps) == pytest.approx(float(line.diff(t, 2).subs(t, 0)))
    assert "e^{t h_{c}}" in bend(f).latex() and "curvature of f" in repr(bend(f))


def test_a_potential_has_values():
    "On the grid and in digits: log 3 at c = 2, and a mean of logarithms."
    f = Formula(symbol("f", "f", "a function"), log(1 + c))
    assert f(c=2) == pytest.approx(1.0986122886681098) and str(f.digits(25, c=2)) == "1.098612288668109691395245"
    mean = Formula(symbol("g", "g", "a mean"), Mean(log(1 + c * tau), H))
    half = Atoms({1: "1/2", 3: "1/2"})
    assert mean(c=1, H=half) == pytest.approx((2 * 0.6931471805599453 + 0.6931471805599453) / 2)
    assert str(mean.digits(20, c=1, H=half)) == "1.0397207708399179641"


u = symbol("u", "u", "a letter that may be zero", nonnegative=True)
x = symbol("x", "x", "any real number")


@pytest.mark.parametrize(("expression", "names"), [(log(1 + u), (u,)), (u, (u,)), (u + c, (u, c)), (x**2, (x,))])
def test_at_zero_there_is_no_logarithm_to_move_along(expression, names):
    "There the curvature is zero: convex it may be, strictly so it is not, unless the region keeps off zero."
    quantity = Formula(symbol("f", "f", "a function"), expression)
    curvature = quantity.curvature(*names)
    assert prove(Claim("convex", curvature, ">=", 0)).status == "proved"
    assert prove(strictly(curvature)).status == "refuted"
    assert prove(strictly(curvature, on=Region(*(name > 0 for name in names if name != c)))).status == "proved"


def test_a_straight_line_in_a_negative_name_bends_down():
    "x is exponential in log x where it is positive, and minus an exponential where it is not."
    curvature = Formula(symbol("f", "f", "a function"), x).curvature(x)
    assert prove(Claim("convex", curvature, ">=", 0)).status == "refuted"


def test_a_law_may_be_all_at_zero():
    "Then log(1 + 0 c) is straight: what keeps the law off zero stands in the region."
    curvature = bend(Mean(log(1 + tau * c), H), c)
    assert prove(Claim("convex", curvature, ">=", 0)).status == "proved"
    assert prove(strictly(curvature)).status != "proved"
    assert prove(strictly(curvature, on=Region(Mean(tau, H) > 0))).status == "proved"
