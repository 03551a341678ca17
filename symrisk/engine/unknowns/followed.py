"""The one solution of an equation above the real axis, followed down from far above it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import Demand
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.symbols import Symbol


@dataclass(frozen=True)
class Followed(Unknown):
    """`unknown` is the only solution with Im > 0 of `equation` = 0.

    The equation, with means in it, is written in a letter `along`, at which `point` is put in.  Far
    above the real axis the solution is close to `far`; from there it is followed down to the point.
    That it is the only one above the axis is the author's statement: a solution is shown to be
    there, and to be the only one nearby.

    >>> from symrisk.symbols import symbol
    >>> v, z = (symbol(name, name, "a number", kind="complex") for name in "vz")
    >>> Followed.of(v, -1/v - z, -1/z, z).sentence(str)
    'the solution of -z - 1/v = 0 with im(v) > 0, close to -1/z far above the real axis'
    """

    unknown: sympy.Symbol
    equation: sympy.Expr
    far: sympy.Expr
    along: sympy.Symbol
    point: sympy.Expr

    sure = True
    solves = "solves an equation above the real axis"

    @classmethod
    def of(cls, unknown: sympy.Symbol, equation: sympy.Expr, far: sympy.Expr, letter: Any):
        """The solution of an equation in a complex letter: what is put in for that stands apart."""
        along = Symbol(f"{letter.name}~", letter.latex, letter.meaning, "complex", complex=True)
        moved = {letter: along}
        return cls(unknown, equation.xreplace(moved), far.xreplace(moved), along, letter)

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        return (self.equation, self.far, self.point)

    def rewritten(self, change: Callable) -> "Followed":
        equation, far, point = map(change, self.written)
        return replace(self, equation=equation, far=far, point=point)

    def called(self, names: Any) -> "Followed":
        moved = {self.unknown: names[self.unknown]}
        return replace(self, unknown=names[self.unknown], equation=self.equation.xreplace(moved))

    @property
    def free_symbols(self) -> set[sympy.Symbol]:
        return super().free_symbols - {self.along}

    @property
    def at_point(self) -> sympy.Expr:
        """What vanishes, in names."""
        return self.equation.xreplace({self.along: self.point})

    @property
    def equations(self) -> tuple[sympy.Basic, ...]:
        return (self.at_point,)

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        """What its value is worked out from outside the laws in its equation: names alone."""
        return (self.point, *sorted(self.free_symbols - {self.unknown}, key=str))

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """What a linear equation gives: it goes on holding as x moves and the solution with it."""
        slope = sympy.diff(self.at_point, self.unknown)
        return {self.unknown: -total(self.at_point) / slope}, {}

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """None: where it is, its equation has a value, and that it is, evaluation finds out."""
        yield from ()

    def latex(self) -> str:
        name = tex.latex(self.unknown)
        only = f"{name} &\\text{{ is the only solution of }} {tex.latex(self.at_point)} = 0"
        return f"{only} \\text{{ with }} \\operatorname{{Im}} {name} > 0"

    def sentence(self, line: Callable) -> str:
        far = line(self.far.xreplace({self.along: self.point}))
        above = f"im({self.unknown}) > 0, close to {far} far above the real axis"
        return f"the solution of {line(self.at_point)} = 0 with {above}"
