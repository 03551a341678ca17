"""What a word means among ids: the id itself, or the end of one that no other has.

A wrong word is answered with the ids that it may be a slip of.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from symrisk.engine.slips import either, slips
from symrisk.errors import ArgumentError


def meant(word: str, ranks: Sequence[Iterable[str]]) -> str:
    """The id that a word means, among ids in ranks: those of an earlier rank are meant first.

    An id is meant by itself and by any part of it after a point that no other id of its rank ends
    in.  ArgumentError lists the ids that end in an ambiguous word; for an unknown one it says what
    is close to it, or else what there is in the first rank.

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
    raise ArgumentError(f"no theorem {word!r}; {_instead(word, listed)}")


def ends_in(word: str, known: Iterable[str]) -> list[str]:
    """The ids that are a word, or end in it after a point.

    >>> ends_in("mixing", ["collapse.mixing", "collapse.remixing"])
    ['collapse.mixing']
    """
    return [each for each in known if f".{each}".endswith(f".{word}")]


def _instead(word, ranks):
    """What to say after an unknown word: the ids whose last part its own is close to.

    What stands before is like that of many: it would make any word of the setting close.  The last
    rank, of derivations, has the names of formulas again.
    """
    ending: dict[str, list[str]] = {}
    for known in chain.from_iterable(ranks[:2]):
        ending.setdefault(known.rpartition(".")[2], []).append(known)
    found = []
    for close in slips(word.rpartition(".")[2], ending):
        found += [known for known in ending[close] if known not in found]
    if found:
        return f"did you mean {either(found[:3])}?"
    return f"there are {', '.join(ranks[0]) or 'none'}"
