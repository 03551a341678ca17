"""Methods of proof."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Method:
    """A way to decide claims; `symrisk.decide.found` finds it in its file.

    decides: a function of a Problem that gives a Verdict, with a certificate where it is proved, or
    None where it has no answer.  turn: methods are asked from the lowest on; one that says nothing
    comes after those that prove, and before the search for a witness.  goes_first: of which claims
    it is asked before all others, and before these are shown to have values: it shows that itself.

    >>> from symrisk import Claim, Region
    >>> from symrisk.decide.problem import Problem
    >>> from symrisk.decide.methods.identity import METHOD
    >>> from symrisk.symbols import n1, p
    >>> halves = Claim("two halves are the whole", p/2 + p/2, "==", p, on=Region(n1 < p))
    >>> METHOD.decides(Problem(halves)).by
    'identity'
    """

    decides: Callable[[Any], Any]
    turn: int = 80
    goes_first: Callable[[Any], bool] | None = None
