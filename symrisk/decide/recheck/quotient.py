"""Quotients of SymPy's polynomials, reduced where there is a denominator to reduce by.

SymPy's own field looks for a common divisor of the whole numerator and the whole denominator after
each operation.  Here both operands are in lowest terms, so that only their parts can have one:
these are smaller, and often there is nothing to look for.
"""


class Quotient:
    """numer/denom in lowest terms, up to a constant factor of both.

    >>> import sympy
    >>> field = sympy.QQ.frac_field(*sympy.symbols("x y")).field
    >>> x, y = (Quotient(field, gen.numer, field.ring.one) for gen in field.gens)
    >>> total = (x*x + x*y) / (x + y) + y
    >>> total.numer, total.denom
    (x + y, 1)
    """

    __slots__ = ("field", "numer", "denom")

    def __init__(self, field, numer, denom):
        self.field, self.numer, self.denom = field, numer, denom

    @classmethod
    def of(cls, element):
        """An element of SymPy's field."""
        return cls(element.field, element.numer, element.denom)._settled()

    def _settled(self):
        """The same, with the denominator one where it is a number, or where there is nothing
        above it.
        """
        if not self.numer:
            return self._whole(self.numer)
        if self.is_whole or not self.denom.is_ground:
            return self
        return self._whole(self.numer.quo_ground(self.denom.LC))

    @property
    def is_whole(self):
        """Whether it is a polynomial, as it is written."""
        return self.denom == self.field.ring.one

    def _whole(self, numer):
        return Quotient(self.field, numer, self.field.ring.one)

    def _over(self, numer, denom):
        return Quotient(self.field, numer, denom)._settled()

    def __add__(self, other):
        if other.is_whole:
            # What divides a denominator and the sum divides the numerator as well.
            return self._over(self.numer + other.numer * self.denom, self.denom)
        if self.is_whole:
            return other + self
        shared, left, right = _reduced(self.denom, other.denom)
        numer = self.numer * right + other.numer * left
        # Neither left nor right has a divisor in common with this sum: only what is shared may.
        _, numer, shared = _reduced(numer, shared)
        return self._over(numer, shared * left * right)

    def __mul__(self, other):
        # Each is in lowest terms: what cancels stands above in one and below in the other.
        _, first, below_other = _reduced(self.numer, other.denom)
        _, second, below_self = _reduced(other.numer, self.denom)
        return self._over(first * second, below_self * below_other)

    def __truediv__(self, other):
        return self * other._upside_down()

    def __pow__(self, exponent):
        if exponent < 0:
            return self._upside_down() ** -exponent
        return self._over(self.numer**exponent, self.denom**exponent)

    def _upside_down(self):
        if not self.numer:
            raise ZeroDivisionError("a quotient of polynomials is divided by zero")
        return self._over(self.denom, self.numer)

    def __bool__(self):
        return bool(self.numer)


def _reduced(first, second):
    """(greatest common divisor, first and second divided by it) of two polynomials."""
    if first.is_ground or second.is_ground:
        return first.ring.one, first, second
    return first.cofactors(second)
