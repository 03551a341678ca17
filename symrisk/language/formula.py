"""Formulas: names defined by expressions, over a region."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.engine.noun import cached_property
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import ArgumentError
from symrisk.language.expression import exact_expression, refuse_namesakes
from symrisk.language.made import Node
from symrisk.language.names.graph import Graph
from symrisk.language.names.order import in_order
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import as_relations
from symrisk.symbols import refuse_unhandled


@dataclass(frozen=True, init=False, eq=True, repr=False)
class Formula(Node):
    """An explicit definition: a name, its expression, what its names stand for, where it holds.

    symbol: the name, a glossary symbol whose name is the variable the formula is bound to.
    expression: in terms of symbols; ``where``: {name: expression, formula or implicit definition},
    in reading order.  on: the Region it holds on.  accuracy: ``"exact"``, or ``"asymptotic,
    O(1/p)"`` and the like; what rests on a formula that is not exact is not exact, and
    ArgumentError says so.  beyond: {hypothesis of `on`: what is to be said of the points where it
    fails}, for the error that refuses them; it is no part of the definition, and formulas that
    differ in nothing else are equal.  excess_over: the noise variance of a fresh label, where the
    formula is an excess risk over that; its theorem says so.

    >>> from symrisk import Formula, Region
    >>> from symrisk.symbols import symbol, n1, n2, n, p
    >>> name = symbol("noise", r"c_{\\mathrm{noise}}", "risk per unit of noise")
    >>> noise = Formula(name, n/(p - n), where={n: n1 + n2}, on=Region(n1 + n2 < p),
    ...                 accuracy="asymptotic, O(1/p)")
    >>> noise(n1=100, n2=100, p=600), noise(n=200, p=600)
    (0.5, 0.5)
    >>> noise.digits(5, n1=100, n2=100, p=600)
    Decimal('0.50000')
    >>> noise(n1=500, n2=200, p=600)
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: noise holds for n1 + n2 < p; not at n1=500, n2=200, p=600
    """

    symbol: sympy.Symbol
    expression: sympy.Expr
    where: tuple
    on: Region
    accuracy: str
    beyond: tuple = field(default=(), compare=False)
    excess_over: sympy.Symbol | None = field(default=None, compare=False)

    is_letter = True

    def __init__(
        self,
        symbol: sympy.Symbol,
        expression: sympy.Basic | int | Fraction | str,
        where: Mapping | None = None,
        on: Region | None = None,
        accuracy: str = "exact",
        beyond: Mapping | None = None,
    ):
        if not isinstance(symbol, sympy.Symbol):
            wanted = "a formula is named by a symbol, symbol(name, latex, meaning)"
            raise ArgumentError(f"{wanted}; not {symbol!r}")
        if on is not None and not isinstance(on, Region):
            raise ArgumentError(f"{symbol}: on is a Region; not {on!r}")
        if where is not None and not isinstance(where, Mapping):
            raise ArgumentError(f"{symbol}: where is a dict {{name: definition}}; not {where!r}")
        definitions = _all_definitions(symbol, where or {})
        # for the circle that it refuses: definitions stay in the order of reading
        in_order(symbol, definitions)
        _refuse_contradiction(symbol, accuracy, where or {})
        fields = {
            "symbol": symbol,
            "expression": exact_expression(symbol, expression, is_complex_letter(symbol)),
            "where": tuple(definitions.items()),
            "on": on if on is not None else Region(),
            "accuracy": accuracy,
        }
        fields["beyond"] = _remarks(symbol, fields["on"], beyond or {})
        fields["excess_over"] = None
        for name, value in fields.items():
            object.__setattr__(self, name, value)
        self.written.refuse_bound_roots()
        refuse_namesakes(symbol, self.written.names | _leaves_of(self.on))

    def __repr__(self):
        return f"{self.symbol}({', '.join(self.inputs)})"

    @cached_property
    def written(self) -> Graph:
        """The definition as its author wrote it."""
        return Graph(self.expression, self.where)

    @cached_property
    def graph(self) -> Graph:
        return self.written.closed

    @property
    def may_be_complex(self) -> bool:
        return is_complex_letter(self.symbol)

    @property
    def title(self) -> str:
        return self.symbol.name

    @property
    def meaning(self) -> str:
        """What its symbol stands for."""
        return getattr(self.symbol, "meaning", "")

    def head_latex(self) -> str:
        """Its symbol, as the glossary prints it."""
        return tex.latex(self.symbol)


def _refuse_contradiction(symbol, accuracy, where):
    """ArgumentError where a formula said to be exact rests on one that is not."""
    if accuracy != "exact":
        return
    for name, body in where.items():
        if isinstance(body, (Quantity, Unknown)) and body.accuracy != "exact":
            remedy = f"say so, accuracy={body.accuracy!r}"
            wrong = f"{name} in it is {body.accuracy}"
            raise ArgumentError(f"{symbol} can't be exact: {wrong}; {remedy}")


def _all_definitions(symbol, where):
    """{name: definition} of all that a `where` brings, in reading order."""
    found = {}
    for name, body in where.items():
        for inner, definition in _definitions(name, body):
            if found.setdefault(inner, definition) != definition:
                raise ArgumentError(f"{symbol}: {inner} is defined in two ways")
    return found


def _definitions(name, body):
    """The definitions that one entry of a `where` brings: a formula brings its own along."""
    if not isinstance(name, sympy.Symbol):
        raise ArgumentError(f"{name!r}: what a `where` defines is a symbol")
    if isinstance(body, Quantity):
        if body.may_be_complex and not is_complex_letter(name):
            raise ArgumentError(f"{name} is real by its symbol, and {body.title} may be complex")
        return [(name, body.written.head), *body.written.definitions]
    if isinstance(body, Unknown):
        refuse_unhandled(name, body.free_symbols | {name})
        return [(name, body)]
    return [(name, exact_expression(name, body, is_complex_letter(name)))]


def _leaves_of(region):
    """The inputs that the hypotheses of a region are written in."""
    found = set()
    for relation in region.hypotheses:
        for side in relation.compared:
            leaves, _ = side.graph.reached()
            found |= leaves
    return found


def _remarks(symbol, region, beyond):
    """Pairs (hypothesis of the region, what lies beyond it)."""
    pairs = []
    for hypothesis, words in beyond.items():
        for relation in as_relations(hypothesis):
            if relation not in region.hypotheses:
                wrong = f"{relation} is none of its hypotheses, {region}"
                raise ArgumentError(f"{symbol}: {wrong}: nothing lies beyond it")
            pairs.append((relation, words))
    return tuple(pairs)
