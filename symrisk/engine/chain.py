"""From hypotheses to a chain: each variable in turn between bounds in the earlier ones.

Hypotheses are polynomials required to be > 0 or >= 0.  The last variable of a chain is one that every hypothesis
mentioning it contains linearly, with a coefficient of known sign: it then lies between bounds in the other variables,
and that each lower bound stays below each upper bound is a hypothesis on those (Fourier-Motzkin elimination, with
polynomial coefficients).  Between its bounds L < x < U the variable is a rational function of one coordinate s,

    L + s,    U - s,    (L + U s)/(1 + s),

which runs over s > 0, or s >= 0 where a face is closed.  Two bounds that can't be ordered, or a coefficient whose sign
is not known, split the region into cells.  The coordinates are one-to-one and onto by construction.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from symrisk.engine.rational import Ratio, coefficients_in, degree_in, homogeneous_substitute, key
from symrisk.engine.signs import UNKNOWN, Sign, coefficient_sign
from symrisk.errors import NoMethod

MOST_SPLITS = 3


class Condition(NamedTuple):
    """`poly > 0`, or `poly >= 0` where not strict."""

    poly: object
    strict: bool

    def key(self):
        return key(self.poly), self.strict


class Bound(NamedTuple):
    value: Ratio
    closed: bool


@dataclass(frozen=True)
class Link:
    """One variable of a chain: its bounds in the earlier variables and its image under the coordinate."""

    variable: int
    lower: Bound | None
    upper: Bound | None
    image: Ratio
    coordinate: int | None
    closed: bool


@dataclass(frozen=True)
class Cell:
    """A chain of links, and the conditions no link could use (`side`)."""

    algebra: object
    links: tuple = ()
    side: tuple = ()
    signs: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def closed(self):
        """Indices of the coordinates that may be zero."""
        return frozenset(link.coordinate for link in self.links if link.closed)

    def pull(self, poly):
        """`poly` in the coordinates, up to a positive factor."""
        for link in reversed(self.links):
            poly, _ = homogeneous_substitute(poly, link.variable, link.image)
        return poly

    def pull_ratio(self, ratio):
        """A Ratio in the coordinates, exactly."""
        for link in reversed(self.links):
            ratio = ratio.substitute(self.algebra.symbols[link.variable], link.image)
        return ratio

    def sign(self, poly):
        """The sign of a polynomial in the variables, as far as coefficients and side conditions show it."""
        name = key(poly)
        if name not in self.signs:
            self.signs[name] = self._sign(poly)
        return self.signs[name]

    def _sign(self, poly):
        pulled = self.pull(poly)
        direct = coefficient_sign(pulled, self.closed)
        return direct if direct.value is not None else self._sign_by_factors(pulled)

    def _sign_by_factors(self, pulled):
        constant, factors = pulled.factor()
        total, unknown = Sign(1 if constant > 0 else -1, True), []
        for factor, exponent in factors:
            sign = coefficient_sign(factor, self.closed)
            if sign.value is None and exponent % 2:
                unknown.append(factor)
            total = total * (Sign(1, True) if sign.value is None else sign.power(exponent))
            if sign.value is None and exponent > 1:
                total = Sign(total.value, False)
        return total if not unknown else total * self._side_sign(unknown)

    def hypothesis_sign(self, pulled):
        """The sign that a side condition gives a polynomial in the coordinates."""
        return self._side_sign([factor for factor, exponent in pulled.factor()[1] if exponent % 2]) if self.side else UNKNOWN

    def _side_sign(self, unknown):
        """The sign of a product of factors that coefficients leave open, from a side condition that is that product."""
        wanted = {key(monic(factor)) for factor in unknown}
        for condition in self.side:
            constant, factors = self.pull(condition.poly).factor()
            open_factors, sign = set(), Sign(1 if constant > 0 else -1, True)
            leading = 1
            for factor, exponent in factors:
                found = coefficient_sign(factor, self.closed)
                if found.value is None and exponent % 2:
                    open_factors.add(key(monic(factor)))
                    leading *= lead_sign(factor)
                elif found.value is not None:
                    sign = sign * found.power(exponent)
            if open_factors == wanted and sign.value:
                mine = 1
                for factor in unknown:
                    mine *= lead_sign(factor)
                return Sign(sign.value * leading * mine, condition.strict)
        return UNKNOWN


def monic(poly):
    return poly / poly.leading_coefficient()


def lead_sign(poly):
    return 1 if poly.leading_coefficient() > 0 else -1


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
    """
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


