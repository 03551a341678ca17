"""The bounds of a cell, as one reads them."""

import sympy

from symrisk.engine.expressions import tex


class Bounds:
    """A cell of a region as one reads it.

    `str` gives the chain of bounds, `coordinates` the map from positive coordinates.

    >>> from symrisk import Region
    >>> from symrisk.symbols import n1, p
    >>> (cell,) = Region(n1 < p).interval(n1)
    >>> print(cell, cell.lower, cell.upper)
    0 < p, 0 <= n1 < p 0 p
    """

    def __init__(self, space, chain):
        self.space, self.chain = space, chain

    def __str__(self):
        return ", ".join(map(self._text, self.chain.links)) + self._side_conditions()

    __repr__ = __str__

    def latex(self) -> str:
        """The chain of bounds as LaTeX."""
        return ",\\; ".join(map(self._latex, self.chain.links))

    def _repr_latex_(self):
        return f"$\\displaystyle {self.latex()}$"

    @property
    def lower(self) -> sympy.Expr | None:
        """The lower bound of the chain's last variable, or None."""
        bound = self.chain.links[-1].lower
        return None if bound is None else _value(bound)

    @property
    def upper(self) -> sympy.Expr | None:
        """The upper bound of the chain's last variable, or None."""
        bound = self.chain.links[-1].upper
        return None if bound is None else _value(bound)

    @property
    def coordinates(self) -> dict:
        """variable -> its expression in earlier variables and a coordinate of its own.

        The coordinate, s_variable, is positive, or not negative.
        """
        return {self._name(link): link.image.expression() for link in self.chain.links}

    def _name(self, link):
        return self.space.field.symbols[link.variable]

    def _text(self, link):
        name = self._name(link)
        if link.coordinate is None:
            return f"{name} = {link.image.expression()}"
        low = high = ""
        if link.lower:
            low = f"{tex.text(_value(link.lower))} {_sign(link.lower)} "
        if link.upper:
            high = f" {_sign(link.upper)} {tex.text(_value(link.upper))}"
        return f"{low}{name}{high}"

    def _side_conditions(self):
        shown = ""
        for condition in self.chain.side:
            sign = ">" if condition.strict else ">="
            shown += f", {self.space.field.polynomial(condition.poly)} {sign} 0"
        return shown

    def _latex(self, link):
        name = tex.latex(self._name(link))
        if link.coordinate is None:
            return f"{name} = {tex.latex(sympy.factor(link.image.expression()))}"
        low = high = ""
        if link.lower:
            low = f"{tex.latex(_value(link.lower))} {tex.RELATIONS[_sign(link.lower)]} "
        if link.upper:
            high = f" {tex.RELATIONS[_sign(link.upper)]} {tex.latex(_value(link.upper))}"
        return f"{low}{name}{high}"


def _value(bound):
    return sympy.factor(bound.value.expression())


def _sign(bound):
    return "<=" if bound.closed else "<"
