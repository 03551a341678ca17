"""No verdict on a random claim about complex numbers is false: `prove` against mpmath, at points.

The oracle evaluates the sides as they are written, in complex arithmetic; `prove` sees real parts alone.
"""

import random

import mpmath
import pytest
import sympy
from sympy import I, Rational, conjugate, im, re

from symrisk import UPPER, Atoms, Claim, Implicit, Mean, Region, prove
from symrisk.errors import SymriskError
from symrisk.symbols import symbol, tau

z, s, m = (symbol(name, name, "a complex number", kind="complex") for name in ("z", "s", "m"))
a = symbol("a", "a", "a positive letter", positive=True)
x = symbol("x", "x", "any real number")
ROOTS = {"mp": a * z * m**2 - (1 - a - z) * m + 1, "semicircle": m**2 + z * m + a, "cubic": m**3 + z * m**2 + m + z, "linear": a * m - z}
LAW = Atoms({1: "1/2", 3: "1/2"})
REGIONS = {"above": (im(z) > 0,), "right": (re(z) > 0,), "all": (), "closed": (im(z) >= 0,), "apart": (im(z) > 0, im(s) < 0), "real part": (re(z) > a, im(z) > 0)}
DIGITS, CLAIMS, POINTS = 40, 24, 25


def expression(rng, letters, depth=2):
    "Rational in complex and real letters, with conjugates and parts of what is such."
    if depth == 0:
        return rng.choice([*letters, *letters, a, x, sympy.Integer(rng.randint(-2, 3)), I, Rational(1, 2)])
    one, other = expression(rng, letters, depth - 1), expression(rng, letters, depth - 1)
    return rng.choice([
        lambda: one + other, lambda: one * other, lambda: one - other, lambda: one**2, lambda: 1 / one if one != 0 else one,
        lambda: conjugate(one), lambda: re(one) + I * im(other), lambda: one / other if other != 0 else one,
        lambda: Mean(1 / (tau - z), LAW) * one])()


def claim(rng):
    "A claim, with the hypotheses and the root's polynomial that the oracle takes: half of the equations are true."
    named = rng.choice([None, None, *ROOTS])
    letters = [z, s] if named is None else [z, m]
    left = expression(rng, letters)
    rel = rng.choice(["==", "==", "==", "<", "<=", ">", ">="])
    if rel != "==":
        left, right = rng.choice([re, im])(left), rng.choice([sympy.S.Zero, re(expression(rng, letters, 1))])
        left = rng.choice([left, left**2, re(left * conjugate(expression(rng, letters, 1)))])
    elif rng.random() < 0.5:
        more = expression(rng, letters, 1)
        right = rng.choice([lambda: sympy.expand(left * (more + 1)) - left * more, lambda: conjugate(conjugate(left)), lambda: re(left) + I * im(left),
                            lambda: sympy.factor(left) if left.is_rational_function() else left])()
        if named:
            right = right + ROOTS[named] * more
    else:
        right = expression(rng, letters)
    hypotheses = REGIONS[rng.choice(list(REGIONS))]
    over = sorted({a, x, z, s} | left.free_symbols | right.free_symbols - {m}, key=str)
    roots = {} if named is None else Implicit.root(m, ROOTS[named], between=UPPER)
    said = Claim("drawn", left, rel, right, on=Region(*hypotheses, over=[o for o in over if o != m]), roots=roots)
    return said, hypotheses, (ROOTS[named] if named else None)


def number(mp, node, point):
    "An expression in mpmath, node by node, with complex numbers."
    if node in point:
        return point[node]
    if node.is_Rational:
        return mp.mpf(int(node.p)) / int(node.q)
    if node is sympy.I:
        return mp.mpc(0, 1)
    if isinstance(node, Mean):
        return sum(number(mp, w, point) * number(mp, node.integrand, {**point, tau: number(mp, t, point)}) for (t,), w in LAW.points)
    values = [number(mp, argument, point) for argument in node.args]
    by_head = {sympy.Add: lambda *v: mp.fsum(v), sympy.Mul: lambda *v: mp.fprod(v), sympy.Pow: lambda b, e: b ** int(mp.re(e)),
               sympy.re: mp.re, sympy.im: mp.im, sympy.Abs: abs, sympy.conjugate: mp.conj}
    return by_head[node.func](*values)


def upper_zero(mp, polynomial, point):
    "The only zero above the axis, or None."
    coefficients = [number(mp, c, point) for c in sympy.Poly(polynomial, m).all_coeffs()]
    try:
        zeros = [v for v in mp.polyroots(coefficients, maxsteps=300, extraprec=200) if mp.im(v) > mp.mpf(10) ** -25]
    except (mp.NoConvergence, ZeroDivisionError):
        return None
    return zeros[0] if len(zeros) == 1 else None


