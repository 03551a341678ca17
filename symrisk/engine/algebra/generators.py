"""Radicals and symbolic powers as letters of their own, so that what is left is rational.

A radical is the simplest `Root`.  A `Power` is base^exponent for a symbolic whole exponent, as
(1-w)^t.
"""

from dataclasses import dataclass
from itertools import permutations

import sympy

from symrisk.engine.algebra.moments import Moments, living
from symrisk.engine.budget import spend
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.functions.normal import normal_cdf
from symrisk.engine.functions.table import numbers, table
from symrisk.engine.unknowns.root import Root
from symrisk.errors import NoMethod

NODE = 500
"""What it costs to rewrite a node of an expression, in products of terms."""


@dataclass(frozen=True)
class Power:
    """`unknown` stands for base**exponent, exponent a symbol with whole non-negative values."""

    unknown: sympy.Symbol
    base: sympy.Expr
    exponent: sympy.Symbol


@dataclass(frozen=True)
class Application:
    """`unknown` stands for a function of the table at its arguments; for a constant at none."""

    unknown: sympy.Symbol
    meaning: sympy.Expr

    @property
    def arguments(self):
        """What it is a function of."""
        return self.meaning.args


class Generators:
    """Rewrites expressions over named generators; the same radical, power or mean always gets
    the same name.

    with_functions: whether functions and constants of the table get names as well.  Such a name may
    have any value that the function has: what a letter moves in it, nobody sees.
    """

    def __init__(self, roots=(), independent=False, conditions=(), with_functions=False):
        # Unknowns that are no zeros of polynomials are letters like any others: what is shown of
        # every value holds for theirs.
        self.roots = {name: root for name, root in dict(roots).items() if root.is_algebraic}
        self.powers, self._names, self.below_one, self._rewritten = {}, {}, {}, {}
        # (base, exponent) -> the power, of several letters: what is known of it is known of none
        # of them.
        self.products = {}
        self.with_functions, self.functions = with_functions, {}
        by_minimisers = {root.alive for root in self.roots.values()} - {None}
        self.moments = Moments(independent, by_minimisers | living(conditions))

    def rewrite(self, expression):
        """`expression` with each radical and symbolic power replaced by its generator."""
        expression = sympy.sympify(expression)
        if not expression.args:
            is_named = self.with_functions and type(expression) in numbers()
            return self._applied(expression) if is_named else expression
        # What stands in an expression more than once is rewritten once: its tree may be far larger
        # than what it is made of.
        if expression not in self._rewritten:
            spend(NODE)
            self._rewritten[expression] = self._rewrite(expression)
        return self._rewritten[expression]

    def _rewrite(self, expression):
        if isinstance(expression, Mean):
            inner = {mean: self.rewrite(mean) for mean in expression.integrand.atoms(Mean)}
            return self.rewrite(
                self.moments.rewrite(expression.xreplace(inner) if inner else expression)
            )
        arguments = [self.rewrite(argument) for argument in expression.args]
        if self.with_functions and type(expression) in table():
            return self._function(type(expression), arguments)
        if expression.is_Pow and not expression.exp.is_Integer:
            return self._power(arguments[0], expression.exp)
        if all(new is old for new, old in zip(arguments, expression.args, strict=True)):
            return expression
        return expression.func(*arguments)

    def _power(self, base, exponent):
        if exponent.is_Rational:
            return self._root(base, exponent.q) ** exponent.p
        result = sympy.Integer(1)
        for term in sympy.Add.make_args(sympy.expand(exponent)):
            factor, symbol = term.as_coeff_Mul()
            whole = symbol.is_Symbol and symbol.is_integer and symbol.is_nonnegative
            if not factor.is_Integer or not (symbol == 1 or whole):
                raise NoMethod(
                    f"{base}**({exponent}) is not a power with whole, non-negative exponents"
                )
            result *= base**factor if symbol == 1 else self._symbolic(base, symbol, int(factor))
        return result

    def _function(self, head, arguments):
        """A function in letters: the same for arguments that are equal as quotients."""
        arguments = [sympy.cancel(argument) for argument in arguments]
        if head is sympy.erfc:
            return 1 - self._function(sympy.erf, arguments)
        if head is normal_cdf and arguments[0].could_extract_minus_sign():
            return 1 - self._function(head, [-arguments[0]])
        if head is not sympy.exp:
            return self._applied(head(*arguments))
        # exp(a + 2 b) is the letter of exp(a) times the square of that of exp(b)
        result = sympy.Integer(1)
        for term in sympy.Add.make_args(sympy.expand(arguments[0])):
            factor, rest = term.as_coeff_Mul()
            result *= self._applied(sympy.exp(rest / factor.q)) ** factor.p
        return result

    def _applied(self, meaning):
        """The letter of a function at its arguments; what SymPy knows a value of has none."""
        if type(meaning) not in table() and type(meaning) not in numbers():
            return self.rewrite(meaning) if meaning.args else meaning
        name = self._name(("function", meaning), "value", real=True)
        self.functions[name] = Application(name, meaning)
        return name

    def _symbolic(self, base, symbol, factor):
        """base^(factor symbol) in letters: the same for a base and its reciprocal, whatever
        SymPy prints of the two.
        """
        base = sympy.cancel(base)
        if base.is_Rational:
            return self._numeric(base, symbol, factor)
        number, known, rest = _apart(base)
        result = self._numeric(number, symbol, 1)
        for part, times in known:
            result *= self._letter_of_power(part, symbol) ** times
        if rest != 1:
            upright = _upright(rest)
            result *= self._letter_of_power(upright, symbol) ** (1 if upright == rest else -1)
        if not (result.is_Symbol or (result.is_Pow and result.base.is_Symbol)):
            self.products[base, symbol] = result
        return result**factor

    def _numeric(self, base, symbol, factor):
        """A power of a number by those of its primes, each the letter (1/prime)^symbol; which of
        them are below one is kept.
        """
        if base < 0:
            raise NoMethod(f"({base})**{symbol} is the power of a negative number")
        if base == 0:
            return self._letter_of_power(base, symbol) ** factor
        if base != 1:
            self.below_one[min(base, 1 / base), symbol] = None
        return sympy.Mul(
            *(
                self._letter_of_power(sympy.Rational(1, prime), symbol) ** (-times * factor)
                for prime, times in sympy.factorrat(base).items()
            )
        )

    def _root(self, base, index):
        """The letter of a radical; radicands that are equal as quotients share it."""
        base = sympy.cancel(base)
        if base.is_Rational and base < 0:
            raise NoMethod(f"{base} has no real root of order {index}")
        name = self._name(("root", base, index), "sqrt" if index == 2 else f"root{index}")
        if name not in self.roots:
            numerator, denominator = sympy.fraction(base)
            between = (sympy.Integer(0), sympy.oo) if base.free_symbols else isolate(base, index)
            self.roots[name] = Root(name, denominator * name**index - numerator, between, base)
        return name

    def _letter_of_power(self, base, exponent):
        name = self._name(("power", base, exponent), "power")
        self.powers[name] = Power(name, base, exponent)
        return name

    def orders_of_powers(self):
        """What must not be negative between letters of numbers' powers: b^t <= 1 for b < 1, and
        3^-t <= 2^-t.
        """
        powers = self.powers.values()
        numbers = [power for power in powers if power.base.is_Rational and power.base != 0]
        pairs = []
        for one, other in permutations(numbers, 2):
            if one.exponent == other.exponent and one.base < other.base:
                pairs.append((one.base / other.base, one.exponent))
        for number, symbol in dict.fromkeys((*self.below_one, *pairs)):
            sides = [sympy.Integer(1), sympy.Integer(1)]
            for prime, times in sympy.factorrat(number).items():
                # number^symbol is the product of letter^(-times): what stands below goes to the
                # other side.
                sides[times < 0] *= self._letter_of_power(sympy.Rational(1, prime), symbol) ** abs(
                    times
                )
            yield sides[0] - sides[1]

    def _name(self, content, prefix, **assumptions):
        if content not in self._names:
            self._names[content] = sympy.Symbol(
                f"{prefix}_{len(self._names) + 1}", **(assumptions or {"nonnegative": True})
            )
        return self._names[content]

    @property
    def made(self):
        """The letters that nobody wrote, but those of means."""
        return {*self.roots, *self.powers, *self.functions}


