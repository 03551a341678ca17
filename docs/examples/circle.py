"""Eigenvalues 2 - 2 cos(2 pi k/m), k = 0, ..., m - 1: what neighbours on a circle differ by."""

import numpy as np
import sympy
from flint import arb

from symrisk.engine.noun import cached_property
from symrisk.laws.law import Law


class Circle(Law):
    """The spectrum of the second difference on a circle of m points."""

    def __new__(cls, m):
        return sympy.Basic.__new__(cls, sympy.Integer(m))

    @property
    def size(self):
        return int(self.args[0])

    def balls(self):
        m = self.size
        return [[4 * (arb.pi() * k / m).sin() ** 2 for k in range(m)]], [1 / arb(m)] * m

    @cached_property
    def arrays(self):
        m = self.size
        values = 4 * np.sin(np.pi * np.arange(m) / m) ** 2
        return [values], np.full(m, 1 / m)

    def __repr__(self):
        return f"Circle({self.args[0]})"

    __str__ = __repr__
