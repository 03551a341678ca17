"""The limit of a quantity."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, NoMethod
from symrisk.language.graph import Graph
from symrisk.language.made.constant import operand
from symrisk.language.made.made import Made
from symrisk.language.quantity import Quantity


@dataclass(frozen=True, repr=False)
class Limit(Made):
    """What a quantity tends to as a name tends to a point from one side; claimed and proved, never evaluated."""

    of: Quantity
    name: sympy.Symbol
    point: sympy.Expr
    side: str

    def __post_init__(self):
        if self.name in self._where_moves(self.name).lookup:
            raise ArgumentError(f"{self.of.title} defines {self.name}; .given({self.name}) makes it an input that may move")
        if self.name.is_integer and not self.point.is_infinite:
            raise ArgumentError(f"{self.of.title}: {self.name} is whole and comes no closer to {self.point} than it stands; "
                                "it tends to infinity only")

    @cached_property
    def graph(self):
        graph = self.of.graph
        return Graph(LimitOf(graph.head, self.name, graph.expand(self.point), 1 if self.side == "+" else -1), graph.definitions)

    def _refuse(self, *_, **__):
        raise NoMethod(f"{self.title} is not evaluated: claim what it is, Claim('...', limit, '==', value), and prove it")

    __call__ = digits = ball = values = _refuse

    def at(self, values):
        """The limit with other names replaced."""
        if self.name in values or any(operand(value).expanded.has(self.name) for value in values.values()):
            raise ArgumentError(f"{self.title}: {self.name} tends to a point here and takes no other value")
        known = {name: operand(value).expanded for name, value in values.items()}
        return Limit(self.of.at(values), self.name, self.point.xreplace(known), self.side)

    def given(self, *names):
        """The limit with `names` as inputs."""
        return Limit(self.of.given(*names), self.name, self.point, self.side)

    @property
    def title(self):
        return f"lim {self.of.title} as {self.name} -> {tex.text(self.point)}{'' if self.point.is_infinite else self.side}"

    def head_latex(self):
        return f"\\lim_{{{self.graph.head.approach}}} {self.of.wrapped('*')}"
