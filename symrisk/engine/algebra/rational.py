"""Exact rational functions over Q, by python-flint.

A `Field` fixes an ordered list of SymPy symbols; a `Ratio` is a quotient of two coprime polynomials
in them.

>>> from sympy.abc import x, y
>>> field = Field((x, y))
>>> field.convert((x**2 - y**2) / (x - y))
Ratio(x + y)
"""

import math
from functools import lru_cache

import sympy
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from symrisk.engine.budget import MOST_DEGREE, MOST_TERMS, spend, within
from symrisk.errors import DomainError, NoMethod

HANDLING = 20
"""What it costs to take one term into Python's hands, in products of terms."""
CALL = 5
"""Terms that would take as long as the calls around them."""
FACTORED, MOST_KEPT = {}, 4096
"""Polynomials that were factored."""
MOST_DERIVED = 12
"""The highest power in a letter whose coefficients are read off derivatives."""


def product(a, b):
    """a b; NoMethod where that is beyond a budget."""
    terms = len(a) * len(b)
    within(
        MOST_TERMS, terms, "MOST_TERMS", f"a product of polynomials of {len(a)} and {len(b)} terms"
    )
    spend(CALL + terms)
    return a * b


def power(poly, exponent):
    """poly^exponent, the exponent whole and >= 0; NoMethod where that is beyond a budget."""
    if exponent > 1:
        # The degree first: it bounds the exponent, so that the number of terms is soon counted.
        degree = max(int(poly.total_degree()), 1) * int(exponent)
        within(MOST_DEGREE, degree, "MOST_DEGREE", f"a power of a polynomial, of degree {degree:,}")
        terms = math.comb(len(poly) + int(exponent) - 1, int(exponent))
        within(
            MOST_TERMS,
            terms,
            "MOST_TERMS",
            f"a power of a polynomial of {len(poly)} terms to the {exponent}",
        )
        spend(terms * len(poly))
    return poly**exponent


def common_divisor(a, b):
    """The greatest common divisor of two polynomials."""
    spend(HANDLING * CALL + len(a) * len(b))
    return a.gcd(b)


def factored(poly):
    """(constant, [(irreducible polynomial, exponent)]).

    What was factored is kept: an elimination comes upon the same conditions on many ways.
    """
    spend(HANDLING * CALL + len(poly) ** 2)
    # Contexts of as many letters are one context.
    name = poly.context().nvars(), str(poly)
    found = FACTORED.get(name)
    if found is None:
        constant, factors = poly.factor()
        found = constant, tuple(factors)
        if len(FACTORED) >= MOST_KEPT:
            FACTORED.clear()
        FACTORED[name] = found
    return found[0], list(found[1])


def to_fmpq(number):
    """A SymPy Rational, int or Fraction as python-flint's fmpq."""
    return fmpq(int(number.numerator), int(number.denominator))


def to_rational(number) -> sympy.Rational:
    """python-flint's fmpq or fmpz, an int or a Fraction as a SymPy Rational."""
    return sympy.Rational(int(number.numerator), int(number.denominator))


def as_float(number):
    """A rational as the nearest float, infinite where it is beyond them."""
    try:
        return int(number.p) / int(number.q)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


class Field:
    """Q(symbols): converts SymPy expressions to exact quotients and back; `memory` is for what is
    derived over it.

    `Field.over(symbols)` gives the same field for the same symbols.
    """

    def __init__(self, symbols):
        self.symbols = tuple(symbols)
        self.context = fmpq_mpoly_ctx.get(
            [f"x{i}" for i in range(len(self.symbols))], Ordering.degrevlex
        )
        self.index = {symbol: i for i, symbol in enumerate(self.symbols)}
        self.one = Ratio(self, self.context.constant(1), self.context.constant(1))
        self.memory = {}

    @classmethod
    @lru_cache(maxsize=256)
    def over(cls, symbols):
        return cls(symbols)

    def constant(self, number):
        return Ratio(self, self.context.constant(to_fmpq(number)), self.context.constant(1))

    def generator(self, symbol):
        return Ratio(self, self.context.gen(self.index[symbol]), self.context.constant(1))

    def convert(self, expression):
        """The exact quotient that `expression` is; NoMethod where it is not rational in the
        field's symbols.
        """
        return self._converted(sympy.sympify(expression), {})

    def _converted(self, expression, known):
        """The same, with what is known of expressions: one that stands in several places is
        converted once.
        """
        if expression not in known:
            known[expression] = self._convert(expression, known)
        return known[expression]

    def _convert(self, expression, known):
        if expression.is_Rational:
            return self.constant(expression)
        if expression in self.index:
            return self.generator(expression)
        if expression.is_Add:
            return self._fold(expression.args, Ratio.__add__, known)
        if expression.is_Mul:
            return self._fold(expression.args, Ratio.__mul__, known)
        if expression.is_Pow and expression.exp.is_Integer:
            return self._converted(expression.base, known) ** int(expression.exp)
        raise NoMethod(
            f"{expression} is not a rational function of {', '.join(map(str, self.symbols))}"
        )

    def _fold(self, arguments, combine, known):
        result, *rest = (self._converted(argument, known) for argument in arguments)
        for ratio in rest:
            result = combine(result, ratio)
        return result

    def polynomial(self, poly):
        """A python-flint polynomial of this field as a SymPy expression."""
        spend(10 * HANDLING * len(poly))
        return sympy.Add(
            *(to_rational(c) * self._monomial(exponents) for exponents, c in poly.to_dict().items())
        )

    def _monomial(self, exponents):
        return sympy.Mul(
            *(symbol**power for symbol, power in zip(self.symbols, exponents, strict=True))
        )

    def ratio(self, poly):
        return Ratio(self, poly, self.context.constant(1))


