"""What a word means among ids: the id itself, or the end of one that no other has.

A wrong word is answered with the ids that it may be a slip of.  Nothing of weight is imported here:
a slip is answered before anything is.
"""

from collections import namedtuple
from collections.abc import Iterable, Sequence
from itertools import chain

from symrisk.catalogue.index import DERIVATION, Listed
from symrisk.engine.slips import either, hint, slips
from symrisk.errors import ArgumentError

FEW = 8
"""How many ids are listed where a word is close to none of them."""


class Ids(namedtuple("Ids", "theorems formulas chains")):
    """The ids of theorems, of their formulas and of their derivations, each a list in order.

    >>> ids = Ids(["collapse.mixing", "transfer.two_fits"], ["collapse.mixing.risk"], [])
    >>> ids.meant("mixing"), ids.meant("risk"), ids.theorem("collapse.mixing.risk")
    ('collapse.mixing', 'collapse.mixing.risk', 'collapse.mixing')
    >>> ids.of("transfer")
    ['transfer.two_fits']
    """

    # No dataclass: what makes those weighs more than the list of theorems does.
    __slots__ = ()

    @classmethod
    def listed(cls, known: dict[str, Listed]) -> "Ids":
        """Those that the index has."""
        formulas, chains = [], []
        for theorem in known.values():
            formulas += [f"{theorem.id}.{name}" for name in theorem.formulas]
            chains += theorem.derivations
        return cls(list(known), formulas, chains)

    def meant(self, word: str, settings: bool = False) -> str:
        """The whole id that a word means.

        settings: whether it might have been one of those, so that a slip of one is told.
        ArgumentError lists those that an ambiguous word may be; for an unknown one it says what is
        close to it, and where a theorem is known and its part is not, what parts it has.
        """
        theorem, _, name = word.removeprefix(DERIVATION).rpartition(".")
        of = ends_in(theorem, self.theorems) if theorem else []
        if len(of) == 1 and not any(ends_in(word, rank) for rank in self):
            raise ArgumentError(f"{of[0]} has no formula {name!r}{self._parts(of[0], name)}")
        if self.of(word) and not any(ends_in(word, rank) for rank in self):
            raise ArgumentError(f"{word} is a setting: symrisk show {word} lists its theorems")
        return meant(word, self, self._settings() if settings else ())

    def of(self, setting: str) -> list[str]:
        """The theorems of a setting; none where there is no such setting."""
        return [theorem for theorem in self.theorems if theorem.startswith(f"{setting}.")]

    def chosen(self, word: str) -> list[str]:
        """The theorems of a setting, or the one that a word means, or whose formula or derivation
        it means; ArgumentError as `meant` has it, a slip of a setting among the rest.
        """
        of = self.of(word)
        if of:
            return of
        return [self.theorem(self.meant(word, settings=True))]

    def _settings(self):
        return list(dict.fromkeys(theorem.partition(".")[0] for theorem in self.theorems))

    def theorem(self, identifier: str) -> str:
        """The theorem that a whole id is of."""
        if identifier in self.theorems:
            return identifier
        return identifier.removeprefix(DERIVATION).rpartition(".")[0]

    def _parts(self, theorem, name):
        """What is close to a name among a theorem's formulas, or else all its parts."""
        within = [known for known in self.formulas if known.startswith(f"{theorem}.")]
        names = [known.rpartition(".")[2] for known in within]
        own_chains = [known for known in self.chains if known.startswith(f"{DERIVATION}{theorem}.")]
        return hint(name, names) or f"; it has {', '.join([*sorted(names), *own_chains])}"


def meant(word: str, ranks: Sequence[Iterable[str]], settings: Iterable[str] = ()) -> str:
    """The id that a word means, among ids in ranks: those of an earlier rank are meant first.

    An id is meant by itself and by any part of it after a point that no other id of its rank ends
    in.  ArgumentError lists the ids that end in an ambiguous word; for an unknown one it says what
    is close to it, a setting too, or else how to see what there is.

    >>> ranks = ["collapse.mixing", "transfer.two_fits"], ["collapse.mixing.risk"]
    >>> meant("mixing", ranks), meant("risk", ranks)
    ('collapse.mixing', 'collapse.mixing.risk')
    >>> meant("mxing", ranks)
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: no theorem 'mxing'; did you mean collapse.mixing?
    """
    listed = [list(rank) for rank in ranks]
    if any(word in rank for rank in listed):
        return word
    for rank in listed:
        ending = ends_in(word, rank)
        if len(ending) == 1:
            return ending[0]
        if ending:
            raise ArgumentError(f"{word} may be {either(ending)}: say which")
    raise ArgumentError(f"no theorem {word!r}; {_instead(word, listed, settings)}")


def neither(word: str, error: ArgumentError) -> ArgumentError:
    """The error for a word that is no module and no path, and no id either, which an error says.

    >>> print(neither("mxing", ArgumentError("no theorem 'mxing'")))
    no module or path 'mxing', and no theorem 'mxing'
    """
    return ArgumentError(f"no module or path {word!r}, and {error}")


def ends_in(word: str, known: Iterable[str]) -> list[str]:
    """The ids that are a word, or end in it after a point.

    >>> ends_in("mixing", ["collapse.mixing", "collapse.remixing"])
    ['collapse.mixing']
    """
    return [each for each in known if f".{each}".endswith(f".{word}")]


def _instead(word, ranks, settings):
    """What to say after an unknown word: the ids whose last part its own is close to.

    What stands before is like that of many: it would make any word of the setting close.  The last
    rank, of derivations, has the names of formulas again.
    """
    ending: dict[str, list[str]] = {setting: [setting] for setting in settings}
    for known in chain.from_iterable(ranks[:2]):
        ending.setdefault(known.rpartition(".")[2], []).append(known)
    found = []
    for close in slips(word.rpartition(".")[2], ending):
        found += [known for known in ending[close] if known not in found]
    if found:
        return f"did you mean {either(found[:3])}?"
    if len(ranks[0]) > FEW:
        return "`symrisk show` lists all, `symrisk find WORDS` searches them"
    return f"there are {', '.join(ranks[0]) or 'none'}"
