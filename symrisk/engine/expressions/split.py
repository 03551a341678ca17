"""Expressions of complex letters by their real and imaginary parts: exactly, in real letters.

Each complex letter z is written as x + i y.  What is a rational function of such letters has parts
that are rational functions of x and y, and so has a mean of one.  Everything that reasons by signs
is asked of these: no complex letter is left.
"""

import sympy

from symrisk.engine.budget import refuse_large
from symrisk.engine.expressions.complexity import complex_letters, holds_unit
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NoMethod

ZERO = sympy.S.Zero


class Splitter:
    """Writes expressions by their parts; letters: {complex letter: (real letter, real letter)}.

    >>> from symrisk.symbols import symbol
    >>> z = symbol("z", "z", "spectral parameter", kind="complex")
    >>> x, y = symbol("x", "x", "its real part"), symbol("y", "y", "its imaginary part")
    >>> Splitter({z: (x, y)}).parts(1/z)
    (x/(x**2 + y**2), -y/(x**2 + y**2))
    """

    def __init__(self, letters: dict):
        self.letters, self.known = letters, {}

    def parts(self, expression: sympy.Basic) -> tuple:
        """(the real part, the imaginary part) of an expression."""
        if expression not in self.known:
            found = self._parts(expression)
            for part in found:
                refuse_large(part)
            self.known[expression] = found
        return self.known[expression]

    def real(self, expression: sympy.Basic) -> sympy.Basic:
        """An expression that is real, in real letters; a condition, or a law, just so."""
        if not self._is_spoken(expression):
            return expression
        if not isinstance(expression, sympy.Expr):
            return expression.func(*map(self.real, expression.args))
        real, imaginary = self.parts(expression)
        if imaginary != 0:
            raise NoMethod(f"{expression} is not seen to be real")
        return real

    def norm(self, expression: sympy.Expr) -> sympy.Expr:
        """The square of the modulus: it vanishes where the expression does, and nowhere else."""
        real, imaginary = self.parts(expression)
        return real**2 + imaginary**2

    def _is_spoken(self, expression):
        return bool(complex_letters(expression)) or holds_unit(expression)

    def _parts(self, expression):
        if expression in self.letters:
            return self.letters[expression]
        if expression is sympy.I:
            return ZERO, sympy.S.One
        if not self._is_spoken(expression):
            return expression, ZERO
        if isinstance(expression, sympy.re):
            return self.parts(expression.args[0])[0], ZERO
        if isinstance(expression, sympy.im):
            return self.parts(expression.args[0])[1], ZERO
        if isinstance(expression, sympy.conjugate):
            real, imaginary = self.parts(expression.args[0])
            return real, -imaginary
        if isinstance(expression, Mean):
            return tuple(Mean(part, expression.law) for part in self.parts(expression.integrand))
        if expression.is_Add:
            reals, imaginaries = zip(*map(self.parts, expression.args), strict=True)
            return sympy.Add(*reals), sympy.Add(*imaginaries)
        if expression.is_Mul:
            return self._product(map(self.parts, expression.args))
        if expression.is_Pow and isinstance(expression.base, sympy.Abs) and expression.exp % 2 == 0:
            return self.norm(expression.base.args[0]) ** (expression.exp / 2), ZERO
        if expression.is_Pow and expression.exp.is_Integer:
            return self._power(self.parts(expression.base), int(expression.exp))
        return self._of_real_parts(expression)

    def _product(self, factors):
        real, imaginary = sympy.S.One, ZERO
        for a, b in factors:
            real, imaginary = real * a - imaginary * b, real * b + imaginary * a
        return real, imaginary

    def _power(self, base, exponent):
        real, imaginary = base
        if imaginary == 0:
            return real**exponent, ZERO
        if exponent < 0:
            size = real**2 + imaginary**2
            base = real / size, -imaginary / size
        return self._product([base] * abs(exponent))

    def _of_real_parts(self, expression):
        """A function, or a definition by cases, of what is real."""
        if isinstance(expression, sympy.Piecewise):
            values = [self.parts(value) for value, _ in expression.args]
            conditions = [self.real(condition) for _, condition in expression.args]
            if all(imaginary == 0 for _, imaginary in values):
                pairs = [(v, c) for (v, _), c in zip(values, conditions, strict=True)]
                return sympy.Piecewise(*pairs), ZERO
        split = [self.parts(argument) for argument in expression.args]
        if isinstance(expression, sympy.Piecewise) or any(part != 0 for _, part in split):
            kind = type(expression).__name__
            raise NoMethod(f"{kind} of a complex number is not written by its parts: {expression}")
        return expression.func(*(part for part, _ in split)), ZERO
