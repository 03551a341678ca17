"""Which of several estimators has the least risk, at each point of a grid.

An `Estimator` states its risk a regime: at each point the first that holds there has its risk.
"""

import numpy as np

from symrisk.engine.arrays.given import numbers, refuse, vary_along
from symrisk.errors import ArgumentError


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
    letters = {}
    for estimator in estimators.values():
        letters.update(estimator.letters)
    arrays = {name: _checked(letters, name, value) for name, value in values.items()}
    vary_along(arrays, arrays.values())
    return {name: estimators[name].risk(**arrays) for name in among}


def winner(estimators, among, values):
    """The names of least risk; the first of equals, "" where none has a risk."""
    found = risks(estimators, among, values)
    table = np.stack(list(found.values()))
    best = np.argmin(np.where(np.isnan(table), np.inf, table), axis=0)
    return np.where(np.isnan(table).all(axis=0), "", np.array(list(found))[best])


def _checked(letters, name, value):
    if name not in letters:
        raise ArgumentError(f"no estimator has a name {name!r}")
    array = numbers(name, value)
    refuse(name, array, array < 0 if letters[name].is_nonnegative else array != array,
           "not negative")
    return array
