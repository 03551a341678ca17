"""Definitions as they are printed: a line each, and what is solved before what uses it."""

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.unknowns.unknown import Unknown


def definition_latex(name: sympy.Symbol, definition) -> str:
    """One line of a `where`: `name = expression`, or what an implicit name solves."""
    if isinstance(definition, Unknown):
        return definition.latex()
    return f"{tex.latex(name)} &= {tex.latex(definition)}"


def solved_first(definitions, head) -> list[tuple]:
    """Definitions in their order, but what is solved for before the first that uses it.

    definitions: pairs (name, what defines it).  head: the expression that they are read under: what
    it uses itself comes first.
    """
    solved = {name: body for name, body in definitions if isinstance(body, Unknown)}
    ordered: dict = {}

    def use(expression):
        names = solved.keys() & expression.free_symbols
        for name in sorted(names, key=list(solved).index):
            put(name, solved.pop(name, None))

    def put(name, body):
        if body is None or name in ordered:
            return
        if not isinstance(body, Unknown):
            use(body)
        ordered[name] = body

    use(head)
    for name, body in definitions:
        put(name, body)
    return list(ordered.items())
