"""Power-law spectra: eigenvalues k^-alpha."""

import numpy as np
import sympy
from flint import arb

from symrisk.engine.algebra.rational import to_fmpq, to_rational
from symrisk.engine.decimals import exact
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.laws.law import Law

LARGEST, STEEPEST = 10**6, 1000


class PowerLaw(Law):
    r"""Eigenvalues k^-alpha, k = 1, ..., dimension, each of weight 1/dimension: the capacity
    condition's spectrum.

    alpha: exponent > 0, at most 1000, exact (int, Fraction, Rational or string).  dimension: whole,
    at most 10^6.

    >>> PowerLaw(2, 3).points
    (((1,), 1/3), ((1/4,), 1/3), ((1/9,), 1/3))
    >>> PowerLaw("3/2", 2).arrays[0][0].round(6).tolist()
    [1.0, 0.353553]

    Raises DomainError for numbers out of range, ArgumentError for what is no exact number.
    """

    def __new__(cls, alpha, dimension):
        number = alpha if isinstance(alpha, sympy.Rational) else exact("alpha", alpha)
        alpha = to_rational(number)
        if isinstance(dimension, bool) or not isinstance(dimension, (int, sympy.Integer)):
            raise ArgumentError(f"PowerLaw: the dimension is a whole number; not {dimension!r}")
        if not 0 < alpha <= STEEPEST or not 1 <= dimension <= LARGEST:
            raise DomainError(
                f"PowerLaw: 0 < alpha <= {STEEPEST} and 1 <= dimension <= {LARGEST}; not {alpha} "
                f"and {dimension}"
            )
        return sympy.Basic.__new__(cls, alpha, sympy.Integer(dimension))

    @property
    def size(self):
        return int(self.args[1])

    @property
    def points(self):
        alpha, dimension = self.args
        if not alpha.is_Integer:
            raise NoMethod(f"{self!r} has irrational eigenvalues: no exact points")
        return tuple(
            ((sympy.Rational(1, k**alpha),), 1 / dimension) for k in range(1, int(dimension) + 1)
        )

    def balls(self):
        alpha, dimension = self.args
        exponent = -arb(to_fmpq(alpha))
        return [[arb(k) ** exponent for k in range(1, int(dimension) + 1)]], [
            1 / arb(int(dimension))
        ] * int(dimension)

    @cached_property
    def arrays(self):
        alpha, dimension = float(self.args[0]), int(self.args[1])
        values = np.arange(1, dimension + 1, dtype=float) ** -alpha
        if values[-1] == 0:
            raise DomainError(
                f"{self!r}: {dimension}^-{self.args[0]} is too small for a float; use .digits"
            )
        return [values], np.full(dimension, 1 / dimension)

    def __repr__(self):
        return f"PowerLaw({self.args[0]}, {self.args[1]})"

    __str__ = __repr__
