"""Quantities: what can be evaluated, compared and printed."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import filterfalse
from typing import Never, TypeAlias, overload

import numpy as np
import sympy
from numpy.typing import NDArray

from symrisk.engine.balls.ball import Ball
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import varies
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.language import told
from symrisk.language.by_name import by_name
from symrisk.language.call import conventions, evaluation
from symrisk.language.call.plan import region_only
from symrisk.language.expression import as_given
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.law_wanted import law_wanted
from symrisk.language.names.inputs import Inputs, default_of
from symrisk.language.names.printed import definition_latex, solved_first
from symrisk.language.region import Region
from symrisk.language.relation import FLIPPED, Relation
from symrisk.language.side import Side
from symrisk.laws.law import Law
from symrisk.symbols import is_held

# SymPy has no types of its own: its numbers pass any of these, and named here would let all pass.
Scalar: TypeAlias = int | float | Fraction | Decimal | np.number | str
"""A number as a call takes it, also as text ("0.2", "1/5"): a float comes back."""
Array: TypeAlias = np.ndarray | list | tuple
"""Numbers as a call takes them: an array comes back."""
Exact: TypeAlias = int | Fraction | Decimal | str
"""A number as `digits` and `ball` take it: what it is exactly is known."""


class Quantity(Side):
    """What can be evaluated, differentiated, compared and printed.

    It is a formula, or something made from formulas.  Calls, `digits` and `ball` may be made from
    any number of threads: grids run side by side, balls take turns, and no global precision is left
    changed.

    Subclasses give `graph` (a head and definitions), `on` (the Region it holds on), `accuracy`,
    `title` and `at`; and in `beyond`, pairs (hypothesis of `on`, what is to be said of the points
    where it fails).
    """

    beyond = ()
    meaning = ""
    """What it stands for, in words."""
    source = None
    """The Theorem that states it, where one does."""
    excess_over: sympy.Symbol | None = None
    """The noise variance of a fresh label, where it is an excess risk over that."""

    __signature__ = told.OfEach(told.called)

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        # help(Formula) tells what a formula is, help(pooled_risk) what the pooled risk is
        cls.__doc__ = told.OfEach(told.description, cls.__doc__)

    @overload
    def __call__(  # type: ignore[overload-overlap]  # a number broadcasts as an array of none does
        self,
        /,
        *,
        outside: str = "raise",
        backend: str | None = None,
        total: bool = False,
        **values: Scalar | Law,
    ) -> float: ...

    @overload
    def __call__(
        self,
        /,
        *,
        outside: str = "raise",
        backend: str | None = None,
        total: bool = False,
        **values: Scalar | Array | Law,
    ) -> NDArray[np.float64]: ...

    def __call__(self, /, *unnamed, outside="raise", backend=None, total=False, **values):
        """The value at given names.

        NumPy broadcasting: arrays in, an array out; numbers in, a float out.  A number may be
        exact text ("0.2", "1/5"), of which the nearest float is taken.  Any name of the graph
        may be given; what it defines is then not used.  Every point is checked against the region:
        DomainError names the rule and the first offender (``outside="nan"`` puts nan there
        instead).  ArgumentError for names unknown, missing or not needed, and for values that are
        not real numbers.  A complex name takes complex numbers too, and a formula that may be
        complex gives them.  ``backend="numba"`` compiles to machine code (the [fast] extra); by
        default that happens for a formula asked for millions of points.

        A formula says its conventions in its help.  ``total=True`` adds the noise of a fresh label
        to an excess risk; a penalty ``lam`` may be given where the formula takes ``mu = n*lam``,
        and the reverse; RatioWarning for a ratio that looks like a percentage.

        AccuracyWarning says where rounding has left fewer than eleven digits right, at the floats
        given, taken for exact.  It is found by a bound of the rounding error, and confirmed in
        balls: at every point of up to 64, on larger grids at some that are spread evenly and at the
        extremes.  Where a law has more than 4096 atoms nothing is looked at; see `digits_lost`.
        """
        self._refuse_unnamed(unnamed)
        quantity, numbers = self._asked(values, total)
        return evaluation.on_grid(quantity, numbers, outside, backend)

    @by_name(told.called_at)
    def digits_lost(
        self, /, *unnamed: Never, total: bool = False, **values: Scalar | Array | Law
    ) -> float | NDArray[np.float64]:
        """How many decimal digits rounding costs the value.

        It is 0 where the float is right to the last bit, 16 where no digit is.  The value that is
        called for is held against the exact one at the same floats: the loss is that of the steps
        in between, not that of rounding the inputs.  Arrays broadcast; every point is looked at in
        balls, which takes a fraction of a millisecond each, and is nan where balls don't settle it.

        >>> from symrisk.theorems.transfer.concept_shift import pooled_risk
        >>> pooled_risk.digits_lost(n1=180, n2=100, p=600, snr=5, ssr=0.2) < 1
        True
        """
        self._refuse_unnamed(unnamed)
        quantity, numbers = self._asked(values, total)
        return evaluation.digits_lost(quantity, numbers)

    @by_name(told.called_for_digits)
    def digits(
        self, digits: int = 30, /, *unnamed: Never, total: bool = False, **values: Exact | Law
    ) -> Decimal:
        """The value correctly rounded to `digits` significant digits.

        Values are exact: int, Fraction, Rational, Decimal or a string ('0.2', '1/5'); a binary
        float is refused.  Rational results take an exact path; others are enclosed in balls until
        their rounding is settled, and NotConverged is raised where it can't be (an irrational value
        that is zero, or a tie).  A complex name takes text such as '1+0.2i'; of a complex value
        both parts are given, as a ComplexValue.
        """
        self._refuse_unnamed(unnamed)
        quantity, numbers = self._asked(values, total)
        return evaluation.to_digits(quantity, digits, numbers)

    @by_name(told.called_for_digits)
    def ball(
        self, digits: int = 30, /, *unnamed: Never, total: bool = False, **values: Exact | Law
    ) -> Ball:
        """A rigorous enclosure, of radius about 10^-digits relative.

        Values are exact, as for `digits`; of a complex value both parts are enclosed.
        """
        self._refuse_unnamed(unnamed)
        quantity, numbers = self._asked(values, total)
        return evaluation.to_ball(quantity, digits, numbers)

    def _refuse_unnamed(self, unnamed):
        """ArgumentError for values that do not say of which input they are."""
        if unnamed:
            raise ArgumentError(f"inputs go by name: {told.call(self)}")

    def _asked(self, values, total):
        """(the quantity that a call asks for, the values that are numbers)."""
        conventions.warn_of_percentages(self, values)
        return conventions.meant(self, values, total)._with_laws(values)

    def _with_laws(self, values):
        """The quantity with given laws put in, and the other values."""
        laws = {name: value for name, value in values.items() if isinstance(value, Law)}
        symbols = {s.name: s for s in self.graph.names}
        for name in laws:
            if getattr(symbols.get(name), "kind", "law") != "law":
                raise ArgumentError(f"{name} is a number; not a law")
        for name, value in values.items():
            if name not in laws and getattr(symbols.get(name), "kind", None) == "law":
                raise law_wanted(name, self.graph.bound, value)
        known = {symbols[name]: law for name, law in laws.items() if name in symbols}
        numbers = {n: v for n, v in values.items() if n not in laws or n not in symbols}
        return self.at(known) if known else self, numbers

    @by_name(told.called_at)
    def values(
        self, /, *unnamed: Never, total: bool = False, **values: Scalar | Law
    ) -> dict[str, float | Law]:
        """Every name the value rests on, and its own, at one point.

        A dict of floats, and of laws as they were given.
        """
        self._refuse_unnamed(unnamed)
        quantity, numbers = self._asked(values, total)
        laws = {name: value for name, value in values.items() if name not in numbers}
        return {**laws, **evaluation.all_names(quantity, numbers, self.title)}

    @property
    def over_stand_ins(self) -> tuple["Quantity", tuple]:
        """(the same over laws that only stand in, pairs of these and the laws in their place).

        What is planned for the one is planned for the other, whatever the numbers of the laws.
        """
        return self, ()

    @property
    def inputs(self) -> Inputs:
        """The names a call needs, each with its meaning, kind and default."""
        names = self.graph.reached()[0] | region_only(self)
        return Inputs(sorted(names, key=lambda s: (default_of(s) is not None, s.name)))

    def __lt__(self, other) -> Relation:
        return _related(self, "<", other)

    def __le__(self, other) -> Relation:
        return _related(self, "<=", other)

    def __gt__(self, other) -> Relation:
        return _related(self, ">", other)

    def __ge__(self, other) -> Relation:
        return _related(self, ">=", other)

    @property
    def expanded(self) -> sympy.Expr:
        """The value as one expression in inputs and implicit names."""
        return self.graph.expanded

    @property
    def roots(self) -> dict:
        """The implicit names in `expanded`, name -> Unknown, as a proof takes it."""
        return self.graph.roots

    @cached_property
    def domain(self) -> Region:
        """Where it holds, in its own names.

        That is `on`, and what the letters of its laws must be for them to be laws.
        """
        return self.on & Region(*self.law_hypotheses) if self.law_hypotheses else self.on

    @cached_property
    def law_hypotheses(self) -> tuple:
        """What the letters of its laws must be for them to be laws.

        Also of a law that goes away in a derivative.
        """
        return hypotheses_of_laws(self.graph.explicit)

    @cached_property
    def region(self) -> Region:
        """The region it holds on, in inputs.

        Definitions are written out, and every input is a symbol of it.
        """
        hypotheses = [r.changed(self.graph.expand) for r in self.domain.hypotheses]
        over = (*self.on.over, *sorted(self.own_symbols, key=str))
        return Region(*hypotheses, over=over).charted(self.on.chart)

    @property
    def assumed(self) -> tuple:
        """The relations under which it holds, in inputs, as they were written."""
        return self.region.assumed

    def narrowed(self, region: Region, names: Mapping) -> Region:
        """The part of a region on which it holds, some names of its own region changed."""
        return region & self.region.renamed(names)

    @cached_property
    def demands(self) -> tuple:
        """What must hold for it to have a value, in inputs and implicit names.

        See `engine.expressions.demands`.
        """
        return self.demands_given(frozenset())

    def demands_given(self, names: frozenset) -> tuple:
        """The demands where some of its names are inputs, whatever defines them."""
        return self.graph.without(names).demands

    @property
    def own_symbols(self) -> set:
        """The inputs it is a function of, and those that its value needs and does not depend on."""
        written = [part.free_symbols for root in self.roots.values() for part in root.equations]
        spoken = [filterfalse(is_held, demand.free_symbols) for demand in self.demands]
        needed = [set(filterfalse(varies, letters)) for letters in spoken]
        solved = {demand.root.unknown for demand in self.demands if demand.root is not None}
        return self.expanded.free_symbols.union(*written, *needed) - solved - set(self.roots)

    def latex(self) -> str:
        """The definition, and under it, in the author's order, what its names stand for.

        What a name solves stands before the first definition that uses it.
        """
        head = f"{self.head_latex()} &= {tex.latex(self.written.head)}"
        return tex.aligned([head, *self._where_lines()])

    @property
    def written(self):
        """The graph as it is printed."""
        return self.graph

    @property
    def where_used(self) -> list[tuple]:
        """(name, definition) of what the value rests on, in the author's order.

        What is solved for as a whole stands together, also where only some of it is used.
        """
        unknowns, used = self.written.unknowns, self.written.reached()[1]
        shown = set(used)
        for name in used & unknowns.keys():
            if unknowns[name].is_solved_whole:
                shown.update(unknowns[name].together)
        return [(name, body) for name, body in self.written.definitions if name in shown]

    def _where_lines(self):
        definitions = solved_first(self.where_used, self.written.head)
        lines = dict.fromkeys(definition_latex(name, body) for name, body in definitions)
        first = "\\text{where}\\quad "
        return [f"{first}{line}" if i == 0 else line for i, line in enumerate(lines)]

    def head_latex(self) -> str:
        """How the quantity is written where it is spoken of."""
        return tex.latex(self.graph.head)

    def _repr_latex_(self):
        return tex.display(self.latex())


def _related(left, rel, right):
    """`ssr < threshold` reaches the formula as `threshold > ssr`: the letter goes back left."""
    right = as_given("hypothesis", right)
    if isinstance(right, sympy.Symbol):
        return Relation(right, FLIPPED[rel], left)
    return Relation(left, rel, right)
