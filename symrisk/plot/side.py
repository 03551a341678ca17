"""An input that runs along an axis."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from symrisk.engine.arrays.given import as_array
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, DomainError

SIDE, HAIR = 201, 1e-6


@dataclass(frozen=True)
class Side:
    """A side of the grid: an input that runs from `low` to `high`, evenly in itself or in its
    logarithm.
    """

    symbol: object
    low: float
    high: float
    log: bool

    @property
    def name(self):
        return self.symbol.name

    @cached_property
    def grid(self):
        """Values from end to end, short of both by a hair, for most hypotheses are strict; whole
        where the input is.
        """
        last = np.floor(self.high) - np.ceil(self.low) if self.symbol.is_integer else SIDE - 1
        return self.at(np.arange(last + 1))

    def at(self, place):
        """The value at a place along the side, in steps of the grid, whole or not."""
        if self.symbol.is_integer:
            return np.ceil(self.low) + place
        share = HAIR + (1 - 2 * HAIR) * place / (SIDE - 1)
        return (
            self.low * (self.high / self.low) ** share
            if self.log
            else self.low + (self.high - self.low) * share
        )

    def steps(self, values):
        """The number of the grid's step in which each value lies, and how far on in it."""
        return np.interp(values, self.grid, np.arange(len(self.grid)))

    def __str__(self):
        return f"{self.name} from {self.low:g} to {self.high:g}"

    def spread(self, most):
        """At most so many values from end to end, both among them; whole where the input is."""
        if self.symbol.is_integer:
            low, high = np.ceil(self.low), np.floor(self.high)
            return np.unique(np.round(np.linspace(low, high, int(min(most, high - low + 1)))))
        spaced = np.geomspace if self.log else np.linspace
        return spaced(self.low, self.high, most)


def read_side(place: str, given, symbol_of: Callable) -> Side:
    """The Side that (name, first, last), or these and "log", asks for.

    place: what the argument is called, "x".  symbol_of: the symbol of a name, which refuses other
    names.  ArgumentError for another form, for a law, and for what is no number; DomainError for a
    range that is none.
    """
    is_range = isinstance(given, (tuple, list)) and len(given) in (3, 4)
    if not is_range or list(given[3:]) not in ([], ["log"]):
        raise ArgumentError(
            f"{place} is (name, first, last) or (name, first, last, 'log'); not {given!r}"
        )
    name, log = str(given[0]), len(given) == 4
    symbol = symbol_of(name)
    if getattr(symbol, "kind", None) == "law":
        raise ArgumentError(f"{place}: {name} is a law and has no range; give it as {name}=...")
    low, high = (float(single(f"{place}: {name}", end)) for end in given[1:3])
    if not (np.isfinite([low, high]).all() and low < high):
        raise DomainError(
            f"{place}: {name} runs from a number to a larger one; not from {low:g} to {high:g}"
        )
    if log and low <= 0:
        raise DomainError(
            f"{place}: on a logarithmic scale {name} starts above zero; not at {low:g}"
        )
    if symbol.is_integer and np.floor(high) - np.ceil(low) < 1:
        raise DomainError(
            f"{place}: {name} is a whole number, of which there are not two from {low:g} to "
            f"{high:g}"
        )
    return Side(symbol, low, high, log)


def single(name: str, value):
    """One number; ArgumentError for what is none, or several."""
    number = as_array(name, value)
    if np.ndim(number):
        raise ArgumentError(f"{name} is one number here; not an array of shape {np.shape(number)}")
    return number
