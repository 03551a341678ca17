"""What a question may cost, in size: letters, degrees, terms, nodes, depth, and in all the terms
that are touched.

Sizes are the same on every machine, seconds are not.  Where something grows (a product, a power, an
expansion of names, a chain's cells) it is measured before it is made; what is beyond its budget is
not made, and NoMethod names the budget.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from symrisk.errors import NoMethod

MOST_DEPTH = 80
"""Levels of an expression: each takes several calls of a function inside another."""
MOST_NODES = 300_000
"""Of an expression with its names written out, as a tree; SymPy walks trees."""
MOST_LETTERS = 200
"""Variables of one exact problem, those that stand for roots, powers and means among them."""
MOST_DEGREE = 2_000
"""Of a polynomial, in all its letters together."""
MOST_TERMS = 20_000_000
"""Of a product, before equal ones are collected."""
MOST_CELLS = 20_000
"""Of a region: a real letter with a sign of its own doubles them."""
MOST_WORK = 400_000_000
"""Of one question: terms multiplied, and what it costs to handle terms one by one, in products
of terms.
"""

_SPENT = ContextVar("spent", default=None)


def refuse_large(expression):
    """NoMethod where an expression is too deep, or as a tree too large, for SymPy to walk; what
    it shares is looked at once.
    """
    sizes, stack = {}, [expression]
    while stack:
        node = stack[-1]
        below = [argument for argument in node.args if argument not in sizes]
        if below:
            stack.extend(below)
            continue
        stack.pop()
        inner = [sizes[argument] for argument in node.args]
        sizes[node] = (
            1 + sum(size for size, _ in inner),
            1 + max((depth for _, depth in inner), default=0),
        )
    size, depth = sizes[expression]
    within(MOST_DEPTH, depth, "MOST_DEPTH", f"an expression nested {depth:,} deep")
    within(
        MOST_NODES, size, "MOST_NODES", f"an expression of {size:,} nodes, its names written out,"
    )


def refuse_cells(count):
    """NoMethod where a region falls into too many cells."""
    within(MOST_CELLS, count, "MOST_CELLS", f"a region of {count:,} cells or more")


def within(most, size, name, what):
    """None where a size is within its budget; else NoMethod."""
    if size > most:
        raise NoMethod(f"{what} is beyond the budget {name} = {most:,}")


@contextmanager
def question():
    """What is spent inside counts together, from nothing; a question inside another counts for
    itself.

    >>> with question():
    ...     spend(MOST_WORK + 1)
    Traceback (most recent call last):
        ...
    symrisk.errors.NoMethod: the question is beyond the budget MOST_WORK = 400,000,000
    """
    token = _SPENT.set([0])
    try:
        yield
    finally:
        _SPENT.reset(token)


def spend(work):
    """Note what is about to be done; NoMethod where the question has cost too much.  Outside of
    a question nothing is noted.
    """
    spent = _SPENT.get()
    if spent is not None:
        spent[0] += work
        within(MOST_WORK, spent[0], "MOST_WORK", "the question")
