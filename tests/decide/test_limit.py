"""Limits as claims: read off regime by regime, confirmed to 50 digits, and never proved where they are false.

What a limit is here is confirmed by numbers: the quantity evaluated close to the point, by the library's exact digits.
"""

import copy
import importlib
import pickle
from fractions import Fraction

import pytest
import sympy
from sympy import Integer, Piecewise, Rational, oo, sqrt

from symrisk import Claim, Formula, Implicit, Region, prove
from symrisk.decide.methods.identity import identity
from symrisk.decide.methods.positive import positive
from symrisk.decide.recheck import recheck
from symrisk.errors import ArgumentError, NoMethod, NotProved
from symrisk.language.relation import Relation
from symrisk.symbols import mu, n1, n2, p, symbol, theta_sq, w
from symrisk.theorems.transfer import concept_shift, isotropic_ridge
from symrisk.theorems.transfer.isotropic_ridge import fitted_share

module = importlib.import_module("symrisk.decide.methods.limit")
a = symbol("a", "a", "a positive letter", positive=True)
c = symbol("c", "c", "a positive letter", positive=True)
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
x = symbol("x", "x", "any real number")
y = symbol("y", "y", "any real number")
r = symbol("r", "r", "a root", positive=True)
moved = symbol("moved", "f", "a quantity that moves")


def of(expression, *hypotheses, over=(), **roots):
    """A formula on a region."""
    return Formula(moved, expression, where=roots.get("where"), on=Region(*hypotheses, over=over))


cubic = {**Implicit.root(r, r**3 + a * r - b * c, (0, oo))}
by_root = {**Implicit.root(r, c * r**2 + r - a, (0, oo))}
TRUE = {
    "a value taken": (of(x**2 + 1, over=(x,)), x, 2, "+", "==", 5), "from below": (of(1 / (x - y), x < y), x, y, "-", "==", -oo),
    "from above": (of(1 / (x - y), x > y), x, y, "+", "==", oo), "a removable pole": (of((x**2 - y**2) / (x - y), x > y), x, y, "+", "==", 2 * y),
    "at infinity": (of((2 * a + c) / (a + 1), over=(a, c)), a, oo, "+", "==", 2), "minus infinity": (of(x**3 / (x**2 + 1), over=(x,)), x, -oo, "+", "==", -oo),
    "to zero": (of(c / (a + c), over=(a, c)), a, oo, "+", "==", 0), "a root replaced": (of((sqrt(a) + 1) / (sqrt(a) + c), over=(a, c)), a, oo, "+", "==", 1),
    "a root at its zero": (of(a / sqrt(a), over=(a,)), a, 0, "+", "==", 0), "an implicit root to infinity": (of(r, over=(a, c), where=by_root), a, oo, "+", "==", oo),
    "an implicit root's rate": (of(r / a, over=(a, c), where=by_root), a, 0, "+", "==", 1), "a root's square rate": (of(c * r**2 / a, over=(a, c), where=by_root), a, oo, "+", "==", 1),
    "a cubic's root": (of(r * a / c, b > 0, over=(a, c), where=cubic), b, 0, "+", "==", 0), "and its rate": (of(r * a / (b * c), b > 0, over=(a, c), where=cubic), b, 0, "+", "==", 1),
    "a root that stays": (of((sqrt(c) * x + 1) / (x + c), x > 0, over=(c,)), x, oo, "+", "==", sqrt(c)), "an end that is a bound": (of(a / (c - a), a < c), a, c, "-", "==", oo),
    "an expression as point": (of((p - n1 - n2) / (p - n1), n1 + n2 < p, n2 > 0), p, n1 + n2, "+", "==", 0), "an upper bound": (of(x / (x + a), x > 0, over=(a,)), x, oo, "+", "<=", 1),
    "a strict bound": (of(x / (x + a), x > 0, over=(a,)), x, 0, "+", "<", a), "below infinity": (of(x / (x + a), x > 0, over=(a,)), x, oo, "+", "<", oo),
    "cases far from the point": (of(Piecewise((1, x < 3), (c / x, True)), x > 0, over=(c,)), x, oo, "+", "==", 0), "cases at the point": (
        of(Piecewise((x, x < c), (7, True)), x > 0, over=(c,)), x, 0, "+", "==", 0),
    "one value in all regimes": (of(x / (x + b), x > 0, b > 0), x, 0, "+", "==", 0), "an equation as hypothesis": (
        of(x * a / (x * c + x**2), x > 0, Relation(a, "==", 2 * c)), x, 0, "+", "==", 2),
    "two roots move": (of(sqrt(a) + sqrt(a + 1), over=(a,)), a, 0, "+", "==", 1), "a root of a square": (of(sqrt(a**2 + 1), over=(a,)), a, 0, "+", "==", 1),
    "a pole": (of(1 / (x - 1), over=(x,)), x, 1, "+", "==", oo), "a ratio of sizes": (of(n1 / p, n1 > 0), p, oo, "+", "==", 0),
}


