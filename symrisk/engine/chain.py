"""From hypotheses to a chain: each variable in turn between bounds in the earlier ones.

Hypotheses are polynomials required to be > 0 or >= 0.  The last variable of a chain is one that every hypothesis
mentioning it contains linearly, with a coefficient of known sign: it then lies between bounds in the other variables,
and that each lower bound stays below each upper bound is a hypothesis on those (Fourier-Motzkin elimination, with
polynomial coefficients).  Between its bounds L < x < U the variable is a rational function of one coordinate s,

    L + s,    U - s,    (L + U s)/(1 + s),

which runs over s > 0, or s >= 0 where a face is closed.  Two bounds that can't be ordered, or a coefficient whose sign
is not known, split the region into cells.  The coordinates are one-to-one and onto by construction.
"""

from symrisk.engine.cell import Bound, Cell, Condition, Link
from symrisk.engine.conditions import Contradiction, always_holds, distinct, simplified, size, sorted_out
from symrisk.engine.rational import Ratio, coefficients_in, degree_in
from symrisk.engine.signs import Sign, coefficient_sign
from symrisk.errors import NoMethod

MOST_SPLITS = 3


class NoChain(NoMethod):
    """No order of the variables gives a chain."""


class Split(Exception):
    """The sign of a polynomial in fewer variables must be known first: one recursion for each piece."""

    def __init__(self, *pieces):
        self.pieces = pieces


def by_sign(poly):
    """Split where poly > 0, poly < 0 and poly = 0."""
    return Split((Condition(poly, True),), (Condition(-poly, True),), (Condition(poly, False), Condition(-poly, False)))


def derive(algebra, conditions, variables, coordinates, last=None):
    """The cells of the region that `conditions` describe; `last` forces the last variable of the chain.

    variables, coordinates: indices into `algebra.symbols`, coordinates[v] belonging to variable v.
    A condition that no chain can use becomes a side condition: the cell is then a superset with one sign known.
    Variables that no condition ties together are treated apart, and the cells of the whole are those of the parts combined.
    """
    whole = [Cell(algebra)]
    for part, tied in components(conditions, variables, last):
        cells = _remembered(algebra, part, tied, coordinates, last if last in tied else None)
        whole = [Cell(algebra, (*a.links, *b.links), (*a.side, *b.side)) for a in whole for b in cells]
    return tuple(whole)


def components(conditions, variables, last=None):
    """(conditions, variables) of each part of which no condition speaks together with another; the part of `last` last."""
    parts = [([], {v}) for v in variables]
    for condition in conditions:
        spoken = {v for v in variables if degree_in(condition.poly, v) > 0}
        tied = [part for part in parts if part[1] & spoken] or parts[:1] or [([], set())]
        parts = [part for part in parts if part not in tied]
        parts.append(([c for part in tied for c in part[0]] + [condition], set().union(*(part[1] for part in tied))))
    ordered = [(part, tuple(v for v in variables if v in tied)) for part, tied in parts]
    return sorted(ordered, key=lambda part: (last in part[1], len(part[1]), part[1]))


def _remembered(algebra, conditions, variables, coordinates, last):
    """Claims on one region ask for the same cells again and again."""
    name = (frozenset(condition.key() for condition in conditions), variables, last)
    if name not in algebra.memory:
        algebra.memory[name] = _derive(algebra, conditions, variables, coordinates, last)
    return algebra.memory[name]


def _derive(algebra, conditions, variables, coordinates, last):
    builder = Builder(algebra, coordinates)
    try:
        kept, side = sorted_out(builder, distinct(conditions), tuple(variables))
    except Contradiction:
        return ()
    while True:
        try:
            cells = builder.cells(tuple(kept), tuple(variables), last, 0)
            return tuple(Cell(algebra, cell.links, tuple(side)) for cell in cells)
        except NoChain:
            worst = max(kept, key=size)
            if worst.poly.total_degree() <= 1:
                raise
            kept.remove(worst)
            side.append(worst)


