"""The second derivative of a quantity along a line in the logarithms of names."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.language.made.constant import Constant
from symrisk.language.made.made import Made
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.symbols import Symbol


@dataclass(frozen=True, repr=False)
class Curvature(Made):
    """The second derivative along a line in the logarithms of names.

    One letter a name says how far the line goes along it: of f(c_1, c_2) it is
    d^2/dt^2 f(c_1 e^{t h_1}, c_2 e^{t h_2}) at t = 0, a quadratic form in h_1 and h_2.
    """

    of: Quantity
    names: tuple

    def __post_init__(self):
        if not self.names:
            raise ArgumentError(f"{self.of.title}: a curvature is along names; none are given")
        for name in self.names:
            if is_complex_letter(name):
                raise ArgumentError(f"{self.of.title}: {name} is complex and moves along no line")
            if name in self._where_moves(name).lookup:
                raise ArgumentError(f"{self.of.title} has no input {name} to move along")

    @cached_property
    def directions(self) -> tuple[Symbol, ...]:
        """The letters h, one a name."""
        return tuple(map(_direction, self.names))

    @property
    def moving(self) -> Region:
        """Where some direction is not zero."""
        return Region(sum(h**2 for h in self.directions) > 0)

    @cached_property
    def graph(self):
        return self._along(self._along(self.of)).graph

    def _along(self, quantity):
        """The derivative along the line, once."""
        total = Constant(sympy.S.Zero)
        for h, c in zip(self.directions, self.names, strict=True):
            if c in quantity.graph.names:
                total = total + Constant(h * c) * quantity.diff(c)
        return total

    @property
    def title(self):
        return f"curvature of {self.of.title} in log {', '.join(map(str, self.names))}"

    def head_latex(self) -> str:
        """The second derivative by t, with how each name moves with t."""
        moves = []
        for h, c in zip(self.directions, self.names, strict=True):
            name = tex.latex(c)
            moves.append(f"{name} \\mapsto e^{{t {tex.latex(h)}}} {name}")
        where = ",\\, ".join(moves)
        derivative = f"\\frac{{d^2}}{{dt^2}} {self.of.wrapped('*')}"
        return f"\\left.{derivative}\\right|_{{t = 0,\\; {where}}}"


def _direction(name):
    """The letter that says how far a line goes along a name's logarithm."""
    latex, meaning = f"h_{{{tex.latex(name)}}}", f"step in the logarithm of {name}"
    return Symbol(f"h_{name}", latex, meaning, real=True)
