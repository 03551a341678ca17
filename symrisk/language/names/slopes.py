"""Total derivatives of a graph's names by one of them."""

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import complex_parts, is_complex, is_complex_letter
from symrisk.engine.expressions.mean import Mean, varies
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod
from symrisk.symbols import symbol

LINEAR = (sympy.re, sympy.im, sympy.conjugate)
"""What is taken of a derivative along the line as it is of the number."""


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
        if complex_parts(expression):
            return self._through_parts(expression)
        total = sympy.diff(expression, self.x)
        used = (expression.free_symbols & self.lookup.keys()) - {self.x}
        for name in sorted(used, key=str):
            total += self._through(expression, name)
        return total

    def _through_parts(self, expression):
        """The derivative of what real and imaginary parts of complex numbers stand in.

        Along the real line the derivative of a part is the part of the derivative; by a complex
        number a part has none.
        """
        parts = complex_parts(expression)
        moves = [part for part in parts if self.total(part.args[0]) != 0]
        bent = [part for part in moves if not isinstance(part, LINEAR)]
        if bent or (moves and is_complex_letter(self.x)):
            number = "" if bent else ", a complex number"
            raise NoMethod(f"{[*bent, *moves][0]} has no derivative by {self.x}{number}")
        under_mean = [mean for mean in expression.atoms(Mean) if mean.integrand.has(*parts)]
        if under_mean:
            raise NoMethod(f"{under_mean[0]} has a part under the mean: write it outside")
        held = {part: sympy.Dummy(real=True) for part in parts}
        total = self.total(expression.xreplace(held))
        for part, letter in held.items():
            slope = sympy.diff(expression.xreplace(held), letter)
            total += slope * part.func(self._named(self.total(part.args[0])))
        return total.xreplace({letter: part for part, letter in held.items()})

    def _named(self, slope):
        """A complex slope by a name of its own: SymPy writes a part of what is written out as a
        fraction of parts, at any length.
        """
        if not is_complex(slope) or slope.is_Symbol:
            return slope
        for name, known in self.brought.items():
            if known == slope:
                return name
        place = len(self.brought) + 1
        latex = f"\\partial_{{{tex.latex(self.x)},{place}}}"
        meaning = f"a slope by {self.x}"
        name = symbol(f"slope{place}_by_{self.x}", latex, meaning, kind="complex")
        self.brought[name] = slope
        return name

    def _through(self, expression, name):
        """What an expression moves by because a name does."""
        slope = self.of(name)
        if not varies(name):
            return sympy.diff(expression, name) * slope
        # Under a mean, its slope stands there as well.
        amount = sympy.Dummy()
        moved = expression.xreplace({name: name + amount * slope})
        return sympy.diff(moved, amount).xreplace({amount: sympy.Integer(0)})

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
