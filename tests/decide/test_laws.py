"""Claims over every law: identities and inequalities proved, false ones refuted by a law that can be replayed, and never proved."""

import copy
import random
from fractions import Fraction

import pytest
import sympy
from sympy import Integer, Rational, log

from symrisk import Atoms, Claim, Formula, Implicit, Mean, Region, prove
from symrisk.decide.methods.positive import positive
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import recheck
from symrisk.decide.witnesses.laws import drawn, value
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import variance_of
from symrisk.errors import NotProved
from symrisk.symbols import G, H, coordinate, eigenvalue, mu, noise, p, size, symbol, tau, w

t1, t2, b = eigenvalue(1), eigenvalue(2), coordinate(0)
a = symbol("a", "a", "a non-negative letter", nonnegative=True)
SHARE = tau / (tau + w)


def quantity(expression):
    return Formula(symbol("f", "f", "a quantity of this test"), expression)


def replayed(verdict, formula, digits=20):
    """The formula at a witness, by digits: the names that it takes."""
    numbers = {s.name: v for s, v in verdict.witness.items()}
    known = {s.name for s in formula.graph.names}
    # where the claim turns on no law, any will do
    anywhere = {"H": Atoms({1: 1}, of=(t1,))} if "H" in known - numbers.keys() else {}
    return Fraction(formula.digits(digits, **anywhere, **{name: v for name, v in numbers.items() if name in known}))


# Means of letters alone

EQUAL = {
    "a share and its rest": (Mean(SHARE, H), 1 - w * Mean(1 / (tau + w), H)),
    "squares of shares": (Mean(SHARE**2, H), Mean(SHARE, H) - w * Mean(tau / (tau + w)**2, H)),
    "linear": (Mean((2 * tau + 3) * b**2, H), 2 * Mean(tau * b**2, H) + 3 * Mean(b**2, H)),
    "differences of coordinates": (Mean(t1 * (b - 1)**2, H), Mean(t1 * b**2, H) - 2 * Mean(t1 * b, H) + Mean(t1, H)),
    "three shares of a joint law": (Mean(w / (w + t1 + a * t2), H) + Mean(t1 / (w + t1 + a * t2), H) + a * Mean(t2 / (w + t1 + a * t2), H), Integer(1)),
    "a derivative": (Mean(SHARE, H).diff(w), -Mean(tau / (tau + w)**2, H)),
    "two laws": (Mean(tau, H) * (1 - w * Mean(1 / (tau + w), G)), Mean(tau, H) * Mean(SHARE, G)),
}
OVER = Region(over=(w, a, H, G))


@pytest.mark.parametrize("case", EQUAL)
def test_identities_hold_in_every_law(case):
    "Proved, and confirmed at random laws."
    left, right = EQUAL[case]
    verdict = prove(Claim(case, quantity(left), "==", right, on=OVER))
    assert (verdict.status, verdict.by) == ("proved", "identity")
    recheck(verdict.claim, verdict.certificate)


def mutants(expression):
    """The expression with one rational coefficient or exponent, of a term or within it, changed."""
    found = [expression + Rational(1, 100), expression * Rational(101, 100)]
    for node in sorted(expression.atoms(Mean), key=str):
        found += [expression.xreplace({node: 2 * node}), expression.xreplace({node: Mean(node.integrand * Rational(99, 100), node.law)}),
                  expression.xreplace({node: -node})]
    return [m for m in found if sympy.expand(m - expression) != 0]


@pytest.mark.parametrize("case", EQUAL)
def test_identities_with_one_coefficient_changed_are_refuted(case):
    "By a law and numbers at which both sides, evaluated to twenty digits, differ."
    left, right = EQUAL[case]
    for mutant in mutants(left):
        verdict = prove(Claim(case, quantity(mutant), "==", right, on=OVER))
        assert verdict.status == "refuted", mutant
        gap = quantity(sympy.sympify(mutant - right))
        assert replayed(verdict, gap) != 0


ORDERED = {
    "shares are below one": (Mean(SHARE, H), "<=", 1), "a share falls in the penalty": (Mean(SHARE, H).diff(w), "<=", 0),
    "squares are below shares": (Mean(SHARE**2, H), "<=", Mean(SHARE, H)), "a weighted square": (Mean(t1 * b**2 / (t1 + w), H), ">=", 0),
    "a floor is positive": (Mean(1 / (tau + w), H), ">", 0), "of two laws": (Mean(tau, H) * Mean(b**2, G), ">=", 0),
}


@pytest.mark.parametrize("case", ORDERED)
def test_inequalities_hold_in_every_law(case):
    "By the signs of letters."
    left, rel, right = ORDERED[case]
    assert prove(Claim(case, quantity(left), rel, right, on=OVER)).status == "proved"


