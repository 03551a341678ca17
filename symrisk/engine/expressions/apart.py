"""Implicit names told apart: one letter that stands for two things gets a prime where it stands for
the second.

Two statements may each define `x` as a root, each of its own equation: put side by side they speak
of x and x'.
"""

from dataclasses import replace

import sympy

from symrisk.engine.algebra.generators import Member, Stationary
from symrisk.symbols import Symbol


def told_apart(roots, known, taken=frozenset()):
    """{name: its primed name} for the implicit names of `roots` that `known` defines in another
    way.

    roots, known: name -> Unknown.  What is new, under the names found, is added to `known`.  A name
    whose definition rests on one that is primed is primed with it.  taken: names (strings) that no
    primed name may have.
    """
    clashing = {
        name for name, root in roots.items() if name in known and not is_same(root, known[name])
    }
    while (
        more := {n for n, r in roots.items() if n in known and r.free_symbols & clashing - {n}}
        - clashing
    ):
        clashing |= more
    names = _primed_alike(clashing, roots, known, taken)
    known.update(
        {
            names.get(name, name): renamed(root, names)
            for name, root in roots.items()
            if names.get(name, name) not in known
        }
    )
    return names


def _primed_alike(clashing, roots, known, taken):
    """All of them with the fewest primes, as many for each, that leave no clash."""
    names = {name: primed(name) for name in clashing}
    while not all(
        is_same(renamed(roots[name], names), known[fresh])
        if fresh in known
        else str(fresh) not in taken
        for name, fresh in names.items()
    ):
        names = {name: primed(fresh) for name, fresh in names.items()}
    return names


def primed(letter):
    """The letter with a prime: of the same meaning and sign."""
    if not isinstance(letter, Symbol):
        return sympy.Symbol(f"{letter.name}'", **letter._assumptions_orig)
    latex = (
        f"{letter.latex[:-2]}\\prime}}"
        if letter.latex.endswith("\\prime}")
        else f"{{{letter.latex}}}^{{\\prime}}"
    )
    return Symbol(
        f"{letter.name}'",
        latex,
        letter.meaning,
        letter.kind,
        letter.default,
        **letter._assumptions_orig,
    )


def renamed(root, names):
    """An implicit definition with its unknowns, and those that it rests on, under other names."""
    moved = root.xreplace(names)
    if isinstance(root, Stationary):
        unknowns = tuple(names.get(c, c) for c in root.potential.unknowns)
        moved = replace(moved, potential=replace(moved.potential, unknowns=unknowns))
    elif isinstance(root, Member):
        unknowns = tuple(names.get(c, c) for c in root.system.unknowns)
        cases = tuple(
            tuple(equation.xreplace(names) for equation in case) for case in root.system.cases
        )
        moved = replace(moved, system=replace(moved.system, unknowns=unknowns, cases=cases))
    return replace(moved, unknown=names.get(root.unknown, root.unknown))


def is_same(one, other):
    """Whether two definitions of a name are one: equal, or equations that differ by a factor
    that does not vanish.
    """
    if one == other:
        return True
    if (
        type(one) is not type(other)
        or not hasattr(one, "polynomial")
        or (one.between, one.sure) != (other.between, other.sure)
    ):
        return False
    factor = sympy.cancel(one.polynomial / other.polynomial)
    return not factor.has(one.unknown) and all(
        part.is_zero is False for part in sympy.fraction(factor)
    )
