"""Names in the order of what they rest on."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import ArgumentError


def in_order(title, definitions: Mapping) -> list:
    """The names that definitions define, each after those that it rests on.

    ArgumentError, in the name of what they are definitions of, where one is defined through itself;
    what an implicit name solves may speak of that name.

    >>> from symrisk.symbols import n, n1, p
    >>> in_order("share", {p: 2*n, n: n1 + 1})
    [n, p]
    >>> in_order("share", {p: 2*n, n: p + 1})
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: share: n, p are defined in a circle
    """
    below = {}
    for name, body in definitions.items():
        own = {name} if isinstance(body, Unknown) else set()
        below[name] = sorted((body.free_symbols - own) & definitions.keys(), key=str)
    try:
        return list(TopologicalSorter(below).static_order())
    except CycleError as error:
        circle = sorted({*map(str, error.args[1])})
        raise ArgumentError(f"{title}: {', '.join(circle)} are defined in a circle") from None
