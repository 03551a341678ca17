r"""LaTeX documents that compile as they are (amsmath, amssymb)."""

import re

from symrisk.cli import words
from symrisk.cli.references import references

HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb}
\allowdisplaybreaks
\begin{document}
"""
TAIL = "\n\\end{document}"
SPECIAL = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}",
           ">": r"\textgreater{}", "|": r"\textbar{}", **{letter: f"\\{letter}" for letter in "&%#_{}$"}}


def document(found):
    """The document of a theorem (statement, formulas, claims), of a formula or of a derivation."""
    if found.formula is not None:
        parts = [_section(found.entry.theorem.title), _formula(found.formula)]
    elif found.derivation is not None:
        parts = [_section(found.derivation.title), *_derivation(found.derivation)]
    else:
        parts = _theorem(found.entry.theorem)
    return HEAD + "\n\n".join(parts) + TAIL


def prose(text):
    r"""Text with LaTeX's special letters escaped; what stands between two $ is mathematics already."""
    pieces = re.split(r"(\$[^$]+\$)", text)
    return "".join(piece if piece[:1] == "$" == piece[-1:] and len(piece) > 2 else _escaped(piece) for piece in pieces)


def _escaped(text):
    return "".join(SPECIAL.get(letter, letter) for letter in text)


def _theorem(theorem):
    claims = [f"\\item {prose(claim.says)}:\n\\[\n{claim.latex()}\n\\]" for claim in theorem.claims]
    return [_section(theorem.title), _cited(theorem), prose(theorem.states), _list([f"\\item {prose(a)}" for a in theorem.assumes]),
            *map(_formula, theorem.formulas), _list(claims)]


def _cited(theorem):
    known = references()
    return "\n\n".join(f"\\noindent {prose(repr(c))}" + (f": {prose(known[c.key])}" if c.key in known else "") for c in theorem.citations)


def _formula(formula):
    meaning = prose(words.meaning(formula.symbol) or formula.symbol.name)
    where = formula.on.latex()
    holds = f", for ${where}$" if where else ""
    return f"\\noindent {meaning} ({prose(formula.accuracy)}{holds}):\n\\[\n{formula.latex()}\n\\]"


def _derivation(chain):
    steps = [f"\\item {prose(step.says)} ({step.label})" + (f"\n\\[\n{step.formula}\n\\]" if step.formula else "") for step in chain.steps]
    return [prose(chain.start), f"\\begin{{enumerate}}\n{chr(10).join(steps)}\n\\end{{enumerate}}"] if steps else [prose(chain.start)]


def _section(title):
    return f"\\section*{{{prose(title)}}}"


def _list(items):
    body = "\n".join(items)
    return f"\\begin{{itemize}}\n{body}\n\\end{{itemize}}" if items else ""
