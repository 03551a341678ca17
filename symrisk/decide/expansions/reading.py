"""A claim about a limit as an expansion needs it: what moves, what stays, in rational letters."""

import sympy

from symrisk.engine.expansion.expansion import Scene
from symrisk.engine.expansion.letters import Letters
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.errors import NoMethod
from symrisk.language.relation import FLIPPED, Relation


class Reading(Letters):
    """`inner` rel `claimed` as `name` comes to `point` from `side`, some names being put in.

    put: {name: expression} of names that equations give.  roots: what implicit names solve.
    """

    def __init__(self, problem, put=()):
        self.problem, self.claim, self.region = problem, problem.claim, problem.region
        self.replaced = dict(put)
        left, right = problem.sides
        is_left = isinstance(left, LimitOf)
        node, claimed = (left, right) if is_left else (right, left)
        if not isinstance(node, LimitOf) or claimed.has(LimitOf) or node.args[0].has(LimitOf):
            raise NoMethod(
                "a limit stands alone on one side of a claim, and what it is on the other"
            )
        self.rel = problem.relation.rel if is_left else FLIPPED[problem.relation.rel]
        inner, self.name, point, side = node.args
        self.side = int(side)
        self.inner, self.claimed, self.point = map(self._put, (inner, claimed, point))
        self.roots = {n: root.changed(self._put) for n, root in self.claim.unknowns.items()}
        self.near = [self._put(e) for e in self.claim.near]
        self.premises = [(self._put(r.slack), r.slack_rel) for r in self.region.premises]
        self._read()

    def _put(self, expression):
        return sympy.sympify(expression).xreplace(self.replaced)

    def _read(self):
        own = (self.inner, self.claimed, self.point, *self.near)
        slacks = [slack for slack, _ in self.premises]
        rational = self.begin(self.roots, (*own, *slacks), self.name)
        self._refuse_moving(rational)
        self.held = {n: r for n, r in self.roots.items() if n not in self.moving}

    def _refuse_moving(self, rational):
        """NoMethod where what moves is no root of an equation."""
        moving, self.swept = {self.name, *self.moving}, []
        for letter, meaning in sorted(self.back.items(), key=str):
            if letter in self.solved:
                continue
            equations = [equation for equation, _ in self.solved.values()]
            used = any(e.has(letter) for e in (*rational, *equations))
            if not used or not self.rational_parts(meaning) & moving:
                continue
            is_alone = not any(equation.has(letter) for equation in equations)
            if not is_alone or meaning.free_symbols & self.moving or meaning.law.has(self.name):
                raise NoMethod(f"{meaning} moves with {self.name} and is no root of an equation")
            self.swept.append(letter)
        for name, root in self.roots.items():
            if not root.is_algebraic:
                raise NoMethod(f"{name} {root.solves}: no limit is read off those")
        if self.rational_parts(self.claimed) & moving:
            raise NoMethod(f"{self.name} does not go away: {self.claimed} depends on it")
        if self.rational_parts(self.point) & self.solved.keys():
            raise NoMethod(f"{self.point} is not rational in names of the region")

    def scene(self, extra=(), zeros=(), begun=()) -> Scene:
        """What an expansion is made of.

        extra: letters with equations that come on top; zeros: what roots may begin with; begun:
        (letter, order, limit) of means that move.
        """
        spoken = [self.inner, self.claimed, self.point, *self.near]
        spoken += [slack for slack, _ in self.premises]
        tends = self.name, self.rational(self.point), self.side
        return self.scene_of(tends, spoken, self.swept, extra, zeros, begun)

    def still(self):
        """The premises that nothing moves in, as relations with 0."""
        moving = {self.name, *self.moving}
        return [
            Relation(slack, rel, 0)
            for slack, rel in self.premises
            if not self.rational_parts(slack) & moving
        ]

    def restless(self):
        """(place, expression, relation) of the premises that move; the name's own sign last."""
        moving = {self.name, *self.moving}
        found = [
            (place, self.rational(slack), rel)
            for place, (slack, rel) in enumerate(self.premises)
            if self.rational_parts(slack) & moving
        ]
        if self.name.is_nonnegative:
            rel = ">" if self.name.is_positive else ">="
            found.append((len(self.premises), self.name, rel))
        return found
