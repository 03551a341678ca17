"""The expansion of a quantity."""

from dataclasses import dataclass
from fractions import Fraction

import sympy

from symrisk.engine.expansion.ground import Split
from symrisk.engine.expansion.series import Terms, first_terms
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, NoMethod, SymriskError
from symrisk.language.made.made import Made, accuracy_of
from symrisk.language.names.graph import Graph
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region

DIGITS = 50
PLACES, TRIES = 2, 60
"""Points at which an expansion is confirmed, and how many are tried."""
NEAR = (12, 48)
"""How close to the point: 10^-12 and 10^-48 away, or at 10^12 and 10^48."""


@dataclass(frozen=True, repr=False)
class Series(Made):
    """The first terms of a quantity as a name comes to a point from one side, up to an order.

    It is confirmed to 50 digits at points before it is handed out; NoMethod where it can't be
    derived, or is not the same all over the region.
    """

    of: Quantity
    name: sympy.Symbol
    point: sympy.Expr
    side: str
    order: sympy.Rational
    within: Region

    def __post_init__(self):
        if self.name in self._where_moves(self.name).lookup:
            remedy = f".given({self.name}) makes it an input that may move"
            raise ArgumentError(f"{self.of.title} defines {self.name}; {remedy}")
        if self.point.has(self.name):
            wrong = f"{self.name} does not come to {self.point}, which it stands in"
            raise ArgumentError(f"{self.of.title}: {wrong}")

    @property
    def on(self):
        return self.of.on & self.within

    @property
    def accuracy(self):
        own = accuracy_of(self.of)
        left_out = f"asymptotic, O({tex.plain(self._power(self.terms.next))})"
        return left_out if own == "exact" else f"{own}; {left_out}"

    @cached_property
    def terms(self) -> Terms:
        """{power of the distance: coefficient}, and what is left out."""
        found = self._read()
        _Confirmed(self, found).check()
        return found

    @cached_property
    def graph(self):
        found = self.terms
        return Graph(self.sum_of(found), (*self._still_defined(), *found.roots))

    def sum_of(self, found: Terms) -> sympy.Expr:
        """The terms together."""
        parts = [c * self._power(power) for power, c in found.powers]
        return sympy.Add(*parts)

    def _still_defined(self):
        """The implicit names that stay where they are, for coefficients may speak of them."""
        roots = self.of.roots.items()
        return [(n, root) for n, root in roots if self.name not in root.free_symbols]

    @property
    def distance(self) -> sympy.Expr:
        """How far the name is from its point; one over it, where that is infinite."""
        sign = 1 if self.side == "+" else -1
        if self.point.is_infinite:
            return -sign / self.name
        return sign * (self.name - self.point)

    def _power(self, power):
        if self.point.is_infinite and self.side == "-":
            return self.name**-power
        return self.distance**power

    # Derived

    @cached_property
    def _premises(self):
        """(hypotheses that the name is not in, {name: value} that equations among them give)."""
        region = self.of.domain & self.within
        put, kept = {}, []
        for relation in region.premises:
            slack = relation.slack.xreplace(put)
            found = _solved(slack, self.name) if relation.rel == "==" else None
            if found is not None:
                name, value = found
                put = {n: v.xreplace({name: value}) for n, v in put.items()}
                put[name] = value
            elif not relation.slack.has(self.name) and not relation.roots:
                kept.append(relation)
        return kept, put

    def _read(self):
        kept, put = self._premises
        expression = self.of.expanded.xreplace(put)
        roots = {n: root.xreplace(put) for n, root in self.of.roots.items()}
        point = self.of.graph.expand(self.point).xreplace(put)
        if expression.has(sympy.Piecewise):
            raise NoMethod(f"{self.title}: a definition by cases is not expanded")
        tends = self.name, point, 1 if self.side == "+" else -1
        region = Region(*(r.changed(lambda side: side.xreplace(put)) for r in kept))

        def sign(expression, held):
            return _sign(region, expression, held)

        try:
            return first_terms(expression, roots, tends, self.order, sign)
        except Split as split:
            wrong = f"it is not the same for all signs of {split.core}"
            raise NoMethod(f"{self.title}: {wrong}; say with on= where it is wanted") from None
        except ZeroDivisionError:
            raise NoMethod(f"{self.title}: there is no value close to the point") from None

    # In print

    @property
    def title(self):
        side = "" if self.point.is_infinite else self.side
        point = tex.text(self.point)
        return f"{self.of.title} to order {self.order} as {self.name} -> {point}{side}"

    def head_latex(self) -> str:
        """The terms, with what is left out behind them."""
        parts = [tex.latex(c * self._power(power)) for power, c in self.terms.powers]
        parts.append(f"O\\left({tex.latex(self._power(self.terms.next))}\\right)")
        return " + ".join(parts).replace("+ -", "- ")

    def latex(self) -> str:
        """What is expanded, its terms with what is left out, and what their names stand for."""
        head = f"{self.of.head_latex()} &= {self.head_latex()}"
        return tex.aligned([head, *self._where_lines()])

    is_sum = True


