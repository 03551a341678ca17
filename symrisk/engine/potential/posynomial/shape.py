r"""Which powers a potential of products of powers has, and along which directions it has to rise.

    Phi(x) = sum_j mass_j mean log(sum_a q_ja e^{a.x}) + sum_b w_b e^{b.x} - pulls.x,   x = log c,

is convex.  Far out along a direction d it rises like

    sum_j mass_j mean(max of a.d over the terms a that are there) - pulls.d

for each unit, or faster than any line where a cost b.d > 0 is there.  It has one minimiser exactly
where that is positive for every d other than 0.  As a function of d it is linear on each cell that
the planes (a - a').d = 0 and b.d = 0 cut out, and a cell is spanned by its edges: so the edges are
all that has to be looked at.  They depend on the powers alone, not on numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb, gcd

import numpy as np
from flint import fmpz_mat

from symrisk.errors import ArgumentError

MOST_CHOICES = 20000
"""How many sets of planes are looked at for the edges in which they meet."""


@dataclass(frozen=True)
class Shape:
    """The powers of so many unknowns: in each logarithm's terms, and in the costs.

    >>> features = Shape(2, (((0, 0), (1, 1)),), ((1, 0), (0, 1)))
    >>> edges(features)
    ((1, -1), (-1, 1), (0, 1), (0, -1), (1, 0), (-1, 0))
    """

    size: int
    logarithms: tuple[tuple[tuple[int, ...], ...], ...]
    costs: tuple[tuple[int, ...], ...]

    @property
    def bends(self) -> list[tuple[int, ...]]:
        """The powers along which the potential bends: differences in a logarithm, and costs."""
        found = []
        for terms in self.logarithms:
            for a, b in combinations(terms, 2):
                found.append(tuple(x - y for x, y in zip(a, b, strict=True)))
        return found + list(self.costs)


def planes(shape: Shape) -> list[tuple[int, ...]]:
    """The different directions in which the potential bends, each once and either way."""
    return list(dict.fromkeys(_primitive(bend) for bend in shape.bends if any(bend)))


@lru_cache(maxsize=256)
def edges(shape: Shape) -> tuple[tuple[int, ...], ...]:
    """The directions along which the potential has to rise, that is, all edges of the cells."""
    found: dict = {}
    for chosen in combinations(planes(shape), shape.size - 1):
        edge = _edge_of(chosen, shape.size)
        if edge is not None:
            found[edge] = None
            found[tuple(-x for x in edge)] = None
    return tuple(found)


def check_shape(shape: Shape, names: Sequence[str]) -> None:
    """ArgumentError where the potential is flat along a line whatever its numbers are, or where
    there are too many edges to look at.
    """
    found = planes(shape)
    rank = fmpz_mat([list(plane) for plane in found]).rank() if found else 0
    if rank < shape.size:
        raise ArgumentError(
            f"{', '.join(names)}: costs and logarithms bend the potential along {rank} of its "
            f"{shape.size} directions only: it has no single minimiser"
        )
    choices = comb(len(found), shape.size - 1)
    if choices > MOST_CHOICES:
        raise ArgumentError(
            f"{', '.join(names)}: a potential of {shape.size} unknowns with terms of so many "
            f"kinds has {choices} edges to look along, more than {MOST_CHOICES}"
        )


def _edge_of(chosen, size):
    """The line in which so many planes meet, or None where they meet in more than a line."""
    if size == 1:
        return (1,)
    found, nullity = fmpz_mat([list(plane) for plane in chosen]).nullspace()
    if nullity != 1:
        return None
    return _primitive(tuple(int(found[k, 0]) for k in range(size)))


def _primitive(vector):
    """The shortest whole vector along a line, its first entry that is not zero positive."""
    divisor = gcd(*vector)
    first = next(x for x in vector if x)
    sign = 1 if first > 0 else -1
    return tuple(sign * x // divisor for x in vector)


def told(edge: Sequence[int], names: Sequence[str]) -> str:
    """A direction in words: what grows and what falls, as what power of t.

    >>> told((1, -2, 0), ("c", "eta", "a"))
    'c grows like t and eta falls like 1/t^2'
    """
    said = []
    for power, name in zip(edge, names, strict=True):
        size = "t" if abs(power) == 1 else f"t^{abs(power)}"
        if power > 0:
            said.append(f"{name} grows like {size}")
        elif power < 0:
            said.append(f"{name} falls like 1/{size}")
    return " and ".join(said)


@lru_cache(maxsize=256)
def outward(shape: Shape) -> np.ndarray:
    """What takes the logarithms of ratios of terms, and of pulls to costs, to a point at which
    they are balanced as well as can be: least squares.
    """
    return np.linalg.pinv(np.array(shape.bends, float).reshape(-1, shape.size))
