"""Mathematics as lines of text: expressions, definitions, claims, inputs."""

import sympy
from sympy.printing.pretty.pretty import PrettyPrinter
from sympy.printing.pretty.stringpict import prettyForm
from sympy.printing.str import StrPrinter

from symrisk.engine.expressions.radicals import in_reading_order
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.language.asymptotic import Asymptotic
from symrisk.language.names.inputs import default_of
from symrisk.language.side import Side


class PositiveFirst:
    """`p - n` instead of `-n + p`, as in the LaTeX; to be mixed into a SymPy printer."""

    def _as_ordered_terms(self, expr, order=None):
        terms = super()._as_ordered_terms(expr, order)
        return in_reading_order(terms)


class Line(PositiveFirst, StrPrinter):
    """An expression on one line."""


class Drawing(PositiveFirst, PrettyPrinter):
    """An expression drawn over several lines, its names as they are typed."""

    def _print_Symbol(self, symbol, **_):
        return prettyForm(symbol.name)


def line(expression):
    return Line().doprint(sympy.sympify(expression))


def defined_as(body):
    """What a name stands for: an expression, or the equation that an implicit name solves."""
    return body.sentence(line) if isinstance(body, Unknown) else line(body)


def definition(name, body):
    return f"{name} = {defined_as(body)}"


def drawn(name, body, unicode):
    """A definition as a drawing."""
    if isinstance(body, Unknown):
        return definition(name, body)
    return Drawing({"use_unicode": unicode, "wrap_line": False}).doprint(
        sympy.Eq(name, body, evaluate=False)
    )


def used(formula):
    """The definitions that a formula's value rests on, in the author's order, as they were
    written.
    """
    return formula.where_used


def region(on):
    """The hypotheses of a region, or nothing."""
    return ", ".join(map(relation, on.hypotheses))


def relation(stated):
    left, right = map(side, stated.compared)
    written = f"{left} {stated.rel} {right}"
    return f"{written} as {stated.approach}" if isinstance(stated, Asymptotic) else written


def side(value: Side) -> str:
    """A formula by its name, an expression written out."""
    return line(*value.bare) if value.bare else value.title


def claim(stated):
    """A claim's relation, with its equivalence and its own hypotheses."""
    exactly = ", ".join(map(relation, stated.iff))
    where = region(stated.on)
    return (
        relation(stated.relation)
        + (f"  exactly where {exactly}" if exactly else "")
        + (f"  (on {where})" if where else "")
    )


def call(formula):
    """A formula with its inputs and defaults: pooled_risk(n1, n2, p, snr, ssr, sigma_sq=1)."""
    inputs = (
        name if default_of(symbol) is None else f"{name}={default_of(symbol)}"
        for name, symbol in formula.inputs.items()
    )
    return f"{formula.symbol.name}({', '.join(inputs)})"


def meaning(symbol):
    """What a glossary symbol stands for; nothing for a plain SymPy symbol."""
    return getattr(symbol, "meaning", "")


def described(symbol):
    """A symbol as plain data."""
    default = default_of(symbol)
    return {
        "name": symbol.name,
        "meaning": meaning(symbol),
        "kind": getattr(symbol, "kind", "scalar"),
        "sign": getattr(symbol, "sign", ""),
        "default": None if default is None else str(default),
    }
