"""A limit again: regimes next to the point, series by univariate polynomials in SymPy, and 150
digits on the way there.
"""

import random
from itertools import islice

import sympy

from symrisk.decide.recheck.arithmetic import exact, parsed
from symrisk.decide.recheck.chart import drawn_coordinates, far_end, images, lies_in
from symrisk.decide.recheck.cover import satisfies_sides
from symrisk.decide.recheck.limits.approach import Approach
from symrisk.decide.recheck.limits.closer import comes_closer
from symrisk.decide.recheck.limits.regime import check_regime
from symrisk.decide.recheck.many_digits import number
from symrisk.decide.recheck.points import POINTS, TRIES, drawn, in_region
from symrisk.errors import NotProved

FINE = 150
"""Digits for what comes close to a limit's point: 10^-20 and 10^-40 away."""


def check_limit(problem, certificate):
    """NotProved where a regime, its signs or its series is not as printed, or points close by do
    not confirm the limit.
    """
    says, approach = problem.claim.says, Approach(problem)
    _check_head(says, approach, certificate)
    draw = random.Random(1)
    places = [(regime["chart"], regime["side"], regime["end"]) for regime in certificate["regimes"]]
    if not places or any(place in places[:k] for k, place in enumerate(places)):
        raise NotProved(f"{says}: there is no regime, or one twice")
    for regime in certificate["regimes"]:
        check_regime(says, approach, certificate, regime, draw)
    _check_edges(problem, approach, certificate, draw)
    _check_nearby(problem, approach, certificate)


def _check_head(says, approach, certificate):
    """What moves where, and what stays, is what the claim says."""
    expected = {
        "name": str(approach.name),
        "point": str(approach.point),
        "side": approach.side,
        "letter": str(approach.letter),
        "image": str(approach.image),
        "held": sorted(map(str, approach.held)),
    }
    for field, value in expected.items():
        if certificate[field] != value:
            raise NotProved(f"{says}: {field} is {value}, not {certificate[field]}")
    count = len(certificate["regimes"])
    read, confirmed = (*certificate["rests_on"], "", "")[:2]
    points = confirmed.removeprefix("confirmed to 50 digits at ").removesuffix(" points")
    if (
        len(certificate["rests_on"]) != 2
        or read != f"lowest orders over the rationals in {count} regimes"
    ):
        raise NotProved(f"{says}: it does not rest on {certificate['rests_on']}")
    if (
        confirmed != f"confirmed to 50 digits at {points} points"
        or not points.isdecimal()
        or int(points) < count
    ):
        raise NotProved(f"{says}: it does not rest on {certificate['rests_on']}")


def _check_nearby(problem, approach, certificate):
    """Points of the region next to the limit's point lie in a regime, and the expression comes
    closer to the claimed side.
    """
    target_side = approach.aim
    for place in islice(_next_to(problem, approach), POINTS):
        if not approach.held and not _holding(
            approach, certificate, {str(s): exact(v) for s, v in place.items()}
        ):
            raise NotProved(f"{problem.claim.says}: no regime holds {place}")
        points = [{**place, approach.name: _near(approach, place, power)} for power in (20, 40)]
        seen = [number(approach.given, near, problem, FINE) for near in points]
        target = (
            target_side
            if target_side.is_infinite
            else number(target_side, points[1], problem, FINE)
        )
        if not comes_closer(*seen, target, approach.rel):
            raise NotProved(f"{problem.claim.says}: not confirmed at {place}")


def _holding(approach, certificate, values):
    """The regimes in which a place lies: values of the names that do not move."""
    letter, found = str(approach.letter), []
    for regime in certificate["regimes"]:
        chart = [link for link in regime["chart"] if link["variable"] != letter]
        if all(link["variable"] in values for link in chart) and lies_in(chart, values):
            sides = [
                side
                for side in regime["side"]
                if set(side["polynomial"]["variables"]) <= values.keys()
            ]
            if satisfies_sides({"side": sides}, values):
                found.append(regime)
    return found


def _check_edges(problem, approach, certificate, draw):
    """Places at the edges of regimes, and just beyond them, lie in a regime where they are next
    to points of the region.
    """
    for regime in certificate["regimes"]:
        chart = [link for link in regime["chart"] if link["variable"] != str(approach.letter)]
        for name in drawn_coordinates(chart, draw):
            for value in ("0", "-1/7", "1" + "0" * 12, None):
                try:
                    values = _at(chart, drawn_coordinates(chart, draw), name, value)
                    place = None if values is None else _place(problem, approach, values)
                except ZeroDivisionError:
                    continue
                if place is not None and _is_next_to(problem, approach, place):
                    _check_held_once(problem, approach, certificate, values, place)


def _at(chart, coordinates, name, value):
    """Images with one coordinate at a value, or at infinity."""
    if value is None:
        return far_end(chart, coordinates, name)
    return images(chart, {**coordinates, name: parsed(value)})


def _check_held_once(problem, approach, certificate, values, place):
    """A place lies in one regime for each end at which the name may reach its point."""
    ends = [regime["end"] for regime in _holding(approach, certificate, values)]
    if not ends or len(set(ends)) != len(ends):
        raise NotProved(f"{problem.claim.says}: {place} does not lie in one regime")


def _place(problem, approach, values):
    """The inputs at values of a regime's letters; None where equations do not give them."""
    symbols = {*problem.region.symbols, *approach.held}
    known = approach.completed({s: values[str(s)] for s in symbols if str(s) in values})
    inputs = [
        s for s in problem.region.symbols if s not in problem.claim.roots and s != approach.name
    ]
    if not all(s in known for s in inputs) or not approach.solves(known):
        return None
    signs = all(v > 0 if s.is_positive else v >= 0 for s, v in known.items() if s.is_nonnegative)
    return {s: sympy.Rational(int(known[s].p), int(known[s].q)) for s in inputs} if signs else None


def _is_next_to(problem, approach, place):
    near = _near(approach, place, 40)
    name = approach.name
    if name.is_nonnegative and not (near > 0 if name.is_positive else near >= 0):
        return False
    return in_region(problem, {**place, name: near})


def _near(approach, place, power):
    if approach.point.is_infinite:
        return -approach.side * sympy.Integer(10) ** power
    return approach.point.xreplace(place) + approach.side * sympy.Rational(
        1, sympy.Integer(10) ** power
    )


def _next_to(problem, approach):
    """Random points in the other names from which the region is left only beyond the limit's
    point.
    """
    draw = random.Random(2)
    symbols = [
        s for s in problem.region.symbols if s not in problem.claim.roots and s != approach.name
    ]
    for _ in range(TRIES):
        place = {s: drawn(draw, s) for s in symbols}
        if _is_next_to(problem, approach, place):
            yield place
