"""Regions: hypotheses, nothing else; from them bounds, cells and coordinates are derived."""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine.cells.space import Space
from symrisk.engine.expressions import tex
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import DomainError
from symrisk.language.bounds import Bounds
from symrisk.language.chart import Chart
from symrisk.language.names.together import written_together
from symrisk.language.relation import Relation, as_relations, refuse_complex_sides
from symrisk.symbols import refuse_unhandled


@dataclass(frozen=True, init=False, repr=False)
class Region(Noun):
    """The points at which hypotheses hold.

    Parameters: relations between expressions or formulas (``n1 + n2 < p``,
    ``ssr < ssr_threshold``); ``over``: further symbols that belong to it.  For a positive letter
    SymPy makes ``a > 0`` plain True and the letter is lost: write ``Region(over=(a,))``.  The sign
    in a symbol's meaning (``n1 >= 0``) is a hypothesis without being written.  An author's own
    ``chart`` (variable -> expression in new positive symbols) with its ``inverse`` replaces the
    derived coordinates once it is verified, at first use.

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
        relations = []
        for hypothesis in hypotheses:
            relations += as_relations(hypothesis)
        for relation in relations:
            refuse_complex_sides(relation)
        refuse_unhandled("Region", over)
        object.__setattr__(self, "hypotheses", tuple(dict.fromkeys(relations)))
        object.__setattr__(self, "over", tuple(dict.fromkeys(over)))
        object.__setattr__(self, "chart", None if chart is None else Chart.of(chart, inverse))

    def __repr__(self):
        return f"Region({', '.join(map(repr, self.hypotheses))})"

    def __and__(self, other) -> "Region":
        """Regions intersect by joining hypotheses."""
        other = other if isinstance(other, Region) else Region(other)
        joined = Region(*self.hypotheses, *other.hypotheses, over=(*self.over, *other.over))
        charted = self if self.chart else other
        # Another hypothesis cuts a part off that the chart would go on to cover.
        is_whole = joined.hypotheses == charted.hypotheses
        return joined.charted(charted.chart) if is_whole else joined

    def charted(self, chart: Chart | None) -> "Region":
        """The same region with an author's chart (or with None, the derived coordinates)."""
        copy = Region(*self.hypotheses, over=self.over)
        object.__setattr__(copy, "chart", chart)
        return copy

    def renamed(self, names: Mapping) -> "Region":
        """The same region, some names of its expressions changed.

        Formulas in its hypotheses have names of their own.
        """
        if not names:
            return self
        moved = [r.changed(lambda side: side.xreplace(names)) for r in self.hypotheses]
        return Region(*moved, over=self.over).charted(self.chart)

    @property
    def premises(self) -> tuple[Relation, ...]:
        """The hypotheses, and those under which the formulas in them hold.

        Where two define a name differently, the names are told apart.
        """
        return self._premises_and_roots[0]

    @cached_property
    def roots(self) -> dict:
        """The implicit names that the premises use, name -> Unknown."""
        return self._premises_and_roots[1]

    @cached_property
    def _premises_and_roots(self):
        roots = {}
        return self.premises_beside(roots), roots

    def premises_beside(self, roots: dict) -> tuple[Relation, ...]:
        """The premises, implicit names told apart from those in `roots`.

        `roots` gets their definitions.  A premise in which nothing is renamed is kept as it is.
        """
        premises = []
        written = written_together(self.assumed, roots)
        for relation, (left, right) in zip(self.assumed, written, strict=True):
            is_kept = relation.expanded == (left, right)
            premises.append(relation if is_kept else Relation(left, relation.rel, right))
        return tuple(premises)

    @cached_property
    def assumed(self) -> tuple[Relation, ...]:
        """The hypotheses, and those under which the formulas in them hold, as they were written."""
        found = list(self.hypotheses)
        for relation in self.hypotheses:
            for side in relation.compared:
                found += side.assumed
        return tuple(dict.fromkeys(found))

    @cached_property
    def symbols(self) -> tuple:
        """Every symbol that a hypothesis names, or that the region is declared over."""
        named = set(self.over).union(*(r.slack.free_symbols for r in self.premises))
        return tuple(sorted(named - set(self.roots), key=str))

    @property
    def conditions(self) -> list[tuple[sympy.Expr, bool]]:
        """Pairs (expression, strict): expression > 0, or >= 0."""
        pairs = [(r.slack, r.strict) for r in self.premises]
        return pairs + [(-r.slack, False) for r in self.premises if r.rel == "=="]

    def space(
        self, *expressions, roots=None, keep=None, independent=False, with_functions=False
    ) -> Space:
        """Exact arithmetic over this region, for the expressions named; see `engine.space`."""
        over = [s for s in self.over if getattr(s, "kind", None) != "law"]
        known = {**self.roots, **(roots or {})}
        named = (*expressions, *over)
        space = Space(self.conditions, named, known, keep, independent, with_functions)
        if self.chart is not None:
            self.chart.install(space)
        return space

    @cached_property
    def cells(self) -> tuple[Bounds, ...]:
        """The cells of the region, each a chain of bounds with its coordinates."""
        space = self.space()
        return tuple(Bounds(space, cell) for cell in space.cells(None))

    def interval(self, x: sympy.Symbol) -> tuple[Bounds, ...]:
        """The cells with x last: in each, x runs between bounds in the other variables."""
        if x not in self.symbols:
            over = ", ".join(map(str, self.symbols)) or "nothing"
            raise DomainError(f"{x} is no symbol of the region, which is over {over}")
        space = self.space(x)
        return tuple(Bounds(space, cell) for cell in space.cells(x))

    @cached_property
    def bare(self) -> Space:
        """The space of the hypotheses alone.

        A symbol that none speaks of takes every value, and is left out.
        """
        if self.chart is not None:
            return self.space()
        return Space(self.conditions, (), self.roots)

    def latex(self) -> str:
        """The hypotheses as LaTeX, side by side."""
        return ",\\; ".join(r.latex() for r in self.hypotheses)

    def _repr_latex_(self):
        return tex.display(self.latex()) if self.hypotheses else None