class Ratio:
    """num/den in lowest terms; immutable."""

    __slots__ = ("field", "num", "den")

    def __init__(self, field, num, den):
        self.field, self.num, self.den = field, num, den

    def _reduced(self, num, den):
        if den.is_zero():
            raise DomainError("a denominator is zero everywhere")
        common = common_divisor(num, den)
        if not common.is_constant():
            num, den = num / common, den / common
        return Ratio(self.field, num, den)

    def __add__(self, other):
        if self.den == other.den:
            return self._reduced(self.num + other.num, self.den)
        return self._reduced(
            product(self.num, other.den) + product(other.num, self.den),
            product(self.den, other.den),
        )

    def __neg__(self):
        return Ratio(self.field, -self.num, self.den)

    def __sub__(self, other):
        return self + (-other)

    def __mul__(self, other):
        return self._reduced(product(self.num, other.num), product(self.den, other.den))

    def __truediv__(self, other):
        return self._reduced(product(self.num, other.den), product(self.den, other.num))

    def __pow__(self, exponent):
        if exponent < 0:
            return self.field.one / self**-exponent
        return Ratio(self.field, power(self.num, exponent), power(self.den, exponent))

    def __eq__(self, other):
        return isinstance(other, Ratio) and (self - other).num.is_zero()

    __hash__ = None

    def __repr__(self):
        return f"Ratio({self.expression()})"

    def is_zero(self):
        return self.num.is_zero()

    def expression(self):
        """This quotient as a SymPy expression."""
        return self.field.polynomial(self.num) / self.field.polynomial(self.den)

    def substitute(self, symbol, value):
        """This quotient with `symbol` replaced by the Ratio `value`."""
        num, num_degree = homogeneous_substitute(self.num, self.field.index[symbol], value)
        den, den_degree = homogeneous_substitute(self.den, self.field.index[symbol], value)
        return self._reduced(
            product(num, power(value.den, den_degree)), product(den, power(value.den, num_degree))
        )

    def at(self, values):
        """The value where the k-th symbol has the k-th of `values`; None where it has none, or a
        value that it needs is None.
        """
        used = [max(a, b) > 0 for a, b in zip(self.num.degrees(), self.den.degrees(), strict=True)]
        if any(value is None and need for value, need in zip(values, used, strict=True)):
            return None
        point = [fmpq(0) if value is None else value for value in values]
        bottom = self.den(*point)
        return None if bottom == 0 else self.num(*point) / bottom

    def factors(self):
        """(constant, [(irreducible polynomial, exponent)]) in a fixed order; a denominator's
        exponents are negative.
        """
        top, numerator = factored(self.num)
        bottom, denominator = factored(self.den)
        factors = [*numerator, *((poly, -exponent) for poly, exponent in denominator)]
        return top / bottom, sorted(factors, key=lambda factor: (factor[1] < 0, key(factor[0])))


def coefficients_in(poly, index):
    """{k: coefficient of x_index^k}, each a polynomial free of x_index."""
    spend(HANDLING * (CALL + len(poly)))
    # The k-th derivative at zero is k! times the coefficient: no term comes into Python's hands.
    parts, derivative, factorial = {}, poly, 1
    for exponent in range(MOST_DERIVED + 1):
        if derivative.is_zero():
            return parts
        coefficient = derivative.subs({index: 0})
        if not coefficient.is_zero():
            parts[exponent] = coefficient / factorial
        derivative = derivative.derivative(index)
        factorial *= exponent + 1
    return parts if derivative.is_zero() else _sorted_by_power(poly, index)


def _sorted_by_power(poly, index):
    """The same, term by term: for a high power, of which a derivative for each lower one would be
    taken.
    """
    parts = {}
    for exponents, coefficient in poly.to_dict().items():
        rest = (*exponents[:index], 0, *exponents[index + 1 :])
        parts.setdefault(exponents[index], {})[rest] = coefficient
    context = poly.context()
    return {exponent: context.from_dict(terms) for exponent, terms in parts.items()}


def degree_in(poly, index):
    return 0 if poly.is_zero() else int(poly.degrees()[index])


def homogeneous_substitute(poly, index, value):
    """(P, d): poly(x_index = num/den) = P/den^d."""
    if poly.derivative(index).is_zero():
        return poly, 0
    parts = coefficients_in(poly, index)
    degree = max(parts, default=0)
    result = poly.context().constant(0)
    for exponent, coefficient in parts.items():
        factor = product(power(value.num, exponent), power(value.den, degree - exponent))
        result += product(coefficient, factor)
    return result, degree


def name_of(poly):
    """A hashable form of a polynomial, different from those of all others of its field.

    python-flint prints terms in the order of its context, exactly, and far quicker than it hands
    them out.
    """
    spend(HANDLING * len(poly))
    return str(poly)


def key(poly):
    """What puts polynomials in an order that is the same on every machine."""
    spend(HANDLING * len(poly))
    return tuple(
        sorted((tuple(map(int, e)), (int(c.p), int(c.q))) for e, c in poly.to_dict().items())
    )


def modulo(field, poly, divisor, index):
    """`poly` modulo `divisor`, both as polynomials in x_index over the quotients of the rest."""
    degree, scale = degree_in(divisor, index), field.context.constant(1)
    lead, x = coefficients_in(divisor, index)[degree], field.context.gen(index)
    while (highest := degree_in(poly, index)) >= degree and not poly.is_zero():
        top = coefficients_in(poly, index)[highest]
        poly = product(poly, lead) - product(product(divisor, top), x ** (highest - degree))
        scale = product(scale, lead)
    return field.ratio(poly) / field.ratio(scale)
