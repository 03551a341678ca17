"""What is said of one function: its values on each kind of number, and what is known of them."""

from collections.abc import Callable
from typing import Any, NamedTuple

import sympy

from symrisk.engine.potential.arrays import UNIT


class Known(NamedTuple):
    """One function that formulas may use; without values where another instruction has them.

    on_arrays: its values on floats or arrays.  in_balls: on balls of python-flint, complex ones as
    well where `is_analytic`.  passed: (arguments, their errors, value) -> a bound of what errors of
    the arguments become; units: how many units of the last digit its own value may be off.
    source: Python that numba compiles, `{}` for each argument, with `words` what it calls; '' for
    none.  exact: (rational arguments) -> its value where that is rational, else None.

    low, high: numbers that all its values for real arguments lie strictly between, or, where `is
    touched`, not beyond; None for none.  rises: whether it rises strictly.  demands: (arguments) ->
    pairs (expression, strict) that must be > 0, or >= 0, for it to have a value.  facts: (its
    value, arguments) -> expressions in both that are nowhere negative.  in_mpmath: what mpmath
    calls it, by which proofs are looked at again; '' where that is not to be trusted.
    """

    on_arrays: Callable | None
    in_balls: Callable | None
    passed: Callable | None
    units: int = 4
    source: str = ""
    words: dict = {}  # noqa: RUF012
    exact: Callable = lambda *arguments: None
    is_analytic: bool = True
    takes_complex_arrays: bool = False
    low: Any = None
    high: Any = None
    is_touched: bool = False
    rises: bool = False
    demands: Callable = lambda *arguments: ()
    facts: Callable = lambda value, *arguments: ()
    in_mpmath: str = ""

    def rounding(self, arguments: list, errors: list, value: Any) -> Any:
        """A bound of the error of a value, its own rounding included."""
        return self.passed(arguments, errors, value) + self.units * UNIT * abs(value)

    def bounds(self, value: sympy.Expr) -> list[tuple[sympy.Expr, bool]]:
        """Pairs (expression, strict) that say between what a value lies."""
        found = []
        if self.low is not None:
            found.append((value - self.low, not self.is_touched))
        if self.high is not None:
            found.append((self.high - value, not self.is_touched))
        return found


class Number(NamedTuple):
    """A constant that has a name: its float, its ball, and rational numbers on both sides of it."""

    as_float: float
    in_balls: Callable
    low: Any
    high: Any
    in_mpmath: str