def size(condition):
    return condition.poly.total_degree(), len(condition.poly.to_dict())


class Contradiction(Exception):
    """Two conditions leave no point."""


def sorted_out(builder, conditions, variables, passes=3):
    """(kept, side): conditions that a chain can use, and those that none can, each freed of factors of known sign.

    What one pass learns about signs may free later ones, so that a few passes are made.
    """
    kept, side = [], []
    for _ in range(passes):
        before, side = side, []
        pending = sorted(before if kept else conditions, key=size)
        for position, condition in enumerate(pending):
            known = (*side, *pending[position + 1:]) if kept else tuple(side)
            condition = freed(builder, condition, kept, known, variables)
            if condition is None:
                continue
            (kept if builder.admits((*kept, condition), variables) else side).append(condition)
        if side == before or not side:
            break
    return kept, side


def freed(builder, condition, kept, side, variables):
    """The condition without factors of known sign; None where it always holds, Contradiction where it can't."""
    if condition.poly.total_degree() > 1:
        cells = [Cell(builder.algebra, cell.links, tuple(side)) for cell in builder.cells(tuple(kept), variables, None, 0)]
        condition = simplified(cells, condition)
    if contradicts(condition, (*kept, *side)):
        raise Contradiction
    return None if Builder._trivial(condition) else condition


def distinct(conditions):
    """Each polynomial once, strict where one of its conditions is."""
    strict = {}
    for poly, is_strict in conditions:
        scale = abs(poly.leading_coefficient()) if not poly.is_zero() else 1
        name = key(poly / scale)
        strict[name] = (poly / scale, is_strict or strict.get(name, (None, False))[1])
    return [Condition(*pair) for pair in strict.values()]


def simplified(cells, condition):
    """The same condition on these cells without the factors whose sign they show."""
    constant, factors = condition.poly.factor()
    core = condition.poly.context().constant(1 if constant > 0 else -1)
    for factor, exponent in factors:
        signs = {cell.sign(factor) for cell in cells}
        known = len(signs) == 1 and next(iter(signs)).value and next(iter(signs)).strict
        if known:
            core *= next(iter(signs)).value ** exponent
        else:
            core *= factor if exponent % 2 else factor**2
    return Condition(core, condition.strict)


def contradicts(condition, others):
    """Whether another condition says the opposite, so that no point is left."""
    if condition.poly.is_constant():
        value = condition.poly.leading_coefficient() if not condition.poly.is_zero() else 0
        return value < 0 or (value == 0 and condition.strict)
    opposite = key(monic(condition.poly) * -lead_sign(condition.poly))
    return any(key(monic(o.poly) * lead_sign(o.poly)) == opposite and (o.strict or condition.strict)
               for o in others if not o.poly.is_constant())


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
        conditions = [c for c in conditions if not self._trivial(c)]
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

    @staticmethod
    def _trivial(condition):
        if not condition.poly.is_constant():
            return False
        value = condition.poly.leading_coefficient() if not condition.poly.is_zero() else 0
        return value > 0 or (value == 0 and not condition.strict)

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
        return nonlinear, (lower + unknown) * (upper + unknown), -coupled

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
        return Cell(self.algebra, (*base.links, Link(x, lower, upper, lower.value, None, False)))

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
        return Cell(self.algebra, (*base.links, Link(x, lower, upper, image, self.coordinates[x], closed)))