class Builder:
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
        name = (frozenset(c.key() for c in conditions), variables, last)
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
        """Variables whose elimination couples the others least come first; of those, the most bound one."""
        return sorted(variables, key=lambda x: self._cost(conditions, x))

    def _cost(self, conditions, x):
        lower = upper = unknown = coupled = nonlinear = 0
        for condition in conditions:
            parts = coefficients_in(condition.poly, x)
            if set(parts) <= {0}:
                continue
            nonlinear += max(parts) > 1
            coupled += len(parts.get(0, {}) and parts[0].to_dict() or ()) > 0 or not parts[max(parts)].is_constant()
            sign = coefficient_sign(parts[max(parts)], frozenset()).value
            lower, upper, unknown = lower + (sign == 1), upper + (sign == -1), unknown + (sign is None)
        return nonlinear, (lower + unknown) * (upper + unknown), max(lower, upper) + unknown, -coupled

    def _eliminate(self, conditions, variables, x, depth):
        rest = tuple(v for v in variables if v != x)
        without = tuple(c for c in conditions if degree_in(c.poly, x) == 0)
        with_x = [c for c in conditions if degree_in(c.poly, x) > 0]
        result = []
        for base in self.cells(without, rest, None, depth):
            try:
                result.extend(self._attach(base, x, with_x))
            except Split as split:
                return self._split(conditions, variables, x, split.pieces, depth)
        return result

    def _split(self, conditions, variables, x, pieces, depth):
        if depth >= MOST_SPLITS:
            raise NoChain("too many cells")
        cells = []
        for piece in pieces:
            cells.extend(self.cells((*conditions, *piece), variables, x, depth + 1))
        return cells

    def _attach(self, base, x, conditions):
        lowers, uppers = [], []
        for condition in conditions:
            bound, is_lower = self._bound(base, x, condition)
            (lowers if is_lower else uppers).append(bound)
        lower, upper = self._tightest(base, lowers, 1), self._tightest(base, uppers, -1)
        if lower is not None and upper is not None:
            return self._between(base, x, lower, upper)
        return self._one_sided(base, x, lower, upper)

    def _bound(self, base, x, condition):
        """The bound on x that a condition, linear in x up to factors of known sign, gives on a cell."""
        constant, factors = condition.poly.factor()
        sign, linear = Sign(1 if constant > 0 else -1, True), None
        for factor, exponent in factors:
            if degree_in(factor, x) == 0:
                sign = sign * self._known(base, factor).power(exponent)
            elif linear is None and exponent == 1 and degree_in(factor, x) == 1:
                linear = factor
            else:
                raise NoChain("a hypothesis is not linear")
        parts = coefficients_in(linear, x)
        slope = self._known(base, parts[1])
        constant_part = parts.get(0, self.algebra.context.constant(0))
        value = self._positive_denominator(-constant_part, parts[1], slope)
        return Bound(value, not condition.strict), sign.value * slope.value == 1

    def _positive_denominator(self, num, den, sign):
        ratio = Ratio(self.algebra, num, den) if sign.value == 1 else Ratio(self.algebra, -num, -den)
        return ratio

    def _known(self, base, poly):
        sign = base.sign(poly)
        if sign.value is None or (sign.value and not sign.strict) or sign.value == 0:
            if sign.value == 0:
                raise NoChain("a coefficient vanishes on the cell")
            raise by_sign(poly)
        return sign

    def _tightest(self, base, bounds, direction):
        """The largest lower (direction 1) or the smallest upper (-1) bound; Split where two can't be ordered."""
        best = None
        for bound in bounds:
            best = bound if best is None else self._tighter(base, best, bound, direction)
        return best

    def _tighter(self, base, first, second, direction):
        gap = second.value - first.value
        sign = self._gap_sign(base, gap)
        if sign.value is None:
            raise by_sign(self._core(base, gap))
        if sign.value == 0:
            return first if second.closed else second
        winner, loser = (second, first) if sign.value == direction else (first, second)
        if winner.closed and not loser.closed and not sign.strict:
            raise by_sign(self._core(base, gap))
        return winner

    @staticmethod
    def _gap_sign(base, gap):
        return base.sign(gap.num) * base.sign(gap.den)

    @staticmethod
    def _core(base, gap):
        """A polynomial of the gap's sign, factors of known sign left out."""
        return simplified([base], Condition(gap.num * gap.den, True)).poly

    def _between(self, base, x, lower, upper):
        gap = upper.value - lower.value
        sign = self._gap_sign(base, gap)
        if sign.value == 0:
            return [self._point(base, x, lower, upper)] if lower.closed and upper.closed else []
        if sign.value == -1 and (sign.strict or not (lower.closed and upper.closed)):
            return []
        if not sign.implies(strict=True):
            raise self._nonempty(self._core(base, gap), sign, lower.closed and upper.closed)
        if lower.closed and upper.closed:
            return [self._inner(base, x, lower, Bound(upper.value, False)), self._point(base, x, upper, upper)]
        return [self._inner(base, x, lower, upper)]

    @staticmethod
    def _nonempty(core, sign, closed):
        """What must hold for L < x < U to have a point; where both faces are closed, L = U has one too."""
        if not closed:
            return Split((Condition(core, True),))
        return Split((Condition(core, True),), (Condition(core, False), Condition(-core, False)))

    def _inner(self, base, x, lower, upper):
        s, one = self._coordinate(x), self.algebra.one
        start, end = (upper, lower) if upper.closed else (lower, upper)
        return self._link(base, x, lower, upper, (start.value + end.value * s) / (one + s), start.closed)

    def _point(self, base, x, lower, upper):
        return Cell(self.algebra, (*base.links, Link(x, lower, upper, oriented(base, lower.value), None, False)))

    def _one_sided(self, base, x, lower, upper):
        s, zero = self._coordinate(x), self.algebra.constant(0)
        if lower is not None:
            return [self._link(base, x, lower, None, lower.value + s, lower.closed)]
        if upper is not None:
            return [self._link(base, x, None, upper, upper.value - s, upper.closed)]
        right, left = Bound(zero, True), Bound(zero, False)
        return [self._link(base, x, right, None, s, True), self._link(base, x, None, left, -s, False)]

    def _coordinate(self, x):
        return self.algebra.generator(self.algebra.symbols[self.coordinates[x]])

    def _link(self, base, x, lower, upper, image, closed):
        image = oriented(base, image, self.coordinates[x])
        return Cell(self.algebra, (*base.links, Link(x, lower, upper, image, self.coordinates[x], closed)))


def oriented(base, image, coordinate=None):
    """The image with a denominator that is positive on the cell: reducing a quotient may have turned both signs."""
    parts = [image.den] if coordinate is None else coefficients_in(image.den, coordinate).values()
    signs = {base.sign(part).value for part in parts}
    if signs == {1}:
        return image
    if signs == {-1}:
        return Ratio(image.field, -image.num, -image.den)
    raise NoChain("a denominator's sign is not known")
