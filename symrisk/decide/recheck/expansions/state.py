"""A case of a limit again: what is assumed in it, and claims that are made on it."""

import sympy

from symrisk.decide.recheck.expansions.words import Words
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NotProved
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import FLIPPED, Relation


class State:
    """A problem's limit where conditions hold beyond the hypotheses, some names being replaced.

    conditions: pairs (expression in inputs, relation with 0).  put: pairs (name, value).
    """

    def __init__(self, problem, conditions=(), put=()):
        self.problem, self.conditions, self.put = problem, tuple(conditions), tuple(put)
        self.says = problem.claim.says
        left, right = problem.sides
        is_left = isinstance(left, LimitOf)
        node, aim = (left, right) if is_left else (right, left)
        if not isinstance(node, LimitOf) or aim.has(LimitOf) or node.args[0].has(LimitOf):
            raise NotProved(f"{self.says}: it is no limit that is claimed")
        self.rel = problem.relation.rel if is_left else FLIPPED[problem.relation.rel]
        self.given, self.name, point, side = node.args
        self.side, self.aim = int(side), self._in(aim)
        unknowns = problem.claim.unknowns
        self.roots = {n: r.rewritten(self._in) for n, r in unknowns.items()}
        self.words = Words(self.says, self.roots)
        self.point = self.words.lettered(self._in(point))
        self.inner = self.words.lettered(self._in(self.given))
        self.near = [self.words.lettered(self._in(e)) for e in problem.claim.near]
        premises = problem.claim.region.premises
        slacks = [self._in(r.slack) for r in premises]
        self.premises = [
            (self.words.lettered(slack), slack, r.slack_rel)
            for slack, r in zip(slacks, premises, strict=True)
        ]
        self.aim_in_letters = self.words.lettered(self.aim)
        self.moving = self.words.moved(self.name)
        self._refuse_hidden()

    def _in(self, expression):
        return sympy.sympify(expression).xreplace(dict(self.put))

    def _refuse_hidden(self):
        """NotProved where a mean moves, or the point, or the claimed side."""
        moving, self.swept = {self.name, *self.moving}, []
        in_roots = set()
        for parts in self.words.equations.values():
            in_roots = in_roots.union(*(part.free_symbols for part in parts))
        for letter, meaning in sorted(self.words.meanings.items(), key=str):
            if not isinstance(meaning, Mean) or not meaning.free_symbols & moving:
                continue
            if letter in in_roots or meaning.free_symbols & self.moving:
                raise NotProved(f"{self.says}: {meaning} moves with {self.name} and is no root")
            if meaning.law.has(self.name):
                raise NotProved(f"{self.says}: the law of {meaning} moves with {self.name}")
            self.swept.append(letter)
        moving |= set(self.swept)
        if self.words.rests_on(self.aim_in_letters.free_symbols) & moving:
            raise NotProved(f"{self.says}: the claimed side moves with {self.name}")
        if self.point.free_symbols & (moving | self.words.equations.keys()):
            raise NotProved(f"{self.says}: {self.name} tends to no fixed point")

    def is_moving(self, expression):
        """Whether an expression in letters moves with the name."""
        return bool(expression.free_symbols & {self.name, *self.moving, *self.swept})

    def used(self):
        """The moving roots in use."""
        spoken = [self.inner, *self.near, *(letters for letters, _, _ in self.premises)]
        letters = set().union(*(e.free_symbols for e in spoken))
        return self.words.rests_on(letters) & self.moving

    def further(self, conditions=(), put=None):
        """The same with more assumed."""
        names = self.put
        if put is not None:
            name, value = put
            names = (*((n, v.xreplace({name: value})) for n, v in names), put)
        return State(self.problem, (*self.conditions, *conditions), names)

    def solved(self, core, name):
        """The value of a name where a polynomial vanishes; NotProved where it is not linear in
        that name, an input, with a number before it, and in inputs.
        """
        inputs = {s for s in self.problem.region.symbols if s not in self.roots} - {self.name}
        symbol = next((s for s in core.free_symbols & inputs if str(s) == name), None)
        if symbol is None or not core.free_symbols <= inputs or not core.is_polynomial():
            raise NotProved(f"{self.says}: {core} = 0 does not give {name}")
        parts = sympy.Poly(core, symbol).all_coeffs()
        if len(parts) != 2 or not parts[0].is_number:
            raise NotProved(f"{self.says}: {core} = 0 does not give {name}")
        return symbol, sympy.expand(-parts[1] / parts[0])

    def claim(self, left, rel, right, letters=()):
        """A claim between expressions in inputs, on this case; letters: {letter: its root}."""
        relations = [
            Relation(slack, r, 0)
            for lettered, slack, r in self.premises
            if not self.is_moving(lettered)
        ]
        relations += [Relation(self._in(e), r, 0) for e, r in self.conditions]
        held = {n: r for n, r in self.roots.items() if n not in self.moving}
        held.update(letters)
        kept = [r for r in relations if not (r.slack.is_number and _is_true(r))]
        roots = rested_on(held, (left, right, *(r.slack for r in kept)))
        gone = {self.name, *dict(self.put)}
        over = [s for s in self.problem.region.symbols if s not in gone]
        names = left.free_symbols | right.free_symbols
        over += sorted(names - roots.keys() - set(over), key=str)
        says = f"{self.says}: close to {self.point}"
        return Claim(says, left, rel, right, on=Region(*kept, over=over), roots=roots, needs=())


def _is_true(relation):
    slack = relation.slack
    if relation.rel == "==":
        return slack == 0
    return bool(slack > 0) if relation.strict else bool(slack >= 0)
