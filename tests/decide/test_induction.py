"""Claims for every whole t, by base and step: true ones proved, false ones of the same shape refuted at a t, and forgeries refused."""

import copy
import json

import pytest
import sympy

from symrisk import Claim, Formula, Mean, Recursion, Region, Relation, prove
from symrisk.decide.methods.induction import induction
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import recheck
from symrisk.errors import ArgumentError, DomainError, NotProved
from symrisk.symbols import H, symbol, t, tau, w
from symrisk.theorems.collapse.mixing import mixed, variance_factor, variance_factor_at

a = symbol("a", "a", "noise of real labels", positive=True)
s = symbol("s", "s", "noise of synthetic labels", positive=True)
v = symbol("v", "v", "variance", positive=True)
u = symbol("u", "u", "another variance", positive=True)
b = symbol("b", "b", "any number")
x = symbol("x", "x", "a state")
A = symbol("A", "F_t", "a number of Fibonacci's")
B = symbol("B", "F_{t+1}", "the next one")
f = symbol("f", "f", "a quantity")
g = symbol("g", "g", "another quantity")
k = sympy.Symbol("k")

dynamic = Formula(f, v, where=Recursion(v, over=t, start=a, step=a * (s + v) / (a + s + v)))
fixed = Formula(g, u, where=Recursion(u, over=t, start=a, step=a * w**2 + (1 - w)**2 * (s + u)))
fibonacci = Formula(f, A, where=Recursion((A, B), over=t, start=(0, 1), step=(B, A + B)))
stepped = Formula(f, v, where=Recursion(v, over=t, start=1, step=w**2 + (1 - w)**2 * (1 + v)), on=mixed)
whole = Region(over=(t,))
numbers = Region(over=(b, t))

TRUE = {
    "no generation is worse than the first": (dynamic, "<=", a),
    "it stays positive": (dynamic, ">", 0),
    "it stays above the fixed point": (dynamic**2 + s * dynamic, ">=", a * s),
    "it falls": (dynamic.at({t: t + 1}), "<=", dynamic),
    "from the third on it is less than the first": (dynamic, "<", a, Region(t >= 3)),
    "a fixed weight stays positive": (fixed, ">", 0, Region(w <= 1)),
    "Cassini's identity": (fibonacci.at({t: t + 2}) * fibonacci - fibonacci.at({t: t + 1})**2, "==", -(-1)**t),
    "the numbers grow": (fibonacci.at({t: t + 1}), ">=", fibonacci, None, (Relation(fibonacci, ">=", 0),)),
    "whole numbers add up": (sympy.Sum(k, (k, 1, t)), "==", t * (t + 1) / 2, whole),
    "squares add up": (sympy.Sum(k**2, (k, 1, t)), "==", t * (t + 1) * (2 * t + 1) / 6, whole),
    "inverse squares are bounded": (sympy.Sum(1 / k**2, (k, 1, t)), "<=", 2 - 1 / t, Region(t >= 1)),
    "a telescope": (sympy.Sum(1 / (k * (k + 1)), (k, 1, t)), "==", t / (t + 1), whole),
    "a geometric sum": (sympy.Sum(b**k, (k, 0, t)) * (1 - b), "==", 1 - b**(t + 1), numbers),
    "Bernoulli's inequality": ((1 + a)**t, ">=", 1 + t * a, Region(over=(a, t))),
    "powers outgrow their exponent": (2**t, ">", t, whole, (sympy.Ge(2**t, t + 1),)),
    "a power of any base": ((1 - b)**(t + 1), "==", (1 - b) * (1 - b)**t, numbers),
    "a power of a square": (b**(2 * t), ">=", 0, numbers),
    "a closed form": (stepped, "==", variance_factor_at),
    "above a third it never exceeds one": (stepped, "<=", 1, Region(w >= sympy.Rational(1, 3))),
}
FALSE = {
    "half the first": (2 * dynamic, "<=", a),
    "it settles at once": (dynamic, ">=", a * 9 / 10),
    "it rises": (dynamic.at({t: t + 1}), ">", dynamic),
    "a wrong sign": (fibonacci.at({t: t + 2}) * fibonacci - fibonacci.at({t: t + 1})**2, "==", (-1)**t),
    "no more than one": (fibonacci, "<=", 1),
    "a sum too small": (sympy.Sum(1 / k**2, (k, 1, t)), "<=", sympy.Rational(3, 2), Region(t >= 1)),
    "a wrong sum": (sympy.Sum(k, (k, 1, t)), "==", t * (t + 1) / 2 + t * (t - 1), whole),
    "true at the first two": (2**t, "<=", t + 1, whole),
    "a power of any base": ((1 - b)**(t + 1), "==", (1 + b) * (1 - b)**t, numbers),
    "a closed form": (stepped, "==", variance_factor),
}


def claimed(name, left, rel, right, on=None, by=()):
    return Claim(name, left, rel, right, on=on, by=by)


@pytest.mark.parametrize("name", TRUE)
def test_what_is_so_at_every_step(name):
    "Proved by induction; the certificate survives JSON, and is looked at again from the claim alone."
    claim = claimed(name, *TRUE[name])
    verdict = prove(claim)
    assert (verdict.status, verdict.by) == ("proved", "induction"), verdict
    recheck(claim, json.loads(json.dumps(verdict.certificate)))


