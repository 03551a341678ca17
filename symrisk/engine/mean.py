r"""Means over a spectral law, as a node of an expression: Mean(f, H) is the integral of f(tau) dH(tau).

The eigenvalue tau is bound: it is no free symbol of the mean, and nothing outside replaces it.  Over a law with atoms the
mean is a finite sum, and that is how it is evaluated and proved about.
"""

import sympy

from symrisk.symbols import tau


class Mean(sympy.Expr):
    """The mean of `integrand`, an expression in tau, over a law: a symbol of kind "law", or Atoms.

    >>> from symrisk.law import Atoms
    >>> from symrisk.symbols import H, w
    >>> Mean(tau/(tau + w), H).free_symbols == {H, w}
    True
    >>> Mean(tau/(tau + w), Atoms({1: "1/2", 4: "1/2"})).written_out()
    2/(w + 4) + 1/(2*(w + 1))
    """

    is_commutative = True

    def __new__(cls, integrand, law):
        return sympy.Expr.__new__(cls, sympy.sympify(integrand), law)

    @property
    def integrand(self):
        return self.args[0]

    @property
    def law(self):
        return self.args[1]

    @property
    def free_symbols(self):
        return (self.integrand.free_symbols - {tau}) | self.law.free_symbols

    def _eval_derivative(self, symbol):
        return Mean(sympy.diff(self.integrand, symbol), self.law)

    def written_out(self):
        """The sum over the law's atoms; the mean itself where the law is still a symbol."""
        if not hasattr(self.law, "weights"):
            return self
        return sympy.Add(*(weight * self.integrand.xreplace({tau: atom}) for atom, weight in self.law.weights))

    def _latex(self, printer):
        law = printer._print(self.law)
        return f"\\int {printer._print(self.integrand)}\\, d{law}(\\tau)"


def write_out_means(expression):
    """An expression with every mean over atoms written as its sum."""
    means = expression.atoms(Mean)
    return expression.xreplace({mean: write_out_means(mean.written_out()) for mean in means if hasattr(mean.law, "weights")})
