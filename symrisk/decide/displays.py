r"""Formulas on lines of their own, none wider than a page."""

from symrisk.decide.letters import width

WIDEST = 58
"""About so many letters fit a line of the article class."""
SIZES = ((1, ""), (1.2, "\\small"), (1.45, "\\footnotesize"))


def displayed(source: str) -> str:
    r"""A display, set smaller where a line of it would not fit the page.

    What no size of type makes fit is scaled to the width of the page.

    >>> print(displayed("a = b"))
    \[
    a = b
    \]
    """
    wide = max(map(_line_width, source.splitlines()))
    for factor, size in SIZES:
        if wide <= WIDEST * factor:
            display = f"\\[\n{source}\n\\]"
            return f"{{{size}\n{display}}}" if size else display
    return f"\\[\n\\resizebox{{\\textwidth}}{{!}}{{$\\displaystyle\n{source}\n$}}\n\\]"


def _line_width(line):
    """How wide a line is; of a fraction alone about half of what is written is beside the rest."""
    fractions = line.count("\\frac")
    return width(line) * (0.75 if fractions else 1)
