"""The least value over the whole numbers of an interval."""

import sympy

from symrisk.derive.among import beyond_all_points, stationary, tried
from symrisk.errors import NoMethod
from symrisk.language.relation import Relation


def among_whole(line):
    """(where, verdict) of the least value over whole numbers: at an end, or beside a zero of the
    slope.

    That it is the least is claimed of the whole numbers below it and above it, each by itself.
    """
    ends = [_whole_end(line, side) for side in (-1, 1)]
    points = [point for point in (*ends, *_beside_zeros(line)) if point is not None]
    reasons = []
    for point in sorted(dict.fromkeys(points), key=lambda point: _size(line, point)):
        found, verdict, why = tried(line, point, _other_numbers(line, point))
        if found is not None:
            return found, verdict
        reasons.append(why)
    return beyond_all_points(line, reasons)


def _other_numbers(line, point):
    """The regions of the whole numbers below a whole one, and above it."""
    below, above = Relation(line.x, "<=", point - 1), Relation(line.x, ">=", point + 1)
    return [line.where(side).region for side in (below, above)]


def _whole_end(line, side):
    """The first whole number from an end on, None where the interval has none there."""
    bound = line.interval.lower if side < 0 else line.interval.upper
    if bound is None:
        return None
    if bound.is_Rational:
        bound = sympy.ceiling(bound) if side < 0 else sympy.floor(bound)
    if not bound.is_integer:
        raise NoMethod(f"{line.x} is whole, and the end {bound} of its interval need not be")
    return bound if line.belongs(bound) is not None else bound - side


def _beside_zeros(line):
    """The whole numbers on both sides of each zero of the slope that is a number."""
    below = [sympy.floor(zero) for zero in stationary(line) if zero.is_real and zero.is_number]
    return [*below, *(number + 1 for number in below)]


def _size(line, point):
    """The value at a point where it is a number: the least is tried first."""
    try:
        value = line.value_at(point)
    except NoMethod:
        return sympy.oo
    return value if value.is_number and value.is_real else sympy.oo
