r"""When the equivalents exist: one condition for each set of sources, as data.

The system c_k tr(Sigma_k Q) + c_k/w_k = n_k is the stationarity of a determinantal potential, and
`symrisk.engine.potential.existence` says when that has a minimiser.  In the three regimes:

    ridge      mu > 0:          always; ridgeless  mu = 0, n < p:   \sum_A n_k < rank(\sum_A
    Sigma_k)            for every non-empty set A of sources; ols        mu = 0, n > p:   \sum_A n_k
    > p - rank(\sum_{not A} Sigma_k)  for every non-empty A, and \sum Sigma_k > 0.

At mu = 0 and n = p the variance is infinite.  Where a condition fails at mu = 0 (a source with more
rows than its rank and yet n < p, say), the limit of a vanishing penalty is of mixed kind, and no
equivalent here covers it.  Sources without rows don't count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import fsum

import numpy as np

from symrisk.engine.arrays.given import cleared, is_diagonal
from symrisk.engine.potential.existence import Ranks, smallest_first
from symrisk.errors import ArgumentError, DomainError, NoMethod

REGIMES = ("ridge", "ridgeless", "ols")
MOST = 20
"""Sources whose rank is below p, of which at most all subsets are gone through."""


@dataclass(frozen=True)
class Condition:
    """One condition of existence.

    subset: the indices A of the sources it is about, sorted; empty for OLS's sum of all Sigma_k >
    0.  size: the sum of their n_k.  rank: of the sum of Sigma_k over A (ridgeless), over the others
    (ols).  room: by how much it holds, formed with one rounding so that its sign is exact.  holds:
    whether room > 0 (for the empty subset of OLS, room = 0).
    """

    regime: str
    subset: tuple
    size: float
    rank: float
    dimension: float
    room: float
    holds: bool

    def __str__(self):
        held = "" if self.holds else " fails"
        if not self.subset:
            return (
                f"rank of the sum of all covariances = p{held}: {self.rank:g} of {self.dimension:g}"
            )
        sizes, one = " + ".join(f"sizes[{k}]" for k in self.subset), len(self.subset) == 1
        named = (
            f"covariances[{self.subset[0]}]"
            if one
            else f"the sum of covariances {list(self.subset)}"
        )
        if self.regime == "ridgeless":
            return f"{sizes} < rank of {named}{held}: {self.size!r} against {self.rank:g}"
        return (
            f"{sizes} > p - rank of the other covariances' sum{held}: "
            f"{self.size!r} against {self.dimension:g} - {self.rank:g}"
        )


def regime_of(sizes, dimension, mu):
    """Which of `REGIMES` it is; `DomainError` at mu = 0 and n = p, where the variance is infinite.

    >>> regime_of([100, 100], 600, 0), regime_of([400, 400], 600, 0), regime_of([400, 200], 600, 1e-9)
    ('ridgeless', 'ols', 'ridge')
    """  # noqa: E501
    _check(sizes)
    if not 0 <= mu < float("inf"):
        raise DomainError(f"equivalent: mu is finite and not negative; not mu={mu!r}")
    if mu > 0:
        return "ridge"
    room = fsum([dimension, *(-size for size in sizes)])
    if room == 0:
        raise DomainError(
            "equivalent: mu > 0 at n = p, where without a penalty the variance is infinite; "
            f"not mu=0, n=p={dimension:g}"
        )
    return "ridgeless" if room > 0 else "ols"


def conditions(rank_of: Callable, sizes, dimension, regime):
    """Every condition of existence, smallest sets first.

    rank_of: the rank of a sum of covariances, from the frozenset of its sources' indices
    (`matrix_ranks`, `table_ranks`). sizes: n_k >= 0, one a source; those of size 0 are left out.
    dimension: p.  regime: one of `REGIMES`.

    In ten dimensions a first source of rank 3 may have 2.9 rows with 6 others, but not 3.1:

    >>> rank_of = table_ranks([[1, 0], [1, 1]], [3, 7])
    >>> [str(c) for c in conditions(rank_of, [3.1, 2], 10, "ridgeless") if not c.holds]
    ['sizes[0] < rank of covariances[0] fails: 3.1 against 3']
    >>> all(c.holds for c in conditions(rank_of, [2.9, 6], 10, "ridgeless"))
    True
    >>> [c.room for c in conditions(rank_of, [20, 7.5], 10, "ols")]
    [0.0, 20.0, 0.5, 17.5]

    For ridge there is none.  2^K of them else: `require` goes through those that others don't
    imply.
    """
    if regime not in REGIMES:
        raise ArgumentError(f"regime is one of {', '.join(REGIMES)}; not {regime!r}")
    _check(sizes)
    if regime == "ridge":
        return
    sources = [k for k, size in enumerate(sizes) if size > 0]
    if regime == "ols":
        yield _condition(rank_of, sizes, dimension, regime, (), sources)
    for subset in smallest_first(sources):
        yield _condition(rank_of, sizes, dimension, regime, subset, sources)


def require(rank_of, sizes, dimension, regime):
    """Nothing where every condition holds, else `DomainError` that says the first to fail.

    The sets that can fail have no source of full rank (ridgeless), or all of them (ols), given n <
    p, n > p.

    >>> require(table_ranks([[1, 0], [1, 1]], [3, 7]), [20, 6.9], 10, "ols")
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: equivalent (ols): sizes[1] > p - rank of the other covariances' sum fails: 6.9 against 10 - 3
    """  # noqa: E501
    if regime == "ridge":
        return
    sources = [k for k, size in enumerate(sizes) if size > 0]
    single = {k: rank_of(frozenset([k])) for k in sources}
    low = [k for k in sources if single[k] < dimension]
    full = [k for k in sources if k not in low]
    if len(low) > MOST:
        raise NoMethod(
            f"equivalent ({regime}): the rank conditions of {len(low)} sources of rank below p are "
            f"not gone through; "
            f"at most {MOST}, or mu > 0"
        )
    always = full if regime == "ols" else []
    for count in range(len(low) + 1):
        for chosen in combinations(low, count):
            subset = tuple(sorted([*always, *chosen]))
            if not _is_plain(single, sizes, dimension, regime, subset, sources):
                condition = _condition(rank_of, sizes, dimension, regime, subset, sources)
                if not condition.holds:
                    raise DomainError(f"equivalent ({regime}): {condition}")


def _check(sizes):
    for k, size in enumerate(sizes):
        if not 0 <= size < float("inf"):
            raise DomainError(
                f"equivalent: sizes are finite and not negative; not sizes[{k}]={float(size)!r}"
            )


def _is_plain(single, sizes, dimension, regime, subset, sources):
    """Whether the condition holds by the largest rank of a single source."""
    if regime == "ridgeless":
        return (
            not subset or fsum([max(single[k] for k in subset), *(-sizes[k] for k in subset)]) > 0
        )
    others = [single[k] for k in sources if k not in subset]
    return (
        bool(subset) and fsum([-dimension, max(others, default=0), *(sizes[k] for k in subset)]) > 0
    )


def _condition(rank_of, sizes, dimension, regime, subset, sources):
    is_ols = regime == "ols"
    ranks = Ranks(rank_of, sources, dimension, has_floor=not is_ols, has_costs=is_ols)
    if not subset:
        missing = ranks.unreached()
        rank = rank_of(frozenset(sources)) if sources else 0
        return Condition(regime, subset, 0.0, rank, dimension, float(-missing), missing == 0)
    low, high = ranks.interval(subset)
    taken = [float(sizes[k]) for k in subset]
    # Both are formed with one rounding: the sign is exact, with sizes an ulp off an edge as well.
    room = float(sum(map(Fraction, taken)) - low) if is_ols else fsum([high, *(-n for n in taken)])
    rank = high
    if is_ols:
        others = frozenset(sources) - frozenset(subset)
        rank = rank_of(others) if others else 0
    return Condition(regime, subset, fsum(taken), rank, dimension, room, room > 0)


def rank(matrix):
    """The number of eigenvalues of a positive semidefinite matrix above p eps times the largest; of
    a diagonal one, above 0.

    >>> rank(np.diag([1, 1e-30, 0])), rank(np.ones((3, 3)))
    (2, 1)
    """
    matrix = np.asarray(matrix, float)
    exact = is_diagonal(matrix)
    return int(
        np.count_nonzero(
            cleared(np.diagonal(matrix) if exact else np.linalg.eigvalsh(matrix), exact)
        )
    )


def matrix_ranks(covariances, single=()):
    """`rank_of` for p x p matrices: each is scaled by a power of two so that the sum favours none,
    and a rank found once.

    single: the ranks of the matrices themselves, where they are known.

    >>> rank_of = matrix_ranks([np.diag([1e9, 0, 0]), np.diag([0, 1, 1e-9])])
    >>> rank_of(frozenset([0])), rank_of(frozenset([0, 1]))
    (1, 3)
    """
    matrices = [np.asarray(matrix, float) for matrix in covariances]
    scaled = [
        np.ldexp(matrix, -int(np.frexp(np.abs(matrix).max(initial=0))[1])) for matrix in matrices
    ]
    known = {frozenset([k]): found for k, found in enumerate(single)}

    def rank_of(sources):
        if sources not in known:
            known[sources] = rank(sum(scaled[k] for k in sources))
        return known[sources]

    return rank_of


def table_ranks(eigenvalues, multiplicities):
    """`rank_of` for commuting covariances: eigenvalues (K, C) on C joint eigenspaces of dimensions
    (C,), which may be real.

    >>> table_ranks([[1, 0, 2], [0, 0, 1]], [3, 4, 5])(frozenset([0, 1]))
    8.0
    """
    seen, weights = np.asarray(eigenvalues) > 0, np.asarray(multiplicities, float)

    def rank_of(sources):
        return fsum(weights[seen[sorted(sources)].any(axis=0)])

    return rank_of
