"""Regions: hypotheses, nothing else; from them bounds, cells and coordinates are derived."""

from dataclasses import dataclass

import sympy

from symrisk.engine.cells.space import Space
from symrisk.engine.expressions import tex
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import DomainError
from symrisk.language.chart import Chart
from symrisk.language.relation import Relation, as_relations, read_together
from symrisk.symbols import refuse_unhandled


@dataclass(frozen=True, init=False, repr=False)
class Region(Noun):
    """The points at which hypotheses hold.

    Parameters: relations between expressions or formulas (``n1 + n2 < p``, ``ssr < ssr_threshold``); ``over``: further
    symbols that belong to it.  For a positive letter SymPy makes ``a > 0`` plain True and the letter is lost: write
    ``Region(over=(a,))``.  The sign in a symbol's meaning (``n1 >= 0``) is a hypothesis without being written.  An author's own
    ``chart`` (variable -> expression in new positive symbols) with its ``inverse`` replaces the derived
    coordinates once it is verified, at first use.

    Raises DomainError for a hypothesis that can't hold, ArgumentError for what is not one.

    >>> from symrisk.symbols import n1, n2, p
    >>> overparametrised = Region(n1 + n2 < p)
    >>> print(overparametrised.cells[0])
    0 <= n2, 0 <= n1, n1 + n2 < p
    >>> overparametrised.cells[0].coordinates
    {n2: s_n2, n1: s_n1, p: n1 + n2 + s_p}
    """

    hypotheses: tuple
    over: tuple = ()
    chart: object = None

    def __init__(self, *hypotheses, over=(), chart=None, inverse=None):
        relations = [r for h in hypotheses for r in as_relations(h)]
        refuse_unhandled("Region", over)
        object.__setattr__(self, "hypotheses", tuple(dict.fromkeys(relations)))
        object.__setattr__(self, "over", tuple(dict.fromkeys(over)))
        object.__setattr__(self, "chart", None if chart is None else Chart.of(chart, inverse))

    def __repr__(self):
        return f"Region({', '.join(map(repr, self.hypotheses))})"

    def __and__(self, other):
        """Regions intersect by joining hypotheses."""
        other = other if isinstance(other, Region) else Region(other)
        joined = Region(*self.hypotheses, *other.hypotheses, over=(*self.over, *other.over))
        charted = self if self.chart else other
        return joined.charted(charted.chart) if joined.hypotheses == charted.hypotheses else joined

    def charted(self, chart):
        """The same region with an author's chart (or with None, the derived coordinates)."""
        object.__setattr__(copy := Region(*self.hypotheses, over=self.over), "chart", chart)
        return copy

    def renamed(self, names):
        """The same region, some names of its expressions changed; formulas in its hypotheses have their own."""
        if not names:
            return self

        def moved(side):
            return side if hasattr(side, "graph") else sympy.sympify(side).xreplace(names)

        hypotheses = (Relation(moved(r.lhs), r.rel, moved(r.rhs)) for r in self.hypotheses)
        return Region(*hypotheses, over=self.over).charted(self.chart)

    @property
    def premises(self):
        """The hypotheses, and those under which the formulas in them hold; where two define a name differently, told apart."""
        return self._read[0]

    @cached_property
    def _read(self):
        """(premises, the implicit names that they use, name -> Root)."""
        known = {}
        return self.premises_beside(known), known

    def premises_beside(self, known):
        """The premises, implicit names told apart from those in `known`; it gets their definitions.

        A premise in which nothing is renamed is kept as it is.
        """
        read = read_together(self._unread, known)
        return tuple(r if r.expanded == (plain.lhs, plain.rhs) else plain for r, plain in zip(self._unread, read, strict=True))

    @cached_property
    def _unread(self):
        """The hypotheses, and those under which the formulas in them hold, as they were written."""
        sides = [side for r in self.hypotheses for side in (r.lhs, r.rhs) if hasattr(side, "region")]
        return tuple(dict.fromkeys([*self.hypotheses, *(r for side in sides for r in side.region._unread)]))

    @cached_property
    def symbols(self):
        """Every symbol that a hypothesis names, or that the region is declared over."""
        named = set(self.over).union(*(r.slack.free_symbols for r in self.premises))
        return tuple(sorted(named - set(self.roots), key=str))

    @cached_property
    def roots(self):
        return self._read[1]

    @property
    def conditions(self):
        """Pairs (expression, strict): expression > 0, or >= 0."""
        pairs = [(r.slack, r.strict) for r in self.premises]
        return pairs + [(-r.slack, False) for r in self.premises if r.rel == "=="]

    def space(self, *expressions, roots=None, keep=None, independent=False):
        """Exact arithmetic over this region, for the expressions named; see `engine.space`."""
        over = tuple(s for s in self.over if getattr(s, "kind", None) != "law")
        space = Space(self.conditions, (*expressions, *over), {**self.roots, **(roots or {})}, keep, independent)
        if self.chart is not None:
            self.chart.install(space)
        return space

    @cached_property
    def cells(self):
        """The cells of the region, each a chain of bounds with its coordinates."""
        return self._cells(None)

    def interval(self, x):
        """The cells with x last: in each, x runs between bounds in the other variables."""
        if x not in self.symbols:
            raise DomainError(f"{x} is no symbol of the region, which is over {', '.join(map(str, self.symbols)) or 'nothing'}")
        return self._cells(x)

    @cached_property
    def bare(self):
        """The space of the hypotheses alone: a symbol that none speaks of takes every value, and is left out."""
        return Space(self.conditions, (), self.roots) if self.chart is None else self.space()

    def _cells(self, last):
        space = self.space() if last is None else self.space(last)
        return tuple(Cell(space, cell) for cell in space.cells(last))

    def latex(self):
        return ",\\; ".join(r.latex() for r in self.hypotheses)

    def _repr_latex_(self):
        return f"$\\displaystyle {self.latex()}$"


