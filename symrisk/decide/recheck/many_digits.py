"""An expression at a point to many digits, by mpmath: no program, no balls."""

import sympy

from symrisk.engine.balls.precision import decimals
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.engine.functions.table import numbers, table
from symrisk.errors import NotProved

DIGITS = 60
ZEROS, MOST_KEPT = {}, 2048
"""Zeros that were found: both sides and every hypothesis ask for them at one point."""


def number(expression, point, problem, digits=DIGITS):
    """An expression at a point to many digits, by mpmath."""
    with decimals(digits) as mp:
        known = {s: mp.mpf(int(v.p)) / int(v.q) for s, v in point.items()}
        return _many_digits(
            mp,
            expression,
            {**known, **_root_values(mp, problem, known, expression.free_symbols, digits)},
        )


def _many_digits(mp, expression, known):
    """An expression in mpmath, node by node; a definition by cases takes the case that holds."""
    if expression.is_Rational:
        return mp.mpf(int(expression.p)) / int(expression.q)
    if expression.is_Symbol and expression in known:
        return known[expression]
    if expression.is_Piecewise:
        return next(
            _many_digits(mp, value, known)
            for value, condition in expression.args
            if _case(mp, condition, known)
        )
    if type(expression) in numbers():
        return +getattr(mp, numbers()[type(expression)].in_mpmath)
    if type(expression) in table() and table()[type(expression)].in_mpmath:
        values = [_many_digits(mp, argument, known) for argument in expression.args]
        found = getattr(mp, table()[type(expression)].in_mpmath)(*values)
        return mp.nan if mp.im(found) else mp.re(found)
    if not (expression.is_Add or expression.is_Mul or expression.is_Pow):
        raise NotProved(
            f"{expression} has no value by mpmath at a point: the proof is not looked at again"
        )
    values = [_many_digits(mp, argument, known) for argument in expression.args]
    if expression.is_Pow:
        return mp.re(mp.power(values[0], values[1]))
    return mp.fsum(values) if expression.is_Add else mp.fprod(values)


def _case(mp, condition, known):
    if condition in (sympy.true, sympy.false):
        return condition == sympy.true
    gap = _many_digits(mp, condition.gts, known) - _many_digits(mp, condition.lts, known)
    return gap > 0 or (
        gap == 0 and not isinstance(condition, (sympy.StrictGreaterThan, sympy.StrictLessThan))
    )


def _root_values(mp, problem, known, used, digits):
    """The implicit names in use, by their own second routes."""

    found = {}

    def number_at(expression, further=None):
        return _many_digits(mp, expression, {**known, **found, **(further or {})})

    for name, root in _in_order(rested_on(problem.claim.unknowns, used)):
        if root.is_algebraic:
            found[name] = _kept_zero(mp, root, number_at, {**known, **found}, digits)
        else:
            found[name] = root.by_mpmath(mp, number_at, digits)
    return found


def _in_order(roots):
    """Implicit names with what they solve, each after those that it rests on, if it can be."""
    left = dict(roots)
    while left:
        ready = [n for n, root in left.items() if not root.free_symbols & left.keys() - {n}]
        for name in ready or list(left):
            yield name, left.pop(name)


def _kept_zero(mp, root, number_at, known, digits):
    """The zero between a root's ends, found once for one root, point and precision."""
    point = frozenset((s, known[s]._mpf_) for s in root.free_symbols if s in known)
    place = root, point, digits
    kept = ZEROS.get(place)
    if kept is None:
        kept = root.by_mpmath(mp, number_at, digits)._mpf_
        if len(ZEROS) >= MOST_KEPT:
            ZEROS.clear()
        ZEROS[place] = kept
    # A number belongs to the context that calculates with it.
    return mp.make_mpf(kept)
