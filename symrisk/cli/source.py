"""Formulas as source text: a function with named arguments, its where-names as local assignments."""

from dataclasses import dataclass
from graphlib import TopologicalSorter

from sympy.printing.c import C99CodePrinter
from sympy.printing.codeprinter import PrintMethodNotImplementedError
from sympy.printing.julia import JuliaCodePrinter
from sympy.printing.pycode import PythonCodePrinter
from sympy.printing.rcode import RCodePrinter

from symrisk.cli import words
from symrisk.engine.generators import Root
from symrisk.errors import NoMethod


@dataclass(frozen=True)
class Language:
    """How a function reads in one language: comment sign, its lines, and what a file begins with."""

    printer: object
    comment: str
    head: str
    default: str
    local: str
    last: str
    foot: str = ""
    needs: tuple = ("", "")


LANGUAGES = {
    "python": Language(PythonCodePrinter, "#", "def {name}({arguments}):", "{}={}", "    {} = {}", "    return {}",
                       needs=("math.", "import math")),
    "r": Language(RCodePrinter, "#", "{name} <- function({arguments}) {{", "{} = {}", "  {} <- {}", "  {}", "}"),
    "julia": Language(JuliaCodePrinter, "#", "function {name}(; {arguments})", "{} = {}", "    {} = {}", "    return {}", "end"),
    "c": Language(C99CodePrinter, "//", "double {name}({arguments}) {{", "double {}", "    const double {} = {};", "    return {};", "}",
                  needs=("", "#include <math.h>")),
}


def source(formulas, language):
    """The text of a file with one function a formula; arguments stand in the order of `formula.inputs`.

    NoMethod for a formula alone that rests on an implicit name; among others it is left out, with a line that says so.
    """
    chosen = LANGUAGES[language]
    functions = [_function(formulas[0], chosen)] if len(formulas) == 1 else [_or_comment(formula, chosen) for formula in formulas]
    body = "\n\n\n".join(functions)
    uses, line = chosen.needs
    return f"{line}\n\n\n{body}" if line and uses in body else body


def _or_comment(formula, language):
    try:
        return _function(formula, language)
    except NoMethod as error:
        return f"{language.comment} left out: {error}"


def _function(formula, language):
    printer = language.printer()
    try:
        locals_ = [(printer.doprint(name), printer.doprint(body)) for name, body in _ordered(formula)]
        value = printer.doprint(formula.graph.head)
    except PrintMethodNotImplementedError as error:
        raise NoMethod(f"{formula.symbol} can't be written in that language: {error}") from error
    return "\n".join([*_comments(formula, language),
                      language.head.format(name=printer.doprint(formula.symbol), arguments=_arguments(formula, language, printer)),
                      *(language.local.format(*pair) for pair in locals_), language.last.format(value),
                      *([language.foot] if language.foot else [])])


def _comments(formula, language):
    meanings = [f"{name}: {described.meaning}" for name, described in words.inputs_of(formula) if described.meaning]
    where = words.region(formula.on)
    lines = [f"{getattr(formula.symbol, 'meaning', '') or formula.symbol.name} ({formula.accuracy})",
             *([f"holds for {where}, which is not checked here"] if where else []), *meanings]
    return [f"{language.comment} {line}" for line in lines]


def _arguments(formula, language, printer):
    inputs = [(printer.doprint(described.symbol), described.default) for _, described in words.inputs_of(formula)]
    if language.printer is C99CodePrinter:
        return ", ".join(language.default.format(name) for name, _ in inputs)
    return ", ".join(name if default is None else language.default.format(name, printer.doprint(default)) for name, default in inputs)


def _ordered(formula):
    """The definitions used, each after those it rests on."""
    bodies = dict(words.used(formula))
    for name, body in bodies.items():
        if isinstance(body, Root):
            raise NoMethod(f"{formula.symbol} rests on {name}, which is defined implicitly: no source text is written for it")
    order = TopologicalSorter({name: sorted(body.free_symbols & bodies.keys(), key=str) for name, body in bodies.items()})
    return [(name, bodies[name]) for name in order.static_order()]
