"""A quantity that others are made from.

By arithmetic, as derivatives and limits, with names replaced or given.
"""

import sympy

from symrisk.errors import ArgumentError
from symrisk.language import made as nodes
from symrisk.language.expression import exact_expression
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region


class Node(Quantity):
    """A quantity that others are made from: what a formula is, and what is made is one again."""

    is_letter = is_sum = is_signed = False
    """Whether it is written as one letter, as a sum, or with a sign before it, where spoken of."""

    def diff(self, name: sympy.Symbol) -> "Node":
        """The derivative by one name, itself a quantity."""
        return nodes.Derivative(self, *self._symbols(name))

    def limit(self, name: sympy.Symbol, point, side: str = "+") -> "Node":
        """The limit as one name tends to a point.

        The point is a number or an expression in other names, and is come to from one side, "+" or
        "-"; at infinity there is one side only.  A limit is claimed, not evaluated:
        ``Claim("...", risk.limit(mu, 0), "==", 0)``.
        """
        if side not in ("+", "-"):
            raise ArgumentError(
                f"{self.title}: a limit is taken from the side '+' or '-'; not {side!r}"
            )
        point = exact_expression("point", point)
        side = {sympy.oo: "-", -sympy.oo: "+"}.get(point, side)
        return nodes.Limit(self, *self._symbols(name), point, side)

    def series(self, name: sympy.Symbol, point, order, side: str = "+", on=None) -> "Node":
        """The expansion up to an order as one name comes to a point, itself a quantity.

        In powers of the distance from the point, or of one over the name where the point is
        infinite; broken ones, where roots begin with such.  Coefficients are exact in the other
        names.  on: a Region, or one relation, where the expansion is the same throughout.

        >>> from symrisk import Formula, Implicit
        >>> from symrisk.symbols import gamma, lam, symbol
        >>> kappa = symbol("kappa", r"\\kappa", "effective ridge", positive=True)
        >>> ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam)*kappa - lam)
        >>> level = Formula(symbol("level", "k", "its level"), kappa, where=ridge)
        >>> near = level.series(lam, 0, 1, on=gamma < 1)
        >>> near.expanded, near.accuracy
        (-lam/(gamma - 1), 'asymptotic, O(lam**2)')
        """
        if side not in ("+", "-"):
            raise ArgumentError(
                f"{self.title}: a series is taken from the side '+' or '-'; not {side!r}"
            )
        point = exact_expression("point", point)
        side = {sympy.oo: "-", -sympy.oo: "+"}.get(point, side)
        order = exact_expression("order", order)
        if not order.is_Rational:
            raise ArgumentError(f"{self.title}: the order of a series is a number; not {order}")
        region = Region() if on is None else on if isinstance(on, Region) else Region(on)
        return nodes.Series(self, *self._symbols(name), point, side, order, region)

    def curvature(self, *names: sympy.Symbol) -> "Node":
        """The second derivative along any line in the logarithms of `names`.

        ``Claim("...", potential.curvature(c1, c2), ">=", 0)`` says that the potential is convex in
        them.
        """
        return nodes.Curvature(self, self._symbols(*names))

    def at(self, values: dict) -> "Node":
        """The quantity with names replaced by exact numbers, expressions or formulas.

        ``risk.at({p: 600})``.  A variable that means bind is replaced for laws that have it so:
        ``risk.at({tau0: tau2})`` where the target's covariance is that of sample 2,
        ``risk.at({tau1: 1})`` where the first is the identity.
        """
        if not isinstance(values, dict):
            raise ArgumentError(f"{self.title}: at takes a dict {{name: value}}; not {values!r}")
        pairs = [(name, nodes.operand(values[name])) for name in self._symbols(*values)]
        return nodes.At(self, tuple(pairs))

    def given(self, *names: sympy.Symbol) -> "Node":
        """The quantity with `names` as inputs, whatever defines them.

        ``risk.given(theta_sq, delta_sq)``.
        """
        return nodes.Given(self, self._symbols(*names))

    def _symbols(self, *names):
        for name in names:
            if not isinstance(name, sympy.Symbol):
                wanted = "its names are symbols, of symrisk.symbols or your own"
                raise ArgumentError(f"{self.title}: {wanted}; not {name!r}")
        return names

    def __add__(self, other) -> "Node":
        return nodes.Arithmetic("+", self, nodes.operand(other))

    def __radd__(self, other) -> "Node":
        return nodes.Arithmetic("+", nodes.operand(other), self)

    def __sub__(self, other) -> "Node":
        return nodes.Arithmetic("-", self, nodes.operand(other))

    def __rsub__(self, other) -> "Node":
        return nodes.Arithmetic("-", nodes.operand(other), self)

    def __mul__(self, other) -> "Node":
        return nodes.Arithmetic("*", self, nodes.operand(other))

    def __rmul__(self, other) -> "Node":
        return nodes.Arithmetic("*", nodes.operand(other), self)

    def __truediv__(self, other) -> "Node":
        return nodes.Arithmetic("/", self, nodes.operand(other))

    def __rtruediv__(self, other) -> "Node":
        return nodes.Arithmetic("/", nodes.operand(other), self)

    def __pow__(self, exponent) -> "Node":
        return nodes.Arithmetic("**", self, nodes.operand(exponent))

    def __neg__(self) -> "Node":
        return nodes.Arithmetic("*", nodes.operand(-1), self)

    def wrapped(self, operation: str) -> str:
        """How it is written, as LaTeX, beside an operation that binds tighter than a sum may.

        operation: "*", "-" or "**".
        """
        written = self.head_latex()
        is_loose = operation == "**" and not self.is_letter and len(written) > 1
        is_signed = self.is_signed or (self.is_sum and operation in ("-", "*"))
        return f"\\left({written}\\right)" if is_loose or is_signed else written
