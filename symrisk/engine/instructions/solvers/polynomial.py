"""The zero of a polynomial in an interval: exactly where rational, as a ball, and on arrays.

Coefficients come lowest first.  The interval (lo, hi) holds exactly one zero; None stands for an
infinite end.
"""

import numpy as np
from flint import acb_poly, arb, arb_poly, ctx, fmpq_poly

from symrisk.engine.arrays.twofold import Twofold, two_product
from symrisk.errors import NotConverged

CLOSE = 1e-6
"""A last correction, relative, that is not to be taken for rounding."""


def exact_root(between, coefficients):
    """The zero as a rational number, or None where it is not rational."""
    if None in coefficients:
        return None
    _, factors = fmpq_poly(coefficients).factor()
    zeros = [-poly[0] / poly[1] for poly, _ in factors if poly.degree() == 1]
    inside = [z for z in zeros if _inside(z, between)]
    return inside[0] if len(inside) == 1 else None


def _inside(z, between):
    low, high = between
    return (low is None or z > low) and (high is None or z < high)


def ball_root(between, coefficients, exact=(None,)):
    """An enclosure of the one real zero in the interval: simple roots isolated by ball arithmetic.

    exact: the coefficients as rationals, where they are known; zeros outside the interval may then
    be multiple ones.
    """
    inside = []
    for factor in _factors(coefficients, exact):
        inside += _zeros_inside(between, _trimmed(between[0], factor))
    return inside[0] if len(inside) == 1 else arb("nan")


def _factors(coefficients, exact):
    if None in exact:
        return [coefficients]
    return [[arb(c) for c in factor.coeffs()] for factor, _ in fmpq_poly(list(exact)).factor()[1]]


def _zeros_inside(between, coefficients):
    if len(coefficients) == 2:
        zeros = [-coefficients[0] / coefficients[1]]
    elif len(coefficients) == 3:
        zeros = [z for z in _quadratic(coefficients, lambda x: x.sqrt()) if z.is_finite()]
    else:
        zeros = _isolated(coefficients)
    return [z for z in zeros if not _outside(z, between)]


