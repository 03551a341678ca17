"""The limit of an expression as a node of an expression."""

import sympy

from symrisk.engine.expressions import tex
from symrisk.errors import ArgumentError, NoMethod


class LimitOf(sympy.Expr):
    """The limit of an expression: (expression, name, point, 1 from above or -1 from below).

    It has no value of its own; what it is, a proof has to say.
    """

    is_commutative = True

    def __new__(cls, expression, name, point, side):
        if not isinstance(name, sympy.Symbol) or point.has(name):
            raise ArgumentError(
                f"the limit as {name} tends to {point} has no other value in place of that name"
            )
        return sympy.Expr.__new__(cls, expression, name, point, sympy.Integer(side))

    @property
    def approach(self):
        """name \\to point^{side}, as LaTeX."""
        _, name, point, side = self.args
        sign = "" if point.is_infinite else f"^{{{'+' if side > 0 else '-'}}}"
        return (
            f"{tex.latex(name)} \\to "
            f"{tex.latex(point) if point.is_Atom or not sign else f'({tex.latex(point)})'}{sign}"
        )

    def _latex(self, printer):
        return f"\\lim_{{{self.approach}}} \\left({printer._print(self.args[0])}\\right)"

    def _sympystr(self, printer):
        inner, name, point, side = map(printer._print, self.args)
        return (
            f"lim[{name} -> "
            f"{point}{'' if self.args[2].is_infinite else '+' if self.args[3] > 0 else '-'}] "
            f"({inner})"
        )

    def _eval_derivative(self, symbol):
        raise NoMethod(f"the derivative of a limit in {symbol} is not derived")
