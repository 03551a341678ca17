"""Another kind of unknown in one file: where a recursion settles, which proofs take as a root."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import sympy
from flint import arb

from symrisk.engine.expressions import tex
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.unknowns.root import Root, cleared
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod

DOUBLINGS = 40


@dataclass(frozen=True)
class Settled(Unknown):
    """Where u, rate u + step, rate (rate u + step) + step, ... settles: for -1 < rate < 1."""

    unknown: sympy.Symbol
    rate: sympy.Expr
    step: sympy.Expr

    @property
    def written(self):
        return (self.rate, self.step)

    def rewritten(self, change: Callable):
        return replace(self, rate=change(self.rate), step=change(self.step))

    def compiled(self, builder):
        return builder.emit(Settle(builder.compile(self.rate), builder.compile(self.step)))

    def expanded(self, expand):
        """Where it settles it stays."""
        stays = self.unknown - expand(self.rate) * self.unknown - expand(self.step)
        return Root(self.unknown, cleared(stays, self.unknown), (-sympy.oo, sympy.oo))

    def solver(self, expand):
        return self.rewritten(expand)

    def slopes(self, x, total):
        return {self.unknown: (total(self.rate) * self.unknown + total(self.step)) / (1 - self.rate)}, {}

    def show_existing(self, signs):
        for row in signs(1 - self.rate, 1 + self.rate):
            if not all(sign.implies(strict=True) for sign in row):
                raise NoMethod(f"{self.unknown} need not settle: {self.rate} is not shown to be between -1 and 1")

    def latex(self):
        return f"{tex.latex(self.unknown)} &\\leftarrow {tex.latex(self.rate * self.unknown + self.step)}"

    def sentence(self, line):
        return f"where {self.unknown} -> {line(self.rate * self.unknown + self.step)} settles"


@dataclass(frozen=True, slots=True)
class Settle(Instruction):
    """The recursion, from zero on, twice as far each time."""

    rate: int
    step: int

    is_solver = True

    @property
    def reads(self):
        return (self.rate, self.step)

    def on_arrays(self, values, out=None):
        rate, found = values[self.rate] + 0.0, values[self.step] + 0.0
        for _ in range(DOUBLINGS):
            rate, found = rate * rate, found + rate * found
        return into(out, np.where(rate == 0, found, np.nan)[()])

    def rounding(self, values, errors, value):
        slack = errors[self.rate] * abs(value) + errors[self.step] + 2.0**-48 * abs(value)
        return slack / abs(1 - values[self.rate])

    def in_balls(self, registers, exact):
        rate, found = registers[self.rate], registers[self.step]
        first = abs(found) / (1 - abs(rate))
        for _ in range(DOUBLINGS):
            rate, found = rate * rate, found + rate * found
        rest = first * abs(rate)
        return found + rest * arb(0, 1) if rest.is_finite() and abs(rate) < 1 else arb("nan")
