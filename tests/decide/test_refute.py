"""Refuting: a simple point of the region, whole where whole numbers are meant, with both sides'
values there.

The names that solve equations are solved for at each point; identities between them are proved
modulo their equations.
"""

import copy
import json

import numpy as np
import pytest
import sympy
from forger import forgeries
from sympy import Piecewise, Rational, sqrt

from symrisk import Atoms, Claim, Formula, Implicit, Mean, Region, monotonicity, prove, threshold
from symrisk.catalogue import entries
from symrisk.decide.methods.refute import fails
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import recheck
from symrisk.decide.witnesses.points import is_whole
from symrisk.engine.balls.ball import Ball
from symrisk.errors import NoMethod, NotProved
from symrisk.symbols import H, n1, n2, p, symbol, t, tau, w
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift as shift

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
c = symbol("c", "c", "a positive letter", positive=True)
v = symbol("v", "v", "any real number")
k = symbol("k", "k", "a whole number", kind="integer", integer=True)
free = Region(over=(a, b, c))
room = Region(n1 + n2 < p)

FALSE = {
    # claims of the catalogue's formulas
    "pooling always helps": (shift.pooled_risk, "<=", shift.target_risk, None),
    "pooling never helps": (shift.pooled_risk, ">=", shift.target_risk, Region(n1 > 0)),
    "more source samples always help": (shift.pooled_risk.diff(n1), "<=", 0, None),
    "the threshold is positive": (shift.ssr_threshold, ">", 0, None),
    "the best source size is positive": (shift.best_source_size, ">", 0, None),
    "mixing always helps": (mixing.variance_factor, "<", 1, None),
    # counts
    "half the room": (2 * n1, "<", p, room),
    "three of them": (n1 + n2 + 3, "<", p, room),
    "an even size": ((n1 - n2) ** 2, ">=", 1, room),
    "odd ones out": (n1 * n2, "<", 12, room),
    "a power": (2 * n1, ">=", n1**2, room),
    # far out, and narrow
    "far out": (a + b, "<", 1000, free),
    "a product far out": (a * c, "<", 10**9, free),
    "one free dimension": ((p - n1) / (p - n1 - n2), "<", 10**6, room),
    "roots far out": (sqrt(a) + sqrt(c), "<", 1000, free),
    "close to zero": (a, ">", Rational(1, 10**30), free),
    "a tie on a line": ((a - 2 * c) ** 2 * (1 + b), ">", 0, free),
    "a tie far out": ((a - 137 * c) ** 2, ">", 0, free),
    "a tie at a fraction": ((7 * a - 3) ** 2 * c, ">", 0, free),
    "a dip of 1e-20": (a**2 + c * Rational(1, 10**20) + 4, ">=", 4 * a + Rational(1, 10**19), free),
    "one case": (Piecewise((a, a > c), (-a, True)), ">", 0, free),
    "a power at its start": ((1 - w) ** t, "<", 1, Region(w > 0, w <= 1, over=(t,))),
    # over laws
    "eigenvalues are at most one": (Mean(tau, H), "<=", 1, Region(over=(H,))),
    "no mass at zero": (Mean(tau, H), ">", 0, Region(over=(H,))),
    "rows and a law": (p * Mean(tau, H), "<", n1 * Mean(tau**2, H), Region(n1 < p, over=(H,))),
}


def claim_of(name):
    left, rel, right, region = FALSE[name]
    return Claim(name, left, rel, right, on=region)


