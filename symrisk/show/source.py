"""Formulas as source text: a function with named arguments, its where-names as local
assignments.
"""

from dataclasses import dataclass
from itertools import chain

from sympy import Piecewise
from sympy.printing.c import C99CodePrinter
from sympy.printing.codeprinter import PrintMethodNotImplementedError
from sympy.printing.julia import JuliaCodePrinter
from sympy.printing.pycode import PythonCodePrinter
from sympy.printing.rcode import RCodePrinter

from symrisk.engine.expressions.complexity import holds_unit, is_complex_letter
from symrisk.engine.expressions.mean import write_out_means
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NoMethod
from symrisk.language.names.graph import Graph
from symrisk.language.names.inputs import default_of
from symrisk.language.names.order import in_order
from symrisk.show import words


class Python(words.PositiveFirst, PythonCodePrinter):
    """`p - n`, in Python."""


class R(words.PositiveFirst, RCodePrinter):
    """`p - n`, in R."""


class Julia(words.PositiveFirst, JuliaCodePrinter):
    """`p - n`, in Julia."""


class C(words.PositiveFirst, C99CodePrinter):
    """`p - n`, in C."""


@dataclass(frozen=True)
class Language:
    """How a function reads: comment sign, first line, an argument with a default, a local name,
    the value, the end.
    """

    printer: type
    comment: str
    head: str
    argument: str
    local: str
    value: str
    end: tuple = ()
    header: tuple = ("", "")


LANGUAGES = {
    "python": Language(
        Python,
        "#",
        "def {}({}):",
        "{}={}",
        "    {} = {}",
        "    return {}",
        header=("math.", "import math"),
    ),
    "r": Language(R, "#", "{} <- function({}) {{", "{} = {}", "  {} <- {}", "  {}", ("}",)),
    "julia": Language(
        Julia, "#", "function {}(; {})", "{} = {}", "    {} = {}", "    return {}", ("end",)
    ),
    "c": Language(
        C,
        "//",
        "double {}({}) {{",
        "double {}",
        "    const double {} = {};",
        "    return {};",
        ("}",),
        header=("", "#include <math.h>"),
    ),
}


def source(formulas, language):
    """The text of a file with one function a formula; arguments stand in the order of
    `formula.inputs`.

    NoMethod for a formula alone that has no closed form (an implicit name, a law); among others it
    is left out, with a line that says so.
    """
    chosen = LANGUAGES[language]
    functions = (
        [_function(formulas[0], chosen)]
        if len(formulas) == 1
        else [_or_comment(formula, chosen) for formula in formulas]
    )
    body = "\n\n\n".join(functions)
    sign, header = chosen.header
    return f"{header}\n\n\n{body}" if header and sign in body else body


def _or_comment(formula, language):
    try:
        return _function(formula, language)
    except NoMethod as error:
        return f"{language.comment} left out: {error}"


def _function(formula, language):
    printer, graph = language.printer(), _lazy(formula)
    arguments = ", ".join(_arguments(formula, language, printer))
    if any(map(is_complex_letter, graph.names)) or holds_unit(graph.head):
        raise NoMethod(f"{formula.symbol} has no source text: it speaks of complex numbers")
    try:
        pairs = [
            (_written(printer, name), _written(printer, body))
            for name, body in _ordered(formula, graph)
        ]
        value = language.value.format(_written(printer, graph.head))
    except PrintMethodNotImplementedError as error:
        raise NoMethod(
            f"{formula.symbol} has no source text: the language has no counterpart of what it is "
            f"made of"
        ) from error
    head = language.head.format(printer.doprint(formula.symbol), arguments)
    return "\n".join(
        [
            *_comments(formula, language.comment),
            head,
            *(language.local.format(*pair) for pair in pairs),
            value,
            *language.end,
        ]
    )


def _written(printer, expression):
    return " ".join(printer.doprint(write_out_means(expression)).split())


def _lazy(formula):
    """The graph with the names that only a case needs written into that case: a root in it may
    have no value outside.
    """
    bodies = [
        formula.graph.head,
        *(body for _, body in words.used(formula) if not isinstance(body, Unknown)),
    ]
    cases = set().union(*(body.atoms(Piecewise) for body in bodies))
    inner = set()
    for value, _ in chain.from_iterable(case.args for case in cases):
        inner |= set(Graph(value, formula.graph.definitions).reached()[1])
    return formula.graph.inlined(inner)


def _ordered(formula, graph):
    """The definitions that are left, each after those it rests on."""
    bodies = {name: body for name, body in graph.definitions if name in graph.reached()[1]}
    for name, body in bodies.items():
        if isinstance(body, Unknown):
            raise NoMethod(f"{formula.symbol} has no source text: {name} is defined implicitly")
    return [(name, bodies[name]) for name in in_order(formula.symbol, bodies)]


def _arguments(formula, language, printer):
    for symbol in formula.inputs.values():
        name, default = printer.doprint(symbol), default_of(symbol)
        if getattr(symbol, "kind", "scalar") == "law":
            raise NoMethod(f"{formula.symbol} has no source text: {name} is a law")
        takes_default = default is not None or language.argument.count("{}") == 1
        yield (
            language.argument.format(name, default if default is None else printer.doprint(default))
            if takes_default
            else name
        )


def _comments(formula, sign):
    where = words.region(formula.on)
    yield f"{sign} {words.meaning(formula.symbol) or formula.symbol.name} ({formula.accuracy})"
    if where:
        yield f"{sign} holds for {where}, which is not checked here"
    for name, symbol in formula.inputs.items():
        if words.meaning(symbol):
            default = default_of(symbol)
            yield (
                f"{sign} {name}: "
                f"{words.meaning(symbol)}{'' if default is None else f' (usually {default})'}"
            )
