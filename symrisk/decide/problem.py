"""A claim as exact algebra: the gap between its sides over the cells of its region."""

import math
import random
from functools import lru_cache

import sympy
from flint import fmpq

from symrisk.engine.algebra.rational import to_fmpq
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.noun import cached_property
from symrisk.errors import NoMethod

TRIES = 40
ZERO, ONE = fmpq(0), fmpq(1)
SIZES = (sympy.Rational(1, 10), sympy.Integer(1), sympy.Integer(10), sympy.Integer(100))


class Problem:
    """`gap` > 0, >= 0 or == 0 on every cell: what a claim without `iff` asks.

    independent: whether the letters that stand for means over a law are linearly independent
    (`engine.moments`), as an equation needs them; an inequality wants letters of known sign first.
    """

    def __init__(self, claim, independent=None):
        self.independent = claim.relation.rel == "==" if independent is None else independent
        self.claim, self.relation, self.region = claim, claim.relation, claim.region
        self.sides = claim.expanded

    @cached_property
    def space(self):
        return self.region.space(
            *self.sides,
            roots=self.claim.roots,
            independent=self.independent,
            with_functions=True,
        )

    @cached_property
    def gap(self):
        """The larger side minus the smaller, exactly; side by side, so that nothing is lost in
        an automatic rewriting.
        """
        left, right = (self.space.convert(side) for side in self.sides)
        return self.space.reduce(right - left if self.relation.rel in ("<", "<=") else left - right)

    @property
    def strict(self):
        return self.relation.strict

    @property
    def is_equation(self):
        return self.relation.rel == "=="

    @property
    def is_limit(self):
        """Whether a side is a limit, which has no value but the one that a proof says."""
        return any(side.has(LimitOf) for side in self.sides)

    @cached_property
    def cells(self):
        return self.space.cells()

    def is_empty(self):
        """Whether the hypotheses alone leave no point: the cases of a claim may do so, a claim
        may not.
        """
        if self._has_a_point():
            return False
        try:
            bare = self.region.bare
            return not (
                self.cells if set(bare.symbols) == set(self.space.symbols) else bare.cells()
            )
        except NoMethod:
            return False

    def _has_a_point(self):
        """Whether one of a few rational points satisfies every hypothesis: then no cell need be
        derived to know it.
        """
        if any(relation.rel == "==" or relation.roots for relation in self.region.premises):
            return False
        return _is_met_somewhere(
            tuple((relation.slack, relation.strict) for relation in self.region.premises)
        )

    @cached_property
    def printed_sides(self):
        """The two sides as text."""
        return [tex.plain(side) for side in self.sides]


@lru_cache(maxsize=4096)
def _is_met_somewhere(slacks):
    """Whether one of a few points satisfies pairs (expression, strict), > 0 or >= 0: many claims
    ask of one region.
    """
    symbols = sorted(set().union(*(slack.free_symbols for slack, _ in slacks)), key=str)
    return any(
        all(_holds(slack, point, strict) for slack, strict in slacks) for point in _tries(symbols)
    )


def _holds(slack, point, strict):
    try:
        value = _rational(slack, point)
    except ZeroDivisionError:
        return False
    if value is None:
        value = slack.xreplace(point)
        return bool(value.is_Rational) and (value > 0 if strict else value >= 0)
    return value > 0 if strict else value >= 0


def _rational(expression, point):
    """The value of an expression at a rational point, quicker than SymPy's; None for one that is
    not rational.
    """
    if expression.is_Rational:
        return to_fmpq(expression)
    if expression.is_Symbol:
        return to_fmpq(point[expression])
    if expression.is_Pow and expression.exp.is_Integer:
        base = _rational(expression.base, point)
        return None if base is None else base ** int(expression.exp)
    if not (expression.is_Add or expression.is_Mul):
        return None
    values = [_rational(argument, point) for argument in expression.args]
    if None in values:
        return None
    return sum(values, ZERO) if expression.is_Add else math.prod(values, start=ONE)


def _tries(symbols):
    """Points of all sizes, the same ones every time."""
    draw = random.Random(0)
    for _ in range(TRIES):
        yield {
            s: sympy.Integer(draw.randint(0, 6)) if s.is_integer else _drawn(draw, s)
            for s in symbols
        }


def _drawn(draw, symbol):
    sign = 1 if symbol.is_nonnegative else draw.choice((1, -1))
    return sign * draw.choice(SIZES) * sympy.Rational(draw.randint(1, 997), 331)
