r"""When a determinantal potential has a minimiser: ranks in, conditions out.

    Phi(u) = log det(F + \sum_k e^{u_k} S_k) + \sum_k cost_k e^{u_k} - \sum_k pull_k u_k

is convex.  It has a minimiser exactly when it grows along every direction, and that is one
condition for each non-empty set A of unknowns.  Let all e^{u_k}, k in A, grow like t: the
determinant grows like t to the rank of \sum_A S_k, so that the pulls of A must be less, unless a
cost grows as well; where each of A bears a cost one always does.  Let them shrink instead: the
determinant falls like t to the number of dimensions that neither the others nor F reach, so that
the pulls of A must be more.  Hence

    dimensions that only A reaches  <  \sum_A pull_k  <  rank of \sum_A S_k,

without the right side where each of A bears a cost; and every dimension is reached, or the
determinant is zero.

What is counted differs: masses of a law's atoms as arrays or balls, ranks of matrices.  Who counts
is a `Reach`; the conditions are `interval` and `unreached`, for all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations
from math import inf
from typing import Any


class Reach:
    """How many dimensions some unknowns of a potential reach, in one kind of numbers.

    Subclasses say `unknowns`, and count: `reached`, `only` and `unreached`.
    """

    unknowns: Sequence[int]

    def reached(self, chosen: Sequence[int]) -> Any:
        """The dimensions that one of the chosen reaches; infinite where each bears a cost."""
        raise NotImplementedError

    def only(self, chosen: Sequence[int], others: Sequence[int]) -> Any:
        """The dimensions that one of the chosen reaches, and neither others nor the floor do."""
        raise NotImplementedError

    def unreached(self) -> Any:
        """The dimensions that neither an unknown nor the floor reaches: none, or Phi is nowhere."""
        raise NotImplementedError

    def interval(self, chosen: Sequence[int]) -> tuple[Any, Any]:
        """(low, high), strictly between which the pulls of the chosen lie in all."""
        others = [k for k in self.unknowns if k not in chosen]
        return self.only(chosen, others), self.reached(chosen)


class Ranks(Reach):
    """Ranks of sums of matrices; the floor is of full rank or absent, all bear a cost or none does.

    rank_of: the rank of a sum, from the frozenset of its unknowns.

    Three dimensions, of which the first sample sees one:

    >>> ranks = {(): 0, (0,): 1, (1,): 3, (0, 1): 3}
    >>> def rank_of(chosen):
    ...     return ranks[tuple(sorted(chosen))]
    >>> interpolator = Ranks(rank_of, [0, 1], 3, has_floor=True, has_costs=False)
    >>> print(*interpolator.interval([0]))
    0 1
    >>> least_squares = Ranks(rank_of, [0, 1], 3, has_floor=False, has_costs=True)
    >>> print(*least_squares.interval([1]))
    2 inf
    """

    def __init__(
        self,
        rank_of: Callable,
        unknowns: Sequence[int],
        dimension: float,
        *,
        has_floor: bool,
        has_costs: bool,
    ):
        self.rank_of, self.unknowns, self.dimension = rank_of, unknowns, dimension
        self.has_floor, self.has_costs = has_floor, has_costs

    def reached(self, chosen: Sequence[int]) -> float:
        return inf if self.has_costs else self.rank_of(frozenset(chosen))

    def only(self, chosen: Sequence[int], others: Sequence[int]) -> Fraction:
        """What the others leave, which is what the chosen alone reach where all reaches everything.

        It is exact: dimensions may be real, and their difference is all that counts near an edge.
        """
        return Fraction(0) if self.has_floor else self._left_by(others)

    def unreached(self) -> Fraction:
        return Fraction(0) if self.has_floor else self._left_by(self.unknowns)

    def _left_by(self, some):
        rank = self.rank_of(frozenset(some)) if some else 0
        return Fraction(self.dimension) - Fraction(rank)


def subsets(size: int) -> list[list[int]]:
    """Every non-empty subset of so many places.

    >>> subsets(2)
    [[0], [1], [0, 1]]
    """
    return [[k for k in range(size) if mask >> k & 1] for mask in range(1, 1 << size)]


def smallest_first(items: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Every non-empty subset of some items, one item before two, without a list of them all.

    >>> list(smallest_first([0, 2]))
    [(0,), (2,), (0, 2)]
    """
    items = list(items)
    return chain.from_iterable(combinations(items, count) for count in range(1, len(items) + 1))
