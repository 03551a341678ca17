"""Lowest terms in a small letter, by SymPy's polynomials."""

from fractions import Fraction

import sympy

from symrisk.errors import NotProved

SMALL = sympy.Symbol("eps", positive=True)


class Leading:
    """Lowest terms of quotients in SMALL, in what is not known (`rests`) and in letters, some of
    which solve `equations`, pairs (letter, what vanishes) of which each speaks of those before it.
    """

    def __init__(self, says, letters, equations, rests, gone=()):
        self.gone = dict.fromkeys(gone, 0)
        self.says, self.equations, self.rests = says, list(equations), set(rests)
        self.field = sympy.QQ.frac_field(SMALL, *rests, *gone, *letters)

    def parts(self, expression):
        """(numerator, denominator) in lowest terms, as polynomials of SymPy's own ring."""
        quotient = self.field.from_sympy(sympy.sympify(expression))
        return quotient.numer, quotient.denom

    def of(self, poly):
        """(order, coefficient) of a polynomial's lowest term that does not vanish, what is gone in
        the limit being so; None where all do.
        """
        symbols = self.field.symbols
        by_order = {}
        for exponents, coefficient in poly.terms():
            by_order.setdefault(exponents[0], []).append((exponents[1:], coefficient))
        for order in sorted(by_order):
            whole = sympy.Add(
                *(
                    sympy.QQ.to_sympy(c) * sympy.Mul(*map(sympy.Pow, symbols[1:], exponents))
                    for exponents, c in by_order[order]
                )
            )
            left = self.reduced(whole)
            if left != 0:
                return order, sympy.cancel(left.subs(self.gone))
        return None

    def reduced(self, expression):
        """A quotient modulo the letters' equations, in lowest terms."""
        top, bottom = sympy.fraction(sympy.cancel(expression))
        for letter, equation in reversed(self.equations):
            if top.has(letter):
                top = sympy.rem(top, equation, letter)
        return sympy.cancel(top / bottom)

    def both(self, expression):
        """(order, coefficient, lowest coefficient of the denominator); None where it vanishes."""
        top, bottom = map(self.of, self.parts(expression))
        if bottom is None:
            raise NotProved(f"{self.says}: what is expanded has no value close to the point")
        if bottom[1] == 0:
            raise NotProved(f"{self.says}: a mean is not known well enough")
        if top is None:
            return None
        coefficient = self.reduced(top[1] / bottom[1])
        if (coefficient.free_symbols | bottom[1].free_symbols) & self.rests:
            raise NotProved(f"{self.says}: the roots are known to too few terms")
        return top[0] - bottom[0], coefficient, bottom[1]


def factors_of(expression):
    """(the sign of the number before them, [(factor, power)]) of a quotient."""
    top, bottom = sympy.fraction(sympy.cancel(expression))
    sign, found = 1, []
    for part, side in ((top, 1), (bottom, -1)):
        number, factors = sympy.factor_list(part)
        sign *= 1 if number > 0 else -1
        found += [(factor, side * power) for factor, power in factors]
    return sign, found


def upright(expression):
    """(a polynomial up to a number, to be compared; the sign of that number)."""
    symbols = sorted(expression.free_symbols, key=str)
    terms = {}
    for exponents, coefficient in sympy.Poly(expression, *symbols).terms():
        monomial = tuple((str(s), e) for s, e in zip(symbols, exponents, strict=True) if e)
        terms[monomial] = Fraction(int(coefficient.p), int(coefficient.q))
    first = terms[max(terms)]
    return frozenset((m, c / first) for m, c in terms.items()), 1 if first > 0 else -1
