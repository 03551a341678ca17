"""Radicals and symbolic powers as letters of their own, so that what is left is rational.

A `Root` is one real zero of a polynomial, singled out by an interval; a square root is the simplest
one.  A `Member` is one of several unknowns that solve a `System`.  A `Power` is base^exponent for a
symbolic whole exponent, as (1-w)^t.
"""

from dataclasses import dataclass, replace

import sympy

from symrisk.engine.algebra.moments import Moments, living
from symrisk.engine.budget import spend
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.errors import NoMethod


class Unknown:
    """A definition that does not say what a name is, but what it solves.  As an expression does, it
    has `free_symbols` and `xreplace`."""


NODE = 500
"""What it costs to rewrite a node of an expression, in products of terms."""


@dataclass(frozen=True)
class Root(Unknown):
    """`unknown` is the only zero of `polynomial` in the open interval `between`.

    A radical is the zero of den*r^k - num in r >= 0; its `radicand` num/den says when it may touch
    the end 0.  `sure`: that the zero exists is known otherwise, and not asked for.  The equation of
    an unknown that minimises a potential is one whose `polynomial` may hold means over a law that
    is still a letter; `alive` is then a pair (eigenvalue, law): the law can't have the eigenvalue
    at zero throughout, if there is a minimiser.
    """

    unknown: sympy.Symbol
    polynomial: sympy.Expr
    between: tuple = (sympy.Integer(0), sympy.oo)
    radicand: sympy.Expr | None = None
    sure: bool = False
    alive: tuple | None = None

    @property
    def free_symbols(self):
        """What the polynomial and the interval's ends are written in, the unknown among them."""
        return set().union(
            self.polynomial.free_symbols, *(sympy.sympify(end).free_symbols for end in self.between)
        )

    def xreplace(self, values):
        between = tuple(sympy.sympify(end).xreplace(values) for end in self.between)
        alive = None if self.alive is None else tuple(part.xreplace(values) for part in self.alive)
        return Root(
            self.unknown, self.polynomial.xreplace(values), between, self.radicand, self.sure, alive
        )

    @property
    def equations(self):
        """What vanishes."""
        return (self.polynomial,)

    @property
    def written(self):
        """The expressions that it is written in."""
        return (self.polynomial, *map(sympy.sympify, self.between))

    def where(self, condition, truth):
        """The same root where a condition of a definition by cases is known to hold, or not to."""
        return self.changed(lambda expression: expression.subs(condition, truth))

    def changed(self, change):
        """The same root with its equation and its interval changed, and its name, if that is
        changed too.
        """
        polynomial, low, high = (change(sympy.sympify(e)) for e in (self.polynomial, *self.between))
        return Root(
            change(self.unknown), polynomial, (low, high), self.radicand, self.sure, self.alive
        )


@dataclass(frozen=True)
class System:
    """Several unknowns that together solve equations, and where to look for them.

    cases: alternative systems, each as many polynomials as there are unknowns.  near: a function of
    the parameters' arrays (by name) that gives an array for each unknown, close to the solution
    meant, and an array of whole numbers: which case it solves.  parameters: pairs (symbol of the
    equations, the expression it stands for).  latex, says: what is solved.
    """

    unknowns: tuple
    cases: tuple
    near: object
    parameters: tuple
    latex: str = ""
    says: str = ""


@dataclass(frozen=True)
class Member(Unknown):
    """One unknown of a system."""

    unknown: sympy.Symbol
    system: System

    @property
    def free_symbols(self):
        return set().union(*(value.free_symbols for _, value in self.system.parameters))

    def xreplace(self, values):
        parameters = tuple((name, value.xreplace(values)) for name, value in self.system.parameters)
        return Member(self.unknown, replace(self.system, parameters=parameters))

    @property
    def place(self):
        return self.system.unknowns.index(self.unknown)

    @property
    def written(self):
        """The expressions that it is written in: what the parameters of its system are."""
        return tuple(value for _, value in self.system.parameters)

    equations = written

    def where(self, condition, truth):
        """The same unknown where a condition of a definition by cases is known to hold, or not
        to.
        """
        parameters = tuple(
            (name, value.subs(condition, truth)) for name, value in self.system.parameters
        )
        return Member(self.unknown, replace(self.system, parameters=parameters))

    def cases(self):
        """Its system's cases, each the equations of one, in what the parameters stand for."""
        return [
            [equation.xreplace(dict(self.system.parameters)) for equation in case]
            for case in self.system.cases
        ]


