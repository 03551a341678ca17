"""Powers whose exponent is a whole letter: one normal form, whatever is printed of (1/2)^t and 2^(-t)."""

import copy

import pytest
from sympy import Integer, Rational, oo

from symrisk import Claim, Formula, Region, prove
from symrisk.decide import recheck
from symrisk.errors import NotProved
from symrisk.symbols import symbol, t, w
from symrisk.theorems.collapse import mixing

a = symbol("a", "a", "a positive letter", positive=True)
s = symbol("s", "s", "another whole letter", kind="integer", integer=True, nonnegative=True)
f = symbol("f", "f", "a function of t")
half, third = Rational(1, 2), Rational(1, 3)
two, three = Integer(2), Integer(3)
letters = Region(w <= 1, over=(a, s, t))

TRUE = {
    "a half falls": (half**t, "<=", 1), "and stays positive": (half**t, ">", 0), "two grows": (2**t, ">=", 1),
    "two undoes a half": (half**t * 2**t, "==", 1), "two thirds fall": (Rational(2, 3)**t, "<=", 1),
    "two thirds are two over three": (Rational(2, 3)**t * 3**t, "==", 2**t), "four is two twice": (4**t, "==", (2**t)**2),
    "six is two times three": (6**t, "==", 2**t * 3**t), "three is more than two": (3**t, ">=", 2**t),
    "four ninths are at most two thirds": (Rational(4, 9)**t, "<=", Rational(2, 3)**t), "one more": (2**(t + 1), "==", 2 * 2**t),
    "two letters": (2**(t + s), "==", 2**t * 2**s), "a letter above one": ((1 + a)**t, ">=", 1), "its reciprocal": (1 / (1 + a)**t, "<=", 1),
    "a letter and its reciprocal": ((1 + a)**t * (1 / (1 + a))**t, "==", 1), "a product of bases": ((a * w)**t, "==", a**t * w**t),
    "a product with one of unknown sign": ((2 * w * (1 - w))**t, "==", 2**t * w**t * (1 - w)**t),
    "a quotient of bases": ((a / (1 + a))**t, "<=", 1),
    "a quotient under two exponents": ((a / (1 + a))**t * (a / (1 + a))**s, "<=", (a / (1 + a))**t),
    "any positive base": (a**t, ">", 0),
    "below one": ((1 - w)**t, "<=", 1), "a step": ((1 - w)**(t + 1), "<=", (1 - w)**t),
}
FALSE = {
    "a half is below one": (half**t, "<", 1), "two is above one": (2**t, ">", 1), "two is at most one": (2**t, "<=", 1),
    "any base grows": (a**t, ">=", 1), "any base falls": (a**t, "<=", 1), "three is at most two": (3**t, "<=", 2**t),
    "five is four": (5**t, "==", 4**t), "0^0 is 0": ((1 - w)**t, "<", 1),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name):
    "Identities and growth, bases below and above one, numbers and letters."
    assert prove(Claim(name, *TRUE[name], on=letters)).status == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name):
    "At t = 0, or one step later."
    assert prove(Claim(name, *FALSE[name], on=letters)).status == "refuted"


@pytest.mark.parametrize("weight", [half, third, Rational(1, 4), Rational(2, 3)])
def test_mixing_at_a_number(weight):
    "At 1 - w = 1/k the claims are those of other weights."
    at, settled = mixing.variance_factor_at.at({w: weight}), mixing.variance_factor.at({w: weight})
    assert prove(Claim("the first is one", at.at({t: 0}), "==", 1)).status == "proved"
    following = weight**2 + (1 - weight)**2 * (1 + at)
    assert prove(Claim("the recursion", at.at({t: t + 1}), "==", following)).status == "proved"
    assert prove(Claim("the long run", at.limit(t, oo), "==", settled)).status == "proved"


LIMITS = {
    "two thirds vanish": (Rational(2, 3)**t, 0), "a step on top": (1 + half**(2 * t + 1), 1), "two grows for ever": (2**t, oo),
    "one over what grows": (1 / (1 + 2**t), 0), "powers of one number": ((4**t + 8**t) / (1 + 8**t), 1),
    "a letter": ((1 - w)**(2 * t + 1) + w, w), "a letter above one": ((1 + a)**t / (2 + (1 + a)**t), 1),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limits_as_the_exponent_grows(name):
    "What stands in exponents only tends to what its power says."
    expression, value = LIMITS[name]
    region = Region(w > 0, w < 1, over=(a, t))
    limit = Formula(f, expression, on=region).limit(t, oo)
    assert prove(Claim(name, limit, "==", value)).status == "proved"
    wrong = 0 if value == oo else value + 1
    assert prove(Claim(name, limit, "==", wrong)).status != "proved"


@pytest.mark.parametrize(("expression", "says"), [
    (t / 2**t, "t stands outside exponents"), (half**t + third**t, "move together with t"),
    (a**t, "is not shown to move"), ((1 - w)**t, "is not shown to move"), (1 / (1 + t), "t stands in no exponent")])
def test_what_is_not_read_off_is_said(expression, says):
    "The real reason."
    region = Region(w >= 0, w <= 1, over=(a, t))
    verdict = prove(Claim("it vanishes", Formula(f, expression, on=region).limit(t, oo), "==", 0))
    assert verdict.status == "undecided" and says in verdict.assumes[0]


def test_the_mixed_variance_settles():
    "v_t tends to c(w) for every weight below one: mixing's own statement."
    limit = mixing.variance_factor_at.limit(t, oo)
    assert prove(Claim("it settles", limit, "==", mixing.variance_factor, on=Region(w < 1))).status == "proved"


def test_no_cell_reaches_to_where_a_power_vanishes():
    "a^t is not zero for positive a: a cell with that face is not the one that was found."
    claim = Claim("at most one", (a / (a + 1))**t, "<=", 1, on=Region(over=(a, t)))
    certificate = prove(claim).require().certificate
    recheck(claim, certificate)
    letters = [(k, m) for k, cell in enumerate(certificate["cells"]) for m, link in enumerate(cell["chart"])
               if link["variable"].startswith("power") and not link["closed"]]
    assert letters
    for k, m in letters:
        forged = copy.deepcopy(certificate)
        forged["cells"][k]["chart"][m]["closed"] = True
        with pytest.raises(NotProved):
            recheck(claim, forged)
