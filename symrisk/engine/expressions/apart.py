"""Implicit names told apart: one letter that stands for two things gets a prime where it stands for
the second.

Two statements may each define `x` as a root, each of its own equation: put side by side they speak
of x and x'.

A letter does not hold what it solves, as a mean holds its law.  SymPy puts the terms of a sum in
the order of its letters: a letter that held its equation would be added in another place, and
rounded otherwise, whenever the equation is written otherwise.  Certificates, points and printed
formulas tell letters by their names, so that a prime would be needed all the same.  And an equation
speaks of its own letter.  So what is solved holds the letter, and who puts two statements together
is told the names that were given: nobody reads them off a prime.
"""

import sympy

from symrisk.symbols import Symbol


def told_apart(roots, known, taken=frozenset()):
    """{name: its primed name} for the implicit names of `roots` that `known` defines in another
    way.

    roots, known: name -> Unknown.  What is new, under the names found, is added to `known`.  A name
    whose definition rests on one that is primed is primed with it.  taken: names (strings) that no
    primed name may have.
    """
    clashing = {
        name for name, root in roots.items() if name in known and not root.is_same(known[name])
    }
    while (
        more := {n for n, r in roots.items() if n in known and r.free_symbols & clashing - {n}}
        - clashing
    ):
        clashing |= more
    names = _primed_alike(clashing, roots, known, taken)
    known.update(
        {
            names.get(name, name): root.renamed(names)
            for name, root in roots.items()
            if names.get(name, name) not in known
        }
    )
    return names


def _primed_alike(clashing, roots, known, taken):
    """All of them with the fewest primes, as many for each, that leave no clash."""
    names = {name: primed(name) for name in clashing}
    while not all(
        roots[name].renamed(names).is_same(known[fresh])
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