@dataclass(frozen=True)
class Potential:
    """A determinantal potential of positive unknowns c, in expressions:

        mass * Mean(log(floor + sum_k rates_k c_k), law) + sum_k costs_k c_k - sum_k pulls_k log
        c_k.

    floor and rates may vary over the law; costs and pulls do not.
    """

    unknowns: tuple
    mass: sympy.Expr
    floor: sympy.Expr
    rates: tuple
    costs: tuple
    pulls: tuple
    law: object

    @property
    def inside(self):
        """What the logarithm is of."""
        return sympy.Add(
            self.floor, *(rate * c for rate, c in zip(self.rates, self.unknowns, strict=True))
        )

    def slope(self, unknown):
        """c_k times the derivative by c_k: zero at the minimiser, and rising in log c_k."""
        k = self.unknowns.index(unknown)
        share = unknown * self.rates[k] / self.inside
        return self.mass * Mean(share, self.law) + self.costs[k] * unknown - self.pulls[k]

    def alive(self, unknown):
        """(eigenvalue, law): not zero throughout where there is a minimiser; nothing else can
        answer the unknown's pull.
        """
        k = self.unknowns.index(unknown)
        rate = self.rates[k]
        return (
            (rate, self.law) if self.costs[k] == 0 and rate.is_Symbol and is_bound(rate) else None
        )

    def laplacian(self):
        """(W, r) of the Hessian in log c: {(k, m): entry} for k > m, and the row sums."""
        shares = [c * rate / self.inside for c, rate in zip(self.unknowns, self.rates, strict=True)]
        size = range(len(shares))
        kept = self.floor / self.inside
        ground = [
            self.costs[k] * self.unknowns[k] + self.mass * Mean(shares[k] * kept, self.law)
            for k in size
        ]
        return {
            (k, m): self.mass * Mean(shares[k] * shares[m], self.law)
            for k in size
            for m in range(k)
        }, ground

    @property
    def free_symbols(self):
        outer = (
            self.mass,
            *self.costs,
            *self.pulls,
            *(Mean(part, self.law) for part in self.varying),
        )
        return set().union(*(sympy.sympify(e).free_symbols for e in outer))

    @property
    def varying(self):
        """What may vary over the law: the floor and the rates."""
        return (self.floor, *self.rates)

    def xreplace(self, values):
        def put(*expressions):
            return tuple(sympy.sympify(e).xreplace(values) for e in expressions)

        return Potential(
            self.unknowns,
            *put(self.mass, self.floor),
            put(*self.rates),
            put(*self.costs),
            put(*self.pulls),
            self.law.xreplace(values),
        )


@dataclass(frozen=True)
class Stationary(Unknown):
    """One unknown of the minimiser of a potential."""

    unknown: sympy.Symbol
    potential: Potential

    @property
    def free_symbols(self):
        return self.potential.free_symbols

    def xreplace(self, values):
        return Stationary(self.unknown, self.potential.xreplace(values))

    @property
    def place(self):
        return self.potential.unknowns.index(self.unknown)


@dataclass(frozen=True)
class Power:
    """`unknown` stands for base**exponent, exponent a symbol with whole non-negative values."""

    unknown: sympy.Symbol
    base: sympy.Expr
    exponent: sympy.Symbol


class Generators:
    """Rewrites expressions over named generators; the same radical, power or mean always gets
    the same name.
    """

    def __init__(self, roots=(), independent=False, conditions=()):
        # Unknowns of a system of equations are letters like any others: what is shown of every
        # value holds for theirs.
        self.roots = {
            name: root for name, root in dict(roots).items() if not isinstance(root, Member)
        }
        self.powers, self._names, self.below_one, self._rewritten = {}, {}, {}, {}
        # (base, exponent) -> the power, of several letters: what is known of it is known of none
        # of them.
        self.products = {}
        by_minimisers = {root.alive for root in self.roots.values()} - {None}
        self.moments = Moments(independent, by_minimisers | living(conditions))

    def rewrite(self, expression):
        """`expression` with each radical and symbolic power replaced by its generator."""
        expression = sympy.sympify(expression)
        if not expression.args:
            return expression
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
        if expression.is_Pow and not expression.exp.is_Integer:
            return self._power(arguments[0], expression.exp)
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
        numbers = [
            power for power in self.powers.values() if power.base.is_Rational and power.base != 0
        ]
        primes = [(power.base, power.exponent) for power in numbers]
        pairs = [
            (one / other, t)
            for one, t in primes
            for other, also in primes
            if t == also and one < other
        ]
        for number, symbol in dict.fromkeys((*self.below_one, *pairs)):
            sides = [sympy.Integer(1), sympy.Integer(1)]
            for prime, times in sympy.factorrat(number).items():
                # number^symbol is the product of letter^(-times): what stands below goes to the
                # other side.
                sides[times < 0] *= self._letter_of_power(sympy.Rational(1, prime), symbol) ** abs(
                    times
                )
            yield sides[0] - sides[1]

    def _name(self, content, prefix):
        if content not in self._names:
            self._names[content] = sympy.Symbol(
                f"{prefix}_{len(self._names) + 1}", nonnegative=True
            )
        return self._names[content]


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