class Cell:
    """A cell as one reads it: `str` gives the chain of bounds, `coordinates` the map from positive coordinates."""

    def __init__(self, space, chain):
        self.space, self.chain = space, chain

    def __str__(self):
        return ", ".join(self._bounds(link) for link in self.chain.links) + self._side()

    __repr__ = __str__

    def _bounds(self, link):
        name = self.space.field.symbols[link.variable]
        if link.coordinate is None:
            return f"{name} = {link.image.expression()}"
        low = f"{tex.text(self._value(link.lower))} {_rel(link.lower)} " if link.lower else ""
        high = f" {_rel(link.upper)} {tex.text(self._value(link.upper))}" if link.upper else ""
        return f"{low}{name}{high}"

    @staticmethod
    def _value(bound):
        return sympy.factor(bound.value.expression())

    def _value_latex(self, bound):
        return tex.latex(self._value(bound))

    def _side(self):
        return "".join(f", {self.space.field.polynomial(c.poly)} {'>' if c.strict else '>='} 0" for c in self.chain.side)

    @property
    def lower(self):
        """The lower bound of the chain's last variable, or None."""
        bound = self.chain.links[-1].lower
        return None if bound is None else self._value(bound)

    @property
    def upper(self):
        """The upper bound of the chain's last variable, or None."""
        bound = self.chain.links[-1].upper
        return None if bound is None else self._value(bound)

    @property
    def coordinates(self):
        """variable -> its expression in earlier variables and its own coordinate s_variable (positive, or >= 0)."""
        return {self.space.field.symbols[link.variable]: link.image.expression() for link in self.chain.links}

    def latex(self):
        return ",\\; ".join(self._latex(link) for link in self.chain.links)

    def _latex(self, link):
        name = tex.latex(self.space.field.symbols[link.variable])
        if link.coordinate is None:
            return f"{name} = {tex.latex(sympy.factor(link.image.expression()))}"
        low = f"{self._value_latex(link.lower)} {tex.RELATIONS[_rel(link.lower)]} " if link.lower else ""
        high = f" {tex.RELATIONS[_rel(link.upper)]} {self._value_latex(link.upper)}" if link.upper else ""
        return f"{low}{name}{high}"

    def _repr_latex_(self):
        return f"$\\displaystyle {self.latex()}$"


def _rel(bound):
    return "<=" if bound.closed else "<"
