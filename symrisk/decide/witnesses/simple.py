"""The simplest numbers: those that one writes down first."""

from flint import fmpq


def simplest(low, high):
    """The rational of least denominator strictly between two rationals, and of these the one next
    to 0; None is no end.

    >>> str(simplest(fmpq(1, 3), fmpq(1, 2))), str(simplest(fmpq(999), None))
    ('2/5', '1000')
    """
    if (low is None or low < 0) and (high is None or high > 0):
        return fmpq(0)
    if high is not None and high <= 0:
        return -simplest(-high, None if low is None else -low)
    return _between(low, high)


def _between(low, high):
    """For 0 <= low < high, by continued fractions."""
    whole = low.floor()
    if high is None or whole + 1 < high:
        return fmpq(whole + 1)
    # Here low and high lie in [whole, whole + 1], so that what is left over is turned round.
    rest = None if low == whole else 1 / (low - whole)
    return whole + 1 / _between(1 / (high - whole), rest)


def simplest_whole(first, last):
    """The whole number of first, ..., last that is next to 0, as a rational; None where there is
    none, and None is no end.
    """
    if first is not None and last is not None and first > last:
        return None
    if first is not None and first > 0:
        return fmpq(first)
    return fmpq(last) if last is not None and last < 0 else fmpq(0)
