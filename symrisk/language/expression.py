"""Expressions as they are taken in: exact, with no binary float in them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine.budget import refuse_large
from symrisk.engine.decimals import exact
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import is_complex, refuse_complex
from symrisk.engine.expressions.demands import demands
from symrisk.engine.expressions.mean import write_out_means
from symrisk.engine.expressions.total import with_totals
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.language.names.graph import Graph
from symrisk.language.side import Side
from symrisk.symbols import refuse_unfinished, refuse_unhandled


@dataclass(frozen=True, repr=False)
class Expression(Side):
    """An expression, or a number, on a side of a relation.

    It has no region and no definitions: what its letters mean is said by what it stands beside.

    >>> from symrisk.symbols import n1, p
    >>> side = Expression(n1/p)
    >>> side, side.bare, side.changed(lambda written: written.subs(p, 600))
    (n1/p, (n1/p,), n1/600)
    """

    expression: sympy.Basic

    def __repr__(self):
        return self.title

    @cached_property
    def graph(self):
        return Graph(self.expression)

    @property
    def bare(self) -> tuple:
        """The expression itself."""
        return (self.expression,)

    @property
    def may_be_complex(self) -> bool:
        return is_complex(self.expression)

    @cached_property
    def expanded(self):
        """The expression with means over atoms written out."""
        return write_out_means(self.expression)

    @property
    def roots(self) -> dict:
        """Nothing: it defines no names."""
        return {}

    def changed(self, change: Callable, of_formulas: Callable | None = None):
        """The expression that `change` gives."""
        return change(self.expression)

    def demands_beside(self, roots: Mapping) -> tuple:
        """Its own demands, and that the implicit names it speaks of are there."""
        return demands(self.expression, roots)

    @property
    def title(self) -> str:
        return tex.text(self.expression)

    def head_latex(self) -> str:
        """The expression as LaTeX."""
        return tex.latex(self.expression)


def as_side(value) -> Side:
    """What stands on a side, as one kind: a quantity as it is, an expression or number wrapped."""
    if isinstance(value, Side):
        return value
    if isinstance(value, sympy.Basic):
        return Expression(with_totals(value))
    return Expression(exact_expression("a side of a relation", value, True))


def as_given(subject, value):
    """A quantity as it is; an expression or a number, exactly, as `exact_expression` takes it."""
    return value if isinstance(value, Side) else exact_expression(subject, value, True)


def refuse_namesakes(title, symbols: Iterable[sympy.Symbol]) -> None:
    """ArgumentError where two different symbols are named alike.

    So are an x that may be negative, and an x > 0.
    """
    names = {}
    for symbol in sorted(symbols, key=str):
        if names.setdefault(symbol.name, symbol) != symbol:
            raise ArgumentError(f"{title}: two different symbols are named {symbol.name}")


def exact_expression(name, value, may_be_complex: bool = False) -> sympy.Basic:
    """A number, a decimal string or an expression, exactly; a real one, if nothing else is said.

    ArgumentError where a binary float is in it; NoMethod for one that is too deep or too large.
    """
    if isinstance(value, float):
        wanted = f"write '{value}' or Rational for exact digits"
        raise ArgumentError(f"{name}: {value} is a binary float: {wanted}")
    if isinstance(value, str):
        value = sympy.Rational(str(exact(str(name), value)))
    try:
        expression = sympy.sympify(value, strict=True)
    except sympy.SympifyError as error:
        message = f"{name}: {value!r} is not an expression or an exact number"
        raise ArgumentError(message) from error
    refuse_large(expression)
    expression = with_totals(expression)
    for number in expression.atoms(sympy.Float):
        wanted = f"write Rational('{float(number)}')"
        raise ArgumentError(f"{name}: {number} is a binary float: {wanted}")
    refuse_strange(name, expression, may_be_complex)
    return expression


def refuse_strange(subject, expression: sympy.Basic, may_be_complex: bool = False) -> None:
    """ArgumentError for a letter that nothing here keeps to, and for what is no number.

    Also for what is complex, where it is to be real.
    """
    refuse_unhandled(subject, expression.free_symbols)
    refuse_unfinished(subject, expression)
    if not may_be_complex:
        refuse_complex(subject, expression)
