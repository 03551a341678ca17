"""Asymptotic equality: the quotient of two sides tends to 1 as a name tends to a point."""

from collections.abc import Callable
from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.errors import ArgumentError
from symrisk.language.expression import exact_expression, refuse_strange
from symrisk.language.relation import Relation

SIGN = "~"


@dataclass(frozen=True, repr=False)
class Asymptotic(Relation):
    """`lhs ~ rhs` as `name` tends to `point` from a `side`, "+" from above or "-" from below.

    It holds where lhs/rhs tends to 1.  It says nothing of any one value of the name, so that it is
    claimed, and is no hypothesis.

    >>> from symrisk.symbols import lam, p
    >>> Asymptotic.of("words", lam*(1 + lam), lam, (lam, 0))
    lam*(lam + 1) ~ lam as lam -> 0+
    >>> Asymptotic.of("words", p**2 + p, p**2, (p, sympy.oo)).latex()
    'p^{2} + p \\\\sim p^{2} \\\\quad (p \\\\to \\\\infty)'
    """

    name: sympy.Symbol
    point: sympy.Expr
    side: str

    is_hypothesis = False

    @classmethod
    def of(cls, says: str, lhs, rhs, when) -> "Asymptotic":
        """The relation that a claim's author writes, `when=(name, point)` or `(name, point, side)`.

        ArgumentError for what is none.
        """
        if not isinstance(when, tuple) or len(when) not in (2, 3):
            wanted = f"with {SIGN!r} goes when=(name, point), as when=(kappa, 0)"
            raise ArgumentError(f"{says}: {wanted}; not {when!r}")
        name, point, side = (*when, "+")[:3]
        if not isinstance(name, sympy.Symbol):
            raise ArgumentError(f"{says}: what tends to a point is a symbol; not {name!r}")
        if side not in ("+", "-"):
            raise ArgumentError(f"{says}: a point is come to from '+' or '-'; not {side!r}")
        point = exact_expression(f"{says}: the point of {name}", point)
        if point.has(name):
            raise ArgumentError(f"{says}: {name} does not tend to {point}, which it stands in")
        side = {sympy.oo: "-", -sympy.oo: "+"}.get(point, side)
        return cls(lhs, SIGN, rhs, name, point, side)

    def __post_init__(self):
        self._refuse_still()
        for side in self.compared:
            for expression in side.bare:
                refuse_strange(self, expression)
                if expression.is_zero or expression.is_infinite:
                    remedy = "claim Claim('...', formula.limit(name, point), '==', value)"
                    wrong = f"nothing is asymptotically equal to {expression}"
                    raise ArgumentError(f"{self}: {wrong}; {remedy}")

    def _refuse_still(self):
        """ArgumentError for a name that a side defines, or that can't come close to the point."""
        for side in self.compared:
            if self.name in side.graph.lookup:
                remedy = f".given({self.name}) makes it an input that may move"
                raise ArgumentError(f"{side.title} defines {self.name}; {remedy}")
        if self.name.is_integer and not self.point.is_infinite:
            wrong = f"{self.name} is whole and comes no closer to {self.point} than it stands"
            raise ArgumentError(f"{self}: {wrong}; it tends to infinity only")

    def __repr__(self):
        left, right = self.compared
        return f"{left.title} {SIGN} {right.title} as {self.approach}"

    @property
    def approach(self) -> str:
        """What tends where, as text: `lam -> 0+`."""
        side = "" if self.point.is_infinite else self.side
        return f"{self.name} -> {tex.text(self.point)}{side}"

    @property
    def negated(self):
        """Refused: what does not tend to 1 may tend to anything, or to nothing."""
        raise ArgumentError(f"{self} has no negation that could be claimed")

    @property
    def slack(self):
        """Refused: it compares no values at a point."""
        raise ArgumentError(f"{self} is claimed, not assumed: it holds at no one point")

    def changed(self, change: Callable, of_formulas: Callable | None = None) -> "Asymptotic":
        """The same relation, with `change` made to each side that is an expression."""
        left, right = (side.changed(change, of_formulas) for side in self.compared)
        return Asymptotic(left, SIGN, right, self.name, self.point, self.side)

    def latex(self) -> str:
        """The relation as LaTeX, with what tends where behind it."""
        left, right = (side.head_latex() for side in self.compared)
        point = tex.latex(self.point)
        if not self.point.is_infinite:
            inner = point if self.point.is_Atom else f"({point})"
            point = f"{inner}^{{{self.side}}}"
        return f"{left} \\sim {right} \\quad ({tex.latex(self.name)} \\to {point})"
