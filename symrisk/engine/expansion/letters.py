"""Expressions in rational letters: radicals and means are called as they are written."""

from collections.abc import Iterable, Mapping

import sympy

from symrisk.engine.algebra.generators import Generators
from symrisk.engine.expansion.expansion import Moving, Scene, ordered
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.moved_by import moved_by
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NoMethod


class Letters:
    """Writes expressions in letters, and back.

    solved: {letter: (what vanishes, its two ends)} of implicit names and radicals.  moving: those
    of them that move with a name, and are in use.
    """

    def begin(self, roots: Mapping, expressions: Iterable, name: sympy.Symbol) -> list:
        """Some expressions in letters; roots: what implicit names solve, name: what moves."""
        expressions = list(expressions)
        equations = [part for root in roots.values() for part in root.written]
        means = set().union(*(sympy.sympify(e).atoms(Mean) for e in (*expressions, *equations)))
        # A mean stands for itself: what it is a mean of is no matter of an expansion's field.
        self.back = {sympy.Symbol(str(mean)): mean for mean in means}
        self._apart = {mean: letter for letter, mean in self.back.items()}
        algebraic = {n: root for n, root in roots.items() if root.is_algebraic}
        apart = {n: root.rewritten(self._set_apart) for n, root in algebraic.items()}
        self.generators = Generators(apart)
        self._names = {}
        rational = [self.rational(e) for e in expressions]
        self.solved = self._solved()
        for power in self.generators.powers.values():
            shown = power.base**power.exponent
            raise NoMethod(f"{shown} has a name as exponent: it is not expanded")
        used = set().union(*(e.free_symbols for e in rational))
        rests_on = rested_on(self._by_letters(), used)
        self.moving = moved_by(self._by_letters(), {name}) & rests_on.keys()
        return rational

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

    def rational_parts(self, expression):
        """The letters that an expression speaks of, those inside means and powers among them."""
        return self.rational(expression).free_symbols | expression.free_symbols

    def scene_of(self, tends, spoken, swept=(), extra=(), zeros=(), begun=()) -> Scene:
        """What an expansion is made of.

        tends: (name, point in letters, side).  spoken: the expressions.  swept: letters of means
        that move.  extra: letters with equations that come on top; zeros: what roots may begin
        with; begun: (letter, order, limit) of means that move.
        """
        order = ordered(self._by_letters(), self.moving)
        roots = tuple(Moving(n, *self.solved[n]) for n in order)
        letters = set().union(*(self.rational(e).free_symbols for e in spoken))
        for equation, ends in self.solved.values():
            letters = letters.union(equation.free_symbols, *(e.free_symbols for e in ends))
        letters |= self.solved.keys()
        letters = letters.union(*(limit.free_symbols for _, _, limit in begun))
        letters -= {tends[0], *self.moving, *swept}
        held = list(ordered(self._by_letters(), self.solved.keys() - self.moving))
        free = sorted(letters - set(held), key=str)
        equations = [(n, self.solved[n][0]) for n in held]
        return Scene(
            *tends,
            roots,
            (*free, *held, *(letter for letter, _ in extra)),
            (*equations, *extra),
            (*held, *zeros),
            tuple(begun),
        )


class _Solved:
    """What stands in a root's equation, for the order in which roots rest on each other."""

    def __init__(self, equation, ends):
        self.free_symbols = equation.free_symbols.union(*(end.free_symbols for end in ends))
