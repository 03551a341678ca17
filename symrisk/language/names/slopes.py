"""Total derivatives of a graph's names by one of them."""

import sympy

from symrisk.engine.unknowns.unknown import Unknown


class Slopes:
    """Total derivatives by x of the names that a lookup, name -> definition, defines.

    `brought` are the definitions that derivatives of implicit names need.

    >>> from symrisk.symbols import n, n1, n2
    >>> Slopes({n: n1 + n2}, n1).total(n**2)
    2*n
    """

    def __init__(self, lookup: dict, x: sympy.Symbol):
        self.lookup, self.x = lookup, x
        self.known, self.brought = {}, {}

    def total(self, expression: sympy.Expr) -> sympy.Expr:
        """The derivative of an expression by x, through the names that it uses."""
        total = sympy.diff(expression, self.x)
        used = (expression.free_symbols & self.lookup.keys()) - {self.x}
        for name in sorted(used, key=str):
            total += sympy.diff(expression, name) * self.of(name)
        return total

    def of(self, name: sympy.Symbol) -> sympy.Expr:
        """The derivative of a name by x."""
        if name in self.known:
            return self.known[name]
        definition = self.lookup[name]
        if isinstance(definition, Unknown):
            self._solve(definition)
        else:
            self.known[name] = self.total(definition)
        return self.known[name]

    def _solve(self, unknown):
        """The derivatives of the names that are solved for together."""
        # Held still while their equations move by x alone.
        self.known.update(dict.fromkeys(unknown.together, sympy.Integer(0)))
        found, brought = unknown.slopes(self.x, self.total)
        self.known.update(found)
        self.brought.update(brought)