def _isolated(coefficients):
    poly = acb_poly(coefficients)
    try:
        zeros = _real(poly.roots(), coefficients)
        if any(zero.rel_accuracy_bits() < ctx.prec // 4 for zero in zeros):
            # Isolated, but so close to others that the slope may vanish in the ball: Newton's step
            # needs a smaller one.
            zeros = _real(poly.roots(arb(2) ** -(ctx.prec // 2)), coefficients)
    except ValueError:
        return [arb("nan")]
    return zeros


def _real(zeros, coefficients):
    return [_refined(z.real, arb_poly(coefficients)) for z in zeros if z.imag.contains(0)]


def _trimmed(low, coefficients):
    """The coefficients without exact zeros at the ends: a smaller degree, and zeros at 0 that
    lie outside the interval.
    """
    coefficients = list(coefficients)
    while len(coefficients) > 2 and coefficients[-1] == 0:
        coefficients.pop()
    while len(coefficients) > 2 and coefficients[0] == 0 and low is not None and low >= 0:
        coefficients.pop(0)
    return coefficients


def _refined(zero, poly):
    """The isolated zero to working precision: interval Newton steps m - P(m)/P'(zero) as long as
    they halve the radius.
    """
    slope = poly.derivative()
    while True:
        middle = arb(zero.mid())
        step = middle - poly(middle) / slope(zero)
        if not step.is_finite() or not step.rad() < zero.rad() / 2:
            return zero
        zero = step


def _outside(z, between):
    low, high = between
    return (low is not None and bool(z < low)) or (high is not None and bool(z > high))


def _quadratic(coefficients, sqrt):
    """Both zeros of c + b x + a x^2, each in the form that does not cancel, as the sign of b
    says.
    """
    c, b, a = coefficients
    half = b / 2
    root = sqrt(half * half - a * c)
    big = -(half + root) if half >= 0 else root - half
    return big / a, c / big


def array_root(between, coefficients, missing="raise"):
    """The zero at every point of arrays that broadcast together.

    Where the interval holds none, or several, NotConverged is raised; with missing="nan" such
    points are nan.
    """
    shape = np.broadcast_shapes(
        *(np.shape(c) for c in coefficients), *(np.shape(e) for e in between if e is not None)
    )
    coefficients = [np.broadcast_to(np.asarray(c, float), shape) for c in coefficients]
    low, high = (
        None if e is None else np.broadcast_to(np.asarray(e, float), shape) for e in between
    )
    with np.errstate(all="ignore"):
        zero = _by_degree(low, high, coefficients)
    if missing == "raise" and not np.all(np.isfinite(zero)):
        raise NotConverged(
            f"a polynomial of degree {len(coefficients) - 1} has no zero, or several, in its "
            f"interval"
        )
    return zero


def _by_degree(low, high, coefficients):
    """Points at which the leading coefficient vanishes have a polynomial of smaller degree."""
    if len(coefficients) <= 3:
        return _array_quadratic(low, high, coefficients)
    smaller = np.asarray(coefficients[-1] == 0)
    if not smaller.any():
        return _array_general(low, high, coefficients)
    zero = np.empty(smaller.shape)
    for here, kept in ((smaller, coefficients[:-1]), (~smaller, coefficients)):
        ends = (None if end is None else end[here] for end in (low, high))
        zero[here] = _by_degree(*ends, [c[here] for c in kept]) if here.any() else 0
    return zero


def _array_quadratic(low, high, coefficients):
    c, b, a = (*coefficients, np.zeros_like(coefficients[0]))[:3]
    half = b / 2
    square = half * half
    difference = _discriminant(half, a, c, square - a * c, square)
    root = np.where(
        np.isfinite(square), np.sqrt(difference), np.abs(half) * np.sqrt(1 - a / half * (c / half))
    )
    big = np.where(half >= 0, -(half + root), root - half)
    first, second = big / a, c / big
    first_inside, second_inside = (
        _is_inside(first, low, high),
        _is_inside(second, low, high) & (first != second),
    )
    return np.where(first_inside == second_inside, np.nan, np.where(first_inside, first, second))


def _discriminant(half, a, c, difference, square):
    """half^2 - a c, with what rounding the products took where they nearly cancel."""
    cancels = np.asarray(np.abs(difference) < square / 16)
    if not cancels.any():
        return difference
    (first, lost), (second, gained) = two_product(half, half), two_product(a, c)
    finer = (first - second) + (lost - gained)
    return np.where(cancels & np.isfinite(finer), finer, difference)


def _array_general(low, high, coefficients):
    """Degree three and more: one sign change of the Taylor coefficients between the ends means
    one zero (Budan).
    """
    low, high = _bracket(low, high, coefficients)
    count = _variations(coefficients, low) - _variations(coefficients, high)
    zero = _bracketed(low, high, coefficients)
    unsure = np.argwhere(np.asarray(count > 1))
    zero = np.where(count >= 1, zero, np.nan)
    for place in map(tuple, unsure):
        zero[place] = _only_zero([c[place] for c in coefficients], low[place], high[place])
    return _checked(*_polished(zero, coefficients), coefficients)


def _variations(coefficients, x):
    """Sign changes among the Taylor coefficients at x."""
    taylor, rows = list(coefficients), []
    while taylor:
        rows.append(_horner(taylor, x))
        taylor = [k * c for k, c in enumerate(taylor)][1:]
    signs = np.sign(rows)
    for k in range(1, len(signs)):
        signs[k] = np.where(signs[k] == 0, signs[k - 1], signs[k])
    return np.sum(signs[1:] * signs[:-1] < 0, axis=0)


def _only_zero(coefficients, low, high):
    zeros = np.roots(coefficients[::-1])
    real = zeros[np.abs(zeros.imag) <= 1e-9 * np.abs(zeros)].real
    inside = real[(real > low) & (real < high)]
    return inside[0] if len(inside) == 1 else np.nan


def _is_inside(z, low, high):
    inside = np.isfinite(z)
    if low is not None:
        inside &= z > low
    if high is not None:
        inside &= z < high
    return inside


def _bracket(low, high, coefficients):
    """Finite ends, scaling with the zeros (Fujiwara); an end at 0 moves off it, below the
    smallest zero there can be.
    """
    reach = _fujiwara(coefficients)
    low = np.array(-reach if low is None else np.maximum(low, -reach))
    high = np.array(reach if high is None else np.minimum(high, reach))
    if np.all(coefficients[0] != 0):
        nearest = 1 / _fujiwara(coefficients[::-1]) / 2
        low, high = np.where(low == 0, nearest, low), np.where(high == 0, -nearest, high)
    return low, high


def _fujiwara(coefficients):
    """Twice the largest |c_k/c_d|^(1/(d-k)): no zero is larger in modulus."""
    degree = len(coefficients) - 1
    return 2 * np.max(
        [
            np.abs(c / coefficients[-1]) ** (1 / (degree - k))
            for k, c in enumerate(coefficients[:-1])
        ],
        axis=0,
    )


def _bracketed(low, high, coefficients, steps=200):
    """Newton's step where it stays inside the bracket, bisection elsewhere and at every fourth
    step.
    """
    slope = [k * c for k, c in enumerate(coefficients)][1:]
    rising = _horner(coefficients, high) >= _horner(coefficients, low)
    x = _middle(low, high)
    for step in range(steps):
        value = _horner(coefficients, x)
        above = (value > 0) == rising
        low, high = np.where(above, low, x), np.where(above, x, high)
        newton = x - value / _horner(slope, x)
        takes_newton = (newton > low) & (newton < high) & (step % 4 != 3)
        following = np.where(takes_newton, newton, _middle(low, high))
        if np.all((newton == x) | (value == 0) | (high - low <= np.spacing(np.abs(x)))):
            break
        x = np.where(value == 0, x, following)
    return x


def _polished(x, coefficients):
    """(x after two of Newton's steps with a residual of 32 digits, the last step): that is how
    far x may be from the zero.
    """
    step, slope = np.zeros_like(x), [k * c for k, c in enumerate(coefficients)][1:]
    for _ in range(2):
        step = _fine(coefficients, x) / _horner(slope, x)
        # Close to a multiple zero, and where numbers are too large to be split, a step is no better
        # than where one is.
        x = np.where(np.abs(step) <= CLOSE * np.abs(x), x - step, x)
    return x, step


def _fine(coefficients, x):
    """The polynomial at x, in numbers of 32 digits."""
    total, at = Twofold(0 * x + coefficients[-1]), Twofold(x)
    for c in reversed(coefficients[:-1]):
        total = total * at + Twofold(c)
    return total.value


def _middle(low, high):
    """The geometric mean of ends of one sign, so that the scale is found in few steps; the
    middle otherwise.
    """
    same = low * high > 0
    return np.where(
        same, np.sign(high) * np.sqrt(np.abs(low)) * np.sqrt(np.abs(high)), (low + high) / 2
    )


def _horner(coefficients, x):
    total = 0 * x + coefficients[-1]
    for c in reversed(coefficients[:-1]):
        total = total * x + c
    return total


def _checked(x, step, coefficients):
    """nan where the residual, relative to its terms, or the last correction, relative to x, says
    that x is no zero.
    """
    size = _horner([np.abs(c) for c in coefficients], np.abs(x))
    residual_is_small = np.abs(_horner(coefficients, x)) <= 1e-12 * size
    is_close = ~(np.abs(step) > CLOSE * np.abs(x))
    return np.where(residual_is_small & is_close, x, np.nan)
