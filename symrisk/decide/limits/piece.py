"""Pieces: a region cut by the signs of the coefficients that decide."""

from typing import NamedTuple

import sympy


class Vanishing(Exception):
    """A coefficient that decides may vanish: one recursion for each of its signs."""


class Piece(NamedTuple):
    """What is assumed: conditions (expression, strict), and names that equations have replaced,
    (name, expression).
    """

    conditions: tuple
    replaced: tuple = ()
    depth: int = 0

    def put(self, expression):
        """An expression with the replaced names gone."""
        for name, value in self.replaced:
            expression = expression.xreplace({name: value})
        return expression

    def complete(self, place):
        """An exact point with the replaced names back in it."""
        for name, value in reversed(self.replaced):
            place = {**place, name: sympy.Rational(value.xreplace(place))}
        return place

    def split(self, core, kept):
        """The pieces where a polynomial is positive, negative and zero; at zero one of its names
        goes, if it can.
        """
        for sign in (1, -1):
            yield self._replace(
                conditions=(*self.conditions, (sign * core, True)), depth=self.depth + 1
            )
        for name in sorted(core.free_symbols - kept, key=str, reverse=True):
            parts = sympy.Poly(core, name).all_coeffs()
            if len(parts) == 2 and (parts[0].is_positive or parts[0].is_negative):
                yield self._without(name, -parts[1] / parts[0])
                return
        yield self._replace(
            conditions=(*self.conditions, (core, False), (-core, False)), depth=self.depth + 1
        )

    def _without(self, name, value):
        own = ((value, bool(name.is_positive)),) if name.is_nonnegative else ()
        put = tuple((e.xreplace({name: value}), strict) for e, strict in self.conditions)
        return Piece((*put, *own), (*self.replaced, (name, value)), self.depth + 1)
