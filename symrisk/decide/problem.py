"""A claim as exact algebra: the gap between its sides over the cells of its region."""

from functools import cached_property

from symrisk.errors import NoMethod
from symrisk.quantity import LimitOf


class Problem:
    """`gap` > 0, >= 0 or == 0 on every cell: what a claim without `iff` asks."""

    def __init__(self, claim):
        self.claim, self.relation, self.region = claim, claim.relation, claim.region
        self.sides = claim.expanded

    @cached_property
    def space(self):
        return self.region.space(*self.sides, roots=self.claim.roots)

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
        try:
            bare = self.region.bare
            return not (self.cells if set(bare.symbols) == set(self.space.symbols) else bare.cells())
        except NoMethod:
            return False
