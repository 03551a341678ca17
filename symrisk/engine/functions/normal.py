r"""The density and the distribution function of the standard normal law, as SymPy functions."""

import sympy


class normal_pdf(sympy.Function):  # noqa: N801  SymPy's functions are written so
    r"""The standard normal density, exp(-x^2/2)/sqrt(2 pi).

    >>> from symrisk import normal_cdf, normal_pdf
    >>> from symrisk.symbols import symbol
    >>> x = symbol("x", "x", "a number")
    >>> normal_cdf(x).diff(x), normal_pdf(x).diff(x)
    (normal_pdf(x), -x*normal_pdf(x))
    """

    is_positive = True

    @classmethod
    def eval(cls, x):
        """Even: the sign of the argument does not matter."""
        return cls(-x) if x.could_extract_minus_sign() else None

    def fdiff(self, argindex: int = 1):
        """-x times the density."""
        return -self.args[0] * self

    def _eval_rewrite(self, rule, args, **hints):
        (x,) = args
        return sympy.exp(-(x**2) / 2) / sympy.sqrt(2 * sympy.pi)

    def _eval_evalf(self, prec):
        return self._eval_rewrite(None, self.args)._eval_evalf(prec)

    def _latex(self, printer):
        return f"\\varphi\\left({printer._print(self.args[0])}\\right)"


class normal_cdf(sympy.Function):  # noqa: N801
    r"""The standard normal distribution function, the mass below x.

    >>> from symrisk import Formula, normal_cdf
    >>> from symrisk.symbols import symbol
    >>> x = symbol("x", "x", "a number")
    >>> below = Formula(symbol("below", "P", "the share below"), normal_cdf(x))
    >>> below(x=[0, 1.96]).round(6).tolist()
    [0.5, 0.975002]
    >>> print(below.digits(20, x="1.96"))
    0.97500210485177956586
    """

    is_positive = True

    @classmethod
    def eval(cls, x):
        """A half at 0; the limits where the argument is infinite."""
        if x.is_zero:
            return sympy.Rational(1, 2)
        if x.is_infinite and x.is_extended_real:
            return sympy.Integer(int(x.is_extended_positive))
        return None

    def fdiff(self, argindex: int = 1):
        """The density."""
        return normal_pdf(self.args[0])

    def _eval_rewrite(self, rule, args, **hints):
        (x,) = args
        return sympy.erfc(-x / sympy.sqrt(2)) / 2

    def _eval_evalf(self, prec):
        return self._eval_rewrite(None, self.args)._eval_evalf(prec)

    def _latex(self, printer):
        return f"\\Phi\\left({printer._print(self.args[0])}\\right)"
