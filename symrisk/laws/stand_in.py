"""A law that stands in for another where no number of it is asked for."""

from collections.abc import Sequence

import sympy

from symrisk.laws.law import Law


class StandIn(Law):
    """A law of some variables, told apart from others by its number: nothing else is known of it.

    What is planned over it is planned for every law of these variables; see
    `engine.program.Program.over`, which puts one in its place.

    >>> from symrisk.symbols import tau
    >>> StandIn(1, [tau]), StandIn(1, [tau]) == StandIn(2, [tau])
    (<law 1 of tau>, False)

    It has no points, no arrays and no balls: NoMethod for who asks.
    """

    MARK = "<law "
    """How its name starts, as that of no other law and of no letter does."""

    def __new__(cls, number: int, variables: Sequence[sympy.Symbol]):
        self = Law.__new__(cls, sympy.Integer(number))
        # Not among its arguments: a mean binds them, and nothing is to be put in their place.
        self.variables = tuple(variables)
        return self

    def _hashable_content(self):
        return (*self.args, self.variables)

    def __reduce__(self):
        return StandIn, (int(self.args[0]), self.variables)

    def __repr__(self):
        return f"{self.MARK}{self.args[0]} of {', '.join(map(str, self.variables))}>"

    __str__ = __repr__
