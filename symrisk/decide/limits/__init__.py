"""What moves as a name tends to a point, and the regimes in which it gets there.

A name x tends to a point.  Where an implicit root moves with x, its equation, linear in x, is
solved for x and the root takes its place: for ridge mu = (1 - (n-p) q)/(q (1 + p q)) is rational in
q.  The letter that now moves stands last in the chain of the region's cells, so that on each cell
it runs between two ends in the other names.  The regimes are the cells, each with the end of the
letter, at which x reaches its point.

There is no other: x keeps to its side of the point inside every cell, so that it can reach it at an
end only.
"""

import sympy

from symrisk.decide.limits.frame import Frame, is_strict
from symrisk.decide.limits.piece import Piece, Vanishing
from symrisk.decide.limits.regime import Reading, ends
from symrisk.engine.algebra.generators import Generators
from symrisk.engine.cells.space import Space
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.moved_by import moved_by
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NoMethod
from symrisk.language.relation import FLIPPED

MOST_SPLITS = 3
ZERO = sympy.Integer(0)


class Germ:
    """The claim `lim inner rel claimed` of a problem, in terms of the letter that moves.

    name, point, side: what tends where, from above (1) or below (-1).  letter, image: what moves,
    and name in its terms. roots: all implicit names; held: those that do not move.
    """

    def __init__(self, problem):
        self.claim, self.region = problem.claim, problem.region
        left, right = problem.sides
        is_left = isinstance(left, LimitOf)
        node, self.claimed = (left, right) if is_left else (right, left)
        if not isinstance(node, LimitOf) or self.claimed.has(LimitOf) or node.args[0].has(LimitOf):
            raise NoMethod(
                "a limit stands alone on one side of a claim, and what it is on the other"
            )
        self.rel = problem.relation.rel if is_left else FLIPPED[problem.relation.rel]
        self.inner, self.name, self.point, side = node.args
        self.side, self.roots = int(side), self.claim.unknowns
        for name, root in self.roots.items():
            if not root.is_only:
                raise NoMethod(f"{name} may be one of several zeros: no limit is read off those")
            if not root.is_algebraic:
                raise NoMethod(f"{name} {root.solves}: no limit is read off those")
        self._choose_letter(Generators(self.roots))

    def _choose_letter(self, generators):
        inner, claimed, point = (
            generators.rewrite(e) for e in (self.inner, self.claimed, self.point)
        )
        if point != self.point or point.free_symbols & generators.roots.keys():
            raise NoMethod(f"{self.point} is not rational in names of the region")
        conditions = [(generators.rewrite(e), strict) for e, strict in self.region.conditions]
        near = [generators.rewrite(e) for e in self.claim.near]
        spoken = (inner, claimed, *near, *(e for e, _ in conditions))
        moving = self._moving(generators, set().union(*(e.free_symbols for e in spoken)))
        powers = [e for power in generators.powers.values() for e in (power.base, power.exponent)]
        if claimed.has(self.name, *moving) or any(e.has(self.name, *moving) for e in powers):
            raise NoMethod(f"{self.name} does not go away: {self.claimed} or a power depends on it")
        self.held = {name: root for name, root in generators.roots.items() if name not in moving}
        self.letter, own = self.name, []
        self.image = self.name
        if moving:
            still = [c for c in conditions if self.name not in c[0].free_symbols]
            own = self._follow(generators.roots, moving, still)
        put = {self.name: self.image}
        self.inside, self.aim = inner.xreplace(put), claimed
        self.near = [e.xreplace(put) for e in near]
        self.conditions = tuple(
            (e.xreplace(put), strict) for e, strict in (*conditions, *own, *self._approach())
        )

    def _moving(self, generators, used):
        """The roots in use that depend on x, directly or through others."""
        for root in list(generators.roots.values()):
            generators.rewrite(root.polynomial)
        moving = moved_by(generators.roots, {self.name})
        return sorted(moving & rested_on(generators.roots, used).keys(), key=str)

    def _follow(self, roots, moving, plain):
        """Let the root that moves with x take its place; the conditions that the root brings."""
        root = roots[moving[0]]
        polynomial = self._in_name(root.polynomial)
        if len(moving) > 1 or polynomial is None or polynomial.degree() != 1:
            raise NoMethod(
                f"with {self.name} moves {' and '.join(map(str, moving))}; a limit follows one "
                f"root, of an equation "
                f"linear in {self.name}"
            )
        (slope, rest), (low, high) = polynomial.all_coeffs(), root.between
        own = [(root.unknown - low, True)] if low != -sympy.oo else []
        own += [(high - root.unknown, True)] if high != sympy.oo else []
        self.letter, self.image = root.unknown, -rest / slope
        touches = root.radicand is not None
        known = [
            *(c for c in plain if not c[0].has(self.letter)),
            *((e, not touches) for e, _ in own if not e.has(self.name)),
        ]
        space = Space(known, (slope, rest, self.letter), self.held, self.letter)
        if not any(
            all(is_strict(cell.sign(space.convert(part).num)) for cell in space.cells())
            for part in (slope, rest)
        ):
            raise NoMethod(
                f"{self.letter} does not tell {self.name}: {slope} and {rest} may vanish together"
            )
        return own

    def _in_name(self, equation):
        """An equation as a polynomial in x, a denominator that vanishes nowhere being cleared;
        None where it is none.
        """
        numerator, denominator = sympy.fraction(sympy.together(equation))
        if not numerator.is_polynomial(self.name) or (
            denominator.has(self.name) and denominator.is_zero is not False
        ):
            return None
        return sympy.Poly(numerator if denominator.has(self.name) else equation, self.name)

    def _approach(self):
        """x lies on its side of the point, and has the sign of its meaning; before an infinite
        point, that point's sign.
        """
        own = [(self.name, bool(self.name.is_positive))] if self.name.is_nonnegative else []
        return [
            *own,
            (
                -self.side * self.name
                if self.point.is_infinite
                else self.side * (self.name - self.point),
                True,
            ),
        ]

    @property
    def gap(self):
        """What tends to 0, or to infinity, with x."""
        return self.image if self.point.is_infinite else self.image - self.point

    def regimes(self, piece=None):
        """Every regime; a coefficient that may vanish splits them by its sign."""
        piece = piece or Piece(self.conditions)
        space = self._space(piece)
        try:
            return [
                regime
                for cell in space.cells(self.letter)
                for regime in self._on_cell(Frame(self, piece, space, cell))
            ]
        except Vanishing as split:
            core = split.args[0]
            if piece.depth == MOST_SPLITS:
                raise NoMethod(
                    f"the limit is not uniform: claim it where {core} vanishes and where it does "
                    f"not"
                ) from None
            kept = {self.letter, *self.held}.union(
                *(root.free_symbols for root in self.held.values())
            )
            return [regime for part in piece.split(core, kept) for regime in self.regimes(part)]

    def _space(self, piece):
        wanted = [
            self.inside,
            *self.near,
            ZERO if self.aim.is_infinite else self.aim,
            self.gap,
            self.letter,
        ]
        over = [s for s in self.region.over if s != self.name]
        return Space(
            piece.conditions, [piece.put(e) for e in (*wanted, *over)], self.held, self.letter
        )

    def _on_cell(self, frame):
        link = frame.cell.links[-1]
        for condition in frame.cell.side:
            frame.refuse_moving(condition.poly, link.variable)
        for end, bound, value in ends(frame.space, link):
            reading = Reading(frame, link.coordinate, value)
            if self._arrives(reading):
                yield reading.regime(end, bound)

    def _arrives(self, reading):
        """Whether x reaches its point at this end, everywhere on the cell or nowhere; Vanishing
        where here and there.
        """
        orders, (top, bottom) = reading.lowest(self.gap)
        order = orders[0] - orders[1]
        if not self.point.is_infinite:
            reading.sign(bottom if order > 0 else top)
            return order > 0
        if order >= 0:
            reading.sign(bottom)
            return False
        return reading.sign(top) * reading.sign(bottom) == -self.side