def drawn_points(rng, hypotheses, mp):
    simple = [0, 1, -1, 2, Rational(1, 2), -3, Rational(7, 3), 100, Rational(-1, 50)]
    for _ in range(POINTS):
        rational = {letter: rng.choice(simple) for letter in (x, "zx", "zy", "sx", "sy")}
        point = {x: mp.mpf(int(sympy.S(rational[x]).p)) / int(sympy.S(rational[x]).q), a: mp.mpf(rng.choice([1, 2, 7])) / rng.choice([1, 3])}
        for letter in (z, s):
            parts = [sympy.S(rational[f"{letter}{part}"]) for part in "xy"]
            point[letter] = mp.mpc(*(mp.mpf(int(v.p)) / int(v.q) for v in parts))
        if all(compares(mp, number(mp, h.gts, point) - number(mp, h.lts, point), ">" if isinstance(h, sympy.StrictGreaterThan) or isinstance(h, sympy.StrictLessThan) else ">=") for h in hypotheses):
            yield point


def compares(mp, gap, rel):
    gap = mp.re(gap)
    return {">": gap > 0, ">=": gap >= 0, "<": gap < 0, "<=": gap <= 0}[rel]


def breaks(mp, said, point):
    "Whether a claim fails at a point by far more than rounding, or has no value there."
    left, right = said.sides
    try:
        # Each side by itself, unless there is no root and none is asked for.
        gap = number(mp, left - right, point) if point.get(m, 0) is None else number(mp, left, point) - number(mp, right, point)
    except ZeroDivisionError:
        return True
    if said.relation.rel == "==":
        return abs(gap) > mp.mpf(10) ** -15
    is_far = abs(mp.re(gap)) > mp.mpf(10) ** -15
    if said.relation.rel in ("<", ">"):
        return not compares(mp, gap, said.relation.rel) if is_far else abs(gap) < mp.mpf(10) ** -30
    return is_far and not compares(mp, gap, said.relation.rel)


def judged(seed):
    "(the status, why it is false or '')."
    rng = random.Random(f"complex {seed}")
    try:
        said, hypotheses, polynomial = claim(rng)
        verdict = prove(said)
    except SymriskError:
        return "refused", ""
    with mpmath.workdps(DIGITS):
        mp = mpmath.mp
        if verdict.status == "refuted":
            at = {str(k): mp.mpf(int(v.p)) / int(v.q) for k, v in verdict.witness.items()}
            point = {x: at.get("x", mp.mpf(1)), a: at.get("a", mp.mpf(1))}
            for letter in (z, s):
                point[letter] = mp.mpc(at.get(f"re_{letter}", 1), at.get(f"im_{letter}", 1))
            points, wanted = [point], True
        else:
            points, wanted = list(drawn_points(rng, hypotheses, mp)), False
        if verdict.status == "undecided":
            return "undecided", ""
        for point in points:
            if polynomial is not None:
                zero = upper_zero(mp, polynomial, point)
                if zero is None:
                    if wanted and (said.sides[0] - said.sides[1]).has(m):
                        return "refuted", f"{said.sides} at {point}: there is no root"
                    if not wanted:
                        continue
                point = {**point, m: zero}
            if breaks(mp, said, point) is not wanted:
                return verdict.status, f"{said.sides[0]} {said.relation.rel} {said.sides[1]} on {hypotheses}: {verdict.status}, at {point}"
    return verdict.status, ""


def test_no_verdict_on_complex_numbers_is_false(record_property):
    "And some are proved, some refuted: the claims are not all out of reach."
    found = [judged(seed) for seed in range(CLAIMS)]
    assert [why for _, why in found if why] == []
    counts = {status: sum(s == status for s, _ in found) for status in ("proved", "refuted", "undecided", "refused")}
    record_property("score", f"claims on complex numbers: {counts}")
    assert counts["proved"] >= 3 and counts["refuted"] >= 5


@pytest.mark.slow
def test_no_verdict_on_complex_numbers_is_false_in_hundreds():
    assert [why for _, why in map(judged, range(CLAIMS, 200)) if why] == []


@pytest.mark.parametrize("said", [
    (z**2, "a square is no number >= 0"), (z * z + 1, "nor is it off zero"), ((z - s) ** 2, "nor a square of a difference")])
def test_a_square_of_a_complex_number_need_not_be_positive(said):
    "Its real part: refuted, with a point."
    verdict = prove(Claim(said[1], re(said[0]), ">=", 0, on=Region(over=(z, s))))
    assert verdict.status == "refuted" and verdict.witness
    assert prove(Claim(said[1], re(said[0] * conjugate(said[0])), ">=", 0, on=Region(over=(z, s)))).status == "proved"
