"""The letters of a theorem: each with its meaning, as a table."""

from collections.abc import Iterable

import sympy

from symrisk.engine.expressions import tex
from symrisk.paper.prose import prose


def letters_of(theorem) -> list[sympy.Symbol]:
    """The letters that a theorem's formulas are written in and its claims speak of, each once.

    The formulas' own names come first, then inputs and what is defined on the way.

    >>> from symrisk.theorems.collapse.mixing import mixing
    >>> [str(letter) for letter in letters_of(mixing)][:2]
    ['variance_factor', 'variance_factor_at']
    """
    found: dict = {}
    for formula in theorem.formulas:
        found.setdefault(formula.symbol)
    for formula in theorem.formulas:
        names = {*formula.inputs.values(), *(name for name, _ in formula.where_used)}
        found.update(dict.fromkeys(sorted(names, key=str)))
    for claim in theorem.claims:
        found.update(dict.fromkeys(sorted(claim.region.symbols, key=str)))
    return [letter for letter in found if getattr(letter, "meaning", "")]


def table(letters: Iterable[sympy.Symbol]) -> str:
    """Letters and meanings as a table over several pages; of letters that look alike and mean the
    same, one line.
    """
    rows: dict = {}
    for letter in letters:
        sign = f", ${letter.sign.replace('>=', chr(92) + 'ge')}$" if letter.sign else ""
        rows.setdefault(f"${tex.latex(letter)}$ & {prose(letter.meaning)}{sign} \\\\")
    if not rows:
        return ""
    body = "\n".join(rows)
    return f"\\begin{{longtable}}{{@{{}}lp{{0.75\\textwidth}}@{{}}}}\n{body}\n\\end{{longtable}}"
