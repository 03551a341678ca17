"""The places of a sign table by FLINT: real zeros from isolated complex roots in balls,
intervals and signs between them.
"""

import flint
from flint import fmpq_poly, fmpz, fmpz_poly

from symrisk.engine.balls.precision import precision
from symrisk.errors import NotProved

MOST_LEVELS = 4096


def is_admitted(sign, relation):
    """Whether a sign is as a relation to zero says; where there is no value it never is."""
    if sign is None:
        return False
    return {">": sign > 0, ">=": sign >= 0, "==": sign == 0}[relation]


def places_of(gap, conditions, whole):
    """The table's places by FLINT: the real zeros of all polynomials in order, the intervals
    between, and their signs.
    """
    quotients = [gap, *conditions]
    parts = [part for top, bottom, _ in quotients for part in (top, bottom) if part.degree() > 0]
    zeros = _zeros(parts)
    ends = [(None, None), *zeros, (None, None)]
    found = []
    for k, (low, high) in enumerate(ends):
        if 0 < k < len(ends) - 1:
            found.append(_entry(quotients, low, high, True, _whole_in_cell(low, high), whole))
        if k < len(ends) - 1:
            right, last = ends[k + 1]
            first_whole = None if low is None else low.floor() + 1
            last_whole = None if last is None else last.ceil() - 1
            holds_whole = first_whole is None or last_whole is None or first_whole <= last_whole
            found.append(_entry(quotients, high, right, False, holds_whole, whole))
    return found


def _whole_in_cell(low, high):
    return low == high and low.q == 1


def _entry(quotients, low, high, is_zero, holds_whole, whole):
    signs = [_sign_on(top, bottom, low, high, is_zero) for top, bottom, _ in quotients]
    inside = all(
        is_admitted(s, relation)
        for s, (_, _, relation) in zip(signs[1:], quotients[1:], strict=True)
    )
    return {
        "low": None if low is None else str(low),
        "high": None if high is None else str(high),
        "inside": inside and (holds_whole or not whole),
        "sign": signs[0],
    }


def _sign_on(top, bottom, low, high, is_zero):
    """The sign of a quotient at a zero, or between two; None where it has no value."""
    at = _sign_at_zero if is_zero else _sign_between
    above, below = at(top, low, high), at(bottom, low, high)
    return None if below == 0 else above * below


def _sign_at_zero(poly, low, high):
    """A polynomial changes sign between the ends of the cell of its own simple zero; it is
    squarefree here.
    """
    if low == high:
        return _sign(poly(low))
    if poly.degree() < 1:
        return _sign(poly[0])
    squarefree = poly / poly.gcd(poly.derivative())
    return 0 if _sign(squarefree(low)) * _sign(squarefree(high)) < 0 else _sign(poly(low))


def _sign_between(poly, low, high):
    if low is None and high is None:
        return _sign(poly(flint.fmpq(0)))
    if low is None or high is None:
        return _sign(poly(high - 1 if low is None else low + 1))
    return _sign(poly((low + high) / 2))


def _sign(number):
    return (number > 0) - (number < 0)


def _zeros(parts):
    """The cells of the real zeros, rational ones exactly, by balls of enough bits."""
    if not parts:
        return []
    product = fmpq_poly([1])
    for part in parts:
        product *= part / product.gcd(part)
    squarefree = product / product.gcd(product.derivative())
    whole = fmpz_poly((squarefree * squarefree.denom()).numer().coeffs())
    bits = 64 + 4 * sum(int(c).bit_length() for c in whole.coeffs())
    with precision(bits):
        real = sorted(
            (root.real for root, _ in whole.complex_roots() if root.imag.contains(0)),
            key=lambda r: r.mid(),
        )
        lead = whole[whole.degree()]
        rationals, others = [], []
        for ball in real:
            candidate = (ball * lead).unique_fmpz()
            zero = None if candidate is None else flint.fmpq(candidate, lead)
            if zero is not None and squarefree(zero) == 0:
                rationals.append(zero)
            else:
                others.append(ball)
        cells = _cells(others, rationals)
    return sorted([*((zero, zero) for zero in rationals), *cells])


def _cells(balls, rationals):
    """The dyadic cells of the least level that are apart from each other and from the rational
    zeros.
    """
    for level in range(MOST_LEVELS):
        scale = fmpz(2) ** level
        lows = sorted((ball * scale).floor().unique_fmpz() for ball in balls)
        apart = all(b - a > 1 for a, b in zip(lows, lows[1:], strict=False))
        if apart and not any(m <= zero * scale <= m + 1 for m in lows for zero in rationals):
            return [(flint.fmpq(m, scale), flint.fmpq(m + 1, scale)) for m in lows]
    raise NotProved(f"zeros lie closer together than 2^-{MOST_LEVELS}")
