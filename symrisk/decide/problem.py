"""A claim as exact algebra: the gap between its sides over the cells of its region."""

import random

import sympy

from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.noun import cached_property
from symrisk.errors import NoMethod

TRIES = 40
SIZES = (sympy.Rational(1, 10), sympy.Integer(1), sympy.Integer(10), sympy.Integer(100))


class Problem:
    """`gap` > 0, >= 0 or == 0 on every cell: what a claim without `iff` asks.

    independent: whether the letters that stand for means over a law are linearly independent (`engine.moments`), as an equation
    needs them; an inequality wants letters of known sign first.
    """

    def __init__(self, claim, independent=None):
        self.independent = claim.relation.rel == "==" if independent is None else independent
        self.claim, self.relation, self.region = claim, claim.relation, claim.region
        self.sides = claim.expanded

    @cached_property
    def space(self):
        return self.region.space(*self.sides, roots=self.claim.roots, independent=self.independent)

    @cached_property
    def gap(self):
        """The larger side minus the smaller, exactly; side by side, so that nothing is lost in an automatic rewriting."""
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
        """Whether the hypotheses alone leave no point: the cases of a claim may do so, a claim may not."""
        if self._has_a_point():
            return False
        try:
            bare = self.region.bare
            return not (self.cells if set(bare.symbols) == set(self.space.symbols) else bare.cells())
        except NoMethod:
            return False

    def _has_a_point(self):
        """Whether one of a few rational points satisfies every hypothesis: then no cell need be derived to know it."""
        slacks = [(relation.slack, relation.strict) for relation in self.region.premises]
        if any(relation.rel == "==" or relation.roots for relation in self.region.premises):
            return False
        symbols = sorted(set().union(*(slack.free_symbols for slack, _ in slacks)), key=str)
        return any(all(_holds(slack.xreplace(point), strict) for slack, strict in slacks) for point in _tries(symbols))


def _holds(value, strict):
    return bool(value.is_Rational) and (value > 0 if strict else value >= 0)


def _tries(symbols):
    """Points of all sizes, the same ones every time."""
    draw = random.Random(0)
    for _ in range(TRIES):
        yield {s: sympy.Integer(draw.randint(0, 6)) if s.is_integer else _drawn(draw, s) for s in symbols}


def _drawn(draw, symbol):
    sign = 1 if symbol.is_nonnegative else draw.choice((1, -1))
    return sign * draw.choice(SIZES) * sympy.Rational(draw.randint(1, 997), 331)
