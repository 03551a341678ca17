"""A forger alters every field of certificates of every kind, one at a time: none of them is confirmed.

What leaves the mathematics the same is no forgery, and there is one such thing: the order of what is a set, namely cells, regimes,
factors, signs, terms and their monomials, side conditions, and links of a chart none of which rests on the other.
"""

import copy
import json
import random

import pytest
import sympy
from sympy import Piecewise, Rational, im, log, oo, sqrt

from symrisk import UPPER, Claim, Formula, Implicit, Mean, Recursion, Region, prove
from symrisk.decide.problem import Problem
from symrisk.decide.recheck import recheck
from symrisk.equivalents.pooled import Pooled
from symrisk.errors import NotProved
from symrisk.language.relation import Relation
from symrisk.symbols import H, eigenvalue, symbol, tau, w

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a non-negative letter", nonnegative=True)
c = symbol("c", "c", "a positive letter", positive=True)
d = symbol("d", "d", "a positive letter", positive=True)
x = symbol("x", "x", "any real number")
y = symbol("y", "y", "any real number")
r = symbol("r", "r", "a root", positive=True)
t = symbol("t", "t", "a whole number", integer=True, nonnegative=True)
k = symbol("k", "k", "a whole number of either sign", integer=True)
n = sympy.Symbol("n")
f = symbol("f", "f", "a quantity")
z, m, complex_f = (symbol(name, name, "a complex number", kind="complex") for name in ("z", "m", "complex_f"))
SAMPLE = 24


def of(expression, *hypotheses, over=(), where=None):
    return Formula(complex_f if expression.has(m) else f, expression, where=where, on=Region(*hypotheses, over=over))


