"""The fibre of a variable over a cell: the interval in which it lies, between bounds in the
cell's variables.
"""

from dataclasses import dataclass

from symrisk.engine.algebra.rational import Ratio, coefficients_in
from symrisk.engine.algebra.signs import Sign
from symrisk.engine.cells.cell import Bound, Cell, Condition, Link
from symrisk.engine.cells.conditions import simplified
from symrisk.errors import NoMethod


class NoChain(NoMethod):
    """No order of the variables gives a chain."""


class Split(Exception):
    """The sign of a polynomial in fewer variables must be known first: one recursion for each
    piece.

    beyond: the piece in which the fibre over the cell at hand is empty.  Over another cell of the
    others it need not be: it is left out only where there is no other.
    """

    def __init__(self, *pieces, beyond=()):
        self.pieces, self.beyond = pieces, beyond


def by_sign(poly):
    """Split where poly > 0, poly < 0 and poly = 0."""
    return Split(
        (Condition(poly, True),),
        (Condition(-poly, True),),
        (Condition(poly, False), Condition(-poly, False)),
    )


@dataclass(frozen=True)
class Fibre:
    """The values of `variable` over the cell `base`; the cells that conditions on it leave, with
    one more link each.
    """

    base: Cell
    variable: int
    coordinate: int

    @property
    def algebra(self):
        return self.base.algebra

    def cells(self, conditions):
        """The cells that conditions on the variable leave; Split or NoChain where a sign must be
        known first, or can't be.
        """
        lowers, uppers = [], []
        for condition in conditions:
            bound, is_lower = self._bound(condition)
            (lowers if is_lower else uppers).append(bound)
        lower, upper = self._tightest(lowers, 1), self._tightest(uppers, -1)
        if lower is not None and upper is not None:
            return self._between(lower, upper)
        return self._one_sided(lower, upper)

    def _bound(self, condition):
        """The bound on x that a condition, linear in x up to factors of known sign, gives; and
        whether it is a lower one.
        """
        sign = Sign(1 if condition.factors[0] > 0 else -1, True)
        others, parts = condition.linear_in(self.variable)
        for factor, exponent in others:
            sign = sign * self._known(factor).power(exponent)
        if parts is None:
            raise NoChain("a hypothesis is not linear")
        slope = self._known(parts[1])
        constant_part = parts.get(0, self.algebra.context.constant(0))
        value = Ratio(self.algebra, -constant_part * slope.value, parts[1] * slope.value)
        return Bound(value, not condition.strict), sign.value * slope.value == 1

    def _known(self, poly):
        """The strict sign of a coefficient on the cell."""
        sign = self.base.sign(poly)
        if sign.value == 0:
            raise NoChain("a coefficient vanishes on the cell")
        if sign.value is None or not sign.strict:
            raise by_sign(poly)
        return sign

    def _tightest(self, bounds, direction):
        """The largest lower (direction 1) or the smallest upper (-1) bound; Split where two
        can't be ordered.
        """
        best = None
        for bound in bounds:
            best = bound if best is None else self._tighter(best, bound, direction)
        return best

    def _tighter(self, first, second, direction):
        gap = second.value - first.value
        sign = self._gap_sign(gap)
        if sign.value is None:
            raise by_sign(self._core(gap))
        if sign.value == 0:
            return first if second.closed else second
        winner, loser = (second, first) if sign.value == direction else (first, second)
        if winner.closed and not loser.closed and not sign.strict:
            raise by_sign(self._core(gap))
        return winner

    def _gap_sign(self, gap):
        return self.base.sign(gap.num) * self.base.sign(gap.den)

    def _core(self, gap):
        """A polynomial of the gap's sign, factors of known sign left out."""
        return simplified([self.base], Condition(gap.num * gap.den, True)).poly

    def _between(self, lower, upper):
        gap = upper.value - lower.value
        sign = self._gap_sign(gap)
        if sign.value == 0:
            return [self._point(lower, upper)] if lower.closed and upper.closed else []
        if sign.value == -1 and (sign.strict or not (lower.closed and upper.closed)):
            return []
        if not sign.implies(strict=True):
            raise self._nonempty(self._core(gap), lower.closed and upper.closed)
        if lower.closed and upper.closed:
            return [self._inner(lower, Bound(upper.value, False)), self._point(upper, upper)]
        return [self._inner(lower, upper)]

    @staticmethod
    def _nonempty(core, closed):
        """What must hold for L < x < U to have a point; where both faces are closed, L = U has
        one too.
        """
        if not closed:
            return Split((Condition(core, True),), beyond=(Condition(-core, False),))
        level = (Condition(core, False), Condition(-core, False))
        return Split((Condition(core, True),), level, beyond=(Condition(-core, True),))

    def _inner(self, lower, upper):
        s, one = self._parameter(), self.algebra.one
        start, end = (upper, lower) if upper.closed else (lower, upper)
        return self._link(lower, upper, (start.value + end.value * s) / (one + s), start.closed)

    def _point(self, lower, upper):
        return self._linked(
            Link(self.variable, lower, upper, oriented(self.base, lower.value), None, False)
        )

    def _one_sided(self, lower, upper):
        s, zero = self._parameter(), self.algebra.constant(0)
        if lower is not None:
            return [self._link(lower, None, lower.value + s, lower.closed)]
        if upper is not None:
            return [self._link(None, upper, upper.value - s, upper.closed)]
        right, left = Bound(zero, True), Bound(zero, False)
        return [self._link(right, None, s, True), self._link(None, left, -s, False)]

    def _parameter(self):
        return self.algebra.generator(self.algebra.symbols[self.coordinate])

    def _link(self, lower, upper, image, closed):
        image = oriented(self.base, image, self.coordinate)
        return self._linked(Link(self.variable, lower, upper, image, self.coordinate, closed))

    def _linked(self, link):
        return Cell(self.algebra, (*self.base.links, link))


def oriented(base, image, coordinate=None):
    """The image with a denominator that is positive on the cell: reducing a quotient may have
    turned both signs.
    """
    parts = [image.den] if coordinate is None else coefficients_in(image.den, coordinate).values()
    signs = {base.sign(part).value for part in parts}
    if signs == {1}:
        return image
    if signs == {-1}:
        return Ratio(image.field, -image.num, -image.den)
    raise NoChain("a denominator's sign is not known")