FALSE = {
    "a share is half": (Mean(SHARE, H), ">=", Rational(1, 2)), "a share is below a half": (Mean(SHARE, H), "<=", Rational(1, 2)),
    "the square of the mean": (Mean(tau, H)**2, "==", Mean(tau**2, H)), "Jensen, turned": (Mean(tau, H)**2, ">=", Mean(tau**2, H)),
    "shares are below their squares": (Mean(SHARE, H), "<=", Mean(SHARE**2, H)), "coordinates are positive": (Mean(b, H), ">=", 0),
    "two laws are one": (Mean(SHARE, H), "==", Mean(SHARE, G)), "shares grow with the penalty": (Mean(SHARE, H).diff(w), ">=", 0),
    "an eigenvalue and its square": (Mean(tau, H), "<=", Mean(tau**2, H)), "eigenvalues are alike": (Mean(t1 * t2, H), "==", Mean(t1, H) * Mean(t2, H)),
}


@pytest.mark.parametrize("case", FALSE)
def test_false_claims_are_refuted(case):
    "By atoms and numbers at which the claim fails in digits, too."
    left, rel, right = FALSE[case]
    verdict = prove(Claim(case, quantity(left), rel, right, on=OVER))
    assert (verdict.status, verdict.by) == ("refuted", "refute")
    gap = replayed(verdict, quantity(sympy.sympify(left - right)))
    assert {"<=": gap > 0, ">=": gap < 0, "==": gap != 0}[rel]


@pytest.mark.parametrize("claim", [(Mean(tau, H), ">", 0), (Mean(b**2, H), ">", 0), (Mean(SHARE, H), "<", 1), (Mean(SHARE**2, H), "<", Mean(SHARE, H))])
def test_what_fails_only_at_zero_is_refuted_there(claim):
    "A law with all its mass at zero breaks a strict sign; the middle of the share's is attained there."
    left, rel, right = claim
    verdict = prove(Claim("strict", quantity(left), rel, right, on=OVER))
    assert verdict.status == "refuted" and verdict.values[0] == verdict.values[1]


def test_jensen_is_not_proved_by_letters():
    "Moments are taken for independent letters, and say nothing; independent copies of the law prove it."
    claim = Claim("Jensen", quantity(Mean(tau, H)**2), "<=", Mean(tau**2, H), on=OVER)
    assert prove(claim, methods=(positive,)).status == "undecided"
    assert prove(claim).by == "copies"


def test_no_witness_outside_the_meaning_of_letters():
    "A root below one while c > 0: r E[tau]^2 <= E[tau^2] is true, though false where c is drawn for a root above one."
    r, c = (symbol(name, name, "a positive letter", positive=True) for name in "rc")
    scaled = Formula(symbol("f", "f", "a quantity of this test"), r * Mean(tau, H)**2, where={**Implicit.root(r, r**3 + r - 2 + c, (0, 1))},
                     on=Region(c < 2))
    assert prove(Claim("Jensen below one", scaled, "<=", quantity(Mean(tau**2, H)))).status == "undecided"
    verdict = prove(Claim("and not by a quarter", scaled, "<=", quantity(Mean(tau**2, H) / 4)))
    assert verdict.status == "refuted" and 0 < verdict.witness[c] < 2


# Laws with letters for atoms

def test_claims_over_atoms_with_letters():
    "Every law of two atoms: Jensen is a square."
    x, y = (symbol(name, name, "an eigenvalue", nonnegative=True) for name in "xy")
    law = Atoms({x: Rational(1, 3), y: Rational(2, 3)})
    for variance, status in ((Rational(2, 9), "proved"), (Rational(1, 9), "refuted")):
        right = quantity(Mean(tau, law)**2 + variance * (x - y)**2)
        assert prove(Claim("Jensen", quantity(Mean(tau**2, law)), "==", right, on=Region(over=(x, y)))).status == status


# Unknowns of a potential

def pooled(regime, expression, K=2):
    """A quantity of K pooled samples with the identity as penalty; expression: a function of scales and mean."""
    of = Pooled(K, regime, penalty=Integer(1))
    return Formula(symbol("f", "f", "a quantity of this test"), expression(of), where={**of.implicit}, on=of.on)


def inside(of):
    return of.floor + sum(c * t for c, t in zip(of.scales, of.eigenvalues, strict=True))


SUMS = {
    "ridgeless": (lambda of: of.mean(1 / inside(of)), lambda k: p - sum(map(size, range(1, k + 1)))),
    "ridge": (lambda of: of.n - sum(of.costs) + mu * of.mean(1 / inside(of)), lambda k: p),
    "ols": (lambda of: of.n - sum(of.costs), lambda k: p),
}


@pytest.mark.parametrize("regime", SUMS)
@pytest.mark.parametrize("K", [1, 2, 3])
def test_the_sum_rule(regime, K):
    "sum (n_k - c_k/w_k) = p - mu tr(Omega Q), in every law; with one coefficient changed it is refuted."
    left, right = SUMS[regime]
    of = pooled(regime, left, K)
    verdict = prove(Claim("the sum rule", of, "==", right(K)))
    assert verdict.status == "proved"
    recheck(verdict.claim, verdict.certificate)
    for wrong in (right(K) + size(1) / 100, right(K) - 1, 2 * right(K)):
        refuted = prove(Claim("the sum rule, wrongly", of, "==", wrong))
        assert refuted.status == "refuted"
        gap = of - wrong
        assert replayed(refuted, gap) != 0


