"""Mathematics as lines of text: expressions, definitions, claims, inputs."""

import sympy
from sympy.printing.pretty.pretty import PrettyPrinter
from sympy.printing.str import StrPrinter

from symrisk.engine.generators import Root


class _PositiveFirst:
    """`p - n` instead of `-n + p`, as in the LaTeX."""

    def _as_ordered_terms(self, expr, order=None):
        terms = super()._as_ordered_terms(expr, order)
        return sorted(terms, key=lambda term: term.could_extract_minus_sign())


class Line(_PositiveFirst, StrPrinter):
    """An expression on one line."""


class Drawing(_PositiveFirst, PrettyPrinter):
    """An expression drawn over several lines."""


def line(expression):
    return Line().doprint(sympy.sympify(expression))


def definition(name, body):
    """`name = expression`, or the equation that an implicit name solves."""
    if not isinstance(body, Root):
        return f"{name} = {line(body)}"
    low, high = map(line, body.between)
    return f"{name} is the zero of {line(body.polynomial)} with {low} < {name} < {high}"


def drawn(name, body, unicode):
    """The same as a drawing."""
    printer = Drawing({"use_unicode": unicode, "wrap_line": False})
    if isinstance(body, Root):
        return definition(name, body)
    return printer.doprint(sympy.Eq(name, body, evaluate=False))


def used(formula):
    """The definitions that a formula's value rests on, in the author's order."""
    names = formula.graph.reached()[1]
    return [(name, body) for name, body in formula.graph.definitions if name in names]


def region(on):
    """The hypotheses of a region, or nothing."""
    return ", ".join(map(relation, on.hypotheses))


def relation(stated):
    return f"{side(stated.lhs)} {stated.rel} {side(stated.rhs)}"


def side(value):
    """A formula by its name, an expression written out."""
    if getattr(value, "title", None) is None or hasattr(value, "expression") and not hasattr(value, "symbol"):
        return line(getattr(value, "expression", value))
    return value.title


def claim(stated):
    """A claim's relation, with its equivalence and its own hypotheses."""
    exactly = ", ".join(map(relation, stated.iff))
    where = region(stated.on)
    return relation(stated.relation) + (f"  exactly where {exactly}" if exactly else "") + (f"  (on {where})" if where else "")


def call(formula):
    """A formula with its inputs and defaults: pooled_risk(n1, n2, p, snr, ssr, sigma_sq=1)."""
    inputs = (name if symbol.default is None else f"{name}={symbol.default}" for name, symbol in inputs_of(formula))
    return f"{formula.symbol.name}({', '.join(inputs)})"


def inputs_of(formula):
    return [(name, Described(symbol)) for name, symbol in formula.inputs.items()]


class Described:
    """What is known of a symbol; a plain SymPy symbol has a name only."""

    def __init__(self, symbol):
        self.symbol = symbol
        self.meaning, self.kind = getattr(symbol, "meaning", ""), getattr(symbol, "kind", "scalar")
        self.default, self.sign = getattr(symbol, "default", None), getattr(symbol, "sign", "")

    def to_dict(self):
        """Plain data."""
        default = None if self.default is None else str(self.default)
        return {"name": self.symbol.name, "meaning": self.meaning, "kind": self.kind, "sign": self.sign, "default": default}
