"""What an experiment is given: whole numbers and a generator, each refused by name."""

import math

import numpy as np

from symrisk.errors import ArgumentError, DomainError


def count(name, value, least=0) -> int:
    """`value` as a Python integer: a sample size, a dimension, a generation.

    Asymptotic formulas take any real number of rows, a simulation only whole ones.

    >>> count("n1", 100.0)
    100
    >>> count("n1", 2.5)
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: n1 is a whole number >= 0 in a simulation; not 2.5

    Raises `DomainError` for a number that is not whole or below `least`, `ArgumentError` for no
    number.
    """
    is_number = isinstance(value, (int, float, np.integer, np.floating))
    if isinstance(value, (bool, np.bool_)) or not is_number:
        raise ArgumentError(f"{name} is a whole number >= {least}; not {value!r}")
    if not (math.isfinite(value) and value == int(value) and value >= least):
        raise DomainError(f"{name} is a whole number >= {least} in a simulation; not {value}")
    return int(value)


def generator(rng) -> np.random.Generator:
    """`numpy.random.default_rng(rng)`; ArgumentError for what is neither a seed nor a generator."""
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError) as error:
        raise ArgumentError(
            f"rng is a Generator or a seed, a whole number >= 0; not {rng!r}"
        ) from error
