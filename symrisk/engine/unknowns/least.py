"""A name that is where a function of it is least, over an interval."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import Demand
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod


@dataclass(frozen=True)
class Least(Unknown):
    """`unknown` is where what is searched is least.

    search: what is searched, a function of the unknown and of letters of its own (see
    `language.searched`): its values and slopes as expressions with the definitions of their names,
    the ends of its interval, and how it is printed.  parameters: pairs (letter of the search, what
    it stands for).

    That there is a least point, and only one, is the author's statement: evaluation refuses where
    it finds none, and where two are equally low.
    """

    unknown: sympy.Symbol
    search: Any
    parameters: tuple

    sure = True
    solves = "is where a function is least"
    means = ()

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        """What the letters of the search stand for."""
        return tuple(value for _, value in self.parameters)

    @property
    def given_laws(self) -> tuple:
        """Pairs (letter, law) of those letters that are laws."""
        return tuple(pair for pair in self.parameters if _is_law(pair[0]))

    @property
    def numbers(self) -> tuple:
        """Pairs (letter, expression) of the others."""
        return tuple(pair for pair in self.parameters if not _is_law(pair[0]))

    @property
    def laws(self) -> frozenset[sympy.Basic]:
        return frozenset(law for _, law in self.given_laws)

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        return tuple(value for _, value in self.numbers)

    @property
    def accuracy(self) -> str:
        """That of what is searched."""
        return self.search.accuracy

    def rewritten(self, change: Callable) -> "Least":
        return replace(self, parameters=tuple((name, change(x)) for name, x in self.parameters))

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """What its letters stand for; that there is a least point, evaluation finds out."""
        for part in self.parts:
            yield from reader.of(part, guards)

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """Inside the interval the slope R' stays 0 as x moves and the point with it; on an end the
        point moves as the end does.
        """
        if any(law.has(x) for _, law in self.given_laws):
            raise NoMethod(f"{self.unknown} moves with a law in which {x} stands: give its slope")
        names, definitions = self._definitions()

        def put(expression: sympy.Expr) -> sympy.Expr:
            return expression.xreplace(names)

        low, high = (put(end) for end in self.search.ends)
        along, low_moves, high_moves = (sympy.S.Zero,) * 3
        for letter, value in self.numbers:
            move = total(value)
            if move != 0:
                along += put(self.search.slope_along(letter)) * move
                low_moves += put(sympy.diff(self.search.ends[0], letter)) * move
                high_moves += put(sympy.diff(self.search.ends[1], letter)) * move
        inside = -along / put(self.search.bend)
        cases = self._on_ends((low, high), (low_moves, high_moves))
        cases.append((inside, True))
        return {self.unknown: sympy.Piecewise(*cases)}, definitions

    def _on_ends(self, ends, moves):
        """Pairs (how an end moves, the condition that the point is on it); ends that move alike
        are under one condition, for a case is one inequality.
        """
        (low, high), point = ends, self.unknown
        has_low, has_high = self.search.closed
        if has_low and has_high and moves[0] == moves[1]:
            return [(moves[0], (point - low) * (high - point) <= 0)]
        found = [(moves[0], point <= low)] if has_low else []
        return [*found, (moves[1], point >= high)] if has_high else found

    def _definitions(self):
        """(what the search's letters and names are called here, what defines these names): names of
        its own, so that no other formula's are meant.
        """
        names = {self.search.name: self.unknown, **dict(self.parameters)}
        own = self.search.definitions
        names.update({name: _of(name, self.unknown) for name in own})
        plain = {name: names[name] for name in own}
        definitions = {}
        for name, body in own.items():
            if isinstance(body, Unknown):
                letters = {n: value for n, value in names.items() if n not in own}
                definitions[names[name]] = body.renamed(plain).xreplace(letters)
            else:
                definitions[names[name]] = body.xreplace(names)
        return names, definitions

    def latex(self) -> str:
        return f"{tex.latex(self.unknown)} &{self.search.latex(self.unknown, self.parameters)}"

    def sentence(self, line: Callable) -> str:
        return self.search.sentence(self.unknown, line, self.parameters)


def _is_law(letter):
    return getattr(letter, "kind", None) == "law"


def _of(name, unknown):
    """A name of a search, at the point at which it is least."""
    code = f"{name.name}_at_{unknown.name}"
    if not hasattr(name, "latex"):
        return sympy.Symbol(code, **name.assumptions0)
    latex = f"{{{name.latex}}}_{{({tex.latex(unknown)})}}"
    signs = name._assumptions_orig
    return type(name)(code, latex, name.meaning, name.kind, name.default, **signs)


def renamed(parameters: Mapping) -> str:
    """Letters that stand for something else, as LaTeX; '' where all stand for themselves."""
    put = []
    for name, value in parameters:
        if name != value:
            put.append(f"{tex.latex(name)} = {tex.latex(value)}")
    return ",\\; ".join(put)