def _apart(base):
    """(a positive number, factors that are not negative by their letters with their powers, the
    rest) of a quotient.

    (u v)^t = u^t v^t; factors of unknown sign stay together, since their product may have one.
    """
    number, known, rest = sympy.Integer(1), [], sympy.Integer(1)
    for part, sign in zip(sympy.fraction(base), (1, -1), strict=True):
        content, factors = sympy.factor_list(part)
        number *= abs(content) ** sign
        rest *= -1 if content < 0 else 1
        for factor, times in factors:
            if factor.is_nonnegative:
                known.append((factor, sign * times))
            else:
                rest *= factor ** (sign * times)
    return number, known, sympy.cancel(rest)


def _upright(base):
    """A quotient or its reciprocal: the one with the plainer denominator."""
    numerator, denominator = sympy.fraction(base)
    plain = min((denominator, numerator), key=lambda part: (part.count_ops(), str(part)))
    return base if plain == denominator else sympy.cancel(1 / base)


def isolate(number, index, bits=24):
    """Two neighbouring multiples of 2^-bits around the positive rational's root."""
    scaled = sympy.integer_nthroot(int(number * 2 ** (bits * index)), index)[0]
    return sympy.Rational(scaled, 2**bits), sympy.Rational(scaled + 1, 2**bits)