@pytest.mark.parametrize("name", FALSE)
def test_a_false_claim_has_a_simple_witness(name):
    "Whole where a count is meant, and exact; the values beside it do break the relation."
    claim = claim_of(name)
    verdict = prove(claim)
    assert verdict.status == "refuted"
    assert all(value.is_integer for symbol, value in verdict.witness.items() if is_whole(symbol))
    left, right = verdict.values
    assert not {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[
        claim.relation.rel
    ]


SMALL = [name for name in FALSE if name not in ("one free dimension", "roots far out")]


@pytest.mark.parametrize("name", SMALL)
def test_counts_are_small(name):
    "At most ten where the claim fails there."
    assert all(
        value <= 10 for symbol, value in prove(claim_of(name)).witness.items() if is_whole(symbol)
    )


def test_a_witness_is_the_same_every_time():
    "Nothing is left to chance."
    first, second = (prove(claim_of("pooling never helps")) for _ in range(2))
    assert (first.witness, first.values) == (second.witness, second.values)


def test_both_sides_are_shown():
    "In the verdict's text, in what `require` raises, and as plain data."
    verdict = prove(Claim("small", a + b, "<=", 2 * b, on=Region(b >= 3, over=(a,))))
    left, right = verdict.values
    said = f"where {left} <= {right} is false"
    assert said in repr(verdict) and said in str(verdict)
    with pytest.raises(NotProved, match=said):
        verdict.require()
    assert json.loads(json.dumps(verdict.to_dict()))["values"] == [str(left), str(right)]


def test_values_that_are_not_rational_are_enclosed():
    "And written as decimals."
    verdict = prove(Claim("small", sqrt(a + 1), "<", sqrt(a) + Rational(1, 3), on=Region(a <= 1)))
    left, right = verdict.values
    assert any(isinstance(side, Ball) for side in verdict.values) and "~" in repr(verdict)
    assert float(left.mid if isinstance(left, Ball) else left) >= float(
        right.mid if isinstance(right, Ball) else right
    )


NOT_WHOLE = {
    "half a row": ((2 * n1 - 1) ** 2, ">", 0, Region(over=(n1,))),
    "between two sizes": (n1, "<=", 1, Region(n1 < 2)),
    "between sizes of two samples": ((2 * n1 - p) ** 2, ">", 0, Region(n1 > 1, n1 < 2, p < 4)),
}


@pytest.mark.parametrize("name", NOT_WHOLE)
def test_it_says_where_no_witness_is_whole(name):
    "A claim that fails between whole numbers only is refuted there, and says so."
    left, rel, right, region = NOT_WHOLE[name]
    verdict = prove(Claim(name, left, rel, right, on=region))
    assert verdict.status == "refuted" and "no witness in whole numbers was found" in str(verdict)


OUTSIDE = {
    "outside the region": (Claim("c", n1, "<", 1, on=room), {n1: 5, n2: 0, p: 3}),
    "the sign of a letter": (Claim("c", a + 1, ">", 0, on=free), {a: -2, b: 0, c: 1}),
    "zero for what is positive": (Claim("c", a, ">", 0, on=free), {a: 0, b: 0, c: 1}),
    "a fraction for what is whole": (
        Claim("c", k**2, ">=", k, on=Region(over=(k,))),
        {k: Rational(1, 2)},
    ),
    "no value": (Claim("c", 1 / v, ">", 0, on=Region(over=(v,))), {v: 0}),
    "a weight below zero": (
        Claim(
            "c",
            Formula(
                symbol("f", "f", "a mean"), Mean(tau, Atoms({1: v, 3: 1 - v})), on=Region(over=(v,))
            ),
            "<=",
            3,
        ),
        {v: Rational(-7, 13)},
    ),
    "an eigenvalue below zero": (
        Claim(
            "c",
            Formula(symbol("f", "f", "a mean"), Mean(tau, Atoms({v: 1})), on=Region(over=(v,))),
            ">=",
            0,
        ),
        {v: -1},
    ),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_no_point_of_the_region_refutes_nothing(name):
    "A claim is about its region, the signs of its letters and the laws that it speaks of."
    claim, point = OUTSIDE[name]
    assert not fails(claim, {s: sympy.Rational(x) for s, x in point.items()})


@pytest.mark.parametrize("rel", ["<=", ">="])
def test_a_law_is_a_law_where_a_claim_is_refuted(rel):
    "Weights in letters are weights: between 1 and 3 the mean of two atoms is what it is."
    mean = Formula(
        symbol("f", "f", "a mean"), Mean(tau, Atoms({1: v, 3: 1 - v})), on=Region(over=(v,))
    )
    bound = {"<=": 3, ">=": 1}[rel]
    assert prove(Claim("between its atoms", mean, rel, bound)).status != "refuted"
    verdict = prove(Claim("at most two", mean, rel, 2))
    assert verdict.status == "refuted" and 0 <= verdict.witness[v] <= 1


# Names that solve equations.

x = symbol("x", "x", "an unknown", positive=True)
y = symbol("y", "y", "another unknown", positive=True)


def solved(function):
    return lambda **given: (*function(**given), np.zeros(np.broadcast(*given.values()).shape, int))


def sides(a, c):
    """The sides of a rectangle of half circumference a and area c."""
    root = np.sqrt(a * a - 4 * c)
    return (a + root) / 2, (a - root) / 2


square = Implicit.cases(
    (x,), [(x**2 - a,)], near=solved(lambda a: (np.sqrt(a),)), parameters=(a,)
)
cube = Implicit.cases((x,), [(x**3 - a,)], near=solved(lambda a: (np.cbrt(a),)), parameters=(a,))
rectangle = Implicit.cases(
    (x, y), [(x + y - a, x * y - c)], near=solved(sides), parameters=(a, c)
)
root = Formula(symbol("root", "r", "a square root"), x, where={**square}, on=Region(over=(a,)))
third_root = Formula(
    symbol("third_root", "q", "a cube root"), x, where={**cube}, on=Region(over=(a,))
)
long = Formula(
    symbol("long", "l", "the long side"), x, where={**rectangle}, on=Region(4 * c < a**2)
)
short = Formula(
    symbol("short", "s", "the short side"), y, where={**rectangle}, on=Region(4 * c < a**2)
)

IDENTITIES = {
    "a square": (root**2, "==", a),
    "a fourth power": (root**4, "==", a**2),
    "a conjugate": ((root - 1) * (root + 1), "==", a - 1),
    "of two systems": (third_root**3 * root**2, "==", a**2),
    "a sum": (long + short, "==", a),
    "a product": (long * short, "==", c),
    "squares": (long**2 + short**2, "==", a**2 - 2 * c),
    "one alone": (long**2 - a * long, "==", -c),
    "inverses": (1 / long + 1 / short, "==", a / c),
    "cubes": (long**3 + short**3, "==", a**3 - 3 * a * c),
    "not less either": (root**2, ">=", a),
    "at a number": (root.at({a: 9}) ** 2, "==", 9),
    "at another letter": (root.at({a: c}) ** 2, "==", c),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_identities_hold_modulo_their_equations(name):
    "Proved by cofactors that are printed, and confirmed from the claim's own text."
    claim = Claim(name, *IDENTITIES[name])
    verdict = prove(claim)
    assert (verdict.status, verdict.by) == ("proved", "modulo") and "= 0" in str(verdict)
    recheck(claim, verdict.certificate)


@pytest.mark.parametrize("name", ["a square", "one alone"])
def test_no_forged_cofactor_is_confirmed(name):
    "Whatever is changed in a certificate, the second look says so."
    claim = Claim(name, *IDENTITIES[name])
    certificate, problem = copy.deepcopy(prove(claim).certificate), Problem(claim)
    for forged in forgeries(certificate):
        with pytest.raises(NotProved):
            recheck(claim, forged, problem)


def test_what_vanishes_may_not_be_multiplied_to_both():
    "A numerator and a denominator that both hold the equation are no proof."
    claim = Claim("one", root, "==", 1)
    equation = {"variables": ["a", "x"], "terms": [[[0, 2], "1"], [[1, 0], "-1"]]}
    numerator = {
        "variables": ["a", "x"],
        "terms": [[[0, 3], "1"], [[0, 2], "-1"], [[1, 1], "-1"], [[1, 0], "1"]],
    }
    cofactor = {"variables": ["x"], "terms": [[[1], "1"], [[0], "-1"]]}
    forged = {
        "method": "modulo",
        "numerator": numerator,
        "denominator": equation,
        "cases": [[{"equation": equation, "cofactor": cofactor}]],
    }
    with pytest.raises(NotProved):
        recheck(claim, forged)


SOLVED_WRONGLY = {
    "the wrong square": (root**2, "==", 2 * a),
    "two roots are one": (root, "==", third_root),
    "a root is smaller": (root, "<=", a),
    "the short side is longer": (long, "<", short),
    "the wrong cubes": (long**3 + short**3, "==", a**3 - 2 * a * c),
    "the square of another letter": (root.at({a: 4}), "==", root),
}


@pytest.mark.parametrize("name", SOLVED_WRONGLY)
def test_what_is_false_of_solutions_is_refuted_at_parameters(name):
    "The unknowns are no part of the witness: at it the formulas themselves differ."
    claim = Claim(name, *SOLVED_WRONGLY[name])
    verdict = prove(claim)
    assert verdict.status == "refuted" and not set(verdict.witness) & {x, y}
    left, right = (in_floats(side, verdict.witness) for side in claim.sides)
    assert not {"==": left == right, "<=": left <= right, "<": left < right}[claim.relation.rel]


def in_floats(side, point):
    """A side at a point, on the grid: solved for by Newton's method."""
    if not hasattr(side, "inputs"):
        return float(side.subs(point))
    return side(**{s.name: float(value) for s, value in point.items() if s.name in side.inputs})


def test_a_true_inequality_between_solutions_is_not_refuted():
    "Undecided, and it says why."
    verdict = prove(Claim("the long side is longer", long, ">", short))
    assert verdict.status == "undecided" and "x, y solve equations" in str(verdict)


def test_signs_of_solutions_are_proved_for_every_value():
    "What holds for every positive number holds for a positive solution."
    assert prove(Claim("positive", long * short + root, ">", 0)).status == "proved"


def test_what_moves_with_a_parameter_is_not_held():
    "No limit, threshold or monotonicity is read off an unknown as if it were a constant."
    assert prove(Claim("to zero", root.limit(a, 0), "==", 0)).status == "undecided"
    with pytest.raises(NoMethod):
        threshold(root - c, a)
    with pytest.raises(NoMethod):
        monotonicity(root, a)


def test_roots_are_drawn_on_their_equations():
    "A root of a polynomial is solved for as well, and is no part of a witness."
    kappa = symbol("kappa", r"\kappa", "a root", positive=True)
    quintic = Formula(
        symbol("quintic", "q", "a root"),
        kappa,
        where={**Implicit.root(kappa, kappa**5 + kappa - a)},
        on=Region(over=(a,)),
    )
    verdict = prove(Claim("at most one", quintic, "<=", 1))
    assert verdict.status == "refuted" and set(verdict.witness) == {a} and verdict.witness[a] > 2
    assert prove(Claim("its equation", quintic**5 + quintic, "==", a)).status == "proved"


@pytest.mark.parametrize(
    "erratum", [e for entry in entries() for e in entry.theorem.errata], ids=lambda e: e.says
)
def test_errata_have_small_witnesses(erratum):
    "What was published and is false is refuted at whole numbers below ten."
    verdict = prove(erratum.published)
    assert verdict.status == "refuted" and not any("whole" in reason for reason in verdict.assumes)
    assert all(
        value.is_integer and value < 10
        for symbol, value in verdict.witness.items()
        if is_whole(symbol)
    )