def claimed(name, table, rel=None, value=None):
    quantity, letter, point, side, default, right = table[name]
    return Claim(f"the limit is right: {name}", quantity.limit(letter, point, side), rel or default, right if value is None else value)


@pytest.mark.parametrize("name", TRUE)
def test_true_limits_are_proved(name):
    "By lowest orders, confirmed by 50 digits; the certificate is plain data and convinces the second route."
    claim = claimed(name, TRUE)
    verdict = prove(claim)
    assert verdict.status == "proved", verdict.assumes
    assert any("confirmed to 50 digits" in reason for reason in verdict.assumes)
    recheck(claim, verdict.certificate)


@pytest.mark.parametrize("name", [name for name, row in TRUE.items() if row[4] == "=="])
def test_next_to_a_true_limit_all_is_false(name):
    "A value beside the limit, and the other infinity, are refuted or undecided, with the place where they fail."
    right = sympy.sympify(TRUE[name][-1])
    wrong = -right if right.is_infinite else right + Rational(1, 10**6)
    verdict = prove(claimed(name, TRUE, value=wrong))
    assert verdict.status == "refuted" and verdict.witness is not None


FALSE = {
    "not uniform in b": (of(x / (x + b), x > 0, over=(b,)), x, 0, "+", "==", 0, {b: 0}),
    "infinite, but not without b": (of(b / x, x > 0, over=(b,)), x, 0, "+", "==", oo, {b: 0}),
    "not at the double point": (of(x / (x + (a - c)**2), x > 0, over=(a, c)), x, 0, "+", "==", 0, None),
    "an order too low": (of(c * r**2 / a, over=(a, c), where=by_root), a, 0, "+", "==", 1, None),
    "a bound that is attained": (of(x / (x + b), x > 0, over=(b,)), x, oo, "+", "<", 1, None),
    "the other side": (of(1 / (x - y), x < y), x, y, "-", "==", oo, None),
    "one of two regimes": (fitted_share, mu, 0, "+", "==", 1, None),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_limits_are_refuted(name):
    "At an exact point of the other names, at which digits show the quantity to stay away from the claimed side."
    quantity, letter, point, side, rel, right, witness = FALSE[name]
    verdict = prove(Claim("a false limit", quantity.limit(letter, point, side), rel, right))
    assert verdict.status == "refuted" and letter not in verdict.witness
    assert witness is None or witness.items() <= verdict.witness.items()
    place = {s.name: Fraction(int(v.p), int(v.q)) for s, v in verdict.witness.items() if s.name in quantity.inputs}
    near = sympy.sympify(point).xreplace(verdict.witness)
    at = Fraction(10)**40 if near == oo else Fraction(int(near.p), int(near.q)) + Fraction(1 if side == "+" else -1, 10**40)
    aim = sympy.sympify(right).xreplace(verdict.witness)
    value = Fraction(quantity.digits(30, **{letter.name: at}, **place))
    assert value < 10**20 if aim == oo else value >= Fraction(int(aim.p), int(aim.q)) - Fraction(1, 10**20) if rel == "<" else value != aim


UNDECIDED = {
    "a power moves": (of((1 - w)**symbol("k", "k", "a whole number", kind="integer", integer=True, nonnegative=True), w > 0, w <= 1), w, 0, "+", 1,
                      "does not go away"),
    "no value close by": (of((x + x**2) / (x * (1 / x + 1 / (c * x**2 - x**2))), x > 0, over=(c,)), x, 0, "+", 1, "zero in a regime"),
    "no value without its name": (of(x / (a - c), over=(x, a, c)), x, 0, "+", 0, "different from zero"),
    "the claimed side moves": (of(a, over=(a,)), a, 0, "+", a, "does not go away"),
    "an irrational point": (of(a, over=(a,)), a, sqrt(2), "+", sqrt(2), "not rational"),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_what_is_out_of_reach_says_why(name):
    "Undecided, with the reason."
    quantity, letter, point, side, right, reason = UNDECIDED[name]
    verdict = prove(Claim("a limit out of reach", quantity.limit(letter, point, side), "==", right))
    assert verdict.status == "undecided" and reason in verdict.assumes[0]


def test_a_regime_that_is_not_uniform_and_can_not_be_split():
    "On a b = 1 the limit is not what it is elsewhere, and no name is left that tells where that is: undecided, saying what vanishes."
    quantity = of(x / (x + (a**2 + c**2 - 1) * (a**3 + c**3 - 2) * (a**5 - c**4 + 1) * (a**4 + 3 * c**5 - 7)), x > 0, over=(a, c))
    verdict = prove(Claim("a limit that is not uniform", quantity.limit(x, 0), "==", 0))
    assert verdict.status == "undecided" and verdict.assumes


def test_digits_that_do_not_confirm_leave_a_limit_undecided(monkeypatch):
    "The algebra being right, a value that is off in the 40th digit is enough."
    claim = Claim("the share tends to one", fitted_share.limit(mu, 0), "==", 1, on=Region(n1 + n2 > p))
    honest = module.digits_at
    monkeypatch.setattr(module, "digits_at", lambda e, roots, point: honest(e, roots, point) + (Fraction(1, 10**40) if mu in point else 0))
    verdict = prove(claim)
    assert verdict.status == "undecided" and "50 digits do not confirm the limit 1" in verdict.assumes[0]


@pytest.mark.parametrize("slow", [lambda x: x**0, lambda x: Fraction(1, 1 + len(str(x.denominator)))])
def test_convergence_is_geometric(monkeypatch, slow):
    "A value that stays away, or comes closer with the number of digits only, confirms nothing."
    claim = Claim("it vanishes", of(a, over=(a,)).limit(a, 0), "==", 0)
    monkeypatch.setattr(module, "digits_at", lambda e, roots, point: slow(Fraction(str(point[a]))) if a in point else Fraction(0))
    assert prove(claim).status == "undecided"


@pytest.mark.parametrize("corrupt", ["orders", "bound", "numerator", "image", "regime", "sign"])
def test_a_corrupt_certificate_is_refused(corrupt):
    "The second route does not take the first one's word."
    claim = Claim("the share tends to one", fitted_share.limit(mu, 0), "==", 1, on=Region(n1 + n2 > p))
    certificate = copy.deepcopy(prove(claim).certificate)
    first = certificate["regimes"][0]
    if corrupt == "orders":
        first["orders"][0] += 1
    elif corrupt == "bound":
        first["bound"]["denominator"]["terms"][0][1] = "7"
    elif corrupt == "numerator":
        first["numerator"]["terms"][0][1] = "7"
    elif corrupt == "image":
        first["end"] = "upper" if first["end"] == "lower" else "lower"
    elif corrupt == "regime":
        del certificate["regimes"][:]
    else:
        first["signs"][0]["sign"] *= -1
    with pytest.raises(NotProved):
        recheck(claim, certificate)


def test_a_false_claim_does_not_pass_the_recheck_of_a_true_one():
    "The certificate of one claim proves no other."
    on = Region(n1 + n2 > p)
    true = Claim("the share tends to one", fitted_share.limit(mu, 0), "==", 1, on=on)
    false = Claim("the share tends to two", fitted_share.limit(mu, 0), "==", 2, on=on)
    with pytest.raises(NotProved):
        recheck(false, prove(true).certificate)


def test_other_methods_do_not_look_at_limits():
    "Whatever the methods, a limit is decided by its own; nothing is proved from values at a point."
    claim = Claim("the share tends to one", fitted_share.limit(mu, 0), "==", 1, on=Region(n1 + n2 > p))
    assert prove(claim, methods=(identity, positive)).by == "limit"


def test_conditions_say_where_a_limit_holds():
    "An equivalence about a limit, in both directions."
    assert prove(Claim("half is passed", of(x / (x + a), x > 0, over=(a,)).limit(x, 1), ">", Rational(1, 2), iff=(a < 1,))).status == "proved"
    assert prove(Claim("half is passed", of(x / (x + a), x > 0, over=(a,)).limit(x, 1), ">", Rational(1, 2), iff=(a < 2,))).status == "refuted"


def test_a_limit_is_a_side_of_its_own():
    "Not a term of one; and neither side may be a limit of a limit."
    limit = of(x + a, over=(x, a)).limit(x, 0)
    assert prove(Claim("a sum with a limit", limit + 1, "==", a + 1)).status == "undecided"
    assert prove(Claim("the limit on the right", a, "==", limit)).status == "proved"


def test_a_limit_is_not_evaluated():
    "Neither on a grid nor in digits, nor differentiated; what can be done is said."
    limit = isotropic_ridge.ridge_risk.limit(mu, 0)
    for call in (limit, limit.digits, limit.ball, limit.values):
        with pytest.raises(NoMethod, match="claim what it is"):
            call(n1=1)
    with pytest.raises(NoMethod, match="derivative of a limit"):
        limit.diff(p).expanded  # noqa: B018


def test_a_name_that_is_defined_or_unknown_does_not_move():
    "Named errors."
    with pytest.raises(ArgumentError, match="given"):
        concept_shift.pooled_risk.limit(theta_sq, 0)
    with pytest.raises(ArgumentError, match="no name"):
        concept_shift.pooled_risk.limit(a, 0)
    with pytest.raises(ArgumentError, match="side"):
        concept_shift.pooled_risk.limit(p, 0, "both")
    with pytest.raises(ArgumentError, match="takes no other value"):
        fitted_share.limit(mu, 0).at({mu: 1})
    with pytest.raises(ArgumentError, match="takes no other value"):
        fitted_share.limit(mu, 0).at({p: 2 * mu})


def test_other_names_are_replaced_under_a_limit():
    "In the quantity and in the point."
    limit = ((p - n1 - n2) * concept_shift.unequal_noise_pooled_risk).limit(p, n1 + n2)
    assert limit.at({n2: 3}) == ((p - n1 - n2) * concept_shift.unequal_noise_pooled_risk).at({n2: 3}).limit(p, n1 + 3)
    shares = fitted_share.limit(mu, 0).at({n2: Integer(0)})
    assert prove(Claim("the source alone", shares, "==", n1 / p, on=Region(n1 < p))).status == "proved"


def test_a_limit_in_print():
    "LaTeX, text and pickle."
    assert fitted_share.limit(mu, 0).head_latex() == r"\lim_{\mu \to 0^{+}} \beta"
    assert fitted_share.limit(mu, oo).head_latex() == r"\lim_{\mu \to \infty} \beta"
    assert fitted_share.limit(p, n1 + n2, "-").head_latex() == r"\lim_{p \to (n_1 + n_2)^{-}} \beta"
    limit = fitted_share.limit(mu, 0)
    assert str(limit) == "lim fitted_share as mu -> 0+" and pickle.loads(pickle.dumps(limit)) == limit
    verdict = prove(Claim("the share tends to one", limit, "==", 1, on=Region(n1 + n2 > p)))
    assert "-> 1" in str(verdict) and "rests on: confirmed to 50 digits" in str(verdict)
