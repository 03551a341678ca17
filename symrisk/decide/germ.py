"""What moves as a name tends to a point, and the regimes in which it gets there.

A name x tends to a point.  Where an implicit root moves with x, its equation, linear in x, is solved for x and the root
takes its place: for ridge mu = (1 - (n-p) q)/(q (1 + p q)) is rational in q.  The letter that now moves stands last in the
chain of the region's cells, so that on each cell it runs between two ends in the other names.  The regimes are the cells,
each with the end of the letter, at which x reaches its point.

There is no other: x keeps to its side of the point inside every cell, so that it can reach it at an end only.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import sympy

from symrisk.decide.certificate import chart, table
from symrisk.decide.defined import divisors
from symrisk.decide.positive import by_coefficients, by_factors, by_hypothesis
from symrisk.decide.sturm import by_count
from symrisk.engine.generators import Generators, Root
from symrisk.engine.rational import coefficients_in, degree_in, key
from symrisk.engine.space import Space
from symrisk.errors import NoMethod
from symrisk.quantity import LimitOf
from symrisk.relation import FLIPPED

REASONS = (by_coefficients, by_hypothesis, by_count)
MOST_SPLITS = 3
ZERO = sympy.Integer(0)


class Vanishing(Exception):
    """A coefficient that decides may vanish: one recursion for each of its signs."""


class Gap(NamedTuple):
    """What `by_factors` proves a sign of: a quotient on one cell."""

    claim: object
    cells: list
    gap: object
    strict: bool
    is_equation: bool = False


class Piece(NamedTuple):
    """What is assumed: conditions (expression, strict), and names that equations have replaced, (name, expression)."""

    conditions: tuple
    replaced: tuple = ()
    depth: int = 0

    def put(self, expression):
        """An expression with the replaced names gone."""
        for name, value in self.replaced:
            expression = expression.xreplace({name: value})
        return expression

    def complete(self, place):
        """An exact point with the replaced names back in it."""
        for name, value in reversed(self.replaced):
            place = {**place, name: sympy.Rational(value.xreplace(place))}
        return place

    def split(self, core, kept):
        """The pieces where a polynomial is positive, negative and zero; at zero one of its names goes, if it can."""
        for sign in (1, -1):
            yield self._replace(conditions=(*self.conditions, (sign * core, True)), depth=self.depth + 1)
        for name in sorted(core.free_symbols - kept, key=str, reverse=True):
            parts = sympy.Poly(core, name).all_coeffs()
            if len(parts) == 2 and (parts[0].is_positive or parts[0].is_negative):
                yield self._without(name, -parts[1] / parts[0])
                return
        yield self._replace(conditions=(*self.conditions, (core, False), (-core, False)), depth=self.depth + 1)

    def _without(self, name, value):
        own = ((value, bool(name.is_positive)),) if name.is_nonnegative else ()
        put = tuple((e.xreplace({name: value}), strict) for e, strict in self.conditions)
        return Piece((*put, *own), (*self.replaced, (name, value)), self.depth + 1)


class Germ:
    """The claim `lim inner rel claimed` of a problem, in terms of the letter that moves.

    name, point, side: what tends where, from above (1) or below (-1).  letter, image: what moves, and name in its terms.
    roots: all implicit names; held: those that do not move.
    """

    def __init__(self, problem):
        self.claim, self.region = problem.claim, problem.region
        left, right = problem.sides
        is_left = isinstance(left, LimitOf)
        node, self.claimed = (left, right) if is_left else (right, left)
        if not isinstance(node, LimitOf) or self.claimed.has(LimitOf) or node.args[0].has(LimitOf):
            raise NoMethod("a limit stands alone on one side of a claim, and what it is on the other")
        self.rel = problem.relation.rel if is_left else FLIPPED[problem.relation.rel]
        self.inner, self.name, self.point, side = node.args
        self.side, self.roots = int(side), {**self.region.roots, **self.claim.roots}
        self._choose_letter(Generators(self.roots))

    def _choose_letter(self, generators):
        inner, claimed, point = (generators.rewrite(e) for e in (self.inner, self.claimed, self.point))
        if point != self.point or point.free_symbols & generators.roots.keys():
            raise NoMethod(f"{self.point} is not rational in names of the region")
        conditions = [(generators.rewrite(e), strict) for e, strict in self.region.conditions]
        moving = self._moving(generators, set().union(*(e.free_symbols for e in (inner, claimed, *(e for e, _ in conditions)))))
        powers = [e for power in generators.powers.values() for e in (power.base, power.exponent)]
        if claimed.has(self.name, *moving) or any(e.has(self.name, *moving) for e in powers):
            raise NoMethod(f"{self.name} does not go away: {self.claimed} or a power depends on it")
        self.held = {name: root for name, root in generators.roots.items() if name not in moving}
        self.letter, own = self.name, []
        self.image = self.name
        if moving:
            own = self._follow(generators.roots, moving, [c for c in conditions if self.name not in c[0].free_symbols])
        put = {self.name: self.image}
        self.inside, self.aim = inner.xreplace(put), claimed
        self.conditions = tuple((e.xreplace(put), strict) for e, strict in (*conditions, *own, *self._approach()))

    def _moving(self, generators, used):
        """The roots in use that depend on x, directly or through others."""
        for root in list(generators.roots.values()):
            generators.rewrite(getattr(root, "polynomial", ZERO))
        roots, moving, reached = generators.roots, set(), set(used)
        while more := {name for name, root in roots.items() if root.free_symbols & {self.name, *moving}} - moving:
            moving |= more
        while more := {s for name in reached & roots.keys() for s in roots[name].free_symbols} - reached:
            reached |= more
        return sorted(moving & reached, key=str)

    def _follow(self, roots, moving, plain):
        """Let the root that moves with x take its place; the conditions that the root brings."""
        root = roots[moving[0]]
        polynomial = sympy.Poly(root.polynomial, self.name) if isinstance(root, Root) else None
        if len(moving) > 1 or polynomial is None or polynomial.degree() != 1:
            raise NoMethod(f"with {self.name} moves {' and '.join(map(str, moving))}; a limit follows one root, of an equation "
                           f"linear in {self.name}")
        (slope, rest), (low, high) = polynomial.all_coeffs(), root.between
        own = [(root.unknown - low, True)] if low != -sympy.oo else []
        own += [(high - root.unknown, True)] if high != sympy.oo else []
        self.letter, self.image = root.unknown, -rest / slope
        touches = root.radicand is not None
        known = [*(c for c in plain if not c[0].has(self.letter)), *((e, not touches) for e, _ in own if not e.has(self.name))]
        space = Space(known, (slope, rest, self.letter), self.held, self.letter)
        if not any(all(_is_strict(cell.sign(space.convert(part).num)) for cell in space.cells()) for part in (slope, rest)):
            raise NoMethod(f"{self.letter} does not tell {self.name}: {slope} and {rest} may vanish together")
        return own

    def _approach(self):
        """x lies on its side of the point, and has the sign of its meaning; before an infinite point, that point's sign."""
        own = [(self.name, bool(self.name.is_positive))] if self.name.is_nonnegative else []
        return [*own, (-self.side * self.name if self.point.is_infinite else self.side * (self.name - self.point), True)]

    @property
    def gap(self):
        """What tends to 0, or to infinity, with x."""
        return self.image if self.point.is_infinite else self.image - self.point

    def regimes(self, piece=None):
        """Every regime; a coefficient that may vanish splits them by its sign."""
        piece = piece or Piece(self.conditions)
        space = self._space(piece)
        try:
            return [regime for cell in space.cells(self.letter) for regime in self._on_cell(Frame(self, piece, space, cell))]
        except Vanishing as split:
            core = split.args[0]
            if piece.depth == MOST_SPLITS:
                raise NoMethod(f"the limit is not uniform: claim it where {core} vanishes and where it does not") from None
            kept = {self.letter, *self.held}.union(*(root.free_symbols for root in self.held.values()))
            return [regime for part in piece.split(core, kept) for regime in self.regimes(part)]

    def _space(self, piece):
        wanted = [self.inside, ZERO if self.aim.is_infinite else self.aim, self.gap, self.letter]
        over = [s for s in self.region.over if s != self.name]
        return Space(piece.conditions, [piece.put(e) for e in (*wanted, *over)], self.held, self.letter)

    def _on_cell(self, frame):
        link = frame.cell.links[-1]
        for condition in frame.cell.side:
            frame.refuse_moving(condition.poly, link.variable)
        for end, bound, value in _ends(frame.space, link):
            reading = Reading(frame, link.coordinate, value)
            if self._arrives(reading):
                yield reading.regime(end, bound)

    def _arrives(self, reading):
        """Whether x reaches its point at this end, everywhere on the cell or nowhere; Vanishing where here and there."""
        orders, (top, bottom) = reading.lowest(self.gap)
        order = orders[0] - orders[1]
        if not self.point.is_infinite:
            reading.sign(bottom if order > 0 else top)
            return order > 0
        if order >= 0:
            reading.sign(bottom)
            return False
        return reading.sign(top) * reading.sign(bottom) == -self.side


