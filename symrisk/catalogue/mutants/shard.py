"""Of what there is to do, a part for each of several machines, and what is done first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from symrisk.errors import ArgumentError


@dataclass(frozen=True)
class Shard:
    """The `number`-th of `amount` parts, counted from 1; together the parts are all.

    >>> Shard.read("2/3").of("abcdefgh")
    'beh'
    """

    number: int = 1
    amount: int = 1

    @classmethod
    def read(cls, words: str) -> "Shard":
        """The part that "2/8" names; ArgumentError for other words."""
        number, _, amount = words.partition("/")
        is_number = all(part.isascii() and part.isdigit() for part in (number, amount))
        if not is_number or not 1 <= int(number) <= int(amount):
            raise ArgumentError(f"a shard is K/N, the K-th of N parts, such as 2/8; not {words!r}")
        return cls(int(number), int(amount))

    def of(self, items: Sequence) -> Sequence:
        """Its items: every `amount`-th."""
        return items[self.number - 1 :: self.amount]


def spread(items: Sequence, most: int) -> list:
    """At most so many of some items, from all over them, the same ones every time.

    >>> spread("abcdefgh", 3)
    ['a', 'c', 'f']
    """
    if len(items) <= most:
        return list(items)
    return [items[place * len(items) // most] for place in range(most)]


def by_turns(sequences: Iterable[Sequence]) -> list:
    """The items of several sequences, the first of each before the second of any.

    >>> by_turns(["abc", "x", "pq"])
    ['a', 'x', 'p', 'b', 'q', 'c']
    """
    nothing = object()
    rounds = zip_longest(*sequences, fillvalue=nothing)
    return [item for item in chain.from_iterable(rounds) if item is not nothing]