@pytest.mark.parametrize("name", FALSE)
def test_what_fails_at_some_step(name):
    "Refuted at a whole t, by the recursion itself."
    verdict = prove(claimed(name, *FALSE[name]))
    assert verdict.status == "refuted" and verdict.witness[t].is_Integer, verdict


def test_an_invariant_that_is_false_proves_nothing():
    "However strong: it is to be shown first."
    for by in (A >= 1, A <= 0, Relation(A, "==", B), (B >= A, A >= -t)):
        assert prove(Claim("it is seven", fibonacci, "<=", 7, by=by)).status == "refuted"
        assert prove(Claim("it is positive", fibonacci.at({t: t + 5}), ">=", 100 * t, by=by)).status != "proved"


def test_an_invariant_may_speak_of_states_that_the_claim_does_not():
    "The numbers stay non-negative because the next ones do; without it nothing is seen."
    assert prove(Claim("they are not negative", fibonacci, ">=", 0)).status == "undecided"
    verdict = prove(Claim("they are not negative", fibonacci, ">=", 0, by=B >= 0))
    assert verdict.status == "proved" and "from t to t + 1: A + B >= 0" in str(verdict)


def test_a_letter_positive_by_its_word_only():
    "That a state is positive as its letter says is shown, not believed."
    leaving = Formula(f, v, where=Recursion(v, over=t, start=1, step=v - 1))
    assert prove(Claim("it is positive", leaving, ">", 0)).status == "refuted"
    assert prove(Claim("it is no square root", leaving, ">=", -t)).status != "proved"
    rooted = Formula(f, sympy.sqrt(v**2), where=Recursion(v, over=t, start=1, step=v - 1))
    assert prove(Claim("its absolute value falls", rooted, "==", 1 - t)).status != "proved"


def test_a_step_without_a_value():
    "A pole is met on the way: nothing is proved of what comes after, nor of a state beside it."
    pole = Recursion((A, B), over=t, start=(1, 3), step=(A, 1 / (B - 2)))
    assert prove(Claim("the one beside it stays", Formula(f, A, where=pole), "==", 1)).status != "proved"
    cancelled = Formula(f, x, where=Recursion(x, over=t, start=0, step=(x + x**2) / x))
    assert prove(Claim("it is t", cancelled, "==", t)).status != "proved"
    late = sympy.Sum(1 / (k - 2), (k, 1, t))
    assert prove(Claim("a sum with a pole", late - late, "==", 0, on=whole)).status in ("proved", "undecided")
    assert prove(Claim("a sum with a pole", sympy.Sum(1 / (k - 2), (k, 1, t)), "<=", t, on=whole)).status != "proved"


def test_cases_inside_a_step_are_cases_of_the_step():
    "A condition on the state turns out anew at each step."
    halved = Formula(f, x, where=Recursion(x, over=t, start=2, step=sympy.Piecewise((x / 2, x > 1), (x + 1, True))))
    assert prove(Claim("it is two or less", halved, "<=", 2)).status == "proved"
    assert prove(Claim("it falls for ever", halved, "<=", 1)).status == "refuted"
    assert prove(Claim("it never comes back", halved, "<", 2, on=Region(t >= 1))).status == "refuted"


def test_what_is_of_another_form():
    "A hypothesis on the state, a mean that moves with t, a t that has no first value: no induction."
    free = symbol("z", "z", "a whole number", kind="integer", integer=True)
    for claim in (Claim("it is", dynamic, "<=", a, on=Region(Relation(dynamic, "<=", s))),
                  Claim("a mean of powers", Mean(tau**t, H), "<=", Mean(tau, H)**t, on=Region(over=(H, t))),
                  Claim("below any first", 2**free, ">", free, on=Region(over=(free,)), by=sympy.Ge(2**free, free + 1)),
                  Claim("up to p", dynamic, "<=", a, on=Region(t <= 5))):
        assert induction(Problem(claim)) is None
        assert prove(claim).status != "proved"
    with pytest.raises(ArgumentError, match="is not a hypothesis"):
        Claim("an invariant is a relation", dynamic, "<=", a, by=v + 1)
    with pytest.raises(DomainError, match="b is no symbol of its region"):
        prove(Claim("its letters are known", dynamic, "<=", a, by=v <= b))


def test_the_second_look_runs_the_recursion():
    "What stands for a letter is held against it; statements of another claim are not those."
    claim = claimed("it falls", *TRUE["it falls"])
    certificate = prove(claim).certificate
    for other in ("no generation is worse than the first", "it stays positive", "squares add up"):
        with pytest.raises(NotProved):
            recheck(claimed(other, *TRUE[other]), certificate)
    for change in ({"first": "1"}, {"over": "a"}, {"signs": []}, {"base": []}, {"letters": []}, {"step": certificate["base"]}):
        with pytest.raises(NotProved):
            recheck(claim, {**copy.deepcopy(certificate), **change})


def test_it_reads_as_a_proof():
    "What stands for what, then base and step."
    text = str(prove(claimed("Bernoulli's inequality", *TRUE["Bernoulli's inequality"])))
    for line in ("for every whole t >= 0, by induction", "power1 is (a + 1)**t", "at t = 0: 1 >= 1", "from t to t + 1: power1*(a + 1) >= a*(t + 1) + 1"):
        assert line in text, text
