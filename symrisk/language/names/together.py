"""Relations that stand together: an implicit name means one thing in all of them, or has a prime.

Two formulas may each define `x` as a root, each of its own equation.  Where both are spoken of, the
second speaks of x'; an expression beside them that says x could mean either, and is refused.
"""

from collections.abc import Iterable

from symrisk.engine.expressions.apart import told_apart
from symrisk.errors import ArgumentError
from symrisk.language.expression import refuse_strange


def letters(sides: Iterable) -> set[str]:
    """The names of all symbols that sides and their implicit definitions are written in."""
    found = set()
    for side in sides:
        for part in (side.expanded, *side.roots.values()):
            found.update(symbol.name for symbol in part.free_symbols)
    return found


def written_together(relations: Iterable, roots: dict) -> list[tuple]:
    """The two sides of each relation, in inputs and implicit names that are told apart.

    roots: what implicit names solve that were met before, name -> Unknown; it gets the others.
    ArgumentError for a side that speaks of a name of which it can't be known what it means.

    >>> from symrisk import Formula, Implicit, Relation
    >>> from symrisk.symbols import n1, p, symbol
    >>> r = symbol("r", "r", "a root", positive=True)
    >>> def root_of(letter):
    ...     return Formula(symbol("f", "f", "a root"), r, where={**Implicit.root(r, r**2 - letter)})
    >>> relations = Relation(root_of(n1), "<", root_of(p)), Relation(root_of(n1), ">", 1)
    >>> written_together(relations, {})
    [(r, r'), (r, 1)]
    """
    taken = letters(side for relation in relations for side in relation.compared)
    written, renamed = [], set()
    for relation in relations:
        # Both sides are told apart before either is renamed: a name in `roots` stands from then on.
        primes = [told_apart(side.roots, roots, taken) for side in relation.compared]
        sides = []
        for side, names in zip(relation.compared, primes, strict=True):
            expression = side.expanded.xreplace(names)
            refuse_strange(relation, expression, may_be_complex=relation.rel == "==")
            sides.append(expression)
        written.append(tuple(sides))
        renamed.update(*primes)
    if renamed:
        for relation in relations:
            _refuse_loose_names(relation, renamed)
    return written


def _refuse_loose_names(relation, renamed):
    """ArgumentError where a side speaks of a name with two definitions, and has neither."""
    for side in relation.compared:
        refuse_unclear(relation, side.expanded.free_symbols - side.roots.keys(), renamed)


def refuse_unclear(subject, spoken: set, unclear: Iterable) -> None:
    """ArgumentError where a name that has two definitions is spoken of without either."""
    for name in sorted(spoken & set(unclear), key=str):
        wrong = f"{name} is defined in two ways here, and it is not clear which is meant"
        raise ArgumentError(f"{subject}: {wrong}")
