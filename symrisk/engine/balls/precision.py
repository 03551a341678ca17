"""Working precision, one thread at a time.

python-flint keeps one precision for the whole process, not one a thread.  Whoever computes in balls
takes a turn: the precision is set, used, and put back as it was, whatever is raised meanwhile.
mpmath keeps its precision in a context, of which each thread has one here; its tables of constants
are common to all, and so is the turn.
"""

from contextlib import contextmanager
from threading import RLock, local

import flint
import mpmath

_TURN = RLock()
"""Re-entrant: a ball is sharpened at a precision of its own inside the one that asked for it."""


@contextmanager
def precision(bits):
    """Balls of python-flint at `bits` bits, while no other thread computes in them.

    >>> with precision(200):
    ...     flint.ctx.prec
    200
    >>> flint.ctx.prec
    53
    """
    with _TURN:
        before = flint.ctx.prec
        flint.ctx.prec = bits
        try:
            yield
        finally:
            flint.ctx.prec = before


class _Own(local):
    """A context of mpmath for each thread that asks."""

    def __init__(self):
        self.mp = mpmath.mp.clone()


_OWN = _Own()


@contextmanager
def decimals(digits):
    """An mpmath context of this thread's own, at `digits` significant digits; mpmath's global one
    is not touched.

    >>> with decimals(30) as mp:
    ...     print(mp.sqrt(2))
    1.41421356237309504880168872421
    >>> mpmath.mp.dps
    15
    """
    with _TURN, _OWN.mp.workdps(digits):
        yield _OWN.mp
