"""One state of a recursion, after so many steps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import EXISTING, Demand
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.engine.unknowns.iteration import Iteration
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod
from symrisk.symbols import is_held, symbol


@dataclass(frozen=True)
class State(Unknown):
    """The state at a place of a recursion, at the whole number `at`.

    Its letters inside, states and index, are bound: they are no names of its own.
    """

    unknown: sympy.Symbol
    iteration: Iteration
    place: int
    at: sympy.Expr
    names: tuple[sympy.Symbol, ...]

    solves = "is the state of a recursion"

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        return (self.at, *self.iteration.written)

    def rewritten(self, change: Callable) -> "State":
        iteration = self.iteration.rewritten(change)
        return replace(self, iteration=iteration, at=sympy.sympify(change(self.at)))

    @property
    def together(self) -> tuple[sympy.Symbol, ...]:
        return self.names

    def called(self, names: Mapping) -> "State":
        together = tuple(names[name] for name in self.names)
        return replace(self, unknown=names[self.unknown], names=together)

    @property
    def free_symbols(self) -> set[sympy.Symbol]:
        return {s for s in super().free_symbols if not is_held(s) and not self._binds(s)}

    def _binds(self, letter):
        return self.iteration.law is not None and is_bound(letter)

    @property
    def equations(self) -> tuple[sympy.Basic, ...]:
        return tuple(sorted(self.free_symbols, key=str))

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        """Its letters, and the means that no step moves."""
        fixed = [mean for mean in self.means if not any(map(is_held, mean.free_symbols))]
        return (*self.equations, *fixed)

    @property
    def laws(self) -> frozenset[sympy.Basic]:
        law = self.iteration.law
        return super().laws | (frozenset() if law is None else {law})

    def expanded(self, expand: Callable) -> "State":
        """Itself; NoMethod over a law, where a proof would take it for a number."""
        if self.iteration.law is not None:
            name, law = self.unknown, self.iteration.law
            raise NoMethod(f"{name} has a value at each eigenvalue of {law}: no proof speaks of it")
        return self.rewritten(expand)

    def solver(self, expand: Callable) -> "State":
        return self.rewritten(expand)

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """The same recursion with the states' slopes as further states."""
        if total(self.at) != 0:
            raise NoMethod(f"{x} moves the whole number {self.at}: {self.unknown} has no slope")
        moved = self.iteration.moved(x, total)
        if moved is None:
            return dict.fromkeys(self.names, sympy.Integer(0)), {}
        slopes = {name: self._slope(name, x) for name in self.names}
        names = (*self.names, *slopes.values())
        brought = {}
        for place, slope in enumerate(slopes.values(), len(self.names)):
            brought[slope] = State(slope, moved, place, self.at, names)
        return slopes, brought

    def _slope(self, name, x):
        latex = f"\\partial_{{{tex.latex(x)}}} {tex.latex(name)}"
        kind = getattr(name, "kind", "scalar")
        return symbol(f"{name}_by_{x}", latex, f"the slope of {name} by {x}", kind=kind)

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """That it has a value, which is asked of all its steps together."""
        yield Demand(self.unknown, EXISTING, guards, root=self)

    def show_existing(self, signs: Callable) -> None:
        """By the signs of letters alone, which each step has to keep."""
        self.iteration.show_kept(self.unknown)
        bound = self.at - self.iteration.first
        if not (self.at.is_integer and bound.is_nonnegative):
            raise NoMethod(f"{self.unknown} is not shown to exist: {self.at} may be too small")

    def by_mpmath(self, mp: Any, number: Callable, digits: int) -> Any:
        """Step by step."""
        iteration = self.iteration
        at = int(mp.nint(number(self.at)))
        values = [number(each) for each in iteration.start]
        for k in range(iteration.first, at):
            here: Mapping = dict(zip(iteration.states, values, strict=True))
            known = {**here, iteration.index: mp.mpf(k)}
            values = [number(each, known) for each in iteration.step]
        return values[self.place] if at >= iteration.first else mp.nan

    def latex(self) -> str:
        iteration = self.iteration
        name, count = tex.latex(self.unknown), tex.latex(self.at - iteration.first)
        start, step = iteration.start[self.place], iteration.step[self.place]
        rule = f"{tex.latex(iteration.states[self.place])} \\mapsto {tex.latex(step)}"
        line = f"{name} &\\text{{ is reached from }} {tex.latex(start)} \\text{{ by }} {count}"
        line += f" \\text{{ steps }} {rule}"
        if not step.has(iteration.index):
            return line
        index = tex.latex(iteration.index)
        return f"{line}, \\; {index} = {iteration.first}, {iteration.first + 1}, \\dots"

    def sentence(self, line: Callable) -> str:
        iteration = self.iteration
        start, step = iteration.start[self.place], iteration.step[self.place]
        rule = f"{iteration.states[self.place]} -> {line(step)}"
        said = f"reached from {line(start)} by {line(self.at - iteration.first)} steps {rule}"
        if not step.has(iteration.index):
            return said
        return f"{said}, {iteration.index} = {iteration.first}, {iteration.first + 1}, ..."


def states_in(mean: Mean, definitions: Mapping) -> dict[sympy.Symbol, State]:
    """The states of a recursion over a law that a mean speaks of."""
    found = {}
    for letter in sorted(mean.integrand.free_symbols, key=str):
        body = definitions.get(letter)
        if isinstance(body, State) and body.iteration.law is not None:
            found[letter] = body
    return found
