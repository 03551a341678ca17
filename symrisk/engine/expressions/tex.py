"""LaTeX of expressions: each symbol in its glossary form, positive terms before negative ones."""

import sympy
from sympy.printing.str import StrPrinter

from symrisk.engine.expressions.printer import Printer
from symrisk.engine.expressions.radicals import in_reading_order, with_one_root

RELATIONS = {"<": "<", "<=": r"\le", "==": "=", ">=": r"\ge", ">": ">"}


MOST_KEPT = 8192
"""Expressions whose text a printer remembers."""


class Remembering(StrPrinter):
    """SymPy's printer of plain text; what it has printed it remembers.

    The sides of claims are large and made of the same pieces, and ordering the terms of a piece
    takes long.  What a piece looks like depends on nothing but the piece: a class has one memory.
    """

    known = {}

    def _print(self, expr, **kwargs):
        if kwargs or not getattr(expr, "args", ()):
            return super()._print(expr, **kwargs)
        printed = self.known.get(expr)
        if printed is None:
            printed = super()._print(expr)
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            self.known[expr] = printed
        return printed


class TextPrinter(Remembering):
    """The order of `Printer` in plain text."""

    known = {}

    def _as_ordered_terms(self, expr, order=None):
        terms = super()._as_ordered_terms(expr, order)
        return in_reading_order(terms)

    def _print_Mul(self, expr):
        joined = with_one_root(expr)
        return super()._print_Mul(expr) if joined is expr else self._print(joined)


def text(expression):
    """An expression as text, positive terms first: `p - n1`."""
    return TextPrinter().doprint(sympy.sympify(expression))


def plain(expression):
    """An expression as `str` gives it.

    >>> from sympy.abc import x
    >>> plain((1 - x) / 2), str((1 - x) / 2)
    ('1/2 - x/2', '1/2 - x/2')
    """
    return Remembering().doprint(expression)


def latex(expression):
    """An expression as LaTeX, its terms in a stable order."""
    return Printer().doprint(sympy.sympify(expression))


def relation(left, rel, right):
    """A relation between two pieces of LaTeX."""
    return f"{left} {RELATIONS[rel]} {right}"


def cases(value, condition, otherwise):
    """Two pieces of LaTeX, the first where a condition holds."""
    lines = rf"{value} & \text{{if }} {condition} \\ {otherwise} & \text{{otherwise}}"
    return rf"\begin{{cases}} {lines} \end{{cases}}"


def aligned(lines):
    """Lines that hold an ampersand each, aligned at it; one line alone stays as it is, but for the
    ampersand: others on the line are those of its cases.
    """
    if len(lines) == 1:
        return lines[0].replace(" &", " ", 1)
    body = " \\\\\n".join(f"  {line}" for line in lines)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def display(source, longest=4000):
    """What Jupyter renders, or None (so that it falls back to `repr`) where that would freeze a
    browser.
    """
    return f"$\\displaystyle {source}$" if len(source) <= longest else None
