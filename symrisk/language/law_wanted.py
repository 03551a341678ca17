"""What to say where something else is given for a law."""

from collections.abc import Iterable

import numpy as np
import sympy

from symrisk.errors import ArgumentError

LONGEST = 60


def law_wanted(name: str, variables: Iterable[sympy.Symbol], given: object) -> ArgumentError:
    """The error for a value that is no law: how to make one of it, for these variables.

    >>> from symrisk.symbols import eigenvalue, tau
    >>> print(law_wanted("H", [tau], [1.0, 2.0]))
    H is a law, not a list of 2: write H=Empirical(eigenvalues) of measured ones, or H=Atoms({value: weight})
    >>> print(law_wanted("H", [eigenvalue(1), eigenvalue(2)], np.ones((3, 2))))
    H is a law of tau1 and tau2, not an array of shape (3, 2): write H=Empirical(tau1=a[:, 0], tau2=a[:, 1]), where a is the array, ...
    """  # noqa: E501
    needed = [v for v in variables if v.default is None] or list(variables)
    letters = sorted(map(str, needed))
    if len(letters) < 2:
        measured, atoms, of = "eigenvalues", "value", ""
    else:
        columns = [f"{letter}=..." for letter in letters]
        if isinstance(given, np.ndarray) and given.ndim == 2:
            columns = [f"{letter}=a[:, {place}]" for place, letter in enumerate(letters)]
        measured, atoms = ", ".join(columns), f"({', '.join(letters)})"
        of = f" of {', '.join(letters[:-1])} and {letters[-1]}"
    where = ", where a is the array" if "a[:" in measured else " of measured ones"
    return ArgumentError(
        f"{name} is a law{of}, not {_kind(given)}: write {name}=Empirical({measured}){where}, or "
        f"{name}=Atoms({{{atoms}: weight}})"
    )


def _kind(given):
    """What was given, in few words: an array is not printed."""
    if isinstance(given, np.ndarray):
        return f"an array of shape {given.shape}"
    if isinstance(given, (list, tuple, dict)):
        return f"a {type(given).__name__} of {len(given)}"
    shown = repr(given)
    return shown if len(shown) <= LONGEST else f"a {type(given).__name__}"
