"""What a call may give beside the names of its formula; SymPy is not needed to know it."""

from collections.abc import Iterable

OTHERS = {"lam": ("mu", "n"), "mu": ("lam", "n")}
"""A penalty that a formula has -> the other one, and the rows by which one is made of the other."""


def beside(names: Iterable[str]) -> set[str]:
    """The names that a call may give, of a formula that has these.

    >>> sorted(beside(["mu", "p"])), beside(["p"])
    (['lam', 'mu', 'n', 'p'], {'p'})
    """
    found = set(names)
    for name in OTHERS.keys() & found:
        found.update(OTHERS[name])
    return found
