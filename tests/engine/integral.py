"""A kind of unknown that symrisk does not have, in this one file: a name that is an integral."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import sympy
from flint import acb, arb, fmpq

from symrisk.engine.arrays.ulps import over
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import EXISTING, Demand
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.instructions.leaves import Constant, Input
from symrisk.engine.program.builder import Builder
from symrisk.engine.program.program import Program
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod
from symrisk.symbols import symbol

NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)


@dataclass(frozen=True)
class Integral(Unknown):
    """The integral of a rational function of `variable`, a positive letter of its own."""

    unknown: sympy.Symbol
    integrand: sympy.Expr
    variable: sympy.Symbol
    low: sympy.Expr
    high: sympy.Expr

    solves = "is an integral"

    @property
    def written(self):
        return (self.integrand, self.low, self.high)

    def rewritten(self, change: Callable):
        integrand, low, high = map(change, self.written)
        return replace(self, integrand=integrand, low=low, high=high)

    @property
    def letters(self):
        """What the integrand speaks of besides its variable."""
        return tuple(sorted(self.integrand.free_symbols - {self.variable}, key=str))

    @property
    def equations(self):
        return (self.low, self.high, *self.letters)

    parts = equations

    @property
    def free_symbols(self):
        return super().free_symbols - {self.variable}

    def compiled(self, builder):
        low, high, *numbers = map(builder.compile, self.equations)
        inside = Builder({}, (self.variable, *self.letters)).program([self.integrand])
        return builder.emit(Integrate(inside, low, high, tuple(numbers)))

    def slopes(self, x, total):
        """Leibniz' rule: the integrand at the ends times what they move, and a further integral."""
        ends = self._at(self.high) * total(self.high) - self._at(self.low) * total(self.low)
        inner = total(self.integrand)
        if inner == 0:
            return {self.unknown: ends}, {}
        name, latex = f"{self.unknown}_by_{x}", f"{tex.latex(self.unknown)}_{{{tex.latex(x)}}}"
        moved = symbol(name, latex, "an integral's slope, its ends held")
        return {self.unknown: ends + moved}, {moved: replace(self, unknown=moved, integrand=inner)}

    def _at(self, end):
        return self.integrand.xreplace({self.variable: end})

    def demands(self, reader, guards):
        yield Demand(self.unknown, EXISTING, guards, root=self)
        for end in (self.low, self.high):
            yield from reader.of(end, guards)

    def show_existing(self, signs):
        """The ends are positive, and the denominator has no zero among positive numbers."""
        below = sympy.fraction(sympy.together(self.integrand))[1]
        are_positive = (sign.implies(strict=True) for row in signs(self.low, self.high) for sign in row)
        if not (below.is_positive and all(are_positive)):
            raise NoMethod(f"{self.unknown} is not shown to exist: {below} may vanish under the integral")

    def by_mpmath(self, mp, number, digits):
        return mp.quad(lambda s: number(self.integrand, {self.variable: s}), [number(self.low), number(self.high)])

    def latex(self):
        body, variable, low, high = map(tex.latex, (self.integrand, self.variable, self.low, self.high))
        return f"{tex.latex(self.unknown)} &= \\int_{{{low}}}^{{{high}}} {body} \\, d{variable}"

    def sentence(self, line):
        low, high = line(self.low), line(self.high)
        return f"the integral of {line(self.integrand)} over {self.variable} from {low} to {high}"


@dataclass(frozen=True, slots=True)
class Integrate(Instruction):
    """The integral of a program's value over its first input, between two registers."""

    inside: Program
    low: int
    high: int
    numbers: tuple[int, ...]

    is_solver = True
    settles_slowly = True
    raises_no_flag = True

    @property
    def reads(self):
        return (self.low, self.high, *self.numbers)

    def _value(self, point, constant):
        registers = []
        for step in self.inside.code:
            if isinstance(step, Input):
                registers.append(point[step.place])
            elif isinstance(step, Constant):
                registers.append(constant(step.p, step.q))
            else:
                registers.append(step.in_operators(registers))
        return registers[self.inside.outputs[0]]

    def on_arrays(self, values, out=None):
        """Gauss' rule in log s, in which rational functions of s are smooth."""
        low, high, *numbers = (values[i] for i in self.reads)
        middle, half, total = np.log(low) / 2 + np.log(high) / 2, (np.log(high) - np.log(low)) / 2, 0.0
        for node, weight in zip(NODES, WEIGHTS, strict=True):
            s = np.exp(middle + half * node)
            total = total + weight * s * self._value((s, *numbers), lambda p, q: p / q)
        return into(out, half * total)

    def rounding(self, values, errors, value):
        """What the same integral moves by when all that it reads does, and what its rule is off."""
        moved = list(values)
        for register in self.reads:
            moved[register] = values[register] + errors[register] + 2.0**-50 * abs(values[register])
        return 4 * abs(self.on_arrays(moved) - value) + over(2.0**-46 * abs(value), 1.0)

    def exactly(self, registers):
        low, high = registers[self.low], registers[self.high]
        return fmpq(0) if low is not None and low == high else None

    def in_balls(self, registers, exact):
        low, high, *numbers = (acb(registers[i]) for i in self.reads)

        def integrand(s, _):
            return self._value((s, *numbers), lambda p, q: acb(arb(fmpq(p, q))))

        return acb.integral(integrand, low, high).real
