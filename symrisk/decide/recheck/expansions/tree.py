"""A limit by expansions again: the cases cover the region, each is as printed, and many digits at
points of the region close by confirm what is claimed.
"""

import random
from itertools import islice

import sympy

from symrisk.decide.recheck.expansions.at_laws import check_at_laws
from symrisk.decide.recheck.expansions.leaf import Leaf
from symrisk.decide.recheck.expansions.state import State
from symrisk.decide.recheck.limits.closer import comes_closer
from symrisk.decide.recheck.many_digits import number
from symrisk.decide.recheck.points import POINTS, TRIES, drawn, in_region
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NotProved

FINE = 150
"""Digits for what comes close to a limit's point, for each power of the small letter."""


def check_expansion(problem, certificate):
    """NotProved where the cases are not as printed, or points close by do not confirm the limit;
    else the claims, with certificates, that it rests on.
    """
    state = State(problem)
    _check_head(state, certificate)
    state = _given(state, certificate["replaced"])
    walk = _Walk()
    walk.down(state, certificate["tree"])
    if not walk.leaves:
        raise NotProved(f"{state.says}: there is no case")
    _check_counts(state.says, certificate["rests_on"], len(walk.leaves))
    _check_nearby(State(problem), max(leaf.entry["power"] for leaf in walk.leaves))
    return walk.pairs


def _check_head(state, certificate):
    expected = {"name": str(state.name), "point": str(state.point), "side": state.side}
    for field, value in expected.items():
        if certificate[field] != value:
            raise NotProved(f"{state.says}: {field} is {value}, not {certificate[field]}")


def _check_counts(says, rests_on, count):
    read, confirmed = (*rests_on, "", "")[:2]
    points = confirmed.removeprefix("confirmed to 50 digits at ").removesuffix(" points")
    cases = "one case" if count == 1 else f"{count} cases"
    is_right = (
        len(rests_on) == 2
        and read == f"expansions over the rationals in {cases}"
        and confirmed == f"confirmed to 50 digits at {points} points"
        and points.isdecimal()
        and int(points) >= count
    )
    if not is_right:
        raise NotProved(f"{says}: it does not rest on {rests_on}")


def _given(state, entries):
    """The state with the names replaced that hypotheses give."""
    premises, last = state.problem.claim.region.premises, -1
    for entry in entries:
        place = entry["hypothesis"]
        if not last < place < len(premises) or premises[place].rel != "==":
            raise NotProved(f"{state.says}: hypothesis {place} gives no name")
        last, slack = place, state.premises[place][1]
        name, value = state.solved(slack, entry["name"])
        state = state.further(_own_sign(name, value), (name, value))
    return state


def _own_sign(name, value):
    if not name.is_nonnegative:
        return ()
    return ((value, ">" if name.is_positive else ">="),)


class _Walk:
    """Down the tree of cases; collects its leaves, and the claims that they rest on."""

    def __init__(self):
        self.leaves, self.pairs = [], []

    def down(self, state, node):
        if "empty" in node:
            if node["empty"].get("method") != "empty":
                raise NotProved(f"{state.says}: a case is not shown to be empty")
            zero = sympy.Integer(0)
            self.pairs.append((state.claim(zero, "==", zero), node["empty"]))
        elif "split" in node:
            self._split(state, node)
        else:
            leaf = Leaf(state, node)
            leaf.check()
            self.pairs += leaf.pairs
            if "fails" not in node:
                self.leaves.append(leaf)

    def _split(self, state, node):
        """Below, at and above the zeros of a polynomial: one of these holds everywhere."""
        core = self._core(state, node["split"])
        whole = state.words.restored(core)
        self.down(state.further(((whole, "<"),)), node["below"])
        self.down(state.further(((whole, ">"),)), node["above"])
        if node["replaces"] is None:
            self.down(state.further(((whole, "=="),)), node["at"])
            return
        name, value = state.solved(whole, node["replaces"])
        self.down(state.further(_own_sign(name, value), (name, value)), node["at"])

    def _core(self, state, table):
        """A printed polynomial in letters that stay, with whole coefficients without a common
        divisor, the first one positive.
        """
        words = state.words
        letters = words.rests_on({*state.problem.region.symbols, *words.equations})
        names = {str(s): s for s in letters - {state.name, *state.moving}}
        if not set(table["variables"]) <= names.keys() or not table["variables"]:
            raise NotProved(f"{state.says}: a case is told by what is no letter")
        used = [names[name] for name in table["variables"]]
        numbers = [sympy.Rational(c) for _, c in table["terms"]]
        if sympy.gcd_list(numbers) != 1 or numbers[0] < 0:
            raise NotProved(f"{state.says}: a polynomial that tells cases is not in lowest terms")
        return sympy.Add(
            *(
                c * sympy.Mul(*map(sympy.Pow, used, exponents))
                for c, (exponents, _) in zip(numbers, table["terms"], strict=True)
            )
        )


def _check_nearby(state, power):
    """Close to the point, at points of the region, the expression comes closer to the claimed
    side.
    """
    problem, digits = state.problem, FINE * power
    if any(e.has(Mean) for e in (state.given, state.aim, *(s for _, s, _ in state.premises))):
        check_at_laws(state, FINE)
        return
    for place in islice(_next_to(state, power), POINTS):
        points = [{**place, state.name: _near(state, place, k * power)} for k in (20, 40)]
        seen = [number(state.given, point, problem, digits) for point in points]
        target = state.aim
        if not target.is_infinite:
            target = number(target, points[1], problem, digits)
        if not comes_closer(*seen, target, state.rel):
            raise NotProved(f"{state.says}: not confirmed at {place}")


def _next_to(state, power):
    """Random points in the other names next to which the region is at the limit's point."""
    draw, problem = random.Random(2), state.problem
    symbols = [
        s for s in problem.region.symbols if s not in problem.claim.roots and s != state.name
    ]
    for _ in range(TRIES):
        place = {s: drawn(draw, s) for s in symbols}
        near = _near(state, place, 40 * power)
        if state.name.is_nonnegative and near < 0:
            continue
        if in_region(problem, {**place, state.name: near}):
            yield place


def _near(state, place, power):
    if state.point.is_infinite:
        return -state.side * sympy.Integer(10) ** power
    return state.point.xreplace(place) + state.side * sympy.Rational(1, sympy.Integer(10) ** power)
