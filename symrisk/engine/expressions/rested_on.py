"""Which implicit names expressions rest on."""

from collections.abc import Iterable, Mapping

import sympy


def rested_on(roots: Mapping, expressions: Iterable) -> dict:
    """Of the roots, name -> Unknown, those that expressions speak of, and those that these rest on
    in turn.

    >>> from sympy.abc import x, y, z
    >>> from symrisk.engine.unknowns.root import Root
    >>> roots = {x: Root(x, x**2 - y), y: Root(y, y**3 - 2), z: Root(z, z - 1)}
    >>> list(rested_on(roots, [x + 1]))
    [x, y]
    """
    names = set().union(*(sympy.sympify(expression).free_symbols for expression in expressions))
    left = list(names)
    while left:
        root = roots.get(left.pop())
        if root is not None:
            left += root.free_symbols - names
            names |= root.free_symbols
    return {name: root for name, root in roots.items() if name in names}
