"""Expressions in the coordinates of a printed chart, as quotients of SymPy's polynomials.

An expression is written in as few coordinates as it rests on: polynomials in few letters are quick
to reduce, and claims on one region, each with further letters of its own, ask for the same ones.
What was worked out is kept under all that it depends on: the expression, what its letters are
solved for, and the links of the chart that they rest on.
"""

import json
from functools import lru_cache

import sympy

from symrisk.decide.recheck.arithmetic import over
from symrisk.decide.recheck.quotient import Quotient
from symrisk.engine.noun import cached_property

KNOWN, MOST_KEPT = {}, 2048
"""Images and expressions in coordinates."""


class Coordinates:
    """The links of a printed chart that are looked at, and the coordinates they may speak of.

    spelled: the links as text.
    """

    def __init__(self, links, spelled=None, names=None):
        self.links = links
        self.spelled = [json.dumps(link) for link in links] if spelled is None else spelled
        own = [link["coordinate"] for link in links if link["coordinate"] is not None]
        self.names = own if names is None else names

    @cached_property
    def identity(self):
        """What tells them from others."""
        return tuple(self.spelled), tuple(self.names)

    @cached_property
    def field(self):
        """The quotients of polynomials in the coordinates."""
        return _field(tuple(self.names))

    def under(self, names, end=None):
        """Those of the links before the end that letters rest on, with the coordinates they use."""
        needed, places = set(names), []
        for place in reversed(range(len(self.links) if end is None else end)):
            link = self.links[place]
            if link["variable"] in needed:
                places.append(place)
                needed |= _used(link) | {link["coordinate"]}
        places.reverse()
        links, spelled = ([kept[k] for k in places] for kept in (self.links, self.spelled))
        return Coordinates(links, spelled, [name for name in self.names if name in needed])

    def constant(self, number):
        """A number as a quotient."""
        ring = self.field.ring
        numer = ring.ground_new(sympy.QQ.from_sympy(sympy.Rational(number)))
        return Quotient(self.field, numer, ring.one)

    def letter(self, name):
        """A variable or a coordinate in the coordinates."""
        for place in reversed(range(len(self.links))):
            if self.links[place]["variable"] == name:
                return self._lifted(self._image(place))
        return Quotient.of(self.field.gens[self._place(name)])

    def _place(self, name):
        if name not in self.names:
            raise KeyError(name)
        return self.names.index(name)

    def _image(self, place):
        """The image of a link, in the coordinates that it rests on."""
        link = self.links[place]
        inner = self.under(_used(link), place)
        name = self.spelled[place], inner.identity
        found = KNOWN.get(name)
        if found is None:
            values = {letter: inner.letter(letter) for letter in _used(link)}
            top, bottom = (
                inner._composed(link[part], values) for part in ("numerator", "denominator")
            )
            found = _kept(name, top / bottom)
        return found

    def _composed(self, table, values):
        total = self.constant(0)
        for exponents, coefficient in table["terms"]:
            term = self.constant(coefficient)
            for name, exponent in zip(table["variables"], exponents, strict=True):
                if exponent:
                    term = term * values[name] ** exponent
            total = total + term
        return total

    def _lifted(self, quotient):
        """A quotient in some of the coordinates, in all of them."""
        ring = self.field.ring
        parts = (part.set_ring(ring) for part in (quotient.numer, quotient.denom))
        return Quotient(self.field, *parts)

    def value(self, expression, solved):
        """An expression, in the coordinates that it rests on.

        solved: {letter: what it is solved for}; what is solved for first may hold what is solved
        for later.
        """
        needed = set(expression.free_symbols)
        for symbol, solution in solved.items():
            if symbol in needed:
                needed |= solution.free_symbols
        inner = self.under(str(symbol) for symbol in needed - solved.keys())
        used = tuple((symbol, solution) for symbol, solution in solved.items() if symbol in needed)
        name = expression, used, inner.identity
        found = KNOWN.get(name)
        if found is None:
            known = {symbol: inner._known(symbol, solved) for symbol in expression.free_symbols}
            found = _kept(name, over(expression, known, inner.constant))
        return found

    def _known(self, symbol, solved):
        if symbol in solved:
            return self._lifted(self.value(solved[symbol], solved))
        return self.letter(str(symbol))


def _used(link):
    """The letters that an image is written in."""
    return {*link["numerator"]["variables"], *link["denominator"]["variables"]}


@lru_cache(maxsize=512)
def _field(names):
    # A field has a letter at least, also where nothing is spoken of.
    return sympy.QQ.frac_field(*map(sympy.Symbol, names or ("nothing",))).field


def _kept(name, value):
    if len(KNOWN) >= MOST_KEPT:
        KNOWN.clear()
    KNOWN[name] = value
    return value
