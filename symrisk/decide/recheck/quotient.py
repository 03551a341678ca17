"""Quotients of SymPy's polynomials, reduced where there is a denominator to reduce by.

SymPy's own field looks for a common divisor after each operation, also of two polynomials.
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
        return cls(element.field, element.numer, element.denom)

    @property
    def is_whole(self):
        """Whether it is a polynomial, as it is written."""
        return self.denom == self.field.ring.one

    def _element(self):
        return self.field.raw_new(self.numer, self.denom)

    def _whole(self, numer):
        return Quotient(self.field, numer, self.field.ring.one)

    def __add__(self, other):
        if self.is_whole and other.is_whole:
            return self._whole(self.numer + other.numer)
        return Quotient.of(self._element() + other._element())

    def __mul__(self, other):
        if self.is_whole and other.is_whole:
            return self._whole(self.numer * other.numer)
        return Quotient.of(self._element() * other._element())

    def __truediv__(self, other):
        if self.is_whole and other.is_whole and other.numer == self.field.ring.one:
            return self
        return Quotient.of(self._element() / other._element())

    def __pow__(self, exponent):
        if self.is_whole and exponent >= 0:
            return self._whole(self.numer**exponent)
        return Quotient.of(self._element() ** exponent)

    def __bool__(self):
        return bool(self.numer)
