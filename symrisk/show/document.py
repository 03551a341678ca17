r"""LaTeX documents that compile as they are (amsmath, amssymb)."""

import re

from symrisk.paper.references import references
from symrisk.show import words

HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb}
\allowdisplaybreaks
\begin{document}
"""
TAIL = "\n\\end{document}"
SPECIAL = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{letter: f"\\{letter}" for letter in "&%#_{}$"},
}


def document(found):
    """The document of a theorem (statement, formulas, claims, errata), of a formula or of a
    derivation.
    """
    if found.formula is not None:
        parts = [_section(found.entry.theorem.title), _formula(found.formula)]
    elif found.derivation is not None:
        parts = [_section(found.derivation.title), *_derivation(found.derivation)]
    else:
        parts = _theorem(found.entry.theorem)
    return HEAD + "\n\n".join(filter(None, parts)) + TAIL


def prose(text):
    r"""Text with LaTeX's special letters escaped; what stands between two $ is mathematics
    already.
    """
    pieces = re.split(r"(\$[^$]+\$)", text)
    return "".join(
        piece if piece[:1] == "$" == piece[-1:] and len(piece) > 2 else _escaped(piece)
        for piece in pieces
    )


def _escaped(text):
    return "".join(SPECIAL.get(letter, letter) for letter in text)


def _theorem(theorem):
    claims = [f"{prose(claim.says)}:\n{_displayed(claim.latex())}" for claim in theorem.claims]
    return [
        _section(theorem.title),
        *map(_cited, theorem.citations),
        prose(theorem.states),
        _list("itemize", map(prose, theorem.assumes)),
        *map(_formula, theorem.formulas),
        _list("itemize", claims),
        _list("itemize", map(_erratum, theorem.errata)),
    ]


def _erratum(erratum):
    return (
        f"Erratum ({prose(repr(erratum.where))}): {prose(erratum.says)}. Published, "
        f"{prose(erratum.published.says)}:\n"
        f"{_displayed(erratum.published.latex())}\nwhich fails at ${erratum.at_latex()}$. "
        f"Right, {prose(erratum.right.says)}:\n{_displayed(erratum.right.latex())}"
    )


def _cited(citation):
    known = references().get(citation.key, "")
    return f"\\noindent {prose(repr(citation))}{': ' if known else ''}{prose(known)}"


def _formula(formula):
    meaning = prose(words.meaning(formula.symbol) or formula.symbol.name)
    where = formula.on.latex()
    holds = f", for ${where}$" if where else ""
    return (
        f"\\noindent {meaning} ({prose(formula.accuracy)}{holds}):\n{_displayed(formula.latex())}"
    )


def _derivation(chain):
    return [prose(chain.start), _list("enumerate", map(_step, chain.steps))]


def _step(step):
    formula = f"\n{_displayed(step.formula)}" if step.formula else ""
    return f"{prose(step.says)} ({step.label}){formula}"


def _displayed(formula):
    return f"\\[\n{formula}\n\\]"


def _section(title):
    return f"\\section*{{{prose(title)}}}"


def _list(kind, items):
    body = "\n".join(f"\\item {item}" for item in items)
    return f"\\begin{{{kind}}}\n{body}\n\\end{{{kind}}}" if body else ""
