"""Fourier-Motzkin elimination: the last variable of a chain goes first, over each cell of the
others it has a fibre.
"""

from symrisk.engine.budget import refuse_cells
from symrisk.engine.cells.cell import Cell
from symrisk.engine.cells.conditions import always_holds
from symrisk.engine.cells.fibre import Fibre, NoChain, Split

MOST_SPLITS = 3


class Elimination:
    """Builds cells by eliminating the last variable first; remembers what it has built."""

    def __init__(self, algebra, coordinates):
        self.algebra, self.coordinates, self.memory = algebra, coordinates, {}

    def admits(self, conditions, variables):
        """Whether these conditions have a chain."""
        try:
            self.cells(conditions, variables, None, 0)
        except NoChain:
            return False
        return True

    def cells(self, conditions, variables, last, depth):
        name = (frozenset(c.name for c in conditions), variables, last)
        if name not in self.memory:
            try:
                self.memory[name] = self._cells(conditions, variables, last, depth)
            except NoChain as failure:
                self.memory[name] = failure
        if isinstance(self.memory[name], NoChain):
            raise self.memory[name]
        return self.memory[name]

    def _cells(self, conditions, variables, last, depth):
        conditions = [c for c in conditions if not always_holds(c)]
        if any(c.poly.is_constant() for c in conditions):
            return []
        if not variables:
            return [Cell(self.algebra)]
        candidates = [last] if last is not None else self._order(conditions, variables)
        failure = None
        for x in candidates:
            try:
                return self._eliminate(conditions, variables, x, depth)
            except NoChain as error:
                failure = error
        raise failure

    def _order(self, conditions, variables):
        """Variables whose elimination couples the others least come first; of those, the most
        bound one.
        """
        return sorted(variables, key=lambda x: self._cost(conditions, x))

    def _cost(self, conditions, x):
        lower = upper = unknown = coupled = nonlinear = 0
        for condition in conditions:
            if not condition.speaks_of(x):
                continue
            is_nonlinear, is_coupled, sign = condition.weight_in(x)
            nonlinear += is_nonlinear
            coupled += is_coupled
            lower += sign == 1
            upper += sign == -1
            unknown += sign is None
        return (
            nonlinear,
            (lower + unknown) * (upper + unknown),
            max(lower, upper) + unknown,
            -coupled,
        )

    def _eliminate(self, conditions, variables, x, depth):
        rest = tuple(v for v in variables if v != x)
        without = tuple(c for c in conditions if not c.speaks_of(x))
        with_x = [c for c in conditions if c.speaks_of(x)]
        bases, result = self.cells(without, rest, None, depth), []
        for base in bases:
            try:
                result.extend(Fibre(base, x, self.coordinates[x]).cells(with_x))
                refuse_cells(len(result))
            except Split as split:
                # Signs are asked for over one base, and the pieces are of all: together they leave
                # nothing out.
                beyond = (split.beyond,) if split.beyond and len(bases) > 1 else ()
                return self._split(conditions, variables, x, (*split.pieces, *beyond), depth)
        return result

    def _split(self, conditions, variables, x, pieces, depth):
        if depth >= MOST_SPLITS:
            raise NoChain("too many cells")
        cells = []
        for piece in pieces:
            cells.extend(self.cells((*conditions, *piece), variables, x, depth + 1))
        return cells
