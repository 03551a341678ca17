"""Total derivatives of a graph's names by one of them."""

import sympy

from symrisk.engine.algebra.generators import Root, Stationary, Unknown
from symrisk.engine.potential.elimination_names import eliminated
from symrisk.errors import NoMethod


class Slopes:
    """Total derivatives by x of the names that a lookup, name -> definition, defines.

    `brought` are the definitions that derivatives of minimisers need.

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
        if isinstance(definition, Stationary):
            self._work_out_minimiser(definition.potential)
        elif isinstance(definition, Unknown):
            self.known[name] = self._of_root(name, definition)
        else:
            self.known[name] = self.total(definition)
        return self.known[name]

    def _of_root(self, name, root):
        """What a linear equation gives: the polynomial stays 0 as x moves and the root with it."""
        if not isinstance(root, Root):
            wrong = "solves a system of equations: its derivative is not derived; give it"
            raise NoMethod(f"{name} {wrong}")
        # Held still while the polynomial moves by x alone.
        self.known[name] = sympy.Integer(0)
        along = self.total(root.polynomial)
        return -along / sympy.diff(root.polynomial, name)

    def _work_out_minimiser(self, potential):
        """The derivatives of all unknowns of a potential together.

        The Hessian times d log c/dx is minus the slopes' derivative with c held: a grounded
        Laplacian, eliminated.
        """
        unknowns = potential.unknowns
        self.known.update(dict.fromkeys(unknowns, sympy.Integer(0)))
        held = [-self.total(potential.slope(c)) for c in unknowns]
        prefix = f"{unknowns[0]}_by_{self.x}_"
        names, rates = eliminated(prefix, *potential.laplacian(), held)
        self.brought.update(names)
        for c, rate in zip(unknowns, rates, strict=True):
            self.known[c] = c * rate
