"""Two quantities on a grid of two of their inputs: which is below, where they are equal, and
where one does not hold.
"""

import warnings
from dataclasses import dataclass

import numpy as np

from symrisk.engine.noun import cached_property
from symrisk.errors import AccuracyWarning, ArgumentError, DomainError, SymriskError
from symrisk.language.made import Constant
from symrisk.language.names.inputs import default_of
from symrisk.language.quantity import Quantity
from symrisk.language.relation import Relation
from symrisk.laws.law import Law
from symrisk.plot.side import read_side, single

TIE, STILL, STEPS = 1e-12, 1e-13, 40


@dataclass(frozen=True)
class Rule:
    """Why there are points without a value: `slack`, on the grid, is below zero there.

    relation: the hypothesis that fails, of each quantity in `holders`; None where none is known.
    """

    relation: object
    holders: tuple
    slack: np.ndarray


class Duel:
    """`pooled` against `alone` over the inputs x and y, at `values` of the others; the arguments
    are those of `phase_diagram`.
    """

    def __init__(self, pooled, alone, x, y, values):
        self.pair = pooled, alone
        for quantity in self.pair:
            if not isinstance(quantity, Quantity):
                raise ArgumentError(
                    f"a phase diagram compares two formulas, or what is made from them; not "
                    f"{quantity!r}"
                )
        self.symbols = _names(*self.pair)
        self.x, self.y = read_side("x", x, self._symbol), read_side("y", y, self._symbol)
        self.values = {
            name: value if isinstance(value, Law) else single(name, value)
            for name, value in values.items()
        }
        self.taken = [
            _taken(quantity, {self.x.name, self.y.name, *values}) for quantity in self.pair
        ]
        self._refuse_strangers()

    def _symbol(self, name):
        if name not in self.symbols:
            takes = sorted(set().union(*(quantity.inputs for quantity in self.pair)))
            raise ArgumentError(
                f"neither {self.spoken} has a name {name!r}; they take {', '.join(takes)}"
            )
        return self.symbols[name]

    @property
    def spoken(self):
        return " nor ".join(quantity.title for quantity in self.pair)

    def _refuse_strangers(self):
        given = [self.x.name, self.y.name, *self.values]
        for place, name in enumerate(given):
            self._symbol(name)
            if name in given[:place]:
                raise ArgumentError(f"{name} is given twice")
            if not any(name in taken for taken in self.taken):
                raise ArgumentError(f"neither {self.spoken} needs {name} once the others are given")

    def at(self, x, y):
        """The two at points, arrays of one shape; nan where one does not hold."""
        return [
            np.broadcast_to(self._one(quantity, taken, x, y), x.shape)
            for quantity, taken in zip(self.pair, self.taken, strict=True)
        ]

    def _one(self, quantity, taken, x, y):
        values = {**self.values, self.x.name: x, self.y.name: y}
        with warnings.catch_warnings():
            # A picture shows three digits: what rounding takes beyond them is not worth a word.
            warnings.simplefilter("ignore", AccuracyWarning)
            return quantity(outside="nan", **{name: values[name] for name in taken})

    @cached_property
    def points(self):
        """The values of x and y on the grid, each of its shape."""
        return np.meshgrid(self.x.grid, self.y.grid)

    @cached_property
    def on_grid(self):
        """The two on the grid: what takes one of the two inputs is evaluated along that one
        alone.
        """
        (x, y), found = self.points, []
        for quantity, taken in zip(self.pair, self.taken, strict=True):
            one = self._one(
                quantity,
                taken,
                x if self.y.name in taken else x[:1],
                y if self.x.name in taken else y[:, :1],
            )
            found.append(np.broadcast_to(one, x.shape))
        if np.isnan(_gap(*found)).all():
            raise DomainError(f"nowhere on {self.x} and {self.y} do both hold{self._why(found)}")
        return found

    def _why(self, found):
        """What one that has no value at all says of the middle of the grid."""
        middle = {side.name: float(side.at(len(side.grid) // 2)) for side in (self.x, self.y)}
        for quantity, taken, values in zip(self.pair, self.taken, found, strict=True):
            if np.isnan(values).all():
                try:
                    quantity(**{name: {**self.values, **middle}[name] for name in taken})
                except SymriskError as error:
                    return f": {error}"
        needed = []
        for quantity in self.pair:
            needed += [f"{quantity.title} holds for {rule}" for rule in quantity.region.premises]
        return f": {', '.join(needed)}"

    @cached_property
    def gap(self):
        """By how much `pooled` is below `alone` on the grid; nan where one does not hold, 0
        where rounding might say either.
        """
        return _gap(*self.on_grid)

    @property
    def crosses(self):
        """Whether each of the two is below the other somewhere."""
        return bool((self.gap < 0).any() and (self.gap > 0).any())

    @cached_property
    def rules(self):
        """The Rules that are broken somewhere on the grid."""
        found = {}
        for quantity, taken, values in zip(self.pair, self.taken, self.on_grid, strict=True):
            bare = np.isnan(values)
            for relation, slack in self._slacks(quantity, taken):
                bare &= slack > 0
                if (slack < 0).any():
                    holders = found[str(relation)].holders if str(relation) in found else ()
                    found[str(relation)] = Rule(relation, (*holders, quantity), slack)
            if bare.any():
                found[quantity] = Rule(None, (quantity,), np.where(bare, -1.0, 1.0))
        return tuple(found.values())

    def _slacks(self, quantity, taken):
        """Pairs (hypothesis, its slack on the grid): signs of x and y by their meaning, and what
        the given values decide.
        """
        values = {**self.values, **dict(zip((self.x.name, self.y.name), self.points, strict=True))}
        for side in (self.x, self.y):
            if side.name in taken and side.symbol.is_nonnegative:
                yield (
                    Relation(side.symbol, ">" if side.symbol.is_positive else ">=", 0),
                    values[side.name],
                )
        for relation in quantity.region.premises:
            slack = Constant(relation.slack)
            try:
                found = slack(
                    outside="nan", **{name: values[name] for name in slack.inputs if name in values}
                )
            except SymriskError:
                continue
            yield relation, np.broadcast_to(found, self.gap.shape)

    def solved(self, vertices):
        """Points of an interpolated boundary moved, along the edges of the grid that they lie
        on, to where the gap is zero.
        """
        if not len(vertices):
            return vertices
        places = np.stack([self.x.steps(vertices[:, 0]), self.y.steps(vertices[:, 1])], axis=1)
        off = np.abs(places - np.round(places))
        along = off == off.max(axis=1, keepdims=True)
        last = np.array(self.gap.shape[::-1]) - 1
        ends = [
            np.minimum(np.where(along, np.floor(places) + more, np.round(places)), last)
            for more in (0, 1)
        ]

        def point(share):
            place = ends[0] + share[:, None] * (ends[1] - ends[0])
            return self.x.at(place[:, 0]), self.y.at(place[:, 1])

        try:
            share = _crossing(
                lambda part: _gap(*self.at(*point(part))),
                *(self.gap[end[:, 1].astype(int), end[:, 0].astype(int)] for end in ends),
            )
        except SymriskError:
            # a sign that changes at a pole: there is nothing to solve
            return vertices
        return np.where(np.isnan(share)[:, None], vertices, np.stack(point(share), axis=1))


def _names(*quantities):
    found = {}
    # The first quantity's own symbols win.
    for quantity in reversed(quantities):
        found |= {s.name: s for s in (*quantity.graph.names, *quantity.inputs.values())}
    return found


def _taken(quantity, given):
    """The names among `given` that a quantity takes: its inputs; where these do not suffice,
    also what it defines itself.
    """
    inputs = quantity.inputs
    if all(name in given or default_of(symbol) is not None for name, symbol in inputs.items()):
        return given & inputs.keys()
    return given & _names(quantity).keys()


def _gap(pooled, alone):
    gap = alone - pooled
    return np.where(np.abs(gap) <= TIE * (np.abs(alone) + np.abs(pooled)), 0.0, gap)


def _crossing(gap_at, first, last):
    """The share of the way at which each gap changes its sign (false position, Illinois); nan
    where it does not.
    """
    low, high, before = np.zeros(len(first)), np.ones(len(first)), np.zeros(len(first))
    with np.errstate(all="ignore"):
        share = np.where(first * last < 0, first / (first - last), np.nan)
        for _ in range(STEPS):
            found = gap_at(np.nan_to_num(share))
            side = np.where(found * last > 0, 1, -1)
            halved = np.where(side == before, 0.5, 1.0)
            first, last = (
                np.where(side > 0, first * halved, found),
                np.where(side > 0, found, last * halved),
            )
            low, high, before = (
                np.where(side > 0, low, share),
                np.where(side > 0, share, high),
                side,
            )
            share, left = (low * last - high * first) / (last - first), share
            if not (np.abs(share - left) > STILL).any():
                break
    return share
