"""The limit of a quantity."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import is_complex, is_complex_letter
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, NoMethod
from symrisk.language.made.constant import operand
from symrisk.language.made.made import Made
from symrisk.language.names.graph import Graph
from symrisk.language.quantity import Quantity


@dataclass(frozen=True, repr=False)
class Limit(Made):
    """What a quantity tends to as a name tends to a point from one side.

    It is claimed and proved, never evaluated.
    """

    of: Quantity
    name: sympy.Symbol
    point: sympy.Expr
    side: str

    def __post_init__(self):
        if is_complex_letter(self.name) or is_complex(self.point):
            wrong = f"{self.name} tends to {self.point}: a limit is taken along the real line"
            raise ArgumentError(f"{self.of.title}: {wrong}")
        if self.name in self._where_moves(self.name).lookup:
            remedy = f".given({self.name}) makes it an input that may move"
            raise ArgumentError(f"{self.of.title} defines {self.name}; {remedy}")
        if self.name.is_integer and not self.point.is_infinite:
            wrong = f"{self.name} is whole and comes no closer to {self.point} than it stands"
            raise ArgumentError(f"{self.of.title}: {wrong}; it tends to infinity only")

    @cached_property
    def graph(self):
        graph = self.of.graph
        point, side = graph.expand(self.point), 1 if self.side == "+" else -1
        return Graph(LimitOf(graph.head, self.name, point, side), graph.definitions)

    def _refuse(self, *_, **__):
        remedy = "claim what it is, Claim('...', limit, '==', value), and prove it"
        raise NoMethod(f"{self.title} is not evaluated: {remedy}")

    __call__ = digits = ball = values = _refuse

    def at(self, values: dict) -> "Limit":
        """The limit with other names replaced."""
        known = {name: operand(value).expanded for name, value in values.items()}
        if self.name in known or any(value.has(self.name) for value in known.values()):
            wrong = f"{self.name} tends to a point here and takes no other value"
            raise ArgumentError(f"{self.title}: {wrong}")
        return Limit(self.of.at(values), self.name, self.point.xreplace(known), self.side)

    def given(self, *names: sympy.Symbol) -> "Limit":
        """The limit with `names` as inputs."""
        return Limit(self.of.given(*names), self.name, self.point, self.side)

    @property
    def title(self):
        side = "" if self.point.is_infinite else self.side
        return f"lim {self.of.title} as {self.name} -> {tex.text(self.point)}{side}"

    def head_latex(self) -> str:
        """The limit, with what tends where under it."""
        return f"\\lim_{{{self.graph.head.approach}}} {self.of.wrapped('*')}"
