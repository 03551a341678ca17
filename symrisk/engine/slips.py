"""What a word that is not known may be a slip of."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

CLOSE = 0.65
"""How alike a word and what it may be a slip of are, as difflib counts: 1 is the same."""


def slips(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """What a word may be a slip of, the likeliest first; capitals do not count.

    >>> slips("Nosie", ["noise", "signal"])
    ['noise']
    """
    folded = {each.casefold(): each for each in reversed(list(known))}
    found = get_close_matches(word.casefold(), folded, n=most, cutoff=CLOSE)
    return [folded[each] for each in found]


def hint(word: str, known: Iterable[str]) -> str:
    """What to put after a sentence on an unknown word: what is meant perhaps; empty where nothing
    is close.

    >>> hint("nosie", ["noise", "signal"])
    '; did you mean noise?'
    """
    close = slips(word, known)
    return f"; did you mean {either(close)}?" if close else ""


def either(names: Sequence[str]) -> str:
    """Names to choose from, in words.

    >>> either(["a", "b", "c"])
    'a, b or c'
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
