"""Which implicit names move with others."""

from collections.abc import Iterable, Mapping

import sympy


def moved_by(roots: Mapping, names: Iterable[sympy.Symbol]) -> set[sympy.Symbol]:
    """Of the roots, name -> Unknown, those that speak of the names, or of others that do.

    >>> from sympy.abc import w, x, y, z
    >>> from symrisk.engine.unknowns.root import Root
    >>> roots = {x: Root(x, x**2 - y), y: Root(y, y**3 - z), w: Root(w, w - 1)}
    >>> sorted(map(str, moved_by(roots, [z])))
    ['x', 'y']
    """
    moved, waiting = set(), set(names)
    while waiting:
        found = {name for name, root in roots.items() if root.free_symbols & waiting}
        waiting = found - moved
        moved |= found
    return moved
