"""Claims of monotonicity, a line each: that a quantity grows, or falls, with each of some names.

The sentence is made from the meanings that the symbols carry.  What is claimed is the sign of the
slope at every point of the region; whether there is a direction at all, or under which condition,
is found by `monotonicity`.
"""

import re

import sympy

from symrisk.errors import ArgumentError
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.quantity import Quantity

REMARK = re.compile(r"[:;]| (?=\S*[|_^])")
"""Where the words of a meaning end: at a remark, or at a formula like |theta_2|^2 or n_1 + n_2."""
WITHOUT_ARTICLE = ("what ", "how ", "the ", "a ", "an ")


def rises(quantity, /, *names, on=None, strictly=True, called="") -> tuple[Claim, ...]:
    """Claims that a quantity grows with each of the names, one a name.

    quantity: a formula, or what is made of formulas.  on: hypotheses beyond those it holds on, a
    Region or one relation.  strictly: the slope is positive; else it is not negative.  called: what
    the sentence says instead of the formula's meaning; what is made of formulas has none.

    The claim is about the slope, at every point of the region; along a whole variable about the
    step to the next number.

    >>> from symrisk import Formula, Region, prove, rises
    >>> from symrisk.symbols import n1, n2, p, symbol
    >>> room = Formula(symbol("room", "s", "share of the dimensions that are free"),
    ...                (p - n1 - n2)/p, on=Region(n1 + n2 < p))
    >>> rises(room, p, on=n1 > 0)
    (Claim: the share of the dimensions that are free grows with the dimension,)
    >>> prove(rises(room, p, on=n1 > 0)[0]).status
    'proved'

    Raises `ArgumentError` for no name, for what is no symbol, and for a quantity without a meaning
    that is not called anything.
    """
    verb, rel = ("grows", ">") if strictly else ("never falls", ">=")
    return _claims(quantity, names, on, called, verb, rel)


def falls(quantity, /, *names, on=None, strictly=True, called="") -> tuple[Claim, ...]:
    """Claims that a quantity falls with each of the names: as `rises`, with the other sign.

    >>> from symrisk import Formula, Region, falls
    >>> from symrisk.symbols import n1, n2, p, symbol
    >>> room = Formula(symbol("room", "s", "share of the dimensions that are free"),
    ...                (p - n1 - n2)/p, on=Region(n1 + n2 < p))
    >>> for claim in falls(room, n1, n2, called="the room"):
    ...     print(claim.says)
    the room falls with the source sample size
    the room falls with the target sample size
    """
    verb, rel = ("falls", "<") if strictly else ("never grows", "<=")
    return _claims(quantity, names, on, called, verb, rel)


def _claims(quantity, names, on, called, verb, rel):
    if not isinstance(quantity, Quantity):
        raise ArgumentError(f"what {verb} is a formula, or made of formulas; not {quantity!r}")
    if not names:
        raise ArgumentError(f"{quantity.title}: name the symbols with which it {verb}")
    beginning = f"{called or _subject(quantity)} {verb} with"
    return tuple(_claim(quantity, name, on, beginning, rel) for name in names)


def _claim(quantity, name, on, beginning, rel):
    if not isinstance(name, sympy.Symbol):
        raise ArgumentError(f"{beginning} a symbol; not {name!r}")
    says = f"{beginning} {_spoken(name)}"
    if name.is_integer:
        return Claim(says, quantity.at({name: name + 1}), rel, quantity, on=on)
    return Claim(says, quantity.diff(name), rel, 0, on=on)


def _subject(quantity):
    """What a formula is called in a sentence: the words of its symbol's meaning."""
    if not isinstance(quantity, Formula):
        raise ArgumentError(
            f"{quantity.title} has no meaning of its own; called='...' says what it is"
        )
    return _spoken(quantity.symbol)


def _spoken(symbol):
    """The words of a symbol's meaning, with an article; its name where it has no meaning."""
    words = REMARK.split(getattr(symbol, "meaning", ""), maxsplit=1)[0].strip()
    if not words:
        return str(symbol)
    return words if words.startswith(WITHOUT_ARTICLE) else f"the {words}"
