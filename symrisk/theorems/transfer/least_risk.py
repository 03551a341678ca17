"""Which of several estimators has the least risk, at each point of a grid.

An estimator is a tuple of formulas, one a regime: at each point the first that holds there has its
risk.
"""

import numpy as np

from symrisk.engine.arrays.given import numbers, refuse, vary_along
from symrisk.errors import ArgumentError
from symrisk.language.names.inputs import default_of


def risks(estimators, among, values):
    """{name: risks on the grid of all values}, nan where no formula of the estimator holds.

    Raises `ArgumentError` for an estimator or a name that there is not, `DomainError` for values
    that are not finite, have a sign that their name excludes, or do not broadcast.
    """
    among = tuple(among)
    for name in among:
        if name not in estimators:
            raise ArgumentError(f"estimators are {', '.join(estimators)}; not {name!r}")
    if not among:
        raise ArgumentError(f"one estimator at least is to be compared, of {', '.join(estimators)}")
    letters = _letters(estimators)
    arrays = {name: _checked(letters, name, value) for name, value in values.items()}
    shape, _ = vary_along(arrays, arrays.values())
    return {name: _first(estimators[name], arrays, shape) for name in among}


def winner(estimators, among, values):
    """The names of least risk; the first of equals, "" where none has a risk."""
    found = risks(estimators, among, values)
    table = np.stack(list(found.values()))
    best = np.argmin(np.where(np.isnan(table), np.inf, table), axis=0)
    return np.where(np.isnan(table).all(axis=0), "", np.array(list(found))[best])


def _letters(estimators):
    """{name: letter} of all that the estimators' formulas speak of."""
    letters = {}
    for formulas in estimators.values():
        for formula in formulas:
            letters.update((letter.name, letter) for letter in formula.graph.names)
    return letters


def _checked(letters, name, value):
    if name not in letters:
        raise ArgumentError(f"no estimator has a name {name!r}")
    array = numbers(name, value)
    refuse(name, array, array < 0 if letters[name].is_nonnegative else array != array,
           "not negative")
    return array


def _first(formulas, values, shape):
    found = np.full(shape, np.nan)
    for formula in formulas:
        found = np.where(np.isnan(found), _risk(formula, values), found)
    return found


def _risk(formula, values):
    """A formula's risk on the grid, by what it depends on of the values; nan outside its region."""
    needed = formula.given(*(s for s in formula.graph.names if s.name in values)).inputs
    defaults = {name: float(default_of(s))
                for name, s in needed.items() if default_of(s) is not None}
    known = {name: value for name, value in {**defaults, **values}.items() if name in needed}
    return formula(outside="nan", **known)
