"""Quantities: what can be evaluated, compared and printed."""

from itertools import filterfalse

from symrisk.engine.algebra.generators import Stationary
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import varies
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import ArgumentError
from symrisk.language.call import evaluation
from symrisk.language.call.plan import region_only
from symrisk.language.expression import exact_expression
from symrisk.language.implicit import definition_latex
from symrisk.language.inputs import Inputs, default_of
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.region import Region
from symrisk.language.relation import FLIPPED, Relation
from symrisk.laws.law import Law


class Quantity(Noun):
    """What can be evaluated, differentiated, compared and printed: a formula, or something made from formulas.

    Calls, `digits` and `ball` may be made from any number of threads: grids run side by side, balls take turns, and no global
    precision is left changed.

    Subclasses give `graph` (a head and definitions), `on` (the Region it holds on), `accuracy`, `title` and `at`; and in
    `beyond`, pairs (hypothesis of `on`, what is to be said of the points where it fails).
    """

    beyond = ()

    def __call__(self, /, *, outside="raise", backend=None, **values):
        """The value at given names: NumPy broadcasting, arrays in, an array out; numbers in, a float out.

        Any name of the graph may be given; what it defines is then not used.  Every point is checked against the
        region: DomainError names the rule and the first offender (``outside="nan"`` puts nan there instead).  ArgumentError
        for names unknown, missing or not needed, and for values that are not real numbers.  ``backend="numba"`` compiles
        to machine code (the [fast] extra); by default that happens for a formula asked for millions of points.

        AccuracyWarning says where rounding has left fewer than eleven digits right, at the floats given, taken for exact.  It is
        found by a bound of the rounding error, and confirmed in balls: at every point of up to 64, on larger grids at some that
        are spread evenly and at the extremes.  Where a law has more than 4096 atoms nothing is looked at; see `digits_lost`.
        """
        quantity, numbers = self._with_laws(values)
        return evaluation.on_grid(quantity, numbers, outside, backend)

    def digits_lost(self, /, **values):
        """How many decimal digits rounding costs the value: 0 where the float is right to the last bit, 16 where no digit is.

        The value that is called for is held against the exact one at the same floats: the loss is that of the steps in between,
        not that of rounding the inputs.  Arrays broadcast; every point is looked at in balls, which takes a fraction of a
        millisecond each, and is nan where balls don't settle it.

        >>> from symrisk.theorems.transfer.concept_shift import pooled_risk
        >>> pooled_risk.digits_lost(n1=180, n2=100, p=600, snr=5, ssr=0.2) < 1
        True
        """
        quantity, numbers = self._with_laws(values)
        return evaluation.digits_lost(quantity, numbers)

    def digits(self, digits=30, /, **values):
        """The value correctly rounded to `digits` significant digits, as a Decimal.

        Values are exact: int, Fraction, Rational, Decimal or a string ('0.2', '1/5'); a binary float is refused.
        Rational results take an exact path; others are enclosed in balls until their rounding is settled, and NotConverged
        is raised where it can't be (an irrational value that is zero, or a tie).
        """
        quantity, numbers = self._with_laws(values)
        return evaluation.to_digits(quantity, digits, numbers)

    def ball(self, digits=30, /, **values):
        """A rigorous enclosure, of radius about 10^-digits relative; values exact, as for `digits`."""
        quantity, numbers = self._with_laws(values)
        return evaluation.to_ball(quantity, digits, numbers)

    def _with_laws(self, values):
        """The quantity with given laws put in, and the other values."""
        laws = {name: value for name, value in values.items() if isinstance(value, Law)}
        symbols = {s.name: s for s in self.graph.names}
        for name in laws:
            if getattr(symbols.get(name), "kind", "law") != "law":
                raise ArgumentError(f"{name} is a number; not a law")
        for name, value in values.items():
            if name not in laws and getattr(symbols.get(name), "kind", None) == "law":
                raise ArgumentError(f"{name} is a law: Atoms({{eigenvalue: weight}}) or Empirical(eigenvalues); not {value!r}")
        known = {symbols[name]: law for name, law in laws.items() if name in symbols}
        return self.at(known) if known else self, {n: v for n, v in values.items() if n not in laws or n not in symbols}

    def values(self, /, **values):
        """Every name the value rests on, and its own, at one point: a dict of floats, and of laws as they were given."""
        quantity, numbers = self._with_laws(values)
        laws = {name: value for name, value in values.items() if name not in numbers}
        return {**laws, **evaluation.all_names(quantity, numbers, self.title)}

    @property
    def inputs(self):
        """The names a call needs, each with its meaning, kind and default."""
        names = self.graph.reached()[0] | region_only(self)
        return Inputs(sorted(names, key=lambda s: (default_of(s) is not None, s.name)))

    def __lt__(self, other):
        return _related(self, "<", other)

    def __le__(self, other):
        return _related(self, "<=", other)

    def __gt__(self, other):
        return _related(self, ">", other)

    def __ge__(self, other):
        return _related(self, ">=", other)

    @property
    def expanded(self):
        """The value as one expression in inputs and implicit names."""
        return self.graph.expanded

    @property
    def roots(self):
        """The implicit names in `expanded`, name -> Root."""
        return self.graph.roots

    @cached_property
    def domain(self):
        """Where it holds, in its own names: `on`, and what the letters of its laws must be for them to be laws."""
        return self.on & Region(*self.law_hypotheses) if self.law_hypotheses else self.on

    @cached_property
    def law_hypotheses(self) -> tuple:
        """What the letters of its laws must be for them to be laws, also of a law that goes away in a derivative."""
        return hypotheses_of_laws(self.graph.explicit)

    @cached_property
    def region(self):
        """The region it holds on, in inputs: definitions written out, every input a symbol of it."""
        hypotheses = [written_out(self.graph, relation) for relation in self.domain.hypotheses]
        over = (*self.on.over, *sorted(self.own_symbols, key=str))
        return Region(*hypotheses, over=over).charted(self.on.chart)

    @cached_property
    def demands(self) -> tuple:
        """What must hold for it to have a value, in inputs and implicit names; see `engine.demands`."""
        return self.demands_given(frozenset())

    def demands_given(self, names: frozenset) -> tuple:
        """The demands where some of its names are inputs, whatever defines them."""
        return self.graph.without(names).demands

    @property
    def own_symbols(self):
        """The inputs it is a function of, those among them that its value needs and does not depend on."""
        written = [part.free_symbols for root in self.roots.values() for part in root.equations]
        needed = [set(filterfalse(varies, demand.free_symbols)) for demand in self.demands]
        solved = {demand.root.unknown for demand in self.demands if demand.root is not None}
        return self.expanded.free_symbols.union(*written, *needed) - solved - set(self.roots)

    def latex(self):
        """The definition, and under it, in the author's order, what its names stand for."""
        return tex.aligned([f"{self.head_latex()} &= {tex.latex(self.written.head)}", *self._where_lines()])

    @property
    def written(self):
        """The graph as it is printed."""
        return self.graph

    @property
    def where_used(self):
        """(name, definition) of what the value rests on, in the author's order; the unknowns of one potential together."""
        lookup, used = self.written.lookup, self.written.reached()[1]
        together = {c for name in used if isinstance(lookup[name], Stationary) for c in lookup[name].potential.unknowns}
        return [(name, body) for name, body in self.written.definitions if name in used | together]

    def _where_lines(self):
        lines = list(dict.fromkeys(definition_latex(name, body) for name, body in self.where_used))
        return [f"\\text{{where}}\\quad {line}" if i == 0 else line for i, line in enumerate(lines)]

    def head_latex(self):
        """How the quantity is written where it is spoken of."""
        return tex.latex(self.graph.head)

    def _repr_latex_(self):
        return tex.display(self.latex())


def _related(left, rel, right):
    """`ssr < threshold` reaches the formula as `threshold > ssr`: the letter goes back to the left."""
    right = right if isinstance(right, Quantity) else exact_expression("hypothesis", right)
    return Relation(right, FLIPPED[rel], left) if getattr(right, "is_Symbol", False) else Relation(left, rel, right)


def written_out(graph, relation):
    """A hypothesis in a graph's names, in inputs; a side that is a quantity stays as it is."""
    left, right = (side if isinstance(side, Quantity) else graph.expand(side) for side in (relation.lhs, relation.rhs))
    return Relation(left, relation.rel, right)