class Frame(NamedTuple):
    """A cell of the space of a piece."""

    germ: Germ
    piece: Piece
    space: Space
    cell: object

    def convert(self, expression):
        return self.space.convert(self.piece.put(expression))

    def quotient(self, ratio):
        """A quotient as two tables."""
        return {"numerator": table(self.space.field, ratio.num), "denominator": table(self.space.field, ratio.den)}

    def chart(self):
        """The cell's coordinates, and after them the names that equations have replaced."""
        fixed = [{"variable": str(name), **self.quotient(self.convert(value)), "closed": False, "coordinate": None}
                 for name, value in reversed(self.piece.replaced)]
        return [*chart(self.cell), *fixed]

    def proof(self, ratio, strict):
        """The factors that show a quotient to be positive on the cell, or non-negative: certificate data, or None."""
        verdict = by_factors(Gap(self.germ.claim, [self.cell], ratio, strict), REASONS, "limit")
        return None if verdict is None else verdict.certificate["cells"][0]

    def vanishing(self, poly):
        """Vanishing, for a factor of a polynomial that may be zero on the cell."""
        factors = [factor for factor, _ in poly.factor()[1] if not _is_strict(self.cell.sign(factor))]
        return Vanishing(self.space.field.polynomial(factors[0] if factors else poly))

    def refuse_moving(self, poly, variable):
        """A hypothesis on the letter that the chain could not use: a slope of unknown sign splits, what is not linear stops."""
        for factor, _ in poly.factor()[1]:
            if degree_in(factor, variable) > 1:
                raise NoMethod(f"the region does not bound {self.germ.letter} linearly: its regimes can't be told apart")
            if degree_in(factor, variable) == 1:
                raise self.vanishing(coefficients_in(factor, variable)[1])


