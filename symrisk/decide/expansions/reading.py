"""A claim about a limit as an expansion needs it: what moves, what stays, in rational letters."""

import sympy

from symrisk.engine.algebra.generators import Generators
from symrisk.engine.expansion.expansion import Moving, Scene, ordered
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.moved_by import moved_by
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NoMethod
from symrisk.language.relation import FLIPPED, Relation


class Reading:
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
        equations = [part for root in self.roots.values() for part in root.written]
        means = set().union(*(sympy.sympify(e).atoms(Mean) for e in (*own, *slacks, *equations)))
        # A mean stands for itself: what it is a mean of is no matter of an expansion's field.
        self.back = {sympy.Symbol(str(mean)): mean for mean in means}
        self._apart = {mean: letter for letter, mean in self.back.items()}
        algebraic = {n: root for n, root in self.roots.items() if root.is_algebraic}
        apart = {n: root.rewritten(self._set_apart) for n, root in algebraic.items()}
        self.generators = Generators(apart)
        self._names = {}
        rational = [self.rational(e) for e in (*own, *slacks)]
        self.solved = self._solved()
        for power in self.generators.powers.values():
            shown = power.base**power.exponent
            raise NoMethod(f"{shown} has a name as exponent: it is not expanded")
        used = set().union(*(e.free_symbols for e in rational))
        rests_on = rested_on(self._by_letters(), used)
        self.moving = moved_by(self._by_letters(), {self.name}) & rests_on.keys()
        self._refuse_moving(rational)
        self.held = {n: r for n, r in self.roots.items() if n not in self.moving}

    def _set_apart(self, expression):
        return sympy.sympify(expression).xreplace(self._apart)

    def met(self, expression):
        """An expression that nothing spoke of before in letters; its means get some."""
        for mean in expression.atoms(Mean):
            letter = sympy.Symbol(str(mean))
            self.back[letter], self._apart[mean] = mean, letter
        return self.rational(expression)

    def rational(self, expression):
        """An expression with radicals and means as letters."""
        return self.generators.rewrite(self._set_apart(expression)).xreplace(self._called())

    def _called(self):
        """{a generator's letter: one that is called as what it stands for}."""
        known = dict(self.generators.roots)
        for letter, root in known.items():
            if root.radicand is not None and letter not in self._names:
                index = sympy.degree(root.polynomial, letter)
                self._name(letter, sympy.root(root.radicand, index))
        return self._names

    def _name(self, letter, meaning):
        whole = self.restored(meaning)
        called = sympy.Symbol(str(whole))
        self._names[letter], self.back[called] = called, whole

    def restored(self, expression):
        """An expression with what letters stand for in their place."""
        back = {**self.back, **{old: self.back[new] for old, new in self._names.items()}}
        while expression.free_symbols & back.keys():
            expression = expression.xreplace(back)
        return expression

    def _solved(self):
        """{letter: (equation, ends)} of all roots, radicals among them, in letters."""
        size, found = -1, {}
        while size < len(self.generators.roots):
            size = len(self.generators.roots)
            for letter, root in list(self.generators.roots.items()):
                parts = [self.rational(part) for part in root.written]
                name = self._called().get(letter, letter)
                found[name] = (parts[0], (parts[1], parts[2]))
        return {n: (e.xreplace(self._called()), ends) for n, (e, ends) in found.items()}

    def _by_letters(self):
        return {name: _Solved(e, ends) for name, (e, ends) in self.solved.items()}

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

    def rational_parts(self, expression):
        """The letters that an expression speaks of, those inside means and powers among them."""
        return self.rational(expression).free_symbols | expression.free_symbols

    def scene(self, extra=(), zeros=(), begun=()) -> Scene:
        """What an expansion is made of.

        extra: letters with equations that come on top; zeros: what roots may begin with; begun:
        (letter, order, limit) of means that move.
        """
        order = ordered(self._by_letters(), self.moving)
        roots = tuple(Moving(n, *self.solved[n]) for n in order)
        spoken = [self.inner, self.claimed, self.point, *self.near]
        spoken += [slack for slack, _ in self.premises]
        letters = set().union(*(self.rational(e).free_symbols for e in spoken))
        for equation, ends in self.solved.values():
            letters = letters.union(equation.free_symbols, *(e.free_symbols for e in ends))
        letters |= self.solved.keys()
        letters = letters.union(*(limit.free_symbols for _, _, limit in begun))
        letters -= {self.name, *self.moving, *self.swept}
        held = [n for n in ordered(self._by_letters(), self.solved.keys() - self.moving)]
        free = sorted(letters - set(held), key=str)
        equations = [(n, self.solved[n][0]) for n in held]
        point = self.rational(self.point)
        return Scene(
            self.name,
            point,
            self.side,
            roots,
            (*free, *held, *(letter for letter, _ in extra)),
            (*equations, *extra),
            (*held, *zeros),
            tuple(begun),
        )

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


class _Solved:
    """What stands in a root's equation, for the order in which roots rest on each other."""

    def __init__(self, equation, ends):
        self.free_symbols = equation.free_symbols.union(*(end.free_symbols for end in ends))