semicircle = {**Implicit.root(m, m**2 + z * m + 1, between=UPPER)}
cubic = {**Implicit.root(r, r**3 + a * r - c, (0, oo))}
quintic = {**Implicit.root(r, r**5 + a**2 * r - c**2 - 1, (0, oo))}
pastur = {**Implicit.root(r, r**2 + (1 - c - a) * r - a, (0, oo))}
share = Pooled(1, "ridgeless")
bend = share.potential.curvature(*share.scales)
CLAIMS = {
    "identity": ((a + c)**2, "==", a**2 + 2 * a * c + c**2, Region(over=(a, c))),
    "identity on cells": (a * x, "==", 2 * c * x, Region(Relation(a, "==", 2 * c), over=(x,))),
    "parts of a complex number": (im(1 / z), "<", 0, Region(im(z) > 0)),
    "an equation of complex numbers": (1 / (1 / z), "==", z * sympy.conjugate(z) / sympy.conjugate(z), Region(im(z) > 0)),
    "a root above the axis": (of(m**2, im(z) > 0, where=semicircle), "==", -1 - z * m, Region()),
    "identity with a root": (of(r**3, over=(a, c), where=cubic), "==", c - a * r, Region()),
    "identity over laws": (of(Mean(tau / (tau + w), H), over=(w, H)), "==", 1 - w * Mean(1 / (tau + w), H), Region()),
    "coefficients": (a * b + a, ">", 0, Region(over=(a, b))),
    "a chain": (a / c, "<", 1, Region(a + b < c)),
    "closed faces": (b**2 + b * c, ">=", 0, Region(b <= 1, over=(c,))),
    "between bounds": (x * (1 - x), ">=", 0, Region(x >= 0, x <= 1)),
    "an even power": ((x - a)**2 * c, ">=", 0, Region(over=(x, a, c))),
    "a hypothesis": (a**2 + c**2 - d**2 * a - 1, ">", 0, Region(a**2 + c**2 - d**2 * a > 1)),
    "a hypothesis keeps it off zero": (x**2 + y**2, ">", 0, Region(x**2 + y**2 > 0)),
    "two cells": (x**2 * a + 1, ">", 0, Region(over=(x, a))),
    "a count": (a**4 - a + 1, ">", 0, Region(over=(a,))),
    "a count on a closed face": (b**4 - b**3 + b**2, ">=", 0, Region(over=(b, c))),
    "a square root": (sqrt(a + c), ">", 0, Region(over=(a, c))),
    "a root": (of(a * r, over=(a, c), where=cubic), "<", c, Region()),
    "a root that is not solved for": (of(r**5 * a, over=(a, c), where=quintic), "<", a * c**2 + a, Region()),
    "a power": ((1 - w)**t, "<=", 1, Region(w > 0, w < 1, over=(t,))),
    "over laws": (of(Mean(tau**2 / (tau + w)**2, H), over=(w, H)), "<=", Mean(tau / (tau + w), H), Region()),
    "an author's chart": (a, "<", c, Region(a < c, chart={c: a + d}, inverse={d: c - a})),
    "cases, one empty": (Piecewise((a, a < c), (c, True)), "<=", c, Region(a < c)),
    "equivalence": (a / (a + c), "<", Rational(1, 2), Region(over=(a, c)), (a < c,)),
    "limit": (of((2 * a + c) / (a + d), over=(a, c, d)).limit(a, oo), "==", 2, Region()),
    "infinite limit": (of(1 / (x - y), x < y).limit(x, y, "-"), "==", -oo, Region()),
    "limit below a bound": (of(x / (x + a), x > 0, over=(a,)).limit(x, oo), "<", 1 + a, Region()),
    "limit of a root": (of(r / a, over=(a, c), where={**Implicit.root(r, c * r**2 + r - a, (0, oo))}).limit(a, 0), "==", 1, Region()),
    "limit in regimes": (of(x / (x + b), x > 0, b >= 0, b <= 1).limit(x, oo), "==", 1, Region()),
    "limit with a root that stays": (of((sqrt(c) * x + 1) / (x + c), x > 0, over=(c,)).limit(x, oo), "==", sqrt(c), Region()),
    "limit with cases": (of(Piecewise((1, x < 3), (c / x, True)), x > 0, over=(c,)).limit(x, oo), "==", 0, Region()),
    "convex": (of(log(1 + c + d) + a * c * d + b * log(c), over=(a, b)).curvature(c, d), ">=", 0, Region()),
    "strictly convex": (bend, ">", 0, bend.moving & Region(Mean(eigenvalue(1), H) > 0)),
    "powers of numbers": (3**t, ">=", 2**t, Region(over=(t,))),
    "a power that grows": ((1 + a)**t, ">=", 1, Region(over=(a, t))),
    "a power of a quotient": ((a / (1 + a))**t, "<=", 1, Region(over=(a, t))),
    "limit of a power": (of((1 + Rational(2, 3)**t) / (2 + a), over=(a, t)).limit(t, oo), "==", 1 / (2 + a), Region()),
    "limit by expansion": (of(sqrt(x**2 + a * x) - x, x > 0, over=(a,)).limit(x, oo), "==", a / 2, Region()),
    "limit by expansion, infinite": (of((a + c) / sqrt(x), x > 0, over=(a, c)).limit(x, 0), "==", oo, Region()),
    "limit by expansion in cases": (of(r * sqrt(a), over=(a, c), where=pastur).limit(a, 0), "==", 0, Region()),
    "limit of a mean": (of(w * Mean(tau / (tau + w), H), over=(w, H)).limit(w, oo), "==", Mean(tau, H), Region()),
    "limit of a mean that may be infinite": (of(Mean(tau / (tau + w), H), over=(w, H)).limit(w, oo), "==", 0, Region()),
    "one variable": (x**4 - 3 * x + 4, ">", 0, Region(over=(x,))),
    "a discriminant": (a**2 + (c - 2) * a + c**2 + 1, ">", 0, Region(over=(a, c))),
    "a discriminant that may vanish": ((b * w**2 + (1 - w) ** 2 * c) * (b + c) - b * c, ">=", 0, Region(w > 0, over=(b, c))),
    "a discriminant on a half-line": (a**2 + (c - 1) * a + 1, ">", 0, Region(over=(a, c))),
    "a discriminant of a discriminant": (a**2 - a * (c + d) + c**2 + d**2 - c + 1, ">", 0, Region(over=(a, c, d))),
    "a conjugate": (c + a - 1 + sqrt((c + a - 1) ** 2 + 4 * c), ">", 0, Region(over=(a, c))),
    "a conjugate of what is larger": (a + c + 1 - sqrt((c + a - 1) ** 2 + 4 * c), ">", 0, Region(over=(a, c))),
    "a conjugate that may vanish": (b + w, ">=", sqrt(b**2 + w**2), Region(over=(b, w))),
    "conjugates of coefficients": ((c + a - 1 + sqrt((c + a - 1) ** 2 + 4 * c)) * d + a + c + 1 - sqrt((c + a - 1) ** 2 + 4 * c), ">", 0, Region(over=(a, c, d))),
    "copies": (Mean(tau / (tau + w + 1), H) ** 2, "<=", Mean((tau / (tau + w + 1)) ** 2, H), Region(over=(w, H))),
    "copies off zero": (1, "<=", Mean(tau, H) * Mean(1 / tau, H), Region(over=(H,))),
    "three copies": (Mean(tau, H) ** 3 * a, "<=", Mean(tau**3, H) * c, Region(a <= c, over=(H,))),
    "one copy": (Mean((tau - a) ** 2, H) + 1, ">", 0, Region(over=(a, H))),
    "induction of a sum": (sympy.Sum(1 / n**2, (n, 1, t)), "<=", 2 - 1 / t, Region(t >= 1)),
    "induction with an equation put in": (of(x, over=(c,), where=Recursion(x, over=t, start=1, step=c * x)), "==", c**t, Region()),
    "induction with a sign": (of(d, over=(a,), where=Recursion(d, over=t, start=a, step=a * d / (1 + d))), "<=", a, Region()),
    "a whole variable": (k**2, ">=", k, Region(over=(k,))),
    "no whole number in a case": (Piecewise((0, 3 * k > 1), (1, True)), ">", 0, Region(Relation(3 * k, "<", 2))),
}


