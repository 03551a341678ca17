"""Kinds of proof."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """A kind of proof: what its certificates look like, how they are looked at again, and how they
    read.

    name: what a certificate says in `method`.  fields: each of its fields and of which type it is
    (`recheck.shape`), `method` aside.  confirms: a function of a Problem and a certificate that
    raises NotProved where that does not prove it; what it gives, if anything, are pairs of a claim
    and a certificate that it rests on, which are looked at in their turn.  reads: the certificate
    as lines of text.  tells: a function of a certificate and the `Letters` it speaks in, for a
    paper: paragraphs of LaTeX; where it is left out, the lines of text stand there as they are.

    A second look is one only where it goes another way: `confirms` shares no function with the
    method that made the certificate.

    >>> from symrisk.decide.found import proofs
    >>> sorted(proofs()["identity"].fields)
    ['cells?', 'left', 'right']
    """

    name: str
    fields: dict
    confirms: Callable[..., Iterable | None]
    reads: Callable[[dict], list[str]]
    tells: Callable[..., list[str]] | None = None
