"""Markdown with mathematics in it, as Jupyter renders it."""

import re
from collections.abc import Iterable, Sequence

LONGEST, MOST = 2000, 8000
"""Letters of one formula, and of all, that a browser typesets without a pause."""
BAR = re.compile(r"\\?\|")
NAMED_BARS = {"\\|": r"\Vert ", "|": r"\vert "}


def inline(latex: str, instead: str, longest: int = LONGEST) -> str:
    """A formula in a line; where it is too long, what is said instead of it, as code.

    >>> inline("x^2", "x**2"), inline("x" * 3000, "many x")
    ('$x^2$', '`many x`')
    """
    return f"${' '.join(latex.split())}$" if len(latex) <= longest else f"`{instead}`"


def displayed(latex: str, instead: str) -> str:
    """A formula on lines of its own; where it is too long, what is said instead of it, as code."""
    return f"$$\n{latex}\n$$" if len(latex) <= LONGEST else f"`{instead}`"


def code(lines: str) -> str:
    """Lines as they are."""
    return f"```text\n{lines}\n```"


def prose(text: str) -> str:
    """Words of which nothing is read as a mark.

    >>> print(prose("theta_1 * theta_2 < 1"))
    theta\\_1 \\* theta\\_2 &lt; 1
    """
    return re.sub(r"([*_`$|])", r"\\\1", text).replace("<", "&lt;")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars within a cell's formulas are named, for a bar ends a cell.

    >>> print(table(("at", "is"), [("$|x| = 1$", "false")]))
    | at | is |
    | --- | --- |
    | $\\vert x\\vert  = 1$ | false |
    """
    lines = [head, ["---"] * len(head), *(map(_cell, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text):
    if "$" not in text:
        return text
    return BAR.sub(lambda bar: NAMED_BARS[bar[0]], text)


def whole(*parts: str) -> str | None:
    """Paragraphs, those that are empty left out; None, and so plain text, where that is too long.

    >>> whole("one", "", "two")
    'one\\n\\ntwo'
    """
    found = "\n\n".join(part for part in parts if part)
    return found if len(found) <= MOST else None