def claimed(name):
    left, rel, right, on, *iff = CLAIMS[name]
    return Claim(name, left, rel, right, on=on, iff=iff[0] if iff else ())


# What the forger does

WORDS = ("trust me", "", "identity", "positive", "sturm", "empty", "limit", "convex", "far", "sign_table", "modulo", "discriminant", "conjugate", "its discriminant", "its conjugate", "its coefficients in one letter", "the line", "the half-line", "plain", "times", "copies", "coefficients of one sign", "a hypothesis",
         "a hypothesis keeps it off zero, coefficients of one sign", "Sturm: no root in s > 0", "an even power", "oo", "0", "1")


def alterations(value, words):
    """Every value one change away, at any depth, with where and what was changed."""
    yield from _of_it(value, words)
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        for path, altered in alterations(entry, words):
            fresh = copy.copy(value)
            fresh[key] = altered
            yield (key, *path), fresh


def _of_it(value, words):
    """What the forger puts in the place of one value."""
    if isinstance(value, dict):
        yield ("key added",), {**value, "trust": "me"}
        for key in value:
            yield (f"without {key}",), {k: v for k, v in value.items() if k != key}
    elif isinstance(value, list):
        for k in range(len(value)):
            yield (f"without [{k}]",), value[:k] + value[k + 1:]
            yield (f"[{k}] twice",), value[:k + 1] + value[k:]
        yield from [(("reversed",), value[::-1])] if value != value[::-1] else []
    elif isinstance(value, bool):
        yield from [(("flipped",), not value), (("a number",), int(value))]
    elif isinstance(value, int):
        yield from [((f"{other} for {value}",), other) for other in {value + 1, value - 1, -value} - {value}]
        yield ("text",), str(value)
    elif isinstance(value, str):
        yield from [((f"{other!r} for {value!r}",), other) for other in _other_texts(value, words)]
        yield ("no text",), 0
    for other in (None, [], {}):
        if value != other:
            yield (f"{other} for it",), other


def _other_texts(value, words):
    try:
        number = sympy.Rational(value)
    except (TypeError, ValueError):
        return sorted({*words, *WORDS} - {value})
    return [str(other) for other in sorted({number + 1, -number, number / 2, 2 * number} - {number})] + ["trust me", f"+{value}", f"{value}.0"]


def texts(value):
    """All texts in a certificate that are no numbers: each is put in the place of the others."""
    if isinstance(value, str):
        return {value}
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(texts, entries))


# What is no forgery

SETS = {"cells", "regimes", "factors", "signs", "terms", "monomials", "side"}


def as_sets(value, key=""):
    """A certificate with what is a set in a fixed order."""
    if isinstance(value, dict):
        return {k: as_sets(v, k) for k, v in value.items()}
    if isinstance(value, list):
        inner = [as_sets(v) for v in value]
        # A polynomial's terms are pairs, and have one order; those of a convex sum are not.
        if key in SETS and not any(isinstance(v, list) for v in value):
            return sorted(inner, key=json.dumps)
        if key == "chart":
            return sorted(inner, key=json.dumps) if _is_a_chain(value) else inner
        return inner
    return value


def _is_a_chain(chart):
    """Whether no link rests on a later one."""
    later = [{link["variable"], *([link["coordinate"]] if link["coordinate"] else [])} for link in chart]
    used = [{*link["numerator"]["variables"], *link["denominator"]["variables"]} for link in chart]
    return not any(names & set().union(*later[k + 1:], set()) for k, names in enumerate(used))


def is_same(one, other):
    return json.dumps(as_sets(one), sort_keys=True) == json.dumps(as_sets(other), sort_keys=True)


# The tests


def forged(name, chosen=None):
    """(rejected, [what was accepted]) of the alterations, or of `chosen` ones of them, of a claim's certificate."""
    claim = claimed(name)
    certificate = json.loads(json.dumps(prove(claim).require().certificate))
    recheck(claim, certificate)
    changes = list(alterations(certificate, texts(certificate)))
    if chosen is not None and len(changes) > chosen:
        changes = random.Random(name).sample(changes, chosen)
    problem = Problem(claim) if claim.parts == (claim,) and name != "over laws" else None
    rejected, accepted = 0, []
    for path, altered in changes:
        try:
            recheck(claim, altered, problem)
        except NotProved:
            rejected += 1
        else:
            accepted += [] if is_same(altered, certificate) else [path]
    return rejected, accepted


@pytest.mark.parametrize("name", CLAIMS)
def test_no_forged_certificate_is_confirmed(name):
    "Some of the alterations, the same ones every time."
    rejected, accepted = forged(name, SAMPLE)
    assert not accepted and rejected


@pytest.mark.slow
@pytest.mark.parametrize("name", CLAIMS)
def test_no_forged_certificate_at_all_is_confirmed(name):
    "All of the alterations."
    rejected, accepted = forged(name)
    print(f"{name}: {rejected} of {rejected + len(accepted)} forgeries rejected")
    assert not accepted
