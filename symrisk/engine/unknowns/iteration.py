"""A recursion as one mathematical object: where its states start, and what a step makes of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import sympy

from symrisk.engine.algebra.signs import Sign
from symrisk.engine.cells.space import Space
from symrisk.engine.expressions.demands import DIVISOR, EXISTING, LOGARITHM, demands
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NoMethod
from symrisk.symbols import held


@dataclass(frozen=True)
class Iteration:
    """`states` at `index` = first, first + 1, ...: `start`, and then what `step` makes of them.

    The states and the index are letters of its own (`symrisk.symbols.held`).  law: over which the
    states have a value at each atom; None where they are numbers.
    """

    states: tuple[sympy.Symbol, ...]
    index: sympy.Symbol
    first: int
    start: tuple[sympy.Expr, ...]
    step: tuple[sympy.Expr, ...]
    law: sympy.Basic | None = None

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        """The expressions it is written in."""
        law = () if self.law is None else (self.law,)
        return (*self.start, *self.step, *law)

    def rewritten(self, change: Callable) -> "Iteration":
        """The same with `change` made to each of them."""
        start = tuple(sympy.sympify(change(each)) for each in self.start)
        step = tuple(sympy.sympify(change(each)) for each in self.step)
        law = None if self.law is None else change(self.law)
        return replace(self, start=start, step=step, law=law)

    @property
    def varies(self) -> bool:
        """Whether the states have a value at each atom of a law."""
        return self.law is not None

    def moved(self, x: sympy.Symbol, total: Callable) -> "Iteration | None":
        """The recursion of the states and of their slopes by x; None where x moves neither.

        total: the derivative of an expression by x, the states held where they are.
        """
        starts = [total(each) for each in self.start]
        partial = [total(each) for each in self.step]
        if not any(starts) and not any(partial):
            return None
        slopes = [held(sympy.Symbol(f"{s}_by_{x}"), self.varies) for s in self.states]
        amount = sympy.Dummy()
        shifts = {s: s + amount * d for s, d in zip(self.states, slopes, strict=True)}
        steps = []
        for step, own in zip(self.step, partial, strict=True):
            # Along all states at once: where they stand under a mean, so do their slopes.
            along = sympy.diff(step.xreplace(shifts), amount).xreplace({amount: sympy.Integer(0)})
            steps.append(along + own)
        return replace(
            self,
            states=(*self.states, *slopes),
            start=(*self.start, *starts),
            step=(*self.step, *steps),
        )

    def show_kept(self, name: sympy.Symbol) -> None:
        """NoMethod where signs of letters do not show that each step has a value, and keeps signs.

        A state whose letter is positive, say, starts positive, and a step from positive states to
        a number that may be negative would leave it.
        """
        if self.law is not None:
            raise NoMethod(f"{name} is a state over {self.law}, of which nothing is proved")
        for place, state in enumerate(self.states):
            for expression in (self.start[place], self.step[place]):
                _show_values(name, expression)
                if state.is_nonnegative and not _sign(expression).implies(
                    strict=bool(state.is_positive)
                ):
                    wanted = "positive" if state.is_positive else "non-negative"
                    raise NoMethod(
                        f"{name} is not shown to exist: its letter is {wanted}, and {expression} "
                        "need not be"
                    )


def _show_values(name, expression):
    """NoMethod where what an expression divides by, say, is not shown by signs of letters."""
    for demand in demands(expression):
        if demand.wanted == EXISTING or demand.guards or demand.law is not None:
            raise NoMethod(f"{name} is not shown to exist: {demand.base} may have no value")
        sign = _sign(demand.base)
        is_met = (
            bool(sign.value and sign.strict)
            if demand.wanted == DIVISOR
            else sign.implies(strict=demand.wanted == LOGARITHM)
        )
        if not is_met:
            raise NoMethod(
                f"{name} is not shown to exist: {demand.base} is not shown to be {demand.wanted}"
            )


def _sign(expression):
    """The sign that the letters' own signs give an expression on all cells."""
    if expression.has(Mean) or not expression.is_rational_function():
        return Sign(None, False)
    space = Space((), (expression,))
    ratio = space.convert(expression)
    signs = {cell.sign(ratio.num) * cell.sign(ratio.den) for cell in space.cells()}
    return signs.pop() if len(signs) == 1 else Sign(None, False)
