"""One curve: a quantity along one of its inputs, all others at fixed values."""

import warnings
from dataclasses import dataclass

import numpy as np

from symrisk.engine.noun import cached_property
from symrisk.errors import AccuracyWarning, DomainError
from symrisk.language.quantity import Quantity
from symrisk.laws.law import Law
from symrisk.plot.side import Side
from symrisk.plot.words import letter, valued

POINTS, DOTS, SIZES = 601, 60, 5
"""Points of a curve; whole values up to which each is a dot; places that are simulated."""


@dataclass(frozen=True)
class Curve:
    """`quantity` along `side` at `values`; `varied` are the values that tell it from the others.

    names: the letters of the values.  spoken: whether the quantity is named beside the curve.
    level: whether the quantity does not take the input, beside others that do.
    """

    quantity: Quantity
    side: Side
    values: dict
    varied: dict
    names: dict
    spoken: bool
    level: bool

    @cached_property
    def x(self):
        """The places, from end to end."""
        return self.side.spread(POINTS)

    @cached_property
    def y(self):
        """The values there, nan where the quantity does not hold.

        DomainError where it holds at none of the places: it says what fails half way.
        """
        values = self.values if self.level else {**self.values, self.side.name: self.x}
        with warnings.catch_warnings():
            # A picture shows three digits: what rounding takes beyond them is not worth a word.
            warnings.simplefilter("ignore", AccuracyWarning)
            found = self.quantity(outside="nan", **values)
        found = np.broadcast_to(found, self.x.shape)
        if not np.isfinite(found).any():
            self._refuse()
        return np.where(np.isfinite(found), found, np.nan)

    def _refuse(self):
        """DomainError: there is nothing to draw."""
        nowhere = f"{self.quantity.title} has no value on {self.side}{self._told()}"
        middle = float(self.x[len(self.x) // 2])
        try:
            self.quantity(**{**self.values, self.side.name: middle})
        except DomainError as error:
            raise DomainError(f"{nowhere}: {error}") from error
        raise DomainError(nowhere)

    def _told(self):
        told = [f"{name}={value}" for name, value in self.varied.items()]
        return f" at {', '.join(told)}" if told else ""

    @property
    def is_dotted(self):
        """Whether each value of the input is a dot: there are few, and none between them."""
        return bool(self.side.symbol.is_integer) and len(self.x) <= DOTS

    @property
    def name(self):
        """What sets it apart, as mathematics; empty for a curve that is alone."""
        parts = [letter(self.quantity)] if self.spoken else []
        parts += [valued(self.names[name], value) for name, value in self.varied.items()]
        return ", ".join(parts)

    def places(self, top):
        """Where it is simulated: within its ends, where it is in view; whole where sizes are."""
        seen = self.x[np.isfinite(self.y) & (self.y <= top)]
        spread = np.linspace(seen[0], seen[-1], SIZES + 2)[1:-1]
        if getattr(self.side.symbol, "kind", "") in ("count", "integer"):
            return sorted({int(place) for place in spread if seen[0] <= int(place)})
        return spread.tolist()

    def simulated(self, simulation, reps, rng, executor, place):
        """The Comparison of one place."""
        inputs = {name: _plain(value) for name, value in self.values.items()}
        inputs[self.side.name] = place
        return simulation.run(reps, rng=rng, executor=executor, **inputs)


def _plain(value):
    """A number as an experiment takes it: whole where it is whole."""
    if isinstance(value, Law):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number
