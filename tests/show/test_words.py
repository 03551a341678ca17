"""Mathematics as lines of text."""

import sympy

from symrisk import Claim, Formula, Implicit, Region
from symrisk.show import words
from symrisk.symbols import gamma, lam, n1, p, sigma_sq, symbol

kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
room = Formula(symbol("room", "r", "share of free dimensions"), sigma_sq*(p - n1)/p, on=Region(n1 < p))


def test_what_is_positive_comes_first():
    "As in the LaTeX: p - n1, not -n1 + p."
    assert words.line((p - n1)/p) == "(p - n1)/p" and words.line(3) == "3"


def test_a_formula_is_called_with_its_defaults():
    "Inputs in order, defaults as they are."
    assert words.call(room) == "room(n1, p, sigma_sq=1)"
    assert words.described(sigma_sq)["default"] == "1" and words.described(n1)["kind"] == "count"
    assert words.meaning(sympy.Symbol("z")) == ""


def test_a_claim_says_its_relation_and_where():
    "A formula by its name; an equivalence by its conditions."
    claim = Claim("half is free", room, ">", "1/2", on=n1 > 0, iff=(2*n1 < p,))
    assert words.claim(claim) == "room > 1/2  exactly where 2*n1 < p  (on n1 > 0)"
    assert words.region(room.on) == "n1 < p"


def test_an_implicit_name_says_what_it_solves():
    "Its equation, and where its zero lies."
    root = Implicit.root(kappa, kappa**2 + (1 - gamma - lam)*kappa - lam)
    assert words.definition(kappa, root[kappa]).endswith(" with 0 < kappa < oo")
    assert words.drawn(kappa, root[kappa], True) == words.definition(kappa, root[kappa])
