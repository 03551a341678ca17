"""Numbers that a caller gives: checked, as arrays; an error says which is not what it should be."""

import numpy as np

from symrisk.engine.arrays import as_array
from symrisk.errors import DomainError


def of_each(name, values, K, rule, one=False):
    """K numbers, or one for all, that are `rule`: positive or not negative."""
    values = finite(name, np.asarray(as_array(name, values)))
    if one and values.ndim == 0:
        values = np.full(K, values)
    if values.shape != (K,):
        raise DomainError(f"{name} has one number for each of the {K} sources; not shape {values.shape}")
    offends = np.flatnonzero(values < 0 if rule == "not negative" else values <= 0)
    if offends.size:
        raise DomainError(f"{name} is {rule}; not {name}[{offends[0]}] = {float(values[offends[0]])!r}")
    return values.copy()


def number(name, value):
    """A finite number that is not negative, as a float."""
    value = np.asarray(as_array(name, value))
    if value.ndim:
        raise DomainError(f"{name} is one number; not an array of shape {value.shape}")
    if not 0 <= value < np.inf:
        raise DomainError(f"{name} is finite and not negative; not {name}={float(value)!r}")
    return float(value)


def vector(name, values, p):
    """p finite numbers."""
    values = finite(name, np.asarray(as_array(name, values)))
    if values.shape != (p,):
        raise DomainError(f"{name} has shape (p,) = {(p,)}; not {values.shape}")
    return values


def finite(name, values):
    """An array whose entries are all finite."""
    offends = np.argwhere(~np.isfinite(values))
    if len(offends):
        place = tuple(int(i) for i in offends[0])
        raise DomainError(f"{name} is finite; not {name}{list(place) if place else ''} = {float(values[place])!r}")
    return values