def _solved(slack, moving):
    """(a name, its value) where a polynomial vanishes, linear in it with a number before it."""
    if slack.has(moving) or not slack.is_polynomial():
        return None
    for name in sorted(slack.free_symbols, key=str, reverse=True):
        parts = sympy.Poly(slack, name).all_coeffs()
        if len(parts) == 2 and parts[0].is_number:
            return name, sympy.expand(-parts[1] / parts[0])
    return None


def _sign(region, expression, held):
    """The strict sign of an expression on a region; Split where it has none."""
    space = region.space(expression, roots=held)
    ratio = space.convert(expression)
    signs = {cell.sign(ratio.num) * cell.sign(ratio.den) for cell in space.cells()}
    if len(signs) == 1:
        (found,) = signs
        if found.value and found.strict:
            return int(found.value)
    raise Split(expression)


class _Confirmed:
    """A series held against the quantity itself, at exact points ever closer to the point."""

    def __init__(self, series, found):
        self.series, self.found, self.of = series, found, series.of
        if any(e.has(Mean) for e in (self.of.expanded, *(c for _, c in found.powers))):
            raise NoMethod(f"{series.title}: over a law that is a letter; at Atoms it is derived")

    def check(self):
        """NoMethod where digits do not confirm the terms, or at no point can be seen to."""
        seen = 0
        for number in range(TRIES):
            place = self._place(number)
            try:
                gaps = [self._gap(place, power) for power in NEAR]
            except SymriskError:
                continue
            if not self._falls(*gaps):
                raise NoMethod(f"{self.series.title}: digits do not confirm it at {place}")
            seen += 1
            if seen == PLACES:
                return
        raise NoMethod(f"{self.series.title}: no point was found at which digits confirm it")

    def _place(self, number):
        """Exact values of the other names, simple ones, of many sizes."""
        _, put = self.series._premises
        names = sorted(self.of.graph.reached()[0] - {self.series.name}, key=str)
        place, state = {}, 7919 * number + 1
        for name in names:
            state = (state * 48271) % 2147483647
            whole = sympy.Integer(state % 9 + 1)
            place[name] = whole if name.is_integer else whole * sympy.Rational(1, state % 7 + 1)
        return {**place, **{n: v.xreplace(place) for n, v in put.items() if n in place}}

    def _gap(self, place, power):
        """How far the terms are from the quantity, 10^-power from the point."""
        series = self.series
        sign = 1 if series.side == "+" else -1
        near = sympy.Integer(10) ** power
        moved = -sign * near if series.point.is_infinite else None
        if moved is None:
            moved = self.of.graph.expand(series.point).xreplace(place) + sign / near
        point = {str(n): Fraction(int(v.p), int(v.q)) for n, v in place.items()}
        point[series.name.name] = Fraction(int(moved.p), int(moved.q))
        digits = DIGITS + int(sympy.ceiling(2 * power * (abs(self.found.next) + 2)))
        exact = self.of.digits(digits, **point)
        near_by = _Sum(series, self.found).digits(digits, **point)
        return abs(Fraction(exact) - Fraction(near_by))

    def _falls(self, far, near):
        """Whether the gap falls as the power of the distance that is left out, or faster: a wrong
        coefficient before it would leave far more than ten times that.
        """
        steps = NEAR[1] - NEAR[0]
        fall = Fraction(10) ** (1 - int(sympy.floor(steps * self.found.next)))
        return near <= far * fall


@dataclass(frozen=True, repr=False)
class _Sum(Made):
    """The terms of a series that nothing has confirmed yet."""

    of: Series
    found: Terms

    @property
    def on(self):
        return self.of.on

    @property
    def accuracy(self):
        return "exact"

    @cached_property
    def law_hypotheses(self):
        return ()

    @cached_property
    def graph(self):
        return Graph(self.of.sum_of(self.found), (*self.of._still_defined(), *self.found.roots))

    def demands_given(self, names):
        """Nothing that the terms do not need themselves."""
        return Quantity.demands_given(self, names)

    @property
    def title(self):
        return self.of.title
