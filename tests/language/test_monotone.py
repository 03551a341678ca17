"""`rises` and `falls`: claims of monotonicity in one line, their sentences made from meanings."""

import pytest
import sympy

from symrisk import Claim, Formula, Region, falls, prove, rises
from symrisk.errors import ArgumentError
from symrisk.symbols import n1, n2, p, snr, symbol, t, w
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift as shift

room = Formula(symbol("room", "s", "share of the dimensions that are free: (p - n)/p"),
               (p - n1 - n2) / p, on=Region(n1 + n2 < p))


def test_one_claim_a_name():
    "The sign of the slope by each name, in their order, on the region that is asked for."
    some = Region(n1 + n2 > 0)
    found = falls(room, n1, n2, on=some)
    stated = tuple(Claim(claim.says, room.diff(name), "<", 0, on=some) for claim, name in zip(found, (n1, n2), strict=True))
    assert found == stated
    assert rises(room, p, on=some) == (Claim("the share of the dimensions that are free grows with the dimension",
                                             room.diff(p), ">", 0, on=some),)


def test_a_remark_in_a_meaning_is_no_part_of_the_sentence():
    "Up to a colon, a bar, or a word with an index or a power; the name itself where there is no meaning."
    said = [claim.says for claim in rises(room, snr, p, sympy.Symbol("x", positive=True), called="it")]
    assert said == ["it grows with the signal-to-noise ratio", "it grows with the dimension", "it grows with x"]


@pytest.mark.parametrize("claims", [falls(room, n1, n2), rises(room, p, on=n1 > 0), rises(room, p, strictly=False),
                                    rises(mixing.collapsing_factor_at, t),
                                    falls(shift.ssr_threshold, n1, n2), rises(shift.ssr_threshold, snr)])
def test_what_is_monotone_is_proved(claims):
    "Along a size, and along a whole variable by its steps."
    assert {prove(claim).status for claim in claims} == {"proved"}


@pytest.mark.parametrize("claims", [rises(room, n1), rises(room, p), rises(room, n2),
                                    falls(mixing.collapsing_factor_at, t), falls(mixing.variance_factor, w)])
def test_what_is_not_is_refuted(claims):
    "The other direction; strictly where the slope vanishes at an end; a slope that changes its sign."
    assert {prove(claim).status for claim in claims} == {"refuted"}


def test_not_strictly():
    "The slope may vanish, and the sentence says no more than that."
    (claim,) = falls(room, p, on=n1 + n2 <= 0, strictly=False)
    assert claim.says == "the share of the dimensions that are free never grows with the dimension"
    assert prove(claim).status == "proved"


@pytest.mark.parametrize(("make", "says"), [
    (lambda: rises(room), "name the symbols with which it grows"),
    (lambda: falls(room, "n1"), "a symbol; not 'n1'"),
    (lambda: rises(room * p, n1), "no meaning of its own; called="),
    (lambda: rises(room.given(n1), n1), "no meaning of its own; called="),
    (lambda: falls(p - n1, n1), "a formula, or made of formulas; not -n1 . p"),
])
def test_what_is_refused(make, says):
    "No name, no symbol, no words for it, no formula."
    with pytest.raises(ArgumentError, match=says):
        make()