@pytest.mark.parametrize("regime", ["ridge", "ridgeless"])
def test_the_witness_is_a_point_of_the_region(regime):
    "Its sizes are solved for, the unknowns at them are those drawn: by digits the claim fails there."
    of = pooled(regime, lambda of: of.scales[0] * of.mean(t1 / inside(of)))
    verdict = prove(Claim("half of the rows", of, "<=", size(1) / 2))
    assert verdict.status == "refuted" and not {s.name for s in verdict.witness} & {"c1", "c2", "alpha1", "alpha2"}
    numbers = {s.name: v for s, v in verdict.witness.items()}
    assert replayed(verdict, of) > Fraction(int(numbers["n1"].p), int(numbers["n1"].q)) / 2


def test_the_gain_of_a_target_in_its_own_metric():
    "Sigma_0 = Omega, no penalty: V = sum alpha_k sigma_k^2 in every law; with another weight it is refuted."
    of = Pooled(2, "ridgeless", penalty=Integer(1))
    variance, (first, second) = variance_of(of, target=Integer(1)), of.scales
    right = Formula(symbol("q", "q", "noise that passes"), first * noise(1) + second * noise(2), where={**of.implicit}, on=of.on)
    assert prove(Claim("what passes is alpha", variance, "==", right)).status == "proved"
    wrong = Formula(symbol("q", "q", "noise that passes"), first * noise(1) + 2 * second * noise(2), where={**of.implicit}, on=of.on)
    assert prove(Claim("what passes is alpha, wrongly", variance, "==", wrong)).status != "proved"


def test_a_slope_in_a_law():
    "More rows of the only sample, a larger scale."
    c = symbol("c", "c", "a scale", positive=True)
    least = Implicit.potential((c,), p * Mean(log(1 + c * tau), H) - size(1) * log(c))
    scale = Formula(symbol("f", "f", "a scale"), c, where={**least}, on=Region(size(1) < p, size(1) > 0))
    assert prove(Claim("the scale grows with the rows", scale.diff(size(1)), ">=", 0)).status == "proved"
    assert prove(Claim("the scale falls with the rows", scale.diff(size(1)), "<=", 0)).status == "refuted"
    assert prove(Claim("the scale falls with the dimension", scale.diff(p), ">=", 0)).status == "refuted"


# The second look

def test_a_changed_certificate_is_not_confirmed():
    "The sides that a certificate prints, and the claim of a mutant."
    left, right = EQUAL["a share and its rest"]
    verdict = prove(Claim("a share", quantity(left), "==", right, on=OVER))
    wrong = Claim("a share, wrongly", quantity(left), "==", right + Rational(1, 1000) * w, on=OVER)
    with pytest.raises(NotProved, match="claimed to agree"):
        recheck(wrong, copy.deepcopy(verdict.certificate))
    with pytest.raises(NotProved, match="does not hold at|differ at"):
        recheck(wrong, {**verdict.certificate, "right": str(wrong.expanded[1])})


def test_drawn_points_solve_the_equations():
    "At each the slopes vanish exactly, weights sum to one, and letters have their signs where they are drawn."
    claim = Claim("the sum rule", pooled("ridge", SUMS["ridge"][0]), "==", p)
    problem = Problem(claim)
    draw = random.Random(1)
    for _ in range(5):
        laws, point = drawn(draw, problem)
        assert all(sum(weight for _, weight in rows) == 1 for rows in laws.values())
        assert all(value(root.polynomial, point, laws) == 0 for root in problem.space.generators.roots.values())
        assert all(v > 0 for s, v in point.items() if s.is_positive)


def test_unused_laws_do_no_harm():
    "A claim without means over a region with laws."
    assert prove(Claim("squares", quantity((w - 1)**2), ">=", 0, on=Region(over=(w, H)))).status == "proved"


def test_values_are_those_atom_by_atom():
    "A mean in a mean, and the same expression within and without: what is worked out at one atom is not taken at another."
    inner = Mean(tau * w, H)
    expression = (w + tau) ** 2 * Mean((w + tau) ** 2 / (1 + tau + inner), H) - Mean(tau, Atoms({w: "1/3", 2: "2/3"}))
    rows = [({tau: Fraction(1, 2)}, Fraction(1, 4)), ({tau: Fraction(3)}, Fraction(3, 4))]
    at, outside = Fraction(2, 5), Fraction(7)
    meant = sum(weight * row[tau] * at for row, weight in rows)
    over_law = sum(weight * (at + row[tau]) ** 2 / (1 + row[tau] + meant) for row, weight in rows)
    expected = (at + outside) ** 2 * over_law - (at / 3 + Fraction(4, 3))
    found = value(expression, {w: at, tau: outside}, {H: rows})
    assert isinstance(found, Fraction) and found == expected


def test_no_value_where_something_is_divided_by_zero():
    "As with plain fractions."
    with pytest.raises(ZeroDivisionError):
        value(1 / (w - 2), {w: Fraction(2)}, {})
