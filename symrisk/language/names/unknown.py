"""What to say of a name that a formula does not have; nothing of weight is imported for it."""

from collections.abc import Iterable

from symrisk.engine.slips import hint
from symrisk.errors import ArgumentError


def no_such_name(title: str, name: str, takes: str, known: Iterable[str]) -> ArgumentError:
    """The error for a name that a formula does not have: what it takes, and what is close.

    >>> print(no_such_name("room", "nn1", "n1, p", ["n1", "p"]))
    room has no name 'nn1'; it takes n1, p; did you mean n1?
    """
    return ArgumentError(f"{title} has no name {name!r}; it takes {takes}{hint(name, known)}")