@dataclass
class Reading:
    """Lowest orders in eps, the letter being put at one end of its interval; the signs needed, each with its evidence."""

    frame: Frame
    eps: int
    value: object
    signs: list = field(default_factory=list)
    known: dict = field(default_factory=dict)

    def lowest(self, expression):
        """((order of the numerator, of the denominator), their lowest coefficients); zero counts as of order 1."""
        ratio = self.frame.convert(expression).substitute(self.frame.germ.letter, self.value)
        for link in reversed(self.frame.cell.links[:-1]):
            if link.coordinate is None:
                ratio = ratio.substitute(self.frame.space.field.symbols[link.variable], link.image)
        top, bottom = (coefficients_in(poly, self.eps) or {1: poly} for poly in (ratio.num, ratio.den))
        return (int(min(top)), int(min(bottom))), (top[min(top)], bottom[min(bottom)])

    def sign(self, poly):
        """The strict sign of a coefficient on the cell, noted with its evidence; Vanishing where it may be zero."""
        name = key(poly)
        if name not in self.known:
            self.known[name] = self._shown(poly)
        return self.known[name]

    def _shown(self, poly):
        ring = self.frame.space.field
        known = self.frame.cell.sign(poly).value
        for sign in (known, -known) if known else (1, -1):
            proof = self.frame.proof(ring.ratio(poly * sign), strict=True)
            if proof is not None:
                self.signs.append({"of": table(ring, poly), "sign": sign, **proof})
                return sign
        raise self.frame.vanishing(poly)

    def _check_divisors(self, found):
        """Close to the point, what is divided by must be something: the inner divisors before those that they stand in."""
        for divisor in reversed(found):
            top = self.lowest(divisor)[1][0]
            if top.is_zero():
                raise NoMethod(f"{divisor} is zero in a regime: there is nothing that could tend to a limit")
            self.sign(top)

    def regime(self, end, bound):
        """What the inner expression tends to here: 0, a quotient of lowest coefficients, or infinite with the sign it has."""
        self._check_divisors(divisors(self.frame.germ.inside))
        orders, (top, bottom) = self.lowest(self.frame.germ.inside)
        ring, sign = self.frame.space.field, self.sign(bottom)
        if orders[0] < orders[1]:
            limit = sympy.oo * sign * self.sign(top)
        else:
            limit = ring.ratio(top) / ring.ratio(bottom) if orders[0] == orders[1] else ring.constant(0)
        return Regime(self.frame, end, bound, orders, (top, bottom), limit, self.signs)


@dataclass
class Regime:
    """A cell of the other names and the end of the letter at which x reaches its point.

    bound: the letter's bound there, None where it is infinite.  orders: lowest powers of eps in numerator and denominator;
    lowest: their coefficients.  limit: a Ratio, oo or -oo.
    """

    frame: Frame
    end: str
    bound: object
    orders: tuple
    lowest: tuple
    limit: object
    signs: list

    @property
    def is_infinite(self):
        return isinstance(self.limit, sympy.Basic)

    @property
    def expression(self):
        return self.limit if self.is_infinite else sympy.factor(self.limit.expression())

    def entry(self):
        """Plain data."""
        top, bottom = (table(self.frame.space.field, poly) for poly in self.lowest)
        bound = None if self.bound is None else self.frame.quotient(self.bound)
        return {"chart": self.frame.chart(), "end": self.end, "bound": bound, "orders": list(self.orders), "numerator": top,
                "denominator": bottom, "signs": self.signs, "limit": str(self.expression)}


def _ends(space, link):
    """(name, bound or None, the letter in terms of eps) for both ends of the letter's interval, if it has an inside."""
    if link.coordinate is None:
        return
    eps = space.field.generator(space.field.symbols[link.coordinate])
    for bound, name, step in ((link.lower, "lower", eps), (link.upper, "upper", -eps)):
        if bound is None:
            yield name, None, -space.field.one / step
        else:
            yield name, bound.value, bound.value + step


def _is_strict(sign):
    return bool(sign.value) and sign.strict
